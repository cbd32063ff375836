"""A person signs in by the form, as everybody does."""

from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webdriver import WebDriver

from tests.browser.chromium import until
from tests.conftest import PASSWORD


def sign_in(driver: WebDriver, base: str, email: str, password: str = PASSWORD) -> None:
    """With the password of the tests' people, where no other is said."""
    driver.get(f"{base}/sign-in")
    driver.find_element("name", "email").send_keys(email)
    driver.find_element("name", "password").send_keys(password, Keys.ENTER)
    until(lambda: "/sign-in" not in driver.current_url, f"{email} signed in")
