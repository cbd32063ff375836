"""Complaints with what they are about: for their pages, and for who may answer. Decides nothing."""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from server.core import clock
from server.ledger.cases import decisions
from server.ledger.cases.models import Case, CaseDecision
from server.ledger.complaints import store
from server.ledger.complaints.models import Complaint
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.ledger.reports import store as reports
from server.ledger.reports.models import Report
from server.people.accounts import second_person
from server.people.accounts.models import Account
from server.reads import case_names, named_case


def had_part(session: Session, case_id: str) -> set[str]:
    """Everybody who decided anything on a case or reported it: none of them answers a complaint about it."""
    return decisions.deciders(session, case_id) | reports.reporters(session, case_id)


def wrote_down(complaint: Complaint) -> set[str]:
    """Who recorded a complaint that has no case yet: what it names was of their choice, so another chooses its case. *Pure.*"""
    return {complaint.written_by_id} if complaint.written_by_id and not complaint.case_id else set()


def left_to_others(account_ids: Collection[str]) -> ColumnElement[bool]:
    """Which complaints none of these people may answer: they had a part in the case, or wrote down one that has no case."""
    decided = exists().where(CaseDecision.case_id == Complaint.case_id, CaseDecision.account_id.in_(account_ids))
    reported = exists().where(Report.case_id == Complaint.case_id, Report.account_id.in_(account_ids))
    unnamed = and_(Complaint.case_id.is_(None), func.coalesce(Complaint.written_by_id, "").in_(account_ids))
    return or_(decided, reported, unnamed)


def others(session: Session, concerned: set[str], me_id: str) -> list[str]:
    """The names of those who can answer beside the reader: a second person to each of these."""
    return [each.name for each in second_person.others(session, "complaints.answer", concerned, me_id)]


def is_one_of(session: Session, account_id: str, concerned: set[str]) -> bool:
    """Whether this person is one of these, or may be: one of the two accounts has just been opened by the other."""
    return second_person.may_be_one_of(session, account_id, concerned, clock.now())


def listed(
    session: Session, state: str, q: str, cursor: str | None
) -> tuple[list[dict[str, Any]], dict[str, int], str | None]:
    """A page of complaints, how many there are by state, and the next cursor. q: also the number of a case or notice."""
    case_ids = _cases_named(session, q)
    rows, after = store.listed(session, state, q, case_ids, cursor)
    return _shown(session, rows), store.counts(session, q, case_ids), after


def _cases_named(session: Session, q: str) -> Sequence[str]:
    number = q.strip().upper()
    if not number.startswith(("C-", "N-")):
        return ()
    of_notice = select(Notice.case_id).where(Notice.reference == number)
    return list(session.scalars(select(Case.id).where((Case.reference == number) | Case.id.in_(of_notice))))


def of_case(session: Session, case_id: str) -> list[dict[str, Any]]:
    """The complaints about a case, newest first."""
    return _shown(session, store.of_case(session, case_id))


def _shown(session: Session, rows: Sequence[Complaint]) -> list[dict[str, Any]]:
    if not rows:
        return []
    people = {person for row in rows for person in (row.worker_id, row.settled_by_id, row.written_by_id)}
    names = _pairs(session, select(Account.id, Account.name).where(Account.id.in_(people - {None})))
    ids = [row.case_id for row in rows if row.case_id]
    numbers = _pairs(session, select(Case.id, Case.reference).where(Case.id.in_(ids)))
    return [
        {
            "row": row, "case": numbers.get(row.case_id or ""), "worker": names.get(row.worker_id or ""),
            "settled_by": names.get(row.settled_by_id or ""), "written_by": names.get(row.written_by_id or ""),
        }
        for row in rows
    ]  # fmt: skip


def _pairs(session: Session, chosen: Any) -> dict[str, str]:
    return {identifier: value for identifier, value in session.execute(chosen)}  # noqa: C416


def page(session: Session, complaint_id: str, me_id: str) -> dict[str, Any]:
    """One complaint with its case, the notice that stands, and what keeps the reader from settling it."""
    row = store.get(session, complaint_id)
    case = session.get_one(Case, row.case_id) if row.case_id else None
    part = had_part(session, case.id) if case else set()
    concerned = part | wrote_down(row)
    named = named_case.find(session, row.about) if row.about else None
    found = named if not case else None
    corrected = session.get(Notice, row.notice_id) if row.notice_id else None
    (shown,) = _shown(session, [row])
    return {
        "complaint": row,
        **{name: shown[name] for name in ("worker", "settled_by", "written_by")},
        "case": case,
        "case_name": case_names.headings(session, [case.id])[0]["title"] if case else None,
        "found": session.get_one(Case, found) if found else None,
        "notice": notices.active(session, case.id) if case else None,
        "corrected": corrected,
        "had_part": me_id in part,
        "part_in_named": named is not None and is_one_of(session, me_id, had_part(session, named)),
        "wrote_down": me_id in wrote_down(row),
        "opened": me_id not in concerned and is_one_of(session, me_id, concerned),
        "others": others(session, concerned, me_id),
    }
