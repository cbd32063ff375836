"""Reads and writes of notices."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, bindparam, func, select, update
from sqlalchemy.orm import Session

from server.core import clock, outcome, work
from server.core.database import Time, connection, insert
from server.core.sentences import sentence
from server.core.words import Answer, CheckState, Refused, WithdrawnWhy
from server.ledger.notices import pending_store
from server.ledger.notices.compose import ANSWER_WITHIN, Document
from server.ledger.notices.models import Notice, NoticeGroup

NOT_FOUND = sentence("There is no such notice.")
MOST_SEARCHED = 2_000  # bytes: with the rest of ix_notices_inbox less than the 2,704 that PostgreSQL takes
MOST_OF_ADDRESS = 1_000  # bytes of them
LATE = timedelta(days=1)  # after a pause, a frozen account or retries, a company must not get a date that has passed

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
        searched=searched(document),
        basis=document["basis"],
        created_at=clock.now(),
        answer_by=datetime.fromisoformat(document["answer_by"]),
    )
    session.add(notice)
    session.flush()
    insert(session, NoticeGroup, *({"notice_id": notice.id, "taxon_group": group} for group in sorted(set(groups))))
    return notice


def active(session: Session, case_id: str) -> Notice | None:
    """The active notice of a case, locked."""
    return session.scalars(select(Notice).where(Notice.case_id == case_id, *STANDS).with_for_update()).first()


def replace(session: Session, notice: Notice) -> None:
    """Mark a notice as replaced by a later one."""
    notice.replaced_at = clock.now()
    session.flush()


def hand_to(notice: Notice, spoc_id: str) -> None:
    """Which SPOC has it from now on."""
    notice.spoc_id = spoc_id


def postpone(notice: Notice, at: datetime) -> None:
    """It will be sent at `at`, and its company has the full time to answer from then on."""
    notice.answer_by = at + ANSWER_WITHIN
    notice.document = notice.document | {"answer_by": notice.answer_by.isoformat()}


def ask_anew(notice: Notice, at: datetime) -> None:
    """Its company has the full time to answer from `at` on, and is reminded of it as of a new notice."""
    postpone(notice, at)
    notice.asked_early_at = notice.reminded_at = None


def give_back(notice: Notice, time: timedelta) -> None:
    """Its company has so much longer to answer, for it was our turn; silence after that is told again, no reminder sent."""
    postpone(notice, asked_since(notice) + time)
    notice.reminded_at = None


def asked_since(notice: Notice) -> datetime:
    """Since when its company has had the time to answer that it has now."""
    return notice.answer_by - ANSWER_WITHIN


def mark_sent(notice: Notice, at: datetime) -> None:
    """It is sent now, for the first time: figures count it from now on, unless its listing is gone already."""
    ask_anew(notice, at)
    if notice.gone_at is None:
        notice.created_at = at


def mark_sent_late(notice: Notice, at: datetime) -> None:
    """It is sent now; if that is more than `LATE` after its time to answer began, the time starts again.

    One that is answered already keeps its date.
    """
    if notice.answer is None and at + ANSWER_WITHIN - notice.answer_by > LATE:
        mark_sent(notice, at)


STANDS = (Notice.withdrawn_at.is_(None), Notice.replaced_at.is_(None))
AWAITED = (Notice.decided_at.is_(None), Notice.our_turn_since.is_(None), *STANDS)  # it is the company's turn
OUR_TURN = (Notice.our_turn_since.is_not(None), *STANDS)  # the company has written, and nobody has replied yet


def stands(notice: Notice) -> bool:
    """Whether it is the one that counts for its case: neither withdrawn nor replaced by a later one."""
    return notice.withdrawn_at is None and notice.replaced_at is None


def is_recalled(notice: Notice) -> bool:
    """Whether it was withdrawn because it went to the wrong company."""
    return notice.withdrawn_why == WithdrawnWhy.WRONG_COMPANY


def searched(document: Document) -> str:
    """What a search of the inbox looks in: number, address, title, species; in lower case, `MOST_SEARCHED` bytes at most."""
    names = [
        name for taxon in document["suspicion"]["taxa"] for name in (taxon["scientific_name"], taxon["common_name"])
    ]
    address = fitting(document["listing"]["url"], MOST_OF_ADDRESS)
    words = [document["reference"], address, document["listing"]["title"], *names]
    return fitting("\n".join(word for word in words if word).lower(), MOST_SEARCHED)


def fitting(words: str, most: int) -> str:
    """The words, or as much of their beginning as has so many bytes. *Pure.*"""
    return words.encode()[:most].decode(errors="ignore")


def of_case(session: Session, case_id: str) -> list[Notice]:
    """Every notice about a case, newest first."""
    return list(session.scalars(select(Notice).where(Notice.case_id == case_id).order_by(Notice.id.desc())))


def latest(session: Session, case_id: str) -> Notice | None:
    """The newest notice about a case."""
    return session.scalars(select(Notice).where(Notice.case_id == case_id).order_by(Notice.id.desc()).limit(1)).first()


def overdue() -> tuple[ColumnElement[bool], ...]:
    """What is true of notices that have no answer in time that decides. Whether they arrived, `delivery` knows.

    A receipt is none, and neither is a question that has our reply. Whoever waits for our reply is not silent.
    """
    return (Notice.answer_by <= clock.now(), *AWAITED)


def to_ask_early(within: timedelta) -> tuple[ColumnElement[bool], ...]:
    """What is true of those that are due within that time, and of which no reminder before that was planned."""
    due_soon = (Notice.answer_by > clock.now(), Notice.answer_by <= clock.now() + within)
    return (*due_soon, Notice.asked_early_at.is_(None), *AWAITED)


def mark_asked_early(notice: Notice) -> None:
    """Record that its reminder before `answer_by` is planned, once, or that none is due."""
    notice.asked_early_at = clock.now()


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


def withdraw(session: Session, notice_id: str, why: WithdrawnWhy = WithdrawnWhy.MISTAKEN) -> bool:
    """Withdraw a notice: it stays readable and needs no answer. False when it was already withdrawn.

    Raises Refused("gone") for one that a newer notice has replaced.
    """
    notice = lock(session, notice_id)
    if notice.withdrawn_at is not None:
        return False
    refuse_closed(notice)
    notice.withdrawn_at, notice.withdrawn_why = clock.now(), why
    work.enqueue(session, "take_back_notice", notice_id)
    return True


def get(session: Session, company_id: str | None, notice_id: str) -> Notice:
    """A notice of this company (None: of any, for the desk and the link). Raises Refused("not-found")."""
    chosen = select(Notice).where(Notice.id == notice_id)
    if company_id is not None:
        chosen = chosen.where(Notice.company_id == company_id)
    notice = session.scalars(chosen).first()
    if notice is None:
        raise Refused("not-found", NOT_FOUND)
    return notice


def with_references(session: Session, references: Sequence[str]) -> list[Notice]:
    """The notices with these references."""
    return list(session.scalars(select(Notice).where(Notice.reference.in_(references))))


def spoc_id(session: Session, notice_id: str) -> str | None:
    """Which SPOC has a notice, as the database has it now."""
    return session.scalar(select(Notice.spoc_id).where(Notice.id == notice_id))


def locked(session: Session, notice_ids: Sequence[str]) -> list[Notice]:
    """These notices, oldest first, locked."""
    return list(session.scalars(select(Notice).where(Notice.id.in_(notice_ids)).order_by(Notice.id).with_for_update()))


WAITS = Notice.answer.is_(None) | Notice.answer.in_(outcome.WAITS)


# --- By reference -----------------------------------------------------------------------------------------------------


def by_references(session: Session, company_id: str, references: Collection[str]) -> dict[str, Notice]:
    """The company's notices of these references; others' are left out like those there are not."""
    own = select(Notice).where(Notice.company_id == company_id, Notice.reference.in_(references))
    return {notice.reference: notice for notice in session.scalars(own)}


def refuse_closed(notice: Notice, answer: str | None = None) -> None:
    """Raises Refused("gone") for a notice that takes no answer and no reply any more, but that its listing is back."""
    if answer == Answer.REINSTATED:
        return
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


_SEEN = (  # built once: it runs with every report on a known listing
    update(Notice.__table__)  # type: ignore[arg-type]
    .where(Notice.case_id == bindparam("of_case"), Notice.relisted_at.is_(None))
    .where(Notice.gone_at < bindparam("captured", type_=Time), Notice.gone_at < bindparam("seen", type_=Time))
    .values(relisted_at=bindparam("seen", type_=Time))
)


def note_seen(session: Session, case_id: str, captured_at: datetime, at: datetime) -> None:
    """A report shows the listing: it is there again where it was gone before both the capture and the report's coming."""
    connection(session).execute(_SEEN, {"of_case": case_id, "captured": captured_at, "seen": at})


def forget_seen(session: Session, case_id: str, at: datetime) -> None:
    """The report that came at `at` is withdrawn: what it alone showed was not there again. A check that saw it counts on."""
    showed = (Notice.relisted_at == at, func.coalesce(Notice.found, "") != CheckState.PRESENT)
    session.execute(update(Notice).where(Notice.case_id == case_id, *showed).values(relisted_at=None))


def lock(session: Session, notice_id: str) -> Notice:
    """A notice, read again and locked. Raises Refused("not-found")."""
    notice = session.scalars(
        select(Notice).where(Notice.id == notice_id).with_for_update().execution_options(populate_existing=True)
    ).first()
    if notice is None:
        raise Refused("not-found", NOT_FOUND)
    return notice
