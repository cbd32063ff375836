"""A page read aloud: what Chromium tells a screen reader, in its order, and where each phrase stands."""

import unicodedata
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from selenium.webdriver.chrome.webdriver import WebDriver

CONTROLS = {
    "link",
    "button",
    "radio",
    "checkbox",
    "combobox",
    "textbox",
    "searchbox",
    "DisclosureTriangle",
    "progressbar",
}
NAMED = CONTROLS | {"heading", "image", "img", "navigation", "complementary"}


@dataclass(frozen=True)
class Spoken:
    """A part of the page as it is announced. `around`: the names of the groups it lies in, outermost first."""

    role: str
    name: str
    about: dict[str, Any]
    around: tuple[str, ...]
    node: int = 0
    inside: tuple[str, ...] = ()


def spoken(driver: WebDriver) -> list[Spoken]:
    """Everything on the page that is announced, in its order."""
    nodes = driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    by_id = {node["nodeId"]: node for node in nodes}
    heard: list[Spoken] = []

    def walk(node: dict[str, Any], around: tuple[str, ...], inside: tuple[str, ...]) -> None:
        role, name = node["role"]["value"], str(node.get("name", {}).get("value", "")).strip()
        if not node["ignored"]:
            about = {each["name"]: each["value"].get("value") for each in node.get("properties", [])}
            heard.append(Spoken(role, name, about, around, node.get("backendDOMNodeId", 0), inside))
            inside = (*inside, f"{role} {node['nodeId']}")
        inner = (*around, name) if role == "group" and not node["ignored"] else around
        for child in node.get("childIds", []):
            walk(by_id[child], inner, inside)

    walk(nodes[0], (), ())
    return heard


def check(driver: WebDriver) -> list[Spoken]:
    """What holds on every page; then what was heard."""
    heard, where = spoken(driver), driver.current_url
    nameless = [each for each in heard if each.role in NAMED and not each.name]
    assert nameless == [], where
    levels = [each.about["level"] for each in heard if each.role == "heading"]
    assert levels[0] == 1 and levels.count(1) == 1, f"{where}: one first heading, and it comes first"
    assert all(later <= before + 1 for before, later in pairwise(levels)), (where, levels)
    assert [each.role for each in heard].count("main") == 1, where
    first = next(each for each in heard if each.role in CONTROLS)
    assert (first.role, first.name) == ("link", "Skip to main content"), where
    assert driver.execute_script("return document.documentElement.lang") == "en"
    return heard


def amiss(driver: WebDriver) -> list[str]:
    """What a listener would stumble over: a link said twice, another order than is seen, a table without headers.

    What sticks to the window's edge, scrolls by itself or is cut short is laid out in full for that, and stays so. A figure's
    label is said before the number, which stands over it.
    """
    driver.execute_script(LAID_OUT)
    heard = check(driver)
    driver.execute_script(FOR_EARS_ALONE)
    return [*_said_twice(heard), *_bare_tables(heard), *_out_of_order(heard, _lines(driver))]


LAID_OUT = """
for (const each of document.querySelectorAll('main, main *')) {
  const { position, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(each);
  if (position === 'sticky') each.style.position = 'static';
  if (overflowY === 'auto' || overflowY === 'scroll') Object.assign(each.style, { maxBlockSize: 'none', blockSize: 'auto', overflow: 'visible' });
  if (textOverflow === 'ellipsis') each.style.whiteSpace = 'normal';
  if (each.matches('.figures > div')) each.style.flexDirection = 'column';
  if (webkitLineClamp !== 'none') Object.assign(each.style, { webkitLineClamp: 'none', maxBlockSize: 'none' });
}
"""
FOR_EARS_ALONE = "for (const each of document.querySelectorAll('.visually-hidden')) each.style.setProperty('display', 'none', 'important')"
ENTRIES = ("listitem", "row", "article", "paragraph")
Box = tuple[float, float, float, float]  # left, top, right, bottom


def _within(each: Spoken, *roles: str) -> str:
    """The innermost part with one of these roles around it, or nothing."""
    return next((part for part in reversed(each.inside) if part.startswith(roles)), "")


def _said_twice(heard: list[Spoken]) -> list[str]:
    """Links that follow each other with one name, in one entry; a picture with the name of the text beside it."""
    links = [each for each in heard if each.role in ("link", "button")]
    texts = [each for each in heard if each.role in ("StaticText", "image") and each.name]
    return [
        f"“{before.name}” is said twice"
        for phrases, role in ((links, "link"), (texts, "image"))
        for before, after in pairwise(phrases)
        if before.name == after.name and "" != _within(before, *ENTRIES) == _within(after, *ENTRIES)
        if (before.role == after.role == "link" if role == "link" else role in (before.role, after.role))
    ]


def _bare_tables(heard: list[Spoken]) -> list[str]:
    tables = {_within(each, "table ") for each in heard} - {""}
    headed = {_within(each, "table ") for each in heard if each.role in ("columnheader", "rowheader")}
    return [f"{table} has no headers" for table in tables if table not in headed]


def _lines(driver: WebDriver) -> dict[int, list[Box]]:
    """Where each node's lines stand, by its number."""
    document = driver.execute_cdp_cmd("DOMSnapshot.captureSnapshot", {"computedStyles": []})["documents"][0]
    layout, numbers = document["layout"], document["nodes"]["backendNodeId"]
    lines: dict[int, list[Box]] = {}
    texts = document["textBoxes"]
    for at, (left, top, width, height) in zip(texts["layoutIndex"], texts["bounds"], strict=True):
        lines.setdefault(numbers[layout["nodeIndex"][at]], []).append((left, top, left + width, top + height))
    for node, (left, top, width, height) in zip(layout["nodeIndex"], layout["bounds"], strict=True):
        lines.setdefault(numbers[node], [(left, top, left + width, top + height)])
    return lines


def _out_of_order(heard: list[Spoken], lines: dict[int, list[Box]]) -> list[str]:
    """A phrase that stands over an earlier one in its column, or before an earlier one in its line.

    A caption is said as its table's name, wherever it stands.
    """
    seen = [
        (each.name, lines[each.node][-1], lines[each.node][0])
        for each in heard
        if each.role in ("StaticText", "image") and each.name and each.node in lines
        if _within(each, "main") and not _within(each, "option", "caption", "Caption")
    ]
    wrong = []
    for place, (name, (left, top, right, bottom), _) in enumerate(seen):
        for other, _, (left_2, top_2, right_2, bottom_2) in seen[place + 1 :]:
            over = bottom_2 <= top + 2 and left_2 < right and left < right_2
            beside = abs(top - top_2) < 4 and abs(bottom - bottom_2) < 8 and right_2 <= left + 1
            if over or (beside and not _reads_leftwards(name + other)):
                wrong.append(
                    f"“{name[:40]}” is said before “{other[:40]}” but stands {'under' if over else 'after'} it"
                )
    return wrong


def _reads_leftwards(text: str) -> bool:
    return any(unicodedata.bidirectional(letter) in ("R", "AL") for letter in text)
