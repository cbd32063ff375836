"""What waits, for whom, and since when: a statement for each line. Decides nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, exists, func, select
from sqlalchemy.orm import Session

from server.core import clock, cursors
from server.core.words import CaseState, CheckState, DeliveryState, Event
from server.ledger.alarms import store as alarms
from server.ledger.cases import naming, queue_store
from server.ledger.cases.models import Case
from server.ledger.companies.models import Company
from server.ledger.complaints import store as complaints
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message, MessageNotice
from server.ledger.inbound import store as inbound
from server.ledger.listings.models import Listing
from server.ledger.monitoring.models import Check
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice, NoticeStop
from server.people.accounts import second_person
from server.reads import case_names, disputes, outgoing, team_questions
from server.reads.complaints import left_to_others


class Waits(StrEnum):
    """What a line of the page is about."""

    STOPPED = "stopped"  # companies that judged too many of our notices wrong: further ones are held
    WAITING = "waiting"  # cases for a decision
    OPINIONS = "opinions"  # cases on which one coordinator wants another to decide
    QUESTIONS = "questions"  # companies that asked us something
    DOUBTED = "doubted"  # cases that a spotter says they reported wrongly
    COMPLAINTS = "complaints"  # of people a report is about, until they have their answer
    DISPUTES = "disputes"  # of companies' answers, to be sent before their deadline
    UNDELIVERED = "undelivered"
    UNROUTED = "unrouted"
    MAIL = "mail"  # that came back, and proves nothing by itself
    ALARMS = "alarms"
    OVERDUE = "overdue"  # companies that have not answered in time
    CHECKS = "checks"  # listings that somebody should look at again
    ASKED = "asked"  # spotters who were asked something
    TEAM = "team"  # questions of spotters to leads, which nobody has answered for three days
    HELD = "held"
    OWN_OPINIONS = "own_opinions"  # second opinions that the reader asked for, and cannot give
    OTHERS_COMPLAINTS = "others_complaints"  # that somebody else must answer


@dataclass(frozen=True, slots=True)
class WaitingLine:
    """How many wait, and the time that says how urgent it is: the oldest's, or the next one's. `id`: of that one case."""

    what: Waits
    number: int
    at: datetime | None = None
    id: str | None = None


def lines(session: Session, account_id: str | None = None) -> list[WaitingLine]:
    """All of them, also those of which nothing waits, in the order of `Waits`.

    account_id: the reader; what they may not do waits for others. None: nobody in particular.
    """
    now = clock.now()
    selves = second_person.may_be(session, account_id, now) if account_id else frozenset[str]()
    own_complaints, others_complaints = complaints.count_open(session, left_to_others(selves))
    opinions, own_opinions = queue_store.count_second_opinions(session, selves)
    read: dict[Waits, Callable[[], WaitingLine]] = {
        Waits.STOPPED: lambda: _stopped(session),
        Waits.WAITING: lambda: _waiting(session),
        Waits.QUESTIONS: lambda: _line(session, Waits.QUESTIONS, Notice.our_turn_since, notices.OUR_TURN),
        Waits.OPINIONS: lambda: WaitingLine(Waits.OPINIONS, opinions),
        Waits.DOUBTED: lambda: _line(session, Waits.DOUBTED, Case.doubted_at, [Case.doubted_at.is_not(None)]),
        Waits.COMPLAINTS: lambda: WaitingLine(Waits.COMPLAINTS, *own_complaints),
        Waits.DISPUTES: lambda: WaitingLine(Waits.DISPUTES, *disputes.count_running_out(session)),
        Waits.UNDELIVERED: lambda: WaitingLine(Waits.UNDELIVERED, outgoing.count_not_arrived(session)),
        Waits.UNROUTED: lambda: WaitingLine(Waits.UNROUTED, queue_store.count(session, "unrouted")),
        Waits.MAIL: lambda: WaitingLine(Waits.MAIL, *inbound.count_waiting(session)),
        Waits.ALARMS: lambda: WaitingLine(Waits.ALARMS, alarms.count_open(session)),
        Waits.OVERDUE: lambda: _line(session, Waits.OVERDUE, Notice.answer_by, _overdue()),
        Waits.CHECKS: lambda: _line(session, Waits.CHECKS, Check.due_at, _due(now)),
        Waits.ASKED: lambda: WaitingLine(Waits.ASKED, queue_store.count(session, "asked")),
        Waits.TEAM: lambda: WaitingLine(Waits.TEAM, *team_questions.count_at_desk(session)),
        Waits.HELD: lambda: _line(session, Waits.HELD, Case.held_until, [Case.state == CaseState.HELD]),
        Waits.OWN_OPINIONS: lambda: WaitingLine(Waits.OWN_OPINIONS, own_opinions),
        Waits.OTHERS_COMPLAINTS: lambda: WaitingLine(Waits.OTHERS_COMPLAINTS, *others_complaints),
    }
    return [read[what]() for what in Waits]


def _line(session: Session, what: Waits, at: Any, where: Any) -> WaitingLine:
    """How many rows, and the earliest of their times."""
    number, first = session.execute(select(func.count(), func.min(at)).select_from(at.class_).where(*where)).one()
    return WaitingLine(what, number, first)


def _stopped(session: Session) -> WaitingLine:
    """Companies, each once, and the oldest stop."""
    counted = select(func.count(NoticeStop.company_id.distinct()), func.min(NoticeStop.at))
    return WaitingLine(Waits.STOPPED, *session.execute(counted.where(NoticeStop.ended_at.is_(None))).one())


def _waiting(session: Session) -> WaitingLine:
    oldest = queue_store.oldest_waiting(session)
    number = queue_store.count(session, "waiting") if oldest else 0
    return WaitingLine(Waits.WAITING, number, oldest.created_at if oldest else None, oldest.id if oldest else None)


def _overdue() -> list[Any]:
    """Past their date without a decision, and arrived, with all our replies: what has not left is nobody's silence."""
    arrived = exists().where(
        MessageNotice.notice_id == Notice.id, Message.id == MessageNotice.message_id,
        Message.event == Event.CREATED, Message.state == DeliveryState.DELIVERED,
    )  # fmt: skip
    return [*notices.overdue(), arrived, Notice.id.not_in(deliveries.replies_under_way())]


def _due(now: datetime) -> list[Any]:
    return [Check.state == CheckState.OPEN, Check.due_at <= now]


# --- Lists -----------------------------------------------------------------------------------------------------------

PAGE = 50


def overdue_companies(
    session: Session, cursor: str | None, limit: int = PAGE
) -> tuple[list[dict[str, Any]], str | None]:
    """Companies with notices past their date, the longest overdue first: slug, name, number, and the oldest's date."""
    oldest = func.min(Notice.answer_by)
    chosen = select(Company.slug, Company.name, func.count().label("number"), oldest.label("since"))
    chosen = chosen.join(Notice, Notice.company_id == Company.id).where(*_overdue())
    chosen = chosen.group_by(Company.id, Company.slug, Company.name).order_by(oldest, Company.slug)
    if cursor:
        chosen = chosen.having(cursors.after(cursor, oldest, Company.slug))
    return _page(session, chosen, limit, "since", "slug")


def overdue_notices(session: Session, slug: str, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """The notices of one company that are past their date, the longest overdue first, each with its case."""
    chosen = select(Notice.id, Notice.reference, Notice.case_id, Notice.created_at, Notice.answer_by.label("since"))
    chosen = chosen.add_columns(*case_names.COLUMNS)
    chosen = chosen.join(Case, Case.id == Notice.case_id).join(Listing, Listing.id == Case.listing_id)
    chosen = chosen.join(Company, Company.id == Notice.company_id)
    chosen = chosen.where(Company.slug == slug, *_overdue()).order_by(Notice.answer_by, Notice.id)
    if cursor:
        chosen = chosen.where(cursors.after(cursor, Notice.answer_by, Notice.id))
    return _named(_page(session, chosen, PAGE, "since", "id"))


def checks_due(session: Session, cursor: str | None) -> tuple[list[dict[str, Any]], str | None]:
    """Listings that somebody should look at again, the longest due first, each with its case."""
    chosen = select(Check.id, Check.why, Check.due_at.label("since"), Case.id.label("case_id"), Case.reference)
    chosen = chosen.add_columns(*case_names.COLUMNS)
    chosen = chosen.join(Listing, Listing.id == Check.listing_id).join(Case, Case.listing_id == Listing.id)
    chosen = chosen.where(*_due(clock.now())).order_by(Check.due_at, Check.id)
    if cursor:
        chosen = chosen.where(cursors.after(cursor, Check.due_at, Check.id))
    return _named(_page(session, chosen, PAGE, "since", "id"))


def _named(page: tuple[list[dict[str, Any]], str | None]) -> tuple[list[dict[str, Any]], str | None]:
    rows, after = page
    return [row | {"title": naming.name(row["title"], row["url"], row["text"], row["matches"])} for row in rows], after


def _page(
    session: Session, chosen: Select[*tuple[Any, ...]], limit: int, at: str, name: str
) -> tuple[list[dict[str, Any]], str | None]:
    rows = [dict(row) for row in session.execute(chosen.limit(limit + 1)).mappings()]
    last = rows[limit - 1] if len(rows) > limit else None
    return rows[:limit], cursors.write(last[at], last[name]) if last else None
