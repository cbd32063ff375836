"""A spotter's skill, from answers in the practice lane and outcomes of reports. For rules and for pages.

Each person's reports of one listing count once: the first that they did not withdraw.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock, wording
from server.core.sentences import sentence
from server.core.words import Answer, Decision, DismissReason, FeedbackCode, Level, Status
from server.ledger.cases import decisions
from server.ledger.cases.models import CaseDecision
from server.ledger.reports import store as reports
from server.ledger.reports.models import Feedback, Report
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import deciding
from server.people.accreditation import store as accreditation
from server.people.courses import catalogue, lesson_links
from server.people.skill import lane, levels, outcomes, picture_store, store
from server.people.skill.outcomes import Dismissal, StatusChange
from server.people.skill.posterior import COUNTS, TYPICAL, Judgement, Outcome, Skill, skill
from server.reads import picture_lane, practice_lane

SHOWN = 30  # judgements listed on a page
NEWEST = 500  # reports looked at, of which the latest 60 that count decide: nobody is held to all they ever did


@dataclass(frozen=True, slots=True)
class Judged:
    """One judgement and its subject: an answer in one of the two lanes or a report (one of the ids is set)."""

    judgement: Judgement
    group: str | None
    at: datetime  # when the spotter judged, not when the outcome came
    answer_id: str = ""
    picture_answer_id: str = ""
    report_id: str = ""
    title: str = ""
    lesson: str | None = None

    @property
    def outcome(self) -> Outcome:
        """What became of it."""
        return self.judgement.outcome


def judged(session: Session, account_id: str) -> list[Judged]:
    """The judgements of this person that have an outcome, oldest first: all in the lanes, and the `NEWEST` reports."""
    everything = [*_in_lane(session, account_id), *_of_pictures(session, account_id), *_reported(session, account_id)]
    return sorted(everything, key=lambda judgement: judgement.at)


def _in_lane(session: Session, account_id: str) -> list[Judged]:
    known = catalogue.known_listings()
    hard = store.difficulties(session, known)
    return [
        Judged(
            Judgement(lane.outcome(answer.right), hard[answer.listing])
            if answer.listing in hard
            else Judgement(lane.outcome(answer.right)),
            answer.taxon_group, answer.at, answer_id=answer.id,
            title=known[answer.listing].ad.title if answer.listing in known else "",
            lesson=known[answer.listing].lesson if answer.listing in known else None,
        )
        for answer in store.answers(session, account_id) if answer.listing
    ]  # fmt: skip


def _of_pictures(session: Session, account_id: str) -> list[Judged]:
    answers = picture_store.answers(session, account_id)
    if not answers:
        return []
    pictures = picture_lane.all_pictures(session)
    hard = picture_store.difficulties(session, pictures)
    return [
        Judged(
            Judgement(lane.outcome(answer.right), hard.get(answer.picture, TYPICAL)),
            answer.taxon_group, answer.at, picture_answer_id=answer.id,
            title=pictures[answer.picture].title if answer.picture in pictures else "",
            lesson=pictures[answer.picture].lesson or None if answer.picture in pictures else None,
        )
        for answer in answers
    ]  # fmt: skip


def _reported(session: Session, account_id: str) -> list[Judged]:
    columns = (Report.id, Report.case_id, Report.received_at, Report.outcome, Report.title, Report.url)
    looked_at = select(*columns).where(
        Report.account_id == account_id, Report.status != Status.RECEIVED, reports.STANDS
    )
    newest = session.execute(looked_at.order_by(Report.id.desc()).limit(NEWEST))
    first = {row.case_id: row for row in newest}  # the oldest comes last, and stays
    all_of = select(Report.case_id, Report.account_id, Report.id).where(Report.case_id.in_(list(first)), reports.STANDS)
    for case_id, who, report_id in session.execute(all_of).all():
        if who == account_id and case_id in first and report_id < first[case_id].id:
            del first[case_id]  # their first report of this listing is older than what is looked at
    changes, lessons = _changes(session, [row.id for row in first.values()])
    dismissals: dict[str, list[Dismissal]] = defaultdict(list)
    decided = select(CaseDecision.case_id, CaseDecision.at, CaseDecision.because)
    dismissed = (CaseDecision.decision == Decision.DISMISS, CaseDecision.case_id.in_(list(first)))
    decided = decided.where(*dismissed, decisions.IN_EFFECT)
    for row in session.execute(decided.order_by(CaseDecision.at)):
        dismissals[row.case_id].append(Dismissal(row.at, DismissReason(row.because) if row.because else None))
    groups = practice_lane.groups_of(session, list(first))
    reported = []
    for case_id, report in first.items():
        answer = Answer(report.outcome) if report.outcome else None
        became = outcomes.of_report(report.received_at, answer, changes[report.id], dismissals[case_id])
        if became:
            reported.append(Judged(Judgement(became), groups.get(case_id), report.received_at, report_id=report.id,
                                   title=report.title or report.url, lesson=lessons.get(report.id)))  # fmt: skip
    return reported


def _changes(session: Session, report_ids: list[str]) -> tuple[dict[str, list[StatusChange]], dict[str, str]]:
    """The status changes of each report, oldest first, and the last lesson that its feedback named."""
    changes: dict[str, list[StatusChange]] = defaultdict(list)
    lessons: dict[str, str] = {}
    entries = select(Feedback.report_id, Feedback.status, Feedback.code, Feedback.at, Feedback.lesson).order_by(
        Feedback.at, Feedback.id
    )
    for entry in session.execute(entries.where(Feedback.report_id.in_(report_ids))):
        if entry.code == FeedbackCode.NOTICE_WITHDRAWN and entry.status == Status.IN_REVIEW:
            # Recalled from the wrong company: nothing that came of it counts.
            changes.pop(entry.report_id, None)
            lessons.pop(entry.report_id, None)
        changes[entry.report_id].append(StatusChange(Status(entry.status), entry.at))
        if entry.lesson:
            lessons[entry.report_id] = entry.lesson
    return changes, lessons


def move(session: Session, account_id: str) -> tuple[Level | None, levels.Move, Skill]:
    """A spotter's level today, the move the rules suggest, and the skill it is based on."""
    return _move(session, account_id, judged(session, account_id))


def _move(session: Session, account_id: str, judgements: list[Judged]) -> tuple[Level | None, levels.Move, Skill]:
    level = accreditation.level(session, account_id, clock.now())
    counted = _counted(session, account_id, judgements)
    if level is None:
        return None, levels.Move.STAY, skill(counted)
    return level, levels.move(level, counted), skill(counted[-levels.LATEST :])


def _counted(session: Session, account_id: str, judgements: list[Judged]) -> list[Judgement]:
    downs = accreditation.step_downs(session, account_id)
    since = downs[0].at if downs else None
    return levels.counted(((judgement.judgement, judgement.at) for judgement in judgements), since)


# --- Pages -----------------------------------------------------------------------------------------------------------


def shown(session: Session, account_id: str) -> dict[str, Any]:
    """Somebody's skill as pages show it: in all, by species group with its uncertainty, and what was judged, newest first."""
    judgements = judged(session, account_id)
    by_group: dict[str | None, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        by_group[judgement.group].append(judgement.judgement)
    groups = [
        _row(wording.GROUP[group] if group else sentence("Group not known"), skill(by_group[group]))
        for group in [*wording.GROUP, None]
        if skill(by_group[group]).judged
    ]
    level, next_move, now = _move(session, account_id, judgements)
    return {
        "level": level,
        "move": next_move,
        "now": _row(sentence("Overall"), now),
        "still": levels.still_to_judge(now),
        "reported": levels.reported(_counted(session, account_id, judgements)[-levels.LATEST :]),
        "groups": groups,
        "validated": _removed(session, account_id),
        "judged": [
            {"outcome": judgement.outcome, "phrase": wording.JUDGED[judgement.outcome], "at": judgement.at,
             "title": judgement.title, "group": judgement.group,
             "lesson": lesson_links.get(judgement.lesson) if COUNTS[judgement.outcome] <= 0 else None,
             "answer_id": judgement.answer_id, "picture_answer_id": judgement.picture_answer_id,
             "report_id": judgement.report_id}
            for judgement in judgements[::-1][:SHOWN]
        ],
        "more": max(len(judgements) - SHOWN, 0),
        "step_down": _step_down(session, account_id),
        "proposal": store.open_proposal(session, account_id),
    }  # fmt: skip


def _step_down(session: Session, account_id: str) -> dict[str, Any] | None:
    """When and why the rules last put this person back on probation."""
    down = next(iter(accreditation.step_downs(session, account_id)), None)
    return {"at": down.at, "why": deciding.why_stepped_down(down.params, down.why)} if down else None


def _removed(session: Session, account_id: str) -> int:
    """The number of listings this person reported that companies say they removed."""
    counted = select(func.count(Report.case_id.distinct())).where(Report.account_id == account_id, reports.REMOVED)
    return session.scalar(counted) or 0


def _row(name: str, known: Skill) -> dict[str, Any]:
    low, high = known.interval()
    return {
        "name": name,
        "judged": known.judged,
        "mean": round(100 * known.mean),
        "low": round(100 * low),
        "high": round(100 * high),
    }


def proposals(session: Session) -> list[dict[str, Any]]:
    """The level changes the rules propose to coordinators, those who may need help first."""
    waiting = store.open_proposals(session, accounts.open_spotters())
    ids = [proposal.account_id for proposal in waiting]
    names = {a.id: a.name for a in session.scalars(select(Account).where(Account.id.in_(ids)))}
    return [
        {"id": proposal.account_id, "name": names[proposal.account_id], "move": proposal.move,
         "level": proposal.level, "at": proposal.at, "judged": proposal.judged}
        for proposal in waiting
    ]  # fmt: skip
