"""How the address of a SPOC changes on pages: step by step, by two people, with proof and a day's delay. Pure.

Whoever can put another address into the directory reads every notice from then on, and a company's answers come from there.
So one person alone changes none, the new address proves itself, and the old one has a day to say no. A mailbox confirms by a
link, a webhook by accepting a signed test; a form can do neither: the second person opens it.
"""

from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

from server.core import urls
from server.core.words import Channel

WAYS = (Channel.MAIL, Channel.FORM, Channel.WEBHOOK)  # the channels with an address
BETWEEN = timedelta(minutes=1)  # two tests of a new webhook
DELAY = timedelta(days=1)  # after proof, approval and the mail to the old address
LASTS = timedelta(days=7)  # a change lapses when nobody takes its next step for so long
DAY = timedelta(days=1)
MOST_A_DAY = 5  # proposals for one company: each is mail to people outside
KEPT = timedelta(days=365)  # a change that did not come into force, after it ended


class ChangeState(StrEnum):
    """Where a change of an address stands."""

    PENDING = "pending"  # the new address has yet to prove itself; a form waits for the second person, who opens it
    PROVEN = "proven"  # it has; a second person is asked
    APPROVED = "approved"  # the second person has approved; it waits for its day
    IN_FORCE = "in_force"
    WITHDRAWN = "withdrawn"
    REFUSED = "refused"
    LAPSED = "lapsed"


OPEN = frozenset((ChangeState.PENDING, ChangeState.PROVEN, ChangeState.APPROVED))
BEFORE: dict[ChangeState, Collection[ChangeState]] = {
    ChangeState.PROVEN: (ChangeState.PENDING,),
    ChangeState.APPROVED: (ChangeState.PROVEN,),
    ChangeState.IN_FORCE: (ChangeState.APPROVED,),
    ChangeState.WITHDRAWN: OPEN,
    ChangeState.REFUSED: OPEN,
    ChangeState.LAPSED: OPEN,
}
OPENED = (ChangeState.PENDING,)  # before a form is approved: whoever approves it has opened it


class ChangeSource(StrEnum):
    """How an address was changed."""

    PAGE = "page"
    IMPORT = "import"  # of a companies file: in force at once


class ChangeEnd(StrEnum):
    """Why a change did not come into force."""

    PROPOSER = "proposer"  # took it back
    COLLEAGUE = "colleague"  # said no, as the second person or later
    NEW_ADDRESS = "new_address"  # said no, by its link
    OLD_ADDRESS = "old_address"  # a contact of the company said no, by the link that all of them get
    UNREACHABLE = "unreachable"  # nothing can be mailed to the new address
    EXPIRED = "expired"
    DIRECTORY = "directory"  # the SPOC was changed in another way meanwhile
    RIGHTS = "rights"  # one of the two people may no longer change addresses


ENDS: dict[ChangeEnd, ChangeState] = {
    ChangeEnd.PROPOSER: ChangeState.WITHDRAWN,
    ChangeEnd.COLLEAGUE: ChangeState.REFUSED,
    ChangeEnd.NEW_ADDRESS: ChangeState.REFUSED,
    ChangeEnd.OLD_ADDRESS: ChangeState.REFUSED,
    ChangeEnd.UNREACHABLE: ChangeState.LAPSED,
    ChangeEnd.EXPIRED: ChangeState.LAPSED,
    ChangeEnd.DIRECTORY: ChangeState.LAPSED,
    ChangeEnd.RIGHTS: ChangeState.LAPSED,
}


def way(channel: str) -> Channel:
    """Which of a SPOC's addresses this channel uses: digests go by mail, and so does word of notices in the portal."""
    return Channel.MAIL if channel in (Channel.DIGEST, Channel.PORTAL) else Channel(channel)


def shown_outside(channel: str, address: str) -> str:
    """An address as people outside read it: of a webhook the host alone, for whoever knows the rest may be able to write there."""
    return urls.read(address).host if channel == Channel.WEBHOOK else address


def domain(address: str) -> str:
    """The domain of a mail address, or the host of a web address."""
    return urls.read(address).host if "://" in address else address.rpartition("@")[2]


def earliest(approved_at: datetime, warned_at: Collection[datetime | None]) -> datetime | None:
    """From when an approved change may be in force; None while a mail to an old address has not left.

    warned_at: of each such mail, when it left or was refused for good.
    """
    times = [approved_at]
    for at in warned_at:
        if at is None:
            return None
        times.append(at)
    return max(times) + DELAY
