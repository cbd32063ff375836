"""One reader of addresses for everyone: what a browser would open, or a refusal in one sentence.

Read by the WHATWG URL Standard (https://url.spec.whatwg.org), as browsers do. Python's own `urllib.parse` follows another
rule: it reads another host in `http://good.example\\@evil.example/` than a browser does, and two readings of one address can
mean two companies. Pure: no network; the Public Suffix List comes with its package.

An address that is already written as a browser would write it, as nearly all are, is read by one regular expression and
not by the whole standard; a test holds that both read the same.
"""

import base64
import binascii
import contextlib
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import quote, unquote

from ada_url import URL, HostType
from publicsuffixlist import PublicSuffixList

from server.core import escapes, sharers, tracking
from server.core.patterns import pattern, patterns
from server.core.sentences import sentence
from server.core.words import Refused

MAX_LENGTH = 4096  # characters, as pasted (contract: limits of `url`)
MAX_HOST = 253  # characters of a DNS name, without the final dot (RFC 1035, 2.3.4)

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
_START = re.compile(r"^ *([a-z][a-z0-9+.-]*):/*([^/?#]*)", re.IGNORECASE)
_SESSION = re.compile(r";jsessionid=[^/;]*", re.IGNORECASE)  # Jakarta Servlet Specification, URL rewriting
_SUFFIXES = PublicSuffixList()

# Written already as the standard would write it: a host of lower-case letters whose last label begins with one (else it
# may be an IP address), no port, and nothing that would be escaped, removed or resolved. `read` looks for dots and xn--.
_PLAIN_ADDRESS = re.compile(
    r"(https?)://((?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*)(/[A-Za-z0-9_~!$&'()*+,;=:@%/.-]*)"
    r"(?:\?([A-Za-z0-9_~!$&()*+,;=:@%/?.-]*))?(?:#([A-Za-z0-9_~!$&'()*+,;=:@%/?.-]*))?"
)


class Address(NamedTuple):
    """An http or https address as a browser reads it."""

    href: str  # the whole address, as a browser would send it
    scheme: str  # http or https
    host: str  # lower case, non-ASCII names as A-labels (xn--…), no final dot; IPv6 in brackets
    port: int | None  # None: the scheme's own
    path: str  # at least "/"
    query: str  # without "?"
    fragment: str  # without "#"
    registrable_domain: str | None  # None for an IP address and for a host that is itself a public suffix

    @property
    def is_ip(self) -> bool:
        """Whether the host is an IP address. (The standard reads any host that ends in a number as IPv4.)"""
        return self.host.startswith("[") or self.host.rpartition(".")[2].isdigit()


@lru_cache(maxsize=256)  # one request asks more than once
def read(text: str) -> Address:
    """The address in `text`; spaces around it are a pasting accident and are ignored.

    Raises Refused("invalid") with one sentence when it is longer than 4,096 characters, is no http or https address,
    has no host or an impossible one, or holds a user name, a backslash or a control character (a browser removes tabs
    and line ends silently; here they are refused, for nobody pastes them in good faith).
    """
    if len(text) > MAX_LENGTH:
        raise _refused(
            sentence(
                "An address may have at most %(most)s characters; this one has %(length)s.",
                most=format(MAX_LENGTH, ","),
                length=format(len(text), ","),
            )
        )
    if plain := _PLAIN_ADDRESS.fullmatch(text):
        scheme, host, path, query, fragment = plain.groups("")
        dots = "/." in path or "%2e" in path or "%2E" in path
        if not dots and "xn--" not in host and len(host) <= MAX_HOST:
            return Address(text, scheme, host, None, path, query, fragment, registrable(host))
    return _read_by_the_standard(text)


def joined(base: Address, reference: str) -> Address:
    """Where `reference`, a whole address or a part of one, leads from `base`. Raises Refused("invalid") as `read` does."""
    if len(reference) > MAX_LENGTH or _CONTROL.search(reference) or "\\" in reference:
        raise _refused(sentence("This is not an address that a browser can open."))
    try:
        return read(URL(reference, base=base.href).href)
    except ValueError:
        raise _refused(sentence("This is not an address that a browser can open.")) from None


def _read_by_the_standard(text: str) -> Address:
    if _CONTROL.search(text):
        raise _refused(sentence("The address contains a control character, such as a tab or a line break."))
    if "\\" in text:
        raise _refused(sentence("The address contains a backslash."))
    start = _START.match(text)
    if not start:
        raise _refused(sentence("Enter the whole address, starting with https:// or http://."))
    scheme, authority = start[1].lower(), start[2]
    if scheme not in ("http", "https"):
        raise _refused(sentence("Only http and https addresses are accepted."))
    if "@" in authority:
        raise _refused(sentence("The address contains a user name or an @ before its host."))
    try:
        url = URL(text)
    except ValueError:
        raise _refused(sentence("This is not an address that a browser can open.")) from None
    host = url.hostname.removesuffix(".")
    if not all(host.split(".")) or len(host) > MAX_HOST:
        raise _refused(sentence("The address has no host, or an impossible one."))
    return Address(
        href=url.href,
        scheme=scheme,
        host=host,
        port=int(url.port) if url.port else None,
        path=url.pathname,
        query=url.search[1:],
        fragment=url.hash[1:],
        registrable_domain=registrable(host) if url.host_type == HostType.DEFAULT else None,
    )


@lru_cache(maxsize=4096)
def registrable(host: str) -> str | None:
    """The registrable domain of a host by the Public Suffix List, or None: the host is a public suffix."""
    return _SUFFIXES.privatesuffix(host)


_IN_WORDS = re.compile(r"https?://[^\s<>\"“”«»]+", re.IGNORECASE)
_BARE = re.compile(r"(?:[\w-]+\.)+[^\W\d_][\w-]+(?:[:/?#]\S*)?")  # www.ebay.com/itm/1


def is_loopback(address: Address) -> bool:
    """Whether an address is on this very machine, as far as its name says: RFC 6761, 6.3."""
    host = address.host.strip("[]")
    return host == "localhost" or host.endswith(".localhost") or (address.is_ip and ip_address(host).is_loopback)


def pasted(text: str) -> str:
    """The address in what somebody pasted or shared: apps hand it over inside a sentence, and many write none of https://.

    Anything else stays as it is, for `read` to say what is wrong with it; so does one that begins the text and holds a
    space, where cutting it short could make another listing of it. Raises ValueError with a sentence for several.
    """
    text = text.strip()
    if _BARE.fullmatch(text):
        return f"https://{text}"
    addresses: set[str] = set(_IN_WORDS.findall(text))
    if len(addresses) > 1:
        raise ValueError(sentence("Paste one address: a report is about one ad."))
    if not addresses or text.lower().startswith("http"):
        return text
    address = addresses.pop().rstrip(".,;:!?'’…。，、！？")
    return address if "(" in address else address.rstrip(")]}）】")


def canonical(address: Address) -> str:
    """The one way to write `address` and all that surely lead to the same page; itself an address; idempotent.

    At the default ports http and https are one site, so both become https; an explicit port is another server and
    keeps its scheme. Tracking parameters and session ids go; the query is sorted by name (stable: repeated names keep
    their order); the fragment goes unless it is a route of a one-page application (`#!…`, `#/…`); escapes are
    written one way. The path stays: its case, its words and its final slash may matter to the site.
    """
    scheme = "https" if address.port is None else address.scheme
    port = "" if address.port is None else f":{address.port}"
    path = _SESSION.sub("", address.path) if ";" in address.path else address.path
    text = f"{scheme}://{address.host}{port}{escapes.write_path(path)}{escapes.untracked_query(address.query, address.registrable_domain)}"
    if not address.fragment:
        return text
    route, _, query = address.fragment.partition(":~:")[0].partition("?")
    if route[:1] in ("!", "/") and route[1:]:
        text += f"#{escapes.write_path(route)}{escapes.untracked_query(query, address.registrable_domain)}"
    return text


def plain(address: Address, patterns: Iterable[str] = ()) -> str:
    """The address as it may be shown to others: still opens the page, without what tells who shared it or had it open.

    patterns: the platform's listing patterns. Where they find the number in the path, the rest of the address goes, but
    for parameters in which a part of the number stands (the directory's seller or comment).
    """
    kept = _in_number(address, patterns)
    segments = (part for part in _SESSION.sub("", address.path).split("/"))
    path = "/".join(part for part in segments if not sharers.SESSION_SEGMENT.match(unquote(part)))
    port = "" if address.port is None else f":{address.port}"
    text = f"{address.scheme}://{address.host}{port}{escapes.write_path(path)}{_unshared(address.query, path, address.host, kept)}"
    route, _, query = address.fragment.partition(":~:")[0].partition("?")
    if kept is None and route[:1] in ("!", "/") and route[1:]:
        text += f"#{escapes.write_path(route)}{_unshared(query, route, address.host, None)}"
    return text


def plain_in_text(text: str) -> str:
    """A text whose addresses are `plain`. What no browser could open stays as it was written."""

    def made_plain(match: re.Match[str]) -> str:
        written = match[0].rstrip(".,;:!?'’…。，、！？)]}）】")
        try:
            return plain(read(written)) + match[0][len(written) :]
        except Refused:
            return match[0]

    return _IN_WORDS.sub(made_plain, text)


def _in_number(address: Address, texts: Iterable[str]) -> frozenset[str] | None:
    """The parameters that hold a part of the listing's number, when another part stands in the path; else None."""
    text = path_and_query(address)
    path, _, query = text.partition("?")
    for each in map(pattern, texts):
        host = f"//{address.host}" if each.names_host else ""
        places = [place - len(host) for place in each.places((host + text).encode("ascii"))]
        if any(0 <= place < len(path) for place in places):
            before = [text[len(path) : place].count("&") for place in places if place > len(path)]
            return frozenset(escapes.name_of(query.split("&")[pairs]) for pairs in before)
    return None


def _unshared(query: str, path: str, host: str, kept: frozenset[str] | None) -> str:
    """The query without what tells of a person, as `?…` or nothing. kept: the only names that stay; None: all may."""
    pairs, doubtful = [], []
    for pair in filter(None, escapes.split_query(query)):
        name, _, value = (unquote(part) for part in pair.partition("="))
        if kept is not None:
            if escapes.name_of(pair) in kept:
                pairs.append(pair)
        elif (
            tracking.tracks(escapes.name_of(pair))
            or sharers.tells(name, host)
            or sharers.sent_by(name, value)
            or _identifies(value)
            or _identifies(name)
        ):
            continue
        elif sharers.either(name):
            if not sharers.RANDOM.search(value):
                doubtful.append(pair)
        else:
            pairs.append(_without_inner(pair, value))
    if not pairs and sharers.NAMES_A_PERSON.search(path):
        pairs = doubtful
    return "?" + "&".join(sorted(pairs, key=escapes.name_of)) if pairs else ""


def _identifies(value: str) -> bool:
    """Whether a value is a telephone number, or holds an email address or a signed token, in whatever way it is encoded."""
    if sharers.PHONE.search(value):
        return True
    return any(sharers.JWT.search(text) or sharers.EMAIL.search(text) for text in _decoded(value))


def _decoded(value: str) -> Iterator[str]:
    """A value as it stands, percent-encoded once more than others, and in base64 or hexadecimal."""
    yield value
    yield unquote(unquote(value))
    if re.fullmatch(r"[\w+/-]{12,}={0,2}", value, re.ASCII):
        with contextlib.suppress(binascii.Error):  # of no length that base64 has
            yield base64.b64decode(value.replace("-", "+").replace("_", "/") + "==").decode("latin-1")
    if re.fullmatch(r"(?:0x)?(?:[0-9a-f]{2}){6,}", value, re.ASCII | re.IGNORECASE):
        yield bytes.fromhex(value.lower().removeprefix("0x")).decode("latin-1")


def _without_inner(pair: str, value: str) -> str:
    """A pair whose value is an address of its own (where to return to), with that address plain."""
    if not re.match(r"https?://\S*[?#;]", value, re.IGNORECASE):
        return pair
    try:
        inner = quote(plain(read(value)), safe=":@!$'()*,;")
        return f"{escapes.name_of(pair)}={inner}"
    except Refused:
        return escapes.name_of(pair)


def path_and_query(address: Address) -> str:
    """Path and ?query with escapes written one way, in their own order: what listing patterns are searched in.

    A slash inside the query is always %2F here, so that an address quoted in a parameter (`?back=/itm/123456789`)
    is never taken for the path.
    """
    if not address.query:
        return escapes.write_path(address.path)
    query = escapes.write_query(address.query)
    if not escapes.REGULAR_QUERY.fullmatch(query):
        query = "&".join(filter(None, escapes.split_query(address.query)))
    return f"{escapes.write_path(address.path)}?{query}" if query else escapes.write_path(address.path)


def number(address: Address, texts: Sequence[str]) -> str | None:
    """The listing's number in `address` by the first of these patterns that finds one, or None; in the case it is written
    in, but for patterns to which case means nothing.

    Searched in path and ?query, escapes written one way (`path_and_query`).
    """
    return patterns(tuple(texts)).number(address.host, path_and_query(address)) if texts else None


def _refused(sentence: str) -> Refused:
    return Refused("invalid", sentence)
