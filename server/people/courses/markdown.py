"""A module's Markdown as lessons of prose, pictures and simulated ads. Pure.

Each `## Title {#name}` begins a lesson: one idea, one screen. A paragraph of pictures alone is a figure, and a fenced
block marked `ad` holds a simulated ad in YAML. Raw HTML in the source is shown as text, and what is rendered is
cleaned once more.
"""

import re
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token

from server.people.courses.yaml_lines import Located, Reader

_markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
# The library fills its tables for addresses at the first link it meets, and a second thread that reads meanwhile fails.
_markdown.render("[a](https://lessons.test/é) ![a](é.svg)")
_TAGS = {"p", "h3", "ul", "ol", "li", "strong", "em", "blockquote", "a", "code", "br", "hr"}
_TAGS |= {"table", "thead", "tbody", "tr", "th", "td"}
_HEADING = re.compile(r"(?P<title>.+?)\s*\{#(?P<name>[a-z][a-z0-9-]*)\}")
_WORDS_A_MINUTE = 180  # unhurried, for people who may read in a second language
KINDS_OF_MARK = ("taxon", "trade", "against")  # what it is, how it is hidden, what speaks against a flag


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the module's folder. `head` is the bold beginning of its caption."""

    file: str
    alt: str
    head: str
    caption: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A run of ad text, and what it speaks of: "" for nothing, else one of `KINDS_OF_MARK`."""

    text: str
    kind: str


@dataclass(frozen=True, slots=True)
class Ad:
    """A simulated ad, made for a lesson or a question. `seen` repeats its words with what matters marked."""

    title: str
    text: str
    price: str
    picture: Picture | None
    seen_title: tuple[Mark, ...]
    seen_text: tuple[Mark, ...]
    kinds: tuple[str, ...]


Block = str | tuple[Picture, ...] | Ad


@dataclass(frozen=True, slots=True)
class Lesson:
    """One screen of a lesson. A `str` block is clean HTML."""

    name: str
    title: str
    blocks: tuple[Block, ...]
    minutes: float
    words: int
    line: int = field(default=1, compare=False)  # in its file's body

    @property
    def pictures(self) -> tuple[Picture, ...]:
        """Every picture shown in it."""
        pictures: list[Picture] = []
        for block in self.blocks:
            if isinstance(block, tuple):
                pictures += block
            elif isinstance(block, Ad) and block.picture:
                pictures.append(block.picture)
        return tuple(pictures)


def html(text: str) -> str:
    """A short Markdown text, such as an explanation, as clean HTML."""
    return _clean(_markdown.render(text))


def read(body: str, reader: Reader) -> tuple[Lesson, ...]:
    """The lessons of `body`. What is wrong goes to `reader`, whose offset says where the body begins."""
    lessons: list[Lesson] = []
    tokens = _markdown.parse(body)
    starts = [at for at, token in enumerate(tokens) if token.type == "heading_open" and token.tag == "h2"]
    if tokens and starts[:1] != [0]:
        reader.note(_line(tokens[0]), "text before the first lesson; begin with ## Title {#name}")
    for start, end in pairwise([*starts, len(tokens)]):
        heading, line = tokens[start + 1].content, _line(tokens[start])
        matched = _HEADING.fullmatch(heading)
        if not matched:
            reader.note(line, f"the lesson “{heading}” needs a name: ## {heading} {{#name}}")
            continue
        inside = tokens[start + 3 : end]
        if not inside:
            reader.note(line, f"the lesson {matched['name']} is empty")
        words = sum(len(token.content.split()) for token in inside if token.type in ("inline", "fence"))
        blocks = _blocks(inside, reader)
        looking = 0.25 * sum(not isinstance(block, str) for block in blocks)
        minutes = words / _WORDS_A_MINUTE + looking
        if any(lesson.name == matched["name"] for lesson in lessons):
            reader.note(line, f"two lessons are named {matched['name']}")
        lessons.append(Lesson(matched["name"], matched["title"], blocks, minutes, words, line))
    return tuple(lessons)


def ad(mapping: Located, reader: Reader) -> Ad:
    """A simulated ad from its YAML: title, text, price, picture, alt, and `marks` by kind."""
    reader.known(mapping, "title", "text", "price", "picture", "alt", "marks")
    title = reader.text(mapping, "title")
    # Not split(): no-break spaces of a language's typography are part of its words.
    text = re.sub(r"[ \t\n]+", " ", reader.text(mapping, "text")).strip(" ")
    picture = None
    if file := reader.text(mapping, "picture", needed=False):
        picture = Picture(file, reader.text(mapping, "alt"), "", "")
    phrases: dict[str, str] = {}
    marks = mapping.get("marks")
    if isinstance(marks, Located):
        reader.known(marks, *KINDS_OF_MARK)
        for kind in KINDS_OF_MARK:
            for phrase in reader.words(marks, kind, needed=False):
                if phrase not in title and phrase not in text:
                    reader.note(marks.lines[kind], f"the words “{phrase}” are marked but do not stand in the ad")
                phrases[phrase] = kind
    elif marks is not None:
        reader.note(mapping.lines["marks"], "marks must be lists of words under taxon, trade or against")
    kinds = tuple(kind for kind in KINDS_OF_MARK if kind in phrases.values())
    price = reader.text(mapping, "price", needed=False)
    return Ad(title, text, price, picture, _marked(title, phrases), _marked(text, phrases), kinds)


def _marked(text: str, phrases: dict[str, str]) -> tuple[Mark, ...]:
    if not phrases:
        return (Mark(text, ""),)
    longest_first = sorted(phrases, key=len, reverse=True)
    parts = re.split(f"({'|'.join(map(re.escape, longest_first))})", text)
    return tuple(Mark(part, phrases.get(part, "")) for part in parts if part)


def _blocks(tokens: list[Token], reader: Reader) -> tuple[Block, ...]:
    blocks: list[Block] = []
    prose: list[Token] = []

    def end_of_prose() -> None:
        if prose:
            blocks.append(_clean(_markdown.renderer.render(prose, _markdown.options, {})))
            prose.clear()

    at = 0
    while at < len(tokens):
        token = tokens[at]
        if token.type == "fence" and token.info.strip() == "ad":
            end_of_prose()
            inner = Reader(reader.file, reader.offset + _line(token))
            blocks.append(ad(inner.load(token.content), inner))
            reader.problems += inner.problems
        elif token.type == "paragraph_open" and (pictures := _figure(tokens[at + 1])):
            end_of_prose()
            blocks.append(pictures)
            at += 2
        else:
            if token.type == "heading_open" and token.tag != "h3":
                reader.note(_line(token), "inside a lesson only ### headings are possible")
            if any(child.type == "image" for child in token.children or ()):
                reader.note(_line(token), "a picture must stand in a paragraph of its own")
            prose.append(token)
        at += 1
    end_of_prose()
    return tuple(blocks)


def _figure(inline: Token) -> tuple[Picture, ...]:
    children = inline.children or []
    if not children or any(child.type not in ("image", "softbreak") for child in children):
        return ()
    return tuple(_picture(child) for child in children if child.type == "image")


def _picture(token: Token) -> Picture:
    title = str(token.attrs.get("title", ""))
    head, bar, caption = title.partition(" | ")
    return Picture(str(token.attrs["src"]), token.content, head if bar else "", caption if bar else head)


def _line(token: Token) -> int:
    return (token.map[0] if token.map else 0) + 1


def _clean(rendered: str) -> str:
    attributes: dict[str, Any] = {"a": {"href"}, "th": {"style"}, "td": {"style"}}
    return nh3.clean(rendered, tags=_TAGS, attributes=attributes, url_schemes={"https"}, link_rel="noopener noreferrer",
                     filter_style_properties={"text-align"})  # fmt: skip
