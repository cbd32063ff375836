"""The look before a notice leaves is made just before, whatever the decision waited for: nothing at all, a stop, frozen accounts, a
digest. It can be undone until it leaves.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from server.core.config import Settings
from server.core.database import read, write
from server.core.reasons import ReasonCode
from server.core.words import Basis, Scope
from server.journeys.report import decision, stopping
from server.journeys.spotter import freezing
from server.ledger.cases.models import Case, PendingDecision
from server.ledger.companies import store as companies
from server.ledger.monitoring import watching
from server.ledger.notices import stop_store
from server.ledger.notices.gauge import Gauge
from server.ledger.notices.models import Notice
from server.ledger.notices.stop_store import On
from tests.conftest import People, settings_for
from tests.digests import digest_contact
from tests.story import decide, flag, mails
from tests.watched_site import AGREED, Site, agreed, standing

Make = Callable[..., dict[str, Any]]
Work = Callable[[], int]
SPOC = "desk@bazaar.test"
AD = "<h1>African grey parrot, hand tame, 6 available</h1><b>900 euro</b>"
THURSDAY = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
LAPSED = {"code": ReasonCode.LAPSED, "weight": None, "params": {"why": "gone"}}


@pytest.fixture
def seconds() -> str:
    return "10"


@pytest.fixture
def settings(database_url: str, tmp_path: Path, seconds: str) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_UNDO_SECONDS=seconds)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    with standing(monkeypatch) as port:
        yield port


class Bazaar:
    """What Ana flags there, Cora decides, and the worker does meanwhile."""

    def __init__(self, people: People, make: Make, port: int, settings: Settings, work_all: Work) -> None:
        self.people, self.make, self.port, self.settings, self.work_all = people, make, port, settings, work_all

    def flag(self, number: int = 7001, page: str | None = AD) -> str:
        """A case about a listing, which is there unless `page` is None."""
        self.put(number, page)
        return flag(self.people, self.make(f"http://localhost:{self.port}/ad/{number}"))

    def put(self, number: int, page: str | None) -> None:
        Site.pages[f"/ad/{number}"] = (200, page) if page else (404, "nothing here")

    def looked(self) -> list[str]:
        return [path for path, _ in Site.came if path != "/robots.txt"]

    def case(self, case_id: str) -> tuple[str, list[dict[str, Any]]]:
        with read() as session:
            case = session.get_one(Case, case_id)
            return case.state, [reason for reason in case.reasons if reason["code"] == ReasonCode.LAPSED]

    def undo(self, case_id: str, who: str = "dan") -> int:
        with read() as session:
            version = session.get_one(Case, case_id).version
        headers = self.people.token(who, Scope.CASES)
        path = f"/api/v1/cases/{case_id}/undo"
        return int(self.people.app.test_client().post(path, headers=headers, json={"version": version}).status_code)

    def page(self, case_id: str, who: str = "cora") -> str:
        return self.people.browser(who).get(f"/cases/{case_id}").text

    def mails(self) -> int:
        return len(mails(self.settings, SPOC))

    def notices(self) -> int:
        with read() as session:
            return len(list(session.scalars(select(Notice.id))))

    def nothing_waits(self) -> bool:
        with read() as session:
            return session.scalars(select(PendingDecision.decision_id)).first() is None


@pytest.fixture
def travel() -> Iterator[Any]:
    with time_machine.travel(THURSDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def bazaar(travel: Any, people: People, report_json: Make, site: int, settings: Settings, work_all: Work) -> Bazaar:
    agreed(AGREED)
    return Bazaar(people, report_json, site, settings, work_all)


@pytest.fixture
def pass_by(travel: Any, work_all: Work) -> Callable[[float], int]:
    """Let so many seconds pass, and the worker do what is due then."""

    def go_on(seconds: float) -> int:
        travel.shift(timedelta(seconds=seconds))
        return work_all()

    return go_on


Pass = Callable[[float], int]

# --- Nothing can be undone -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seconds", ["0"])
@pytest.mark.parametrize("many", [False, True])
def test_where_nothing_can_be_undone_the_server_looks_all_the_same(bazaar: Bazaar, pass_by: Pass, many: bool) -> None:
    gone, there = bazaar.flag(7001, None), bazaar.flag(7002)
    for case_id in (gone, there):
        decide(bazaar.people, case_id, undo_until=decision.undo_until_of_many() if many else None)
    assert bazaar.mails() == 0 and bazaar.notices() == 0
    pass_by(0.1)
    pass_by(11)  # one page in ten seconds
    assert bazaar.looked() == ["/ad/7001", "/ad/7002"]
    assert bazaar.case(gone) == ("open", [LAPSED]) and bazaar.case(there)[0] == "notified"
    assert (bazaar.notices(), bazaar.mails()) == (1, 1) and bazaar.nothing_waits()


@pytest.mark.parametrize("seconds", ["0"])
@pytest.mark.parametrize("many", [False, True])
def test_a_look_gives_no_time_to_undo_where_nothing_can_be_undone(bazaar: Bazaar, pass_by: Pass, many: bool) -> None:
    case_id, client = bazaar.flag(), bazaar.people.app.test_client()
    body = {"case_id": case_id, "decision": "notify", "reason": "Six chicks, no papers.", "version": 1}
    headers = bazaar.people.token("cora", Scope.CASES)
    if many:
        told = client.post("/api/v1/cases/decisions", headers=headers, json=[body]).json["items"][0]
    else:
        del body["case_id"]
        told = client.post(f"/api/v1/cases/{case_id}/decisions", headers=headers, json=body).json
    assert told["state"] == "notified" and told["undo_until"] is None and bazaar.notices() == 0
    assert bazaar.undo(case_id) == 409
    assert "Undo" not in bazaar.page(case_id) + bazaar.people.browser("cora").get("/cases").text
    pass_by(0.1)
    assert bazaar.notices() == 1


@pytest.mark.parametrize("seconds", ["0"])
def test_nothing_waits_where_nobody_looks(bazaar: Bazaar) -> None:
    agreed("monitoring: null")
    decide(bazaar.people, bazaar.flag())
    assert bazaar.notices() == 1


def test_a_held_case_whose_ad_is_gone_comes_before_a_coordinator(bazaar: Bazaar, pass_by: Pass) -> None:
    case_id = bazaar.flag(7001, None)
    decision.decide(
        case_id, bazaar.people.ids["cora"], decision="hold", hold_reason="second_opinion", note="Is it?", version=1
    )
    pass_by(11)
    with read() as session:
        version = session.get_one(Case, case_id).version
    decision.decide(
        case_id, bazaar.people.ids["dan"], decision="notify", note="Six chicks, no papers.", version=version
    )
    pass_by(11)
    pass_by(11)
    assert bazaar.case(case_id) == ("open", [LAPSED]), "held it would wait for nobody"


def test_a_silent_site_holds_nothing_up_where_the_worker_runs_every_quarter_of_an_hour(
    bazaar: Bazaar, pass_by: Pass
) -> None:
    case_id = bazaar.flag(7001)
    Site.robots = (503, "")
    decide(bazaar.people, case_id)
    for _ in range(3):
        pass_by(15 * 60)
    assert bazaar.case(case_id)[0] == "notified" and bazaar.nothing_waits()


# --- Until it leaves -------------------------------------------------------------------------------------------------


def busy() -> None:
    """The platform lets us come once in half a minute, and we have just come."""
    Site.robots = (200, "User-agent: *\nCrawl-delay: 30\n")


def test_while_a_look_waits_for_its_turn_the_decision_can_be_undone(bazaar: Bazaar, pass_by: Pass) -> None:
    busy()
    first, second = bazaar.flag(7001), bazaar.flag(7002)
    decide(bazaar.people, first)
    pass_by(0)
    decide(bazaar.people, second)
    pass_by(15)
    assert bazaar.mails() == 1 and bazaar.looked() == ["/ad/7001"]
    said = "nothing has been sent yet: the server first checks whether the ad is still there"
    for who in ("cora", "dan"):
        page = bazaar.page(second, who)
        assert said in page and "Undo" in page.partition(said)[2][:700]
    assert "Nothing has been sent yet: the server first checks" in bazaar.people.browser("cora").get("/cases").text
    again = bazaar.people.app.test_client().post(
        f"/api/v1/cases/{second}/decisions",
        headers=bazaar.people.token("cora", Scope.CASES),
        json={"decision": "hold", "reason": "Wait.", "why": "other", "version": 2},
    )
    assert again.status_code == 409, "it does not leave without its look because somebody decides again"
    assert bazaar.undo(second) == 200 and bazaar.case(second) == ("open", [])
    pass_by(120)
    assert bazaar.mails() == 1 and bazaar.notices() == 1 and bazaar.looked() == ["/ad/7001"]


def test_once_it_has_left_it_cannot_be_undone(bazaar: Bazaar, pass_by: Pass) -> None:
    case_id = bazaar.flag()
    decide(bazaar.people, case_id)
    pass_by(0)
    pass_by(11)
    assert bazaar.mails() == 1 and bazaar.undo(case_id) == 409
    assert "first looks" not in bazaar.page(case_id)


# --- Held, and let go ------------------------------------------------------------------------------------------------


def stop(bazaar: Bazaar) -> str:
    """Notices to Bazaar that rely on its policy are held; the stop's id."""
    with write() as session:
        company = companies.by_slug(session, "bazaar")
        return stop_store.begin(session, On(company.id, Basis.POLICY), Gauge(upheld=15, inaccurate=5))


@pytest.mark.parametrize("page", [None, AD])
def test_what_a_stop_held_is_looked_at_when_it_is_let_go(bazaar: Bazaar, pass_by: Pass, page: str | None) -> None:
    stop_id, case_id = stop(bazaar), bazaar.flag()
    decide(bazaar.people, case_id)
    pass_by(0)
    pass_by(11)
    assert bazaar.looked() == ["/ad/7001"] and bazaar.notices() == 0
    bazaar.put(7001, page)
    pass_by(3 * 86400)
    stopping.go_on(stop_id, bazaar.people.ids["cora"], "The pattern is changed.")
    pass_by(1)
    pass_by(1)
    assert bazaar.looked() == ["/ad/7001"] * 2
    if page:
        assert (bazaar.notices(), bazaar.mails(), bazaar.case(case_id)[0]) == (1, 1, "notified")
    else:
        assert (bazaar.notices(), bazaar.mails(), bazaar.case(case_id)) == (0, 0, ("open", [LAPSED]))
    assert bazaar.nothing_waits()


@pytest.mark.parametrize("page", [None, AD])
def test_what_frozen_accounts_held_is_looked_at_when_they_are_open_again(
    bazaar: Bazaar, pass_by: Pass, page: str | None
) -> None:
    case_id, ids = bazaar.flag(), bazaar.people.ids
    decide(bazaar.people, case_id)
    pass_by(0)
    freezing.freeze(ids["ana"], ids["cora"])
    pass_by(11)
    pass_by(86400)
    assert bazaar.looked() == ["/ad/7001"] and bazaar.notices() == 0
    bazaar.put(7001, page)
    freezing.unfreeze(ids["ana"], ids["cora"], "She is safe.")
    pass_by(61)
    pass_by(1)
    assert bazaar.looked() == ["/ad/7001"] * 2
    assert bazaar.case(case_id) == (("notified", []) if page else ("open", [LAPSED]))
    assert bazaar.notices() == bazaar.mails() == (1 if page else 0)


def test_a_silent_site_holds_what_was_let_go_a_minute_and_no_longer(bazaar: Bazaar, pass_by: Pass) -> None:
    stop_id, case_id = stop(bazaar), bazaar.flag()
    decide(bazaar.people, case_id)
    pass_by(0)
    pass_by(11)
    Site.robots = (503, "")
    pass_by(2 * 86400)
    stopping.go_on(stop_id, bazaar.people.ids["cora"], "The pattern is changed.")
    pass_by(1)
    pass_by(50)
    assert bazaar.notices() == 0
    pass_by(11)
    assert bazaar.notices() == 1 and bazaar.case(case_id)[0] == "notified"
    pass_by(86400)
    assert bazaar.mails() == 1


# --- A digest --------------------------------------------------------------------------------------------------------

TO_FRIDAY = (datetime(2026, 11, 27, 8, tzinfo=UTC) - THURSDAY).total_seconds()


@pytest.fixture
def digest(bazaar: Bazaar) -> Bazaar:
    digest_contact(SPOC)
    return bazaar


def decided(bazaar: Bazaar, pass_by: Pass, *numbers: int) -> list[str]:
    """Cora notifies Bazaar of these on Thursday afternoon, and they are there; the cases."""
    cases = [bazaar.flag(number) for number in numbers]
    for case_id in cases:
        decide(bazaar.people, case_id)
        pass_by(11)
    pass_by(60)
    return cases


def test_what_is_gone_just_before_a_digest_leaves_is_not_in_it_and_the_rest_is(digest: Bazaar, pass_by: Pass) -> None:
    first, gone, last = decided(digest, pass_by, 7001, 7002, 7003)
    assert digest.looked() == ["/ad/7001", "/ad/7002", "/ad/7003"]
    page = digest.page(gone, "dan")
    assert "it waits for the company’s digest" in page and "Undo" in page and "This case is closed." not in page
    report = digest.people.app.test_client().get("/api/v1/reports", headers=digest.people.token("ana")).json["items"][0]
    assert report["status"] == "in_review" and "has looked" in report["feedback"][-1]["text"]
    digest.put(7002, None)
    pass_by(TO_FRIDAY - 15 * 60 - 120 - 60)
    assert len(digest.looked()) == 3, "not long before"
    for _ in range(12):
        pass_by(11)
    assert sorted(digest.looked()) == ["/ad/7001"] * 2 + ["/ad/7002"] * 2 + ["/ad/7003"] * 2
    assert digest.case(gone) == ("open", [LAPSED]) and digest.notices() == 2 and digest.mails() == 0
    pass_by(15 * 60)
    assert digest.case(first)[0] == digest.case(last)[0] == "notified"
    (mail,) = mails(digest.settings, SPOC)
    table = next(part for part in mail.walk() if part.get_filename() == "notices.csv").get_content()
    assert "/ad/7001" in table and "/ad/7003" in table and "/ad/7002" not in table
    pass_by(4 * 86400)
    assert digest.mails() == 1 and digest.nothing_waits()


def test_who_decides_again_after_that_is_not_asked_twice_by_any_digest(digest: Bazaar, pass_by: Pass) -> None:
    (case_id,) = decided(digest, pass_by, 7001)
    digest.put(7001, None)
    pass_by(TO_FRIDAY - 14 * 60)
    assert digest.case(case_id) == ("open", [LAPSED])
    decide(digest.people, case_id, "I looked, and it is there.")
    came = len(Site.came)
    pass_by(11)
    pass_by(4 * 86400)
    assert digest.mails() == 1 and len(Site.came) == came


def test_a_decision_that_waits_for_a_digest_is_undone_until_then(digest: Bazaar, pass_by: Pass) -> None:
    undone, leaves = decided(digest, pass_by, 7001, 7002)
    assert digest.undo(undone) == 200 and digest.case(undone) == ("open", [])
    pass_by(TO_FRIDAY - 14 * 60)
    pass_by(14 * 60)
    assert digest.mails() == 1 and digest.notices() == 1 and digest.case(leaves)[0] == "notified"


@pytest.mark.parametrize("robots", [(503, ""), (200, "User-agent: *\nCrawl-delay: 3600\n")])
def test_a_site_that_is_silent_or_slow_keeps_nothing_out_of_a_digest(
    digest: Bazaar, pass_by: Pass, robots: tuple[int, str]
) -> None:
    decided(digest, pass_by, 7001, 7002)
    Site.robots = robots
    watching._robots.clear()
    pass_by(TO_FRIDAY - 15 * 60)
    for _ in range(20):
        pass_by(60)
    assert digest.notices() == 2 and digest.mails() == 1


def test_decided_shortly_before_a_digest_it_leaves_with_it_and_is_looked_at_once(digest: Bazaar, pass_by: Pass) -> None:
    pass_by(TO_FRIDAY - 5 * 60)
    decide(digest.people, digest.flag())
    pass_by(1)
    pass_by(11)
    pass_by(5 * 60)
    assert digest.looked() == ["/ad/7001"] and digest.mails() == 1


def test_a_contact_whose_platform_has_not_agreed_gets_its_digest_as_ever(digest: Bazaar, pass_by: Pass) -> None:
    agreed("monitoring: null")
    digest_contact(SPOC)
    decide(digest.people, digest.flag())
    pass_by(11)
    assert digest.notices() == 1, "it is made at once, and waits for its hour"
    pass_by(TO_FRIDAY)
    assert digest.mails() == 1 and Site.came == []
