"""A newcomer's whole way in real browsers: Noor learns, fails, waits, passes, is let in by the right person, reports, lapses.

The server runs in this process, so that its clock can be moved; its module is the tests' own, whose right answers begin with "right".
"""

import json
import re
import socket
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from flask import Flask
from selenium.webdriver.chrome.webdriver import WebDriver
from sqlalchemy import select

from server.core import config
from server.core.database import read
from server.people.accounts.models import Account
from server.people.accreditation import store as accreditation
from server.people.exams import exam
from tests.browser import gallery, sites
from tests.browser.chromium import until
from tests.browser.popup_rig import needs_chromium
from tests.conftest import PASSWORD, People, settings_for
from tests.small_module import SMALL, teach_small
from tests.story import mails

pytestmark = needs_chromium
ADDRESS = "noor@people.test"
OWN_PASSWORD = "four herons on a wire"


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> config.Settings:
    """The address is the real one: links in mails lead to it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        base = f"http://127.0.0.1:{probe.getsockname()[1]}"
    return settings_for(tmp_path, database_url, SPOTTER_BASE_URL=base)


@pytest.fixture
def base(app: Flask, people: People, settings: config.Settings, tmp_path: Path) -> Iterator[str]:
    """The site, served, with the small module."""
    teach_small(app, tmp_path)
    port = int(settings.base_url.rpartition(":")[2])
    with sites.ours(app, port) as address:
        yield address


@pytest.fixture
def noor() -> Iterator[WebDriver]:
    """The newcomer's browser."""
    driver = gallery.browser()
    yield driver
    driver.quit()


@pytest.fixture
def desk() -> Iterator[WebDriver]:
    """Another browser: the coordinators', one after the other."""
    driver = gallery.browser()
    yield driver
    driver.quit()


def text_of(driver: WebDriver, selector: str = "body") -> str:
    return str(driver.find_element("css selector", selector).text)


def write_in(driver: WebDriver, name: str, text: str, form: str = "main") -> None:
    field = driver.find_element("css selector", f"{form} [name={name}]")
    field.clear()
    field.send_keys(text)


def press(driver: WebDriver, selector: str) -> None:
    """A click by somebody who scrolled there."""
    there = driver.find_element("css selector", selector)
    driver.execute_script("arguments[0].scrollIntoView({block: 'center', behavior: 'instant'})", there)
    there.click()


def go(driver: WebDriver, selector: str) -> None:
    """A click that leads to another page, once that is there."""
    driver.execute_script("window.before = true")
    press(driver, selector)
    there = "return !window.before && document.readyState === 'complete'"
    until(lambda: driver.execute_script(there), f"the page after {selector}")


def sign_in(driver: WebDriver, base: str, email: str, password: str = PASSWORD) -> None:
    driver.delete_all_cookies()
    driver.get(f"{base}/sign-in")
    write_in(driver, "email", email)
    write_in(driver, "password", password)
    go(driver, "main button.btn-primary")
    assert "/sign-in" not in driver.current_url


ANSWER = """
const starts = arguments[0], main = document.querySelector('main');
for (const select of main.querySelectorAll('select')) {
  const right = document.querySelector(`label[for=${select.id}]`).textContent.replace('left', 'right');
  const wanted = (option) => option.value && (option.text === right) === (starts === 'right');
  select.value = [...select.options].find(wanted).value;
}
[...main.querySelectorAll('.choice')].find((each) => each.textContent.trim().startsWith(starts))?.click();
"""


def give(driver: WebDriver, starts: str) -> None:
    """Answer the question on the page: `right` or `wrong`. In one breath: a journey has thirty questions."""
    driver.execute_script(ANSWER, starts)
    go(driver, "main form .btn-primary")
    assert text_of(driver, "#answered h2") == {"right": "Right", "wrong": "Not quite"}[starts]


def take_exam(driver: WebDriver, base: str, wrong: int = 0) -> None:
    """From the exam's first page to its result, the first `wrong` answers wrong."""
    driver.get(f"{base}{SMALL}/exam")
    go(driver, ".lesson-acts .btn-primary")
    length = int(re.match(r"Question 1 of (\d+)", driver.title)[1])  # type: ignore[index]
    for number in range(1, length + 1):
        assert driver.title.startswith(f"Question {number} of {length}")
        give(driver, "wrong" if number <= wrong else "right")
        go(driver, ".acts .btn-primary")


def fetched(driver: WebDriver, path: str, **fields: str) -> int:
    """What the server says to a form that this person's browser sends without having been shown it."""
    return int(
        driver.execute_async_script(
            """const [path, fields, done] = arguments;
            const body = new URLSearchParams({...fields, csrf_token: document.querySelector('[name=csrf_token]').value});
            fetch(path, {method: 'POST', body, redirect: 'manual'}).then((answer) => done(answer.status))""",
            path, fields,
        )
    )  # fmt: skip


def decide(driver: WebDriver, page: str, path: str, why: str, level: str) -> None:
    """A coordinator fills in one of the forms of a person's page."""
    driver.get(page)
    form = f"main form[action$='/{path}']"
    if not driver.find_element("css selector", f"details:has(form[action$='/{path}'])").get_attribute("open"):
        press(driver, f"details:has(form[action$='/{path}']) summary")
    press(driver, f"{form} [name=level][value={level}]")
    write_in(driver, "why", why, form)
    go(driver, f"{form} button")


def by_extension(base: str, token: dict[str, str], report: dict[str, Any]) -> tuple[int, dict[str, Any]]:
    """A report as the extension sends it, and the answer."""
    headers = token | {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"}
    request = urllib.request.Request(f"{base}/api/v1/reports", json.dumps(report).encode(), headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as refused:
        return refused.code, json.load(refused)


def test_a_newcomer_learns_fails_waits_passes_is_let_in_reports_rises_and_lapses(
    base: str, people: People, settings: config.Settings, work_all: Callable[[], int], noor: WebDriver,
    desk: WebDriver, report_json: Callable[..., dict[str, Any]],
) -> None:  # fmt: skip
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=True) as hand:
        # Cora invites Noor, who comes in by the link in the mail.
        sign_in(desk, base, "cora@people.test")
        desk.get(f"{base}/people")
        press(desk, "details:has(form[action$=invite]) summary")
        write_in(desk, "name", "Noor", "form[action$=invite]")
        write_in(desk, "email", ADDRESS, "form[action$=invite]")
        go(desk, "form[action$=invite] button")
        assert "Another coordinator accredits them" in text_of(desk)
        work_all()
        [mail] = mails(settings, ADDRESS)
        link = re.search(r"http\S+/join/[\w.-]+", mail.get_body(("plain",)).get_content())
        assert link
        noor.get(link[0])
        write_in(noor, "password", OWN_PASSWORD)
        go(noor, "main button.btn-primary")
        with read() as session:
            who = session.scalars(select(Account.id).where(Account.email == ADDRESS)).one()
        page = f"{base}/people/{who}"

        # She may not report yet, signs the agreement, and reads.
        noor.get(f"{base}/reports/new")
        assert "You need to finish the training before reporting." in text_of(noor)
        noor.get(f"{base}/training/agreement")
        for number in range(len(noor.find_elements("name", "promises"))):
            press(noor, f"#promises-{number}")
        write_in(noor, "name", "Noor Haddad")
        go(noor, "main form .btn-primary")
        assert "Signed" in text_of(noor)
        noor.get(f"{base}{SMALL}")
        go(noor, "main .module-page .btn-primary")
        for heading in ("One", "Two"):
            assert text_of(noor, "h1") == heading
            go(noor, ".lesson-acts .btn-primary")
            assert "Not counted as read yet." in text_of(noor, "#missing")
            give(noor, "right")
            hand.shift(timedelta(minutes=1))
            go(noor, ".lesson-acts .btn-primary")
        assert noor.current_url.endswith("/exam")

        # Four wrong of fifteen are too many, and the next try has to wait by the server's clock.
        take_exam(noor, base, wrong=4)
        assert text_of(noor, "h1") == "Not passed yet"
        assert "You can try again at 10:1" in text_of(noor)
        assert not noor.find_elements("css selector", ".lesson-acts")
        assert fetched(noor, f"{SMALL}/exam") == 409
        hand.shift(exam.COOL_DOWN)
        take_exam(noor, base, wrong=3)
        assert text_of(noor, "h1") == "You passed"
        assert "A coordinator will now look at your accreditation." in text_of(noor)

        # Not by herself, not by another spotter, not by who invited her: by Dan.
        forged = {"why": "I am careful.", "level": "trusted"}
        assert fetched(noor, f"/people/{who}/accredit", **forged) == 403
        noor.get(page)
        assert "Accredit" not in text_of(noor)
        sign_in(desk, base, "ana@people.test")
        assert fetched(desk, f"/people/{who}/accredit", **forged) == 403
        sign_in(desk, base, "cora@people.test")
        decide(desk, page, "accredit", "Careful and kind.", "probation")
        assert "You invited this person. Ask another coordinator." in text_of(desk)
        noor.get(f"{base}/reports/new")
        assert "Your training is complete." in text_of(noor)
        sign_in(desk, base, "dan@people.test")
        desk.get(f"{base}/people")
        assert "Noor" in text_of(desk).partition("Waiting for you")[2].partition("Everyone")[0]
        decide(desk, page, "accredit", "Careful and kind.", "probation")
        assert "On probation, accredited until 25 November 2027" in text_of(desk)

        # She reports, in the browser that was refused a moment ago.
        noor.get(f"{base}/reports/new")
        write_in(noor, "url", "https://mercado.test/itm/grey-parrot/265370482805")
        press(noor, "[name=category][value=live]")
        write_in(noor, "reason", "Six chicks at once, papers “can be arranged”.")
        go(noor, "main form .btn-primary")
        assert "Flagged. Thank you." in text_of(noor)

        # Dan promotes her.
        decide(desk, page, "level", "Nineteen of twenty were right.", "trusted")
        assert "Trusted, accredited until 25 November 2027" in text_of(desk)
        noor.get(f"{base}/training")
        assert "Trusted, accredited until 25 November 2027. You can report." in text_of(noor)

        # A year later nothing was renewed: the page and the extension's door say so, and where to go.
        hand.shift(timedelta(days=365))
        sign_in(noor, base, ADDRESS, OWN_PASSWORD)
        noor.get(f"{base}/reports/new")
        assert "Your accreditation lapsed on 25 November 2027." in text_of(noor)
        assert not noor.find_elements("name", "url")
        people.ids["noor"] = who
        status, refused = by_extension(base, people.token("noor"), report_json())
        assert (status, refused["training_url"]) == (403, f"{base}/training")
        assert refused["detail"].startswith("Your accreditation lapsed on 25 November 2027.")
        go(noor, "main .note a")
        assert noor.current_url == f"{base}/training"
        assert "It lapsed on 25 November 2027." in text_of(noor)
        with read() as session:
            history = [
                (row.level, row.standing, row.by_account_id) for row in accreditation.history(session, who)[::-1]
            ]
        assert history == [("probation", "active", people.ids["dan"]), ("trusted", "active", people.ids["dan"])]
