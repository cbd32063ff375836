"""Choosing a name or an alias: one that nobody else has, and that the check of notices can find (`ledger/notices/mentions.py`)."""

import re
from collections import defaultdict
from collections.abc import Callable

from sqlalchemy.orm import Session

from server.core import everyday
from server.core.database import read
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.notices import names
from server.ledger.species import store as species
from server.people.accounts import called
from server.people.accounts import store as accounts
from server.people.accounts.models import Account

OTHER_NAME = sentence("Choose another name: this one cannot be used here.")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # turns the direction of what follows: a name reads as it is kept


def refuse_unfit(email: str, name: str, *, stranger: bool = False) -> None:
    """Raises Refused("invalid") for an address or a name that nobody may join under. `stranger`: see `fitness`."""
    fitness(stranger=stranger)(email, name)


def fitness(*, stranger: bool = False) -> Callable[[str, str], None]:
    """A check of addresses and names, ready for many. It raises Refused("invalid") as `accounts.refuse_unfit` does, for
    somebody else's name, and for an alias that is nothing but an everyday word, a word of the lexicon, however disguised,
    or too short: a notice that says "ivory" names nobody, so nobody can be called Ivory alone.

    stranger: anybody may send the form. It refuses also the name that its address has here, or it would tell whose address
    it is; but not of an account without a password, whose owner may ask again for a mail that was lost.
    """
    taken = defaultdict[str, set[str]](set)
    with read() as session:
        words = names.everyday(everyday.words() | species.words(session))
        for name, email, claimed in called.taken(session):
            taken[names.read_as(name)].add("" if stranger and claimed else email)

    def refuse(email: str, name: str) -> None:
        accounts.refuse_unfit(email, name)
        if _TURNING.search(name):
            raise _other_name("name")
        findable = names.People.of([names.Identity(name, "")], words).can_be_found()
        if not findable or names.is_one_everyday_word(name, words):
            detail = sentence(
                "“%(name)s” is an everyday word or very short, so we could not keep it out of what companies read. Add a second "
                "name, or choose another alias.",
                name=name.strip(),
            )
            raise Refused("invalid", detail, errors={"name": [detail]})
        if taken.get(names.read_as(name), set()) - {accounts.fold_email(email)}:
            raise _other_name("name")

    return refuse


def refuse_asked_for(session: Session, email: str, name: str) -> None:
    """Raises Refused("invalid") for a name under which somebody else has asked to join at this very moment."""
    waiting = called.waiting_to_join(session, accounts.fold_email(email))
    if names.read_as(name) in map(names.read_as, waiting):
        raise _other_name("name")


def refuse_taken(account_id: str, name: str) -> None:
    """Raises Refused("invalid") for a name to show on a certificate that is somebody else's, and not also their own."""
    with read() as session:
        account = session.get_one(Account, account_id)
        taken = {names.read_as(other) for other, address, _ in called.taken(session) if address != account.email}
        taken.discard(names.read_as(account.name))
    if _TURNING.search(name) or names.read_as(name) in taken:
        raise _other_name("alias")


def _other_name(field: str) -> Refused:
    return Refused("invalid", OTHER_NAME, errors={field: [OTHER_NAME]})
