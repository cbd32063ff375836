"""Who notifies: the administrator keeps the organisations of the coalition, their awards, and who writes to which company.

Notices that have been composed keep what they say; one that has not left yet lapses when what it claims has changed (`effect`).
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, stale
from server.core.database import alone, write
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.report import naming
from server.ledger.companies import store as companies
from server.ledger.notices.legal_basis import MEMBERS
from server.ledger.notifiers import priority
from server.ledger.notifiers import store as notifiers
from server.ledger.notifiers.models import Organisation

SAID = ("name", "email", "authority", "area")  # what companies read
NAMES_SOMEBODY = sentence("This names a person in the programme. Companies read it: name only the organisation.")


def add(entered: Mapping[str, Any], by_id: str) -> str:
    """Add an organisation, with its award if it has one; its id. Raises Refused("invalid")."""
    with write() as session:
        return notifiers.save(session, None, _checked(session, entered), by_id).id


def change(organisation_id: str, entered: Mapping[str, Any], seen: str, by_id: str) -> None:
    """Change an organisation or its award. seen: `notifiers.mark` of what the writer saw. Raises Refused: not-found, stale, invalid."""
    with write() as session:
        row = notifiers.get(session, organisation_id, lock=True)
        stale.refuse(notifiers.mark(row), seen)
        notifiers.save(session, row, _checked(session, entered), by_id)


def suspend(organisation_id: str, by_id: str) -> None:
    """Its award is suspended: from now on nothing claims it. Raises Refused: not-found, conflict."""
    with write() as session:
        notifiers.suspend(session, notifiers.get(session, organisation_id, lock=True), clock.now().date(), by_id)


def resume(organisation_id: str, by_id: str) -> None:
    """The suspension is over. Raises Refused: not-found, conflict."""
    with write() as session:
        notifiers.suspend(session, notifiers.get(session, organisation_id, lock=True), None, by_id)


def choose(
    slug: str, organisation_id: str | None, own_mechanisms: Mapping[str, str], by_id: str, *, seen: str | None = None
) -> None:
    """Which organisation notifies a company (None: that of the settings), and which of its SPOCs are its own Article 16 mechanism.

    own_mechanisms: by the id of a SPOC the address that was chosen. seen: `notifiers.mark_of_company` of what the writer saw;
    None: they saw none. Raises Refused: not-found, stale, invalid for a SPOC that is reached by what is ours, or elsewhere by
    now.
    """
    with write() as session:
        alone(session, "company_notifiers")
        company = companies.by_slug(session, slug)
        if company is None:
            raise Refused("not-found", sentence("There is no such company."))
        row: Organisation | None = notifiers.get(session, organisation_id, lock=True) if organisation_id else None
        spocs = {spoc.id: spoc for spoc in companies.spocs_of(session, company.id)}
        if seen is not None:
            stale.refuse(notifiers.mark_of_company(session, company.id, spocs), seen)
        possible = {
            id_: spoc.address for id_, spoc in spocs.items() if spoc.channel in priority.THEIR_OWN and spoc.address
        }
        detail = None
        if not set(own_mechanisms) <= set(possible):
            detail = sentence("Choose among the SPOCs that are written to by email or by the company’s form.")
        elif any(possible[id_] != address for id_, address in own_mechanisms.items()):
            detail = sentence(
                "An address has changed since you opened this page. Look at the addresses, and choose again."
            )
        if detail:
            raise Refused("invalid", detail, errors={"mechanisms": [detail]})
        notifiers.choose(session, company.id, row.id if row else None, by_id)
        addresses = {id_: spoc.address if id_ in own_mechanisms else None for id_, spoc in spocs.items()}
        notifiers.record_mechanisms(session, company.id, addresses, by_id)


def _checked(session: Session, entered: Mapping[str, Any]) -> dict[str, Any]:
    """What was entered, whole and without a person's name in it. Raises Refused("invalid")."""
    values = {name: " ".join(text.split()) if isinstance(text, str) else text for name, text in entered.items()}
    errors = priority.problems(values, MEMBERS)
    texts = {name: values[name] for name in SAID if values[name]}
    errors |= {mention.field: [NAMES_SOMEBODY] for mention in naming.mentioned(session, texts)}
    if errors:
        raise Refused("invalid", next(iter(errors.values()))[0], errors=errors)
    if not values["authority"]:
        return (
            values
            | dict.fromkeys(("authority", "country", "area", "since", "until"))
            | {"categories": [], "groups": []}
        )
    return values
