"""The signing secrets of webhooks as they are kept: the SPOC has those that sign, `webhook_secrets` since when.

A new address begins with the secret that was proposed with it (`begin`). A company may make its own. From then on the
companies file no longer says what signs, as long as the address stays: an old file that is imported again would bring a
retired secret back, and what is signed with it alone the company refuses.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from server.core import audit, clock
from server.core.sentences import sentence
from server.core.words import Channel, Refused
from server.ledger.companies.models import Spoc, WebhookSecret
from server.ledger.companies.signing_secret import ACTIVE, fingerprint, written

RANDOM = 32  # bytes of a new secret


class ActiveSecret(NamedTuple):
    """One that signs, without itself."""

    fingerprint: str
    since: datetime | None  # None: since before this was recorded
    own: bool  # made by the company


def webhooks(session: Session, company_id: str) -> list[Spoc]:
    """A company's SPOCs that are reached by webhook, without the retired ones."""
    rows = select(Spoc).where(Spoc.company_id == company_id, Spoc.channel == Channel.WEBHOOK)
    return list(session.scalars(rows.where(Spoc.retired_at.is_(None)).order_by(Spoc.id)))


def webhook(session: Session, company_id: str, spoc_id: str) -> Spoc:
    """One of them, locked: what is done about it is done one after the other. Raises Refused: not-found."""
    rows = select(Spoc).where(Spoc.id == spoc_id, Spoc.company_id == company_id, Spoc.channel == Channel.WEBHOOK)
    spoc = session.scalar(rows.where(Spoc.retired_at.is_(None)).with_for_update())
    if spoc is None:
        raise Refused("not-found", sentence("There is no such webhook."))
    return spoc


def active(session: Session, spoc: Spoc) -> list[ActiveSecret]:
    """The secrets that sign what this webhook gets, the oldest first."""
    since = {row.fingerprint: row for row in session.scalars(_recorded(spoc.id))}
    shown = []
    for name in map(fingerprint, spoc.webhook_secrets or ()):
        row = since.get(name)
        shown.append(ActiveSecret(name, row.since if row else None, own=bool(row and row.own)))
    return shown


def random() -> str:
    """A new secret, which signs nothing yet."""
    return written(secrets.token_bytes(RANDOM))


def begin(session: Session, spoc: Spoc, secret: str) -> None:
    """The one secret of a webhook that has a new address. Who proposed the address has agreed it with the company."""
    _set(session, spoc, [secret])


def make(session: Session, spoc: Spoc, by_id: str) -> str:
    """A new secret, which signs from now on beside the one there is. Raises Refused: conflict."""
    now = list(spoc.webhook_secrets or ())
    if len(now) >= ACTIVE:
        raise Refused("conflict", sentence("Two secrets are active. Retire the old one first."))
    secret = random()
    _set(session, spoc, [*now, secret], own=True)
    audit.record(session, by_id, "webhook_secret_made", "spoc", spoc.id, fingerprint=fingerprint(secret))
    return secret


def retire(session: Session, spoc: Spoc, name: str, by_id: str) -> None:
    """The secret with this fingerprint signs no more. Raises Refused: not-found; conflict for the only one."""
    now = list(spoc.webhook_secrets or ())
    if name not in map(fingerprint, now):
        raise Refused("not-found", sentence("There is no such secret."))
    if len(now) < ACTIVE:
        raise Refused("conflict", sentence("This is the only active secret. Make a new one first."))
    _set(session, spoc, [secret for secret in now if fingerprint(secret) != name])
    audit.record(session, by_id, "webhook_secret_retired", "spoc", spoc.id, fingerprint=name)


def takes(session: Session, spoc: Spoc, address: str | None) -> bool:
    """Whether a companies file that gives this address, or none, says what signs; see the top of this file."""
    if spoc.webhook_url is None or (address is not None and address != spoc.webhook_url):
        return True
    session.refresh(spoc, ["webhook_secrets"], with_for_update=True)  # its managers may rotate them this moment
    return not any(secret.own for secret in active(session, spoc))


def note(session: Session, spoc: Spoc) -> None:
    """Record since when what a companies file has named signs."""
    if spoc.webhook_url:
        session.flush()
        session.refresh(spoc, ["webhook_secrets"], with_for_update=True)  # its managers may rotate them this moment
    if spoc.webhook_secrets:
        _set(session, spoc, spoc.webhook_secrets)


def _set(session: Session, spoc: Spoc, now: Sequence[str], own: bool = False) -> None:
    """Let these sign. own: the new ones among them are the company's."""
    spoc.webhook_secrets = list(now)
    recorded, names, at = {row.fingerprint: row for row in session.scalars(_recorded(spoc.id))}, set(), clock.now()
    for name in map(fingerprint, now):
        names.add(name)
        row = recorded.get(name)
        if row is None:
            session.add(WebhookSecret(spoc_id=spoc.id, fingerprint=name, since=at, own=own))
        elif row.retired_at:  # the file names again what it had taken out
            row.since, row.own, row.retired_at = at, own, None
    for name, row in recorded.items():
        if name not in names and not row.retired_at:
            row.retired_at = at


def _recorded(spoc_id: str) -> Select[WebhookSecret]:
    return select(WebhookSecret).where(WebhookSecret.spoc_id == spoc_id)
