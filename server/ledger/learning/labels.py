"""What a decision, and what came of it later, says about an ad: the label that a model learns from. Pure.

| Decision | What came of it | Label | Weight |
|---|---|---|---|
| notify | removed or restricted; or a check found it gone, and nobody says that it was gone before | right | 1 |
| notify | nothing yet, a question, gone before anybody acted | right | 0.7 |
| notify | the company kept it, or put it back | wrong | 0.5 |
| notify | we withdrew it, for we were wrong | wrong | 1 |
| notify | we withdrew it, for it went to the wrong company | none: it says nothing about the ad | |
| dismiss | an innocent word, not protected, a look-alike, not offered | wrong | 0.7 |
| dismiss | too little, a scam, a duplicate, another reason | none: it says nothing about the words of the ad | |
| ask, hold | | none: nothing is decided | |
"""

from typing import NamedTuple

from server.core import outcome
from server.core.outcome import Meaning
from server.core.words import Answer, CheckState, Decision, DismissReason

CONFIRMED, COORDINATOR, CONTESTED = 1.0, 0.7, 0.5
ABOUT_THE_AD = frozenset({
    DismissReason.INNOCENT_WORD, DismissReason.NOT_PROTECTED, DismissReason.LOOK_ALIKE, DismissReason.NOT_OFFERED,
})  # fmt: skip
AGREED = frozenset({Meaning.REMOVED, Meaning.RESTRICTED})


class Label(NamedTuple):
    """Whether a notice on this ad was right, and how much that counts (0 to 1)."""

    right: bool
    weight: float


def label(
    decision: Decision,
    because: DismissReason | None = None,
    *,
    answer: Answer | None = None,
    check: CheckState | None = None,
    withdrawn: bool = False,
    recalled: bool = False,
) -> Label | None:
    """The label of a decision; None where it says nothing about the ad.

    answer: the company's newest, check: how the newest check of the notice was settled. recalled: it was withdrawn, for it
    went to the wrong company.
    """
    if decision is Decision.DISMISS:
        return Label(False, COORDINATOR) if because in ABOUT_THE_AD else None
    if decision is not Decision.NOTIFY or recalled:
        return None
    if withdrawn:
        return Label(False, CONFIRMED)
    meaning = outcome.MEANS[answer] if answer else Meaning.WAITING
    if meaning is Meaning.KEPT:
        return Label(False, CONTESTED)
    gone = check is CheckState.GONE and answer not in outcome.NO_REMOVAL
    return Label(True, CONFIRMED if meaning in AGREED or gone else COORDINATOR)
