"""The ready reasons of a notice: what a company can check in the ad itself, and nothing else. Pure.

Each is offered only where the case says so; the coordinator signs what leaves. None quotes a spotter or names anybody, and
none says of a person what the ad does not show.
"""

from collections.abc import Iterator

from server.core.reasons import ReasonCode as R
from server.core.sentences import sentence
from server.core.words import Category
from server.ledger.cases.pick import AdSigns, Pick

OFFERS = {
    Category.LIVE: Pick(
        "protected_live",
        sentence("Protected animal, alive"),
        sentence("The ad appears to offer a live animal of a protected species."),
    ),
    Category.PART: Pick(
        "protected_part",
        sentence("Part of a protected animal"),
        sentence("The ad appears to offer a part of an animal of a protected species."),
    ),
    Category.PRODUCT: Pick(
        "protected_product",
        sentence("Made of a protected species"),
        sentence("The ad appears to offer an object made of a protected species."),
    ),
    Category.PLANT: Pick(
        "protected_plant",
        sentence("Protected plant"),
        sentence("The ad appears to offer a plant of a protected species."),
    ),
    Category.SERVICE: Pick(
        "protected_service",
        sentence("Service with a protected species"),
        sentence("The ad appears to offer a service that concerns a protected species."),
    ),
}
PROOFS = frozenset(("papers", "cites", "pre_convention", "captive_bred", "legal"))  # claims that speak of legality


def of(ad: AdSigns) -> Iterator[Pick]:
    """What can be said of this ad, the weightiest first."""
    if ad.protected and ad.category in OFFERS:
        yield OFFERS[Category(ad.category)]
    yield from _papers(ad)
    if hidden := ad.first(R.HIDDEN_WORD):
        yield Pick(
            "hidden_word",
            sentence("Disguised word"),
            sentence("The ad writes “%(word)s”, which appears to stand for “%(term)s”.", **hidden),
        )
    if ad.first(R.REPOST):
        yield Pick(
            "repost",
            sentence("Posted again"),
            sentence("The same photo or text was in an ad that was removed before."),
        )
    if ad.first(R.REMOVED_BEFORE) is not None:
        yield Pick(
            "removed_before",
            sentence("Online again"),
            sentence("This listing was reported again after it had been removed."),
        )
    if name := ad.first(R.NAME):
        yield Pick("name", sentence("The ad names it"), sentence("The ad uses the name “%(word)s”.", **name))
    if real := ad.first(R.REAL):
        yield Pick(
            "real", sentence("Says that it is real"), sentence("The ad says that it is real: “%(word)s”.", **real)
        )
    if trade := ad.first(R.TRADE_WORD):
        yield Pick(
            "trade_word",
            sentence("Trade term"),
            sentence("The ad uses “%(word)s”, a term under which protected wildlife is offered.", **trade),
        )
    if quantity := ad.first(R.QUANTITY):
        yield Pick(
            "quantity", sentence("Many at once"), sentence("The ad states a quantity of %(number)s.", **quantity)
        )
    if grams := ad.first(R.GRAMS):
        yield Pick("grams", sentence("Weight stated"), sentence("The ad states a weight of %(grams)s g.", **grams))


def _papers(ad: AdSigns) -> Iterator[Pick]:
    """What the ad says or leaves unsaid of papers: one thing, and nothing where it shows some."""
    claims = ad.claims()
    if ad.first(R.DOCUMENT_SHOWN) is not None:
        return
    if word := claims.get("no_papers"):
        yield Pick(
            "says_no_papers",
            sentence("Says that there is no permit or document"),
            sentence("The ad itself says that there is no permit or document: “%(word)s”.", word=word),
        )
    elif ad.first(R.PAPERS_CLAIMED) is not None:
        yield Pick(
            "papers_not_shown",
            sentence("Permit or document claimed, not shown"),
            sentence("The ad claims permits or documents but does not show them."),
        )
    elif ad.first(R.NO_PAPERS) is not None and not PROOFS & claims.keys():
        yield Pick(
            "no_papers",
            sentence("No proof of legality shown"),
            sentence("The ad mentions no permit or document and shows no other proof that the offer is legal."),
        )
