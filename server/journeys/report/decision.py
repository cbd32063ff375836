"""Steps 8 to 10: a coordinator decides. For a notice, find its route, compose it and queue it."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import audit, clock, languages, outcome, urls, web, work
from server.core.database import new_id, read, reference, write
from server.core.words import (
    Answer,
    Basis,
    CaseState,
    Decision,
    FeedbackCode,
    HoldReason,
    Legality,
    Refused,
    Status,
    sentence,
)
from server.journeys.report import delivery
from server.journeys.report.answering import answered
from server.ledger.cases import states
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.companies import routing
from server.ledger.companies import store as companies
from server.ledger.listings.models import Listing
from server.ledger.monitoring import store as checks
from server.ledger.notices import answers, compose
from server.ledger.notices import store as notices
from server.ledger.reports import statements
from server.ledger.reports import store as reports
from server.ledger.reports.feedback_words import Entry
from server.ledger.reports.models import Report
from server.ledger.species import store as species
from server.people.accounts.models import Account
from server.people.courses import lesson_links


def decide(
    case_id: str,
    account_id: str,
    *,
    decision: str,
    reason: str,
    version: int,
    until: datetime | None = None,
    why: str | None = None,
    basis: str | None = None,
    law: dict[str, Any] | None = None,
    policy_reference: str | None = None,
    because: str | None = None,
) -> str | None:
    """A coordinator decides on the version of the case they saw. Returns the notice's id when one leaves.

    Raises Refused: stale (the case has changed since), unrouted, incomplete, conflict, invalid (a day that is over).
    """
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        if case.version != version:
            raise Refused("stale", sentence("This case has changed since you opened it."))
        notice_id, waiting = None, reports.unfinished(session, case.id)
        if decision == Decision.ASK and not _may_answer(session, waiting):
            raise Refused(
                "conflict", sentence("Nobody who reported this can answer any more. Decide on what you have.")
            )
        if decision == Decision.HOLD and until and not states.may_wait_until(until, clock.now()):
            raise Refused("invalid", states.NAME_A_DAY, errors={"until": [states.NAME_A_DAY]})
        if decision == Decision.NOTIFY:
            notice_id = _queue_notice(session, case, reason, basis or Basis.POLICY, law, policy_reference)
        cases.move(session, case, decision, account_id)
        cases.mark_seen(case)
        cases.add_decision(session, case, version, decision, reason, account_id, because)
        if decision == Decision.HOLD:
            cases.hold(case, until, why or HoldReason.OTHER)
        elif decision == Decision.DISMISS:
            _withdraw_standing(session, case, account_id)
        status, entry = _told(Decision(decision), reason)
        for report in waiting:
            if notice_id:
                reports.join_notice(report, notice_id)
            reports.move(session, report, status, entry, actor_id=account_id, lesson=lesson_links.of_dismissal(because))
        return notice_id


def _may_answer(session: Session, waiting: list[Report]) -> bool:
    """Whether any reporter who could answer still has an open account."""
    here = select(Account.id).where(
        Account.id.in_({report.account_id for report in waiting}), Account.disabled_at.is_(None)
    )
    return session.scalar(here.limit(1)) is not None


def _withdraw_standing(session: Session, case: Case, account_id: str) -> None:
    """Withdraw the notice of a dismissed case while its answer is open."""
    notice = notices.latest(session, case.id)
    if notice and outcome.is_open(Answer(notice.answer) if notice.answer else None):
        notices.withdraw(session, notice.id)
        checks.drop(session, case.listing_id)
        audit.record(session, account_id, "notice_withdrawn", "notice", notice.id)


def attach_reports(case_id: str, account_id: str, version: int) -> None:
    """Attach reports that came after the notice, once a coordinator has looked: they take the notice's status."""
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        if case.version != version:
            raise Refused("stale", sentence("Another report has arrived since you opened this case. Look again."))
        notice = notices.latest(session, case_id)
        if notice is None or case.state not in (CaseState.NOTIFIED, CaseState.ANSWERED):
            raise Refused(
                "conflict", sentence("Decide on this case first: there is no notice to add these reports to.")
            )
        (status, entry), answer = _told(Decision.NOTIFY, ""), None
        last = notices.last_answer(session, case_id)
        if case.state == CaseState.ANSWERED and last:
            status, answer = answers.status_after(Answer(last.answer)) or Status.NOTIFIED, last.answer
            entry = answered(notice.document["company_name"], Answer(answer), last.reason)
        for report in reports.unfinished(session, case_id):
            if report.notice_id is None:
                reports.join_notice(report, notice.id)
                reports.move(
                    session, report, status, entry, outcome=answer, actor_id=account_id,
                    lesson=lesson_links.of_outcome(status),
                )  # fmt: skip
        cases.mark_seen(case)
        audit.record(session, account_id, "reports_taken_in", "case", case_id)


def _told(decision: Decision, reason: str) -> tuple[Status, Entry]:
    """What the spotters are told of a decision. Reasons to hold or to notify stay with the coordinators."""
    return {
        Decision.NOTIFY: (Status.NOTIFIED, Entry(FeedbackCode.NOTICE_QUEUED)),
        Decision.DISMISS: (Status.DISMISSED, Entry(FeedbackCode.DISMISSED, text=reason)),
        Decision.ASK: (Status.NEEDS_INFO, Entry(FeedbackCode.QUESTION, text=reason)),
        Decision.HOLD: (Status.IN_REVIEW, Entry(FeedbackCode.HELD)),
    }[decision]


# --- 9 and 10 Routing and notice -------------------------------------------------------------------------------------


def _why_unrouted(platform: routing.RoutedPlatform | None) -> str:
    """Why no notice can leave, and what to do about it."""
    if platform is None:
        return sentence("No company is known for this address. Add it to the directory. The case waits.")
    name = platform.company.name
    if any(spoc.bounced for spoc in platform.company.spocs):
        return sentence(
            "The last mail to %(company)s bounced. Correct its address in the directory. The case waits.", company=name
        )
    return sentence("%(company)s has no SPOC yet. Add one to the directory. The case waits.", company=name)


def _queue_notice(
    session: Session, case: Case, reason: str, basis: str, law: dict[str, Any] | None, policy_reference: str | None
) -> str:
    """Find the SPOC, compose the notice once, and queue it in the decision's own transaction."""
    settings = web.settings()
    ad = session.get_one(Listing, case.listing_id)
    address = urls.read(ad.url)
    platform = companies.directory(session).route(address)
    spoc = routing.choose_spoc(platform.company, demo=settings.demo) if platform else None
    if platform is None or spoc is None:
        raise Refused("unrouted", _why_unrouted(platform))
    company = platform.company
    cases.assign(case, company.id)
    case_reports = reports.of_case(session, case.id)
    best = statements.by_weight(case_reports, case.text)[0]
    says = statements.stated(case_reports, case.text)
    taxa = species.taxa_for(session, cases.taxa(session, [case.id])[case.id])
    notice_id = new_id()
    document = compose.compose(
        notice_id=notice_id,
        reference=reference("N", notice_id),
        company={"slug": company.slug, "name": company.name},
        platform={"slug": platform.slug, "name": platform.name},
        listing={
            "url": urls.plain(address),
            "title": ad.title,
            "seller": says["seller"],
            "price": says["price"],
            "first_seen": ad.first_seen_at,
        },
        category=best.category,
        taxa=list(taxa.values()),
        reasons=[reason],
        legality_evidence=best.legality_evidence or Legality.UNKNOWN,
        basis=basis,
        law=law,
        policy_reference=policy_reference or company.policy_url,
        organisation=settings.organisation,
        contact_email=settings.contact_email,
        at=clock.now(),
        guide_url=settings.base_url + "/training",
    )
    with languages.speaking(languages.of_company(spoc.languages)):  # what has left stays as it was said
        document["good_faith"]["statement"] = languages.said(document["good_faith"]["statement"])
    missing = compose.missing(document)
    if missing:
        no_policy = basis == Basis.POLICY and not document["policy_reference"]
        raise Refused("incomplete", missing[0], errors={"policy_reference" if no_policy else "notice": missing})
    return delivery.queue_notice(
        session, case_id=case.id, company_id=company.id, spoc_id=spoc.id, channel=spoc.channel,
        address=spoc.address, document=document,
    )  # fmt: skip


def mark_clean(evidence_id: str, account_id: str) -> None:
    """Record that a person checked this screenshot: it shows no volunteer and no third person, so it may be sent."""
    with write() as session:
        reports.mark_clean(session, evidence_id, account_id)


@work.every(60, "release_held")
def release_held() -> None:
    """Reopen held cases whose date has come."""
    with read() as session:
        due = cases.due_held(session, clock.now())
    for case_id in due:
        with write() as session:
            case = cases.get(session, case_id, lock=True)
            if case.state == CaseState.HELD:
                cases.move(session, case, "release", None)
