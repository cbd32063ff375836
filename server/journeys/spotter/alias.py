"""Choosing a name or an alias: one that the check of notices can find (`ledger/notices/mentions.py`)."""

import re

from server.core import everyday
from server.core.database import read
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.notices import names
from server.ledger.species import store as species
from server.people.accounts import store as accounts

OTHER_NAME = sentence("Choose another name: this one cannot be used here.")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")  # turns the direction of what follows: a name reads as it is kept


def refuse_unfit(email: str, name: str) -> None:
    """Raises Refused("invalid") as `accounts.refuse_unfit` does, for the name of somebody at the desk, and for an alias
    that is nothing but an everyday word, a word of the lexicon, however disguised, or too short: a notice that says
    "ivory" names nobody, so nobody can be called Ivory alone.
    """
    accounts.refuse_unfit(email, name)
    if _TURNING.search(name):
        raise Refused("invalid", OTHER_NAME, errors={"name": [OTHER_NAME]})
    with read() as session:
        words = names.everyday(everyday.words() | species.words(session))
        desk = [
            person.name for person in accounts.not_to_be_named(session, ()) if person.email != email.strip().lower()
        ]
    findable = names.People.of([names.Identity(name, "")], words).can_be_found()
    if not findable or names.is_one_everyday_word(name, words):
        detail = sentence(
            "“%(name)s” is an everyday word or very short, so we could not keep it out of what companies read. Add a second "
            "name, or choose another alias.",
            name=name.strip(),
        )
        raise Refused("invalid", detail, errors={"name": [detail]})
    if any(names.same(name, other) for other in desk):
        raise Refused("invalid", OTHER_NAME, errors={"name": [OTHER_NAME]})
