"""Who may decide about an accreditation, and about an appeal. Pure."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime

from server.core import times
from server.core.sentences import Sentence, sentence
from server.core.words import TRUSTED, Level, Refused, Standing
from server.people.accreditation.standings import (
    RENEWABLE,
    SECOND,
    Accreditation,
    Candidate,
    Decider,
    Vouch,
    exams_count_from,
    standing,
)


def may_accredit(
    candidate: Candidate, by: Decider, last: Accreditation | None, at: datetime, level: Level, *, waive_exam: bool
) -> bool:
    """Whether `by` may accredit or renew for a year; the answer is whether an exam is waived, to be recorded.

    Raises Refused: forbidden (who may not), conflict (not signed, no exam passed and none waived, or not the time for it).
    """
    independent(candidate, by)
    current = standing(last, at)
    if current is Standing.SUSPENDED:
        raise Refused("conflict", sentence("This accreditation is suspended. Lift the suspension first."))
    if last and current is Standing.ACTIVE and at < last.expires_at - RENEWABLE:
        detail = sentence("This person is already accredited. Renew in the last two months, or change the level.")
        raise Refused("conflict", detail)
    if not candidate.signed:
        raise Refused("conflict", sentence("The volunteer agreement is not signed yet."))
    if not candidate.exam_passed and not waive_exam and (since := exams_count_from(last, at)):
        detail = sentence(
            "For a renewal, the exams must be passed again. Those passed before %(date)s do not count. "
            "Wait for them, or waive them; the waiver is recorded.",
            date=times.date(since),
        )
        raise Refused("conflict", detail)
    if not candidate.exam_passed and not waive_exam:
        raise Refused(
            "conflict", sentence("The exam is not passed yet. Wait for it, or waive it; the waiver is recorded.")
        )
    takes_two(candidate, by, last, level, waived=not candidate.exam_passed)
    return not candidate.exam_passed


def may_change_level(candidate: Candidate, by: Decider, last: Accreditation | None, at: datetime, level: Level) -> None:
    """Whether `by` may change an active person's level and scope. Raises Refused: forbidden or conflict."""
    independent(candidate, by)
    if standing(last, at) is not Standing.ACTIVE:
        raise Refused("conflict", sentence("You can only change the level of an accredited person."))
    takes_two(candidate, by, last, level)


class LacksSecond(Refused):
    """A level above probation was to be given by one person alone."""


_ABOVE = {level: above for above, level in enumerate((Level.PROBATION, Level.TRUSTED, Level.LEAD))}


def takes_two(
    candidate: Candidate, by: Decider, last: Accreditation | None, level: Level, *, waived: bool = False
) -> None:
    """One person alone makes nobody trusted: a higher level needs another person who has decided for the candidate.

    That is another coordinator who accredited them before, or who is named now; of somebody who has passed the exams also
    another who invited them; and for the only coordinator a person elsewhere. Raises Refused("forbidden"), as LacksSecond
    where a second person is all that is missing.
    """
    held = last.level if last and last.standing is Standing.ACTIVE else Level.PROBATION
    if _ABOVE[level] <= _ABOVE[held]:
        return
    if by.new_until:
        raise Refused("forbidden", _too_new(by, by.new_until))
    behind = set(candidate.vouched) | {by.second_id} | (set() if waived else set(candidate.invited_by))
    if behind - candidate.unsure - {by.id, candidate.id, ""} or by.asked_elsewhere:
        return
    raise LacksSecond("forbidden", _who_raises(by))


def _too_new(by: Decider, until: datetime) -> Sentence:
    """What is said to whose account counts as no second person yet: from when it does, and whom to ask until then."""
    day = times.date(until)
    if names := [name for name, new in by.colleagues if new is None]:
        return sentence(
            "Your account was opened, or given its role, in the last 30 days. You can raise a level from %(date)s; "
            "until then, ask %(names)s.",
            date=day,
            names=", ".join(names),
        )
    return sentence(
        "Your account was opened, or given its role, in the last 30 days. You can raise a level from %(date)s.",
        date=day,
    )


def _who_raises(by: Decider) -> Sentence:
    """What is said to who lacks a second person: whom to ask, and from when."""
    if by.alone:
        return sentence(
            "A level above probation takes two people. As the only coordinator, name the person elsewhere who reviewed "
            "this with you, with their organisation and email."
        )
    if names := [name for name, new in by.colleagues if new is None]:
        return sentence(
            "A level above probation takes two people. Accredit on probation; then another coordinator can raise the "
            "level: %(names)s.",
            names=", ".join(names),
        )
    if waiting := [(until, name) for name, until in by.colleagues if until]:
        until, name = min(waiting)
        return sentence(
            "A level above probation takes two people, and an account opened in the last 30 days does not count. "
            "Accredit on probation; %(name)s can raise the level from %(date)s.",
            name=name,
            date=times.date(until),
        )
    return sentence(
        "A level above probation takes two people. Accredit on probation; then another coordinator can raise the level."
    )


def vouching(history: Sequence[Vouch]) -> frozenset[str]:
    """Who vouches for a person: whose last word since they were last withdrawn gave, kept or raised; oldest first.

    Whoever last suspended, lowered or narrowed vouches for nothing, whatever they decided before.
    """
    last_words: dict[str, bool] = {}
    before: Vouch | None = None
    for now in history:
        if now.standing is Standing.WITHDRAWN:
            last_words.clear()
        else:
            gives = now.standing is Standing.ACTIVE and not _restricts(before, now)
            last_words |= dict.fromkeys((now.by_id, SECOND) if now.second else (now.by_id,), gives)
        before = now
    return frozenset(who for who, gives in last_words.items() if gives)


def _restricts(before: Vouch | None, now: Vouch) -> bool:
    """Whether a decision leaves somebody with less than the one before it."""
    if before is None or before.standing is Standing.WITHDRAWN:
        return False
    pairs = ((before.scope.groups, now.scope.groups), (before.scope.languages, now.scope.languages))
    narrower = any(new and (not old or set(old) - set(new)) for old, new in pairs)
    return narrower or _ABOVE[now.level] < _ABOVE[before.level]


def why_stepped_down(params: Mapping[str, int], as_written: str | None) -> str:
    """Why the rules put somebody back on probation; shares are of 100. `as_written`: kept from before there were params."""
    return as_written or sentence(
        "By the rules: of the latest %(judged)s judgements that count, between %(low)s and %(high)s out of 100 are likely to be right; the trusted level requires %(asks)s.",
        **params,
    )


def may_step_down(last: Accreditation | None, at: datetime) -> None:
    """Whether the rules may put this person back on probation. Raises Refused("conflict").

    They have no name and decide nothing else: nobody is suspended or let in by a rule.
    """
    if last is None or standing(last, at) is not Standing.ACTIVE or last.level not in TRUSTED:
        raise Refused("conflict", sentence("Only a trusted person can be moved to probation."))


def may_stop(candidate: Candidate, by: Decider, last: Accreditation | None, to: Standing) -> None:
    """Whether `by` may suspend or withdraw. Raises Refused: forbidden (not a coordinator, or oneself) or conflict."""
    by_another(candidate.id, by)
    possible = {Standing.SUSPENDED: (Standing.ACTIVE,), Standing.WITHDRAWN: (Standing.ACTIVE, Standing.SUSPENDED)}
    if last is None or last.standing not in possible[to]:
        raise Refused("conflict", _STOPPED[last.standing if last else Standing.NONE])


_STOPPED = {
    Standing.NONE: sentence("This person is not accredited."),
    Standing.ACTIVE: sentence("This accreditation is active."),
    Standing.LAPSED: sentence("This accreditation has lapsed."),
    Standing.SUSPENDED: sentence("This accreditation is already suspended."),
    Standing.WITHDRAWN: sentence("This accreditation is already withdrawn."),
}


def may_reinstate(candidate: Candidate, by: Decider, last: Accreditation | None) -> None:
    """Whether `by` may lift a suspension. Raises Refused: forbidden or conflict."""
    independent(candidate, by)
    if last is None or last.standing is not Standing.SUSPENDED:
        raise Refused("conflict", sentence("There is no suspension to lift."))


def may_appeal(last: Accreditation | None, already: bool) -> None:
    """Whether the person may appeal against what was decided last. Raises Refused("conflict")."""
    if last is None or last.standing not in (Standing.SUSPENDED, Standing.WITHDRAWN):
        raise Refused("conflict", sentence("There is nothing to appeal against."))
    if already:
        detail = sentence("You have already appealed against this decision. Somebody else reviews your appeal.")
        raise Refused("conflict", detail)


def may_decide_appeal(candidate: Candidate, by: Decider, appealed: Accreditation) -> None:
    """Whether `by` may decide an appeal: somebody who neither invited nor decided before. Raises Refused("forbidden").

    `by.alone`: nobody with an account is that; then whoever decides names the person elsewhere who looked at it with them.
    """
    by_another(candidate.id, by)
    concerned = not by.selves.isdisjoint(not_to_decide(candidate, appealed))
    if concerned and not by.asked_elsewhere:
        raise Refused(
            "forbidden",
            sentence(
                "You invited this person or decided before, and so did everybody else who could decide. Name the person "
                "elsewhere who reviewed this with you, with their organisation and email."
            )
            if by.alone
            else sentence(
                "You invited this person or decided before. Another coordinator or an administrator decides this appeal."
            ),
        )


def not_to_decide(candidate: Candidate, appealed: Accreditation) -> frozenset[str]:
    """Who does not decide an appeal: the person, who invited them, and who took the decision.

    A suspension that a granted appeal brought back was also the decision of whoever suspended first.
    """
    suspended_by = candidate.suspended_by if appealed.standing is Standing.SUSPENDED else ()
    return frozenset({candidate.id, appealed.by_id, *candidate.invited_by, *suspended_by})


def no_open_appeal(open_: bool) -> None:
    """While an appeal is open, it alone is decided. Raises Refused("stale"): no page of today offers anything else."""
    if open_:
        raise Refused(
            "stale",
            sentence(
                "This person has appealed. The appeal is decided first, by somebody who neither invited nor decided."
            ),
        )


EMAIL = re.compile(r"[^\s@<>,;]+@[^\s@<>,;.]+(?:\.[^\s@<>,;.]+)+")


def address_in(second: str) -> str:
    """The email address in what somebody wrote of a second person, in lower case; empty when there is none."""
    match = EMAIL.search(second)
    return match[0].lower() if match else ""


def independent(candidate: Candidate, by: Decider) -> None:
    """Refuse people who are not coordinators, are the candidate, or invited them (a sole coordinator names a second person)."""
    by_another(candidate.id, by)
    if not by.selves.isdisjoint(candidate.invited_by) and not by.asked_elsewhere:
        raise Refused(
            "forbidden",
            sentence(
                "You invited this person. "
                "As the only coordinator, name the person elsewhere who reviewed this with you."
            )
            if by.alone
            else sentence("You invited this person. Ask another coordinator.")
            if by.id in candidate.invited_by
            else sentence(
                "Whoever opened your account in the last 30 days invited this person. Ask another coordinator."
            ),
        )


def by_another(candidate_id: str, by: Decider) -> None:
    """Refuse people who are not coordinators, and oneself."""
    if not by.may_accredit:
        raise Refused("forbidden", sentence("Only coordinators decide about accreditations."))
    if candidate_id == by.id:
        raise Refused("forbidden", sentence("You cannot decide about your own accreditation. Ask another coordinator."))
