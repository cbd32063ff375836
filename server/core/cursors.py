"""Cursors of lists that are ordered by a time and an identifier, earliest first or latest first."""

import base64
import binascii
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, literal, tuple_

from server.core.database import Time
from server.core.sentences import sentence
from server.core.words import Refused

YEARS = range(2001, 2200)  # of the times that a cursor may name


def write(at: datetime, identifier: str) -> str:
    """The place of this row."""
    return base64.urlsafe_b64encode(f"{at.isoformat()} {identifier}".encode()).decode().rstrip("=")


def after(cursor: str, at: Any, identifier: Any) -> ColumnElement[bool]:
    """What comes after the place that a cursor names, by these two columns. Raises Refused("invalid")."""
    when, which = _read(cursor)
    return tuple_(at, identifier) > tuple_(literal(when, Time()), literal(which))


def before(cursor: str, at: Any, identifier: Any) -> ColumnElement[bool]:
    """The same for a list that has the latest first."""
    when, which = _read(cursor)
    return tuple_(at, identifier) < tuple_(literal(when, Time()), literal(which))


def _read(cursor: str) -> tuple[datetime, str]:
    try:
        text, _, identifier = base64.urlsafe_b64decode(cursor + "==").decode().partition(" ")
        at = datetime.fromisoformat(text)
        if at.tzinfo is None or at.year not in YEARS or "\x00" in identifier:
            raise ValueError(cursor)
    except (ValueError, binascii.Error):
        raise Refused(
            "invalid", sentence("This cursor is not valid."), errors={"cursor": [sentence("Not valid.")]}
        ) from None
    return at, identifier
