"""Reads and writes of the practice lane and of proposals. Every function takes the session first; times come from the caller."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Select, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core import audit, folding
from server.core.database import new_id
from server.core.sentences import sentence
from server.core.words import Level, Refused
from server.people.courses.known import Known
from server.people.skill import lane
from server.people.skill.lane import Said
from server.people.skill.levels import Move
from server.people.skill.models import LaneAnswer, Proposal

ASK_AGAIN = timedelta(days=30)  # after a coordinator's "not now"

# --- The lane --------------------------------------------------------------------------------------------------------


def answers(session: Session, account_id: str) -> list[LaneAnswer]:
    """Everything this person answered in the lane, oldest first."""
    mine = select(LaneAnswer).where(LaneAnswer.account_id == account_id)
    return list(session.scalars(mine.order_by(LaneAnswer.at, LaneAnswer.id)))


def answer(session: Session, account_id: str, answer_id: str) -> LaneAnswer:
    """One of this person's own answers. Raises Refused("not-found") for anybody else's."""
    mine = select(LaneAnswer).where(LaneAnswer.id == answer_id, LaneAnswer.account_id == account_id)
    answer = session.scalars(mine).first()
    if answer is None:
        raise Refused("not-found", sentence("You have no such answer."))
    return answer


def keep_known(session: Session, account_id: str, listing: Known, answer: Said, why: str, at: datetime) -> str:
    """Keep and mark an answer to a known listing; its id. Raises Refused("conflict"): answered already."""
    right = lane.mark(answer, listing.truth)
    return _keep(session, LaneAnswer(
        id=new_id(), account_id=account_id, listing=listing.name, taxon_group=listing.group, said=answer, why=why or None,
        right=right, at=at,
    ))  # fmt: skip


def keep_opinion(session: Session, account_id: str, case_id: str, answer: Said, why: str, at: datetime) -> str:
    """Keep an opinion on a live listing; its id. Raises Refused("conflict"): given already."""
    return _keep(
        session, LaneAnswer(id=new_id(), account_id=account_id, case_id=case_id, said=answer, why=why or None, at=at)
    )


def _keep(session: Session, answer: LaneAnswer) -> str:
    try:
        with session.begin_nested():
            session.add(answer)
    except IntegrityError:
        raise Refused("conflict", sentence("You have already answered this one. The first answer counts.")) from None
    return answer.id


def opinions(session: Session, case_id: str) -> list[LaneAnswer]:
    """What spotters think of a live listing, oldest first."""
    query = select(LaneAnswer).where(LaneAnswer.case_id == case_id)
    return list(session.scalars(query.order_by(LaneAnswer.at, LaneAnswer.id)))


def tallies(session: Session) -> dict[str, tuple[int, int, int]]:
    """How often each known listing was answered rightly, wrongly, and with "cannot tell"."""
    counted = select(
        LaneAnswer.listing, func.count().filter(LaneAnswer.right.is_(True)),
        func.count().filter(LaneAnswer.right.is_(False)), func.count().filter(LaneAnswer.right.is_(None)),
    )  # fmt: skip
    rows = session.execute(counted.where(LaneAnswer.listing.is_not(None)).group_by(LaneAnswer.listing))
    return {name: (right, wrong, unsure) for name, right, wrong, unsure in rows if name}


def difficulties(session: Session, listings: Mapping[str, Known]) -> dict[str, float]:
    """How hard each known listing is, 0 to 1: its author's guess, corrected by what people answered."""
    counted = tallies(session)
    return {
        name: lane.difficulty(listing.difficulty, *counted.get(name, (0, 0, 0))[:2])
        for name, listing in listings.items()
    }


# --- What the rules ask a coordinator --------------------------------------------------------------------------------


def open_proposal(session: Session, account_id: str) -> Proposal | None:
    """What waits for a coordinator's word about this person."""
    return session.scalars(
        select(Proposal).where(Proposal.account_id == account_id, Proposal.decided_at.is_(None))
    ).first()


def open_proposals(session: Session, among: Select[str]) -> list[Proposal]:
    """All of these accounts that wait: who may need help first, then who may go up, each the oldest first."""
    own = select(Proposal).where(Proposal.decided_at.is_(None), Proposal.account_id.in_(among))
    waiting = list(session.scalars(own.order_by(Proposal.at)))
    return sorted(waiting, key=lambda proposal: proposal.move != Move.STOP)


def count_open(session: Session, among: Select[str]) -> int:
    """How many proposals about these accounts wait."""
    waiting = select(func.count()).select_from(Proposal).where(Proposal.decided_at.is_(None))
    return session.scalar(waiting.where(Proposal.account_id.in_(among))) or 0


def asks(session: Session, account_id: str, level: Level, move: Move) -> bool:
    """Whether what is asked about this person changes: another move, or what waits is asked no longer."""
    asked = open_proposal(session, account_id)
    if asked is None:
        return move in (Move.UP, Move.STOP)
    return (asked.move, asked.level) != (move, level)


def propose(session: Session, account_id: str, level: Level, move: Move, judged: int, at: datetime) -> None:
    """Ask a coordinator, unless the same is asked already or was answered with "not now" within a month.

    What is asked no longer is closed.
    """
    asked = open_proposal(session, account_id)
    if asked and (asked.move != move or asked.level != level):
        asked.decided_at = at
        session.flush()
        asked = None
    if asked or move not in (Move.UP, Move.STOP):
        return
    lately = select(Proposal.id).where(
        Proposal.account_id == account_id, Proposal.move == move, Proposal.level == level,
        Proposal.decided_by_id.is_not(None), Proposal.decided_at > at - ASK_AGAIN,
    )  # fmt: skip
    if session.scalar(lately.limit(1)):
        return
    session.add(Proposal(id=new_id(), account_id=account_id, level=level, move=move, judged=judged, at=at))
    session.flush()


def not_now(session: Session, account_id: str, by_id: str, why: str, at: datetime) -> None:
    """A coordinator leaves the level as it is. Raises Refused: not-found, invalid."""
    asked = open_proposal(session, account_id)
    if asked is None:
        raise Refused("not-found", sentence("There is no open proposal for this person."))
    if folding.is_blank(why):
        detail = sentence("Enter a reason. It is kept.")
        raise Refused("invalid", detail, errors={"why": [sentence("Enter a reason.")]})
    asked.decided_by_id, asked.why, asked.decided_at = by_id, why.strip(), at
    session.flush()
    audit.record(session, by_id, "proposal_declined", "account", account_id, move=asked.move)


def settle(session: Session, account_id: str, by_id: str, at: datetime) -> None:
    """A coordinator has decided about this person's accreditation: nothing is asked any more."""
    waiting = update(Proposal).where(Proposal.account_id == account_id, Proposal.decided_at.is_(None))
    session.execute(waiting.values(decided_by_id=by_id, decided_at=at))
