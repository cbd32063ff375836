"""Fingerprints of texts: kept, found again by their bands, and made anew when the common phrases change."""

import hashlib
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Select, bindparam, delete, or_, select, union_all
from sqlalchemy.orm import Session

from server.core.database import connection
from server.ledger.matches import text
from server.ledger.matches.models import BANDS, TextFingerprint
from server.ledger.matches.store import INSERT

MOST_A_BAND = 64  # rows looked at: bounds the worst case, ads that a shop repeats a thousand times
LIKELY = 0.3  # estimated Jaccard index from which a text is read and compared: text.CLAIMED less three times the error
MOST_COMPARED = 100  # texts read for one report, the likeliest


class AlikeWording(NamedTuple):
    """A wording that may be the same: of which case, and the report in which it stands."""

    case_id: str
    report_id: str


def keep(session: Session, case_id: str, report_id: str, wording: str, version: str, sketch: text.Sketch) -> None:
    """Keep the fingerprint of a wording of the case, once. Safe to repeat."""
    forget(session, case_id, report_id, but=wording)
    row: dict[str, Any] = {"case_id": case_id, "report_id": report_id, "text_hash": _hash(wording)}
    row |= {"version": version, "minima": sketch.minima} | {f"t{n}": value for n, value in enumerate(sketch.bands)}
    on = connection(session)
    new = INSERT[on.dialect.name](TextFingerprint.__table__)
    renewed = {name: new.excluded[name] for name in row if name not in ("case_id", "report_id", "text_hash")}
    on.execute(
        new.on_conflict_do_update(
            index_elements=["case_id", "text_hash"],
            set_=renewed,
            where=new.excluded.version != TextFingerprint.__table__.c.version,
        ),
        row,
    )


def forget(session: Session, case_id: str, report_id: str, but: str | None = None) -> None:
    """Delete what was kept of a report's wording when that was another, or not too short yet. `but`: its wording now."""
    theirs = delete(TextFingerprint).where(TextFingerprint.case_id == case_id, TextFingerprint.report_id == report_id)
    session.execute(theirs if but is None else theirs.where(TextFingerprint.text_hash != _hash(but)))


def _hash(wording: str) -> bytes:
    return hashlib.sha256(wording.encode("utf-8", "surrogatepass")).digest()[:16]


def near(session: Session, sketch: text.Sketch, other_than: str) -> list[AlikeWording]:
    """The wordings of other cases that share a band and look alike, the likeliest first, one a case."""
    bands = {f"t{n}": value for n, value in enumerate(sketch.bands)}
    rows = connection(session).execute(_search(), bands).all()
    if not rows:
        return []
    estimates = text.estimates(sketch.minima, [row.minima for row in rows])
    likely = sorted(
        (-estimate, row) for estimate, row in zip(estimates.tolist(), rows, strict=True) if estimate >= LIKELY
    )
    found = {
        row.case_id: AlikeWording(row.case_id, row.report_id)
        for _, row in reversed(likely)
        if row.case_id != other_than
    }
    return list(found.values())[::-1][:MOST_COMPARED]


@cache
def _search() -> Any:
    """Made once: it runs with every report. A union of its own for each band, so that each stops at its limit."""
    return union_all(*(select(*_in_band(n).subquery().c) for n in range(BANDS)))


def _in_band(number: int) -> Select[Any]:
    table = TextFingerprint.__table__.c
    chosen = select(table.case_id, table.report_id, table.minima)
    return chosen.where(table[f"t{number}"] == bindparam(f"t{number}")).limit(MOST_A_BAND)


def outdated(session: Session, version: str, limit: int) -> list[str]:
    """Reports whose fingerprint was made with other common phrases."""
    other = or_(TextFingerprint.version < version, TextFingerprint.version > version)  # by the index, unlike !=
    return list(session.scalars(select(TextFingerprint.report_id).where(other).limit(limit)))
