"""No key and no explanation before its time, in no response at all: pages, redirects, headers, cookies, pictures, JSON.

Every question of the test's own module carries a canary in its explanation, and another in the words that its key marks.
Two ways of looking: a bird that sings too early is heard in whatever the server sends; and two banks that differ in nothing
but their keys and explanations must look the same until the answer is final, byte for byte.
"""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from flask.testing import FlaskClient
from sqlalchemy import delete

from server.core.database import db, write
from server.core.words import Scope
from server.pages.exams import views
from server.people.courses import catalogue, marking, question_view
from server.people.courses.bank import Question
from server.people.exams import exam
from server.people.exams.models import Attempt, AttemptAnswer
from server.people.training.models import PracticeAnswer
from tests.conftest import People
from tests.modules import item
from tests.modules import write as write_module

HOME = "/training/birds"
CANARY = re.compile(r"canary-(?:why|mark)-q(\d+)", re.IGNORECASE)


def question(number: int, key: int, bird: str) -> dict[str, Any]:
    """Three choices of which one is right; some with an ad, whose telling words are marked."""
    choices: list[dict[str, Any]] = [{"text": f"choice {letter} of {number}"} for letter in "abc"]
    choices[key]["right"] = True
    question = item(number, choices=choices, explanation=f"{bird}-why-q{number}.")
    if number % 3 == 0:
        marks = {"trade" if key else "against": [f"tusk {number}" if key else f"Ad {number}"]}
        question |= {"kind": "flag", "ad": {"title": f"Ad {number}", "text": f"tusk {number}", "marks": marks}}
    elif number % 3 == 1:
        choices[(key + 1) % 3]["right"] = True
        question |= {"kind": "multiple", "choices": choices}
    return question


def birds(folder: Path, key: int, bird: str = "canary", *, exam_bank: bool = False) -> Path:
    """A module whose right choice is the one at `key` (in its bank) of every question; its exam's own are 100 to 159."""
    write_module(
        folder / "birds", {"title": "Birds"}, bank=[question(number, key, bird) for number in range(24)],
        exam=[question(number, key, bird) for number in range(100, 160)] if exam_bank else None,
    )  # fmt: skip
    return folder


class Listener:
    """A browser whose every answer is listened to: a canary may only sing of a question that is answered for good."""

    def __init__(self, client: FlaskClient, app: Flask) -> None:
        self.client, self.told, self.heard = client, set[str](), 0
        serializer = SecureCookieSessionInterface().get_signing_serializer(app)
        assert serializer
        self.unsealed = serializer.loads_unsafe

    def open(self, path: str, method: str = "GET", **options: Any) -> Any:
        """Ask, and listen to all that comes back."""
        answer = self.client.open(path, method=method, **options)
        text = answer.get_data().decode("utf-8", "replace") + json.dumps(list(answer.headers))
        for cookie in answer.headers.getlist("Set-Cookie"):  # the session is signed, not secret: its words can be read
            text += str(self.unsealed(cookie.partition("=")[2].partition(";")[0]))
        early = {number for number in CANARY.findall(text) if number not in self.told}
        assert not early, f"{method} {path} tells of {sorted(early)}"
        self.heard += 1
        return answer

    def crawl(self, start: str = "/training") -> int:
        """Follow every link and picture from `start`; how many pages there were."""
        seen, left = {start}, [start]
        while left:
            page = self.open(left.pop())
            for link in re.findall(r'(?:href|src|action)="(/[^"#]*)', page.text if "html" in page.mimetype else ""):
                if link not in seen and link.startswith(("/training", "/profile", "/reports", "/api", "/certificates")):
                    seen.add(link)
                    left.append(link)
        return len(seen)


@pytest.fixture(params=[False, True], ids=["one bank", "an exam of its own"])
def folder(app: Flask, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    modules = birds(tmp_path / "modules", key=0, exam_bank=request.param)
    app.config["TRAINING_MODULES"] = str(modules)
    return modules


def numbered(page: str) -> str:
    """Which question a page asks."""
    number = re.search(r"Question (\d+)\?", page)
    assert number, page
    return number[1]


def walk(people: People, client: FlaskClient) -> Iterator[tuple[Listener, str]]:
    """Everything a stranger, a newcomer, a neighbour and a program can open, before, during and after practice and exam."""
    stranger = Listener(client, people.app)
    yield stranger, f"{stranger.crawl()} pages"
    for path in ("bank.yaml", "module.md", "../birds/bank.yaml", "%2e%2e/birds/bank.yaml", "line.svg"):
        stranger.open(f"{HOME}/pictures/{path}")
    stranger.open(f"{HOME}/items")
    ben, neighbour = Listener(people.browser("ben"), people.app), Listener(people.browser("ana"), people.app)
    for who in (ben, neighbour):
        who.crawl()
    program = Listener(people.app.test_client(), people.app)
    for path in ("/api/v1/vocabulary", "/api/v1/reports", "/api/v1/openapi.json"):
        program.open(path, headers=people.token("ben", Scope.REPORTS))
    kept: list[str] = []
    while (page := ben.open(f"{HOME}/practice")).text.find('name="asked"') > 0 and len(ben.told) < 10:
        name, asked = (re.search(rf'name="{field}" value="([^"]*)"', page.text)[1] for field in ("question", "asked"))
        ben.open(f"{HOME}/practice", "POST", data={"question": name, "asked": asked})  # nothing chosen
        ben.open(f"{HOME}/practice", "POST", data={"question": name, "asked": asked, "choice": "9"})
        answered = ben.open(f"{HOME}/practice", "POST", data={"question": name, "asked": asked, "choice": "0"})
        ben.told.add(numbered(page.text))
        assert CANARY.search(ben.open(answered.location).text), "after the answer it is told why"
        neighbour.open(answered.location)
        kept.append(answered.location)
        yield ben, "practised"
    for number in range(100, 160):  # an exam's own question, asked of practice by its name
        asked_of_practice = {"question": f"q{number}", "asked": "0", "choice": "0"}
        answered = ben.open(f"{HOME}/practice", "POST", data=asked_of_practice, follow_redirects=True)
        assert f"Question {number}?" not in answered.text
    ben.told.clear()  # what practice told, the exam does not tell again before its answer
    for who in (ben, neighbour):
        who.open(f"{HOME}/exam", "POST")
    for number in range(1, exam.LENGTH + 1):
        page = ben.open(f"{HOME}/exam/{number}")
        shut = (f"{HOME}/exam", f"{HOME}/exam/{number + 1}", f"{HOME}/practice", "/training/review", HOME)
        for path in (*shut, *kept):  # an old answer of practice, left open in another tab, is loaded again
            ben.open(path)
        for wrong in ({}, {"choice": "9"}, {"choice": "x"}):
            ben.open(f"{HOME}/exam/{number}", "POST", data=wrong)
        ben.open(f"{HOME}/exam/{number + 1}", "POST", data={"choice": "0"})
        ben.open(f"{HOME}/exam/{number}", "POST", data={"choice": "0"})
        ben.told.add(numbered(page.text))
        assert CANARY.search(ben.open(f"{HOME}/exam/{number}").text), "after the answer it is told why"
        neighbour.open(f"{HOME}/exam/{number}")
        neighbour.open(f"{HOME}/exam/1")
        yield ben, "examined"
    ben.open(f"{HOME}/exam")
    neighbour.crawl()


def test_a_canary_never_sings_before_its_time(people: People, client: FlaskClient, folder: Path) -> None:
    heard = {}
    for listener, step in walk(people, client):
        heard[step] = listener.heard
    assert heard["examined"] > 150 and "practised" in heard


def _tell_at_once(asked: Question, order: Any) -> question_view.QuestionView:
    return question_view.answered(asked, order, [], None)


@pytest.mark.usefixtures("folder")
def test_it_is_heard_when_a_page_tells_too_early(
    people: People, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutation: the view of an unanswered question carries its explanation, as that of an answered one does."""
    monkeypatch.setattr(question_view, "to_answer", _tell_at_once)
    with pytest.raises(AssertionError, match="tells of"):
        list(walk(people, client))


# --- Two banks, one look -----------------------------------------------------------------------------------------------


def look(app: Flask, ben: FlaskClient, folder: Path) -> list[Any]:
    """All that Ben sees of a practice question and of a whole exam before each answer, under this folder's keys."""
    app.config["TRAINING_MODULES"] = str(folder)
    with write() as session:
        for table in (AttemptAnswer, Attempt, PracticeAnswer):
            session.execute(delete(table))
    db.session.remove()
    seen: list[Any] = []

    def see(path: str, method: str = "GET", **options: Any) -> Any:
        answer = ben.open(path, method=method, **options)
        seen.append((path, answer.status_code, [h for h in answer.headers if h[0] != "Date"], answer.text))
        return answer

    for path in ("/training", HOME, f"{HOME}/one", f"{HOME}/exam", f"{HOME}/practice", "/training/review"):
        see(path)
    ben.post(f"{HOME}/exam")
    for number in range(1, exam.LENGTH + 1):
        see(f"{HOME}/exam/{number}")
        see(f"{HOME}/exam/{number}", "POST", data={"choice": "9"})
        see(f"{HOME}/exam/{number}", "POST", data={"choice": "0"})
    return seen


def both(app: Flask, people: People, two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> list[list[Any]]:
    """The same person, hour and chance, under the one key and the other."""
    monkeypatch.setattr(views, "secrets", SimpleNamespace(randbits=lambda _: 7))
    with time_machine.travel("2026-11-25 10:00:00+00:00", tick=False):
        ben = people.browser("ben")
        ben.get("/training")  # the first page gives the session its guard against forgery
        return [look(app, ben, folder) for folder in two]


@pytest.fixture(params=[False, True], ids=["one bank", "an exam of its own"])
def two(tmp_path: Path, request: pytest.FixtureRequest) -> tuple[Path, Path]:
    own = request.param
    return birds(tmp_path / "a", 0, exam_bank=own), birds(tmp_path / "b", 1, bird="budgie", exam_bank=own)


def test_two_banks_that_differ_in_their_keys_alone_look_the_same_until_the_answer(
    app: Flask, people: People, two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = both(app, people, two, monkeypatch)
    keys = [[[c.right for c in q.choices] for q in catalogue._modules(folder)["birds"].drawn_from] for folder in two]
    assert keys[0] != keys[1], "the two banks do differ"
    assert [drawn for drawn, other in zip(first, second, strict=True) if drawn != other] == []


def test_an_order_that_follows_the_key_is_noticed(
    app: Flask, people: People, two: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mutation: what is right is shown first. No word of the key is in the page, and yet the page tells."""

    def right_first(asked: Question, chance: random.Random) -> tuple[int, ...]:
        return tuple(sorted(range(len(asked.choices)), key=lambda place: not asked.choices[place].right))

    monkeypatch.setattr(marking, "mixed", right_first)
    first, second = both(app, people, two, monkeypatch)
    assert [drawn for drawn, other in zip(first, second, strict=True) if drawn != other] != []
