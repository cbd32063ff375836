"""What is flagged is never lost and never doubled: offline, refused, killed, restarted; and pairing."""

import hashlib
import json
from contextlib import suppress
from pathlib import Path

import pytest
from selenium.common.exceptions import StaleElementReferenceException
from selenium.webdriver.support.select import Select

from tests.browser.chromium import Browser, until
from tests.browser.popup_rig import (
    EMPTY,
    badge,
    click,
    element,
    flag,
    needs_chromium,
    open_fix,
    queue,
    refusal,
    sentence,
    text,
)
from tests.browser.standin import StandIn

pytestmark = needs_chromium


def test_offline_it_is_kept_through_the_workers_death_and_sent_once_by_the_alarm(
    ana: Browser, server: StandIn, market: str
) -> None:
    port = server.server_port
    server.stop()
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        flag(ana)
        until(lambda: badge(ana) == "1", "the badge")
    (item,) = queue(ana)
    assert item["size"] > 1000
    ana.kill_worker()
    again = StandIn(port)
    try:
        # Nobody clicks: the worker wakes by its own alarm.
        until(lambda: again.kept, "the report, by itself", seconds=60)
        until(lambda: queue(ana) == [], "the empty outbox")
        assert list(again.kept) == [item["id"]]
        until(lambda: badge(ana) == "", "the badge to go")
    finally:
        again.stop()


def test_a_lost_answer_is_asked_for_again_under_the_same_key(ana: Browser, server: StandIn, market: str) -> None:
    server.script = ["lose", (503, {"detail": "Not now."}, {"Retry-After": "0"})]
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        flag(ana)
        until(lambda: len(server.keys) == 3, "three attempts", seconds=20)
    until(lambda: queue(ana) == [], "the empty outbox")
    assert len(set(server.keys)) == 1
    assert len(server.kept) == 1


def test_a_refused_token_keeps_the_report_and_asks_to_pair_again(ana: Browser, server: StandIn, market: str) -> None:
    server.token = "cs_another"
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        flag(ana)
        until(lambda: "Pair again" in text(ana), "the word to pair again")
    assert len(queue(ana)) == 1
    with ana.popup():
        element(ana, "#reports").click()
        until(lambda: sentence("pairingLost") in text(ana), "the sentence")


def test_a_report_that_needs_fixing_names_the_field_and_leaves_once_fixed(
    ana: Browser, server: StandIn, market: str
) -> None:
    server.script = [refusal(suspicion={"category": "live", "reason": " "})]
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        flag(ana)
        until(lambda: "1 to fix" in text(ana), "the word in the head")
        element(ana, "#reports").click()
        assert "Needs fixing" in text(ana)
        open_fix(ana)
        assert "The reason: Say why you suspect it." in text(ana)
        field = element(ana, "#fix-reason")
        field.clear()
        field.send_keys("Six chicks at once.")
        element(ana, "#send-again").click()
        until(lambda: server.kept, "the fixed report")
    ((report, _files),) = server.kept.values()
    assert report["suspicion"]["reason"] == "Six chicks at once."
    assert len(set(server.keys)) == 1


ALL = "Price, Seller, Location, Language, Description, Pictures, Page data, Browser, Screenshot"
FAULTS = {
    "one field": ({"price": {"text": "x" * 201}}, "Price: Longer than maximum length 200.", "Price, Screenshot"),
    "two": ({"images": [{"url": ""}] * 3, "structured_data": [{}] * 101}, "Pictures: Length must be between 1 and 4096.\nPage data: Longer than maximum length 100.", "Pictures, Page data, Screenshot"),
    "a broken sign": ({"description": "Talks \ud83d"}, "Description: The text contains a NUL or an invalid character.", "Description, Screenshot"),
    "none": ({"price": {"text": "x" * 201}}, "", ALL),
}  # fmt: skip


@pytest.mark.parametrize("fault", FAULTS)
def test_what_the_server_names_can_be_left_out_and_all_where_it_names_nothing(
    ana: Browser, server: StandIn, market: str, fault: str
) -> None:
    listing, message, offered = FAULTS[fault]
    status, answer = refusal(listing=listing)
    server.script = [(status, answer if message else answer | {"errors": {}})]
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup() as popup:
        flag(ana)
        until(lambda: "1 to fix" in text(ana), "the word in the head")
        element(ana, "#reports").click()
        open_fix(ana)
        assert [each.text for each in popup.find_elements("css selector", ".fix-form ul")] == (
            [message] if message else []
        )
        ticks = popup.find_elements("css selector", ".fix-form .tick")
        assert [each.text for each in ticks] == [f"{name}: {sentence('leaveOut')}" for name in offered.split(", ")]
        ticks[0].click()
        element(ana, "#send-again").click()
        until(lambda: server.kept, "the fixed report")
    ((report, files),) = server.kept.values()
    left_out = {"Price": "price", "Pictures": "images", "Description": "description"}[offered.split(", ")[0]]
    assert left_out not in report["listing"]
    assert {"price", "description"} - {left_out} <= set(report["listing"])
    assert set(files) == {"screenshot"}


def test_a_fix_that_was_begun_is_there_again_and_goes_with_the_report(
    ana: Browser, server: StandIn, market: str
) -> None:
    """Who looks at the ad meanwhile closes the popup."""
    server.script = [refusal(listing={"description": "x" * 20001})]
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        flag(ana)
        until(lambda: "1 to fix" in text(ana), "the word in the head")
        element(ana, "#reports").click()
        open_fix(ana)
        element(ana, "#fix-title").clear()  # from here on the list that comes meanwhile draws nothing anew
        element(ana, "#fix-title").send_keys("Grey parrots")
        element(ana, "#fix-reason").send_keys(" Papers can be arranged.")
        Select(element(ana, "#fix-category")).select_by_value("part")
        for box in ana.driver.find_elements("css selector", ".fix-form .box"):
            box.click()
        kept = f"cyberSpotter.drafts.get('fix-{queue(ana)[0]['id']}')"
        until(lambda: len((ana.in_worker(kept) or {}).get("without", [])) == 2, "what was said, on the disk")
    with ana.popup() as popup:
        element(ana, "#reports").click()
        open_fix(ana)
        shown = popup.execute_script(
            "return [...document.querySelectorAll('.fix-form :is(select, input, textarea)')].map((one) => one.type === 'checkbox' ? one.checked : one.value)"
        )
        assert shown == ["part", "Grey parrots", "Six at once. Papers can be arranged.", True, True]
        element(ana, "#send-again").click()
        until(lambda: server.kept, "the fixed report")
    ((report, files),) = server.kept.values()
    assert report["suspicion"]["reason"] == "Six at once. Papers can be arranged."
    assert report["suspicion"]["category"] == "part"
    assert report["listing"]["title"] == "Grey parrots"
    assert "description" not in report["listing"]
    assert files == {}
    assert report["evidence"] == []
    until(lambda: ana.in_worker(kept) is None, "the draft to be gone")


def test_a_report_can_be_discarded_and_put_back(ana: Browser, server: StandIn, market: str) -> None:
    server.script = [(413, {"detail": "The picture is too large."})]
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        flag(ana)
        until(lambda: "1 to fix" in text(ana), "the word in the head")
        element(ana, "#reports").click()
        click(ana, '[id^="discard-"]')
        until(lambda: queue(ana) == [], "the discarding")
        click(ana, "#undo")
        until(lambda: len(queue(ana)) == 1, "the report back in its place")


def test_without_training_the_servers_sentence_and_the_way_there_are_shown(
    ana: Browser, server: StandIn, market: str
) -> None:
    sentence = "You need to finish the training before reporting. Two parts are left."
    server.script = [
        (
            403,
            {
                "type": f"{server.base}/problems/not-accredited",
                "detail": sentence,
                "training_url": f"{server.base}/training",
            },
        )
    ]
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        flag(ana)
        until(lambda: [item["state"] for item in queue(ana)] == ["training"], "the state")
        element(ana, "#reports").click()
        until(lambda: sentence in text(ana), "the server's sentence")
        assert "Training first" in text(ana)
        assert ana.driver.find_elements("id", "go-training")
        click(ana, "#send-now")
        until(lambda: server.kept, "the report, once trained")


def _pressed(browser: Browser, selector: str) -> bool:
    """Whether an element was still there to be clicked."""
    with suppress(StaleElementReferenceException):
        element(browser, selector).click()
        return True
    return False


def test_pairing_shows_the_code_waits_and_ends_with_a_connection(chromium: Browser, server: StandIn) -> None:
    chromium.driver.get("about:blank")
    chromium.in_worker(EMPTY % "{}")
    server.pairing = [
        "authorization_pending",
        (200, {"access_token": "cs_ana", "token_type": "Bearer", "scope": "reports:write"}),
    ]
    home = chromium.driver.current_window_handle
    chromium.driver.get(chromium.address("options/options.html"))
    field = element(chromium, "#server")
    assert field.get_attribute("value") == "http://127.0.0.1:8000"
    field.clear()
    field.send_keys("http://spotter.example.org")
    element(chromium, "#pair").click()
    until(lambda: chromium.driver.find_elements("id", "server-error"), "the refusal of plain http, drawn")
    assert sentence("serverNotSecure") in text(chromium)
    field = element(chromium, "#server")
    field.clear()
    field.send_keys(server.base)
    element(chromium, "#pair").click()
    until(lambda: len(chromium.driver.window_handles) == 2, "the pairing page")
    chromium.driver.switch_to.window(home)
    assert element(chromium, "#user-code").text == "WDJB-MJHT"
    chromium.kill_worker()
    until(lambda: f"Paired with {server.base}" in text(chromium), "the pairing")
    connection = chromium.in_worker("cyberSpotter.settings.get('connection')")
    assert (connection["base"], connection["token"]) == (server.base, "cs_ana")
    until(lambda: _pressed(chromium, "#unpair"), "the button, while the page is drawn anew")
    until(lambda: "Unpaired" in text(chromium), "the unpairing")
    assert chromium.in_worker("cyberSpotter.settings.get('connection')") is None
    for handle in set(chromium.driver.window_handles) - {home}:
        chromium.driver.switch_to.window(handle)
        chromium.driver.close()
    chromium.driver.switch_to.window(home)


def test_a_report_flagged_before_pairing_leaves_once_paired(chromium: Browser, server: StandIn, market: str) -> None:
    chromium.driver.get("about:blank")
    chromium.in_worker(EMPTY % "{}")
    chromium.driver.get(f"{market}/itm/265370482")
    with chromium.popup():
        assert "Not paired yet" in text(chromium)
        flag(chromium)
    assert len(queue(chromium)) == 1
    pairing = {
        "base": server.base,
        "device_code": "d",
        "user_code": "WDJBMJHT",
        "verification_uri": server.base,
        "verification_uri_complete": server.base,
        "interval": 1,
        "expires_at": 4_000_000_000_000,
        "next_at": 0,
        "state": "pending",
    }
    server.pairing = [(200, {"access_token": "cs_ana"})]
    chromium.in_worker(f"cyberSpotter.settings.set({json.dumps({'pairing': pairing})})")
    chromium.kill_worker()
    # Any page of the extension wakes the worker; it finds the pairing, agreed to meanwhile.
    chromium.driver.get(chromium.address("options/options.html"))
    until(lambda: server.kept, "the report")


def test_a_report_outlives_the_whole_browser(tmp_path: Path, market: str) -> None:
    server = StandIn()
    port = server.server_port
    server.stop()
    profile = tmp_path / "profile"
    connection = {"base": f"http://localhost:{port}", "token": "cs_ana", "paired_at": 1790000000000, "refused": None}
    browser = Browser(profile)
    try:
        browser.in_worker(f"cyberSpotter.settings.set({json.dumps({'connection': connection, 'retry_base': 200})})")
        browser.driver.get(f"{market}/itm/265370482")
        with browser.popup():
            flag(browser)
        (item,) = queue(browser)
    finally:
        browser.quit()
    server = StandIn(port)
    browser = Browser(profile)
    try:
        until(lambda: server.kept, "the report after a restart", seconds=60)
        assert list(server.kept) == [item["id"]]
    finally:
        browser.quit()
        server.stop()


def test_neither_an_upload_cut_short_nor_a_hotels_sign_in_page_counts_as_sent(
    ana: Browser, server: StandIn, market: str
) -> None:
    hotel = (200, "<html>Welcome to the hotel. Sign in.", {"Content-Type": "text/html"})
    server.script = ["cut", hotel, "cut", hotel]
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        flag(ana)
        until(lambda: len(server.keys) >= 3, "the first attempts", seconds=30)
        assert "R-" not in text(ana)
    assert server.kept == {}
    (item,) = queue(ana)
    until(lambda: server.kept, "the report", seconds=60)
    ((report, files),) = server.kept.values()
    assert set(server.keys) == {item["id"]}
    assert report["evidence"] == [{"name": "screenshot", "sha256": hashlib.sha256(files["screenshot"]).hexdigest()}]


def test_what_runs_in_a_page_cannot_read_the_devices_key(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        read = ana.driver.execute_async_script(
            """const done = arguments[0];
            chrome.scripting.executeScript({ target: { tabId: cyberSpotter.tab.id }, func: async () => {
                const kept = await Promise.all(['local', 'session'].map((area) => chrome.storage[area].get().catch(String)));
                return [...kept, await indexedDB.databases(), 'ran'];
            } }).then(([{ result }]) => done(JSON.stringify(result)), (error) => done(String(error)));"""
        )
        own = ana.in_worker("cyberSpotter.settings.get('connection')")
    assert '"ran"' in read
    assert own["token"] == server.token
    assert server.token not in read
    assert "cyber-spotter-keys" not in read


NOT_TRAINED = {"type": "https://s.example/problems/not-accredited", "detail": "Two parts are left.", "training_url": "https://s.example/training"}  # fmt: skip
BAD = refusal(suspicion={"category": "live", "reason": " "})[1]
STATES = {
    "401": ((401, {"detail": "Unknown token."}), "Pair again", "link-45deg", "problem", "Pair again"),
    "403": ((403, NOT_TRAINED), "Training first", "mortarboard", "no_answer", "1 waiting"),
    "409": ((409, {"detail": "Still on its way."}, {"Retry-After": "90"}), "Waiting to send", "hourglass-split", "received", "It is saved here"),
    "413": ((413, {"detail": "Too large."}), "Needs fixing", "exclamation-triangle-fill", "problem", "1 to fix"),
    "415": ((415, BAD), "Needs fixing", "exclamation-triangle-fill", "problem", "1 to fix"),
    "422": ((422, BAD), "Needs fixing", "exclamation-triangle-fill", "problem", "1 to fix"),
    "429": ((429, {"detail": "Slowly."}, {"Retry-After": "90"}), "Waiting to send", "hourglass-split", "received", "It is saved here"),
    "503": ((503, {"detail": "Not now."}, {"Retry-After": "90"}), "Waiting to send", "hourglass-split", "received", "It is saved here"),
}  # fmt: skip


@pytest.mark.parametrize("status", STATES)
def test_every_state_has_words_an_icon_and_a_colour_and_is_announced(
    ana: Browser, server: StandIn, market: str, status: str
) -> None:
    answer, word, symbol, tint, head = STATES[status]
    server.script = [answer] * 3
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        flag(ana)
        until(lambda: head in str(ana.driver.execute_script("return document.querySelector('[role=status]').textContent")), "the announcement")  # fmt: skip
        element(ana, "#reports").click()
        script = """const chip = document.querySelector('#queue .st');
            return chip && [chip.textContent, chip.querySelector('use').getAttribute('href').split('#')[1], chip.dataset.status,
                getComputedStyle(chip).color !== getComputedStyle(document.body).color]"""
        # While it is on its way it says so.
        until(lambda: ana.driver.execute_script(script) == [word, symbol, tint, True], f"“{word}” in the list")
