"""What a fetched page says of a listing: that it is there, that it is gone, or nothing. Pure.

A false "gone" ends the work on a live ad, so gone needs a plain word: the status for "not there" (RFC 9110), the platform's own
sentence, or a headline that many sites use, on a page that shows nothing of the listing. A sign-in page, a captcha, a page for
other countries, a parked name or a front page is told apart and proves nothing; so does whatever else is in doubt.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from server.core.urls import Address, read
from server.core.words import Refused, Seen
from server.ledger.monitoring import doubt_words, over_words, page_words
from server.ledger.monitoring.page_words import says
from server.ledger.monitoring.shown import PageText, read_page


class PageKind(StrEnum):
    """What kind of page the server was given when it looked at a listing."""

    LISTING = "listing"
    CHANGED = "changed"  # its number or a picture of it, under other words
    OVER = "over"  # the listing, with a word that it is sold or has ended
    NOT_FOUND = "not_found"  # by its status
    REMOVED = "removed"  # in the platform's own words
    SOFT_404 = "soft_404"  # in a headline, whatever the status
    LOGIN = "login"
    CHALLENGE = "challenge"  # we are asked whether we are human, or refused
    GEO_BLOCK = "geo_block"
    PARKED = "parked"  # the name is for sale
    FRONT_PAGE = "front_page"
    ELSEWHERE = "elsewhere"  # sent on to another listing or another site
    TROUBLE = "trouble"  # an error of theirs, or no answer
    FORBIDDEN = "forbidden"  # by robots.txt, or an address that is never fetched
    UNCLEAR = "unclear"


GONE_STATUS = frozenset({404, 410})  # RFC 9110, 15.5.5 and 15.5.11
GEO_STATUS = 451  # RFC 7725
_SHORT = 150  # words: so little is read on a page that asks for something before it shows anything
_BARE = 60  # words: with so little around it, any line speaks for the page
_MOST_CODE = 200_000  # signs of a short page's code that are looked through
_LONG = 400  # words: a page that shows so much without a title that we know may be the listing
_MOST_LINES = 40  # lines of a short page that may speak for it
_ENOUGH = 0.75  # of the title's words
_LEAST_WORDS = 2
_LEAST_SIGNS = 4  # of a title in a script without spaces
_WORD = re.compile(r"[^\W_]+")
_LOGIN_PATH = re.compile(
    r"/(?:[a-z]{2}(?:[-_][a-z]{2})?/)?(?:user/|users/|account/|accounts/|auth/|member/|customer/)?"
    r"(?:log-?in|sign-?in|auth|authori[sz]e|authwall|oauth2?|sso|connexion|iniciar-sesion|einloggen|anmelden|accedi|checkpoint)"
    r"(?:[/._-].*)?",
    re.IGNORECASE,
)
_CHALLENGE_PATH = re.compile(
    r"/(?:.*/)?(?:captcha|challenge|blocked|splashui|errors/validatecaptcha|_sec|punish|sorry)(?:[/._-].*)?",
    re.IGNORECASE,
)
_FRONT = re.compile(r"/(?:(?:index|home|default|main)(?:\.\w{2,5})?/?)?|/[a-z]{2}(?:[-_][a-z]{2})?/?", re.IGNORECASE)
_PRODUCT = frozenset(
    ("product", "individualproduct", "productmodel", "offer", "aggregateoffer", "vehicle", "car", "house")
)
_FOR_SALE = re.compile(
    r"(?:instock|limitedavailability|instoreonly|onlineonly|preorder|presale|backorder|madetoorder)$", re.IGNORECASE
)
_SOLD = re.compile(r"(?:soldout|outofstock|discontinued)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Expected:
    """What we know of the listing that is looked for. `title`: as reported, None where nobody read one."""

    title: str | None = None
    number: str | None = None  # the platform's own
    pictures: tuple[str, ...] = ()  # their addresses, as reported


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back. `sent_on`: where the last answer sent us that was not followed, as an address, or empty."""

    status: int
    body: str = ""
    sent_on: str = ""


SEEN = {
    PageKind.LISTING: Seen.PRESENT,
    PageKind.NOT_FOUND: Seen.GONE,
    PageKind.REMOVED: Seen.GONE,
    PageKind.SOFT_404: Seen.GONE,
}


def seen(kind: PageKind) -> Seen:
    """What a kind of page proves. All others prove nothing."""
    return SEEN.get(kind, Seen.CANNOT_TELL)


def read_reply(reply: Fetched, asked: Address, known: Expected, removed: Sequence[str] = ()) -> PageKind:
    """What kind of page an answer is. `removed`: the sentences the platform's own pages show for a listing that is gone."""
    if reply.sent_on:
        return _sent_on(reply.sent_on, asked)
    page = read_page(reply.body)
    if says_parked := _parked(page):
        return says_parked
    if reply.status == GEO_STATUS:
        return PageKind.GEO_BLOCK
    if reply.status in (401, 407):
        return PageKind.LOGIN
    if reply.status in (403, 429):
        return _wall(page, reply.body, known) or PageKind.CHALLENGE
    if reply.status != 200 and reply.status not in GONE_STATUS:
        return PageKind.TROUBLE
    if _sends_away(page, asked):
        return PageKind.FRONT_PAGE
    offered = _offered(page)
    if reply.status == 200 and _shows(page, known) and not _holds(page, removed):
        return _shown(page, offered)
    if wall := _wall(page, reply.body, known):
        return wall
    if offered is True:  # somebody sells something there, whatever else it says
        return _other_offer(page, known)
    if _holds(page, removed):
        return PageKind.REMOVED
    if reply.status in GONE_STATUS:
        return PageKind.NOT_FOUND
    return PageKind.SOFT_404 if _headline_gone(page, known) else PageKind.UNCLEAR


# --- Sent on ---------------------------------------------------------------------------------------------------------


def _sent_on(href: str, asked: Address) -> PageKind:
    """What a redirect means that does not lead to the listing: read off its address, and never fetched."""
    try:
        to = read(href)
    except Refused:
        return PageKind.UNCLEAR
    if _LOGIN_PATH.fullmatch(to.path) or to.host.partition(".")[0] in (
        "login",
        "signin",
        "auth",
        "accounts",
        "passport",
        "sso",
    ):
        return PageKind.LOGIN
    if _CHALLENGE_PATH.fullmatch(to.path) or "captcha" in to.host:
        return PageKind.CHALLENGE
    if to.registrable_domain != asked.registrable_domain:
        return PageKind.ELSEWHERE
    return PageKind.FRONT_PAGE if _FRONT.fullmatch(to.path) and not _FRONT.fullmatch(asked.path) else PageKind.ELSEWHERE


def _sends_away(page: PageText, asked: Address) -> bool:
    """Whether a page calls itself the site's front page, or leads there by itself, when an ad was asked for."""
    if _FRONT.fullmatch(asked.path):
        return False
    for href in (page.refresh, page.canonical, page.metas.get("og:url", "")):
        path = href.partition("//")[2].partition("/")[2] if "//" in href else href.removeprefix("/")
        if href and not href.startswith("#") and _FRONT.fullmatch("/" + path.partition("?")[0].partition("#")[0]):
            return "?" not in href or href == page.refresh
    return False


# --- Walls -----------------------------------------------------------------------------------------------------------


def _parked(page: PageText) -> PageKind | None:
    short = _words(page) < 2 * _SHORT
    lines = page.lines[:_MOST_LINES] if short else []
    return PageKind.PARKED if any(says(page_words.PARKED, line) for line in (page.title, *lines)) else None


def _wall(page: PageText, body: str, known: Expected) -> PageKind | None:
    """What stands before the page: a question whether we are human, other countries, a sign-in."""
    heads = _heads(page, known)
    short = _words(page) <= _SHORT
    lines = [*heads, *(page.lines[:_MOST_LINES] if short else ())]
    if any(says(page_words.GEO, line) for line in lines):
        return PageKind.GEO_BLOCK
    if any(says(page_words.CHALLENGE, line) for line in lines):
        return PageKind.CHALLENGE
    if (page.asks_password and short) or any(says(page_words.LOGIN, line) for line in heads[:2]):
        return PageKind.LOGIN
    said_gone = any(says(page_words.GONE, line) for line in heads)
    code = body[:_MOST_CODE].lower() if short and not said_gone else ""
    return PageKind.CHALLENGE if any(mark in code for mark in page_words.CHALLENGE_MARKS) else None


# --- The listing -----------------------------------------------------------------------------------------------------


def _shows(page: PageText, known: Expected) -> bool:
    """Whether what is read on it is the listing: its title stands in a headline, or as a line of its own.

    What a page says of itself to other programs does not count: sign-in pages keep the ad's name there.
    """
    title = _tokens(known.title or "")
    if len(title) < (_LEAST_SIGNS if page_words.UNSPACED_SIGN.search(known.title or "") else _LEAST_WORDS):
        return False
    wanted = set(title)
    if any(_agree(wanted, _tokens(line)) for line in (*page.headings, *page.lines)):
        return True
    return _agree(wanted, _tokens(page.title)) and _words(page) > _SHORT


def _agree(wanted: set[str], there: list[str]) -> bool:
    """Whether a line is the title, though it may be cut or stand among a few other words."""
    shared = len(wanted & set(there))
    return shared >= _ENOUGH * len(wanted) and len(there) <= 3 * len(wanted) + 6


def _shown(page: PageText, offered: bool | None) -> PageKind:
    if offered is False or any(over_words.says_over(line) for line in page.lines[:400]):
        return PageKind.OVER
    return PageKind.LISTING


def _other_offer(page: PageText, known: Expected) -> PageKind:
    """Something is offered, under other words than were reported: the listing, where its number or a picture stands there."""
    own = (page.canonical, page.metas.get("og:url", ""), *(str(part.get("url", "")) for part in page.data[:20]))
    if known.number and any(
        re.search(rf"(?<![0-9A-Za-z]){re.escape(known.number)}(?![0-9A-Za-z])", href) for href in own
    ):
        return PageKind.CHANGED
    pictures = {_file(href) for href in known.pictures} - {""}
    theirs = [page.metas.get("og:image", ""), *_pictures(page.data)]
    return PageKind.CHANGED if pictures & {_file(href) for href in theirs} else PageKind.UNCLEAR


def _pictures(parts: Iterable[dict[str, Any]]) -> Iterable[str]:
    for part in parts:
        images = part.get("image")
        for image in images if isinstance(images, list) else [images]:
            if isinstance(image, str):
                yield image


def _file(href: str) -> str:
    """A picture's own name: its size and its host may change. Empty for one that says nothing (`1.jpg`)."""
    name = href.partition("?")[0].rstrip("/").rpartition("/")[2]
    return name if len(name) >= 12 else ""


def _offered(page: PageText) -> bool | None:
    """Whether the page offers its product for sale, as its structured data has it; None: it does not say."""
    said = [page.metas.get(name, "") for name in ("product:availability", "og:availability", "availability")]
    for part in page.data:
        kinds = part.get("@type")
        named = {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}
        if named & _PRODUCT:
            said.append(str(part.get("availability") or ""))
    states = [re.sub(r"[\s_-]", "", state.rpartition("/")[2]) for state in said if state]
    if any(_FOR_SALE.search(state) for state in states):
        return True
    return False if any(_SOLD.search(state) for state in states) else None


# --- Gone ------------------------------------------------------------------------------------------------------------


def _holds(page: PageText, removed: Sequence[str]) -> bool:
    """Whether one of the platform's own sentences can be read on it."""
    text = " ".join(page.text.split()).casefold()
    return any(" ".join(sentence.split()).casefold() in text for sentence in removed)


def _headline_gone(page: PageText, known: Expected) -> bool:
    """Whether a headline says that it is not there, and nothing on the page says otherwise."""
    lines, words = _heads(page, known), _words(page)
    if not known.title and words > _LONG:
        return False
    if words <= _BARE:
        lines = [*lines, *page.lines[:_MOST_LINES]]
    said = [line for line in lines if says(page_words.GONE, line)]
    return bool(said) and not any(doubt_words.is_doubtful(line) for line in said)


def _heads(page: PageText, known: Expected) -> list[str]:
    """What the page is headed with, without what is the listing's own title."""
    title = set(_tokens(known.title or ""))
    heads = [line for line in (page.title, *page.headings[:3]) if line]
    return [line for line in heads if not (title and set(_tokens(line)) >= title)]


def _words(page: PageText) -> int:
    """How much is read on it."""
    return page_words.words(page.text[:100_000])


def _tokens(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text[:2000]).casefold()
    return [
        sign for word in _WORD.findall(folded) for sign in (word if page_words.UNSPACED_SIGN.search(word) else (word,))
    ]
