"""The secrets that companies sign their answers with, and the messages that came so, each by its `webhook-id`."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import Session
from standardwebhooks import Webhook, WebhookVerificationError

from server.core import audit, clock, encryption
from server.core.database import INSERT, connection
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.companies import secret_store
from server.ledger.companies.answer_hook_models import AnswerMessage, AnswerSecret
from server.ledger.companies.models import Company
from server.ledger.companies.signing_secret import ACTIVE, fingerprint

LONGEST_ID = 200  # characters of a `webhook-id`
BUSY = timedelta(minutes=2)  # then a request that has not finished is taken to have broken off
LATER = (429, 503)  # statuses of answers that may be recorded when they are sent again


def active(session: Session, company_id: str) -> list[AnswerSecret]:
    """The secrets that the company has not retired, the oldest first."""
    rows = select(AnswerSecret).where(AnswerSecret.company_id == company_id)
    return list(session.scalars(rows.order_by(AnswerSecret.since, AnswerSecret.fingerprint)))


class ListedSecret(NamedTuple):
    """A secret, without itself."""

    fingerprint: str
    since: datetime
    is_readable: bool  # False: sealed with another `SPOTTER_SECRET_KEY`; nothing that it signs is accepted


def listed(session: Session, company_id: str) -> list[ListedSecret]:
    """The company's secrets, the oldest first."""
    rows = [(row, encryption.unseal(row.sealed, _use(company_id))) for row in active(session, company_id)]
    return [ListedSecret(row.fingerprint, row.since, opened is not None) for row, opened in rows]


def may_make(secrets: Sequence[ListedSecret]) -> bool:
    """Whether a company with these may have a new one. Those that cannot be read any more do not count."""
    return sum(secret.is_readable for secret in secrets) < ACTIVE


def make(session: Session, company_id: str, by_id: str) -> str:
    """A new secret, which counts from now on beside the one there is. Raises Refused: conflict."""
    session.get_one(Company, company_id, with_for_update=True)
    if not may_make(listed(session, company_id)):
        raise Refused("conflict", sentence("Two secrets are active. Retire the old one first."))
    secret = secret_store.random()
    name = fingerprint(secret)
    sealed = encryption.seal(secret, _use(company_id))
    session.add(AnswerSecret(company_id=company_id, fingerprint=name, sealed=sealed, since=clock.now()))
    audit.record(session, by_id, "answer_secret_made", "company", company_id, fingerprint=name)
    return secret


def retire(session: Session, company_id: str, name: str, by_id: str) -> None:
    """The secret with this fingerprint counts no more; without any, no answer comes in. Raises Refused: not-found."""
    row = session.get(AnswerSecret, (company_id, name), with_for_update=True)
    if row is None:
        raise Refused("not-found", sentence("There is no such secret."))
    session.delete(row)
    audit.record(session, by_id, "answer_secret_retired", "company", company_id, fingerprint=name)


def is_signed(session: Session, company_id: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether one of the company's secrets has signed this body, within five minutes of now.

    A company that does not exist, or has no secret, is looked at for as long as any: nobody learns which exist.
    """
    named = {name: headers.get(name, "") for name in ("webhook-id", "webhook-timestamp", "webhook-signature")}
    opened = [encryption.unseal(secret.sealed, _use(company_id)) for secret in active(session, company_id)]
    known = [secret for secret in opened if secret]
    verified = [_verified(secret, named, body) for secret in known or [secret_store.random()]]
    return bool(known) and any(verified)


def _verified(secret: str, headers: dict[str, str], body: bytes) -> bool:
    if not (headers["webhook-timestamp"].isascii() and headers["webhook-timestamp"].isdigit()):
        return False  # the library also reads fractions, which nobody signed
    try:
        Webhook(secret).verify(body, headers, json_parse=False)
    except (WebhookVerificationError, ValueError):  # ValueError: a signature that is no base64, a body that is no UTF-8
        return False
    return True


class Claimed(NamedTuple):
    """A message with answers, as an earlier request has left it."""

    results: list[dict[str, Any]] | None  # what became of each; None: nobody has said yet
    since: datetime  # when it first came
    is_again: bool  # an earlier request may have recorded answers

    @property
    def is_over(self) -> bool:
        """Whether everything has been said of every answer: there is nothing left to record."""
        return self.results is not None and not later(self.results)


def later(results: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Those that could not be recorded for now, and may be when the message is sent again."""
    return [result for result in results if result["status"] in LATER]


def claim(session: Session, company_id: str, webhook_id: str, body: bytes) -> Claimed:
    """Take the message with this id, to record its answers and to `settle` it, unless it is over.

    Raises Refused: invalid, when the id came with another body; in-flight, while another request records it.
    """
    now, sha256 = clock.now(), hashlib.sha256(body).hexdigest()
    row = {"company_id": company_id, "webhook_id": webhook_id, "sha256": sha256, "at": now}
    insert = INSERT[connection(session).dialect.name](AnswerMessage)
    adding = insert.values(row).on_conflict_do_nothing().execution_options(preserve_rowcount=True)
    is_new = connection(session).execute(adding).rowcount == 1
    message = session.get_one(AnswerMessage, (company_id, webhook_id), with_for_update=True)
    if message.sha256 != sha256:
        problem = sentence("This webhook-id was used for another message. Use a new one for each message.")
        raise Refused("invalid", problem, errors={"webhook-id": [problem]})
    claimed = Claimed(message.results, message.at, not is_new)
    if claimed.is_over:
        return claimed
    if message.busy_until and message.busy_until > now:
        raise Refused("in-flight", sentence("This message is being recorded right now. Send it again."), retry_after=5)
    message.busy_until = now + BUSY
    return claimed


def settle(session: Session, company_id: str, webhook_id: str, results: list[dict[str, Any]]) -> None:
    """Keep what became of each answer: a request has recorded what it could."""
    message = session.get_one(AnswerMessage, (company_id, webhook_id))
    message.busy_until, message.results = None, results


def last_at(session: Session, company_id: str) -> datetime | None:
    """When the newest message came."""
    return session.scalar(select(func.max(AnswerMessage.at)).where(AnswerMessage.company_id == company_id))


def _use(company_id: str) -> str:
    return f"answer secret of {company_id}"
