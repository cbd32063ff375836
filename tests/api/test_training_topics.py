"""Lessons and practice leave out the species groups that a spotter wants to see nothing of; the exam asks everybody the same."""

import re

import pytest

from server.core.database import read
from server.people.courses import catalogue
from server.reads import progress
from tests.conftest import Browser, People
from tests.modules import items, of_exam
from tests.modules import write as write_module

SMALL = "/training/small"
HIDDEN = "This lesson is about a topic you have opted out of."
THREE = '## One {#one}\n\nRead this.\n\n![A line](line.svg "Line | Straight.")\n\n## Two {#two}\n\nA PARROT.\n\n## Three {#three}\n\nThe end.\n'


@pytest.fixture(autouse=True)
def small(app, tmp_path):
    """A module of three lessons, the second about birds; its practice asks about the first two."""
    about_three = [{**item, "section": "three"} if n == 3 else item for n, item in enumerate(items())]
    folder = write_module(tmp_path / "modules" / "small", {"topics": {"two": ["bird"]}}, body=THREE, bank=about_three,
                          exam=[{**item, "section": "three"} if n == 3 else item for n, item in enumerate(of_exam())])  # fmt: skip
    app.config["TRAINING_MODULES"] = str(folder.parent)


@pytest.fixture
def ben(people: People) -> Browser:
    """Ben, who wants to see nothing of birds."""
    ben = people.browser("ben")
    ben.post("/profile/topics", data={"avoids": ["bird"]})
    return ben


def test_reading_goes_past_a_lesson_on_a_topic_that_is_left_out(ben: Browser) -> None:
    one = ben.get(f"{SMALL}/one").text
    assert "Three</span>" in one[one.index("lesson-acts") :]
    three = ben.get(f"{SMALL}/three").text
    assert f'href="{SMALL}/one"' in three[three.index("lesson-acts") :]
    assert "0 of 2 lessons read" in ben.get(SMALL).text
    assert "left out" in ben.get(SMALL).text


def test_the_lesson_itself_says_so_and_shows_nothing_until_it_is_asked_to(ben: Browser) -> None:
    page = ben.get(f"{SMALL}/two").text
    assert HIDDEN in page
    assert "A PARROT" not in page and "A question on this lesson" not in page
    shown = ben.get(f"{SMALL}/two?show=1").text
    assert "A PARROT" in shown and HIDDEN not in shown
    assert HIDDEN in ben.get(f"{SMALL}/two").text, "once is once"


def test_who_reads_it_all_the_same_stays_in_it(ben: Browser) -> None:
    page = ben.get(f"{SMALL}/two?show=1").text
    hidden = dict(re.findall(r'name="(question|asked|lesson|opened)" value="([^"]*)"', page))
    assert "show=1" in ben.post(f"{SMALL}/practice", data=hidden | {"choice": "0"}).location
    assert "show=1" in ben.post(f"{SMALL}/two", data={"opened": hidden["opened"]}).location


def test_practice_asks_nothing_on_it(ben: Browser, people: People) -> None:
    asked = set()
    for _ in range(30):
        page = ben.get(f"{SMALL}/practice").text
        fields = dict(re.findall(r'name="(question|asked)" value="([^"]*)"', page))
        if not fields:
            break
        asked.add(fields["question"])
        pairs = page.count("<select")
        ben.post(f"{SMALL}/practice", data=fields | {"choice": [str(n) for n in range(pairs)] if pairs > 1 else "0"})
    assert asked == {f"q{n}" for n in range(20) if n % 2 or n == 3}
    ben.post("/profile/topics", data={"avoids": []})
    assert 'name="asked"' in ben.get(f"{SMALL}/practice").text


@pytest.mark.parametrize(
    ("avoids", "left_out", "of", "next_lesson"),
    [([], set(), 3, "one"), (["bird"], {"two"}, 2, "one"), (["fish"], set(), 3, "one"), (["bird", "mammal"], {"two"}, 2, "one")],
)  # fmt: skip
def test_what_is_left_to_read(people: People, app, avoids, left_out, of, next_lesson) -> None:
    people.browser("ben").post("/profile/topics", data={"avoids": avoids})
    with app.app_context(), read() as session:
        where = progress.progress(session, people.ids["ben"], catalogue.modules()["small"])
    assert (where.left_out, where.of, where.next_lesson) == (left_out, of, next_lesson)


def test_a_lesson_that_was_read_before_stays_read(people: People, app) -> None:
    at = progress.ModuleProgress
    with app.test_request_context():
        module = catalogue.modules()["small"]
    where = at(module, frozenset({"one", "two"}), left_out=frozenset({"two"}))
    assert (where.count, where.of, where.next_lesson) == (2, 3, "three")
    every = at(module, left_out=frozenset({"one", "two", "three"}))
    assert (every.of, every.next_lesson, every.minutes_left) == (0, None, 0)


def test_without_an_account_and_for_others_nothing_is_left_out(client, people: People, ben: Browser) -> None:
    assert "A PARROT" in client.get(f"{SMALL}/two").text
    assert "A PARROT" in people.browser("ana").get(f"{SMALL}/two").text


def test_the_exam_asks_everybody_the_same(ben: Browser) -> None:
    assert ben.post(f"{SMALL}/exam").status_code == 302
    assert 'name="choice"' in ben.get(f"{SMALL}/exam/1").text
