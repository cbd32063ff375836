"""Nobody waits unseen: whoever waits stands on a page of somebody who can act, whatever they wait for."""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core.database import read
from server.core.words import CaseState, Scope, Standing, Status
from server.ledger.cases.models import Case
from server.ledger.reports.models import Feedback, Report
from server.people.accreditation.models import StandingMail
from server.people.accreditation.occasions import Occasion
from server.people.exams.models import ExamOpening
from server.people.leads.models import LeadQuestion
from server.people.recruitment.models import Application, State
from server.people.rounds.models import Membership, Round
from server.people.skill.models import Proposal
from server.people.training.models import Reading
from tests.programme.facts import Facts
from tests.programme.programme import Programme

LONG = timedelta(days=7)
EVERYBODY = 5  # the day of the week on which all are looked for, however short they have waited
NEXT = re.compile(r'href="([^"]*[?&](?:amp;)?page=(\d+)[^"]*)"')
PEOPLE = re.compile(
    r"/people/(\w{32})\b|/people/applications/(\w{32})/invite|name=\"person\" value=\"(\w{32})\"|/desk/questions/(\w{32})/answer"
)
LISTS = {
    "applications": "/people/applications", "accredit": "/people/desk/accredit", "appeals": "/people/desk/appeals",
    "proposals": "/people/desk/proposals", "stalled": "/people/desk", "changes": "/people/desk/changes",
    "ending": "/people/desk/ending", "suspended": "/people/desk/suspended",
    "questions": "/people/desk/questions",
}  # fmt: skip
MOST = 40  # pages of one list


def check(programme: Programme, day: int) -> None:
    """Each who has waited for a week stands on the list where somebody looks for them; once a week, everybody."""
    world, least = programme.world, timedelta() if day % 7 == EVERYBODY else LONG
    people = programme.people
    with read() as session:
        waiting = [wait for wait in _everything(session, programme, people) if world.now - wait[2] >= least]
    pages: dict[str, set[str]] = {}
    for what, who, since in waiting:
        if what not in pages:
            pages[what] = _cases(programme, what) if what in _QUEUES else listed(programme, LISTS[what])
        name = programme.by_id[who].name if who in programme.by_id else who
        assert who in pages[what], f"{name} waits unseen since {since:%Y-%m-%d}: not on the list “{what}”"
    never_let_in(programme, people)
    asked_and_told(programme)
    answered_and_told(programme)


def listed(programme: Programme, path: str) -> set[str]:
    """Whom a list of the desk names, on all its pages, as Dan sees it."""
    named: set[str] = set()
    for number in range(1, MOST):
        page = programme.world.get("dan@desk.test", f"{path}?page={number}")
        main = page.partition("<main")[2]
        named |= {one for found in PEOPLE.findall(main) for one in found if one}
        if not any(int(to) > number for _, to in NEXT.findall(main)):
            break
    return named


def _everything(
    session: Session, programme: Programme, people: dict[str, Facts]
) -> Iterator[tuple[str, str, datetime]]:
    """What is waited for, by whom, since when."""
    now = programme.world.now
    for application in session.scalars(select(Application).where(Application.state == State.WAITING)):
        yield "applications", application.id, application.at
    for proposal in session.scalars(select(Proposal).where(Proposal.decided_at.is_(None))):
        if proposal.account_id in people:
            yield "proposals", proposal.account_id, proposal.at
    read_at = dict[str, datetime]()
    for reading in session.scalars(select(Reading).where(Reading.at.is_not(None))):
        if reading.at:
            read_at[reading.account_id] = max(reading.at, read_at.get(reading.account_id, reading.at))
    opened = {row.account_id: row.at for row in session.scalars(select(ExamOpening).order_by(ExamOpening.at))}
    for who, person in people.items():
        yield from _of(who, person, read_at.get(who), opened.get(who), now)
    for question in session.scalars(select(LeadQuestion).where(LeadQuestion.answered_at.is_(None))):
        if question.account_id in people and now - question.asked_at >= LONG:
            yield "questions", question.id, question.asked_at
    for case in session.scalars(select(Case).where(Case.state.in_(_QUEUES))):
        yield case.state, case.id, case.created_at


def _of(
    who: str, person: Facts, read_at: datetime | None, opened: datetime | None, now: datetime
) -> Iterator[tuple[str, str, datetime]]:
    """What one volunteer waits for. Who is on their way, and has done nothing for a week, waits for a word."""
    if person.appeal:
        yield "appeals", who, person.appeal.at
    elif person.standing is Standing.SUSPENDED and person.last:
        yield "suspended", who, person.last.at
    elif person.ready:
        yield "accredit", who, person.step_at
    elif person.locked and (opened is None or opened < person.step_at):
        yield "stalled", who, person.step_at
    elif person.standing in (Standing.NONE, Standing.LAPSED) and not person.paused:
        ended = [person.last.expires_at] if person.last else []
        since = max([person.step_at, *ended, *([read_at] if read_at else [])])
        if now - since >= LONG:
            yield "stalled", who, since
    elif person.standing is Standing.ACTIVE and person.refusal:
        yield "changes", who, person.step_at
    if person.last and person.standing is Standing.ACTIVE and person.last.expires_at - now <= timedelta(days=60):
        yield "ending", who, person.last.expires_at - timedelta(days=60)


_QUEUES = (CaseState.OPEN.value, CaseState.ASKED.value, CaseState.HELD.value)


def _cases(programme: Programme, state: str) -> set[str]:
    """The cases of a state that the queue gives a coordinator, on all its pages."""
    world, ids, cursor = programme.world, set[str](), ""
    while True:
        path = f"/cases?state={state}" + (f"&cursor={cursor}" if cursor else "")
        page = world.api("dan@desk.test", world.ids["dan"], Scope.CASES, "GET", path).json
        ids |= {case["id"] for case in page["items"]}
        cursor = page["next"]
        if not cursor:
            return ids


def never_let_in(programme: Programme, people: dict[str, Facts]) -> None:
    """Whoever may report takes part in the rounds they signed up for."""
    with read() as session:
        waits = select(Membership, Round).join(Round, Round.id == Membership.round_id)
        waits = waits.where(Membership.admitted_at.is_(None), Membership.left_at.is_(None))
        for member, round_ in session.execute(waits):
            person = people.get(member.account_id)
            if person and programme.world.now < round_.span.ends_at:
                assert person.refusal, f"{person.account.name} may report, and was never let into {round_.name}"


def asked_and_told(programme: Programme) -> None:
    """A case that waits for volunteers waits for somebody who was written to; a question to nobody is nobody's."""
    with read() as session:
        rows = select(Report.case_id, Report.account_id, Feedback.mailed_at, Feedback.at)
        rows = rows.join(Feedback, Feedback.report_id == Report.id)
        rows = rows.where(Report.status == Status.NEEDS_INFO, Feedback.status == Status.NEEDS_INFO)
        for _, who, mailed_at, at in session.execute(rows):
            spotter = programme.by_id.get(who)
            assert spotter is None or not spotter.gone, f"{spotter and spotter.name} is gone, and is still asked"
            assert mailed_at or programme.world.now - at < LONG, f"{who} was asked on {at:%Y-%m-%d} and never told"


def answered_and_told(programme: Programme) -> None:
    """Whoever asked their lead was written to when the answer came, unless they have left."""
    with read() as session:
        told = select(StandingMail.about).where(
            StandingMail.occasion == Occasion.ANSWERED, StandingMail.mailed_at.is_not(None)
        )
        rows = select(LeadQuestion.account_id, LeadQuestion.answered_at).where(LeadQuestion.id.not_in(told))
        for who, at in session.execute(rows.where(LeadQuestion.answered_at.is_not(None))):
            spotter = programme.by_id.get(who)
            late = programme.world.now - at >= timedelta(days=1)
            assert spotter is None or spotter.gone or not late, (
                f"{spotter.name} was answered on {at:%Y-%m-%d}, and never told"
            )
