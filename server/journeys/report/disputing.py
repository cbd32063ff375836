"""After step 12: we contest what a company answered, by its own complaint system and before a dispute settlement body.

Nothing leaves by a channel of ours: a coordinator sends it by the company's own way and records that here. Nothing of the
notice, its reports or any figure changes by it: what the company does then is its next answer.
"""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from server.core import clock, urls
from server.core.database import write
from server.core.sentences import sentence
from server.core.slips import Slips, refuse
from server.core.words import Refused
from server.journeys.report import naming
from server.journeys.report.composing import FROZEN
from server.ledger.cases import store as cases
from server.ledger.disputes import states, store
from server.ledger.disputes.models import Dispute
from server.ledger.disputes.states import DisputeOutcome
from server.ledger.notices import store as notices
from server.ledger.reports import store as reports
from server.reads import disputes, withheld

NOTHING = sentence("There is nothing to dispute: the company has not answered, or has done what we asked.")
STANDS = sentence("This answer is disputed already.")
SETTLED = sentence("A dispute settlement body has decided about this answer. Only another answer can be disputed.")
ANEW = sentence("The company has answered again since you opened this page. Check again.")


def begin(case_id: str, by_id: str, *, answer_id: str, text: str, told: date | None) -> str:
    """Record that we dispute the newest answer to a case's notice, with the deadline that follows. Returns its id.

    answer_id: that the coordinator has read. text: why it is wrong, as the company will read it. told: when the company told
    us. The same words again are a doubled click.

    Raises Refused: not-found, stale (another answer has come), conflict (nothing to dispute, a dispute stands, a body has
    decided about it, everybody who reported it is frozen), invalid, names-a-person.
    """
    text = urls.plain_in_text(text.strip())
    with write() as session:
        case = cases.get(session, case_id, lock=True)
        notice = notices.active(session, case.id)
        ground = disputes.ground(session, notice) if notice else None
        if notice is None or ground is None:
            raise Refused("conflict", NOTHING)
        if standing := store.open_of_notice(session, notice.id):
            if (standing.answer_id, standing.text, standing.begun_by_id) == (answer_id, text, by_id):
                return standing.id
            raise Refused("conflict", STANDS, errors={"text": [STANDS]})
        if ground.settled:
            raise Refused("conflict", SETTLED, errors={"text": [SETTLED]})
        if ground.answer.id != answer_id:
            raise Refused("stale", ANEW, errors={"text": [ANEW]})
        first, last = disputes.told_between(notice, ground)
        slips = Slips()
        with slips.kept():
            refuse(text=states.text_problem(text), told=states.day_problem(told, first, last))
        with slips.kept():
            _refuse_leaving(session, case.id, text)
        slips.tell()
        assert told  # `day_problem` has seen it
        dispute = store.add(session, notice.id, answer_id, ground.shortfall, text, ground.terms, told, by_id)
        return dispute.id


def send(dispute_id: str, by_id: str, *, text: str, via: str, day: date | None, receipt: str) -> None:
    """A person has sent it. text: what was sent; via: of `states.VIAS`; receipt: the company's number of it, or empty.

    Raises Refused: not-found, conflict, invalid, names-a-person.
    """
    text, receipt = urls.plain_in_text(text.strip()), receipt.strip()
    with write() as session:
        dispute = store.get(session, dispute_id, lock=True)
        if (dispute.sent_by_id, dispute.text, dispute.sent_via, dispute.sent_on, dispute.receipt) == (
            by_id, text, via, day, receipt,
        ):  # fmt: skip
            return  # a doubled click
        _refuse_moved(dispute, states.DisputeMove.SEND)
        slips = Slips()
        with slips.kept():
            refuse(
                text=states.text_problem(text),
                via=None if via in states.VIAS else sentence("Say how it was sent."),
                day=states.day_problem(day, dispute.told_on, _latest()),
                receipt=states.name_problem(receipt, required=False),
            )
        with slips.kept():
            naming.refuse_names(session, {"text": text}, reports.reporters(session, _case_id(session, dispute)))
        slips.tell()
        assert day
        store.send(session, dispute, by_id, text, via, day, receipt)


def hear(dispute_id: str, by_id: str, *, outcome: str, day: date | None) -> None:
    """The company has decided on it, or we wait no longer. Raises Refused: not-found, conflict, invalid."""
    with write() as session:
        dispute = store.get(session, dispute_id, lock=True)
        if (dispute.state, dispute.heard_on) == (outcome, day):
            return
        _refuse_moved(dispute, states.DisputeMove.HEAR)
        refuse(
            outcome=None if outcome in states.outcomes(dispute.state) else sentence("Choose the outcome."),
            day=states.day_problem(day, dispute.heard_on or dispute.sent_on or dispute.told_on, _latest()),
        )
        assert day
        store.hear(session, dispute, by_id, DisputeOutcome(outcome), day)


def take_to_body(dispute_id: str, by_id: str, *, body: str, day: date | None) -> None:
    """It is before an out-of-court dispute settlement body. Raises Refused: not-found, conflict, invalid."""
    body = body.strip()
    with write() as session:
        dispute = store.get(session, dispute_id, lock=True)
        if (dispute.body, dispute.body_on) == (body, day):
            return
        _refuse_moved(dispute, states.DisputeMove.SETTLE)
        refuse(
            body=states.name_problem(body, required=True),
            day=states.day_problem(day, dispute.heard_on or dispute.told_on, _latest()),
        )
        assert day
        store.take_to_body(session, dispute, by_id, body, day)


def close(dispute_id: str, by_id: str, ending: str) -> None:
    """It is over. Raises Refused: not-found, conflict, invalid."""
    with write() as session:
        dispute = store.get(session, dispute_id, lock=True)
        if dispute.ending == ending:
            return
        _refuse_moved(dispute, states.DisputeMove.CLOSE)
        possible = states.endings(dispute.state, overdue=disputes.overdue(dispute))
        refuse(ending=None if ending in possible else sentence("Choose how it ends."))
        store.close(session, dispute, by_id, states.Ending(ending))


def _latest() -> date:
    """The last day on which something can have happened: in the east of the world it is tomorrow already (UTC+14)."""
    return (clock.now() + timedelta(hours=14)).date()


def _case_id(session: Session, dispute: Dispute) -> str:
    return notices.get(session, None, dispute.notice_id).case_id


def _refuse_leaving(session: Session, case_id: str, text: str) -> None:
    """Nothing that names somebody is sent, and nothing at all while everybody who reported it is frozen."""
    naming.refuse_names(session, {"text": text}, reports.reporters(session, case_id))
    if withheld.is_held(session, case_id):
        raise Refused("conflict", FROZEN, errors={"text": [FROZEN]})


def _refuse_moved(dispute: Dispute, move: states.DisputeMove) -> None:
    if not states.possible(dispute.state, move):
        raise Refused("conflict", states.MOVED)
