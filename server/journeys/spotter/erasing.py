"""A person's record is erased: their data go, what they did stays counted under an empty shell.

What goes and what stays, each table declares itself (`core/keeping.py`); the steps that are decisions are here. What stays
carries an account's id alone, so that reports, cases, notices and figures are what they were (docs/decisions/0013).
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table, null, select
from sqlalchemy.orm import Session

from server.core import access, audit, clock, mail_folder, personal, recurring, work
from server.core.database import empty_log, write
from server.core.keeping import UNCHANGED, Erasure, Keeping
from server.core.personal import Person
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.spotter import questions, striking_out
from server.ledger.cases.models import Case
from server.ledger.delivery import store as deliveries
from server.ledger.listings import store as listings
from server.ledger.reports.models import Report
from server.people.accounts import frozen, inviters, signing_in
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import store as accreditation
from server.people.exams import kept_findings
from server.people.exams import store as exams
from server.people.rounds import kept_counts
from server.people.rounds import store as rounds


def erase(account_id: str, by_id: str) -> None:
    """A coordinator erases a spotter, for good. Raises Refused: not-found for all but spotters, forbidden for oneself."""
    with write() as session:
        by = session.get_one(Account, by_id)
        if not access.can("people.erase", by) or by.disabled_at or by_id == account_id:
            raise Refused(
                "forbidden", sentence("You cannot erase this record here: only a coordinator can, and never their own.")
            )
        _erase(session, account_id, by_id)
    overwrite()


def erase_oneself(account_id: str, password: str, network: str) -> None:
    """A spotter leaves for good, with their password. Raises Refused: invalid, too-many, not-found."""
    signing_in.confirm(account_id, password, network)
    with write() as session:
        _erase(session, account_id, account_id)
    overwrite()


@recurring.every(3600, "overwrite")
def overwrite() -> None:
    """Leave nothing of what was erased in the database's log; again each hour, for a reader may have prevented it."""
    empty_log()


def _erase(session: Session, account_id: str, by_id: str) -> None:
    _lock_cases(session, account_id)  # before the account, as where a spotter answers
    cases_asked = questions.cases_asked(session, account_id)
    account = accounts.spotter(session, account_id, lock=True)
    was_frozen = frozen.unseal(session, account)
    person = Person(account.id, account.email)
    for case in cases_asked:
        questions.close_question(session, case, account_id, by_id)
    at = clock.now()
    inviters.keep(session, account, at)
    _end_rights(session, account_id)
    cancel_mails(session, account)
    _take_out(session, person)
    exams.delete_open(session, account_id)
    accounts.erase_alone(session)
    kept_findings.forget(session)
    kept_counts.forget(session)
    signing_in.forget_address(session, person.email)
    accounts.mark_erased(account, at, frozen=was_frozen)
    audit.record(session, by_id, "account_erased", "account", account_id)


def _lock_cases(session: Session, account_id: str) -> None:
    """Keep every report and decision away from what they reported on: their name is struck out of its texts."""
    theirs = select(Case).where(Case.id.in_(select(Report.case_id).where(Report.account_id == account_id)))
    listings.lock(session, list(session.scalars(theirs.with_only_columns(Case.listing_id))))
    session.execute(theirs.with_only_columns(Case.id).order_by(Case.id).with_for_update())


def _end_rights(session: Session, account_id: str) -> None:
    """End every accreditation now, and leave every round that is not over. A round that is over keeps its members and figures."""
    at = clock.now()
    accreditation.end_all(session, account_id, at)
    rounds.leave_running(session, account_id, at)


def cancel_mails(session: Session, account: Account, but: Sequence[str] = ()) -> None:
    """Delete every mail to them that is not sent yet, and every error in which a mail server repeated their address.

    Other work about them goes too, `but` these kinds.
    """
    person = Person(account.id, account.email)
    subjects = [
        select(table.c.id).where(personal.rows(table, person))
        for table, keeping in personal.tables().items()
        if keeping.mailed
    ]
    work.cancel(session, person.id, subjects, but)


def _take_out(session: Session, person: Person) -> None:
    """Treat their rows as each table declares: strike and overwrite in what stays, then delete what goes."""
    session.flush()
    tables = {table: keeping for table, keeping in personal.tables().items() if keeping.whose}
    striking = striking_out.of(session, person, _names(session, person, tables))
    striking_out.strike_out(session, person, striking)
    for table, keeping in tables.items():
        if keeping.erasure is Erasure.STAYS:
            _overwrite(session, table, keeping, person)
    for table, keeping in reversed(tables.items()):  # before the tables they refer to
        if keeping.erasure is Erasure.GOES:
            session.execute(table.delete().where(personal.rows(table, person)))
    mail_folder.take_out(person.email, striking.near, deliveries.mail_addresses(session))
    session.expire_all()  # rows were changed past the objects of the session


def _names(session: Session, person: Person, tables: dict[Table, Keeping]) -> set[str]:
    """Every name they are known by."""
    columns = [
        (table, name) for table, keeping in tables.items() for name, field in keeping.fields.items() if field.is_name
    ]
    return {
        name
        for table, column in columns
        for name in session.scalars(select(table.c[column]).where(personal.rows(table, person)))
    }


def _overwrite(session: Session, table: Table, keeping: Keeping, person: Person) -> None:
    values: dict[str, Any] = {}
    for name, field in keeping.fields.items():
        if field.erased is not UNCHANGED:
            value = field.erased() if callable(field.erased) else field.erased
            values[name] = null() if value is None else value
    if values:
        session.execute(table.update().where(personal.rows(table, person)).values(values))
