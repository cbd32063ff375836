"""Turning mails off from a mail itself: by its link, or with one click in the mail program (RFC 8058), without signing in.

Only mails that somebody may switch off have such a link; what tells of an account, a decision or a notice has none. The link
says whose mails of which kind it turns off, signed; it can do nothing else, and opening it changes nothing.
"""

from dataclasses import dataclass
from enum import StrEnum

from itsdangerous import BadSignature, URLSafeSerializer

from server.core import web
from server.core.database import write
from server.people.accounts.models import Account
from server.people.rounds import store as rounds
from server.people.training import store as training


class Mailing(StrEnum):
    """What may be switched off."""

    REVIEW = "review"  # reminders of the review
    ROUNDS = "rounds"  # reminders and news of rounds


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


def stop(link: StopLink) -> None:
    """Turn these mails off. Twice is once; nothing of an account that is erased."""
    with write() as session:
        account = session.get(Account, link.account_id)
        if account is None or account.erased_at:
            return
        if link.mailing is Mailing.REVIEW:
            training.choose_rhythm(session, link.account_id, None)
        else:
            rounds.choose(session, link.account_id, reminders=False)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(web.settings().secret_key, salt="unsubscribe")
