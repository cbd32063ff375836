"""The beginning of the line, for tests that are about its end: Ana flags, Cora notifies the company."""

import email
import hashlib
import io
import json
import uuid
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any, cast

from sqlalchemy import select

from server.core.config import Settings
from server.core.database import read
from server.journeys.report import decision
from server.ledger.cases.models import Case
from server.ledger.reports.models import Report
from tests.conftest import People


def flag(people: People, report: dict[str, Any], who: str = "ana", **files: bytes) -> str:
    """Ana, or somebody else, flags a listing, with PNG files beside; the case's id."""
    client, headers = people.app.test_client(), people.token(who) | {"Idempotency-Key": str(uuid.uuid4())}
    if files:
        evidence = [{"name": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in files.items()]
        form: dict[str, Any] = {"report": json.dumps(report | {"evidence": evidence})}
        form |= {name: (io.BytesIO(data), f"{name}.png") for name, data in files.items()}
        answer = client.post("/api/v1/reports", data=form, headers=headers)
    else:
        answer = client.post("/api/v1/reports", json=report, headers=headers)
    assert answer.status_code == 201, answer.text
    with read() as session:
        return session.scalars(select(Report.case_id).where(Report.id == answer.json["id"])).one()


def decide(people: People, case_id: str, reason: str = "Six chicks at once, none with papers.", **more: Any) -> str:
    """Cora notifies the company; the notice's id."""
    with read() as session:
        version = session.get_one(Case, case_id).version
    notice_id = decision.decide(case_id, people.ids["cora"], decision="notify", note=reason, version=version, **more)
    assert notice_id
    return notice_id


def notify(people: People, report: dict[str, Any], **more: Any) -> str:
    """Both; the notice's id."""
    return decide(people, flag(people, report), **more)


def mails(settings: Settings, to: str = "") -> list[EmailMessage]:
    """The mails that left into files, oldest first; to one address when it is given."""
    paths = sorted(Path(settings.data_dir, "mail").glob("*.eml"))
    messages = [cast(EmailMessage, email.message_from_bytes(path.read_bytes(), policy=SMTP)) for path in paths]
    return [mail for mail in messages if not to or mail["To"] == to]


def attached(mail: EmailMessage) -> dict[str, Any]:
    """The notice.json of a mail."""
    part = next(part for part in mail.walk() if part.get_filename() == "notice.json")
    return cast(dict[str, Any], json.loads(cast(bytes, part.get_payload(decode=True))))
