"""A person leaves for good: their data go, what they did stays counted under an empty shell.

Every table with a reference to accounts is named here once, in `GOES` or in `STAYS`; a test holds the two complete. What
stays carries an account's id alone, so that reports, cases, notices and figures are what they were
(docs/decisions/0013).
"""

import re
import secrets
from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, delete, null, or_, select, update
from sqlalchemy.orm import Session

from server.core import audit, clock, folding
from server.core.database import db, write
from server.core.words import Mails, Refused, Role, Status
from server.core.work import Work
from server.ledger.cases import states
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case
from server.ledger.monitoring.models import CheckResult
from server.ledger.reports import store as reports
from server.ledger.reports.models import Feedback, Report, WeekMail
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation.models import AccreditationRow, Certificate, Signature
from server.people.exams.models import Attempt, AttemptAnswer
from server.people.recruitment.models import Application
from server.people.rounds.models import Membership, Round, RoundMail, Team

GOES = (
    "sign_ins", "tokens", "device_grants", "idempotency_keys", "readings", "practice_answers", "exam_openings", "signatures",
    "step_downs", "appeals", "certificates", "lane_answers", "level_proposals", "round_mails", "spotter_choices",
    "week_mails",
)  # fmt: skip
# What counts, or is evidence of a case. Words in them that name the person are struck out; see `_strip`.
STAYS = (
    "accounts", "accreditations", "attempts", "memberships", "teams", "searches", "reports", "evidence", "checks",
    "check_results", "decisions", "answers",
)  # fmt: skip
NAME, STRUCK = "Erased", "[erased]"


def erase(account_id: str, by_id: str) -> None:
    """A coordinator erases a spotter, for good. Raises Refused: not-found for all but spotters, forbidden for oneself."""
    with write() as session:
        by = session.get_one(Account, by_id)
        if by.role != Role.COORDINATOR or by.disabled_at or by_id == account_id:
            raise Refused("forbidden", "A coordinator erases somebody else's record.")
        _erase(session, account_id, by_id)


def erase_oneself(account_id: str, password: str, network: str) -> None:
    """A spotter leaves for good, with their password. Raises Refused: invalid, too-many, not-found."""
    accounts.confirm(account_id, password, network)
    with write() as session:
        _erase(session, account_id, account_id)


def struck(text: str | None, names: Collection[str], address: str) -> str | None:
    """A text without the address and the names of a person, each as a word of its own. Names count as they are written."""
    if not text:
        return text
    text = re.sub(re.escape(address), STRUCK, text, flags=re.IGNORECASE)
    for name in folding.named(names):
        text = name.sub(STRUCK, text)
    return text


def _erase(session: Session, account_id: str, by_id: str) -> None:
    asked = _asked(session, account_id)  # cases are locked before accounts, here as in intake
    account = session.get(Account, account_id, with_for_update=True)
    if account is None or account.role != Role.SPOTTER or account.erased_at:
        raise Refused("not-found", "There is no such spotter.")
    for case in asked:
        _close_question(session, case, account_id, by_id)
    _strip(session, account)
    _cancel(session, account)
    session.execute(delete(AttemptAnswer).where(AttemptAnswer.attempt_id.in_(_ids(Attempt, account_id))))
    session.execute(delete(Attempt).where(Attempt.account_id == account_id, Attempt.finished_at.is_(None)))
    for name in GOES:
        table = db.metadata.tables[name]
        session.execute(table.delete().where(table.c.account_id == account_id))
    session.execute(delete(Application).where(Application.email == account.email))
    accounts.forget_failures(session, account.email)
    at = clock.now()
    account.name, account.email = NAME, f"{secrets.token_hex(16)}@erased.invalid"
    account.password_hash, account.languages, account.reminded_at = None, null(), None
    account.mails = Mails.STEP
    account.disabled_at, account.erased_at = account.disabled_at or at, at
    audit.record(session, by_id, "account_erased", "account", account_id)


def _asked(session: Session, account_id: str) -> list[Case]:
    """The cases on which an answer of this person is waited for, locked."""
    waits = select(Report.case_id).where(Report.account_id == account_id, Report.status == Status.NEEDS_INFO)
    return list(session.scalars(select(Case).where(Case.id.in_(waits)).order_by(Case.id).with_for_update()))


def _close_question(session: Session, case: Case, account_id: str, by_id: str) -> None:
    """What only they could have answered is asked no more; with nobody else left to answer, the case is triaged again."""
    left = False
    for report in reports.unfinished(session, case.id):
        if report.status != Status.NEEDS_INFO:
            continue
        if report.account_id == account_id:
            reports.move(session, report, Status.IN_REVIEW, "This question is closed.", actor_id=by_id)
        else:
            left = True
    if not left and states.possible(case.state, "unanswered"):
        case.unseen_count += 1
        cases.move(session, case, "unanswered", by_id)


def _strip(session: Session, account: Account) -> None:
    """Take the person out of what stays. Their rights end now: no accreditation outlasts this moment."""
    own, at = account.id, clock.now()
    names = {account.name}
    names |= set(session.scalars(select(Signature.name).where(Signature.account_id == own)))
    names |= set(session.scalars(select(Certificate.alias).where(Certificate.account_id == own)))
    given = update(AccreditationRow).where(AccreditationRow.account_id == own)
    session.execute(given.values(why=NAME))
    session.execute(given.where(AccreditationRow.expires_at > at).values(expires_at=at))
    session.execute(update(Attempt).where(Attempt.account_id == own).values(drawn=[]))
    # A round that is over had them in it, and its figures stay; one that is not over goes on without them.
    going_on = Membership.round_id.in_(select(Round.id).where(Round.ends_on >= at.date()))
    member = update(Membership).where(Membership.account_id == own, Membership.left_at.is_(None), going_on)
    session.execute(member.values(left_at=at))
    session.execute(update(Team).where(Team.lead_id == own).values(lead_id=None))
    session.execute(update(Report).where(Report.account_id == own).values(client={}))
    told = update(Feedback).where(Feedback.report_id.in_(_ids(Report, own)), Feedback.week_mail_id.is_not(None))
    session.execute(told.values(week_mail_id=None))
    texts: tuple[tuple[Any, ColumnElement[bool], tuple[str, ...]], ...] = (
        (Report, Report.account_id == own, ("reason", "species")),
        (Feedback, Feedback.report_id.in_(_ids(Report, own)), ("text",)),
        (CheckResult, CheckResult.account_id == own, ("note",)),
    )
    for model, theirs, columns in texts:
        for row in session.scalars(select(model).where(theirs)):
            for column in columns:
                said = getattr(row, column)
                if (left := struck(said, names, account.email)) != said:
                    setattr(row, column, left)
    session.flush()


def _cancel(session: Session, account: Account) -> None:
    """No mail to them is left to send, nor an error in which a mail server repeated their address."""
    own = account.id
    subjects = (
        _ids(Attempt, own), _ids(AccreditationRow, own), _ids(RoundMail, own), _ids(WeekMail, own),
        select(Feedback.id).where(Feedback.report_id.in_(_ids(Report, own))),
        select(Application.id).where(Application.email == account.email),
    )  # fmt: skip
    session.execute(
        delete(Work).where(or_(Work.subject_id.startswith(own), *(Work.subject_id.in_(found) for found in subjects)))
    )


def _ids(model: Any, account_id: str) -> Any:
    return select(model.id).where(model.account_id == account_id)
