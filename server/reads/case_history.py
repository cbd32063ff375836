"""What was done about a case: its decisions, the notice and how it travelled, and the checks of its listing."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, wording, work
from server.core.sentences import counted, sentence
from server.core.words import CaseState, Channel, CheckState, CheckWhy, Decision, DeliveryState, Event, Seen
from server.ledger.cases import decisions, waits
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case, CaseDecision, PendingDecision
from server.ledger.delivery import attempt_store, digest_store, registry
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.channel import Failure
from server.ledger.delivery.models import AttemptOutcome, MessageAttempt
from server.ledger.inbound import store as inbound
from server.ledger.monitoring import store as checks
from server.ledger.monitoring.models import CheckResult
from server.ledger.monitoring.reading import PageKind
from server.ledger.notices import reply_store
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.people.accounts.models import Account
from server.reads import carried_by_hand, disputes, gauges, outgoing, withheld

# --- The notice ------------------------------------------------------------------------------------------------------


def notice_page(session: Session, notice: Notice) -> dict[str, Any]:
    """What cases/_notice.html shows: how the notice travelled and what was said about it."""
    message = deliveries.of_notice(session, notice.id)
    stands = notices.stands(notice)
    waits = stands and notice.answer is None and message is not None and digest_store.awaits_digest(session, message)
    queued = message if stands and message and message.state == DeliveryState.QUEUED else None
    to_carry = deliveries.by_hand(session, notice.id)
    by_hand = next((each for each in to_carry if stands or each.event == Event.WITHDRAWN), None)
    entries = reply_store.threads(session, [notice], desk=True)[notice.id]
    in_thread = {entry.mail_id for entry in entries}
    mails = [mail for mail in inbound.of_notice(session, notice.id) if mail.id not in in_thread]
    return {
        "id": notice.id,
        "reference": notice.reference,
        "sent_at": notice.created_at,
        "answer_by": notice.answer_by,
        "delivery": message.state if message else DeliveryState.QUEUED,
        "next_attempt": outgoing.next_attempts(session, [notice.case_id]).get(notice.case_id) if stands else None,
        "paced_until": attempt_store.paced_until(session, queued) if queued else None,
        "most_an_hour": registry.CHANNELS[Channel(message.channel)].most_an_hour if message else None,
        "digest_at": work.next_attempts(session, "deliver_notice", [notice.id]).get(notice.id) if waits else None,
        "reminder_at": _next_reminder(session, notice) if stands and notice.decided_at is None else None,
        "form": carried_by_hand.form(session, notice, by_hand) if by_hand else None,
        "carried": carried_by_hand.stated(session, notice.id),
        "attempts": [
            {"at": attempt.started_at, "text": _attempt(attempt)}
            for attempt in deliveries.attempts(session, message.id)
        ]
        if message
        else [],
        "withdrawable": stands,
        "withdrawn_at": notice.withdrawn_at,
        "recalled": notices.is_recalled(notice),
        "company": notice.document["company_name"],
        "state": outgoing.state(notice),
        "our_turn_since": notice.our_turn_since if stands else None,
        "answered": any(entry.answer for entry in entries),
        "thread": sorted([*entries, *disputes.entries(session, notice.id)], key=lambda entry: entry.at),
        "mails": mails,
        "senders": inbound.senders(session, [entry.mail_id for entry in entries if entry.mail_id]),
        "deliveries": deliveries.states(session, [entry.message_id for entry in entries if entry.message_id]),
    }


def _next_reminder(session: Session, notice: Notice) -> datetime | None:
    """When the next reminder of a notice is due; None: none is planned."""
    kinds = ("remind_early", "remind_notice")
    planned = [work.next_attempts(session, kind, [notice.id]).get(notice.id) for kind in kinds]
    return min((at for at in planned if at), default=None)


def earlier_notices(session: Session, newest: Notice) -> list[dict[str, Any]]:
    """The notices that later ones have replaced, newest first, each with its thread."""
    return [notice_page(session, notice) for notice in notices.of_case(session, newest.case_id)[1:]]


ATTEMPT = {
    "sent": sentence("Sent"),
    "retry": sentence("Failed, will retry"),
    "permanent_failure": sentence("Permanently refused"),
    None: sentence("Interrupted"),
}


FAILURE = {
    Failure.UNREACHABLE: sentence("no connection, or no answer in time"),
    Failure.REFUSED_FOR_NOW: sentence("the mail server did not accept it this time"),
    Failure.ADDRESS_REFUSED: sentence("the address rejected our email"),
    Failure.REFUSED: sentence("the mail server did not accept this email"),
    Failure.CLOSED: sentence("the webhook says that it is closed (status 410)"),
    Failure.FORBIDDEN: sentence("nothing is sent to such an address"),
    Failure.NO_SECRET: sentence("the SPOC has no webhook secret, and nothing is sent unsigned"),
}


LATER = {Failure.UNREACHABLE, Failure.REFUSED_FOR_NOW, Failure.ANSWERED}  # another attempt may succeed


def _attempt(attempt: MessageAttempt) -> str:
    """How an attempt ended and why; what the other side answered stands behind it, as it did."""
    outcome = ATTEMPT[attempt.outcome]
    if attempt.failure is None:
        return outcome
    failure = Failure(attempt.failure)
    if attempt.outcome == AttemptOutcome.PERMANENT_FAILURE and failure in LATER:
        outcome = counted("Given up after %(number)s attempt", "Given up after %(number)s attempts", attempt.n)
    if failure is Failure.AS_WRITTEN:
        return sentence("%(outcome)s: %(why)s", outcome=outcome, why=attempt.answer)
    why = sentence("%(outcome)s: %(why)s", outcome=outcome, why=failure_words(failure, attempt.params or {}))
    return sentence("%(why)s (%(answer)s)", why=why, answer=attempt.answer) if attempt.answer else why


def failure_words(failure: Failure, params: Mapping[str, Any]) -> str:
    """Why an attempt did not deliver."""
    match failure:
        case Failure.ANSWERED:
            return sentence("the webhook answered with status %(status)s", status=str(params["status"]))
        case Failure.TOO_LARGE:
            return sentence(
                "the message has %(bytes)s bytes, and this channel carries %(largest)s",
                bytes=params["bytes"], largest=params["largest"],
            )  # fmt: skip
        case Failure.UNEXPECTED:
            return sentence("an error of ours, %(error)s", error=params["error"])
        case _:
            return FAILURE[failure]


# --- Decisions and checks --------------------------------------------------------------------------------------------


def hold(session: Session, case: Case) -> dict[str, Any] | None:
    """Why a held case waits and until when, with the coordinator's note; None when it is not held."""
    if case.state != CaseState.HELD:
        return None
    decision = cases.decisions(session, case.id)[-1]
    return {"hold_reason": case.held_why, "until": case.held_until, "note": decision.reason}


def opinion_wanted(session: Session, case: Case, account_id: str) -> dict[str, Any] | None:
    """Who asked that another coordinator decide, with their note, for everybody but them; None: nobody did.

    Also when the day until which they held it has come.
    """
    by_id = decisions.asked_for_opinion(session, case)
    if by_id is None or by_id == account_id:
        return None
    held = [row for row in cases.decisions(session, case.id) if row.decision == Decision.HOLD]
    return {"name": session.get_one(Account, by_id).name, "note": held[-1].reason}


def pending(session: Session, row: PendingDecision | None) -> dict[str, Any] | None:
    """The decision that has not taken effect: when it does or what it waits for, whether it can be undone, and whose it is; None:
    there is none."""
    if row is None:
        return None
    by_id = session.get_one(CaseDecision, row.decision_id).account_id
    open_ = row.due_at > clock.now()
    stop = gauges.stop(session, row.stop_id) if row.stop_id else None
    return {
        "until": row.due_at, "open": open_, "by_id": by_id, "stop": stop, "waits_for": None if open_ else row.waits_for,
        "waits_until": row.waits_until, "leaves": row.waits_until and row.waits_until + waits.AHEAD, "undoable": decisions.can_be_undone(row),
    }  # fmt: skip


def frozen(session: Session, case: Case, notice: Notice | None, waiting: PendingDecision | None) -> bool:
    """Whether frozen accounts alone reported what its notice says, the decided one or the last, or the case at all."""
    decided = waiting.notice["document"] if waiting and waiting.notice else None
    return withheld.is_held(session, case.id, decided or (notice.document if notice else None))


def history(session: Session, case: Case, waiting: PendingDecision | None) -> list[dict[str, Any]]:
    """Every decision that took effect, every reminder and every check, in the order of time: {at, text, case_id (the case it
    duplicates, or absent)}."""
    decided = [
        {"at": decision.at, "text": _decision(session, decision), "case_id": decision.duplicate_of}
        for decision in cases.decisions(session, case.id)
        if waiting is None or decision.id != waiting.decision_id
    ]
    entries = [*decided, *_reminders(session, case.id), *_checks(session, case.listing_id)]
    return sorted(entries, key=lambda entry: entry["at"])


REMINDED = {
    Event.DUE_SOON: sentence("Reminded of notice %(reference)s before its answer was due"),
    Event.REMINDED: sentence("Reminded of notice %(reference)s after its answer was due"),
}
NOT_REMINDED = {
    Event.DUE_SOON: sentence("The reminder of notice %(reference)s before its answer was due could not be delivered"),
    Event.REMINDED: sentence("The reminder of notice %(reference)s after its answer was due could not be delivered"),
}


def _reminders(session: Session, case_id: str) -> list[dict[str, Any]]:
    """The reminders that arrived, or could not be delivered; one that waits is none yet."""
    references = {notice.id: notice.reference for notice in notices.of_case(session, case_id)}
    entries = []
    for message, notice_id in deliveries.reminders(session, references):
        words = REMINDED if message.delivered_at else NOT_REMINDED
        if at := message.delivered_at or message.failed_at:
            text = sentence(words[Event(message.event)], reference=references[notice_id])
            entries.append({"at": at, "text": text})
    return entries


def _decision(session: Session, decision: CaseDecision) -> str:
    if decision.duplicate_of:
        original = cases.get(session, decision.duplicate_of).reference
        return sentence("Dismissed as a duplicate of %(case)s: %(note)s", case=original, note=decision.reason)
    match Decision(decision.decision):
        case Decision.NOTIFY:
            return sentence("Notified: %(note)s", note=decision.reason)
        case Decision.DISMISS:
            return sentence("Dismissed: %(note)s", note=decision.reason)
        case Decision.ASK:
            return sentence("Asked the spotters: %(note)s", note=decision.reason)
        case Decision.HOLD:
            return sentence("Held: %(note)s", note=decision.reason)


CHECK_ASKED = {
    CheckWhy.ANSWERED: sentence("Check requested: the company says the listing is gone"),
    CheckWhy.UNANSWERED: sentence("Check requested: no answer by the deadline"),
    CheckWhy.ASKED: sentence("Check requested by a coordinator"),
    CheckWhy.RELISTED: sentence("Check requested: it was gone, and may be there again"),
}
CHECK_SETTLED = {CheckState.GONE: sentence("Checked: gone"), CheckState.PRESENT: sentence("Checked: still there")}
SEEN = {
    Seen.PRESENT: sentence("still there"),
    Seen.GONE: sentence("gone"),
    Seen.CANNOT_TELL: sentence("cannot tell"),
}


def _checks(session: Session, listing_id: str) -> list[dict[str, Any]]:
    """The checks of a listing. "Checked" stands only where one was settled."""
    entries: list[dict[str, Any]] = []
    for check, results in checks.of_listing(session, listing_id):
        entries.append({"at": check.asked_at, "text": CHECK_ASKED[CheckWhy(check.why)]})
        entries += [{"at": result.at, "text": _look(result)} for result in results]
        if check.state in CHECK_SETTLED:
            entries.append({"at": check.settled_at, "text": CHECK_SETTLED[CheckState(check.state)]})
    return entries


GIVEN = {
    PageKind.LISTING: sentence("the page shows the listing"),
    PageKind.CHANGED: sentence("the page offers something in different words"),
    PageKind.OVER: sentence("the page shows the listing as sold or ended"),
    PageKind.NOT_FOUND: sentence("the site says that the page is not there"),
    PageKind.REMOVED: sentence("the page says so in the platform’s own words"),
    PageKind.SOFT_404: sentence("the page’s headline says so"),
    PageKind.LOGIN: sentence("the site asked us to sign in"),
    PageKind.CHALLENGE: sentence("the site blocked our server, or asked for a captcha"),
    PageKind.GEO_BLOCK: sentence("the site does not show it in our country"),
    PageKind.PARKED: sentence("the site’s domain is for sale"),
    PageKind.FRONT_PAGE: sentence("the site showed its front page"),
    PageKind.ELSEWHERE: sentence("the site sent us to another page"),
    PageKind.TROUBLE: sentence("the site did not answer, or answered with an error"),
    PageKind.FORBIDDEN: sentence(
        "robots.txt forbids the check or could not be read, or the address is not a public one"
    ),
    PageKind.UNCLEAR: sentence("the page does not say"),
}


def _look(result: CheckResult) -> str:
    seen = SEEN[Seen(result.seen)]
    if result.page:
        given = GIVEN[PageKind(result.page)]
        return sentence("The server checked: %(seen)s (%(given)s)", seen=seen, given=given)
    if result.coordinator:
        look = sentence("A coordinator checked: %(seen)s", seen=seen)
    elif result.account_id:
        look = sentence("A spotter checked: %(seen)s", seen=seen)
    else:
        look = sentence("The server checked: %(seen)s", seen=seen)
    return sentence("%(look)s. “%(note)s”", look=look, note=result.note) if result.note else look


OPEN_CHECK = {
    CheckWhy.ANSWERED: sentence("A check is open because the company says the listing is gone."),
    CheckWhy.UNANSWERED: sentence("A check is open because there was no answer by the deadline."),
    CheckWhy.ASKED: sentence("A check is open because a coordinator asked for it."),
    CheckWhy.RELISTED: sentence("A check is open because the listing was gone and may be there again."),
}


def open_check(session: Session, listing_id: str) -> dict[str, Any] | None:
    """The open check of a listing, as the case's page says it: why, since when it may be looked at, how many looked."""
    check = checks.open_check(session, listing_id)
    if check is None:
        return None
    looked = len(checks.results_of(session, check.id))
    due = "" if check.due_at <= clock.now() else wording.moment(check.due_at, clock.now())
    return {"why": OPEN_CHECK[CheckWhy(check.why)], "due": due, "due_at": check.due_at, "looked": looked}
