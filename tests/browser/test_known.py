"""Known already: asked alike by everybody, with the first choice in the form, and told where the server says so."""

from selenium.webdriver.common.keys import Keys

from tests.browser.chromium import Browser, until
from tests.browser.popup_rig import click, element, flag, needs_chromium, pair, queue, sentence, text
from tests.browser.standin import StandIn

pytestmark = needs_chromium
WORDS = sentence("knownAlready")
PRESS = """
const press = (repeat) =>
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', ctrlKey: true, repeat }));
"""


def test_a_trusted_spotter_is_told_before_the_report_is_written(ana: Browser, server: StandIn, market: str) -> None:
    server.known = True
    ana.driver.get(f"{market}/itm/265370482?sid=abc")
    with ana.popup():
        assert server.asked == [], "nobody has said yet that this is to be reported"
        element(ana, "body").send_keys("1")
        until(lambda: WORDS in text(ana), "the word that it is known")
        flag(ana)
        assert WORDS in text(ana)
    assert server.asked == [f"{market}/itm/265370482"], "asked once, without what the address says of the visitor"


def test_who_hears_no_has_asked_just_so_and_sees_nothing(ana: Browser, server: StandIn, market: str) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        flag(ana)
        until(lambda: server.kept, "the report")
        assert "Known" not in text(ana)
    assert server.asked == [f"{market}/itm/265370482"]


def test_it_is_not_asked_when_switched_off_and_not_on_the_way_to_the_hotlines(
    ana: Browser, server: StandIn, market: str
) -> None:
    ana.driver.get(f"{market}/itm/265370482")
    with ana.popup():
        element(ana, "#open-hotlines").click()
    ana.in_worker("cyberSpotter.settings.set({ask_known: false})")
    with ana.popup():
        flag(ana)
        until(lambda: server.kept, "the report")
    assert server.asked == []


def test_the_same_ad_is_asked_about_first_also_without_a_connection(
    chromium: Browser, server: StandIn, market: str
) -> None:
    server.stop()
    pair(chromium, server)
    chromium.driver.get(f"{market}/itm/265370482")
    with chromium.popup():
        flag(chromium)
    chromium.driver.get(f"{market}/itm/265370482")
    with chromium.popup():
        click(chromium, "[name=category]")
        click(chromium, "#flag")
        assert element(chromium, "#ask-first").text == sentence("askFlaggedBefore")
        assert len(queue(chromium)) == 1
        click(chromium, "#flag")
        until(lambda: len(queue(chromium)) == 2, "the second report")


def test_a_page_of_many_ads_is_asked_about_first(chromium: Browser, server: StandIn, market: str) -> None:
    pair(chromium, server)
    chromium.driver.get(f"{market}/search")
    with chromium.popup():
        click(chromium, "[name=category]")
        click(chromium, "#flag")
        assert element(chromium, "#ask-first").text == sentence("askNotOneAd")
        assert queue(chromium) == []


def test_keys_pressed_twice_or_held_down_do_not_answer_the_question(
    chromium: Browser, server: StandIn, market: str
) -> None:
    pair(chromium, server)
    chromium.driver.get(f"{market}/search")
    with chromium.popup():
        click(chromium, "[name=category]")
        chromium.driver.execute_script(PRESS + "press(false); press(false);")
        assert element(chromium, "#ask-first").text == sentence("askNotOneAd")
        chromium.driver.execute_script(PRESS + "press(true);")
        chromium.driver.execute_async_script("setTimeout(arguments[0], 300);")
        assert queue(chromium) == []
        element(chromium, "body").send_keys(Keys.CONTROL, Keys.ENTER)
        until(lambda: len(queue(chromium)) == 1, "the report")


def test_where_the_server_knows_the_device_no_more_nothing_is_said_to_leave_by_itself(
    chromium: Browser, server: StandIn, market: str
) -> None:
    refused = server.connection | {"refused": {"reason": "answer", "status": 401}}
    pair(chromium, server, connection=refused)
    chromium.driver.get(f"{market}/itm/265370482")
    with chromium.popup():
        flag(chromium)
        until(lambda: sentence("flaggedHeld") in text(chromium), "the true word")
        assert sentence("flaggedNext") not in text(chromium)
