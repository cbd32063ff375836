"""The mail with a link to choose a password: for people who join, are invited, or have forgotten their password.

The work's subject is the account and a random part: each retry sends the same mail, each new request another one.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from server.core import post, web, work
from server.core.database import new_id, read
from server.core.words import sentence
from server.people.accounts import invitation_link
from server.people.accounts import store as accounts
from server.people.accounts.models import Account

ONE_LINK_IN = timedelta(minutes=10)  # of the mails that anybody may request for any address


def send(session: Session, account_id: str, kind: str = "mail_joining") -> None:
    """Mail somebody the link. `kind` "mail_invited": one of a long list."""
    work.enqueue(session, kind, f"{account_id}.{new_id()[:12]}")


def send_to_anybody(session: Session, account_id: str) -> None:
    """Anybody may request a link for any address: repeated requests send no more than one mail in ten minutes."""
    if not work.enqueued_within(session, "mail_joining", account_id, ONE_LINK_IN):
        send(session, account_id)


@work.handler("mail_invited", low_priority=True)
@work.handler("mail_joining")
def mail(request_id: str) -> None:
    """The link to choose a password; if there is one already, a note that they can sign in with it or choose a new one."""
    account_id = request_id.partition(".")[0]
    with read() as session:
        account = session.get_one(Account, account_id)
        if account.disabled_at:
            return
        known, mark, to = account.password_hash is not None, accounts.mark(account), account.email
        language = account.language
    link = web.absolute("accounts.set_password", token=invitation_link.make(account_id, mark))
    context = {"link": link, "sign_in_url": web.absolute("accounts.sign_in")}
    post.send_template(
        "already_joined" if known else "joined", to, sentence("Your Cyber Spotter account"), context,
        post.message_id(f"{request_id}.joining"), language,
    )  # fmt: skip
