"""The gallery's contents for the practice lane and for skill; invented, save the known listings, which are the shipped ones."""

from functools import cache
from typing import Any

from server.core import wording
from server.pages.skill.forms import LaneForm, PictureForm
from server.people.courses import catalogue, known, pictured
from server.people.skill.lane import Finding, Kind, Said
from server.people.skill.steps import Difficulty
from server.reads.picture_lane import PictureItem
from server.reads.practice_lane import LaneItem
from tests import loaded_pictures
from tests.browser.gallery_desk import ARABIC, LONG, NOW, Thing, blank, wrong


@cache
def listing(name: str) -> known.Known:
    """A shipped known listing."""
    return known.load(catalogue.CONTENT / known.NAME)[name]


def item(name: str = "", **more: Any) -> LaneItem:
    """A listing before it is judged."""
    ad = listing(name or "ball-python-pied").ad
    return LaneItem(
        **(
            {"token": "0" * 32, "kind": Kind.KNOWN, "key": "x", "title": ad.title, "text": ad.text, "price": ad.price}
            | more
        )
    )


def picture(**more: Any) -> PictureItem:
    """A picture before it is judged."""
    entry = loaded_pictures.entry(**more) | {"dated": "2024-05-01"}
    return PictureItem("0" * 32, pictured.kept(entry), Difficulty.MEDIUM, 12)


def offered(item: PictureItem, **more: Any) -> Any:
    """The form with the choices of a picture."""
    form = blank(PictureForm, **more)
    form.offer(item)
    return form


def known_row(name: str, right: int, wrong: int, unsure: int, learnt: float, finding: Finding | None) -> dict[str, Any]:
    """A known listing beside its answers."""
    lesson = {"url": "/training/live-animals/reptiles", "title": "Snakes, lizards and small things"}
    return {"listing": listing(name), "right": right, "wrong": wrong, "unsure": unsure, "answers": right + wrong + unsure,
            "learnt": learnt, "finding": finding, "lesson": lesson}  # fmt: skip


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    ana = Thing(name="Kestrel", role="spotter", email="ana@example.org")
    lane = {"gate": None, "item": item(), "form": blank(LaneForm), "typed": [], "trusted": True, "me": ana}
    gate = Thing(standing="lapsed", lessons_left=3, minutes_left=4, left="training", asked=None, until=NOW)
    lesson = {"url": "/training/live-animals/reptiles", "title": "Snakes, lizards and small things"}
    right = {"said": Said.INNOCENT, "right": True, "why": "", "at": NOW, "live": False, "known": listing("ball-python-pied"), "lesson": lesson}  # fmt: skip
    live = right | {"said": Said.CANNOT_TELL, "right": None, "live": True, "known": None, "why": LONG, "title": ARABIC, "text": LONG, "price": ""}  # fmt: skip
    row = {"name": "In all", "judged": 24, "mean": 81, "low": 72, "high": 90}
    judged = {"outcome": "gold_right", "phrase": wording.JUDGED["gold_right"], "at": NOW, "title": LONG, "group": "bird", "lesson": lesson, "url": "/lane/x"}  # fmt: skip
    how = {"level": "probation", "still": 4, "now": row, "groups": [row | {"name": "Birds"}], "validated": 3, "judged": [judged, judged | {"title": ARABIC}], "step_down": Thing(at=NOW, why="By the rules."), "proposal": None}  # fmt: skip
    cora = Thing(name="Cora", role="coordinator", email="cora@example.org")
    rows = [known_row("claw-pendant-gold", 0, 14, 2, 0.68, Finding.ALL_WRONG), known_row("goffins-open-rings", 3, 21, 0, 0.81, Finding.MOST_WRONG),
            known_row("crochet-hooks-bone", 5, 1, 12, 0.19, Finding.UNSURE), known_row("ball-python-pied", 140, 0, 3, 0.01, Finding.ALL_RIGHT),
            known_row("card-case-cattle-bone", 12, 6, 1, 0.31, None), known_row("tigers-eye-beads", 2, 0, 0, 0.05, None),
            known_row("river-puppies", 0, 0, 0, 0.2, None)]  # fmt: skip
    bands = [{"low": 20 * at, "high": 20 * at + 20, "guessed": (20, 24, 5, 0, 0)[at], "learnt": (23, 14, 7, 3, 2)[at]} for at in range(5)]  # fmt: skip
    known_ = {"rows": rows, "count": 49, "answers": 222, "silent": 9, "findings": {"all_wrong": 1, "most_wrong": 1, "unsure": 1, "all_right": 1}, "bands": bands,
              "enough": 10, "guess_weighs": 8, "page": 1, "first_url": None, "next_url": "#", "me": cora}  # fmt: skip
    ad = {"title": "Old disc, ox bone, never used", "text": "Crossed lines at the end, so fine. Insured post to any country.", "price": "€ 490",
          "marks": {"taxon": ["Crossed lines at the end"], "trade": ["Insured post to any country"]}}  # fmt: skip
    what, flag = (
        picture(),
        picture(choices=None, right="flag", ad=ad, author="the programme of Cyber Spotter (rendered)", licence="own"),
    )
    drawn = PictureItem("0" * 32, catalogue.pictures()["comb-on-sheet"], Difficulty.MEDIUM, 12)
    long = picture(
        author=LONG,
        choices={
            "ivory": LONG[:100],
            "bone": "Bone, horn, antler or anything else that grew on a skull",
            "nut": "A nut",
            "resin": "Resin",
        },
        alt=LONG,
    )
    veil = {
        "id": "0" * 32,
        "caption": "",
        "blurred_url": "/picture/blurred.svg",
        "clear_url": "/picture/clear.svg",
        "ready": True,
        "looked": True,
    }
    lane_ = {"gate": None, "item": what, "form": offered(what), "veil": veil, "there": True, "me": ana}
    told = {"said": "ivory", "right": True, "at": NOW, "item": what, "lesson": lesson}
    return {
        "pictures": ("skill/pictures.html", lane_ | {"veil": veil | {"looked": False}}),
        "pictures-ad": ("skill/pictures.html", lane_ | {"item": flag, "form": offered(flag)}),
        "pictures-drawn": ("skill/pictures.html", lane_ | {"item": drawn, "form": offered(drawn), "veil": veil | {"clear_url": f"/training/picture-lane/pictures/{drawn.picture.file}"}}),
        "pictures-wrong": ("skill/pictures.html", lane_ | {"form": wrong(offered(what), said="Choose an answer first.")}),
        "pictures-long": ("skill/pictures.html", lane_ | {"item": long, "form": offered(long)}),
        "pictures-empty": ("skill/pictures.html", lane_ | {"item": None, "there": False}),
        "pictures-done": ("skill/pictures.html", lane_ | {"item": None}),
        "pictures-gate": ("skill/pictures.html", lane_ | {"item": None, "gate": gate}),
        "picture-right": ("skill/picture_answered.html", {"answer": told, "veil": veil, "me": ana}),
        "picture-not-quite": ("skill/picture_answered.html", {"answer": told | {"item": flag, "said": "innocent", "right": False}, "veil": veil, "me": ana}),
        "picture-unsure": ("skill/picture_answered.html", {"answer": told | {"item": long, "said": "cannot_tell", "right": None}, "veil": veil, "me": ana}),
        "picture-gone": ("skill/picture_answered.html", {"answer": told | {"item": None, "lesson": None}, "veil": None, "me": ana}),
        "people-known": ("skill/known.html", known_),
        "people-known-new": ("skill/known.html", known_ | {"rows": [row | {"right": 0, "wrong": 0, "unsure": 0, "answers": 0, "finding": None, "lesson": None} for row in rows], "answers": 0, "silent": 49, "findings": {}}),
        "people-known-none": ("skill/known.html", known_ | {"rows": [], "count": 0}),
        "skill": ("skill/mine.html", {"skill": how, "words": [Thing(text="zazzle chicks", language="en", decided_at=NOW)], "me": ana}),
        "skill-none": ("skill/mine.html", {"skill": how | {"groups": [], "judged": [], "validated": 0, "step_down": None, "now": row | {"judged": 0, "mean": 50, "low": 20, "high": 80}}, "words": [], "me": ana}),
        "lane": ("skill/lane.html", lane),
        "lane-wrong": ("skill/lane.html", lane | {"form": wrong(blank(LaneForm, why=LONG), said="Choose an answer first.")}),
        "lane-hard": ("skill/lane.html", lane | {"item": item(title=LONG, text="x" * 900 + " " + ARABIC, price="")}),
        "lane-none": ("skill/lane.html", lane | {"item": None, "trusted": False}),
        "lane-late": ("skill/lane.html", lane | {"typed": [LONG]}),
        "lane-gate": ("skill/lane.html", lane | {"item": None, "gate": gate}),
        "lane-right": ("skill/answered.html", {"answer": right, "me": ana}),
        "lane-not-quite": ("skill/answered.html", {"answer": right | {"said": Said.FLAG, "right": False, "why": "Pythons are listed.", "known": listing("goffins-open-rings")}, "me": ana}),
        "lane-live": ("skill/answered.html", {"answer": live, "me": ana}),
        "lane-gone": ("skill/answered.html", {"answer": right | {"known": None, "lesson": None}, "me": ana}),
    }  # fmt: skip
