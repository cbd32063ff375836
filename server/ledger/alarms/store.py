"""Alarms, read and written. Each is open, withdrawn (a ring, whose reports are set aside) or cleared (none)."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from server.core import audit, clock, folding
from server.core.database import insert, new_id
from server.core.sentences import sentence
from server.core.words import AlarmState, Refused
from server.ledger.alarms.models import Alarm, AlarmReport
from server.ledger.alarms.surge import Surge

PAGE = 50
BETWEEN_MAILS = timedelta(hours=24)  # to one coordinator, however many alarms there are


def last(session: Session, targets: Iterable[str]) -> Alarm | None:
    """The open alarm about any of these, or else the newest."""
    chosen = select(Alarm).where(Alarm.target.in_(list(targets)))
    return session.scalars(chosen.order_by(Alarm.state != AlarmState.OPEN, Alarm.id.desc()).limit(1)).first()


def cleared_at(session: Session, targets: Iterable[str]) -> datetime | None:
    """When a coordinator last found that an alarm about any of these was none."""
    cleared = (Alarm.target.in_(list(targets)), Alarm.state == AlarmState.CLEARED)
    return session.scalar(select(func.max(Alarm.closed_at)).where(*cleared))


def raise_alarm(session: Session, target: str, found: Surge) -> Alarm:
    """Note a surge that looks like a ring."""
    row = Alarm(id=new_id(), target=target, signs=[sign.value for sign in found.signs], state=AlarmState.OPEN)
    row.reports, row.accounts, row.new_accounts, row.raised_at = found.reports, found.accounts, found.new, clock.now()
    session.add(row)
    session.flush()
    audit.record(session, None, "alarm_raised", "alarm", row.id, reports=found.reports, accounts=found.accounts)
    return row


def add(session: Session, alarm_id: str, reports: Iterable[tuple[str, str]], *, about: bool) -> None:
    """Add reports (report's id, case's id) that are not there yet."""
    there = set(session.scalars(select(AlarmReport.report_id).where(AlarmReport.alarm_id == alarm_id)))
    rows = [
        {"alarm_id": alarm_id, "report_id": report_id, "case_id": case_id, "about": about, "set_aside_at": None}
        for report_id, case_id in dict(reports).items() if report_id not in there
    ]  # fmt: skip
    insert(session, AlarmReport, *rows)


def target_of(session: Session, alarm_id: str) -> str | None:
    """What an alarm is about; None where there is no such alarm."""
    return session.scalar(select(Alarm.target).where(Alarm.id == alarm_id))


def get(session: Session, alarm_id: str, state: AlarmState) -> Alarm:
    """An alarm in this state, locked. Raises Refused: not-found, conflict."""
    alarm = session.scalars(select(Alarm).where(Alarm.id == alarm_id).with_for_update()).first()
    if alarm is None:
        raise Refused("not-found", sentence("There is no such alarm."))
    if alarm.state != state:
        raise Refused("conflict", sentence("Somebody else has just dealt with this alarm. Check it again."))
    return alarm


def close(session: Session, alarm: Alarm, state: AlarmState, by_id: str, why: str) -> None:
    """A coordinator has dealt with it. Raises Refused("invalid") without a reason."""
    if folding.is_blank(why) or len(why) > 2000:
        detail = sentence("Say why, in at most 2,000 characters.")
        raise Refused("invalid", detail, errors={"why": [detail]})
    alarm.state, alarm.closed_at, alarm.closed_by, alarm.why = state, clock.now(), by_id, why.strip()
    audit.record(session, by_id, f"alarm_{state.value}", "alarm", alarm.id)


def reopen(session: Session, alarm: Alarm, by_id: str) -> None:
    """It is open again, as before a coordinator dealt with it. Raises Refused("conflict") while another one about it is open."""
    if session.scalar(select(Alarm.id).where(Alarm.target == alarm.target, Alarm.state == AlarmState.OPEN)):
        raise Refused("conflict", sentence("Another alarm about this seller is open. Decide on that one first."))
    before = alarm.state
    alarm.state, alarm.closed_at, alarm.closed_by, alarm.why = AlarmState.OPEN, None, None, None
    audit.record(session, by_id, "alarm_reopened", "alarm", alarm.id, before=before)


def reports(session: Session, alarm_id: str) -> list[AlarmReport]:
    """All its reports."""
    return list(session.scalars(select(AlarmReport).where(AlarmReport.alarm_id == alarm_id)))


def set_aside(session: Session, alarm_id: str, report_ids: Iterable[str], at: datetime | None) -> None:
    """Note when its reports were set aside; None: they are not any more."""
    ids = list(report_ids)
    for first in range(0, len(ids), PAGE):
        some = AlarmReport.report_id.in_(ids[first : first + PAGE])
        session.execute(update(AlarmReport).where(AlarmReport.alarm_id == alarm_id, some).values(set_aside_at=at))


def count_open(session: Session) -> int:
    """How many wait for a coordinator."""
    return session.scalar(select(func.count()).where(Alarm.state == AlarmState.OPEN)) or 0


def newest(session: Session) -> list[Alarm]:
    """The newest alarms, those that wait first."""
    return list(session.scalars(select(Alarm).order_by(Alarm.state != AlarmState.OPEN, Alarm.id.desc()).limit(PAGE)))
