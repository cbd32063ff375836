"""Who may be the same person under another address: spotters and applicants whose name or mailbox reads alike.

Only coordinators are told, and nobody is refused for it: two people may share a name, and there may be reasons for two addresses.
"""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.mailboxes import mailbox
from server.ledger.notices import names
from server.people.accounts.models import Account, FrozenName
from server.people.accounts.store import SPOTTERS
from server.people.recruitment.models import Application, State


def alike(session: Session, people: Collection[tuple[str, str]]) -> dict[str, list[str]]:
    """By the address of each of these people (name, address): the others who may be they, as `Ana Quispe (ana@mail.example)`.

    Accounts that are closed are among them, not those that are frozen or erased; of applications those that wait.
    """
    sealed = select(FrozenName.account_id)
    accounts = select(Account.name, Account.email).where(
        SPOTTERS, Account.erased_at.is_(None), Account.id.not_in(sealed)
    )
    applications = select(Application.name, Application.email).where(Application.state == State.WAITING)
    read_as = defaultdict[str, dict[tuple[str, str], None]](dict)
    for name, email in session.execute(accounts.union_all(applications)):
        for key in _read_as(name, email):
            read_as[key][name, email] = None
    return {
        email: [f"{other} ({address})" for other, address in _others(read_as, name, email)] for name, email in people
    }


def _read_as(name: str, email: str) -> tuple[str, str]:
    return names.read_as(name), mailbox(email)


def _others(
    read_as: defaultdict[str, dict[tuple[str, str], None]], name: str, email: str
) -> dict[tuple[str, str], None]:
    found = {person: None for key in _read_as(name, email) for person in read_as[key]}
    return {person: None for person in found if person[1] != email}
