"""What an ad says, by all its reports. Pure."""

from collections.abc import Iterable
from typing import Any

from server.core.words import Level
from server.ledger.reports.models import Report


def by_weight(told: Iterable[Report]) -> list[Report]:
    """The reports as they are listened to: trusted spotters first, then the newest first."""
    return sorted(told, key=lambda report: (report.level != Level.PROBATION, report.id), reverse=True)


def stated(told: Iterable[Report]) -> dict[str, Any]:
    """The ad's `seller` (a name), `price` (as a report has it), `location` and `number`, each None where nobody says it.

    Each comes from the weightiest report that states it: one without them, as from a telephone, hides nothing that
    another one has read.
    """
    weighty = [report.listing or {} for report in by_weight(told)]

    def first(values: Iterable[Any]) -> Any:
        return next(filter(None, values), None)

    prices = (one.get("price") or {} for one in weighty)
    return {
        "seller": first((one.get("seller") or {}).get("name") for one in weighty),
        "price": first(price for price in prices if price.get("amount") or price.get("text")),
        "location": first(one.get("location") for one in weighty),
        "number": first(one.get("number") for one in weighty),
    }
