"""A working day: our pages served, a worker that runs, a real mail server, and the hands of somebody at a keyboard."""

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from email.message import EmailMessage
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver
from selenium.webdriver.remote.webelement import WebElement
from sqlalchemy import select

from server.core import clock, work
from server.core.database import read, write
from server.core.outbox import Work
from server.ledger.cases.models import PendingDecision
from server.ledger.notices.models import PendingAnswer
from tests.browser import signing_in
from tests.browser.chromium import until, without_extension
from tests.browser.sites import ours
from tests.smtp_rig import MailServer


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def working(app: Flask) -> Iterator[None]:
    """A worker that runs until the end."""
    stop = threading.Event()

    def run() -> None:
        with app.app_context():
            work.run(stop.is_set, every_seconds=0.2)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join(timeout=60)


def let_the_undo_pass() -> None:
    """The time is over in which something just done can be undone: as if whoever did it had waited."""
    with write() as session:
        for model in (PendingDecision, PendingAnswer):
            for row in session.scalars(select(model)):
                row.due_at = clock.now() - timedelta(seconds=1)
        for piece in session.scalars(select(Work).where(Work.kind.in_(("take_effect", "take_answer")))):
            piece.due_at = min(piece.due_at, clock.now())


def nothing_waits() -> bool:
    with read() as session:
        waiting = (session.scalars(select(model.due_at).limit(1)).first() for model in (PendingDecision, PendingAnswer))
        return not any(waiting)


STOPS, CHOICES = 80, 12


def tab_to(driver: WebDriver, selector: str) -> int:
    """The Tab key until that has the focus, and the arrow within its group of choices: how many keys that took."""
    at = "return document.activeElement.matches(arguments[0])"
    beside = """const here = document.activeElement;
        return here.type === 'radio' && [...document.querySelectorAll(arguments[0])].some(
          (each) => each.type === 'radio' && each.name === here.name && each.form === here.form)"""
    keys = choices = 0
    while not driver.execute_script(at, selector):
        arrow = choices < CHOICES and driver.execute_script(beside, selector)
        assert arrow or keys < STOPS, f"Tab never comes to {selector}"
        ActionChains(driver).send_keys(Keys.ARROW_DOWN if arrow else Keys.TAB).perform()
        keys, choices = keys + 1, choices + bool(arrow)
    return keys


class Hands:
    """Keys alone, each counted; a key with Ctrl or Shift is one, and so is a text."""

    def __init__(self, driver: webdriver.Chrome, base: str) -> None:
        self.driver, self.base, self.keys = driver, base, 0

    def sign_in(self, who: str) -> None:
        self.driver.delete_all_cookies()
        signing_in.sign_in(self.driver, self.base, f"{who}@people.test")

    def press(self, *keys: str, held: str = "") -> None:
        for key in keys:
            acts = ActionChains(self.driver)
            (acts.key_down(held).send_keys(key).key_up(held) if held else acts.send_keys(key)).perform()
            self.keys += 1

    def send(self) -> None:
        """What the form says, and wait for the page that follows."""
        page = self.driver.find_element("tag name", "html")
        self.press(Keys.ENTER, held=Keys.CONTROL)
        self.follow(page)

    def go(self, *keys: str) -> None:
        """Keys of which the last one leads to another page."""
        page = self.driver.find_element("tag name", "html")
        self.press(*keys)
        self.follow(page)

    def follow(self, page: WebElement) -> None:
        until(lambda: self.driver.find_element("tag name", "html") != page, "the next page")
        until(lambda: self.driver.execute_script("return document.readyState") == "complete", "all of it")

    def focus(self, selector: str) -> WebElement:
        """What Tab leads to, and in a group of choices the arrows; each is a key."""
        self.one(selector)
        self.keys += tab_to(self.driver, selector)
        return self.driver.switch_to.active_element

    def one(self, selector: str) -> WebElement:
        return until(lambda: self.driver.find_elements("css selector", selector), selector)[0]

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements("css selector", selector)

    def says(self, words: str) -> None:
        until(lambda: words in self.text(), f"“{words}”", seconds=40)

    def text(self) -> str:
        return str(self.driver.execute_script("return document.body?.innerText ?? ''"))

    def counted(self, do: Callable[[], Any]) -> int:
        """How many keys that took."""
        before = self.keys
        do()
        return self.keys - before


@contextlib.contextmanager
def at_work(app: Flask) -> Iterator[Hands]:
    """A browser at our pages, which are served where the settings say, with a worker beside."""
    port = urlsplit(app.config["SPOTTER"].base_url).port or 0
    with ours(app, port) as address, working(app), without_extension() as driver:
        driver.set_window_size(1280, 1000)
        yield Hands(driver, address)


def mail_to(mail: MailServer, address: str, containing: str = "") -> list[EmailMessage]:
    """The messages that this address was sent, oldest first, in which that stands."""
    return [taken.message for taken in mail.to(address) if containing in " ".join(plain(taken.message).split())]


def plain(message: EmailMessage) -> str:
    """What a mail says, without its HTML."""
    body = message.get_body(("plain",))
    return str(body.get_content()) if body else ""
