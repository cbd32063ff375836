"""The extension in a real Chromium: what it captures, keeps, sends, shows, and how it looks."""

import hashlib
import html
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import CHROMIUM, DRIVER, EXTENSION, Browser, until
from tests.browser.standin import StandIn

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM or not DRIVER, reason="chromium or chromedriver is not installed"),
]

PARROT = {
    "@context": "https://schema.org",
    "@type": "Product",
    "name": "African grey parrot, hand tame, 6 available",
    "description": "Beautiful African grey congo chicks, hand tame, 14 weeks. Papers can be arranged.",
    "image": ["/a.jpg", "/b.jpg"],
    "offers": {
        "@type": "Offer",
        "price": "1250.00",
        "priceCurrency": "EUR",
        "seller": {"@type": "Person", "name": "birdroom_lx"},
        "availableAtOrFrom": {"address": "Lisbon, Benfica"},
    },
}


def page(product: dict[str, Any]) -> str:
    """An ad with its data beside it."""
    name, data = html.escape(product["name"]), json.dumps(product).replace("</", "<\\/")
    return f"""<!DOCTYPE html><html lang="en"><meta charset="utf-8"><title>{name}</title>
        <script type="application/ld+json">{data}</script>
        <body style="font:20px sans-serif;background:#dde"><h1>{name}</h1><p class="price">€ 1,250</p>"""


PAGES = {
    "/itm/265370482": page(PARROT),
    "/long": page(
        PARROT
        | {
            "name": "นกแก้วแอฟริกันเกรย์ " * 40,
            "description": "x" * 20001,
            "offers": PARROT["offers"] | {"seller": {"name": "بائع الطيور النادرة " * 10}},
        }
    ),
    "/shell": "<!DOCTYPE html><html lang='en'><title>Shop</title><div id=root></div>",
    "/hostile": page(PARROT | {"name": "<img src=x onerror=alert(1)><script>alert(2)</script>\r\nBcc: a@b.example"}),
}


class Market(BaseHTTPRequestHandler):
    """A small marketplace on 127.0.0.1."""

    def do_GET(self) -> None:
        body = PAGES.get(self.path, "").encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def market() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Market) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    browser = Browser(tmp_path_factory.mktemp("profile"))
    yield browser
    browser.quit()


@pytest.fixture
def server() -> Iterator[StandIn]:
    standin = StandIn()
    yield standin
    standin.stop()


EMPTY = """(async () => {
    await chrome.storage.local.clear(); await chrome.storage.session.clear(); await chrome.alarms.clearAll();
    await chrome.storage.local.set(%s);
    const base = await new Promise((done) => { indexedDB.open('cyber-spotter', 1).onsuccess = (event) => done(event.target.result); });
    await new Promise((done) => { const change = base.transaction('outbox', 'readwrite'); change.objectStore('outbox').clear(); change.oncomplete = done; });
    base.close();
    await chrome.action.setBadgeText({text: ''});
})()"""


@pytest.fixture
def ana(chromium: Browser, server: StandIn) -> Browser:
    """Ana's browser, paired, with nothing in its outbox and quick retries."""
    chromium.driver.get("about:blank")
    connection = {"base": server.base, "token": server.token, "paired_at": 1790000000000, "refused": None}
    chromium.in_worker(EMPTY % json.dumps({"connection": connection, "retry_base": 200}))
    return chromium


def element(browser: Browser, selector: str) -> Any:
    return browser.driver.find_element("css selector", selector)


def click(browser: Browser, selector: str) -> None:
    """Clicks what is there now, in one breath: a list that is fetched meanwhile is drawn anew."""
    browser.driver.execute_script("document.querySelector(arguments[0]).click()", selector)


def text(browser: Browser) -> str:
    return str(browser.driver.execute_script("return document.body.innerText"))


def flag(browser: Browser, reason: str = "Six at once.") -> None:
    """What a person does in the popup, by keyboard where there is a key."""
    body = element(browser, "body")
    body.send_keys("1")
    click(browser, "#pick-own")
    element(browser, "#words").send_keys(reason)
    element(browser, "#words").send_keys(Keys.CONTROL, Keys.ENTER)
    until(lambda: "Flagged" in text(browser), "the word that it is flagged")


def queue(browser: Browser) -> list[dict[str, Any]]:
    """What is in the outbox, read from the browser's own disk."""
    return list(
        browser.in_worker("""(async () => {
        const base = await new Promise((done) => { indexedDB.open('cyber-spotter', 1).onsuccess = (event) => done(event.target.result); });
        const items = await new Promise((done) => { base.transaction('outbox').objectStore('outbox').getAll().onsuccess = (event) => done(event.target.result); });
        base.close();
        return items.map(({id, state, attempts, report, screenshot}) => ({id, state, attempts, title: report.listing?.title, size: screenshot?.size}));
    })()""")
    )


def badge(browser: Browser) -> str:
    return str(browser.in_worker("chrome.action.getBadgeText({})"))


def test_installing_it_warns_of_nothing(chromium: Browser) -> None:
    chromium.driver.get(chromium.address("options/options.html"))
    manifest = json.dumps((EXTENSION / "manifest.json").read_text())
    warnings = chromium.driver.execute_async_script(
        f"chrome.management.getPermissionWarningsByManifest({manifest}).then(arguments[0])"
    )
    assert warnings == []


def test_a_flag_is_three_acts_and_arrives_whole(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        assert "€1,250" in text(ana).replace("€ 1,250", "€1,250")
        flag(ana)
        until(lambda: server.kept, "the report")
        until(lambda: "R-" in text(ana), "its reference in the popup")
    ((report, files),) = server.kept.values()
    assert report["url"] == f"{market}/itm/265370482"
    assert report["listing"]["title"] == PARROT["name"]
    assert report["listing"]["price"] == {"amount": "1250.00", "currency": "EUR", "text": "€ 1,250"}
    assert report["suspicion"] == {
        "category": "live",
        "species": "",
        "taxon_id": None,
        "legality_evidence": "unknown",
        "confidence": None,
        "reason": "Six at once.",
    }
    assert report["evidence"] == [{"name": "screenshot", "sha256": hashlib.sha256(files["screenshot"]).hexdigest()}]
    assert files["screenshot"].startswith(b"\xff\xd8\xff")
    assert queue(ana) == []
    assert badge(ana) == ""


def test_what_is_unticked_stays_here(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        element(ana, "body").send_keys("v")
        assert not element(ana, "#send-url").is_enabled()
        for field in ("location", "screenshot", "client", "seller"):
            element(ana, f"#send-{field}").click()
        assert "7 of 11 things will be sent" in text(ana)
        element(ana, "#done").click()
        flag(ana)
        until(lambda: server.kept, "the report")
    ((report, files),) = server.kept.values()
    assert not {"location", "seller"} & set(report["listing"])
    assert (report["client"], report["evidence"], files) == (None, [], {})


def test_a_page_that_cannot_be_read_is_said_so_and_can_be_flagged(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/shell")
    with ana.popup():
        assert "We could not read this page. The address and a picture are kept; add the title yourself." in text(ana)
        element(ana, "#own-title").send_keys("Ivory box")
        flag(ana)
        until(lambda: server.kept, "the report")
    ((report, _files),) = server.kept.values()
    assert report["listing"] == {"title": "Ivory box"}


def test_a_page_of_the_browser_itself_cannot_be_flagged(ana: Browser) -> None:
    ana.driver.get("chrome://version/")
    with ana.popup():
        assert "Only web addresses" in text(ana)
        assert not ana.driver.find_elements("id", "flag")


def test_markup_in_a_title_is_text(ana: Browser, market: str) -> None:
    ana.driver.get(f"{market}/hostile")
    with ana.popup():
        assert (
            ana.driver.execute_script(
                "return document.querySelectorAll('main img:not(.thumb img), main script').length"
            )
            == 0
        )


def test_without_a_category_or_a_reason_nothing_leaves_and_the_words_lead_there(
    ana: Browser, server: StandIn, market: str
) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        element(ana, "#flag").click()
        assert ana.driver.switch_to.active_element.get_attribute("id") == "errors"
        assert "Choose what is offered" in text(ana)
        assert "Say why you suspect it" in text(ana)
        element(ana, "#errors a").click()
        assert ana.driver.switch_to.active_element.get_attribute("name") == "category"
    assert queue(ana) == []
    assert server.keys == []


def test_a_species_is_found_without_a_connection_and_chosen_by_keyboard(
    ana: Browser, server: StandIn, market: str
) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        until(lambda: ana.driver.execute_script("return Boolean(cyberSpotter.vocabulary)"), "the vocabulary")
    server.stop()
    with ana.popup():
        element(ana, "body").send_keys("p")
        element(ana, "#species-field").send_keys("gris")
        assert "CITES Appendix I since 2 January 2017" in text(ana)
        element(ana, "#species-field").send_keys(Keys.ENTER)
        assert "Psittacus erithacus" in text(ana)
        flag(ana)
    assert len(queue(ana)) == 1


def test_what_was_typed_is_there_again_when_the_popup_reopens(ana: Browser, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        element(ana, "body").send_keys("2")
        click(ana, "#pick-own")
        element(ana, "#words").send_keys("Asked for cash")
    with ana.popup():
        assert element(ana, "#words").get_attribute("value") == "Asked for cash"
        assert element(ana, '[name="category"][value="part"]').is_selected()


def test_something_worse_keeps_nothing_and_says_whom_to_tell(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        click(ana, "#pick-own")
        element(ana, "#words").send_keys("x")
        element(ana, "#open-worse").click()
        assert "inhope.org" in text(ana)
        assert ana.driver.execute_script("return cyberSpotter.captured") is None
    assert ana.in_worker("chrome.storage.session.get()") == {}
    assert (queue(ana), server.keys) == ([], [])


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
        until(
            lambda: "The server no longer knows this browser. Your reports are safe here." in text(ana), "the sentence"
        )


def test_a_report_that_needs_mending_names_the_field_and_leaves_once_mended(
    ana: Browser, server: StandIn, market: str
) -> None:
    server.script = [
        (
            422,
            {
                "title": "Invalid",
                "detail": "One field does not fit.",
                "errors": {"suspicion": {"reason": ["Say why you suspect it."]}},
            },
        )
    ]
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        flag(ana)
        until(lambda: "Mend 1" in text(ana), "the word in the head")
        element(ana, "#reports").click()
        assert "Needs mending" in text(ana)
        click(ana, '[id^="mend-"]')
        assert "The reason: Say why you suspect it." in text(ana)
        field = element(ana, "#mend-reason")
        field.clear()
        field.send_keys("Six chicks at once.")
        element(ana, "#send-again").click()
        until(lambda: server.kept, "the mended report")
    ((report, _files),) = server.kept.values()
    assert report["suspicion"]["reason"] == "Six chicks at once."
    assert len(set(server.keys)) == 1


def test_a_report_can_be_discarded_and_put_back(ana: Browser, server: StandIn, market: str) -> None:
    server.script = [(413, {"detail": "The picture is too large."})]
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        flag(ana)
        until(lambda: "Mend 1" in text(ana), "the word in the head")
        element(ana, "#reports").click()
        click(ana, '[id^="discard-"]')
        until(lambda: queue(ana) == [], "the discarding")
        element(ana, "#undo").click()
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
        assert sentence in text(ana)
        assert "Training first" in text(ana)
        assert ana.driver.find_elements("id", "go-training")
        element(ana, "#send-now").click()
        until(lambda: server.kept, "the report, once trained")


OWN = [
    {
        "id": "a",
        "reference": "R-A",
        "url": "https://x.example/1",
        "title": "Old ox-bone colour figure, crossed lines",
        "status": "needs_info",
        "outcome": None,
        "received_at": "2026-11-24T10:00:00Z",
        "updated_at": "2026-11-24T10:00:00Z",
        "feedback": [
            {
                "at": "2026-11-24T10:00:00Z",
                "status": "needs_info",
                "speaker": "coordinator",
                "text": "Does the base show crossed lines? A closer picture would help.",
            }
        ],
    },
    {
        "id": "b",
        "reference": "R-B",
        "url": "https://x.example/2",
        "title": "Star tortoise pair, young",
        "status": "removed",
        "outcome": "removed",
        "received_at": "2026-11-23T10:00:00Z",
        "updated_at": "2026-11-24T10:00:00Z",
        "feedback": [
            {
                "at": "2026-11-24T10:00:00Z",
                "status": "removed",
                "speaker": "Mercado",
                "text": "Live protected species are not allowed.",
            }
        ],
    },
    {
        "id": "c",
        "reference": "R-C",
        "url": "https://x.example/3",
        "title": None,
        "status": "received",
        "outcome": None,
        "received_at": "2026-11-22T10:00:00Z",
        "updated_at": "2026-11-22T10:00:00Z",
        "feedback": [],
    },
    {
        "id": "d",
        "reference": "R-D",
        "url": "https://x.example/4",
        "title": "Ivory-coloured dress " * 40,
        "status": "kept",
        "outcome": "not_violating",
        "received_at": "2026-11-21T10:00:00Z",
        "updated_at": "2026-11-22T10:00:00Z",
        "feedback": [
            {"at": "2026-11-22T10:00:00Z", "status": "kept", "speaker": "Mercado", "text": "A colour, not a material."}
        ],
    },
]


def test_my_reports_tell_what_became_of_each_in_the_companys_words(ana: Browser, server: StandIn, market: str) -> None:
    server.own = OWN
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        element(ana, "#reports").click()
        until(lambda: "Removed" in text(ana), "the list")
        said = text(ana)
        assert "Mercado: “Live protected species are not allowed.”" in said
        assert "“Does the base show crossed lines? A closer picture would help.”" in said
        assert "Mercado: “A colour, not a material.” This does not count against you." in said
        assert "Kept safely. We tell you when a person has looked." in said
        element(ana, "#answer-a").click()
        element(ana, "#answer").send_keys("Yes, crossed lines.")
        element(ana, "form button").click()
        until(lambda: server.replies == [("a", "Yes, crossed lines.")], "the answer")


def test_when_the_list_cannot_be_fetched_the_old_one_stays_with_its_time(
    ana: Browser, server: StandIn, market: str
) -> None:
    server.own = OWN
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        element(ana, "#reports").click()
        until(lambda: "Removed" in text(ana), "the list")
    server.own_status = 500
    with ana.popup():
        element(ana, "#reports").click()
        until(lambda: "The list could not be fetched. What you see is from" in text(ana), "the line above")
        assert "Star tortoise pair, young" in text(ana)


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
    until(lambda: "must begin with https" in text(chromium), "the refusal of plain http")
    field = element(chromium, "#server")
    field.clear()
    field.send_keys(server.base)
    element(chromium, "#pair").click()
    until(lambda: len(chromium.driver.window_handles) == 2, "the pairing page")
    chromium.driver.switch_to.window(home)
    assert element(chromium, "#user-code").text == "WDJB-MJHT"
    chromium.kill_worker()
    until(lambda: f"Paired with {server.base}" in text(chromium), "the pairing")
    connection = chromium.in_worker("chrome.storage.local.get('connection')")["connection"]
    assert (connection["base"], connection["token"]) == (server.base, "cs_ana")
    element(chromium, "#unpair").click()
    until(lambda: "Unpaired" in text(chromium), "the unpairing")
    assert chromium.in_worker("chrome.storage.local.get('connection')") == {}
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
    chromium.in_worker(f"chrome.storage.local.set({json.dumps({'pairing': pairing})})")
    chromium.kill_worker()
    # Any page of the extension wakes the worker; it finds the pairing, agreed to meanwhile.
    chromium.driver.get(chromium.address("options/options.html"))
    until(lambda: server.kept, "the report")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view_and_the_foot_stays_in_view(
    ana: Browser, server: StandIn, market: str, scheme: str
) -> None:
    server.own = OWN
    found: dict[str, list[str]] = {}

    def look(name: str) -> None:
        ana.theme(scheme)
        found[name] = ana.axe()
        wide, high, foot = ana.driver.execute_script(
            "return [document.documentElement.scrollWidth, innerHeight, document.querySelector('footer:not(:empty)')?.getBoundingClientRect().bottom ?? 0]"
        )
        assert (wide, foot <= high <= 600) == (380, True), name

    for path in ("/itm/265370482", "/long", "/shell"):
        ana.driver.get(market + path)
        with ana.popup():
            look(f"flag {path}")
            if ana.driver.find_elements("id", "own-title"):
                continue
            element(ana, "#flag").click()
            look(f"errors {path}")
            element(ana, "#open-check").click()
            look(f"check {path}")
            element(ana, "#done").click()
            element(ana, "#open-species").click()
            look(f"species {path}")
            element(ana, "#species-field").send_keys(Keys.ESCAPE)
            element(ana, "#reports").click()
            until(lambda: "Removed" in text(ana), "the list")
            look(f"reports {path}")
    server.script = [
        (
            422,
            {
                "detail": "One field does not fit.",
                "errors": {"suspicion": {"reason": ["Say why."]}, "listing": {"description": ["Longer than 20000."]}},
            },
        )
    ]
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        flag(ana)
        look("flagged")
        until(lambda: "Mend 1" in text(ana), "the word in the head")
        element(ana, "#reports").click()
        click(ana, '[id^="mend-"]')
        look("mending")
    with ana.popup():
        element(ana, "#open-worse").click()
        look("worse")
    ana.driver.get(ana.address("options/options.html"))
    ana.theme(scheme)
    found["options, paired"] = ana.axe()
    element(ana, "#unpair").click()
    until(lambda: ana.driver.find_elements("id", "server"), "the form")
    element(ana, "#server").send_keys("://")
    element(ana, "#pair").click()
    until(lambda: ana.driver.find_elements("id", "server-error"), "the refusal")
    found["options, refused"] = ana.axe()
    pairing = {
        "base": server.base,
        "device_code": "d",
        "user_code": "WDJBMJHT",
        "verification_uri": server.base,
        "verification_uri_complete": server.base,
        "interval": 60,
        "expires_at": 4_000_000_000_000,
        "next_at": 4_000_000_000_000,
        "state": "pending",
    }
    ana.in_worker(f"chrome.storage.local.set({json.dumps({'pairing': pairing})})")
    ana.driver.refresh()
    until(lambda: ana.driver.find_elements("id", "user-code"), "the code")
    ana.theme(scheme)
    found["options, pairing"] = ana.axe()
    ana.theme("light")
    assert {name: violations for name, violations in found.items() if violations} == {}


def test_the_browser_reports_no_error_of_the_extension(ana: Browser) -> None:
    ana.driver.get("chrome://extensions/")
    info = ana.driver.execute_async_script(
        "chrome.developerPrivate.getExtensionInfo(arguments[0]).then(arguments[1])", ana.id
    )
    assert info["manifestErrors"] == []
    # A broken connection is logged by the browser itself; everything else would be ours.
    ours = [
        error["message"]
        for error in info["runtimeErrors"]
        if "Failed to load resource" not in error["message"] and "net::" not in error["message"]
    ]
    assert ours == []


def test_a_report_outlives_the_whole_browser(tmp_path: Path, market: str) -> None:
    server = StandIn()
    port = server.server_port
    server.stop()
    profile = tmp_path / "profile"
    connection = {"base": f"http://localhost:{port}", "token": "cs_ana", "paired_at": 1790000000000, "refused": None}
    browser = Browser(profile)
    try:
        browser.in_worker(f"chrome.storage.local.set({json.dumps({'connection': connection, 'retry_base': 200})})")
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
