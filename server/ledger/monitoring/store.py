"""Reads and writes of checks and of what was seen."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import exists, func, select, update
from sqlalchemy.orm import Session

from server.core import audit, clock
from server.core.database import new_id
from server.core.sentences import sentence
from server.core.words import CheckState, CheckWhy, Refused, Seen
from server.ledger.monitoring import reading
from server.ledger.monitoring.checking import Look
from server.ledger.monitoring.models import Check, CheckResult
from server.ledger.monitoring.reading import PageKind


def ask(
    session: Session,
    listing_id: str,
    *,
    notice_id: str | None,
    category: str,
    why: CheckWhy,
    due_at: datetime,
    asked_by: str | None = None,
) -> str:
    """Ask whether a listing is still there; the check's id. An open question about it is replaced: its looks are older."""
    drop(session, listing_id)
    check = Check(
        id=new_id(), listing_id=listing_id, notice_id=notice_id, category=category, why=why, asked_by=asked_by,
        asked_at=clock.now(), due_at=due_at, state=CheckState.OPEN,
    )  # fmt: skip
    session.add(check)
    session.flush()
    audit.record(session, asked_by, "check_asked", "check", check.id, why=why.value)
    return check.id


def drop(session: Session, listing_id: str) -> None:
    """Nobody needs to look at this listing any more."""
    still = update(Check).where(Check.listing_id == listing_id, Check.state == CheckState.OPEN)
    session.execute(still.values(state=CheckState.DROPPED, settled_at=clock.now()))


def get(session: Session, check_id: str) -> Check:
    """A check. Raises Refused("not-found")."""
    check = session.scalars(select(Check).where(Check.id == check_id).execution_options(populate_existing=True)).first()
    if check is None:
        raise Refused("not-found", sentence("There is no such check."))
    return check


def open_check(session: Session, listing_id: str) -> Check | None:
    """The open check of a listing."""
    return session.scalars(select(Check).where(Check.listing_id == listing_id, Check.state == CheckState.OPEN)).first()


def add_result(
    session: Session, check: Check, account_id: str, seen: Seen, note: str | None, coordinator: bool = False
) -> bool:
    """Write down what somebody saw. False when they said the same before; "conflict" for something else."""
    if first := own_result(session, check.id, account_id):
        if first.seen == seen:
            return False
        raise Refused(
            "conflict", sentence("You have already checked this listing. Your first answer counts. Thank you.")
        )
    _add(session, check, account_id, seen, note=note, coordinator=coordinator)
    return True


def add_page(session: Session, check: Check, page: PageKind) -> None:
    """Write down what the server was given when it looked."""
    _add(session, check, None, reading.seen(page), page=page, coordinator=False)


def _add(session: Session, check: Check, account_id: str | None, seen: Seen, **row: Any) -> None:
    session.add(CheckResult(id=new_id(), at=clock.now(), check_id=check.id, account_id=account_id, seen=seen, **row))
    session.flush()
    audit.record(session, account_id, "listing_looked_at", "check", check.id, seen=seen.value)


def own_result(session: Session, check_id: str, account_id: str) -> CheckResult | None:
    """What this person saw."""
    mine = (CheckResult.check_id == check_id, CheckResult.account_id == account_id)
    return session.scalars(select(CheckResult).where(*mine)).first()


def results_of(session: Session, check_id: str) -> list[Look]:
    """What was seen, newest first."""
    rows = select(CheckResult).where(CheckResult.check_id == check_id).order_by(CheckResult.id.desc())
    return [Look(row.account_id, row.coordinator, Seen(row.seen), row.at) for row in session.scalars(rows)]


def settle(session: Session, check: Check, seen: Seen, actor_id: str | None) -> None:
    """It is established: the listing is gone, or still there."""
    check.state, check.settled_at = CheckState(seen.value), clock.now()
    audit.record(session, actor_id, "check_settled", "check", check.id, seen=seen.value)


def of_listing(session: Session, listing_id: str) -> list[tuple[Check, list[CheckResult]]]:
    """Every check of a listing with what was seen, oldest first."""
    checks = list(session.scalars(select(Check).where(Check.listing_id == listing_id).order_by(Check.id)))
    seen: dict[str, list[CheckResult]] = {check.id: [] for check in checks}
    rows = select(CheckResult).where(CheckResult.check_id.in_(seen)).order_by(CheckResult.id)
    for row in session.scalars(rows) if checks else ():
        seen[row.check_id].append(row)
    return [(check, seen[check.id]) for check in checks]


def gone(session: Session, notice_id: str) -> Check | None:
    """The check that last found a notice's listing gone, those that looked for it again aside."""
    chosen = select(Check).where(Check.notice_id == notice_id, Check.state == CheckState.GONE)
    chosen = chosen.where(Check.why != CheckWhy.RELISTED).order_by(Check.settled_at.desc())
    return session.scalars(chosen.limit(1)).first()


def looked_for(session: Session, gone: Check) -> int:
    """How often a listing was looked for again since this check found it gone: by the server, or by asking people."""
    by_server = select(func.count()).where(CheckResult.check_id == gone.id, CheckResult.at > gone.settled_at)
    asked = (Check.notice_id == gone.notice_id, Check.why == CheckWhy.RELISTED, Check.asked_at > gone.settled_at)
    return sum(session.scalar(counted) or 0 for counted in (by_server, select(func.count()).where(*asked)))


def lapse(session: Session, before: datetime) -> None:
    """Nobody has looked since `before` whether these listings are there again: they are not asked about any more."""
    looked = exists().where(CheckResult.check_id == Check.id)
    unseen = (Check.state == CheckState.OPEN, Check.due_at < before, Check.why == CheckWhy.RELISTED, ~looked)
    session.execute(update(Check).where(*unseen).values(state=CheckState.DROPPED, settled_at=clock.now()))


def found_gone(session: Session, notice_ids: Collection[str]) -> dict[str, datetime]:
    """Of each notice whose listing was last found gone: when."""
    settled = (Check.notice_id.in_(notice_ids), Check.state.in_((CheckState.GONE, CheckState.PRESENT)))
    chosen = select(Check.notice_id, Check.state, Check.settled_at).where(*settled).order_by(Check.settled_at)
    last = {notice_id: (state, at) for notice_id, state, at in session.execute(chosen)} if notice_ids else {}
    return {name: at for name, (state, at) in last.items() if name and at and state == CheckState.GONE}


def found_there(session: Session, notice_ids: Collection[str]) -> dict[str, datetime]:
    """When a check last found the listings of these notices there; without those that none has."""
    settled = (Check.notice_id.in_(notice_ids), Check.state == CheckState.PRESENT)
    rows = select(Check.notice_id, func.max(Check.settled_at)).where(*settled).group_by(Check.notice_id)
    return {notice_id: at for notice_id, at in session.execute(rows) if notice_id and at}
