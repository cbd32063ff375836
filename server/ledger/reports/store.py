"""Reads and writes of reports. Only `move` changes a status."""

import json
import re
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, exists, false, func, literal, or_, select, update
from sqlalchemy.orm import Session

from server.core import audit, clock, outcome, work
from server.core.conditions import among, holds
from server.core.database import connection, fetched, insert, new_id, reference
from server.core.sentences import sentence
from server.core.words import TRUSTED, Refused, Status, Unreadable
from server.ledger.reports import feedback_words, statements, submission
from server.ledger.reports.feedback_words import Entry
from server.ledger.reports.models import Evidence, Feedback, Report
from server.ledger.reports.submission import File

PAGE = 50
UNFINISHED = (Status.RECEIVED, Status.IN_REVIEW, Status.NEEDS_INFO, Status.NOTIFIED, Status.NO_ANSWER)
# Written out in the statement, for the indexes of reports that stand and of removed ones to be found.
_RETRACTED, _REMOVED = (literal(each.value, literal_execute=True) for each in (Status.RETRACTED, Status.REMOVED))
STANDS = Report.status != _RETRACTED  # its spotter has not withdrawn it
COUNTS = Report.set_aside_at.is_(None) & STANDS  # nor was it set aside as a ring's
# Reports whose listing the company has removed, as it says; what was gone before anybody acted is none of them.
REMOVED = (Report.status == _REMOVED) & func.coalesce(Report.outcome.in_(outcome.REMOVES), false())


def new_receipt(at: datetime) -> dict[str, Any]:
    """The names of a report to come, and the answer its sender will get."""
    identifier = new_id()
    return {
        "id": identifier,
        "reference": reference("R", identifier),
        "status": Status.RECEIVED.value,
        "received_at": at.isoformat(),
    }


def add(
    session: Session,
    receipt: dict[str, Any],
    account_id: str,
    case: tuple[str, int],
    level: str,
    at: datetime,
    data: dict[str, Any],
) -> None:
    """Write the report down, in the words it came in. `case`: its id, and its version with this report."""
    suspicion, listing = data["suspicion"], data.get("listing") or {}
    row = {
        "id": receipt["id"],
        "reference": receipt["reference"],
        "account_id": account_id,
        "case_id": case[0],
        "case_version": case[1],
        "url": data["url"],
        "captured_at": data["captured_at"],
        "access": data.get("access"),
        "category": suspicion["category"],
        "species": suspicion.get("species") or None,
        "taxon_id": suspicion.get("taxon_id"),
        "legality_evidence": suspicion.get("legality_evidence"),
        "confidence": suspicion.get("confidence"),
        "reason": suspicion["reason"],
        "title": listing.get("title"),
        "listing": listing,
        "client": data.get("client") or {},
        "level": level,
        "status": Status.RECEIVED,
        "received_at": at,
        "updated_at": at,
    }
    insert(session, Report, row)


def add_evidence(session: Session, report_id: str, files: list[File]) -> None:
    """Write down the files, already in the vault, and ask for the copies people will see."""
    rows = [
        {
            "id": new_id(),
            "report_id": report_id,
            "name": file.name,
            "sha256": file.sha256,
            "media_type": file.media_type,
            "size": len(file.data),
            "width": file.width,
            "height": file.height,
        }
        for file in files
    ]
    if rows:
        insert(session, Evidence, *rows)
    for row in rows:
        if row["width"]:
            work.enqueue(session, "copy_picture", str(row["id"]))


def has_evidence(session: Session) -> bool:
    """Whether any report has a file."""
    return session.scalar(select(Evidence.id).limit(1)) is not None


def any_removed(session: Session, case_ids: Sequence[str]) -> bool:
    """Whether the company removed the ad of one of these cases."""
    removed = select(Report.id).where(Report.case_id.in_(case_ids), REMOVED).limit(1)
    return session.scalar(removed) is not None


def own(session: Session, account_id: str, report_id: str) -> Report:
    """One of one's own reports. Raises Refused("not-found") for anybody else's."""
    mine = select(Report).where(Report.id == report_id, Report.account_id == account_id)
    report = session.scalars(mine.execution_options(populate_existing=True)).first()
    if report is None:
        raise Refused("not-found", sentence("You have no such report."))
    return report


_REFERENCE = re.compile(r"R-\w{5}-\w{5}")
_SOUGHT = (Report.title, Report.url, Report.species, Report.reason, Report.reference)
MOST_WORDS = 8


def saying(q: str) -> list[Any]:
    """The conditions of a search: the report with this reference, or those of which title, address or own words hold every word."""
    if _REFERENCE.fullmatch(reference_ := q.strip().upper()):
        return [Report.reference == reference_]
    return [or_(*(holds(column, word) for column in _SOUGHT)) for word in q.split()[:MOST_WORDS]]


def own_page(
    session: Session, account_id: str, q: str = "", cursor: str | None = None, *where: Any
) -> tuple[list[Report], str | None]:
    """One's own reports, newest first, fifty at a time, of those `where` the conditions hold; and the next fifty's cursor."""
    chosen = select(Report).where(Report.account_id == account_id, *saying(q), *where)
    if cursor:
        chosen = chosen.where(Report.id < cursor)
    rows = list(session.scalars(chosen.order_by(Report.id.desc()).limit(PAGE + 1)))
    return rows[:PAGE], rows[PAGE - 1].id if len(rows) > PAGE else None


def feedback(session: Session, report_ids: list[str]) -> dict[str, list[Feedback]]:
    """What was said about each report, oldest first."""
    entries: dict[str, list[Feedback]] = {identifier: [] for identifier in report_ids}
    for entry in session.scalars(select(Feedback).where(Feedback.report_id.in_(report_ids)).order_by(Feedback.id)):
        entries[entry.report_id].append(entry)
    return entries


def evidence(session: Session, report_ids: list[str]) -> dict[str, list[Evidence]]:
    """The files of each report."""
    files: dict[str, list[Evidence]] = {identifier: [] for identifier in report_ids}
    for file in session.scalars(select(Evidence).where(Evidence.report_id.in_(report_ids)).order_by(Evidence.id)):
        files[file.report_id].append(file)
    return files


def came_after(version: int | None) -> Any:
    """The reports that came after this version of their case; None: none of them."""
    return false() if version is None else Report.case_version > version


def count_after(session: Session, case_id: str, version: int) -> int:
    """How many reports came after this version of the case."""
    return session.scalar(select(func.count()).where(Report.case_id == case_id, came_after(version))) or 0


def of_case(session: Session, case_id: str, limit: int | None = None, version: int | None = None) -> list[Report]:
    """The reports of a case, oldest first; with a limit the newest of them, with a version those that it shows."""
    shown = or_(Report.case_version.is_(None), ~came_after(version))
    newest = select(Report).where(Report.case_id == case_id, shown).order_by(Report.id.desc()).limit(limit)
    return list(session.scalars(newest))[::-1]


def wordings(session: Session, report_ids: Sequence[str]) -> dict[str, str]:
    """What the ad says, by each of these reports."""
    if not report_ids:
        return {}
    marks = ", ".join("?" * len(report_ids))
    chosen = f"SELECT id, CAST(listing AS TEXT) FROM {Report.__tablename__} WHERE id IN ({marks})"  # noqa: S608
    rows = fetched(connection(session), chosen, report_ids)
    return {identifier: statements.wording(json.loads(listing) or {}) for identifier, listing in rows}


_IS_BY = select(  # built once: it runs with every report on a known listing
    exists().where(Report.case_id == bindparam("case_id"), Report.account_id == bindparam("account_id"), STANDS)
)


def is_by(session: Session, case_id: str, account_id: str) -> bool:
    """Whether this account has reported the case before, and stands by it."""
    return bool(connection(session).scalar(_IS_BY, {"case_id": case_id, "account_id": account_id}))


def unfinished(session: Session, case_id: str, version: int | None = None) -> list[Report]:
    """The reports of a case that have no outcome yet: a later round never changes an earlier outcome.

    With a version of the case only those that it shows: nobody hears what was decided before anybody had read them.
    """
    shown = or_(Report.case_version.is_(None), ~came_after(version))
    chosen = select(Report).where(Report.case_id == case_id, Report.status.in_(UNFINISHED), COUNTS, shown)
    return list(session.scalars(chosen.order_by(Report.id)))


def has_open_question(session: Session, case_id: str) -> bool:
    """Whether somebody who reported a case has a question of ours to answer."""
    open_ = select(Report.id).where(Report.case_id == case_id, Report.status == Status.NEEDS_INFO, COUNTS)
    return session.scalar(open_.limit(1)) is not None


def count_asked(session: Session, account_id: str) -> int:
    """How many of this person's reports wait for an answer of theirs."""
    asked = (Report.account_id == account_id, Report.status == Status.NEEDS_INFO)
    return session.scalar(select(func.count()).select_from(Report).where(*asked)) or 0


def reporters(session: Session, *case_ids: str) -> set[str]:
    """The ids of everybody who reported a case, or one of these."""
    return set(session.scalars(select(Report.account_id).where(Report.case_id.in_(case_ids))))


UNDECIDED = (Status.RECEIVED, Status.IN_REVIEW, Status.NEEDS_INFO)


def undecided_by(session: Session, account_ids: Collection[str]) -> list[tuple[str, str]]:
    """What these accounts reported that nothing is decided on (report's id, case's id), and that is not set aside."""
    theirs = select(Report.id, Report.case_id).where(Report.account_id.in_(account_ids), Report.notice_id.is_(None))
    rows = session.execute(theirs.where(Report.status.in_(UNDECIDED), COUNTS).order_by(Report.id))
    return [(row.id, row.case_id) for row in rows]


def set_aside(session: Session, report_ids: Sequence[str], at: datetime | None) -> None:
    """Set reports aside; None: take them back. What their spotters see does not change."""
    for first in range(0, len(report_ids), PAGE):
        some = Report.id.in_(report_ids[first : first + PAGE])
        session.execute(update(Report).where(some).values(set_aside_at=at))


def count_received(session: Session, report_ids: Collection[str]) -> int:
    """How many of these nobody has looked at."""
    received = select(func.count()).where(among(Report.id, report_ids), Report.status == Status.RECEIVED)
    return session.scalar(received) or 0


def voices(session: Session, case_id: str) -> tuple[int, bool]:
    """How many different people report a case, and whether a trusted one does, without what is set aside or withdrawn."""
    counting = select(Report.account_id, Report.level).where(Report.case_id == case_id, COUNTS)
    people = session.execute(counting.distinct()).all()
    return len({row.account_id for row in people}), any(row.level in TRUSTED for row in people)


def of_notice(session: Session, notice_id: str) -> list[Report]:
    """The reports that joined a notice."""
    return list(session.scalars(select(Report).where(Report.notice_id == notice_id).order_by(Report.id)))


def join_notice(report: Report, notice_id: str) -> None:
    """The report stands behind this notice."""
    report.notice_id = notice_id


def leave_notice(report: Report) -> None:
    """The report stands behind no notice, and nothing came of it yet: its notice went to the wrong company."""
    report.notice_id = report.outcome = None


def move(
    session: Session,
    report: Report,
    status: Status,
    entry: Entry,
    *,
    outcome: str | None = None,
    actor_id: str | None = None,
    lesson: str | None = None,
) -> None:
    """The only function that changes a report's status: it writes the status, the feedback, the email and the audit row."""
    at = clock.now()
    before = report.status
    report.status, report.updated_at = status, at
    if status != Status.RETRACTED:  # that says nothing of whether a coordinator has looked
        report.looked_at = report.looked_at or at
    if outcome:
        report.outcome = outcome
    say(session, report.id, status, entry, lesson=lesson)
    audit.record(session, actor_id, "report_moved", "report", report.id, before=before, after=status.value)
    if status not in (
        Status.RECEIVED,
        Status.IN_REVIEW,
        Status.NEEDS_INFO,
        Status.RETRACTED,
    ):  # it says something of how its spotter judges
        work.enqueue(session, "review_skill", report.account_id)


def say(
    session: Session, report_id: str, status: str, entry: Entry, *, lesson: str | None = None, mail: bool = True
) -> None:
    """Tell the spotter something, with the lesson that speaks of it; the mail goes out by the worker.

    What cannot be worded is not kept: see `feedback_words.words`.
    """
    feedback_words.words(entry)
    kept = entry._asdict() | {"params": dict(entry.params)}
    row = Feedback(id=new_id(), report_id=report_id, at=clock.now(), status=status, lesson=lesson, **kept)
    session.add(row)
    session.flush()
    if mail and entry.speaker != "spotter":
        work.enqueue(session, "mail_feedback", row.id)


def keep_copies(
    session: Session, evidence_id: str, copy: str | None, blurred: str | None, unreadable: Unreadable | None
) -> None:
    """Note the worker's copies of a picture, or why there are none."""
    values = {"copy_sha256": copy, "blurred_sha256": blurred, "unreadable": unreadable}
    session.execute(update(Evidence).where(Evidence.id == evidence_id).values(values))


def mark_clean(session: Session, evidence_id: str, account_id: str) -> None:
    """A person has looked: this picture shows no volunteer and no third person. Who looked first stays; again is no harm."""
    picture = session.scalar(select(Evidence).where(Evidence.id == evidence_id).with_for_update())
    if picture and picture.name not in submission.MAY_LEAVE:
        raise Refused("conflict", sentence("No company is shown this file, so it cannot be marked clean."))
    if picture is None or picture.copy_sha256 is None:
        raise Refused("conflict", sentence("This picture is still being prepared. Try again in a moment."))
    if picture.clean_at is None:
        picture.clean_at, picture.clean_by = clock.now(), account_id
        audit.record(session, account_id, "picture_marked_clean", "evidence", evidence_id)
