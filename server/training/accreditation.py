"""Who may report, and who may say so. Pure.

Companies act on notices because trained people stand behind them: an accreditation needs a passed exam and a
coordinator who is somebody else than the candidate, and it lapses after a year.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from server.words import Level, Refused, Role, Standing

LASTS = timedelta(days=365)
EXAM_LASTS = timedelta(days=365)
GRACE = timedelta(days=30)  # for those who passed just before the module was changed


@dataclass(frozen=True, slots=True)
class Accreditation:
    """What was last decided about one person. `standing` is as decided; `standing_at` knows what time has done to it."""

    level: Level
    standing: Standing
    at: datetime
    expires_at: datetime
    exam_waived: bool = False
    why: str = ""  # the coordinator's words, which the person reads

    def standing_at(self, at: datetime) -> Standing:
        """The standing that counts at `at`: an active accreditation lapses by itself."""
        lapsed = self.standing is Standing.ACTIVE and at >= self.expires_at
        return Standing.LAPSED if lapsed else self.standing


@dataclass(frozen=True, slots=True)
class Passed:
    """A passed exam: of which module, in which state of its content, and when."""

    module: str
    content_hash: str
    at: datetime


def standing(last: Accreditation | None, at: datetime) -> Standing:
    """The standing at `at` of a person about whom `last` was decided last, or nothing yet."""
    return last.standing_at(at) if last else Standing.NONE


def may_report(last: Accreditation | None, at: datetime, *, training_url: str = "/training") -> Level:
    """The level of an accredited person. Raises Refused("not-accredited") for others, with what to do and where."""
    current = standing(last, at)
    if last and current is Standing.ACTIVE:
        return last.level
    sentence = "You need to finish the training before reporting. A coordinator accredits you once you have passed."
    if last and current is Standing.LAPSED:
        day = f"{last.expires_at:%d %B %Y}".lstrip("0")
        sentence = (
            f"Your accreditation lapsed on {day}. Pass the training's questions again, and a coordinator renews it."
        )
    elif current is Standing.SUSPENDED:
        sentence = "Your accreditation is suspended. Ask your coordinator what it is about and how it can be lifted."
    elif current is Standing.WITHDRAWN:
        sentence = (
            "Your accreditation was withdrawn. To come back, take the training again and write to your coordinator."
        )
    raise Refused("not-accredited", sentence, training_url=training_url)


def counts(passed: Passed, current_hash: str, at: datetime) -> bool:
    """Whether a passed exam still counts: less than a year old, and of the module as it is now or was lately."""
    fresh = at - passed.at < EXAM_LASTS
    return fresh and (passed.content_hash == current_hash or at - passed.at < GRACE)


def may_accredit(*, candidate_id: str, by_id: str, by_role: Role, exam_passed: bool, waive_exam: bool) -> bool:
    """Whether `by` may accredit the candidate; the answer is whether an exam is waived, to be recorded.

    Raises Refused: forbidden (not a coordinator, or oneself) or conflict (no exam passed, and none waived).
    """
    _by_another(candidate_id, by_id, by_role)
    if not exam_passed and not waive_exam:
        raise Refused("conflict", "The exam is not passed yet. Wait for it, or waive it: that is recorded.")
    return not exam_passed


def may_change(*, candidate_id: str, by_id: str, by_role: Role, last: Accreditation | None, to: Standing) -> Level:
    """Whether `by` may suspend, withdraw or reinstate; the answer is the level that stays.

    Raises Refused: forbidden (not a coordinator, or oneself) or conflict (there is nothing to change like that).
    """
    _by_another(candidate_id, by_id, by_role)
    possible = {
        Standing.SUSPENDED: (Standing.ACTIVE,),
        Standing.WITHDRAWN: (Standing.ACTIVE, Standing.SUSPENDED),
        Standing.ACTIVE: (Standing.SUSPENDED,),
    }
    if last is None or last.standing not in possible[to]:
        raise Refused("conflict", f"This accreditation is {last.standing if last else Standing.NONE} already.")
    return last.level


def _by_another(candidate_id: str, by_id: str, by_role: Role) -> None:
    if by_role != Role.COORDINATOR:
        raise Refused("forbidden", "Only a coordinator decides about accreditations.")
    if candidate_id == by_id:
        raise Refused("forbidden", "Nobody decides about their own accreditation. Ask another coordinator.")
