"""A module in another language: what a translation may say itself, what it takes from the original, and where it differs."""

from datetime import date
from pathlib import Path

import pytest

from server.people.courses.module_file import load
from server.people.courses.yaml_lines import Invalid
from tests.modules import BODY, SVG, flag, item, items, of_exam, translated, write


def problems(folder: Path) -> list[str]:
    with pytest.raises(Invalid) as caught:
        load(folder)
    return [str(problem) for problem in caught.value.problems]


def test_a_translation_is_read_by_who_wants_it_and_is_the_same_module(tmp_path):
    alone = load(write(tmp_path / "small"))
    both = load(translated(tmp_path / "small"))
    assert both.languages == ("en", "fr")
    assert both.content_hash == alone.content_hash == both.read_in(["fr"]).content_hash
    read = both.read_in(["sw", "fr-CA", "en"])
    assert (read.title, read.slug, read.minutes, read.required) == ("Petit", "small", 1, True)
    assert read.languages == ("en", "fr") and read.read_in(["en"]).title == "Small"
    assert read.pictures == both.pictures
    assert read.question("q16").choices[-1].text == "Je ne peux pas le dire"
    assert both.read_in(["en-GB", "fr"]).title == both.read_in(["sw"]).title == both.read_in([]).title == "Small"


def test_a_translation_may_bring_its_own_drawing(tmp_path):
    folder = translated(write(tmp_path / "small"))
    (folder / "fr/line.svg").write_text(SVG)
    assert load(folder).read_in(["fr"]).pictures["line.svg"] == folder / "fr/line.svg"
    (folder / "fr/stray.svg").write_text(SVG)
    assert problems(folder) == ["small/fr/module.md:1: the picture stray.svg is shown nowhere"]


@pytest.mark.parametrize(
    ("said", "named"),
    [({}, "A book"), ({"sources": [{"name": "Un livre", "dated": "2021", "read": "excerpt"}]}, "Un livre")],
)
def test_a_translation_may_name_sources_of_its_own(tmp_path, said, named):
    read = load(translated(write(tmp_path / "small"), said)).read_in(["fr"])
    assert [source.name for source in read.sources] == [named]


@pytest.mark.parametrize(("said", "minutes"), [({}, 3), ({"minutes": 2}, 2)])
def test_a_translation_may_take_another_time_to_read(tmp_path, said, minutes):
    body = BODY.replace("And that.", "word " * 360)
    folder = translated(write(tmp_path / "small", {"minutes": 3}, body), said, body)
    assert load(folder).read_in(["fr"]).minutes == minutes


def test_a_picture_above_a_modules_folder_is_none_of_its_pictures(tmp_path):
    folder = write(tmp_path / "small")
    (folder / "line.svg").rename(tmp_path / "line.svg")
    assert problems(folder) == ["small/module.md:1: the picture line.svg is not in the folder"]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"body": BODY.replace("#two", "#deux")}, "fr/module.md:15: the lesson deux is not in the original"),
        ({"body": BODY.replace("#two", "#deux")}, "fr/module.md:1: the lesson two is missing"),
        ({"body": BODY.replace("#one", "#x").replace("#two", "#one").replace("#x", "#two")},
         "fr/module.md:9: the lesson two stands where the original has one"),
        ({"front": {"version": date(2026, 1, 1)}}, "fr/module.md:7: version says 2026-01-01, in the original it is 2026-11-25"),
        ({"front": {"order": 2}}, "order says 2, in the original it is 1"),
        ({"front": {"minutes": 9}}, "minutes says 9, but the text takes about 0"),
        ({"front": {"language": "es"}}, "language says es, the folder fr"),
        ({"front": {"objectives": ["a", "b"]}}, "the original has 1 objectives"),
        ({"front": {"exam": "2026-11-25"}}, "the key exam is not known here"),
        ({"front": {"reviewed": "soon"}}, "reviewed must be a date such as 2026-11-25"),
        ({"bank": items()[1:]}, "fr/bank.yaml:1: the question q0 is missing"),
        ({"bank": items(item(20))}, "fr/bank.yaml:231: the question q20 is not in the original"),
        ({"bank": [item(0, section="one"), *items()[1:]]}, "q0: the lesson is one, in the original it is two"),
        ({"bank": [flag(0), *items()[1:]]}, "q0: the kind is flag, in the original it is single"),
        ({"bank": [item(0, choices=[{"text": "a", "right": True}, {"text": "b"}]), *items()[1:]]},
         "q0: 2 possible answers, in the original there are 3"),
        ({"bank": [item(0, choices=item(0)["choices"][::-1]), *items()[1:]]}, "q0: the right answers stand in other"),
    ],
)  # fmt: skip
def test_what_differs_from_the_original_is_named_by_file_and_line(tmp_path, changes, message):
    assert any(message in line for line in problems(translated(write(tmp_path / "small"), **changes)))


def test_without_an_exam_of_its_own_a_translation_asks_in_the_originals_language(tmp_path):
    read = load(translated(write(tmp_path / "small", exam=of_exam()))).read_in(["fr"])
    assert (read.language, read.for_exam.language) == ("fr", "en")
    assert read.drawn_from == read.for_exam.exam_questions and len(read.drawn_from) == 60
    assert read.asked("q100").text == "Question 100?" and read.question("q100") is None


def test_a_translated_exam_is_compared_and_asked(tmp_path):
    folder = translated(write(tmp_path / "small", exam=of_exam()))
    head = 'cannot_tell: "Je ne peux pas le dire"\n'
    (folder / "fr/exam.yaml").write_text(head + (folder / "exam.yaml").read_text())
    read = load(folder).read_in(["fr"])
    assert read.for_exam is read and read.asked("q100").choices[-1].text == "Je ne peux pas le dire"
    (folder / "exam.yaml").unlink()
    assert "small/fr/exam.yaml:2: the question q100 is not in the original; names stay as they are" not in (
        noted := problems(folder)
    )
    assert any("fr/exam.yaml" in line and "q100 is not in the original" in line for line in noted)


def test_a_folder_that_is_no_language_is_named(tmp_path):
    (write(tmp_path / "small") / "drafts").mkdir()
    assert problems(tmp_path / "small") == [
        "small/drafts:1: a folder here must be named for another language, such as fr"
    ]
