"""The facts of a serialised notice in words, as mails and forms show them. Everything of the ad is text, never a header."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from server.core import languages, wording
from server.core.sentences import sentence
from server.core.words import Basis, Category, Legality
from server.ledger.notices import compose, legal_basis


def context(notice: compose.Document, glosses: Sequence[str] = ()) -> dict[str, Any]:
    """What the mail of a serialised notice, or its text for a form, is written from. glosses: what its foreign words mean."""
    suspicion = notice["suspicion"]
    return {
        "notice": notice,
        "offer": wording.OFFER[Category(suspicion["category"])],
        "by": wording.weekday(datetime.fromisoformat(notice["answer_by"])),
        "facts": [(label, values) for label, values in _facts(notice, glosses) if values],
        "is_article_16": legal_basis.elements_of_article_16(notice),
        "priority": (notice["notifier"].get("trusted_flagger") or {}).get("statement"),
    }


def _facts(notice: compose.Document, glosses: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Labels and their lines, as in the plain text: what is suspected, and why, before the rest of the ad."""
    listing, suspicion = notice["listing"], notice["suspicion"]
    seen = listing["first_seen"]
    return [
        (sentence("Address"), [listing["url"]]),
        (sentence("Title"), _text(listing["title"])),
        (sentence("Suspected"), [line for taxon in suspicion["taxa"] for line in _taxon(taxon)]),
        (sentence("Offered"), [wording.CATEGORY[Category(suspicion["category"])]]),
        (sentence("Reason"), suspicion["reasons"]),
        (sentence("Foreign words"), list(glosses)),
        (sentence("Documents"), _papers(suspicion["legality_evidence"])),
        (sentence("Basis"), _basis(notice)),
        (sentence("Seller"), _text(listing["seller"])),
        (sentence("Price"), _text(_price(listing["price"]))),
        (sentence("First seen"), [wording.full(datetime.fromisoformat(seen))] if seen else []),
    ]


def _text(text: Any) -> list[str]:
    return [str(text)] if text else []


def _papers(legality: str) -> list[str]:
    """That nobody could tell is not worth a line."""
    return [] if legality == Legality.UNKNOWN else [wording.LEGALITY[Legality(legality)]]


def _price(price: Mapping[str, Any] | None) -> str:
    price = price or {}
    return str(price.get("text") or " ".join(filter(None, (price.get("amount"), price.get("currency")))))


def _taxon(taxon: Mapping[str, Any]) -> list[str]:
    names = ", ".join(filter(None, (taxon["common_name"], taxon["scientific_name"])))
    return [names, *(_listed(row) for row in taxon["listings"])]


def _listed(row: Mapping[str, Any]) -> str:
    number = row["appendix"]
    if row["source"] == "CITES":
        listed: str = sentence("CITES Appendix %(number)s", number=number)
    elif row["source"] == "EU":
        listed = sentence("EU Annex %(number)s", number=number)
    else:
        listed = languages.noted(number)  # a national list says its country itself
    since = sentence("since %(date)s", date=_day(row["effective_from"])) if row["effective_from"] else ""
    population = sentence("all populations") if row["population"] == "all" else languages.noted(row["population"] or "")
    return ", ".join(languages.translated(part) for part in (listed, population, since) if part)


def _basis(notice: compose.Document) -> list[str]:
    if notice["basis"] == Basis.POLICY:
        clause, address = notice["policy_reference"], notice.get("policy_url")  # older notices have none
        return [*([sentence("Your policy: %(clause)s", clause=clause)] if clause else []), *_text(address)]
    provision = notice["law"]
    if provision is None:  # not chosen yet: only a preview shows such a notice
        return []
    law = {"provision": provision["provision"], "jurisdiction": wording.territory(provision["jurisdiction"])}
    since = provision["effective_from"]
    return [
        sentence("%(provision)s (%(jurisdiction)s), in force since %(date)s", **law, date=_day(since))
        if since
        else sentence("%(provision)s (%(jurisdiction)s)", **law),
        *_text(provision.get("source")),
    ]


def _day(text: str) -> str:
    return wording.date(datetime.fromisoformat(text))
