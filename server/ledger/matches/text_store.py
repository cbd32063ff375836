"""Fingerprints of texts: stored, found again by their bands, and recomputed when the common phrases change."""

import hashlib
from typing import Any, NamedTuple

from sqlalchemy import delete, or_, select
from sqlalchemy.orm import Session

from server.core.database import INSERT, connection, fetched
from server.ledger.matches import text
from server.ledger.matches.models import BANDS, TextFingerprint

MOST_A_BAND = 64  # rows looked at: bounds the worst case, ads that a shop repeats a thousand times
LIKELY = 0.3  # estimated Jaccard index from which a text is read and compared: text.CLAIMED less three times the error
MOST_COMPARED = 100  # texts read for one report, the likeliest

# A select of its own for each band, so that each stops at its limit; a copy, which shares many bands, is read once.
_KEPT = TextFingerprint.__tablename__
_IN_BAND = (f"SELECT id FROM {_KEPT} WHERE t{n} = ? LIMIT {MOST_A_BAND}" for n in range(BANDS))  # noqa: S608 - our own names
_IN_ANY = " UNION ALL ".join(f"SELECT id FROM ({each}) AS b{n}" for n, each in enumerate(_IN_BAND))  # noqa: S608
_SEARCH = f"SELECT case_id, report_id, minima FROM {_KEPT} WHERE id IN ({_IN_ANY})"  # noqa: S608


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
    likely = sorted(
        (-estimate, case_id, report_id)
        for case_id, report_id, minima in fetched(connection(session), _SEARCH, sketch.bands)
        if case_id != other_than and (estimate := text.estimate(sketch.minima, minima)) >= LIKELY
    )
    nearest: dict[str, AlikeWording] = {}
    for _, case_id, report_id in likely:
        nearest.setdefault(case_id, AlikeWording(case_id, report_id))
    return list(nearest.values())[:MOST_COMPARED]


def outdated(session: Session, version: str, limit: int) -> list[str]:
    """Reports whose fingerprint was made with other common phrases."""
    other = or_(TextFingerprint.version < version, TextFingerprint.version > version)  # by the index, unlike !=
    return list(session.scalars(select(TextFingerprint.report_id).where(other).limit(limit)))
