"""What an ad says, by all its reports. Pure."""

from collections.abc import Iterable
from typing import Any

from server.core.words import Level
from server.ledger.reports.models import Report


def by_weight(reports: Iterable[Report]) -> list[Report]:
    """The reports as they are listened to: trusted spotters first, then the newest first."""
    return sorted(reports, key=lambda report: (report.level != Level.PROBATION, report.id), reverse=True)


def stated(reports: Iterable[Report]) -> dict[str, Any]:
    """The ad's `seller` (a name), `price` (as a report has it), `location` and `number`, each None where nobody says it.

    Each comes from the weightiest report that states it: one without them, as from a telephone, hides nothing that
    another one has read.
    """
    weighty = [report.listing or {} for report in by_weight(reports)]

    def first(values: Iterable[Any]) -> Any:
        return next(filter(None, values), None)

    prices = (listing.get("price") or {} for listing in weighty)
    return {
        "seller": first((listing.get("seller") or {}).get("name") for listing in weighty),
        "price": first(price for price in prices if price.get("amount") or price.get("text")),
        "location": first(listing.get("location") for listing in weighty),
        "number": first(listing.get("number") for listing in weighty),
    }
