"""How what became of a listing in earlier years is said."""

from server.core.sentences import Sentence, sentence
from server.ledger.past.states import PastOutcome

OUTCOME: dict[PastOutcome, Sentence] = {
    PastOutcome.REMOVED: sentence("Removed"),
    PastOutcome.RESTRICTED: sentence("Restricted"),
    PastOutcome.KEPT: sentence("Kept by the company"),
    PastOutcome.GONE_BEFORE: sentence("Gone before anybody acted"),
    PastOutcome.NO_ANSWER: sentence("No answer"),
    PastOutcome.DISMISSED: sentence("Dismissed"),
    PastOutcome.UNKNOWN: sentence("Outcome not stated"),
}
