"""The server looks only where the platform has agreed: a real site beside it counts who came, under which name, how often."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from server.core import clock, outbound
from server.core.database import read
from server.core.words import Seen, Via
from server.journeys.report import answering, verification
from server.ledger.monitoring import watching
from server.ledger.monitoring.models import CheckResult
from tests.conftest import People
from tests.story import decide, flag
from tests.watched_site import AGREED, Site, agreed, standing

Make = Callable[..., dict[str, Any]]
Work = Callable[[], int]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    with standing(monkeypatch) as port:
        yield port


def removed(people: People, report: dict[str, Any]) -> str:
    """A listing whose company says that it is removed; its case."""
    case_id = flag(people, report)
    answering.answer_notice(decide(people, case_id, undo_until=clock.now()), {"answer": "removed"}, Via.LINK)
    return case_id


def seen() -> list[tuple[str | None, str]]:
    with read() as session:
        rows = session.scalars(select(CheckResult).order_by(CheckResult.id))
        return [(row.account_id, row.seen) for row in rows]


def asked_for() -> list[str]:
    return [path for path, _ in Site.came]


def next_day(work_all: Work, **more: float) -> None:
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1, **more), tick=True):
        work_all()


def test_without_an_agreement_the_server_never_comes(
    people: People, report_json: Make, site: int, work_all: Work
) -> None:
    agreed("monitoring: null")
    removed(people, report_json(f"http://localhost:{site}/ad/7001"))
    next_day(work_all)
    assert Site.came == [] and seen() == []


def test_an_agreement_that_ended_meanwhile_is_kept(
    people: People, report_json: Make, site: int, work_all: Work
) -> None:
    agreed(AGREED)
    removed(people, report_json(f"http://localhost:{site}/ad/7001"))
    agreed("monitoring: null")
    next_day(work_all)
    assert Site.came == [] and seen() == []


@pytest.mark.parametrize(
    ("page", "outcome"),
    [
        ((404, "not found"), "gone"),
        ((410, ""), "gone"),
        ((200, "<p>This ad was\n taken down.</p>"), "gone"),
        ((200, "<h1>This listing has been removed</h1>"), "gone"),
        ((200, "<script>'This ad was taken down'</script><p>Grey parrot</p>"), "cannot_tell"),
        ((200, "<h1>African grey parrot, hand tame, 6 available</h1><p>This ad was taken down</p>"), "gone"),
        ((200, "<h1>African grey parrot, hand tame, 6 available</h1><b>900 euro</b>"), "present"),
        ((403, "This ad was taken down"), "cannot_tell"),
        ((503, "This ad was taken down"), "cannot_tell"),
    ],
)
def test_it_comes_once_after_a_day_under_its_own_name(
    people: People, report_json: Make, site: int, work_all: Work, page: tuple[int, str], outcome: str
) -> None:
    agreed(AGREED)
    Site.pages = {"/ad/7001?colour=grey": page}
    case_id = removed(people, report_json(f"http://localhost:{site}/ad/7001?colour=grey&utm_source=ana"))
    work_all()
    assert Site.came == [], "not before its day"
    next_day(work_all)
    assert asked_for() == ["/robots.txt", "/ad/7001?colour=grey"], "nothing of who had it open"
    assert {name for _, name in Site.came} == {"CyberSpotter/1 (+http://spotter.test)"}
    assert seen() == [(None, outcome)]
    page_text = people.browser("cora").get(f"/cases/{case_id}").text
    assert "The server checked" in page_text and "Checked:" not in page_text, "its look is one of two"


def test_with_one_person_it_settles_what_is_gone(people: People, report_json: Make, site: int, work_all: Work) -> None:
    agreed(AGREED)
    case_id = removed(people, report_json(f"http://localhost:{site}/ad/7001"))
    next_day(work_all)
    assert seen() == [(None, "gone")]
    verification.look_as_coordinator(case_id, people.ids["cora"], Seen.GONE)
    assert "Checked: gone" in people.browser("cora").get(f"/cases/{case_id}").text


def test_two_looks_of_its_own_settle_it_six_hours_apart_and_no_earlier(
    people: People, report_json: Make, site: int, work_all: Work
) -> None:
    agreed(AGREED)
    case_id = removed(people, report_json(f"http://localhost:{site}/ad/7001"))
    next_day(work_all)
    next_day(work_all, hours=5.9)
    assert seen() == [(None, "gone")]
    next_day(work_all, hours=6.1)
    assert seen() == [(None, "gone")] * 2
    page = people.browser("cora").get(f"/cases/{case_id}").text
    assert "Checked: gone" in page and "the site says that the page is not there" in page
    next_day(work_all, hours=24)
    assert len(seen()) == 2, "what is settled is left alone"


def test_what_is_there_again_at_the_second_look_is_left_to_people(
    people: People, report_json: Make, site: int, work_all: Work
) -> None:
    agreed(AGREED)
    case_id = removed(people, report_json(f"http://localhost:{site}/ad/7001"))
    next_day(work_all)
    Site.pages = {
        "/ad/7001": (200, "<h1>African grey parrot, hand tame, 6 available</h1><p>Still for sale, 900 euro.</p>")
    }
    for hours in (6.1, 12.2, 18.3, 24.4):
        next_day(work_all, hours=hours)
    assert seen() == [(None, "gone"), (None, "present")]
    assert "Checked:" not in people.browser("cora").get(f"/cases/{case_id}").text


def test_trouble_is_looked_at_again_three_times_at_most(
    people: People, report_json: Make, site: int, work_all: Work
) -> None:
    agreed(AGREED)
    Site.pages = {"/ad/7001": (503, "")}
    removed(people, report_json(f"http://localhost:{site}/ad/7001"))
    for hours in (0, 6.1, 12.2, 18.3, 24.4):
        next_day(work_all, hours=hours)
    assert seen() == [(None, "cannot_tell")] * 3


@pytest.mark.parametrize(
    ("to", "came", "outcome", "given"),
    [
        ("/ad/7001-grey-parrot", ["/ad/7001", "/ad/7001-grey-parrot"], "gone", "the site says"),  # the same listing
        ("/", ["/ad/7001"], "cannot_tell", "its front page"),
        ("/ad/7002", ["/ad/7001"], "cannot_tell", "to another page"),
        ("/login?next=/ad/7001", ["/ad/7001"], "cannot_tell", "asked us to sign in"),
        ("http://127.0.0.1:{site}/ad/7001", ["/ad/7001"], "cannot_tell", "to another page"),
        (
            "http://localhost:1/ad/7001",
            ["/ad/7001"],
            "cannot_tell",
            "to another page",
        ),  # a port that is none of the web's
        ("//169.254.169.254/ad/7001", ["/ad/7001"], "cannot_tell", "to another page"),
        ("file:///etc/passwd", ["/ad/7001"], "cannot_tell", "with an error"),
        ("http://ana@localhost:{site}/ad/7001", ["/ad/7001"], "cannot_tell", "with an error"),
        ("/ad/7001", ["/ad/7001"] * 3, "cannot_tell", "did not answer"),  # without end
    ],
)
def test_a_redirect_is_followed_by_hand_and_only_to_the_same_listing(
    people: People, report_json: Make, site: int, work_all: Work, to: str, came: list[str], outcome: str, given: str
) -> None:
    agreed(AGREED)
    Site.pages = {"/ad/7001": (302, to.format(site=site))}
    case_id = removed(people, report_json(f"http://localhost:{site}/ad/7001"))
    next_day(work_all)
    assert [path for path in asked_for() if path != "/robots.txt"] == came
    assert seen() == [(None, outcome)]
    assert given in people.browser("cora").get(f"/cases/{case_id}").text


def test_the_counter_of_clicks_before_a_listing_is_never_fetched(
    people: People, report_json: Make, site: int, work_all: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed(AGREED)
    fetched: list[str] = []
    fetch = watching.client.get
    monkeypatch.setattr(watching.client, "get", lambda url, *more: fetched.append(url) or fetch(url, *more))
    removed(people, report_json(f"https://l.facebook.com/l.php?u=http%3A%2F%2Flocalhost%3A{site}%2Fad%2F7001&h=AT0x"))
    next_day(work_all)
    assert fetched == [f"http://localhost:{site}/robots.txt", f"http://localhost:{site}/ad/7001"]
    assert seen() == [(None, "gone")]


def test_it_waits_between_two_listings_of_one_platform_as_long_as_it_is_asked_to(
    people: People, report_json: Make, site: int, work_all: Work
) -> None:
    agreed(AGREED)
    Site.robots = (200, "User-agent: *\nCrawl-delay: 60\n")
    for number in (7001, 7002):
        removed(people, report_json(f"http://localhost:{site}/ad/{number}"))
    next_day(work_all)
    assert len(seen()) == 1, "the second waits its turn"
    next_day(work_all, seconds=30)
    assert len(seen()) == 1
    next_day(work_all, seconds=70 + watching.SPREAD)
    assert len(seen()) == 2 and asked_for().count("/robots.txt") == 1


@pytest.mark.parametrize("robots", [
    (200, "User-agent: CyberSpotter\nDisallow: /ad/\n"),
    (200, "User-agent: *\nAllow: /\nDisallow: /ad/\n"),  # the longest rule counts, not the first (RFC 9309, 2.2.2)
    (200, "User-agent: *\nDisallow: /*7001\n"),
    (302, ""),
    (302, "http://localhost:1/robots.txt"),  # a port that is none of the web's
    (302, "http://127.0.0.1:{site}/robots-moved.txt"),  # a host that is none of theirs
    (302, "//169.254.169.254/robots.txt"),
    (302, "http://ana@localhost:{site}/robots-moved.txt"),
    (302, "file:///etc/passwd"),
])  # fmt: skip
def test_what_a_robots_file_forbids_is_left_to_people(
    people: People, report_json: Make, site: int, work_all: Work, robots: tuple[int, str]
) -> None:
    agreed(AGREED)
    Site.robots = (robots[0], robots[1].format(site=site))
    Site.pages = {"/robots-moved.txt": (200, "")}
    removed(people, report_json(f"http://localhost:{site}/ad/7001"))
    next_day(work_all)
    assert set(asked_for()) == {"/robots.txt"} and seen() == [(None, "cannot_tell")]


@pytest.mark.parametrize(
    ("moved", "rules", "outcome"),
    [
        (1, "User-agent: *\nDisallow: /admin\n", "gone"),
        (5, "User-agent: *\nDisallow: /admin\n", "gone"),
        (6, "User-agent: *\nDisallow: /admin\n", "cannot_tell"),
        (5, "User-agent: *\nDisallow: /ad/\n", "cannot_tell"),
        (2, None, "gone"),  # not there allows all (RFC 9309, 2.3.1.3)
    ],
)
def test_a_robots_file_is_followed_five_times_within_the_platform(
    people: People, report_json: Make, site: int, work_all: Work, moved: int, rules: str | None, outcome: str
) -> None:
    agreed(AGREED)
    Site.robots = (301, "/robots/1")
    Site.pages = {f"/robots/{hop}": (302, f"http://localhost:{site}/robots/{hop + 1}") for hop in range(1, moved)}
    if rules:
        Site.pages[f"/robots/{moved}"] = (200, rules)
    removed(people, report_json(f"http://localhost:{site}/ad/7001"))
    next_day(work_all)
    next_day(work_all, hours=6.1)
    assert seen()[0] == (None, outcome)
    came = [path for path in asked_for() if path.startswith("/robots")]
    assert came == ["/robots.txt", *(f"/robots/{hop}" for hop in range(1, min(moved, 5) + 1))], "once, and kept a day"


@pytest.mark.parametrize("status", [500, 502, 503, 504, 429])
def test_a_robots_file_in_trouble_ends_no_look_however_long_it_lasts(
    people: People, report_json: Make, site: int, work_all: Work, status: int
) -> None:
    agreed(AGREED)
    Site.robots = (status, "User-agent: *\nAllow: /\n")
    removed(people, report_json(f"http://localhost:{site}/ad/7001"))
    for hours in range(30):
        next_day(work_all, hours=hours)
    assert set(asked_for()) == {"/robots.txt"} and seen() == [], "nobody looks for now, and nothing is concluded"
    Site.robots = (404, "")
    next_day(work_all, hours=31)
    assert seen() == [(None, "gone")]


def test_a_robots_file_that_cannot_be_had_is_waited_for_once_an_hour_however_many_look(
    people: People, report_json: Make, site: int, work_all: Work, monkeypatch: pytest.MonkeyPatch
) -> None:
    agreed(AGREED)
    asked: list[str] = []

    def silence(url: str, *_: Any) -> Any:
        asked.append(url)
        raise outbound.Unreachable("no answer")

    for number in range(7001, 7006):
        removed(people, report_json(f"http://localhost:{site}/ad/{number}"))
    with monkeypatch.context() as quiet:
        quiet.setattr(watching.client, "get", silence)
        next_day(work_all)
        next_day(work_all, hours=0.5)
        assert len(asked) == 1
        next_day(work_all, hours=1.2)
        assert len(asked) == 2
    next_day(work_all, hours=2.5)
    assert len(seen()) == 1, "and then they look, one after the other"
