"""A module's banks of questions, for practice and for the exam, read and checked. Pure."""

from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from server.people.courses import markdown
from server.people.courses.markdown import Ad
from server.people.courses.yaml_lines import Located, Reader

SMALLEST = 20
SMALLEST_EXAM = 60  # of a module that accreditation needs: five attempts of 15 then share little
FEWEST_KINDS = 3  # a bank of one kind tests one thing
FEWEST_FLAGS = 4  # looking at ads is what spotters do
CANNOT_TELL = "I cannot tell"


@dataclass(frozen=True, slots=True)
class Choice:
    """One possible answer. `neutral` ones ("I cannot tell") never count, neither for nor against."""

    text: str
    right: bool
    neutral: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """One item of a bank. `lesson` names where the lesson speaks of it, `line` where it stands in its file.

    A `match` has `lefts`; its choices are what belongs to them, in the same order, and then those that belong to none.
    """

    name: str
    kind: str
    lesson: str
    text: str
    choices: tuple[Choice, ...]
    explanation: str  # clean HTML, shown after the answer is final and never before
    ad: Ad | None
    lefts: tuple[str, ...] = ()
    line: int = field(default=1, compare=False)


def read(
    text: str,
    lessons: Collection[str],
    reader: Reader,
    *,
    cannot_tell: str | None = CANNOT_TELL,
    smallest: int = SMALLEST,
    taken: Collection[str] = (),
) -> tuple[Question, ...]:
    """The questions of a bank. What is wrong goes to `reader`. `cannot_tell` None: the bank must say it in its language.

    `smallest`: how many questions it needs. `taken`: names that stand in the module's other bank.
    """
    top = reader.load(text)
    reader.known(top, "questions", "cannot_tell")
    neutral = reader.text(top, "cannot_tell", needed=cannot_tell is None) or cannot_tell or CANNOT_TELL
    items = reader.mappings(top, "questions")
    questions = tuple(_question(item, lessons, reader, neutral) for item in items)
    if len(questions) < smallest:
        reader.note(1, f"a bank needs at least {smallest} questions, this one has {len(questions)}")
    kinds = Counter(question.kind for question in questions)
    if len(kinds) < FEWEST_KINDS:
        reader.note(
            1, f"a bank needs at least {FEWEST_KINDS} kinds of question, this one has {', '.join(kinds) or 'none'}"
        )
    if kinds["flag"] < FEWEST_FLAGS:
        reader.note(1, f"a bank needs at least {FEWEST_FLAGS} flag questions, this one has {kinds['flag']}")
    for at, question in enumerate(questions):
        if question.name in {earlier.name for earlier in questions[:at]}:
            reader.note(question.line, f"two questions are named {question.name}")
        if question.name in taken:
            reader.note(question.line, f"a question of the practice bank is named {question.name}, too")
    return questions


def _question(item: Located, lessons: Collection[str], reader: Reader, cannot_tell: str) -> Question:
    name, kind = reader.text(item, "name"), reader.text(item, "kind")
    keys = ("pairs", "others") if kind == "match" else ("choices",)
    reader.known(item, "name", "kind", "section", "text", "ad", *keys, "explanation")
    lefts, choices = _pairs(item, reader) if kind == "match" else ((), _choices(item, reader))
    if check := KINDS.get(kind):
        if wrong := check(choices, "ad" in item):
            reader.note(item.line, f"{name}: {wrong}")
    elif kind:
        reader.note(item.lines["kind"], f"{name}: kind must be one of {', '.join(KINDS)}")
    if kind == "flag":
        choices.append(Choice(cannot_tell, right=False, neutral=True))
    lesson = reader.text(item, "section")
    if lesson and lesson not in lessons:
        reader.note(item.lines["section"], f"{name}: the module has no lesson {lesson}")
    shown = item.get("ad")
    simulated = markdown.ad(shown, reader) if isinstance(shown, Located) else None
    explanation = markdown.html(reader.text(item, "explanation"))
    return Question(
        name, kind, lesson, reader.text(item, "text"), tuple(choices), explanation, simulated, lefts, item.line
    )


def _choices(item: Located, reader: Reader) -> list[Choice]:
    choices = []
    for choice in reader.mappings(item, "choices"):
        reader.known(choice, "text", "right")
        choices.append(Choice(reader.text(choice, "text"), reader.flag(choice, "right")))
    return choices


def _pairs(item: Located, reader: Reader) -> tuple[tuple[str, ...], list[Choice]]:
    lefts, choices = [], []
    for pair in reader.mappings(item, "pairs"):
        reader.known(pair, "left", "right")
        lefts.append(reader.text(pair, "left"))
        choices.append(Choice(reader.text(pair, "right"), right=True))
    choices += [Choice(other, right=False) for other in reader.words(item, "others", needed=False)]
    if len(set(lefts)) < len(lefts):
        reader.note(item.line, "two pairs have the same left side")
    return tuple(lefts), choices


def _single(choices: list[Choice], _has_ad: bool) -> str:
    if len(choices) < 2 or sum(choice.right for choice in choices) != 1:
        return "needs at least two choices, exactly one of them right"
    return ""


def _multiple(choices: list[Choice], _has_ad: bool) -> str:
    if len(choices) < 3 or not 0 < sum(choice.right for choice in choices) < len(choices):
        return "needs at least three choices, at least one right and one wrong"
    return ""


def _flag(choices: list[Choice], has_ad: bool) -> str:
    return _single(choices, has_ad) if has_ad else "needs an ad to look at"


def _match(choices: list[Choice], _has_ad: bool) -> str:
    if not 3 <= sum(choice.right for choice in choices) <= 6:
        return "needs three to six pairs"
    if len({choice.text for choice in choices}) < len(choices):
        return "every right side, and every one of the others, must be different"
    return ""


# A new kind of question is a line here, its marking in marking.py and its form in templates/training/parts.html.
KINDS: dict[str, Callable[[list[Choice], bool], str]] = {
    "single": _single, "multiple": _multiple, "flag": _flag, "match": _match,
}  # fmt: skip
