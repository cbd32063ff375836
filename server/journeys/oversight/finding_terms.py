"""Once a day: which words over-appear in confirmed ads and stand in no lexicon. Coordinators decide; nothing is matched before."""

import re
from functools import lru_cache

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import everyday, folding, recurring
from server.core.database import read, write
from server.ledger.reports import store as reports
from server.ledger.reports.models import Report
from server.ledger.species import finding, found, matching, names
from server.ledger.species import store as species
from server.ledger.species.finding import DecidedAd
from server.people.accounts import called
from server.people.accounts.models import Account
from server.reads import training_rows

LONGEST = 5_000  # characters read of an ad: what it is stands at its head
NEWEST = 20_000  # decided cases looked at


@recurring.every(24 * 3600, "find_terms")
def find_terms() -> None:
    """Propose what over-appears now, and forget what nobody approved in a year, or what the lexicon has by now."""
    with read() as session:
        ads, known = decided(session), species.spoken(session)
    proposed = _over_appearing(ads) if ads else []  # else the lexicon is made ready for nothing
    with write() as session:
        found.keep(session, proposed, _reporters(session, {each.first for each in proposed}))
        found.forget(session)
        found.close(session, known)


def _over_appearing(ads: list[DecidedAd]) -> list[finding.FoundWord]:
    with read() as session:
        matcher = species.matcher(session)
        never = found.settled(session) | _names(session)
    return finding.find(ads, matcher, never)


def decided(session: Session) -> list[DecidedAd]:
    """The newest decided cases that say something about their ad, each by its last decision."""
    last = {row.case_id: row for row in training_rows.rows(session)}
    rows = sorted(last.values(), key=lambda row: row.decision_id)[-NEWEST:]
    known = names.known(session, {row.taxa[0] for row in rows if row.taxa})
    return [
        DecidedAd(
            row.case_id,
            row.text[:LONGEST],
            row.label.right,
            "" if row.seller is None else str(row.seller),
            known[row.taxa[0]]["id"] if row.taxa and row.taxa[0] in known else None,
        )
        for row in rows
        if row.label
    ]


def _names(session: Session) -> set[str]:
    """What people of the programme are called, but for everyday words: a page may greet the volunteer."""
    ordinary = _folded(everyday.words() | species.words(session))
    parts = {part for name in called.every(session) for part in [name, *re.split(r"[\s.,_-]+", name)]}
    return {matching.key(part) for part in parts if part and folding.native(part) not in ordinary}


@lru_cache(maxsize=1)
def _folded(words: frozenset[str]) -> frozenset[str]:
    return frozenset(map(folding.native, words))


def _reporters(session: Session, case_ids: set[str]) -> dict[str, str]:
    """Who reported each case first and stands by it; nobody whose record was erased."""
    standing = select(func.min(Report.id)).where(Report.case_id.in_(case_ids), reports.COUNTS)
    first = select(Report.case_id, Report.account_id).where(Report.id.in_(standing.group_by(Report.case_id)))
    rows = session.execute(first.join(Account, Account.id == Report.account_id).where(Account.erased_at.is_(None)))
    return {row.case_id: row.account_id for row in rows}
