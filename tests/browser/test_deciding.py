"""A coordinator's decision by the keyboard, in a real Chromium."""

from collections.abc import Iterator

import pytest
from selenium import webdriver
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.expected_conditions import staleness_of

from server.demo import people
from tests.browser.chromium import until, without_extension
from tests.browser.instance import Instance, demonstration
from tests.browser.pairing import page_text, sign_in
from tests.browser.popup_rig import needs_chromium

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def instance(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Instance]:
    with demonstration(tmp_path_factory.mktemp("instance")) as running:
        yield running


@pytest.fixture(scope="module")
def desk(instance: Instance) -> Iterator[webdriver.Chrome]:
    """Cora's browser, signed in."""
    with without_extension() as driver:
        sign_in(driver, instance.base, people.CORA)
        yield driver


def open_panel(driver: webdriver.Chrome, base: str, place: int) -> None:
    """The notify panel of a waiting case, filled in but for what the test is about."""
    driver.get(f"{base}/cases")
    driver.get(driver.find_elements("css selector", "[data-case]")[place].get_attribute("href"))
    driver.find_element("css selector", "body").send_keys("n")
    until(lambda: driver.find_elements("name", "good_faith"), "the panel")
    driver.find_element("name", "none_of_these").send_keys(Keys.SPACE)
    reason = driver.find_element("name", "reason")
    reason.clear()
    reason.send_keys("What the ad shows is enough.")


def test_j_brings_the_next_case_alone_and_back_and_reload_the_page_of_a_case(
    instance: Instance, desk: webdriver.Chrome
) -> None:
    desk.get(f"{instance.base}/cases")
    _, second, third = (link.get_attribute("href") for link in desk.find_elements("css selector", "[data-case]")[:3])
    number = len(desk.find_elements("css selector", "[data-case]"))
    titles = set()
    for path in (second, third):
        desk.find_element("css selector", "body").send_keys("j")
        until(
            lambda path=path: desk.current_url == path and not desk.find_elements("css selector", "[aria-busy]"), path
        )
        until(lambda: desk.switch_to.active_element.get_attribute("id") == "case-name", "the focus on its name")
        assert desk.find_element("css selector", "[data-case][aria-current]").get_attribute("href") == path
        titles.add(desk.title)
    sent = "return performance.getEntriesByType('resource').filter(e => e.initiatorType === 'xmlhttprequest').map(e => [e.name, e.decodedBodySize])"
    whole = desk.execute_script("return performance.getEntriesByType('navigation')[0].decodedBodySize")
    assert [name for name, _ in desk.execute_script(sent)] == [second, third], "nothing is fetched beforehand"
    assert all(2 * size < whole for _, size in desk.execute_script(sent)), "and each alone"
    assert len(titles) == 2, "each case has the page's title"
    name = desk.find_element("id", "case-name").text
    desk.refresh()
    assert desk.find_element("id", "case-name").text == name
    assert len(desk.find_elements("css selector", "[data-case]")) == number, "the queue is beside it"
    desk.back()
    until(
        lambda: desk.current_url == second and len(desk.find_elements("css selector", "[data-case]")) == number, "Back"
    )


@pytest.mark.parametrize("field", ["good_faith", "reason"])
def test_ctrl_enter_sends_the_notice_once_and_opens_no_tab(
    instance: Instance, desk: webdriver.Chrome, field: str
) -> None:
    open_panel(desk, instance.base, 0)
    before = len(desk.window_handles)
    if field == "reason":
        desk.find_element("name", "good_faith").click()
    else:
        desk.find_element("name", "good_faith").send_keys(Keys.SPACE)
    desk.find_element("name", field).send_keys(Keys.CONTROL, Keys.ENTER)
    until(lambda: "Decided. The notice" in page_text(desk), "the word that it is sent")
    assert len(desk.window_handles) == before, "no new tab"


def test_c_claims_the_case_that_is_shown_and_with_ticks_the_ticked_ones(
    instance: Instance, desk: webdriver.Chrome
) -> None:
    desk.get(f"{instance.base}/cases")
    body = lambda: desk.find_element("css selector", "body")  # noqa: E731
    shown = desk.find_element("css selector", "[data-case][aria-current]").get_attribute("href")
    body().send_keys("c")
    until(lambda: "Claimed by you until today" in page_text(desk), "the claim")
    assert desk.current_url == shown
    desk.get(f"{instance.base}/cases")
    for place in (1, 2):
        desk.find_elements("css selector", ".cases [name=case]")[place].send_keys(Keys.SPACE)
    body().send_keys("c")
    until(lambda: "You claimed 2 cases." in page_text(desk), "the claims")
    assert "csrf" not in desk.current_url and page_text(desk).count("Claimed by you until") >= 3


class Hands:
    """A coordinator's hands on the keys alone, counted: a key with Ctrl is one."""

    def __init__(self, driver: webdriver.Chrome) -> None:
        self.driver, self.count = driver, 0

    def press(self, key: str, ctrl: bool = False) -> None:
        keys = ActionChains(self.driver)
        (keys.key_down(Keys.CONTROL).send_keys(key).key_up(Keys.CONTROL) if ctrl else keys.send_keys(key)).perform()
        self.count += 1

    def open(self, base: str, place: int, key: str) -> None:
        """A waiting case's panel."""
        self.driver.get(f"{base}/cases")
        self.driver.get(self.driver.find_elements("css selector", "[data-case]")[place].get_attribute("href"))
        self.press(key)
        until(lambda: self.driver.find_elements("css selector", "[data-pick]"), "the panel with its ready reasons")


def reason(driver: webdriver.Chrome) -> str:
    return str(driver.find_element("name", "reason").get_property("value"))


def test_a_dismissal_takes_three_keys(instance: Instance, desk: webdriver.Chrome) -> None:
    hands = Hands(desk)
    hands.open(instance.base, 1, "d")
    case = desk.current_url
    hands.press("1")
    picked = desk.find_element("css selector", "[data-pick][data-key='1']")
    assert reason(desk) == picked.get_attribute("data-pick") and picked.get_attribute("aria-pressed") == "true"
    chosen = desk.find_element("css selector", "[name=because]:checked").get_attribute("value")
    assert chosen == picked.get_attribute("data-value")
    hands.press(Keys.ENTER, ctrl=True)
    until(lambda: "Dismissed." in page_text(desk), "the word that it is dismissed")
    assert hands.count <= 3 and desk.current_url != case, "and the next case comes"


def test_a_notice_takes_eight_keys_and_its_good_faith_is_never_preset(
    instance: Instance, desk: webdriver.Chrome
) -> None:
    for place in range(5):  # the first of the queue of which a species is suspected
        hands = Hands(desk)
        hands.open(instance.base, place, "n")
        if desk.find_elements("name", "taxa"):
            break
    assert not desk.find_element("name", "good_faith").is_selected()
    hands.press("t")
    hands.press(Keys.SPACE)  # what it is: the first species
    assert desk.find_element("name", "taxa").is_selected()
    hands.press("1")
    said = reason(desk)
    assert said, "the key works beside a tick"
    until(lambda: said in desk.find_element("id", "preview").text, "the notice with the reason")
    assert not desk.find_element("name", "good_faith").is_selected(), "no pick and no key ticks it by itself"
    hands.press("f")
    hands.press(Keys.SPACE)
    hands.press(Keys.ENTER, ctrl=True)
    until(lambda: "Decided. The notice" in page_text(desk), "the word that it is sent")
    assert hands.count <= 8


def test_picks_are_put_in_taken_out_and_never_reach_into_a_text_that_is_written(
    instance: Instance, desk: webdriver.Chrome
) -> None:
    hands = Hands(desk)
    hands.open(instance.base, 0, "a")
    hands.press("1")
    first = reason(desk)
    hands.press("2")
    both = reason(desk)
    assert both.startswith(f"{first} ") and len(both) > len(first) + 1
    hands.press("2")
    assert reason(desk) == first
    desk.find_element("name", "reason").send_keys(" Until 1 May?")
    assert reason(desk) == f"{first} Until 1 May?", "in a field a number is a number"
    hands.press(Keys.ESCAPE)
    until(lambda: not desk.find_elements("css selector", "[data-pick]"), "the panel to close")


def test_a_snippet_written_on_its_page_is_put_in_by_the_key_7_and_its_list_stays_open(
    instance: Instance, desk: webdriver.Chrome
) -> None:
    for number in range(4):
        desk.get(f"{instance.base}/cases/snippets?decision=notify")
        assert desk.find_element("css selector", "[name=decision][value=notify]").is_selected()
        desk.find_elements("name", "title")[-1].send_keys(f"Lines {number}")
        desk.find_elements("name", "text")[-1].send_keys(f"The surface shows {number} crossing lines.")
        sent = desk.find_element("css selector", "form .btn-primary")
        sent.send_keys(Keys.ENTER)
        until(lambda sent=sent: staleness_of(sent)(desk), "the page with the snippet")
    hands = Hands(desk)
    hands.open(instance.base, 0, "n")
    hands.press("7")
    assert reason(desk) == "The surface shows 0 crossing lines."
    desk.find_element("id", "more-picks").send_keys(Keys.ENTER)
    folded = desk.find_element("css selector", "#picks details [data-pick]")
    folded.send_keys(Keys.SPACE)
    both = "The surface shows 0 crossing lines. The surface shows 3 crossing lines."
    assert reason(desk) == both
    until(lambda: staleness_of(folded)(desk), "the reasons to come with the preview")
    assert desk.find_element("css selector", "#picks details [data-pick]").is_displayed()
    hands.press("8")
    assert reason(desk).startswith(both)
    hands.press(Keys.ESCAPE)


def test_enter_in_a_field_decides_nothing_and_picks_nothing(instance: Instance, desk: webdriver.Chrome) -> None:
    hands = Hands(desk)
    hands.open(instance.base, 0, "d")
    desk.find_element("css selector", "[name=because][value=duplicate]").send_keys(Keys.SPACE)
    old = desk.find_element("id", "decision")
    desk.find_element("name", "duplicate_of").send_keys("C-7K3M9", Keys.ENTER)
    until(lambda: staleness_of(old)(desk), "the panel to come back")
    assert reason(desk) == "" and desk.find_element("name", "duplicate_of").get_property("value") == "C-7K3M9"


def test_the_list_of_keys_opens_and_single_keys_can_be_turned_off(instance: Instance, desk: webdriver.Chrome) -> None:
    hands = Hands(desk)
    hands.open(instance.base, 0, "d")
    case = desk.current_url
    hands.press("?")
    keys = desk.find_element("css selector", ".all-keys")
    assert keys.get_attribute("open") and "in a panel: a ready reason" in keys.text
    assert desk.switch_to.active_element == keys.find_element("tag name", "summary")
    off = keys.find_element("css selector", "form button")
    off.send_keys(Keys.ENTER)
    until(lambda: staleness_of(off)(desk), "the page to come again")
    try:
        assert desk.current_url == case.partition("#")[0]
        for key in ("1", "?", "j"):
            hands.press(key)
        assert reason(desk) == "" and desk.current_url == case.partition("#")[0]
        assert not any(kbd.is_displayed() for kbd in desk.find_elements("css selector", "[data-pick] kbd"))
        desk.find_element("css selector", "[data-pick]").send_keys(Keys.SPACE)
        assert reason(desk), "by the button it goes on"
        hands.press(Keys.ESCAPE)
        until(lambda: not desk.find_elements("css selector", "[data-pick]"), "Esc to lead back")
    finally:
        desk.delete_cookie("keys")


def test_on_a_phone_the_ad_is_in_sight_while_the_reason_is_written(instance: Instance, desk: webdriver.Chrome) -> None:
    in_sight = "const at = arguments[0].getBoundingClientRect(); return at.height > 0 && at.top >= -1 && at.bottom <= innerHeight + 1"
    Hands(desk).open(instance.base, 0, "d")
    strip = desk.find_element("css selector", ".ad-strip")
    assert not strip.is_displayed(), "beside the ad itself it would be read twice"
    phone = {"width": 360, "height": 740, "deviceScaleFactor": 1, "mobile": False}
    desk.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", phone)
    try:
        words = desk.find_element("css selector", ".ad").text.split()
        assert words and strip.text.split()[-len(words) :] == words
        desk.find_element("name", "reason").send_keys("Seen.")
        desk.execute_script("document.activeElement.scrollIntoView({behavior: 'instant'})")
        assert desk.switch_to.active_element.get_attribute("name") == "reason"
        for element in (strip, desk.switch_to.active_element):
            assert desk.execute_script(in_sight, element)
        below = "return arguments[1].getBoundingClientRect().top - arguments[0].getBoundingClientRect().bottom"
        assert desk.execute_script(below, strip, desk.switch_to.active_element) >= 0, "the field is not covered"
        assert strip.rect["height"] <= 0.3 * 740 + 1
    finally:
        desk.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
