"""Contacts with a digest: making the companies of the rig such, and moving the time to their hour."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine
from sqlalchemy import select, update

from server.core import recurring, work
from server.core.database import read, write
from server.core.outbox import Work
from server.core.words import Channel
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.ledger.delivery import slots
from tests.conftest import People
from tests.story import notify

SPOC = "spoc@mercado.test"
THURSDAY = datetime(2026, 11, 26, 15, 0, tzinfo=UTC)
FRIDAY, MONDAY = datetime(2026, 11, 27, 8, 0, 5, tzinfo=UTC), datetime(2026, 11, 30, 8, 0, 5, tzinfo=UTC)


def next_slot() -> datetime:
    """When the next digest leaves; asked in the test, for a slot may pass between reading this file and running the test."""
    return slots.next_slot(datetime.now(UTC)) + timedelta(seconds=5)


def digest_contact(who: str = SPOC, **values: Any) -> None:
    """This SPOC has a digest from now on, or what `values` say."""
    with write() as session:
        session.execute(update(Spoc).where(Spoc.email == who).values({"channel": Channel.DIGEST} | values))
        companies.new_version(session)


def notices(people: People, report_json: Callable[..., dict[str, Any]], number: int, first: int = 0) -> list[str]:
    """Cora notifies Mercado of so many listings; the ids."""
    return [
        notify(people, report_json(url=f"https://mercado.test/itm/{265370480000 + n}"))
        for n in range(first, first + number)
    ]


def worker_at(moment: datetime) -> None:
    """The worker does all that is due by then."""
    with time_machine.travel(moment, tick=False):
        recurring.heartbeat()
        work.run_due()


def due(kind: str) -> list[datetime]:
    """When work of a kind that is to be done is due."""
    with read() as session:
        chosen = select(Work.due_at).where(Work.kind == kind, Work.done_at.is_(None))
        return sorted(session.scalars(chosen.where(Work.dead_lettered_at.is_(None))))
