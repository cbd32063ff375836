"""States, outcomes and corrections of complaints, in words. Pure."""

from server.core.phrases import Phrase
from server.core.sentences import Sentence, sentence
from server.ledger.complaints.states import SENT_AGAIN as SENT_AGAIN
from server.ledger.complaints.states import ClosedWhy, ComplaintOutcome, ComplaintState, Correction

TABS: dict[ComplaintState, Sentence] = {
    ComplaintState.OPEN: sentence("Unanswered"),
    ComplaintState.ANSWERED: sentence("Answered"),
    ComplaintState.CLOSED: sentence("Closed without an answer"),
}
EMPTY: dict[ComplaintState, Sentence] = {
    ComplaintState.OPEN: sentence("No complaint waits for an answer."),
    ComplaintState.ANSWERED: sentence("No complaint has been answered yet."),
    ComplaintState.CLOSED: sentence("No complaint was closed without an answer."),
}
STATE: dict[ComplaintState, Phrase] = {
    ComplaintState.OPEN: Phrase(sentence("Unanswered"), "envelope", "in_review"),
    ComplaintState.ANSWERED: Phrase(sentence("Answered"), "check-circle-fill", "notified"),
    ComplaintState.CLOSED: Phrase(sentence("Closed without an answer"), "archive", "dismissed"),
}
OVERDUE = Phrase(sentence("Overdue"), "hourglass-split", "no_answer")
UNDELIVERED = Phrase(sentence("Answer not delivered"), "exclamation-triangle-fill", "problem")
OUTCOME: dict[ComplaintOutcome, Phrase] = {
    ComplaintOutcome.UPHELD: Phrase(sentence("Upheld"), "arrow-repeat", "removed", sentence("We were wrong.")),
    ComplaintOutcome.PARTLY: Phrase(
        sentence("Partly upheld"), "arrow-repeat", "restricted", sentence("We were partly wrong.")
    ),
    ComplaintOutcome.REJECTED: Phrase(
        sentence("Rejected"), "dash-circle", "kept", sentence("The suspicion remains.")
    ),
    ComplaintOutcome.NOT_OURS: Phrase(
        sentence("Not ours"), "signpost-split", "dismissed", sentence("It is not about anything that we decided.")
    ),
}  # fmt: skip
CORRECTION: dict[Correction, Sentence] = {
    Correction.WITHDRAW: sentence("Withdraw the notice: the company is told, and the figures count it as withdrawn"),
    Correction.WRITE: sentence("The notice stands: write to the company in its thread what is right"),
    Correction.NONE: sentence("Nothing reaches the company"),
}
CORRECTED: dict[Correction, Sentence] = {
    Correction.WITHDRAW: sentence("The notice was withdrawn."),
    Correction.WRITE: sentence("The company was told what is right."),
    Correction.NONE: sentence("Nothing reached the company."),
}
CLOSED_WHY: dict[ClosedWhy, Sentence] = {
    ClosedWhy.ANSWERED_BEFORE: sentence("It was answered in another way, by email or telephone"),
    ClosedWhy.REPEATED: sentence("It repeats another complaint"),
    ClosedWhy.TAKEN_BACK: sentence("The complainant took it back"),
    ClosedWhy.NO_COMPLAINT: sentence("It is not a complaint: advertising, a test, nothing in it"),
    ClosedWhy.ERASED: sentence("The complainant wanted their data deleted"),
}
