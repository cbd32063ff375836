"""Step 6, knowing again: the worker fingerprints what a report brought, and links its case to those it was seen in before.

Each step stores its fingerprints and commits before anybody searches: whichever of two workers commits last sees the
other's, so no pair is lost and no lock is needed. All of it is safe to repeat: after a crash the outbox does.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from server.core import clock, work
from server.core.database import read, write
from server.ledger.matches import store as matches
from server.ledger.matches.store import Near
from server.ledger.reports.models import Report

# Each stores a report's fingerprints of one kind (report's id, case's id), commits, and returns what is near.
STEPS: tuple[Callable[[str, str], list[Near]], ...] = ()


def queue(session: Session, report_id: str) -> None:
    """Ask for it in the caller's transaction: intake does no more than that."""
    work.enqueue(session, "know_again", report_id)


@work.handler("know_again", low_priority=True)
def know_again(report_id: str) -> None:
    """Fingerprint what this report brought, and link its case."""
    with read() as session:
        report = session.get(Report, report_id)
        if report is None:
            return
        case_id = report.case_id
    near = [other for step in STEPS for other in step(report_id, case_id)]
    if near:
        with write() as session:
            matches.link(session, case_id, near, clock.now())
