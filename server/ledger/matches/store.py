"""Linking cases, whoever finds the pair first."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from server.core.database import connection
from server.core.words import LinkKind
from server.ledger.matches.models import Link


class Near(NamedTuple):
    """A case that shares something with the one at hand. `distance` as in `Link`."""

    case_id: str
    kind: LinkKind
    distance: float


INSERT: dict[str, Callable[..., Any]] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


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
