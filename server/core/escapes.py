"""How the parts of an address are written: each escape one way, whatever the page wrote. Pure."""

import re
from itertools import product
from string import hexdigits
from urllib.parse import quote

from server.core import tracking

# What an escape is written as (RFC 3986, 2.3: one of an unreserved character is the character itself), by its figures.
_UNRESERVED = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._~-"
_VALUE_SAFE = ":@!$'()*,;"


def _escapes(itself: str) -> dict[str, str]:
    signs = {figures: chr(int(figures, 16)) for figures in map("".join, product(hexdigits, repeat=2))}
    return {figures: sign if sign in itself else f"%{figures.upper()}" for figures, sign in signs.items()}


_PATH_ESCAPES, _VALUE_ESCAPES = _escapes(_UNRESERVED), _escapes(_UNRESERVED + _VALUE_SAFE)
_PLAIN_PATH = re.compile(r"[A-Za-z0-9._~/:@!$&'()*+,;=-]*")
_PLAIN_QUERY = re.compile(r"[A-Za-z0-9._~:@!$'()*,;&=%-]*")
_OTHER = re.compile(r"[^A-Za-z0-9._~:@!$'()*,;&=%-]+")
REGULAR_QUERY = re.compile(r"[^&=]+=[^&=]+(?:&[^&=]+=[^&=]+)*")  # no empty name or value, no second =


def write_path(text: str) -> str:
    """A path with its escapes written one way."""
    if _PLAIN_PATH.fullmatch(text):
        return text
    return quote(_escaped(text, _PATH_ESCAPES), safe="%/:@!$&'()*+,;=")


def untracked_query(query: str, domain: str | None) -> str:
    """`?` and the query's pairs in order of their names, without those that only track on this domain; "" for none."""
    if not query:
        return ""
    pairs = [pair for pair in split_query(query, tracks=False, domain=domain) if pair]
    pairs.sort(key=name_of)
    return "?" + "&".join(pairs) if pairs else ""


def split_query(query: str, tracks: bool = True, domain: str | None = None) -> list[str]:
    """Each name=value, escapes written one way; the name alone when there is no value. tracks: with what only tracks;
    domain: the registrable one, where more names do.
    """
    pairs = []
    for text in write_query(query).split("&"):
        name, _, value = text.partition("=")
        if tracks or not tracking.tracks(name, domain):
            pairs.append(f"{name}={value.replace('=', '%3D')}" if value else name)
    return pairs


def write_query(query: str) -> str:
    """A query with its escapes written one way. Its & and = stay what they are."""
    query = query.replace("+", "%20").replace("/", "%2F").replace("?", "%3F")
    if not _PLAIN_QUERY.fullmatch(query):
        query = _OTHER.sub(lambda match: quote(match[0]), query)
    return _escaped(query, _VALUE_ESCAPES)


def _escaped(text: str, escapes: dict[str, str]) -> str:
    if "%" not in text:
        return text
    first, *rest = text.split("%")
    return first + "".join([escapes.get(part[:2], f"%25{part[:2]}") + part[2:] for part in rest])


def name_of(pair: str) -> str:
    """The name of a pair."""
    return pair.partition("=")[0]
