"""One person's record, for themself or a coordinator to take away: account, training, accreditation, rounds, reports, audit.

What others wrote about them comes along (the reasons of decisions are theirs to read); who wrote it does not, and no secret
does: of passwords, tokens and codes not even the hash.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import db
from server.core.words import Refused
from server.ledger.reports.models import Feedback, Report
from server.people.accounts.models import Account
from server.people.exams.models import Attempt, AttemptAnswer

# Named one by one: what a later table holds (which listing of a lane is a known one, say) is not given away unthought.
TAKEN = (
    "tokens", "readings", "practice_answers", "attempts", "signatures", "accreditations", "appeals", "certificates",
    "memberships", "searches", "reports", "exam_openings", "step_downs", "lane_answers", "level_proposals", "round_mails",
    "spotter_choices", "week_mails", "check_results",
)  # fmt: skip
# Secrets; and what would tell the keys of questions not answered yet, or that others reported the same listing.
LEFT_OUT = {
    "hash",
    "password_hash",
    "code",
    "key",
    "content",
    "drawn",
    "order",
    "case_id",
    "notice_id",
    "listing_id",
    "covers",
}


def record(session: Session, account_id: str) -> dict[str, Any]:
    """What is kept about a person in the tables of `TAKEN`. Raises Refused("not-found")."""
    account = session.get(Account, account_id)
    if account is None:
        raise Refused("not-found", "There is no such person.")
    found: dict[str, Any] = {
        "made_at": clock.now().isoformat(),
        "account": _row(Account.__table__, account_id, session),
    }
    for name in TAKEN:
        table = db.metadata.tables[name]
        rows = session.execute(select(table).where(table.c.account_id == account_id)).mappings()
        found[name] = [_plain(dict(row), account_id) for row in rows]
    told = select(Feedback).join(Report, Report.id == Feedback.report_id).where(Report.account_id == account_id)
    found["feedback"] = [_plain(_values(row), account_id) for row in session.scalars(told.order_by(Feedback.id))]
    # Of an exam that is over: which places in the bank were chosen would tell the key.
    given = select(AttemptAnswer).join(Attempt, Attempt.id == AttemptAnswer.attempt_id)
    over = (Attempt.account_id == account_id, Attempt.finished_at.is_not(None))
    found["attempt_answers"] = [
        _plain({name: value for name, value in _values(row).items() if name != "chosen"}, account_id)
        for row in session.scalars(given.where(*over).order_by(AttemptAnswer.attempt_id, AttemptAnswer.position))
    ]
    audited = or_(AuditRow.actor_id == account_id, AuditRow.object_id == account_id)
    found["audit"] = [
        {"at": row.at.isoformat(), "action": row.action, "kind": row.kind, "by_oneself": row.actor_id == account_id}
        for row in session.scalars(select(AuditRow).where(audited).order_by(AuditRow.seq))
    ]
    return found


def _row(table: Any, account_id: str, session: Session) -> dict[str, Any]:
    return _plain(dict(session.execute(select(table).where(table.c.id == account_id)).mappings().one()), account_id)


def _values(row: Any) -> dict[str, Any]:
    return {column.name: getattr(row, column.key) for column in row.__table__.columns}


def _plain(row: dict[str, Any], account_id: str) -> dict[str, Any]:
    return {
        name: value.isoformat() if isinstance(value, datetime | date) else value
        for name, value in row.items()
        if name not in LEFT_OUT and not _somebody_else(name, value, account_id)
    }


def _somebody_else(name: str, value: Any, account_id: str) -> bool:
    person = name.endswith(("by_id", "by_account_id", "witness_id")) or name == "second"
    return person and value != account_id
