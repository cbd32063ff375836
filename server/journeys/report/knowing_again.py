"""Step 6, knowing again: the worker fingerprints what a report brought, and links its case to those it was seen in before.

Each step stores its fingerprints and commits before anybody searches: whichever of two workers commits last sees the
other's, so no pair is lost and no lock is needed. All of it is safe to repeat: after a crash the outbox does.
"""

from collections.abc import Callable

from sqlalchemy.orm import Session

from server.core import clock, recurring, work
from server.core.database import read, write
from server.core.words import LinkKind
from server.journeys.report import knowing_photos, knowing_sellers, knowing_texts, reposts, ring
from server.ledger.matches import common_texts, photo_store, seller_store, text_store
from server.ledger.matches import store as matches
from server.ledger.matches.store import Near
from server.ledger.reports import store as reports
from server.ledger.reports.models import Report

SOME = 200  # recomputed at a time: other work waits meanwhile
FEW_PHOTOS = 50  # swept at a time
MOST_REPORTS = 20  # of a case, the newest

# Each stores a report's fingerprints of one kind (report's id, case's id), commits, and returns what is near.
STEPS: tuple[Callable[[str, str], list[Near]], ...] = (
    knowing_photos.same_photo,
    knowing_texts.same_text,
    knowing_sellers.same_seller,
)


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
    _link(case_id, [other for step in STEPS for other in step(report_id, case_id)])
    ring.look(case_id)


def _link(case_id: str, near: list[Near]) -> None:
    """Link the case with those near it, and triage reposts again."""
    if near:
        with write() as session:
            matches.link(session, case_id, near, clock.now())
    same_goods = {other.case_id for other in near if other.kind is not LinkKind.SELLER}
    for each in sorted({case_id, *same_goods} if same_goods else ()):  # each alone: the links above hold their cases
        with write() as session:
            reposts.judge(session, each)


@recurring.every(60, "sweep_photos")
def sweep_photos() -> None:
    """Seek photos as far as two can differ that were sought less far at once, and link what was missed."""
    with read() as session:
        photos = photo_store.unswept(session, FEW_PHOTOS)
    for each in photos:
        _link(each.case_id, knowing_photos.near(each, photo_store.SWEEP))
        with write() as session:
            photo_store.swept(session, each.id, clock.now())


@recurring.every(60, "renew_photos")
def renew_photos() -> None:
    """Recompute some of the photo fingerprints that another version made."""
    knowing_photos.renew()


@recurring.every(60, "know_again_anew")
def renew() -> None:
    """Recompute some fingerprints that rest on other common phrases or an earlier secret, and search by them."""
    with read() as session:
        outdated = text_store.outdated(session, common_texts.phrases()[0], SOME)
        cases = seller_store.outdated(session, SOME)
    for report_id in outdated:
        know_again(report_id)
    for case_id in cases:
        with read() as session:
            newest = [report.id for report in reports.of_case(session, case_id, MOST_REPORTS)]
        for report_id in newest:
            know_again(report_id)
        with write() as session:
            seller_store.forget_outdated(session, case_id)
