"""The directory of companies taken in, and what waited for it: one transaction across companies, listings and cases."""

from collections import Counter
from typing import Any

from server.core import urls
from server.core.database import write
from server.ledger.cases import store as cases
from server.ledger.companies import store as companies
from server.ledger.listings import store as listings
from server.ledger.listings.key import listing_key


def import_companies(data: dict[str, Any], actor_id: str | None = None) -> Counter[str]:
    """Take in a checked companies file; listings without a number get the route and number they now have."""
    with write() as session:
        counts = companies.import_directory(session, data, actor_id)
        directory = companies.directory(session)
        for listing in listings.without_number(session):  # each locked before its case, as intake does
            address = urls.read(listing.url)
            platform = directory.route(address)
            if platform:
                if listing.platform_id != platform.id:  # none before, or one that a mistaken file had named
                    counts["rerouted"] += 1
                    cases.give_route(session, listing.id, platform.company.id)
                listings.know_better(session, listing, *listing_key(address, platform), platform.id)
        return counts
