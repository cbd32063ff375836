"""Step 8, learning: a model from this programme's own decisions, trained by the worker, switched on and off by a coordinator.

Nothing of it decides. A model says how likely a notice on an ad would be right, in place of what the lexicon makes of its words;
without one the queue stands as the rules alone order it.
"""

from concurrent.futures import ThreadPoolExecutor
from concurrent.futures import TimeoutError as NotReady

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import heartbeats, reasons, recurring, work
from server.core.database import read, write
from server.core.words import CaseState
from server.ledger.cases import store as cases
from server.ledger.cases import triage
from server.ledger.cases.models import Case
from server.ledger.learning import learner
from server.ledger.learning import store as learning
from server.ledger.learning.learner import Learned
from server.reads import training_rows
from server.reads.learned import likelihood

WAITS = (CaseState.OPEN, CaseState.ASKED, CaseState.HELD)  # for a decision: of others the order says nothing
MORE = 0.1  # so many more decisions than the last model had make another worth while
AT_LEAST = 25
SOME = 50  # cases re-triaged in one piece of work
ALL = "all"
SEEN_EVERY = 2.0  # seconds


@recurring.every(6 * 3600, "learn")
def learn() -> None:
    """Make a model when there are enough new decisions. It waits to be compared; nothing changes by itself."""
    with read() as session:
        newest = learning.newest(session)
        examples = [example for row in training_rows.rows(session) if (example := row.example)]
    before = newest.decisions if newest else 0
    if len(examples) < before + max(AT_LEAST if before else 0, MORE * before):
        return
    with ThreadPoolExecutor(1) as pool:
        making = pool.submit(learner.learn, examples)
        while not making.done():  # it may take a minute: the worker is alive meanwhile
            try:
                making.result(SEEN_EVERY)
            except NotReady:
                heartbeats.note("worker")
        learned = making.result()
    if isinstance(learned, Learned):
        with write() as session:
            learning.keep(session, learned, len(examples))


def switch(version: str | None, by_id: str) -> None:
    """Let a model order the queue, or (None) the rules alone again. Raises Refused: not-found, conflict."""
    with write() as session:
        learning.switch(session, version, by_id)
        work.enqueue(session, "judge_by_model", ALL)


@work.handler("judge_by_model", low_priority=True)
def judge_by_model(after: str) -> None:
    """Judge some of the waiting cases by what orders the queue now, then the next. Safe to repeat."""
    chosen = select(Case.id).where(Case.state.in_(WAITS)).order_by(Case.id).limit(SOME)
    with read() as session:
        ids = list(session.scalars(chosen if after == ALL else chosen.where(Case.id > after)))
    for case_id in ids:
        with write() as session:
            judge(session, case_id)
    if len(ids) == SOME:
        with write() as session:
            work.enqueue(session, "judge_by_model", ids[-1])


def judge(session: Session, case_id: str) -> None:
    """Judge one case by what orders the queue now."""
    case = cases.get(session, case_id, lock=True)
    if case.state in WAITS:
        kept = [reasons.read(reason) for reason in case.reasons]
        learned = likelihood(session, case.text, case.signals.get("words", 0.0))
        cases.weigh_again(case, triage.learned(case.signals, kept, learned.likely, learned.reasons))
        cases.judged_by(case, learned.version)
