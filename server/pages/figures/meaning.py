"""What each figure is, and what it is not: beside every one of them. Pure. `docs/figures.md` says the same to operators."""

from typing import NamedTuple

from server.core.sentences import Sentence, sentence


class FigureMeaning(NamedTuple):
    """The head of its column, what it is, and what it is not."""

    head: Sentence
    is_: Sentence
    is_not: Sentence


FIGURES: dict[str, FigureMeaning] = {
    "notices": FigureMeaning(
        sentence("Notices"),
        sentence("Notices sent on these days."),
        sentence(
            "ads, reports or deliveries: several reports may stand behind one notice, one ad may have had two, and a notice may not have arrived."
        ),
    ),
    "answered": FigureMeaning(
        sentence("Answered"),
        sentence("The newest answer decides."),
        sentence("a receipt or a question."),
    ),
    "removed_stated": FigureMeaning(
        sentence("Removed, as answered"),
        sentence("The company says that it removed the listing, disabled it or suspended the account."),
        sentence("seen by anybody, nor a listing that was gone before anybody acted."),
    ),
    "removed_verified": FigureMeaning(
        sentence("Gone, as verified"),
        sentence("A check by a person or by the server found it gone, and nothing else explains that."),
        sentence("a part of “removed, as answered”: listings whose company is silent count too."),
    ),
    "gone_before": FigureMeaning(
        sentence("Gone before"),
        sentence("The company says that the listing was gone before it acted."),
        sentence("a removal."),
    ),
    "restricted": FigureMeaning(
        sentence("Restricted"),
        sentence("The company hid or limited the listing."),
        sentence("gone."),
    ),
    "kept": FigureMeaning(
        sentence("Kept online"),
        sentence("The company says that it may stay, or has put it back."),
        sentence("a mistake of the spotter or the coordinator."),
    ),
    "asked": FigureMeaning(
        sentence("Question to us"),
        sentence("The company needs something from us: it is our turn."),
        sentence("a refusal."),
    ),
    "open": FigureMeaning(
        sentence("Undecided"),
        sentence("No answer that decides yet, questions included."),
        sentence("late: some are still within the deadline."),
    ),
    "withdrawn": FigureMeaning(
        sentence("Withdrawn by us"),
        sentence("We took the notice back. It counts in nothing else."),
        sentence("an outcome of the company’s."),
    ),
    "recalled": FigureMeaning(
        sentence("Recalled"),
        sentence("Withdrawn because the notice went to the wrong company. It counts as withdrawn by us, too."),
        sentence("a mistake about the ad, or anything that the company did."),
    ),
    "reinstated": FigureMeaning(
        sentence("Reinstated"),
        sentence("The company put the listing back. It counts as kept online, too."),
        sentence("a relisting: this is the company’s own decision."),
    ),
    "relisted": FigureMeaning(
        sentence("There again"),
        sentence("The listing was seen or reported after it was said or found to be gone."),
        sentence("a new ad for the same goods, or proof that anybody put it back: it may never have gone."),
    ),
    "hours_to_answer": FigureMeaning(
        sentence("Hours to answer"),
        sentence(
            "From sending to the first answer that decides. Half took at most the median, nine in ten at most the second number."
        ),
        sentence("working hours, or the time of notices that are still open."),
    ),
    "hours_to_removal": FigureMeaning(
        sentence("Hours to removal"),
        sentence("From sending to the first answer that says removed."),
        sentence("the hour it went: nobody but the company knows that."),
    ),
}
