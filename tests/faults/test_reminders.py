"""Reminders over real SMTP when our own worker dies at each step, on both databases.

Every scenario comes with the mutation that must make it fail.
"""

import contextlib
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from server.core import clock
from server.core.config import Settings
from server.core.database import read, write
from server.core.outbox import Work
from server.core.words import DeliveryState, Event
from server.journeys.report import following_up
from server.ledger.delivery import slots
from server.ledger.delivery.models import Message
from server.ledger.notices.models import Notice
from tests.conftest import People
from tests.faults.delivering import (  # noqa: F401
    RECORD_FIRST,
    SPOC,
    Make,
    nobody_rests,
    run_now,
    server,
    settings,
    worker_dies,
)
from tests.killed_workers import leases_lapse
from tests.smtp_rig import MailServer
from tests.story import notify

# What the worker does, and where it dies.
CRASH = {
    "while it is planned": ("following_up.remind()", "work.enqueue = lambda *given, **more: os._exit(9)"),
    "once it is planned": ("following_up.remind(); os._exit(9)", ""),
    "while it is queued": (
        "work.run_due()",
        """
honest = deliveries.follow_up
def dying(session, *given, **more):
    honest(session, *given, **more)
    session.flush()
    os._exit(9)
deliveries.follow_up = dying
""",
    ),
    "once it is queued": ("work.run_due()", "delivery.send = lambda *given: os._exit(9)"),
    "before it is sent": ("work.run_due()", "post.send = lambda *given, **more: os._exit(9)\n"),
    "after it is sent": ("work.run_due()", "delivery._finish = lambda *given: os._exit(9)"),
}
# Mutation: that it is planned is kept before the work that sends it.
PLANNED_FIRST = """
def torn(session, *given):
    session.commit()
    os._exit(9)
work.enqueue = torn
"""


@pytest.fixture
def overdue(people: People, report_json: Make, monkeypatch: pytest.MonkeyPatch) -> str:
    """A notice that arrived nine days ago and was to be answered two days ago."""
    monkeypatch.setattr(slots, "is_open", lambda *_: True)
    notice_id = notify(people, report_json())
    run_now()
    with write() as session:
        session.execute(update(Work).where(Work.done_at.is_(None)).values(done_at=clock.now()))
        session.execute(update(Message).values(delivered_at=clock.now() - timedelta(days=9)))
        session.execute(update(Notice).values(answer_by=clock.now() - timedelta(days=2)))
    return notice_id


def planned() -> None:
    """The reminder alone is to be done, now."""
    following_up.remind()
    with write() as session:
        others = update(Work).where(Work.kind != "remind_notice", Work.done_at.is_(None))
        session.execute(others.values(done_at=clock.now()))
        session.execute(update(Work).where(Work.done_at.is_(None)).values(due_at=clock.now()))


@pytest.mark.parametrize(
    ("crash", "mutation"),
    [*((crash, "") for crash in CRASH), ("while it is planned", PLANNED_FIRST), ("before it is sent", RECORD_FIRST)],
)
def test_a_worker_killed_at_any_step_of_a_reminder_loses_none_and_adds_one_copy_at_most(
    crash: str, mutation: str, overdue: str, server: MailServer, settings: Settings
) -> None:
    does, dying = CRASH[crash]
    if "planned" not in crash:
        planned()
    worker_dies(settings, dying + mutation, does)
    for _ in range(2):
        leases_lapse()
        following_up.remind()
        run_now()
    with pytest.raises(AssertionError) if mutation else contextlib.nullcontext():
        reminders = [taken.message for taken in server.to(SPOC) if "waits" in str(taken.message["Subject"])]
        assert len(reminders) == (2 if crash == "after it is sent" else 1)
        assert len({str(mail["Message-ID"]) for mail in reminders}) == 1, "a copy is known as one"
        with read() as session:
            kept = session.scalars(select(Message).where(Message.event == Event.REMINDED)).all()
        assert [message.state for message in kept] == [DeliveryState.DELIVERED]
