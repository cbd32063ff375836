"""The side panel: what waits, what became of it, what is asked; beside the page, without reading it."""

import json

from tests.browser.chromium import Browser, until
from tests.browser.popup_rig import CHECKS, OWN, click, element, needs_chromium, panel, sentence, text
from tests.browser.standin import StandIn

pytestmark = needs_chromium


def test_the_panel_opens_beside_the_page_and_tells_what_the_popup_tells(
    ana: Browser, server: StandIn, market: str
) -> None:
    server.own = OWN
    ana.driver.get(f"{market}/itm/265370482")
    with panel(ana):
        until(lambda: "Mercado: “Live protected species are not allowed.”" in text(ana), "the list")
        assert ana.driver.find_elements("id", "open-panel") == []
        assert ana.driver.find_elements("css selector", ".back") == [], "there is no form here to go back to"
        assert ana.driver.execute_script("return location.pathname") == "/panel/panel.html"


def test_outcomes_come_with_their_lesson_their_check_and_every_step(ana: Browser, server: StandIn, market: str) -> None:
    server.own = OWN
    ana.driver.get(f"{market}/itm/265370482")
    with panel(ana):
        until(lambda: "Removed" in text(ana), "the list")
        shown = text(ana)
        assert "Lesson: When a company keeps it online" in shown
        assert sentence("checkedGone", "25 November 2026") in shown
        assert "Is it of ivory" not in shown, "that is an earlier step"
        click(ana, '[data-reference="R-D"] summary')
        until(lambda: "“Is it of ivory, or of the colour?”" in text(ana), "every step")
        assert "You: “It does not say.”" in text(ana)


def test_a_trusted_spotter_says_what_they_saw_of_a_listing(ana: Browser, server: StandIn, market: str) -> None:
    server.checks = CHECKS
    ana.driver.get(f"{market}/itm/265370482")
    with panel(ana):
        until(lambda: sentence("checkAgain") in text(ana), "what is asked")
        assert "Star tortoise pair, young\n\nMercado · Live" in text(ana)
        assert ana.driver.find_elements("id", "open-k3") == [], "that is no address of the web"
        heading = ana.driver.find_element("id", "check-k3")
        assert (heading.text, heading.get_attribute("dir")) == ("بازار الطيور", "auto")
        ana.in_worker("cyberSpotter.settings.remove('stretch')")
        ana.driver.execute_script("for (const _ of [1, 2]) document.getElementById('gone-k1').click()")
        until(lambda: sentence("checkSaved") in text(ana), "thanks")
        assert server.looks == [("k1", "gone")], "said once, though clicked twice"
        assert ana.driver.find_element("id", "live").get_attribute("textContent") == sentence("checkSaved")
        assert ana.in_worker("cyberSpotter.settings.get('stretch')"), (
            "looking again is looking: it counts towards a rest"
        )
        assert "Star tortoise" not in text(ana)
        assert ana.driver.switch_to.active_element.get_attribute("id") == "checks-message"
        server.look_answer = (503, {"detail": "Later."})
        click(ana, "#cannot_tell-k2")
        until(lambda: sentence("checkFailed") in text(ana), "the failure")
        assert "Carved tusk" in text(ana)
        (alert,) = ana.driver.find_elements("css selector", "[role=alert]")
        assert alert.find_element("xpath", "..").get_attribute("data-check") == "k2", "said where it was"
        assert ana.driver.switch_to.active_element.get_attribute("id") == "cannot_tell-k2", "to be said again at once"
        server.look_answer = (410, {"detail": "Others have settled this one meanwhile. Thank you for looking."})
        click(ana, "#present-k2")
        until(lambda: "Others have settled this one meanwhile." in text(ana), "the server's words")
        assert "Carved tusk" not in text(ana)


def test_what_somebody_does_not_want_to_see_is_not_offered(ana: Browser, server: StandIn, market: str) -> None:
    server.checks = CHECKS
    ana.in_worker("cyberSpotter.settings.set({opted_out: ['live', 'reptile']})")
    ana.driver.get(f"{market}/itm/265370482")
    with panel(ana):
        until(lambda: "Carved tusk" in text(ana), "what is asked")
        assert "Star tortoise" not in text(ana)
        assert set(server.asked_for) == {"?without=live"}, "groups of species stay on this device"


def test_a_group_of_species_that_a_title_names_is_not_offered_either(
    ana: Browser, server: StandIn, market: str
) -> None:
    server.vocabulary = server.vocabulary | {"taxa": [each | {"group": "bird"} for each in server.vocabulary["taxa"]]}
    parrot = CHECKS[1] | {"id": "k4", "title": "Grey parrot, tame"}
    untitled = CHECKS[1] | {"id": "k5", "title": None, "url": "https://y.example/1"}
    server.checks = [*CHECKS[1:2], parrot, untitled]
    ana.in_worker("cyberSpotter.settings.set({opted_out: ['bird']})")
    ana.driver.get(f"{market}/itm/265370482")
    with panel(ana):
        until(lambda: ana.driver.execute_script("return (cyberSpotter.vocabulary?.taxa ?? []).length"), "the species")
        until(lambda: "Carved tusk" in text(ana), "what is asked")
        assert "Grey parrot" not in text(ana)
        assert ana.driver.find_element("id", "check-k5").text == "y.example", "what has no title is called by its site"


def test_who_is_asked_for_nothing_sees_no_trace_of_it(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with panel(ana):
        until(lambda: "No reports yet." in text(ana), "the empty list")
        assert sentence("checkAgain") not in text(ana)
    assert set(server.asked_for) == {""}, "it is asked after by everybody"


def test_the_panel_tells_that_nothing_could_be_fetched(ana: Browser, server: StandIn, market: str) -> None:
    server.own_status = 500
    ana.driver.get(f"{market}/itm/265370482")
    with panel(ana):
        until(lambda: sentence("loadFailedEmpty") in text(ana), "the failure")
        server.own, server.own_status = OWN, 200
        ana.driver.find_element("xpath", "//button[.='Try again']").click()
        until(lambda: "Star tortoise pair, young" in text(ana), "the list")


def test_something_worse_is_one_step_away_and_leads_back(ana: Browser, server: StandIn, market: str) -> None:
    server.own = OWN
    ana.driver.get(f"{market}/itm/265370482")
    with panel(ana):
        until(lambda: "Removed" in text(ana), "the list")
        click(ana, "#open-hotlines")
        shown = text(ana)
        assert sentence("hotlinesIntroPanel") in shown
        assert "Find your hotline at inhope.org" in shown
        assert ana.axe() == []
        click(ana, "#hotlines-done")
        until(lambda: "Removed" in text(ana), "the list again")


def test_unpaired_the_next_person_sees_nothing_of_the_former_ones(ana: Browser, server: StandIn, market: str) -> None:
    server.own, server.checks = OWN, CHECKS
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        click(ana, "#pick-own")
        element(ana, "#words").send_keys("Mine alone.")
    with panel(ana):
        until(lambda: sentence("checkAgain") in text(ana), "what is asked")
        click(ana, "#answer-a")
        element(ana, "#answer").send_keys("It does.")
        until(lambda: ana.in_worker("cyberSpotter.drafts.get('answer-a')"), "the answer that was begun, on the disk")
        shown = ana.driver.current_window_handle
        ana.driver.switch_to.new_window("tab")
        ana.driver.get(ana.address("options/options.html"))
        element(ana, "#unpair")
        click(ana, "#unpair")
        until(lambda: sentence("unpaired") in text(ana), "the unpairing")
        ana.driver.close()
        ana.driver.switch_to.window(shown)
        until(lambda: sentence("noReportsUnpaired") in text(ana), "the empty list")
        for theirs in ("ox-bone", "Star tortoise", sentence("checkAgain"), "It does."):
            assert theirs not in text(ana)
    left = ana.in_worker("chrome.storage.local.get()")
    assert not {"reports", "receipts", "checks"} & set(left)
    assert ana.in_worker("cyberSpotter.drafts.get('answer-a')") is None
    with ana.popup():
        assert "Not paired yet" in text(ana)
        assert "Mine alone." not in str(ana.driver.execute_script("return cyberSpotter.form.words"))
    refused = server.connection | {"refused": {"status": 401}}
    kept = {"connection": refused, "checks": {"at": 1, "items": CHECKS}}
    ana.in_worker(f"cyberSpotter.settings.set({json.dumps(kept)})")
    with ana.popup():
        element(ana, "#reports").click()
        until(lambda: sentence("pairingLost") in text(ana), "the refusal")
        assert sentence("checkAgain") not in text(ana), "who cannot answer is asked for nothing"
