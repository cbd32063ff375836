"""What a case is: the taxa its words suggest, and those that a coordinator has confirmed."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session

from server.ledger.cases import decisions, store
from server.ledger.cases.models import Case
from server.ledger.reports import statements
from server.ledger.reports import store as reports
from server.ledger.reports.models import Report
from server.ledger.species import names
from server.ledger.species import store as species

Taxon = dict[str, Any]


def taxa(session: Session, case_ids: list[str]) -> dict[str, list[Taxon]]:
    """The taxa of each case as `species.taxa_for` gives them, each with `confirmed`: the confirmed first."""
    suspected = store.taxa(session, case_ids)
    confirmed = decisions.confirmed_taxa(session, case_ids)
    known = species.taxa_for(session, sorted({taxon for ids in suspected.values() for taxon in ids}))
    said = names.resolve(session, {name for case_names in confirmed.values() for name in case_names})
    return {
        case_id: _together(
            [said[name] for name in confirmed.get(case_id, ())],
            [known[taxon] for taxon in suspected[case_id] if taxon in known],
        )
        for case_id in case_ids
    }


def _together(confirmed: Sequence[Taxon], suspected: Sequence[Taxon]) -> list[Taxon]:
    """Pure."""
    there = {taxon["scientific_name"] for taxon in confirmed}
    return [taxon | {"confirmed": True} for taxon in confirmed] + [
        taxon | {"confirmed": False} for taxon in suspected if taxon["scientific_name"] not in there
    ]


def shown(session: Session, case: Case, version: int | None = None) -> tuple[list[Taxon], str]:
    """What a notice says when nothing else is: the taxa and the category that were confirmed, else those suspected.

    With a version of the case: as its reports said until then.
    """
    every = taxa(session, [case.id])[case.id]
    if case.id in decisions.confirmed_taxa(session, [case.id]):
        every = [taxon for taxon in every if taxon["confirmed"]]
    return every, category(session, case, version)


def category(session: Session, case: Case, version: int | None = None, said: Sequence[Report] | None = None) -> str:
    """What is offered: as confirmed, else as the weightiest report says; "" of a case that nobody has reported here.

    said: its reports, where they were read already.
    """
    if confirmed := decisions.confirmed_category(session, case.id):
        return confirmed
    if said is None:
        said = reports.of_case(session, case.id, version=version)
    weighty = statements.by_weight(said, case.text)
    return weighty[0].category if weighty else ""


def snapshot(session: Session, case: Case, before: tuple[Sequence[Mapping[str, Any]], str]) -> dict[str, Any]:
    """What is known of a case when it is decided; `before`: what it `shown`."""
    suspected, offered = before
    return decisions.snapshot(
        case, [taxon["scientific_name"] for taxon in suspected], offered, species.ready(session).version
    )
