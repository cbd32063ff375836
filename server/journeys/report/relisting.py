"""Step 13 once more: has a listing that a check found gone come back? Checked a week and a month later, then no more.

The server looks where the platform has agreed, and whatever it cannot settle is a check for people; elsewhere people look
immediately. What they find follows as of any check: it brings the case back, and a coordinator decides.
"""

from sqlalchemy.orm import Session

from server.core import clock, outcome, recurring, work
from server.core.database import read, write
from server.core.outcome import Meaning
from server.core.words import Answer, CheckState, CheckWhy, Seen
from server.journeys.report import verification
from server.ledger.cases import store as cases
from server.ledger.monitoring import checking, reading
from server.ledger.monitoring import store as checks
from server.ledger.monitoring.models import Check
from server.ledger.monitoring.reading import PageKind
from server.ledger.notices import store as notices


@work.handler("look_for_relisting", low_priority=True)
def look_for_relisting(notice_id: str) -> None:
    """Look, or ask people to; then plan the next look. Safe to repeat: each of the times is looked at once."""
    with read() as session:
        check = _to_look_for(session, notice_id)
        listing = verification.watched(session, check.listing_id) if check else None
    if check is None:
        return
    page = listing.look() if listing else None
    with write() as session:
        cases.of_listing(session, check.listing_id)  # locked: looks follow each other
        check = _to_look_for(session, notice_id)
        if check is None or check.settled_at is None:
            return
        if page and reading.seen(page) is Seen.GONE:
            checks.add_page(session, check, page)
        else:
            _ask_people(session, check, page)
        if due_at := checking.look_for_relisting(check.settled_at, clock.now()):
            work.enqueue(session, "look_for_relisting", notice_id, due_at)


def _ask_people(session: Session, gone: Check, page: PageKind | None) -> None:
    """Open a check, with what the server was given, if it looked; trouble may pass, so it looks at that again."""
    now = clock.now()
    asked = checks.ask(
        session, gone.listing_id, notice_id=gone.notice_id, category=gone.category, why=CheckWhy.RELISTED, due_at=now
    )
    if page:
        check = checks.get(session, asked)
        checks.add_page(session, check, page)
        if checking.looks_again(checks.results_of(session, check.id), page):
            work.enqueue(session, "look_again", check.id, now + checking.APART)


def _to_look_for(session: Session, notice_id: str) -> Check | None:
    """The check that found a notice's listing gone, if it is time to look for it again; None: something else has come."""
    notice = notices.get(session, None, notice_id)
    kept = notice.answer is not None and outcome.MEANS[Answer(notice.answer)] is Meaning.KEPT
    if not notices.stands(notice) or kept or notice.found != CheckState.GONE:
        return None
    check = checks.gone(session, notice_id)
    if check is None or checks.open_check(session, check.listing_id):
        return None
    due = checking.times_to_look(check.settled_at, clock.now()) if check.settled_at else 0
    return check if checks.looked_for(session, check) < due else None


@recurring.every(24 * 3600, "lapse_relisted_checks")
def lapse() -> None:
    """A check that nobody took up is not asked for ever."""
    with write() as session:
        checks.lapse(session, clock.now() - checking.LAPSES)
