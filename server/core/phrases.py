"""How each value is said: a status, a state, an answer; once, so that it is called the same everywhere. Pure.

The voice: short sentences, present tense, *suspected* always, no blame; a word and an icon stand beside every colour,
never the colour alone. `people_phrases` has what is about somebody; `wording` has
all of it under its own name.
"""

from typing import NamedTuple

from server.core.sentences import Sentence, sentence
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
    LinkKind,
    Status,
    StatusDetail,
    Via,
    WhyStopped,
)


class Phrase(NamedTuple):
    """How one value is said: the word, the icon's name, the tint (a `--st-*` colour), and the sentence that goes with it."""

    word: str
    icon: str
    tint: str
    sentence: str = ""


STATUS: dict[Status, Phrase] = {
    Status.RECEIVED: Phrase(
        sentence("Received"),
        "inbox",
        "received",
        sentence("Saved. We will tell you when a coordinator has looked at it."),
    ),
    Status.IN_REVIEW: Phrase(
        sentence("Being looked at"), "eye", "in_review", sentence("A coordinator is looking at it.")
    ),
    Status.NEEDS_INFO: Phrase(
        sentence("Needs your answer"), "chat-left-dots", "needs_info", sentence("A coordinator has a question for you.")
    ),
    Status.NOTIFIED: Phrase(sentence("Company notified"), "send", "notified", sentence("The company has the notice.")),
    Status.REMOVED: Phrase(
        sentence("Removed"),
        "check-circle-fill",
        "removed",
        sentence("The company says that it has removed the listing."),
    ),
    Status.RESTRICTED: Phrase(
        sentence("Restricted"), "eye-slash", "restricted", sentence("The company restricted the listing.")
    ),
    Status.KEPT: Phrase(sentence("Kept online"), "dash-circle", "kept", sentence("This does not count against you.")),
    Status.NO_ANSWER: Phrase(
        sentence("No answer yet"), "hourglass-split", "no_answer", sentence("The company has not decided yet.")
    ),
    Status.DISMISSED: Phrase(
        sentence("Not forwarded"),
        "archive",
        "dismissed",
        sentence("No notice was sent. A single report does not affect your standing."),
    ),
    Status.RETRACTED: Phrase(
        sentence("Report withdrawn"),
        "archive",
        "dismissed",
        sentence("You withdrew this report. It does not count against you."),
    ),
}

STATUS_DETAIL: dict[StatusDetail, Phrase] = {
    StatusDetail.TO_BE_NOTIFIED: Phrase(
        sentence("Company to be notified"),
        "send",
        "notified",
        sentence("A coordinator decided to notify the company. The notice has not arrived yet."),
    ),
    StatusDetail.ALREADY_GONE: Phrase(
        sentence("Already gone"),
        "check-circle",
        "removed",
        sentence("The company says it was gone before the notice came."),
    ),
    StatusDetail.ACCESS_DISABLED: Phrase(
        sentence("Removed"),
        "check-circle-fill",
        "removed",
        sentence("The company says that it has disabled access to the listing."),
    ),
    StatusDetail.ACCOUNT_SUSPENDED: Phrase(
        sentence("Removed"),
        "check-circle-fill",
        "removed",
        sentence("The company says that it has suspended the seller’s account."),
    ),
    StatusDetail.REINSTATED: Phrase(
        sentence("Back online"),
        "dash-circle",
        "kept",
        sentence("The company put it back online. This does not count against you."),
    ),
    StatusDetail.WITHDRAWN: Phrase(
        sentence("Notice withdrawn"),
        "archive",
        "dismissed",
        sentence("The notice was withdrawn. A single report does not affect your standing."),
    ),
    StatusDetail.CLOSED: Phrase(
        sentence("Closed"),
        "archive",
        "dismissed",
        sentence("A coordinator has closed the case. A single report does not affect your standing."),
    ),
}


def of_report(status: Status, detail: StatusDetail | None) -> Phrase:
    """How a report's status is said to its spotter."""
    return STATUS_DETAIL[detail] if detail else STATUS[status]


CASE_STATE: dict[CaseState, Phrase] = {
    CaseState.OPEN: Phrase(sentence("Open"), "folder2-open", "received"),
    CaseState.ASKED: Phrase(sentence("Asked"), "chat-left-dots", "needs_info"),
    CaseState.HELD: Phrase(sentence("Held"), "pause-circle", "no_answer"),
    CaseState.NOTIFIED: Phrase(sentence("Notified"), "send", "notified"),
    CaseState.ANSWERED: Phrase(sentence("Answered"), "reply", "in_review"),
    CaseState.CLOSED: Phrase(sentence("Closed"), "check2-square", "dismissed"),
}

NO_ROUTE = Phrase(
    sentence("No route"), "signpost-split", "no_answer", sentence("We do not know which company runs this site yet.")
)

# Whether a company can be reached (companies/routing.py, Reach, by value)
REACH: dict[str, Phrase] = {
    "none": Phrase(
        sentence("No SPOC"), "signpost-split", "no_answer", sentence("We do not have a contact at this company yet.")
    ),
    "bounced": Phrase(
        sentence("Email bounced"),
        "exclamation-triangle-fill",
        "problem",
        sentence("Our email bounced. Ask the company for another address."),
    ),
    "by_hand": Phrase(
        sentence("By hand"),
        "file-earmark-text",
        "needs_info",
        sentence("A coordinator fills in the company’s own form."),
    ),
    "reached": Phrase(sentence("Reachable"), "send", "notified", sentence("Notices are sent automatically.")),
}

# Where a round stands (rounds/weeks.py, Phase, by value)
PHASE: dict[str, Phrase] = {
    "draft": Phrase(sentence("Draft"), "file-earmark-text", "received", sentence("Only coordinators see it.")),
    "coming": Phrase(sentence("Upcoming"), "calendar3", "in_review", sentence("Sign up now.")),
    "running": Phrase(sentence("Running"), "search", "notified", sentence("Spotters search together.")),
    "over": Phrase(sentence("Over"), "check2-square", "dismissed", sentence("Thank you to everybody who took part.")),
    "cancelled": Phrase(sentence("Cancelled"), "x-lg", "dismissed", sentence("It will not take place.")),
}

BY_HAND = Phrase(
    sentence("Form to fill in"),
    "hourglass-split",
    "no_answer",
    sentence("The company accepts notices only through its own form."),
)
NOTICES_HELD = Phrase(sentence("Notices held"), "pause-circle", "problem")
IN_DIGEST = Phrase(
    sentence("Waits for the digest"),
    "hourglass-split",
    "no_answer",
    sentence("The company gets its notices together, once a working day."),
)
DELIVERY: dict[DeliveryState, Phrase] = {
    DeliveryState.QUEUED: Phrase(
        sentence("Sending"), "hourglass-split", "no_answer", sentence("In the queue. A failed attempt is retried.")
    ),
    DeliveryState.DELIVERED: Phrase(
        sentence("Delivered"), "send", "notified", sentence("The company’s server has accepted it.")
    ),
    DeliveryState.FAILED: Phrase(
        sentence("Failed"),
        "exclamation-triangle-fill",
        "problem",
        sentence("The notice could not be delivered. Check the address."),
    ),
}

ANSWER: dict[Answer, Phrase] = {
    Answer.RECEIVED: Phrase(
        sentence("Received"), "inbox", "in_review", sentence("You have received it and will look at it.")
    ),
    Answer.REMOVED: Phrase(sentence("Removed"), "check-circle-fill", "removed", sentence("The listing is gone.")),
    Answer.ACCESS_DISABLED: Phrase(
        sentence("Access disabled"), "check-circle-fill", "removed", sentence("No one can open it any more.")
    ),
    Answer.RESTRICTED: Phrase(
        sentence("Restricted"), "eye-slash", "restricted", sentence("It is hidden or limited, but still online.")
    ),
    Answer.ACCOUNT_SUSPENDED: Phrase(
        sentence("Account suspended"), "check-circle-fill", "removed", sentence("The seller’s account is suspended.")
    ),
    Answer.ALREADY_GONE: Phrase(
        sentence("Already gone"),
        "check-circle-fill",
        "removed",
        sentence("It was gone before you received the notice."),
    ),
    Answer.MOVED: Phrase(sentence("Moved"), "link-45deg", "in_review", sentence("It is at another address now.")),
    Answer.NOT_VIOLATING: Phrase(
        sentence("No violation found"), "dash-circle", "kept", sentence("You reviewed it, and it may stay online.")
    ),
    Answer.NEED_INFO: Phrase(
        sentence("Need more info"),
        "chat-left-dots",
        "needs_info",
        sentence("You need more information to decide."),
    ),
    Answer.CANNOT_LOCATE: Phrase(
        sentence("Cannot locate"), "search", "in_review", sentence("There is nothing at this address.")
    ),
    Answer.DUPLICATE: Phrase(
        sentence("Duplicate"), "copy", "dismissed", sentence("You already have a notice about it.")
    ),
    Answer.PASSED_ON: Phrase(
        sentence("Passed on"), "eye", "in_review", sentence("Someone else at your company is looking at it.")
    ),
    Answer.REINSTATED: Phrase(
        sentence("Reinstated"), "arrow-repeat", "kept", sentence("It is online again after a complaint or a review.")
    ),
}

# The answer form: what a company did, in the order people look for it. Nothing is preselected.
ANSWER_GROUPS: tuple[tuple[Sentence, tuple[Answer, ...]], ...] = (
    (sentence("We acted"), (Answer.REMOVED, Answer.ACCESS_DISABLED, Answer.RESTRICTED, Answer.ACCOUNT_SUSPENDED)),
    (sentence("Nothing to act on"), (Answer.ALREADY_GONE, Answer.NOT_VIOLATING, Answer.DUPLICATE, Answer.MOVED)),
    (sentence("Not yet"), (Answer.RECEIVED, Answer.NEED_INFO, Answer.CANNOT_LOCATE, Answer.PASSED_ON)),
    (sentence("Since then"), (Answer.REINSTATED,)),
)

CATEGORY: dict[Category, Sentence] = {
    Category.LIVE: sentence("Live animal"),
    Category.PART: sentence("Part of an animal"),
    Category.PRODUCT: sentence("Product"),
    Category.PLANT: sentence("Plant"),
    Category.SERVICE: sentence("Service"),
}
# What a notice's heading says it may offer.
OFFER: dict[Category, Sentence] = {
    Category.LIVE: sentence("a protected live animal"),
    Category.PART: sentence("a part of a protected animal"),
    Category.PRODUCT: sentence("a product made from protected wildlife"),
    Category.PLANT: sentence("a protected plant"),
    Category.SERVICE: sentence("a service involving protected wildlife"),
}
LEGALITY: dict[Legality, Sentence] = {
    Legality.NONE: sentence("No permit or document mentioned"),
    Legality.CLAIMED: sentence("Permit or document claimed, none shown"),
    Legality.DOCUMENT_SHOWN: sentence("A document is shown"),
    Legality.UNKNOWN: sentence("Cannot tell"),
}
CONFIDENCE: dict[Confidence, Sentence] = {
    Confidence.CERTAIN: sentence("Certain"),
    Confidence.LIKELY: sentence("Likely"),
    Confidence.UNSURE: sentence("Unsure"),
}
ACCESS: dict[Access, Sentence] = {
    Access.PUBLIC: sentence("Open to everyone"),
    Access.LOGGED_IN: sentence("After signing in to the platform"),
    Access.CLOSED_GROUP: sentence("In a closed group"),
}
HOLD_REASON: dict[HoldReason, Sentence] = {
    HoldReason.POLICE_FIRST: sentence("Police first"),
    HoldReason.SECOND_OPINION: sentence("A second opinion"),
    HoldReason.OTHER: sentence("Another reason"),
}
DISMISS_REASON: dict[DismissReason, Sentence] = {
    DismissReason.INNOCENT_WORD: sentence("The word means something else"),
    DismissReason.NOT_PROTECTED: sentence("Not protected, or lawful"),
    DismissReason.LOOK_ALIKE: sentence("A look-alike"),
    DismissReason.NOT_OFFERED: sentence("Nothing is offered"),
    DismissReason.TOO_LITTLE: sentence("Too little shown"),
    DismissReason.SCAM: sentence("More likely a scam"),
    DismissReason.DUPLICATE: sentence("A duplicate of another case"),
    DismissReason.OTHER: sentence("Something else"),
}
BASIS: dict[Basis, Sentence] = {
    Basis.ILLEGAL: sentence("Suspected illegal: name the law"),
    Basis.POLICY: sentence("The platform’s own policy"),
}
GROUP: dict[str, Sentence] = {
    "mammal": sentence("Mammals"),
    "bird": sentence("Birds"),
    "reptile": sentence("Reptiles"),
    "amphibian": sentence("Amphibians"),
    "fish": sentence("Fish"),
    "invertebrate": sentence("Invertebrates"),
    "plant": sentence("Plants"),
    "timber": sentence("Timber"),
}
CHANNEL: dict[Channel, Sentence] = {
    Channel.MAIL: sentence("by email"),
    Channel.DIGEST: sentence("in one email a working day"),
    Channel.WEBHOOK: sentence("by webhook"),
    Channel.PORTAL: sentence("in the portal"),
    Channel.API: sentence("by API"),
    Channel.FORM: sentence("through their own form"),
}
VIA: dict[Via, Sentence] = {
    Via.LINK: sentence("By link"),
    Via.PORTAL: sentence("In the portal"),
    Via.API: sentence("By API"),
    Via.MAIL: sentence("By email"),
    Via.PHONE: sentence("By phone"),
    Via.FORM: sentence("Through their own form"),
    Via.WEBHOOK: sentence("By webhook"),
}

WHY_STOPPED: dict[WhyStopped, Sentence] = {
    WhyStopped.ALL_SEEN: sentence("All results seen"),
    WhyStopped.ENOUGH_SEEN: sentence("Enough seen"),
    WhyStopped.NOTHING_FOUND: sentence("Nothing found"),
    WhyStopped.SIGN_IN: sentence("Sign-in needed"),
    WhyStopped.BLOCKED: sentence("Blocked by the site"),
    WhyStopped.INTERRUPTED: sentence("Interrupted"),
}

LINK_KIND: dict[LinkKind, str] = {
    LinkKind.PHOTO: sentence("A photo"),
    LinkKind.TEXT: sentence("The text"),
    LinkKind.SELLER: sentence("The seller"),
}
