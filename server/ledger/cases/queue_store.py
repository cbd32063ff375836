"""The queue of cases: what each tab holds, in which order, and how many there are."""

import base64
import binascii
import re
from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Select, SelectBase, Subquery, func, or_, select, text, true, tuple_, union_all
from sqlalchemy.orm import Session

from server.core.sentences import sentence
from server.core.words import CaseState, Decision, HoldReason, Refused
from server.ledger.cases import states
from server.ledger.cases.models import Case, CaseDecision

PAGE = 50
# What each tab of the queue holds. "New" is what waits for a coordinator: open, or with reports nobody has seen.
TABS = ("waiting", "unrouted", "asked", "held", "notified", "answered", "closed")
MOST = 10_000  # counted in a tab: what is closed and answered grows for ever
_OPEN = Case.state == CaseState.OPEN
# In the words of ix_cases_unseen, which holds just them: a bound value would not find it.
UNSEEN = text("cases.unseen_count > 0 AND cases.state <> 'open'")


def _parts(tab: str | None) -> list[Any]:
    """What a tab (None: all) holds, in parts that do not overlap and that an index holds in the order of the queue."""
    if tab == "waiting":
        return [_OPEN, UNSEEN]
    if tab == "unrouted":
        return [_OPEN & Case.company_id.is_(None)]
    return [Case.state == state for state in ([tab] if tab else CaseState)]


def _among(parts: list[Any], *also: Any, limit: int, chosen: Any = None) -> Any:
    """The ids of the first cases of each part, in the order of the queue; `chosen`: of a select of cases."""
    ids = select(Case.id) if chosen is None else chosen.with_only_columns(Case.id, maintain_column_froms=True)
    return _first(ids, [(part, *also) for part in parts], limit)


def _first(chosen: Any, parts: list[Any], limit: int) -> Any:
    first = [chosen.where(*part).order_by(*_QUEUED).limit(limit).subquery() for part in parts]
    return union_all(*(select(*part.c) for part in first))


_QUEUED = (Case.priority.desc(), Case.id.desc())


def count(session: Session, tab: str, *also: Any) -> int:
    """How many cases a tab holds, `MOST` at most."""
    return session.scalar(_counting(_tab(tab, *also))) or 0


def counts(session: Session, **others: SelectBase) -> dict[str, int]:
    """How many cases each tab holds, `MOST` at most, and how many each of `others`, by name; asked in one statement."""
    chosen = {tab: _tab(tab) for tab in TABS} | {name: ids.subquery() for name, ids in others.items()}
    counted = [_counting(ids).scalar_subquery().label(name) for name, ids in chosen.items()]
    return dict(session.execute(select(*counted)).one()._mapping)


def _tab(tab: str, *also: Any) -> Any:
    return _among(_parts(tab), *also, limit=MOST).subquery()


def _counting(ids: Subquery) -> Select[int]:
    return select(func.count()).select_from(ids)


def doubted() -> Select[str]:
    """The cases of which a spotter says that they were reported wrongly, and no coordinator has read it yet."""
    return select(Case.id).where(Case.doubted_at.is_not(None))


def second_opinions() -> Select[str]:
    """The cases that are held until somebody other than who asked has decided."""
    return select(Case.id).where(Case.state == CaseState.HELD, Case.held_why == HoldReason.SECOND_OPINION)


def count_second_opinions(session: Session, askers: Collection[str]) -> tuple[int, int]:
    """How many cases wait for a second opinion that others asked for, and how many for one that these people did."""
    last = select(CaseDecision.account_id).where(
        CaseDecision.case_id == Case.id, CaseDecision.decision == Decision.HOLD
    )
    asker = last.order_by(CaseDecision.id.desc()).limit(1).correlate(Case).scalar_subquery()
    every = session.scalar(_counting(second_opinions().subquery())) or 0
    own = session.scalar(_counting(second_opinions().where(asker.in_(askers)).subquery())) if every and askers else 0
    return every - (own or 0), own or 0


def oldest_waiting(session: Session) -> Case | None:
    """The waiting case that was opened first: not the first by its identifier, which may be that of an import."""
    waiting = _first(select(Case.id, Case.created_at), [(part,) for part in _parts("waiting")], MOST).subquery()
    first = select(waiting.c.id).order_by(waiting.c.created_at, waiting.c.id).limit(1)
    return session.scalar(select(Case).where(Case.id == first.scalar_subquery()))


def oldest(session: Session) -> datetime | None:
    """When the case that has waited longest was opened; None: none waits."""
    case = oldest_waiting(session)
    return case.created_at if case else None


def place(session: Session, case: Case) -> dict[str, int] | None:
    """The position of a waiting case in the queue and the queue's length; None when it is not waiting."""
    if case.state != CaseState.OPEN and not case.unseen_count:
        return None
    ahead = tuple_(Case.priority, Case.id) > (case.priority, case.id)
    return {"number": count(session, "waiting", ahead) + 1, "total": count(session, "waiting")}


def waiting_by_company(session: Session) -> dict[str, int]:
    """The number of waiting cases of each company."""
    parts = [select(Case.company_id).where(part, Case.company_id.is_not(None)) for part in _parts("waiting")]
    which = union_all(*parts).subquery()
    counted = select(which.c.company_id, func.count()).group_by(which.c.company_id)
    return dict(session.execute(counted).all())


def queue(
    session: Session, chosen: Select[Any], tab: str | None, cursor: str | None, limit: int = PAGE, *, few: bool = False
) -> tuple[list[Any], str | None]:
    """A page of `chosen` (a select whose first column is Case), by priority, and the next cursor.

    few: so few are chosen that they are read and put in order; else all are looked at in that order until a page is full.
    """
    after = [tuple_(Case.priority, Case.id) < read_cursor(cursor)] if cursor else []
    rows = list(session.execute(_first_of(chosen, tab, *after, limit=limit + 1, few=few)))
    last = rows[limit - 1][0] if len(rows) > limit else None
    return rows[:limit], write_cursor(last.priority, last.id) if last else None


def _first_of(chosen: Select[Any], tab: str | None, *also: Any, limit: int, few: bool) -> Select[Any]:
    if few:
        chosen = chosen.where(_in_tab(tab), *also)
    else:
        narrowed = None if chosen.whereclause is None else chosen
        chosen = chosen.where(Case.id.in_(_among(_parts(tab), *also, limit=limit, chosen=narrowed)))
    return chosen.order_by(*_QUEUED).limit(limit)


def decidable(session: Session, chosen: Select[Any], tab: str | None, most: int, *, few: bool) -> dict[str, int]:
    """The first `most` of `chosen` that can be decided on, by priority: the id of each, with its version."""
    versions: Any = chosen.with_only_columns(Case.id, Case.version, maintain_column_froms=True)
    can_be = Case.state.in_(states.MOVES["dismiss"])
    return {row.id: row.version for row in session.execute(_first_of(versions, tab, can_be, limit=most, few=few))}


def queued_ids(session: Session, chosen: Select[Any], tab: str | None) -> list[str]:
    """The ids of all of `chosen` that the tab holds, by priority: what `queue` gives page by page."""
    ids = chosen.with_only_columns(Case.id, maintain_column_froms=True)
    return list(session.scalars(ids.where(_in_tab(tab)).order_by(*_QUEUED)))


def _in_tab(tab: str | None) -> Any:
    return or_(*_parts(tab)) if tab else true()


def write_cursor(priority: int, identifier: str) -> str:
    """The place after a case in the queue."""
    return base64.urlsafe_b64encode(f"{priority}:{identifier}".encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> tuple[int, str]:
    """The place a cursor names. Raises Refused("invalid")."""
    try:
        priority, _, identifier = base64.urlsafe_b64decode(cursor + "==").decode().partition(":")
        if not priority.isdecimal() or len(priority) > 3 or not re.fullmatch("[0-9a-f]{32}", identifier):
            raise ValueError(cursor)
        return int(priority), identifier
    except (ValueError, binascii.Error):
        raise Refused(
            "invalid", sentence("This cursor is not valid."), errors={"cursor": [sentence("Not valid.")]}
        ) from None
