"""What somebody reads on a fetched page, and what it says of itself. Pure.

Scripts, styles, templates and what is marked as hidden are left out: pages carry the words for every case in their code, and
a live ad's scripts hold "this ad is no longer available". Every step goes forward, whatever the page holds.
"""

import json
import re
from dataclasses import dataclass, field
from html import unescape
from itertools import islice
from typing import Any

_UNSEEN = frozenset(("script", "style", "template", "noscript", "object", "svg", "dialog", "iframe", "select"))
_RAW = frozenset(("script", "style"))
_VOID = frozenset(
    ("area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr")
)
_INLINE = frozenset(("a", "abbr", "b", "bdi", "em", "font", "i", "mark", "small", "span", "strong", "sub", "sup", "u"))
_CLOSES_ITSELF = frozenset(("p", "li", "dt", "dd", "tr", "td", "th", "option"))  # before the next of its kind
_HEADING = re.compile(r"h[1-3]\Z")
_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]{0,20}|[!?])")
_ATTRIBUTE = re.compile(r"""([a-zA-Z][\w:-]{0,30})\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)""")
_HIDDEN = re.compile(
    r"""\s(?:hidden(?=[\s>=/])|aria-hidden\s*=\s*["']?true|style\s*=\s*["'][^"']*display\s*:\s*none)""", re.IGNORECASE
)
_LONGEST_TAG = 4000  # characters of it that are looked at
_MOST_OPEN = 200  # elements inside each other; what is deeper counts as inside the last one
_MOST_LINES = 20_000
_MOST_OF_DATA = 400_000  # characters of one block of structured data
_MOST_PARTS = 2000  # of structured data that are looked through


@dataclass(slots=True)
class PageText:
    """What a page shows. `headings`: of the first three ranks, in order. `data`: parts of its schema.org data."""

    title: str = ""
    headings: list[str] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    metas: dict[str, str] = field(default_factory=dict)  # by name or property, in lower case; the first of each
    canonical: str = ""
    refresh: str = ""  # where it sends the reader on by itself
    asks_password: bool = False
    data: list[dict[str, Any]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that is read, a block in each line."""
        return "\n".join(self.lines)


def read_page(html: str) -> PageText:
    """Read a page."""
    page = PageText()
    reader, at = _Reader(page), 0
    while (start := html.find("<", at)) >= 0:
        reader.words(html[at:start])
        if html.startswith("<!--", start):
            end = html.find("-->", start)
            at = end + 3
        elif tag := _TAG.match(html, start):
            end = html.find(">", start)
            at = end + 1
        else:
            reader.words("<")
            at = start + 1
            continue
        if end < 0:
            break
        if html.startswith("<!--", start):
            continue
        name, written = tag[2].lower(), html[start : min(at, start + _LONGEST_TAG)]  # type: ignore[index]
        if tag[1]:  # type: ignore[index]
            reader.end(name)
            continue
        reader.start(name, written)
        if name in _RAW:
            close = re.compile(f"</{name}", re.IGNORECASE).search(html, at)
            if close is None:
                break
            if name == "script" and "ld+json" in written.lower():
                page.data += _parts(html[at : min(close.start(), at + _MOST_OF_DATA)])
            at = close.start()
    else:
        reader.words(html[at:])
    reader.flush()
    return page


_CHARSET = re.compile(r"""charset\s*=\s*["']?([\w.:-]{3,40})""", re.IGNORECASE)
_CHARSETS = re.compile(
    r"utf-?8|iso-?8859-\d+|latin-?\d|windows-\d+|cp\d+|gb(?:k|2312|18030)|big5.*|shift[_-]?jis|sjis|euc-\w+|koi8-\w|tis-620|iso-2022-jp",
    re.IGNORECASE,
)


def decoded(body: bytes, content_type: str) -> str:
    """The characters of a page, in the encoding that its header or its first bytes name; UTF-8 where they name none."""
    named = _CHARSET.search(content_type) or _CHARSET.search(body[:2048].decode("latin-1"))
    charset = named[1] if named and _CHARSETS.fullmatch(named[1]) else "utf-8"
    try:
        return body.decode(charset, "replace")
    except LookupError:
        return body.decode("utf-8", "replace")


class _Reader:
    def __init__(self, page: PageText) -> None:
        self.page = page
        self.open: list[tuple[str, bool]] = []  # name, whether it is unseen
        self.line: list[str] = []
        self.heading: list[str] | None = None
        self.in_title = False

    def start(self, name: str, written: str) -> None:
        if name in ("meta", "link", "input"):
            self._note(name, {key.lower(): unescape(value.strip("\"'")) for key, value in _ATTRIBUTE.findall(written)})
        if name not in _INLINE:
            self.flush()
        if name == "title" and not self.page.title and not self._unseen:
            self.in_title = True
        if name in _CLOSES_ITSELF and self.open and self.open[-1][0] == name:
            self.open.pop()
        if _HEADING.match(name):
            self.heading = []
        if name not in _VOID and not written.endswith("/>") and len(self.open) < _MOST_OPEN:
            self.open.append((name, self._unseen or name in _UNSEEN or bool(_HIDDEN.search(written))))

    def end(self, name: str) -> None:
        if name not in _INLINE:
            self.flush()
        if _HEADING.match(name) and self.heading is not None:
            if words := " ".join(" ".join(self.heading).split()):
                self.page.headings.append(words)
            self.heading = None
        for place in range(len(self.open) - 1, -1, -1):
            if self.open[place][0] == name:
                del self.open[place:]
                break

    @property
    def _unseen(self) -> bool:
        return bool(self.open) and self.open[-1][1]

    def words(self, text: str) -> None:
        if text and not self._unseen:
            self.line.append(unescape(text))

    def flush(self) -> None:
        words = " ".join("".join(self.line).split())
        self.line = []
        if self.in_title:
            self.page.title, self.in_title = words, False
        elif words:
            if self.heading is not None:
                self.heading.append(words)
            if len(self.page.lines) < _MOST_LINES:
                self.page.lines.append(words)

    def _note(self, name: str, said: dict[str, str]) -> None:
        if name == "input":
            self.page.asks_password = self.page.asks_password or said.get("type", "").lower() == "password"
        elif name == "link":
            if said.get("rel", "").lower() == "canonical":
                self.page.canonical = self.page.canonical or said.get("href", "")
        elif said.get("http-equiv", "").lower() == "refresh":
            self.page.refresh = self.page.refresh or said.get("content", "").partition("=")[2].strip("'\" ")
        elif key := said.get("property") or said.get("name") or said.get("itemprop"):
            self.page.metas.setdefault(key.lower(), said.get("content", ""))


def _parts(text: str) -> list[dict[str, Any]]:
    """The objects in a block of structured data, the outer ones first."""
    try:
        waiting = [json.loads(text)]
    except (ValueError, RecursionError):
        return []
    found: list[dict[str, Any]] = []
    for part in islice(_walk(waiting), _MOST_PARTS):
        if isinstance(part, dict):
            found.append(part)
    return found


def _walk(waiting: list[Any]) -> Any:
    at = 0
    while at < len(waiting):
        part = waiting[at]
        at += 1
        yield part
        inner = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
        waiting.extend(each for each in inner if isinstance(each, dict | list))
