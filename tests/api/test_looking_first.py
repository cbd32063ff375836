"""Before a notice leaves, the server looks where the platform has agreed: a look that says gone gives the decision back."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from server.core import clock, outbound
from server.core.config import Settings
from server.core.database import read
from server.core.reasons import ReasonCode
from server.journeys.report import decision, effect
from server.ledger.cases.models import Case, PendingDecision
from server.ledger.monitoring import watching
from server.ledger.notices.models import Notice
from server.reads import figures
from tests.conftest import People, settings_for
from tests.story import decide, flag, mails
from tests.watched_site import AGREED, Site, agreed, standing

Make = Callable[..., dict[str, Any]]
Work = Callable[[], int]
SPOC = "desk@bazaar.test"
AD = "<h1>African grey parrot, hand tame, 6 available</h1><b>900 euro</b>"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_UNDO_SECONDS="10")


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    with standing(monkeypatch) as port:
        yield port


@pytest.fixture
def pass_by(work_all: Work) -> Iterator[Callable[[float], int]]:
    """Let so many seconds pass, and the worker do what is due then."""
    with time_machine.travel(clock.now(), tick=True) as traveller:

        def go_on(seconds: float) -> int:
            traveller.shift(timedelta(seconds=seconds))
            return work_all()

        yield go_on


def case_of(people: People, case_id: str) -> tuple[str, list[dict[str, Any]]]:
    with read() as session:
        case = session.get_one(Case, case_id)
        return case.state, case.reasons


def left() -> int:
    with read() as session:
        return len(list(session.scalars(select(Notice.id))))


def test_a_listing_that_is_gone_is_not_notified_and_a_coordinator_decides_anew(
    people: People, report_json: Make, site: int, pass_by: Callable[[float], int], settings: Settings
) -> None:
    agreed(AGREED)
    case_id = flag(people, report_json(f"http://localhost:{site}/ad/7001"))
    pass_by(0)
    decide(people, case_id)
    pass_by(0)
    state, reasons = case_of(people, case_id)
    assert state == "open" and reasons[0] == {"code": ReasonCode.LAPSED, "weight": None, "params": {"why": "gone"}}
    page = people.browser("cora").get(f"/cases/{case_id}").text
    assert "the server checked first, and the page says that the ad is gone" in page
    pass_by(120)
    assert left() == 0 and mails(settings, SPOC) == [], "nothing left, nor does later"
    report = people.app.test_client().get("/api/v1/reports", headers=people.token("ana")).json["items"][-1]
    assert (report["status"], report["outcome"], report["feedback"]) == ("received", None, []), (
        "she is told nothing untrue"
    )
    with read() as session:
        counted = figures.landing(session, clock.now() + timedelta(seconds=1))
    assert (counted["notices"], counted["removed"], counted["verified"]) == (0, 0, 0)

    came = len(Site.came)
    decide(people, case_id, "I looked, and it is there.")
    pass_by(11)
    assert len(mails(settings, SPOC)) == 1, "a person has looked: it leaves, and nobody is asked twice"
    assert len(Site.came) == came


@pytest.mark.parametrize(
    "page",
    [
        (200, AD),
        (200, "<h1>Log in to Bazaar</h1>"),
        (200, "<h1>Just a moment...</h1>"),
        (503, ""),
        (403, ""),
        (302, "/"),
    ],
)
def test_whatever_else_it_is_given_the_notice_leaves_once_it_cannot_be_undone_any_more(
    people: People,
    report_json: Make,
    site: int,
    pass_by: Callable[[float], int],
    settings: Settings,
    page: tuple[int, str],
) -> None:
    agreed(AGREED)
    Site.pages = {"/ad/7001": page}
    case_id = flag(people, report_json(f"http://localhost:{site}/ad/7001"))
    decide(people, case_id)
    pass_by(0)
    assert [path for path, _ in Site.came] == ["/robots.txt", "/ad/7001"]
    assert mails(settings, SPOC) == [], "it can still be undone"
    pass_by(11)
    assert len(mails(settings, SPOC)) == 1 and case_of(people, case_id)[0] == "notified"
    pass_by(120)
    assert len(mails(settings, SPOC)) == 1


def test_without_an_answer_within_a_minute_it_leaves(
    people: People,
    report_json: Make,
    site: int,
    pass_by: Callable[[float], int],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agreed(AGREED)

    def silence(*_: Any) -> Any:
        raise outbound.Unreachable("no answer")

    monkeypatch.setattr(watching.client, "get", silence)
    decide(people, flag(people, report_json(f"http://localhost:{site}/ad/7001")))
    pass_by(0)
    pass_by(15)
    assert mails(settings, SPOC) == []
    pass_by(46)
    assert len(mails(settings, SPOC)) == 1


def test_a_burst_for_one_platform_is_looked_at_in_turn_and_none_waits_longer_than_a_minute(
    people: People, report_json: Make, site: int, pass_by: Callable[[float], int], settings: Settings
) -> None:
    agreed(AGREED)
    Site.robots = (200, "User-agent: *\nCrawl-delay: 25\n")
    for number in range(7001, 7006):
        Site.pages[f"/ad/{number}"] = (200, AD)
        decide(people, flag(people, report_json(f"http://localhost:{site}/ad/{number}")))
    for _ in range(13):
        pass_by(5)
    assert len(mails(settings, SPOC)) == 5
    looked = [path for path, _ in Site.came if path != "/robots.txt"]
    assert 1 <= len(looked) <= 3 and len(set(looked)) == len(looked), "as rarely as it asks, and none of them twice"


def test_another_companys_notice_waits_for_no_look(
    people: People,
    report_json: Make,
    site: int,
    pass_by: Callable[[float], int],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    agreed(AGREED)
    mailed_before_looking: list[int] = []
    forbidden = watching.Protego.parse(watching.NOTHING)
    rules = lambda *_: mailed_before_looking.append(len(mails(settings, "spoc@mercado.test"))) or forbidden  # noqa: E731
    monkeypatch.setattr(watching, "_rules", rules)
    decide(people, flag(people, report_json(f"http://localhost:{site}/ad/7001")))
    decide(people, flag(people, report_json("https://mercado.test/itm/grey-parrot/265370482805")))
    pass_by(10.5)
    assert mailed_before_looking == [1], "the other company's mail has left before anybody looked"


def test_without_an_agreement_nobody_looks_and_nothing_waits(
    people: People, report_json: Make, site: int, pass_by: Callable[[float], int], settings: Settings
) -> None:
    agreed("monitoring: null")
    decide(people, flag(people, report_json(f"http://localhost:{site}/ad/7001")))
    pass_by(11)
    assert Site.came == [] and len(mails(settings, SPOC)) == 1


def test_what_is_undone_or_not_to_be_notified_is_not_looked_at(
    people: People, report_json: Make, site: int, pass_by: Callable[[float], int]
) -> None:
    agreed(AGREED)
    case_id = flag(people, report_json(f"http://localhost:{site}/ad/7001"))
    decide(people, case_id)
    with read() as session:
        version = session.get_one(Case, case_id).version
    effect.undo(case_id, people.ids["cora"], version)
    pass_by(11)
    with read() as session:
        version = session.get_one(Case, case_id).version
    decision.decide(
        case_id, people.ids["cora"], decision="dismiss", note="A toy.", version=version, dismiss_reason="scam"
    )
    pass_by(61)
    assert Site.came == [] and left() == 0
    with read() as session:
        assert list(session.scalars(select(PendingDecision.decision_id))) == []
