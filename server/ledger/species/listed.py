"""A listing in law as the lexicon has it: an appendix for one population of a taxon, its dates, and where it was found. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from server.ledger.species import national

APPENDICES = {"CITES": ("I", "II", "III"), "EU": ("A", "B", "C", "D")}
# CITES entered into force on 1 July 1975; Regulation (EC) No 338/97 applies since 1 June 1997.
EARLIEST = {"CITES": date(1975, 7, 1), "EU": date(1997, 6, 1), "national": date(1960, 1, 1)}


class Checked(StrEnum):
    """How far a fact was checked, best first. What stands in a dated source, whole or in an excerpt, is *confirmed*; what is
    from memory is not, and carries no notice that calls an offer illegal."""

    READ = "read"
    EXCERPT = "excerpt"
    MEMORY = "memory"

    @property
    def confirmed(self) -> bool:
        """Whether a named and dated source says it."""
        return self is not Checked.MEMORY


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a fact was found."""

    key: str
    name: str
    address: str | None
    checked: Checked


@dataclass(frozen=True, slots=True)
class LexiconListing:
    """What protects one population of a taxon, and when. Dates are days; `until` is the last one."""

    source: str
    appendix: str  # of a national list: the list and the rank in it, in words
    jurisdiction: str | None  # ISO 3166, of a national list
    population: str
    annotation: str
    effective_from: date | None  # None: not known
    in_force_by: date | None  # a day on which it was seen in force, where the first is not known
    until: date | None
    citations: tuple[Citation, ...]
    checked: Checked
    date_checked: Checked | None
    under: str | None = None  # the higher taxon that is listed, where the taxon has no listing of its own
    for_members: bool = False  # it is also that of the taxa that stand under this one


def read_listing(entry: Mapping[str, Any], citations: Mapping[str, Citation]) -> LexiconListing:
    """A listing of a file. Raises KeyError, TypeError or ValueError for what is missing or wrong."""
    source, appendix, jurisdiction = entry["source"], entry["appendix"], entry.get("jurisdiction")
    if source == "national":
        appendix = national.worded(jurisdiction, appendix)
    elif jurisdiction or appendix not in APPENDICES[source]:
        raise ValueError(f"{source} has no appendix {appendix}" + (f" of {jurisdiction}" if jurisdiction else ""))
    days = {key: entry.get(key) for key in ("effective_from", "in_force_by", "until")}
    for key, day in days.items():
        if day is not None and type(day) is not date:
            raise ValueError(f"{key} is no day: {day}")
    start = days["effective_from"] or days["in_force_by"]
    if start is None or (days["until"] and days["until"] < start):
        raise ValueError("a listing needs a first day, or one on which it was in force, before its last")
    if start < EARLIEST[source]:
        raise ValueError(f"nothing was listed by {source} on {start}")
    return LexiconListing(
        source,
        appendix,
        jurisdiction,
        entry["population"],
        entry.get("annotation", ""),
        **days,
        citations=tuple(citations[key] for key in entry["citation"]),
        checked=Checked(entry["checked"]),
        date_checked=Checked(entry["date_checked"]) if days["effective_from"] else None,
        for_members=bool(entry.get("for_members", False)),
    )
