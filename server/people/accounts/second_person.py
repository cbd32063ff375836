"""Whose account counts as a second person, where two are needed. The rule is pure; the reads apply it to accounts."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.mailboxes import hosts, mailbox
from server.people.accounts import store
from server.people.accounts.models import Account, FrozenName

NEW = timedelta(days=30)  # for so long an account that somebody opened may be theirs


def is_new(invited_by_id: str | None, created_at: datetime, at: datetime) -> bool:
    """Whether an account may still be the other self of whoever opened it. One from the command line never is."""
    return invited_by_id is not None and created_at > at - NEW


def counts_from(account: Account, at: datetime) -> datetime | None:
    """When an account that is new at `at` begins to count as a second person; None: it counts."""
    return account.created_at + NEW if is_new(account.invited_by_id, account.created_at, at) else None


def first_pair(own: datetime | None, others: Collection[datetime | None], at: datetime) -> datetime | None:
    """When an account and one of the others both count, each given as `counts_from` has it; None without others."""
    return max(own or at, min(day or at for day in others)) if others else None


def new_among(session: Session, account_ids: Collection[str], at: datetime) -> frozenset[str]:
    """Which of these accounts count as no second person yet."""
    rows = session.scalars(select(Account).where(Account.id.in_(account_ids)))
    return frozenset(account.id for account in rows if counts_from(account, at))


def selves(session: Session, account_id: str, at: datetime) -> frozenset[str]:
    """Who may be behind an account: itself and, while it is new, whoever opened it, and so on."""
    found: set[str] = set()
    next_: str | None = account_id
    while next_ and next_ not in found:
        found.add(next_)
        account = session.get(Account, next_)
        next_ = account.invited_by_id if account and counts_from(account, at) else None
    return frozenset(found)


def may_be(session: Session, account_id: str, at: datetime) -> frozenset[str]:
    """Whose accounts may be the same person's: those of `selves`, and what they have just opened themselves, and so on."""
    opened, found = {account_id}, set[str]()
    while opened:
        found |= opened
        lately = select(Account.id).where(Account.invited_by_id.in_(opened), Account.created_at > at - NEW)
        opened = set(session.scalars(lately)) - found
    return selves(session, account_id, at) | found


def may_be_one_of(session: Session, account_id: str, others: Collection[str], at: datetime) -> bool:
    """Whether an account may be the other self of one of these, whichever opened the other."""
    return not may_be(session, account_id, at).isdisjoint(others)


def others(session: Session, action: str, concerned: Collection[str], reader_id: str) -> list[Account]:
    """Who beside the reader may take an action, and is a second person to each of these, by name."""
    selves_ = frozenset[str]().union(*(may_be(session, each, clock.now()) for each in concerned))
    able = store.people_at_work(session, action)
    return [each for each in able if each.id not in selves_ and each.id != reader_id]


def has_account(session: Session, email: str) -> bool:
    """Whether anybody here, also somebody whose account is closed or frozen, reads the mailbox of this address."""
    wanted = mailbox(email)
    for column in (Account.email, FrozenName.email):
        for host in hosts(email):
            if wanted in map(
                mailbox, session.scalars(select(column).where(column.endswith(f"@{host}", autoescape=True)))
            ):
                return True
    return False
