"""Somebody is erased while others work on the cases that they reported: their name goes, and what the others wrote stays.

The mutation at the end takes the locks away: the erasure then writes its own, older copy of a text over the newer one.
"""

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from server.core.database import db, read, write
from server.core.words import Level
from server.journeys.report import decision
from server.journeys.spotter import accrediting, erasing
from server.ledger.cases.models import Case
from server.ledger.listings import store as listings
from server.ledger.listings.models import Listing
from server.people.accounts.models import Account
from tests.conftest import People
from tests.racing import race, without_locks
from tests.story import flag

Make = Callable[..., dict[str, Any]]
UNTIL_IT_WAITS = 0.5  # seconds: with its locks it gets no further than to them
UNTIL_IT_WRITES = 30.0  # seconds: without, it comes to writing, on a busy machine, too


def erased_meanwhile(app: Flask, people: People, case_id: str, within: float = UNTIL_IT_WAITS) -> str | None:
    """Another transaction changes a listing's title while Ana is erased; the title that is left. None: she was not erased.

    within: how long the other transaction stays open, unless the erasure comes to write what it has read before.
    """
    writes = threading.Event()
    first = "UPDATE listings" if db.engine.dialect.name == "postgresql" else ("UPDATE", "INSERT", "DELETE")

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if threading.current_thread() is thread and statement.startswith(first):
            writes.set()

    def erase() -> None:
        with app.app_context():
            with suppress(OperationalError):  # SQLite refuses a transaction that read before another wrote
                erasing.erase(people.ids["ana"], people.ids["cora"])
            db.session.remove()

    with write() as session:
        session.get_one(Account, people.ids["ana"]).name = "Quillfeather"
        listing_id = session.get_one(Case, case_id).listing_id
        session.get_one(Listing, listing_id).title = "Quillfeather's bangle"
    thread = threading.Thread(target=erase)
    event.listen(db.engine, "before_cursor_execute", note)
    with write() as session:
        listings.lock(session, [listing_id])
        session.get_one(Listing, listing_id).title = "Quillfeather's bangle, sold"
        session.flush()
        thread.start()
        writes.wait(within)
        time.sleep(0.05)
    thread.join()
    event.remove(db.engine, "before_cursor_execute", note)
    with read() as session:
        erased = session.get_one(Account, people.ids["ana"]).erased_at
        return session.get_one(Listing, listing_id).title if erased else None


def test_what_was_written_meanwhile_is_struck_and_stays(app: Flask, people: People, report_json: Make) -> None:
    assert erased_meanwhile(app, people, flag(people, report_json())) == "[erased]'s bangle, sold"


def test_somebody_is_erased_while_their_cases_are_decided_and_reported_again(
    app: Flask, people: People, report_json: Make
) -> None:
    cora, dan = people.ids["cora"], people.ids["dan"]
    accrediting.accredit_by_email("ben@people.test", "cora@people.test", "Careful.", Level.PROBATION, waive_exam=True)
    addresses = [f"https://mercado.test/itm/265370456{n}" for n in range(6)]
    case_ids = [flag(people, report_json(address)) for address in addresses]
    dismiss = {"decision": "dismiss", "dismiss_reason": "other", "note": "A toy.", "version": 1}
    jobs: list[Callable[[], Any]] = [
        partial(decision.decide, case_id, dan, **dismiss) for case_id in reversed(case_ids)
    ]
    jobs += [partial(flag, people, report_json(address), "ben") for address in addresses]
    told = race(app, [*jobs, partial(erasing.erase, people.ids["ana"], cora)])
    assert set(told) <= {"won", "stale", "conflict"} and told[-1] == "won", told


@pytest.mark.mutation
def test_mutation_without_locks_an_erasure_writes_over_what_is_newer(
    app: Flask, people: People, report_json: Make
) -> None:
    case_id = flag(people, report_json())
    with without_locks():
        assert erased_meanwhile(app, people, case_id, UNTIL_IT_WRITES) != "[erased]'s bangle, sold"
