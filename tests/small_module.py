"""A small module of the tests' own in the place of the shipped ones, and how its exam is taken."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import time_machine
from flask import Flask
from flask.testing import FlaskClient

from server.core import clock
from server.people.courses import catalogue
from server.people.courses.module import Module
from tests.conftest import People
from tests.modules import flag, items, match
from tests.modules import write as write_module

SMALL = "/training/small"
PROMISES = [str(at) for at in range(5)]


def teach_small(app: Flask, folder: Path) -> Path:
    """Put the small module in place: a word that must not leak stands in every explanation."""
    module = write_module(folder / "modules" / "small", bank=items(match(20), *map(flag, range(21, 24))))
    app.config["TRAINING_MODULES"] = str(module.parent)
    return module


def small_module() -> Module:
    """The small module."""
    return catalogue.modules()["small"]


def places(page: str, wanted: str = "right") -> list[str]:
    """What to send from a question's page: its right answer, a wrong one, or "I cannot tell"."""
    texts = re.findall(r'<input type="(?:radio|checkbox)" name="choice" value="(\d)"[^>]*> <span>([^<]+)', page)
    if texts:
        return [next(place for place, text in texts if text.startswith(wanted))]
    options = {text: place for place, text in re.findall(r'<option value="(\d)">([^<]+)', page)}
    lefts = re.findall(r'<label for="pair-\d">left (\w+)', page)
    return [options[f"right {lefts[0] if wanted == 'wrong' else left}"] for left in lefts]


def read_lesson(client: FlaskClient, name: str) -> Any:
    """Read a lesson of the small module, in its time, answer its question, and go on; where to."""
    page = client.get(f"{SMALL}/{name}").text
    hidden = dict(re.findall(r'<input type="hidden" name="(question|asked|lesson|opened)" value="([^"]*)"', page))
    client.post(f"{SMALL}/practice", data=hidden | {"choice": places(page)})
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        return client.post(f"{SMALL}/{name}", data={"opened": hidden["opened"]})


def take_exam(client: FlaskClient, *, wrong: int = 0, unsure: int = 0) -> list[str]:
    """Answer a whole exam, or whichever is due, to its end; the pages shown before each answer."""
    seen: list[str] = []
    assert client.post(f"{SMALL}/exam").status_code == 302
    while not seen or len(seen) < int(re.search(r"Question \d+ of (\d+)", seen[-1])[1]):  # type: ignore[index]
        number = len(seen) + 1
        page = client.get(f"{SMALL}/exam/{number}").text
        seen.append(page)
        if unsure and "I cannot tell" in page:
            wanted, unsure = "I cannot tell", unsure - 1
        elif wrong:
            wanted, wrong = "wrong", wrong - 1
        else:
            wanted = "right"
        answered = client.post(f"{SMALL}/exam/{number}", data={"choice": places(page, wanted)})
        assert answered.status_code == 302
        assert answered.location.endswith(f"/exam/{number}#answered")
    return seen


def sign(client: FlaskClient, name: str = "Ben Okoro", **changes: Any) -> Any:
    """Sign the agreement as the page shows it."""
    page = client.get("/training/agreement").text
    version = re.search(r'name="version"[^>]* value="(\w+)"', page)
    data = {"promises": PROMISES, "name": name, "version": version[1] if version else ""}
    return client.post("/training/agreement", data=data | changes)


def learn(people: People, who: str = "ben") -> FlaskClient:
    """This person passes the exam and signs; their browser."""
    client = people.browser(who)
    take_exam(client)
    assert sign(client).status_code == 302
    return client
