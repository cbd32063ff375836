"""Learning through the pages: a lesson in its time with its question, an exam question by question, the agreement."""

import re

from tests.programme.world import World
from tests.small_module import PROMISES, places

HIDDEN = re.compile(r'<input type="hidden" name="(question|asked|lesson|opened)" value="([^"]*)"')


def read_lesson(world: World, address: str, slug: str, name: str) -> None:
    """Open a lesson, answer its question, and go on after a minute."""
    page = world.get(address, f"/training/{slug}/{name}")
    hidden = dict(HIDDEN.findall(page))
    if "question" in hidden:
        world.post(address, f"/training/{slug}/practice", **hidden, choice=places(page))
    world.hand.shift(60)
    world.post(address, f"/training/{slug}/{name}", opened=hidden.get("opened", ""))


def sit_exam(world: World, address: str, slug: str, *, fail: bool = False) -> bool:
    """Sit whichever exam of a module is due, to its end; whether one could be begun."""
    begun = world.post(address, f"/training/{slug}/exam")
    if begun.status_code != 302:
        return False
    number, of = int(begun.location.rpartition("/")[2]), 0
    while not of or number <= of:
        page = world.get(address, f"/training/{slug}/exam/{number}")
        asked = re.search(r"Question \d+ of (\d+)", page)
        assert asked, page[:1500]
        of = int(asked[1])
        world.post(address, f"/training/{slug}/exam/{number}", choice=places(page, "wrong" if fail else "right"))
        number += 1
    return True


def sign(world: World, address: str, name: str) -> None:
    """Sign the agreement as the page shows it."""
    page = world.get(address, "/training/agreement")
    version = re.search(r'name="version"[^>]* value="(\w+)"', page)
    if version:
        answer = world.post(address, "/training/agreement", promises=PROMISES, name=name, version=version[1])
        assert answer.status_code == 302, answer.text[:1500]
