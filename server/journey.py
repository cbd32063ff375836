"""The life of one report, step by step. Read it top to bottom and you have read the system.

One function a step, one transaction a function: what changes, its audit row and the work that follows commit together.
This is the one module that changes things in several rooms; ids go in, plain values come out.
"""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from server import audit, clock, post, urls, vault, web, wording, work
from server.accounts.models import Account
from server.cases import states, triage
from server.cases import store as cases
from server.cases.models import Case
from server.companies import routing
from server.companies import store as companies
from server.database import db, new_id, read, reference, write
from server.listings import key as listing_key
from server.listings import store as listings
from server.listings.models import Listing
from server.notices import answers, channels, compose
from server.notices import store as notices
from server.overview import notices as leaving
from server.reports import intake, pictures
from server.reports import store as reports
from server.reports.models import Evidence, Feedback, Report
from server.species import store as species
from server.species.judging import Assessment
from server.training import accreditation
from server.training import store as training
from server.words import (
    Answer,
    Basis,
    CaseState,
    Channel,
    Decision,
    DeliveryState,
    HoldReason,
    Legality,
    Level,
    Refused,
    Status,
    Via,
)

# --- 4 The gate ------------------------------------------------------------------------------------------------------


def may_report(account_id: str) -> Refused | None:
    """None when this person may report today, else the refusal, in words they can act on."""
    try:
        _gate(account_id)
    except Refused as refusal:
        return refusal
    return None


def _gate(account_id: str) -> Level:
    """The level of an accredited person. Raises Refused("not-accredited") for everybody else."""
    at = clock.now()
    last = training.current_standing(db.session(), account_id, at)
    accreditation.may_report(last, at, training_url=web.settings().base_url + "/training")
    return last.level  # type: ignore[union-attr]


# --- 5 to 8 Intake: keep, know again, know what it is, triage --------------------------------------------------------


def receive_report(
    account_id: str, key: str, stated: dict[str, Any], data: dict[str, Any], parts: dict[str, bytes]
) -> tuple[dict[str, Any], bool]:
    """Keep one report; its receipt, and whether it is new (False: this key's first answer again).

    `stated` is the JSON as parsed, `data` the same as `reports.schemas.NewReport` read it, `parts` the files by name.
    The files are in the vault, fsynced, before the transaction begins; when it has committed, everything is on disk.
    Raises Refused: not-accredited, invalid (a reused key, a lying hash, no picture), unavailable.
    """
    content = intake.content_hash(stated, parts)
    answer = reports.first_answer(db.session(), account_id, key, content)
    if answer:
        return answer, False
    level = _gate(account_id)
    files = intake.check_files(data.get("evidence") or [], parts)
    for file in files:
        vault.keep(file.data)

    address = urls.read(data["url"])
    platform = companies.directory(db.session()).route(address)
    known_as, number = listing_key.listing_key(address, platform)
    suspicion, listing = data["suspicion"], data.get("listing") or {}
    text = "\n".join(filter(None, (listing.get("title"), listing.get("description"))))
    said = species.assess(db.session(), text, suspicion["category"], taxon_id=suspicion.get("taxon_id"))

    at = clock.now()
    receipt = reports.new_receipt(at)
    with write() as session:
        if not reports.claim_key(session, account_id, key, content, receipt):
            answer = reports.first_answer(session, account_id, key, content)
            if answer is None:
                raise Refused("in-flight", "This report is being kept right now. Try again.", retry_after=5)
            return answer, False
        listing_id, new = listings.find_or_create(
            session, known_as, url=address.href, platform_id=platform.id if platform else None, number=number,
            title=listing.get("title"),
        )  # fmt: skip
        company_id = platform.company.id if platform else None
        case = cases.open_case(listing_id, company_id, address.host) if new else cases.of_listing(session, listing_id)
        _triage(session, case, said, text, data, level, at)
        if new:
            cases.keep_new(session, case)
        cases.set_taxa(session, case.id, said.taxa, new)
        reports.add(session, receipt, account_id, case.id, level, at, data)
        reports.add_evidence(session, receipt["id"], files)
        opened = {"opened": True} if new else {}
        audit.record(session, account_id, "report_received", "report", receipt["id"], case=case.id, **opened)
    return receipt, True


def _triage(
    session: Session, case: Case, said: Assessment, text: str, data: dict[str, Any], level: str, at: datetime
) -> None:
    """One more report on the case: count it, judge its priority anew, and bring back what was over.

    An answered case comes back only for an ad captured after the answer: an older capture that was late to arrive
    says nothing about a re-listing.
    """
    suspicion, listing, before = data["suspicion"], data.get("listing") or {}, None
    if case.state == CaseState.CLOSED:
        before = "dismissed"
    elif case.state == CaseState.ANSWERED:
        last = notices.last_answer(session, case.id)
        if last and data["captured_at"] > last.at:
            before = (answers.status_after(Answer(last.answer)) or Status.NOTIFIED).value
    if before:
        cases.move(session, case, "again", None)
    if case.report_count:
        case.version += 1  # a decision is made on what was seen: one more report is something else
    case.report_count += 1
    case.unseen_count += 1
    judged = triage.prioritise(
        triage.Signals(
            category=suspicion["category"],
            words_score=said.score,
            words_reasons=said.reasons,
            appendices=said.appendices,
            confidence=suspicion.get("confidence"),
            legality_evidence=suspicion.get("legality_evidence"),
            age_hours=_age_hours(listing.get("posted_at"), at),
            reports=case.report_count,
            trusted=level != Level.PROBATION,
            before=before,
        )
    )
    if judged.score >= case.priority or before:
        case.priority = judged.score
        case.parts = {"likely": judged.likely, "harm": judged.harm, "fresh": judged.fresh}
        case.reasons = [{"sign": sign, "words": words} for sign, words in judged.reasons]
    else:  # the strongest report says why the case stands where it does; more reports are told beside it
        others = [reason for reason in case.reasons if not reason["words"].endswith(" reports")]
        case.reasons = [{"sign": "+", "words": f"{case.report_count} reports"}, *others]
    if said.matches or not case.text:
        case.text, case.matches = text, [[m["start"], m["end"], m["kind"]] for m in said.matches]
    case.updated_at = at


def _age_hours(posted_at: str | None, at: datetime) -> float | None:
    """Hours since the ad says it was posted, when it says so in ISO 8601; other spellings are kept, not guessed."""
    try:
        posted = datetime.fromisoformat(posted_at or "")
    except ValueError:
        return None
    posted = posted.replace(tzinfo=posted.tzinfo or at.tzinfo)
    return max((at - posted).total_seconds() / 3600, 0.0)


@work.handler("copy_picture")
def copy_picture(evidence_id: str) -> None:
    """Re-encode a picture, so that nobody ever opens the original."""
    with read() as session:
        file = session.get(Evidence, evidence_id)
        if file is None or file.copy_sha256 or file.unreadable:
            return
        data = vault.read(file.sha256)
    try:
        clean, blurred = pictures.copies(data)
        kept = (vault.keep(clean), vault.keep(blurred), None)
    except ValueError as problem:
        kept = (None, None, str(problem))  # type: ignore[assignment]
    with write() as session:
        reports.keep_copies(session, evidence_id, *kept)


# --- 8 Decision ------------------------------------------------------------------------------------------------------


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
) -> str | None:
    """A coordinator decides on the version of the case they saw. Returns the notice's id when one leaves.

    Raises Refused: stale (the case has changed since), unrouted, incomplete, conflict.
    """
    with write() as session:
        case = cases.one(session, case_id, lock=True)
        if case.version != version:
            raise Refused("stale", "This case has changed since you looked. Look again; your reason is not lost.")
        notice_id = None
        if decision == Decision.NOTIFY:
            notice_id = _queue_notice(session, case, reason, basis or Basis.POLICY, law, policy_reference)
        cases.move(session, case, decision, account_id)
        case.unseen_count = 0
        cases.add_decision(session, case, decision, reason, account_id)
        if decision == Decision.HOLD:
            case.held_until, case.held_why = until, why or HoldReason.OTHER
        elif decision == Decision.DISMISS:
            _withdraw_standing(session, case.id, account_id)
        status, text = _told(Decision(decision), reason)
        for report in reports.unfinished(session, case.id):
            report.notice_id = notice_id or report.notice_id
            reports.move(session, report, status, text, actor_id=account_id)
        return notice_id


def _withdraw_standing(session: Session, case_id: str, account_id: str) -> None:
    """A dismissed case asks nothing of a company any more, if it had not answered yet."""
    notice = notices.latest(session, case_id)
    if notice and (notice.answer is None or Answer(notice.answer) in answers.WAITS | answers.ASKS):
        notices.withdraw(session, notice.id)
        audit.record(session, account_id, "notice_withdrawn", "notice", notice.id)


def take_in(case_id: str, account_id: str, version: int) -> None:
    """A coordinator has looked at reports that came after the notice: they join it, and stand where it stands."""
    with write() as session:
        case = cases.one(session, case_id, lock=True)
        if case.version != version:
            raise Refused("stale", "Another report has come since you looked. Look again.")
        notice = notices.latest(session, case_id)
        if notice is None or case.state not in (CaseState.NOTIFIED, CaseState.ANSWERED):
            raise Refused("conflict", "Decide on this case first; there is no notice these reports could join.")
        status, text, speaker, outcome = *_told(Decision.NOTIFY, ""), "coordinator", None
        last = notices.last_answer(session, case_id)
        if case.state == CaseState.ANSWERED and last:
            status, outcome = answers.status_after(Answer(last.answer)) or Status.NOTIFIED, last.answer
            speaker, text = _answered(notice.document["company_name"], outcome, last.reason)
        for report in reports.unfinished(session, case_id):
            if report.notice_id is None:
                report.notice_id = notice.id
                reports.move(session, report, status, text, speaker=speaker, outcome=outcome, actor_id=account_id)
        case.unseen_count = 0
        audit.record(session, account_id, "reports_taken_in", "case", case_id)


def _told(decision: Decision, reason: str) -> tuple[Status, str]:
    """What the spotter hears of a decision. A coordinator's reason to hold or notify stays inside."""
    return {
        Decision.NOTIFY: (Status.NOTIFIED, "A notice is on its way to the company. We tell you what it answers."),
        Decision.DISMISS: (Status.DISMISSED, reason),
        Decision.ASK: (Status.NEEDS_INFO, reason),
        Decision.HOLD: (Status.IN_REVIEW, "A coordinator has looked and keeps it for now."),
    }[decision]


# --- 9 and 10 Routing and notice -------------------------------------------------------------------------------------


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
        said = f"{platform.company.name} has no SPOC yet." if platform else "No company is known for this address."
        raise Refused("unrouted", f"{said} Add it to the directory; the case waits.")
    company = platform.company
    case.company_id = company.id
    told = reports.of_case(session, case.id)
    best = max(told, key=lambda report: (report.level != Level.PROBATION, report.id))
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
            "seller": (best.listing.get("seller") or {}).get("name"),
            "price": best.listing.get("price"),
            "first_seen": ad.first_seen_at,
        },
        category=best.category,
        taxa=list(taxa.values()),
        reasons=[reason],
        legality_evidence=best.legality_evidence or Legality.UNKNOWN,
        basis=basis,
        law=law,
        policy_reference=policy_reference or company.policy_url or f"{company.name}'s policy on wildlife",
        organisation=settings.organisation,
        contact_email=settings.contact_email,
        at=clock.now(),
        guide_url=settings.base_url + "/training",
    )
    missing = compose.missing(document)
    if missing:
        raise Refused("incomplete", missing[0], errors={"notice": missing})
    address_of = {Channel.MAIL: spoc.email, Channel.WEBHOOK: spoc.webhook_url, Channel.FORM: spoc.form_url}
    return notices.queue_notice(
        session, case_id=case.id, company_id=company.id, spoc_id=spoc.id, channel=spoc.channel,
        address=address_of.get(spoc.channel) or "", document=document,
    )  # fmt: skip


def mark_clean(evidence_id: str, account_id: str) -> None:
    """A person has looked: this screenshot shows no volunteer and no third person, so it may leave."""
    with write() as session:
        reports.mark_clean(session, evidence_id, account_id)


# --- 11 Delivery -----------------------------------------------------------------------------------------------------


@work.handler("deliver_notice")
def deliver_notice(notice_id: str) -> None:
    """Send a notice on its channel; safe to repeat."""
    _leave(channels.deliver, notice_id)
    with read() as session:
        delivery, _ = notices.delivery(session, notice_id)
        if delivery and delivery.state == DeliveryState.FAILED:
            raise work.Never("It could not be delivered.")


@work.gives_up("deliver_notice")
def not_delivered(notice_id: str, reason: str) -> None:
    """It will not arrive by this way: the case is open again, and the spotters are told the truth. Safe to repeat."""
    with write() as session:
        notice = notices.one(session, None, notice_id)
        case = cases.one(session, notice.case_id, lock=True)
        notices.fail(session, notice_id, reason)
        if case.state == CaseState.NOTIFIED:
            cases.move(session, case, "question", None)
        for report in reports.of_notice(session, notice_id):
            if report.status == Status.NOTIFIED:
                reports.move(session, report, Status.IN_REVIEW, NOT_DELIVERED)


NOT_DELIVERED = "The notice could not be delivered. A coordinator looks for another way; nothing is lost."


@work.handler("remind_notice")
def remind_notice(notice_id: str) -> None:
    """Ask once more, on the same channel, and tell the spotters that no answer has come."""
    _leave(channels.remind, notice_id)
    with write() as session:
        notice = notices.one(session, None, notice_id)
        cases.one(session, notice.case_id, lock=True)
        text = (
            f"{notice.document['company_name']} has not answered by {wording.date(notice.answer_by)}. We asked again."
        )
        for report in reports.of_notice(session, notice_id):
            if report.status == Status.NOTIFIED and notice.answer is None:
                reports.move(session, report, Status.NO_ANSWER, text)


@work.handler("take_back_notice")
def take_back_notice(notice_id: str) -> None:
    """Tell a company that had the notice that it is withdrawn."""
    _leave(channels.take_back, notice_id)


def _leave(send: Callable[[str, str | None, bool], None], notice_id: str) -> None:
    """Let it leave; a SPOC whose address refuses for good is passed over from now on."""
    with read() as session:
        notice = notices.one(session, None, notice_id)
        spoc = companies.spoc(session, notice.spoc_id) if notice.spoc_id else None
        clean = bool(leaving.clean_pictures(session, [notice.case_id]))
        secret = spoc.webhook_secret if spoc else None
        spoc_id = spoc.id if spoc else None
    try:
        send(notice_id, secret, clean)
    except channels.Bounced:
        with write() as session:
            companies.mark_bounced(session, spoc_id)  # type: ignore[arg-type]
        raise


# --- 12 Answer -------------------------------------------------------------------------------------------------------


def answer_notice(
    notice_id: str, values: dict[str, Any], via: Via, account_id: str | None = None, company_id: str | None = None
) -> None:
    """A company answers, by whatever way; the case and the reports that joined the notice follow.

    `company_id` limits whose notice it may be: a foreign one is not found.
    """
    with write() as session:
        notice = notices.one(session, company_id, notice_id)
        case = cases.one(session, notice.case_id, lock=True)
        if not notices.add_answer(session, notice_id, values, via, account_id):
            return
        answer = Answer(values["answer"])
        audit.record(session, account_id, "notice_answered", "notice", notice_id, answer=answer.value, via=via.value)
        status = answers.status_after(answer)
        if status is None:
            return
        event = "question" if status == Status.IN_REVIEW else "answer"
        if states.possible(case.state, event):
            cases.move(session, case, event, account_id)
        speaker, text = _answered(notice.document["company_name"], answer, values.get("reason"))
        for report in reports.of_notice(session, notice_id):
            reports.move(session, report, status, text, speaker=speaker, outcome=answer, actor_id=account_id)


def _answered(company: str, answer: str, reason: str | None) -> tuple[str, str]:
    """Who says it, and what: the company in its own words, or we, that it answered. No words are put in its mouth."""
    return (
        (company, reason) if reason else ("coordinator", f"{company} answered: {wording.ANSWER[Answer(answer)].word}.")
    )


def withdraw_notice(notice_id: str, account_id: str, why: str) -> None:
    """We were wrong: the notice is withdrawn, the company is told, the case is closed."""
    with write() as session:
        notice = notices.one(session, None, notice_id)
        case = cases.one(session, notice.case_id, lock=True)
        notices.withdraw(session, notice_id)
        audit.record(session, account_id, "notice_withdrawn", "notice", notice_id)
        cases.move(session, case, "withdraw", account_id)
        for report in reports.of_notice(session, notice_id):
            reports.move(session, report, Status.DISMISSED, why, actor_id=account_id)


# --- 14 Feedback -----------------------------------------------------------------------------------------------------


def reply(account_id: str, report_id: str, text: str) -> None:
    """The spotter answers a coordinator's question; the case comes back to the queue."""
    with write() as session:
        case = cases.one(session, reports.own(session, account_id, report_id).case_id, lock=True)
        report = reports.own(session, account_id, report_id)  # again, now that nobody else changes it
        if report.status != Status.NEEDS_INFO:
            raise Refused("conflict", "No question waits for you on this report.")
        reports.say(session, report.id, Status.IN_REVIEW, "spotter", text)
        report.status, report.updated_at = Status.IN_REVIEW, clock.now()
        case.unseen_count += 1
        if states.possible(case.state, "reply"):
            cases.move(session, case, "reply", account_id)
        audit.record(session, account_id, "question_answered", "report", report.id)


@work.handler("mail_feedback")
def mail_feedback(feedback_id: str) -> None:
    """Tell the spotter by mail. The ad's text is in the body at most, never in a header."""
    with read() as session:
        entry = session.get(Feedback, feedback_id)
        if entry is None or entry.mailed_at:
            return
        report = session.get_one(Report, entry.report_id)
        account = session.get_one(Account, report.account_id)
        kind = "question" if entry.status == Status.NEEDS_INFO else "outcome"
        context = {
            "report": report,
            "feedback": entry,
            "phrase": wording.STATUS[Status(entry.status)],
            "report_url": f"{web.settings().base_url}/reports/{report.id}",
            "lesson_url": f"{web.settings().base_url}/training"
            if entry.status in (Status.KEPT, Status.DISMISSED)
            else None,
        }
        to = account.email
        subject = f"{wording.STATUS[Status(entry.status)].word}: report {report.reference}"
        message_id = post.message_id(feedback_id)
    try:
        post.send_template(kind, to, subject, context, message_id)
    except post.Temporary as problem:
        raise work.Later(str(problem)) from None
    except post.Permanent as problem:
        raise work.Never(str(problem)) from None
    with write() as session:
        session.get_one(Feedback, feedback_id).mailed_at = clock.now()


# --- Those a report is about -----------------------------------------------------------------------------------------


def complain(about: str, text: str, email: str) -> str:
    """Somebody a report is about objects; the reference they are given."""
    with write() as session:
        return cases.complain(session, about, text, email).reference
