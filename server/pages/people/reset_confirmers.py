"""Who could confirm that a second factor is taken away, and from when: said before anybody asks."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from server.core import clock, web
from server.people.accounts import second_person
from server.people.accounts import store as accounts


class Confirmers(NamedTuple):
    """The second person of a reset."""

    names: list[str]  # who can confirm today
    first_at: datetime | None  # when the first can; None: nobody ever


def if_asked(session: Session, account_id: str) -> Confirmers | None:
    """If the reader asked for a reset now; None for who may not ask."""
    if not web.can("people.ask_factor_reset"):
        return None
    at, me = clock.now(), web.current_account()
    able = accounts.people_at_work(session, "people.confirm_factor_reset")
    own = next((each for each in able if each.id == me.id), None)
    others = [(each, second_person.counts_from(each, at)) for each in able if each.id not in (me.id, account_id)]
    first_at = second_person.first_pair(own and second_person.counts_from(own, at), [day for _, day in others], at)
    return Confirmers([each.name for each, day in others if not day] if first_at == at else [], first_at)
