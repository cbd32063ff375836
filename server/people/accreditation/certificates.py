"""Certificates: the address at which others see that somebody is accredited, under an alias, for as long as they chose."""

import secrets
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.core import audit, folding
from server.core.database import changed
from server.core.sentences import sentence
from server.core.words import Refused
from server.people.accreditation.models import Certificate

CODE_LASTS = (30, 90, 365)  # days a verification address may work


def open_certificate(session: Session, account_id: str, at: datetime) -> Certificate | None:
    """The verification address that works at `at`, or None."""
    mine = select(Certificate).where(Certificate.account_id == account_id, *_works(at))
    return session.scalars(mine.order_by(Certificate.made_at.desc()).limit(1)).first()


def show_certificate(session: Session, account_id: str, alias: str, days: int, at: datetime) -> str:
    """Open a verification address under an alias for so many days; the code. One opened before ends."""
    if folding.is_blank(alias) or days not in CODE_LASTS:
        detail = sentence("Choose a name to show, and for how long.")
        raise Refused("invalid", detail, errors={"alias": [sentence("Choose a name.")]})
    hide_certificate(session, account_id, at)
    code = secrets.token_hex(16)
    session.add(Certificate(account_id=account_id, code=code, alias=alias.strip(), made_at=at,
                            expires_at=at + timedelta(days=days)))  # fmt: skip
    session.flush()
    audit.record(session, account_id, "certificate_shown", "account", account_id)
    return code


def hide_certificate(session: Session, account_id: str, at: datetime) -> None:
    """Close the verification address, if one is open."""
    mine = update(Certificate).where(Certificate.account_id == account_id, *_works(at))
    if changed(session, mine.values(ended_at=at)):
        audit.record(session, account_id, "certificate_hidden", "account", account_id)


def by_code(session: Session, code: str, at: datetime) -> Certificate:
    """The certificate a code shows. Raises Refused("not-found") alike for a wrong, ended and expired one."""
    certificate = session.scalars(select(Certificate).where(Certificate.code == code, *_works(at))).first()
    if certificate is None:
        raise Refused(
            "not-found", sentence("There is no certificate at this address. It may have expired or been closed.")
        )
    return certificate


def _works(at: datetime) -> tuple[Any, ...]:
    return Certificate.ended_at.is_(None), Certificate.expires_at > at
