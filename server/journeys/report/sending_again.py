"""What failed permanently is tried again, once a person has fixed the cause."""

from collections.abc import Collection

from server.core import set_aside
from server.core.database import write


def mails(account_id: str) -> int:
    """A coordinator has every mail that failed permanently sent again; how many."""
    with write() as session:
        return set_aside.take_up_again(session, account_id, set_aside.MAILS)


def work(account_id: str | None, ids: Collection[str] = ()) -> int:
    """An operator has work tried again: all that is set aside, or what has these ids; how many."""
    with write() as session:
        return set_aside.take_up_again(session, account_id, ids=ids, via="command")
