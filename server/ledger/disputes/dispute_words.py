"""States, terms and endings of disputes, in words. Pure."""

from server.core.outcome import Shortfall
from server.core.phrases import Phrase
from server.core.sentences import Sentence, sentence
from server.ledger.disputes.deadline import Terms
from server.ledger.disputes.states import DisputeOutcome, DisputeState, Ending

TABS: dict[str, Sentence] = {
    "open": sentence("To send"),
    "sent": sentence("Sent"),
    "heard": sentence("Answered"),
    "settlement": sentence("Before a dispute settlement body"),
    "closed": sentence("Closed"),
}
EMPTY: dict[str, Sentence] = {
    "open": sentence("No dispute waits to be sent."),
    "sent": sentence("No dispute waits for a company’s answer."),
    "heard": sentence("No answered dispute needs a next step."),
    "settlement": sentence("No dispute is before a dispute settlement body."),
    "closed": sentence("No dispute was closed."),
}
STATE: dict[DisputeState, Phrase] = {
    DisputeState.OPEN: Phrase(sentence("To send"), "clock", "no_answer"),
    DisputeState.SENT: Phrase(sentence("Sent"), "send", "notified"),
    DisputeState.UPHELD: Phrase(
        sentence("Accepted"), "check-circle-fill", "removed", sentence("The company says that we are right.")
    ),
    DisputeState.REJECTED: Phrase(
        sentence("Rejected"), "dash-circle", "kept", sentence("The company upholds its answer.")
    ),
    DisputeState.NO_ANSWER: Phrase(
        sentence("No answer"), "hourglass-split", "no_answer", sentence("The company has not answered the dispute.")
    ),
    DisputeState.SETTLEMENT: Phrase(sentence("Before a dispute settlement body"), "signpost-split", "in_review"),
    DisputeState.CLOSED: Phrase(sentence("Closed"), "archive", "dismissed"),
}  # fmt: skip
OVERDUE = Phrase(sentence("Overdue"), "hourglass-split", "no_answer")
OUTCOME: dict[DisputeOutcome, Sentence] = {
    DisputeOutcome.UPHELD: sentence("Accepted: the company says that we are right"),
    DisputeOutcome.REJECTED: sentence("Rejected: the company upholds its answer"),
    DisputeOutcome.NO_ANSWER: sentence("No answer, and we wait no longer"),
}
SHORTFALL: dict[Shortfall, Sentence] = {
    Shortfall.KEPT: sentence("The company keeps the ad online."),
    Shortfall.RESTRICTED: sentence("The company has restricted the ad and not removed it."),
    Shortfall.STILL_THERE: sentence("The company says that the ad is gone, but a check has found it since."),
}
TERMS: dict[Terms, Sentence] = {
    Terms.DSA: sentence(
        "Six months from the day on which we were told: Article 20 of the Digital Services Act. Very small companies are exempt."
    ),
    Terms.OWN: sentence("The company’s own appeal. No deadline is known: check its terms."),
}
ENDING: dict[Ending, Sentence] = {
    Ending.DONE: sentence("The company has done what we asked"),
    Ending.FOUND_FOR: sentence("The dispute settlement body decided in our favour"),
    Ending.FOUND_AGAINST: sentence("The dispute settlement body decided in the company’s favour"),
    Ending.NOT_PURSUED: sentence("We do not pursue it"),
    Ending.TOO_LATE: sentence("The deadline had passed before it was sent"),
}
