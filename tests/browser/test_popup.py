"""What the popup tells of reports, and how all views look: words, axe, sizes, errors."""

import json

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser, until
from tests.browser.popup_rig import CHECKS, OWN, click, element, flag, needs_chromium, open_fix, sentence, text
from tests.browser.standin import StandIn

pytestmark = needs_chromium


def test_my_reports_tell_what_became_of_each_in_the_companys_words(ana: Browser, server: StandIn, market: str) -> None:
    server.own = OWN
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        element(ana, "#reports").click()
        until(lambda: "Removed" in text(ana), "the list")
        shown = text(ana)
        assert "Mercado: “Live protected species are not allowed.”" in shown
        assert "“Does the base show crossed lines? A closer picture would help.”" in shown
        assert "Mercado: “A colour, not a material.” This does not count against you." in shown
        assert sentence("statusText_received") in shown
        click(ana, "#answer-a")
        element(ana, "#answer").send_keys("Yes, crossed")
    with ana.popup():  # she has looked at the ad meanwhile
        element(ana, "#reports").click()
        until(lambda: "Removed" in text(ana), "the list")
        click(ana, "#answer-a")
        assert element(ana, "#answer").get_attribute("value") == "Yes, crossed", "what was typed is there again"
        element(ana, "#answer").send_keys(" lines.")
        element(ana, "form button").click()
        until(lambda: server.replies == [("a", "Yes, crossed lines.")], "the answer")
        until(lambda: ana.driver.find_elements("id", "answer-a"), "the list again")
        click(ana, "#answer-a")
        assert element(ana, "#answer").get_attribute("value") == "", "what was sent is no draft"


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
        until(lambda: "The list could not be loaded. This one is from" in text(ana), "the line above")
        assert "Star tortoise pair, young" in text(ana)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_any_view_and_the_foot_stays_in_view(
    ana: Browser, server: StandIn, market: str, scheme: str
) -> None:
    server.own, server.checks = OWN, CHECKS
    problems: dict[str, list[str]] = {}

    def look(name: str) -> None:
        ana.theme(scheme)
        problems[name] = ana.axe()
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
            element(ana, "#open-review").click()
            look(f"check {path}")
            element(ana, "#done").click()
            element(ana, "#open-species").click()
            look(f"species {path}")
            element(ana, "#species-field").send_keys(Keys.ESCAPE)
            element(ana, "#reports").click()
            until(lambda: "Removed" in text(ana), "the list")
            click(ana, "summary")
            look(f"reports {path}")
    server.script = [
        (
            422,
            {
                "detail": "One field does not fit.",
                "errors": {
                    "suspicion.reason": ["Say why."],
                    "listing.description": ["Longer than maximum length 20000."],
                },
            },
        )
    ]
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        flag(ana)
        look("flagged")
        until(lambda: "1 to fix" in text(ana), "the word in the head")
        element(ana, "#reports").click()
        open_fix(ana)
        look("fixing")
    with ana.popup():
        element(ana, "#open-hotlines").click()
        look("hotlines")
    ana.driver.get(ana.address("options/options.html"))
    ana.theme(scheme)
    problems["options, paired"] = ana.axe()
    element(ana, "#unpair").click()
    until(lambda: ana.driver.find_elements("id", "server"), "the form")
    element(ana, "#server").send_keys("://")
    element(ana, "#pair").click()
    until(lambda: ana.driver.find_elements("id", "server-error"), "the refusal")
    problems["options, refused"] = ana.axe()
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
    ana.in_worker(f"cyberSpotter.settings.set({json.dumps({'pairing': pairing})})")
    ana.driver.refresh()
    until(lambda: ana.driver.find_elements("id", "user-code"), "the code")
    ana.theme(scheme)
    problems["options, pairing"] = ana.axe()
    ana.theme("light")
    assert {name: violations for name, violations in problems.items() if violations} == {}
