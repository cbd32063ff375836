"""Step 10: in whose name a notice is sent, and whether it claims a trusted flagger's priority. Nothing is written here."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, web
from server.core.words import Basis
from server.ledger.companies.routing import RoutedSpoc
from server.ledger.notices import legal_basis
from server.ledger.notifiers import priority
from server.ledger.notifiers import store as notifiers
from server.ledger.notifiers.priority import Award, Barrier


@dataclass(frozen=True)
class Notifier:
    """The organisation that a notice comes from, and its award."""

    organisation: str
    email: str
    award: Award | None = None


def of_company(session: Session, company_id: str) -> Notifier:
    """The organisation that is chosen for a company; else that of the settings, which has no award here."""
    row = notifiers.of_company(session, company_id)
    if row is None:
        settings = web.settings()
        return Notifier(settings.organisation, settings.contact_email)
    return Notifier(row.name, row.email, notifiers.award(row))


def barrier(
    session: Session,
    sender: Notifier,
    spoc: RoutedSpoc,
    *,
    basis: str,
    law: Mapping[str, Any] | None,
    category: str,
    taxa: Iterable[Mapping[str, Any]],
) -> Barrier | None:
    """What keeps a notice to this SPOC from claiming priority; None: it may."""
    recorded = notifiers.mechanisms(session, [spoc.id]).get(spoc.id)
    return priority.barrier(
        sender.award, basis=basis, category=category, groups=[taxon.get("group") for taxon in taxa],
        of_the_union=basis == Basis.ILLEGAL and bool(law) and legal_basis.of_the_union((law or {})["jurisdiction"]),
        own_mechanism=priority.is_own_mechanism(spoc.channel, spoc.address, recorded), on=clock.now().date(),
    )  # fmt: skip


def still_claims(session: Session, notice: Mapping[str, Any]) -> bool:
    """Whether what a composed notice claims is still so: true of one that claims nothing. It has not left yet."""
    stated = notice["document"]["notifier"]
    claimed = stated.get("trusted_flagger")
    if not claimed:
        return True
    sender = of_company(session, notice["company_id"])
    if sender.award is None or sender.award.state(clock.now().date()) is not None:
        return False
    now = priority.claim(sender.organisation, sender.award)
    recorded = notifiers.mechanisms(session, [notice["spoc_id"]]).get(notice["spoc_id"])
    return (
        sender.organisation == stated["organisation"]
        and all(claimed[name] == now[name] for name in ("authority", "country", "area", "since"))
        and priority.is_own_mechanism(notice["channel"], notice["address"], recorded)
    )
