"""Screening questions, read and weighed; and in which order a waiting list is looked at. Pure, save that it reads its file.

The questions are content (`screening.yaml` of the content folder). What somebody answers never refuses them: it moves them on
the list, and what is worth a talk is shown to the coordinator who reads it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from server.people.courses.located import Invalid, Located, Reader

MOST_POINTS = 2  # of one answer
# What an application is worth looking at first for, of 100. Few questions are no measure of a person: less than half.
FOR_ANSWERS, FOR_HOURS, FOR_LANGUAGE, FOR_WAITING = 40, 20, 20, 20
ENOUGH_HOURS = 3  # a week: what a round asks of a volunteer
FEW = 3  # accredited spotters who read a language; fewer, and it is wanted
LONG = 20  # days of waiting that count


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: its points, and what a coordinator should talk about with whoever chose it."""

    text: str
    points: int
    talk: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One screening question."""

    name: str
    text: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What answers came to: `points` of `of`, and what to talk about."""

    points: int
    of: int
    talk: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason for a place on the list; `against`: it moves somebody down."""

    text: str
    against: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """How soon an application is worth looking at, 0 to 100, and why."""

    score: int
    reasons: tuple[Reason, ...]


def load(path: Path) -> tuple[Question, ...]:
    """The questions at `path`; none when there is no such file. Raises Invalid with every problem, by file and line."""
    if not path.is_file():
        return ()
    reader = Reader(path.name)
    top = reader.load(path.read_text("utf-8"))
    reader.known(top, "questions")
    made = tuple(_question(one, reader) for one in reader.mappings(top, "questions"))
    for at, question in enumerate(made):
        if question.name in {earlier.name for earlier in made[:at]}:
            reader.note(1, f"two questions are named {question.name}")
    if reader.problems:
        raise Invalid(reader.problems)
    return made


def _question(item: Located, reader: Reader) -> Question:
    reader.known(item, "name", "text", "choices")
    choices = []
    for one in reader.mappings(item, "choices"):
        reader.known(one, "text", "points", "talk")
        points = one.get("points", 0)
        if not isinstance(points, int) or isinstance(points, bool) or not 0 <= points <= MOST_POINTS:
            reader.note(one.lines["points"], f"points must be a whole number, 0 to {MOST_POINTS}")
            points = 0
        choices.append(Choice(reader.text(one, "text"), points, reader.text(one, "talk", needed=False)))
    name = reader.text(item, "name")
    if len(choices) < 2:
        reader.note(item.line, "a question needs at least two choices")
    elif not any(choice.points for choice in choices):
        reader.note(item.line, "no choice of this question has points")
    return Question(name, reader.text(item, "text"), tuple(choices))


def weigh(questions: Sequence[Question], answers: Mapping[str, int]) -> Weighed:
    """What the answers (place by the question's name) come to. One that fits no question any more is not counted."""
    points = of = 0
    talk: list[str] = []
    for question in questions:
        of += max(choice.points for choice in question.choices)
        place = answers.get(question.name, -1)
        if 0 <= place < len(question.choices):
            points += question.choices[place].points
            talk += [question.choices[place].talk] if question.choices[place].talk else []
    return Weighed(points, of, tuple(talk))


def place(weighed: Weighed, hours: int, languages: Sequence[str], readers: Mapping[str, int], days: int) -> Place:
    """Where an application stands. `languages`: their names; `readers`: accredited spotters by language; `days` waited.

    Nobody falls off the list: the longer somebody waits, the further up they come.
    """
    share = weighed.points / weighed.of if weighed.of else 1.0
    wanted = [language for language in languages if readers.get(language, 0) < FEW]
    score = FOR_ANSWERS * share + FOR_WAITING * min(days, LONG) / LONG
    reasons = []
    if weighed.of:
        reasons.append(Reason(f"{weighed.points} of {weighed.of} points in the questions", against=share < 0.5))
    if hours >= ENOUGH_HOURS:
        score += FOR_HOURS
        reasons.append(Reason(f"Has {hours} hours a week or more"))
    else:
        reasons.append(Reason(f"Has less than {ENOUGH_HOURS} hours a week", against=True))
    if wanted:
        score += FOR_LANGUAGE
        few = min(readers.get(language, 0) for language in wanted)
        who = (
            "no accredited spotter does"
            if not few
            else f"so far {few} accredited spotters do"
            if few > 1
            else "so far one does"
        )
        reasons.append(Reason(f"Reads {' and '.join(wanted[:2])}: {who}"))
    if days >= LONG:
        reasons.append(Reason(f"Has waited {days} days"))
    reasons += [Reason(f"To talk about: {one}", against=True) for one in weighed.talk]
    return Place(round(score), tuple(reasons))
