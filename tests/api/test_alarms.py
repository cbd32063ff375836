"""A ring reports Nadia's honest shop; the alarm, what Cora does about it, and how it is undone."""

import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import select

from server.core import clock, config, payloads, work
from server.core.database import read, write
from server.core.words import CaseState, Level, Role, Scope, Status
from server.journeys.report import intake, ring
from server.journeys.spotter import accrediting, joining
from server.ledger.alarms.models import Alarm, AlarmReport
from server.ledger.cases.models import Case
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Report
from server.ledger.reports.schemas import NewReport
from server.reads import records
from tests.conftest import PASSWORD, People
from tests.sending import send
from tests.story import flag, mails

Make = Callable[..., dict[str, Any]]
NAMES = ("Ravi", "Sven", "Tara", "Uma", "Vera", "Wim", "Xenia", "Yara", "Zoe", "Alec", "Bram", "Cleo")
MORE_NAMES = (
    "Dora", "Emil", "Faye", "Gus", "Hana", "Igor", "Jana", "Kofi", "Lena", "Milo", "Nora", "Omar", "Pia", "Quim", "Rosa",
    "Samir", "Tess", "Ugo",
)  # fmt: skip
SHOP = (
    "Hand-woven cotton scarf, indigo stripes", "Silk scarf with a border of poppies", "Long winter scarf of lambswool",
    "A scarf for children, yellow with ducks", "Linen summer scarf, washed grey", "Square scarf, printed with our old map of Porto",
    "Set of three plain scarves, any colours",
)  # fmt: skip
REASONS = (
    "looks illegal to me",
    "this should not be sold",
    "I have seen it elsewhere",
    "please remove this one at once",
)


def join(people: People, *names: str) -> list[str]:
    """Accounts on probation, none of which anybody has vouched for."""
    for name in names:
        email = f"{name.lower()}@people.test"
        people.ids[name.lower()] = joining.add_account(email, name, Role.SPOTTER, PASSWORD, None)
        accrediting.accredit_by_email(email, "cora@people.test", "Passed.", Level.PROBATION, waive_exam=True)
    return [name.lower() for name in names]


@pytest.fixture
def members(people: People) -> list[str]:
    """Twelve of them."""
    return join(people, *NAMES)


def of_shop(make: Make, number: int, why: str) -> dict[str, Any]:
    """A report on one of the listings of Nadia's shop."""
    report = make(f"https://mercado.test/itm/scarf/{265370483000 + number}")
    report["listing"] |= {
        "title": SHOP[number],
        "description": "Soft and warm.",
        "seller": {"name": "nadia_weaves", "url": "https://mercado.test/seller/nadia_weaves"},
    }
    report["suspicion"] |= {"category": "product", "reason": why}
    return report


def attack(people: People, members: list[str], make: Make, work_all: Callable[[], int], count: int) -> None:
    """So many reports on the shop, the members taking turns; each is taken in, and the worker does what they ask for."""
    for number in range(count):
        stated = of_shop(make, number % len(SHOP), REASONS[number % 4])
        account_id, data = people.ids[members[number % len(members)]], payloads.load(NewReport, stated)
        assert intake.receive_report(account_id, str(uuid.uuid4()), stated, data, {})[1], "taken in as new"
    work_all()


def alarms() -> list[Alarm]:
    with read() as session:
        return list(session.scalars(select(Alarm).order_by(Alarm.id)))


def shop_cases() -> list[Case]:
    with read() as session:
        return list(session.scalars(select(Case).where(Case.text.contains("scar")).order_by(Case.id)))


def of(who: str, people: People) -> list[Report]:
    with read() as session:
        return list(session.scalars(select(Report).where(Report.account_id == people.ids[who])))


def test_thirty_accounts_with_500_reports_raise_an_alarm_by_the_tenth_and_one_action_withdraws_them(
    people: People, members: list[str], report_json: Make, work_all: Callable[[], int], settings: config.Settings
) -> None:
    ring_members = [*members, *join(people, *MORE_NAMES)]
    assert len(ring_members) == 30
    attack(people, ring_members, report_json, work_all, 10)
    (alarm,) = alarms()
    assert alarm.state == "open" and alarm.new_accounts in (8, 9, 10) and len(alarm.signs) >= 3
    attack(people, ring_members, report_json, work_all, 490)

    cases = shop_cases()
    assert (len(cases), sum(case.report_count for case in cases)) == (len(SHOP), 500), "no report is refused"
    assert all(case.signals["ring"] == 0.3 and case.state == CaseState.OPEN for case in cases)
    assert len(alarms()) == 1, "one for a seller at a time"
    with read() as session:
        assert session.scalars(select(Notice)).all() == [], "nothing leaves by itself"
    told = [mail for who in ("cora", "dan") for mail in mails(settings, f"{who}@people.test")]
    assert len([mail for mail in told if "new accounts" in mail["Subject"]]) == 2, "one each, however many reports"
    assert not [mail for mail in told if "nadia" in mail.as_string() or "Ravi" in mail.as_string()]
    cora = people.browser("cora")
    assert "1 alarm: many new accounts report one seller" in cora.get("/cases").text
    shown = cora.get(f"/cases/{cases[0].id}").text
    assert "Many new accounts report this seller at once: see the alarm" in shown

    cora.post(f"/alarms/{alarm.id}/withdraw", data={"why": "One group against one shop."})
    assert [each.state for each in alarms()] == ["withdrawn"]
    assert {(case.state, case.spotter_count, case.unseen_count) for case in shop_cases()} == {(CaseState.CLOSED, 0, 0)}
    with read() as session:
        aside = session.scalars(select(Report.status).where(Report.set_aside_at.is_not(None))).all()
        assert list(aside) == [Status.RECEIVED] * 500, "all of it, and none of them is told"
        assert session.scalars(select(Notice)).all() == []


def test_the_mail_about_an_alarm_is_the_same_mail_when_it_is_tried_again_after_midnight(
    people: People, members: list[str], report_json: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 3, 23, 59, tzinfo=UTC))
    with write() as session:
        ring._tell(session)
        about = session.scalars(select(work.Work.subject_id).where(work.Work.kind == "mail_alarm")).all()
    sent: list[str] = []
    monkeypatch.setattr(ring.alarms, "count_open", lambda _session: 1)
    monkeypatch.setattr(ring.post, "send_template", lambda *args: sent.append(args[4]))
    ring.mail_alarm(about[0])
    monkeypatch.setattr(clock, "now", lambda: datetime(2026, 11, 4, 0, 1, tzinfo=UTC))
    ring.mail_alarm(about[0])
    assert sent[0] == sent[1] and len(set(about)) == len(about) == 2


def test_an_alarm_lowers_the_priority_and_stops_no_decision(
    people: People, members: list[str], report_json: Make, work_all: Callable[[], int]
) -> None:
    attack(people, members, report_json, work_all, 7)
    highest = max(case.priority for case in shop_cases())
    attack(people, members[7:], report_json, work_all, 5)
    (alarm,) = alarms()
    cases = shop_cases()
    assert alarm.state == "open" and max(case.priority for case in cases) < highest
    answer = people.app.test_client().post(
        f"/api/v1/cases/{cases[0].id}/decisions",
        headers=people.token("cora", Scope.CASES),
        json={"decision": "notify", "reason": "It is one after all.", "version": cases[0].version},
    )
    assert answer.status_code == 201, answer.text


def test_a_case_that_somebody_else_reported_cannot_be_pushed_down(
    people: People, members: list[str], report_json: Make, work_all: Callable[[], int]
) -> None:
    honest = flag(people, of_shop(report_json, 0, "The label says ivory."))
    attack(people, members, report_json, work_all, 12)
    (alarm,) = alarms()
    assert alarm.state == "open"
    assert {case.signals["ring"] for case in shop_cases() if case.id != honest} == {0.3}
    assert [case.signals["ring"] for case in shop_cases() if case.id == honest] == [1.0]


def test_one_action_withdraws_the_ring_and_can_be_undone(
    people: People, members: list[str], report_json: Make, work_all: Callable[[], int]
) -> None:
    with_ana = flag(people, of_shop(report_json, 0, "The label says ivory."))
    elsewhere = report_json("https://mercado.test/itm/other/265370489999")
    assert send(people.app.test_client(), people.token("ravi"), elsewhere).status_code == 201
    attack(people, members, report_json, work_all, 14)
    (alarm,) = alarms()
    queue = {case.id: (case.state, case.priority, case.spotter_count) for case in shop_cases()}
    cora = people.browser("cora")
    assert cora.post(f"/alarms/{alarm.id}/withdraw", data={"why": " "}).status_code == 422
    long = "One group against one shop. " * 100
    refused = cora.post(f"/alarms/{alarm.id}/withdraw", data={"why": long, "suspend": "y"})
    assert refused.status_code == 422 and "at most 2,000 characters" in refused.text
    assert long.strip() in refused.text and "checked" in refused.text, "what was written is still there"
    assert alarms()[0].state == "open", "a reason is needed"
    cora.post(f"/alarms/{alarm.id}/withdraw", data={"why": "One group against one shop.", "suspend": "y"})
    assert (alarms()[0].state, alarms()[0].closed_by) == ("withdrawn", people.ids["cora"])
    for case in shop_cases():
        assert case.state == (CaseState.OPEN if case.id == with_ana else CaseState.CLOSED)
        assert case.signals["ring"] == 1.0
    assert [case.spotter_count for case in shop_cases() if case.id == with_ana] == [1]
    assert all(
        report.set_aside_at and report.status == Status.RECEIVED for who in members for report in of(who, people)
    )
    assert not [report for report in of("ana", people) if report.set_aside_at]
    with read() as session:
        own = list(records.record(session, people.ids["ravi"])["reports"])
    assert own and "set_aside_at" not in own[0], "no member learns from their record that the ring was found"
    again = send(people.app.test_client(), people.token("ravi"), elsewhere)
    assert again.status_code == 403, "suspended by the journey that exists for it"
    assert (
        "14 undecided" not in cora.get("/alarms").text
        and "15 undecided reports are set aside" in cora.get("/alarms").text
    )

    cora.post(f"/alarms/{alarm.id}/undo")
    assert alarms()[0].state == "open"
    assert {case.id: (case.state, case.priority, case.spotter_count) for case in shop_cases()} == queue
    assert not [report for who in members for report in of(who, people) if report.set_aside_at]


def test_a_withdrawal_is_undone_once_a_second_alarm_about_the_shop_is_decided(
    people: People, members: list[str], report_json: Make, work_all: Callable[[], int]
) -> None:
    attack(people, members, report_json, work_all, 24)
    (first,) = alarms()
    cora = people.browser("cora")
    cora.post(f"/alarms/{first.id}/withdraw", data={"why": "One group against one shop."})
    school = join(people, *MORE_NAMES)
    attack(people, school, report_json, work_all, 20)
    assert [each.state for each in alarms()] == ["withdrawn", "open"]
    page = cora.post(f"/alarms/{first.id}/undo", follow_redirects=True)
    assert page.status_code == 200 and "Another alarm about this seller is open." in page.text
    assert all(report.set_aside_at for who in members for report in of(who, people))
    cora.post(f"/alarms/{alarms()[1].id}/clear", data={"why": "A school class."})
    cora.post(f"/alarms/{first.id}/undo")
    assert [each.state for each in alarms()] == ["open", "cleared"]
    attack(people, join(people, *(f"{name}-Ann" for name in NAMES)), report_json, work_all, 24)
    assert [each.state for each in alarms()] == ["open", "cleared"], "the open one goes on"
    with read() as session:
        counted = set(session.scalars(select(AlarmReport.report_id).where(AlarmReport.alarm_id == first.id)))
    assert len(counted) == 48, "and what came since joins it"
    assert not [report.id for who in school for report in of(who, people) if report.id in counted], "but not the class"


def test_a_decision_after_a_withdrawal_is_not_about_what_was_set_aside(
    people: People, members: list[str], report_json: Make, work_all: Callable[[], int]
) -> None:
    with_ana = flag(people, of_shop(report_json, 0, "The label says ivory."))
    attack(people, members, report_json, work_all, 12)
    ring.withdraw(alarms()[0].id, people.ids["cora"], "One group.")
    with read() as session:
        version = session.get_one(Case, with_ana).version
    answer = people.app.test_client().post(
        f"/api/v1/cases/{with_ana}/decisions",
        headers=people.token("cora", Scope.CASES),
        json={"decision": "notify", "reason": "The label says ivory.", "version": version},
    )
    assert answer.status_code == 201, answer.text
    assert [report.status for report in of("ana", people)] == [Status.NOTIFIED]
    assert {report.status for who in members for report in of(who, people)} == {Status.RECEIVED}


def test_an_honest_report_brings_a_closed_case_back_as_if_it_were_new(
    people: People, members: list[str], report_json: Make, work_all: Callable[[], int]
) -> None:
    attack(people, members, report_json, work_all, 12)
    ring.withdraw(alarms()[0].id, people.ids["cora"], "One group.")
    case_id = flag(people, of_shop(report_json, 0, "The label says ivory."))
    with read() as session:
        case = session.get_one(Case, case_id)
        assert (case.state, case.signals["before"], case.signals["ring"]) == (CaseState.OPEN, 1.0, 1.0)


def test_what_is_no_ring_is_cleared_and_raises_no_second_alarm(
    people: People, members: list[str], report_json: Make, work_all: Callable[[], int]
) -> None:
    attack(people, members, report_json, work_all, 10)
    (alarm,) = alarms()
    people.browser("dan").post(f"/alarms/{alarm.id}/clear", data={"why": "A class of mine."})
    assert [each.state for each in alarms()] == ["cleared"]
    assert {case.signals["ring"] for case in shop_cases()} == {1.0}
    attack(people, members, report_json, work_all, 3)
    assert [each.state for each in alarms()] == ["cleared"]
    late = people.browser("cora").post(f"/alarms/{alarm.id}/withdraw", data={"why": "A ring."})
    assert late.status_code == 302 and [each.state for each in alarms()] == ["cleared"]


def test_trusted_people_on_one_seller_raise_no_alarm(
    people: People, members: list[str], report_json: Make, work_all: Callable[[], int]
) -> None:
    for who in members[:6]:
        accrediting.change_level(people.ids[who], people.ids["dan"], "Known to us.", Level.TRUSTED)
    attack(people, members, report_json, work_all, 12)
    assert alarms() == []
