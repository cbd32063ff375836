"""Rounds write to spotters: when one opens, before the start, mid-round if they have not searched this week, before the end,
when it is cancelled or takes place after all, when somebody leads a team or is let in once accredited, and with thanks afterwards.

Each mail is a row before it is a mail, unique by round, person and occasion: there is never a second. It is checked again
before sending: people who have searched, left, been suspended or turned reminders off in the meantime get no mail.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock, post, recurring, time_zones, web, work
from server.core.database import read, write
from server.core.sentences import sentence
from server.journeys.spotter import mailing, standing_mails, taking_part
from server.people.accounts import stop_link
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accounts.stop_link import Mailing
from server.people.accreditation import store as accreditation
from server.people.rounds import choice_store, mails, store
from server.people.rounds.mails import Due
from server.people.rounds.models import Round, RoundMail, SpotterChoice
from server.people.rounds.weeks import Reminder
from server.reads import round_figures

SUBJECT = {
    Reminder.START: sentence("A round starts soon"),
    Reminder.WEEK: sentence("Your searches this week"),
    Reminder.END: sentence("A round ends soon"),
    Reminder.OPENED: sentence("A new round: you can sign up"),
    Reminder.CANCELLED: sentence("A round is cancelled"),
    Reminder.REOPENED: sentence("A round takes place after all"),
    Reminder.LEAD: sentence("You lead a team"),
    Reminder.ADMITTED: sentence("You are in: a round you signed up for"),
    Reminder.RESULTS: sentence("Thank you: what the round came to"),
}
AT_WORK = (Reminder.WEEK, Reminder.END)  # what links to the worklist; the others to the round


@recurring.every(3600, "remind_rounds")
def remind_rounds() -> None:
    """Record who is to be written to today, and queue the mails."""
    with read() as session:
        due = [(mail, _concerned(session, mail)) for mail in mails.due(session, clock.now())]
    for mail, account_ids in due:
        _queue(mail, account_ids)


@work.handler("announce_round", low_priority=True)
def announce_round(round_id: str) -> None:
    """Write to everybody who could sign up for a round that opened, or who takes part in one that is cancelled or reopened.

    Who waited for it and was accredited before it opened is let in.
    """
    taking_part.let_in_meanwhile(round_id)
    with read() as session:
        everybody = session.scalars(select(Account.id).where(accounts.SPOTTERS, Account.disabled_at.is_(None)))
        due = (mails.of_state(session, round_id, everybody.all()), mails.of_reopening(session, round_id))
        concerned = [(mail, _concerned(session, mail)) for mail in due if mail]
    for mail, account_ids in concerned:
        _queue(mail, account_ids)


@work.handler("announce_lead")
def announce_lead(team_id: str) -> None:
    """Write to whoever was named the lead of a team."""
    with read() as session:
        mail = mails.of_lead(session, team_id)
        account_ids = _concerned(session, mail) if mail else []
    if mail:
        _queue(mail, account_ids)


def queue_again(session: Session, account_id: str) -> None:
    """The account is open again: queue what has not left, and that rounds were cancelled or reopened meanwhile."""
    mails.queue_again(session, account_id)
    for round_id in store.of_member(session, account_id, clock.now()):
        for mail in (mails.of_state(session, round_id, ()), mails.of_reopening(session, round_id)):
            if mail and account_id in mail.account_ids:
                mails.queue(session, mail, _concerned(session, Due(round_id, mail.name, (account_id,))))


def _queue(mail: Due, account_ids: Sequence[str]) -> None:
    with write() as session:
        mails.queue(session, mail, account_ids)


def _concerned(session: Session, mail: Due) -> list[str]:
    """Those of them whom it concerns; thanks go to who reported or searched."""
    ids = set(mail.account_ids)
    if mail.occasion is Reminder.RESULTS and ids:
        ids &= round_figures.took_part(session, store.get(session, mail.round_id))
    people = session.scalars(select(Account).where(Account.id.in_(ids)).order_by(Account.id)).all()
    known, at = accreditation.of_people(session, ids), clock.now()
    choices, groups = choice_store.choices(session, ids), set(store.get(session, mail.round_id).groups)
    day = store.today(store.get(session, mail.round_id))
    chosen = [(account, choices.get(account.id), known.get(account.id)) for account in people]
    return [
        account.id
        for account, choice, last in chosen
        if mailing.concerns(mail.occasion, standing_mails.addressee(account, choice, last, at, day))
        and not (mail.occasion is Reminder.OPENED and _left_out(choice, groups))
    ]


def _left_out(choice: SpotterChoice | None, groups: set[str]) -> bool:
    """Whether a round is about nothing but what somebody leaves out."""
    return bool(groups) and choice is not None and groups <= set(choice.avoids or ())


@work.handler("mail_round", low_priority=True)  # to everybody at once
def mail_round(mail_id: str) -> None:
    """Send one mail, if it still applies."""
    with read() as session:
        mail = session.get(RoundMail, mail_id)
        if mail is None or mail.mailed_at:
            return
        account, round_ = session.get_one(Account, mail.account_id), store.get(session, mail.round_id)
        if account.disabled_at:
            return  # it leaves once the account is open again
        kind, holds = mails.occasion(mail.name), _holds(session, mail, account, round_)
        page = web.absolute("rounds.work") if kind in AT_WORK else web.absolute("rounds.show", round_id=round_.id)
        context = {
            "kind": kind.value, "round": round_, "zone": time_zones.city(round_.zone), "page": page, "profile": web.absolute("accounts.profile"),
            "at_work": kind in AT_WORK, **(_results(session, round_, account.id) if kind is Reminder.RESULTS else {}),
        }  # fmt: skip
        to, language = account.email, account.language
        stop = stop_link.address(account.id, Mailing.ROUNDS) if kind in mailing.OPTIONAL else None
    if not holds:
        with write() as session:
            mails.take_back(session, mail_id)
        return
    post.send_template("round", to, SUBJECT[kind], context, post.message_id(mail_id), language, unsubscribe=stop)
    with write() as session:
        mails.mark_mailed(session, mail_id)


def _holds(session: Session, mail: RoundMail, account: Account, round_: Round) -> bool:
    """Whether a mail still says something true to somebody whom it concerns."""
    at, choice = clock.now(), choice_store.choice(session, account.id)
    last, day = accreditation.current(session, account.id), store.today(round_)
    spotter = standing_mails.addressee(account, choice, last, at, day)
    kind = mails.occasion(mail.name)
    if kind is Reminder.OPENED and _left_out(choice, set(round_.groups)):
        return False
    return mails.still_true(session, mail, at) and mailing.concerns(kind, spotter)


def _results(session: Session, round_: Round, account_id: str) -> dict[str, Any]:
    """What a round came to, as its page says it to a spotter: outcomes only when enough people reported."""
    came = round_figures.came(session, round_, store.today(round_))
    own = round_figures.came(session, round_, account_id=account_id).whole
    return {"whole": came.whole, "own": own, "outcomes": came.reporters >= round_figures.ENOUGH}
