"""The words people read: `phrases`, `people_phrases`, `times`, and what is said of several values. Templates get this as `wording`.

Pure: values in, words out, in English with what the reader's language needs (`sentences.Sentence`, `sentences.Localized`).
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Literal, NamedTuple

from babel import Locale
from babel.lists import format_list

from server.core import outcome
from server.core.mail_kinds import MAIL_KIND as MAIL_KIND
from server.core.numbers import hundredths as hundredths
from server.core.numbers import number as number
from server.core.numbers import percent as percent
from server.core.people_phrases import JUDGED as JUDGED
from server.core.people_phrases import LEVEL as LEVEL
from server.core.people_phrases import ROLE as ROLE
from server.core.people_phrases import SAID as SAID
from server.core.people_phrases import STANDING as STANDING
from server.core.people_phrases import TEAM_ROLE as TEAM_ROLE
from server.core.people_phrases import TEAM_ROLE_SAID as TEAM_ROLE_SAID
from server.core.phrases import ACCESS as ACCESS
from server.core.phrases import ANSWER as ANSWER
from server.core.phrases import ANSWER_GROUPS as ANSWER_GROUPS
from server.core.phrases import BASIS as BASIS
from server.core.phrases import BY_HAND as BY_HAND
from server.core.phrases import CASE_STATE as CASE_STATE
from server.core.phrases import CATEGORY as CATEGORY
from server.core.phrases import CHANNEL as CHANNEL
from server.core.phrases import CONFIDENCE as CONFIDENCE
from server.core.phrases import DELIVERY as DELIVERY
from server.core.phrases import DISMISS_REASON as DISMISS_REASON
from server.core.phrases import GROUP as GROUP
from server.core.phrases import HOLD_REASON as HOLD_REASON
from server.core.phrases import IN_DIGEST as IN_DIGEST
from server.core.phrases import LEGALITY as LEGALITY
from server.core.phrases import LINK_KIND as LINK_KIND
from server.core.phrases import NO_ROUTE as NO_ROUTE
from server.core.phrases import NOTICES_HELD as NOTICES_HELD
from server.core.phrases import OFFER as OFFER
from server.core.phrases import PHASE as PHASE
from server.core.phrases import REACH as REACH
from server.core.phrases import STATUS as STATUS
from server.core.phrases import VIA as VIA
from server.core.phrases import WHY_STOPPED as WHY_STOPPED
from server.core.phrases import Phrase as Phrase
from server.core.phrases import of_report as of_report
from server.core.sentences import Localized, sentence
from server.core.times import age as age
from server.core.times import clock as clock
from server.core.times import date as date
from server.core.times import day_of_week as day_of_week
from server.core.times import days as days
from server.core.times import due as due
from server.core.times import due_group as due_group
from server.core.times import full as full
from server.core.times import locale as locale
from server.core.times import minutes as minutes
from server.core.times import moment as moment
from server.core.times import month as month
from server.core.times import short_day as short_day
from server.core.times import short_month as short_month
from server.core.times import weekday as weekday
from server.core.words import Answer, Status, StatusDetail

ANSWERS_IN_ORDER = tuple(answer for _, group in ANSWER_GROUPS for answer in group)  # as the form has them
ANSWER_KEYS: dict[Answer, str] = dict(zip(ANSWERS_IN_ORDER, "1234567890", strict=False))  # the last ones have no key


def language(code: str) -> Localized:
    """A language's name for its code (ISO 639); the code itself when there is none of that code."""
    primary = code.partition("-")[0].lower()
    return Localized(lambda language, _: Locale.parse(language).languages.get(primary, code))


def languages(codes: Iterable[str]) -> list[Localized]:
    """The names of these languages."""
    return [language(code) for code in codes]


def region(code: str) -> Localized:
    """The name of a country (ISO 3166) or a region for its code; the code itself when there is none of that code."""
    if code == "EEA":
        return Localized(lambda _, translate: translate(sentence("European Economic Area")))
    return Localized(lambda language, _: Locale.parse(language).territories.get(code, code))


def groups(codes: Iterable[str]) -> list[str]:
    """The names of these groups of species; the code itself of one that is not ours."""
    return [GROUP.get(code, code) for code in codes]


def territory(code: str) -> Localized:
    """A country's or the Union's name for its code (ISO 3166, EU); any other jurisdiction as it is written."""
    return Localized(lambda language, _: Locale.parse(language).territories.get(code, code))


class Band(NamedTuple):
    """A priority in words: the word and how many of three bars are full."""

    word: str
    bars: int


def priority_band(score: float) -> Band:
    """High from 70, medium from 40, else low; of 100."""
    if score >= 70:
        return Band(sentence("High"), 3)
    return Band(sentence("Medium"), 2) if score >= 40 else Band(sentence("Low"), 1)


class TrailStep(NamedTuple):
    """One step of a trail: its name, whether it is done, now or to come, and when (already in words, or empty)."""

    name: str
    state: Literal["done", "now", "todo"]
    when: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader hears after the name."""
        return {"done": sentence("done"), "now": sentence("now"), "todo": sentence("to come")}[self.state]


OVER = frozenset({Status.REMOVED, Status.RESTRICTED, Status.KEPT})


def trail(
    status: Status,
    detail: StatusDetail | None = None,
    *,
    received: str = "",
    looked: str = "",
    notified: str = "",
    answer_by: str = "",
    answered: str = "",
    checked: str = "",
    retracted: str = "",
) -> list[TrailStep]:
    """A report's life as its spotter may see it; times in words (see `moment`).

    It ends where the story ends: a report not sent on stops at "Looked at", an answered one at the answer unless somebody
    has checked since. A report that only waits shows "Looked at" as now, with no time, whatever its case does.
    """
    first = TrailStep(sentence("Received"), "done", received)
    if status == Status.RETRACTED:
        seen = [TrailStep(sentence("Looked at"), "done", looked)] if looked else []
        return [first, *seen, TrailStep(sentence("Report withdrawn"), "done", retracted)]
    if status == Status.DISMISSED:
        seen = [first, TrailStep(sentence("Looked at"), "done", looked)]
        return [*seen, TrailStep(sentence("Notice"), "done", notified)] if notified else seen
    if detail is StatusDetail.TO_BE_NOTIFIED:
        seen = [first, TrailStep(sentence("Looked at"), "done", looked)]
        return [*seen, TrailStep(sentence("Notice"), "now"), TrailStep(sentence("Answer"), "todo")]
    if status in OVER:
        steps = [
            first,
            TrailStep(sentence("Looked at"), "done", looked),
            TrailStep(sentence("Notice"), "done", notified),
            TrailStep(sentence("Answer"), "done", answered),
        ]
        return [*steps, TrailStep(sentence("Checked"), "done", checked)] if checked else steps
    if status in (Status.NOTIFIED, Status.NO_ANSWER):
        by = sentence("by %(day)s", day=answer_by) if answer_by else ""
        seen = [TrailStep(sentence("Checked"), "done", checked)] if checked else []
        steps = [
            first,
            TrailStep(sentence("Looked at"), "done", looked),
            TrailStep(sentence("Notice"), "done", notified),
        ]
        return [*steps, *seen, TrailStep(sentence("Answer"), "now", by)]
    now = TrailStep(sentence("Looked at"), "now", looked if status != Status.RECEIVED else "")
    return [first, now, TrailStep(sentence("Notice"), "todo"), TrailStep(sentence("Answer"), "todo")]


def notice_trail(answer: Answer, *, sent: str, answered: str, answer_by: str, looked_for: str = "") -> list[TrailStep]:
    """A notice's life as its company sees it once it has answered; times in words (see `moment`).

    `looked_for`: from when on somebody looks whether the listing is gone; empty: nobody does, and the trail ends before.
    """
    steps = [TrailStep(sentence("Notice"), "done", sent)]
    if answer in outcome.WAITS:
        return [*steps, TrailStep(sentence("Your decision"), "now", sentence("by %(day)s", day=answer_by))]
    if answer in outcome.ASKS:
        return [*steps, TrailStep(sentence("Answer"), "done", answered), TrailStep(sentence("Our reply"), "now")]
    steps.append(TrailStep(sentence("Answer"), "done", answered))
    if looked_for:
        steps.append(TrailStep(sentence("We look again"), "now", sentence("from %(day)s", day=looked_for)))
    return steps


def notice_state(answer: Answer | None, *, overdue: bool, withdrawn: bool) -> Phrase:
    """Where a notice stands for the company that got it."""
    if withdrawn:
        return Phrase(sentence("Notice withdrawn"), "archive", "dismissed")
    if answer:
        return ANSWER[answer]
    return (
        Phrase(sentence("Overdue"), "hourglass-split", "no_answer")
        if overdue
        else Phrase(sentence("New"), "send", "notified")
    )


def listed(items: Sequence[str]) -> Localized:
    """`a`, `a and b`, `a, b and c`."""
    return Localized(
        lambda language, translate: format_list([translate(item) for item in items], locale=locale(language))
    )


def series(items: Sequence[str]) -> Localized:
    """`a, b, c`: facts side by side, where `listed` names things that belong together."""
    return Localized(lambda language, translate: side_by_side([translate(item) for item in items], language))


def side_by_side(items: Sequence[str], language: str) -> str:
    """Joined as the language joins items in the middle of a list: French puts "et" only before the last."""
    patterns = Locale.parse(locale(language)).list_patterns
    pattern = (patterns.get("unit") or patterns.get("unit-short") or patterns["standard"])["middle"]
    return reduce(pattern.format, items) if items else ""
