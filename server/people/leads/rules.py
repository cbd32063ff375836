"""What may be asked of a lead, and what a lead may say of a report. Pure."""

from datetime import timedelta
from enum import StrEnum

from server.core import folding
from server.core.sentences import sentence
from server.core.words import DismissReason, Refused

LONGEST = 2000  # characters of a question, and of an answer
OPEN_AT_MOST = 3  # questions of one spotter that wait at once
DAILY_AT_MOST = 10
DESK_AFTER = timedelta(days=3)  # then coordinators see a question, too
DOUBTS = tuple(reason for reason in DismissReason if reason is not DismissReason.DUPLICATE)  # a lead sees no other case


class Voice(StrEnum):
    """What a lead says of a report."""

    CONFIRM = "confirm"  # they would report it, too
    DOUBT = "doubt"


def may_ask(waiting: int, lately: int) -> None:
    """Whether one more question may be asked. waiting: without an answer; lately: asked in 24 hours. Raises Refused("too-many")."""
    if waiting >= OPEN_AT_MOST:
        raise Refused(
            "too-many", sentence("Three of your questions wait for an answer. Ask again when one is answered.")
        )
    if lately >= DAILY_AT_MOST:
        raise Refused("too-many", sentence("You have asked ten questions in a day. Ask again tomorrow."))


def text(words: str, field: str) -> str:
    """The text of a question or an answer as it is kept. Raises Refused("invalid") with `field` for none, and for too much."""
    if folding.is_blank(words):
        detail = sentence("Write a text.")
        raise Refused("invalid", detail, errors={field: [detail]})
    if len(words.strip()) > LONGEST:
        detail = sentence("Write at most 2,000 characters.")
        raise Refused("invalid", detail, errors={field: [detail]})
    return words.strip()


def statement(said: str, because: str) -> tuple[Voice, DismissReason | None]:
    """What a lead says, with the reason of a doubt. Raises Refused("invalid")."""
    if said not in set(Voice):
        detail = sentence("Choose what you say about it.")
        raise Refused("invalid", detail, errors={"said": [detail]})
    if said == Voice.CONFIRM:
        return Voice.CONFIRM, None
    if because not in DOUBTS:
        detail = sentence("Choose why you doubt it.")
        raise Refused("invalid", detail, errors={"because": [detail]})
    return Voice.DOUBT, DismissReason(because)
