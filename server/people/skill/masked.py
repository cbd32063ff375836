"""A listing's words without the ways to its seller, for people who are asked what they think of it. Pure.

Masked are addresses, links, handles, long numbers and the seller's name: too much rather than too little. What is left is
what a known listing shows, too.
"""

import re
import unicodedata
from collections.abc import Iterable

from server.core.folding import UNSPACED
from server.core.name_patterns import named

MASK = "▒▒▒"
LONGEST = 4000  # characters of a text; who judges more than that judges a page, not an ad
# Each begins where nothing it could be part of has begun, so that no text is read again from each of its characters.
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|(?<![\w-])(?<![\w-]\.)[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,24})(?:/\S*)", re.IGNORECASE
)
# Endings of an address that no two letters are. The second kind are words, too: with a capital one begins a sentence whose
# full stop has no space behind it.
_ENDINGS = "com|net|org|info|biz|xyz|mobi|asia|vip"
_WORDS = (
    "shop|store|online|site|website|app|top|club|live|link|icu|pro|market|trade|sale|world|space|blog|art|pet|pets|group|chat"
    "|fun|center|company|boutique|gallery|auction|antiques|cloud|digital|tech"
)
_DOMAIN = re.compile(
    rf"\b(?:wa|t)\.me\b\S*|(?<![a-z0-9_-])[a-z0-9-]+\.(?:{_ENDINGS}|(?-i:{_WORDS}|{_WORDS.upper()})|[a-z]{{2}})"
    rf"(?![^\W{UNSPACED}])",
    re.IGNORECASE,
)
_EMAIL = re.compile(r"(?<!\S)\S[^\s@]*@\S[^\s.]*\.\S+")
_HANDLE = re.compile(rf"(?<![^\W{UNSPACED}])@[\w.]{{2,}}")
# Seven figures or more with signs between them, in any script: a telephone or account number. A price has fewer.
_NUMBER = re.compile(r"(?<!\d)\+?\d(?:[\s().\-/·]{0,2}\d){6,}(?!\d)")


def masked(text: str, names: Iterable[str | None] = ()) -> str:
    """`text` with every way to its seller masked, in one line as a known listing's is; `names` are the seller's."""
    text = _plain(text)
    for pattern in (_EMAIL, _LINK, _DOMAIN, _HANDLE, _NUMBER):
        text = pattern.sub(MASK, text)
    for name in named(map(_plain, filter(None, names)), re.IGNORECASE):
        text = name.sub(MASK, text)
    return text if len(text) <= LONGEST else text[:LONGEST].rsplit(" ", 1)[0] + " …"


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())
