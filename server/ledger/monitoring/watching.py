"""The server looks itself, only where the platform has agreed: by name, slowly, and as its robots.txt says."""

import random
from datetime import datetime, timedelta

from protego import Protego

from server.core import clock, heartbeats, outbound, work
from server.core.urls import Address, read
from server.core.words import Seen
from server.ledger.monitoring import checking

NAME = outbound.NAME.partition("/")[0]  # what a robots.txt calls us
KEPT = timedelta(days=1)  # how long a robots.txt is believed (RFC 9309, 2.4)
AGAIN = timedelta(hours=1)  # when one that could not be had is asked for again
SPREAD = 300.0  # seconds
NOTHING = "User-agent: *\nDisallow: /"  # the rules that let nobody look

client = outbound.HttpClient(total=20, most=2_000_000)
_robots: dict[str, tuple[datetime, Protego]] = {}
_away: dict[str, datetime] = {}  # of origins whose robots.txt could not be had: until when it is not asked for


def look(url: str, platform_id: str, removed: tuple[str, ...], about: str) -> Seen:
    """Fetch the listing once and say what the reply shows. `about`: where a platform reads who we are.

    Raises work.Retry when it is not our turn at this platform yet, or its robots.txt could not be read.
    """
    address, agent = read(url), f"{outbound.NAME} (+{about})"
    rules = _rules(address, agent)
    if not rules.can_fetch(address.href, NAME):
        return Seen.CANNOT_TELL
    asked = float(rules.crawl_delay(NAME) or 0)
    wait = heartbeats.throttle(platform_id, min(max(asked, checking.PAUSE), checking.LONGEST_PAUSE))
    if wait:  # many may wait: spread, or each would come again with every one of the others
        wait += random.uniform(0, SPREAD)  # noqa: S311
        raise work.Retry("Another listing of this platform was looked at just now.", after=wait, counts=False)
    try:
        reply = client.get(address.href, {"User-Agent": agent, "Accept": "text/html"})
    except (outbound.Forbidden, outbound.Unreachable):
        return Seen.CANNOT_TELL
    return checking.read_reply(reply.status, reply.body.decode("utf-8", "replace"), removed)


def _rules(address: Address, agent: str) -> Protego:
    origin = address.href.split(address.host)[0] + address.host + (f":{address.port}" if address.port else "")
    kept = _robots.get(origin)
    if kept and clock.now() - kept[0] < KEPT:
        return kept[1]
    away = _away.get(origin)
    if away and clock.now() < away:  # nobody waits for the same silence twice
        raise work.Retry("robots.txt could not be had a moment ago.", after=AGAIN.total_seconds(), counts=False)
    try:
        reply = client.get(f"{origin}/robots.txt", {"User-Agent": agent})
    except outbound.Forbidden:
        return Protego.parse(NOTHING)
    except outbound.Unreachable as problem:
        _away[origin] = clock.now() + AGAIN
        raise work.Retry(f"robots.txt: {problem}", after=AGAIN.total_seconds()) from None
    if reply.status >= 500 or 300 <= reply.status < 400:  # RFC 9309, 2.3.1.4: unreachable forbids all
        rules = Protego.parse(NOTHING)
    elif reply.status >= 400:  # 2.3.1.3: not there allows all
        rules = Protego.parse("")
    else:
        rules = Protego.parse(reply.body.decode("utf-8", "replace"))
    _robots[origin] = (clock.now(), rules)
    return rules
