"""A photo of the goods is cut out of the evidence, kept, and links the cases whose ads show it."""

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from flask import Flask
from flask_migrate import downgrade, upgrade
from PIL import Image, ImageOps
from sqlalchemy import delete, func, select, text, update

from server.core import clock, vault, work
from server.core.database import db, insert, new_id, read, write
from server.core.outbox import Work
from server.core.words import Answer, Status
from server.journeys.report import knowing_again, knowing_photos
from server.ledger.matches import bands, photo_store
from server.ledger.matches.models import Link, Photo, PhotoFingerprint
from server.ledger.matches.photo import VERSION, Fingerprint, Variant, distances
from server.ledger.reports.models import Evidence, Report
from tests.conftest import People
from tests.photos import cropped, damaged, encoded, flat, framed, photo, recompressed
from tests.plans import asked, only_on_sqlite
from tests.story import flag

Make = Callable[..., dict[str, Any]]


def ad(number: int) -> str:
    return f"https://mercado.test/itm/{100000000000 + number}"


def page(*placed: tuple[Image.Image, int, int]) -> bytes:
    """A screenshot with these photos in it."""
    screenshot = Image.new("RGB", (1280, 900), "white")
    for picture, x, y in placed:
        screenshot.paste(picture, (x, y))
    return encoded(screenshot)


def shown(x: int, y: int, width: int, height: int, file: str = "screenshot") -> dict[str, Any]:
    place = {"file": file, "x": x, "y": y, "width": width, "height": height}
    return {"url": "https://mercado.test/1.jpg", "alt": None, "shown": place}


def report_of(make: Make, number: int, *images: dict[str, Any], **listing: Any) -> dict[str, Any]:
    """Ads whose texts and sellers have nothing in common."""
    listing = {"title": f"Lot {number}", "description": "", "seller": {"name": f"Seller {number}"}} | listing
    return make(url=ad(number)) | {"listing": listing | {"images": list(images)}}


def links() -> list[tuple[str, str, float]]:
    with read() as session:
        rows = session.execute(
            select(Link.first_case_id, Link.second_case_id, Link.distance).where(Link.kind == "photo")
        )
        return [tuple(row) for row in rows]


def photos() -> list[Photo]:
    with read() as session:
        return list(session.scalars(select(Photo).order_by(Photo.id)))


@pytest.fixture
def by_photo(people: People, report_json: Make) -> Callable[..., str]:
    """Flags an ad with a photo beside it; the case."""

    def make(number: int, picture: Image.Image, **listing: Any) -> str:
        case_id = flag(people, report_of(report_json, number, **listing), photo_1=encoded(picture))
        work.run_due()
        return case_id

    return make


def test_a_repost_with_another_crop_is_linked(people: People, report_json: Make) -> None:
    """The extension tells where the photo stands in the screenshot; the repost's photo was cropped and saved anew."""
    goods = photo(1)
    first = flag(people, report_of(report_json, 1, shown(40, 120, 640, 480)), screenshot=page((goods, 40, 120)))
    again = recompressed(cropped(goods, 0.05).resize((500, 375)), 60)
    second = flag(people, report_of(report_json, 2, shown(300, 60, 500, 375)), screenshot=page((again, 300, 60)))
    other = flag(people, report_of(report_json, 3, shown(300, 60, 640, 480)), screenshot=page((photo(2), 300, 60)))
    work.run_due()
    [(a, b, distance)] = links()
    assert [a, b] == sorted([first, second]) and other not in (a, b) and 0 <= distance <= 31
    with read() as session:
        assert session.scalars(select(Link.linked_by)).all() == [None]


@pytest.mark.parametrize("change", [
    ImageOps.mirror, lambda each: framed(each, 0.05, "white"), lambda each: cropped(each, 0.1), lambda each: recompressed(each, 30),
], ids=["mirrored", "framed", "cropped", "recompressed"])  # fmt: skip
@pytest.mark.parametrize("edited_first", [True, False])
def test_an_edited_photo_is_linked_whichever_came_first(
    by_photo: Callable[..., str], change: Callable[[Image.Image], Image.Image], edited_first: bool
) -> None:
    pictures = [change(photo(3)), photo(3)] if edited_first else [photo(3), change(photo(3))]
    cases = [by_photo(number, picture) for number, picture in enumerate(pictures)]
    assert [link[:2] for link in links()] == [tuple(sorted(cases))]


def test_the_photo_is_kept_as_a_clean_copy_and_a_blurred_one(app: Flask, people: People, report_json: Make) -> None:
    case_id = flag(people, report_of(report_json, 1, shown(40, 120, 640, 480)), screenshot=page((photo(1), 40, 120)))
    work.run_due()
    [kept] = photos()
    assert (kept.case_id, kept.x, kept.y, kept.width, kept.height) == (case_id, 40, 120, 640, 480)
    for sha256, size in ((kept.copy_sha256, (640, 480)), (kept.blurred_sha256, (320, 240))):
        with Image.open(io.BytesIO(vault.read(sha256))) as copy:
            assert (copy.format, copy.size) == ("WEBP", size)


@pytest.mark.parametrize(
    ("box", "kept"),
    [
        ((1200, 800, 640, 480), (1200, 800, 80, 100)),
        ((0, 0, 100_000, 100_000), (0, 0, 1280, 900)),
        ((1280, 900, 300, 300), None),
        ((50_000, 50_000, 300, 300), None),
        ((10, 10, 40, 300), None),
    ],
    ids=["partly outside", "huge", "at the edge", "outside", "an icon"],
)
def test_a_box_that_leaves_the_file_is_cut_to_it(
    people: People, report_json: Make, box: tuple[int, ...], kept: tuple[int, ...] | None
) -> None:
    flag(people, report_of(report_json, 1, shown(*box)), screenshot=page((photo(1), 40, 120)))
    work.run_due()
    assert [(each.x, each.y, each.width, each.height) for each in photos()] == ([kept] if kept else [])


def test_a_screenshot_that_is_damaged_has_no_photo_and_harms_no_other(people: People, report_json: Make) -> None:
    flag(people, report_of(report_json, 1, shown(0, 0, 400, 400)), screenshot=damaged(), photo_1=encoded(photo(1)))
    work.run_due()
    assert [(each.width, each.height) for each in photos()] == [(640, 480)]
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Work).where(Work.done_at.is_(None))) == 0


def test_a_photo_of_the_same_listing_links_nothing(by_photo: Callable[..., str]) -> None:
    assert by_photo(1, photo(1)) == by_photo(1, photo(1))
    assert len(photos()) == 2 and links() == []


def test_a_flat_picture_is_kept_and_is_no_sign(by_photo: Callable[..., str]) -> None:
    for number in range(3):
        by_photo(number, flat())
    with read() as session:
        assert session.scalar(select(func.count()).select_from(PhotoFingerprint)) == 0
    assert len(photos()) == 3 and links() == []


def seen_by_many(by_photo: Callable[..., str], most: int) -> list[str]:
    """So many sellers show one logo; the first two the same bird, too."""
    logo, bird = photo(7, 200, 200), photo(8)
    return [by_photo(number, logo) for number in range(most)] + [by_photo(0, bird), by_photo(1, bird)]


def test_a_logo_of_many_sellers_is_no_sign_and_takes_back_its_links(
    by_photo: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_store, "MOST_SELLERS", 4)
    cases = seen_by_many(by_photo, 4)
    assert len(links()) == 6
    by_photo(4, photo(7, 200, 200))
    assert [link[:2] for link in links()] == [tuple(sorted(cases[:2]))], "the bird still links them"
    by_photo(5, photo(7, 200, 200))
    assert len(links()) == 1


def test_one_seller_with_many_ads_is_not_many(by_photo: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_store, "MOST_SELLERS", 4)
    for number in range(6):
        by_photo(number, photo(7), seller={"name": "Birdhouse", "url": "https://mercado.test/u/birdhouse"})
    assert len(links()) == 15


def test_what_was_removed_is_a_sign_whoever_shows_it(
    by_photo: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(photo_store, "MOST_SELLERS", 4)
    first = by_photo(0, photo(7))
    with write() as session:
        session.execute(
            update(Report).where(Report.case_id == first).values(status=Status.REMOVED, outcome=Answer.REMOVED)
        )
    for number in range(1, 6):
        by_photo(number, photo(7))
    assert len(links()) == 15


def test_the_sweep_finds_what_the_first_look_misses(by_photo: Callable[..., str]) -> None:
    """22 bits, two in each band: beyond what is looked up at once."""
    first, second = by_photo(1, photo(1)), by_photo(2, photo(2))
    with write() as session:
        ours, theirs = (session.scalars(select(PhotoFingerprint).where(PhotoFingerprint.variant == "middle_3")
                        .join(Photo).where(Photo.case_id == case_id)).one() for case_id in (first, second))  # fmt: skip
        bits = int.from_bytes(ours.bits, "big")
        for start in (sum(bands.WIDTHS[:band]) for band in range(bands.COUNT)):
            bits ^= 1 << (255 - bands.ORDER[start]) | 1 << (255 - bands.ORDER[start + 1])
        theirs.bits = theirs.mirrored = bits.to_bytes(32, "big")
        theirs.sample = int(bands.samples_of([theirs.bits])[0])
        for band, value in enumerate(bands.bands(theirs.bits)):
            setattr(theirs, f"b{band}", value)
        assert int(distances([ours.bits], [theirs.bits])[0]) == 22
    with read() as session:
        report_id = session.scalars(select(Report.id).where(Report.case_id == second)).one()
    knowing_again.know_again(report_id)
    assert links() == []
    knowing_again.sweep_photos()
    assert links() == [(*sorted([first, second]), 22)]
    with read() as session:
        assert photo_store.unswept(session, 10) == []


def test_what_shares_a_band_is_read_where_its_sample_is_near_and_the_sweep_reads_all(app: Flask) -> None:
    """Two fingerprints with one band of the sought one, and nothing else of either: one within 31 bits of it, one of chance."""
    only_on_sqlite()
    random = np.random.RandomState(2)
    sought = random.bytes(32)
    alike = _flipped(sought, [255 - bit for bit in bands.ORDER[24:52]])  # 28 bits, none of them in the first band
    chance = random.bytes(32)
    rows = {}
    for name, bits in (("alike", alike), ("chance", chance)):
        rows[name] = photo_store.row_of(new_id(), Fingerprint(Variant.WHOLE, bits, bytes(32)))
        rows[name]["b0"] = bands.bands(sought)[0]
    with write() as session:
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        insert(session, PhotoFingerprint, *rows.values())
        assert photo_store.within(session, [sought], photo_store.INLINE) == {rows["alike"]["photo_id"]: 28}
        assert _read(session, [sought], photo_store.INLINE) == {rows["alike"]["photo_id"]}
        assert _read(session, [sought], photo_store.SWEEP) == {row["photo_id"] for row in rows.values()}
        session.rollback()


def _flipped(bits: bytes, places: list[int]) -> bytes:
    number = int.from_bytes(bits, "big")
    for place in places:
        number ^= 1 << place
    return number.to_bytes(32, "big")


def _read(session: Any, bits: list[bytes], radius: int) -> set[str]:
    return {row.photo_id for row in photo_store.look_up(session.connection(), bits, radius)}


def test_a_photo_is_sought_by_the_indexes_however_many_are_kept(app: Flask) -> None:
    only_on_sqlite()
    random, steps = np.random.RandomState(1), []
    sought = random.bytes(32)
    with write() as session:
        session.execute(text("PRAGMA defer_foreign_keys=ON"))
        for many in (50, 1950):
            rows = [Fingerprint(Variant.WHOLE, random.bytes(32), bytes(32)) for _ in range(many)]
            insert(session, PhotoFingerprint, *(photo_store.row_of(new_id(), each) for each in rows))
            photo_store.within(session, [sought], photo_store.INLINE)
            with asked() as seen:
                photo_store.within(session, [sought], photo_store.INLINE)
            steps.append(seen.steps)
        session.rollback()
    assert steps[1] < 1.5 * steps[0], steps


def test_fingerprints_of_before_get_their_sample(by_photo: Callable[..., str]) -> None:
    by_photo(1, photo(1))
    db.session.remove()
    downgrade(revision="0108")
    upgrade()
    with read() as session:
        rows = session.scalars(select(PhotoFingerprint)).all()
    assert len(rows) >= 5
    assert [row.sample for row in rows] == bands.samples_of([row.bits for row in rows]).tolist()


# --- another version of the fingerprints ---


def fingerprints() -> set[tuple[str, str, bytes]]:
    with read() as session:
        rows = session.scalars(select(PhotoFingerprint))
        return {(each.photo_id, each.variant, each.bits) for each in rows}


def of_another_version() -> None:
    """All that is kept, as an earlier version would have made it, before it could link anything."""
    with write() as session:
        session.execute(update(Photo).values(version=VERSION - 1, swept_at=clock.now()))
        session.execute(update(PhotoFingerprint).values(bits=bytes(32), mirrored=bytes(32)))
        session.execute(delete(Link))


def test_fingerprints_of_another_version_are_made_anew_some_at_a_time_and_sought(
    people: People, report_json: Make, by_photo: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    flag(people, report_of(report_json, 1, shown(40, 120, 640, 480)), screenshot=page((photo(1), 40, 120)))
    by_photo(2, photo(1))
    by_photo(3, flat())
    kept, found = fingerprints(), links()
    assert len(found) == 1
    of_another_version()
    monkeypatch.setattr(knowing_photos, "RENEWED", 2)
    knowing_again.renew_photos()
    assert [each.version for each in photos()] == [VERSION] * 2 + [VERSION - 1]
    knowing_again.renew_photos()
    knowing_again.renew_photos()
    assert {each.version for each in photos()} == {VERSION} and fingerprints() == kept
    assert links() == []
    knowing_again.sweep_photos()
    assert links() == found


def test_a_photo_whose_file_is_lost_keeps_what_it_has_and_stops_no_other(by_photo: Callable[..., str]) -> None:
    for number in (1, 2):
        by_photo(number, photo(number))
    kept = fingerprints()
    with read() as session:
        lost = session.scalars(select(Evidence.sha256).order_by(Evidence.id)).first()
    of_another_version()
    next(vault.root().rglob(f"*{lost}*")).unlink()
    knowing_again.renew_photos()
    assert [each.version for each in photos()] == [VERSION - 1, VERSION]
    assert {row for row in fingerprints() if row in kept} == {row for row in kept if row[0] == photos()[1].id}


def test_done_twice_it_is_done_once(people: People, report_json: Make) -> None:
    for number in (1, 2):
        flag(people, report_of(report_json, number), photo_1=encoded(photo(1)), photo_2=encoded(photo(2)))
    work.run_due()
    with read() as session:
        ids = list(session.scalars(select(Report.id)))
    for report_id in ids:
        knowing_again.know_again(report_id)
    assert len(photos()) == 4 and len(links()) == 1


# --- what is refused ---


def send(people: People, report: dict[str, Any]) -> Any:
    headers = people.token("ana") | {"Idempotency-Key": "0b2a1a43-5a3d-4f5c-9e5a-6a1f7d9c0001"}
    return people.app.test_client().post("/api/v1/reports", json=report, headers=headers)


@pytest.mark.parametrize("place", [
    [0, 0, 10, 10], "screenshot", {"file": "screenshot"}, {"file": "page", "x": 0, "y": 0, "width": 9, "height": 9},
    {"file": "screenshot", "x": -1, "y": 0, "width": 9, "height": 9}, {"file": "screenshot", "x": 0, "y": 0, "width": 0, "height": 9},
    {"file": "screenshot", "x": 1.5, "y": 0, "width": 9, "height": 9}, {"file": "screenshot", "x": "1", "y": 0, "width": 9, "height": 9},
    {"file": "screenshot", "x": True, "y": 0, "width": 9, "height": 9}, {"file": "screenshot", "x": 10**12, "y": 0, "width": 9, "height": 9},
    {"file": "screenshot", "x": 0, "y": 0, "width": 9, "height": 9, "left": 3},
])  # fmt: skip
def test_another_shape_of_a_place_is_refused_and_named(people: People, report_json: Make, place: Any) -> None:
    image = {"url": "https://mercado.test/1.jpg", "shown": place}
    answer = send(people, report_of(report_json, 1, image))
    assert answer.status_code == 422 and any("shown" in str(field) for field in answer.json["errors"]), answer.json


def test_twelve_places_are_taken_and_thirteen_are_not(people: People, report_json: Make) -> None:
    images = [shown(number, 0, 100, 100) for number in range(13)]
    answer = send(people, report_of(report_json, 1, *images))
    assert answer.status_code == 422 and "images" in str(answer.json["errors"])
    assert send(people, report_of(report_json, 1, *images[:12])).status_code == 201


# --- the form ---


def test_the_forms_photos_are_photos(people: People, report_json: Make) -> None:
    """Ben reports from a phone what Ana's extension has sent; the screenshot beside it is none of the goods."""
    first = flag(people, report_of(report_json, 1), photo_1=encoded(photo(1)))
    form = {"key": "0b2a1a43-5a3d-4f5c-9e5a-6a1f7d9c0002", "url": ad(2), "category": "live", "reason": "Six at once."}
    files = [("pictures", page((photo(2), 0, 0))), ("photos", encoded(photo(3))), ("photos", encoded(photo(1), "JPEG"))]
    data: dict[str, Any] = form | {"pictures": [], "photos": []}
    for name, content in files:
        data[name].append((io.BytesIO(content), "picture.png"))
    answer = people.browser("ana").post("/reports/new", data=data)
    assert answer.status_code == 201, answer.text
    work.run_due()
    with read() as session:
        second = session.scalars(select(Report.case_id).where(Report.url == ad(2))).one()
        names = session.scalars(select(Evidence.name).join(Report).where(Report.case_id == second)).all()
    assert sorted(names) == ["photo_1", "photo_2", "screenshot"]
    assert [link[:2] for link in links()] == [tuple(sorted([first, second]))]


def test_nine_photos_are_too_many_for_the_form(people: People) -> None:
    form = {"key": "0b2a1a43-5a3d-4f5c-9e5a-6a1f7d9c0003", "url": ad(2), "category": "live", "reason": "Six at once."}
    data: dict[str, Any] = form | {"photos": [(io.BytesIO(encoded(photo(1))), f"{n}.png") for n in range(9)]}
    answer = people.browser("ana").post("/reports/new", data=data)
    assert answer.status_code == 422 and "Send at most 8 photos." in answer.text
