"""The form for phones lets one black out parts of a picture, and what is blacked out never leaves the device."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from selenium.webdriver import ActionChains
from selenium.webdriver.chrome.webdriver import WebDriver
from selenium.webdriver.common.actions.action_builder import ActionBuilder
from selenium.webdriver.common.actions.pointer_input import PointerInput
from selenium.webdriver.common.keys import Keys
from sqlalchemy import select

from server.core import vault
from server.core.database import db
from server.ledger.reports.models import Evidence
from tests.browser import gallery, looking, signing_in, sites
from tests.browser.chromium import until
from tests.conftest import People

pytestmark = pytest.mark.browser
RED, BLUE = (220, 20, 20), (20, 20, 220)
ORIENTATION, DESCRIPTION = 0x0112, 0x010E


@pytest.fixture
def site(app: Flask, people: People) -> Iterator[str]:
    with sites.ours(app) as address:
        yield address


@pytest.fixture
def driver(site: str) -> Iterator[WebDriver]:
    driver = gallery.browser()
    gallery.resize(driver, 320, 640)
    signing_in.sign_in(driver, site, "ana@people.test")
    driver.get(f"{site}/reports/new")
    driver.find_element("name", "url").send_keys("https://mercado.test/itm/265370482")
    driver.execute_script("document.querySelector('[name=category]').click()")
    driver.find_element("name", "reason").send_keys("The scales of a pangolin.")
    driver.execute_script("document.querySelector('form details').open = true")
    yield driver
    driver.quit()


def photo(
    path: Path, size: tuple[int, int], orientation: int = 1, red: tuple[float, float, float, float] = (0, 0, 0.5, 0.5)
) -> Path:
    """A blue picture with a red part (left, top, right, bottom as shares, as it is held), and words beside it."""
    upright = Image.new("RGB", size, BLUE)
    box = tuple(round(share * size[at % 2]) for at, share in enumerate(red))
    upright.paste(RED, box)
    stored = upright.rotate(90, expand=True) if orientation == 6 else upright  # the phone turns it by 90° to the right
    exif = Image.Exif()
    exif[ORIENTATION], exif[DESCRIPTION] = orientation, "Ana was here"
    stored.save(path, quality=95, exif=exif)
    return path


def choose(driver: WebDriver, *paths: Path, field: str = "pictures") -> None:
    driver.find_element("name", field).send_keys("\n".join(str(path) for path in paths))
    until(lambda: len(driver.find_elements("css selector", f"#{field}-chosen canvas")) == len(paths), "the pictures")
    until(lambda: not driver.find_elements("css selector", f"#{field}-chosen[aria-busy]"), "the pictures to be drawn")


def edit(driver: WebDriver, number: int = 0, field: str = "pictures") -> None:
    until(lambda: driver.find_elements("id", f"{field}-look-{number}"), "the button")
    driver.execute_script(f"document.getElementById('{field}-look-{number}').click()")
    until(lambda: driver.find_elements("css selector", "#black-out[open]"), "the editor")


def do(driver: WebDriver, what: str) -> None:
    driver.find_element("css selector", f"[data-do={what}]").click()


def boxes(driver: WebDriver) -> list[list[int]]:
    """Left, top, width, height in percent."""
    return driver.execute_script(
        "return [...document.querySelectorAll('.sheet .black')].map((box) => ['left', 'top', 'width', 'height']"
        ".map((side) => Math.round(parseFloat(box.style[side]))))"
    )


def draw(driver: WebDriver, kind: str, *share: float) -> None:
    """From one corner to the other, in shares of the picture, with a mouse or a finger."""
    sheet = driver.execute_script("return document.querySelector('.sheet').getBoundingClientRect().toJSON()")
    left, top, right, bottom = (
        int(sheet["xy"[at % 2]] + each * sheet[("width", "height")[at % 2]]) for at, each in enumerate(share)
    )
    actions = ActionBuilder(driver, mouse=PointerInput(kind, kind))
    actions.pointer_action.move_to_location(left, top).pointer_down().move_to_location(right, bottom).pointer_up()
    actions.perform()


def paint(driver: WebDriver, field: str = "pictures") -> None:
    do(driver, "paint")
    until(lambda: not driver.find_elements("css selector", "#black-out[open]"), "the editor to close")
    until(lambda: driver.find_element("id", f"{field}-note").is_displayed(), "the note")


def sent(app: Flask, driver: WebDriver) -> list[bytes]:
    """What the server was sent, picture by picture."""
    driver.execute_script("document.querySelector('main form[enctype] .btn-primary').click()")
    until(lambda: driver.find_elements("xpath", "//h1[not(contains(., 'Report an ad'))]"), "the page after sending")
    with app.app_context():
        rows = db.session().scalars(select(Evidence).order_by(Evidence.name.desc()))
        return [vault.read(row.sha256) for row in rows]


def share_of(picture: Image.Image, left: float, top: float) -> tuple[int, int, int]:
    pixel = picture.convert("RGB").getpixel((int(left * picture.width), int(top * picture.height)))
    assert isinstance(pixel, tuple)
    return pixel[0], pixel[1], pixel[2]


def reddish(picture: Image.Image) -> int:
    """How many pixels look in any way like the red part."""
    red, _green, blue = picture.convert("RGB").split()
    return sum(1 for r, b in zip(red.tobytes(), blue.tobytes(), strict=True) if r > b + 20)


@pytest.mark.parametrize("kind", ["mouse", "touch"])
def test_what_is_blacked_out_is_not_in_the_bytes_that_are_sent(
    app: Flask, driver: WebDriver, tmp_path: Path, kind: str
) -> None:
    choose(driver, photo(tmp_path / "a.jpg", (800, 600), red=(0.05, 0.05, 0.5, 0.5)))
    edit(driver)
    draw(driver, kind, 0.53, 0.54, 0.004, 0.006)  # from below, up to the corner
    (box,) = boxes(driver)
    assert box[:2] in ([0, 0], [0, 1], [1, 1], [1, 0]) and box[2] >= 51 and box[3] >= 51
    paint(driver)
    (data,) = sent(app, driver)
    picture = Image.open(io.BytesIO(data))
    assert picture.size == (800, 600)
    assert share_of(picture, 0.25, 0.25) == (0, 0, 0) and reddish(picture) == 0
    assert share_of(picture, 0.8, 0.8)[2] > 180, "the rest is there"
    assert b"Ana was here" not in data and not picture.getexif()


def test_a_photo_of_12_megapixels_held_upright_is_shown_covered_and_sent_upright(
    app: Flask, driver: WebDriver, tmp_path: Path
) -> None:
    choose(driver, photo(tmp_path / "a.jpg", (3024, 4032), orientation=6, red=(0.05, 0.05, 0.5, 0.5)))
    edit(driver)
    sheet = driver.find_element("css selector", ".sheet").rect
    assert sheet["height"] > sheet["width"]
    draw(driver, "touch", 0.02, 0.02, 0.55, 0.55)
    paint(driver)
    (data,) = sent(app, driver)
    picture = Image.open(io.BytesIO(data))
    assert picture.size == (3024, 4032) and len(data) < 9_500_000
    assert reddish(picture.resize((302, 403))) == 0 and share_of(picture, 0.8, 0.2)[2] > 180


def test_with_the_keyboard_boxes_are_added_moved_resized_removed_and_undone(
    app: Flask, driver: WebDriver, tmp_path: Path
) -> None:
    choose(driver, photo(tmp_path / "a.jpg", (1000, 1000), red=(0, 0, 1, 0.3)))
    edit(driver)
    keys = ActionChains(driver)

    def press(*pressed: str) -> None:
        keys.send_keys(*pressed).perform()

    assert not driver.find_element("css selector", "[data-do=paint]").is_enabled()
    driver.find_element("css selector", "[data-do=add]").send_keys(Keys.ENTER)
    press(Keys.ARROW_UP * 40, Keys.ARROW_LEFT * 40)
    assert boxes(driver)[0][:2] == [0, 0]
    keys.key_down(Keys.SHIFT).send_keys(Keys.ARROW_RIGHT * 40, Keys.ARROW_DOWN * 6).key_up(Keys.SHIFT).perform()
    (box,) = boxes(driver)
    assert box[2] == 100 and box[3] > 30
    press(Keys.DELETE)
    assert boxes(driver) == []
    keys.key_down(Keys.CONTROL).send_keys("z").key_up(Keys.CONTROL).perform()
    assert boxes(driver) == [box]
    press(Keys.ESCAPE)  # takes back the last step and stays
    assert driver.find_elements("css selector", "#black-out[open]") and boxes(driver) != [box]
    driver.find_element("css selector", "[data-do=add]").click()
    do(driver, "undo")
    keys.key_down(Keys.CONTROL).send_keys(Keys.ENTER).key_up(Keys.CONTROL).perform()
    assert driver.find_elements("css selector", "#black-out[open]"), "nothing is sent from the editor"
    do(driver, "leave")
    assert not driver.find_elements("css selector", "#black-out[open]")
    assert sent(app, driver) == [(tmp_path / "a.jpg").read_bytes()], "discarded boxes change nothing"


def test_of_two_pictures_each_is_covered_by_itself_and_zoom_covers_the_right_place(
    app: Flask, driver: WebDriver, tmp_path: Path
) -> None:
    first = photo(tmp_path / "a.jpg", (600, 900), red=(0.4, 0.4, 0.5, 0.5))
    second = photo(tmp_path / "b.png", (900, 600), red=(0.5, 0.5, 0.95, 0.95))
    choose(driver, first, second)
    edit(driver, 1)
    draw(driver, "mouse", 0.4, 0.4, 0.99, 0.99)
    paint(driver)
    edit(driver, 0)
    do(driver, "zoom")
    do(driver, "add")  # in the middle of what is in view
    ActionChains(driver).key_down(Keys.SHIFT).send_keys(Keys.ARROW_DOWN * 60, Keys.ARROW_RIGHT * 60).key_up(
        Keys.SHIFT
    ).perform()
    paint(driver)
    one, other = (Image.open(io.BytesIO(data)) for data in sent(app, driver))
    assert (one.size, other.size) == ((600, 900), (900, 600))
    assert reddish(one) == reddish(other) == 0
    assert share_of(one, 0.02, 0.02)[2] > 180 and share_of(other, 0.1, 0.1)[2] > 180


def test_pictures_of_every_field_are_covered_and_none_takes_the_place_of_another(
    app: Flask, driver: WebDriver, tmp_path: Path
) -> None:
    fields = [
        field.get_attribute("name") for field in driver.find_elements("css selector", "main input[accept^='image/']")
    ]
    assert fields == ["pictures", "photos"]
    for number, field in enumerate(fields):
        first, second = (
            photo(tmp_path / f"{field}-{place}.png", (300 + 10 * number, 200 + 10 * place), red=(0.05, 0.05, 0.5, 0.5))
            for place in (1, 2)
        )
        choose(driver, first, second, field=field)
        edit(driver, 1, field)
        draw(driver, "touch", 0.004, 0.006, 0.53, 0.54)
        paint(driver, field)
        assert len(driver.find_elements("css selector", f"#{field}-chosen canvas")) == 2
    assert looking.axe(driver) == []
    pictures = {picture.size: picture for picture in map(Image.open, map(io.BytesIO, sent(app, driver)))}
    assert set(pictures) == {(300 + 10 * number, 200 + 10 * place) for number in (0, 1) for place in (1, 2)}
    assert {size for size, picture in pictures.items() if reddish(picture) == 0} == {(300, 220), (310, 220)}


def test_a_picture_that_cannot_be_painted_over_is_not_sent(app: Flask, driver: WebDriver, tmp_path: Path) -> None:
    choose(driver, photo(tmp_path / "a.jpg", (800, 600)))
    edit(driver)
    draw(driver, "mouse", 0.02, 0.02, 0.5, 0.5)
    driver.execute_script("HTMLCanvasElement.prototype.toBlob = function (done) { done(null); }")
    paint(driver)
    assert "it is not sent" in driver.find_element("id", "pictures-note").text
    assert sent(app, driver) == []


def test_the_editor_fits_a_small_phone_and_says_what_it_is(driver: WebDriver, tmp_path: Path) -> None:
    choose(driver, photo(tmp_path / "a.jpg", (3024, 4032)))
    edit(driver)
    do(driver, "add")
    assert looking.sideways(driver) <= 0
    assert looking.axe(driver) == []
    for top, bottom in driver.execute_script(
        "return [...document.querySelectorAll('#black-out button')].map((each) => each.getBoundingClientRect())"
        ".map((at) => [at.top, at.bottom])"
    ):
        assert bottom - top >= 44 and 0 <= top < bottom <= 640


def test_without_a_script_the_form_says_what_to_do(people: People) -> None:
    page = people.browser("ana").get("/reports/new").text
    assert "<noscript>" in page and "before you choose the picture" in page
