"""Two linked cases side by side: what they share, who says so, and where they differ."""

from typing import Any

from flask import url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock, wording
from server.core.sentences import sentence
from server.core.words import LinkKind, Refused
from server.ledger.cases import naming
from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.matches import differences, photo_store, seller_store
from server.ledger.matches.models import Link, Photo
from server.ledger.reports import store as reports
from server.people.accounts.models import Account
from server.reads import case, case_pictures, links

MOST_PICTURES = 2  # of each case
NO_LINK = sentence("These two cases were never linked.")


def named(session: Session, case_id: str) -> dict[str, Any]:
    """A case's id, reference and title. Raises Refused("not-found")."""
    row = session.execute(select(Case, Listing).join(Listing).where(Case.id == case_id)).first()
    if row is None:
        raise Refused("not-found", sentence("There is no such case."))
    return {
        "id": row[0].id,
        "reference": row[0].reference,
        "title": naming.name(row[1].title, row[1].url, row[0].text, row[0].matches),
    }


def page(session: Session, case_id: str, other_id: str, look: str | None = None) -> dict[str, Any]:
    """What cases/compare.html shows. Raises Refused("not-found") for no case, or two that were never linked."""
    found = links.between(session, case_id, other_id)
    sides = [_side(session, each, look) for each in (case_id, other_id)]
    if not found:
        raise Refused("not-found", NO_LINK)
    if nearest := photo_store.pair(session, case_id, other_id):
        for side, photo in zip(sides, nearest, strict=True):
            side["pictures"] = [_photo(photo, look)]
    texts = differences.pieces(sides[0]["text"], sides[1]["text"])
    kinds = seller_store.shared(session, case_id, [other_id]).get(other_id, [])
    people = _names(session, [name for link in found for name in (link.linked_by, link.undone_by) if name])
    return {
        "case": sides[0],
        "sides": [side | {"pieces": pieces} for side, pieces in zip(sides, texts, strict=True)],
        "same_text": sides[0]["text"] == sides[1]["text"],
        "links": [links.describe(link, kinds) | _story(link, people) for link in found],
    }


def _side(session: Session, case_id: str, look: str | None) -> dict[str, Any]:
    about = named(session, case_id)
    kept, listing = session.execute(select(Case, Listing).join(Listing).where(Case.id == case_id)).one()
    known = links.facts(session, [case_id]).get(case_id)
    newest = reports.of_case(session, case_id, case.MOST_REPORTS)
    files = reports.evidence(session, [report.id for report in newest])
    pictures = [file for report in reversed(newest) for file in files[report.id] if file.width is not None]
    return about | {
        "url": listing.url,
        "host": kept.host,
        "state": kept.state,
        "answer": known.answer if known else None,
        "removed_at": links.removed_at(known),
        "first_seen": listing.first_seen_at,
        "text": kept.text,
        "pictures": [case_pictures.picture(case_id, file, look) for file in pictures[:MOST_PICTURES]],
    }


def _photo(photo: Photo, look: str | None) -> dict[str, Any]:
    """A photo of the goods as the veil shows it."""
    blurred_url = url_for("links.photo", case_id=photo.case_id, photo_id=photo.id)
    return {
        "id": photo.id,
        "kind": "photo",
        "caption": sentence("The most similar photo."),
        "blurred_url": blurred_url,
        "clear_url": f"{blurred_url}?look=1",
        "ready": True,
        "looked": photo.id == look,
        "clean": False,
    }


def _names(session: Session, ids: list[str]) -> dict[str, str]:
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(ids)))
    return {row.id: row.name for row in rows}


def _story(link: Link, people: dict[str, str]) -> dict[str, Any]:
    """Who linked what and why, and who undid it."""
    day = wording.moment(link.at, clock.now())
    made = (
        sentence("Linked by %(name)s, %(when)s", name=people.get(link.linked_by, ""), when=day)
        if link.linked_by
        else sentence("Found automatically, %(when)s", when=day)
    )
    undone = (
        sentence(
            "Undone by %(name)s, %(when)s",
            name=people.get(link.undone_by or "", ""),
            when=wording.moment(link.undone_at, clock.now()),
        )
        if link.undone_at
        else None
    )
    exact = (
        sentence("%(bits)s of 256 bits differ", bits=round(link.distance))
        if link.kind == LinkKind.PHOTO and not link.linked_by
        else None
    )
    return {"made": made, "why": link.why, "undone": undone, "undone_why": link.undone_why, "exact": exact}
