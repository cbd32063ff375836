"""Where an import of past work stands, and what became of its listings. Pure."""

from enum import StrEnum


class PastState(StrEnum):
    """Where an import of past work stands."""

    MAPPING = "mapping"  # a person says which column holds what
    CHECKING = "checking"  # the worker reads every row, and keeps none
    CHECKED = "checked"
    IMPORTING = "importing"
    IMPORTED = "imported"
    UNDOING = "undoing"
    UNDONE = "undone"


class PastOutcome(StrEnum):
    """What became of a listing in earlier years, before it was handled here."""

    REMOVED = "removed"
    RESTRICTED = "restricted"
    KEPT = "kept"
    GONE_BEFORE = "gone_before"  # before anybody acted
    NO_ANSWER = "no_answer"
    DISMISSED = "dismissed"  # never notified
    UNKNOWN = "unknown"  # the sheet does not say
