"""A digest over real SMTP, on both databases: the server refuses, our worker dies at each step, people act in between.

Every scenario comes with the mutation that must make it fail.
"""

import contextlib
import dataclasses
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from server.core import clock, database, work
from server.core.config import Settings
from server.core.database import read
from server.core.outbox import Work
from server.core.words import Channel, DeliveryState, Event, Level
from server.journeys.report import answering, delivery, gathering
from server.journeys.spotter import accrediting, freezing
from server.ledger.companies.models import Spoc
from server.ledger.delivery import attempt_store, registry, resting, slots
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.channel import Closed, Failure
from server.ledger.delivery.models import Message, MessageNotice
from server.ledger.notices import store
from server.ledger.notices.models import Notice
from server.reads import outgoing
from tests.conftest import People
from tests.digests import SPOC, digest_contact, notices
from tests.faults.delivering import RECORD_FIRST, server, settings, worker_dies  # noqa: F401
from tests.killed_workers import leases_lapse
from tests.messages import attempts_at, message_of, set_message
from tests.smtp_rig import MailServer
from tests.story import decide, flag

Make = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def any_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(resting, "_until", {})
    monkeypatch.setattr(slots, "is_working_day", lambda *_: True)


@pytest.fixture
def ids(people: People, report_json: Make) -> list[str]:
    """Three notices for a contact with a digest."""
    digest_contact()
    return notices(people, report_json, 3)


def run_now() -> None:
    """The worker, when the hour has come and the pauses are over."""
    with database.write() as session:
        session.execute(update(Work).where(Work.done_at.is_(None)).values(due_at=clock.now()))
    resting._until.clear()
    work.run_due()


def copies(server: MailServer, notice_id: str) -> int:
    """How many mails the contact has got that carry a notice."""
    with read() as session:
        reference = store.get(session, None, notice_id).reference
    mails = (taken.message for taken in server.to(SPOC))
    return sum(reference in str(mail.get_body(("plain",)).get_content()) for mail in mails)  # type: ignore[union-attr]


def undone() -> int:
    """How much work about deliveries is still to be done."""
    with read() as session:
        kinds = Work.kind.in_(("deliver_notice", "deliver_digest"))
        rows = select(func.count()).select_from(Work).where(kinds, Work.done_at.is_(None))
        return session.scalar(rows) or 0


# --- Our own worker dies ---------------------------------------------------------------------------------------------

CRASH = {
    "while it is gathered": """
honest = digest_store.join
def dying(session, message, ids):
    honest(session, message, ids)
    session.flush()
    os._exit(9)
digest_store.join = dying
""",
    "once it is gathered": "delivery.leave = lambda message_id: os._exit(9)",
    "before it is sent": "post.send = lambda *given, **more: os._exit(9)",
    "after it is sent": "delivery._finish = lambda *given: os._exit(9)",
}
ASK_AFTERWARDS = """
def torn(session, waiting, notice_id):
    ids = [notice.id for _, notice in waiting]
    digest_store.join(session, waiting[0][0], ids)
    work.drop(session, "deliver_notice", ids)
    session.commit()
    os._exit(9)
gathering._join = torn
"""


@pytest.mark.parametrize(
    ("crash", "mutation"),
    [
        *((crash, "") for crash in CRASH),
        ("before it is sent", CRASH["before it is sent"] + RECORD_FIRST),
        ("while it is gathered", ASK_AFTERWARDS),
    ],
)
def test_a_worker_killed_at_any_step_of_a_digest_loses_nothing_and_adds_one_copy_at_most(
    crash: str, mutation: str, ids: list[str], server: MailServer, settings: Settings
) -> None:
    with database.write() as session:  # the spotters' mails are another story
        session.execute(update(Work).where(Work.kind != "deliver_notice").values(done_at=clock.now()))
        session.execute(update(Work).where(Work.done_at.is_(None)).values(due_at=clock.now()))
    worker_dies(settings, mutation or CRASH[crash])
    for _ in range(3):
        leases_lapse()
        run_now()
    with pytest.raises(AssertionError) if mutation else contextlib.nullcontext():
        expected = 2 if crash == "after it is sent" else 1
        assert [copies(server, each) for each in ids] == [expected] * 3
        assert {str(taken.message["Message-ID"]) for taken in server.to(SPOC)} == {message_of(ids[0]).stable_id}
        assert {message_of(each).state for each in ids} == {DeliveryState.DELIVERED}
        assert undone() == 0


def claim(session: Session, message_id: str) -> None:
    """An attempt begins, of which nobody comes back."""
    message = attempt_store.lock(session, message_id)
    assert message and attempt_store.claim(session, message)


def test_withdrawn_after_a_copy_may_have_left_its_withdrawal_follows(
    ids: list[str], people: People, server: MailServer
) -> None:
    """The worker died while it sent; then a coordinator withdraws one. The next copy leaves it out, and says so by itself."""
    with database.write() as session:
        message = message_of(ids[0])
        session.execute(update(MessageNotice).where(MessageNotice.notice_id.in_(ids)).values(message_id=message.id))
        claim(session, message.id)
        work.enqueue(session, "deliver_digest", message.id)
    answering.withdraw_notice(ids[1], people.ids["cora"], "It was a toy.")
    for _ in range(3):
        leases_lapse()
        run_now()
    assert [copies(server, each) for each in ids] == [1, 1, 1]
    withdrawal = next(taken.message for taken in server.to(SPOC) if "withdrawn" in str(taken.message["Subject"]))
    assert withdrawal["In-Reply-To"] == message.stable_id


def test_held_after_a_copy_may_have_left_it_is_not_said_twice(
    people: People, report_json: Make, server: MailServer
) -> None:
    """The worker died while it sent; then Ana's account is frozen. The next copy does not show hers."""
    digest_contact()
    more = {"waive_exam": True, "second": "dan@people.test"}
    accrediting.accredit_by_email("ben@people.test", "cora@people.test", "For the test.", Level.TRUSTED, **more)
    of_ana = decide(people, flag(people, report_json()))
    of_ben = decide(people, flag(people, report_json(url="https://mercado.test/itm/265370480001"), "ben"))
    gathering.gather(of_ana, Event.CREATED)
    message = message_of(of_ana)
    with database.write() as session:
        claim(session, message.id)
    freezing.freeze(people.ids["ana"], people.ids["cora"])
    for _ in range(3):
        leases_lapse()
        run_now()
    assert [copies(server, each) for each in (of_ana, of_ben)] == [0, 1]
    freezing.unfreeze(people.ids["ana"], people.ids["cora"], "She is safe.")
    run_now()
    assert copies(server, of_ana) == 0, "the copy that may have left had it"
    answering.withdraw_notice(of_ana, people.ids["cora"], "It was a toy.")
    run_now()
    withdrawal = next(taken.message for taken in server.to(SPOC) if "withdrawn" in str(taken.message["Subject"]))
    assert withdrawal["In-Reply-To"] == message.stable_id


def test_all_of_it_held_after_a_copy_may_have_left_it_waits(ids: list[str], people: People, server: MailServer) -> None:
    gathering.gather(ids[0], Event.CREATED)
    with database.write() as session:
        claim(session, message_of(ids[0]).id)
    freezing.freeze(people.ids["ana"], people.ids["cora"])
    for _ in range(2):
        leases_lapse()
        run_now()
    assert [copies(server, each) for each in ids] == [0, 0, 0]
    freezing.unfreeze(people.ids["ana"], people.ids["cora"], "She is safe.")
    run_now()
    assert [copies(server, each) for each in ids] == [1, 1, 1]


# --- Two workers -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("mutation", [False, True])
def test_what_joins_a_digest_that_is_about_to_leave_leaves_with_it(
    mutation: bool,
    ids: list[str],
    people: People,
    report_json: Make,
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Another worker gathers a fourth between the look at what a digest carries and its attempt."""
    gathering.gather(ids[0], Event.CREATED)
    fourth, = notices(people, report_json, 1, first=3)  # fmt: skip
    message = message_of(ids[0])
    with read() as session:
        before = deliveries.notice_ids(session, message.id)
    honest, meddled = delivery.write, list[str]()

    @contextlib.contextmanager
    def meddling() -> Iterator[Any]:
        if not meddled:
            meddled.append(fourth)
            gathering.gather(fourth, Event.CREATED)
        with honest() as session:
            yield session

    monkeypatch.setattr(delivery, "write", meddling)
    if mutation:
        monkeypatch.setattr(delivery, "_CARRIED", delivery._CARRIED.where(Notice.id.in_(before)))
    delivery.deliver_digest(message.id)
    assert message_of(fourth).state == DeliveryState.DELIVERED
    with pytest.raises(AssertionError) if mutation else contextlib.nullcontext():
        assert copies(server, fourth) == 1


@pytest.mark.parametrize("mutation", [False, True])
def test_nothing_joins_a_digest_while_its_attempt_begins(
    mutation: bool,
    ids: list[str],
    people: People,
    report_json: Make,
    server: MailServer,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Until the attempt is committed the other worker sees a message that nobody has tried."""
    if mutation and database.db.engine.dialect.name == "sqlite":
        pytest.skip("PostgreSQL only (--postgresql): SQLite has one writer, so the mutation changes nothing")
    gathering.gather(ids[0], Event.CREATED)
    fourth, = notices(people, report_json, 1, first=3)  # fmt: skip
    message, honest = message_of(ids[0]), attempt_store.claim
    begun, go_on = threading.Event(), threading.Event()

    def slow(session: Session, message: Message) -> attempt_store.BegunAttempt | None:
        claimed = honest(session, message)
        begun.set()
        go_on.wait(10)
        return claimed

    def worker(act: Callable[..., Any], *given: Any) -> threading.Thread:
        def run() -> None:
            with people.app.app_context():
                act(*given)

        thread = threading.Thread(target=run)
        thread.start()
        return thread

    monkeypatch.setattr(attempt_store, "claim", slow)
    if mutation:
        monkeypatch.setattr(gathering, "alone_with", lambda *_: None)
    workers = [worker(delivery.deliver_digest, message.id)]
    assert begun.wait(10)
    workers.append(worker(gathering.gather, fourth, Event.CREATED))
    workers[1].join(0.5)
    go_on.set()
    for each in workers:
        each.join()
    run_now()
    with pytest.raises(AssertionError) if mutation else contextlib.nullcontext():
        assert [copies(server, each) for each in (*ids, fourth)] == [1, 1, 1, 1]
    assert message_of(fourth).state == DeliveryState.DELIVERED


# --- The other side --------------------------------------------------------------------------------------------------


def test_refused_for_now_the_whole_digest_is_tried_again_on_one_schedule(ids: list[str], server: MailServer) -> None:
    server.script.append("450")
    run_now()
    assert attempts_at(ids[0]) == ["retry"]
    with read() as session:
        case_ids = [store.get(session, None, each).case_id for each in ids]
        assert set(outgoing.next_attempts(session, case_ids)) == set(case_ids), "each case says when"
    run_now()
    assert {message_of(each).id for each in ids} == {message_of(ids[0]).id}
    assert attempts_at(ids[2]) == ["retry", "sent"]
    assert [copies(server, each) for each in ids] == [1, 1, 1]


def test_withdrawn_or_answered_between_two_attempts_it_is_in_none(
    ids: list[str], people: People, server: MailServer
) -> None:
    server.script.append("450")
    run_now()
    answering.withdraw_notice(ids[0], people.ids["cora"], "It was a toy.")
    for _ in range(2):
        run_now()
    assert [copies(server, each) for each in ids] == [0, 1, 1]
    assert len(server.to(SPOC)) == 1, "and there is nothing to take back"
    assert message_of(ids[0]).state == DeliveryState.QUEUED


def test_refused_for_good_each_case_is_undelivered(ids: list[str], server: MailServer) -> None:
    server.script.append("550")
    for _ in range(2):
        run_now()
    with read() as session:
        assert outgoing.count_undelivered(session) == 3
        first = select(Message.state).where(Message.event == Event.CREATED)
        assert set(session.scalars(first)) == {DeliveryState.FAILED}


def test_what_a_closed_webhook_did_not_take_arrives_with_the_digest_also_at_the_second_attempt(
    people: People, report_json: Make, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    digest_contact()
    notice_id, = notices(people, report_json, 1)  # fmt: skip
    address = "https://hook.mercado.test/notices"
    with database.write() as session:
        notice = store.lock(session, notice_id)
        hook = Spoc(id=database.new_id(), company_id=notice.company_id, name="Hook", channel=Channel.WEBHOOK,
                    webhook_url=address, regions=[], languages=["en"], groups=[], platforms=[])  # fmt: skip
        session.add(hook)
        session.flush()
        store.hand_to(notice, hook.id)
    set_message(notice_id, channel=Channel.WEBHOOK, address=address)

    def closed(message: Any) -> None:
        raise Closed(Failure.CLOSED)

    definition = dataclasses.replace(registry.CHANNELS[Channel.WEBHOOK], send=closed)
    monkeypatch.setitem(registry.CHANNELS, Channel.WEBHOOK, definition)
    server.script.append("450")
    for _ in range(3):
        run_now()
    assert attempts_at(notice_id) == ["permanent_failure", "retry", "sent"]
    assert copies(server, notice_id) == 1
    assert message_of(notice_id).state == DeliveryState.DELIVERED
    assert undone() == 0


def test_work_about_a_notice_whose_digest_was_tried_asks_for_the_digest(ids: list[str], server: MailServer) -> None:
    """Whatever became of the work that was to send it: a restored database, or a message that waits again."""
    server.script.append("450")
    run_now()
    with database.write() as session:
        work.drop(session, "deliver_digest", [message_of(ids[0]).id])
    delivery.deliver_notice(ids[1])
    run_now()
    assert [copies(server, each) for each in ids] == [1, 1, 1]
