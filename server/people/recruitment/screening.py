"""Screening questions, read and scored, and the order of the waiting list. Pure, except that it reads its file.

The questions are content (`screening.yaml` in the content folder). An answer never refuses anybody: it moves them on the list,
and points to talk about are shown to the coordinator.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from server.core.sentences import Sentence, counted, sentence
from server.people.courses.yaml_lines import Invalid, Located, Reader

MOST_POINTS = 2  # of one answer
# Out of 100. A few questions do not measure a person: less than half.
FOR_ANSWERS, FOR_HOURS, FOR_LANGUAGE, FOR_WAITING = 40, 20, 20, 20
ENOUGH_HOURS = 3  # a week: what a round asks of a volunteer
FEW = 3  # a language with fewer accredited spotters who read it is wanted
LONG = 20  # days of waiting for full points


@dataclass(frozen=True, slots=True)
class ScreeningChoice:
    """One answer: its points, and what a coordinator should talk about with whoever chose it."""

    text: str
    points: int
    talk: str = ""


@dataclass(frozen=True, slots=True)
class ScreeningQuestion:
    """One screening question."""

    name: str
    text: str
    choices: tuple[ScreeningChoice, ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class ScreeningResult:
    """What answers came to: `points` of `of`, and what to talk about."""

    points: int
    of: int
    talk: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RankReason:
    """One reason for a rank on the list; `against`: it moves the application down."""

    text: str
    against: bool = False


@dataclass(frozen=True, slots=True)
class Rank:
    """How early to look at an application, 0 to 100, and why."""

    score: int
    reasons: tuple[RankReason, ...]


def load(path: Path) -> tuple[ScreeningQuestion, ...]:
    """The questions at `path`; none when there is no such file. Raises Invalid with every problem, by file and line."""
    if not path.is_file():
        return ()
    reader = Reader(path.name)
    top = reader.load(path.read_text("utf-8"))
    reader.known(top, "language", "questions")
    language = reader.text(top, "language", needed=False) or "en"
    questions = tuple(_question(item, reader, language) for item in reader.mappings(top, "questions"))
    for index, question in enumerate(questions):
        if question.name in {earlier.name for earlier in questions[:index]}:
            reader.note(1, f"two questions are named {question.name}")
    if reader.problems:
        raise Invalid(reader.problems)
    return questions


def _question(item: Located, reader: Reader, language: str) -> ScreeningQuestion:
    reader.known(item, "name", "text", "choices")
    choices = []
    for choice in reader.mappings(item, "choices"):
        reader.known(choice, "text", "points", "talk")
        points = choice.get("points", 0)
        if not isinstance(points, int) or isinstance(points, bool) or not 0 <= points <= MOST_POINTS:
            reader.note(choice.lines["points"], f"points must be a whole number, 0 to {MOST_POINTS}")
            points = 0
        choices.append(ScreeningChoice(reader.text(choice, "text"), points, reader.text(choice, "talk", needed=False)))
    name = reader.text(item, "name")
    if len(choices) < 2:
        reader.note(item.line, "a question needs at least two choices")
    elif not any(option.points for option in choices):
        reader.note(item.line, "no choice of this question has points")
    return ScreeningQuestion(name, reader.text(item, "text"), tuple(choices), language)


def weigh(questions: Sequence[ScreeningQuestion], answers: Mapping[str, int]) -> ScreeningResult:
    """Score the answers (index of the choice by the question's name). Answers to questions that no longer exist are ignored."""
    points = of = 0
    talk: list[str] = []
    for question in questions:
        of += max(choice.points for choice in question.choices)
        index = answers.get(question.name, -1)
        if 0 <= index < len(question.choices):
            points += question.choices[index].points
            talk += [question.choices[index].talk] if question.choices[index].talk else []
    return ScreeningResult(points, of, tuple(talk))


def rank(result: ScreeningResult, hours: int, languages: Sequence[str], readers: Mapping[str, int], days: int) -> Rank:
    """The rank of an application. `languages`: their names; `readers`: accredited spotters by language; `days` waited.

    Nobody drops off the list: the longer somebody waits, the further up they come.
    """
    share = result.points / result.of if result.of else 1.0
    readers_of = {language: readers.get(language, 0) for language in languages}
    wanted = [language for language in languages if readers_of[language] < FEW]
    score = FOR_ANSWERS * share + FOR_WAITING * min(days, LONG) / LONG
    reasons = []
    if result.of:
        points = sentence("%(points)s of %(of)s points in the questions", points=result.points, of=result.of)
        reasons.append(RankReason(points, against=share < 0.5))
    if hours >= ENOUGH_HOURS:
        score += FOR_HOURS
        reasons.append(RankReason(sentence("Has %(hours)s hours a week or more", hours=hours)))
    else:
        reasons.append(RankReason(sentence("Has less than %(hours)s hours a week", hours=ENOUGH_HOURS), against=True))
    if wanted:
        score += FOR_LANGUAGE
        reasons.append(RankReason(_wanted(wanted[:2], min(readers_of[language] for language in wanted))))
    if days >= LONG:
        reasons.append(RankReason(counted("Has waited %(number)s day", "Has waited %(number)s days", days)))
    reasons += [RankReason(sentence("To talk about: %(topic)s", topic=topic), against=True) for topic in result.talk]
    return Rank(round(score), tuple(reasons))


def _wanted(languages: Sequence[str], readers: int) -> Sentence:
    named = (
        sentence("%(first)s and %(second)s", first=languages[0], second=languages[1])
        if len(languages) > 1
        else languages[0]
    )
    if not readers:
        return sentence("Reads %(languages)s: no accredited spotter does", languages=named)
    return counted(
        "Reads %(languages)s: so far %(number)s accredited spotter does",
        "Reads %(languages)s: so far %(number)s accredited spotters do",
        readers,
        languages=named,
    )
