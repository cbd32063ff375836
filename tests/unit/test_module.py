"""A module's folder: how long its lessons take, which pictures are its own, and where its author's slips are named."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from server.people.courses import module_file
from server.people.courses.changes import Change
from server.people.courses.yaml_lines import Invalid
from tests.modules import BODY, SVG, items, write


def problems(load, folder: Path) -> list[str]:
    try:
        load(folder)
    except Invalid as invalid:
        return [str(problem) for problem in invalid.problems]
    return []


def reading(*minutes: float) -> str:
    """A body of lessons that take so long to read."""
    drawing = "\n\n## Look {#look}\n\n![A line](line.svg)\n"  # a quarter of a minute, and a word or two
    return (
        "".join(f"## L{at} {{#l{at}}}\n\n{'word ' * round(180 * length)}\n\n" for at, length in enumerate(minutes))
        + drawing
    )


def bank_of(section: str) -> list[dict]:
    return [question | {"section": section} for question in items()]


@pytest.mark.parametrize(
    ("minutes", "problem"),
    [
        (1, "small/module.md:6: minutes says 1, but the text takes about 4"),
        (2, None),  # three quarters of four minutes, and one less
        (7, None),  # half as much again, and one more
        (8, "small/module.md:6: minutes says 8, but the text takes about 4"),
    ],
)
def test_the_minutes_are_about_those_of_reading(tmp_path, minutes, problem):
    folder = write(tmp_path / "small", {"minutes": minutes}, reading(1.5, 1.5, 0.74), bank_of("l0"))
    assert problems(module_file.load, folder) == [problem] * bool(problem)


@pytest.mark.parametrize(
    ("done", "left"), [(set(), 2), ({"one"}, 1), ({"two"}, 2), ({"one", "two"}, 0), ({"one", "gone"}, 1)]
)
def test_the_minutes_left_are_those_of_the_lessons_left_rounded_up(tmp_path, done, left):
    body = BODY.replace("Read this.", "word " * 177).replace("And that.", "word " * 75)
    course = module_file.load(write(tmp_path / "small", {"minutes": 2}, body))
    assert course.minutes_left(done) == left
    assert replace(course, lessons=()).minutes_left(done) == 0


def test_an_original_waits_for_no_native_speaker(tmp_path):
    assert not module_file.load(write(tmp_path / "small")).unreviewed


def test_lessons_and_questions_are_known_by_name(tmp_path):
    course = module_file.load(write(tmp_path / "small"))
    assert (course.lesson("two").title, course.lesson("three")) == ("Two", None)
    assert (course.question("q3").text, course.question("q20")) == ("Question 3?", None)
    assert (course.question_in("two").name, course.question_in("three")) == ("q0", None)


@pytest.mark.parametrize(
    ("lesson", "avoids", "spared"),
    [("one", {"mammal"}, False), ("one", {"bird", "reptile"}, True), ("one", (), True), ("two", {"mammal"}, True)],
)
def test_a_lesson_about_what_somebody_leaves_out_is_not_spared(tmp_path, lesson, avoids, spared):
    course = replace(module_file.load(write(tmp_path / "small")), topics={"one": ("mammal", "plant")})
    assert course.spares(lesson, avoids) is spared


def test_the_changes_that_are_asked_about_are_the_material_ones(tmp_path):
    course = module_file.load(write(tmp_path / "small"))
    changes = [Change("small", date(2026, 12, day), day > 1, (), "") for day in (1, 2, 3)]
    assert replace(course, changes=tuple(changes)).material == tuple(changes[1:])


@pytest.mark.parametrize(("exams", "asked_in"), [(("en", "fr"), "fr"), (("en",), "en"), (("fr",), "fr"), ((), "fr")])
def test_an_exam_is_asked_in_the_original_where_the_translation_has_none(tmp_path, exams, asked_in):
    course = module_file.load(write(tmp_path / "small"))
    of_exam = replace(course.questions[0], name="x1", text="Of the exam?")
    versions = {}
    for language in ("en", "fr"):
        own = (of_exam,) * (language in exams)
        versions[language] = replace(course, language=language, exam_questions=own, versions=versions)
    french = versions["fr"]
    assert french.for_exam is versions[asked_in]
    assert french.drawn_from == ((of_exam,) if exams else course.questions)
    assert french.asked("x1") is (of_exam if exams else None)
    assert french.asked("q1") == course.question("q1")
    assert (course.for_exam, course.asked("q20")) == (course, None)


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (["fr", "en"], "fr"),
        (["pt-BR"], "pt-BR"),
        (["PT-br"], "pt-BR"),
        (["pt-PT", "fr"], "pt-BR"),  # a Portuguese is better than none
        (["FR-CA"], "fr"),
        (["de", "fr"], "fr"),
        (["de"], "en"),
        ([], "en"),
    ],
)
def test_a_module_is_read_in_the_first_language_wanted_that_it_has(tmp_path, wanted, language):
    course = module_file.load(write(tmp_path / "small"))
    assert (course.languages, course.read_in(["en"])) == (("en",), course)
    versions = {}
    for each in ("en", "fr", "pt-BR"):
        versions[each] = replace(course, language=each, versions=versions)
    assert versions["en"].languages == ("en", "fr", "pt-BR")
    assert versions["en"].read_in(wanted).language == language


@pytest.mark.parametrize(
    ("front", "problem"),
    [
        ({"sources": [{"name": "A", "dated": "2020", "read": "in full", "url": "https://cites.org"}]}, None),
        ({"sources": [{"name": "A", "dated": "2020", "read": "excerpt"}]}, None),
        ({"sources": [{"name": "A", "dated": "2020", "read": "some"}]}, "15: read must be: in full, or: excerpt"),
        ({"sources": [{"name": "A", "dated": "2020", "read": "excerpt", "url": "http://cites.org"}]},
         "16: url must begin with https://"),
        ({"sources": [{"name": "A", "dated": "2020", "read": "excerpt", "page": "7"}]},
         "16: the key page is not known here; known are name, dated, read, url"),
        ({"sources": []}, "12: sources must be a list of keys and values"),
        ({"track": "company"}, None),
        ({"track": "companies"}, "7: track must be one of spotter, company, enforcement"),
        ({"track": None}, "2: track is missing"),
        ({"order": 0}, "8: order must be a whole number, 1 or more"),
        ({"required": "yes"}, "11: required must be true or false"),
    ],
)  # fmt: skip
def test_what_a_module_says_of_itself(tmp_path, front, problem):
    folder = write(tmp_path / "small", front)
    assert problems(module_file.load, folder) == [f"small/module.md:{problem}"] * bool(problem)


def test_a_module_that_does_not_say_so_is_not_required(tmp_path):
    folder = write(tmp_path / "small")
    head = (folder / "module.md").read_text()
    assert module_file.load(folder).required
    (folder / "module.md").write_text(head.replace("required: true\n", ""))
    assert not module_file.load(folder).required


@pytest.mark.parametrize(
    ("picture", "problem"),
    [
        ("map-2.svg", None),
        ("2.png", None),
        ("Map.svg", "Map.svg is no name for a picture: small letters, .svg, .png, .jpg, .webp"),
        ("map.gif", "map.gif is no name for a picture: small letters, .svg, .png, .jpg, .webp"),
        ("-map.svg", "-map.svg is no name for a picture: small letters, .svg, .png, .jpg, .webp"),
    ],
)
def test_a_picture_has_a_plain_name(tmp_path, picture, problem):
    folder = write(tmp_path / "small", body=BODY + f"\n![A map]({picture})\n")
    (folder / picture).write_text(SVG)
    assert problems(module_file.load, folder) == [f"small/module.md:1: {problem}"] * bool(problem)
    if not problem:
        assert module_file.load(folder).pictures == {"line.svg": folder / "line.svg", picture: folder / picture}


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (BODY.replace("line.svg", "gone.svg"), "the picture gone.svg is not in the folder"),
        (BODY.replace("![A line]", "![]"), "the picture line.svg needs words for those who do not see it"),
        (BODY.replace("![A line]", "!!"), "the picture line.svg is shown nowhere"),
    ],
)
def test_a_picture_that_is_missing_unseen_or_unused_is_named_with_the_file(tmp_path, body, problem):
    assert f"small/module.md:1: {problem}" in problems(module_file.load, write(tmp_path / "small", body=body))


def test_without_front_matter_the_lines_of_the_lessons_are_those_of_the_file(tmp_path):
    folder = write(tmp_path / "small")
    (folder / "module.md").write_text(BODY.replace(" {#two}", ""))
    noted = problems(module_file.load, folder)
    assert "small/module.md:1: module.md must begin with front matter between two lines of ---" in noted
    assert "small/module.md:7: the lesson “Two” needs a name: ## Two {#name}" in noted


def test_a_lesson_may_not_be_named_like_a_page(tmp_path):
    folder = write(tmp_path / "small", body=BODY + "\n## Practice {#practice}\n\nC.\n")
    assert problems(module_file.load, folder) == ["small/module.md:27: no lesson may be named practice"]


def test_hidden_files_and_folders_are_none_of_the_modules(tmp_path):
    folder = write(tmp_path / "small")
    before = module_file.load(folder)
    (folder / ".cache").mkdir()
    (folder / ".DS_Store").write_text("x")
    assert module_file.load(folder) == before


@pytest.mark.parametrize(
    ("name", "refused"),
    [("fr", False), ("zh-Hant", False), ("en", True), ("french", True), ("FR", True), ("fr-ca", True)],
)
def test_a_folder_inside_is_named_for_another_language(tmp_path, name, refused):
    folder = write(tmp_path / "small")
    (folder / name).mkdir()
    problem = f"small/{name}:1: a folder here must be named for another language, such as fr"
    assert (problem in problems(module_file.load, folder)) is refused


def test_topics_name_lessons_and_species_groups(tmp_path):
    small = module_file.load(write(tmp_path / "small", {"topics": {"two": ["bird", "fish"]}}))
    assert small.spares("one", ["bird"]) and small.spares("two", ["mammal"]) and small.spares("two", [])
    assert not small.spares("two", ["mammal", "fish"])
    wrong = write(tmp_path / "wrong", {"topics": {"three": ["bird"], "one": ["dragon"], "two": "bird"}})
    told = problems(module_file.load, wrong)
    assert len(told) == 3 and all("wrong/module.md:" in each for each in told)
    assert any("the key three is not known here" in each for each in told)
    assert any("dragon is none of the species groups mammal, bird," in each for each in told)
    assert any("two must be a list of words" in each for each in told)
    assert "topics must name lessons" in problems(module_file.load, write(tmp_path / "other", {"topics": ["bird"]}))[0]


def test_lessons_that_tell_apart_name_scientific_names(tmp_path):
    small = module_file.load(write(tmp_path / "small", {"tells_apart": {"two": ["Felidae", "Panthera tigris"]}}))
    assert small.tells_apart == {"two": ("Felidae", "Panthera tigris")}
    wrong = write(tmp_path / "wrong", {"tells_apart": {"three": ["Felidae"], "one": ["tiger"], "two": "Felidae"}})
    told = problems(module_file.load, wrong)
    assert len(told) == 3 and all("wrong/module.md:" in each for each in told)
    assert any("tiger is no scientific name" in each for each in told)
    assert (
        "tells_apart must name lessons"
        in problems(module_file.load, write(tmp_path / "o", {"tells_apart": ["Felis"]}))[0]
    )


def test_all_modules_are_read_in_the_order_of_their_tracks(tmp_path):
    for slug, track, order in (("alone", "spotter", 2), ("first", "spotter", 1), ("zoo", "company", 1)):
        write(tmp_path / slug, {"track": track, "order": order})
    (tmp_path / "readme.md").write_text("x")
    assert list(module_file.load_all(tmp_path)) == ["zoo", "first", "alone"]


def test_the_problems_of_all_modules_are_told_at_once(tmp_path):
    write(tmp_path / "practice", {"order": 0})
    write(tmp_path / "small", {"order": 0})
    assert problems(module_file.load_all, tmp_path) == [
        "practice:1: no module may be named practice",
        "practice/module.md:8: order must be a whole number, 1 or more",
        "small/module.md:8: order must be a whole number, 1 or more",
    ]
