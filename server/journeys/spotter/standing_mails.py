"""Mails about an accreditation: each step of it, its end, and changed training that must be reviewed.

Each is a row before it is a mail, unique by person, occasion and what it is about: there is never a second. Whom it concerns
is looked at again before it leaves (`mailing.concerns`).
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import chain, groupby, islice
from operator import itemgetter
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock, post, recurring, times, web, wording, work
from server.core.database import read, write
from server.core.sentences import sentence
from server.core.words import Level, Standing
from server.journeys.spotter import letters, mailing
from server.journeys.spotter.letters import Letter
from server.journeys.spotter.mailing import Addressee
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import agreement, mails, occasions, standings
from server.people.accreditation import store as accreditation
from server.people.accreditation.asking import AskedAgain
from server.people.accreditation.models import AccreditationRow, Appeal, StandingMail
from server.people.accreditation.occasions import Occasion
from server.people.accreditation.standings import Accreditation
from server.people.courses import catalogue
from server.people.exams.models import ExamOpening
from server.people.leads.models import LeadQuestion
from server.people.rounds import choice_store
from server.people.rounds.models import SpotterChoice
from server.reads import eligibility, named_contact, team_questions

APPEALS = (Occasion.APPEAL_RECEIVED, Occasion.APPEAL_DISMISSED)
DECISIONS = (Occasion.ACCREDITED, Occasion.RENEWED, Occasion.LEVEL, Occasion.SUSPENDED, Occasion.REINSTATED,
             Occasion.WITHDRAWN, Occasion.APPEAL_GRANTED)  # fmt: skip
NAMELESS = (Occasion.SUSPENDED, Occasion.WITHDRAWN)  # who stopped somebody is not named to them
PEOPLE_AT_ONCE = 200  # whose mails are written down in one transaction: nobody else can write on SQLite meanwhile


class MailText(NamedTuple):
    """A mail about to leave: its letter, the rows it tells of, and the reason given, with whose words these are."""

    letter: Letter
    ids: list[str]
    why: str = ""
    by: str = ""


def addressee(
    account: Account, choice: SpotterChoice | None, last: Accreditation | None, at: datetime, day: date | None = None
) -> Addressee:
    """What counts of a spotter when it is asked who is written to. choice: None until they have chosen anything; day: which
    day it is for them; None: the UTC day.
    """
    paused = choice is not None and choice.paused_until is not None and (day or at.date()) < choice.paused_until
    reminders = choice is None or choice.reminders
    return Addressee(standings.standing(last, at), account.disabled_at is None, reminders, paused)


@recurring.every(3600, "remind_standings")
def remind_standings() -> None:
    """Write down and queue what is due today: accreditations that end, and what changed since they were given."""
    at = clock.now()
    is_open = (accounts.SPOTTERS, Account.disabled_at.is_(None), Account.erased_at.is_(None))
    with read() as session:
        people = {account.id: account for account in session.scalars(select(Account).where(*is_open))}
        known = accreditation.of_people(session, select(Account.id).where(*is_open))
        choices = choice_store.choices(session, select(Account.id).where(*is_open))
        asked = eligibility.asked_of_people(session, known, at)
        due = [
            (account_id, occasion, about)
            for account_id, last in known.items()
            for spotter in [addressee(people[account_id], choices.get(account_id), last, at)]
            for occasion, about in _due(last, asked.get(account_id, ()), at)
            if mailing.concerns(occasion, spotter)
        ]
        recorded = mails.recorded(session, due)
    new = groupby((mail for mail in due if mail not in recorded), key=itemgetter(0))
    by_person = (list(theirs) for _, theirs in new)
    while people_due := list(islice(by_person, PEOPLE_AT_ONCE)):
        with write() as session:
            mails.queue_all(session, list(chain.from_iterable(people_due)))


def _due(last: Accreditation, asked: Sequence[AskedAgain], at: datetime) -> Iterator[tuple[Occasion, str]]:
    if end := occasions.of_end(last, at):
        yield end
    for change in asked:
        yield Occasion.CHANGED, occasions.of_change(change.name, change.state)


@work.handler("mail_standing")
def mail_standing(mail_id: str) -> None:
    """Send one mail about an accreditation, if it still tells something true to somebody whom it concerns."""
    at = clock.now()
    with read() as session:
        mail = session.get(StandingMail, mail_id)
        if mail is None or mail.mailed_at:
            return
        account, occasion = session.get_one(Account, mail.account_id), Occasion(mail.occasion)
        if account.disabled_at:
            return  # it leaves once the account is open again
        account_id, told = account.id, _told(session, mail, account, at)
        to, language, contact = account.email, account.language, named_contact.of(session, account_id)
    if told is None:
        with write() as session:
            mails.take_back(session, account_id, occasions.DUE_AGAIN & {occasion})
        return
    context = {
        "letter": told.letter, "page": web.absolute(told.letter.page), "why": told.why, "contact": contact,
        "quoted": told.by if occasion not in NAMELESS else "",
    }  # fmt: skip
    post.send_template("standing", to, told.letter.subject, context, post.message_id(mail_id), language)
    with write() as session:
        mails.mark_mailed(session, told.ids)


def _told(session: Session, mail: StandingMail, account: Account, at: datetime) -> MailText | None:
    """What the mail says; None when it is not so any more, or does not concern them now."""
    last, choice = accreditation.current(session, account.id), choice_store.choice(session, account.id)
    if not mailing.concerns(Occasion(mail.occasion), addressee(account, choice, last, at)):
        return None
    if mail.occasion == Occasion.CHANGED:
        changes = _changes(session, mail, last, at)
        return MailText(letters.of_changes(list(changes.values())), list(changes)) if changes else None
    params = _params(session, mail, last, at)
    if params is None:
        return None
    states = {name: params[name] for name in ("current", "ended", "suspended", "again")}
    letter = letters.letter(Occasion(mail.occasion), params, **states)
    return MailText(letter, [mail.id], params["why"], params["by"])


def _params(session: Session, mail: StandingMail, last: Accreditation | None, at: datetime) -> dict[str, Any] | None:
    """What the letter names; None when it is not so any more."""
    occasion = Occasion(mail.occasion)
    if occasion in APPEALS:
        return _of_appeal(session, mail.about, occasion)
    if occasion is Occasion.EXAM_REOPENED:
        return _of_opening(session, mail.about)
    if occasion is Occasion.ASKED:
        again = mail.about != f"{mail.at:%Y-%m-%d}"  # the day's mail had left: see asking_lead
        waits = team_questions.waits_for(session, mail.account_id)
        return _filled(date=times.date(mail.at), again=again) if waits else None
    if occasion is Occasion.ANSWERED:
        return _of_answer(session, mail.about)
    if occasion in DECISIONS:
        return _of_decision(session, mail.about, last)
    if last is None or occasions.of_end(last, at) != (occasion, mail.about):
        return None
    passed_again = eligibility.exam_passed(session, mail.account_id, at)
    return _filled(until=times.date(last.expires_at), current=not passed_again)


def _filled(**params: Any) -> dict[str, Any]:
    return {
        "date": "",
        "by": "",
        "until": "",
        "level": "",
        "title": "",
        "why": "",
        "current": True,
        "ended": False,
        "suspended": False,
        "again": False,
    } | params


def _name(session: Session, account_id: str | None) -> str:
    return session.get_one(Account, account_id).name if account_id else ""


def _of_decision(session: Session, decision_id: str, last: Accreditation | None) -> dict[str, Any]:
    row = session.get_one(AccreditationRow, decision_id)
    return _filled(
        date=times.date(row.at), by=_name(session, row.by_account_id), until=times.date(row.expires_at),
        level=wording.LEVEL[Level(row.level)], why=row.why, current=last is not None and last.id == row.id,
        ended=row.standing == Standing.ACTIVE and row.expires_at <= row.at, suspended=row.standing == Standing.SUSPENDED,
    )  # fmt: skip


def _of_appeal(session: Session, appeal_id: str, occasion: Occasion) -> dict[str, Any] | None:
    appeal = session.get(Appeal, appeal_id)
    if appeal is None:
        return None
    if occasion is Occasion.APPEAL_RECEIVED:
        return _filled(date=times.date(appeal.at)) if appeal.decided_at is None else None
    at, by = appeal.decided_at or appeal.at, _name(session, appeal.decided_by_id)
    return _filled(date=times.date(at), by=by, why=appeal.why or "")


def _of_answer(session: Session, question_id: str) -> dict[str, Any] | None:
    """The answer, under the name of the lead who was asked: a coordinator who answers is not named."""
    question = session.get(LeadQuestion, question_id)
    if question is None or question.answer is None:
        return None
    [shown] = team_questions.shown(session, [question])
    return _filled(date=times.date(question.asked_at), by=shown["by"], why=question.answer)


def _of_opening(session: Session, opening_id: str) -> dict[str, Any] | None:
    opening = session.get(ExamOpening, opening_id)
    module = catalogue.modules().get(opening.module) if opening else None
    if opening is None or module is None:
        return None
    return _filled(date=times.date(opening.at), by=_name(session, opening.by_account_id), title=module.titled)


def _changes(
    session: Session, mail: StandingMail, last: Accreditation | None, at: datetime
) -> dict[str, dict[str, Any]]:
    """What `letters.of_changes` is told of each change that this mail is about and that is still so, by its row."""
    rows = {row.about: row.id for row in mails.together(session, mail) if not row.mailed_at}
    language = session.get_one(Account, mail.account_id).language
    asked = eligibility.asked_again(session, mail.account_id, last, at)
    named = ((rows.get(occasions.of_change(change.name, change.state)), change) for change in asked)
    return {row: _of_change(change, language, at) for row, change in named if row}


def _of_change(change: AskedAgain, language: str | None, at: datetime) -> dict[str, Any]:
    module = catalogue.modules().get(change.name)
    module = module.read_in([language or ""]) if module else None
    lessons = [module.lesson(name) for name in change.lessons] if module else []
    titles = [sentence("“%(title)s”", title=lesson.title) for lesson in lessons if lesson]
    return {
        "kind": "part" if titles else "agreement" if change.name == agreement.NAME else "whole",
        "title": module.title if module else change.title, "lessons": wording.series(titles),
        "until": times.date(change.until), "overdue": at >= change.until,
    }  # fmt: skip
