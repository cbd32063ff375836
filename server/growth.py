"""How spotters grow: their answers in the practice lane, and what follows from what is known of their skill.

What changes people across rooms by their skill, one transaction a function. The rules ask (to go up, to talk) or protect
(back to probation); only a coordinator decides.
"""

from server import clock, membership
from server.courses import shelf
from server.database import write
from server.overview import lane
from server.skill import store as skill
from server.skill.lane import Kind, Said


def answer_lane(account_id: str, token: str, said: Said, why: str) -> str | None:
    """A spotter judges the listing before them; the answer's id. None: it is not the next one any more.

    Raises Refused("not-accredited"). Nothing of it is ever a report, a case or a notice.
    """
    membership.may_report(account_id)
    with write() as session:
        item = lane.next_item(session, account_id)
        if item is None or item.token != token:
            return None
        if item.kind is Kind.LIVE:
            return skill.keep_opinion(session, account_id, item.key, said, why, clock.now())
        listing = shelf.known_listings()[item.key]
        return skill.keep_known(session, account_id, listing, said, why, clock.now())
