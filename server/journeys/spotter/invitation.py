"""The mail with the way in, a link to choose a password: for who joins, is invited, or has forgotten the one they had.

The subject of its work is the account and the moment it was asked for: each try is the same mail, the next asking another.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from server.core import post, web, work
from server.core.database import new_id, read
from server.people.accounts import invitation_link
from server.people.accounts import store as accounts
from server.people.accounts.models import Account

ONE_LINK_IN = timedelta(minutes=10)  # of the mails that anybody may ask for in somebody's name


def ask(session: Session, account_id: str, kind: str = "mail_joining") -> None:
    """Mail somebody the way in. `kind` "mail_invited": one of a long list."""
    work.enqueue(session, kind, f"{account_id}.{new_id()[:12]}")


def ask_as_anybody(session: Session, account_id: str) -> None:
    """Anybody may ask in somebody's name: who is asked for again and again gets no mail for each."""
    if not work.lately(session, "mail_joining", account_id, ONE_LINK_IN):
        ask(session, account_id)


@work.handler("mail_invited", unhurried=True)
@work.handler("mail_joining")
def mail(asked: str) -> None:
    """The link to choose a password; where there is one already, the word that one may sign in with it, or choose anew."""
    account_id = asked.partition(".")[0]
    with read() as session:
        account = session.get_one(Account, account_id)
        if account.erased_at:
            return
        known, mark, to = account.password_hash is not None, accounts.mark(account), account.email
    base = web.settings().base_url
    link = f"{base}/join/{invitation_link.make(account_id, mark)}"
    post.send_template(
        "already_joined" if known else "joined", to, "Your place with Cyber Spotter",
        {"link": link, "base_url": base}, post.message_id(f"{asked}.joining"),
    )  # fmt: skip
