"""Who may report, and until when. Pure.

Companies act on notices because trained people stand behind them: an accreditation needs a signed agreement, a passed exam
and a coordinator who is neither the candidate nor the person who invited them, and it lapses after a year.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from server.core import times
from server.core.sentences import Sentence, sentence
from server.core.words import Level, Refused, Standing
from server.people.accreditation.asking import AskedAgain

LASTS = timedelta(days=365)
RENEWABLE = timedelta(days=60)  # before it lapses
# Before it lapses, on day 300: exams passed since then count for the renewal, no earlier ones.
EXAMS_AGAIN = timedelta(days=65)
LATE = timedelta(days=90)  # after it lapsed: who comes back later passes whole exams


@dataclass(frozen=True, slots=True)
class AccreditationScope:
    """For which species groups and languages a level counts; empty: for all."""

    groups: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    def holds(self, group: str | None, language: str | None) -> bool:
        """Whether a report about `group` in `language` (as a page writes it) is inside. What is not known is."""
        return (not self.groups or group is None or group in self.groups) and (
            not self.languages or language is None or language.partition("-")[0].lower() in self.languages
        )


EVERYTHING = AccreditationScope()


@dataclass(frozen=True, slots=True)
class Accreditation:
    """What was last decided about one person. `standing` is as decided; `standing_at` knows what time has done to it.

    `covers`: the content hash of every module, and of the agreement, that it was given on.
    """

    level: Level
    standing: Standing
    at: datetime
    expires_at: datetime
    exam_waived: bool = False
    why: str = ""  # the coordinator's words, which the person reads
    scope: AccreditationScope = EVERYTHING
    covers: Mapping[str, str] = field(default_factory=dict)
    id: str = ""
    by_id: str = ""
    stepped_down_at: datetime | None = None  # since when the rules have it count as probation

    def standing_at(self, at: datetime) -> Standing:
        """The standing that counts at `at`: an active accreditation lapses by itself."""
        lapsed = self.standing is Standing.ACTIVE and at >= self.expires_at
        return Standing.LAPSED if lapsed else self.standing

    def level_for(self, group: str | None, language: str | None) -> Level:
        """The level for a report about a species group in a language: outside the scope everybody is on probation."""
        return self.level if self.scope.holds(group, language) else Level.PROBATION


@dataclass(frozen=True, slots=True)
class Candidate:
    """Whom it is about: whether they signed the agreement as it is, and passed what is needed.

    `invited_by`: who ever invited their address, also before it was erased. `vouched`: who has decided for them since they
    were last withdrawn, a second person included. `unsure`: those of both whose accounts are too new to count as a second.
    `suspended_by`: who suspended them, while they are.
    """

    id: str
    invited_by: frozenset[str]
    signed: bool
    exam_passed: bool
    vouched: frozenset[str] = frozenset()
    unsure: frozenset[str] = frozenset()
    suspended_by: frozenset[str] = frozenset()


SECOND = "second"  # stands for a second person elsewhere among those who vouched


@dataclass(frozen=True, slots=True)
class Vouch:
    """What somebody decided about a person, as far as it says whether they vouch for them."""

    by_id: str
    standing: Standing
    level: Level
    scope: AccreditationScope = EVERYTHING
    second: bool = False


@dataclass(frozen=True, slots=True)
class Decider:
    """Who decides, and whether they may at all.

    `alone`: no other coordinator could. `second`: whom they asked, a person elsewhere (name, organisation and address) or,
    at the command line, another coordinator, whose id is `second_id`. `seen`: the id of the last
    decision they had before them, "" when there was none; None: not said. `new_until`: until when their account counts as no
    second person; `openers`: who opened it, and may be them. `colleagues`: the other coordinators, with the same date each.
    """

    id: str
    may_accredit: bool
    alone: bool = False
    second: str = ""
    seen: str | None = None
    second_id: str = ""
    new_until: datetime | None = None
    openers: frozenset[str] = frozenset()
    colleagues: tuple[tuple[str, datetime | None], ...] = ()

    @property
    def selves(self) -> frozenset[str]:
        """Whose accounts may be this one person's."""
        return self.openers | {self.id}

    @property
    def asked_elsewhere(self) -> bool:
        """Whether the only coordinator has named the person elsewhere whom they asked."""
        return self.alone and bool(self.second)


def standing(last: Accreditation | None, at: datetime) -> Standing:
    """The standing at `at` of a person about whom `last` was decided last, or nothing yet."""
    return last.standing_at(at) if last else Standing.NONE


def exams_count_from(last: Accreditation | None, at: datetime) -> datetime | None:
    """Since when exams count at `at`, because an accreditation is up for renewal or has lapsed; None: nothing of the kind."""
    if last is None or last.standing is not Standing.ACTIVE or at < last.expires_at - EXAMS_AGAIN:
        return None
    return last.expires_at - EXAMS_AGAIN


def renewal_open(last: Accreditation | None, at: datetime) -> bool:
    """Whether the shorter exam is enough for a renewal: from day 300 on, until ninety days after the end."""
    return exams_count_from(last, at) is not None and last is not None and at < last.expires_at + LATE


def renewable(last: Accreditation | None, at: datetime) -> bool:
    """Whether an accreditation is near enough to its end to be renewed before it lapses."""
    return last is not None and standing(last, at) is Standing.ACTIVE and at >= last.expires_at - RENEWABLE


# Who is accredited once they have passed and signed.
ACCREDITABLE = (Standing.NONE, Standing.LAPSED, Standing.WITHDRAWN)


class Left(StrEnum):
    """What is left before somebody who is not accredited is."""

    TRAINING = "training"
    SIGNATURE = "signature"
    COORDINATOR = "coordinator"  # they have done their part
    APPEAL = "appeal"  # it is decided first


LEFT: dict[Left, Sentence] = {  # what is left of the training depends on how they stand
    Left.SIGNATURE: sentence(
        "One thing is left: read and sign the volunteer agreement in the training. Then a coordinator accredits you."
    ),
    Left.COORDINATOR: sentence(
        "Your training is complete. A coordinator will look at it and accredit you; then you can report."
    ),
    Left.APPEAL: sentence("Your appeal is open. Nothing else is decided until it has been reviewed."),
}


def may_report(
    last: Accreditation | None, at: datetime, asked: Collection[AskedAgain] = (), *, left: Left | None = None,
    training_url: str = "/training",
) -> Accreditation:  # fmt: skip
    """What counts of an accredited person. Raises Refused("not-accredited") for others, with what to do and where.

    left: what is left before they are accredited, where that may be.
    """
    current = standing(last, at)
    overdue = next((change for change in asked if at >= change.until), None)
    if last and current is Standing.ACTIVE and overdue is None:
        return last
    detail = sentence(
        "You need to finish the training before reporting. A coordinator accredits you once you have passed."
    )
    if left in LEFT:
        detail = LEFT[left]
    elif last and current is Standing.LAPSED:
        detail = sentence(
            "Your accreditation lapsed on %(date)s. Pass the training’s questions again, and a coordinator will renew it.",
            date=times.date(last.expires_at),
        )
    elif current is Standing.SUSPENDED:
        detail = sentence(
            "Your accreditation is suspended. The training page shows the reason, your contact and how to appeal."
        )
    elif current is Standing.WITHDRAWN:
        detail = sentence(
            "Your accreditation was withdrawn. To return, pass the exams again. The training page shows your contact."
        )
    elif overdue and overdue.lessons:
        detail = sentence(
            "“%(title)s” has changed. Pass the short test on it in the training; then you can report again.",
            title=overdue.title,
        )
    elif overdue:
        detail = sentence(
            "“%(title)s” has changed. Go through it again in the training; then you can report again.",
            title=overdue.title,
        )
    raise Refused("not-accredited", detail, training_url=training_url)
