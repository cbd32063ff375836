"""Before step 10 takes effect: where a platform has agreed, the server checks once more whether the listing is still there.

It looks when it is decided, apart from the work that sends, so that a slow site holds up nobody else's notice; and again where
that was long ago when the decision is to take effect: a stop or frozen accounts have held it, or it waited for a digest
(`watched_notices`). The decision can be undone all the while.

A page that says gone gives the decision back to the coordinators: one look is not enough to say that it is gone, and too much to
notify a company without a person's look. Whatever else comes, or nothing in time, the notice leaves.
"""

from server.core import work
from server.core.database import read, write
from server.core.reasons import Lapse
from server.core.words import Seen
from server.journeys.report import effect, verification
from server.ledger.cases import decisions
from server.ledger.cases import store as cases
from server.ledger.monitoring import reading


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
        waiting = decisions.pending_on(session, [case.id]).get(case.id)
        if waiting is None or waiting.decision_id != decision_id:
            return
        if reading.seen(page) is Seen.GONE:
            effect.overtake(session, case, Lapse.GONE)
            return
        decisions.looked(waiting)
        if waiting.stop_id is None:  # else whoever lets it go asks for that
            work.drop(session, "take_effect", [decision_id])
            work.enqueue(session, "take_effect", decision_id, waiting.due_at)
