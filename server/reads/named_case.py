"""The case that people outside name: by the number of its notice, or by the address of its listing."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import urls
from server.core.redirects import destination
from server.core.words import Refused
from server.ledger.cases.models import Case
from server.ledger.companies import store as companies
from server.ledger.listings.key import listing_key
from server.ledger.listings.models import Listing
from server.ledger.notices.models import Notice

_NOTICE = re.compile(r"\bN-\w{5}-\w{5}\b")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


def find(session: Session, text: str) -> str | None:
    """The id of the case whose notice or listing `text` names, somewhere in it; None: of none.

    What is written without `https://` is taken for an address as a whole.
    """
    for number in _NOTICE.findall(text.upper())[:5]:
        if case_id := session.scalar(select(Notice.case_id).where(Notice.reference == number)):
            return case_id
    for address in (_ADDRESS.findall(text) or [f"https://{text.strip()}"])[:5]:
        if case_id := of_address(session, address.rstrip(".,;:!?)>]»”\"'")):
            return case_id
    return None


def of_address(session: Session, text: str) -> str | None:
    """The case of the listing at this address, in whatever form it is given; None where there is none, or no address."""
    try:
        address = destination(urls.read(text))
    except Refused:
        return None
    key, _ = listing_key(address, companies.directory(session).route(address))
    return session.scalar(select(Case.id).join(Listing, Listing.id == Case.listing_id).where(Listing.key == key))
