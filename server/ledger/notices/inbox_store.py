"""A company's inbox: its notices by where they stand for it, due first."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from server.core import cursors, outcome
from server.core.conditions import ESCAPE, holding
from server.core.words import NoticeState
from server.ledger.notices.models import GivenAnswer, Notice, NoticeGroup, PendingAnswer
from server.ledger.notices.store import WAITS, fitting

PAGE = 50
MOST_OF_WORD = 600  # bytes: less than is kept of an address, or of a title without spaces
_ASKS = Notice.answer.in_(outcome.ASKS)
STATES: dict[NoticeState, Any] = {  # as `thread.state` has it
    NoticeState.OPEN: (Notice.withdrawn_at.is_(None), Notice.replaced_at.is_(None), WAITS),
    NoticeState.ASKED: (Notice.withdrawn_at.is_(None), Notice.replaced_at.is_(None), _ASKS),
    NoticeState.ANSWERED: (Notice.withdrawn_at.is_(None), or_(Notice.replaced_at.is_not(None), ~WAITS & ~_ASKS)),
    NoticeState.WITHDRAWN: (Notice.withdrawn_at.is_not(None),),
}
UNANSWERED = (NoticeState.OPEN, NoticeState.ASKED)  # what waits for an answer of the company's


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Which of the notices are wanted; empty: any. group: of species. sent_from: sent then or later. The due ones bound `answer_by`."""

    platform_id: str = ""
    group: str = ""
    sent_from: datetime | None = None
    due_from: datetime | None = None
    due_before: datetime | None = None

    def where(self) -> list[ColumnElement[bool]]:
        """The same, of a select of notices."""
        wanted = list[ColumnElement[bool]]()
        if self.platform_id:
            wanted.append(Notice.platform_id == self.platform_id)
        if self.group:
            about = select(NoticeGroup.notice_id).where(NoticeGroup.notice_id == Notice.id)
            wanted.append(about.where(NoticeGroup.taxon_group == self.group).exists())
        if self.sent_from:
            wanted.append(Notice.created_at >= self.sent_from)
        if self.due_from:
            wanted.append(Notice.answer_by >= self.due_from)
        if self.due_before:
            wanted.append(Notice.answer_by < self.due_before)
        return wanted


ALL = Narrowed()


def inbox(
    session: Session,
    company_id: str,
    q: str = "",
    cursor: str | None = None,
    state: NoticeState | None = None,
    since: datetime | None = None,
    company_reference: str | None = None,
    size: int | None = None,
    pending_answered: bool = False,
    without: Collection[str] = (),
    narrowed: Narrowed = ALL,
) -> tuple[list[Notice], str | None]:
    """A page of the company's notices, due first, and the next cursor.

    q: looked for in number, address, title, species, or the company's own number. since: sent then or later. company_reference: stated in any answer.
    size: of the page. pending_answered: those with an answer that does not count yet stand among the answered.
    without: ids of notices that are left out.
    """
    size = size or PAGE
    chosen = select(Notice.id).where(Notice.company_id == company_id, *searching(q), *narrowed.where())
    if without:
        chosen = chosen.where(Notice.id.not_in(without))
    if state:
        own = and_(*STATES[state])
        if pending_answered and state is NoticeState.ANSWERED:
            own = or_(own, and_(Notice.withdrawn_at.is_(None), _answering(company_id)))
        elif pending_answered and state in UNANSWERED:
            own = and_(own, ~_answering(company_id))
        chosen = chosen.where(own)
    if since:
        chosen = chosen.where(Notice.created_at >= since)
    if company_reference:
        named = select(GivenAnswer.notice_id).where(GivenAnswer.company_reference == company_reference)
        chosen = chosen.where(Notice.id.in_(named))
    if cursor:
        chosen = chosen.where(cursors.after(cursor, Notice.answer_by, Notice.id))
    first = chosen.order_by(Notice.answer_by, Notice.id).limit(size + 1)  # from ix_notices_inbox alone, unless narrowed
    listed = select(Notice).where(Notice.id.in_(first)).order_by(Notice.answer_by, Notice.id)
    rows = list(session.scalars(listed))
    last = rows[size - 1] if len(rows) > size else None
    return rows[:size], cursors.write(last.answer_by, last.id) if last else None


def is_answered(answer: str | None) -> bool:
    """Whether nothing more is asked of a company with this answer: it says what it did."""
    return answer is not None and answer not in (*outcome.WAITS, *outcome.ASKS)


def following(session: Session, notice: Notice) -> str | None:
    """The id of the notice that is due first among the company's others that wait for an answer."""
    return session.scalar(_others_waiting(notice).order_by(Notice.answer_by, Notice.id).limit(1))


def following_among(session: Session, notice: Notice, among: Select[str]) -> tuple[str | None, int]:
    """The same of the notices with these ids, and how many of them wait."""
    others = _others_waiting(notice).where(Notice.id.in_(among))
    number = session.scalar(select(func.count()).select_from(others.subquery())) or 0
    return session.scalar(others.order_by(Notice.answer_by, Notice.id).limit(1)), number


def _others_waiting(notice: Notice) -> Select[str]:
    waits = and_(*STATES[NoticeState.OPEN], ~_answering(notice.company_id))
    return select(Notice.id).where(Notice.company_id == notice.company_id, Notice.id != notice.id, waits)


def counts(
    session: Session, company_id: str, narrowed: Narrowed = ALL, q: str = "", without: Collection[str] = ()
) -> dict[str, int]:
    """How many of the company's notices, or of those wanted, stand in each state, as `inbox` lists them there with
    `pending_answered`."""
    wanted = [*narrowed.where(), *searching(q)]
    if without:
        wanted.append(Notice.id.not_in(without))
    columns = [func.count().filter(*where).label(state) for state, where in STATES.items()]
    numbers = dict(session.execute(select(*columns).where(Notice.company_id == company_id, *wanted)).one()._mapping)
    waiting = select(*columns).select_from(PendingAnswer).join(Notice, Notice.id == PendingAnswer.notice_id)
    pending = session.execute(waiting.where(*_moving(company_id), *wanted)).one()._mapping
    moved = {state: numbers[state] - pending[state] for state in UNANSWERED}
    answered = numbers[NoticeState.ANSWERED] + sum(pending[state] for state in UNANSWERED)
    return {**numbers, **moved, NoticeState.ANSWERED: answered}


def _answering(company_id: str) -> ColumnElement[bool]:
    return Notice.id.in_(select(PendingAnswer.notice_id).where(*_moving(company_id)))


def _moving(company_id: str) -> tuple[ColumnElement[bool], ...]:
    """What is true of the company's answers that do not count yet and move their notice: a receipt leaves it where it is."""
    moves = PendingAnswer.stated["answer"].as_string().not_in(outcome.WAITS)
    return PendingAnswer.company_id == company_id, moves


def searching(q: str) -> list[ColumnElement[bool]]:
    """What a search asks of a notice: each of its words, somewhere in what is searched; or all of it is the company's own number."""
    words = [Notice.searched.like(holding(word), escape=ESCAPE) for word in sought(q)]
    return [or_(and_(*words), Notice.id.in_(numbered(q)))] if words else []


def numbered(q: str) -> Select[str]:
    """The ids of the notices, whosever, of which an answer states this number as the company's own; by the index, in
    capitals or not."""
    number = " ".join(q.split())
    written = {number, number.upper(), number.lower()}
    return select(GivenAnswer.notice_id).where(GivenAnswer.company_reference.in_(written))


def sought(q: str) -> list[str]:
    """The words that a search looks for; of a long one, as a whole address, its beginning."""
    return [fitting(word, MOST_OF_WORD) for word in q.lower().split()[:10]]
