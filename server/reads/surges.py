"""Who recently reported one seller: what an alarm is judged by."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from server.core.database import first_id
from server.core.words import Level, SellerKeyKind
from server.ledger.alarms.surge import Reporter
from server.ledger.cases.models import Case
from server.ledger.matches.models import SellerKey
from server.ledger.reports.models import Report
from server.ledger.reports.store import STANDS
from server.people.accounts.models import Account
from server.people.rounds import store as rounds
from server.people.rounds.models import Membership

MOST_CASES = 200  # of one seller, the newest
MOST_REPORTS = 1000  # of them, the newest
USUALLY = timedelta(days=30)  # what is usual is counted over


@dataclass(frozen=True, slots=True)
class Target:
    """Whom reports are about: a seller by each of their keys, or a case whose seller is not stated; and their cases."""

    names: tuple[str, ...]
    case_ids: tuple[str, ...]


class ReportFacts(NamedTuple):
    """A report as far as an alarm is judged by it. joined: when whoever wrote it did."""

    id: str
    case_id: str
    account_id: str
    level: str
    reason: str
    joined: datetime


def target(session: Session, case_id: str) -> Target:
    """The seller of a case, and the cases that share a key with it."""
    keys = session.execute(select(SellerKey.kind, SellerKey.mac).where(SellerKey.case_id == case_id)).all()
    kind = next((kind for kind in SellerKeyKind if any(key.kind == kind for key in keys)), None)
    macs = sorted(
        key.mac for key in keys if key.kind == kind
    )  # by their account; by a telephone only where nothing else is known
    if not macs:
        return Target((f"case {case_id}",), (case_id,))
    same = select(SellerKey.case_id).where(SellerKey.mac.in_(macs)).order_by(SellerKey.id.desc()).limit(MOST_CASES)
    return Target(tuple(mac.hex() for mac in macs), tuple(dict.fromkeys([case_id, *session.scalars(same)])))


def reports_of(session: Session, cases: Target, since: datetime) -> list[ReportFacts]:
    """What was reported of the target since, the newest first."""
    chosen = select(
        Report.id, Report.case_id, Report.account_id, Report.level, Report.reason, Account.created_at.label("joined")
    )
    chosen = chosen.join(Account, Account.id == Report.account_id)
    chosen = chosen.where(Report.case_id.in_(cases.case_ids), Report.id >= first_id(since))
    chosen = chosen.where(Report.set_aside_at.is_(None), STANDS).order_by(Report.id.desc()).limit(MOST_REPORTS)
    return [ReportFacts(*row) for row in session.execute(chosen)]


def reporters(session: Session, reports: list[ReportFacts], at: datetime) -> list[Reporter]:
    """Who wrote them, as the rule sees them."""
    here: dict[str, list[ReportFacts]] = defaultdict(list)
    for report in reports:
        here[report.account_id].append(report)
    every = select(Report.account_id, func.count()).where(Report.account_id.in_(list(here)), STANDS)
    every = every.group_by(Report.account_id)
    counts: dict[str, int] = dict(session.execute(every).all())
    taking_part = select(Membership.account_id).where(Membership.round_id.in_(rounds.running(session, at)))
    taking_part = taking_part.where(Membership.account_id.in_(list(here)), Membership.left_at.is_(None))
    in_round = set(session.scalars(taking_part))
    return [
        Reporter(
            new=all(report.level == Level.PROBATION for report in own),
            joined=own[0].joined,
            here=len(own),
            elsewhere=max(counts.get(account_id, 0) - len(own), 0),
            reasons=tuple(report.reason for report in own),
            in_round=account_id in in_round,
        )
        for account_id, own in here.items()
    ]


def words(session: Session, cases: Target) -> list[float]:
    """What the words of the target's ads amount to."""
    signals = session.scalars(select(Case.signals).where(Case.id.in_(cases.case_ids)))
    return [each.get("words", 0.0) for each in signals]


def usual(session: Session, cases: Target, at: datetime) -> float:
    """How many new accounts report a listing, on average over the last month and all other listings that new accounts report."""
    pairs = select(Report.case_id, func.count(distinct(Report.account_id)).label("people"))
    pairs = pairs.where(Report.id >= first_id(at - USUALLY), Report.level == Level.PROBATION)
    pairs = pairs.where(Report.case_id.not_in(cases.case_ids))
    counted = pairs.group_by(Report.case_id).subquery()
    return float(session.scalar(select(func.avg(counted.c.people))) or 1.0)
