"""What a spotter is told about a report: a code with its parameters is kept, and worded where it is shown. Pure.

A person's own words (a coordinator's question or note, a company's reason, a spotter's reply) are kept as they wrote them.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple, Protocol

from server.core import wording
from server.core.sentences import Sentence, sentence
from server.core.words import Answer, FeedbackCode
from server.ledger.reports.retraction import PICKS, RetractReason

NONE: Mapping[str, Any] = MappingProxyType({})


class Entry(NamedTuple):
    """One thing to tell a spotter. `params` are plain JSON, days in ISO 8601; `text` is a person's own words."""

    code: FeedbackCode
    params: Mapping[str, Any] = NONE
    text: str | None = None
    speaker: str = "coordinator"  # "spotter", "coordinator", or the name of the company that wrote `text`


class EntryLike(Protocol):
    """An entry, or the row that keeps one."""

    @property
    def code(self) -> Any: ...
    @property
    def params(self) -> Any: ...
    @property
    def text(self) -> Any: ...


# Always in a person's own words, or as written before there were codes.
IN_OWN_WORDS = (
    FeedbackCode.DISMISSED,
    FeedbackCode.NOTICE_WITHDRAWN,
    FeedbackCode.QUESTION,
    FeedbackCode.REPLY,
    FeedbackCode.ADDED,
    FeedbackCode.AS_WRITTEN,
)

ASKS = (FeedbackCode.QUESTION, FeedbackCode.AS_WRITTEN)  # what may be a coordinator's question

# The names of each function's parameters are those of the entry.
SENTENCES: dict[FeedbackCode, Callable[..., Sentence]] = {
    FeedbackCode.NOTICE_QUEUED: lambda: sentence(
        "A coordinator decided to notify the company. We will tell you what it answers."
    ),
    FeedbackCode.HELD: lambda: sentence("A coordinator has looked and needs more time to decide."),
    FeedbackCode.QUESTION_CLOSED: lambda: sentence("This question is closed."),
    FeedbackCode.RETRACTED: lambda why: sentence("I withdraw this report. %(why)s.", why=PICKS[RetractReason(why)]),
    FeedbackCode.DOUBTED: lambda why: sentence("This report was wrong. %(why)s.", why=PICKS[RetractReason(why)]),
    FeedbackCode.DOUBT_READ: lambda: sentence("A coordinator has read that you think this report was wrong."),
    FeedbackCode.NOT_DELIVERED: lambda: sentence(
        "The notice could not be delivered. A coordinator looks for another way; nothing is lost."
    ),
    FeedbackCode.OVERDUE: lambda company, answer_by: sentence(
        "%(company)s did not tell us its decision by %(day)s.", company=company, day=wording.date(answer_by)
    ),
    FeedbackCode.ANSWERED: lambda company, answer: sentence(
        "%(company)s answered: %(answer)s.", company=company, answer=wording.ANSWER[Answer(answer)].word
    ),
    FeedbackCode.STILL_THERE: lambda day: sentence(
        "Checked again on %(day)s: it is still there. A coordinator will look at it again.", day=wording.date(day)
    ),
    FeedbackCode.THERE_AGAIN: lambda day: sentence(
        "Checked again on %(day)s: it is back online.", day=wording.date(day)
    ),
    FeedbackCode.CHECKED_PRESENT: lambda day: sentence(
        "Checked again on %(day)s: it is still there.", day=wording.date(day)
    ),
    FeedbackCode.CHECKED_GONE: lambda day: sentence("Checked again on %(day)s: it is gone.", day=wording.date(day)),
}


def words(entry: EntryLike) -> str:
    """What an entry says: a person's own words, or the sentence of its code.

    Raises KeyError where words are missing that only a person could give, TypeError for other parameters than the
    sentence has.
    """
    code = FeedbackCode(entry.code)
    if entry.text and entry.params.get("why", RetractReason.OTHER) != RetractReason.OTHER:
        return sentence("%(what)s %(words)s", what=SENTENCES[code](**entry.params), words=entry.text)
    if entry.text is not None:
        return str(entry.text)
    return SENTENCES[code](**entry.params)
