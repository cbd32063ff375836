"""Joining: an account, and the link by which its owner chooses a password."""

from server.core import access, audit, clock, work
from server.core.database import alone, write
from server.core.sentences import sentence
from server.core.words import Refused, Role
from server.journeys.spotter import alias, invitation
from server.ledger.companies import store as companies
from server.people.accounts import inviters, passwords
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.recruitment import store as recruitment
from server.reads import unclaimed


def add_account(email: str, name: str, role: Role, password: str | None, company: str | None = None) -> str:
    """Open an account; its id. Raises Refused when the address has one or the company is unknown."""
    accounts.refuse_unfit(email, name)
    password_hash = None if password is None else passwords.hash_password(password)
    with write() as session:
        employer = companies.by_slug(session, company) if company else None
        if company and employer is None:
            detail = sentence("There is no company “%(slug)s”. Import the directory first.", slug=company)
            raise Refused("invalid", detail)
        return accounts.add(session, email, name, role, password_hash, employer.id if employer else None).id


def add_staff(email: str, name: str, role: Role, by_id: str) -> None:
    """An administrator opens a coordinator's or an administrator's account: a link by mail to choose a password.

    Raises Refused: forbidden, invalid, and conflict when the address has an account that is somebody's.
    """
    accounts.refuse_unfit(email, name)
    with write() as session:
        by = session.get_one(Account, by_id)
        if not access.can("people.manage_staff", by) or role not in access.holders("cases.see"):
            raise Refused("forbidden", sentence("Only an administrator adds coordinators and administrators."))
        account = accounts.by_email(session, email, lock=True)
        if account and unclaimed.is_unclaimed(session, account):
            accounts.give_role(session, account, name, role, by_id)
        else:
            account = accounts.add(session, email, name, role, None, by_id=by_id)
        inviters.note(account, by_id)
        invitation.send(session, account.id)


def send_link(account_id: str, by_id: str) -> str:
    """An administrator sends somebody a link to choose a password; the name. Raises Refused: forbidden, not-found, conflict."""
    with write() as session:
        if not access.can("people.manage_staff", session.get_one(Account, by_id)):
            raise Refused("forbidden", sentence("You do not have access to this page."))
        account = session.get(Account, account_id)
        if account is None or account.erased_at:
            raise Refused("not-found", sentence("There is no such account."))
        if account.disabled_at:
            raise Refused("conflict", sentence("This account is closed."))
        invitation.send(session, account.id)
        audit.record(session, by_id, "password_link_sent", "account", account.id)
        return account.name


def ask(email: str, name: str, language: str | None = None) -> None:
    """Somebody asks to join, in their browser's `language`. Whether the address is known shows only in the mail.

    The same is done for every address; what differs is the worker's to do. Raises Refused("invalid"), also for a name under
    which somebody else waits to join.
    """
    accounts.refuse_unfit(email, name)
    with write() as session:
        alone(session, "join")
        alias.refuse_asked_for(session, email, name)
        request_id = accounts.add_join_request(session, email, name, language, clock.now())
        work.enqueue(session, "join", request_id)


@work.handler("join")
def join(request_id: str) -> None:
    """Open an account for who asked, unless the address has one, and mail them a link to choose a password."""
    with write() as session:
        request = accounts.take_join_request(session, request_id)
        if request is None:
            return
        account = accounts.by_email(session, request.email)
        if account is None:
            account = accounts.add_spotter(session, request.email, request.name, language=request.language)
        invitation.send_to_anybody(session, account.id)


def invite(email: str, name: str, by_id: str) -> None:
    """A coordinator invites somebody: mail them a link to choose a password. They are kept: they do not accredit them.

    Raises Refused: invalid, and conflict when the address has a closed account.
    """
    with write() as session:
        account = accounts.by_email(session, email)
        if account is None:
            account = accounts.add_spotter(session, email, name)
        if account.disabled_at:
            detail = sentence("The account of %(email)s is closed. Reopen it instead.", email=email)
            raise Refused("conflict", detail, errors={"email": [detail]})
        inviters.note(account, by_id)
        recruitment.invited_otherwise(session, [account.email], by_id)
        invitation.send(session, account.id)


def send_password_link(email: str) -> None:
    """Somebody has forgotten their password: mail them a link, if the address has an account. Nothing changes yet."""
    with write() as session:
        invitation.send_to_anybody(session, accounts.asked_id(session, email))


def send_sign_in_link(email: str) -> None:
    """Somebody cannot sign in by password now: mail them a link that does it once, if the address has an account."""
    with write() as session:
        invitation.send_to_anybody(session, accounts.asked_id(session, email), "mail_sign_in_link")
