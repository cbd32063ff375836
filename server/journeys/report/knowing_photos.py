"""Step 6, the photos: cut out of the evidence, kept with copies people may see, and found again by their fingerprints."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from server.core import vault
from server.core.database import read, write
from server.core.words import LinkKind, Refused
from server.ledger.matches import photo, photo_store
from server.ledger.matches.photo_store import NewPhoto, PhotoPlace, SoughtPhoto
from server.ledger.matches.store import Near
from server.ledger.reports import pictures
from server.ledger.reports import store as reports
from server.ledger.reports.models import Evidence, Report
from server.ledger.reports.submission import PHOTOS

RENEWED = 50  # photos at a time: other work waits meanwhile
LOOKED_AT = 500  # of which the files of some may be lost


def same_photo(report_id: str, case_id: str) -> list[Near]:
    """Keep the photos of the report, in one transaction; the other cases with the same."""
    with read() as session:
        report = session.get_one(Report, report_id)
        listing, files = report.listing or {}, reports.evidence(session, [report_id])[report_id]
        done = photo_store.places(session, report_id)
    photos: list[NewPhoto] = []
    for file, places in _places(listing.get("images") or [], files):
        if new := [place for place in places if place not in done]:
            photos += _cut(file, new)
    if photos:
        with write() as session:
            photo_store.keep(session, report_id, case_id, photos)
    with read() as session:
        kept = photo_store.of_report(session, report_id)
    return [other for each in kept for other in near(each, photo_store.INLINE)]


def _places(images: list[Any], files: list[Evidence]) -> Iterator[tuple[Evidence, list[PhotoPlace]]]:
    """The photos in each picture file. What was stated of a place outside the file is left away, and what is too small."""
    shown = defaultdict(list)
    for image in images:
        if isinstance(image, dict) and (place := image.get("shown")):
            shown[place["file"]].append(place)
    for file in files:
        if not file.width or not file.height:
            continue
        whole = PhotoPlace(file.id, 0, 0, file.width, file.height)
        stated = [_within(place, whole) for place in shown[file.name]]
        places = [whole] if file.name in PHOTOS else list(dict.fromkeys(stated))
        if places := [place for place in places if min(place.width, place.height) >= photo.LEAST_SIDE]:
            yield file, places


def _within(stated: dict[str, int], whole: PhotoPlace) -> PhotoPlace:
    """The part of a stated box that lies in the file; its sides may be nothing or less."""
    left, top = max(stated["x"], 0), max(stated["y"], 0)
    right = min(stated["x"] + stated["width"], whole.width)
    bottom = min(stated["y"] + stated["height"], whole.height)
    return PhotoPlace(whole.evidence_id, left, top, right - left, bottom - top)


def _cut(file: Evidence, places: list[PhotoPlace]) -> list[NewPhoto]:
    """The photos at these places of one file, their copies kept. A damaged file has none."""
    boxes: list[pictures.Box | None] = [(p.x, p.y, p.x + p.width, p.y + p.height) for p in places]
    try:
        cuts = pictures.cuts(vault.read(file.sha256), [None] if file.name in PHOTOS else boxes)
    except pictures.NoCopy:
        return []  # the file itself says why, where people look at it
    return [
        NewPhoto(place, vault.keep(cut.clean), vault.keep(cut.blurred), photo.fingerprints(photo.grey(cut.normal)))
        for place, cut in zip(places, cuts, strict=True)
    ]


def near(sought: SoughtPhoto, radius: int) -> list[Near]:
    """The other cases with this photo. A photo that very many sellers show finds none, unless an ad with it was removed."""
    with read() as session:
        photos = photo_store.near(session, sought.fingerprints, radius)
        cases = photo_store.cases(session, photos)
        common = photo_store.is_common(session, cases) and not reports.any_removed(session, list(cases))
    if common:
        with write() as session:
            photo_store.unlink_common(session, list(photos), list(cases))
        return []
    return [Near(other, LinkKind.PHOTO, distance) for other, distance in cases.items() if other != sought.case_id]


def renew() -> None:
    """Recompute some fingerprints that another version made, photo by photo: an interrupted worker continues there.

    They are sought by the sweep. A photo whose file is lost or out of reach keeps what it has.
    """
    with read() as session:
        photos = photo_store.outdated(session, LOOKED_AT)
        files = {
            file.id: file
            for of_report in reports.evidence(session, list({each.report_id for each in photos})).values()
            for file in of_report
        }
        outdated = [(each, files[each.evidence_id]) for each in photos]
    renewed = 0
    for each, file in outdated:
        try:
            data = vault.read(file.sha256)
        except Refused:
            continue
        box = None if file.name in PHOTOS else (each.x, each.y, each.x + each.width, each.y + each.height)
        try:
            fingerprints = photo.fingerprints(photo.grey(pictures.cuts(data, [box])[0].normal))
        except pictures.NoCopy:
            fingerprints = []  # it could be read once: the file has been damaged since
        with write() as session:
            photo_store.renew(session, each.id, fingerprints)
        renewed += 1
        if renewed == RENEWED:
            return
