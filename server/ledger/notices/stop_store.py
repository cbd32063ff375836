"""The gauge of notices as it is counted, and the stops that hold further ones: begun where the line is reached, ended by a person."""

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import and_, func, or_, select, update
from sqlalchemy.orm import Session

from server.core import audit, clock, cursors
from server.core.database import alone, changed, insert, new_id
from server.core.outcome import REVIEWS, Verdict, review
from server.core.words import Answer, Basis
from server.ledger.notices import answer_store, gauge
from server.ledger.notices.gauge import Gauge
from server.ledger.notices.models import GivenAnswer, Notice, NoticeStop

PAGE = 50


class On(NamedTuple):
    """Notices to one company on one basis: what a gauge counts and a stop holds."""

    company_id: str
    basis: Basis


# --- The gauge -------------------------------------------------------------------------------------------------------

_STOOD = or_(  # as `outcome.review` has it: a question that a later notice has settled stands no more
    Notice.replaced_at.is_(None),
    Notice.answer.in_([answer for answer in REVIEWS if review(answer, replaced=True)]),
)


def _looked_at(session: Session, on: On) -> datetime | None:
    ended = select(func.max(NoticeStop.ended_at))
    return session.scalar(ended.where(NoticeStop.company_id == on.company_id, NoticeStop.basis == on.basis))


def _counted(on: On, since: datetime) -> tuple[Any, ...]:
    return (
        Notice.company_id == on.company_id,
        Notice.basis == on.basis,
        Notice.reviewed_at > since,
        Notice.answer.in_(REVIEWS),
        _STOOD,
    )


def read_gauge(session: Session, on: On) -> Gauge:
    """How the notices that were reviewed since its window began, or a coordinator last looked, were reviewed."""
    since = gauge.since(clock.now(), _looked_at(session, on))
    rows: Any = select(Notice.answer, func.count()).where(*_counted(on, since)).group_by(Notice.answer)
    return _gauge({row[0]: row[1] for row in session.execute(rows)})


def _gauge(counts: dict[str | None, int]) -> Gauge:
    said: dict[Verdict, int] = {}
    for answer, number in counts.items():
        kind = REVIEWS[Answer(answer)]  # type: ignore[arg-type]  # what was reviewed has an answer
        said[kind] = said.get(kind, 0) + number
    return gauge.gauge(said)


def since(session: Session, on: On) -> datetime:
    """From when on its reviews count."""
    return gauge.since(clock.now(), _looked_at(session, on))


def all_gauges(session: Session) -> dict[On, Gauge]:
    """Of every company that has reviewed a notice recently."""
    looked = select(NoticeStop.company_id, NoticeStop.basis, func.max(NoticeStop.ended_at).label("at"))
    looked_at = looked.group_by(NoticeStop.company_id, NoticeStop.basis).subquery()
    rows: Any = select(Notice.company_id, Notice.basis, Notice.answer, func.count()).outerjoin(
        looked_at, and_(looked_at.c.company_id == Notice.company_id, looked_at.c.basis == Notice.basis)
    )
    rows = rows.where(
        Notice.reviewed_at > clock.now() - gauge.WINDOW, Notice.answer.in_(REVIEWS), _STOOD,
        or_(looked_at.c.at.is_(None), Notice.reviewed_at > looked_at.c.at),
    )  # fmt: skip
    counts: dict[On, dict[str | None, int]] = {}
    for company_id, basis, answer, number in session.execute(
        rows.group_by(Notice.company_id, Notice.basis, Notice.answer)
    ):
        counts.setdefault(On(company_id, Basis(basis)), {})[answer] = number
    return {on: _gauge(counted) for on, counted in counts.items()}


def reviewed(
    session: Session, on: On, cursor: str | None, *, wrong: bool
) -> tuple[list[tuple[Notice, GivenAnswer]], str | None]:
    """The notices behind the gauge, the newest review first, each with the answer that stands; `wrong`: those against us alone."""
    chosen = select(Notice).where(*_counted(on, since(session, on)))
    if wrong:
        against = [answer for answer, said in REVIEWS.items() if said is not Verdict.UPHELD]
        chosen = chosen.where(Notice.answer.in_(against))
    if cursor:
        chosen = chosen.where(cursors.before(cursor, Notice.reviewed_at, Notice.id))
    rows = list(session.scalars(chosen.order_by(Notice.reviewed_at.desc(), Notice.id.desc()).limit(PAGE + 1)))
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    after = cursors.write(last.reviewed_at, last.id) if last and last.reviewed_at else None
    given: dict[str, list[GivenAnswer]] = {}
    for row in session.scalars(
        select(GivenAnswer).where(GivenAnswer.notice_id.in_([notice.id for notice in rows])).order_by(GivenAnswer.id)
    ):
        given.setdefault(row.notice_id, []).append(row)
    return [(notice, answer_store.effective(given[notice.id])[-1]) for notice in rows[:PAGE]], after


# --- Stops -----------------------------------------------------------------------------------------------------------


def alone_with(session: Session, on: On) -> None:
    """Nobody else begins or ends a stop of these, or holds a notice by one, until this transaction ends."""
    alone(session, f"stop {on.company_id} {on.basis}")


def current(session: Session, on: On) -> NoticeStop | None:
    """The stop that holds these; None: they leave."""
    chosen = select(NoticeStop).where(NoticeStop.company_id == on.company_id, NoticeStop.basis == on.basis)
    return session.scalar(chosen.where(NoticeStop.ended_at.is_(None)).execution_options(populate_existing=True))


def all_current(session: Session, company_id: str | None = None) -> list[NoticeStop]:
    """Every stop that stands, the oldest first; of one company, where it is named."""
    chosen = select(NoticeStop).where(NoticeStop.ended_at.is_(None)).order_by(NoticeStop.at, NoticeStop.id)
    if company_id:
        chosen = chosen.where(NoticeStop.company_id == company_id)
    return list(session.scalars(chosen))


def ended(session: Session, company_id: str, limit: int = 20) -> list[NoticeStop]:
    """The stops of a company that somebody has ended, the newest first."""
    chosen = select(NoticeStop).where(NoticeStop.company_id == company_id, NoticeStop.ended_at.is_not(None))
    return list(session.scalars(chosen.order_by(NoticeStop.ended_at.desc(), NoticeStop.id.desc()).limit(limit)))


def begin(session: Session, on: On, found: Gauge) -> str:
    """From now on these are held; its id. The caller is alone with them (`alone_with`), and none stands."""
    stop_id = new_id()
    row = {
        "id": stop_id, "company_id": on.company_id, "basis": on.basis.value, "at": clock.now(), "reviewed": found.reviewed,
        "wrong": found.wrong, "ended_at": None, "ended_by_id": None, "why": None,
    }  # fmt: skip
    insert(session, NoticeStop, row)
    figures = {"basis": on.basis.value, "reviewed": found.reviewed, "wrong": found.wrong}
    audit.record(session, None, "notices_stopped", "company", on.company_id, stop=stop_id, **figures)
    return stop_id


def end(session: Session, stop_id: str, by_id: str, why: str) -> bool:
    """End a stop after a coordinator has looked, and record it: true for only one caller. Nothing else ends a stop."""
    open_ = update(NoticeStop).where(NoticeStop.id == stop_id, NoticeStop.ended_at.is_(None))
    return changed(session, open_.values(ended_at=clock.now(), ended_by_id=by_id, why=why)) == 1


def get(session: Session, stop_id: str) -> NoticeStop | None:
    """A stop, whether it stands or not."""
    return session.get(NoticeStop, stop_id)
