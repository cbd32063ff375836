"""Finding a listing again, or taking it in, when many report it in the same moment."""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.orm import Session

from server.core import clock
from server.core.database import INSERT, connection, new_id
from server.ledger.listings.models import Listing


def _upsert(insert: Callable[..., Any]) -> Any:
    """Insert or touch, in one statement; made once, for it runs with every report."""
    table = Listing.__table__
    new = insert(table)
    statement = new.on_conflict_do_update(
        index_elements=[table.c.key],
        set_={
            "last_reported_at": new.excluded.last_reported_at,
            "platform_id": func.coalesce(new.excluded.platform_id, table.c.platform_id),
            "title": func.coalesce(table.c.title, new.excluded.title),
        },
    )
    return statement.returning(table.c.id)


_UPSERT = {name: _upsert(insert) for name, insert in INSERT.items()}
_ADD = {name: insert(Listing).on_conflict_do_nothing(index_elements=["key"]) for name, insert in INSERT.items()}


def find_or_create(
    session: Session,
    key: str,
    *,
    url: str,
    platform_id: str | None = None,
    number: str | None = None,
    title: str | None = None,
) -> tuple[str, bool]:
    """The id of the listing known by `key`, and whether it is new; a title or platform it lacked is filled in.

    One statement, so 64 writers in the same moment get the same row; on PostgreSQL it also holds the row until the
    transaction ends, so what the caller makes for a new listing (its case) is made once.
    """
    now, mine = clock.now(), new_id()
    row = {"id": mine, "key": key, "platform_id": platform_id, "number": number, "url": url, "title": title}
    on = connection(session)
    listing_id = on.execute(
        _UPSERT[on.dialect.name], row | {"first_seen_at": now, "last_reported_at": now}
    ).scalar_one()
    return listing_id, listing_id == mine


def retitle(session: Session, listing_id: str, title: str) -> None:
    """Set the title: the case is now judged by a report that states this one."""
    session.execute(update(Listing).where(Listing.id == listing_id).values(title=title))


def begin(session: Session, listing_id: str, at: datetime, title: str | None) -> None:
    """A listing of earlier years is reported here for the first time: it begins with that report, as its case does."""
    session.execute(update(Listing).where(Listing.id == listing_id).values(first_seen_at=at, title=title or None))


def is_known(session: Session, key: str) -> bool:
    """Whether a listing is known by `key`. One row comes back either way."""
    return bool(session.scalar(select(exists().where(Listing.key == key))))


def to_know_again(session: Session, platform_ids: Sequence[str]) -> list[Listing]:
    """Listings known by their address alone (no platform claimed them, or its patterns found no number), and these platforms'."""
    chosen = Listing.number.is_(None) | Listing.platform_id.in_(platform_ids)
    return list(session.scalars(select(Listing).where(chosen).order_by(Listing.id).with_for_update(key_share=True)))


def know_better(session: Session, listing: Listing, key: str, number: str | None, platform_id: str) -> None:
    """The directory knows more than when this came: its platform, and its key, unless another listing has that."""
    listing.platform_id = platform_id
    if key != listing.key and not is_known(session, key):
        listing.key, listing.number = key, number


def ids_of(session: Session, keys: Sequence[str]) -> dict[str, str]:
    """The ids of those of these listings that are known, by key."""
    rows = session.execute(select(Listing.key, Listing.id).where(Listing.key.in_(keys)))
    return {key: listing_id for key, listing_id in rows}  # noqa: C416


def add_past(session: Session, rows: Sequence[dict[str, Any]]) -> dict[str, tuple[str, bool]]:
    """By key, the ids of listings of earlier years, and whether each is new: what is known already stays as it is.

    Each row: key, platform_id, number, url, title, first_seen_at. They count as reported when they were seen.
    """
    on = connection(session)
    made = {row["key"]: row | {"id": new_id(), "last_reported_at": row["first_seen_at"]} for row in rows}
    on.execute(_ADD[on.dialect.name], list(made.values()))
    ids = session.execute(select(Listing.key, Listing.id).where(Listing.key.in_(made)))
    return {key: (identifier, identifier == made[key]["id"]) for key, identifier in ids}


def lock(session: Session, listing_ids: Sequence[str]) -> None:
    """Keep reports of these listings away until this transaction ends; not decisions, which hold a case and refer to its listing."""
    chosen = select(Listing.id).where(Listing.id.in_(listing_ids)).order_by(Listing.id)
    session.execute(chosen.with_for_update(key_share=True))


def drop(session: Session, listing_ids: Sequence[str]) -> None:
    """Delete listings that have no case any more."""
    session.execute(delete(Listing).where(Listing.id.in_(listing_ids)))
