"""The link that turns mails off, signed in or not: it says whose mails of which kind, signed, and can do nothing else.

Only mails that somebody may switch off have one; what tells of an account, a decision or a notice has none.
"""

from dataclasses import dataclass
from enum import StrEnum

from itsdangerous import BadSignature, URLSafeSerializer

from server.core import web


class Mailing(StrEnum):
    """What may be switched off."""

    REVIEW = "review"  # reminders of the review
    ROUNDS = "rounds"  # reminders and news of rounds
    REPORTS = "reports"  # what became of reports; a coordinator's question still comes


@dataclass(frozen=True, slots=True)
class StopLink:
    """What a link turns off, and for whom."""

    account_id: str
    mailing: Mailing


def address(account_id: str, mailing: Mailing) -> str:
    """The whole address of the link."""
    return web.absolute("unsubscribe.ask", token=make(account_id, mailing))


def make(account_id: str, mailing: Mailing) -> str:
    """The token that stands in the link."""
    return str(_signer().dumps([account_id, mailing.value]))


def read(token: str) -> StopLink | None:
    """What a token turns off; None when it is not ours."""
    try:
        account_id, mailing = _signer().loads(token)
        return StopLink(str(account_id), Mailing(mailing))
    except (BadSignature, ValueError, TypeError):
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(web.settings().secret_key, salt="unsubscribe")
