"""What is so of everybody, read from the tables and from the rules beside the pages: what the pages are held against."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.words import Standing
from server.journeys.spotter import gate
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import history, standings
from server.people.accreditation import store as accreditation
from server.people.accreditation.models import Appeal, Signature
from server.people.accreditation.standings import Accreditation
from server.people.exams import exam
from server.people.exams.models import Attempt
from server.people.rounds.models import SpotterChoice
from tests.programme.spotter import Spotter

NEEDED = ("basics",)
GROUPS = ("birds", "reptiles")
LOCKS, IN = 5, timedelta(days=30)  # so many failed exams of a module lock it


@dataclass(frozen=True, slots=True)
class Facts:
    """Of one volunteer with an open account: what was decided, and what they have done since it counts."""

    account: Account
    last: Accreditation | None
    standing: Standing
    passed: bool
    signed: bool
    appeal: Appeal | None  # that is open
    locked: bool
    paused: bool
    reminders: bool
    refusal: str  # of the gate, or ""
    step_at: datetime  # the last of their own steps through the training

    @property
    def ready(self) -> bool:
        """Whether a coordinator is next: passed, signed, neither accredited nor stopped, and no appeal comes first."""
        waiting = (Standing.NONE, Standing.LAPSED, Standing.WITHDRAWN)
        return self.passed and self.signed and self.standing in waiting and self.appeal is None


def of_everybody(session: Session, spotters: Mapping[str, Spotter], at: datetime) -> dict[str, Facts]:
    """By account, of those whose account is open."""
    ids = list(spotters)
    here = (accounts.SPOTTERS, Account.disabled_at.is_(None), Account.erased_at.is_(None), Account.id.in_(ids))
    people = {account.id: account for account in session.scalars(select(Account).where(*here))}
    attempts: dict[str, list[Attempt]] = {}
    for attempt in session.scalars(select(Attempt).where(Attempt.account_id.in_(ids)).order_by(Attempt.started_at)):
        attempts.setdefault(attempt.account_id, []).append(attempt)
    signed = {row.account_id: row.at for row in session.scalars(select(Signature))}
    appeals = {row.account_id: row for row in session.scalars(select(Appeal).where(Appeal.decided_at.is_(None)))}
    choices = {row.account_id: row for row in session.scalars(select(SpotterChoice))}
    known = accreditation.of_people(session, ids)
    found = {}
    for who, account in people.items():
        last, mine, choice = known.get(who), attempts.get(who, []), choices.get(who)
        refusal = gate.refusal(who)
        found[who] = Facts(
            account, last, standings.standing(last, at), _passed(session, who, last, mine, at), who in signed,
            appeals.get(who), _locked(mine, at), bool(choice and choice.paused_until and at.date() < choice.paused_until),
            choice is None or choice.reminders, str(refusal.detail) if refusal else "",
            max([account.created_at, *([signed[who]] if who in signed else []), *(a.started_at for a in mine)]),
        )  # fmt: skip
    return found


def _passed(session: Session, who: str, last: Accreditation | None, attempts: list[Attempt], at: datetime) -> bool:
    """Whether every exam that is needed is passed, and counts: since a withdrawal, since a renewal is near, for a year."""
    since = [history.withdrawn_at(session, who), at - exam.COUNTS_FOR]
    if last and last.standing is Standing.ACTIVE:
        again = last.expires_at - timedelta(days=65)
        since.append(again if at >= again else None)
    least = max(filter(None, since))
    done = {a.module for a in attempts if a.passed and a.finished_at and a.finished_at > least}
    return all(slug in done for slug in NEEDED) and any(slug in done for slug in GROUPS)


def _locked(attempts: list[Attempt], at: datetime) -> bool:
    """Whether the last exams of a module failed so often within a month that none may be begun."""
    for slug in {attempt.module for attempt in attempts}:
        mine = [attempt for attempt in attempts if attempt.module == slug]
        lately = [attempt for attempt in mine if attempt.passed is False and at - attempt.started_at < IN]
        if len(lately) >= LOCKS and not mine[-1].passed:
            return True
    return False
