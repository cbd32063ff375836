"""Step 6, by hand: a coordinator links two cases, or undoes a link; each with a reason, and on record."""

from sqlalchemy.orm import Session

from server.core import audit, clock
from server.core.database import write
from server.core.sentences import sentence
from server.core.words import LinkKind, Refused
from server.journeys.report import reposts
from server.ledger.cases import store as cases
from server.ledger.matches import store as matches

NO_CASE = sentence("There is no case with this reference.")


def link_cases(case_id: str, other: str, kind: LinkKind, account_id: str, why: str) -> str:
    """Link a case to another, named by its id or reference; the other's id.

    Raises Refused("invalid") for no case or itself, "conflict" when they are linked so already.
    """
    with write() as session:
        other_id = cases.id_of(session, other.strip())
        if other_id is None or other_id == case_id:
            problem = NO_CASE if other_id is None else sentence("This is the case itself.")
            raise Refused("invalid", problem, errors={"other": [problem]})
        pair = _locked(session, case_id, other_id)
        if not matches.by_hand(session, pair, kind, account_id, why, clock.now()):
            known = sentence("These two cases are linked already.")
            raise Refused("conflict", known, errors={"other": [known]})
        audit.record(session, account_id, "case_linked", "case", case_id, other=other_id, by=kind.value)
        reposts.judge(session, *pair)
    return other_id


def undo_link(case_id: str, other_id: str, kind: LinkKind, account_id: str, why: str) -> None:
    """Say that two cases do not belong together: it is never found again. A second click changes nothing."""
    with write() as session:
        pair = _locked(session, case_id, other_id)
        if matches.undo(session, pair, kind, account_id, why, clock.now()):
            audit.record(session, account_id, "link_undone", "case", case_id, other=other_id, by=kind.value)
            reposts.judge(session, *pair)


def redo_link(case_id: str, other_id: str, kind: LinkKind, account_id: str) -> None:
    """Let a link stand again that was undone. A second click changes nothing."""
    with write() as session:
        pair = _locked(session, case_id, other_id)
        if matches.redo(session, pair, kind):
            audit.record(session, account_id, "link_redone", "case", case_id, other=other_id, by=kind.value)
            reposts.judge(session, *pair)


def _locked(session: Session, case_id: str, other_id: str) -> tuple[str, str]:
    """Both cases, locked in the order of their ids before the link is written. Raises Refused("not-found")."""
    first, second = sorted((case_id, other_id))
    for each in (first, second):
        cases.get(session, each, lock=True)
    return first, second
