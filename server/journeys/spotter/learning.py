"""Exams: started, ended when their time is up, opened again by a coordinator."""

from server.core import clock, folding, work
from server.core.database import write
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.spotter import accrediting, gate
from server.people.accounts import store as accounts
from server.people.accreditation import deciding, mails
from server.people.accreditation.occasions import Occasion
from server.people.courses import catalogue
from server.people.courses.module import Module
from server.people.exams import store as exams
from server.people.exams.models import Attempt
from server.reads import eligibility


def start_exam(account_id: str, module: Module, seed: int, *, more_time: bool = False) -> tuple[str, int]:
    """Start an exam, or continue it: the attempt's id, and how many questions are already answered.

    What was passed before a withdrawal, or before a renewal is near, has to be passed again.
    Raises Refused("conflict") when no attempt may start now.
    """
    with write() as session:
        at = clock.now()
        gate.note_states(session, eligibility.states(), at)  # the exam is drawn from the content as it is now
        since = eligibility.of_module_since(module, eligibility.counts_since(session, account_id, at))
        plan = eligibility.exam_plan(session, account_id, module, at)
        attempt = exams.start_attempt(
            session, account_id, module, at, seed, more_time=more_time, since=since, plan=plan
        )
        return attempt.id, attempt.position


@work.handler("end_exam")
def end_exam(attempt_id: str) -> None:
    """End an exam whose time is up, with what was answered; without a result if the module has changed since it began."""
    with write() as session:
        attempt = session.get(Attempt, attempt_id)
        if attempt is None or not exams.is_over(attempt, clock.now()):
            return
        module = catalogue.modules().get(attempt.module)
        if module and exams.fits(attempt, module):
            exams.finish(session, attempt)
        else:
            exams.close(session, attempt, clock.now())


def open_exam(account_id: str, slug: str, by_id: str, why: str) -> None:
    """A coordinator lets somebody try an exam again after too many failed attempts."""
    with write() as session:
        accounts.spotter(session, account_id)
        deciding.by_another(account_id, accrediting.decider(session, by_id))
        if folding.is_blank(why):
            detail = sentence("Enter a reason. It is kept.")
            raise Refused("invalid", detail, errors={"why": [sentence("Enter a reason.")]})
        opening_id = exams.open_again(session, account_id, slug, by_id, why.strip(), clock.now())
        mails.queue(session, account_id, Occasion.EXAM_REOPENED, opening_id)
