"""Reports that a lead may look at: what their team sent on probation and nobody has decided on (docs/decisions/0048).

A lead sees one spotter's report: the ad's own words without the ways to its seller, the photos of the goods, and what the
spotter said. Not the address, no screenshot (it may show who was signed in), and nothing of other reports or of the case.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from flask import url_for
from sqlalchemy import Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from server.core import cursors, wording
from server.core.sentences import sentence
from server.core.words import CaseState, HoldReason, Level, Refused, Status
from server.ledger.cases import decisions
from server.ledger.cases.models import Case, CaseTaxon
from server.ledger.matches.models import Photo
from server.ledger.reports.models import Report
from server.ledger.species.models import Taxon
from server.people.accounts.models import Account
from server.people.accreditation import store as accreditation
from server.people.leads import store
from server.people.leads.models import Confirmation
from server.people.rounds import choice_store
from server.people.skill.masked import masked
from server.reads import leads

PAGE = 20
UNDECIDED = (Status.RECEIVED, Status.IN_REVIEW, Status.NEEDS_INFO)
COUNTS = and_(Report.status.in_(UNDECIDED), Report.set_aside_at.is_(None))


def undecided_of(session: Session, case_id: str) -> list[str]:
    """The reports of a case that count and are not decided."""
    return list(session.scalars(select(Report.id).where(Report.case_id == case_id, COUNTS)))


def is_of_team(session: Session, report_id: str, lead_id: str) -> bool:
    """Whether somebody of this person's team sent this report on probation."""
    sent = (Report.id == report_id, Report.level == Level.PROBATION, Report.account_id.in_(leads.team(lead_id)))
    return session.scalar(select(Report.id).where(*sent)) is not None


def is_undecided(session: Session, report_id: str, lead_id: str) -> bool:
    """Whether a lead may still say something of this report of their team, or take it back."""
    return session.scalar(_open_to(session, lead_id).where(Report.id == report_id)) is not None


def _open_to(session: Session, lead_id: str) -> Select[str]:
    """The ids of what this lead may look at: not decided, not held for the police, in their scope, of no topic they leave out.

    Nor what they report themselves: their own voice is counted already.
    """
    own = aliased(Report)
    chosen = select(Report.id).join(Case, Case.id == Report.case_id).where(
        Report.account_id.in_(leads.team(lead_id)), Report.level == Level.PROBATION, COUNTS,
        Case.state.in_((CaseState.OPEN, CaseState.ASKED, CaseState.HELD)),
        or_(Case.state != CaseState.HELD, Case.held_why != HoldReason.POLICE_FIRST),
        Case.id.not_in(decisions.UNDER_WAY),
        ~exists().where(own.case_id == Case.id, own.account_id == lead_id, own.status != Status.RETRACTED),
    )  # fmt: skip
    avoids, last = choice_store.choice(session, lead_id).avoids, accreditation.current(session, lead_id)
    known = exists().where(CaseTaxon.case_id == Case.id)

    def of(groups: Sequence[str]) -> Any:
        taxa = (CaseTaxon.case_id == Case.id, Taxon.id == CaseTaxon.taxon_id, Taxon.taxon_group.in_(groups))
        return exists().where(*taxa)

    if avoids:  # nor one whose group is not known, for it may be of one
        chosen = chosen.where(known, ~of(avoids))
    if last and last.scope.groups:
        chosen = chosen.where(or_(~known, of(last.scope.groups)))
    if last and last.scope.languages:
        written = func.lower(Report.listing["language"].as_string())
        spoken = [or_(written == code, written.like(f"{code}-%")) for code in last.scope.languages]
        chosen = chosen.where(or_(written.is_(None), *spoken))
    return chosen


def page(session: Session, lead_id: str, cursor: str | None) -> dict[str, Any]:
    """What waits for this lead to look at, the oldest first, and what they said recently and can still take back."""
    may, said = _open_to(session, lead_id), exists().where(Confirmation.report_id == Report.id)
    waiting = (
        select(Report, Account.name).join(Account, Account.id == Report.account_id).where(Report.id.in_(may), ~said)
    )
    waiting = waiting.order_by(Report.received_at, Report.id).limit(PAGE + 1)
    if cursor:
        waiting = waiting.where(cursors.after(cursor, Report.received_at, Report.id))
    rows = session.execute(waiting).all()
    last = rows[PAGE - 1][0] if len(rows) > PAGE else None
    looked = select(Report, Account.name, Confirmation).join(Account, Account.id == Report.account_id)
    looked = looked.join(Confirmation, Confirmation.report_id == Report.id)
    looked = looked.where(Confirmation.account_id == lead_id, Report.id.in_(may))
    lately = session.execute(looked.order_by(Confirmation.at.desc(), Report.id.desc()).limit(PAGE)).all()
    return {
        "reports": [_row(report, name) for report, name in rows[:PAGE]],
        "next": cursors.write(last.received_at, last.id) if last else None,
        "looked": [_row(report, name) | {"confirmation": kept} for report, name, kept in lately],
    }


def count(session: Session, lead_id: str) -> int:
    """How many wait for this lead to look at."""
    waiting = _open_to(session, lead_id).where(~exists().where(Confirmation.report_id == Report.id))
    return session.scalar(select(func.count()).select_from(waiting.subquery())) or 0


def get(session: Session, report_id: str, lead_id: str, look: str | None) -> dict[str, Any]:
    """One report as its lead sees it. Raises Refused("not-found") for any other, and for what another lead has looked at."""
    kept = store.confirmation(session, report_id)
    may = leads.is_lead(session, lead_id) and is_undecided(session, report_id, lead_id)
    if not may or (kept and kept.account_id != lead_id):
        raise Refused("not-found", sentence("There is no such report, or it is no longer waiting for you."))
    report = session.get_one(Report, report_id)
    ad, names = report.listing or {}, _names_in(report)
    price = ad.get("price") or {}
    facts = [
        (sentence("Offered"), wording.CATEGORY[report.category]),  # type: ignore[index]
        (sentence("Species"), masked(report.species or "", names) or _taxon(session, report)),
        (sentence("Permits or documents"), wording.LEGALITY[report.legality_evidence] if report.legality_evidence else None),  # type: ignore[index]
        (sentence("Confidence"), wording.CONFIDENCE[report.confidence] if report.confidence else None),  # type: ignore[index]
        (sentence("Reason"), masked(report.reason, names)),
    ]  # fmt: skip
    return {
        "report": _row(report, session.get_one(Account, report.account_id).name),
        "text": masked(ad.get("description") or "", names),
        "price": masked(
            price.get("text") or " ".join(filter(None, (price.get("amount"), price.get("currency")))), names
        ),
        "facts": facts,
        "confirmation": kept,
        "photos": [_photo(report_id, photo, look) for photo in _photos(session, report_id)],
    }


def photo(session: Session, report_id: str, photo_id: str, lead_id: str) -> Photo:
    """A photo of the goods in a report that this lead may look at. Raises Refused("not-found")."""
    if leads.is_lead(session, lead_id) and is_undecided(session, report_id, lead_id):
        for kept in _photos(session, report_id):
            if kept.id == photo_id:
                return kept
    raise Refused("not-found", sentence("There is no such picture."))


def on_case(session: Session, case_id: str) -> list[Confirmation]:
    """What leads said of the reports of a case, the oldest first."""
    said = select(Confirmation).join(Report, Report.id == Confirmation.report_id).where(Report.case_id == case_id)
    return list(
        session.scalars(
            said.where(Report.status != Status.RETRACTED, Report.set_aside_at.is_(None)).order_by(Confirmation.at)
        )
    )


def looked_at(session: Session, report_id: str) -> datetime | None:
    """When a lead looked at a report, for its spotter; what they said is for the desk."""
    kept = store.confirmation(session, report_id)
    return kept.at if kept else None


def _row(report: Report, name: str) -> dict[str, Any]:
    names = _names_in(report)
    return {
        "id": report.id, "reference": report.reference, "title": masked(report.title or "", names), "spotter": name,
        "category": report.category, "received_at": report.received_at,
    }  # fmt: skip


def _names_in(report: Report) -> list[str | None]:
    """The seller's, which the ad's own words are shown without."""
    return [((report.listing or {}).get("seller") or {}).get("name")]


def _taxon(session: Session, report: Report) -> str | None:
    taxon = session.get(Taxon, report.taxon_id) if report.taxon_id else None
    return taxon.scientific_name if taxon else None


def _photos(session: Session, report_id: str) -> list[Photo]:
    return list(session.scalars(select(Photo).where(Photo.report_id == report_id).order_by(Photo.id)))


def _photo(report_id: str, kept: Photo, look: str | None) -> dict[str, Any]:
    base = url_for("leads.photo", report_id=report_id, photo_id=kept.id)
    return {
        "id": kept.id, "kind": "photo", "caption": sentence("A photo of the goods."), "blurred_url": base,
        "clear_url": f"{base}?look=1", "ready": True, "looked": kept.id == look,
    }  # fmt: skip
