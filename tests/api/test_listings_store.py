"""Many people report one listing in the same moment: it is one row, on SQLite and on PostgreSQL."""

from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import func, select

from server.core.database import read, write
from server.ledger.listings import store
from server.ledger.listings.models import Listing


def take_in(app, title=None):
    with app.app_context(), write() as session:
        return store.find_or_create(
            session, "url:https://mercado.test/itm/1", url="https://mercado.test/itm/1", title=title
        )


def test_64_writers_in_the_same_moment_make_one_listing(app):
    with ThreadPoolExecutor(64) as pool:
        results = list(pool.map(lambda _: take_in(app), range(64)))
    assert len({identifier for identifier, _ in results}) == 1
    assert sum(new for _, new in results) == 1
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Listing)) == 1


def test_a_later_report_fills_in_the_title_and_changes_nothing_else(app):
    identifier, new = take_in(app)
    assert new
    with read() as session:
        first = session.get_one(Listing, identifier)
    assert take_in(app, "Ivory bangle") == (identifier, False)
    assert take_in(app, "Another title") == (identifier, False)
    with read() as session:
        listing = session.get_one(Listing, identifier)
    assert listing.title == "Ivory bangle"
    assert listing.first_seen_at == first.first_seen_at
    assert listing.last_reported_at > first.last_reported_at


def test_a_key_as_long_as_keys_get_is_kept(app):
    key = "url:https://mercado.test/" + "象".encode().hex() * 160
    with write() as session:
        identifier, _new = store.find_or_create(session, key, url="https://mercado.test/" + "a" * 36_000)
    with read() as session:
        assert session.get_one(Listing, identifier).key == key
