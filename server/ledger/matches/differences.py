"""Two texts side by side: which of their words differ. Pure."""

import re
from difflib import SequenceMatcher
from typing import Any

from server.core import folding

MOST = 1500  # words compared of each text: what follows is shown unmarked
# A word; or, in scripts written without spaces, one sign; or one other sign. Spaces go with what they follow.
_WORD = re.compile(rf"(?:[{folding.UNSPACED}]|[^\W{folding.UNSPACED}]+|[^\w\s]|_)\s*|\s+")


def pieces(first: str, second: str) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Both texts in pieces, {text, kind}: kind "differs" for words that the other has not there, else None.

    Words are the same that differ in capitals, accents and look-alike letters alone.
    """
    words = [_WORD.findall(text) for text in (first, second)]
    a, b = ([folding.latin(word).strip() for word in each[:MOST]] for each in words)
    same: tuple[set[int], set[int]] = set(), set()
    for block in SequenceMatcher(None, a, b).get_matching_blocks():
        same[0].update(range(block.a, block.a + block.size))
        same[1].update(range(block.b, block.b + block.size))
    return _marked(words[0], same[0]), _marked(words[1], same[1])


def _marked(words: list[str], same: set[int]) -> list[dict[str, Any]]:
    marked: list[dict[str, Any]] = []
    for place, word in enumerate(words):
        kind = None if place in same or place >= MOST or not word.strip() else "differs"
        if marked and marked[-1]["kind"] == kind:
            marked[-1]["text"] += word
        else:
            marked.append({"text": word, "kind": kind})
    return marked
