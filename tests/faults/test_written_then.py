"""The sentences of years become codes: nothing that was ever said is lost, and none of it changes for its reader.

The sentences below stand as earlier versions wrote them; they never change with the code.
"""

import time
from typing import Any

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from benchmarks import years
from server.core import clock, reasons
from server.core.database import db, read, write
from server.ledger.cases.models import Case
from server.ledger.companies import importing
from server.ledger.companies.schemas import read_file
from server.ledger.reports import feedback_words
from server.ledger.reports.models import Feedback
from server.people.accreditation import deciding

REPORTS = 20_000
BEFORE = "0012"
MOST = 60  # seconds

# What is worded otherwise since.
TOLD_AFRESH = {
    "A notice is on its way to the company. We tell you what it answers.": (
        "A coordinator decided to notify the company. We will tell you what it answers."
    ),
    "A coordinator has looked and keeps it for now.": "A coordinator has looked and needs more time to decide.",
    "Looked at again on 1 January 2026: it is still there. A coordinator has it again.": (
        "Checked again on 1 January 2026: it is still there. A coordinator will look at it again."
    ),
    "Looked at again on 29 February 2024: it is still there.": "Checked again on 29 February 2024: it is still there.",
    "Looked at again on 24 November 2026: it is gone.": "Checked again on 24 November 2026: it is gone.",
}
# status, speaker, text; then code, params, and whether the text is a person's own
TOLD: list[tuple[str, str, str, str, dict[str, Any], bool]] = [
    ("notified", "coordinator", "A notice is on its way to the company. We tell you what it answers.",
     "notice_queued", {}, False),
    ("in_review", "coordinator", "A coordinator has looked and keeps it for now.", "held", {}, False),
    ("in_review", "coordinator", "This question is closed.", "question_closed", {}, False),
    ("in_review", "coordinator",
     "The notice could not be delivered. A coordinator looks for another way; nothing is lost.",
     "not_delivered", {}, False),
    ("no_answer", "coordinator", "Sou.Shop (سوق) has not answered by 3 December 2026.",
     "overdue", {"company": "Sou.Shop (سوق)", "answer_by": "2026-12-03"}, False),
    ("removed", "coordinator", "Mercado answered: Removed.", "answered", {"company": "Mercado", "answer": "removed"},
     False),
    ("in_review", "coordinator", "A answered: B answered: Need more info.",
     "answered", {"company": "A answered: B", "answer": "need_info"}, False),
    ("in_review", "coordinator", "Looked at again on 1 January 2026: it is still there. A coordinator has it again.",
     "still_there", {"day": "2026-01-01"}, False),
    ("restricted", "coordinator", "Looked at again on 29 February 2024: it is still there.",
     "checked_present", {"day": "2024-02-29"}, False),
    ("removed", "coordinator", "Looked at again on 24 November 2026: it is gone.", "checked_gone",
     {"day": "2026-11-24"}, False),
    ("removed", "Mercado", "We took it down.\nThank you.", "answered", {"company": "Mercado"}, True),
    ("dismissed", "coordinator", "Resin, 100% sure: it “melts”.", "dismissed", {}, True),
    ("needs_info", "coordinator", "Is there a second picture?", "question", {}, True),
    ("in_review", "spotter", "This question is closed.", "reply", {}, True),
    ("in_review", "coordinator", "Looked at again on 31 February 2026: it is gone.", "as_written", {}, True),
    ("in_review", "coordinator", "Something that no version ever wrote.", "as_written", {}, True),
    ("no_answer", "coordinator", "", "as_written", {}, True),
]  # fmt: skip
# "We asked again." was said of every channel at first, and was not true of all.
AT_FIRST = ("no_answer", "coordinator", "Mercado has not answered by 3 December 2026. We asked again.")
UNREADABLE = {"The picture is damaged.": "damaged", "The picture took too long to read.": "too_slow"}
# sign, words; then code and parameters
REASONS: list[tuple[str, str, str, dict[str, Any]]] = [
    ("+", "Live animal", "category", {"category": "live"}),
    ("+", "Part of an animal", "category", {"category": "part"}),
    ("+", "Plant", "category", {"category": "plant"}),
    ("+", "CITES Appendix II", "appendix", {"appendix": "II", "others": []}),
    ("+", "CITES Appendix I, or II by population", "appendix", {"appendix": "I", "others": ["II"]}),
    ("+", "CITES Appendix I, or II or III by population", "appendix", {"appendix": "I", "others": ["II", "III"]}),
    ("+", "Reported again after it was removed", "removed_before", {}),
    ("+", "Reported again after it was restricted", "restricted_before", {}),
    ("-", "The company kept it online before", "kept_before", {}),
    ("-", "Dismissed before", "dismissed_before", {}),
    ("+", "Still there on 9 November 2026, though the company said account suspended",
     "still_there", {"day": "2026-11-09", "answer": "account_suspended"}),
    ("+", "No papers mentioned", "no_papers", {}),
    ("-", "Papers are claimed, none shown", "papers_claimed", {}),
    ("-", "The ad shows a document", "document_shown", {}),
    ("-", "The spotter is unsure", "unsure", {}),
    ("+", "Posted within a day", "posted_today", {}),
    ("-", "Posted more than three months ago", "posted_long_ago", {}),
    ("+", "2 reports", "reports", {"number": 2}),
    ("+", "A trusted spotter reported it", "trusted_spotter", {}),
    ("+", "The spotter names Psittacus erithacus", "taxon_chosen", {"taxon": "Psittacus erithacus"}),
    ("+", "“100% congo” is a name", "name", {"word": "100% congo"}),
    ("+", "“象牙” is a word of the trade", "trade_word", {"word": "象牙"}),
    ("+", "“1v0ry” hides the word “ivory”", "hidden_word", {"word": "1v0ry", "term": "ivory"}),
    ("+", "“bangle” names goods", "goods", {"word": "bangle"}),
    ("+", "“hatched” speaks of something alive", "alive", {"word": "hatched"}),
    ("+", "“genuine” says that it is real", "real", {"word": "genuine"}),
    ("+", "“for sale” is an offer", "offer", {"word": "for sale"}),
    ("-", "“satin” speaks against “ivory”", "against_word", {"word": "satin", "against": "ivory"}),
    ("-", "“toy” speaks against the whole ad", "against_ad", {"word": "toy"}),
    ("+", "no papers named", "as_written", {"text": "no papers named", "sign": "+"}),
    ("-", "“faint” is a name", "as_written", {"text": "“faint” is a name", "sign": "-"}),
    ("+", "Still there on 31 June 2026, though the company said removed", "as_written",
     {"text": "Still there on 31 June 2026, though the company said removed", "sign": "+"}),
]  # fmt: skip
AFRESH = {
    "though the company said account suspended": "though the company answered “Account suspended”",
    "No papers mentioned": "No permit or document mentioned",
    "Papers are claimed, none shown": "Permits or documents are claimed, none shown",
    "” speaks of something alive": "” suggests that it is alive",
    "” is a word of the trade": "” is a trade term",
}
STEPPED_DOWN = (
    "By the rules: of the latest 41 judgements that count, between 30 and 61 of 100 are likely to be right, and trust "
    "asks for 70."
)
STEPPED_DOWN_AFRESH = (
    "By the rules: of the latest 41 judgements that count, between 30 and 61 out of 100 are likely to be right; the "
    "trusted level requires 70."
)


def rows_of(session: Any, table: str, *columns: str, key: str = "id") -> list[Any]:
    source = sa.table(table, *(sa.column(name) for name in (key, *columns)))
    return list(session.execute(sa.select(source).order_by(source.c[key])))


def write_over(session: Any, table: str, key: str, rows: list[dict[str, Any]], **types: Any) -> None:
    names = [name for name in rows[0] if name != "key_"]
    columns = {name: types.get(name, sa.String) for name in names}
    target = sa.table(table, sa.column(key, sa.String), *(sa.column(name, kind) for name, kind in columns.items()))
    statement = target.update().where(target.c[key] == sa.bindparam("key_"))
    session.connection().execute(
        statement.values({name: sa.bindparam(f"new_{name}", type_=kind) for name, kind in columns.items()}),
        [{"key_": row["key_"]} | {f"new_{name}": row[name] for name in names} for row in rows],
    )


@pytest.fixture
def years_of_words(app: Any) -> None:
    """A database of years, as the version before codes left it: everything it ever wrote is in it, many times."""
    with write() as session:
        importing.import_directory(session, read_file(years.directory()))
    years.Years(REPORTS, clock.now()).fill()
    db.session.remove()
    downgrade(revision=BEFORE)
    with write() as session:
        history = [(status, speaker, text) for status, speaker, text, *_ in TOLD] + [AT_FIRST]
        rows = rows_of(session, "feedback")
        assert len(rows) > REPORTS / 2
        write_over(session, "feedback", "id", [
            dict(zip(("key_", "status", "speaker", "text"), (row.id, *history[place % len(history)]), strict=True))
            for place, row in enumerate(rows)
        ])  # fmt: skip
        rows = rows_of(session, "cases")
        assert len(rows) > REPORTS / 2
        write_over(session, "cases", "id", [{"key_": row.id, "reasons": reasons_of(place)}
                                            for place, row in enumerate(rows)], reasons=sa.JSON)  # fmt: skip
        rows = rows_of(session, "evidence")
        kinds = [*UNREADABLE, None]
        write_over(session, "evidence", "id", [
            {"key_": row.id, "unreadable": kinds[place % 3]} for place, row in enumerate(rows)
        ])  # fmt: skip
        rows = rows_of(session, "step_downs", key="accreditation_id")
        assert len(rows) > 1
        write_over(session, "step_downs", "accreditation_id", [
            {"key_": row.accreditation_id, "why": "By hand." if place else STEPPED_DOWN}
            for place, row in enumerate(rows)
        ])  # fmt: skip


def reasons_of(place: int) -> list[dict[str, str]]:
    """Five reasons of the case at some place: all of them come round."""
    chosen = [REASONS[(place * 5 + step) % len(REASONS)] for step in range(5)]
    return [{"sign": sign, "words": words} for sign, words, *_ in chosen]


def everything() -> dict[str, list[Any]]:
    with read() as session:
        return {
            "feedback": rows_of(session, "feedback", "report_id", "at", "status", "speaker", "text", "mailed_at"),
            "evidence": rows_of(session, "evidence", "unreadable", "sha256"),
            "cases": rows_of(session, "cases", "state", "priority"),
            "step_downs": rows_of(session, "step_downs", "account_id", "why", "at", key="accreditation_id"),
        }


def test_the_sentences_of_years_become_codes_and_say_the_same(years_of_words: None) -> None:
    before = everything()
    began = time.perf_counter()
    upgrade()
    took = time.perf_counter() - began
    assert took < MOST, f"{took:.1f} s"
    print(f"{REPORTS} reports, {len(before['feedback'])} things said: {took:.1f} s")

    expected = {(status, speaker, text): rest for status, speaker, text, *rest in TOLD}
    expected[AT_FIRST] = ["overdue", {"company": "Mercado", "answer_by": "2026-12-03"}, False]
    with read() as session:
        rows = session.scalars(sa.select(Feedback).order_by(Feedback.id)).all()
        assert [row.id for row in rows] == [row.id for row in before["feedback"]]
        for row, old in zip(rows, before["feedback"], strict=True):
            code, params, own = expected[old.status, old.speaker, old.text]
            assert (row.code, row.params, row.text) == (code, params, old.text if own else None)
            assert (row.status, row.speaker, row.report_id) == (old.status, old.speaker, old.report_id)
            then = old.text.removesuffix(" We asked again.").replace("has not answered", "did not tell us its decision")
            assert feedback_words.words(row) == TOLD_AFRESH.get(then, then)
        known = {(sign, words): (code, params) for sign, words, code, params in REASONS}
        rows = session.scalars(sa.select(Case).order_by(Case.id)).all()
        assert [(row.id, row.state, row.priority) for row in rows] == [row[:3] for row in before["cases"]]
        for place, row in enumerate(rows):
            assert len(row.reasons) == 5
            for old, kept in zip(reasons_of(place), row.reasons, strict=True):
                code, params = known[old["sign"], old["words"]]
                assert kept == {"code": code, "weight": None, "params": params}
                reason = reasons.read(kept)
                words = reasons.words(reason)
                for then, now in AFRESH.items():
                    words = words.replace(now, then)
                assert (words, reason.against) == (old["words"], old["sign"] == "-")
            assert row.signals == {"likely": 0.6, "harm": 0.7, "fresh": 0.3}
    after = everything()
    for old, new in zip(before["evidence"], after["evidence"], strict=True):
        assert (new.sha256, new.unreadable) == (old.sha256, UNREADABLE.get(old.unreadable))
    with read() as session:
        downs = session.execute(sa.text("SELECT why FROM step_downs ORDER BY accreditation_id")).scalars().all()
        params = session.scalars(sa.select(sa.column("params", sa.JSON)).select_from(
            sa.text("step_downs")).order_by(sa.text("accreditation_id"))).all()  # fmt: skip
    assert params[:2] == [{"judged": 41, "low": 30, "high": 61, "asks": 70}, {}]
    for old, why, given in zip(before["step_downs"], downs, params, strict=True):
        assert deciding.why_stepped_down(given, why) == (STEPPED_DOWN_AFRESH if old.why == STEPPED_DOWN else old.why)

    downgrade(revision=BEFORE)
    back = everything()
    with read() as session:
        source = sa.table("cases", sa.column("id"), sa.column("reasons", sa.JSON), sa.column("parts", sa.JSON))
        for place, row in enumerate(session.execute(sa.select(source).order_by(source.c.id))):
            assert row.reasons == reasons_of(place) and row.parts == {"likely": 0.6, "harm": 0.7, "fresh": 0.3}
    assert back["evidence"] == before["evidence"] and back["step_downs"] == before["step_downs"]
    assert [row.text.removesuffix(" We asked again.") for row in before["feedback"]] == [
        row.text for row in back["feedback"]
    ]
    upgrade()
