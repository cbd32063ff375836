"""What a check found gone is looked for again, twice: by the server where the platform has agreed, by people elsewhere."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from server.core import clock
from server.core.config import Settings
from server.core.database import read
from server.core.words import CheckState, CheckWhy, Seen, Via
from server.journeys.report import answering, relisting, verification
from server.ledger.monitoring.models import Check
from server.ledger.notices.models import Notice
from tests.conftest import People
from tests.crew import Crew
from tests.story import flag, mails
from tests.watched_site import AGREED, Site, agreed, standing

Make = Callable[..., dict[str, Any]]
Work = Callable[[], int]
THERE = (200, "<h1>African grey parrot, hand tame, 6 available</h1><p>Still for sale, 900 euro.</p>")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    with standing(monkeypatch) as port:
        yield port


@pytest.fixture
def day(work_all: Work) -> Iterator[Callable[[float], None]]:
    """Let it be so many days later, and the worker do what is due then."""
    begun = clock.now()
    with time_machine.travel(begun, tick=True) as at:

        def later(days: float) -> None:
            at.move_to(begun + timedelta(days=days, minutes=1))
            work_all()

        yield later


def gone(people: People, report: dict[str, Any], answer: str | None = "removed") -> Crew:
    """A listing that Mercado, or the bazaar, says it removed, and that a coordinator found gone."""
    crew = Crew(people, report, undo_until=clock.now())
    if answer:
        answering.answer_notice(crew.notice, {"answer": answer}, Via.LINK)
    verification.look_as_coordinator(crew.case, people.ids["dan"], Seen.GONE)
    return crew


def relisted() -> list[str]:
    """The states of the checks for a listing that may be there again."""
    with read() as session:
        return list(session.scalars(select(Check.state).where(Check.why == CheckWhy.RELISTED).order_by(Check.id)))


def looked() -> int:
    return [path for path, _ in Site.came].count("/ad/7001")


def test_the_server_looks_a_week_and_a_month_later_and_then_no_more(
    people: People, report_json: Make, site: int, day: Callable[[float], None]
) -> None:
    agreed(AGREED)
    crew = gone(people, report_json(f"http://localhost:{site}/ad/7001"))
    asked = []
    for days in (6.9, 7, 29.9, 30, 60, 400):
        day(days)
        asked.append(looked())
    assert asked == [0, 1, 1, 2, 2, 2]
    assert relisted() == [] and crew.offered("noor") == [], "what is gone needs nobody"
    assert crew.page().count("The server checked: gone") == 2 and crew.state() == "answered"


def test_what_it_sees_there_again_is_for_people_and_they_bring_the_case_back(
    people: People, report_json: Make, site: int, day: Callable[[float], None], work_all: Work, settings: Settings
) -> None:
    agreed(AGREED)
    crew = gone(people, report_json(f"http://localhost:{site}/ad/7001"))
    work_all()
    before = len(mails(settings, "desk@bazaar.test"))
    Site.pages = {"/ad/7001": THERE}
    day(7)
    assert relisted() == [CheckState.OPEN] and crew.state() == "answered", "a program alone brings nothing back"
    assert "A check is open because the listing was gone and may be there again." in crew.page()
    assert "It was gone and may be there again" in people.browser("cora").get("/attention/checks").text
    assert crew.look("noor", crew.offered("noor")[0]["id"], "present").status_code == 201
    assert crew.state() == "open" and relisted() == [CheckState.PRESENT]
    page = crew.page()
    assert "There again on" in page and "after a check found it gone on" in page
    assert "though the company answered" not in page, "it kept its word"
    report = crew.report()
    assert report["status"] == "in_review" and report["feedback"][-1]["text"].endswith("it is back online.")
    work_all()
    assert len(mails(settings, "desk@bazaar.test")) == before, "no second notice leaves by itself"
    with read() as session:
        assert session.get_one(Notice, crew.notice).relisted_at
    day(30)
    assert relisted() == [CheckState.PRESENT] and looked() == 1


@pytest.mark.parametrize("page", [(200, "<h1>Sign in</h1><input type=password>"), (503, ""), (302, "/")])
def test_a_page_that_proves_nothing_is_for_people(
    people: People, report_json: Make, site: int, day: Callable[[float], None], page: tuple[int, str]
) -> None:
    agreed(AGREED)
    crew = gone(people, report_json(f"http://localhost:{site}/ad/7001"))
    Site.pages = {"/ad/7001": page}
    day(7)
    assert relisted() == [CheckState.OPEN] and len(crew.offered("noor")) == 1


def test_trouble_that_passes_leaves_people_nothing_to_do(
    people: People, report_json: Make, site: int, day: Callable[[float], None]
) -> None:
    agreed(AGREED)
    crew = gone(people, report_json(f"http://localhost:{site}/ad/7001"))
    Site.pages = {"/ad/7001": (503, "")}
    day(7)
    Site.pages = {}
    for days in (7.3, 7.6):
        day(days)
    assert relisted() == [CheckState.GONE] and crew.offered("noor") == []
    day(30)
    assert looked() == 4 and relisted() == [CheckState.GONE]


def test_where_the_server_may_not_look_people_do_so_twice_at_most(
    people: People, report_json: Make, day: Callable[[float], None]
) -> None:
    crew = gone(people, report_json())
    said = len(crew.report()["feedback"])
    day(6.9)
    assert crew.offered("noor") == []
    for days in (7, 30):
        day(days)
        check = crew.offered("noor")[0]["id"]
        for key in ("noor", "lia"):
            assert crew.look(key, check, "gone").status_code == 201
    assert relisted() == [CheckState.GONE] * 2 and len(crew.report()["feedback"]) == said, "nothing has changed"
    day(400)
    assert relisted() == [CheckState.GONE] * 2 and crew.offered("noor") == []


def test_silence_and_then_there_again_stands_on_the_case_without_a_move(
    people: People, report_json: Make, day: Callable[[float], None]
) -> None:
    crew = gone(people, report_json(), answer=None)
    day(7)
    verification.look_as_coordinator(crew.case, people.ids["cora"], Seen.PRESENT)
    assert crew.state() == "notified" and "after a check found it gone on" in crew.page()
    assert crew.report()["status"] != "in_review"


def test_what_the_company_answered_after_it_was_gone_is_contradicted_as_before(
    people: People, report_json: Make, day: Callable[[float], None]
) -> None:
    crew = gone(people, report_json(), answer=None)
    answering.answer_notice(crew.notice, {"answer": "removed"}, Via.LINK)
    verification.look_as_coordinator(crew.case, people.ids["cora"], Seen.PRESENT)
    assert "though the company answered “Removed”" in crew.page()


@pytest.mark.parametrize("what", ["withdrawn", "reinstated", "open check", "present", "reported again"])
def test_what_came_meanwhile_ends_it(
    people: People, report_json: Make, day: Callable[[float], None], what: str
) -> None:
    crew = gone(people, report_json())
    day(5)
    if what == "withdrawn":
        answering.withdraw_notice(crew.notice, people.ids["cora"], "It is a toy.")
    elif what == "reinstated":
        answering.answer_notice(crew.notice, {"answer": "reinstated", "reason": "It may stay."}, Via.PORTAL)
    elif what == "open check":
        verification.ask_check(crew.case, people.ids["cora"])
    elif what == "present":
        verification.look_as_coordinator(crew.case, people.ids["cora"], Seen.PRESENT)
    else:
        flag(people, report_json(captured_at=clock.now().isoformat()), "ben")
        assert crew.state() == "open" and "Reported again after it was removed" in crew.page()
    day(7)
    assert relisted() == ([CheckState.OPEN] if what == "reported again" else [])


def test_a_look_that_is_repeated_after_a_crash_looks_once(
    people: People, report_json: Make, site: int, day: Callable[[float], None]
) -> None:
    agreed(AGREED)
    crew = gone(people, report_json(f"http://localhost:{site}/ad/7001"))
    day(7)
    relisting.look_for_relisting(crew.notice)
    assert looked() == 1
    day(30)
    assert looked() == 2


@pytest.mark.parametrize("somebody_looked", [False, True])
def test_what_nobody_takes_up_lapses_but_not_what_somebody_has_seen(
    people: People, report_json: Make, day: Callable[[float], None], somebody_looked: bool
) -> None:
    crew = gone(people, report_json())
    for days in (7, 30, 36.9):
        day(days)
    assert relisted() == [CheckState.OPEN], "what is asked already is not asked twice"
    if somebody_looked:
        assert crew.look("noor", crew.offered("noor")[0]["id"], "present").status_code == 201
    day(37.1)
    relisting.lapse()
    assert relisted() == [CheckState.OPEN if somebody_looked else CheckState.DROPPED]
