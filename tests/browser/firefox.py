"""A real Firefox with the real extension, by Mozilla's own driver: Marionette, which Firefox itself speaks.

The popup is a panel of the browser's window and no window of its own, so code is carried into it, and what it answers
comes back as the title of its document.
"""

import contextlib
import gc
import json
import shutil
import socket
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from tests.browser.chromium import EXTENSION, until

try:
    from marionette_driver.errors import StaleElementException
    from marionette_driver.marionette import Marionette
except ImportError:  # said by the tests that need it
    Marionette = None

FIREFOX = shutil.which("firefox-esr") or shutil.which("firefox")
UUID = "11111111-2222-4333-8444-555555555555"
ID = json.loads((EXTENSION / "manifest.json").read_text())["browser_specific_settings"]["gecko"]["id"]

needs_firefox = [
    pytest.mark.browser,
    pytest.mark.skipif(not FIREFOX, reason="firefox-esr is not installed: make tools installs it"),
    pytest.mark.skipif(Marionette is None, reason="marionette_driver is not installed: make tools installs it"),
]

POPUP = """
    const { ExtensionParent } = ChromeUtils.importESModule('resource://gre/modules/ExtensionParent.sys.mjs');
    const win = Services.wm.getMostRecentWindow('navigator:browser');
    const policy = WebExtensionPolicy.getByID(arguments[0]);
    const panel = [...win.document.querySelectorAll('panel')].find((each) => each.state === 'open' && each.querySelector('browser'));
    const popup = panel?.querySelector('browser');
"""


class Firefox:
    """One Firefox. `driver` is Marionette's; the extension is loaded unpacked, as from a fresh clone."""

    def __init__(self, profile: Path, extension: Path = EXTENSION) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        self.driver = Marionette(
            host="127.0.0.1",
            port=port,
            bin=FIREFOX,
            headless=True,
            workspace=str(profile),
            gecko_log=str(profile / "firefox.log"),
            prefs={
                "extensions.webextensions.uuids": json.dumps({ID: UUID}),
                "extensions.background.idle.timeout": 2000,
                "browser.shell.checkDefaultBrowser": False,
                "network.proxy.no_proxies_on": "localhost,127.0.0.1",
            },
        )
        self.driver.start_session()
        self.driver.timeout.script = 30
        how = {"path": str(extension), "temporary": True, "allowPrivateBrowsing": True}
        self.id = self.driver._send_message("Addon:Install", how, key="value")
        self.number = 0

    def quit(self) -> None:
        """Ends this browser, and only this one."""
        with contextlib.suppress(Exception):
            self.driver.quit()
        self.driver.cleanup()
        del self.driver  # its profiles remove themselves while there still is an interpreter
        gc.collect()

    @property
    def version(self) -> str:
        return str(self.driver.session_capabilities["browserVersion"])

    def address(self, path: str) -> str:
        """The address of a page of the extension."""
        return f"moz-extension://{UUID}/{path}"

    def in_chrome(self, script: str, *given: Any) -> Any:
        """Runs in the browser's own window; `arguments[0]` is the extension's id."""
        with self.driver.using_context("chrome"):
            return self.driver.execute_script(script, [self.id, *given], sandbox="system")

    def find(self, selector: str) -> str | None:
        """The text of the first such element in the tab's page; None while there is none."""
        problems = self.driver.execute_script(
            "return document.querySelector(arguments[0])?.innerText?.trim() ?? null", [selector]
        )
        return None if problems is None else str(problems)

    def fill(self, selector: str, text: str) -> None:
        field = self.driver.find_element("css selector", selector)
        field.clear()
        field.send_keys(text)

    def press(self, selector: str) -> None:
        """Clicks what is there now: a page may be drawn anew between finding a button and clicking it."""

        def clicked() -> bool:
            with contextlib.suppress(StaleElementException):
                self.driver.find_element("css selector", selector).click()
                return True
            return False

        until(clicked, selector)

    def kept(self, base: str, store: str, key: str) -> Any:
        """What lies in a database of the extension, read from the page of it that stands in the tab."""
        return self.driver.execute_async_script(
            """const [base, store, key, done] = arguments;
            indexedDB.open(base).onsuccess = ({ target }) => {
                target.result.transaction(store).objectStore(store).get(key).onsuccess = (event) => { done(event.target.result); target.result.close(); };
            };""",
            [base, store, key],
        )

    def keep(self, base: str, store: str, key: str, value: Any) -> None:
        """Lays something into a database of the extension, from the page of it that stands in the tab."""
        self.driver.execute_async_script(
            """const [base, store, key, value, done] = arguments;
            indexedDB.open(base).onsuccess = ({ target }) => {
                const writing = target.result.transaction(store, 'readwrite');
                writing.objectStore(store).put(value, key);
                writing.oncomplete = () => { target.result.close(); done(true); };
            };""",
            [base, store, key, value],
        )

    def answer_question(self, allow: bool) -> str:
        """Waits for the browser's own question about a permission and answers it; what it said."""
        question = (
            "const [box] = Services.wm.getMostRecentWindow('navigator:browser').PopupNotifications.panel.children;"
        )
        question_text = until(lambda: self.in_chrome(question + "return box?.textContent;"), "the browser's question")
        button = "button" if allow else "secondaryButton"
        self.in_chrome(question + f"box.{button}.click(); return true;")
        return str(question_text)

    def within_page(self, script: str) -> Any:
        """Runs on the page in the tab with the browser's own rights: those see into a closed shadow root."""
        return self.driver.execute_script(script, sandbox="system")

    def text(self) -> str:
        """What the page in the tab says."""
        return str(self.driver.execute_script("return document.body?.innerText ?? ''"))

    def open_private_window(self) -> None:
        """Opens a private window and goes on in it."""
        handles = set(self.driver.window_handles)
        self.in_chrome(
            "Services.wm.getMostRecentWindow('navigator:browser').OpenBrowserWindow({ private: true }); return true;"
        )
        new = until(lambda: set(self.driver.window_handles) - handles, "the private window")
        self.driver.switch_to_window(new.pop())

    def press_toolbar(self) -> None:
        """Clicks the extension's button as a person does: that opens the popup and lends it the tab."""
        self.in_chrome(
            POPUP
            + "ExtensionParent.apiManager.global.browserActionFor(policy.extension).triggerAction(win); return true;"
        )

    def click_toolbar(self) -> None:
        """The same, until the page is captured."""
        self.press_toolbar()
        until(lambda: self.in_popup("Boolean(cyberSpotter?.captured)"), "the capture")

    def in_popup(self, expression: str) -> Any:
        """The value of an expression in the popup, as JSON; None while there is none."""
        self.number += 1
        code = f"""{{
            const {{ document, wrappedJSObject: {{ cyberSpotter }} }} = content;
            let value = null;
            try {{ value = {expression}; }} catch (error) {{ value = String(error); }}
            document.title = JSON.stringify([{self.number}, value ?? null]);
        }}"""
        if not self.in_chrome(POPUP + "popup?.messageManager.loadFrameScript(arguments[1], false); return Boolean(popup);", "data:," + quote(code)):  # fmt: skip
            return None
        end = time.monotonic() + 5
        while time.monotonic() < end:
            title = self.in_chrome(POPUP + "return popup?.browsingContext?.currentWindowGlobal?.documentTitle ?? '';")
            with contextlib.suppress(ValueError, TypeError):
                number, value = json.loads(title)
                if number == self.number:
                    return value
            time.sleep(0.02)
        return None

    def close_popup(self) -> None:
        self.in_chrome(POPUP + "panel?.hidePopup(); return true;")
        until(lambda: self.in_chrome(POPUP + "return !panel;"), "the popup to close")

    def background(self) -> str:
        """`running`, `stopped`, or on its way."""
        return str(self.in_chrome("return WebExtensionPolicy.getByID(arguments[0]).extension.backgroundState;"))

    def stop_background(self) -> None:
        """Ends the event page, as Firefox does whenever it likes."""
        with self.driver.using_context("chrome"):
            self.driver.execute_async_script(
                """const done = arguments[arguments.length - 1];
                WebExtensionPolicy.getByID(arguments[0]).extension.terminateBackground({ ignoreDevToolsAttached: true }).then(() => done(true), (error) => done(String(error)));""",
                [self.id],
                sandbox="system",
            )
