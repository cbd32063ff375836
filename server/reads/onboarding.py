"""The onboarding progress of all spotters, read at once; and who waits for accreditation."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from server.core.database import connection
from server.core.words import Standing
from server.ledger.reports.models import Report
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import history, standings
from server.people.accreditation import store as accreditation
from server.people.accreditation.models import AccreditationRow, Signature
from server.people.accreditation.standings import Accreditation
from server.people.accreditation.steps import Progress
from server.people.courses import catalogue, needed
from server.people.exams import exam, tries
from server.people.exams import store as exams
from server.people.exams.models import Attempt
from server.people.rounds import choice_store
from server.people.training import store as training


@dataclass(frozen=True, slots=True)
class SpotterProgress:
    """One spotter, how far they have come, and their last accreditation."""

    id: str
    name: str
    cohort: str | None
    reminded_at: datetime | None
    progress: Progress
    last: Accreditation | None
    paused_until: date | None = None


def spotters(
    session: Session, at: datetime, account_id: str | None = None, known: Mapping[str, Accreditation] | None = None
) -> list[SpotterProgress]:
    """Every spotter (or one), in the order they joined. Ten queries or so, however many there are.

    known: where they stand, for whoever has read it already.
    """
    people = select(
        Account.id,
        Account.name,
        Account.cohort,
        Account.created_at,
        Account.reminded_at,
        Account.password_hash.is_not(None),
    ).where(accounts.SPOTTERS, Account.disabled_at.is_(None), Account.erased_at.is_(None))
    signed = select(Signature.account_id, func.min(Signature.at)).group_by(Signature.account_id)
    signed = signed.where(Signature.content_hash == accreditation.agreement().content_hash)  # as it is now
    accredited = (
        select(AccreditationRow.account_id, func.min(AccreditationRow.at))
        .where(AccreditationRow.standing == Standing.ACTIVE)
        .group_by(AccreditationRow.account_id)
    )
    of_person = select(Report.received_at).where(Report.account_id == Account.id).correlate(Account).limit(1)
    earliest, latest = of_person.order_by(Report.id), of_person.order_by(Report.id.desc())  # ids follow the time
    reported = select(Account.id, earliest.scalar_subquery(), latest.scalar_subquery()).where(accounts.SPOTTERS)
    if account_id:
        people, signed = people.where(Account.id == account_id), signed.where(Signature.account_id == account_id)
        accredited = accredited.where(AccreditationRow.account_id == account_id)
        reported = reported.where(Account.id == account_id)
    on = connection(session)
    rows = on.execute(people.order_by(Account.created_at, Account.id)).all()
    first_signed, first = dict(on.execute(signed).all()), dict(on.execute(accredited).all())
    reports = {who: (first_at, last_at) for who, first_at, last_at in on.execute(reported)}
    if known is None:
        known = accreditation.of_people(session, first)
    paused = choice_store.paused(session, at.date())
    passed = _passed(session, at, known, account_id)
    read, taught = training.read_by(session, account_id), catalogue.modules().values()
    required = [module.slug for module in taught if module.required]
    groups = [module.slug for module in taught if module.one_of_groups]
    failing = tries.failing(session, required, groups, at, account_id)
    progresses = []
    for who, name, cohort, joined_at, reminded_at, has_password in rows:
        first_report, last_report = reports.get(who, (None, None))
        last, fails = known.get(who), failing.get(who)
        number, *studied = read.get(who, (0,))
        standing = standings.standing(last, at)
        progress = Progress(
            joined_at, has_password, first_signed.get(who), passed.get(who), first.get(who), first_report, last_report,
            standing, max([*studied, *([fails.last_at] if fails else [])], default=None), number,
            fails.failed if fails else 0, fails.locked_until if fails else None,
            last.expires_at if last and standing is Standing.LAPSED else None,
        )  # fmt: skip
        progresses.append(SpotterProgress(who, name, cohort, reminded_at, progress, last, paused.get(who)))
    return progresses


def _passed(
    session: Session, at: datetime, known: Mapping[str, Accreditation], account_id: str | None
) -> dict[str, datetime]:
    """When each person who was never accredited, or has lapsed, had passed every exam that is needed and still counts."""
    ever = select(AccreditationRow.account_id).where(AccreditationRow.standing == Standing.ACTIVE)
    lapsed = {who for who, last in known.items() if standings.standing(last, at) is Standing.LAPSED}
    chosen: list[ColumnElement[bool]] = [or_(Attempt.account_id.not_in(ever), Attempt.account_id.in_(lapsed))]
    if account_id:
        chosen.append(Attempt.account_id == account_id)
    since = {who: again for who in lapsed if (again := standings.exams_count_from(known[who], at))}
    return _passed_all(session, at, chosen, since)


def awaiting(session: Session, at: datetime, known: Mapping[str, Accreditation] | None = None) -> list[str]:
    """Who passed, signed and is not accredited, longest waiting first, for a coordinator to decide.

    Somebody whose accreditation lapses soon and who has passed again waits for the renewal.

    Exams passed before a withdrawal no longer count. Whose appeal is open waits for that first. A few queries, however many
    there are. known: where all who are here stand, for whoever has read it already.
    """
    since = history.withdrawals(session)
    here = (accounts.SPOTTERS, Account.disabled_at.is_(None))  # whoever closed or froze an account waits for nothing
    signed = select(Signature.account_id).join(Account, Account.id == Signature.account_id).where(*here)
    signed = signed.where(Signature.content_hash == accreditation.agreement().content_hash)
    if known is None:
        known = accreditation.of_people(session, signed)
    for who, decided in known.items():
        if again := standings.exams_count_from(decided, at):
            since[who] = max(again, since.get(who, again))
    appealed = {appeal.account_id for appeal in accreditation.open_appeals(session, accounts.open_spotters())}
    waiting = [
        who
        for who in session.scalars(signed)
        if who not in appealed
        and (standings.standing(last := known.get(who), at) in standings.ACCREDITABLE or standings.renewable(last, at))
    ]
    return list(_passed_all(session, at, [Attempt.account_id.in_(waiting)], since))


def _passed_all(
    session: Session, at: datetime, chosen: list[ColumnElement[bool]], since: Mapping[str, datetime]
) -> dict[str, datetime]:
    """When each person had passed every exam that is needed and still counts (after `since`), the earliest pass first."""
    taught = needed.modules(catalogue.modules().values())
    seen = catalogue.changes_seen(session, taught)
    done = {
        who: exam.counting(passes, taught, seen, at, since.get(who))
        for who, passes in exams.passes_of(session, *chosen).items()
    }
    complete = {who: passed for who, passed in done.items() if needed.complete(passed, taught)}
    return dict(
        sorted(((who, needed.since(passed, taught)) for who, passed in complete.items()), key=lambda row: row[1])
    )
