"""An administrator's morning with no shell: somebody is invited, somebody's account is closed, a company's contact changes.
By the keyboard, in a real browser, with a worker that runs and a real mail server.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from selenium.webdriver.common.keys import Keys
from sqlalchemy import select

from server.core import clock
from server.core.config import Settings
from server.core.database import read, write
from server.ledger.companies.address_models import AddressChange
from server.people.accounts.models import Account
from tests.browser import day
from tests.browser.chromium import until
from tests.browser.popup_rig import needs_chromium
from tests.conftest import PASSWORD, People, settings_for
from tests.smtp_rig import MailServer, mail_server

pytestmark = [*needs_chromium, pytest.mark.timeout(600)]


@pytest.fixture
def mail() -> Iterator[MailServer]:
    with mail_server() as server:
        yield server


@pytest.fixture
def settings(database_url: str, tmp_path: Path, mail: MailServer) -> Settings:
    base = f"http://127.0.0.1:{day.free_port()}"
    return settings_for(tmp_path, database_url, SPOTTER_MAIL_URL=mail.url, SPOTTER_BASE_URL=base)


def link_in(mail: MailServer, address: str) -> str:
    """The address that the newest mail to somebody leads to."""
    newest = until(lambda: day.mail_to(mail, address), f"a mail to {address}", seconds=200)[-1]
    found = re.search(r"http\S+/(join|contacts)/\S+", day.plain(newest))
    assert found, day.plain(newest)
    return found[0]


def test_an_administrator_needs_no_shell(app: Flask, people: People, mail: MailServer) -> None:
    with write() as session:  # a new account does not name who gets a company's notices
        for account in session.scalars(select(Account)):
            account.created_at = clock.now() - timedelta(days=90)
    with day.at_work(app) as ada:
        ada.sign_in("ada")
        zoe_is_invited(ada, mail)
        dans_account_is_closed(ada)
        a_contact_changes(ada, mail)


def zoe_is_invited(ada: day.Hands, mail: MailServer) -> None:
    ada.driver.get(f"{ada.base}/admin")
    ada.focus("main details.act summary")
    ada.press(Keys.ENTER)
    ada.focus("main details [name=role][value=coordinator]")
    ada.press(Keys.SPACE)
    for name, value in (("name", "Zoe"), ("email", "zoe@people.test")):
        ada.focus(f"main details [name={name}]")
        ada.press(value)
    ada.send()
    ada.says("zoe@people.test")
    ada.driver.delete_all_cookies()
    ada.driver.get(link_in(mail, "zoe@people.test"))
    ada.focus("[name=password]")
    ada.press(PASSWORD)
    ada.send()
    ada.sign_in("zoe")
    ada.driver.get(f"{ada.base}/cases")
    ada.says("Nothing to do.")
    ada.sign_in("ada")


def dans_account_is_closed(ada: day.Hands) -> None:
    ada.driver.get(f"{ada.base}/admin")
    ada.focus("main #q")
    ada.press("dan@people")
    ada.go(Keys.ENTER)
    ada.focus("main tbody a")
    ada.go(Keys.ENTER)
    ada.focus("main details.act summary")
    ada.press(Keys.ENTER)
    ada.focus("main details[open] [name=why]")
    ada.press("Left the programme.")
    ada.send()
    ada.says("This account has been closed since")
    with read() as session:
        dan = session.scalars(select(Account).where(Account.email == "dan@people.test")).one()
        assert dan.disabled_at


def a_contact_changes(ada: day.Hands, mail: MailServer) -> None:
    """Ada proposes, the new address confirms itself, Cora approves; it is in force a day later."""
    ada.driver.get(f"{ada.base}/companies/mercado/contacts")
    ada.focus("main li details:has(form[action$='/contacts']) summary")
    ada.press(Keys.ENTER)
    ada.focus("main li details[open] [name=address]")
    ada.press("trust@mercado.test")
    ada.focus("main li details[open] [name=why]")
    ada.press("They told us by telephone.")
    ada.send()
    ada.says("Pending changes")
    ada.driver.get(link_in(mail, "trust@mercado.test"))
    ada.focus("main form .btn-primary")
    ada.go(Keys.ENTER)
    ada.sign_in("cora")
    ada.driver.get(f"{ada.base}/companies/mercado/contacts")
    ada.focus("main form[action$=approve] button")
    ada.go(Keys.ENTER)
    with read() as session:
        change = session.scalars(select(AddressChange).where(AddressChange.new_address == "trust@mercado.test")).one()
        assert change.state == "approved" and change.earliest_at and change.earliest_at > clock.now()
    until(lambda: day.mail_to(mail, "spoc@mercado.test"), "the warning to the old address", seconds=200)
