"""The words people read: one place, so that a status, a case or an answer is called the same on every page and in every mail.

Pure: values in, words out. Templates get this module as the global `wording`. The voice: short sentences, present tense,
*suspected* always, no blame; a word and an icon stand beside every colour, never the colour alone.
"""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from server.core.times import MONTHS as MONTHS
from server.core.times import age as age
from server.core.times import date as date
from server.core.times import days as days
from server.core.times import due as due
from server.core.times import due_group as due_group
from server.core.times import full as full
from server.core.times import minutes as minutes
from server.core.times import moment as moment
from server.core.times import weekday as weekday
from server.core.words import (
    Access,
    Answer,
    Basis,
    CaseState,
    Category,
    Channel,
    Confidence,
    DeliveryState,
    DismissReason,
    HoldReason,
    Legality,
    Level,
    Role,
    Standing,
    Status,
    Via,
)


class Phrase(NamedTuple):
    """How one value is said: the word, the icon's name, the tint (a `--st-*` colour), and the sentence that goes with it."""

    word: str
    icon: str
    tint: str
    sentence: str = ""


STATUS: dict[Status, Phrase] = {
    Status.RECEIVED: Phrase("Received", "inbox", "received", "Kept safely. We tell you when a person has looked."),
    Status.IN_REVIEW: Phrase("Being looked at", "eye", "in_review", "A coordinator has it."),
    Status.NEEDS_INFO: Phrase("Needs your answer", "chat-left-dots", "needs_info", "A coordinator asks you something."),
    Status.NOTIFIED: Phrase("Company notified", "send", "notified", "The company has the notice."),
    Status.REMOVED: Phrase("Removed", "check-circle-fill", "removed", "The company says it is gone."),
    Status.RESTRICTED: Phrase("Restricted", "eye-slash", "restricted", "The company restricted the listing."),
    Status.KEPT: Phrase("Kept online", "dash-circle", "kept", "This does not count against you."),
    Status.NO_ANSWER: Phrase(
        "No answer yet", "hourglass-split", "no_answer", "The company has not answered. We ask again."
    ),
    Status.DISMISSED: Phrase(
        "Not sent on", "archive", "dismissed", "No notice was sent. One report alone decides nothing about you."
    ),
}

CASE_STATE: dict[CaseState, Phrase] = {
    CaseState.OPEN: Phrase("Open", "folder2-open", "received"),
    CaseState.ASKED: Phrase("Asked", "chat-left-dots", "needs_info"),
    CaseState.HELD: Phrase("Held", "pause-circle", "no_answer"),
    CaseState.NOTIFIED: Phrase("Notified", "send", "notified"),
    CaseState.ANSWERED: Phrase("Answered", "reply", "in_review"),
    CaseState.CLOSED: Phrase("Closed", "check2-square", "dismissed"),
}

NO_ROUTE = Phrase("No route", "signpost-split", "no_answer", "No company is known for this address yet.")

# Whether a company can be reached (companies/routing.py, Reach, by value)
REACH: dict[str, Phrase] = {
    "none": Phrase("No SPOC", "signpost-split", "no_answer", "Nobody at this company is known yet."),
    "bounced": Phrase(
        "Mail came back", "exclamation-triangle-fill", "problem", "What we sent came back. Ask for another address."
    ),
    "by_hand": Phrase("By hand", "file-earmark-text", "needs_info", "A person fills in the company's own form."),
    "reached": Phrase("Reachable", "send", "notified", "Notices leave by themselves."),
}

# Where a round stands (rounds/weeks.py, Phase, by value)
PHASE: dict[str, Phrase] = {
    "draft": Phrase("Draft", "file-earmark-text", "received", "Only the desk sees it."),
    "coming": Phrase("Coming", "calendar3", "in_review", "Sign up now."),
    "running": Phrase("Running", "search", "notified", "Spotters search together."),
    "over": Phrase("Over", "check2-square", "dismissed", "Thank you to everybody who took part."),
    "cancelled": Phrase("Cancelled", "x-lg", "dismissed", "It does not take place."),
}

BY_HAND = Phrase("To fill in", "hourglass-split", "no_answer", "The company takes notices by its own form alone.")
DELIVERY: dict[DeliveryState, Phrase] = {
    DeliveryState.QUEUED: Phrase(
        "Leaving", "hourglass-split", "no_answer", "Queued. It is tried again until it arrives."
    ),
    DeliveryState.DELIVERED: Phrase("Delivered", "send", "notified", "The company's server has taken it."),
    DeliveryState.FAILED: Phrase(
        "Failed",
        "exclamation-triangle-fill",
        "problem",
        "It could not be delivered. The notice is safe here; check the address.",
    ),
}

ANSWER: dict[Answer, Phrase] = {
    Answer.RECEIVED: Phrase("Received", "inbox", "in_review", "You have it and will look."),
    Answer.REMOVED: Phrase("Removed", "check-circle-fill", "removed", "The listing is gone."),
    Answer.ACCESS_DISABLED: Phrase("Access disabled", "check-circle-fill", "removed", "Nobody can open it any more."),
    Answer.RESTRICTED: Phrase("Restricted", "eye-slash", "restricted", "It is hidden or limited, not gone."),
    Answer.ACCOUNT_SUSPENDED: Phrase(
        "Account suspended", "check-circle-fill", "removed", "The seller's account is suspended."
    ),
    Answer.ALREADY_GONE: Phrase("Already gone", "check-circle-fill", "removed", "It was gone before the notice came."),
    Answer.MOVED: Phrase("Moved", "link-45deg", "in_review", "It is at another address now."),
    Answer.NOT_VIOLATING: Phrase("Not violating", "dash-circle", "kept", "You looked, and it may stay."),
    Answer.NEED_INFO: Phrase("Need more info", "chat-left-dots", "needs_info", "You cannot decide with what is here."),
    Answer.CANNOT_LOCATE: Phrase("Cannot locate", "search", "in_review", "Nothing is found at this address."),
    Answer.DUPLICATE: Phrase("Duplicate", "copy", "dismissed", "You had a notice for it already."),
    Answer.PASSED_ON: Phrase("Passed on", "eye", "in_review", "Somebody else in your company looks."),
    Answer.REINSTATED: Phrase(
        "Reinstated", "arrow-repeat", "kept", "It is online again after a complaint or a review."
    ),
}

# The answer form: what a company did, in the order people look for it. Nothing is preselected.
ANSWER_GROUPS: tuple[tuple[str, tuple[Answer, ...]], ...] = (
    ("We acted", (Answer.REMOVED, Answer.ACCESS_DISABLED, Answer.RESTRICTED, Answer.ACCOUNT_SUSPENDED)),
    ("Nothing to act on", (Answer.ALREADY_GONE, Answer.NOT_VIOLATING, Answer.DUPLICATE, Answer.MOVED)),
    ("Not yet", (Answer.RECEIVED, Answer.NEED_INFO, Answer.CANNOT_LOCATE, Answer.PASSED_ON)),
    ("Since then", (Answer.REINSTATED,)),
)

CATEGORY: dict[Category, str] = {
    Category.LIVE: "Live animal",
    Category.PART: "Part of an animal",
    Category.PRODUCT: "Product",
    Category.PLANT: "Plant",
    Category.SERVICE: "Service",
}
# What a notice's heading says it may offer.
OFFER: dict[Category, str] = {
    Category.LIVE: "a protected live animal",
    Category.PART: "a part of a protected animal",
    Category.PRODUCT: "a product made from protected wildlife",
    Category.PLANT: "a protected plant",
    Category.SERVICE: "a service around protected wildlife",
}
LEGALITY: dict[Legality, str] = {
    Legality.NONE: "No papers mentioned",
    Legality.CLAIMED: "Papers claimed, none shown",
    Legality.DOCUMENT_SHOWN: "A document is shown",
    Legality.UNKNOWN: "Cannot tell",
}
CONFIDENCE: dict[Confidence, str] = {
    Confidence.CERTAIN: "Certain",
    Confidence.LIKELY: "Likely",
    Confidence.UNSURE: "Unsure",
}
ACCESS: dict[Access, str] = {
    Access.PUBLIC: "Open to everyone",
    Access.LOGGED_IN: "After signing in to the platform",
    Access.CLOSED_GROUP: "In a closed group",
}
HOLD_REASON: dict[HoldReason, str] = {
    HoldReason.POLICE_FIRST: "Police first",
    HoldReason.SECOND_OPINION: "A second opinion",
    HoldReason.OTHER: "Another reason",
}
DISMISS_REASON: dict[DismissReason, str] = {
    DismissReason.INNOCENT_WORD: "The word means something else",
    DismissReason.NOT_PROTECTED: "Not protected, or lawful",
    DismissReason.LOOK_ALIKE: "A look-alike",
    DismissReason.NOT_OFFERED: "Nothing is offered",
    DismissReason.TOO_LITTLE: "Too little shown",
    DismissReason.SCAM: "More likely a scam",
    DismissReason.OTHER: "Something else",
}
BASIS: dict[Basis, str] = {Basis.ILLEGAL: "Suspected illegal: name the law", Basis.POLICY: "The platform’s own policy"}
LEVEL: dict[Level, str] = {Level.PROBATION: "On probation", Level.TRUSTED: "Trusted", Level.LEAD: "Lead"}
GROUP: dict[str, str] = {
    "mammal": "Mammals",
    "bird": "Birds",
    "reptile": "Reptiles",
    "amphibian": "Amphibians",
    "fish": "Fish",
    "invertebrate": "Invertebrates",
    "plant": "Plants",
    "timber": "Timber",
}
# What became of a judgement (skill/posterior.py, Outcome, by value), as its spotter reads it
JUDGED: dict[str, Phrase] = {
    "gold_right": Phrase("Right", "check-circle-fill", "removed", "You saw it in the practice lane."),
    "gold_wrong": Phrase("Not quite", "book-half", "no_answer", "A listing of the practice lane to learn from."),
    "cannot_tell": Phrase("Cannot tell", "question-circle", "received", "Never counts against you."),
    "notified": Phrase("Worth a notice", "send", "notified", "A coordinator agreed with you."),
    "acted": Phrase("The company acted", "check-circle-fill", "removed", "It agreed with you."),
    "not_violating": Phrase("Kept online", "dash-circle", "kept", "Does not count: a coordinator agreed with you."),
    "dismissed_innocent": Phrase("An innocent one", "book-half", "no_answer", "The lesson says how to tell."),
    "dismissed_otherwise": Phrase(
        "Not sent on", "archive", "dismissed", "Does not count, neither for nor against you."
    ),
}
# An answer in the practice lane (skill/lane.py, Said, by value); the sentence is the choice as it is offered.
SAID: dict[str, Phrase] = {
    "flag": Phrase("Flag", "flag", "notified", "I would flag it"),
    "innocent": Phrase("Leave", "dash-circle", "dismissed", "I would leave it"),
    "cannot_tell": Phrase("Cannot tell", "question-circle", "received", "I cannot tell (never counts against you)"),
}
STANDING: dict[Standing, Phrase] = {
    Standing.NONE: Phrase("Not accredited", "mortarboard", "received", "The training comes first."),
    Standing.ACTIVE: Phrase("Accredited", "check-circle-fill", "notified", "May report."),
    Standing.LAPSED: Phrase(
        "Lapsed", "hourglass-split", "no_answer", "The training has to be refreshed before reporting."
    ),
    Standing.SUSPENDED: Phrase("Suspended", "pause-circle", "problem", "A coordinator has paused reporting."),
    Standing.WITHDRAWN: Phrase("Withdrawn", "dash-circle", "dismissed", "A coordinator has ended the accreditation."),
}
ROLE: dict[Role, str] = {
    Role.SPOTTER: "Spotter",
    Role.COORDINATOR: "Coordinator",
    Role.COMPANY: "Company",
    Role.ADMIN: "Administrator",
}
CHANNEL: dict[Channel, str] = {
    Channel.MAIL: "by mail",
    Channel.WEBHOOK: "by webhook",
    Channel.PORTAL: "in the portal",
    Channel.API: "by API",
    Channel.FORM: "through their own form, by hand",
}
VIA: dict[Via, str] = {
    Via.LINK: "By the link",
    Via.PORTAL: "In the portal",
    Via.API: "By API",
    Via.MAIL: "By mail",
    Via.PHONE: "By telephone",
    Via.FORM: "Through their own form",
}


LANGUAGE = {"ar": "Arabic", "de": "German", "en": "English", "es": "Spanish", "fr": "French", "hi": "Hindi", "id": "Indonesian", "it": "Italian",
            "ja": "Japanese", "ko": "Korean", "ms": "Malay", "nl": "Dutch", "pl": "Polish", "pt": "Portuguese", "ru": "Russian", "sw": "Swahili", "te": "Telugu",
            "th": "Thai", "tr": "Turkish", "vi": "Vietnamese", "zh": "Chinese"}  # fmt: skip


def language(code: str) -> str:
    """A language's English name for its code (ISO 639); the code itself when it is not one of ours."""
    return LANGUAGE.get(code.partition("-")[0].lower(), code)


class Band(NamedTuple):
    """A priority in words: the word and how many of three bars are full."""

    word: str
    bars: int


def priority_band(score: float) -> Band:
    """High from 70, medium from 40, else low; of 100."""
    if score >= 70:
        return Band("High", 3)
    return Band("Medium", 2) if score >= 40 else Band("Low", 1)


class Step(NamedTuple):
    """One step of a trail: its name, whether it is done, now or to come, and when (already in words, or empty)."""

    name: str
    state: Literal["done", "now", "todo"]
    when: str = ""

    @property
    def spoken(self) -> str:
        """What a screen reader hears after the name."""
        return {"done": "done", "now": "now", "todo": "to come"}[self.state]


OVER = frozenset({Status.REMOVED, Status.RESTRICTED, Status.KEPT})


def trail(
    status: Status,
    *,
    received: str = "",
    looked: str = "",
    notified: str = "",
    answer_by: str = "",
    answered: str = "",
    checked: str = "",
) -> list[Step]:
    """A report's life as its spotter may see it; times in words (see `moment`).

    It ends where the story ends: a report not sent on stops at "Looked at", an answered one at the answer unless somebody
    has checked since. A report that only waits shows "Looked at" as now, with no time, whatever its case does.
    """
    first = Step("Received", "done", received)
    if status == Status.DISMISSED:
        return [first, Step("Looked at", "done", looked)]
    if status in OVER:
        steps = [
            first,
            Step("Looked at", "done", looked),
            Step("Notice", "done", notified),
            Step("Answer", "done", answered),
        ]
        return [*steps, Step("Checked", "done", checked)] if checked else steps
    if status in (Status.NOTIFIED, Status.NO_ANSWER):
        by = f"by {answer_by}" if answer_by else ""
        seen = [Step("Checked", "done", checked)] if checked else []
        steps = [first, Step("Looked at", "done", looked), Step("Notice", "done", notified)]
        return [*steps, *seen, Step("Answer", "now", by)]
    now = Step("Looked at", "now", looked if status != Status.RECEIVED else "")
    return [first, now, Step("Notice", "todo"), Step("Answer", "todo")]


def notice_state(answer: Answer | None, *, overdue: bool, withdrawn: bool) -> Phrase:
    """Where a notice stands for the company that got it."""
    if withdrawn:
        return Phrase("Withdrawn", "archive", "dismissed")
    if answer:
        return ANSWER[answer]
    return Phrase("Overdue", "hourglass-split", "no_answer") if overdue else Phrase("New", "send", "notified")


def count(number: int, one: str, many: str = "") -> str:
    """A number never stands without what it counts: `1 report`, `1,284 reports`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, [", ".join(words[:-1]), words[-1]])) if words else ""
