"""Before step 10 takes effect: whether the server looks once more at a listing whose platform has agreed, and until when.

The rule is `ledger/cases/waits`; `looking_first` looks.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, reasons
from server.core.reasons import Lapse, ReasonCode
from server.journeys.report import verification
from server.ledger.cases import waits
from server.ledger.cases.models import Case, CaseDecision, PendingDecision
from server.ledger.cases.waits import Held, WaitsFor

KNOWS = timedelta(days=5)  # no digest is further away: so long, a decision made after "gone" needs no further look


def first_look(session: Session, case: Case) -> Held | None:
    """The look at what is being decided on: it is asked for at once, while the decision can be undone. None: nobody looks."""
    if not _is_watched(session, case, case.reasons):
        return None
    return waits.for_look(clock.now(), leaves=None, looked_at=None, asked=None)


def look_wanted(
    session: Session, case: Case, decision: CaseDecision, pending: PendingDecision, leaves: datetime | None
) -> Held | None:
    """The look that a decision waits for, its time being over; None: its notice is sent. `leaves`: when its digest does."""
    snapshot = decision.snapshot or {}
    known = snapshot.get("reasons", ()) if clock.now() - decision.at < KNOWS else ()
    if pending.notice is None or not _is_watched(session, case, known):
        return None
    asked = pending.waits_until if pending.waits_for == WaitsFor.LOOK else None
    return waits.for_look(clock.now(), leaves=leaves, looked_at=pending.looked_at, asked=asked)


def _is_watched(session: Session, case: Case, known: Iterable[Mapping[str, Any]]) -> bool:
    """Whether the server may look. Who decides knowing that it has said "gone" has looked: it is not asked twice."""
    kept = (reasons.read(reason) for reason in known)
    told = any(reason.code is ReasonCode.LAPSED and reason.params.get("why") == Lapse.GONE for reason in kept)
    return not told and verification.watched(session, case.listing_id) is not None
