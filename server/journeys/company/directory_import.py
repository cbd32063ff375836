"""The directory of companies imported, and what waited for it: one transaction across companies, listings and cases."""

from collections import Counter
from typing import Any

from sqlalchemy.orm import Session

from server.core import urls
from server.core.database import write
from server.ledger.cases import store as cases
from server.ledger.companies import importing
from server.ledger.companies import store as companies
from server.ledger.companies.routing import Directory
from server.ledger.listings import store as listings
from server.ledger.listings.key import listing_key


def import_companies(data: dict[str, Any], *, replace: bool = False) -> Counter[str]:
    """Take in a checked companies file; listings get the route and the number that they now have.

    Looked at are those without a number, and those of platforms whose company, domains, patterns or `per_domain` have changed
    or that are there again: each is known from now on by what its own address says. One that another listing is known by
    already stays as it is.
    """
    with write() as session:
        before = companies.directory(session)
        counts = importing.import_directory(session, data, replace=replace)
        if rerouted := know_again(session, before):
            counts["rerouted"] = rerouted
        return counts


def know_again(session: Session, before: Directory) -> int:
    """Listings get the route and the number that the directory now gives them; how many have another route.

    Those of platforms that were taken away are looked at each time: somebody may have their domains by now.
    """
    rerouted, directory = 0, companies.directory(session)
    known, today = _routing(before), _routing(directory)
    again = [id_ for id_ in known | today if known.get(id_) != today.get(id_)]
    for listing in listings.to_know_again(session, [*again, *companies.retired_platforms(session)]):
        address = urls.read(listing.url)  # each listing is locked before its case, as intake does
        platform = directory.route(address)
        if platform:
            # Another platform (none before, or one that a mistaken file had named), another company's, or there again
            if listing.platform_id != platform.id or known.get(platform.id, ("",))[0] != platform.company.id:
                rerouted += 1
                cases.give_route(session, listing.id, platform.company.id)
            listings.know_better(session, listing, *listing_key(address, platform), platform.id)
    return rerouted


def routes_otherwise(before: Directory, after: Directory) -> bool:
    """Whether an address may have another route or number now. Else no listing need be looked at."""
    return _routing(before) != _routing(after)


def _routing(directory: Directory) -> dict[str, tuple[Any, ...]]:
    """By the id of each platform what says whose its listings are, and by which number each is known."""
    return {
        each.id: (each.company.id, sorted(each.domains), sorted(each.hosts), each.listing, each.per_domain)
        for each in directory.platforms
    }
