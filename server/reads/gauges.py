"""How companies recently reviewed our notices, what is held because of it, and the answers behind the figure. Decides nothing."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import wording
from server.core.outcome import REVIEWS
from server.core.sentences import Sentence, sentence
from server.core.words import Answer, Basis
from server.ledger.cases import decisions
from server.ledger.companies import store as companies
from server.ledger.companies.models import Company
from server.ledger.notices import stop_store
from server.ledger.notices.gauge import Gauge
from server.ledger.notices.models import NoticeStop
from server.ledger.notices.stop_store import On
from server.people.accounts.models import Account
from server.reads import case_names


@dataclass(frozen=True, slots=True)
class StopShown:
    """Notices to a company that are held, and why."""

    id: str
    slug: str
    company: str
    basis: Basis
    at: datetime
    wrong: int
    reviewed: int
    held: int  # decisions whose notices wait

    @property
    def words(self) -> Sentence:
        figures = {
            "company": self.company,
            "wrong": wording.number(self.wrong),
            "reviewed": wording.number(self.reviewed),
        }
        if self.basis is Basis.ILLEGAL:
            return sentence(
                "Notices to %(company)s that rely on a law are held: %(wrong)s of %(reviewed)s were inaccurate or insufficient.",
                **figures,
            )
        return sentence(
            "Notices to %(company)s that rely on its policy are held: %(wrong)s of %(reviewed)s were inaccurate or insufficient.",
            **figures,
        )


def stops(session: Session, company_id: str | None = None) -> list[StopShown]:
    """What is held, the longest first; for one company, where it is named."""
    standing = stop_store.all_current(session, company_id)
    if not standing:
        return []
    held = decisions.held_by(session, [stop.id for stop in standing])
    rows = select(Company).where(Company.id.in_({stop.company_id for stop in standing}))
    names = {company.id: company for company in session.scalars(rows)}
    return [
        StopShown(
            stop.id, names[stop.company_id].slug, names[stop.company_id].name, Basis(stop.basis), stop.at, stop.wrong,
            stop.reviewed, held.get(stop.id, 0),
        )
        for stop in standing
    ]  # fmt: skip


def stops_of(session: Session, route: Mapping[str, Any] | None) -> list[StopShown]:
    """What is held for the company that a case's notice would go to (`case.route`)."""
    company = companies.by_slug(session, route["company"]["slug"]) if route else None
    return stops(session, company.id) if company else []


def stop(session: Session, stop_id: str) -> StopShown | None:
    """A stop while it stands."""
    row = stop_store.get(session, stop_id)
    if row is None or row.ended_at is not None:
        return None
    return next((each for each in stops(session, row.company_id) if each.id == stop_id), None)


@dataclass(frozen=True, slots=True)
class GaugeShown:
    """The gauge of one company on one basis, and the stop that stands; None: none does."""

    slug: str
    company: str
    basis: Basis
    gauge: Gauge
    stop: StopShown | None

    @property
    def percent(self) -> int:
        """The share of inaccurate and insufficient ones, in whole percent, downwards."""
        return 100 * self.gauge.wrong // self.gauge.reviewed if self.gauge.reviewed else 0


def listed(session: Session) -> list[GaugeShown]:
    """Of every company that reviewed a notice recently or whose notices are held: what is held first, then the highest share."""
    found = stop_store.all_gauges(session)
    held = {(each.slug, each.basis): each for each in stops(session)}
    rows = select(Company.id, Company.slug, Company.name).order_by(Company.name)
    shown = [
        GaugeShown(slug, name, basis, found.get(On(company_id, basis), Gauge()), held.get((slug, basis)))
        for company_id, slug, name in session.execute(rows)
        for basis in Basis
        if On(company_id, basis) in found or (slug, basis) in held
    ]
    return sorted(shown, key=lambda each: (each.stop is None, not each.gauge.says, -each.percent))


def of_company(session: Session, company: Company) -> list[GaugeShown]:
    """Its gauge on each basis."""
    held = {each.basis: each for each in stops(session, company.id)}
    return [
        GaugeShown(
            company.slug, company.name, basis, stop_store.read_gauge(session, On(company.id, basis)), held.get(basis)
        )
        for basis in Basis
    ]


def since(session: Session, company_id: str, basis: Basis) -> datetime:
    """From when on its reviews count."""
    return stop_store.since(session, On(company_id, basis))


def answers(
    session: Session, company_id: str, basis: Basis, cursor: str | None, *, every: bool
) -> tuple[list[dict[str, Any]], str | None]:
    """The answers behind a gauge, the newest first, each with its case; those against us, or every one of them."""
    found, after = stop_store.reviewed(session, On(company_id, basis), cursor, wrong=not every)
    cases = case_names.headings(session, [notice.case_id for notice, _ in found])
    names = {case["id"]: case["title"] for case in cases}
    return [
        {
            "reference": notice.reference,
            "case_id": notice.case_id,
            "title": names[notice.case_id],
            "answer": Answer(given.answer),
            "review": REVIEWS[Answer(given.answer)],
            "reason": given.reason,
            "sent_at": notice.created_at,
            "at": given.at,
            "withdrawn": notice.withdrawn_at is not None,
        }
        for notice, given in found
    ], after


def past_reviews(session: Session, company_id: str) -> list[dict[str, Any]]:
    """Who looked at earlier stops, when, and what they found; the newest first."""
    ended: list[NoticeStop] = stop_store.ended(session, company_id)
    rows = select(Account.id, Account.name).where(Account.id.in_({each.ended_by_id for each in ended}))
    names: dict[str | None, str] = {row.id: row.name for row in session.execute(rows)}
    return [
        {
            "basis": Basis(each.basis), "at": each.at, "ended_at": each.ended_at, "by": names[each.ended_by_id],
            "why": each.why, "wrong": each.wrong, "reviewed": each.reviewed,
        }
        for each in ended
    ]  # fmt: skip
