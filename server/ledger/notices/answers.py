"""The rules of answers: what an answer means for a report, what it needs, and until when it may be changed. Pure."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from server.core import folding, outcome, urls
from server.core.sentences import sentence
from server.core.words import Answer, Refused, Status

AN_HOUR = 20  # answers to one notice: whoever sends more is a program gone wrong, or plays
REVISABLE = timedelta(hours=72)  # by the link, from the first answer that decides (contract)

NEEDS_REASON = frozenset({Answer.NOT_VIOLATING, Answer.NEED_INFO})


def status_after(answer: Answer) -> Status | None:
    """What a report becomes when the company gives `answer`; None: nothing changes."""
    return outcome.STATUS.get(outcome.MEANS[answer])


def problems(answer: Answer, reason: str | None, url: str | None) -> dict[str, list[str]]:
    """What an answer still needs, sentences by field; empty when it can be taken."""
    errors: dict[str, list[str]] = {}
    if answer in NEEDS_REASON and folding.is_blank(reason):
        may_stay = answer == Answer.NOT_VIOLATING
        errors["reason"] = [sentence("Say why it may stay.") if may_stay else sentence("Say what you need to know.")]
    if answer == Answer.MOVED and not url:
        errors["url"] = [sentence("Enter the listing’s new address.")]
    if url:
        try:
            urls.read(url)
        except Refused as refusal:
            errors["url"] = [refusal.detail]
    return errors


def takes_effect(answer: Answer, standing: Answer | None) -> bool:
    """Whether `answer` takes the place of the one that stands (None: none does).

    What changes nothing (a receipt, that it was passed on, that it is known already) leaves a decision as it is.
    """
    return status_after(answer) is not None or standing not in outcome.DECIDES


def effective(history: Iterable[Answer]) -> list[int]:
    """The places of the answers that took effect in a notice's history, oldest first. The last of them stands."""
    places, standing = list[int](), None
    for place, answer in enumerate(history):
        if takes_effect(answer, standing):
            places.append(place)
            standing = answer
    return places


def decided_at(history: Iterable[tuple[Answer, datetime]]) -> datetime | None:
    """When the first answer came that decides: a receipt or a question of the company's does not start the clock."""
    return min((at for answer, at in history if status_after(answer) and answer not in outcome.ASKS), default=None)


def wait(history: Iterable[datetime], now: datetime) -> timedelta | None:
    """How long a company waits until it may answer a notice again; None: it need not. `history`: its answers' times."""
    lately = sorted(at for at in history if now - at < timedelta(hours=1))
    return lately[-AN_HOUR] + timedelta(hours=1) - now if len(lately) >= AN_HOUR else None


def open_by_link(decided: datetime | None, now: datetime, answer: Answer | None = None) -> bool:
    """Whether the link still takes `answer` (None: any at all). A listing may be reinstated at any time."""
    return answer == Answer.REINSTATED or decided is None or now - decided <= REVISABLE
