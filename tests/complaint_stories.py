"""Sela, who sells budgerigars, complains about the notice on her ad; and how somebody answers her."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from server.core.audit import AuditRow
from server.core.config import Settings
from server.core.database import read
from server.journeys.report import complaining, correcting
from server.ledger.complaints.models import Complaint
from server.ledger.notices.models import Notice
from tests.conftest import People
from tests.story import mails

SELA = "sela@people.test"
ADDRESS = "https://www.mercado.test/itm/grey-parrot/265370482805?ref=search"
RIGHT = "We looked again: it is a budgerigar, and papers are shown. We are sorry."
Make = Callable[..., dict[str, Any]]
Run = Callable[[], int]


def complained(about: str = ADDRESS, email: str = SELA, language: str | None = "en") -> Complaint:
    reference = complaining.complain(about, "This is a budgerigar.", email, language)
    with read() as session:
        return session.scalars(select(Complaint).where(Complaint.reference == reference)).one()


def kept(complaint: Complaint) -> Complaint:
    with read() as session:
        return session.get_one(Complaint, complaint.id)


def audited(complaint: Complaint) -> list[tuple[str, dict[str, Any]]]:
    with read() as session:
        rows = select(AuditRow.action, AuditRow.detail).where(AuditRow.object_id == complaint.id)
        return [(action, detail) for action, detail in session.execute(rows.order_by(AuditRow.seq))]


def standing(notice_id: str) -> Notice:
    with read() as session:
        return session.get_one(Notice, notice_id)


def confirmed(settings: Settings) -> list[str]:
    return [mail["To"] for mail in mails(settings) if mail["Subject"].startswith("Your complaint")]


def answer(complaint: Complaint, who: str, people: People, **more: Any) -> None:
    values = {"outcome": "upheld", "answer": RIGHT, "correction": "withdraw", "words": "It is a budgerigar."} | more
    if "seen" not in values:
        with read() as session:
            case_id = session.get_one(Complaint, complaint.id).case_id
            stands = select(Notice.id).where(Notice.case_id == case_id, Notice.withdrawn_at.is_(None))
            values["seen"] = session.scalar(stands.where(Notice.replaced_at.is_(None))) or ""
    correcting.answer(complaint.id, people.ids[who], **values)
