"""Step 12: a company answers, or we withdraw a mistaken notice, or recall it from the wrong company."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import audit, outcome, payloads, urls
from server.core.database import read, write
from server.core.words import Answer, CaseState, FeedbackCode, Status, Via, WithdrawnWhy
from server.journeys.report import effect, naming, reposts, stopping, verification
from server.ledger.cases import decisions, states
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.companies import store as companies
from server.ledger.listings.models import Listing
from server.ledger.monitoring import store as checks
from server.ledger.notices import answer_store, answers, pending_store, reply_store, standing
from server.ledger.notices import store as notices
from server.ledger.notices.answer_store import SignedMessage
from server.ledger.notices.models import GivenAnswer, Notice, PendingAnswer
from server.ledger.notices.schemas import AnswerSchema, OneOfManyAnswers
from server.ledger.reports import store as reports
from server.ledger.reports.feedback_words import Entry
from server.ledger.reports.models import Report
from server.people.courses import lesson_links


def answer_notice(
    notice_id: str,
    values: dict[str, Any],
    via: Via,
    account_id: str | None = None,
    company_id: str | None = None,
    message: SignedMessage | None = None,
    seen: str | None = None,
) -> bool:
    """Record a company's answer, whatever way it came. The case and the notice's reports follow. False: it stood already.

    `company_id` limits whose notice it may be: a foreign one is not found. `message`: comes with it; where that comes
    again, what was recorded the first time stays, also where it has been corrected since. `seen`: the mark of what the writer saw that the notice is
    answered. Raises Refused: as `add_answer`, conflict as `was_given`, stale as `standing.refuse_unseen`.
    """
    with write() as session:
        notice = notices.get(session, company_id, notice_id)
        case = cases.get(session, notice.case_id, lock=True)
        standing.refuse_unseen(session, notice_id, values, seen)
        pending = pending_store.on(session, [notice_id]).get(notice_id)
        if message and message.is_again:
            is_newer = pending is not None and pending.at >= message.since
            newer = Answer(pending.stated["answer"]) if pending and is_newer else None
            if answer_store.was_given(session, notice_id, values, message, newer):
                return False
        if pending and takes_its_place(pending, Answer(values["answer"])):
            drop_pending(session, pending, account_id)
        said_at = message.since if message else None
        return answer_locked(session, notice, case, values, via, account_id, said_at=said_at)


def takes_its_place(pending: PendingAnswer, answer: Answer) -> bool:
    """Whether a later answer takes the place of one that waits to count.

    A receipt takes only another receipt's: it is recorded beside everything else, which can still be undone.
    """
    return answer not in outcome.WAITS or Answer(pending.stated["answer"]) in outcome.WAITS


def drop_pending(session: Session, pending: PendingAnswer, account_id: str | None) -> None:
    """Drop an answer that waits, in the caller's transaction; nothing, where a worker or an undo was first."""
    if pending_store.settle(session, pending.id):
        audit.record(session, account_id, "answer_undone", "notice", pending.notice_id)


def answer_locked(
    session: Session,
    notice: Notice,
    case: Case,
    values: dict[str, Any],
    via: Via,
    account_id: str | None,
    at: datetime | None = None,
    said_at: datetime | None = None,
) -> bool:
    """The same in the caller's transaction, in which the case is locked. `at`: when it was taken, if that was earlier;
    `said_at`: as `add_answer` has it.
    """
    notice = notices.lock(session, notice.id)  # what was read before the case was locked may have changed
    asked = notice.answer in outcome.ASKS
    again = says_anew(session, notice, values)
    if not answer_store.add_answer(session, notice.id, values, via, account_id, at, again=again, said_at=said_at):
        return False
    answer = Answer(values["answer"])
    audit.record(session, account_id, "notice_answered", "notice", notice.id, answer=answer.value, via=via.value)
    if not notices.stands(notice):  # heard, and kept with it; the case goes on without it
        return True
    stopping.after_answer(session, notice, answer)
    status = answers.status_after(answer)
    if status is None:
        if asked and case.state == CaseState.OPEN:  # what a coordinator has decided since, such as to wait, stands
            cases.move(session, case, "resume", account_id)
        return True
    effect.overtake(session, case)
    event = _event(answer)
    if states.possible(case.state, event) and not _waits_for_us(session, case):
        cases.move(session, case, event, account_id)
    verification.after_answer(session, case, notice, answer)
    reposts.outcome_changed(session, case.id)
    entry = answer_entry(notice.document["company_name"], answer, values.get("reason"))
    for report in reports.of_notice(session, notice.id):
        reports.move(
            session, report, status, entry, outcome=answer, actor_id=account_id,
            lesson=lesson_links.of_outcome(status),
        )  # fmt: skip
    return True


def says_anew(session: Session, notice: Notice, values: Mapping[str, Any]) -> bool:
    """Whether a company that gives its newest answer again says something new by it."""
    newest = answer_store.newest_answers(session, [notice.id])
    return any(answer_store.is_same(given, values) for given in newest.values()) and bool(to_say_anew(session, newest))


def to_say_anew(session: Session, newest: Mapping[str, GivenAnswer]) -> set[str]:
    """Of these notices, each with its newest answer, those where the same again would be no doubled click.

    We have replied since, a check contradicts it, or the case is not where that answer leads any more.
    """
    says_elsewhere = [name for name, given in newest.items() if given.answer in outcome.SAYS_ELSEWHERE]
    replied, there = reply_store.replied_at(session, newest), checks.found_there(session, says_elsewhere)
    ours = {
        name for name, given in newest.items() if max(replied.get(name, given.at), there.get(name, given.at)) > given.at
    }
    rows = select(Notice, Case).join(Case, Case.id == Notice.case_id).where(Notice.id.in_(newest.keys() - ours))
    moved = {
        notice.id
        for notice, case in session.execute(rows)
        if notices.stands(notice) and _would_move(session, case, Answer(newest[notice.id].answer))
    }
    return ours | moved


def _would_move(session: Session, case: Case, answer: Answer) -> bool:
    """Whether that answer would move the case as it stands without a decision that waits."""
    state, event = decisions.state_in_effect(session, case), _event(answer)
    if answers.status_after(answer) is None or not states.possible(state, event):
        return False
    return states.after(state, event) != state and not _waits_for_us(session, case)


def _event(answer: Answer) -> str:
    return "question" if answer in outcome.ASKS else "answer"


def _waits_for_us(session: Session, case: Case) -> bool:
    """Whether a coordinator has read what came after the notice and waits with it: no answer to the notice decides on that."""
    if case.unseen_count and case.state not in (CaseState.ASKED, CaseState.HELD):
        return False  # it stays in the queue by itself
    undecided = case.state in (CaseState.OPEN, CaseState.ASKED, CaseState.HELD)
    return undecided and any(report.notice_id is None for report in reports.unfinished(session, case.id))


def answer_each(
    items: Sequence[Any], via: Via, account_id: str | None, company_id: str, message: SignedMessage | None = None
) -> list[dict[str, Any]]:
    """Many answers, each by itself: one that is refused keeps back no other. What became of each, as the API says it.

    The same again answers nothing twice. An array has an order: of two answers to one notice, the later corrects the earlier.
    `message`: as `answer_notice` has it.
    """

    def take(values: dict[str, Any]) -> dict[str, Any]:
        answer_notice(values.pop("id"), values, via, account_id, company_id, message)
        return {"status": 201, "answer": values["answer"]}

    results = [payloads.by_itself(OneOfManyAnswers, item, take) for item in items]
    return [{"id": payloads.named(item, "id")} | result for item, result in zip(items, results, strict=True)]


def record_answer(notice_id: str, stated: dict[str, str], via: Via, account_id: str, seen: str | None = None) -> None:
    """Record an answer that reached a coordinator another way, validated like the company's own.

    The company reads what was recorded, so it names nobody either. `seen`, and what it raises: as `answer_notice`;
    and Refused: names-a-person.
    """
    values = payloads.load(AnswerSchema, stated)
    with read() as session:
        notice = notices.get(session, None, notice_id)
        texts = {name: values[name] for name in ("reason", "url", "company_reference", "redress_url", "statement_id")}
        texts["actions"] = "\n".join(values["actions"])
        naming.refuse_names(session, texts, {report.account_id for report in reports.of_case(session, notice.case_id)})
    answer_notice(notice_id, values, via, account_id, seen=seen)


def answer_entry(company: str, answer: Answer, reason: str | None) -> Entry:
    """What the spotters are told: the company's own words, or that it answered."""
    entry = Entry(FeedbackCode.ANSWERED, {"company": company, "answer": answer.value})
    return entry._replace(text=reason, speaker=company) if reason else entry


def silence_entry(notice: Notice) -> Entry:
    """What the spotters are told when no answer came in time: a receipt is none."""
    params = {"company": notice.document["company_name"], "answer_by": notice.answer_by.date().isoformat()}
    return Entry(FeedbackCode.OVERDUE, params)


def withdraw_notice(notice_id: str, account_id: str, why: str) -> None:
    """Withdraw a mistaken notice: tell the company and close the case. A second click changes nothing.

    Raises Refused: names-a-person, for the spotters read why.
    """
    with write() as session:
        notice = notices.get(session, None, notice_id)
        withdraw_locked(session, cases.get(session, notice.case_id, lock=True), notice_id, account_id, why)


def withdraw_locked(session: Session, case: Case, notice_id: str, account_id: str, why: str) -> bool:
    """The same in the caller's transaction, in which the case is locked; whether it was not withdrawn before."""
    if not notices.withdraw(session, notice_id):
        return False
    audit.record(session, account_id, "notice_withdrawn", "notice", notice_id)
    effect.overtake(session, case)
    cases.move(session, case, "withdraw", account_id)
    cases.doubt(case, None)
    reposts.outcome_changed(session, case.id)
    checks.drop(session, case.listing_id)
    _tell_spotters(session, notice_id, account_id, why, Status.DISMISSED)
    if reports.unfinished(session, case.id):  # what came since is not what the notice was about
        cases.move(session, case, "again", None)
    return True


def recall_notice(notice_id: str, account_id: str, why: str) -> None:
    """Withdraw a notice that went to the wrong company: tell that company, and open the case for the right one.

    Nothing is decided on the ad any more: its reports are looked at again, and today's directory says whose it is. A
    second click changes nothing. Raises Refused: as `withdraw_notice` does.
    """
    with write() as session:
        notice = notices.get(session, None, notice_id)
        case = cases.get(session, notice.case_id, lock=True)
        if not notices.withdraw(session, notice_id, WithdrawnWhy.WRONG_COMPANY):
            return
        audit.record(session, account_id, "notice_recalled", "notice", notice_id)
        effect.overtake(session, case)
        cases.move(session, case, "recall", account_id)
        platform = companies.directory(session).route(urls.read(session.get_one(Listing, case.listing_id).url))
        cases.assign(case, platform.company.id if platform else None)
        reposts.outcome_changed(session, case.id)
        checks.drop(session, case.listing_id)
        for report in _tell_spotters(session, notice_id, account_id, why, Status.IN_REVIEW):
            reports.leave_notice(report)


def _tell_spotters(session: Session, notice_id: str, account_id: str, why: str, status: Status) -> list[Report]:
    """Tell everybody behind a withdrawn notice why, with what their report is now; these reports."""
    told = reports.of_notice(session, notice_id)
    naming.refuse_words(session, why, {report.account_id for report in told})
    for report in told:
        entry = Entry(FeedbackCode.NOTICE_WITHDRAWN, text=why)
        reports.move(session, report, status, entry, actor_id=account_id)
    return told
