"""What the model that orders the queue, if there is one, says of an ad."""

from typing import NamedTuple

from sqlalchemy.orm import Session

from server.core.reasons import Reason, ReasonCode
from server.ledger.learning import explaining, persons, store


class Likelihood(NamedTuple):
    """likely, version: None where the rules stand alone. reasons: a word at a time."""

    likely: float | None
    reasons: tuple[Reason, ...] = ()
    version: str | None = None


def likelihood(session: Session, text: str, words: float) -> Likelihood:
    """How likely a notice on this ad would be right. words: what the lexicon makes of it."""
    ready = store.ready(session)
    if ready.weights is None or ready.scale is None:
        return Likelihood(None)
    likely, said = explaining.judge(ready.weights, ready.scale, persons.without(text), words)
    reasons = tuple(
        Reason(ReasonCode.LEARNED_FOR if each.adds > 0 else ReasonCode.LEARNED_AGAINST, each.adds,
               {"word": each.word, "points": abs(round(100 * each.adds))})
        for each in said
    )  # fmt: skip
    return Likelihood(round(likely, 2), reasons, ready.version)
