"""Steps 5 to 8, intake: store the report, recognise the listing, assess its words, triage the case."""

from contextlib import nullcontext
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from server.core import audit, clock, intake_lock, rates, reasons, recurring, urls, vault, web, work
from server.core.database import db, read, write
from server.core.reasons import ReasonCode
from server.core.redirects import destination
from server.core.sentences import counted, sentence
from server.core.words import Answer, CaseState, Level, Refused, Status
from server.journeys.report import knowing_again
from server.journeys.spotter import gate
from server.ledger.cases import decisions, triage
from server.ledger.cases import store as cases
from server.ledger.companies import store as companies
from server.ledger.listings import page
from server.ledger.listings import store as listings
from server.ledger.listings.key import listing_key
from server.ledger.notices import answer_store, answers
from server.ledger.notices import store as notices
from server.ledger.past import store as past
from server.ledger.reports import idempotency, pictures, statements, submission
from server.ledger.reports import store as reports
from server.ledger.reports.models import Evidence
from server.ledger.species import store as species
from server.ledger.species.judging import Assessment
from server.reads.learned import Likelihood, likelihood

# --- 5 to 8 Intake: keep, know again, know what it is, triage --------------------------------------------------------


KEYS_KEPT = timedelta(days=30)
JUST_CHANGED = sentence("Your accreditation has just changed. Send this report again.")
FEW = 500  # rows deleted in one transaction


def limit_rate(account_id: str) -> None:
    """Raises Refused("too-many") above the account's reports per minute, counted in this process."""
    most = web.settings().reports_per_minute
    detail = counted(
        "At most %(number)s report a minute. Your report is still on your device: try again.",
        "At most %(number)s reports a minute. Your report is still on your device: try again.",
        most,
    )
    rates.limit("reports", account_id, most, detail)


def limit_look_ups(account_id: str) -> None:
    """Raises Refused("too-many") above so many look-ups of addresses a minute: as many as of reports."""
    most = web.settings().reports_per_minute
    detail = counted(
        "At most %(number)s look-up a minute. Flag the listing anyway: duplicates are sorted out here.",
        "At most %(number)s look-ups a minute. Flag the listing anyway: duplicates are sorted out here.",
        most,
    )
    rates.limit("look-ups", account_id, most, detail)


def receive_report(
    account_id: str, key: str, stated: dict[str, Any], data: dict[str, Any], parts: dict[str, bytes]
) -> tuple[dict[str, Any], bool]:
    """Store one report. Returns its receipt and whether it is new (False: the first answer to this key again).

    `stated` is the JSON as parsed, `data` the same as `reports.schemas.NewReport` read it, `parts` the files by name.
    The files are in the vault, fsynced, before the transaction begins; when it has committed, everything is on disk.
    Raises Refused: not-accredited, invalid (a reused key, a lying hash, no picture), in-flight, unavailable.
    """
    content = submission.content_hash(stated, parts)
    if parts and (
        answer := idempotency.first_answer(db.session(), account_id, key, content)
    ):  # before a file is written
        return answer, False
    try:
        accreditation = gate.may_report(account_id)
        files = submission.check_files(data.get("evidence") or [], parts)
    except Refused:  # what was taken in once is answered as it was then, whatever has changed since
        answer = idempotency.first_answer(db.session(), account_id, key, content)
        if answer:
            return answer, False
        raise
    page_copy = web.settings().page_copy
    if not page_copy:  # others' data may be in a whole page: where nobody has said why it is needed, none is kept
        files = [file for file in files if file.name != "page"]
    keep_files(files)

    address = destination(urls.read(data["url"]))
    platform = companies.directory(db.session()).route(address)
    known_as, number = listing_key(address, platform)
    suspicion, listing = data["suspicion"], data.get("listing") or {}
    text = statements.wording(listing)
    assessment = species.assess(
        db.session(), text, suspicion["category"], taxon_id=suspicion.get("taxon_id"), stated=listing.get("language"),
        of_platform=(platform.languages if platform else None) or (),
    )  # fmt: skip
    learned = likelihood(db.session(), text, assessment.score)
    level = accreditation.level_for(assessment.group, listing.get("language"))

    at = clock.now()
    receipt = reports.new_receipt(at)
    with write() as session:
        if not idempotency.claim(session, account_id, key, content, receipt):
            answer = idempotency.first_answer(session, account_id, key, content)
            if answer is None:
                raise intake_lock.in_flight()
            return answer, False
        listing_id, new = listings.find_or_create(
            session, known_as, url=address.href, platform_id=platform.id if platform else None, number=number,
            title=listing.get("title"),
        )  # fmt: skip
        if new:
            company_id = platform.company.id if platform else None
            single_ad = page.is_single_ad(address, platform)
            judged, version = _judge(assessment, data, level, at, learned=learned, single_ad=single_ad), 1
            case_id = cases.open_case(
                session, listing_id, company_id, address.host, judged, _marked(assessment, text), learned.version
            )
        else:
            case_id, version = _one_more(session, listing_id, account_id, assessment, learned, text, data, level, at)
        if not gate.holds(session, account_id, accreditation):
            raise Refused("in-flight", JUST_CHANGED, retry_after=5)  # sent again, it is judged anew
        cases.set_taxa(session, case_id, assessment.taxa, new)
        reports.add(session, receipt, account_id, (case_id, version), level, at, data)
        reports.add_evidence(session, receipt["id"], files)
        noted: dict[str, Any] = {"opened": True} if new else {}
        if "page" in parts:  # on record is why it was kept, or that it was not
            noted |= {"page_copy": page_copy or "not kept"}
        knowing_again.queue(session, receipt["id"])
        audit.record(session, account_id, "report_received", "report", receipt["id"], case=case_id, **noted)
    return receipt, True


def keep_files(files: list[submission.File]) -> None:
    """Into the vault. While that waits for another machine, neither the turn nor a connection of the database is held.

    Raises Refused("unavailable").
    """
    if files and vault.is_bare() and reports.has_evidence(db.session()):
        raise vault.not_mounted()
    waiting = intake_lock.aside() if files and vault.is_remote() else nullcontext()
    with waiting:
        if vault.is_remote():
            db.session.close()
        for file in files:
            vault.keep(file.data)


def _judge(
    assessment: Assessment,
    data: dict[str, Any],
    level: str,
    at: datetime,
    *,
    learned: Likelihood,
    spotters: int = 1,
    before: str | None = None,
    single_ad: bool = True,
    ring: bool = False,
) -> triage.Priority:
    """The priority of a case from this report and the words of its ad. `before`: the listing's last outcome."""
    suspicion, listing = data["suspicion"], data.get("listing") or {}
    return triage.prioritise(
        triage.Signals(
            category=suspicion["category"],
            words_score=assessment.score,
            words_reasons=(*assessment.reasons, *learned.reasons),
            learned=learned.likely,
            appendices=assessment.appendices,
            confidence=suspicion.get("confidence"),
            legality_evidence=suspicion.get("legality_evidence"),
            age_hours=_age_hours(listing.get("posted_at"), at),
            spotters=spotters,
            trusted=level != Level.PROBATION,
            before=before,
            single_ad=single_ad,
            context=assessment.context.signals(),
            ring=ring,
        )
    )


def _one_more(
    session: Session,
    listing_id: str,
    account_id: str,
    assessment: Assessment,
    learned: Likelihood,
    text: str,
    data: dict[str, Any],
    level: str,
    at: datetime,
) -> tuple[str, int]:
    """One more report on a known listing: count it, reopen a case that was over, triage it again; the case and its version.

    A report adds and never rewrites. The case stays judged by the wording it was judged by, with one more voice, unless
    the listing came back, or this wording makes it more urgent: then text, reasons and signals change together.

    An answered case comes back only for an ad captured after the answer: an older capture that was late to arrive
    says nothing about a re-listing.
    """
    case, before = cases.of_listing(session, listing_id), None
    if case.state == CaseState.CLOSED and not decisions.is_pending(session, case.id):
        if decisions.any_verdict_on(session, case.id):
            before = "dismissed"
        else:  # found in earlier years, or every report of it was a ring's
            before = past.last_outcome(session, case.id) or "set_aside"
    elif case.state == CaseState.ANSWERED:
        last = answer_store.last_answer(session, case.id)
        if last and data["captured_at"] > last.at:
            before = (answers.status_after(Answer(last.answer)) or Status.NOTIFIED).value
    if before:
        cases.move(session, case, "again", None)
    notices.note_seen(session, case.id, data["captured_at"], at)
    if not case.report_count:  # an ad of earlier years: what its sheet says of it is no statement of a notice
        listings.begin(session, listing_id, at, (data.get("listing") or {}).get("title"))
    cases.count_report(case, at, new_spotter=not reports.is_by(session, case.id, account_id))
    single_ad = not any(reason["code"] == ReasonCode.NO_LISTING for reason in case.reasons)
    ring = any(reason["code"] == ReasonCode.RING_SUSPECTED for reason in case.reasons) and level == Level.PROBATION
    by_wording = _judge(
        assessment,
        data,
        level,
        at,
        learned=learned,
        spotters=case.spotter_count,
        before=before,
        single_ad=single_ad,
        ring=ring,
    )
    kept = [reasons.read(reason) for reason in case.reasons]
    judged = triage.reworded(by_wording, case.signals, kept, returned=bool(before))
    says_more = text == case.text or assessment.score > case.signals.get("words", 0.0)
    if before or (says_more and judged.score > case.priority):
        title = (data.get("listing") or {}).get("title")
        if title and text != case.text:
            listings.retitle(session, listing_id, title)
        cases.judge_again(case, judged, _marked(assessment, text))
        cases.judged_by(case, learned.version)
        cases.note_change(case)
    else:
        trusted = level != Level.PROBATION
        cases.corroborate(case, triage.corroborated(case.signals, kept, case.spotter_count, trusted))
    return case.id, case.version


def _marked(assessment: Assessment, text: str) -> tuple[str, list[list[Any]]]:
    """The ad's text and the places of the words that matched."""
    return text, [[match["start"], match["end"], match["kind"], match["language"]] for match in assessment.matches]


def _age_hours(posted_at: str | None, at: datetime) -> float | None:
    """Hours since the ad says it was posted, when it says so in ISO 8601; other spellings are kept, not guessed.

    A day without a zone may be ahead of us by one; what is posted later than that is no day of posting.
    """
    try:
        posted = datetime.fromisoformat(posted_at or "")
    except ValueError:
        return None
    posted = posted.replace(tzinfo=posted.tzinfo or at.tzinfo)
    hours = (at - posted).total_seconds() / 3600
    return max(hours, 0.0) if hours >= -24 else None


@work.handler("copy_picture")
def copy_picture(evidence_id: str) -> None:
    """Re-encode a picture, so that nobody ever opens the original."""
    with read() as session:
        file = session.get(Evidence, evidence_id)
        if file is None or file.copy_sha256 or file.unreadable:
            return
    data = vault.read(file.sha256)
    clean, blurred, unreadable = None, None, None
    try:
        copies = pictures.copies(data)
        clean, blurred = vault.keep(copies[0]), vault.keep(copies[1])
    except pictures.NoCopy as problem:
        unreadable = problem.why
    with write() as session:
        reports.keep_copies(session, evidence_id, clean, blurred, unreadable)


@recurring.every(24 * 3600, "forget_keys")
def forget_keys() -> None:
    """Delete idempotency keys after 30 days: found while others write, and deleted a few at a time."""
    with read() as session:
        keys = idempotency.old(session, clock.now() - KEYS_KEPT)
    for start in range(0, len(keys), FEW):
        with write() as session:
            idempotency.forget(session, keys[start : start + FEW])
