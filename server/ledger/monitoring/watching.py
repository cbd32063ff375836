"""The server checks listings itself, only where the platform has agreed: by name, slowly, and as its robots.txt says.

Fetching is the one dangerous act: `outbound` lets nothing through but the public web, and a redirect is followed by hand,
only to the same listing. Where else an answer sends us is read off its address, and never fetched.
"""

import random
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from protego import Protego

from server.core import clock, heartbeats, outbound, work
from server.core.urls import Address, joined, read
from server.core.words import Refused
from server.ledger.monitoring import checking, reading
from server.ledger.monitoring.reading import Expected, Fetched, PageKind
from server.ledger.monitoring.shown import decoded

NAME = outbound.NAME.partition("/")[0]  # what a robots.txt calls us
KEPT = timedelta(days=1)  # how long a robots.txt is believed (RFC 9309, 2.4)
AGAIN = timedelta(hours=1)  # when one that could not be had is asked for again
SPREAD = 300.0  # seconds
TOO_MANY = 429  # RFC 6585: come later, so no word that all is allowed
NOTHING = "User-agent: *\nDisallow: /"  # the rules that let nobody look
WITHIN = 10.0  # seconds for one look, whatever sends us on
MOST_HOPS = 3
ROBOTS_HOPS = 5  # redirects of a robots.txt that are followed (RFC 9309, 2.3.1.2)

client = outbound.HttpClient(total=WITHIN, silent=5, most=2_000_000)
_robots: dict[str, tuple[datetime, Protego]] = {}
_away: dict[str, datetime] = {}  # of origins whose robots.txt could not be had: until when it is not asked for


def look(
    url: str,
    platform_id: str,
    is_same: Callable[[Address], bool],
    is_theirs: Callable[[Address], bool],
    known: Expected,
    removed: tuple[str, ...],
    about: str,
    patient: bool = True,
) -> PageKind:
    """Fetch the listing once and say what kind of page came back.

    is_same: whether an address is this listing, on a platform that has agreed. is_theirs: whether it stands on that platform
    at all: its robots.txt may be kept there. removed: what its pages say of one that is
    gone. about: where a platform reads who we are. patient: who has to wait for a turn does not spread it.

    Raises work.Retry when it is not our turn at this platform yet, or its robots.txt could not be read.
    """
    address, agent = read(url), f"{outbound.NAME} (+{about})"
    rules = _rules(address, agent, is_theirs)
    if not rules.can_fetch(address.href, NAME):
        return PageKind.FORBIDDEN
    asked = float(rules.crawl_delay(NAME) or 0)
    wait = heartbeats.throttle(platform_id, min(max(asked, checking.PAUSE), checking.LONGEST_PAUSE))
    if wait:  # many may wait: spread, or each would come again with every one of the others
        wait += random.uniform(0, SPREAD) if patient else 0  # noqa: S311
        raise work.Retry("Another listing of this platform was looked at just now.", after=wait, counts=False)
    try:
        reply = _fetch(address, agent, is_same, is_theirs)
    except outbound.Forbidden:
        return PageKind.FORBIDDEN
    except outbound.Unreachable:
        return PageKind.TROUBLE
    return reading.read_reply(reply, address, known, removed)


def _fetch(
    address: Address, agent: str, is_same: Callable[[Address], bool], is_theirs: Callable[[Address], bool]
) -> Fetched:
    """What came back in the end. Every hop is looked up, vetted and pinned like the first, and its robots.txt kept."""
    until = time.monotonic() + WITHIN
    headers = {"User-Agent": agent, "Accept": "text/html"}
    for _ in range(MOST_HOPS):
        if (left := until - time.monotonic()) <= 0:
            raise outbound.Unreachable("it was sent on for too long")
        reply = client.get(address.href, headers, left)
        if not 300 <= reply.status < 400:
            return Fetched(reply.status, decoded(reply.body, reply.headers.get("content-type", "")))
        to = reply.headers.get("location", "")
        try:
            address = joined(address, to)
        except Refused:
            return Fetched(reply.status)
        if not is_same(address) or not _rules(address, agent, is_theirs).can_fetch(address.href, NAME):
            return Fetched(reply.status, sent_on=address.href)
    raise outbound.Unreachable("it is sent on without end")


def _rules(address: Address, agent: str, is_theirs: Callable[[Address], bool]) -> Protego:
    port = f":{address.port}" if address.port else ""
    origin = f"{address.scheme}://{address.host}{port}"
    kept = _robots.get(origin)
    if kept and clock.now() - kept[0] < KEPT:
        return kept[1]
    away = _away.get(origin)
    if away and clock.now() < away:  # nobody waits for the same silence twice
        raise work.Retry("robots.txt could not be had a moment ago.", after=AGAIN.total_seconds(), counts=False)
    try:
        reply = _robots_file(read(f"{origin}/robots.txt"), agent, is_theirs)
    except outbound.Forbidden:
        return Protego.parse(NOTHING)
    except outbound.Unreachable as problem:
        raise _not_now(origin, str(problem)) from None
    if reply is None:
        rules = Protego.parse(NOTHING)
    elif reply.status >= 500 or reply.status == TOO_MANY:  # RFC 9309, 2.3.1.4: unreachable forbids all, for now
        raise _not_now(origin, f"status {reply.status}")
    elif reply.status >= 400:  # 2.3.1.3: not there allows all
        rules = Protego.parse("")
    else:
        rules = Protego.parse(reply.body.decode("utf-8", "replace"))
    _robots[origin] = (clock.now(), rules)
    return rules


def _robots_file(address: Address, agent: str, is_theirs: Callable[[Address], bool]) -> outbound.HttpReply | None:
    """What a robots.txt is, where it was moved within the platform, too; None: it leads elsewhere, or without end.

    Every hop is looked up, vetted and pinned like the first. RFC 9309 (2.3.1.2) lets us look at all when it is moved too
    often; that is no permission, so we do not.
    """
    until = time.monotonic() + WITHIN
    for _ in range(1 + ROBOTS_HOPS):
        if (left := until - time.monotonic()) <= 0:
            raise outbound.Unreachable("it was sent on for too long")
        reply = client.get(address.href, {"User-Agent": agent}, left)
        if not 300 <= reply.status < 400:
            return reply
        try:
            address = joined(address, reply.headers.get("location", ""))
        except Refused:
            return None
        if not is_theirs(address):
            return None
    return None


def _not_now(origin: str, problem: str) -> work.Retry:
    """Nobody checks there for `AGAIN`. That says nothing of the listing, however long it lasts, so it counts as no attempt."""
    _away[origin] = clock.now() + AGAIN
    return work.Retry(f"robots.txt: {problem}", after=AGAIN.total_seconds(), counts=False)
