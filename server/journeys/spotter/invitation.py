"""The mail with a link to choose a password: for people who join, are invited, or have forgotten their password.

The work's subject is the account and a random part: each retry sends the same mail, each new request another one.
"""

from datetime import timedelta

from sqlalchemy.orm import Session

from server.core import access, clock, post, web, work
from server.core.database import new_id, read, write
from server.core.sentences import sentence
from server.core.words import RoundState
from server.people.accounts import invitation_link, signing_in
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.rounds.models import Round

ONE_LINK_IN = timedelta(minutes=10)  # of the mails that anybody may request for any address


def send(session: Session, account_id: str, kind: str = "mail_joining") -> None:
    """Mail somebody the link. `kind` "mail_invited": one of a long list; "mail_accepted": who applied."""
    work.enqueue(session, kind, f"{account_id}.{new_id()[:28]}")


def send_to_anybody(session: Session, account_id: str, kind: str = "mail_joining") -> None:
    """Anybody may request a link for any address: repeated requests send no more than one mail in ten minutes."""
    if not work.enqueued_within(session, kind, account_id, ONE_LINK_IN):
        send(session, account_id, kind)


@work.handler("mail_accepted")
def mail_accepted(request_id: str) -> None:
    """The same link, for somebody who applied and was given a place."""
    _mail(request_id, accepted=True)


@work.handler("mail_invited", low_priority=True)
@work.handler("mail_joining")
def mail(request_id: str) -> None:
    """The link to choose a password, for who joins, is invited or asks for it."""
    _mail(request_id, accepted=False)


def _mail(request_id: str, *, accepted: bool) -> None:
    """The link to choose a password; if there is one already, a note that they can sign in with it or choose a new one.

    It says who invited them, or accepted their application, with which group, and for which round while that is open;
    coordinators and administrators get another one, for no training waits for them. Who has no language yet reads the
    language that whoever invited them chose.
    """
    account_id = request_id.partition(".")[0]
    with read() as session:
        account = session.get(Account, account_id)
        if account is None or account.disabled_at:  # None: a stranger named an address that has no account
            return
        known, mark, to = account.password_hash is not None, accounts.mark(account), account.email
        inviter = session.get(Account, account.invited_by_id) if account.invited_by_id else None
        language = account.language or (inviter.language if inviter else None)
        role = account.role if access.can("cases.see", account) else None
        round_ = session.get(Round, account.invited_for_id) if account.invited_for_id else None
        if round_ and (round_.state != RoundState.OPEN or clock.now() >= round_.span.ends_at):
            round_ = None
        group = account.cohort if inviter else None
    link = web.absolute("accounts.set_password", token=invitation_link.make(account_id, mark))
    context = {
        "link": link, "sign_in_url": web.absolute("accounts.sign_in"), "accepted": accepted,
        "by": inviter.name if inviter else "", "group": group, "round": round_, "role": role,
    }  # fmt: skip
    subject = (
        sentence("Your application is accepted") if accepted and not known else sentence("Your Cyber Spotter account")
    )
    post.send_template(
        "already_joined" if known else "joined_staff" if role else "joined", to, subject, context,
        post.message_id(f"{request_id}.joining"), language,
    )  # fmt: skip


@work.handler("mail_sign_in_link")
def mail_sign_in_link(request_id: str) -> None:
    """The link to sign in once; people who have not chosen a password yet get the link for that."""
    account_id = request_id.partition(".")[0]
    with write() as session:
        account = session.get(Account, account_id)
        if account is None or account.disabled_at:
            return
        if account.password_hash is None:
            send(session, account_id)
            return
        secret, to, language = signing_in.make_link(session, account_id, clock.now()), account.email, account.language
    context = {"link": web.absolute("accounts.ask_sign_in_by_link", secret=secret)}
    subject = sentence("Your link to sign in to Cyber Spotter")
    post.send_template("sign_in_link", to, subject, context, post.message_id(f"{request_id}.sign-in"), language)
