"""What an ad says, by all its reports. Pure."""

from collections.abc import Iterable, Mapping
from typing import Any

from server.core.words import Level, Status
from server.ledger.reports.models import Report


def wording(listing: Mapping[str, Any]) -> str:
    """What an ad says, by one report: its title and description."""
    return "\n".join(filter(None, (listing.get("title"), listing.get("description"))))


def of_ad(reports: Iterable[Report]) -> list[str]:
    """Every text and address that the ad has, by any of its reports: what words can be called its own."""
    texts: list[Any] = []
    for report in reports:
        listing = report.listing or {}
        seller, price = listing.get("seller") or {}, listing.get("price") or {}
        texts += [report.url, listing.get("title"), listing.get("description"), listing.get("location")]
        texts += [seller.get("name"), seller.get("url"), price.get("text")]
    return [text for text in texts if text]


def other_wordings(reports: Iterable[Report], judged: str) -> list[dict[str, Any]]:
    """What reports say that the ad says, where it is not the text the case is judged by; newest first.

    Each with its `text`, the number of its reports (`count`), and when the newest of them was received (`at`).
    """
    others: dict[str, dict[str, Any]] = {}
    for report in sorted(reports, key=lambda report: report.id, reverse=True):
        text = wording(report.listing or {})
        if text and text != judged:
            others.setdefault(text, {"text": text, "count": 0, "at": report.received_at})["count"] += 1
    return list(others.values())


def _counts(report: Report) -> bool:
    """Whether its spotter stands by it, and no coordinator has set it aside as a ring's."""
    return report.status != Status.RETRACTED and report.set_aside_at is None


def that_count(reports: Iterable[Report]) -> list[Report]:
    """The reports that count; where none does, all of them."""
    every = list(reports)
    return [report for report in every if _counts(report)] or every


def by_weight(reports: Iterable[Report], judged: str = "") -> list[Report]:
    """The reports in order of weight: those that count, the wording that the case is judged by, trusted spotters, newest."""

    def weight(report: Report) -> tuple[bool, bool, bool, str]:
        agrees = bool(judged) and wording(report.listing or {}) == judged
        return _counts(report), agrees, report.level != Level.PROBATION, report.id

    return sorted(reports, key=weight, reverse=True)


def stated(reports: Iterable[Report], judged: str = "") -> dict[str, Any]:
    """The ad's `seller` (a name), `price` (as a report has it), `location`, `number` and `language`, None where nobody says it.

    Each comes from the weightiest report that states it: one without them, as from a telephone, hides nothing that
    another one has read. What does not count states nothing beside what does.
    """
    weighty = [report.listing or {} for report in by_weight(that_count(reports), judged)]

    def first(values: Iterable[Any]) -> Any:
        return next(filter(None, values), None)

    prices = (listing.get("price") or {} for listing in weighty)
    return {
        "seller": first((listing.get("seller") or {}).get("name") for listing in weighty),
        "price": first(price for price in prices if price.get("amount") or price.get("text")),
        "location": first(listing.get("location") for listing in weighty),
        "number": first(listing.get("number") for listing in weighty),
        "language": first(listing.get("language") for listing in weighty),
    }
