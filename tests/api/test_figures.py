"""What is counted in SQL is what `core/outcome.py` says: every answer, with every check, in every state.

The same numbers stand in the API, the CSV and the command.
"""

import csv
import io
import re
from datetime import UTC, datetime, timedelta
from itertools import product

import pytest
import time_machine
from sqlalchemy import delete, func, insert, select, update

from server.core import clock, outcome
from server.core.database import new_id, read, write
from server.core.outcome import Figure, NoticeFacts
from server.core.words import Answer, CheckState, CheckWhy, FiguresBy, Scope, Seen, Via
from server.journeys.report import answering, decision, verification
from server.ledger.cases.models import Case
from server.ledger.monitoring.models import Check
from server.ledger.notices import answer_store, inbox_store
from server.ledger.notices.models import Notice
from server.people.rounds import store as rounds
from server.reads import figures, judgements, my_reports
from server.reads.my_search import Sought
from tests import every_state
from tests.plans import asked, only_on_sqlite
from tests.story import decide, flag

STATES = ("stands", "replaced", "withdrawn", "recalled")
# A company's tab holds what the figure counts; a replaced notice asks nothing more and lies with the answered ones.
TABS = {
    "open": {Figure.OPEN},
    "asked": {Figure.ASKED},
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
                      withdrawn=state in ("withdrawn", "recalled"), recalled=state == "recalled", replaced=state == "replaced")  # fmt: skip
        with write() as session:
            values = {"answer": answer, "answered_at": facts.answered_at, "withdrawn_at": at if facts.withdrawn else None,
                      "withdrawn_why": {"withdrawn": "mistaken", "recalled": "wrong_company"}.get(state),
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
            tabs = inbox_store.counts(session, session.get_one(Notice, notice_id).company_id)
        held = {tab for tab, number in tabs.items() if number}
        expected = {tab for tab, of_tab in TABS.items() if of_tab <= outcome.figures(facts)}
        if "asked" in expected:
            expected.discard("open")  # `open` includes asked; the company's tabs show each notice once
        assert held == (expected or {"answered"}), facts
        tried += 1
    assert tried == 14 * 4 * 2 * 4


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


@pytest.mark.parametrize("since", ["not_violating", "need_info", "reinstated", "withdrawn"])
def test_the_landing_page_keeps_what_was_known_by_then_whatever_came_since(people, report_json, since):
    notice_id = decide(people, flag(people, report_json()))
    for answer in ("removed", "received"):
        answering.answer_notice(notice_id, {"answer": answer}, Via.LINK)
    then = clock.now() + timedelta(hours=1)
    with time_machine.travel(then + timedelta(hours=1)):
        if since == "withdrawn":
            answering.withdraw_notice(notice_id, people.ids["cora"], "A toy.")
        else:
            answering.answer_notice(notice_id, {"answer": since, "reason": "Looked again."}, Via.LINK)
        with read() as session:
            known, today = figures.landing(session, then), figures.landing(session, clock.now() + timedelta(hours=1))
    assert (known["answered"], known["removed"]) == (1, 1)
    assert (today["answered"], today["removed"]) == (since in ("not_violating", "reinstated"), 0)


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
        held = {tab: my_reports.mine(session, people.ids["ana"], tab, Sought(), None) for tab in my_reports.TABS}
        thanked_for = judgements.shown(session, people.ids["ana"])["validated"]
    assert held["all"]["totals"] == {
        "all": 4, "on_way": 0, "removed": 1, "ended": 3, "dismissed": 0, "withdrawn": 0, "waiting": 0,
    }  # fmt: skip
    assert {tab: len(page["finished"]) for tab, page in held.items()} == {
        "all": 4,
        "on_way": 0,
        "removed": 1,
        "ended": 3,
        "dismissed": 0,
        "withdrawn": 0,
    }
    assert len({report["sentence"] for report in held["all"]["finished"]}) == 4, "already gone is landing as such"
    assert thanked_for == 1


def test_ana_sees_what_the_company_kept_apart_from_what_coordinators_closed(people, report_json):
    listings = {}
    for number, title in enumerate(("Kept parrot", "Withdrawn parrot", "Dismissed parrot")):
        report = report_json(f"https://mercado.test/itm/{265370482805 + number}")
        report["listing"] |= {"title": title}
        listings[title] = flag(people, report)
    answering.answer_notice(
        decide(people, listings["Kept parrot"]), {"answer": "not_violating", "reason": "A toy."}, Via.LINK
    )
    answering.withdraw_notice(decide(people, listings["Withdrawn parrot"]), people.ids["cora"], "We were wrong.")
    decision.decide(
        listings["Dismissed parrot"], people.ids["cora"], decision="dismiss", dismiss_reason="not_protected", note="It is bred.", version=1,
    )  # fmt: skip
    ana = people.browser("ana")

    def titles(tab):
        return sorted(re.findall(r'<span class="clamp" dir="auto">([^<]*)<', ana.get(f"/reports?tab={tab}").text))

    assert titles("ended") == ["Kept parrot"]
    assert titles("dismissed") == ["Dismissed parrot", "Withdrawn parrot"]
    page = ana.get("/reports").text
    assert "1 not removed by the company, 2 closed by us, 0 in progress" in page
    assert re.findall(r'tab=(ended|dismissed)"[^>]*>\s*([^<]*?)\s*<span class="count">(\d)', page) == [
        ("ended", "Not removed by the company", "1"),
        ("dismissed", "Closed by us", "2"),
    ]


# --- The API, the CSV, the command -----------------------------------------------------------------------------------

NOTHING = {
    "notices": 0, "answered": 0, "removed_stated": 0, "removed_verified": 0, "gone_before": 0, "restricted": 0, "kept": 0,
    "asked": 0, "open": 0, "withdrawn": 0, "recalled": 0, "reinstated": 0, "relisted": 0,
    "hours_to_answer": {"median": None, "p90": None}, "hours_to_removal": {"median": None, "p90": None},
}  # fmt: skip
SENT = datetime(2026, 8, 31, 23, 59, 59, tzinfo=UTC)


def counted(people, who="cora", scope=Scope.CASES, **asked):
    answer = people.app.test_client().get("/api/v1/figures", query_string=asked, headers=people.token(who, scope))
    assert answer.status_code == 200, answer.text
    assert answer.json["next"] is None
    return answer.json["items"]


def sent(people, report, number, site="mercado.test/itm", at=SENT):
    """A notice that Cora sent at that time; its id."""
    with time_machine.travel(at, tick=False):
        return decide(people, flag(people, report(f"https://{site}/{265370482805 + number}")))


def answer_after(notice_id, hours, answer, at=SENT, **more):
    with time_machine.travel(at + timedelta(hours=hours), tick=False):
        answering.answer_notice(notice_id, {"answer": answer, "reason": "Looked at."} | more, Via.LINK)


def test_hours_are_from_sending_to_the_first_answer_that_decides(people, report_json):
    """Mercado: a receipt after 1 h; removed after 10, 20, 30 h, one of them asked about and revised later; kept after 100 h."""
    notice_ids = [sent(people, report_json, number) for number in range(5)]
    answer_after(notice_ids[0], 1, "received")
    for notice_id, hours in zip(notice_ids, (10, 20, 30), strict=False):
        answer_after(notice_id, hours, "removed")
    answer_after(notice_ids[2], 50, "need_info")
    answer_after(notice_ids[2], 99, "account_suspended")
    answer_after(notice_ids[3], 100, "not_violating")
    (row,) = counted(people)
    assert row == NOTHING | {
        "key": "mercado", "notices": 5, "answered": 4, "removed_stated": 3, "kept": 1, "open": 1,
        "hours_to_answer": {"median": 25.0, "p90": 79.0}, "hours_to_removal": {"median": 20.0, "p90": 28.0},
    }  # fmt: skip


def test_figures_are_of_whole_days_in_utc_and_by_what_is_asked(people, report_json):
    sent(people, report_json, 1)
    sent(people, report_json, 2, at=SENT + timedelta(seconds=1))
    sent(people, report_json, 3, "tradepost.test/ad", at=SENT + timedelta(days=40))
    assert [row["key"] for row in counted(people)] == ["mercado", "tradepost"]
    assert [(row["key"], row["notices"]) for row in counted(people, by="month")] == [
        ("2026-08", 1), ("2026-09", 1), ("2026-10", 1),
    ]  # fmt: skip
    assert [row["notices"] for row in counted(people, **{"from": "2026-08-31", "to": "2026-08-31"})] == [1]
    assert [row["notices"] for row in counted(people, **{"from": "2026-09-01", "by": "platform"})] == [1, 1]
    assert counted(people, **{"from": "2026-09-02", "to": "2026-10-01"}) == []


def test_a_month_without_a_notice_stands_between_two_with_one(people, report_json):
    sent(people, report_json, 1)
    sent(people, report_json, 2, at=SENT + timedelta(days=100))
    months = counted(people, by="month")
    assert [row["key"] for row in months] == ["2026-08", "2026-09", "2026-10", "2026-11", "2026-12"]
    assert months[1] == NOTHING | {"key": "2026-09"}


def test_a_notice_counts_in_every_group_of_species_it_names(people, report_json):
    case_id = flag(people, report_json())
    decide(people, case_id, taxa=["Psittacus erithacus", "Loxodonta africana"])
    decide(people, flag(people, report_json("https://mercado.test/itm/265370482899")), taxa=[])
    assert [(row["key"], row["notices"]) for row in counted(people, by="group")] == [
        ("bird", 1), ("mammal", 1), ("none", 1),
    ]  # fmt: skip


def test_a_company_sees_its_own_figures_alone(people, report_json):
    sent(people, report_json, 1)
    sent(people, report_json, 2, "tradepost.test/ad")
    assert [row["key"] for row in counted(people, "mia", Scope.COMPANY)] == ["mercado"]
    assert [row["notices"] for row in counted(people, "otto", Scope.COMPANY, by="month")] == [1]
    refused = people.app.test_client().get("/api/v1/figures", headers=people.token("ana"))
    assert refused.status_code == 403


@pytest.mark.parametrize(
    ("asked", "field"),
    [({"from": "2026-09-02", "to": "2026-09-01"}, "from"), ({"from": "yesterday"}, "from"), ({"to": "0001-01-01"}, "to"),
     ({"to": "9999-12-31"}, "to"), ({"by": "colour"}, "by"), ({"company": "mercado"}, "company")],
)  # fmt: skip
def test_what_cannot_be_asked_is_refused_by_name(people, asked, field):
    answer = people.app.test_client().get(
        "/api/v1/figures", query_string=asked, headers=people.token("cora", Scope.CASES)
    )
    assert answer.status_code == 422 and list(answer.json["errors"]) == [field], answer.text


def test_a_listing_that_is_there_again_after_it_was_gone_is_relisted(people, report_json):
    """Reported again, or seen by a check; a capture from before the answer that comes late says nothing."""
    again, late, seen, never = (sent(people, report_json, number) for number in range(4))
    for notice_id in (again, late, seen):
        answer_after(notice_id, 10, "removed")
    for number, captured in ((0, SENT + timedelta(hours=11)), (1, SENT + timedelta(hours=9)), (3, SENT)):
        with time_machine.travel(SENT + timedelta(hours=12), tick=False):
            report = report_json(f"https://mercado.test/itm/{265370482805 + number}")
            flag(people, report | {"captured_at": captured.isoformat()}, "ana")
    with read() as session:
        case_id = session.get_one(Notice, seen).case_id
    assert [row["relisted"] for row in counted(people)] == [1]
    verification.look_as_coordinator(case_id, people.ids["cora"], Seen.PRESENT)
    assert [(row["relisted"], row["removed_verified"]) for row in counted(people)] == [(2, 0)]
    assert never


def test_what_stands_with_a_notice_is_what_its_answers_checks_and_reports_say(app, people, report_json):
    """The facts that are kept as they come, against the rows they come from, in a world with everything in it."""
    every_state.build(app, people, report_json())
    with read() as session:
        tried = 0
        for notice in session.scalars(select(Notice)):
            answers = [(Answer(row.answer), row.at) for row in answer_store.answers_of(session, notice.id)]
            checks = session.scalars(select(Check).where(Check.notice_id == notice.id, Check.settled_at.is_not(None)))
            settled = sorted((row.settled_at, row.state) for row in checks if row.state in ("gone", "present"))
            said = {name: min((at for answer, at in answers if answer in among), default=None) for name, among in (
                ("decided_at", outcome.DECIDES), ("removed_at", outcome.REMOVES), ("gone_at", outcome.SAYS_GONE))}  # fmt: skip
            if notice.answer in outcome.OPEN:  # a question has opened again what was decided
                said["decided_at"] = None
            gone = [at for at, state in settled if state == "gone"] + [at for at in (said.pop("gone_at"),) if at]
            assert {name: getattr(notice, name) for name in said} == said
            assert notice.found == (settled[-1][1] if settled else None)
            assert notice.gone_at == min(gone, default=None)
            tried += bool(answers)
        assert tried > 12


def test_the_command_and_its_csv_say_what_the_api_says(people, report_json):
    for number in range(2):
        answer_after(sent(people, report_json, number), 30, "removed")
    run = people.app.test_cli_runner().invoke
    days = ["--from", "2026-08-31", "--to", "2026-08-31"]
    printed = run(args=["figures", *days, "--csv"])
    assert printed.exit_code == 0, printed.output
    rows = list(csv.DictReader(io.StringIO(printed.stdout)))
    (row,) = counted(people, **{"from": "2026-08-31", "to": "2026-08-31"})
    flat = {name: value for name, value in row.items() if not isinstance(value, dict)}
    flat |= {f"{name}_{part}": row[name][part] for name in figures.HOURS for part in figures.PARTS}
    assert rows == [{name: str(value) for name, value in flat.items()}]
    table = run(args=["figures", *days, "--by", "month"])
    assert table.exit_code == 0 and "2026-08" in table.stdout and "30.0" in table.stdout
    nothing = run(args=["figures", "--from", "2025-01-01", "--to", "2025-01-31"])
    assert (nothing.exit_code, nothing.stdout) == (0, "No notice was sent from 2025-01-01 to 2025-01-31.\n")
    wrong = run(args=["figures", "--from", "2025-02-01", "--to", "2025-01-31"])
    assert wrong.exit_code == 1 and wrong.stderr.endswith("Error: 2025-02-01 is after 2025-01-31.\n")


@pytest.mark.parametrize("by", [None, *FiguresBy])
def test_counting_reads_an_index_and_no_document_in_three_statements(people, report_json, by):
    only_on_sqlite()
    sent(people, report_json, 1)
    with read() as session, asked() as seen:
        figures.became(session, figures.Asked(SENT.date(), SENT.date()), by)
        queries = [statement for statement in seen.statements if statement.startswith("SELECT")]
    assert len(queries) == 3
    with read() as session:
        for statement in queries:
            values = ["2026-08-31 00:00:00.000000"] * statement.count("?")
            plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", tuple(values)).all()
            assert any("COVERING INDEX ix_notices_sent (created_at>? AND created_at<?)" in row[3] for row in plan), plan
