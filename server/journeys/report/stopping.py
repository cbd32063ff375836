"""Too many of our notices to a company were inaccurate or insufficient: further ones are held until a coordinator has looked.

Between `effect` and `delivery`. The gauge (`ledger/notices/gauge`) is looked at when an answer comes that counts against us, and
when a decision to notify is made and takes effect, for its window moves. What is held is the decision: it waits as it did while
it could be undone, so no notice exists, on no channel and in no figure. What had taken effect before the line was reached leaves.

Whoever begins a stop, holds a decision by it or ends it is alone with that company and basis, so that nothing is held by a stop
that has ended.
"""

from collections.abc import Mapping
from typing import Any

from sqlalchemy.orm import Session

from server.core import audit, work
from server.core.database import write
from server.core.outcome import Verdict, review
from server.core.sentences import sentence
from server.core.words import Answer, Basis, Refused
from server.ledger.cases import decisions
from server.ledger.notices import stop_store
from server.ledger.notices.models import Notice
from server.ledger.notices.stop_store import On

LONGEST = 2000
SAY_WHY = sentence("Say what you found, in at most 2,000 characters.")
GONE = sentence("Another coordinator has just reviewed this, and these notices are being sent again.")


def stop_for(session: Session, notice: Mapping[str, Any] | None) -> str | None:
    """The id of the stop that holds a composed notice, begun now where the gauge has reached the line; None: it is sent.

    notice: as `delivery.queue_notice` takes it; None: none is sent.
    """
    return _stop(session, On(notice["company_id"], Basis(notice["document"]["basis"]))) if notice else None


def after_answer(session: Session, notice: Notice, answer: Answer) -> None:
    """A company has answered, in the caller's transaction: where that counts against us, the line may be reached."""
    if review(answer) in (Verdict.INACCURATE, Verdict.INSUFFICIENT):
        session.flush()
        _stop(session, On(notice.company_id, Basis(notice.basis)))


def _stop(session: Session, on: On) -> str | None:
    if not stop_store.current(session, on) and not stop_store.read_gauge(session, on).crossed:
        return None
    stop_store.alone_with(session, on)  # what was read before may have changed
    if stop := stop_store.current(session, on):
        return stop.id
    found = stop_store.read_gauge(session, on)
    return stop_store.begin(session, on, found) if found.crossed else None


def go_on(stop_id: str, account_id: str, why: str) -> int:
    """A coordinator has reviewed it: what is held is sent, and the gauge starts afresh. Returns how many decisions take effect.

    why: what they found, for their colleagues. Raises Refused: not-found, invalid, conflict (somebody else was faster).
    """
    words = why.strip()
    if not words or len(words) > LONGEST:
        raise Refused("invalid", SAY_WHY, errors={"why": [SAY_WHY]})
    with write() as session:
        stop = stop_store.get(session, stop_id)
        if stop is None:
            raise Refused("not-found", sentence("There is no such stop."))
        stop_store.alone_with(session, On(stop.company_id, Basis(stop.basis)))
        if not stop_store.end(session, stop_id, account_id, words):
            raise Refused("conflict", GONE)
        released = decisions.let_go(session, stop_id)
        for decision_id in released:
            work.enqueue(session, "take_effect", decision_id)
        audit.record(
            session, account_id, "notices_let_go", "company", stop.company_id,
            stop=stop_id, basis=stop.basis, released=len(released),
        )  # fmt: skip
        return len(released)
