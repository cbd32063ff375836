"""Linking cases, whoever finds the pair first."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Integer, Select, Update, func, select, true, union, union_all, update
from sqlalchemy.orm import Session, aliased

from server.core.database import INSERT, changed, connection
from server.core.words import LinkKind
from server.ledger.matches.models import Link


class Near(NamedTuple):
    """A case that shares something with the one at hand. `distance` as in `Link`."""

    case_id: str
    kind: LinkKind
    distance: float


def linked_among(session: Session, case_ids: Sequence[str]) -> set[str]:
    """Those of these cases that are linked with another, or were."""
    first, second = (select(side).where(side.in_(case_ids)) for side in (Link.first_case_id, Link.second_case_id))
    return set(session.scalars(first)) | set(session.scalars(second))


def link(session: Session, case_id: str, near: Iterable[Near], at: datetime) -> None:
    """Link the case to those near it. A link that is there keeps what people did with it, and the smaller distance.

    Safe to repeat. The rows are written in the order of their key, so that two workers that find overlapping pairs wait
    for each other instead of both failing.
    """
    nearest: dict[tuple[str, str, str], float] = {}
    for other in near:
        if other.case_id != case_id:
            first, second = sorted((case_id, other.case_id))
            pair = (first, second, other.kind.value)
            nearest[pair] = min(other.distance, nearest.get(pair, other.distance))
    if not nearest:
        return
    on = connection(session)
    table = Link.__table__
    new = INSERT[on.dialect.name](table)
    statement = new.on_conflict_do_update(
        index_elements=["first_case_id", "second_case_id", "kind"],
        set_={"distance": new.excluded.distance},
        where=new.excluded.distance < table.c.distance,
    )
    rows = [
        {"first_case_id": first, "second_case_id": second, "kind": kind, "distance": distance, "at": at}
        for (first, second, kind), distance in sorted(nearest.items())
    ]
    on.execute(statement, rows)


def by_hand(session: Session, pair: tuple[str, str], kind: LinkKind, account_id: str, why: str, at: datetime) -> bool:
    """Link two cases for a coordinator, with their reason. Whether that is news: False when they are linked already.

    A link that was undone is then this coordinator's.
    """
    first, second = sorted(pair)
    values = {"distance": 0.0, "at": at, "linked_by": account_id, "why": why}
    on = connection(session)
    table = Link.__table__
    statement = (
        INSERT[on.dialect.name](table)
        .values(first_case_id=first, second_case_id=second, kind=kind.value, **values)
        .on_conflict_do_update(
            index_elements=["first_case_id", "second_case_id", "kind"],
            set_={
                "at": at,
                "linked_by": account_id,
                "why": why,
                "undone_at": None,
                "undone_by": None,
                "undone_why": None,
            },
            where=table.c.undone_at.is_not(None),
        )
        .returning(table.c.kind)  # a row, where one was written: PostgreSQL's count of an insert is not kept
    )
    return on.execute(statement).first() is not None


def undo(session: Session, pair: tuple[str, str], kind: LinkKind, account_id: str, why: str, at: datetime) -> bool:
    """Undo a link: the two do not belong together. Whether it stood."""
    values = {"undone_at": at, "undone_by": account_id, "undone_why": why}
    return bool(changed(session, _pair(pair, kind).where(Link.undone_at.is_(None)).values(values)))


def redo(session: Session, pair: tuple[str, str], kind: LinkKind) -> bool:
    """Let a link stand again as it was found or made. Whether it was undone."""
    values = {"undone_at": None, "undone_by": None, "undone_why": None}
    return bool(changed(session, _pair(pair, kind).where(Link.undone_at.is_not(None)).values(values)))


def _pair(pair: tuple[str, str], kind: LinkKind) -> Update:
    first, second = sorted(pair)
    return update(Link).where(Link.first_case_id == first, Link.second_case_id == second, Link.kind == kind)


def linked_to(case_id: str) -> Select[str]:
    """The ids of the cases that are linked to this one."""
    stands = Link.undone_at.is_(None)
    second = select(Link.second_case_id).where(Link.first_case_id == case_id, stands)
    return select(
        union(second, select(Link.first_case_id).where(Link.second_case_id == case_id, stands)).subquery().c[0]
    )


def of_cases(session: Session, case_ids: Sequence[str], most: int, undone: bool = False) -> list[tuple[str, str, Link]]:
    """The links of each of these cases: the case, the other case and the link. Of each at most so many: photos and texts
    before sellers, the newest first. `undone`: those too that were undone."""
    both = union_all(
        *(
            select(own.label("own"), other.label("other"), *Link.__table__.c).where(own.in_(case_ids))
            for own, other in (
                (Link.first_case_id, Link.second_case_id),
                (Link.second_case_id, Link.first_case_id),
            )
        )
    ).subquery()
    order = ((both.c.kind == LinkKind.SELLER).cast(Integer), both.c.at.desc(), both.c.other)
    stands = true() if undone else both.c.undone_at.is_(None)
    place = func.row_number().over(partition_by=both.c.own, order_by=order).label("place")
    ranked = select(both, place).where(stands).subquery()
    link = aliased(Link, ranked)
    chosen = select(ranked.c.own, ranked.c.other, link).where(ranked.c.place <= most)
    rows = session.execute(chosen.order_by(ranked.c.own, ranked.c.place))
    return [(own, other, link) for own, other, link in rows]


def count(session: Session, case_id: str) -> int:
    """How many other cases this one is linked to."""
    return session.scalar(select(func.count()).select_from(linked_to(case_id).subquery())) or 0
