"""What an answer to a complaint begins with, by its outcome: a person completes it. Pure."""

from server.core.sentences import Sentence, sentence
from server.ledger.complaints.states import GAP, ComplaintOutcome

_REST = sentence("The platform decides whether an ad is online. You can complain there, too.")


def draft(outcome: ComplaintOutcome, *, notice_stands: bool) -> list[Sentence]:
    """The paragraphs of a draft. `GAP` stands where the reason has to be written."""
    reason = sentence("The reason: %(gap)s", gap=GAP)
    if outcome is ComplaintOutcome.UPHELD:
        told = sentence("We will tell the platform. Whether the ad comes back is the platform’s decision.")
        none = sentence("There is no notice of ours to withdraw.")
        return [
            sentence("You are right: our suspicion was wrong, and we are sorry."), reason,
            told if notice_stands else none,
        ]  # fmt: skip
    if outcome is ComplaintOutcome.PARTLY:
        return [sentence("You are partly right. What was wrong: %(gap)s", gap=GAP), reason, _REST]
    if outcome is ComplaintOutcome.REJECTED:
        return [sentence("We have reviewed it again, and our suspicion remains."), reason, _REST]
    return [sentence("What you write about was not decided by us."), reason, _REST]
