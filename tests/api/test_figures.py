"""What is counted in SQL is what `core/outcome.py` says: every answer, with every check, in every state."""

from datetime import timedelta
from itertools import product

import pytest
from sqlalchemy import delete, func, insert, select, update

from server.core import clock, outcome
from server.core.database import new_id, read, write
from server.core.outcome import Figure, NoticeFacts
from server.core.words import Answer, CheckState, CheckWhy, Seen, Via
from server.journeys.report import answering, verification
from server.ledger.cases.models import Case
from server.ledger.monitoring.models import Check
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.people.rounds import store as rounds
from server.reads import figures, judgements, my_reports
from tests.story import decide, flag

STATES = ("stands", "replaced", "withdrawn")
# A company's tab holds what the figure counts; a replaced notice asks nothing more and lies with the answered ones.
TABS = {
    "open": {Figure.OPEN},
    "questions": {Figure.ASKED},
    "answered": {Figure.ANSWERED},
    "withdrawn": {Figure.WITHDRAWN},
}


def test_sql_and_python_count_the_same(people, report_json):
    case_id = flag(people, report_json())
    notice_id = decide(people, case_id)
    at, tried = clock.now(), 0
    with read() as session:
        case = session.get_one(Case, case_id)
        check = {"listing_id": case.listing_id, "notice_id": notice_id, "category": "live", "why": CheckWhy.ASKED,
                 "asked_at": at, "due_at": at}  # fmt: skip
    checks = [None, CheckState.GONE, CheckState.PRESENT, CheckState.OPEN]
    for answer, checked, later, state in product([None, *Answer], checks, [False, True], STATES):
        facts = NoticeFacts(answer, at if answer else None, checked, at + timedelta(days=1 if later else -1) if checked else None,
                      withdrawn=state == "withdrawn", replaced=state == "replaced")  # fmt: skip
        with write() as session:
            values = {"answer": answer, "answered_at": facts.answered_at, "withdrawn_at": at if facts.withdrawn else None,
                      "replaced_at": at if facts.replaced else None,
                      "found": checked if checked is not CheckState.OPEN else None}  # fmt: skip
            session.execute(update(Notice).values(**values))
            session.execute(delete(Check))
            if checked:
                row = check | {"id": new_id(), "state": checked, "settled_at": facts.checked_at}
                session.execute(insert(Check), [row])
        with read() as session:
            known = figures.known_by(at + timedelta(days=9))
            for figure in (Figure.ANSWERED, Figure.REMOVED_STATED, Figure.REMOVED_VERIFIED):
                counted = select(func.count(Notice.id)).where(figures.counting(figure, known))
                assert session.scalar(counted) == (figure in outcome.figures(facts)), (figure, facts)
            (row,) = figures.became(session, figures.Asked(), None)
            for figure in figures.SHOWN:
                assert row[figure] == (figure in outcome.figures(facts)), (figure, facts)
            tabs = notices.counts(session, session.get_one(Notice, notice_id).company_id)
        held = {tab for tab, number in tabs.items() if number}
        expected = {tab for tab, of_tab in TABS.items() if of_tab <= outcome.figures(facts)}
        if "questions" in expected:
            expected.discard("open")  # `open` includes asked; the company's tabs show each notice once
        assert held == (expected or {"answered"}), facts
        tried += 1
    assert tried == 14 * 4 * 2 * 3


@pytest.mark.parametrize(
    ("answer", "answered", "removed"),
    [("removed", 1, 1), ("account_suspended", 1, 1), ("already_gone", 1, 0), ("restricted", 1, 0),
     ("received", 0, 0), ("need_info", 0, 0)],
)  # fmt: skip
def test_the_landing_page_counts_removals_and_final_answers_alone(people, report_json, answer, answered, removed):
    notice_id = decide(people, flag(people, report_json()))
    answering.answer_notice(notice_id, {"answer": answer, "reason": "Looked at."}, Via.LINK)
    with read() as session:
        landing = figures.landing(session, clock.now() + timedelta(days=1))
        before = figures.landing(session, clock.now() - timedelta(days=1))
    assert (landing["answered"], landing["removed"]) == (answered, removed)
    assert (before["answered"], before["removed"]) == (0, 0)


def test_what_was_gone_before_anybody_acted_is_never_seen_to_be_gone(people, report_json):
    case_id = flag(people, report_json())
    notice_id = decide(people, case_id)
    verification.look_as_coordinator(case_id, people.ids["cora"], Seen.GONE)
    tomorrow = rounds.today() + timedelta(days=1)

    def verified() -> int:
        with read() as session:
            return figures.landing(session, clock.now().replace(year=tomorrow.year + 1))["verified"]

    assert verified() == 1
    answering.answer_notice(notice_id, {"answer": "already_gone"}, Via.LINK)
    assert verified() == 0


def test_a_report_counts_as_removed_when_the_company_removed_it(people, report_json):
    answers = ("removed", "already_gone", "restricted", "not_violating")
    for number, answer in enumerate(answers):
        notice_id = decide(people, flag(people, report_json(f"https://mercado.test/itm/{265370482805 + number}")))
        answering.answer_notice(notice_id, {"answer": answer, "reason": "Looked at."}, Via.LINK)
    with people.app.test_request_context(), read() as session:
        held = {tab: my_reports.mine(session, people.ids["ana"], tab, "", None) for tab in my_reports.TABS}
        thanked_for = judgements.shown(session, people.ids["ana"])["validated"]
    assert held["all"]["totals"] == {"all": 4, "on_way": 0, "removed": 1, "ended": 3, "waiting": 0}
    assert {tab: len(page["finished"]) for tab, page in held.items()} == {
        "all": 4,
        "on_way": 0,
        "removed": 1,
        "ended": 3,
    }
    assert len({report["sentence"] for report in held["all"]["finished"]}) == 4, "already gone is landing as such"
    assert thanked_for == 1
