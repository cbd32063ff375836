"""Knowing a listing again by its address: ours beside the peers, on the same pairs, in the same run.

    python -m benchmarks.addresses

*Same merged* is the share of pairs of addresses of one listing that get one key; *wrongly merged* the share of pairs of
two listings that do. The pairs are the tests' own: forms of addresses read in public code, written by the hands that
wrote the patterns, so the share of ours says that the patterns work, not that every form is known. The pairs of w3lib's
own tests are from elsewhere (SPOTTER_REAL_DATA). A peer that is not installed is left out with a line.
"""

import time
from collections.abc import Callable, Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import ada_url

from server.core.urls import canonical, read
from server.core.words import Refused
from tests.unit import test_listing_key, test_urls

Pair = tuple[str, str]
TIMES = 5


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


def microseconds(name: Callable[[str], str], texts: list[str]) -> float:
    """For one address, the best of five runs over all of them."""
    best = float("inf")
    for _ in range(TIMES):
        start = time.perf_counter()
        for text in texts:
            name(text)
        best = min(best, time.perf_counter() - start)
    return best / len(texts) * 1e6


def main() -> str:
    """Run it; the table as Markdown."""
    same, apart, foreign = same_listing(), [*test_listing_key.TWO_LISTINGS, *test_urls.TWO_PAGES], foreign_pairs()
    texts = [text for _, text in test_listing_key.FORMS] * 5
    lines = [
        "| contender | same listing merged | wrongly merged | w3lib's own pairs merged | µs an address |",
        "|---|---|---|---|---|",
    ]
    for name, contender in peers().items():
        rates = " | ".join(merged(contender, pairs) for pairs in (same, apart, foreign))
        lines.append(f"| {name} | {rates} | {microseconds(contender, texts):.1f} |")
    return "\n".join(lines)


if __name__ == "__main__":
    print(main())
