"""Pairing the extension and signing in, in a real browser."""

from selenium import webdriver

from server.demo import people
from tests.browser import signing_in
from tests.browser.chromium import Browser, until


def sign_in(driver: webdriver.Chrome, base: str, person: people.DemoPerson) -> None:
    signing_in.sign_in(driver, base, person.email, person.password)


def page_text(driver: webdriver.Chrome) -> str:
    return str(driver.execute_script("return document.body.innerText"))


def pair(browser: Browser, base: str) -> None:
    """As a person pairs: from the options page, over the pairing page that opens."""
    driver = browser.driver
    sign_in(driver, base, people.ANA)
    driver.get(browser.address("options/options.html"))
    options = driver.current_window_handle
    field = until(lambda: driver.find_elements("id", "server"), "the settings")[0]
    field.clear()
    field.send_keys(base)
    driver.find_element("id", "pair").click()
    until(lambda: len(driver.window_handles) == 2, "the pairing page")
    code = driver.find_element("id", "user-code").text
    page = next(handle for handle in driver.window_handles if handle != options)
    driver.switch_to.window(page)
    until(lambda: code in page_text(driver), "the same code on the page")
    driver.find_element("css selector", "button[value=approve]").click()
    until(lambda: "can now send your reports" in page_text(driver), "the agreement")
    driver.close()
    driver.switch_to.window(options)
    until(lambda: f"Paired with {base}" in page_text(driver), "the pairing")
