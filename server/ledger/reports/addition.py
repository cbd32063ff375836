"""When a spotter may add to a report of their own. Pure.

It is a matter of the report alone, as its spotter sees it: nobody learns from it what became of a listing.
"""

from server.core.sentences import counted, sentence
from server.core.words import Refused, Status

MOST = 5  # additions to a report
LONGEST = 2000  # characters
OVER = frozenset({Status.DISMISSED, Status.RETRACTED, Status.REMOVED, Status.RESTRICTED, Status.KEPT})


def may_add(status: Status, additions: int) -> bool:
    """Whether a report with so many additions takes one more."""
    return status not in OVER and additions < MOST


def refuse(status: Status, additions: int) -> None:
    """Raises Refused("conflict") for a report that is closed, or has as many as it may."""
    if status in OVER:
        raise Refused("conflict", sentence("This report is closed. There is nothing to add to."))
    if not may_add(status, additions):
        words = counted(
            "You have added to this report %(number)s time already.",
            "You have added to this report %(number)s times already.",
            MOST,
        )
        raise Refused("conflict", words)
