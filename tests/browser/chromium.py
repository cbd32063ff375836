"""The rig: a real Chromium with the real extension, clicked as a person clicks it.

The toolbar click goes through the browser's own debugging socket (`Extensions.triggerAction`): that is what grants
`activeTab`, and nothing a page or a driver can do does the same. The popup then is a window of its own for the driver.
"""

import contextlib
import json
import os
import shutil
import signal
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

from selenium import webdriver
from selenium.common.exceptions import JavascriptException, NoSuchElementException, StaleElementReferenceException
from selenium.webdriver.chrome.service import Service
from websocket import create_connection

ROOT = Path(__file__).resolve().parents[2]
EXTENSION = ROOT / "extension"
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
DRIVER = shutil.which("chromedriver")
PATIENCE = 60.0  # a shared machine may stand still for a while, and what is there is not waited for
T = TypeVar("T")


def until(ask: Callable[[], T], what: str, seconds: float = PATIENCE) -> T:
    """The first true answer; AssertionError naming `what` when none came.

    What is not there yet, or was on the page that is just being left, is no answer and no failure.
    """
    end = time.monotonic() + seconds
    while True:
        missed = None
        try:
            answer = ask()
        except (NoSuchElementException, StaleElementReferenceException, JavascriptException) as between_pages:
            missed = between_pages
        else:
            if answer:
                return answer
        if time.monotonic() >= end:
            raise AssertionError(f"waited {seconds:g} s in vain for {what}") from missed
        time.sleep(0.05)


def gone(pid: int) -> bool:
    """Whether a process has ended; one that nobody has buried yet counts."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


class Browser:
    """One Chromium with the extension. `driver` is Selenium's; the rest speaks to the browser itself."""

    def __init__(
        self,
        profile: Path,
        extension: Path = EXTENSION,
        arguments: tuple[str, ...] = (),
        size: str = "1280,900",
        display: str | None = None,
    ) -> None:
        """`display` is the X display of a true screen (`screen.py`); without, the browser has none."""
        options = webdriver.ChromeOptions()
        options.binary_location = CHROMIUM
        options.add_experimental_option("enableExtensionTargets", True)
        # Headless has a small screen, and a popup is never taller than its screen.
        screen = ("--window-position=0,0",) if display else ("--headless=new", "--screen-info={1600x1200}")
        for argument in (
            *screen,
            "--no-sandbox",
            "--no-first-run",
            "--force-device-scale-factor=1",
            f"--load-extension={extension}",
            f"--user-data-dir={profile}",
            f"--window-size={size}",
            *arguments,
        ):
            options.add_argument(argument)
        service = Service(DRIVER, env=os.environ | {"DISPLAY": display} if display else None)
        self.driver = webdriver.Chrome(options=options, service=service)
        self.driver.set_page_load_timeout(60)
        debugger = self.driver.capabilities["goog:chromeOptions"]["debuggerAddress"]
        with urllib.request.urlopen(f"http://{debugger}/json/version", timeout=10) as answer:
            socket = json.load(answer)["webSocketDebuggerUrl"]
        self._socket = create_connection(socket, suppress_origin=True, timeout=30)
        self._number = 0
        self._events: list[dict[str, Any]] = []
        self.suspect = False
        self.id = until(self._extension_id, "the extension")

    def quit(self) -> None:
        """Ends this browser, and only this one."""
        self._socket.close()
        self.driver.quit()

    def kill(self) -> None:
        """kill -9 for every process of this browser, as when a machine fails; then it is gone."""
        pids = self.processes()
        for pid in pids:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        until(lambda: all(gone(pid) for pid in pids), "the browser's end")
        with contextlib.suppress(Exception):
            self.quit()

    def processes(self) -> list[int]:
        """Every process of this browser, the one that starts the others first."""
        processes = self.call("SystemInfo.getProcessInfo")["processInfo"]
        return [each["id"] for each in sorted(processes, key=lambda each: each["type"] != "browser")]

    def call(self, method: str, parameters: dict[str, Any] | None = None, session: str | None = None) -> dict[str, Any]:
        """A command to the browser itself; raises RuntimeError with its message when it refuses."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters or {}}
        self._socket.send(json.dumps(message | ({"sessionId": session} if session else {})))
        while True:
            answer = json.loads(self._socket.recv())
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']['message']}")
                return answer["result"]
            self._events.append(answer)

    def _extension_id(self) -> str | None:
        extensions = self.call("Extensions.getExtensions")["extensions"]
        return extensions[0]["id"] if extensions else None

    def _tab_of(self, page: str) -> str:
        """The target of type `tab` that holds a page: only such a one can be clicked on."""
        for tab in self.call("Target.getTargets", {"filter": [{"type": "tab"}]})["targetInfos"]:
            self._events.clear()
            session = self.call("Target.attachToTarget", {"targetId": tab["targetId"], "flatten": True})["sessionId"]
            watch = {"autoAttach": True, "waitForDebuggerOnStart": False, "flatten": True}
            self.call("Target.setAutoAttach", watch, session)
            held = {
                event["params"]["targetInfo"]["targetId"]
                for event in self._events
                if event["method"] == "Target.attachedToTarget"
            }
            self.call("Target.detachFromTarget", {"sessionId": session})
            if page in held:
                return tab["targetId"]
        raise AssertionError(f"no tab holds the page {page}")

    def click_toolbar(self) -> None:
        """Clicks the extension's button on the current tab and turns the driver to the popup that opens."""
        before = set(self.driver.window_handles)
        self.call(
            "Extensions.triggerAction", {"id": self.id, "targetId": self._tab_of(self.driver.current_window_handle)}
        )
        popup = until(lambda: set(self.driver.window_handles) - before, "the popup").pop()
        # Straight to it: turning to the page first would close it.
        self.driver.switch_to.window(popup)

    @contextlib.contextmanager
    def popup(self, ready: str = "globalThis.cyberSpotter?.captured") -> Iterator[webdriver.Chrome]:
        """The popup on the current page, captured and drawn; closed again by turning back to the page."""
        page = self.driver.current_window_handle
        self.click_toolbar()
        try:
            until(lambda: self.driver.execute_script(f"return Boolean({ready})"), "the capture")
            yield self.driver
        finally:
            self.driver.switch_to.window(page)
            until(
                lambda: len([handle for handle in self.driver.window_handles if self._is_popup(handle)]) == 0,
                "the popup to close",
            )

    def _is_popup(self, handle: str) -> bool:
        targets = self.call("Target.getTargets")["targetInfos"]
        return any(
            each["targetId"] == handle and each["url"].endswith("/popup/popup.html") and each["type"] != "page"
            for each in targets
        )

    def address(self, path: str) -> str:
        """The address of a page of the extension."""
        return f"chrome-extension://{self.id}/{path}"

    def _worker(self) -> str | None:
        targets = self.call("Target.getTargets")["targetInfos"]
        mine = [each for each in targets if each["type"] == "service_worker" and self.id in each["url"]]
        return mine[0]["targetId"] if mine else None

    def _wake_worker(self) -> None:
        """A worker sleeps after 30 s without work; a message from a page of the extension wakes it."""
        page = self.call("Target.createTarget", {"url": self.address("options/options.html"), "background": True})[
            "targetId"
        ]
        session = self.call("Target.attachToTarget", {"targetId": page, "flatten": True})["sessionId"]
        ping = {"expression": "globalThis.chrome?.runtime?.sendMessage({ type: 'wake' }).catch(() => 0), 1"}
        until(lambda: self.call("Runtime.evaluate", ping, session) and self._worker(), "the worker to wake")
        self.call("Target.closeTarget", {"targetId": page})

    def in_worker(self, expression: str) -> Any:
        """Evaluates in the service worker (awaited), then lets go of it: a watched worker never sleeps."""
        if self._worker() is None:
            self._wake_worker()
        session = self.call("Target.attachToTarget", {"targetId": until(self._worker, "the worker"), "flatten": True})[
            "sessionId"
        ]
        try:
            ready = {"expression": "self.cyberSpotter?.ready === true", "returnByValue": True}
            until(
                lambda: self.call("Runtime.evaluate", ready, session)["result"].get("value"), "the worker's last line"
            )
            asked = {"expression": expression, "awaitPromise": True, "returnByValue": True}
            answer = self.call("Runtime.evaluate", asked, session)
            assert "exceptionDetails" not in answer, answer["exceptionDetails"]
            return answer["result"].get("value")
        finally:
            self.call("Target.detachFromTarget", {"sessionId": session})

    def kill_worker(self) -> None:
        """Ends the service worker, as the browser does whenever it likes. A worker that is busy may not hear it, and is asked again."""
        worker = self._worker()
        end = time.monotonic() + PATIENCE
        while worker and self._worker() == worker:
            assert time.monotonic() < end, f"the worker did not end in {PATIENCE:g} s"
            with contextlib.suppress(RuntimeError):  # it has just ended
                self.call("Target.closeTarget", {"targetId": worker})
            with contextlib.suppress(AssertionError):
                until(lambda: self._worker() != worker, "the worker's end", seconds=5)

    def complaints(self) -> list[str]:
        """What the browser has noted against the extension since it started: its manifest, uncaught errors."""
        self.driver.get("chrome://extensions/")
        info = self.driver.execute_async_script(
            "chrome.developerPrivate.getExtensionInfo(arguments[0]).then(arguments[1])", self.id
        )
        noted = [str(error["message"]) for error in info["manifestErrors"] + info["runtimeErrors"]]
        # A broken connection is noted by the browser itself; everything else is ours.
        return [each for each in noted if "Failed to load resource" not in each and "net::" not in each]

    def account(self) -> str:
        """How it stands and what it shows, for the report of a failure; of one that does not answer, its silence."""
        try:
            self.driver.set_page_load_timeout(5)
            self.driver.set_script_timeout(5)
            targets = self.call("Target.getTargets")["targetInfos"]
            shown = self.driver.execute_script("return [location.href, document.readyState, document.body?.innerText]")
            return "\n".join([*(f"{each['type']}: {each['url'][:200]}" for each in targets), *map(str, shown)])[:4000]
        except Exception as error:
            return f"It does not answer: {type(error).__name__}: {str(error).partition('Stacktrace')[0]}"

    def theme(self, scheme: str) -> None:
        """`light` or `dark`, for the current page, at once: a colour on its way is neither."""
        features = [
            {"name": "prefers-color-scheme", "value": scheme},
            {"name": "prefers-reduced-motion", "value": "reduce"},
        ]
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})

    def axe(self, *rules: str) -> list[str]:
        """What axe-core finds on the current page: WCAG 2.2 AA and best practice (or by `rules` alone), one line a finding."""
        if not self.driver.execute_script("return 'axe' in window"):
            self.driver.execute_script(AXE.read_text())
        violations = self.driver.execute_async_script(
            """const [rules, done] = arguments;
            axe.run(document, {runOnly: rules.length ? rules : ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']})
              .then((result) => done(result.violations.map((each) => each.id + ': ' + each.nodes.map((node) => node.html.slice(0, 160)).join(' | '))));""",
            rules,
        )
        return list(violations)


@contextlib.contextmanager
def blameless(profile: Path, **more: Any) -> Iterator[Browser]:
    """A browser that must have noted nothing against the extension when it ends; `more` as `Browser` takes it.

    Of one that is suspect nothing is asked: the test that failed in it has told of it, and it may answer no more.
    """
    browser = Browser(profile, **more)
    try:
        yield browser
        assert browser.suspect or browser.complaints() == []
    finally:
        with contextlib.suppress(Exception) if browser.suspect else contextlib.nullcontext():
            browser.quit()


@contextlib.contextmanager
def without_extension() -> Iterator[webdriver.Chrome]:
    """A Chromium as a coordinator or a company has it: a window of a laptop, and no extension."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for argument in ("--headless=new", "--no-sandbox", "--no-first-run", "--window-size=1280,1000"):
        options.add_argument(argument)
    driver = webdriver.Chrome(options=options, service=Service(DRIVER))
    try:
        yield driver
    finally:
        driver.quit()
