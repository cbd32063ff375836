"""Step 13: is it really gone? People look again, and the server where a platform has agreed.

Nothing leaves by what is found: a listing that is still there brings its case back, and a coordinator decides.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock, outcome, urls, web, work
from server.core.database import read, write
from server.core.reasons import Reason, ReasonCode
from server.core.redirects import destination
from server.core.sentences import sentence
from server.core.words import Answer, CheckState, CheckWhy, FeedbackCode, Refused, Seen, Status
from server.journeys.report import reposts
from server.ledger.cases import states
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.companies import store as companies
from server.ledger.companies.routing import RoutedPlatform
from server.ledger.listings.key import listing_key
from server.ledger.listings.models import Listing
from server.ledger.monitoring import checking, watching
from server.ledger.monitoring import store as checks
from server.ledger.monitoring.models import Check
from server.ledger.monitoring.reading import Expected, PageKind
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports import store as reports
from server.ledger.reports.feedback_words import Entry
from server.ledger.reports.models import Report
from server.people.accreditation import store as accreditation


def after_answer(session: Session, case: Case, notice: Notice, answer: Answer | None) -> None:
    """Request the check that an answer calls for (None: no answer in time). It replaces an earlier open check."""
    due = checking.due_after(answer, clock.now())
    if due is None:
        checks.drop(session, case.listing_id)
        return
    why, due_at = due
    _ask(session, case, notice, why, due_at)


def _ask(
    session: Session, case: Case, notice: Notice, why: CheckWhy, due_at: datetime, asked_by: str | None = None
) -> str:
    check_id = checks.ask(
        session, case.listing_id, notice_id=notice.id, category=notice.document["suspicion"]["category"], why=why,
        due_at=due_at, asked_by=asked_by,
    )  # fmt: skip
    if watched(session, case.listing_id):
        work.enqueue(session, "look_again", check_id, due_at)
    return check_id


def ask_check(case_id: str, account_id: str) -> None:
    """Request a check for a coordinator; one already asked for, where nobody has looked yet, stays.

    Raises Refused("conflict") without an active notice.
    """
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        notice, check = _standing(session, case), checks.open_check(session, case.listing_id)
        if (
            check
            and check.why == CheckWhy.ASKED
            and check.notice_id == notice.id
            and not checks.results_of(session, check.id)
        ):
            return
        _ask(session, case, notice, CheckWhy.ASKED, clock.now(), account_id)


def look(check_id: str, account_id: str, seen: Seen, note: str | None = None) -> None:
    """Record what a spotter saw. Raises Refused: not-found, gone (check settled), conflict (already looked)."""
    with write() as session:
        _may_answer(session, account_id, check_id)
        case = cases.of_listing(session, checks.get(session, check_id).listing_id)  # locked: looks follow each other
        _may_answer(session, account_id, check_id)
        check = checks.get(session, check_id)
        if checks.add_result(session, check, account_id, seen, note):
            _settle(session, case, check, None)


def _may_answer(session: Session, account_id: str, check_id: str) -> None:
    check, now = checks.get(session, check_id), clock.now()
    reported = select(Report.id).join(Case, Case.id == Report.case_id)
    reported = reported.where(Case.listing_id == check.listing_id, Report.account_id == account_id)
    checking.may_answer(
        accreditation.level(session, account_id, now),
        session.scalar(reported.limit(1)) is not None,
        due=check.due_at <= now,
        still_open=check.state == CheckState.OPEN,
        looked_already=checks.own_result(session, check_id, account_id) is not None,
    )


def look_as_coordinator(case_id: str, account_id: str, seen: Seen) -> None:
    """Record what a coordinator saw: it settles the check, unless they cannot tell."""
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        check = checks.open_check(session, case.listing_id)
        if check is None:
            at = clock.now()
            check = checks.get(session, _ask(session, case, _standing(session, case), CheckWhy.ASKED, at, account_id))
        if checks.add_result(session, check, account_id, seen, None, coordinator=True):
            _settle(session, case, check, account_id)


@work.handler("look_again", low_priority=True)
def look_again(check_id: str) -> None:
    """Look from the server, if the platform still agrees and the check is open; a look that says gone is repeated."""
    with read() as session:
        check = checks.get(session, check_id)
        listing = watched(session, check.listing_id)
        still_open = check.state == CheckState.OPEN
    if not still_open or listing is None:
        return
    page = listing.look()
    with write() as session:
        case = cases.of_listing(session, check.listing_id)
        check = checks.get(session, check_id)
        if check.state == CheckState.OPEN:
            checks.add_page(session, check, page)
            _settle(session, case, check, None)
            if check.state == CheckState.OPEN and checking.looks_again(checks.results_of(session, check.id), page):
                work.enqueue(session, "look_again", check_id, clock.now() + checking.APART)


@dataclass(frozen=True)
class Watched:
    """A listing that the server may look at, and what is known of it."""

    url: str
    platform: RoutedPlatform
    is_same: Callable[[urls.Address], bool]
    is_theirs: Callable[[urls.Address], bool]
    known: Expected

    def look(self, patient: bool = True) -> PageKind:
        """Fetch it once, outside any transaction."""
        about, removed = web.settings().base_url, self.platform.removed
        whose = (self.is_same, self.is_theirs)
        return watching.look(self.url, self.platform.id, *whose, self.known, removed, about, patient)


def watched(session: Session, listing_id: str) -> Watched | None:
    """The listing, if its platform has agreed that the server looks; where it leads, not the counter of clicks before it."""
    listing, directory = session.get_one(Listing, listing_id), companies.directory(session)
    address = destination(urls.read(listing.url))
    platform = directory.route(address)
    if platform is None or not platform.agreed_by:
        return None
    key = listing_key(address, platform)[0]

    def is_theirs(other: urls.Address) -> bool:
        routed = directory.route(other) if destination(other) == other else None
        return routed is not None and routed.id == platform.id

    def is_same(other: urls.Address) -> bool:
        return is_theirs(other) and listing_key(other, platform)[0] == key

    stated = select(Report.listing).join(Case, Case.id == Report.case_id).where(Case.listing_id == listing_id)
    newest = session.scalars(stated.where(reports.STANDS).order_by(Report.id.desc()).limit(_MOST_READ))
    pictures = tuple(str(picture.get("url", "")) for each in newest for picture in (each or {}).get("images") or [])
    return Watched(urls.plain(address), platform, is_same, is_theirs, Expected(listing.title, listing.number, pictures))


_MOST_READ = 5  # reports of a listing whose pictures are compared


def _standing(session: Session, case: Case) -> Notice:
    notice = notices.latest(session, case.id)
    if notice is None or notice.withdrawn_at:
        raise Refused("conflict", sentence("This case has no active notice, so there is nothing to check yet."))
    return notice


def _settle(session: Session, case: Case, check: Check, actor_id: str | None) -> None:
    """When the looks decide: tell the spotters, and reopen a case whose listing is there."""
    seen = checking.verdict(checks.results_of(session, check.id))
    if seen is None:
        return
    gone_at = checks.found_gone(session, [check.notice_id]).get(check.notice_id) if check.notice_id else None
    checks.settle(session, check, seen, actor_id)
    reposts.outcome_changed(session, case.id)
    if check.notice_id is None:
        return
    notices.note_found(session, check.notice_id, CheckState(check.state), clock.now())
    notice = notices.get(session, None, check.notice_id)
    if seen is Seen.PRESENT:
        _is_there(session, case, notice, check, gone_at, actor_id)
    elif check.why != CheckWhy.RELISTED:  # else nothing has changed, and the next look is asked for
        work.drop(session, "look_for_relisting", [notice.id])
        work.enqueue(session, "look_for_relisting", notice.id, checking.look_for_relisting(clock.now(), clock.now()))
        _tell(session, notice, FeedbackCode.CHECKED_GONE, actor_id)


def _is_there(
    session: Session, case: Case, notice: Notice, check: Check, gone_at: datetime | None, actor_id: str | None
) -> None:
    """A listing that somebody said, or a check found (`gone_at`), to be gone brings its case back.

    One that no answer has moved stays where it is, with the reason: its notice is the company's to answer, so there is nothing
    to decide on, a second notice never goes beside it, and silence is followed up as before (0041).
    """
    today, says_gone = clock.now().date().isoformat(), notice.answer in outcome.SAYS_GONE
    if gone_at and not (says_gone and notice.answered_at and notice.answered_at > gone_at):
        reason = Reason(ReasonCode.THERE_AGAIN, None, {"day": today, "gone": gone_at.date().isoformat()})
        told = FeedbackCode.THERE_AGAIN
    elif says_gone:
        reason = Reason(ReasonCode.STILL_THERE, None, {"day": today, "answer": notice.answer})
        told = FeedbackCode.STILL_THERE
    else:
        _tell(session, notice, FeedbackCode.CHECKED_PRESENT, actor_id)
        return
    if states.possible(case.state, "again"):
        cases.move(session, case, "again", actor_id, check=check.id)
    cases.put_first(case, reason)
    _tell(session, notice, told, actor_id)


def _tell(session: Session, notice: Notice, told: FeedbackCode, actor_id: str | None) -> None:
    """Tell the spotters; of what was removed and is there, that it is in review again."""
    day = {"day": clock.now().date().isoformat()}
    for report in reports.of_notice(session, notice.id):
        if told in _BACK and report.status == Status.REMOVED:
            reports.move(session, report, Status.IN_REVIEW, Entry(told, day), actor_id=actor_id)
        else:
            reports.say(session, report.id, report.status, Entry(_BACK.get(told, told), day), mail=False)


# What brings a case back, and what it is to a spotter whose report is not moved by that.
_BACK = {
    FeedbackCode.STILL_THERE: FeedbackCode.CHECKED_PRESENT,
    FeedbackCode.THERE_AGAIN: FeedbackCode.THERE_AGAIN,
}
