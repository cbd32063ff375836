"""What was decided about people so far: since when they have been accredited, who suspended them, withdrawals that count."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from server.core.words import Standing
from server.people.accreditation.models import AccreditationRow, Appeal
from server.people.accreditation.standings import Accreditation


def active_since(session: Session, account_ids: Collection[str]) -> dict[str, datetime]:
    """Since when each of these people has been accredited or reinstated: another level or scope begins nothing anew."""
    columns = (AccreditationRow.account_id, AccreditationRow.standing, AccreditationRow.expires_at, AccreditationRow.at)
    rows = select(*columns).where(AccreditationRow.account_id.in_(account_ids))
    since: dict[str, datetime] = {}
    before: dict[str, tuple[str, datetime]] = {}
    for who, standing, expires_at, at in session.execute(rows.order_by(AccreditationRow.at, AccreditationRow.id)):
        if standing != Standing.ACTIVE or before.get(who) != (standing, expires_at):
            since[who] = at
        before[who] = (standing, expires_at)
    return since


def withdrawn_at(session: Session, account_id: str) -> datetime | None:
    """When this person's accreditation was last withdrawn; exams passed before it no longer count.

    A withdrawal whose appeal was granted is none: everything is what it was before.
    """
    return withdrawals(session, AccreditationRow.account_id == account_id).get(account_id)


def withdrawals(session: Session, *chosen: ColumnElement[bool]) -> dict[str, datetime]:
    """The same for many people at once, by account."""
    undone = exists().where(Appeal.accreditation_id == AccreditationRow.id, Appeal.granted.is_(True))
    ended = select(AccreditationRow.account_id, func.max(AccreditationRow.at)).where(
        AccreditationRow.standing == Standing.WITHDRAWN, ~undone, *chosen
    )
    return dict(session.execute(ended.group_by(AccreditationRow.account_id)).all())


def suspended_by(session: Session, account_id: str) -> frozenset[str]:
    """Who suspended this person, or left them suspended by an appeal, since they were last active."""
    return frozenset(row.by_account_id for row in _suspensions(session, [account_id]).get(account_id, ()))


def as_stopped(session: Session, known: Mapping[str, Accreditation]) -> dict[str, Accreditation]:
    """These accreditations by account, with when, why and by whom those who are suspended were.

    An appeal that undoes a withdrawal leaves them suspended: its day and its reason are not those of the suspension.
    """
    suspended = [who for who, last in known.items() if last.standing is Standing.SUSPENDED]
    rows = _suspensions(session, suspended) if suspended else {}
    first = {who: suspensions[0] for who, suspensions in rows.items()}
    stopped = {who: replace(known[who], at=row.at, why=row.why, by_id=row.by_account_id) for who, row in first.items()}
    return {**known, **stopped}


def _suspensions(session: Session, account_ids: Collection[str]) -> dict[str, list[AccreditationRow]]:
    """The decisions since these people were last active after which they were suspended, oldest first."""
    since: dict[str, list[AccreditationRow]] = {}
    rows = select(AccreditationRow).where(AccreditationRow.account_id.in_(account_ids))
    for row in session.scalars(rows.order_by(AccreditationRow.at, AccreditationRow.id)):
        if row.standing == Standing.ACTIVE:
            since.pop(row.account_id, None)
        elif row.standing == Standing.SUSPENDED:
            since.setdefault(row.account_id, []).append(row)
    return since
