"""Who belongs: accounts, joining, exams, accreditation. What changes people across rooms, one transaction a function."""

import functools
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from server import clock, web, work
from server.accounts import passwords
from server.accounts import store as accounts
from server.accounts.models import Account
from server.accreditation import agreement
from server.accreditation import standing as rules
from server.accreditation import store as accreditation
from server.accreditation.standing import EVERYTHING, Accreditation, AskedAgain, Candidate, Decider, Scope
from server.companies import store as companies
from server.courses import shelf
from server.courses.module import Module
from server.database import db, write
from server.exams import store as exams
from server.exams.models import Attempt
from server.membership import way_in
from server.membership.erasing import erase, erase_oneself
from server.membership.recruiting import (
    application_of,
    apply,
    decline_applicant,
    invite_all,
    invite_applicant,
    withdraw_application,
)
from server.membership.ways import awaiting, encourage
from server.skill import store as skill
from server.words import Level, Refused, Role, Standing

__all__ = [  # those of the package's other files
    "application_of",
    "apply",
    "awaiting",
    "decline_applicant",
    "encourage",
    "erase",
    "erase_oneself",
    "invite_all",
    "invite_applicant",
    "withdraw_application",
]


def add_account(email: str, name: str, role: Role, password: str | None, company: str | None = None) -> str:
    """Open an account; its id. Raises Refused when the address has one or the company is unknown."""
    accounts.refuse_unfit(email, name)
    password_hash = None if password is None else passwords.hash_password(password)
    with write() as session:
        found = companies.by_slug(session, company) if company else None
        if company and found is None:
            raise Refused("invalid", f"There is no company {company}. Import the directory first.")
        return accounts.add(session, email, name, role, password_hash, found.id if found else None).id


def invite(email: str, name: str, by_id: str | None = None) -> None:
    """Somebody asks to join, or a coordinator invites them: mail them the way in.

    Whether the address is known shows only in the mail. Who invited somebody is kept: they do not accredit them.
    """
    with write() as session:
        account = accounts.by_email(session, email)
        if account is None:
            account = accounts.add(session, email, name, Role.SPOTTER, None)
            account.invited_by_id = by_id
        if by_id:
            way_in.ask(session, account.id)
        else:
            way_in.ask_as_anybody(session, account.id)


def let_in_again(email: str) -> None:
    """Somebody has forgotten their password: mail them the way in, when the address has an account. Nothing changes yet."""
    with write() as session:
        account = accounts.by_email(session, email)
        if account and not account.disabled_at:
            way_in.ask_as_anybody(session, account.id)


# --- The gate --------------------------------------------------------------------------------------------------------


def may_report(account_id: str) -> Accreditation:
    """What counts of an accredited person. Raises Refused("not-accredited") for everybody else."""
    at, session = clock.now(), db.session()
    last = accreditation.current(session, account_id, at)
    asked = asked_again(session, account_id, last, at)
    return rules.may_report(last, at, asked, training_url=web.settings().base_url + "/training")


def asked_again(session: Session, account_id: str, last: Accreditation | None, at: datetime) -> tuple[AskedAgain, ...]:
    """What changed since the accreditation and is to be passed or signed again, the most urgent first."""
    current = needed()
    if rules.standing(last, at) is not Standing.ACTIVE or last is None or _covered(last.covers, current):
        return ()
    passed = {(one.module, one.content_hash) for one in exams.passes(session, account_id)}
    passed |= {(agreement.NAME, content_hash) for content_hash in accreditation.signed_hashes(session, account_id)}
    return rules.asked_again(last.covers, current, passed, shelf.seen_since(session, current), last.at, at)


def needed() -> dict[str, tuple[str, str]]:
    """What an accreditation stands on: hash and title of every module it needs, and of the agreement."""
    return _needed(shelf.folder())


@functools.cache
def _needed(_folder: Path) -> dict[str, tuple[str, str]]:
    """Made once for each content folder, as the content is read once; it is asked for with every report."""
    courses = {
        course.slug: (course.content_hash, course.title) for course in shelf.modules().values() if course.required
    }
    text = accreditation.agreement()
    return courses | {agreement.NAME: (text.content_hash, text.title)}


def _covered(covers: Mapping[str, str], current: Mapping[str, tuple[str, str]]) -> bool:
    return all(covers.get(name) == content_hash for name, (content_hash, _) in current.items())


@work.every(60, "note_content")
def note_content() -> None:
    """Remember since when each module and the agreement are as they are: grace periods run from it."""
    with write() as session:
        shelf.note_states(session, {name: content_hash for name, (content_hash, _) in needed().items()}, clock.now())


# --- Exams -----------------------------------------------------------------------------------------------------------


def start_exam(account_id: str, course: Module, seed: int, *, more_time: bool = False) -> tuple[str, int]:
    """Somebody begins an exam, or goes on with it: the attempt's id, and how many questions are answered already.

    What was passed before a withdrawal is asked anew. Raises Refused("conflict") when no attempt may start now.
    """
    with write() as session:
        since = accreditation.withdrawn_at(session, account_id)
        begun = exams.start_attempt(session, account_id, course, clock.now(), seed, more_time=more_time, since=since)
        return begun.id, begun.position


@work.handler("end_exam")
def end_exam(attempt_id: str) -> None:
    """An exam whose time is over ends, with what was answered."""
    with write() as session:
        attempt = session.get(Attempt, attempt_id)
        if attempt and exams.is_over(attempt, clock.now()):
            exams.finish(session, attempt)


def open_exam(account_id: str, slug: str, by_id: str, why: str) -> None:
    """A coordinator lets somebody try an exam again after too many failed attempts."""
    with write() as session:
        _spotter(session, account_id)
        rules.by_another(account_id, _decider(session, by_id))
        if not why.strip():
            raise Refused("invalid", "Say why: the reason is kept.", errors={"why": ["Say why."]})
        exams.open_again(session, account_id, slug, by_id, why.strip(), clock.now())


# --- Accreditation ---------------------------------------------------------------------------------------------------


def sign_agreement(account_id: str, content_hash: str, name: str) -> None:
    """A volunteer signs the agreement as they read it."""
    with write() as session:
        accreditation.sign(session, account_id, content_hash, name, clock.now())


def check_agreement(folder: Path) -> None:
    """Read the agreement of a content folder, if it has its own. Raises Invalid with every problem."""
    if (folder / "agreement.md").is_file():
        agreement.load(folder / "agreement.md")


def exam_passed(session: Session, account_id: str, at: datetime) -> bool:
    """Whether every module that is needed is passed, and still counts: since a withdrawal, if there was one."""
    since = accreditation.withdrawn_at(session, account_id)
    return exams.all_passed(session, account_id, shelf.modules().values(), at, since)


def accredit(
    account_id: str, by_id: str, why: str, level: Level, *, waive_exam: bool = False, second: str = "",
    groups: Sequence[str] = (), languages: Sequence[str] = (),
) -> None:  # fmt: skip
    """A coordinator, who is somebody else, accredits a spotter; without a passed exam only by an explicit waiver."""
    scope = Scope(tuple(groups), tuple(languages))
    with write() as session:
        _accredit(session, account_id, by_id, why, level, waive_exam=waive_exam, scope=scope, second=second)


def accredit_by_email(email: str, by_email: str, why: str, level: Level, *, waive_exam: bool) -> None:
    """The command line's accreditation, by addresses. The coordinator answers for an agreement signed on paper."""
    with write() as session:
        account, by = accounts.by_email(session, email), accounts.by_email(session, by_email)
        if account is None or by is None:
            raise Refused("not-found", f"There is no account for {by_email if account else email}.")
        rules.by_another(account.id, Decider(by.id, Role(by.role)))
        if not accreditation.has_signed(session, account.id):
            text = accreditation.agreement().content_hash
            accreditation.sign(session, account.id, text, account.name, clock.now(), witness_id=by.id)
        _accredit(session, account.id, by.id, why, level, waive_exam=waive_exam)


def _accredit(
    session: Session, account_id: str, by_id: str, why: str, level: Level, *, waive_exam: bool, scope: Scope = EVERYTHING,
    second: str = "",
) -> None:  # fmt: skip
    at, current = clock.now(), needed()
    covers = {name: content_hash for name, (content_hash, _) in current.items()}
    shelf.note_states(session, covers, at)
    accreditation.accredit(
        session, _candidate(session, account_id, at), _decider(session, by_id, second), why, at, covers,
        level=level, scope=scope, waive_exam=waive_exam,
    )  # fmt: skip


def change_level(
    account_id: str, by_id: str, why: str, level: Level, *, second: str = "", groups: Sequence[str] = (),
    languages: Sequence[str] = (),
) -> None:  # fmt: skip
    """Give an accredited spotter another level or scope."""
    scope = Scope(tuple(groups), tuple(languages))
    with write() as session:
        at = clock.now()
        candidate, by = _candidate(session, account_id, at), _decider(session, by_id, second)
        accreditation.change_level(session, candidate, by, why, at, level, scope)
        skill.settle(session, account_id, by_id, at)


def suspend(account_id: str, by_id: str, why: str) -> None:
    """Stop a spotter's reports at once."""
    with write() as session:
        at = clock.now()
        accreditation.suspend(session, _candidate(session, account_id, at), _decider(session, by_id), why, at)
        skill.settle(session, account_id, by_id, at)


def withdraw(account_id: str, by_id: str, why: str) -> None:
    """End a spotter's accreditation for good."""
    with write() as session:
        at = clock.now()
        accreditation.withdraw(session, _candidate(session, account_id, at), _decider(session, by_id), why, at)
        skill.settle(session, account_id, by_id, at)


def reinstate(account_id: str, by_id: str, why: str, second: str = "") -> None:
    """Let a suspended spotter report again."""
    with write() as session:
        at = clock.now()
        accreditation.reinstate(session, _candidate(session, account_id, at), _decider(session, by_id, second), why, at)


def appeal(account_id: str, text: str) -> None:
    """A spotter asks somebody else to look at a suspension or a withdrawal."""
    with write() as session:
        accreditation.appeal(session, account_id, text, clock.now())


def decide_appeal(account_id: str, by_id: str, why: str, *, granted: bool, second: str = "") -> None:
    """A coordinator who did not take the decision looks at it again."""
    with write() as session:
        at = clock.now()
        candidate, by = _candidate(session, account_id, at), _decider(session, by_id, second)
        accreditation.decide_appeal(session, candidate, by, why, at, granted=granted)


def _candidate(session: Session, account_id: str, at: datetime) -> Candidate:
    account = _spotter(session, account_id)
    signed, passed = accreditation.has_signed(session, account_id), exam_passed(session, account_id, at)
    return Candidate(account_id, account.invited_by_id, signed, passed)


def _decider(session: Session, account_id: str, second: str = "") -> Decider:
    role = Role(session.get_one(Account, account_id).role)
    able = (Account.role == Role.COORDINATOR, Account.disabled_at.is_(None), Account.id != account_id)
    alone = session.scalar(select(Account.id).where(*able).limit(1)) is None
    return Decider(account_id, role, alone, second.strip())


def _spotter(session: Session, account_id: str) -> Account:
    account = session.get(Account, account_id)
    if account is None or account.role != Role.SPOTTER or account.erased_at:
        raise Refused("not-found", "There is no such spotter.")
    return account
