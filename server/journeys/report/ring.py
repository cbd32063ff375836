"""Many new accounts against one seller: an alarm, and what a coordinator does about it. Step 8 goes on all the while.

An alarm lowers the priority of the seller's cases, as long as nobody but new accounts reports them: a real case that somebody
else has reported cannot be pushed down by a ring. It refuses no report, blocks no decision, and sends nothing.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import audit, clock, post, reasons, web, work
from server.core.database import alone, read, write
from server.core.sentences import sentence
from server.core.words import AlarmState, CaseState, Level
from server.journeys.report import confirming, effect
from server.ledger.alarms import store as alarms
from server.ledger.alarms import surge
from server.ledger.alarms.models import Alarm
from server.ledger.alarms.surge import Surge
from server.ledger.cases import store as cases
from server.ledger.cases import triage
from server.ledger.cases.models import Case
from server.ledger.reports import store as reports
from server.ledger.reports.models import Report
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.reads import surges
from server.reads.surges import Target

UNDECIDED = (CaseState.OPEN, CaseState.ASKED, CaseState.HELD)


def look(case_id: str) -> None:
    """After a report: does its seller look like the target of a ring? Safe to repeat."""
    with read() as session:
        target = surges.target(session, case_id)
        alarm = alarms.last(session, target.names)
        about, found = _judged(session, target)
    if found is None and (alarm is None or alarm.state != AlarmState.OPEN):
        return
    with write() as session:
        alone(session, f"alarm {target.names[0]}")
        alarm = alarms.last(session, target.names)
        about, found = _judged(session, target)  # again, now that nobody deals with an alarm about it
        if alarm is None or alarm.state != AlarmState.OPEN:
            if found is None:
                return
            alarm = alarms.raise_alarm(session, target.names[0], found)
            _tell(session)
        alarms.add(session, alarm.id, about, about=True)
        for identifier in sorted({case_id for _, case_id in about}):
            weigh(session, identifier, ring=True)


def _judged(session: Session, target: Target) -> tuple[list[tuple[str, str]], Surge | None]:
    """What new accounts recently reported about the target (report's id, case's id), and whether it looks coordinated."""
    at = clock.now()
    since = at - surge.WINDOW
    since = max(since, alarms.cleared_at(session, target.names) or since)  # what was looked at raises no second alarm
    reported = surges.reports_of(session, target, since)
    new = [report for report in reported if report.level == Level.PROBATION]
    about = [(report.id, report.case_id) for report in new]
    if len(new) < surge.LEAST_REPORTS or len({report.account_id for report in new}) < surge.LEAST_NEW:
        return about, None
    reporters = surges.reporters(session, reported, at)
    return about, surge.surge(reporters, surges.words(session, target), surges.usual(session, target, at))


def weigh(session: Session, case_id: str, *, ring: bool) -> None:
    """Give a case the priority it has with, or without, the thought of a ring."""
    case = cases.get(session, case_id, lock=True)
    voices, trusted = reports.voices(session, case_id)
    kept = [reasons.read(reason) for reason in case.reasons]
    ring = ring and not trusted
    cases.weigh_again(case, triage.by_a_ring(case.signals, kept, voices, trusted=trusted, ring=ring))
    cases.count_spotters(case, voices)
    confirming.tell(session, case)


def suspected(case: Case) -> bool:
    """Whether its priority is lowered by the thought of a ring."""
    return any(reason["code"] == reasons.ReasonCode.RING_SUSPECTED for reason in case.reasons)


def _tell(session: Session) -> None:
    """Ask for a mail to each coordinator, one a day at most: the queue shows every alarm anyway."""
    able = (accounts.able("cases.decide"), Account.disabled_at.is_(None))
    for account_id in session.scalars(select(Account.id).where(*able).order_by(Account.id)):
        if not work.enqueued_within(session, "mail_alarm", account_id, alarms.BETWEEN_MAILS):
            work.enqueue(session, "mail_alarm", f"{account_id}.{clock.now():%Y%m%d}")


@work.handler("mail_alarm", low_priority=True)
def mail_alarm(about: str) -> None:
    """Tell a coordinator that an alarm waits. Names nobody and says nothing of an ad.

    `about`: the account's id and the day it was asked for, so that a second try after midnight is still the same mail.
    """
    account_id, _, day = about.partition(".")
    with read() as session:
        account, number = session.get(Account, account_id), alarms.count_open(session)
        if account is None or account.disabled_at or not number:
            return
        to, language = account.email, account.language
    subject = sentence("Many new accounts report one seller")
    context = {"number": number, "url": web.absolute("alarms.index")}
    post.send_template("alarm", to, subject, context, post.message_id(f"alarm.{day}.{account_id}"), language)


def withdraw(alarm_id: str, by_id: str, why: str) -> list[str]:
    """It is a ring: set aside everything undecided that its accounts have reported; the ids of those accounts.

    A case that nobody else has reported is closed, the others wait with the voices that are left. No spotter sees any of it.
    Raises Refused: not-found, conflict, invalid.
    """
    with write() as session:
        alarm = _alone_with(session, alarm_id, AlarmState.OPEN)
        about = [entry for entry in alarms.reports(session, alarm_id) if entry.about]
        members = sorted(_authors(session, [entry.report_id for entry in about]))
        concerned = {case_id for _, case_id in reports.undecided_by(session, members)}
        _lock(session, concerned | {entry.case_id for entry in about})
        undecided = reports.undecided_by(session, members)  # again, now that nobody else decides
        alarms.add(session, alarm_id, undecided, about=False)
        at = clock.now()
        for case_id, ids in sorted(_by_case(undecided).items()):
            reports.set_aside(session, ids, at)
            _without(session, case_id, by_id, ids)
        alarms.set_aside(session, alarm_id, [report_id for report_id, _ in undecided], at)
        _weigh_all(session, alarm_id, without=set(_by_case(undecided)))
        alarms.close(session, alarm, AlarmState.WITHDRAWN, by_id, why)
        audit.record(session, by_id, "ring_set_aside", "alarm", alarm_id, reports=len(undecided), accounts=len(members))
        return members


def _lock(session: Session, case_ids: Collection[str]) -> None:
    """Keep these cases from every decision until this transaction ends, in one order: before their reports, as a decision does."""
    for case_id in sorted(case_ids):
        cases.get(session, case_id, lock=True)


def _alone_with(session: Session, alarm_id: str, state: AlarmState) -> Alarm:
    """An alarm in this state, which no report that comes meanwhile changes. Raises Refused: not-found, conflict."""
    alone(session, f"alarm {alarms.target_of(session, alarm_id)}")  # before its row, as `look` does
    return alarms.get(session, alarm_id, state)


def _without(session: Session, case_id: str, by_id: str, report_ids: Collection[str]) -> None:
    """What becomes of a case whose reports were set aside: nobody has to look at them."""
    weigh(session, case_id, ring=False)
    case = cases.get(session, case_id, lock=True)
    cases.uncount_reports(case, reports.count_received(session, report_ids))
    if case.spotter_count == 0:
        effect.overtake(session, case)
    if case.spotter_count == 0 and case.state in UNDECIDED:
        cases.move(session, case, "set_aside", by_id)
        cases.mark_seen(case)


def undo(alarm_id: str, by_id: str) -> None:
    """It was no ring after all, or the wrong people: its reports count again. Raises Refused: not-found, conflict."""
    with write() as session:
        alarm = _alone_with(session, alarm_id, AlarmState.WITHDRAWN)
        aside = [entry for entry in alarms.reports(session, alarm_id) if entry.set_aside_at]
        _lock(session, {entry.case_id for entry in aside})
        alarms.reopen(session, alarm, by_id)
        for case_id, ids in sorted(_by_case([(entry.report_id, entry.case_id) for entry in aside]).items()):
            reports.set_aside(session, ids, None)
            case = cases.get(session, case_id, lock=True)
            stands = reports.voices(session, case_id)[0] > 0  # somebody may have withdrawn a report meanwhile
            if stands and case.state == CaseState.CLOSED and _set_aside_last(session, case_id, aside[0].set_aside_at):
                cases.move(session, case, "restore", by_id)
            if case.state != CaseState.CLOSED:
                cases.mark_unseen(case, reports.count_received(session, ids))
            weigh(session, case_id, ring=any(entry.about for entry in aside if entry.case_id == case_id))
        alarms.set_aside(session, alarm_id, [entry.report_id for entry in aside], None)


def _set_aside_last(session: Session, case_id: str, at: datetime | None) -> bool:
    """Whether nobody has decided on the case since."""
    decided = cases.decisions(session, case_id)
    return not decided or at is None or decided[-1].at < at


def clear(alarm_id: str, by_id: str, why: str) -> None:
    """It is no ring: the cases have the priority they would have without the alarm. Raises Refused: not-found, conflict, invalid."""
    with write() as session:
        alarm = _alone_with(session, alarm_id, AlarmState.OPEN)
        alarms.close(session, alarm, AlarmState.CLEARED, by_id, why)
        _weigh_all(session, alarm_id)


def _weigh_all(session: Session, alarm_id: str, without: frozenset[str] | set[str] = frozenset()) -> None:
    for case_id in sorted({entry.case_id for entry in alarms.reports(session, alarm_id) if entry.about} - without):
        weigh(session, case_id, ring=False)


def _authors(session: Session, report_ids: list[str]) -> set[str]:
    return set(session.scalars(select(Report.account_id).where(Report.id.in_(report_ids)).distinct()))


def _by_case(entries: list[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for report_id, case_id in entries:
        grouped[case_id].append(report_id)
    return grouped
