"""The settings say how things stand: with a list and without, paired, refused."""

import json

from tests.browser.chromium import Browser, until
from tests.browser.popup_rig import click, element, needs_chromium, sentence, text
from tests.browser.standin import VOCABULARY, StandIn

pytestmark = needs_chromium


def open_settings(browser: Browser) -> None:
    browser.driver.get(browser.address("options/options.html"))
    element(browser, "#wellbeing")


def test_once_paired_the_list_comes_by_itself(ana: Browser, server: StandIn) -> None:
    open_settings(ana)
    until(lambda: "2 species, list from" in text(ana), "the list")
    assert "No marketplace is registered yet" in text(ana)


def test_paired_without_its_list_it_says_how_to_fetch_it(ana: Browser, server: StandIn) -> None:
    server.vocabulary = {}
    open_settings(ana)
    shown = text(ana)
    assert sentence("speciesNotYet") in shown
    assert sentence("hintsNotYet") in shown
    assert "once this browser is paired" not in shown
    click(ana, "#update")
    until(lambda: sentence("loadFailedEmpty") in text(ana), "the failure")
    assert "still works" not in text(ana), "there is none here"
    server.vocabulary = VOCABULARY
    click(ana, "#update")
    until(lambda: "2 species, list from" in text(ana), "the list")
    server.vocabulary = {}
    click(ana, "#update")
    until(lambda: sentence("updateFailed") in text(ana), "the failure")


def test_a_refused_browser_is_not_called_paired(ana: Browser, server: StandIn) -> None:
    connection = server.connection | {"token": "cs_old", "refused": {"reason": "answer", "status": 401}}
    ana.in_worker(f"cyberSpotter.settings.set({json.dumps({'connection': connection})})")
    open_settings(ana)
    shown = text(ana)
    assert sentence("keyRefused") in shown
    assert (sentence("pairedOnce", server.base) in shown, sentence("pairedWith", server.base) in shown) == (True, False)
    assert element(ana, "#pair").is_displayed()
    assert ana.driver.find_elements("id", "update") == [], "a refused key fetches nothing"


def test_unpaired_it_is_said_whose_reports_will_be_that_wait(ana: Browser, server: StandIn) -> None:
    server.script = [(503, {"detail": "Not now."}, {"Retry-After": "90"})] * 9
    report = {"url": "https://x.example/1", "listing": {}, "suspicion": {"category": "live", "reason": "Six at once."}}
    ana.in_worker(f"cyberSpotter.outbox.add({json.dumps(report)})")
    open_settings(ana)
    element(ana, "#unpair")
    click(ana, "#unpair")
    until(lambda: sentence("unpairedWaiting") in text(ana), "whose they will be")
