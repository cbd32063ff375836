"""Step 6, the seller: what the ad says of them, kept as keyed hashes for a limited time, and found again by being equal."""

from server.core import clock, recurring, urls
from server.core.database import read, write
from server.core.words import LinkKind
from server.ledger.companies import store as companies
from server.ledger.matches import seller_store, sellers
from server.ledger.matches.models import SELLER_KEYS_KEPT
from server.ledger.matches.store import Near
from server.ledger.reports import statements
from server.ledger.reports.models import Report


def same_seller(report_id: str, case_id: str) -> list[Near]:
    """Keep what the seller is known by; the other cases with the same."""
    with read() as session:
        report = session.get_one(Report, report_id)
        listing, received_at = report.listing or {}, report.received_at
        address = urls.read(report.url)
        platform = companies.directory(session).route(address)
    if clock.now() - received_at > SELLER_KEYS_KEPT:
        return []
    name, seller_url = ((listing.get("seller") or {}).get(field) for field in ("name", "url"))
    site = (
        sellers.Site(platform.slug, (*platform.domains, *platform.hosts))
        if platform
        else sellers.Site(address.registrable_domain or address.host)
    )
    keys = sellers.keys(site, name, seller_url, statements.wording(listing))
    with write() as session:
        macs = seller_store.keep(session, case_id, keys, sellers.known_as(site, name, seller_url), received_at)
        seller_store.unlink_common(session, macs)
    with read() as session:
        return [Near(other, LinkKind.SELLER, 0) for other in seller_store.near(session, macs, case_id)]


@recurring.every(24 * 3600, "forget_seller_keys")
def forget_seller_keys() -> None:
    """Delete what sellers were known by once its time is over, a few at a time, with the links that it made."""
    before, deleted = clock.now() - SELLER_KEYS_KEPT, 1
    while deleted:
        with write() as session:
            deleted = seller_store.forget(session, before)
