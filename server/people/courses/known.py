"""The known listings of the practice lane, read and checked. Pure, save that it reads the file it is given.

`known-listings.yaml` stands beside the modules; `training_modules/README.md` describes its format. Truth, marks and
explanation are for after the answer.
"""

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from server.core import wording
from server.people.courses import markdown
from server.people.courses.markdown import Ad
from server.people.courses.yaml_lines import Invalid, Located, Reader

NAME = "known-listings.yaml"
FEWEST = 30  # a lane that begins again would be learnt by heart
TRUTHS = ("flag", "innocent")
FEWEST_OF_TRUTH = 0.4  # of all; else the habit of one answer would be right
SLUG = re.compile(r"[a-z][a-z0-9-]{2,63}")


@dataclass(frozen=True, slots=True)
class Known:
    """One invented listing whose answer is known.

    `difficulty`: the share of people expected to get it wrong, 0 to 1, until their answers say it better. `lesson`
    (module/lesson) holds the facts that the explanation (clean HTML) rests on, with their dated sources.
    """

    name: str
    truth: str
    group: str
    difficulty: float
    lesson: str
    ad: Ad
    explanation: str


def load(path: Path, lessons: Collection[str] | None = None) -> dict[str, Known]:
    """The known listings at `path` by name. Raises Invalid with every problem, by file and line.

    `lessons`: every module/lesson that there is; None: the modules are another folder's, and no lesson is looked for.
    """
    reader = Reader(path.name)
    top = reader.load(path.read_text(encoding="utf-8"))
    reader.known(top, "listings")
    listings = [_known(item, lessons, reader) for item in reader.mappings(top, "listings")]
    if len(listings) < FEWEST:
        reader.note(1, f"the lane needs at least {FEWEST} listings, here are {len(listings)}")
    truths = Counter(listing.truth for listing in listings)
    for truth in TRUTHS:
        if truths[truth] < FEWEST_OF_TRUTH * len(listings):
            reader.note(1, f"only {truths[truth]} of {len(listings)} are {truth}: at least two in five should be")
    for name, count in Counter(listing.name for listing in listings).items():
        if count > 1:
            reader.note(1, f"{count} listings are named {name}")
    if reader.problems:
        raise Invalid(reader.problems)
    return {listing.name: listing for listing in listings}


def _known(item: Located, lessons: Collection[str] | None, reader: Reader) -> Known:
    reader.known(item, "name", "truth", "group", "wrong_of_100", "lesson", "ad", "explanation")
    name = reader.text(item, "name")
    if name and not SLUG.fullmatch(name):
        reader.note(item.lines["name"], f"{name} is no name: small letters, figures and hyphens")
    truth, group, where = (reader.text(item, key) for key in ("truth", "group", "lesson"))
    for key, value, possible in (("truth", truth, TRUTHS), ("group", group, tuple(wording.GROUP))):
        if value and value not in possible:
            reader.note(item.lines[key], f"{key} must be one of {', '.join(possible)}")
    if where and lessons is not None and where not in lessons:
        reader.note(item.lines["lesson"], f"there is no lesson {where}; write module/lesson")
    wrong = reader.number(item, "wrong_of_100")
    if wrong > 99:
        reader.note(item.lines["wrong_of_100"], "wrong_of_100 must be below 100")
    shown = item.get("ad")
    if not isinstance(shown, Located):
        reader.note(item.line, f"{name} needs an ad")
        shown = Located(title="-", text="-")
    ad = markdown.ad(shown, reader)
    if ad.picture:  # a drawing would tell a known listing from a live one at a glance
        reader.note(shown.lines["picture"], "a known listing shows words alone")
    if not ad.kinds:
        reader.note(shown.line, f"{name}: nothing is marked, so nothing could be shown after the answer")
    return Known(name, truth, group, wrong / 100, where, ad, markdown.html(reader.text(item, "explanation")))
