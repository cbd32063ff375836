"""The lessons as content: what is shipped is sound, and what an author gets wrong is named by file and line."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from pathlib import Path

import pytest

from server.people.courses import markdown
from server.people.courses.module_file import load, load_all
from server.people.courses.yaml_lines import Invalid
from server.people.exams import exam
from tests.modules import BODY, SHIPPED, item, items, match, of_exam, write


def problems(folder: Path) -> list[str]:
    with pytest.raises(Invalid) as caught:
        load(folder)
    return [str(problem) for problem in caught.value.problems]


# --- What is shipped -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def module():
    return load_all(SHIPPED)["flagging-well"]


@pytest.fixture(
    scope="module", params=sorted(folder.name for folder in SHIPPED.iterdir() if (folder / "module.md").is_file())
)
def shipped(request):
    return load(SHIPPED / request.param)


def test_every_shipped_module_is_sound():
    modules = load_all(SHIPPED)
    assert [module.slug for module in modules.values() if module.required] == ["flagging-well", "safe-and-well"]


def test_the_first_module_takes_ten_to_fifteen_minutes(module):
    assert 10 <= module.minutes <= 15


def test_the_programme_is_as_large_as_it_promises():
    modules = load_all(SHIPPED).values()
    tracks = [module.track for module in modules]
    assert tracks.count("spotter") >= 10 and tracks.count("company") >= 3 and tracks.count("enforcement") >= 2
    assert sum(len(module.questions) for module in modules) >= 350


def test_each_module_is_whole(shipped):
    assert 10 <= shipped.minutes <= 20
    assert len(shipped.questions) >= 25
    assert {question.kind for question in shipped.questions} == {"single", "multiple", "match", "flag"}
    assert len(shipped.objectives) >= 3 and len(shipped.pictures) >= 3
    examples = [block for lesson in shipped.lessons for block in lesson.blocks if isinstance(block, markdown.Ad)]
    assert examples, "a lesson shows at least one worked ad"


def test_what_is_shown_as_plain_words_holds_no_markdown(shipped):
    for read in (shipped, *shipped.translations.values()):
        words = [read.title, read.summary, *read.objectives, *(lesson.title for lesson in read.lessons)]
        for question in (*read.questions, *read.exam_questions):
            words += [question.text, *question.lefts, *(choice.text for choice in question.choices)]
        for picture in (picture for lesson in read.lessons for picture in lesson.pictures):
            words += [picture.alt, picture.head, picture.caption]
        assert not [text for text in words if re.search(r"[*`]|\]\(", text)]


def test_lessons_are_short_and_sources_dated(shipped):
    assert all(lesson.minutes <= 2 for lesson in shipped.lessons)
    assert all(source.dated for source in shipped.sources)


def test_no_idiom_stands_between_a_lesson_and_who_learns_english():
    """What lessons once said, and others of its kind."""
    idioms = (
        r"kill it|makes the hand move|rule of thumb|piece of cake|in a nutshell|out of the blue|gut feeling|the hang of"
    )
    files = [path for name in ("module.md", "bank.yaml", "exam.yaml") for path in sorted(SHIPPED.glob(f"*/{name}"))]
    found = [(str(path), idiom) for path in files for idiom in re.findall(idioms, path.read_text("utf-8"))]
    assert found == []


def test_every_lesson_is_asked_about_in_several_kinds_of_question(shipped):
    assert {question.lesson for question in shipped.questions} == {lesson.name for lesson in shipped.lessons}
    assert len({question.kind for question in shipped.questions}) >= 3


def test_an_exam_of_its_own_asks_of_every_lesson_in_every_kind(shipped):
    """Each exam asks one question of every lesson first: with fewer than five, attempts would soon ask the same."""
    asked = Counter(question.lesson for question in shipped.exam_questions)
    assert not asked or not [lesson.name for lesson in shipped.lessons if asked[lesson.name] < 5]
    assert len({question.kind for question in shipped.exam_questions}) in (0, 4)


WORD = re.compile(r"[^\W\d_]{4,}")


def alike(one, other) -> float:
    """The share of the words of two questions that stand in both."""

    def words(question):
        shown = f"{question.ad.title} {question.ad.text}" if question.ad else ""
        choices = [choice.text for choice in question.choices if not choice.neutral]
        return set(WORD.findall(" ".join([question.text, shown, *question.lefts, *choices]).lower()))

    return len(words(one) & words(other)) / len(words(one) | words(other))


def test_no_question_of_an_exam_says_in_other_words_what_practice_has_answered(shipped):
    """Half of the words in common would be the same question; unlike ones share a fifth."""
    pairs = [*product(shipped.exam_questions, shipped.questions), *combinations(shipped.exam_questions, 2)]
    assert not [(one.name, other.name) for one, other in pairs if alike(one, other) > 0.4]


def test_a_question_in_other_words_is_seen(module):
    one, *others = (question for question in module.questions if question.kind == "single")
    again = replace(one, text=f"Now say: {one.text}", choices=one.choices[::-1])
    assert alike(one, again) > 0.4 and not [other.name for other in others if alike(one, other) > 0.4]


@pytest.mark.parametrize("bank", ["questions", "exam_questions"])
def test_the_longest_choice_is_no_hint(shipped, bank):
    def longest_is_right(question):
        return max(question.choices, key=lambda choice: len(choice.text)).right

    asked = [question for question in getattr(shipped, bank) if question.kind in ("single", "flag")]
    assert not asked or 0.1 <= sum(map(longest_is_right, asked)) / len(asked) <= 0.5


def test_always_and_never_are_no_hint(shipped):
    """Whoever crosses out every choice that says so should not get far by it."""
    absolute = [
        choice
        for question in (*shipped.questions, *shipped.exam_questions)
        for choice in question.choices
        if question.kind != "match" and re.search(r"\b(always|never)\b", choice.text, re.IGNORECASE)
    ]
    assert sum(not choice.right for choice in absolute) <= 2


def test_every_flag_question_can_be_left_open_and_flagging_is_not_always_right(shipped):
    flags = [q for q in (*shipped.questions, *shipped.exam_questions) if q.kind == "flag"]
    assert all(question.choices[-1].neutral for question in flags)
    right = [choice.text.startswith("Yes") for question in flags for choice in question.choices if choice.right]
    assert 0.3 <= sum(right) / len(right) <= 0.7


def test_drawings_carry_no_script_and_fetch_nothing(shipped):
    for module in (shipped, *shipped.translations.values()):
        for path in module.pictures.values():
            drawn = path.read_text().replace('xmlns="http://www.w3.org/2000/svg"', "")
            assert not [word for word in ("script", "href", "http", "foreignObject", "@import") if word in drawn]
            assert not re.search(r"[\s\"'/]on\w+\s*=", drawn), path


def test_only_the_words_of_a_drawing_are_typeset(shipped):
    """A no-break space among the numbers of a path breaks off the drawing there."""
    for module in (shipped, *shipped.translations.values()):
        for path in module.pictures.values():
            numbers = re.findall(r'\s(?:d|points|transform|viewBox|x|y|width|height)="([^"]*)"', path.read_text())
            assert numbers and all(value.isascii() for value in numbers), path


def figures(question) -> list[Counter]:
    """The numbers of a question and of each of its places, without the separators and the order that languages differ in.

    Answers are kept by their places: two choices that changed theirs would be one item with two meanings.
    """
    ad = [question.ad.title, question.ad.text, question.ad.price] if question.ad else []
    asked = " ".join([question.text, *ad, re.sub(r"&#?\w+;|<[^>]+>", " ", question.explanation)])
    places = [*question.lefts, *(choice.text for choice in question.choices if not choice.neutral)]
    without_separators = [re.sub(r"(?<=\d)[.,\u00a0\u202f](?=\d{3}\b)", "", words) for words in (asked, *places)]
    return [Counter(re.findall(r"\d+", words)) for words in without_separators]


def figures_and_links(lesson) -> tuple[Counter, list[str]]:
    """What a lesson says in figures, without the separators of a language, and where it leads. The sizes of an ad are its country's."""
    said = [block for block in lesson.blocks if isinstance(block, str)]
    said += [picture.caption for block in lesson.blocks if isinstance(block, tuple) for picture in block]
    words = re.sub(r"(?<=\d)[.,\u00a0\u202f](?=\d{3}\b)", "", re.sub(r"<[^>]+>|&#?\w+;", " ", " ".join(said)))
    return Counter(re.findall(r"\d+", words)), re.findall(r'href="([^"]+)"', " ".join(said))


TRANSLATED = [(module, language) for module in load_all(SHIPPED).values() for language in module.translations]


@pytest.mark.parametrize(("module", "language"), TRANSLATED, ids=lambda of: getattr(of, "slug", of))
def test_a_shipped_translation_is_whole_and_in_its_own_typography(module, language):
    read = module.translations[language]
    folder = SHIPPED / module.slug / language
    words = "".join(path.read_text() for path in (*folder.glob("*.md"), *folder.glob("*.yaml")))
    for name, path in read.pictures.items():
        labels = re.findall(r">([^<]+)</text>", module.pictures[name].read_text())
        drawn_again = [label for label in labels if re.search(r"[^\W\d_]{2,}", label)]
        assert path.parent == folder if drawn_again else path.parent == folder.parent, f"{name}: {drawn_again}"
        assert not drawn_again or re.findall(r">([^<]+)</text>", path.read_text()) != labels
    for lesson, original in zip(read.lessons, module.lessons, strict=True):
        assert lesson.blocks != original.blocks and lesson.title != original.title
        assert [type(block) for block in lesson.blocks] == [type(block) for block in original.blocks]
        assert figures_and_links(lesson) == figures_and_links(original), f"{lesson.name}: figures or links are others"
    originals = {question.name: question for question in (*module.questions, *module.exam_questions)}
    for question in (*read.questions, *read.exam_questions):
        original = originals[question.name]
        assert question.explanation != original.explanation and question.text != original.text
        assert figures(question) == figures(original), f"{question.name}: the figures are others"
    assert not re.search(r"\w'\w", words), "a straight apostrophe stands between letters"
    if language == "fr":
        assert not re.search(r"«(?!\u00a0)|(?<!\u00a0)»|[^\W\d] [;?!]| :(?=\s)", words)
    if language == "es":
        assert words.count("¿") == words.count("?") and words.count("¡") == words.count("!") - words.count("![")


# --- What an author gets wrong ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"body": "Hello\n" + BODY}, "module.md:17: text before the first lesson"),
        ({"body": BODY.replace(" {#two}", "")}, "module.md:23: the lesson “Two” needs a name"),
        ({"body": BODY.replace("#two", "#one")}, "module.md:23: two lessons are named one"),
        ({"body": BODY.replace("And that", "![x](line.svg) and that")}, "module.md:25: a picture must stand in a para"),
        ({"body": BODY.replace("line.svg", "gone.svg")}, "the picture gone.svg is not in the folder"),
        ({"body": BODY.replace("line.svg", "../bank.svg")}, "../bank.svg is no name for a picture"),
        ({"body": BODY.replace("![A line]", "![]")}, "line.svg needs words for those who do not see it"),
        ({"body": "## One {#one}\n\nA.\n\n## Two {#two}\n\nB.\n"}, "the picture line.svg is shown nowhere"),
        ({"body": BODY + "\n## Exam {#exam}\n\nC.\n"}, "no lesson may be named exam"),
        ({"body": BODY + "\n# Big\n"}, "module.md:27: inside a lesson only ### headings"),
        ({"body": BODY + '\n```ad\ntitle: A\ntext: tusk\nmarks:\n  taxon: [ivory]\n```\n'},
         "module.md:31: the words “ivory” are marked but do not stand in the ad"),
        ({"front": {"titel": "x"}}, "module.md:16: the key titel is not known here"),
        ({"front": {"title": None}}, "module.md:2: title is missing"),
        ({"front": {"track": "spoter"}}, "module.md:7: track must be one of"),
        ({"front": {"minutes": 40}}, "module.md:6: minutes says 40, but the text takes about"),
        ({"front": {"version": "soon"}}, "module.md:10: version must be a date"),
        ({"front": {"exam": "the second"}}, "module.md:16: exam must be a day, or 8 to 64 of the characters 0-9, a-f and -"),
        ({"bank": items()[:-1]}, "bank.yaml:1: a bank needs at least 20 questions, this one has 19"),
        ({"bank": items(item(3))}, "two questions are named q3"),
        ({"bank": items(item(20, kind="guess"))}, "q20: kind must be one of single, multip"),
        ({"bank": items(item(20, section="three"))}, "q20: the module has no lesson three"),
        ({"bank": items(item(20, kind="flag"))}, "q20: needs an ad to look at"),
        ({"bank": items(item(20, choices=[{"text": "a"}, {"text": "b"}]))},
         "q20: needs at least two choices, exactly one of them right"),
        ({"bank": items(item(20, kind="multiple", choices=[{"text": "a", "right": True}] * 3))},
         "q20: needs at least three choices, at least one right and one wrong"),
        ({"bank": items(match(20, pairs=[{"left": "a", "right": "b"}]))}, "q20: needs three to six pairs"),
        ({"bank": items(match(20, others=["right 20a"]))}, "q20: every right side, and every one of the others, must"),
        ({"bank": [item(n) for n in range(20)]}, "bank.yaml:1: a bank needs at least 3 kinds of question, this one has s"),
        ({"bank": [item(n) for n in range(20)]}, "bank.yaml:1: a bank needs at least 4 flag questions, this one has 0"),
        ({"bank": items(item(20, explanation=""))}, "explanation must be words"),
        ({"bank": items(item(20, text=1947))}, "text must be words; put them in quotation"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_file_and_line(tmp_path, changes, message):
    assert any(f"small/{message}" in line or message in line for line in problems(write(tmp_path / "small", **changes)))


def test_the_sound_module_of_these_tests_is_sound(tmp_path):
    assert load(write(tmp_path / "small")).minutes == 1


def test_all_problems_are_told_at_once(tmp_path):
    folder = write(tmp_path / "small", front={"track": "x", "version": "y"}, bank=items()[:4])
    assert len(problems(folder)) == 5


@pytest.mark.parametrize("broken", ["questions: [", "- a\n- b\n", "", "questions:\n  - name: a\n    name: b\n"])
def test_a_bank_that_is_no_bank_is_refused_not_a_crash(tmp_path, broken):
    folder = write(tmp_path / "small")
    (folder / "bank.yaml").write_text(broken)
    assert all(":" in line for line in problems(folder))


def test_an_empty_folder_is_refused_not_a_crash(tmp_path):
    (tmp_path / "small").mkdir()
    assert any("must begin with front matter" in line for line in problems(tmp_path / "small"))


def test_the_hash_is_that_of_what_is_taught_wherever_it_stands(tmp_path):
    before = load(write(tmp_path / "small")).content_hash
    assert load(write(tmp_path / "other" / "small")).content_hash == before
    assert load(write(tmp_path / "more", body=BODY.replace("Read this.", "Read this again."))).content_hash != before


def test_a_module_that_names_its_exam_keeps_it_whatever_is_reworded(tmp_path):
    before = load(write(tmp_path / "small")).content_hash
    reworded = BODY.replace("Read this.", "Read this, please.")
    assert load(write(tmp_path / "kept", {"exam": before}, reworded)).content_hash == before
    assert load(write(tmp_path / "asked", {"exam": date(2027, 2, 1)}, reworded)).content_hash == "2027-02-01"


def test_every_shipped_module_names_its_exam(shipped):
    """Without it one comma asks everybody again, and after thirty days stops their reports."""
    assert "\nexam: " in (SHIPPED / shipped.slug / "module.md").read_text().partition("\n---\n")[0]


@pytest.mark.parametrize(
    ("text", "never"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("[a](javascript:alert(1))", "<a"),
        ("[a](http://plain.example)", 'href="http:'),
    ],
)
def test_markdown_cannot_smuggle_html(text, never):
    assert never not in markdown.html(text)


# --- The exam's own bank ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("front", "exam_bank", "message"),
    [
        ({}, of_exam(59), "small/exam.yaml:1: a bank needs at least 60 questions, this one has 59"),
        ({"required": False}, of_exam(19), "small/exam.yaml:1: a bank needs at least 20 questions, this one has 19"),
        ({"required": False}, of_exam(59), None),
        ({}, [*of_exam(), item(3)], "a question of the practice bank is named q3, too"),
        ({}, [*of_exam(), item(104)], "small/exam.yaml:662: two questions are named q104"),
        ({}, [item(n) for n in range(100, 160)], "small/exam.yaml:1: a bank needs at least 3 kinds of question"),
        ({}, [*of_exam(), item(200, section="three")], "q200: the module has no lesson three"),
    ],
)
def test_the_exams_own_bank_is_checked_by_file_and_line(tmp_path, front, exam_bank, message):
    folder = write(tmp_path / "small", front, exam=exam_bank)
    if message is None:
        assert len(load(folder).drawn_from) == 59
    else:
        assert any(message in line for line in problems(folder)), problems(folder)


def test_an_exam_draws_from_its_own_bank_alone_and_from_the_practice_bank_where_it_has_none(tmp_path):
    own, without = load(write(tmp_path / "own", exam=of_exam())), load(write(tmp_path / "without"))
    assert {drawn.name for drawn in exam.draw(own.drawn_from, 7)} <= {f"q{n}" for n in range(100, 160)}
    assert without.drawn_from == without.questions
    assert own.asked("q3") == own.question("q3"), "what was asked before there was an exam bank keeps its question"
    assert own.question("q100") is None, "practice knows nothing of it"


# --- The exam --------------------------------------------------------------------------------------------------------


def test_the_same_seed_draws_the_same_exam_and_another_seed_another(module):
    assert exam.draw(module.questions, 7) == exam.draw(module.questions, 7)
    assert exam.draw(module.questions, 7) != exam.draw(module.questions, 8)


@pytest.mark.parametrize("seed", range(50))
def test_an_exam_asks_fifteen_different_questions_and_leaves_no_lesson_out(module, seed):
    drawn = exam.draw(module.questions, seed)
    assert len(drawn) == len({question.name for question in drawn}) == exam.LENGTH
    lessons = {module.question(question.name).lesson for question in drawn}
    assert lessons == {lesson.name for lesson in module.lessons}


def test_the_right_choice_stands_anywhere_and_i_cannot_tell_stands_last(module):
    places = set()
    for seed in range(100):
        for drawn in exam.draw(module.questions, seed):
            question = module.question(drawn.name)
            assert sorted(drawn.order) == list(range(len(question.choices)))
            shown = [question.choices[place] for place in drawn.order]
            if question.kind == "flag":
                assert shown[-1].neutral
                places.add(next(at for at, choice in enumerate(shown) if choice.right))
    assert places == {0, 1, 2, 3}


@pytest.mark.parametrize(
    ("right", "wrong", "unsure", "passed"),
    [
        (15, 0, 0, True), (12, 3, 0, True), (11, 4, 0, False), (0, 15, 0, False),
        (8, 2, 5, True), (10, 0, 5, True), (9, 0, 6, False), (0, 0, 15, False),
    ],
)  # fmt: skip
def test_four_fifths_of_the_answers_that_count_pass_and_ten_must_count(right, wrong, unsure, passed):
    result = exam.result([True] * right + [False] * wrong + [None] * unsure, 15)
    assert (result.right, result.of, result.passed) == (right, right + wrong, passed)
