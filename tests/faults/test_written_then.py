"""The sentences of years become codes: nothing that was ever said is lost, and none of it changes for its reader.

The sentences below stand as earlier versions wrote them; they never change with the code.
"""

import time
from typing import Any

import pytest
import sqlalchemy as sa
from flask_migrate import downgrade, upgrade

from benchmarks import years
from server.core import clock
from server.core.database import db, read, write
from server.ledger.companies import store as companies
from server.ledger.companies.schemas import read_file
from server.ledger.reports import feedback_words
from server.ledger.reports.models import Feedback
from server.people.accreditation import standings

REPORTS = 20_000
BEFORE = "0012"
MOST = 60  # seconds

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
STEPPED_DOWN = (
    "By the rules: of the latest 41 judgements that count, between 30 and 61 of 100 are likely to be right, and trust "
    "asks for 70."
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
        companies.import_directory(session, read_file(years.directory()))
    years.Years(REPORTS, clock.now()).fill()
    db.session.remove()
    downgrade(revision=BEFORE)
    with write() as session:
        told = [(status, speaker, text) for status, speaker, text, *_ in TOLD] + [AT_FIRST]
        rows = rows_of(session, "feedback")
        assert len(rows) > REPORTS / 2
        write_over(session, "feedback", "id", [
            dict(zip(("key_", "status", "speaker", "text"), (row.id, *told[place % len(told)]), strict=True))
            for place, row in enumerate(rows)
        ])  # fmt: skip
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


def everything() -> dict[str, list[Any]]:
    with read() as session:
        return {
            "feedback": rows_of(session, "feedback", "report_id", "at", "status", "speaker", "text", "mailed_at"),
            "evidence": rows_of(session, "evidence", "unreadable", "sha256"),
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
            assert feedback_words.words(row) == old.text.removesuffix(" We asked again.")
    after = everything()
    for old, new in zip(before["evidence"], after["evidence"], strict=True):
        assert (new.sha256, new.unreadable) == (old.sha256, UNREADABLE.get(old.unreadable))
    with read() as session:
        downs = session.execute(sa.text("SELECT why FROM step_downs ORDER BY accreditation_id")).scalars().all()
        params = session.scalars(sa.select(sa.column("params", sa.JSON)).select_from(
            sa.text("step_downs")).order_by(sa.text("accreditation_id"))).all()  # fmt: skip
    assert params[:2] == [{"judged": 41, "low": 30, "high": 61, "asks": 70}, {}]
    for old, why, given in zip(before["step_downs"], downs, params, strict=True):
        assert standings.why_stepped_down(given, why) == old.why

    downgrade(revision=BEFORE)
    back = everything()
    assert back["evidence"] == before["evidence"] and back["step_downs"] == before["step_downs"]
    assert [row.text.removesuffix(" We asked again.") for row in before["feedback"]] == [
        row.text for row in back["feedback"]
    ]
    upgrade()
