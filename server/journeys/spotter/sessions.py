"""Sessions and failed sign-ins are kept while they count."""

from server.core import clock, recurring
from server.core.database import read, write
from server.people.accounts import signing_in

FEW = 500  # rows deleted in one transaction


@recurring.every(24 * 3600, "forget_sessions")
def forget_sessions() -> None:
    """Failed sign-ins are looked for while others write; both are deleted a few at a time."""
    at = clock.now()
    with read() as session:
        failures = signing_in.old_failures(session, at)
    for start in range(0, len(failures), FEW):
        with write() as session:
            signing_in.forget_old_failures(session, failures[start : start + FEW], at)
    with write() as session:
        signing_in.forget_links(session, at)
    ended = FEW
    while ended == FEW:
        with write() as session:
            ended = signing_in.forget_ended(session, at, FEW)
