"""Knowing a listing again by its address: ours beside the peers, on the same pairs, in the same run.

    python -m benchmarks.addresses

*Same merged* is the share of pairs of addresses of one listing that get one key; *wrongly merged* the share of pairs of
two listings that do. Times are of each address the best of rounds in which every contender has its turn. *Cold*: an address that was not
read before, so that no cache knows it; the caches are emptied before every address (what was compiled once, patterns and
the list of public suffixes, stays). *Warm*: asked again, as one request does. *Short* are the tests' own addresses, on
every platform; *long* ones carry what eBay puts behind an item. The pairs are the tests' own: forms of addresses read in public code, written by the hands that
wrote the patterns, so the share of ours says that the patterns work, not that every form is known. The pairs of w3lib's
own tests are from elsewhere (SPOTTER_REAL_DATA). A peer that is not installed is left out with a line.
"""

import time
from collections.abc import Callable, Iterable
from statistics import mean
from urllib import parse
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import ada_url

from server.core import urls
from server.core.urls import canonical, read
from server.core.words import Refused
from tests.unit import test_listing_key, test_urls

Pair = tuple[str, str]
ROUNDS = 15
LONG = (
    "https://www.ebay.com/itm/carved-vintage-figure-with-stand/{}?hash=item3dc935aef5:g:abcAAOSw~XpZT5xk&_trkparms=amclksrc%3DITM"
    "%26aid%3D1110006%26algo%3DHOMESPLICE.SIM%26ao%3D1%26asc%3D20200520130048%26meid%3D6f2ea1c4b0a34dd7a2f5%26pid%3D101113"
    "%26rk%3D2%26rkt%3D12%26sd%3D264850482805&_trksid=p2047675.c101113.m2109&amdata=cksum%3A265370482805%7Cenc%3AAQAFAAACAH"
    "&LH_BIN=1&_nkw=carved+figure&utm_source=mail&utm_medium=x#viTabs_0"
)


def naive(text: str) -> str:
    """What anyone writes first: lower-case host, sorted query without utm_, no fragment."""
    parts = urlsplit(text)
    query = sorted((name, value) for name, value in parse_qsl(parts.query) if not name.startswith("utm_"))
    return urlunsplit((parts.scheme, parts.netloc.lower(), parts.path, urlencode(query), ""))


def peers() -> dict[str, Callable[[str], str]]:
    """Every contender by name."""
    readers = {
        "ours: key with the directory": test_listing_key.key,
        "ours: canonical address alone": lambda text: canonical(read(text)),
        "urllib, written naively": naive,
        f"ada-url {ada_url.get_version()} normalize_url": ada_url.normalize_url,
    }
    try:
        from w3lib.url import canonicalize_url
    except ImportError:
        print("w3lib is not installed: left out. (pip install w3lib)")
    else:
        readers["w3lib canonicalize_url"] = canonicalize_url
    return readers


def same_listing() -> list[Pair]:
    """Pairs of addresses that lead to one listing."""
    groups: dict[str, list[str]] = {}
    for key, text in test_listing_key.FORMS:
        groups.setdefault(key, []).append(text)
    return [(texts[0], other) for texts in (*groups.values(), *test_urls.ONE_PAGE) for other in texts[1:]]


def foreign_pairs() -> list[Pair]:
    """Pairs from w3lib's own tests, where they are."""
    try:
        return test_urls.pairs("canonicalize_url")
    except BaseException as missing:  # the tests' way of skipping
        print(missing)
        return []


def merged(name: Callable[[str], str], pairs: Iterable[Pair]) -> str:
    """How many of the pairs get one name, of those that are read at all."""
    same = read_at_all = 0
    for pair in pairs:
        try:
            names = {name(text) for text in pair}
        except (Refused, ValueError):
            continue
        read_at_all += 1
        same += len(names) == 1
    return f"{same} of {read_at_all}"


def forget() -> None:
    """Empty the caches that know addresses, also Python's own, by which the peers read."""
    parse.clear_cache()
    urls.read.cache_clear()
    urls.registrable.cache_clear()


def microseconds(contenders: Iterable[Callable[[str], str]], texts: list[str], cold: bool) -> list[float]:
    """For one address, by each contender: the mean of each one's best of all rounds, the contenders in turn in each."""
    contenders = list(contenders)
    best = [[float("inf")] * len(texts) for _ in contenders]
    for _ in range(ROUNDS):
        for contender, mine in zip(contenders, best, strict=True):
            for place, text in enumerate(texts):
                forget()
                if not cold:
                    contender(text)
                start = time.perf_counter_ns()
                contender(text)
                mine[place] = min(mine[place], (time.perf_counter_ns() - start) / 1000)
    return [mean(mine) for mine in best]


def main() -> str:
    """Run it; the table as Markdown."""
    same, apart, foreign = same_listing(), [*test_listing_key.TWO_LISTINGS, *test_urls.TWO_PAGES], foreign_pairs()
    contenders = peers()
    short = [text for _, text in test_listing_key.FORMS]
    long = [LONG.format(265370482805 + number) for number in range(100)]
    times = [microseconds(contenders.values(), texts, cold) for texts in (short, long) for cold in (True, False)]
    lines = [
        "| contender | same listing merged | wrongly merged | w3lib's own pairs merged | µs short: cold | warm | long: cold | warm |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for (name, contender), *taken in zip(contenders.items(), *times, strict=True):
        rates = " | ".join(merged(contender, pairs) for pairs in (same, apart, foreign))
        lines.append(f"| {name} | {rates} | {' | '.join(format(each, '.1f') for each in taken)} |")
    lines.append(
        f"\nShort: {len(short)} addresses, {mean(map(len, short)):.0f} characters; long: {mean(map(len, long)):.0f}."
    )
    return "\n".join(lines)


if __name__ == "__main__":
    print(main())
