"""A new webhook proves itself: it accepts a test event that is signed with the secret proposed with it.

A test is sent when somebody at the desk asks for it, once: the company has to know the secret first.
"""

from server.core import clock, work
from server.core.database import read, write
from server.core.words import Channel
from server.journeys.company import addresses, webhooks
from server.ledger.companies import address_store
from server.ledger.companies.address_models import AddressChange
from server.ledger.companies.address_states import ChangeState
from server.ledger.companies.models import Company
from server.ledger.delivery.channel import Failure


def ask(company_id: str, change_id: str, by_id: str) -> None:
    """Ask for a test. Raises Refused: forbidden, not-found, too-many, and conflict for a change that waits for none."""
    with write() as session:
        addresses.able(session, by_id)
        change = address_store.of_company(session, company_id, change_id)
        address_store.ask_test(session, change, by_id, clock.now())
        work.enqueue(session, "prove_webhook", f"{change.id}.{change.tests}")


@work.handler("prove_webhook", sends=True)
def prove(subject_id: str) -> None:
    """Send the test: the change goes on when it is accepted, else its page says why not. Safe to repeat: the event keeps its id."""
    with read() as session:
        change = address_store.get(session, subject_id.partition(".")[0])
        if not _waits(change, subject_id) or change.tested_at is None:
            return
        message = webhooks.test_message(
            subject_id.replace(".", "_"), change.new_address or "", [change.new_secret or ""],
            session.get_one(Company, change.company_id).slug, change.tested_at,
        )  # fmt: skip
    problem = webhooks.try_out(message)
    if problem:
        _failed(subject_id, problem.code, problem.params)
        return
    with write() as session:
        change = address_store.get(session, change.id)
        if change.state == ChangeState.PENDING:
            address_store.prove(session, change, clock.now())


@work.on_dead_letter("prove_webhook")
def not_sent(subject_id: str, reason: str) -> None:
    """A fault of ours: said on the page. Safe to repeat."""
    _failed(subject_id, Failure.UNEXPECTED, {"error": reason.partition(":")[0]})


def _failed(subject_id: str, code: Failure, params: dict[str, object]) -> None:
    with write() as session:
        change = session.get(AddressChange, subject_id.partition(".")[0])
        if change and _waits(change, subject_id):
            address_store.test_failed(change, {"code": code, **params})


def _waits(change: AddressChange, subject_id: str) -> bool:
    """Whether this is the last test that was asked for, and nobody has stopped the change."""
    waits = change.channel == Channel.WEBHOOK and change.state == ChangeState.PENDING
    return waits and subject_id == f"{change.id}.{change.tests}"
