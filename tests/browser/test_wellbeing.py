"""Looking after spotters: hidden topics, grey or blurred pictures, a reminder to rest, and the rule on every view."""

import re

from tests.browser.chromium import Browser, until
from tests.browser.popup_rig import click, element, needs_chromium, sentence, text
from tests.browser.standin import StandIn

pytestmark = needs_chromium
RULE = "Never contact the seller."


def test_the_reminder_can_be_put_off_and_switched_off_and_the_rule_stands_everywhere(
    ana: Browser, server: StandIn, market: str
) -> None:
    hour = "{stretch: {since: Date.now() - 3600000, last: Date.now() - 60000, quiet_until: 0}}"
    ana.in_worker(f"cyberSpotter.settings.set({hour})")
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        until(lambda: re.search(sentence("restDue", r"6\d"), text(ana)), "the reminder")
        click(ana, "#rest button")
        assert "minutes. This is a good time" not in text(ana)
        for button in ("#open-review", "#done", "#open-species"):
            assert RULE in text(ana)
            element(ana, button).click()
        assert RULE in text(ana)
        element(ana, "#reports").click()
        assert RULE in text(ana)
    ana.in_worker(f"cyberSpotter.settings.set({{...{hour}, rest: false}})")
    with ana.popup():
        assert "minutes. This is a good time" not in text(ana)


def test_topics_opted_out_of_stay_hidden_and_pictures_may_be_grey(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(ana.address("options/options.html"))
    until(lambda: "2 species" in text(ana), "the list")
    element(ana, "#topic-live").click()
    element(ana, "#pictures").send_keys("Grey")
    assert ana.axe() == []
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup() as popup:
        assert popup.find_elements("css selector", ".thumb.grey")
        element(ana, "body").send_keys("1")
        until(lambda: popup.find_elements("css selector", 'span.thumb[aria-label^="Hidden"]'), "the hidden picture")
        assert popup.find_elements("css selector", ".thumb img") == []
