"""Reads and writes of what a spotter chose: languages, reminders, groups to leave out, a pause."""

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.database import one_at_a_time
from server.people.rounds.models import SpotterChoice


def choice(session: Session, account_id: str) -> SpotterChoice:
    """What somebody chose; until they do: no language said, reminders wanted."""
    choice = session.get(SpotterChoice, account_id, populate_existing=True)
    return choice or SpotterChoice(account_id=account_id, languages=[], reminders=True)


def choices(session: Session, account_ids: Any) -> dict[str, SpotterChoice]:
    """The same for many people at once (ids, or a select of them); people who have chosen nothing are left out."""
    rows = session.scalars(select(SpotterChoice).where(SpotterChoice.account_id.in_(account_ids)))
    return {choice.account_id: choice for choice in rows}


def choose(
    session: Session, account_id: str, *, languages: Collection[str] | None = None, reminders: bool | None = None,
    avoids: Collection[str] | None = None,
) -> None:  # fmt: skip
    """Choose the languages one reads, whether to be reminded, or the species groups to leave out."""
    choice = _own_choice(session, account_id)
    if languages is not None:
        choice.languages = sorted(languages)
    if reminders is not None:
        choice.reminders = reminders
    if avoids is not None:
        choice.avoids = sorted(avoids)


def pause(session: Session, account_id: str, until: date | None) -> None:
    """Pause until a day, which is the first on which one may be asked again; None: the pause is over. A membership stays."""
    _own_choice(session, account_id).paused_until = until


def paused(session: Session, day: date) -> dict[str, date]:
    """Who pauses on `day`, and until when."""
    rows = select(SpotterChoice.account_id, SpotterChoice.paused_until).where(SpotterChoice.paused_until > day)
    return {account_id: until for account_id, until in session.execute(rows) if until}


def _own_choice(session: Session, account_id: str) -> SpotterChoice:
    one_at_a_time(session, account_id)
    choice = session.get(SpotterChoice, account_id, populate_existing=True)
    if choice is None:
        choice = SpotterChoice(account_id=account_id, languages=[], reminders=True)
        session.add(choice)
    return choice
