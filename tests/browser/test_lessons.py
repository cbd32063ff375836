"""Every screen of every lesson, in each of its languages, on a phone: nothing is cut, nothing scrolls sideways, all drawings load."""

from collections.abc import Iterator

import pytest
from flask import Flask, render_template_string
from selenium.webdriver.chrome.webdriver import WebDriver

from server.people.courses import catalogue, question_view
from server.people.courses.module_file import load_all
from tests.browser import gallery, sites
from tests.browser.looking import axe, driver, sideways  # noqa: F401

pytestmark = pytest.mark.browser

MODULES = load_all(catalogue.CONTENT)
VERSIONS = [(slug, version.language) for slug, module in MODULES.items() for version in module.versions.values()]
# Texts of drawings that leave their drawing, or the box they begin in.
CUT = """
const cut = [];
for (const svg of document.querySelectorAll('svg.drawing')) {
  const all = svg.getBoundingClientRect();
  for (const text of svg.querySelectorAll('text')) {
    const own = text.getBoundingClientRect();
    if (own.left < all.left || own.right > all.right || own.bottom > all.bottom + 1) cut.push(text.textContent);
    for (const box of svg.querySelectorAll('rect')) {
      const around = box.getBoundingClientRect(), middle = (own.top + own.bottom) / 2;
      const within = own.left >= around.left && own.left < around.right && middle > around.top && middle < around.bottom;
      if (within && around.height > 18 && own.right > around.right) cut.push(text.textContent);
    }
  }
}
return cut;
"""

# Words of answered matches that are broken in two.
BROKEN = """
const broken = [], range = document.createRange();
const texts = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT);
while (texts.nextNode()) {
  if (!texts.currentNode.parentElement.closest('.matched')) continue;
  for (const word of texts.currentNode.data.matchAll(/[\\p{L}\\p{M}]+/gu)) {
    range.setStart(texts.currentNode, word.index);
    range.setEnd(texts.currentNode, word.index + word[0].length);
    const lines = new Set([...range.getClientRects()].map((line) => Math.round(line.top)));
    if (lines.size > 1) broken.push(word[0]);
  }
}
return broken;
"""


@pytest.fixture
def lessons(app: Flask) -> Iterator[str]:
    """The site, served."""
    with sites.ours(app) as address:
        yield address


@pytest.mark.parametrize(("slug", "language"), VERSIONS)
def test_a_lesson_is_read_on_a_phone(driver: WebDriver, lessons: str, slug: str, language: str) -> None:
    gallery.resize(driver, 320)
    module = MODULES[slug].read_in([language])
    for name in ("", *(f"/{lesson.name}" for lesson in module.lessons)):
        driver.get(f"{lessons}/training/{slug}{name}?language={language}")
        assert sideways(driver) <= 0, name
        assert not driver.execute_script("return [...document.images].filter((i) => !i.naturalWidth).map((i) => i.src)")
    assert axe(driver) == []
    driver.execute_script("document.documentElement.dataset.bsTheme = 'dark'")
    assert axe(driver, "color-contrast") == []


@pytest.mark.parametrize(("slug", "language"), VERSIONS)
def test_no_word_of_a_drawing_is_cut(driver: WebDriver, slug: str, language: str) -> None:
    gallery.resize(driver, 360)
    drawings = [path.read_text() for path in MODULES[slug].read_in([language]).pictures.values()]
    driver.get("about:blank")
    driver.execute_script(
        "document.body.innerHTML = arguments[0].join('');"
        "for (const svg of document.querySelectorAll('svg')) svg.classList.add('drawing')",
        drawings,
    )
    assert driver.execute_script(CUT) == []


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_a_wrong_match_is_read_on_a_phone(driver: WebDriver, app: Flask, lessons: str, language: str) -> None:
    """The answer that was given stood beside the right one and left it a column of a few letters."""
    module = MODULES["safe-and-well"].read_in([language])
    matches = [question for question in (*module.questions, *module.exam_questions) if question.kind == "match"]
    shown = '{% import "training/parts.html" as parts with context %}'
    shown += "{% for view in views %}{{ parts.explained(view, module) }}{% endfor %}"
    with app.test_request_context():
        views = [question_view.answered(match, range(4), [1, 2, 0, 0], False) for match in matches]
        answers = render_template_string(shown, views=views, module=module)
    for width in (320, 640, 1280):
        gallery.resize(driver, width)
        driver.get(f"{lessons}/training/safe-and-well/law?language={language}")
        driver.execute_script(
            "document.querySelector('main').innerHTML = `<div class=q>${arguments[0]}</div>`", answers
        )
        assert sideways(driver) <= 0
        assert driver.execute_script(BROKEN) == [], width
