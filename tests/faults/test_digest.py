"""A digest over real SMTP, on both databases: the server refuses, our worker dies at each step, people act in between.

Every scenario comes with the mutation that must make it fail.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, update

from server.core import clock, database, work
from server.core.config import Settings
from server.core.database import read
from server.core.words import DeliveryState, Event
from server.journeys.report import answering
from server.ledger.delivery import resting, slots
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message, MessageAttempt, MessageNotice
from server.ledger.notices import store
from server.reads import outgoing
from tests.conftest import People, settings_for
from tests.digests import SPOC, digest_contact, notices
from tests.messages import attempts_at, message_of
from tests.smtp_rig import MailServer, mail_server

ROOT = Path(__file__).parents[2]
Make = Callable[..., dict[str, Any]]


@pytest.fixture
def server() -> Iterator[MailServer]:
    with mail_server() as running:
        running.scripted = SPOC
        yield running


@pytest.fixture
def settings(database_url: str, tmp_path: Path, server: MailServer) -> Settings:
    return settings_for(tmp_path, database_url, SPOTTER_MAIL_URL=server.url)


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
        session.execute(update(work.Work).where(work.Work.done_at.is_(None)).values(due_at=clock.now()))
    resting._until.clear()
    work.run_due()


def leases_lapse() -> None:
    """Their time passes."""
    ago = clock.now() - work.RUNNING_LEASE - timedelta(seconds=1)
    with database.write() as session:
        session.execute(update(work.Work).where(work.Work.leased_until.is_not(None)).values(leased_until=ago))
        session.execute(update(MessageAttempt).where(MessageAttempt.finished_at.is_(None)).values(started_at=ago))


def copies(server: MailServer, notice_id: str) -> int:
    """How many mails the contact has got that carry a notice."""
    with read() as session:
        reference = store.get(session, None, notice_id).reference
    mails = (taken.message for taken in server.to(SPOC))
    return sum(reference in str(mail.get_body(("plain",)).get_content()) for mail in mails)  # type: ignore[union-attr]


def undone() -> int:
    """How much work about deliveries is still to be done."""
    with read() as session:
        kinds = work.Work.kind.in_(("deliver_notice", "deliver_digest"))
        rows = select(func.count()).select_from(work.Work).where(kinds, work.Work.done_at.is_(None))
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
RECORD_FIRST = """
honest = leaving.plain_message
def hasty(attempt):
    delivery._finish(attempt, AttemptOutcome.SENT)
    os._exit(9)
leaving.plain_message = hasty
"""
ASK_AFTERWARDS = """
def torn(session, waiting, notice_id):
    ids = [notice.id for _, notice in waiting]
    digest_store.join(session, waiting[0][0], ids)
    work.drop(session, "deliver_notice", ids)
    session.commit()
    os._exit(9)
gathering._join = torn
"""
KILLED = """
import os
from server import create_app
from server.commands import worker
from server.core import post, work
from server.journeys.report import delivery, gathering, leaving
from server.ledger.delivery import digest_store, slots
from server.ledger.delivery.models import AttemptOutcome
slots.is_working_day = lambda *_: True
with create_app().app_context():
    worker.prepare()
"""


@pytest.mark.parametrize(
    ("crash", "mutation"),
    [*((crash, "") for crash in CRASH), ("before it is sent", RECORD_FIRST), ("while it is gathered", ASK_AFTERWARDS)],
)
def test_a_worker_killed_at_any_step_of_a_digest_loses_nothing_and_adds_one_copy_at_most(
    crash: str, mutation: str, ids: list[str], server: MailServer, settings: Settings
) -> None:
    with database.write() as session:  # the spotters' mails are another story
        session.execute(update(work.Work).where(work.Work.kind != "deliver_notice").values(done_at=clock.now()))
        session.execute(update(work.Work).where(work.Work.done_at.is_(None)).values(due_at=clock.now()))
    steps = (mutation or CRASH[crash]).strip().splitlines()
    code = KILLED + "".join(f"    {line}\n" for line in [*steps, "work.run_due()"])
    environment = os.environ | {
        "SPOTTER_DATA_DIR": str(settings.data_dir),
        "SPOTTER_DATABASE_URL": settings.database_url,
        "SPOTTER_MAIL_URL": settings.mail_url,
        "SPOTTER_BASE_URL": settings.base_url,
        "SPOTTER_SECRET_KEY": settings.secret_key,
    }
    killed = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, check=False)
    assert killed.returncode == 9, killed.stderr.decode()
    for _ in range(3):
        leases_lapse()
        run_now()
    with pytest.raises(AssertionError) if mutation else contextlib.nullcontext():
        expected = 2 if crash == "after it is sent" else 1
        assert [copies(server, each) for each in ids] == [expected] * 3
        assert {str(taken.message["Message-ID"]) for taken in server.to(SPOC)} == {message_of(ids[0]).stable_id}
        assert {message_of(each).state for each in ids} == {DeliveryState.DELIVERED}
        assert undone() == 0


def test_withdrawn_after_a_copy_may_have_left_its_withdrawal_follows(
    ids: list[str], people: People, server: MailServer
) -> None:
    """The worker died while it sent; then a coordinator withdraws one. The next copy leaves it out, and says so by itself."""
    with database.write() as session:
        message = message_of(ids[0])
        session.execute(update(MessageNotice).where(MessageNotice.notice_id.in_(ids)).values(message_id=message.id))
        deliveries.claim(session, message.id)
        work.enqueue(session, "deliver_digest", message.id)
    answering.withdraw_notice(ids[1], people.ids["cora"], "It was a toy.")
    for _ in range(3):
        leases_lapse()
        run_now()
    assert [copies(server, each) for each in ids] == [1, 1, 1]
    withdrawal = next(taken.message for taken in server.to(SPOC) if "withdrawn" in str(taken.message["Subject"]))
    assert withdrawal["In-Reply-To"] == message.stable_id


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
