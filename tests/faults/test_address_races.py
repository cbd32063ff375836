"""One change of an address, many hands at once: each step is taken once. Each ships with the mutation that must make it fail."""

import threading
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.core import clock
from server.core.database import db, read, write
from server.core.words import Channel, Role
from server.journeys.company import addresses, directory_import, webhook_proofs
from server.journeys.spotter import joining
from server.ledger.companies import address_link, address_store
from server.ledger.companies import store as companies
from server.ledger.companies.address_models import AddressChange, AddressWarning
from server.ledger.companies.address_states import ChangeState
from server.ledger.companies.models import Company, Spoc
from server.ledger.companies.schemas import read_file
from tests.conftest import PASSWORD, People, companies_file
from tests.racing import RACERS, audited, one_won, race, without_locks

NEW = "wildlife@mercado.test"


def spoc() -> Spoc:
    with read() as session:
        return session.scalars(select(Spoc).join(Company).where(Company.slug == "mercado").order_by(Spoc.id)).one()


def change() -> AddressChange:
    with read() as session:
        return session.scalars(select(AddressChange).where(AddressChange.source == "page")).one()


def propose(people: People, by: str = "ada", email: str = NEW) -> str:
    to = addresses.NewAddress(Channel.MAIL, email)
    return addresses.propose(spoc().company_id, spoc().id, "", to, "By phone.", people.ids[by]).change_id


@pytest.fixture
def proven(people: People) -> str:
    """Ada has proposed it, both addresses have had their mail, and the new one has confirmed."""
    change_id = propose(people)
    with write() as session:
        session.execute(update(AddressWarning).values(settled_at=clock.now(), refused=False))
    addresses.answer(address_link.make(change_id, "new"), agrees=True)
    return change_id


@pytest.fixture
def desk(people: People) -> list[str]:
    """As many coordinators as race."""
    return [
        joining.add_account(f"c{n}@people.test", f"Coordinator {n}", Role.COORDINATOR, PASSWORD, None)
        for n in range(RACERS)
    ]


def approve_together(app: Flask, change_id: str, desk: list[str]) -> list[str]:
    company_id = spoc().company_id
    return race(app, [lambda by=by: addresses.approve(company_id, change_id, by) for by in desk])


def test_of_many_who_approve_at_once_one_has(app: Flask, proven: str, desk: list[str]) -> None:
    one_won(approve_together(app, proven, desk), "conflict")
    assert audited("spoc_address_approved") == 1


def test_without_locks_the_conditional_update_alone_lets_one_approve(app: Flask, proven: str, desk: list[str]) -> None:
    """On SQLite others then fail because the database is busy."""
    with without_locks():
        assert approve_together(app, proven, desk).count("won") == 1
    assert audited("spoc_address_approved") == 1


@pytest.mark.mutation
def test_mutation_a_step_from_any_state_is_taken_by_many(
    app: Flask, proven: str, desk: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the state in the condition of the update, the tests above fail."""
    monkeypatch.setattr(address_store, "BEFORE", {state: tuple(ChangeState) for state in ChangeState})
    assert approve_together(app, proven, desk).count("won") > 1


def test_whoever_approves_while_it_is_withdrawn_has_or_has_not(
    app: Flask, people: People, proven: str, desk: list[str]
) -> None:
    """Withdrawn is withdrawn: whatever came first, it is not in force, and nothing is said to both."""
    company_id, ada = spoc().company_id, people.ids["ada"]
    jobs = [lambda: addresses.refuse(company_id, proven, ada)]
    jobs += [lambda by=by: addresses.approve(company_id, proven, by) for by in desk]
    told = race(app, jobs)
    assert told[0] == "won" and told.count("won") <= 2 and set(told) <= {"won", "conflict"}
    assert change().state == "withdrawn"
    assert audited("spoc_address_approved") == told.count("won") - 1


def test_one_that_is_stopped_as_it_comes_into_force_is_one_or_the_other(
    app: Flask, people: People, proven: str, desk: list[str]
) -> None:
    company_id = spoc().company_id
    addresses.approve(company_id, proven, desk[0])
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1)):
        old = address_link.make(proven, "old")
        told = race(app, [lambda: addresses.answer(old, agrees=False), *[addresses.move_on] * 4])
    assert told[1:] == ["won"] * 4, "a worker is never stopped by what people do"
    in_force = told[0] == "conflict"
    assert told[0] in ("won", "conflict")
    assert (change().state, spoc().email) == (("in_force", NEW) if in_force else ("refused", "spoc@mercado.test"))
    assert audited("spoc_address_in_force") == int(in_force)


def test_an_import_at_the_moment_it_comes_into_force_leaves_no_half_change(
    app: Flask, people: People, proven: str, desk: list[str]
) -> None:
    """Either the file is first, and the change lapses, or it is in force, and the file adds whom it names."""
    addresses.approve(spoc().company_id, proven, desk[0])
    file = read_file(companies_file().replace(b"spoc@mercado.test", b"import@mercado.test"))
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1)):
        jobs = [lambda: directory_import.import_companies(file, replace=True), *[addresses.move_on] * 4]
        assert race(app, jobs) == ["won"] * 5
    with read() as session:
        rows = session.scalars(select(Spoc).join(Company).where(Company.slug == "mercado", Spoc.retired_at.is_(None)))
        assert [row.email for row in rows] == ["import@mercado.test"]
        waiting = session.scalars(
            select(AddressChange).where(AddressChange.state.in_(("pending", "proven", "approved")))
        )
        assert not waiting.all()


@pytest.fixture
def form(people: People) -> str:
    """Ada has proposed a form, which whoever approves has opened."""
    to = addresses.NewAddress(Channel.FORM, "https://mercado.test/form")
    return addresses.propose(spoc().company_id, spoc().id, "", to, "By phone.", people.ids["ada"]).change_id


def approve_form_together(app: Flask, change_id: str, desk: list[str]) -> list[str]:
    company_id, opened = spoc().company_id, addresses.FormStatement.ON_KNOWN_DOMAIN
    return race(app, [lambda by=by: addresses.approve(company_id, change_id, by, opened) for by in desk])


def test_of_many_who_have_opened_a_form_one_approves_it(app: Flask, form: str, desk: list[str]) -> None:
    one_won(approve_form_together(app, form, desk), "conflict")
    assert audited("spoc_address_approved") == 1


@pytest.mark.mutation
def test_mutation_a_form_that_is_approved_from_any_state_is_approved_by_many(
    app: Flask, form: str, desk: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the state in the condition of the update, the test above fails."""
    monkeypatch.setattr(address_store, "OPENED", tuple(ChangeState))
    assert approve_form_together(app, form, desk).count("won") > 1


def test_of_many_who_ask_for_the_test_of_a_webhook_at_once_one_has(app: Flask, people: People, desk: list[str]) -> None:
    to = addresses.NewAddress(Channel.WEBHOOK, "https://hooks.mercado.test/new")
    company_id = spoc().company_id
    change_id = addresses.propose(company_id, spoc().id, "", to, "By phone.", people.ids["ada"]).change_id
    told = race(app, [lambda by=by: webhook_proofs.ask(company_id, change_id, by) for by in desk])
    assert told.count("won") == 1 and set(told) <= {"won", "conflict", "too-many"}
    assert change().tests == 1 and audited("spoc_address_tested") == 1


def test_of_many_proposals_for_one_spoc_one_waits(app: Flask, people: People) -> None:
    jobs = [lambda n=n: propose(people, ("ada", "cora", "dan")[n % 3], f"w{n}@mercado.test") for n in range(9)]
    one_won(race(app, jobs), "conflict")


def test_two_who_approve_each_others_changes_at_once_both_have(app: Flask, people: People) -> None:
    """Neither waits for the other's account for ever."""
    with write() as session:
        company_id = spoc().company_id
        other = Spoc(
            company_id=company_id, name="Desk", channel="mail", email="desk@mercado.test", regions=[], languages=[]
        )
        session.add(other)
        session.flush()
        first_id, other_id = spoc().id, other.id
    ids = {}
    for by, spoc_id in (("cora", first_id), ("dan", other_id)):
        to = addresses.NewAddress(Channel.MAIL, f"{by}@mercado.test")
        ids[by] = addresses.propose(company_id, spoc_id, "", to, "By phone.", people.ids[by]).change_id
        addresses.answer(address_link.make(ids[by], "new"), agrees=True)
    told = race(
        app,
        [
            lambda: addresses.approve(company_id, ids["dan"], people.ids["cora"]),
            lambda: addresses.approve(company_id, ids["cora"], people.ids["dan"]),
        ],
    )
    assert told == ["won", "won"]


def bounced_as_it_changes(
    app: Flask, people: People, change_id: str, desk: list[str], monkeypatch: pytest.MonkeyPatch
) -> Spoc:
    """The old address bounces, and between the look at the SPOC and what is written of it the change comes into force, if it can."""
    spoc_id, old = spoc().id, "spoc@mercado.test"
    addresses.approve(spoc().company_id, change_id, desk[0])
    record = companies.audit.record
    movers: list[threading.Thread] = []

    def move() -> None:
        with app.app_context():
            addresses.move_on()

    def meanwhile(session: Session, by_id: str | None, action: str, *what: str, **more: str) -> None:
        if action == "spoc_bounced":
            movers.append(threading.Thread(target=move))
            movers[0].start()
            movers[0].join(1)
        record(session, by_id, action, *what, **more)

    monkeypatch.setattr(companies.audit, "record", meanwhile)
    with time_machine.travel(clock.now() + timedelta(days=1, minutes=1)):
        with write() as session, session.no_autoflush:
            companies.mark_bounced(session, spoc_id, old)
        movers[0].join()
    return spoc()


def test_a_bounce_of_the_old_address_at_the_moment_the_new_one_counts_says_nothing_of_it(
    app: Flask, people: People, proven: str, desk: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    after = bounced_as_it_changes(app, people, proven, desk, monkeypatch)
    assert (after.email, after.bounced_at) == (NEW, None)


@pytest.mark.mutation
def test_mutation_a_bounce_that_locks_nothing_marks_the_new_address(
    app: Flask, people: People, proven: str, desk: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without the lock of the SPOC, the test above fails on PostgreSQL; on SQLite one lock stands for all."""
    if db.engine.dialect.name != "postgresql":
        pytest.skip("PostgreSQL only (--postgresql): SQLite locks no rows, so the mutation changes nothing")
    with without_locks():
        after = bounced_as_it_changes(app, people, proven, desk, monkeypatch)
    assert after.email == NEW and after.bounced_at is not None
