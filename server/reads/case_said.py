"""What spotters say of a case on its page: their reports, the questions they were asked, and their answers."""

from collections.abc import Sequence
from typing import Any

from server.core.sentences import sentence
from server.core.words import FeedbackCode, Status
from server.ledger.reports import feedback_words
from server.ledger.reports.models import Report

HIDDEN = sentence("Not shown while the account is frozen.")
DOUBTS = (FeedbackCode.RETRACTED, FeedbackCode.DOUBTED)
SPOTTERS = (FeedbackCode.REPLY, FeedbackCode.ADDED, *DOUBTS)  # what a spotter says, which decides nothing


def of_report(report: Report, feedback: list[Any], frozen_: bool = False) -> dict[str, Any]:
    """What a report says. The own words of somebody whose account is frozen could tell who they are: they are not shown."""
    names = ("reason", "level", "category", "legality_evidence", "confidence", "access")
    replies: list[dict[str, Any]] = []
    doubts = [{"at": entry.at, "text": feedback_words.words(entry)} for entry in feedback if entry.code in DOUBTS]
    for entry in feedback:
        if entry.code == FeedbackCode.QUESTION:
            replies.append({"question": entry.text, "at": entry.at, "reply": None, "new": False})
        elif entry.code == FeedbackCode.REPLY and replies:
            pictures = entry.params.get("pictures", [])
            replies[-1] |= {"reply": entry.text, "answered_at": entry.at, "pictures": pictures, "new": True}
        elif entry.code not in SPOTTERS and replies:  # it has been decided on since
            replies[-1]["new"] = False
    additions = [
        {"at": entry.at, "text": entry.text, "pictures": entry.params.get("pictures", [])}
        for entry in feedback
        if entry.code == FeedbackCode.ADDED
    ]
    if frozen_:
        replies, doubts = [], [{"at": doubt["at"], "text": HIDDEN} for doubt in doubts]
        additions = [{"at": each["at"], "text": HIDDEN, "pictures": []} for each in additions]
    return {name: getattr(report, name) for name in names} | ({"reason": HIDDEN} if frozen_ else {}) | {
        "at": report.received_at, "replies": replies, "asked": report.status == Status.NEEDS_INFO,
        "retracted": report.status == Status.RETRACTED, "doubts": doubts,
        "additions": additions,
    }  # fmt: skip


def counts(report: Report) -> bool:
    """Whether a report is neither withdrawn by its spotter nor set aside as a ring's."""
    return report.set_aside_at is None and report.status != Status.RETRACTED


def questions(said: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each question of a coordinator once, with all answers to it. said: the reports, as `of_report` gives them.

    waiting: how many spotters have yet to answer. An answer's `report` is the number of its report on the page.
    """
    asked: dict[str, dict[str, Any]] = {}
    for number, each in enumerate(said, 1):
        for reply in each["replies"]:
            new = {"text": reply["question"], "at": reply["at"], "answers": [], "waiting": 0}
            question = asked.setdefault(reply["question"], new)
            if reply["reply"]:
                shown = [each["pictures"][name] for name in reply["pictures"] if name in each["pictures"]]
                question["answers"].append(
                    {"text": reply["reply"], "at": reply["answered_at"], "pictures": shown, "report": number}
                )
            elif each["asked"] and reply is each["replies"][-1]:
                question["waiting"] += 1
    for question in asked.values():
        question["answers"].sort(key=lambda answer: answer["at"])
    return sorted(asked.values(), key=lambda question: question["at"])


def count_new(said: Sequence[dict[str, Any]]) -> int:
    """How many answers have come since the last decision on their reports."""
    return sum(reply["new"] for each in said for reply in each["replies"][-1:])
