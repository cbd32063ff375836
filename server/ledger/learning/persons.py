"""What of an ad's text says who somebody is, which no model learns from. Pure."""

import re
from collections.abc import Iterable

from server.core import folding, name_patterns

# A piece that holds an @, or begins as a web address does; it ends at a script that is written without spaces.
_SIGN = rf"[^\s{folding.UNSPACED}]"
_ADDRESS = re.compile(rf"(?<!{_SIGN}){_SIGN}*@{_SIGN}*|\b(?:https?://|www\.){_SIGN}*", re.IGNORECASE)
# Seven digits or more, however they are parted: telephones, numbers of accounts and of listings. A price has fewer.
_NUMBER = re.compile(r"\+?\(?\d(?:[\s().+/-]{0,3}\d){6,}")
GONE = " \N{BULLET} "  # where something stood; no word, and what stood around it is not read together


def without(text: str, names: Iterable[str | None] = ()) -> str:
    """The text without addresses, telephones, handles and these names."""
    text = _NUMBER.sub(GONE, _ADDRESS.sub(GONE, text))
    for name in name_patterns.named(names, re.IGNORECASE):
        text = name.sub(GONE, text)
    return text
