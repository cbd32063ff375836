"""Cases with their listings, and those that somebody looks for."""

import re
from typing import Any

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from server.core.conditions import holds
from server.core.database import CROCKFORD
from server.ledger.cases.models import Case
from server.ledger.companies.models import Company, Platform
from server.ledger.listings.models import Listing
from server.ledger.notices.models import GivenAnswer, Notice
from server.ledger.reports.models import Report
from server.reads import named_case


def with_listing() -> Any:
    """A select of cases with their listing, platform and company."""
    cases = select(Case, Listing, Platform.name, Company.slug, Company.name)
    cases = cases.join(Listing, Listing.id == Case.listing_id)
    cases = cases.outerjoin(Platform, Platform.id == Listing.platform_id)
    return cases.outerjoin(Company, Company.id == Case.company_id)


_REFERENCE = re.compile(r"([CRN])-\w{5}-\w{5}")


_PART_OF_REFERENCE = re.compile(rf"[{CROCKFORD}-]{{1,12}}", re.IGNORECASE)  # the whole was looked up before
FEW = 2000


def search(session: Session, cases: Any, q: str) -> tuple[Any, bool]:
    """Those of these cases that somebody looks for: by a reference (a company's own, too), or by title, address or number;
    whether they are few.

    Few are found by reading the listings once, from end to end, for all that a page asks. Where more hold the words, a page is
    soon full.
    """
    q = q.strip()
    if not q:
        return cases, False
    asked, condition, few = session.info.get("searched", ("", None, False))
    if asked != q:
        condition, few = _condition(session, q)
        session.info["searched"] = q, condition, few
    return cases.where(condition), few


def _condition(session: Session, q: str) -> tuple[ColumnElement[bool], bool]:
    """What the cases that are looked for fulfil, and whether they are few."""
    if case_id := _referred(session, q) or _at_address(session, q):
        return Case.id == case_id, True
    answered = select(Notice.case_id).join(GivenAnswer, GivenAnswer.notice_id == Notice.id)
    ids = list(session.scalars(answered.where(GivenAnswer.company_reference == q).limit(FEW + 1)))
    if _REFERENCE.fullmatch(q.upper()):  # it names nothing, and no listing needs to be read to tell
        return Case.id.in_(ids), True
    ads = select(Case.id).join(Listing, Listing.id == Case.listing_id)
    # Every listing is read, so each column counts: addresses (urls.Address.href), and numbers, which are parts of them, hold
    # ASCII without blanks.
    in_address = q.isascii() and not any(letter.isspace() for letter in q)
    columns = (Listing.title, Listing.url, Listing.number) if in_address else (Listing.title,)
    listed = or_(*(holds(column, q) for column in columns))
    named = holds(Case.reference, q)
    # "listing 265370482805", as a case's page prints it
    if not in_address and (numbered := named_case.of_numbers(session, q)):
        ids += numbered
        named = named | Case.id.in_(numbered)
    ids += session.scalars(ads.where(Listing.id.in_(select(Listing.id).where(listed).limit(FEW + 1))))
    if _PART_OF_REFERENCE.fullmatch(q):
        ids += session.scalars(select(Case.id).where(named).limit(FEW + 1))
    if len(ids) > FEW:
        return listed | named, False
    return Case.id.in_(ids), True


def _at_address(session: Session, q: str) -> str | None:
    """The case of the listing at this address. It has many: of them only the first that was reported can be searched."""
    return named_case.of_address(session, q if "://" in q else f"https://{q}") if "/" in q else None


def _referred(session: Session, q: str) -> str | None:
    """The case of the reference of a case, report or notice, by which people who write to the desk name it."""
    if not (headings := _REFERENCE.fullmatch(q.upper())):
        return None
    ids = {
        "C": select(Case.id).where(Case.reference == headings[0]),
        "R": select(Report.case_id).where(Report.reference == headings[0]),
        "N": select(Notice.case_id).where(Notice.reference == headings[0]),
    }
    return session.scalar(ids[headings[1]])
