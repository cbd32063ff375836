"""The lessons that the guide shows beside a taxon: which, in which language, and what of them."""

from dataclasses import replace

import pytest

from server.people.courses import told_apart
from server.people.courses.markdown import Ad, Lesson, Picture
from server.people.courses.module_file import load
from tests.modules import write

TUSK, TOOTH, SOLD = (Picture(f"{name}.svg", name, "", "") for name in ("tusk", "tooth", "sold"))
AD = Ad("Old tusk", "White.", "", SOLD, (), (), ())
DRAWN = Lesson("ivory", "Ivory", ("<p>Cross lines.</p><p>More.</p>", (TUSK, TOOTH), AD), 1.0, 0)
PLAIN = Lesson("bone", "Bone", (" \n<p>Dots.\nNo lines.</p>", AD), 1.0, 0)
LISTED = Lesson("horn", "Horn", ("<ul><li>Hair</li></ul><p>Later.</p>",), 1.0, 0)
SHOWN = Lesson("claw", "Claw", ((TUSK,), "<p>Later.</p>"), 1.0, 0)
EMPTY = Lesson("none", "None", (), 1.0, 0)
TELLS = {"ivory": ("Loxodonta", "Elephas maximus"), "bone": ("Bos taurus",), "horn": ("Ceratotherium",)}


@pytest.fixture(scope="module")
def modules(tmp_path_factory):
    """One module that tells species apart, read in English and French, and one that does not."""
    small = load(write(tmp_path_factory.mktemp("small") / "small"))
    versions = {}
    for language in ("en", "fr"):
        versions[language] = replace(
            small, language=language, lessons=(DRAWN, PLAIN, LISTED), tells_apart=TELLS, versions=versions
        )
    return {"small": versions["en"], "other": small}


@pytest.mark.parametrize(
    ("names", "lessons"),
    [
        (["Loxodonta africana"], ["ivory"]),
        (["Elephas maximus"], ["ivory"]),
        (["Elephas"], []),  # of another species of the genus nothing is told
        (["Bos taurus", "Ceratotherium simum"], ["bone", "horn"]),
        (["Loxodontaceae"], []),  # a whole word
        ([], []),
    ],
)
def test_a_taxon_has_the_lessons_about_it_and_about_what_it_stands_under(modules, names, lessons):
    found = told_apart.lessons(modules, iter(names), iter(["en"]))
    assert [each.lesson.name for each in found] == lessons


@pytest.mark.parametrize(("wanted", "language"), [(["fr", "en"], "fr"), (["de", "en"], "en"), ([], "en")])
def test_a_lesson_is_in_the_first_language_that_its_module_has(modules, wanted, language):
    found = told_apart.lessons(modules, ["Bos taurus", "Loxodonta"], iter(wanted))
    assert [each.module.language for each in found] == [language, language]


@pytest.mark.parametrize(
    ("lesson", "lead", "pictures"),
    [
        (DRAWN, "<p>Cross lines.</p>", (TUSK, TOOTH)),
        (PLAIN, "<p>Dots.\nNo lines.</p>", ()),  # the picture of an ad is none
        (LISTED, "", ()),
        (SHOWN, "", (TUSK,)),
        (EMPTY, "", ()),
    ],
)
def test_its_first_words_and_its_drawings_are_shown(modules, lesson, lead, pictures):
    module = replace(modules["other"], lessons=(lesson,), tells_apart={lesson.name: ("Bos taurus",)}, versions={})
    [found] = told_apart.lessons({"small": module}, ["Bos taurus"], ["en"])
    assert (found.lead, found.pictures) == (lead, pictures)


def test_a_name_counts_as_drawn_where_its_lesson_has_a_drawing(modules):
    assert told_apart.every_name(modules) == ["Loxodonta", "Elephas maximus"]
