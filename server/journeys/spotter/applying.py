"""From an application to a place: kept, withdrawn, invited or declined. One transaction a function."""

from typing import Any

from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy.exc import IntegrityError

from server.core import clock, post, recurring, web, work
from server.core.database import read, write
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.spotter import alias, invitation
from server.people.accounts import invitees, inviters
from server.people.accounts import store as accounts
from server.people.recruitment import store as recruitment
from server.people.recruitment.models import Application, State
from server.people.rounds import store as rounds


def apply(email: str, name: str, **fields: Any) -> None:
    """Keep an application; the worker confirms it by mail.

    Whether the address has an account, or an application that waits, only the worker finds out: the same work is done here
    for every address, so that neither words nor time tell, and it shows only in the mail.
    """
    accounts.refuse_unfit(email, name)
    with write() as session:
        address = accounts.fold_email(email)
        application_id = recruitment.add(session, address, name.strip(), at=clock.now(), **fields)
        work.enqueue(session, "mail_applied", application_id)


def withdraw_application(token: str) -> bool:
    """Erase an application by the link in its mail; whether there was one. Raises Refused("not-found") for an invalid link."""
    with write() as session:
        return recruitment.withdraw(session, application_of(token))


def application_of(token: str) -> str:
    """The application behind a link. Raises Refused("not-found")."""
    try:
        return str(_links().loads(token))
    except BadSignature:
        raise Refused("not-found", sentence("This link is not valid.")) from None


def _links() -> URLSafeSerializer:
    return URLSafeSerializer(web.settings().secret_key, salt="application")


def invite_applicant(application_id: str, by_id: str, cohort: str = "") -> str:
    """A coordinator gives somebody a place: an account and an invitation link by mail. All their applications are erased.

    Returns the name. Who invited them is kept: somebody else accredits them. Raises Refused: not-found, and conflict when
    the address has a closed account.
    """
    with write() as session:
        application = recruitment.waiting_application(session, application_id)
        account = accounts.by_email(session, application.email)
        if account is None:
            account = accounts.add_spotter(
                session, application.email, application.name, invited_by_id=by_id, cohort=cohort,
                languages=application.languages, language=application.language,
            )  # fmt: skip
        if account.disabled_at:
            raise Refused(
                "conflict",
                sentence("The account of %(email)s is closed. Reopen it instead.", email=application.email),
            )
        inviters.note(account, by_id)
        name, address = application.name, application.email
        recruitment.invited(session, application, by_id)
        recruitment.invited_otherwise(session, [address], by_id)  # one that was declined before
        invitation.send(session, account.id, "mail_accepted")
        return name


def invite_all(data: bytes, by_id: str, round_id: str | None = None) -> tuple[int, int, int]:
    """A coordinator invites everybody on a list, for a round or none: accounts and invitation links by mail, all or none.

    Returns how many were invited, and how many rows were left out: of people who have an account by now (sending a list twice
    invites once), and rows that have become invalid since the list was checked, such as a name that is now taken. Raises
    Refused: "invalid" for no list, "not-found" for no such round, "conflict" for a round that is closed or over, and when
    somebody joins at the same moment.
    """
    # Outside the transaction: nobody waits for it. Written again, a list is a little longer than the file.
    people = invitees.read(data, alias.fitness(), most=2 * invitees.MOST_BYTES)
    try:
        with write() as session:
            if round_id:
                rounds.open_for(session, round_id)
            known = accounts.known(session, [invitee.email for invitee in people.invitees])
            fresh = [invitee for invitee in people.invitees if invitee.email not in known]
            recruitment.invited_otherwise(session, [invitee.email for invitee in fresh], by_id)
            for account_id in accounts.add_invited(session, fresh, by_id, round_id):
                invitation.send(session, account_id, "mail_invited")
            return len(fresh), len(known), len(people.rejected)
    except IntegrityError:
        detail = sentence("Somebody on the list has just joined. Nobody was invited; send the list again.")
        raise Refused("conflict", detail) from None


def decline_applicant(application_id: str, by_id: str, note: str = "") -> str:
    """A coordinator declines an application; the name. It is mailed, with the note, when it can be undone no longer.

    Raises Refused: not-found.
    """
    with write() as session:
        application, at = recruitment.waiting_application(session, application_id), clock.now()
        recruitment.decline(session, application, by_id, note, at)
        work.enqueue(session, "mail_declined", application_id, at + recruitment.UNDO)
        return application.name


def undo_decline(application_id: str, by_id: str) -> str:
    """A coordinator takes a decline back before anybody was told; the name. Raises Refused("conflict") when it is too late."""
    with write() as session:
        return recruitment.undo_decline(session, application_id, by_id, clock.now()).name


@work.handler("mail_applied")
def mail_applied(application_id: str) -> None:
    """Confirm the application: how long it is kept, and how to withdraw it. Who has an account needs none."""
    with write() as session:
        application = session.get(Application, application_id, with_for_update=True)
        account = accounts.by_email(session, application.email) if application else None
        if application and account:
            session.delete(application)
            invitation.send_to_anybody(session, account.id)
            return
    _mail(application_id, State.WAITING, "applied")


@work.handler("mail_declined")
def mail_declined(application_id: str) -> None:
    """Say that there is no place for them now; what they wrote is erased before, the note to them after."""
    with write() as session:
        if not recruitment.settle(session, application_id, clock.now()):
            return
    _mail(application_id, State.DECLINED, "declined")
    with write() as session:
        recruitment.drop_note(session, application_id)


def _mail(application_id: str, state: State, template: str) -> None:
    with read() as session:
        application = session.get(Application, application_id)
        if application is None or application.state != state:
            return  # withdrawn, decided or erased meanwhile
        if state is State.DECLINED:
            if recruitment.has_waiting(session, application.email):
                return  # they applied again: that decision is the one they hear of
            account = accounts.by_email(session, application.email)
            if account and not account.disabled_at:
                return  # they were given a place after all
        to, language, note = application.email, application.language, application.note
    context = {
        "note": note,
        "training_url": web.absolute("training.index"),
        "link": web.absolute("recruitment.ask_withdraw", token=str(_links().dumps(application_id))),
        "waiting_days": recruitment.WAITING_KEPT.days,
        "declined_days": recruitment.DECLINED_KEPT.days,
    }
    subject = sentence("Your application to Cyber Spotter")
    post.send_template(template, to, subject, context, post.message_id(f"{application_id}.{template}"), language)


@recurring.every(3600, "forget_applications")
def forget_applications() -> None:
    """Delete expired applications."""
    with write() as session:
        recruitment.forget(session, clock.now())
