"""The manifest of the picture lane's pictures: what an entry says, and what is wrong with one, by line."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from server.people.courses import pictured
from server.people.courses.licences import Licence
from server.people.courses.pictured import Pictured
from server.people.courses.yaml_lines import Invalid

TUSK = {
    "name": "tusk-lines", "file": "tusk-lines.png", "material": "ivory", "group": "mammal",
    "choices": {"ivory": "Elephant ivory", "bone": "Bone of cattle"}, "right": "ivory", "wrong_of_100": 40,
    "lesson": "ivory/lines", "alt": "A slice with crossing lines", "explanation": "They cross.", "author": "Noor",
    "licence": Licence.OWN.value, "source": "drawn", "dated": date(2026, 11, 1),
}  # fmt: skip
LESSONS = ("ivory/lines",)


def manifest(folder: Path, *entries: dict) -> Path:
    path = folder / pictured.NAME
    path.write_text(yaml.safe_dump({"pictures": list(entries)}, sort_keys=False))
    return path


def told(folder: Path, *entries: dict) -> list[str]:
    try:
        pictured.load(manifest(folder, *entries), LESSONS)
    except Invalid as invalid:
        return [str(problem).removeprefix("pictures.yaml:") for problem in invalid.problems]
    return []


def without(*keys: str, **more: object) -> dict:
    return {key: value for key, value in TUSK.items() if key not in keys} | more


def test_an_entry_is_read_kept_and_read_again(tmp_path):
    picture, entry = pictured.load(manifest(tmp_path, TUSK), LESSONS)["tusk-lines"]
    assert picture == Pictured(
        name="tusk-lines", file="tusk-lines.png", taxon="", material="ivory", group="mammal",
        choices={"ivory": "Elephant ivory", "bone": "Bone of cattle"}, right="ivory", difficulty=0.4, lesson="ivory/lines",
        ad=None, alt="A slice with crossing lines", explanation="<p>They cross.</p>\n", author="Noor", licence=Licence.OWN,
        source="drawn", dated=date(2026, 11, 1),
    )  # fmt: skip
    assert pictured.as_kept(entry)["dated"] == "2026-11-01"
    assert pictured.kept(pictured.as_kept(entry)) == picture


def test_a_picture_is_called_what_it_is_made_of_and_else_its_taxon(tmp_path):
    entries = [TUSK, without("material", name="tusk-whole", file="b.png", taxon="Elephas maximus")]
    pictures = pictured.load(manifest(tmp_path, *entries), LESSONS)
    assert [picture.title for picture, _ in pictures.values()] == ["ivory", "Elephas maximus"]


def test_its_answers_are_its_choices_or_whether_to_flag_it_and_cannot_tell(tmp_path):
    entries = [TUSK, without("choices", "lesson", name="tusk-sold", file="b.png", right="innocent")]
    pictures = pictured.load(manifest(tmp_path, *entries), LESSONS)
    assert [picture.keys for picture, _ in pictures.values()] == [
        ["ivory", "bone", "cannot_tell"],
        ["flag", "innocent", "cannot_tell"],
    ]


@pytest.mark.parametrize(
    "sound",
    [
        {"wrong_of_100": 99},
        {"wrong_of_100": 1},
        {"file": "Tusk_1.JPEG"},
        {"alt": "The ivor of an old tusk"},
        {"choices": {"ivory": "Dark bone", "bone": "Pale bone"}, "alt": "A bone"},  # which all of them say
        {"choices": {"ivory": "An egg", "bone": "A nut"}, "alt": "An egg"},  # too short to tell
        {"choices": {"ivory": "a" * 100, "bone": "Bone"}},
        {"choices": {"ivory": "A", **{f"k{number}": str(number) for number in range(4)}}},
        {"ad": {"title": "A tusk", "text": "Old, from my aunt."}},
    ],
)
def test_what_is_sound_is_taken(tmp_path, sound):
    assert told(tmp_path, TUSK | sound) == []


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        ({"name": "Tusk"}, "2: Tusk is no name"),
        ({"name": "tu"}, "2: tu is no name"),
        ({"file": "../tusk.png"}, "3: ../tusk.png must be a PNG, JPEG or WebP"),
        ({"file": "tusk.gif"}, "3: tusk.gif must be a PNG, JPEG or WebP"),
        ({"material": ""}, "shows nothing: name a taxon, a material or both"),
        ({"group": "dragon"}, "5: group must be one of"),
        ({"right": "horn"}, "9: right must be one of ivory, bone"),
        ({"right": "flag"}, "9: right must be one of ivory, bone"),
        ({"wrong_of_100": 100}, "10: wrong_of_100 must be below 100"),
        ({"lesson": "ivory/none"}, "11: there is no lesson ivory/none; write module/lesson"),
        ({"alt": "A slice of elephant tusk"}, "12: alt gives the answer away: elephant."),
        ({"material": "horn", "alt": "A horn"}, "12: alt gives the answer away: horn."),
        ({"alt": "Ivory and more"}, "12: alt gives the answer away: ivory."),
        ({"licence": "all rights reserved"}, "15: "),
        ({"ad": "A tusk"}, "18: ad must have a title and a text"),
        ({"choices": {"ivory": "Ivory"}}, "6: choices must be two to five keys"),
        ({"choices": {"ivory": "A", **{f"k{number}": str(number) for number in range(5)}}}, "two to five keys"),
        ({"choices": ["ivory", "bone"]}, "6: choices must be two to five keys"),
        ({"choices": {"ivory": "Tooth", "bone": "Tooth"}}, "6: two choices say the same"),
        ({"choices": {"ivory": "Tooth", "innocent": "Bone"}}, "8: innocent cannot be the key of a choice"),
        ({"choices": {"ivory": "Tooth", "cannot_tell": "Bone"}}, "8: cannot_tell cannot be the key of a choice"),
        ({"choices": {"ivory": "Tooth", "Bone": "Bone"}}, "8: Bone cannot be the key of a choice"),
        ({"choices": {"ivory": "Tooth", "bone": "a" * 101}}, "8: the choice bone is longer than 100 characters"),
        ({"colour": "white"}, "the key colour is not known here"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path, wrong, problem):
    assert any(problem in line for line in told(tmp_path, TUSK | wrong)), told(tmp_path, TUSK | wrong)


def test_a_name_and_a_file_stand_once(tmp_path):
    assert told(tmp_path, TUSK, TUSK) == [
        "1: 2 pictures have the name tusk-lines",
        "1: 2 pictures have the file tusk-lines.png",
    ]


def test_a_manifest_that_is_no_utf_8_is_refused(tmp_path):
    path = tmp_path / pictured.NAME
    path.write_bytes(b"pictures: \xff")
    with pytest.raises(Invalid, match=r"pictures.yaml:1: the file is not valid UTF-8"):
        pictured.load(path)
