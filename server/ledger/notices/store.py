"""Reads and writes of notices and answers."""

import math
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, update
from sqlalchemy.orm import Session

from server.core import clock, outcome, work
from server.core.database import insert, new_id
from server.core.sentences import sentence
from server.core.words import Answer, CheckState, Refused, Sender, Via
from server.ledger.notices import answers, pending_store, thread
from server.ledger.notices.compose import ANSWER_WITHIN, Document
from server.ledger.notices.models import GivenAnswer, Notice, NoticeGroup, NoticeReply

LATE = timedelta(days=1)  # a pause, a frozen account or retries: a company is not given a date that has gone by

# --- Notices ---------------------------------------------------------------------------------------------------------


def add(
    session: Session,
    *,
    case_id: str,
    company_id: str,
    spoc_id: str | None,
    document: Document,
    platform_id: str | None = None,
    groups: Collection[str] = (),
) -> Notice:
    """Store a complete notice, after the caller has replaced the case's earlier one. `groups`: of the taxa it names."""
    notice = Notice(
        id=document["id"],
        reference=document["reference"],
        case_id=case_id,
        company_id=company_id,
        spoc_id=spoc_id,
        platform_id=platform_id,
        document=document,
        searched=_searched(document),
        basis=document["basis"],
        created_at=clock.now(),
        answer_by=datetime.fromisoformat(document["answer_by"]),
    )
    session.add(notice)
    session.flush()
    insert(session, NoticeGroup, *({"notice_id": notice.id, "taxon_group": group} for group in sorted(set(groups))))
    return notice


def standing(session: Session, case_id: str) -> Notice | None:
    """The active notice of a case, locked."""
    return session.scalars(select(Notice).where(Notice.case_id == case_id, *STANDS).with_for_update()).first()


def replace(session: Session, notice: Notice) -> None:
    """Mark a notice as replaced by a later one."""
    notice.replaced_at = clock.now()
    session.flush()


def hand_to(notice: Notice, spoc_id: str) -> None:
    """Which SPOC has it from now on."""
    notice.spoc_id = spoc_id


def leaves_later(notice: Notice, at: datetime) -> None:
    """It has not left, and does so at `at`: from then on its company has the whole time to answer."""
    notice.answer_by = at + ANSWER_WITHIN
    notice.document = notice.document | {"answer_by": notice.answer_by.isoformat()}


def leaves(notice: Notice, at: datetime) -> None:
    """It leaves now, for the first time: figures count it from now on, unless its listing is gone already."""
    leaves_later(notice, at)
    if notice.gone_at is None:
        notice.created_at = at


def leaves_late(notice: Notice, at: datetime) -> None:
    """It leaves now; if that is more than `LATE` after its time to answer began, the time begins anew.

    One that is answered already keeps its date.
    """
    if notice.answer is None and at + ANSWER_WITHIN - notice.answer_by > LATE:
        leaves(notice, at)


STANDS = (Notice.withdrawn_at.is_(None), Notice.replaced_at.is_(None))
OUR_TURN = (Notice.our_turn_since.is_not(None), *STANDS)  # the company has written, and nobody has replied yet


def _searched(document: Document) -> str:
    names = [
        name for taxon in document["suspicion"]["taxa"] for name in (taxon["scientific_name"], taxon["common_name"])
    ]
    words = [document["reference"], document["listing"]["url"], document["listing"]["title"], *names]
    return "\n".join(word for word in words if word).lower()


def of_case(session: Session, case_id: str) -> list[Notice]:
    """Every notice about a case, newest first."""
    return list(session.scalars(select(Notice).where(Notice.case_id == case_id).order_by(Notice.id.desc())))


def latest(session: Session, case_id: str) -> Notice | None:
    """The newest notice about a case."""
    return session.scalars(select(Notice).where(Notice.case_id == case_id).order_by(Notice.id.desc()).limit(1)).first()


def overdue() -> tuple[ColumnElement[bool], ...]:
    """What is true of notices that have no answer at all in time. Whether they arrived, `delivery` knows."""
    return (Notice.answer_by <= clock.now(), Notice.answer.is_(None), *STANDS)


def to_remind() -> tuple[ColumnElement[bool], ...]:
    """What is true of those that were not asked about again, and of which no answer counts in a minute."""
    return (Notice.reminded_at.is_(None), ~pending_store.WAITS_TO_COUNT, *overdue())


def mark_reminded(notice: Notice) -> None:
    """Record that the overdue answer was followed up, once."""
    notice.reminded_at = clock.now()


def is_overdue(session: Session, notice_id: str) -> bool:
    """Whether the answer is overdue."""
    return session.scalar(select(Notice.id).where(Notice.id == notice_id, *overdue())) is not None


def withdrawn(session: Session, notice_ids: Sequence[str]) -> set[str]:
    """Which of these notices were withdrawn."""
    return set(session.scalars(select(Notice.id).where(Notice.id.in_(notice_ids), Notice.withdrawn_at.is_not(None))))


def withdraw(session: Session, notice_id: str) -> bool:
    """Withdraw a notice: it stays readable and needs no answer. False when it was already withdrawn."""
    notice = lock(session, notice_id)
    if notice.withdrawn_at is not None:
        return False
    notice.withdrawn_at = clock.now()
    work.enqueue(session, "take_back_notice", notice_id)
    return True


def get(session: Session, company_id: str | None, notice_id: str) -> Notice:
    """A notice of this company (None: of any, for the desk and the link). Raises Refused("not-found")."""
    chosen = select(Notice).where(Notice.id == notice_id)
    if company_id is not None:
        chosen = chosen.where(Notice.company_id == company_id)
    notice = session.scalars(chosen).first()
    if notice is None:
        raise Refused("not-found", sentence("There is no such notice."))
    return notice


def named(session: Session, references: Sequence[str]) -> list[Notice]:
    """The notices with these references."""
    return list(session.scalars(select(Notice).where(Notice.reference.in_(references))))


def spoc_id(session: Session, notice_id: str) -> str | None:
    """Which SPOC has a notice, as the database has it now."""
    return session.scalar(select(Notice.spoc_id).where(Notice.id == notice_id))


def locked(session: Session, notice_ids: Sequence[str]) -> list[Notice]:
    """These notices, oldest first, locked."""
    return list(session.scalars(select(Notice).where(Notice.id.in_(notice_ids)).order_by(Notice.id).with_for_update()))


WAITS = Notice.answer.is_(None) | Notice.answer.in_(outcome.WAITS)


# --- Answers ---------------------------------------------------------------------------------------------------------


KEPT = ("reason", *thread.DETAILS)


def is_same(given: GivenAnswer, values: Mapping[str, Any]) -> bool:
    """Whether an answer, as AnswerSchema reads it, is this one word for word: it would change nothing."""
    row = {name: values.get(name) for name in KEPT} | {"actions": list(values.get("actions") or [])}
    return given.answer == values["answer"] and all(getattr(given, name) == row[name] for name in KEPT)


def by_references(session: Session, company_id: str, references: Collection[str]) -> dict[str, Notice]:
    """The company's notices of these references; others' are left out like those there are not."""
    own = select(Notice).where(Notice.company_id == company_id, Notice.reference.in_(references))
    return {notice.reference: notice for notice in session.scalars(own)}


def newest_answers(session: Session, notice_ids: Collection[str]) -> dict[str, GivenAnswer]:
    """The answer that counts of each of these notices that has one."""
    rows = select(GivenAnswer).where(GivenAnswer.notice_id.in_(notice_ids)).order_by(GivenAnswer.id)
    return {row.notice_id: row for row in session.scalars(rows)}


def add_answer(
    session: Session,
    notice_id: str,
    values: Mapping[str, Any],
    via: Via,
    account_id: str | None,
    at: datetime | None = None,
) -> bool:
    """Store a company's answer, as AnswerSchema reads it. The newest counts; earlier ones stay. `at`: when it was given.

    False when it is the newest already, word for word: a doubled click is one answer. Raises Refused: "gone" for a
    withdrawn or replaced notice and for the link after its 72 hours, "invalid" when something is missing, "too-many".
    """
    notice = lock(session, notice_id)
    if not would_count(session, notice, values, via, at):
        return False
    answer = Answer(values["answer"])
    row = {name: values.get(name) for name in KEPT} | {"actions": list(values.get("actions") or [])}
    newest = session.scalar(select(func.max(GivenAnswer.id)).where(GivenAnswer.notice_id == notice_id)) or ""
    added = GivenAnswer(
        id=new_id(after=newest), notice_id=notice_id, answer=answer, via=via, account_id=account_id, **row
    )
    written = _written_after(session, notice, at) if at else None
    at = max(at, notice.created_at) if at else clock.now()  # a digest may have left since
    added.at = notice.answered_at = at
    if answer in outcome.ASKS:
        notice.our_turn_since = notice.our_turn_since or at
    elif (
        notice.answer in outcome.ASKS or answer in outcome.DECIDES
    ):  # a receipt leaves what the company wrote beside it
        notice.our_turn_since = written
    said = outcome.review(answer)
    if said is None or said is not outcome.review(Answer(notice.answer) if notice.answer else None):
        notice.reviewed_at = at if said else None  # the same said again is no second review
    notice.answer = answer
    if answer in outcome.DECIDES:
        notice.decided_at = notice.decided_at or at
    if answer in outcome.REMOVES:
        notice.removed_at = notice.removed_at or at
    if answer in outcome.SAYS_GONE:
        notice.gone_at = notice.gone_at or at
    session.add(added)
    return True


def _written_after(session: Session, notice: Notice, at: datetime) -> datetime | None:
    """Since when the company waits for our reply to what it wrote after `at`; None: it wrote nothing, or has its reply."""
    if notice.our_turn_since is None or notice.our_turn_since > at:
        return notice.our_turn_since
    theirs = (NoticeReply.notice_id == notice.id, NoticeReply.sender == Sender.COMPANY, NoticeReply.proven)
    return session.scalar(select(func.min(NoticeReply.at)).where(*theirs, NoticeReply.at > at))


def would_count(
    session: Session, notice: Notice, values: Mapping[str, Any], via: Via, at: datetime | None = None
) -> bool:
    """Whether this answer would be a new one; else it is the newest already. Raises Refused as `add_answer` does.

    `at`: when it was taken, if that was earlier. Then it is not too many any more.
    """
    answer, earlier = Answer(values["answer"]), answers_of(session, notice.id)
    refuse_closed(notice)
    decided = answers.decided_at((Answer(row.answer), row.at) for row in earlier)
    if via == Via.LINK and not answers.open_by_link(decided, clock.now(), answer):
        raise Refused(
            "gone", sentence("This answer could be changed for 72 hours. Write to us and a person will correct it.")
        )
    if errors := answers.problems(answer, values.get("reason"), values.get("url")):
        raise Refused("invalid", next(iter(errors.values()))[0], errors=errors)
    if earlier and is_same(earlier[-1], values):
        return False
    limited = at is None and via in (Via.LINK, Via.PORTAL, Via.API)
    if limited and (pause := answers.wait((row.at for row in earlier), clock.now())):
        detail = sentence("This notice has been answered too often within an hour. Your last answer counts.")
        raise Refused("too-many", detail, retry_after=max(1, math.ceil(pause.total_seconds())))
    return True


def refuse_closed(notice: Notice) -> None:
    """Raises Refused("gone") for a notice that takes no answer and no reply any more."""
    if notice.withdrawn_at:
        raise Refused(
            "gone",
            sentence("Notice %(reference)s was withdrawn. You do not have to do anything.", reference=notice.reference),
        )
    if notice.replaced_at:
        raise Refused("gone", sentence("A newer notice about the same listing replaces this one."))


# --- What else becomes of it, for figures ----------------------------------------------------------------------------


def note_found(session: Session, notice_id: str, state: CheckState, at: datetime) -> None:
    """A check of its listing is settled: gone or present."""
    notice = lock(session, notice_id)
    notice.found = state
    if state is CheckState.GONE:
        notice.gone_at = notice.gone_at or at
    elif notice.gone_at is not None:
        notice.relisted_at = notice.relisted_at or at


def note_seen(session: Session, case_id: str, captured_at: datetime, at: datetime) -> None:
    """A report shows the listing: it is there again where it was gone before both the capture and the report's coming."""
    gone = (Notice.relisted_at.is_(None), Notice.gone_at < captured_at, Notice.gone_at < at)
    session.execute(update(Notice).where(Notice.case_id == case_id, *gone).values(relisted_at=at))


def forget_seen(session: Session, case_id: str, at: datetime) -> None:
    """The report that came at `at` is withdrawn: what it alone showed was not there again. A check that saw it counts on."""
    showed = (Notice.relisted_at == at, func.coalesce(Notice.found, "") != CheckState.PRESENT)
    session.execute(update(Notice).where(Notice.case_id == case_id, *showed).values(relisted_at=None))


def answers_of(session: Session, notice_id: str) -> list[GivenAnswer]:
    """The answers to a notice, oldest first."""
    return list(session.scalars(select(GivenAnswer).where(GivenAnswer.notice_id == notice_id).order_by(GivenAnswer.id)))


def last_answer(session: Session, case_id: str) -> GivenAnswer | None:
    """The answer that counts on the newest notice about a case."""
    notice = latest(session, case_id)
    rows = answers_of(session, notice.id) if notice else []
    return rows[-1] if rows else None


def lock(session: Session, notice_id: str) -> Notice:
    """A notice, read again and locked. Raises Refused("not-found")."""
    notice = session.scalars(
        select(Notice).where(Notice.id == notice_id).with_for_update().execution_options(populate_existing=True)
    ).first()
    if notice is None:
        raise Refused("not-found", sentence("There is no such notice."))
    return notice
