"""What a spotter is told of an address before they report it: whether it is one, of an ad, of a platform in the directory, and
when they reported this ad themselves, and whether they can add to that. Never what others reported, nor what became of it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from server.core import urls
from server.core.sentences import Sentence
from server.core.words import Refused, Status
from server.ledger.companies import store as companies
from server.ledger.listings import page
from server.ledger.listings.key import listing_key
from server.ledger.reports import addition, addition_store
from server.ledger.reports.models import Report
from server.reads import known_listings


@dataclass(frozen=True, slots=True)
class AboutAddress:
    """`problem`: why it is no address, and then nothing else; `platform`: its name, or None: in no directory; `own`: their report;
    `may_add`: whether that takes an addition."""

    url: str = ""
    problem: Sentence | str | None = None
    many_ads: bool = False
    platform: str | None = None
    own: Report | None = None
    may_add: bool = False


def about(session: Session, account_id: str, text: str) -> AboutAddress:
    """What this account is told of what stands in the field; the same statements whether others report the ad or not."""
    if not text.strip():
        return AboutAddress()
    try:
        url = urls.pasted(text)
        address = urls.read(url)
    except (Refused, ValueError) as problem:
        return AboutAddress(text, problem.detail if isinstance(problem, Refused) else problem.args[0])
    platform = companies.directory(session).route(address)
    key, _ = listing_key(address, platform)
    own = known_listings.own_report(session, account_id, key)
    return AboutAddress(
        url,
        many_ads=not page.is_single_ad(address, platform),
        platform=platform.name if platform else None,
        own=own,
        may_add=own is not None and addition.may_add(Status(own.status), addition_store.count(session, own.id)),
    )
