"""kill -9 on the whole browser, between capture and acknowledgement: what was flagged is at the server, once.

A real browser, the real extension, a real server; between them a line that stops at the moment a round is about. Each
round flags one ad, kills every process of the browser and starts it anew on the same profile. The mutations delete before
the acknowledgement, or make a new key for each attempt: the same rig must see what that loses and doubles.
"""

import contextlib
import http.client
import json
import os
import shutil
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from selenium.common.exceptions import WebDriverException
from selenium.webdriver.common.keys import Keys

from server.core.config import Settings
from tests.browser.chromium import EXTENSION, Browser, gone, until
from tests.browser.popup_rig import PAGES, Market, click, element, needs_chromium, queue, text
from tests.browser.sites import served
from tests.faults.killed import Server, ready

__all__ = ["ready"]
pytestmark = [*needs_chromium, pytest.mark.timeout(600)]

# The moment of the kill: as the key is pressed; as soon as it says "Flagged"; once all of it has been sent and nothing has
# arrived; once the server has kept it and nobody has heard; as the answer arrives; at any moment soon after.
STAGES = ("pressed", "flagged", "sent", "kept", "answered", "soon")
ROUNDS = 50 if "SPOTTER_FAULT_ROUNDS" in os.environ else 12  # 50 in `make faults`; each of the stages twice


class Line(ThreadingHTTPServer):
    """Carries every request to the server; `stop` at a stage calls `then` instead of going on."""

    daemon_threads = True

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", 0), Carrier)
        self.port, self.stage, self.then = port, "", lambda: None
        self.missed: list[str] = []
        self.base = f"http://localhost:{self.server_port}"
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def reached(self, stage: str) -> bool:
        """Whether the line stops here; then it has happened."""
        if stage != self.stage:
            return False
        self.stage = ""
        self.then()
        return True


class Carrier(BaseHTTPRequestHandler):
    server: Line

    def carry(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        report = self.command == "POST" and self.path.endswith("/reports")
        if report and self.server.reached("sent"):
            return
        there = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=30)
        there.request(self.command, self.path, body, dict(self.headers.items()))
        answer = there.getresponse()
        data = answer.read()
        there.close()
        if report and self.server.reached("kept"):
            return
        with contextlib.suppress(OSError):
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in ("transfer-encoding", "connection", "date", "server"):
                    self.send_header(name, value)
            self.end_headers()
            self.wfile.write(data)
            self.wfile.flush()
        if report:
            self.server.reached("answered")

    do_GET = do_POST = do_OPTIONS = carry

    def log_message(self, *_: object) -> None:
        pass


class Ads(Market):
    """The same ad under every address."""

    def body(self) -> bytes:
        return PAGES[next(iter(PAGES))].encode()


@pytest.fixture
def market() -> Iterator[str]:
    with served(Ads) as port:
        yield f"http://127.0.0.1:{port}"


def flagged_under_fire(
    server: Server, headers: dict[str, str], market: str, folder: Path, rounds: int,
    stages: tuple[str, ...] = STAGES, extension: Path = EXTENSION,
) -> list[str]:  # fmt: skip
    """Flag, kill, start again, `rounds` times; the addresses of what Ana was told is flagged."""
    server.start()
    line = Line(server.port)
    token = headers["Authorization"].removeprefix("Bearer ")
    kept = {"connection": {"base": line.base, "token": token, "paired_at": 1790000000000, "refused": None}, "retry_base": 100}  # fmt: skip
    answers = []
    try:
        for number in range(rounds):
            with browser_to_kill(folder / "profile", extension) as browser:
                if number == 0:
                    browser.in_worker(f"cyberSpotter.settings.set({json.dumps(kept)})")
                until(lambda: queue(browser) == [], "what was flagged before to leave", seconds=60)
                url = f"{market}/itm/{100_000_000 + number}"
                if killed_at(stages[number % len(stages)], browser, url, line, number / rounds * 0.1):
                    answers.append(url)
        with browser_to_kill(folder / "profile", extension) as browser:
            until(lambda: queue(browser) == [], "the empty outbox", seconds=60)
        assert len(line.missed) <= rounds // 25, f"moments that never came: {line.missed}"
    finally:
        line.shutdown()
        line.server_close()
        server.kill()
    return answers


@contextlib.contextmanager
def browser_to_kill(profile: Path, extension: Path) -> Iterator[Browser]:
    # After a crash the browser offers to bring its pages back, in a bubble that would take the focus from the popup.
    browser = Browser(profile, extension, ("--hide-crash-restore-bubble",))
    try:
        yield browser
    finally:
        with contextlib.suppress(Exception):
            browser.quit()


def killed_at(stage: str, browser: Browser, url: str, line: Line, later: float) -> bool:
    """Flags the ad and kills the browser at that moment; whether Ana was told that it is flagged."""
    browser.driver.get(url)
    pids: list[int] = []
    dead = threading.Event()

    def end() -> None:
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        dead.set()

    if stage in ("pressed", "flagged"):  # nothing arrives before the browser is dead
        line.then, line.stage = lambda: dead.wait(20), "sent"
    elif stage != "soon":
        line.then, line.stage = end, stage
    press(browser, pids, dead)
    accepted = stage != "pressed"
    if accepted:
        try:
            until(lambda: "Flagged" in text(browser), "the word that it is flagged", seconds=60)
        except WebDriverException:  # it may die before its word is read
            accepted = dead.wait(20)
    if stage in ("pressed", "flagged", "soon"):
        time.sleep(later if stage == "soon" else 0)
        end()
    if not dead.wait(20):  # the moment has not come: then it ends at this one, and is as little lost
        line.missed.append(f"{stage} ({url}): {queue(browser)}")
        end()
    until(lambda: all(gone(pid) for pid in pids), "the browser's end")
    line.stage = ""
    return accepted


def press(browser: Browser, pids: list[int], dead: threading.Event) -> None:
    """Opens the popup and does all that a person does, up to the key that flags.

    A window of the browser's own that takes the focus closes a popup; then it is opened again, as a person would.
    """
    page = browser.driver.current_window_handle
    for tries_left in (2, 1, 0):
        browser.click_toolbar()
        try:
            until(
                lambda: browser.driver.execute_script("return Boolean(globalThis.cyberSpotter?.captured)"),
                "the capture",
                seconds=60,
            )
            pids[:] = browser.processes()
            element(browser, "body").send_keys("1")
            click(browser, "#pick-own")
            element(browser, "#words").send_keys("Six at once.")
            element(browser, "#words").send_keys(Keys.CONTROL, Keys.ENTER)
            return
        except WebDriverException:
            if dead.wait(1):
                return
            if not tries_left:
                raise
            browser.driver.switch_to.window(page)


def kept(settings: Settings) -> dict[str, int]:
    """How often each address was reported, of the reports whose picture is there; read as a stranger would."""
    connection = sqlite3.connect(settings.database_url.removeprefix("sqlite:///"))
    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    rows = connection.execute(
        "SELECT r.url, e.sha256 FROM reports r LEFT JOIN evidence e ON e.report_id = r.id"
    ).fetchall()
    connection.close()
    evidence = settings.data_dir / "evidence"
    return dict(Counter(url for url, sha in rows if sha and (evidence / sha[:2] / sha[2:4] / sha).exists()))


def test_kills_lose_nothing_and_double_nothing(
    settings: Settings, ready: dict[str, str], market: str, tmp_path: Path
) -> None:
    answers = flagged_under_fire(Server(settings), ready, market, tmp_path, ROUNDS)
    files = kept(settings)
    assert len(answers) > ROUNDS * 0.8
    assert [url for url in answers if url not in files] == [], "flagged and lost"
    assert {url: count for url, count in files.items() if count != 1} == {}, "doubled"
    print(f"\n{ROUNDS} kills, {len(answers)} flagged, {len(files)} at the server, 0 lost, 0 doubled")


MUTATIONS = {
    "lost": ("sent", "      await tell(null);", "      await tell(null); await outbox.remove(item.id);"),
    "doubled": ("kept", "'Idempotency-Key': item.id", "'Idempotency-Key': crypto.randomUUID()"),
}


@pytest.mark.mutation
@pytest.mark.parametrize("harm", MUTATIONS)
def test_the_mutation_is_caught(
    settings: Settings, ready: dict[str, str], market: str, tmp_path: Path, harm: str
) -> None:
    stage, honest, broken = MUTATIONS[harm]
    extension = tmp_path / "extension"
    shutil.copytree(EXTENSION, extension)
    source = (extension / "lib/send.js").read_text()
    assert honest in source
    (extension / "lib/send.js").write_text(source.replace(honest, broken))
    answers = flagged_under_fire(Server(settings), ready, market, tmp_path, 3, (stage,), extension)
    files = kept(settings)
    if harm == "lost":
        assert [url for url in answers if url not in files]
    else:
        assert [url for url, count in files.items() if count > 1]
