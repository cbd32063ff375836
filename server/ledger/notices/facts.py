"""The facts of a serialised notice in words, as mails and forms show them. Everything of the ad is text, never a header."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from server.core import wording
from server.core.words import Basis, Category
from server.ledger.notices import compose


def context(notice: compose.Document) -> dict[str, Any]:
    """What the mail of a serialised notice, or its text for a form, is written from."""
    suspicion = notice["suspicion"]
    return {
        "notice": notice,
        "offer": wording.OFFER[Category(suspicion["category"])],
        "by": wording.weekday(datetime.fromisoformat(notice["answer_by"])),
        "facts": [(label, values) for label, values in _facts(notice) if values],
        "is_law": notice["basis"] == Basis.ILLEGAL,
    }


def _facts(notice: compose.Document) -> list[tuple[str, list[str]]]:
    """Labels and their lines, as in the plain text."""
    listing, suspicion = notice["listing"], notice["suspicion"]
    seen = listing["first_seen"]
    return [
        ("Address", [listing["url"]]),
        ("Title", _given(listing["title"])),
        ("Seller", _given(listing["seller"])),
        ("Price", _given(_price(listing["price"]))),
        ("First seen", [wording.full(datetime.fromisoformat(seen))] if seen else []),
        ("Suspected", [line for taxon in suspicion["taxa"] for line in _taxon(taxon)]),
        ("Offered", [wording.CATEGORY[Category(suspicion["category"])]]),
        ("Why", suspicion["reasons"]),
        ("Papers", [wording.LEGALITY[suspicion["legality_evidence"]]]),
        ("Basis", _basis(notice)),
    ]


def _given(text: Any) -> list[str]:
    return [str(text)] if text else []


def _price(price: Mapping[str, Any] | None) -> str:
    price = price or {}
    return str(price.get("text") or " ".join(filter(None, (price.get("amount"), price.get("currency")))))


def _taxon(taxon: Mapping[str, Any]) -> list[str]:
    names = ", ".join(filter(None, (taxon["common_name"], taxon["scientific_name"])))
    return [names, *(_listed(row) for row in taxon["listings"])]


def _listed(row: Mapping[str, Any]) -> str:
    word = {"CITES": "CITES Appendix", "EU": "EU Annex"}.get(row["source"], str(row["source"]))
    since = f"since {_day(row['effective_from'])}" if row["effective_from"] else ""
    return ", ".join(filter(None, (f"{word} {row['appendix']}", row["population"], since)))


def _basis(notice: compose.Document) -> list[str]:
    if notice["basis"] == Basis.POLICY:
        return [f"Your policy: {notice['policy_reference']}"]
    law = notice["law"]
    return [f"{law['provision']} ({law['jurisdiction']}), in force since {_day(law['effective_from'])}"]


def _day(text: str) -> str:
    return wording.date(datetime.fromisoformat(text))
