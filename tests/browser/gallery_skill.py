"""The gallery's contents for the practice lane and for skill; invented, save the known listings, which are the shipped ones."""

from functools import cache
from typing import Any

from server.courses import known, shelf
from server.overview.lane import Item
from server.skill.forms import LaneForm
from server.skill.lane import Kind, Said
from tests.browser.gallery_desk import ARABIC, LONG, NOW, Thing, blank, wrong


@cache
def listing(name: str) -> known.Known:
    """A shipped known listing."""
    return known.load(shelf.CONTENT / known.NAME)[name]


def item(name: str = "", **more: Any) -> Item:
    """A listing before it is judged."""
    ad = listing(name or "ball-python-pied").ad
    return Item(
        **(
            {"token": "0" * 32, "kind": Kind.KNOWN, "key": "x", "title": ad.title, "text": ad.text, "price": ad.price}
            | more
        )
    )


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    ana = Thing(name="Kestrel", role="spotter", email="ana@example.org")
    lane = {"gate": None, "item": item(), "form": blank(LaneForm), "trusted": True, "me": ana}
    gate = Thing(standing="none", parts_left=3, waiting=False, unsigned=False, asked=None)
    lesson = {"url": "/training/live-animals/reptiles", "title": "Snakes, lizards and small things"}
    right = {"said": Said.INNOCENT, "right": True, "why": "", "at": NOW, "live": False, "known": listing("ball-python-pied"), "lesson": lesson}  # fmt: skip
    live = right | {"said": Said.CANNOT_TELL, "right": None, "live": True, "known": None, "why": LONG, "title": ARABIC, "text": LONG, "price": ""}  # fmt: skip
    return {
        "lane": ("skill/lane.html", lane),
        "lane-wrong": ("skill/lane.html", lane | {"form": wrong(blank(LaneForm, why=LONG), said="Choose an answer first.")}),
        "lane-hard": ("skill/lane.html", lane | {"item": item(title=LONG, text="x" * 900 + " " + ARABIC, price="")}),
        "lane-none": ("skill/lane.html", lane | {"item": None, "trusted": False}),
        "lane-gate": ("skill/lane.html", lane | {"item": None, "gate": gate}),
        "lane-right": ("skill/answered.html", {"given": right, "me": ana}),
        "lane-not-quite": ("skill/answered.html", {"given": right | {"said": Said.FLAG, "right": False, "why": "Pythons are listed.", "known": listing("goffins-open-rings")}, "me": ana}),
        "lane-live": ("skill/answered.html", {"given": live, "me": ana}),
        "lane-gone": ("skill/answered.html", {"given": right | {"known": None, "lesson": None}, "me": ana}),
    }  # fmt: skip
