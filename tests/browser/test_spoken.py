"""The path of somebody who hears a module and its exam, and of somebody without a mouse: what Chromium tells a screen reader.

The shipped module `flagging-well`: what it asks, shows and draws is what people meet.
"""

from collections.abc import Iterator

import pytest
from flask import Flask
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.keys import Keys

from server.people.courses import catalogue
from server.people.exams import exam
from tests.browser import day, gallery, reading, sites
from tests.browser.chromium import until
from tests.browser.popup_rig import needs_chromium
from tests.browser.reading import Spoken, spoken
from tests.conftest import PASSWORD, People

pytestmark = needs_chromium
COURSE = "/training/flagging-well"
VERDICTS = {"Right", "Not quite", "Noted"}


@pytest.fixture
def base(app: Flask, people: People) -> Iterator[str]:
    """The site, served."""
    with sites.ours(app) as address:
        yield address


@pytest.fixture
def ben(base: str) -> Iterator[WebDriver]:
    """Ben's browser, signed in."""
    driver = gallery.browser()
    gallery.resize(driver, 1280)
    driver.get(f"{base}/sign-in")
    for name, text in (("email", "ben@people.test"), ("password", PASSWORD + Keys.ENTER)):
        driver.find_element("name", name).send_keys(text)
    until(lambda: "/sign-in" not in driver.current_url, "Ben signed in")
    yield driver
    driver.quit()


def check(driver: WebDriver) -> list[Spoken]:
    """What holds on every page, and that the heading is in the page's language; then what was heard."""
    heard = reading.check(driver)
    assert driver.execute_script("return document.querySelector('h1').closest('[lang]').lang") == "en"
    return heard


def focused(driver: WebDriver) -> Spoken:
    """What is announced as having the focus."""
    return next(each for each in reversed(spoken(driver)) if each.about.get("focused"))


def press(driver: WebDriver, *keys: str) -> None:
    """Keys, to whatever has the focus."""
    driver.switch_to.active_element.send_keys(*keys)


def tab_to(driver: WebDriver, selector: str) -> None:
    """The Tab key until something has the focus; it must show that it has."""
    day.tab_to(driver, selector)
    seen = "const here = document.activeElement; return [here, here.closest('label') ?? here].some((each) => getComputedStyle(each).outlineStyle !== 'none')"
    assert driver.execute_script(seen), f"the focus on {selector} cannot be seen"


def turn(driver: WebDriver, key: str) -> None:
    """A key that leads to another page, once that is there."""
    driver.execute_script("window.before = true")
    press(driver, key)
    there = "return !window.before && document.readyState === 'complete'"
    until(lambda: driver.execute_script(there), "the next page")


def test_every_screen_of_a_module_is_heard_in_order_with_names(base: str, ben: WebDriver) -> None:
    module = catalogue.modules()["flagging-well"]
    ben.get(f"{base}{COURSE}")
    assert any(each.role == "heading" and each.name == module.title for each in check(ben))
    for lesson in module.lessons:
        ben.get(f"{base}{COURSE}/{lesson.name}")
        heard = check(ben)
        assert next(each.name for each in heard if each.role == "heading") == lesson.title
        here = ben.find_element("css selector", "nav.lesson-side [aria-current=page]")
        assert here.accessible_name == lesson.title, "where one is, in the list of parts"


def test_every_question_of_an_exam_is_heard_with_its_group_and_its_outcome_at_once(base: str, ben: WebDriver) -> None:
    ben.get(f"{base}{COURSE}/exam")
    check(ben)
    ben.find_element("css selector", ".lesson-acts .btn-primary").send_keys(Keys.ENTER)
    for number in range(1, exam.LENGTH + 1):
        until(lambda at=number: ben.title.startswith(f"Question {at} of {exam.LENGTH}"), f"question {number}")
        heard = check(ben)
        question = next(each.name for each in heard if each.role == "heading")
        answers = [each for each in heard if each.role in ("radio", "checkbox", "combobox") and each.around]
        assert len(answers) >= 2
        for each in answers:
            assert question in each.around[-1], "the question is heard with its answers"
        ben.execute_script(
            """for (const select of document.querySelectorAll('main select')) select.selectedIndex = 1;
            document.querySelector('main .choice')?.click();
            document.querySelector('main form .btn-primary').click()"""
        )
        until(lambda: ben.find_elements("id", "answered"), "the explanation")
        check(ben)
        outcome = until(lambda: next((each for each in spoken(ben) if each.about.get("focused") and each.role == "region"), None), "the focus on the outcome")  # fmt: skip
        assert outcome.name in VERDICTS
        ben.find_element("css selector", ".acts .btn-primary").send_keys(Keys.ENTER)
    until(lambda: ben.current_url.endswith("/exam"), "the result")
    check(ben)


def test_a_part_and_two_questions_by_the_keys_alone(base: str, ben: WebDriver) -> None:
    first, second = catalogue.modules()["flagging-well"].lessons[:2]
    ben.get(f"{base}{COURSE}/{first.name}")
    press(ben, Keys.TAB)
    assert focused(ben).name == "Skip to main content"
    press(ben, Keys.ENTER)
    until(lambda: ben.execute_script("return document.activeElement.id") == "main", "the focus on the content")
    tab_to(ben, ".lesson-acts form button")
    turn(ben, Keys.ENTER)
    assert ben.execute_script("return document.activeElement.id") == "missing", "too early: what is missing is heard"
    tab_to(ben, "#missing a")
    turn(ben, Keys.ENTER)
    assert ben.find_element("tag name", "h1").text == second.title

    ben.get(f"{base}{COURSE}/exam")
    tab_to(ben, "[name=more_time]")
    press(ben, Keys.SPACE)
    tab_to(ben, ".lesson-acts button")
    turn(ben, Keys.ENTER)
    for number in (1, 2):
        assert ben.title.startswith(f"Question {number} of {exam.LENGTH}")
        for _ in ben.find_elements("css selector", "main select"):
            tab_to(ben, "main select:invalid")
            press(ben, Keys.ARROW_DOWN)
        if ben.find_elements("css selector", "main .choice"):
            tab_to(ben, "main [name=choice]")
            press(ben, Keys.SPACE)
        tab_to(ben, "main form .btn-primary")
        turn(ben, Keys.ENTER)
        assert focused(ben).name in VERDICTS
        tab_to(ben, ".acts .btn-primary")
        turn(ben, Keys.ENTER)
    assert ben.title.startswith(f"Question 3 of {exam.LENGTH}")
