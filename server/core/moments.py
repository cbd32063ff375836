"""Months and hours of kept times, in SQL on both databases: to group by and to sort by. Times are kept in UTC."""

from typing import Any

from sqlalchemy import Double, String
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class MonthOf(FunctionElement[str]):
    """`2026-11` of a time."""

    type = String()
    inherit_cache = True


class HoursBetween(FunctionElement[float]):
    """Hours from the first time to the second, never below none: two clocks may differ."""

    type = Double()
    inherit_cache = True


@compiles(MonthOf, "sqlite")
def _month_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    return f"substr({compiler.process(element.clauses, **options)}, 1, 7)"  # kept as 2026-11-29 …


@compiles(MonthOf, "postgresql")
def _month_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    return f"to_char({compiler.process(element.clauses, **options)} AT TIME ZONE 'UTC', 'YYYY-MM')"


@compiles(HoursBetween, "sqlite")
def _hours_on_sqlite(element: Any, compiler: Any, **options: Any) -> str:
    start, end = (compiler.process(clause, **options) for clause in element.clauses)
    return f"max((julianday({end}) - julianday({start})) * 24, 0.0)"


@compiles(HoursBetween, "postgresql")
def _hours_on_postgresql(element: Any, compiler: Any, **options: Any) -> str:
    start, end = (compiler.process(clause, **options) for clause in element.clauses)
    return f"greatest(extract(epoch FROM {end} - {start})::double precision / 3600, 0.0)"
