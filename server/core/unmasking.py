"""Words masked by signs: spelled letter by letter, with figures for letters, with signs between them, or run together.

What is read here is a folded view (`core/folding.py`), so the letters' own disguises are off already. Every piece leads
back to where it stood in the original. The time is linear in the length of the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from server.core import folding
from server.core.folding import View

MAX_TOKEN = 60  # characters; a longer unbroken token is an address or noise, no masked word

# Figures and signs read as letters, only where a piece looks masked. The likes of l, i, 1 and | cannot be told apart by
# eye and all become "i": compare with words that went through `skeleton` too.
SKELETON = str.maketrans(
    {
        "0": "o",
        "1": "i",
        "3": "e",
        "4": "a",
        "5": "s",
        "7": "t",
        "8": "b",
        "9": "g",
        "!": "i",
        "|": "i",
        "@": "a",
        "$": "s",
        "l": "i",
    }
)

_SIGN = re.compile(r"[a-z0-9@!|$]")
_SINGLE = re.compile(r"[^a-z0-9@!|$][a-z0-9@!|$](?![a-z0-9@!|$])")
_APART = ',;:/()[]{}"?'  # beside white space, what stands between tokens
_PLAIN = re.compile(r"(?!l[bcdfghjkmnpqrstvwxz])[a-z]+[^a-z0-9]*")  # a word and its full stop: most of a text
_EDGE_START = re.compile(r"^(?:[^a-z0-9@!|$]|[@!|$](?![a-z0-9])|\$(?=[0-9]))+")
_EDGE_END = re.compile(r"[^a-z0-9]+$")
_LETTER = re.compile(r"[a-z]")
_NO_LETTER = re.compile(r"[\W_]+")
_MASK = re.compile(r"[^a-z]")
_FIRST_I = re.compile(r"l[bcdfghjkmnpqrstvwxz]")  # "lvory": a small L that stands for a capital i
# Scripts written without spaces between words: a sign inside a run of them masks, a sentence's comma does not.
_UNSPACED = r"\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_WEDGE = re.compile(
    rf"[^{_UNSPACED}\na-z，。、；：！？,;:!?](?<=[{_UNSPACED}].)[^{_UNSPACED}\na-z]?(?=[{_UNSPACED}])", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of the text that looks masked, unmasked. `tag` says it is a hashtag, where words run together openly;
    `spelled`, that it was single letters in a row."""

    view: View
    tag: bool = False
    spelled: bool = False


def pieces(latin: View) -> Iterator[Piece]:
    """The parts of a Latin view that look masked: spelled letter by letter, with figures or signs inside, or run together."""
    yield from _spelled(latin)
    yield from _tokens(latin)


def unwedged(native: View) -> View | None:
    """A native view without what was wedged between letters of Chinese, Japanese or Thai; None if nothing was."""
    text = native.text
    if text.isascii() or not _WEDGE.search(text):
        return None
    keep: list[int] = []
    last = 0
    for gap in _WEDGE.finditer(text):
        keep.extend(range(last, gap.start()))
        last = gap.end()
    keep.extend(range(last, len(text)))
    return native.part("".join(map(text.__getitem__, keep)), keep)


def skeleton(text: str) -> str:
    """The letters alone of the Latin view, with figures and look-alike strokes made one: what a masked word equals."""
    return letters(folding.latin(text))


def letters(latin: str) -> str:
    """The same of a text in its Latin view."""
    return _NO_LETTER.sub("", latin.translate(SKELETON))


def _spelled(view: View) -> Iterator[Piece]:
    """Runs of four or more single letters with up to three signs between: `i.v.o.r.y`, `i v o r y`, `s.u.n.g t.e`."""
    run: list[int] = []
    for single in _SINGLE.finditer(f" {view.text}"):
        at = single.start()
        if run and (at - run[-1] > 4 or "\n" in view.text[run[-1] : at]):
            if len(run) >= 4:
                yield Piece(_squeezed(view, run), spelled=True)
            run = []
        run.append(at)
    if len(run) >= 4:
        yield Piece(_squeezed(view, run), spelled=True)


def _tokens(view: View) -> Iterator[Piece]:
    """Words with figures or signs inside, and hashtags."""
    last, tokens = 0, view.text
    for sign in _APART:
        tokens = tokens.replace(sign, " ")
    for token in tokens.split():
        if not 5 <= len(token) <= MAX_TOKEN or (token.isalpha() and not (token[0] == "l" and _FIRST_I.match(token))):
            continue
        if not _LETTER.search(token) or _PLAIN.fullmatch(token):
            continue
        offset = view.text.index(token, last)
        while not _whole(view.text, offset, offset + len(token)):
            offset = view.text.index(token, offset + 1)
        last = offset + len(token)
        tag = token[0] == "#"
        edge = _EDGE_START.match(token)
        if edge:
            offset += edge.end()
            token = token[edge.end() :]
        edge = _EDGE_END.search(token)
        if edge:
            token = token[: edge.start()]
        if len(token) < 5 or not _LETTER.search(token):
            continue
        if tag or _MASK.search(token) or _FIRST_I.match(token):
            yield Piece(_squeezed(view, [offset + i for i, c in enumerate(token) if _SIGN.match(c)]), tag=tag)


def _whole(text: str, start: int, end: int) -> bool:
    """Whether a token that starts and ends here is part of no longer one."""
    return all(not char or char in _APART or char.isspace() for char in (text[start - 1 : start], text[end : end + 1]))


def _squeezed(view: View, keep: list[int]) -> View:
    return view.part("".join(map(view.text.__getitem__, keep)).translate(SKELETON), keep)
