"""Conditions that the two databases express differently."""

import json
from collections.abc import Iterable
from typing import Any

from sqlalchemy import ColumnElement, String, any_, func, literal, or_, select
from sqlalchemy.dialects.postgresql import ARRAY

from server.core.database import db

ESCAPE = "\\"  # of every LIKE pattern
LONGEST_SOUGHT = 5000  # characters, longer than anything searched; SQLite refuses a pattern of more than 50,000 bytes


def holding(text: str) -> str:
    """The LIKE pattern, to be escaped by `ESCAPE`, of whatever holds `text`: % and _ in it stand for themselves."""
    text = text[:LONGEST_SOUGHT]
    for sign in (ESCAPE, "%", "_"):
        text = text.replace(sign, ESCAPE + sign)
    return f"%{text}%"


def holds(column: Any, text: str) -> ColumnElement[bool]:
    """Whether a column holds `text`, whatever its case.

    SQLite's LIKE ignores the case of ASCII letters, and ilike() would lower-case every row first, which takes twice as long.
    It does not ignore the case of other letters, so a text with such letters is searched for as typed, in lower case, in upper
    case, and with a capital at its beginning or at the beginning of each word.
    """
    if db.engine.dialect.name != "sqlite":
        condition: ColumnElement[bool] = column.ilike(holding(text), escape=ESCAPE)
        return condition
    spellings = (
        [text] if text.isascii() else sorted({text, text.lower(), text.upper(), text.capitalize(), text.title()})
    )
    return or_(*(column.like(holding(each), escape=ESCAPE) for each in spellings))


def among(column: Any, ids: Iterable[str]) -> ColumnElement[bool]:
    """Whether a column has one of these identifiers, however many, passed as one parameter.

    With IN and one parameter each, a database needs a quarter of a second just to read five thousand, and there is a limit.
    """
    if db.engine.dialect.name == "sqlite":
        values = func.json_each(json.dumps(list(ids))).table_valued("value")
        condition: ColumnElement[bool] = column.in_(select(values.c.value))
    else:
        condition = column == any_(literal(list(ids), ARRAY(String)))
    return condition
