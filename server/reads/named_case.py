"""The case that people outside name: by its number or its notice's, or by the address or the number of its listing."""

import re

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import urls
from server.core.redirects import destination
from server.core.words import Refused
from server.ledger.cases.models import Case
from server.ledger.companies import store as companies
from server.ledger.listings.key import keys_of, listing_key
from server.ledger.listings.models import Listing
from server.ledger.notices.models import Notice

_NOTICE = re.compile(r"\bN-\w{5}-\w{5}\b")
_CASE = re.compile(r"\bC-\w{5}-\w{5}\b")
_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)
# A word with a digit in it, six signs or more; what stands in an address, or in a reference, is no number by itself.
_NUMBER = re.compile(r"(?<![\w/.?=&%@:-])(?=[A-Za-z_-]*\d)[\w-]{6,100}(?![\w/=&%@-]|[.?:]\w)", re.ASCII)
MOST = 5  # of each kind that are looked up in one text


def find(session: Session, text: str) -> str | None:
    """The id of the case that `text` names, somewhere in it; None: of none.

    What is written without `https://` is taken for an address as a whole. A listing's number names a case where only one
    listing, on whatever platform, has it.
    """
    said = text.upper()
    for number in _NOTICE.findall(said)[:MOST]:
        if case_id := session.scalar(select(Notice.case_id).where(Notice.reference == number)):
            return case_id
    for number in _CASE.findall(said)[:MOST]:
        if case_id := session.scalar(select(Case.id).where(Case.reference == number)):
            return case_id
    for address in (_ADDRESS.findall(text) or [f"https://{text.strip()}"])[:MOST]:
        if case_id := of_address(session, address.rstrip(".,;:!?)>]»”\"'")):
            return case_id
    numbered = of_numbers(session, text)
    return numbered[0] if len(numbered) == 1 else None


def of_numbers(session: Session, text: str) -> list[str]:
    """The ids of the cases whose listings have a number that stands in `text`, on any platform of the directory.

    They are found by the listings' keys, which are indexed, and not by their numbers alone.
    """
    if not (numbers := _NUMBER.findall(_ADDRESS.sub(" ", text))[:MOST]):
        return []
    keys = [
        key for number in numbers for each in companies.directory(session).platforms for key in keys_of(each, number)
    ]
    cases = select(Case.id).join(Listing, Listing.id == Case.listing_id).where(Listing.key.in_(keys))
    return list(session.scalars(cases.order_by(Case.id).limit(MOST)))


def of_address(session: Session, text: str) -> str | None:
    """The case of the listing at this address, in whatever form it is given; None where there is none, or no address."""
    try:
        address = destination(urls.read(text))
    except Refused:
        return None
    key, _ = listing_key(address, companies.directory(session).route(address))
    return session.scalar(select(Case.id).join(Listing, Listing.id == Case.listing_id).where(Listing.key == key))
