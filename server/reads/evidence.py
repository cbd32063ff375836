"""The files that the ledger says are kept, and all that is known of one case as proof. Decides nothing; names no person."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any, NamedTuple

from sqlalchemy import Select, func, literal, select, union_all
from sqlalchemy.orm import Session

from server.core import urls
from server.core.audit import HASHED, ROWS, AuditRow, AuditSeal
from server.core.database import first_id
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.companies.models import Company, Platform
from server.ledger.listings.models import Listing
from server.ledger.matches.models import Photo
from server.ledger.monitoring.models import Check
from server.ledger.notices.models import GivenAnswer, Notice
from server.ledger.reports.models import Evidence, Report
from server.people.accounts.models import Account

CLOCKS_DIFFER = timedelta(minutes=1)  # of two clocks that are right; beyond it nothing was captured after it had come


# --- What is kept ----------------------------------------------------------------------------------------------------


PAGE = 500  # files looked up at once


class KeptFile(NamedTuple):
    """A file of the vault, and everything in the ledger that it is: `screenshot of R-…`."""

    digest: str
    names: list[str]


def count_kept(session: Session, case_id: str | None = None) -> int:
    """How many different files the ledger, or one case, names."""
    named = _named(case_id).subquery()
    return session.scalar(select(func.count(named.c.digest.distinct()))) or 0


def newest_before(session: Session, at: datetime, limit: int) -> list[str]:
    """The digests of the newest files that came before `at`."""
    came = select(Evidence.sha256).where(Evidence.id < first_id(at)).order_by(Evidence.id.desc())
    return list(session.scalars(came.limit(limit)))


def kept(session: Session, case_id: str | None = None) -> Iterator[KeptFile]:
    """Each of them once, in the order of their digests. No transaction stays open while whoever asks reads a file."""
    named, after, files = _named(case_id).subquery(), "", PAGE
    while files == PAGE:
        page = select(named.c.digest).where(named.c.digest > after).distinct().order_by(named.c.digest).limit(PAGE)
        chosen = select(named).where(named.c.digest.in_(page)).order_by(named.c.digest, named.c.reference, named.c.what)
        rows = session.execute(chosen).all()
        session.rollback()
        files = 0
        for digest, same in groupby(rows, key=lambda row: row.digest):
            files, after = files + 1, digest
            yield KeptFile(digest, [f"{row.what} of {row.reference}" for row in same])


def _named(case_id: str | None) -> Any:
    of_reports = select(Evidence).join(Report, Report.id == Evidence.report_id)
    of_cases = select(Photo).join(Case, Case.id == Photo.case_id)
    parts = [
        _part(of_reports, Evidence.sha256, Report.reference, Evidence.name),
        _part(of_reports, Evidence.copy_sha256, Report.reference, "copy of " + Evidence.name),
        _part(of_reports, Evidence.blurred_sha256, Report.reference, "blurred " + Evidence.name),
        _part(of_cases, Photo.copy_sha256, Case.reference, literal("photo")),
        _part(of_cases, Photo.blurred_sha256, Case.reference, literal("blurred photo")),
    ]
    if case_id:
        whose = [Report.case_id] * 3 + [Photo.case_id] * 2
        parts = [part.where(column == case_id) for part, column in zip(parts, whose, strict=True)]
    return union_all(*parts)


def _part(rows: Select[Any], digest: Any, reference: Any, what: Any) -> Select[Any]:
    named = rows.with_only_columns(digest.label("digest"), reference.label("reference"), what.label("what"))
    return named.where(digest.is_not(None))


# --- One case as proof -----------------------------------------------------------------------------------------------

EXTENSIONS = {"image/png": "png", "image/jpeg": "jpg", "image/webp": "webp", "application/gzip": "html.gz"}


def facts(session: Session, case_id: str) -> dict[str, Any]:
    """A case with its reports and their files, notices, answers, checks and audit rows, as plain values.

    Nobody is named: who acted is `spotter 1`, `coordinator 1`, `system`, the same throughout one manifest and another in the
    next. Addresses are without what only says who looked.
    """
    case = cases.get(session, case_id)
    reports = list(session.scalars(select(Report).where(Report.case_id == case_id).order_by(Report.id)))
    files = list(
        session.scalars(
            select(Evidence)
            .join(Report, Report.id == Evidence.report_id)
            .where(Report.case_id == case_id)
            .order_by(Evidence.id)
        )
    )
    notices = list(session.scalars(select(Notice).where(Notice.case_id == case_id).order_by(Notice.id)))
    checks = list(session.scalars(select(Check).where(Check.listing_id == case.listing_id).order_by(Check.id)))
    objects = {case.id: case.reference}
    objects |= {report.id: report.reference for report in reports}
    objects |= {notice.id: notice.reference for notice in notices}
    of_report = {report.id: report.reference for report in reports}
    objects |= {file.id: f"{file.name} of {of_report[file.report_id]}" for file in files}
    objects |= {check.id: f"check {number}" for number, check in enumerate(checks, 1)}
    rows = _audit_rows(session, list(objects))
    return {
        "case": _case(session, case),
        "reports": [_report(report, [file for file in files if file.report_id == report.id]) for report in reports],
        "notices": [_notice(session, notice) for notice in notices],
        "checks": [
            {"name": objects[check.id], "asked_at": _time(check.asked_at), "state": check.state, "settled_at": _time(check.settled_at)}
            for check in checks
        ],
        "audit_rows": _told(session, rows, objects),
    }  # fmt: skip


def _case(session: Session, case: Case) -> dict[str, Any]:
    listing = session.get_one(Listing, case.listing_id)
    platform = session.get(Platform, listing.platform_id) if listing.platform_id else None
    return {
        "reference": case.reference,
        "state": case.state,
        "opened_at": _time(case.created_at),
        "listing": {
            "url": _plain(listing.url),
            "title": listing.title,
            "platform": platform.name if platform else None,
            "number": listing.number,
            "first_seen_at": _time(listing.first_seen_at),
        },
    }


def _report(report: Report, files: list[Evidence]) -> dict[str, Any]:
    return {
        "reference": report.reference,
        "url": _plain(report.url),
        "category": report.category,
        "received_at": _time(report.received_at),
        "captured_at": _time(report.captured_at),  # by the device's clock
        "device_clock_ahead": report.captured_at > report.received_at + CLOCKS_DIFFER,
        "files": [
            {
                "path": f"evidence/{report.reference}/{file.name}.{EXTENSIONS.get(file.media_type, 'bin')}",
                "name": file.name,
                "media_type": file.media_type,
                "size": file.size,
                "sha256": file.sha256,
            }
            for file in files
        ],
    }


def _notice(session: Session, notice: Notice) -> dict[str, Any]:
    given = session.scalars(select(GivenAnswer).where(GivenAnswer.notice_id == notice.id).order_by(GivenAnswer.id))
    return {
        "reference": notice.reference,
        "company": session.get_one(Company, notice.company_id).name,
        "sent_at": _time(notice.created_at),
        "withdrawn_at": _time(notice.withdrawn_at),
        "replaced_at": _time(notice.replaced_at),
        "answers": [{"at": _time(answer.at), "answer": answer.answer, "via": answer.via} for answer in given],
    }


def _audit_rows(session: Session, object_ids: list[str]) -> list[Any]:
    """The rows about these, with their seals."""
    rows = select(*HASHED, AuditSeal.position, AuditSeal.hash).select_from(AuditRow)
    rows = rows.outerjoin(AuditSeal, AuditSeal.seq == ROWS.seq)
    found: list[Any] = []
    for start in range(0, len(object_ids), 500):
        found += session.execute(rows.where(AuditRow.object_id.in_(object_ids[start : start + 500]))).all()
    return sorted(found, key=lambda row: row.seq)


_ID = re.compile(r"[0-9a-f]{32}")


def _told(session: Session, rows: list[Any], objects: dict[str, str]) -> list[dict[str, Any]]:
    """The rows with everybody's part in them instead of who they are, and references instead of identifiers."""
    people = {row.actor_id for row in rows if row.actor_id}
    people |= {
        value for row in rows for value in row.detail.values() if isinstance(value, str) and _ID.fullmatch(value)
    }
    roles: dict[str, str] = dict(session.execute(select(Account.id, Account.role).where(Account.id.in_(people))).all())
    labels: dict[str, str] = {}

    def said(value: Any) -> Any:
        if not isinstance(value, str) or not _ID.fullmatch(value):
            return value
        if value in roles:
            number = sum(label.startswith(roles[value]) for label in labels.values()) + 1
            return labels.setdefault(value, f"{roles[value]} {number}")
        return objects.get(value, "another object")

    return [
        {
            "seq": row.seq,
            "at": _time(row.at),
            "actor": said(row.actor_id) if row.actor_id else "system",
            "action": row.action,
            "about": objects[row.object_id],
            "detail": {name: said(value) for name, value in row.detail.items()},
            "seal": {"position": row.position, "hash": row.hash} if row.position else None,
        }
        for row in rows
    ]


def _plain(url: str) -> str:
    return urls.plain(urls.read(url))


def _time(at: Any) -> str | None:
    return at.isoformat() if at else None
