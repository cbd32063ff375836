"""How a notice leaves: by mail, by webhook, or waiting in the company's inbox; and the one reminder.

The attempt is written down before it is made and its outcome after, each in a transaction of its own; what is between
them is outside any transaction. A worker that dies in between leaves an attempt without an end, and the next one may
send a second copy: with the same Message-ID, so that it is known as one.
"""

import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import ColumnElement, exists, func, or_, select
from standardwebhooks import Webhook

from server.core import clock, outbound, post, wording, work
from server.core.database import read, write
from server.core.words import Basis, Category, Channel, DeliveryState
from server.ledger.notices import compose, link
from server.ledger.notices.models import Delivery, DeliveryAttempt, Notice, Outcome

REST = timedelta(seconds=8)  # shorter than the first pause: a destination that hangs holds up nobody else meanwhile
LONGEST_RETRY_AFTER = 86_400  # seconds

client = outbound.Client(total=20, most=64_000)
_resting: dict[str, datetime] = {}
_guard = threading.Lock()


class Event(StrEnum):
    """What a message to a company is about (contract: Webhooks)."""

    CREATED = "notice.created"
    REMINDED = "notice.reminded"
    WITHDRAWN = "notice.withdrawn"


class Bounced(work.Never):
    """The address itself does not take what we send, now or later: somebody has to find out the right one."""


@dataclass(frozen=True)
class Job:
    """One attempt at a delivery, in plain values."""

    delivery_id: str
    n: int
    channel: str
    address: str
    message_id: str
    notice: compose.Document
    event: Event = Event.CREATED

    @property
    def destination(self) -> str:
        """What is away when this one is."""
        return "mail" if self.channel == Channel.MAIL else str(urlsplit(self.address).netloc)


def deliver(notice_id: str, secret: str | None = None, clean_picture: bool = False) -> None:
    """Deliver a notice that still waits for it; safe to repeat.

    secret: the SPOC's webhook secret. clean_picture: whether a person has marked the screenshot as one that may leave.
    Raises work.Later to be tried again, work.Never (or Bounced) when a person has to see to it.
    """
    job = _start(notice_id, clean_picture)
    if job is None:
        return
    try:
        _send(job, secret)
    except work.Later as reason:
        if job.n >= work.GIVE_UP:
            _finish(job, Outcome.NEVER, f"Given up after {job.n} attempts: {reason}")
            raise work.Never(str(reason)) from reason
        _finish(job, Outcome.LATER, str(reason))
        raise
    except work.Never as reason:
        _finish(job, Outcome.NEVER, str(reason))
        raise
    except Exception as problem:
        _finish(job, Outcome.LATER, f"Unexpected: {type(problem).__name__}")
        raise
    _finish(job, Outcome.SENT, None)


def remind(notice_id: str, secret: str | None = None, clean_picture: bool = False) -> None:
    """Ask once more on the same channel, unless it was answered since. Raises like `deliver`."""
    unanswered = (Notice.answer.is_(None), Notice.withdrawn_at.is_(None), Notice.replaced_at.is_(None))
    _tell(notice_id, Event.REMINDED, secret, clean_picture, *unanswered)


def take_back(notice_id: str, secret: str | None = None, clean_picture: bool = False) -> None:
    """Say on the same channel that the notice is withdrawn, if it has arrived or may have. Raises like `deliver`.

    An attempt from which nobody came back may have got through.
    """
    no_end = exists().where(DeliveryAttempt.delivery_id == Delivery.id, DeliveryAttempt.finished_at.is_(None))
    with read() as session:
        started = select(DeliveryAttempt.started_at).join(Delivery, Delivery.id == DeliveryAttempt.delivery_id)
        started = started.where(Delivery.notice_id == notice_id, DeliveryAttempt.finished_at.is_(None))
        if any(at > clock.now() - work.AT_IT for at in session.scalars(started)):
            raise work.Later("It is on its way this moment.", after=5, counts=False)
    _tell(notice_id, Event.WITHDRAWN, secret, False, or_(Delivery.state == DeliveryState.DELIVERED, no_end))


def _tell(notice_id: str, event: Event, secret: str | None, clean_picture: bool, *only: ColumnElement[bool]) -> None:
    with read() as session:
        found = select(Notice, Delivery).join(Delivery, Delivery.notice_id == Notice.id).where(Notice.id == notice_id)
        row = session.execute(found.where(*only)).first()
        if row is None:
            return
        notice, delivery = row
        message_id = post.message_id(f"{notice_id}.{delivery.id}.{event.rpartition('.')[2]}")
        document = _leaving(notice, clean_picture)
        job = Job(delivery.id, 0, delivery.channel, delivery.address, message_id, document, event)
    _send(job, secret)


def _send(job: Job, secret: str | None) -> None:
    if job.channel == Channel.MAIL:
        _mail(job)
    elif job.channel == Channel.WEBHOOK:
        _webhook(job, secret)  # the portal, the API and the form wait where they are


def _leaving(notice: Notice, clean_picture: bool) -> compose.Document:
    url = link.answer_url(notice.id)
    return compose.serialise(notice.document, url, f"{url}/screenshot?look=1" if clean_picture else None)


def _start(notice_id: str, clean_picture: bool) -> Job | None:
    """Write the attempt down before it is made. None when there is nothing to send (any more)."""
    at = clock.now()
    with read() as session:
        waits = select(Delivery.channel, Delivery.address).where(Delivery.notice_id == notice_id)
        for channel, address in session.execute(waits.where(Delivery.state == DeliveryState.QUEUED)):
            rest_until = _resting.get("mail" if channel == Channel.MAIL else urlsplit(address).netloc)
            if rest_until and at < rest_until:
                raise work.Later(
                    "The destination did not answer a moment ago; it is left in peace for some seconds.", counts=False
                )
    with write() as session:
        waiting = select(Delivery, Notice).join(Notice, Notice.id == Delivery.notice_id)
        waiting = waiting.where(Delivery.notice_id == notice_id, Delivery.state == DeliveryState.QUEUED)
        waiting = waiting.where(
            Notice.withdrawn_at.is_(None), Notice.replaced_at.is_(None), Delivery.channel != Channel.FORM
        )
        found = session.execute(waiting.with_for_update()).first()
        if found is None:
            return None
        delivery, notice = found
        under_way = select(DeliveryAttempt.n).where(
            DeliveryAttempt.delivery_id == delivery.id,
            DeliveryAttempt.finished_at.is_(None),
            DeliveryAttempt.started_at > at - work.AT_IT,
        )
        if session.scalar(under_way.limit(1)) is not None:
            raise work.Later("Another worker is at it.", after=5, counts=False)
        made = select(func.max(DeliveryAttempt.n)).where(DeliveryAttempt.delivery_id == delivery.id)
        n = (session.scalar(made) or 0) + 1
        session.add(DeliveryAttempt(delivery_id=delivery.id, n=n, started_at=at))
        document = _leaving(notice, clean_picture)
        return Job(delivery.id, n, delivery.channel, delivery.address, delivery.message_id, document)


def _finish(job: Job, outcome: Outcome, detail: str | None) -> None:
    """Write down how the attempt ended."""
    at = clock.now()
    with write() as session:
        attempt = session.get_one(DeliveryAttempt, (job.delivery_id, job.n))
        attempt.finished_at, attempt.outcome, attempt.detail = at, outcome, detail
        delivery = session.get_one(Delivery, job.delivery_id)
        delivery.last_error = detail
        if outcome == Outcome.SENT:
            delivery.state, delivery.delivered_at = DeliveryState.DELIVERED, at
        elif outcome == Outcome.NEVER:
            delivery.state, delivery.failed_at = DeliveryState.FAILED, at


def _rest(destination: str) -> None:
    with _guard:
        at = clock.now()
        for name in [name for name, until in _resting.items() if until < at]:
            del _resting[name]
        _resting[destination] = at + REST


# --- By mail ---------------------------------------------------------------------------------------------------------


# Template, and what its subject says behind "Notice N-…".
MAILS = {
    Event.CREATED: ("notice", ": suspected wildlife listing"),
    Event.REMINDED: ("reminder", " waits for your answer"),
    Event.WITHDRAWN: ("withdrawn", " is withdrawn"),
}


def _mail(job: Job) -> None:
    document = json.dumps(job.notice, ensure_ascii=False, indent=2).encode()
    template, said = MAILS[job.event]
    try:
        post.send_template(
            template,
            job.address,
            f"Notice {job.notice['reference']}{said}",
            context(job.notice),
            job.message_id,
            attachments=[("notice.json", "application/json", document)],
        )
    except post.Temporary as problem:
        if problem.unreachable:
            _rest(job.destination)
        raise work.Later(str(problem)) from problem
    except post.AddressRefused as problem:
        raise Bounced(str(problem)) from problem


def context(notice: compose.Document) -> dict[str, Any]:
    """What the mail of a serialised notice is written from. Everything of the ad is text, in the body only."""
    suspicion = notice["suspicion"]
    return {
        "notice": notice,
        "offer": wording.OFFER[Category(suspicion["category"])],
        "by": wording.weekday(datetime.fromisoformat(notice["answer_by"])),
        "facts": [(label, values) for label, values in _facts(notice) if values],
        "is_law": notice["basis"] == Basis.ILLEGAL,
    }


def _facts(notice: compose.Document) -> list[tuple[str, list[str]]]:
    """Labels and their lines, as in the plain text."""
    listing, suspicion = notice["listing"], notice["suspicion"]
    seen = listing["first_seen"]
    return [
        ("Address", [listing["url"]]),
        ("Title", _given(listing["title"])),
        ("Seller", _given(listing["seller"])),
        ("Price", _given(_price(listing["price"]))),
        ("First seen", [wording.full(datetime.fromisoformat(seen))] if seen else []),
        ("Suspected", [line for taxon in suspicion["taxa"] for line in _taxon(taxon)]),
        ("Offered", [wording.CATEGORY[Category(suspicion["category"])]]),
        ("Why", suspicion["reasons"]),
        ("Papers", [wording.LEGALITY[suspicion["legality_evidence"]]]),
        ("Basis", _basis(notice)),
    ]


def _given(text: Any) -> list[str]:
    return [str(text)] if text else []


def _price(price: Mapping[str, Any] | None) -> str:
    price = price or {}
    return str(price.get("text") or " ".join(filter(None, (price.get("amount"), price.get("currency")))))


def _taxon(taxon: Mapping[str, Any]) -> list[str]:
    names = ", ".join(filter(None, (taxon["common_name"], taxon["scientific_name"])))
    return [names, *(_listed(row) for row in taxon["listings"])]


def _listed(row: Mapping[str, Any]) -> str:
    word = {"CITES": "CITES Appendix", "EU": "EU Annex"}.get(row["source"], str(row["source"]))
    since = f"since {_day(row['effective_from'])}" if row["effective_from"] else ""
    return ", ".join(filter(None, (f"{word} {row['appendix']}", row["population"], since)))


def _basis(notice: compose.Document) -> list[str]:
    if notice["basis"] == Basis.POLICY:
        return [f"Your policy: {notice['policy_reference']}"]
    law = notice["law"]
    return [f"{law['provision']} ({law['jurisdiction']}), in force since {_day(law['effective_from'])}"]


def _day(text: str) -> str:
    return wording.date(datetime.fromisoformat(text))


# --- By webhook, as standardwebhooks.com has it ----------------------------------------------------------------------


def _webhook(job: Job, secret: str | None) -> None:
    if not secret:
        raise work.Never("This SPOC has no webhook secret, and nothing leaves unsigned.")
    at = clock.now()
    message_id = "msg_" + job.message_id.strip("<>").partition("@")[0].replace(".", "_")
    body = json.dumps({"type": job.event, "data": compose.thin(job.notice)})
    headers = {
        "content-type": "application/json",
        "webhook-id": message_id,  # the same at every attempt
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": Webhook(secret).sign(message_id, at, body),
    }
    try:
        reply = client.post(job.address, body.encode(), headers)
    except outbound.Forbidden as problem:
        raise Bounced(str(problem)) from problem
    except outbound.Unreachable as problem:
        _rest(job.destination)
        raise work.Later(str(problem)) from problem
    if 200 <= reply.status < 300:
        return
    if reply.status == 410:
        raise Bounced("410: the company has closed this webhook.")
    raise work.Later(f"The webhook answered {reply.status}.", after=_retry_after(reply))


def _retry_after(reply: outbound.Reply) -> float | None:
    given = reply.headers.get("retry-after", "")
    return float(min(int(given), LONGEST_RETRY_AFTER)) if given.isascii() and given.isdigit() else None
