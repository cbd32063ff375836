"""The exam cannot be passed by its surface: the form of the choices does not say which of them is right."""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TypeVar

import pytest

from server.people.courses import catalogue
from server.people.courses.bank import Question
from server.people.courses.module import Module
from server.people.courses.module_file import load, load_all
from tests import surface
from tests.modules import SHIPPED, item, items, write
from tests.surface import Item, Pairs, Several

T = TypeVar("T")
Bank = Callable[[Module], tuple[Question, ...]]
MOST = 35  # per cent; the mere chance is 25


def asked(questions: Iterable[Question], language: str = "en") -> list[Item]:
    """What is asked with one right choice, as the exam shows it: choices mixed, "I cannot tell" left out."""
    found = []
    for question in questions:
        if question.kind in ("single", "flag"):
            choices = [choice for choice in question.choices if not choice.neutral]
            random.Random(question.name).shuffle(choices)
            seen = f"{question.text} {question.ad or ''}"
            right = next(at for at, choice in enumerate(choices) if choice.right)
            found.append(Item(seen, tuple(choice.text for choice in choices), right, language))
    return found


def practice(module: Module) -> tuple[Question, ...]:
    """The questions whose keys people see."""
    return module.questions


def of_exam(module: Module) -> tuple[Question, ...]:
    """The questions that exams alone ask."""
    return module.exam_questions


BANKS = pytest.mark.parametrize("bank", [practice, of_exam])


def guessed(modules: Iterable[Module], bank: Bank = practice) -> tuple[float, dict[str, str]]:
    """The per cent of items of a bank guessed after learning from both banks of all other modules, and right of asked."""
    modules = list(modules)
    learnt = {module.slug: asked((*module.questions, *module.exam_questions)) for module in modules}
    found = surface.held_out(learnt, {module.slug: asked(bank(module)) for module in modules if bank(module)})
    share = 100 * sum(right for right, _ in found.values()) / sum(of for _, of in found.values())
    return share, {slug: f"{right} of {of}" for slug, (right, of) in found.items()}


@BANKS
def test_who_knows_the_form_of_other_modules_and_no_wildlife_fails_the_exam(bank: Bank):
    share, each = guessed(load_all(SHIPPED).values(), bank)
    assert share <= MOST, each


def test_neither_the_words_nor_the_place_of_a_choice_tells_what_a_picture_shows():
    learnt = {module.slug: asked((*module.questions, *module.exam_questions)) for module in load_all(SHIPPED).values()}
    pictures = [picture for picture in catalogue.pictures().values() if picture.choices]
    lane = [
        Item(picture.alt, tuple(picture.choices.values()), list(picture.choices).index(picture.right), "en")
        for picture in pictures
    ]
    right, of = surface.held_out(learnt | {"lane": lane}, {"lane": lane})["lane"]
    places = Counter(item.right for item in lane)
    assert 100 * right / of <= MOST
    assert 100 * max(places.values()) / of <= MOST, places


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("Look at the base; lines cross there", "Leave it, as the seller knows"),
        ("Look at the base", "Look at the base because of that"),
        ("It may be ivory", "It is always ivory"),
        ("Picture 3 shows lines", "Some picture shows lines"),
        ("A small figure with lines under its base and a weight", "A small figure with lines"),
    ],
)
def test_a_sign_that_marks_the_right_choice_is_learnt_from_other_modules(tmp_path: Path, right: str, wrong: str):
    """The mutation of the test above: banks as they were, whose right choices wear a sign."""
    words = ("north", "south", "upper", "lower", "inner", "outer")
    chance, modules = random.Random(7), []
    for slug in "abc":
        bank = items()
        for number in range(15):
            first, *others = chance.sample(words, 4)
            choices = [{"text": f"{right} {first}", "right": True}, *({"text": f"{wrong} {word}"} for word in others)]
            bank[number] = item(number, choices=choices)
        modules.append(load(write(tmp_path / slug, bank=bank)))
    share, each = guessed(modules)
    assert share > 2 * MOST, each


def test_a_lone_no_among_three_yes_is_learnt(tmp_path: Path):
    modules = []
    for slug in "abc":
        bank = items()
        for number in range(15):
            wrong = [{"text": f"Yes: goods {number} {side}"} for side in ("north", "south", "upper")]
            bank[number] = item(number, choices=[*wrong, {"text": f"No: goods {number} lower", "right": True}])
        modules.append(load(write(tmp_path / slug, bank=bank)))
    assert guessed(modules)[0] > 2 * MOST


@BANKS
def test_yes_and_no_stand_in_even_number_and_are_right_alike_often(bank: Bank):
    """Of three Yes and one No the No was always right; of two and two mostly the Yes."""
    right = {"Yes": 0, "No": 0}
    for module in load_all(SHIPPED).values():
        for question in bank(module):
            if question.kind == "flag":
                said = [choice.text[:3].strip(":, ") for choice in question.choices if not choice.neutral]
                assert sorted(said) == ["No", "No", "Yes", "Yes"], f"{module.slug}: {question.name}"
                right["Yes" if next(c for c in question.choices if c.right).text.startswith("Yes") else "No"] += 1
    assert 0.4 <= right["Yes"] / sum(right.values()) <= 0.6, right


# --- Items with several right choices, and items to match -------------------------------------------------------------


def several(questions: Iterable[Question], language: str = "en") -> list[Several]:
    """What is asked with more than one right choice, mixed as the exam mixes it."""
    found = []
    for question in questions:
        if question.kind == "multiple":
            choices = [choice for choice in question.choices if not choice.neutral]
            random.Random(question.name).shuffle(choices)
            right = frozenset(at for at, choice in enumerate(choices) if choice.right)
            found.append(Several(question.text, tuple(choice.text for choice in choices), right, language))
    return found


def matched(questions: Iterable[Question]) -> dict[str, Pairs]:
    """What is to be matched, by its name, mixed as the exam mixes it."""
    found = {}
    for question in questions:
        if question.kind == "match":
            order = list(range(len(question.choices)))
            random.Random(question.name).shuffle(order)
            rights = tuple(question.choices[at].text for at in order)
            found[question.name] = Pairs(question.lefts, rights, tuple(map(order.index, range(len(question.lefts)))))
    return found


@BANKS
def test_who_knows_how_many_are_right_cannot_tell_them_by_their_form(bank: Bank):
    """Of three in five one guess in ten is right by chance; a guesser is told how many, and the exam tells nobody."""
    modules = load_all(SHIPPED).values()
    hits, of = surface.held_out_several(
        {module.slug: several((*module.questions, *module.exam_questions)) for module in modules},
        {module.slug: several(bank(module)) for module in modules},
    )
    assert of >= (20 if bank is practice else 5) and 100 * hits / of <= 25, f"{hits} of {of}"


@BANKS
def test_what_belongs_together_does_not_look_alike(bank: Bank):
    found = {
        f"{module.slug}: {name}": item
        for module in load_all(SHIPPED).values()
        for name, item in matched(bank(module)).items()
    }
    guessed = [name for name, item in found.items() if surface.guess_pairs(item) == item.belongs]
    assert len(found) >= (15 if bank is practice else 5) and 100 * len(guessed) / len(found) <= 15, guessed


def test_several_that_wear_a_sign_are_learnt():
    chance, modules = random.Random(7), {}
    for slug in "abc":
        items = []
        for _ in range(15):
            texts = [
                *(f"Lines, with {word}" for word in ("north", "south", "upper")),
                "Leave it inner",
                "Leave it outer",
            ]
            chance.shuffle(texts)
            items.append(
                Several("What?", tuple(texts), frozenset(at for at, text in enumerate(texts) if text[1] == "i"))
            )
        modules[slug] = items
    hits, of = surface.held_out_several(modules, modules)
    assert hits == of


def test_pairs_that_echo_each_other_are_guessed():
    pairs = Pairs(
        ("Ivory of mammoths", "Skins of pythons"), ("A python’s skins", "Mammoth ivory, dug out", "A feather"), (1, 0)
    )
    assert surface.guess_pairs(pairs) == pairs.belongs


# --- In other languages -----------------------------------------------------------------------------------------------

LANGUAGES = sorted({language for module in load_all(SHIPPED).values() for language in module.translations})


def translated(bank: Bank, language: str) -> dict[str, tuple[Question, ...]]:
    """The questions of a bank in a language, by module; of an exam that is asked in the original's language none."""
    versions = {slug: module.translations.get(language) for slug, module in load_all(SHIPPED).items()}
    return {slug: bank(version) for slug, version in versions.items() if version and bank(version)}


IN_LANGUAGES = pytest.mark.parametrize("language", LANGUAGES)
BANKS_IN_LANGUAGES = pytest.mark.parametrize(
    ("bank", "language"),
    [(bank, language) for bank in (practice, of_exam) for language in LANGUAGES if translated(bank, language)],
)


def both(module: Module) -> tuple[Question, ...]:
    """The questions of both banks."""
    return (*module.questions, *module.exam_questions)


def taught_by(read: Callable[..., list[T]], language: str) -> dict[str, list[T]]:
    """What a guesser learns from, by module: the questions of both banks, in English and in the language."""
    others = {slug: read(both(module)) for slug, module in load_all(SHIPPED).items()}
    for slug, questions in translated(both, language).items():
        others[slug] += read(questions, language)
    return others


@BANKS_IN_LANGUAGES
def test_a_translation_does_not_betray_its_answers_either(bank: Bank, language: str):
    """The guesser has learnt from all other modules, in English and in the language: the signs have the same names."""
    tried = translated(bank, language)
    others = taught_by(asked, language)
    found = surface.held_out(others, {slug: asked(questions, language) for slug, questions in tried.items()})
    share = 100 * sum(right for right, _ in found.values()) / sum(of for _, of in found.values())
    assert share <= MOST, {slug: f"{right} of {of}" for slug, (right, of) in found.items()}


@BANKS_IN_LANGUAGES
def test_several_right_choices_of_a_translation_cannot_be_told_by_their_form(bank: Bank, language: str):
    tried = translated(bank, language)
    others = taught_by(several, language)
    hits, of = surface.held_out_several(
        others, {slug: several(questions, language) for slug, questions in tried.items()}
    )
    assert 100 * hits / of <= 25, f"{hits} of {of}"


@IN_LANGUAGES
def test_what_belongs_together_does_not_look_alike_in_a_translation(language: str):
    found = {
        f"{slug}: {name}": item
        for slug, questions in translated(both, language).items()
        for name, item in matched(questions).items()
    }
    guessed = [name for name, item in found.items() if surface.guess_pairs(item) == item.belongs]
    assert len(guessed) <= max(1, 0.15 * len(found)), guessed


@IN_LANGUAGES
def test_the_longest_choice_of_a_translation_is_no_hint_and_yes_and_no_stay_where_they_were(language: str):
    for slug, module in load_all(SHIPPED).items():
        for bank in (practice, of_exam):
            if language not in module.translations or not (questions := bank(module.translations[language])):
                continue
            longest = [
                max(question.choices, key=lambda choice: len(choice.text)).right
                for question in questions
                if question.kind in ("single", "flag")
            ]
            assert 0.1 <= sum(longest) / len(longest) <= 0.5, f"{slug}: {sum(longest)} of {len(longest)}"
            words = dict(zip(surface.VERDICTS["en"], surface.VERDICTS[language], strict=True))
            originals = {question.name: question for question in bank(module)}
            for question in questions:
                if question.kind == "flag":
                    for choice, said in zip(question.choices[:-1], originals[question.name].choices[:-1], strict=True):
                        verdict = re.match(r"\w+", said.text)[0]
                        assert re.match(rf"{words[verdict]}\b", choice.text), f"{slug}: {question.name}"


HINTS = {"en": "because of that", "fr": "parce que c’est ainsi", "es": "porque es así", "ar": "لأن ذلك معروف"}


@pytest.mark.parametrize("language", surface.WORDS)
def test_a_sign_learnt_in_english_is_known_again_in_another_language(language: str):
    """The mutation: English banks whose wrong choices give reasons, and a translation that keeps them."""
    assert surface.WORDS[language].keys() == surface.WORDS["en"].keys()
    chance = random.Random(7)

    def bank(hint: str, said_in: str) -> list[Item]:
        found = []
        for _ in range(15):
            right = chance.randrange(4)
            words = chance.sample(("أ", "ب", "ت", "ث") if said_in == "ar" else ("a", "b", "c", "d"), 4)
            choices = [word if at == right else f"{word} {hint}" for at, word in enumerate(words)]
            found.append(Item("?", tuple(choices), right, said_in))
        return found

    learnt = {slug: bank(HINTS["en"], "en") for slug in "ab"}
    found = surface.held_out(learnt, {"c": bank(HINTS[language], language)})
    assert found["c"] == (15, 15)
