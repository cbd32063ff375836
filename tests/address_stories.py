"""Another address for the SPOC of Mercado: proposed, agreed to, approved; and what its page and mails say."""

import re

import pytest
import time_machine
from sqlalchemy import select

from server.core import clock, work
from server.core.audit import AuditRow
from server.core.database import read
from server.ledger.companies.address_models import AddressChange
from server.ledger.companies.models import Company, Spoc
from tests.story import mails

OLD, NEW = "spoc@mercado.test", "wildlife@mercado.test"
PAGE = "/companies/mercado/contacts"
WHY = "Their head of safety told us on the phone."


def mercado() -> Spoc:
    with read() as session:
        return session.scalars(select(Spoc).join(Company).where(Company.slug == "mercado").order_by(Spoc.id)).first()


def propose(who, **more):
    form = {"spoc_id": mercado().id, "address": NEW, "why": WHY} | more
    return who.post(PAGE, data=form)


def change() -> AddressChange:
    with read() as session:
        return session.scalars(select(AddressChange).where(AddressChange.source == "page")).one()


def shown(who) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", who.get(PAGE).text))


def link_in(mail) -> str:
    return re.search(r"/contacts/\S+", mail.get_body(("plain",)).get_content())[0]


def plain(mail) -> str:
    return " ".join(mail.get_body(("plain",)).get_content().split())


def agree(people, settings) -> None:
    """Whoever reads the new address presses the button."""
    work.run_due()
    answer = people.app.test_client().post(link_in(mails(settings, NEW)[0]), data={"agrees": "1"})
    assert answer.status_code == 302


def approved(people, settings, proposer="cora", second="dan") -> AddressChange:
    assert propose(people.browser(proposer)).status_code == 302
    agree(people, settings)
    assert people.browser(second).post(f"{PAGE}/{change().id}/approve").status_code == 302
    assert change().state == "approved"
    return change()


def audited() -> list[str]:
    with read() as session:
        rows = session.scalars(select(AuditRow.action).where(AuditRow.action.startswith("spoc_address")))
        return [action for action in rows if action != "spoc_address_imported"]


@pytest.fixture
def now():
    with time_machine.travel(clock.now(), tick=False) as traveller:
        yield traveller
