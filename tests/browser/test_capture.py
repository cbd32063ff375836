"""What the extension captures, shows before it leaves, and sends: in a real Chromium."""

import hashlib
import json

from selenium.webdriver.common.keys import Keys

from server.ledger.reports import schemas
from tests.browser.chromium import EXTENSION, Browser, until
from tests.browser.popup_rig import PARROT, badge, click, element, flag, needs_chromium, queue, sentence, text
from tests.browser.standin import StandIn

pytestmark = needs_chromium


def warnings(chromium: Browser, manifest: dict[str, object]) -> list[str]:
    """What Chromium warns of when an extension with this manifest is installed."""
    return list(
        chromium.driver.execute_async_script(
            "chrome.management.getPermissionWarningsByManifest(arguments[0]).then(arguments[1])", json.dumps(manifest)
        )
    )


def test_installing_it_warns_of_nothing(chromium: Browser) -> None:
    chromium.driver.get(chromium.address("options/options.html"))
    manifest = json.loads((EXTENSION / "manifest.json").read_text())
    # With hosts that are asked for later, by a switch: they must not be asked for when it is installed.
    marked = manifest | {"optional_host_permissions": ["https://*/*", "http://*/*"]}
    assert [warnings(chromium, each) for each in (manifest, marked)] == [[], []]
    assert warnings(chromium, manifest | {"host_permissions": ["https://*/*"]}), "the browser does tell"


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
        assert f"Language\nEnglish {sentence('from_page')}" in text(ana), "in words, not as a code"
        for field in ("location", "screenshot", "client", "seller"):
            element(ana, f"#send-{field}").click()
        assert sentence("willBeSent", 7, 11) in text(ana)
        element(ana, "#done").click()
        flag(ana)
        until(lambda: server.kept, "the report")
    ((report, files),) = server.kept.values()
    assert not {"location", "seller"} & set(report["listing"])
    assert (report["client"], report["evidence"], files) == (None, [], {})


def test_a_page_that_cannot_be_read_is_said_so_and_can_be_flagged(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/shell")
    with ana.popup():
        assert sentence("kind_empty") in text(ana)
        element(ana, "#own-title").send_keys("Ivory box")
        flag(ana)
        until(lambda: server.kept, "the report")
    ((report, _files),) = server.kept.values()
    assert report["listing"] == {"title": "Ivory box"}


def test_a_page_that_cannot_be_searched_for_the_volunteer_is_said_so(ana: Browser, market: str) -> None:
    for fields, key in (("", "youNotSeen"), ("<form><input name=localName></form>", "youNotSearched")):
        ana.driver.get(f"{market}/itm/265370482")
        ana.driver.execute_script(f"document.body.insertAdjacentHTML('beforeend', '{fields}')")
        with ana.popup():
            element(ana, "body").send_keys("v")
            assert sentence(key) in text(ana)


def test_of_a_page_of_broken_data_goes_what_the_server_can_take(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/broken")
    ana.driver.execute_script(f"document.documentElement.lang = 'en{'-abcdefgh' * 4}'")
    with ana.popup():
        flag(ana)
        until(lambda: server.kept, "the report")
    ((report, _files),) = server.kept.values()
    listing = report["listing"]
    assert (listing["description"], listing["price"]["text"]) == ("Talks all day \ufffd", "€ 1,250")
    assert (listing["images"][0]["alt"], "language" in listing) == (("On its perch. " * 400)[:500], False)
    schemas.NewReport().load(report)


def test_a_page_of_the_browser_itself_cannot_be_flagged(ana: Browser) -> None:
    ana.driver.get("chrome://version/")
    with ana.popup():
        assert sentence("kind_browser") in text(ana)
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


def test_without_a_category_nothing_leaves_and_the_words_lead_there(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        element(ana, "#flag").click()
        assert ana.driver.switch_to.active_element.get_attribute("id") == "errors"
        assert "Choose what is offered" in text(ana)
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
        element(ana, "#open-hotlines").click()
        assert "inhope.org" in text(ana)
        assert ana.driver.execute_script("return cyberSpotter.captured") is None
    assert ana.in_worker("chrome.storage.session.get()") == {}
    assert (queue(ana), server.keys) == ([], [])
