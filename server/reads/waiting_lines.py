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
    at_words: Sentence | None
    link: Sentence
    endpoint: str
    values: dict[str, str]


class WaitingGroup(NamedTuple):
    """Whose turn it is, and what waits for them."""

    name: Sentence
    lines: list[SaidLine]


class _Kind(NamedTuple):
    chip: Phrase
    words: Callable[[int], Sentence]
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
        sentence("oldest since"), sentence("Review the answers"), "quality.index",
    ),
    Waits.WAITING: _Kind(
        Phrase(sentence("Decide"), "folder2-open", "in_review"),
        lambda n: counted("%(number)s case waits for a decision", "%(number)s cases wait for a decision", n),
        sentence("oldest since"), sentence("Open the queue"), "cases.queue",
    ),
    Waits.QUESTIONS: _Kind(
        Phrase(sentence("Company question"), "chat-left-dots", "needs_info"),
        lambda n: counted("%(number)s company question waits for your reply", "%(number)s company questions wait for your reply", n),
        sentence("oldest since"), sentence("Reply"), "cases.queue", _queue("questions"),
    ),
    Waits.OPINIONS: _Kind(
        Phrase(sentence("Second opinion"), "people", "in_review"),
        lambda n: counted("%(number)s case waits for a second opinion, from anybody but the person who asked", "%(number)s cases wait for a second opinion, each from anybody but the person who asked", n),
        None, sentence("Show them"), "cases.queue", _queue("opinions"),
    ),
    Waits.DOUBTED: _Kind(
        Phrase(sentence("Reported in error"), "exclamation-triangle-fill", "no_answer"),
        lambda n: counted("%(number)s case was reported in error, its spotter says", "%(number)s cases were reported in error, their spotters say", n),
        sentence("oldest since"), sentence("Show them"), "cases.queue", _queue("doubted"),
    ),
    Waits.COMPLAINTS: _Kind(
        Phrase(sentence("Complaint"), "envelope", "no_answer"),
        lambda n: counted("%(number)s complaint waits for an answer", "%(number)s complaints wait for an answer", n),
        sentence("first due on"), sentence("Read them"), "complaints.index",
    ),
    Waits.DISPUTES: _Kind(
        Phrase(sentence("Dispute"), "clock", "no_answer"),
        lambda n: counted("%(number)s dispute must be sent soon or is overdue", "%(number)s disputes must be sent soon or are overdue", n),
        sentence("first deadline"), sentence("Send them"), "disputes.index",
    ),
    Waits.UNDELIVERED: _Kind(
        Phrase(sentence("Undelivered"), "exclamation-triangle-fill", "problem"),
        lambda n: counted("%(number)s case has a notice or reply that has not arrived yet", "%(number)s cases have a notice or reply that has not arrived yet", n),
        None, sentence("See why"), "cases.queue", _queue("undelivered"),
    ),
    Waits.UNROUTED: _Kind(
        Phrase(sentence("No route"), "signpost-split", "no_answer"),
        lambda n: counted("%(number)s case has no company to go to", "%(number)s cases have no company to go to", n),
        None, sentence("Show them"), "cases.queue", _queue("unrouted"),
    ),
    Waits.MAIL: _Kind(
        Phrase(sentence("Email"), "envelope", "needs_info"),
        lambda n: counted("%(number)s incoming email to sort", "%(number)s incoming emails to sort", n),
        sentence("oldest since"), sentence("Read them"), "mail.index",
    ),
    Waits.ALARMS: _Kind(
        Phrase(sentence("Alarm"), "exclamation-triangle-fill", "no_answer"),
        lambda n: counted("%(number)s alarm: many new accounts report one seller", "%(number)s alarms: many new accounts report one seller", n),
        None, sentence("See the alarms"), "alarms.index",
    ),
    Waits.OVERDUE: _Kind(
        Phrase(sentence("Overdue"), "hourglass-split", "no_answer"),
        lambda n: counted("%(number)s notice is past its date without any answer", "%(number)s notices are past their date without any answer", n),
        sentence("oldest since"), sentence("By company"), "attention.overdue",
    ),
    Waits.CHECKS: _Kind(
        Phrase(sentence("Check"), "eye", "in_review"),
        lambda n: counted("%(number)s listing is due to be looked at again", "%(number)s listings are due to be looked at again", n),
        sentence("oldest since"), sentence("Show them"), "attention.checks",
    ),
    Waits.ASKED: _Kind(
        Phrase(sentence("Asked"), "chat-left-dots", "needs_info"),
        lambda n: counted("%(number)s case waits for a spotter’s answer", "%(number)s cases wait for a spotter’s answer", n),
        None, sentence("Show them"), "cases.queue", _queue("asked"),
    ),
    Waits.TEAM: _Kind(
        Phrase(sentence("Question"), "chat-left-dots", "needs_info"),
        lambda n: counted("%(number)s question of a spotter to their lead waits for an answer", "%(number)s questions of spotters to their leads wait for an answer", n),
        sentence("oldest since"), sentence("Answer"), "desk.questions",
    ),
    Waits.HELD: _Kind(
        Phrase(sentence("Held"), "pause-circle", "received"),
        lambda n: counted("%(number)s case is held", "%(number)s cases are held", n),
        sentence("the next comes back"), sentence("Show them"), "cases.queue", _queue("held"),
    ),
    Waits.OWN_OPINIONS: _Kind(
        Phrase(sentence("Second opinion"), "people", "received"),
        lambda n: counted("%(number)s case waits for the second opinion that you asked for", "%(number)s cases wait for the second opinions that you asked for", n),
        None, sentence("Show them"), "cases.queue", _queue("opinions"),
    ),
    Waits.OTHERS_COMPLAINTS: _Kind(
        Phrase(sentence("Complaint"), "envelope", "received"),
        lambda n: counted("%(number)s complaint waits for an answer that somebody else must give", "%(number)s complaints wait for answers that somebody else must give", n),
        sentence("first due on"), sentence("Read them"), "complaints.index",
    ),
}  # fmt: skip
GROUPS = (
    (sentence("For a coordinator"), (Waits.STOPPED, Waits.UNDELIVERED, Waits.ALARMS, Waits.DOUBTED, Waits.OPINIONS, Waits.QUESTIONS, Waits.MAIL, Waits.COMPLAINTS, Waits.DISPUTES, Waits.TEAM, Waits.WAITING, Waits.UNROUTED)),
    (sentence("For companies"), (Waits.OVERDUE,)),
    (sentence("For spotters"), (Waits.ASKED, Waits.CHECKS)),
    (sentence("Waiting for others"), (Waits.OWN_OPINIONS, Waits.OTHERS_COMPLAINTS)),
    (sentence("Waiting for a date"), (Waits.HELD,)),
)  # fmt: skip


def groups(lines: Sequence[WaitingLine]) -> list[WaitingGroup]:
    """The lines by whose turn it is, what is most pressing first; groups in which nothing waits are left out."""
    by_kind = {line.what: line for line in lines}
    said = [(name, [_said(by_kind[what]) for what in kinds if by_kind[what].number]) for name, kinds in GROUPS]
    return [WaitingGroup(name, waiting) for name, waiting in said if waiting]


def pressing(lines: Sequence[WaitingLine], most: int) -> list[SaidLine]:
    """The first few of all."""
    return [line for group in groups(lines) for line in group.lines][:most]


def _said(line: WaitingLine) -> SaidLine:
    kind = KINDS[line.what]
    return SaidLine(
        line,
        kind.chip,
        kind.words(line.number),
        kind.at_words if line.at else None,
        kind.link,
        kind.endpoint,
        kind.values,
    )
