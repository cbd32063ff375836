"""Why a case has its place in the queue: each reason is a code, a weight and parameters, worded where it is shown. Pure.

A weight is what the reason adds to (or takes from) the part it belongs to, as its rule says: a share of the words'
suspicion, a change of harm or freshness, how far a factor is from 1. None: from before weights were kept.
"""

from collections.abc import Callable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple

from server.core import wording
from server.core.sentences import Sentence, counted, sentence
from server.core.words import Answer, Category

NONE: Mapping[str, Any] = MappingProxyType({})


class ReasonCode(StrEnum):
    """What speaks for looking at a case soon, or against."""

    # What is offered (cases/triage.py)
    CATEGORY = "category"
    APPENDIX = "appendix"
    # What became of the listing before
    REMOVED_BEFORE = "removed_before"
    RESTRICTED_BEFORE = "restricted_before"
    KEPT_BEFORE = "kept_before"
    DISMISSED_BEFORE = "dismissed_before"
    STILL_THERE = "still_there"
    THERE_AGAIN = "there_again"
    LAPSED = "lapsed"
    # What was removed elsewhere, or is offered by the same seller, and is posted again (matches)
    REPOST = "repost"
    SAME_SELLER = "same_seller"
    # What the address is (listings/page.py)
    NO_LISTING = "no_listing"
    # What the ad shows, and who says so
    NO_PAPERS = "no_papers"
    PAPERS_CLAIMED = "papers_claimed"
    DOCUMENT_SHOWN = "document_shown"
    UNSURE = "unsure"
    POSTED_TODAY = "posted_today"
    POSTED_LONG_AGO = "posted_long_ago"
    SPOTTERS = "spotters"
    TRUSTED_SPOTTER = "trusted_spotter"
    RING_SUSPECTED = "ring_suspected"
    # What leads say of reports on probation (people/leads)
    LEADS_CONFIRM = "leads_confirm"
    LEADS_DOUBT = "leads_doubt"
    # What the words of the ad say (species/judging.py)
    TAXON_CHOSEN = "taxon_chosen"
    NAME = "name"
    TRADE_WORD = "trade_word"
    HIDDEN_WORD = "hidden_word"
    GOODS = "goods"
    ALIVE = "alive"
    REAL = "real"
    OFFER = "offer"
    AGAINST_WORD = "against_word"
    AGAINST_AD = "against_ad"
    # What the ad says of itself (species/context.py)
    IMITATION = "imitation"
    WANTED = "wanted"
    NEWS = "news"
    TEACHING = "teaching"
    CLAIM = "claim"
    QUANTITY = "quantity"
    GRAMS = "grams"
    PRICE = "price"
    # What decisions taught about the words of the ad (ledger/learning)
    LEARNED_FOR = "learned_for"
    LEARNED_AGAINST = "learned_against"
    # Of earlier versions, which counted one person's repeats
    REPORTS = "reports"
    # Kept as it was written, from before there were codes
    AS_WRITTEN = "as_written"


AGAINST = frozenset({
    ReasonCode.KEPT_BEFORE, ReasonCode.DISMISSED_BEFORE, ReasonCode.PAPERS_CLAIMED, ReasonCode.DOCUMENT_SHOWN,
    ReasonCode.UNSURE, ReasonCode.POSTED_LONG_AGO, ReasonCode.NO_LISTING, ReasonCode.AGAINST_WORD, ReasonCode.AGAINST_AD,
    ReasonCode.IMITATION, ReasonCode.WANTED, ReasonCode.NEWS, ReasonCode.TEACHING,
    ReasonCode.RING_SUSPECTED, ReasonCode.LEADS_DOUBT, ReasonCode.LEARNED_AGAINST,
})  # fmt: skip


class Reason(NamedTuple):
    """One reason. `params` are plain JSON, days in ISO 8601."""

    code: ReasonCode
    weight: float | None
    params: Mapping[str, Any] = NONE

    @property
    def against(self) -> bool:
        """Whether it speaks against looking at the case soon."""
        return self.params["sign"] == "-" if self.code == ReasonCode.AS_WRITTEN else self.code in AGAINST

    def kept(self) -> dict[str, Any]:
        """The reason as a row keeps it."""
        return {"code": self.code.value, "weight": self.weight, "params": dict(self.params)}


def read(kept: Mapping[str, Any]) -> Reason:
    """A reason as a row keeps it."""
    return Reason(ReasonCode(kept["code"]), kept["weight"], kept["params"])


def _appendix(appendix: str, others: list[str]) -> Sentence:
    if not others:
        return sentence("CITES Appendix %(appendix)s", appendix=appendix)
    if len(others) == 1:
        return sentence("CITES Appendix %(appendix)s, or %(other)s by population", appendix=appendix, other=others[0])
    return sentence(
        "CITES Appendix %(appendix)s, or %(other)s or %(third)s by population",
        appendix=appendix, other=others[0], third=others[1],
    )  # fmt: skip


# What an ad claims of the law, by `species.context.Claim`.
CLAIMS: Mapping[str, Callable[[str], Sentence]] = {
    "papers": lambda word: sentence("“%(word)s” claims permits or documents", word=word),
    "cites": lambda word: sentence("“%(word)s” names CITES", word=word),
    "no_papers": lambda word: sentence("“%(word)s” says that there is no permit or document", word=word),
    "antique": lambda word: sentence("“%(word)s” claims that it is an antique", word=word),
    "pre_convention": lambda word: sentence("“%(word)s” claims that it is older than its protection", word=word),
    "captive_bred": lambda word: sentence("“%(word)s” claims that it was bred in captivity", word=word),
    "legal": lambda word: sentence("“%(word)s” claims that it is legal", word=word),
}


class Lapse(StrEnum):
    """Why a decision did not take effect although nobody undid it."""

    CHANGED = "changed"  # what it was about: somebody answered or wrote, or the notice before it was withdrawn
    ROUTE = "route"  # the notice would have gone to somebody who is not the right one any more
    AWARD = "award"  # the notice would have claimed a trusted-flagger award that does not stand so any more
    NAMES = "names"  # the notice would have named somebody who has reported the listing since
    NOBODY = "nobody"  # nobody is left who could answer the question
    ERASED = "erased"  # whoever said what the notice says was erased while they were frozen
    GONE = "gone"  # the server looked first, and the page said that the listing is gone
    SEEN_GONE = "seen_gone"  # a check has found since that the listing is gone
    ERROR = "error"  # of ours


LAPSED: Mapping[Lapse, Sentence] = {
    Lapse.CHANGED: sentence("Decided, but not carried out: the case changed meanwhile. Decide again"),
    Lapse.ROUTE: sentence("Decided, but no notice was sent: whom it would go to has changed. Decide again"),
    Lapse.AWARD: sentence(
        "Decided, but no notice was sent: the trusted-flagger status it names has changed. Decide again"
    ),
    Lapse.NAMES: sentence(
        "Decided, but no notice was sent: it may name somebody who has reported it since. Decide again"
    ),
    Lapse.NOBODY: sentence("Decided, but not asked: nobody who reported it can answer any more. Decide again"),
    Lapse.ERASED: sentence(
        "Decided, but no notice was sent: whoever reported what it says was erased while their account was frozen. Decide again"
    ),
    Lapse.GONE: sentence(
        "Decided, but no notice was sent: the server checked first, and the page says that the ad is gone. Check, and decide again"
    ),
    Lapse.SEEN_GONE: sentence(
        "Decided, but no notice was sent: a check has found since that the ad is gone. Decide again"
    ),
    Lapse.ERROR: sentence("Decided, but an error of ours stopped it, and nothing was sent. Decide again"),
}


def _repost(case: str, shared: str, day: str) -> Sentence:
    on = wording.date(day)
    match shared:
        case "photo":
            return sentence("A photo of %(case)s, removed on %(day)s, is posted again", case=case, day=on)
        case "text":
            return sentence("The text of %(case)s, removed on %(day)s, is posted again", case=case, day=on)
    return sentence("Photo and text of %(case)s, removed on %(day)s, are posted again", case=case, day=on)


# The names of each function's parameters are those of the reason.
SENTENCES: dict[ReasonCode, Callable[..., str]] = {
    ReasonCode.CATEGORY: lambda category: wording.CATEGORY[Category(category)],
    ReasonCode.APPENDIX: _appendix,
    ReasonCode.REMOVED_BEFORE: lambda: sentence("Reported again after it was removed"),
    ReasonCode.RESTRICTED_BEFORE: lambda: sentence("Reported again after it was restricted"),
    ReasonCode.KEPT_BEFORE: lambda: sentence("The company kept it online before"),
    ReasonCode.DISMISSED_BEFORE: lambda: sentence("Dismissed before"),
    ReasonCode.STILL_THERE: lambda day, answer: sentence(
        "Still there on %(day)s, though the company answered “%(answer)s”",
        day=wording.date(day), answer=wording.ANSWER[Answer(answer)].word,
    ),
    ReasonCode.THERE_AGAIN: lambda day, gone: sentence(
        "There again on %(day)s, after a check found it gone on %(gone)s", day=wording.date(day), gone=wording.date(gone)
    ),
    ReasonCode.LAPSED: lambda why: LAPSED[Lapse(why)],
    ReasonCode.REPOST: _repost,
    ReasonCode.SAME_SELLER: lambda case: sentence("The seller of %(case)s posts the same again", case=case),
    ReasonCode.NO_PAPERS: lambda: sentence("No permit or document mentioned"),
    ReasonCode.PAPERS_CLAIMED: lambda: sentence("Permits or documents are claimed, none shown"),
    ReasonCode.DOCUMENT_SHOWN: lambda: sentence("The ad shows a document"),
    ReasonCode.UNSURE: lambda: sentence("The spotter is unsure"),
    ReasonCode.POSTED_TODAY: lambda: sentence("Posted within a day"),
    ReasonCode.POSTED_LONG_AGO: lambda: sentence("Posted more than three months ago"),
    ReasonCode.SPOTTERS: lambda number: counted("%(number)s spotter reports it", "%(number)s spotters report it", number),
    ReasonCode.REPORTS: lambda number: counted("%(number)s report", "%(number)s reports", number),
    ReasonCode.NO_LISTING: lambda: sentence("The address is a front page, a search or a list, not a single ad"),
    ReasonCode.TRUSTED_SPOTTER: lambda: sentence("A trusted spotter reported it"),
    ReasonCode.RING_SUSPECTED: lambda: sentence("Many new accounts report this seller at once: see the alarm"),
    ReasonCode.LEADS_CONFIRM: lambda number: counted(
        "%(number)s lead would report it, too", "%(number)s leads would report it, too", number
    ),
    ReasonCode.LEADS_DOUBT: lambda number: counted("%(number)s lead doubts it", "%(number)s leads doubt it", number),
    ReasonCode.TAXON_CHOSEN: lambda taxon: sentence("The spotter names %(taxon)s", taxon=taxon),
    ReasonCode.NAME: lambda word: sentence("“%(word)s” is a name", word=word),
    ReasonCode.TRADE_WORD: lambda word: sentence("“%(word)s” is a trade term", word=word),
    ReasonCode.HIDDEN_WORD: lambda word, term: sentence("“%(word)s” hides the word “%(term)s”", word=word, term=term),
    ReasonCode.GOODS: lambda word: sentence("“%(word)s” names goods", word=word),
    ReasonCode.ALIVE: lambda word: sentence("“%(word)s” suggests that it is alive", word=word),
    ReasonCode.REAL: lambda word: sentence("“%(word)s” says that it is real", word=word),
    ReasonCode.OFFER: lambda word: sentence("“%(word)s” is an offer", word=word),
    ReasonCode.AGAINST_WORD: lambda word, against: sentence(
        "“%(word)s” speaks against “%(against)s”", word=word, against=against
    ),
    ReasonCode.AGAINST_AD: lambda word: sentence("“%(word)s” speaks against the whole ad", word=word),
    ReasonCode.IMITATION: lambda word: sentence("“%(word)s” says that it is an imitation", word=word),
    ReasonCode.WANTED: lambda word: sentence("“%(word)s”: somebody wants to buy", word=word),
    ReasonCode.NEWS: lambda word: sentence("“%(word)s” is a word of news, and nothing is offered", word=word),
    ReasonCode.TEACHING: lambda word: sentence("“%(word)s” suggests an informative text, and nothing is offered", word=word),
    ReasonCode.CLAIM: lambda claim, word: CLAIMS[claim](word),
    ReasonCode.QUANTITY: lambda number: sentence("Quantity in the ad: %(number)s", number=number),
    ReasonCode.GRAMS: lambda grams: sentence("Weight in the ad: %(grams)s g", grams=grams),
    ReasonCode.PRICE: lambda price: sentence("Price in the ad: %(price)s", price=price),
    ReasonCode.LEARNED_FOR: lambda word, points: sentence(
        "“%(word)s” adds %(points)s points to the likelihood, as decisions on other ads taught", word=word, points=points
    ),
    ReasonCode.LEARNED_AGAINST: lambda word, points: sentence(
        "“%(word)s” takes %(points)s points from the likelihood, as decisions on other ads taught", word=word, points=points
    ),
    ReasonCode.AS_WRITTEN: lambda text, sign: str(text),
}  # fmt: skip


def words(reason: Reason) -> str:
    """What a reason says. Raises TypeError for other parameters than its sentence has."""
    return SENTENCES[reason.code](**reason.params)
