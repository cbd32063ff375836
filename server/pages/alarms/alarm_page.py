"""What the page of alarms shows."""

from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core.sentences import sentence
from server.ledger.alarms import store
from server.ledger.alarms.models import Alarm, AlarmReport
from server.ledger.alarms.surge import Sign
from server.ledger.reports.models import Report
from server.people.accounts.models import Account
from server.reads import case_names

SHOWN = 12  # cases and people of one alarm; the counts tell of the rest
SIGNS = {
    Sign.ONLY_HERE: sentence("They report hardly anything else."),
    Sign.SAME_WORDS: sentence("Their reasons are worded alike."),
    Sign.MANY_AT_ONCE: sentence("Far more new accounts report this seller than a listing usually has."),
    Sign.LITTLE_SAID: sentence("The words of the ads say little about wildlife."),
    Sign.JOINED_TOGETHER: sentence("Their accounts were opened within two days."),
}


def listed(session: Session) -> list[dict[str, Any]]:
    """The newest alarms, those that wait first."""
    return [_alarm(session, alarm) for alarm in store.newest(session)]


def _alarm(session: Session, alarm: Alarm) -> dict[str, Any]:
    of_this = select(AlarmReport.report_id).where(AlarmReport.alarm_id == alarm.id, AlarmReport.about)
    counted = func.count().label("number")
    cases = select(Report.case_id, counted).where(Report.id.in_(of_this)).group_by(Report.case_id)
    people = select(Account.id, Account.name, counted).join(Report, Report.account_id == Account.id)
    people = people.where(Report.id.in_(of_this)).group_by(Account.id, Account.name)
    numbers = session.execute(cases.order_by(counted.desc(), Report.case_id)).all()
    found_cases = {row.case_id: row.number for row in numbers}
    found_people = session.execute(people.order_by(counted.desc(), Account.id)).all()
    aside = select(func.count()).where(AlarmReport.alarm_id == alarm.id, AlarmReport.set_aside_at.is_not(None))
    return {
        "id": alarm.id,
        "state": alarm.state,
        "raised_at": alarm.raised_at,
        "closed_at": alarm.closed_at,
        "why": alarm.why,
        "accounts": len(found_people),
        "reports": sum(row.number for row in found_people),
        "aside": session.scalar(aside) or 0,
        "signs": [SIGNS[Sign(sign)] for sign in alarm.signs],
        "cases": [
            case | {"number": found_cases[case["id"]]}
            for case in case_names.headings(session, list(found_cases)[:SHOWN])
        ],
        "more_cases": max(len(found_cases) - SHOWN, 0),
        "people": [{"id": row.id, "name": row.name, "number": row.number} for row in found_people[:SHOWN]],
        "more_people": max(len(found_people) - SHOWN, 0),
    }
