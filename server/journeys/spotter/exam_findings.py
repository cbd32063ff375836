"""What the answers of everybody show: computed in advance each hour once there are many exams, and again when a coordinator asks."""

from server.core import clock, recurring, work
from server.core.database import read, write
from server.people.accounts import store as accounts
from server.people.courses import catalogue
from server.people.exams import kept_findings, store

KIND, SUBJECT = "make_findings", "exams"


@recurring.every(3600, KIND)
def make_findings() -> None:
    """Make them where there are many exams, and answers that came since."""
    with read() as session:
        made_at, answered_at = kept_findings.last_made(session), store.last_answered(session)
        if not kept_findings.are_many(session) or (made_at and answered_at and answered_at < made_at):
            return
    make_anew(SUBJECT)


def ask_anew() -> None:
    """Ask the worker to compute them again."""
    with write() as session:
        if not work.is_pending(session, KIND, [SUBJECT]):
            work.enqueue(session, KIND, SUBJECT)


@work.handler(KIND, low_priority=True)
def make_anew(_subject: str) -> None:
    """Look at all answers, and keep what they show; not when somebody was erased meanwhile, who would be in it."""
    at = clock.now()
    with read() as session:
        made = kept_findings.make(session, [module.for_exam for module in catalogue.modules().values()])
    with write() as session:
        if not accounts.any_erased_since(session, at):
            kept_findings.keep(session, made, at)
