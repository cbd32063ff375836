"""What somebody at the desk keeps for their own work; nobody else reads or changes it."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core.database import new_id
from server.core.sentences import sentence
from server.core.urls import MAX_LENGTH
from server.core.words import Refused
from server.people.desk.models import SavedFilter

MOST_FILTERS = 20
LONGEST_NAME = 60
LONGEST_VALUE = MAX_LENGTH  # of the search or a filter: an address can be searched for


def saved_filters(session: Session, account_id: str) -> list[SavedFilter]:
    """Somebody's saved filters, in the order in which they were saved."""
    mine = select(SavedFilter).where(SavedFilter.account_id == account_id)
    return list(session.scalars(mine.order_by(SavedFilter.saved_at, SavedFilter.id)))


def save_filter(session: Session, account_id: str, name: str, place: Mapping[str, str], at: datetime) -> str:
    """Keep a place of the queue under a name; its id.

    Raises Refused: invalid (no name, too long, or there is nothing to save), conflict (the name is taken, or there are
    `MOST_FILTERS`).
    """
    name = _name(name)
    if not place or any(len(value) > LONGEST_VALUE for value in place.values()):
        too_long = sentence(
            "Your search or a filter has more than %(most)s characters. Shorten it in the queue, then save it again.",
            most=format(LONGEST_VALUE, ","),
        )
        detail = too_long if place else sentence("Choose a tab, a search or filters in the queue first.")
        raise Refused("invalid", detail, errors={"name": [detail]})
    if len(saved_filters(session, account_id)) >= MOST_FILTERS:
        detail = sentence("You have %(most)s saved filters. Delete one first.", most=MOST_FILTERS)
        raise Refused("conflict", detail, errors={"name": [detail]})
    row = SavedFilter(id=new_id(), account_id=account_id, name=name, place=dict(place), saved_at=at)
    _named(session, row)
    return row.id


def rename_filter(session: Session, account_id: str, filter_id: str, name: str) -> None:
    """Give one's own saved filter another name. Raises Refused: not-found, and as `save_filter`."""
    row, name = _own(session, account_id, filter_id), _name(name)
    row.name = name
    _named(session, row)


def delete_filter(session: Session, account_id: str, filter_id: str) -> str:
    """Delete one's own saved filter; its name. Raises Refused("not-found")."""
    row = _own(session, account_id, filter_id)
    session.delete(row)
    return row.name


def _name(name: str) -> str:
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME:
        detail = sentence("Give it a name of at most %(most)s characters.", most=LONGEST_NAME)
        raise Refused("invalid", detail, errors={"name": [detail]})
    return name


def _named(session: Session, row: SavedFilter) -> None:
    """Write the row, whose name nobody's other saved filter of theirs has. Two at once: the database keeps the first."""
    name = row.name
    try:
        with session.begin_nested():
            session.add(row)
            session.flush()
    except IntegrityError:
        detail = sentence("You already have “%(name)s”.", name=name)
        raise Refused("conflict", detail, errors={"name": [detail]}) from None


def _own(session: Session, account_id: str, filter_id: str) -> SavedFilter:
    row = session.get(SavedFilter, filter_id)
    if row is None or row.account_id != account_id:
        raise Refused("not-found", sentence("There is no such saved filter."))
    return row
