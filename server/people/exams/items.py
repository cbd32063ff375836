"""What the answers of many people say about a question: how hard it is, whether it tells, what nobody chooses. Pure."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

from server.core.sentences import Sentence, sentence

ENOUGH = 20  # answers before anything is said about a question's choices and its discrimination
PRIOR_WRONG, PRIOR_RIGHT = 1.5, 3.5  # five answers' worth of an ordinary question: three in ten get it wrong
TOO_EASY, TOO_HARD, TELLS_LITTLE = 0.05, 0.7, 0.1


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """One answer to the question: the places chosen, its mark, and the share of right ones among the rest of the attempt."""

    chosen: tuple[int, ...]
    right: bool | None
    rest: float | None


@dataclass(frozen=True, slots=True)
class Item:
    """A question as its answers show it.

    `difficulty`: the expected share of wrong answers, 0 to 1. `discrimination`: point-biserial correlation of being right
    here with the share of right answers in the rest of the attempt, -1 to 1; None until there is enough to say.
    """

    answers: int
    difficulty: float
    discrimination: float | None
    cannot_tell: int
    never_chosen: tuple[int, ...]

    @property
    def doubts(self) -> tuple[Sentence, ...]:
        """What a person should look at; nothing until there are enough answers."""
        if self.answers < ENOUGH:
            return ()
        doubts: list[Sentence] = []
        if self.difficulty < TOO_EASY:
            doubts.append(sentence("Almost nobody gets it wrong."))
        if self.difficulty > TOO_HARD:
            doubts.append(sentence("Most people get it wrong: is the key right?"))
        if self.discrimination is not None and self.discrimination < TELLS_LITTLE:
            doubts.append(
                sentence("It does not show who knows the answer: is the key right?")
                if self.discrimination < 0
                else sentence("It does not show who knows the answer: is it clear?")
            )
        if self.never_chosen:
            doubts.append(sentence("Some choices are never chosen."))
        return tuple(doubts)


def difficulty(right: int, wrong: int) -> float:
    """The mean of a Beta posterior: what few answers say is drawn towards an ordinary question."""
    return (wrong + PRIOR_WRONG) / (right + wrong + PRIOR_WRONG + PRIOR_RIGHT)


def analyse(answers: Sequence[ItemAnswer], wrong_choices: Sequence[int]) -> Item:
    """What is known about a question. `wrong_choices`: the places (in the bank) of its wrong choices, none for a match."""
    marked = [answer for answer in answers if answer.right is not None]
    right = sum(answer.right is True for answer in marked)
    hard, tells = difficulty(right, len(marked) - right), None
    never: tuple[int, ...] = ()
    if len(marked) >= ENOUGH:
        chosen = Counter(place for answer in answers for place in answer.chosen)
        never = tuple(place for place in wrong_choices if not chosen[place])
        tells = point_biserial([(answer.right is True, answer.rest) for answer in marked if answer.rest is not None])
    return Item(len(marked), hard, tells, len(answers) - len(marked), never)


def point_biserial(pairs: Sequence[tuple[bool, float]]) -> float | None:
    """The correlation of a yes or no with a score; None when one of them never varies."""
    count = len(pairs)
    yes = [score for yes_or_no, score in pairs if yes_or_no]
    no = [score for yes_or_no, score in pairs if not yes_or_no]
    if not yes or not no:
        return None
    mean = sum(score for _, score in pairs) / count
    spread = sqrt(sum((score - mean) ** 2 for _, score in pairs) / count)
    if spread == 0:
        return None
    return (sum(yes) / len(yes) - sum(no) / len(no)) / spread * sqrt(len(yes) * len(no)) / count
