"""What an administrator does about work and sending: pause, resume, try again, drop. Each is one transaction, and recorded."""

from sqlalchemy.orm import Session

from server.core import access, pausing, set_aside
from server.core.database import write
from server.core.pausing import PauseReason
from server.core.sentences import sentence
from server.core.words import Refused
from server.people.accounts.models import Account

LONGEST_NOTE = 500  # characters


def pause(account_id: str, note: str = "") -> None:
    """Nothing is sent from now on but what was begun before; everything is kept. Raises Refused: forbidden, conflict."""
    with write() as session:
        _may_run(session, account_id)
        if not pausing.pause(session, account_id, PauseReason.BY_HAND, note.strip()[:LONGEST_NOTE]):
            raise Refused("conflict", sentence("Sending is paused already."))


def resume(account_id: str) -> None:
    """Everything that is due is sent again. Raises Refused: forbidden, conflict."""
    with write() as session:
        _may_run(session, account_id)
        if not pausing.resume(session, account_id):
            raise Refused("conflict", sentence("Sending is not paused."))


def try_again(account_id: str, work_id: str) -> None:
    """A dead letter is due again. Raises Refused: forbidden, conflict when somebody was faster."""
    with write() as session:
        _may_run(session, account_id)
        if not set_aside.take_up_again(session, account_id, ids=[work_id]):
            raise Refused("conflict", GONE)


def drop(account_id: str, work_id: str, why: str) -> None:
    """A dead letter is deleted: it will never be done. Raises Refused: forbidden, invalid without a reason, conflict."""
    why = why.strip()
    if not why or len(why) > LONGEST_NOTE:
        raise Refused("invalid", sentence("Enter a reason, in at most 500 characters."))
    with write() as session:
        _may_run(session, account_id)
        if not set_aside.drop(session, account_id, work_id, why):
            raise Refused("conflict", GONE)


GONE = sentence("This is no longer a dead letter. Somebody else may have acted on it.")


def _may_run(session: Session, account_id: str) -> None:
    """Locked, so that a right that ends meanwhile has ended before or after it."""
    account = session.get(Account, account_id, with_for_update=True)
    if account is None or account.disabled_at or not access.can("operations.run", account):
        raise Refused("forbidden", sentence("Your account may not do this."))
