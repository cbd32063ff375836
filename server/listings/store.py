"""Finding a listing again, or taking it in, when many report it in the same moment."""

from sqlalchemy import func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from server import clock
from server.database import new_id
from server.listings.models import Listing
from server.urls import Address


def find_or_create(
    session: Session,
    key: str,
    *,
    address: Address,
    platform_id: str | None = None,
    number: str | None = None,
    title: str | None = None,
) -> tuple[Listing, bool]:
    """The listing known by `key`, and whether it is new; a title or platform it lacked is filled in.

    One statement, so 64 writers in the same moment get the same row; on PostgreSQL it also holds the row until the
    transaction ends, so what the caller makes for a new listing (its case) is made once.
    """
    now = clock.now()
    insert = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[session.get_bind().dialect.name](Listing)
    mine = new_id()
    new = insert.values(
        id=mine,
        key=key,
        platform_id=platform_id,
        number=number,
        url=address.href,
        host=address.host,
        title=title,
        first_seen_at=now,
        last_reported_at=now,
    )
    upsert = new.on_conflict_do_update(
        index_elements=[Listing.key],
        set_={
            "last_reported_at": new.excluded.last_reported_at,
            "platform_id": func.coalesce(new.excluded.platform_id, Listing.platform_id),
            "title": func.coalesce(Listing.title, new.excluded.title),
        },
    ).returning(Listing)
    listing = session.scalars(upsert, execution_options={"populate_existing": True}).one()
    return listing, listing.id == mine


def by_id(session: Session, listing_id: str) -> Listing | None:
    """The listing with this id."""
    return session.get(Listing, listing_id)


def unrouted_hosts(session: Session, limit: int = 100) -> list[tuple[str, int]]:
    """Hosts that no platform claims, with how many listings wait there, most first: what the directory lacks."""
    count = func.count()
    grouped = select(Listing.host, count).where(Listing.platform_id.is_(None)).group_by(Listing.host)
    return [(host, n) for host, n in session.execute(grouped.order_by(count.desc(), Listing.host).limit(limit))]
