"""What a case is called on pages: by its listing's title; without one by the words found in it, or by its address. Pure."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import unquote

from server.core import urls
from server.core.words import Refused

MOST_WORDS = 3
LONGEST_PATH = 60  # characters; of a longer path its last part is shown, where a listing's number stands


def name(title: str | None, url: str, text: str = "", matches: Iterable[Sequence[Any]] = ()) -> str:
    """The title; else `ivory, tusk · market.test`; else the address without its query: `market.test/itm/1234`.

    text, matches: the listing's text and the places of words in it, each with its kind; what speaks against counts for nothing.
    """
    if title:
        return title
    words = dict.fromkeys(text[match[0] : match[1]].casefold() for match in matches if match[2] != "against")
    try:
        address = urls.read(url)
    except Refused:
        return url
    if words:
        return f"{', '.join(list(words)[:MOST_WORDS])} · {address.host}"
    path = unquote(address.path).strip("/")
    if len(path) > LONGEST_PATH:
        path = f"…/{path.rpartition('/')[2][-LONGEST_PATH:]}"
    return f"{address.host}/{path}" if path else address.host
