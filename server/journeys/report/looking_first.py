"""Before step 10 takes effect: where a platform has agreed, the server looks once more whether the listing is still there.

It looks while the decision can still be undone, apart from the work that sends, so that a slow site holds up nobody else's
notice. A page that says gone gives the decision back to the coordinators: one look is not enough to say that it is gone,
and too much to notify a company without a person's look. Whatever else comes, or nothing in time, the notice leaves. Who
decides again after that is not asked twice.
"""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from server.core import clock, reasons, work
from server.core.database import read, write
from server.core.reasons import Lapse, ReasonCode
from server.core.words import Seen
from server.journeys.report import effect, verification
from server.ledger.cases import decisions
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.monitoring import reading

WITHIN = timedelta(seconds=60)  # a notice waits no longer for a look


def wanted(session: Session, case: Case) -> bool:
    """Whether the server looks before a notice about this case leaves. Not once more where it has just said that it is gone."""
    kept = (reasons.read(reason) for reason in case.reasons)
    told = any(reason.code is ReasonCode.LAPSED and reason.params.get("why") == Lapse.GONE for reason in kept)
    return not told and verification.watched(session, case.listing_id) is not None


def ask(session: Session, decision_id: str) -> datetime:
    """Ask for the look, in the decision's own transaction; until when the effect waits for it."""
    work.enqueue(session, "look_first", decision_id)
    return clock.now() + WITHIN


@work.handler("look_first", low_priority=True)
def look_first(decision_id: str) -> None:
    """Look, and let the decision lapse or no longer wait. Safe to repeat; nothing once the decision has taken effect.

    Raises work.Retry when it is not our turn at this platform: it may be in time yet.
    """
    with read() as session:
        pending = decisions.pending(session, decision_id)
        listing = verification.watched(session, cases.get(session, pending.case_id).listing_id) if pending else None
    if pending is None or listing is None:
        return
    page = listing.look(patient=False)
    with write() as session:
        case = cases.get(session, pending.case_id, lock=True)
        waits = decisions.pending_on(session, [case.id]).get(case.id)
        if waits is None or waits.decision_id != decision_id:
            return
        if reading.seen(page) is Seen.GONE:
            effect.overtake(session, case, Lapse.GONE)
        else:
            work.drop(session, "take_effect", [decision_id])
            work.enqueue(session, "take_effect", decision_id, waits.due_at)
