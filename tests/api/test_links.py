"""Links between cases: found once, by whoever finds the pair first, and kept as people left them."""

from datetime import UTC, datetime

from sqlalchemy import select, update

from server.core import clock
from server.core.database import read, write
from server.core.outbox import Work
from server.core.words import LinkKind
from server.ledger.matches import store as matches
from server.ledger.matches.models import Link
from server.ledger.matches.store import Near
from tests.story import flag

FIRST, SECOND = "https://mercado.test/itm/100000000001", "https://tradepost.test/ad/7"


def links():
    with read() as session:
        rows = select(Link.first_case_id, Link.second_case_id, Link.kind, Link.distance, Link.undone_at)
        return [tuple(row) for row in session.execute(rows)]


def link(case_id, *near):
    with write() as session:
        matches.link(session, case_id, near, clock.now())


def two_cases(people, report):
    return sorted(flag(people, report | {"url": url}) for url in (FIRST, SECOND))


def test_a_pair_is_one_link_whoever_finds_it_and_keeps_the_nearest(people, report_json):
    first, second = two_cases(people, report_json())
    link(first, Near(second, LinkKind.PHOTO, 12), Near(second, LinkKind.PHOTO, 4), Near(first, LinkKind.PHOTO, 0))
    link(second, Near(first, LinkKind.PHOTO, 9))
    assert links() == [(first, second, "photo", 4, None)]
    link(second, Near(first, LinkKind.PHOTO, 2), Near(first, LinkKind.TEXT, 0.3))
    assert sorted(links()) == [(first, second, "photo", 2, None), (first, second, "text", 0.3, None)]


def test_a_link_that_was_undone_is_not_found_again(people, report_json):
    first, second = two_cases(people, report_json())
    link(first, Near(second, LinkKind.TEXT, 0.2))
    at = datetime(2026, 11, 1, tzinfo=UTC)
    with write() as session:
        session.execute(update(Link).values(undone_at=at))
    link(second, Near(first, LinkKind.TEXT, 0.1))
    assert links() == [(first, second, "text", 0.1, at)]


def test_each_report_is_looked_at_by_the_worker(people, report_json):
    flag(people, report_json())
    with read() as session:
        assert session.scalars(select(Work.kind).where(Work.kind == "know_again")).all() == ["know_again"]


def test_a_case_claims_no_comparison_before_it_was_made(app, people, report_json, work_all):
    desk, path = people.browser("cora"), f"/cases/{flag(people, report_json())}"
    assert "This case has not been compared with others yet." in desk.get(path).text
    work_all()
    assert "No other case shares a photo, a text or a seller with it." in desk.get(path).text
