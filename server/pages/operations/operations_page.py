"""What the operator's pages show. Every list and every count has an end."""

import platform
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from importlib.metadata import version
from typing import Any, NamedTuple

from sqlalchemy import Select, select, text, union_all
from sqlalchemy.orm import Session

from server.core import anchor, backlog, heartbeats, installation, pausing, post, set_aside, web
from server.core.failures import WorkFailure
from server.core.outbox import FAILING, Work
from server.core.sentences import sentence
from server.core.words import Channel
from server.core.work import SENDING
from server.ledger.companies.models import Company
from server.ledger.delivery import registry
from server.ledger.delivery.models import Message, MessageNotice
from server.ledger.notices.models import Notice
from server.pages.operations import wordings
from server.pages.operations.wordings import PartState
from server.people.accounts.models import Account
from server.reads import readiness, waiting_messages

EACH = 50  # pieces that failed, looked at for each reason
DEAD_LETTERS = 20  # on a page
BY_NOTICE = (
    "deliver_notice",
    "remind_early",
    "remind_notice",
    "take_back_notice",
)  # whose subject is a notice
BY_MESSAGE = ("deliver_reply", "deliver_digest", "message_returned")  # whose subject is the message


class CompanyAddressed(NamedTuple):
    """Whom a piece of work is for, where that is a company."""

    company: str
    slug: str
    by: str  # "mail", or the host that is called
    case_id: str


class PauseShown(NamedTuple):
    """Since when and why nothing is sent."""

    at: datetime
    why: str
    by: str | None  # a name
    note: str


def pause(session: Session) -> PauseShown | None:
    """The pause of sending with the name of who asked for it; None while everything is sent."""
    found = pausing.current(session)
    if found is None:
        return None
    by = session.get(Account, found.by_id) if found.by_id else None
    return PauseShown(found.at, found.why, by.name if by else None, found.note)


def overview(session: Session) -> dict[str, Any]:
    """What operations/index.html shows."""
    kinds = backlog.by_kind(session)
    paused = pause(session)
    kept = anchor.shown()
    messages, more = waiting_messages.by_company(session)
    return {
        "paused": paused,
        "being_sent": backlog.count_being_sent(session) if paused else 0,
        "parts": [(wordings.PARTS[name], wordings.PART_STATES[state], wrong) for name, state, wrong in _parts(session)],
        "to_files": web.settings().mail_to_files,
        "workers": [(name, at, heartbeats.is_alive(at)) for name, at in heartbeats.workers(session)],
        "kinds": [(wordings.kind(row.name), row, row.name in SENDING) for row in kinds],
        "most": backlog.COUNTED,
        "messages": messages,
        "more_messages": more,
        "held": held(session),
        "dead_letters": backlog.count_dead_letters(session),
        "head": kept.head,
        "looked_at": kept.looked_at,
        "alarm": kept.alarm,
        "mailed_at": heartbeats.noted(session, "mail_audit_heads"),
        "backup_at": heartbeats.noted(session, heartbeats.BACKUP),
        "mail_at": heartbeats.noted(session, post.MAIL_LEFT),
    }


def _parts(session: Session) -> Iterator[tuple[str, PartState, str]]:
    """Each part of the installation, its state, and what is wrong."""
    for name, wrong in readiness.checks(session).items():
        # Ready to write files is no mail server: readiness is for machines, this page is for who wonders why no mail comes.
        as_files = name == "mail" and web.settings().mail_to_files
        ready = PartState.TO_FILES if as_files else PartState.READY
        yield name, PartState.NOT_READY if wrong else ready, wrong


# --- What failed and will be retried, and for whom --------------------------------------------------------------------


def held(session: Session) -> list[dict[str, Any]]:
    """What failed and will be retried, by whom it is for and why: the longest waits last. At most `EACH` of each reason."""
    pieces = session.execute(_failing()).all()
    to = addressees(session, [(piece.kind, piece.subject_id) for piece in pieces])
    groups = defaultdict(list)
    for piece in pieces:
        addressee = to.get((piece.kind, piece.subject_id))
        whom = (addressee.company, addressee.slug, addressee.by) if addressee else (wordings.kind(piece.kind), None, "")
        groups[*whom, piece.failure].append(piece)
    rows = [
        {
            "whom": whom,
            "slug": slug,
            "by": by,
            "why": wordings.failure(failure),
            "number": len(found),
            "more": len(found) >= EACH,
            "next_at": min(piece.due_at for piece in found),
            "attempts": max(piece.attempts for piece in found),
            "said": sorted({piece.last_error for piece in found if piece.last_error})[:3],
        }
        for (whom, slug, by, failure), found in groups.items()
    ]
    return sorted(rows, key=lambda row: row["next_at"])


def _failing() -> Select[Any]:
    """At most `EACH` of each reason, those that are tried next, by the index of what fails."""
    columns = (Work.kind, Work.subject_id, Work.attempts, Work.due_at, Work.failure, Work.last_error)
    each = [
        select(select(*columns).where(FAILING, Work.failure == code).order_by(Work.due_at).limit(EACH).subquery())
        for code in WorkFailure
    ]
    return select(union_all(*each).subquery())


def addressees(session: Session, about: Collection[tuple[str, str]]) -> dict[tuple[str, str], CompanyAddressed]:
    """The companies that pieces of work, each a kind and a subject, are for."""
    notice_ids = {subject for kind, subject in about if kind in BY_NOTICE}
    message_ids = {subject for kind, subject in about if kind in BY_MESSAGE}
    if not notice_ids and not message_ids:
        return {}
    chosen = select(
        MessageNotice.notice_id,
        Message.id,
        Message.channel,
        Message.address,
        Company.name,
        Company.slug,
        Notice.case_id,
    )
    chosen = chosen.select_from(MessageNotice).join(Message, Message.id == MessageNotice.message_id)
    chosen = chosen.join(Notice, Notice.id == MessageNotice.notice_id).join(Company, Company.id == Notice.company_id)
    of_these = MessageNotice.notice_id.in_(notice_ids) | MessageNotice.message_id.in_(message_ids)
    found = {}
    for row in session.execute(chosen.where(of_these).order_by(Message.id)):
        by = registry.CHANNELS[Channel(row.channel)].destination(row.address)
        for kind, subject in [
            *((kind, row.notice_id) for kind in BY_NOTICE),
            *((kind, row.id) for kind in BY_MESSAGE),
        ]:
            found[kind, subject] = CompanyAddressed(row.name, row.slug, by, row.case_id)
    return {key: found[key] for key in about if key in found}


# --- Dead letters ----------------------------------------------------------------------------------------------------


def dead_letters(session: Session, after: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """A page of them, the oldest first, and where the next page begins."""
    rows = set_aside.dead_letters(session, after, DEAD_LETTERS + 1)
    shown = _letters(session, rows[:DEAD_LETTERS])
    return shown, rows[DEAD_LETTERS - 1].id if len(rows) > DEAD_LETTERS else None


def dead_letter(session: Session, work_id: str) -> dict[str, Any] | None:
    """One of them; None when it is none (any more)."""
    row = session.get(Work, work_id)
    return _letters(session, [row])[0] if row and row.dead_lettered_at and not row.done_at else None


def _letters(session: Session, rows: Sequence[Work]) -> list[dict[str, Any]]:
    to = addressees(session, [(row.kind, row.subject_id) for row in rows])
    return [
        {
            "id": row.id,
            "what": wordings.kind(row.kind),
            "kind": row.kind,
            "subject_id": row.subject_id,
            "failed_at": row.dead_lettered_at,
            "attempts": row.attempts,
            "why": wordings.failure(row.failure),
            "said": row.last_error,
            "to": to.get((row.kind, row.subject_id)),
            "again": set_aside.may_be_tried(row.kind),
        }
        for row in rows
    ]


# --- What is in force ------------------------------------------------------------------------------------------------


def versions(session: Session) -> list[tuple[str, str]]:
    """What runs here: tables, database, Python, and the libraries that everything stands on."""
    sqlite = session.get_bind().dialect.name == "sqlite"
    number = session.scalar(text("SELECT sqlite_version()" if sqlite else "SHOW server_version"))
    revision = session.scalar(text("SELECT version_num FROM alembic_version"))
    return [
        (sentence("Tables in the database"), str(revision)),
        (sentence("Tables of this version"), installation.needed()),
        (sentence("Database"), f"{'SQLite' if sqlite else 'PostgreSQL'} {number}"),
        ("Python", platform.python_version()),
        *((name, version(name)) for name in ("Flask", "SQLAlchemy")),
    ]
