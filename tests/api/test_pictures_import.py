"""`flask training pictures`: what an operator loads, with its licence; what is refused, and why; what is kept of it."""

import io
from dataclasses import replace
from datetime import date

import pytest
from PIL import Image
from sqlalchemy import func, select

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import db, read
from server.core.database import write as write_down
from server.people.courses import catalogue
from server.people.skill import picture_store
from server.people.skill.models import LoadedPicture
from tests.loaded_pictures import entry, folder, photograph, write
from tests.small_module import teach_small

SHIPPED = catalogue.pictures


@pytest.fixture(autouse=True)
def small(app, tmp_path):
    """A content folder of its own."""
    teach_small(app, tmp_path / "taught")


@pytest.fixture(autouse=True)
def none_shipped(monkeypatch):
    monkeypatch.setattr(catalogue, "pictures", dict)


def run(people, *arguments):
    return people.app.test_cli_runner().invoke(args=["training", "pictures", *map(str, arguments)])


def count():
    return db.session.scalar(select(func.count()).select_from(LoadedPicture))


def test_a_picture_is_loaded_small_and_without_its_place(people, tmp_path):
    at = folder(tmp_path / "in")
    assert b"SECRET-PLACE" in (at / "p0.jpg").read_bytes()
    done = run(people, "import", at)
    assert (done.exit_code, "Loaded 1 new and 0 changed pictures; 0 are as they were." in done.output) == (0, True)
    with read() as session:
        row = session.scalars(select(LoadedPicture)).one()
        copies = (row.clean, row.blurred)
        assert (row.licence, row.entry["author"]) == ("CC-BY-4.0", "Vera Lens")
    for data in copies:
        assert b"SECRET-PLACE" not in data and b"EXIF" not in data
        picture = Image.open(io.BytesIO(data))
        assert picture.format == "WEBP" and not picture.getexif() and max(picture.size) <= 800
    assert db.session.scalars(select(AuditRow.action).where(AuditRow.kind == "picture")).all() == ["picture_loaded"]


def test_a_dry_run_keeps_nothing_and_says_what_would_be_done(people, tmp_path):
    done = run(people, "import", folder(tmp_path / "in"), "--dry-run")
    assert done.exit_code == 0 and "Would load 1 new" in done.output and count() == 0


def test_the_same_again_changes_nothing_and_a_change_replaces(people, tmp_path):
    at = folder(tmp_path / "in", [entry(0), entry(1)])
    run(people, "import", at)
    assert "Loaded 0 new and 0 changed pictures; 2 are as they were." in run(people, "import", at).output
    write(at, [entry(0, author="Vera Lens-Smith")])
    assert "Loaded 0 new and 1 changed pictures; 0 are as they were." in run(people, "import", at).output
    (at / "p0.jpg").write_bytes(photograph("blue"))
    assert "0 new and 1 changed" in run(people, "import", at).output
    assert count() == 2, "what the manifest leaves out stays"
    with read() as session:
        assert picture_store.loaded(session)["disc-0"].author == "Vera Lens-Smith"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"licence": "CC-BY-NC-4.0"}, "allows no commercial use"),
        ({"licence": "CC-BY-ND-4.0"}, "allows no changed copies"),
        ({"licence": "all rights reserved"}, "is not a licence that pictures may be loaded under"),
        ({"licence": None}, "licence is missing"),
        ({"author": None}, "author is missing"),
        ({"source": None}, "source is missing"),
        ({"dated": "soon"}, "dated must be a date"),
        ({"taxon": "Loxodonta loxodonta"}, "no scientific name that is known here"),
        ({"taxon": None, "material": None}, "name a taxon, a material or both"),
        ({"right": "horn"}, "right must be one of ivory, bone"),
        ({"alt": "A disc of ivory."}, "alt gives the answer away: ivory"),
        ({"alt": "From an Elephant, they say."}, "alt gives the answer away: elephant"),
        ({"lesson": "small/none"}, "there is no lesson small/none"),
        ({"file": "../p0.jpg"}, "must be a PNG, JPEG or WebP in the folder itself"),
        ({"file": "p0.svg"}, "must be a PNG, JPEG or WebP in the folder itself"),
        ({"colour": "red"}, "the key colour is not known here"),
        ({"choices": {"ivory": "The same", "bone": "The same"}}, "two choices say the same"),
        ({"choices": {"flag": "Ivory", "bone": "Bone"}, "right": "bone"}, "flag cannot be the key of a choice"),
    ],
)
def test_what_is_wrong_is_said_by_line_and_nothing_is_loaded(people, tmp_path, changes, why):
    at = folder(tmp_path / "in", [entry(0), entry(1)])
    write(at, [entry(0), entry(1, **changes)])
    done = run(people, "import", at)
    assert done.exit_code == 1 and why in done.output and "pictures.yaml:" in done.output, done.output
    assert "Nothing was loaded." in done.output and count() == 0


def _bomb():
    """A file of some kilobytes that unpacks to 48 million pixels."""
    out = io.BytesIO()
    Image.new("1", (8000, 6000)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "is no PNG, JPEG or WebP picture"),
        (photograph(kind="PNG"), "is a PNG by another name"),
        (photograph(size=(120, 80)), "is smaller than 200 pixels"),
        (photograph()[:-900], "is damaged"),
        (_bomb(), "has more than 40 million pixels"),
    ],
)
def test_a_file_that_is_no_such_picture_is_refused(people, tmp_path, data, why):
    file = "p0.png" if why == "has more than 40 million pixels" else "p0.jpg"
    at = folder(tmp_path / "in", file=file)
    (at / file).write_bytes(data)
    done = run(people, "import", at)
    assert done.exit_code == 1 and why in done.output and count() == 0, done.output


def test_a_link_out_of_the_folder_is_not_followed(people, tmp_path):
    at = folder(tmp_path / "in")
    (at / "p0.jpg").rename(tmp_path / "elsewhere.jpg")
    (at / "p0.jpg").symlink_to(tmp_path / "elsewhere.jpg")
    assert "p0.jpg is not in the folder" in run(people, "import", at).output and count() == 0


def test_a_picture_is_removed_by_one_command(people, tmp_path):
    run(people, "import", folder(tmp_path / "in"))
    assert "disc-0: ivory; CC-BY-4.0, Vera Lens" in run(people, "list").output
    assert "Removed disc-0." in run(people, "remove", "disc-0").output
    assert count() == 0
    assert "There is no loaded picture named disc-0." in run(people, "remove", "disc-0").output


@pytest.mark.parametrize("removed", [False, True], ids=["loaded", "removed"])
@pytest.mark.parametrize(
    ("changes", "refused"),
    [
        ({"right": "bone"}, True),
        ({"choices": {"ivory": "Elephant or mammoth ivory", "horn": "Horn"}}, True),
        ({"choices": None, "right": "flag"}, True),
        ({"author": "Vera Lens-Smith"}, False),
    ],
)
def test_what_was_answered_is_not_asked_otherwise_under_the_same_name(people, tmp_path, changes, refused, removed):
    """Marks that were given would stand beside another right answer."""
    at = folder(tmp_path / "in")
    run(people, "import", at)
    with write_down() as session:
        picture = picture_store.loaded(session)["disc-0"]
        picture_store.keep_answer(session, people.ids["ben"], picture, "bone", clock.now())
    if removed:
        run(people, "remove", "disc-0")
    write(at, [entry(0, **changes)])
    done = run(people, "import", at)
    assert (done.exit_code, "disc-0 has answers: choose another name" in done.output) == (int(refused), refused)
    with read() as session:
        assert len(picture_store.loaded(session)) == (0 if refused and removed else 1)


def test_what_nobody_answered_may_be_asked_otherwise(people, tmp_path):
    at = folder(tmp_path / "in")
    run(people, "import", at)
    write(at, [entry(0, right="bone")])
    assert "0 new and 1 changed" in run(people, "import", at).output


def test_a_loaded_picture_whose_name_comes_with_us_later_can_be_removed(people, tmp_path, monkeypatch):
    run(people, "import", folder(tmp_path / "in"))
    with read() as session:
        ours = picture_store.loaded(session)["disc-0"]
    monkeypatch.setattr(catalogue, "pictures", lambda: {"disc-0": replace(ours, author="Of Ours")})
    told = run(people, "list").output
    assert "Of Ours" in told and "Vera Lens" not in told, "the lane shows ours"
    assert "(bundled; a loaded picture of this name is not shown)" in told
    assert "Removed disc-0." in run(people, "remove", "disc-0").output and count() == 0
    assert "disc-0 is bundled and was not loaded." in run(people, "remove", "disc-0").output
    assert "(bundled)" in run(people, "list").output


def test_pictures_of_a_content_folder_are_checked_and_never_shown_from_there(people, tmp_path, monkeypatch):
    """A photograph that lies there has its metadata still, and no blurred copy: an operator loads it."""
    monkeypatch.setattr(catalogue, "pictures", SHIPPED)
    own = folder(tmp_path / "taught" / "modules" / "picture-lane")
    teach_small(people.app, tmp_path / "taught")
    with people.app.test_request_context():
        assert "disc-0" not in catalogue.pictures()
        assert catalogue.pictures_folder() == catalogue.CONTENT / "picture-lane"
    told = people.app.test_cli_runner().invoke(args=["training", "check", str(own.parent)])
    assert told.exit_code == 0 and "1 picture to load: flask training pictures import" in told.output, told.output


def test_a_folder_without_a_manifest_is_said(people, tmp_path):
    assert "There is no pictures.yaml in" in run(people, "import", tmp_path).output


def test_what_is_kept_reads_back_as_it_was(people, tmp_path):
    ad = {"title": "Old disc", "text": "Crossed lines.", "price": "€ 9", "marks": {"taxon": ["Crossed lines"]}}
    whole = entry(
        0, choices=None, right="flag", ad=ad, licence="permission", dated=date(2023, 2, 28), lesson="small/one"
    )
    assert run(people, "import", folder(tmp_path / "in", [whole])).exit_code == 0
    with read() as session:
        kept = picture_store.loaded(session)["disc-0"]
    assert (kept.right, kept.choices, kept.dated, kept.lesson) == ("flag", {}, date(2023, 2, 28), "small/one")
    assert kept.ad.kinds == ("taxon",) and kept.ad.price == "€ 9"
