"""What SPOCs were asked, and answered, as it is kept; who is due, and what of it the desk sees."""

from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Select, and_, delete, exists, or_, select, update
from sqlalchemy.orm import Session, aliased

from server.core import audit
from server.core.database import new_id
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.companies import entries, routing
from server.ledger.companies.models import Company, Spoc
from server.ledger.companies.reconfirm_models import Reconfirmation
from server.ledger.companies.reconfirm_rules import (
    AGAIN,
    KEPT,
    MOST,
    StillRight,
    confirmed_before,
    first_is_due,
    link_answers,
    quarter,
    second_is_due,
)

SHOWN = 50  # companies on a page that counts what waits


class ContactDoubt(NamedTuple):
    """Why a SPOC may not be right any more. note: of whom to ask instead; None: it has not answered."""

    answered: bool
    note: str | None
    at: datetime


# --- Asking ----------------------------------------------------------------------------------------------------------


def may_be_due(session: Session) -> list[str]:
    """The SPOCs that can be asked at all: confirmed once, with a mail address, and what was sent did not come back."""
    theirs = select(Spoc.id).where(
        Spoc.retired_at.is_(None), Spoc.bounced_at.is_(None), Spoc.email.is_not(None), Spoc.verified_on.is_not(None)
    )
    return list(session.scalars(theirs.order_by(Spoc.id)))


def ask(session: Session, spoc_id: str, today: date, at: datetime, *, demo: bool) -> Reconfirmation | None:
    """Note that this SPOC is asked now, where it is due; else None. today: where they are.

    Its row is locked first: of two workers the second sees what the first has noted.
    """
    spoc = session.get(Spoc, spoc_id, with_for_update=True, populate_existing=True)
    if spoc is None or not can_be_asked(spoc, demo=demo):
        return None
    said_other = Reconfirmation.email == spoc.email, *_unsettled()
    if session.scalars(_of(spoc_id).where(*said_other).limit(1)).first():
        return None  # the desk has not seen to what it said: another question would hide it
    last = session.scalars(_of(spoc_id).limit(1)).first()
    waits = last is not None and last.answer is None and last.email == spoc.email
    if last and waits and second_is_due(at, last.asks, last.asked_at, spoc.verified_on):
        last.asks, last.asked_at = last.asks + 1, at
        return last
    if last and last.quarter == quarter(today):
        return None
    if not first_is_due(today, spoc.verified_on, last.asked_at if last else None):
        return None
    asked = Reconfirmation(
        id=new_id(), spoc_id=spoc_id, quarter=quarter(today), email=spoc.email or "", asks=1, first_asked_at=at, asked_at=at
    )  # fmt: skip
    session.add(asked)
    audit.record(session, None, "spoc_asked", "company", spoc.company_id, spoc=spoc_id)
    return asked


def can_be_asked(spoc: Spoc, *, demo: bool) -> bool:
    """Whether mail reaches it, by whatever channel its notices go."""
    nobody = not spoc.email or (routing.is_placeholder(spoc.email) and not demo)
    return not (nobody or spoc.retired_at or spoc.bounced_at)


def _of(spoc_id: str) -> Select[Reconfirmation]:
    return select(Reconfirmation).where(Reconfirmation.spoc_id == spoc_id).order_by(Reconfirmation.id.desc())


# --- Answering -------------------------------------------------------------------------------------------------------


def get(session: Session, id_: str, *, lock: bool = False) -> Reconfirmation:
    """What a link is about. Raises Refused("not-found") where it was deleted since."""
    row = session.get(Reconfirmation, id_, with_for_update=lock, populate_existing=lock)
    if row is None:
        raise Refused("not-found", sentence("This question was asked too long ago."))
    return row


def is_open(row: Reconfirmation, spoc: Spoc, at: datetime) -> bool:
    """Whether its link still answers: the SPOC has this address, and it was not asked too long ago."""
    addressed = not spoc.retired_at and (spoc.email or "").lower() == row.email.lower()
    return addressed and link_answers(row.first_asked_at, at)


def answer(session: Session, id_: str, said: StillRight, note: str | None, at: datetime) -> None:
    """Whoever reads the address has answered; an answer may be revised. Raises Refused: not-found, and conflict too late."""
    spoc_id = get(session, id_).spoc_id
    spoc = session.get_one(Spoc, spoc_id, with_for_update=True, populate_existing=True)
    row = get(session, id_, lock=True)
    if not is_open(row, spoc, at):
        raise Refused("conflict", sentence("This link is no longer in use."))
    if (row.answer, row.note) == (said, note) and row.settled_at is None:
        return
    row.answer, row.answered_at, row.note, row.settled_at = said, at, note, None
    if said is StillRight.RIGHT:
        entries.confirm(session, spoc_id, None, at)
    else:
        audit.record(session, None, "spoc_disowned", "company", spoc.company_id, spoc=spoc_id)


def settle(session: Session, spoc_id: str, at: datetime) -> None:
    """The desk has seen to what a SPOC answered."""
    theirs = Reconfirmation.spoc_id == spoc_id, *_unsettled()
    session.execute(update(Reconfirmation).where(*theirs).values(settled_at=at))


def _unsettled() -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Reconfirmation.answer == StillRight.OTHER, Reconfirmation.settled_at.is_(None)


# --- What the desk sees ----------------------------------------------------------------------------------------------


def doubts(session: Session, at: datetime, company_id: str | None = None) -> dict[str, ContactDoubt]:
    """By SPOC: those that said somebody else is, and those that did not answer either time."""
    later = aliased(Reconfirmation)
    newest = ~exists().where(later.spoc_id == Reconfirmation.spoc_id, later.id > Reconfirmation.id)
    silent = and_(
        newest, Reconfirmation.answer.is_(None), Reconfirmation.asks == MOST, Reconfirmation.asked_at <= at - AGAIN
    )
    other = and_(*_unsettled())
    chosen = select(Reconfirmation, Spoc.verified_on).join(Spoc, Spoc.id == Reconfirmation.spoc_id)
    chosen = chosen.where(Spoc.retired_at.is_(None), Spoc.email == Reconfirmation.email, or_(silent, other))
    chosen = chosen.order_by(Reconfirmation.answer.is_not(None), Reconfirmation.id)  # what one says outweighs silence
    if company_id:
        chosen = chosen.where(Spoc.company_id == company_id)
    return {
        row.spoc_id: ContactDoubt(row.answer is not None, row.note, row.answered_at or row.asked_at)
        for row, verified_on in session.execute(chosen)
        if row.answer or confirmed_before(verified_on, row.first_asked_at)
    }


def doubted_companies(session: Session, at: datetime) -> dict[bool, list[tuple[str, str]]]:
    """The companies, slug and name, with a SPOC that said somebody else is (True), or did not answer (False)."""
    found = doubts(session, at)
    rows = session.execute(
        select(Spoc.id, Company.slug, Company.name).join(Company, Company.id == Spoc.company_id)
        .where(Spoc.id.in_(found)).order_by(Company.name, Company.slug)
    ).all()  # fmt: skip
    return {
        answered: list(dict.fromkeys((slug, name) for id_, slug, name in rows if found[id_].answered is answered))[
            :SHOWN
        ]
        for answered in (True, False)
    }


def forget(session: Session, at: datetime) -> None:
    """Delete what was asked long ago."""
    session.execute(delete(Reconfirmation).where(Reconfirmation.first_asked_at < at - KEPT))
