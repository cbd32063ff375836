"""How each line of what waits is said, and for whom it waits. Pure: the template makes the addresses."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from server.core.phrases import NOTICES_HELD, Phrase
from server.core.sentences import Sentence, counted, sentence
from server.reads.attention import WaitingLine, Waits


class SaidLine(NamedTuple):
    """A line with its words. `at_words`: what its time is, before the time."""

    line: WaitingLine
    chip: Phrase
    words: Sentence
    name: Sentence  # in the sentence that says that nothing of it waits
    at_words: Sentence | None
    link: Sentence
    endpoint: str
    values: dict[str, str]


class WaitingGroup(NamedTuple):
    """Whose turn it is: what waits for them, and what does not."""

    name: Sentence
    lines: list[SaidLine]
    nothing: list[SaidLine]


class _Kind(NamedTuple):
    chip: Phrase
    words: Callable[[int], Sentence]
    name: Sentence
    at_words: Sentence | None
    link: Sentence
    endpoint: str
    values: dict[str, str] = {}


def _queue(tab: str) -> dict[str, str]:
    return {"tab": tab}


KINDS: dict[Waits, _Kind] = {
    Waits.STOPPED: _Kind(
        NOTICES_HELD,
        lambda n: counted("Notices to %(number)s company are held: too many were inaccurate", "Notices to %(number)s companies are held: too many were inaccurate", n),
        sentence("held notices"), sentence("oldest since"), sentence("Review the answers"), "quality.index",
    ),
    Waits.WAITING: _Kind(
        Phrase(sentence("Decide"), "folder2-open", "in_review"),
        lambda n: counted("%(number)s case waits for a decision", "%(number)s cases wait for a decision", n),
        sentence("cases"), sentence("oldest since"), sentence("Open the queue"), "cases.queue",
    ),
    Waits.QUESTIONS: _Kind(
        Phrase(sentence("Company question"), "chat-left-dots", "needs_info"),
        lambda n: counted("%(number)s company question waits for your reply", "%(number)s company questions wait for your reply", n),
        sentence("questions"), sentence("oldest since"), sentence("Reply"), "cases.queue", _queue("questions"),
    ),
    Waits.OPINIONS: _Kind(
        Phrase(sentence("Second opinion"), "people", "in_review"),
        lambda n: counted("%(number)s case waits for a second opinion, from anybody but the person who asked", "%(number)s cases wait for a second opinion, each from anybody but the person who asked", n),
        sentence("second opinions"), None, sentence("Show them"), "cases.queue", _queue("opinions"),
    ),
    Waits.DOUBTED: _Kind(
        Phrase(sentence("Reported in error"), "exclamation-triangle-fill", "no_answer"),
        lambda n: counted("%(number)s case was reported in error, its spotter says", "%(number)s cases were reported in error, their spotters say", n),
        sentence("reports made in error"), sentence("oldest since"), sentence("Show them"), "cases.queue", _queue("doubted"),
    ),
    Waits.COMPLAINTS: _Kind(
        Phrase(sentence("Complaint"), "envelope", "no_answer"),
        lambda n: counted("%(number)s complaint waits for an answer", "%(number)s complaints wait for an answer", n),
        sentence("complaints"), sentence("first due on"), sentence("Read them"), "complaints.index",
    ),
    Waits.DISPUTES: _Kind(
        Phrase(sentence("Dispute"), "clock", "no_answer"),
        lambda n: counted("%(number)s dispute must be sent soon or is overdue", "%(number)s disputes must be sent soon or are overdue", n),
        sentence("disputes to send"), sentence("first deadline"), sentence("Send them"), "disputes.index",
    ),
    Waits.UNDELIVERED: _Kind(
        Phrase(sentence("Undelivered"), "exclamation-triangle-fill", "problem"),
        lambda n: counted("%(number)s case has a notice or reply that has not arrived yet", "%(number)s cases have a notice or reply that has not arrived yet", n),
        sentence("undelivered notices and replies"), None, sentence("See why"), "cases.queue", _queue("undelivered"),
    ),
    Waits.UNROUTED: _Kind(
        Phrase(sentence("No route"), "signpost-split", "no_answer"),
        lambda n: counted("%(number)s case has no company to go to", "%(number)s cases have no company to go to", n),
        sentence("cases without a route"), None, sentence("Show them"), "cases.queue", _queue("unrouted"),
    ),
    Waits.MAIL: _Kind(
        Phrase(sentence("Email"), "envelope", "needs_info"),
        lambda n: counted("%(number)s incoming email to sort", "%(number)s incoming emails to sort", n),
        sentence("incoming email to sort"), sentence("oldest since"), sentence("Read them"), "mail.index",
    ),
    Waits.ALARMS: _Kind(
        Phrase(sentence("Alarm"), "exclamation-triangle-fill", "no_answer"),
        lambda n: counted("%(number)s alarm: many new accounts report one seller", "%(number)s alarms: many new accounts report one seller", n),
        sentence("alarms"), None, sentence("See the alarms"), "alarms.index",
    ),
    Waits.OVERDUE: _Kind(
        Phrase(sentence("Overdue"), "hourglass-split", "no_answer"),
        lambda n: counted("%(number)s notice is past its date without any answer", "%(number)s notices are past their date without any answer", n),
        sentence("overdue answers"), sentence("oldest since"), sentence("By company"), "attention.overdue",
    ),
    Waits.CHECKS: _Kind(
        Phrase(sentence("Check"), "eye", "in_review"),
        lambda n: counted("%(number)s listing is due to be looked at again", "%(number)s listings are due to be looked at again", n),
        sentence("checks"), sentence("oldest since"), sentence("Show them"), "attention.checks",
    ),
    Waits.ASKED: _Kind(
        Phrase(sentence("Asked"), "chat-left-dots", "needs_info"),
        lambda n: counted("%(number)s case waits for a spotter’s answer", "%(number)s cases wait for a spotter’s answer", n),
        sentence("questions to spotters"), None, sentence("Show them"), "cases.queue", _queue("asked"),
    ),
    Waits.TEAM: _Kind(
        Phrase(sentence("Question"), "chat-left-dots", "needs_info"),
        lambda n: counted("%(number)s question of a spotter to their lead waits for an answer", "%(number)s questions of spotters to their leads wait for an answer", n),
        sentence("questions to leads"), sentence("oldest since"), sentence("Answer"), "desk.questions",
    ),
    Waits.HELD: _Kind(
        Phrase(sentence("Held"), "pause-circle", "received"),
        lambda n: counted("%(number)s case is held", "%(number)s cases are held", n),
        sentence("held cases"), sentence("the next comes back"), sentence("Show them"), "cases.queue", _queue("held"),
    ),
}  # fmt: skip
GROUPS = (
    (sentence("For a coordinator"), (Waits.STOPPED, Waits.UNDELIVERED, Waits.ALARMS, Waits.DOUBTED, Waits.OPINIONS, Waits.QUESTIONS, Waits.MAIL, Waits.COMPLAINTS, Waits.DISPUTES, Waits.TEAM, Waits.WAITING, Waits.UNROUTED)),
    (sentence("For companies"), (Waits.OVERDUE,)),
    (sentence("For spotters"), (Waits.ASKED, Waits.CHECKS)),
    (sentence("Waiting for a date"), (Waits.HELD,)),
)  # fmt: skip


def groups(lines: Sequence[WaitingLine]) -> list[WaitingGroup]:
    """The lines by whose turn it is, what is most pressing first; what does not wait is named, so that it is known."""
    by_kind = {line.what: line for line in lines}
    return [
        WaitingGroup(
            name,
            [_said(by_kind[what]) for what in kinds if by_kind[what].number],
            [_said(by_kind[what]) for what in kinds if not by_kind[what].number],
        )
        for name, kinds in GROUPS
    ]


def pressing(lines: Sequence[WaitingLine], most: int) -> list[SaidLine]:
    """The first few of all."""
    return [line for group in groups(lines) for line in group.lines][:most]


def _said(line: WaitingLine) -> SaidLine:
    kind = KINDS[line.what]
    return SaidLine(
        line,
        kind.chip,
        kind.words(line.number),
        kind.name,
        kind.at_words if line.at else None,
        kind.link,
        kind.endpoint,
        kind.values,
    )
