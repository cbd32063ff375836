"""Organisations, their awards, and who notifies whom: read and written. Every change has its row in the audit trail."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, func, select
from sqlalchemy.orm import Session

from server.core import audit, stale
from server.core.audit import OF_ORGANISATIONS, AuditRow
from server.core.database import new_id
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.notifiers.models import CompanyNotifier, Organisation, OwnMechanism
from server.ledger.notifiers.priority import Award

KIND = "organisation"  # of its rows in the audit trail
HISTORY = 100  # rows that a page shows
SAID = ("name", "email")
AWARD = ("authority", "country", "area", "categories", "groups", "since", "until")

# --- Reading ---------------------------------------------------------------------------------------------------------


def get(session: Session, organisation_id: str, lock: bool = False) -> Organisation:
    """An organisation. Raises Refused("not-found")."""
    row = session.get(Organisation, organisation_id, with_for_update=lock, populate_existing=lock)
    if row is None:
        raise Refused("not-found", sentence("There is no such organisation."))
    return row


def every(session: Session) -> list[Organisation]:
    """All of them, by name: the convenors of a coalition, a handful."""
    return list(session.scalars(select(Organisation).order_by(func.lower(Organisation.name), Organisation.id)))


def award(row: Organisation) -> Award | None:
    """The award of an organisation, in force or not; None: it has none."""
    if row.authority is None or row.since is None:
        return None
    return Award(
        authority=row.authority, country=row.country or "", area=row.area or "", categories=tuple(row.categories),
        groups=tuple(row.groups), since=row.since, until=row.until, suspended_on=row.suspended_on,
    )  # fmt: skip


def any_award(session: Session, on: date) -> bool:
    """Whether an award of any organisation counts on a day."""
    return any(held and held.state(on) is None for held in map(award, every(session)))


def of_company(session: Session, company_id: str) -> Organisation | None:
    """The organisation that notifies a company; None: that of the settings."""
    chosen = select(Organisation).join(CompanyNotifier, CompanyNotifier.organisation_id == Organisation.id)
    return session.scalar(chosen.where(CompanyNotifier.company_id == company_id))


def mechanisms(session: Session, spoc_ids: Collection[str]) -> dict[str, str]:
    """The address that is recorded as a company's own Article 16 mechanism, by the SPOC, of these SPOCs."""
    rows = select(OwnMechanism.spoc_id, OwnMechanism.address).where(OwnMechanism.spoc_id.in_(spoc_ids))
    return {row.spoc_id: row.address for row in session.execute(rows)}


def company_counts(session: Session) -> dict[str, int]:
    """How many companies each organisation notifies."""
    rows = select(CompanyNotifier.organisation_id, func.count().label("companies")).group_by(
        CompanyNotifier.organisation_id
    )
    return {row.organisation_id: row.companies for row in session.execute(rows)}


def history(session: Session, organisation_id: str) -> Sequence[Row[Any]]:
    """What was done to an organisation, newest first, out of the audit trail."""
    rows = select(AuditRow.at, AuditRow.actor_id, AuditRow.action, AuditRow.detail)
    rows = rows.where(AuditRow.object_id == organisation_id, OF_ORGANISATIONS)
    return session.execute(rows.order_by(AuditRow.seq.desc()).limit(HISTORY)).all()


def mark(row: Organisation) -> str:
    """What tells one state of what its form holds from another."""
    return stale.mark({name: getattr(row, name) for name in (*SAID, *AWARD)})


def mark_of_company(session: Session, company_id: str, spoc_ids: Collection[str]) -> str:
    """The same of who notifies a company, and of what is recorded as its own mechanism."""
    chosen = of_company(session, company_id)
    return stale.mark([chosen.id if chosen else None, mechanisms(session, spoc_ids)])


# --- Writing ---------------------------------------------------------------------------------------------------------


def save(session: Session, row: Organisation | None, entered: Mapping[str, Any], by_id: str) -> Organisation:
    """Add an organisation, or change it: name, email and the award. Raises Refused("invalid") for a name that another has."""
    name = entered["name"].casefold()  # the database folds ASCII alone
    if any(each is not row and each.name.casefold() == name for each in every(session)):
        detail = sentence("Another organisation has this name.")
        raise Refused("invalid", detail, errors={"name": [detail]})
    values = {name: entered[name] for name in (*SAID, *AWARD)}
    if row is None:
        row = Organisation(id=new_id(), **values)
        session.add(row)
        session.flush()
        audit.record(session, by_id, "organisation_added", KIND, row.id, award=values["authority"] is not None)
        return row
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if row.authority is None:
        row.suspended_on = None
    if changed:
        audit.record(session, by_id, "organisation_changed", KIND, row.id, changed=changed)
    session.flush()
    return row


def suspend(session: Session, row: Organisation, on: date | None, by_id: str) -> None:
    """The award is suspended from this day on; None: it counts again. Raises Refused("conflict") when it is so already."""
    if row.authority is None or (row.suspended_on is None) == (on is None):
        raise Refused("conflict", sentence("This has changed meanwhile. See its state below."))
    row.suspended_on = on
    audit.record(session, by_id, "award_suspended" if on else "award_resumed", KIND, row.id)
    session.flush()


def choose(session: Session, company_id: str, organisation_id: str | None, by_id: str) -> None:
    """This organisation notifies the company from now on; None: that of the settings."""
    row = session.get(CompanyNotifier, company_id, with_for_update=True)
    before = row.organisation_id if row else None
    if before == organisation_id:
        return
    if before:
        audit.record(session, by_id, "company_given_up", KIND, before, company=company_id)
    if organisation_id:
        audit.record(session, by_id, "company_taken_on", KIND, organisation_id, company=company_id)
        session.merge(CompanyNotifier(company_id=company_id, organisation_id=organisation_id))
    elif row:
        session.delete(row)
    session.flush()


def record_mechanisms(session: Session, company_id: str, addresses: Mapping[str, str | None], by_id: str) -> None:
    """Which SPOCs' addresses are the company's own Article 16 mechanism. addresses: by SPOC; None: it is none."""
    for spoc_id, address in addresses.items():
        row = session.get(OwnMechanism, spoc_id, with_for_update=True)
        if (row.address if row else None) == address:
            continue
        if row and address is None:
            session.delete(row)
        elif address is not None:
            session.merge(OwnMechanism(spoc_id=spoc_id, address=address))
        action = "mechanism_recorded" if address else "mechanism_struck"
        audit.record(session, by_id, action, "company", company_id, spoc=spoc_id)
    session.flush()
