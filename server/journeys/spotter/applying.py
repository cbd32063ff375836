"""From an application to a place: kept, withdrawn, invited or declined. One transaction a function."""

from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.exc import IntegrityError

from server.core import clock, post, web, work
from server.core.database import read, write
from server.core.words import Refused, Role
from server.journeys.spotter import invitation
from server.people.accounts import invitees
from server.people.accounts import store as accounts
from server.people.recruitment import store as recruitment
from server.people.recruitment.models import Application, State


def apply(email: str, name: str, **given: Any) -> None:
    """Keep an application and mail that it is here. Whether the address is known shows only in the mail."""
    accounts.refuse_unfit(email, name)
    address = accounts.fold_email(email)
    with write() as session:
        account = accounts.by_email(session, address)
        if account:
            invitation.ask_as_anybody(session, account.id)
            return
        made = recruitment.add(session, address, name.strip(), at=clock.now(), **given)
        if made:
            work.enqueue(session, "mail_applied", made)


def withdraw_application(token: str) -> bool:
    """Erase an application by the link in its mail; whether there was one. Raises Refused("not-found") for no link of ours."""
    with write() as session:
        return recruitment.withdraw(session, application_of(token))


def application_of(token: str) -> str:
    """The application behind a link. Raises Refused("not-found")."""
    try:
        return str(_links().loads(token))
    except BadSignature:
        raise Refused("not-found", "This is no link of ours.") from None


def _links() -> URLSafeSerializer:
    return URLSafeSerializer(web.settings().secret_key, salt="application")


def invite_applicant(application_id: str, by_id: str, cohort: str = "") -> str:
    """A coordinator gives somebody a place: an account, the way in by mail, and nothing left of the application.

    Returns the name. Who invited is kept: they do not accredit them. Raises Refused: not-found.
    """
    with write() as session:
        application = recruitment.one(session, application_id)
        account = accounts.by_email(session, application.email)
        if account is None:
            account = accounts.add(session, application.email, application.name, Role.SPOTTER, None)
            account.invited_by_id, account.cohort = by_id, cohort.strip() or None
            account.languages = list(application.languages)
        name = application.name
        recruitment.invited(session, application, by_id)
        invitation.ask(session, account.id)
        return name


def invite_all(data: bytes, by_id: str) -> tuple[int, int]:
    """A coordinator invites everybody of a list: accounts and the way in by mail, all or none.

    Returns how many, and how many rows were left out: such as who has got an account since the list was looked at, so that
    sending it twice invites once. Raises Refused("invalid") for no list, "conflict" when somebody joins at the same moment.
    """
    # Outside the transaction: nobody waits for it. Written again, a list is a little longer than it came.
    listed = invitees.read(data, accounts.refuse_unfit, most=2 * invitees.MOST_BYTES)
    try:
        with write() as session:
            known = accounts.known(session, [one.email for one in listed.fit])
            fresh = [one for one in listed.fit if one.email not in known]
            for account_id in accounts.add_invited(session, fresh, by_id):
                invitation.ask(session, account_id, "mail_invited")
            return len(fresh), len(known) + len(listed.wrong)
    except IntegrityError:
        raise Refused(
            "conflict", "Somebody of the list joined at this moment. Nobody was invited; send it again."
        ) from None


def decline_applicant(application_id: str, by_id: str) -> str:
    """A coordinator says no, kindly and by mail; the name. Raises Refused: not-found."""
    with write() as session:
        application = recruitment.one(session, application_id)
        recruitment.decline(session, application, by_id, clock.now())
        work.enqueue(session, "mail_declined", application_id)
        return application.name


@work.handler("mail_applied")
def mail_applied(application_id: str) -> None:
    """Their application is here; how long it is kept, and how to take it back."""
    _mail(application_id, State.WAITING, "applied", "Your application to Cyber Spotter")


@work.handler("mail_declined")
def mail_declined(application_id: str) -> None:
    """There is no place for them now."""
    _mail(application_id, State.DECLINED, "declined", "Your application to Cyber Spotter")


def _mail(application_id: str, state: State, template: str, subject: str) -> None:
    with read() as session:
        application = session.get(Application, application_id)
        if application is None or application.state != state:
            return  # withdrawn, decided or erased meanwhile
        to = application.email
    base = web.settings().base_url
    given = {
        "base_url": base, "link": f"{base}/apply/withdraw/{_links().dumps(application_id)}",
        "waiting_days": recruitment.WAITING_KEPT.days, "declined_days": recruitment.DECLINED_KEPT.days,
    }  # fmt: skip
    post.send_template(template, to, subject, given, post.message_id(f"{application_id}.{template}"))


@work.every(3600, "forget_applications")
def forget_applications() -> None:
    """Applications end by themselves."""
    with write() as session:
        recruitment.forget(session, clock.now())
