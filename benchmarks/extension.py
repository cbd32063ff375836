"""What the extension costs a volunteer, in a real Chromium: medians.

- popup: from its opening until the fields of the ad are shown, on a page of 1.4 MB, and until all is captured: fields,
  screenshot and the search for the volunteer in both (without the full page, which is taken on request only)
- flag: from the click until the report is on this device's disk
- marks: main thread used by their script on a page of 200 search results, one in ten of which matches, until all are
  marked: in processor time, from the browser's own trace, and by the clock, which holds what other programs took. What
  the browser takes to draw 20 small marks is in neither.

    python -m benchmarks.extension
"""

import contextlib
import json
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.browser.chromium import CHROMIUM, DRIVER, Browser, until
from tests.browser.hinting import in_script
from tests.browser.popup_rig import PARROT, page
from tests.browser.results_rig import granting, search_page, vocabulary
from tests.browser.sites import Site, served

MARKING = [f"hints/{name}.js" for name in ("native", "cards", "dots", "mark")]  # as `hints/switch.js` registers them
RUNS = 5
TITLES = [f"Antique ivory carving {n}" if n % 10 == 0 else f"Apple MacBook Pro, good as new {n}" for n in range(200)]
FLAG = """const done = arguments[0]; const app = cyberSpotter;
    Object.assign(app.form, {category: 'live', words: 'Six at once.', own: true});
    const began = performance.now(); document.getElementById('flag').click();
    const look = () => (app.view === 'flagged' ? done(performance.now() - began) : setTimeout(look, 1)); look();"""


class Pages(Site):
    """An ad of 1.4 MB, and a page of 200 results."""

    def body(self) -> bytes:
        filler = "".join(
            f'<div class="row r{n}"><span>Feature {n}</span> <b>{"x" * 40}</b></div>' for n in range(16_000)
        )
        big = page(PARROT) + f"<section>{filler}</section>"
        return (big if self.path.startswith("/itm") else search_page(TITLES)).encode()


def main() -> str:
    """The table, in Markdown."""
    if not CHROMIUM or not DRIVER:
        return "Chromium is not installed."
    with tempfile.TemporaryDirectory() as folder, served(Pages) as port:
        browser = Browser(Path(folder) / "profile", extension=granting(Path(folder) / "extension"))
        try:
            shown, whole, flagged = popups(browser, port)
            used, spent, longest, shifts = marks(browser, port)
        finally:
            browser.quit()
    lines = [f"Medians of {RUNS} in headless Chromium.", "", "| what | median | goal |", "|---|---|---|"]
    lines += [
        f"| popup opened to fields shown, page of 1.4 MB | {shown:.0f} ms | 300 ms |",
        f"| popup opened to capture complete, the same page | {whole:.0f} ms | 1,500 ms |",
        f"| flag to queued on disk | {flagged:.0f} ms | 200 ms |",
        f"| marks, 200 search results, 20 marked: processor time of the main thread in all | {used:.1f} ms | 10 ms |",
        f"| the same by the clock | {spent:.1f} ms | |",
        f"| the longest piece of that | {longest:.1f} ms | |",
        f"| layout shift by marks | {shifts:g} | 0 |",
    ]
    return "\n".join(lines)


def popups(browser: Browser, port: int) -> tuple[float, float, float]:
    """Milliseconds from the popup's opening to its fields and to all of the capture, and from the click to the disk."""
    shown, whole, flagged = [], [], []
    for _ in range(RUNS):
        browser.driver.get(f"http://127.0.0.1:{port}/itm/265370482")
        with browser.popup() as popup:
            for mark, times in (("fields", shown), ("captured", whole)):
                times.append(popup.execute_script(f"return performance.getEntriesByName('{mark}')[0].startTime"))
            flagged.append(popup.execute_async_script(FLAG))
    return statistics.median(shown), statistics.median(whole), statistics.median(flagged)


@contextlib.contextmanager
def traced(browser: Browser) -> Iterator[list[dict[str, Any]]]:
    """The browser's own record of what its threads did; filled when the block ends."""
    events: list[dict[str, Any]] = []
    config = {"includedCategories": ["devtools.timeline"]}
    browser.call("Tracing.start", {"transferMode": "ReportEvents", "traceConfig": config})
    yield events
    browser.call("Tracing.end")
    heard = browser._events.pop(0) if browser._events else json.loads(browser._socket.recv())
    while heard.get("method") != "Tracing.tracingComplete":
        events += heard["params"]["value"] if heard.get("method") == "Tracing.dataCollected" else []
        heard = browser._events.pop(0) if browser._events else json.loads(browser._socket.recv())


def of_marks(event: dict[str, Any]) -> bool:
    """Whether it is a piece of work of the scripts that mark."""
    where = json.dumps(event.get("args"))
    return event["name"] in ("FunctionCall", "EvaluateScript") and any(script in where for script in MARKING)


def marks(browser: Browser, port: int) -> tuple[float, float, float, float]:
    """Milliseconds of processor time, by the clock, those of the longest piece, and what moved."""
    words = vocabulary()
    lexicon = {"etag": "1", **{name: words[name] for name in ("words", "endings", "platforms")}}
    kept = {"hints": True, "lexicon": lexicon, "vocabulary": {"taxa": words["taxa"]}}
    browser.in_worker(f"chrome.storage.local.set({json.dumps(kept)})")
    script = {"id": "hints", "js": MARKING, "matches": ["*://mercado.localhost/*"], "runAt": "document_idle"}
    browser.in_worker(f"chrome.scripting.registerContentScripts([{json.dumps(script)}])")
    placed = "Array.from(cyberSpotterHints.marks.values()).filter((one) => one.at).length"
    used, spent, longest, shifts = [], [], [], []
    for _ in range(RUNS):
        with traced(browser) as events:
            browser.driver.get(f"http://mercado.localhost:{port}/search")
            until(lambda: (in_script(browser, placed) or 0) == 20, "20 marks in their places")
        used.append(sum(event.get("tdur", 0) for event in events if of_marks(event)) / 1000)
        spent.append(in_script(browser, "cyberSpotterHints.spent"))
        longest.append(in_script(browser, "cyberSpotterHints.longest"))
        shifts.append(browser.driver.execute_script("return shifts.reduce((sum, one) => sum + one, 0)"))
    return statistics.median(used), statistics.median(spent), statistics.median(longest), max(shifts)


if __name__ == "__main__":
    print(main())
