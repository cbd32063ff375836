"""The life of a case: which move leads where. Pure; `store.move` is the one door that uses it."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from server.core.sentences import sentence
from server.core.words import Basis, Decision, DismissReason, Refused
from server.core.words import CaseState as S

# event: {from: to}
MOVES: dict[str, dict[S, S]] = {
    "notify": {S.OPEN: S.NOTIFIED, S.ASKED: S.NOTIFIED, S.HELD: S.NOTIFIED},
    "dismiss": {S.OPEN: S.CLOSED, S.ASKED: S.CLOSED, S.HELD: S.CLOSED},
    "ask": {S.OPEN: S.ASKED, S.ASKED: S.ASKED, S.HELD: S.ASKED},
    "hold": {S.OPEN: S.HELD, S.ASKED: S.HELD, S.HELD: S.HELD},
    "reply": {S.ASKED: S.OPEN},  # the spotter has answered
    "unanswered": {S.ASKED: S.OPEN},  # whom we asked is gone for good
    "release": {S.HELD: S.OPEN},  # the day has come
    # also from where a company's question or a new report had brought it: the notice still stands
    "answer": {
        S.NOTIFIED: S.ANSWERED,
        S.ANSWERED: S.ANSWERED,
        S.OPEN: S.ANSWERED,
        S.ASKED: S.ANSWERED,
        S.HELD: S.ANSWERED,
    },
    "question": {S.NOTIFIED: S.OPEN, S.ANSWERED: S.OPEN},  # the company needs something from us
    # the company has its reply, or asks no more: its turn again
    "resume": {S.OPEN: S.NOTIFIED, S.ASKED: S.NOTIFIED, S.HELD: S.NOTIFIED},
    "withdraw": dict.fromkeys(S, S.CLOSED),
    "recall": dict.fromkeys(S, S.OPEN),  # its notice went to the wrong company
    "set_aside": {S.OPEN: S.CLOSED, S.ASKED: S.CLOSED, S.HELD: S.CLOSED},  # every report of it is a ring's
    "retract": {S.OPEN: S.CLOSED, S.ASKED: S.CLOSED},  # everybody who reported it has withdrawn their report
    "restore": {S.CLOSED: S.OPEN},  # it was no ring
    "again": {S.ANSWERED: S.OPEN, S.CLOSED: S.OPEN},  # reported again after it was over
}

# A decision that is taken back before it took effect, by a person or by what happened since: the case goes back.
TAKEN_BACK = ("undo", "lapse")

SAID = {
    "notify": "notified",
    "dismiss": "dismissed",
    "ask": "asked",
    "hold": "held",
}


LONGEST_WAIT = timedelta(days=366)
NAME_A_DAY = sentence("Choose a future date within a year.")


def may_wait_until(until: datetime, at: datetime) -> bool:
    """Whether a case may be held until then."""
    return at < until < at + LONGEST_WAIT


def after(state: str, event: str, came_from: str | None = None) -> S:
    """Where `event` leads from `state`; what takes a decision back leads to where the case came from.

    Raises Refused("conflict") when it leads nowhere.
    """
    try:
        if event in TAKEN_BACK and came_from:
            led_to = {MOVES[decision].get(S(came_from)) for decision in Decision}
            return {case_state: S(came_from) for case_state in led_to if case_state}[S(state)]
        return MOVES[event][S(state)]
    except KeyError:
        raise Refused(
            "conflict", sentence("This is not possible while the case is %(state)s.", state=str(state))
        ) from None


def possible(state: str, event: str) -> bool:
    """Whether `event` is possible now."""
    return S(state) in MOVES[event]


# The fields that belong to one kind of decision, by their names in the API.
OF_ONE: dict[str, Decision] = dict.fromkeys(("until", "why"), Decision.HOLD) | dict.fromkeys(
    ("law", "policy_reference", "leave_out"), Decision.NOTIFY
)
ONLY = {
    Decision.HOLD: sentence("Only a case on hold has this."),
    Decision.NOTIFY: sentence("Only a notice has this."),
}


def foreign_fields(decision: str, stated: Mapping[str, object]) -> dict[str, list[str]]:
    """The stated fields that belong to another kind of decision, with a sentence for each.

    The default basis, `policy`, is accepted with every decision.
    """
    of_others = {name: of for name, of in OF_ONE.items() if stated.get(name) and decision != of}
    if stated.get("basis") == Basis.ILLEGAL and decision != Decision.NOTIFY:
        of_others["basis"] = Decision.NOTIFY
    return {name: [ONLY[of]] for name, of in of_others.items()}


def dismissal_problems(decision: str, dismiss_reason: object, duplicate_of: object) -> dict[str, list[str]]:
    """What is wrong with the reason code of a decision, sentences by field. A dismissal has one, no other decision."""
    if decision != Decision.DISMISS:
        if dismiss_reason or duplicate_of:
            return {
                "because" if dismiss_reason else "duplicate_of": [
                    sentence("Only a dismissal has a reason from this list.")
                ]
            }
        return {}
    if not dismiss_reason:
        return {"because": [sentence("Say what it was.")]}
    if dismiss_reason == DismissReason.DUPLICATE and not duplicate_of:
        return {"duplicate_of": [sentence("Name the case it duplicates.")]}
    if dismiss_reason != DismissReason.DUPLICATE and duplicate_of:
        return {"duplicate_of": [sentence("Only a duplicate names another case.")]}
    return {}
