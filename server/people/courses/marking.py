"""In which order the choices of a question are shown, and whether an answer is right. Pure."""

import random
from collections.abc import Sequence

from server.core.sentences import sentence
from server.core.words import Refused
from server.people.courses.bank import Question

FOREIGN = sentence("This answer does not belong to the question. Choose again.")


def mixed(question: Question, chance: random.Random) -> tuple[int, ...]:
    """The places of the choices (in the bank) in mixed order; "I cannot tell" stays last."""
    places = range(len(question.choices))
    real = [place for place in places if not question.choices[place].neutral]
    return (*chance.sample(real, len(real)), *(place for place in places if question.choices[place].neutral))


def chosen(question: Question, order: Sequence[int], picked: Sequence[int]) -> list[int]:
    """The places in the bank behind the places `picked` as shown: for a match one a left side, in their order.

    Raises Refused("invalid") for a place that was not shown.
    """
    if not all(0 <= place < len(order) for place in picked):
        raise Refused("invalid", FOREIGN)
    return [order[place] for place in picked] if question.lefts else sorted(order[place] for place in set(picked))


def mark(question: Question, chosen: Sequence[int]) -> bool | None:
    """Whether the chosen places (in the bank) are right; None when the answer is "I cannot tell" and does not count.

    For a match, `chosen` holds one place for each left side: right only when all are.
    Raises Refused("invalid") when nothing, too much or something unknown was chosen.
    """
    if not chosen:
        raise Refused("invalid", sentence("Choose an answer first."))
    if not all(0 <= place < len(question.choices) for place in chosen):
        raise Refused("invalid", FOREIGN)
    if question.lefts:
        if len(chosen) < len(question.lefts):
            raise Refused("invalid", sentence("Choose one for each."))
        if len(chosen) > len(question.lefts):
            raise Refused("invalid", FOREIGN)
        return list(chosen) == list(range(len(question.lefts)))
    if question.kind != "multiple" and len(chosen) > 1:
        raise Refused("invalid", FOREIGN)
    if any(question.choices[place].neutral for place in chosen):
        return None
    return set(chosen) == {place for place, choice in enumerate(question.choices) if choice.right}
