"""Step 10: in whose name a notice is sent, and whether it claims a trusted flagger's priority. Nothing is written here."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from server.core import clock
from server.core.words import Basis, Channel
from server.ledger.notices import legal_basis
from server.ledger.notifiers import priority
from server.ledger.notifiers import store as notifiers
from server.ledger.notifiers.priority import Barrier
from server.ledger.species import names
from server.reads import notifying
from server.reads.notifying import Notifier


class Way(NamedTuple):
    """Whom a notice goes to, and how."""

    spoc_id: str | None
    channel: Channel | str
    address: str


def barrier(
    session: Session,
    sender: Notifier,
    way: Way,
    *,
    basis: str,
    law: Mapping[str, Any] | None,
    category: str,
    taxa: Iterable[Mapping[str, Any]],
) -> Barrier | None:
    """What keeps a notice that goes this way from claiming priority; None: it may."""
    recorded = notifiers.mechanisms(session, [way.spoc_id]).get(way.spoc_id) if way.spoc_id else None
    return priority.barrier(
        sender.award, basis=basis, category=category, groups=[taxon.get("group") for taxon in taxa],
        of_the_union=basis == Basis.ILLEGAL and bool(law) and legal_basis.of_the_union((law or {})["jurisdiction"]),
        own_mechanism=priority.is_own_mechanism(way.channel, way.address, recorded), on=clock.now().date(),
    )  # fmt: skip


def still_claims(session: Session, document: Mapping[str, Any], company_id: str, way: Way) -> bool:
    """Whether what a composed notice claims is so today, on the way it takes: true of one that claims nothing."""
    stated = document["notifier"]
    claimed = stated.get("trusted_flagger")
    if not claimed:
        return True
    sender, suspicion = notifying.of_company(session, company_id), document["suspicion"]
    if sender.award is None or sender.organisation != stated["organisation"]:
        return False
    named = [taxon["scientific_name"] for taxon in suspicion["taxa"]]
    known = names.known(session, named)
    barred = barrier(
        session, sender, way, basis=document["basis"], law=document["law"], category=suspicion["category"],
        taxa=[known.get(name, {}) for name in named],
    )  # fmt: skip
    now = priority.claim(sender.organisation, sender.award)
    return barred is None and all(claimed[name] == now[name] for name in ("authority", "country", "area", "since"))
