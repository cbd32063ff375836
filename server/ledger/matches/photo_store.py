"""Photos and their fingerprints: kept, and found again by their bands."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import product
from typing import Any, NamedTuple

import numpy as np
from sqlalchemy import Connection, delete, or_, select, update
from sqlalchemy.orm import Session

from server.core.database import INSERT, connection, new_id
from server.core.sentences import sentence
from server.core.words import LinkKind, Refused
from server.ledger.matches import bands, photo
from server.ledger.matches.models import Link, Photo, PhotoFingerprint, SellerKey

INLINE, SWEEP = 1, 2  # radius: what the worker looks up at once, and what finds all that is within photo.WITHIN
MOST_SELLERS = 25  # whose ads may show a photo: with more it is a logo, a placeholder, a maker's own
MOST_COMPARED = 1000  # photos compared for one, the likeliest
MOST_SHOWN = 40  # photos of a case, the newest, that are set beside those of another
MOST_A_BAND = 5000  # rows looked at: bounds the worst case, a site's logo in every screenshot
_KEPT = PhotoFingerprint.__tablename__


class PhotoPlace(NamedTuple):
    """Where a photo stands in its evidence file, in the file's own pixels."""

    evidence_id: str
    x: int
    y: int
    width: int
    height: int


class NewPhoto(NamedTuple):
    """A photo to be kept: its place, its copies in the vault, and what it is known by."""

    place: PhotoPlace
    copy_sha256: str
    blurred_sha256: str
    fingerprints: Sequence[photo.Fingerprint]


class SoughtPhoto(NamedTuple):
    """A kept photo, and the fingerprints by which others are sought."""

    id: str
    case_id: str
    fingerprints: list[photo.Fingerprint]


def keep(session: Session, report_id: str, case_id: str, photos: Iterable[NewPhoto]) -> None:
    """Keep the photos of a report. Safe to repeat: what is kept stays."""
    on = connection(session)
    insert = INSERT[on.dialect.name]
    for new in photos:
        row = new.place._asdict() | {"id": new_id(), "report_id": report_id, "case_id": case_id}
        row |= {"copy_sha256": new.copy_sha256, "blurred_sha256": new.blurred_sha256, "version": photo.VERSION}
        kept = insert(Photo.__table__).on_conflict_do_nothing().returning(Photo.__table__.c.id)
        identifier = on.execute(kept, row).scalar()
        if identifier:
            _fingerprint(session, identifier, new.fingerprints)


def _fingerprint(session: Session, photo_id: str, fingerprints: Sequence[photo.Fingerprint]) -> None:
    if fingerprints:
        connection(session).execute(
            INSERT[connection(session).dialect.name](PhotoFingerprint.__table__),
            [row_of(photo_id, each) for each in fingerprints],
        )


def outdated(session: Session, limit: int) -> list[Photo]:
    """Photos whose fingerprints were made by another version, the oldest first."""
    other = or_(Photo.version < photo.VERSION, Photo.version > photo.VERSION)  # by the index, unlike !=
    return list(session.scalars(select(Photo).where(other).order_by(Photo.version, Photo.id).limit(limit)))


def renew(session: Session, photo_id: str, fingerprints: Sequence[photo.Fingerprint]) -> None:
    """Give a photo fingerprints of this version in place of those it has. The sweep seeks it again."""
    values = {"version": photo.VERSION, "swept_at": None}
    session.execute(update(Photo).where(Photo.id == photo_id).values(values))
    session.execute(delete(PhotoFingerprint).where(PhotoFingerprint.photo_id == photo_id))
    _fingerprint(session, photo_id, fingerprints)


def row_of(photo_id: str, fingerprint: photo.Fingerprint) -> dict[str, Any]:
    """A fingerprint as it is kept."""
    row: dict[str, Any] = {"photo_id": photo_id, "variant": fingerprint.variant.value, "bits": fingerprint.bits}
    row |= {"mirrored": fingerprint.mirrored, "sample": int(bands.samples_of([fingerprint.bits])[0])}
    return row | {f"b{band}": value for band, value in enumerate(bands.bands(fingerprint.bits))}


def places(session: Session, report_id: str) -> set[PhotoPlace]:
    """Where the photos stand that are kept of a report."""
    chosen = select(Photo.evidence_id, Photo.x, Photo.y, Photo.width, Photo.height)
    return {PhotoPlace(*row) for row in session.execute(chosen.where(Photo.report_id == report_id))}


def of_report(session: Session, report_id: str) -> list[SoughtPhoto]:
    """The photos of a report that others can be sought by."""
    return _sought(session, select(Photo.id).where(Photo.report_id == report_id))


def unswept(session: Session, limit: int) -> list[SoughtPhoto]:
    """Photos that were not sought yet as far as two can differ, the oldest first."""
    return _sought(session, select(Photo.id).where(Photo.swept_at.is_(None)).order_by(Photo.id).limit(limit))


def _sought(session: Session, ids: Any) -> list[SoughtPhoto]:
    """Flat pictures too, which have no fingerprint."""
    chosen = select(Photo.id, Photo.case_id).where(Photo.id.in_(list(session.scalars(ids)))).order_by(Photo.id)
    cases = {identifier: case_id for identifier, case_id in session.execute(chosen)}  # noqa: C416
    fingerprints = _fingerprints(session, cases)
    return [SoughtPhoto(identifier, case_id, fingerprints[identifier]) for identifier, case_id in cases.items()]


def _fingerprints(session: Session, photo_ids: Iterable[str]) -> dict[str, list[photo.Fingerprint]]:
    """The fingerprints of each photo."""
    table = PhotoFingerprint.__table__.c
    chosen = select(table.photo_id, table.variant, table.bits, table.mirrored).where(table.photo_id.in_(photo_ids))
    found: dict[str, list[photo.Fingerprint]] = defaultdict(list)
    for identifier, variant, bits, mirrored in connection(session).execute(chosen):
        found[identifier].append(photo.Fingerprint(photo.Variant(variant), bits, mirrored))
    return found


def swept(session: Session, photo_id: str, at: datetime) -> None:
    """It was sought as far as two photos can differ."""
    session.execute(update(Photo).where(Photo.id == photo_id).values(swept_at=at))


def near(session: Session, sought: list[photo.Fingerprint], radius: int) -> dict[str, int]:
    """The photos that are the same as the one with these fingerprints, by its distance from each."""
    bits = [each for fingerprint in sought for each in (fingerprint.bits, fingerprint.mirrored)]
    alike = within(session, bits, radius)
    likeliest = sorted(alike, key=lambda identifier: alike[identifier])[:MOST_COMPARED]
    kept = _fingerprints(session, likeliest) if likeliest else {}
    told = {identifier: photo.distance(sought, kept[identifier]) for identifier in likeliest}
    return {identifier: distance for identifier, distance in told.items() if distance is not None}


def within(session: Session, bits: list[bytes], radius: int) -> dict[str, int]:
    """The photos of which a fingerprint lies within `photo.WITHIN` bits of one of these, with the least distance.

    With radius SWEEP none is missed. With INLINE about one in 40 of those beyond 21 bits is, and of those within, fewer than
    one in 100,000.
    """
    if not bits:
        return {}
    on = connection(session)
    rows = look_up(on, bits, radius)
    if not rows:
        return {}
    distances = photo.distances(bits, [row.bits for row in rows])
    found: dict[str, int] = {}
    for place in np.flatnonzero(distances <= photo.WITHIN).tolist():
        identifier, distance = rows[place].photo_id, int(distances[place])
        found[identifier] = min(distance, found.get(identifier, distance))
    return found


def look_up(on: Connection, bits: list[bytes], radius: int) -> Sequence[Any]:
    """The rows that share a band with one of these fingerprints: `photo_id` and `bits`.

    At once, in SQLite, only those whose sample is near too: it stands in the index with the band, and reading a row for
    nothing costs several times as much. PostgreSQL reads the row in any case.
    """
    values = tuple(map(json.dumps, bands.probes(bits, radius)))
    if on.dialect.name != "sqlite":
        arrays = tuple(f"{{{each[1:-1]}}}" for each in values)  # written by C: a driver takes lists number by number
        in_band = f"FROM {_KEPT} WHERE b{{}} = ANY(%s::integer[])"
        return on.exec_driver_sql(_search("photo_id, bits", in_band), arrays).all()
    in_band = f"FROM json_each(?) CROSS JOIN {_KEPT} ON b{{}} = value"
    if radius > INLINE:
        return on.exec_driver_sql(_search("photo_id, bits", in_band), values).all()
    found = on.exec_driver_sql(_search(f"{_KEPT}.rowid, sample", in_band), values).all()
    if not found:
        return []
    places, samples = map(np.array, zip(*found, strict=True))
    near = places[bands.are_near(bits, samples)].tolist()
    chosen = f"SELECT photo_id, bits FROM json_each(?) CROSS JOIN {_KEPT} ON {_KEPT}.rowid = value"  # noqa: S608
    return on.exec_driver_sql(chosen, (json.dumps(near),)).all() if near else []


@cache
def _search(columns: str, in_band: str) -> str:
    """The search as the driver takes it, with the values of the bands in their order: it runs with every photo.

    A select of its own for each band, so that each stops at its limit.
    """
    chosen = (f"SELECT {columns} {in_band.format(band)} LIMIT {MOST_A_BAND}" for band in range(bands.COUNT))
    return " UNION ALL ".join(f"SELECT * FROM ({each}) AS b{band}" for band, each in enumerate(chosen))  # noqa: S608


def cases(session: Session, photos: dict[str, int]) -> dict[str, int]:
    """The cases of these photos, each with the distance of its nearest."""
    found: dict[str, int] = {}
    for identifier, case_id in session.execute(select(Photo.id, Photo.case_id).where(Photo.id.in_(photos))):
        found[case_id] = min(photos[identifier], found.get(case_id, photo.WITHIN))
    return found


def pair(session: Session, first_case_id: str, second_case_id: str) -> tuple[Photo, Photo] | None:
    """The photo of each of two cases that are nearest to each other; None where none are the same."""
    newest = [
        select(Photo).where(Photo.case_id == case_id).order_by(Photo.id.desc()).limit(MOST_SHOWN)
        for case_id in (first_case_id, second_case_id)
    ]
    ours, theirs = ({each.id: each for each in session.scalars(chosen)} for chosen in newest)
    kept = _fingerprints(session, [*ours, *theirs])
    apart = {
        (one, other): distance
        for one, other in product(ours, theirs)
        if (distance := photo.distance(kept[one], kept[other])) is not None
    }
    if not apart:
        return None
    one, other = min(apart, key=lambda each: apart[each])
    return ours[one], theirs[other]


def get(session: Session, case_id: str, photo_id: str) -> Photo:
    """A photo of the case. Raises Refused("not-found") for any other."""
    kept = session.get(Photo, photo_id)
    if kept is None or kept.case_id != case_id:
        raise Refused("not-found", sentence("There is no such file."))
    return kept


def is_common(session: Session, case_ids: Iterable[str]) -> bool:
    """Whether the ads of these cases are of so many sellers that what they share is no sign. Without a seller each counts."""
    sellers = {case_id: case_id.encode() for case_id in case_ids}
    if len(sellers) <= MOST_SELLERS:
        return False
    kept = select(SellerKey.case_id, SellerKey.seller).where(SellerKey.case_id.in_(sellers)).order_by(SellerKey.id)
    sellers |= {row.case_id: row.seller for row in session.execute(kept)}
    return len(set(sellers.values())) > MOST_SELLERS


def unlink_common(session: Session, photos: Iterable[str], case_ids: Sequence[str]) -> None:
    """Delete the links that rest on these photos alone, which have just turned out to be common to these cases.

    Once much more common, they have made no link for long.
    """
    if len(case_ids) > 2 * MOST_SELLERS:
        return
    links = select(Link).where(Link.kind == LinkKind.PHOTO, Link.linked_by.is_(None), Link.undone_at.is_(None))
    links = links.where(Link.first_case_id.in_(case_ids), Link.second_case_id.in_(case_ids))
    chosen = select(Photo.id, Photo.case_id).where(Photo.case_id.in_(case_ids), Photo.id.not_in(photos))
    others = {identifier: case_id for identifier, case_id in session.execute(chosen)}  # noqa: C416
    of_case: dict[str, list[list[photo.Fingerprint]]] = defaultdict(list)
    for identifier, fingerprints in _fingerprints(session, others).items():
        of_case[others[identifier]].append(fingerprints)
    for link in session.scalars(links):
        pairs = product(of_case[link.first_case_id], of_case[link.second_case_id])
        if not any(photo.distance(ours, theirs) is not None for ours, theirs in pairs):
            session.delete(link)
