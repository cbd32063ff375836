"""What leads to what between an invitation and a company that joined. Pure; `store.record` is the one door that uses it."""

from enum import StrEnum

from server.core.sentences import sentence
from server.core.words import Refused


class InvitationState(StrEnum):
    """Where our asking stands on one site."""

    INVITED = "invited"  # no answer yet
    TALKING = "talking"
    DECLINED = "declined"
    JOINED = "joined"


class InvitationWay(StrEnum):
    """How somebody was invited."""

    MAIL = "mail"
    LETTER = "letter"
    MEETING = "meeting"
    CALL = "call"


_S = InvitationState
FOLLOWS: dict[InvitationState | None, tuple[InvitationState, ...]] = {
    None: (_S.INVITED,),
    _S.INVITED: tuple(_S),
    _S.TALKING: tuple(_S),
    _S.DECLINED: (_S.INVITED, _S.TALKING, _S.JOINED),
    _S.JOINED: (),
}


def refuse_impossible(before: InvitationState | None, after: InvitationState) -> None:
    """Raises Refused("conflict") for a step that does not follow."""
    if after not in FOLLOWS[before]:
        raise Refused("conflict", sentence("This no longer fits what has been recorded since. Check it again."))
