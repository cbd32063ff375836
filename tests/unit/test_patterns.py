"""The listing's number in an address, by the patterns of its platform."""

import pytest

from server.core.patterns import MAX_PATTERN, pattern, patterns
from server.core.words import Refused

SHOPEE = r"-i\.(?P<id>\d+)\.(?P<id2>\d+)"
AMAZON = r"/dp/(?P<id>\w{10})(?:.*[?&]m=(?P<seller>\w+))?"
SHORT = r"^//youtu\.be/(?P<id>\w{11})"
TELEGRAM = r"(?i)^//t\.me/(?P<id>\w+/\d+)"


@pytest.mark.parametrize(
    ("text", "word"),
    [
        (r"/itm/(?=\d)(?P<id>\d+)", "RE2"),
        (r"/itm/(?P<id>\d+", "RE2"),
        (r"/(?P<id>a)\1", "RE2"),
        (r"/itm/(\d+)", "(?P<id>…)"),
        (r"(?P<id>.*)", "where there is none"),
        (r"^//(?P<id>.*)", "where there is none"),
        (r"(?i)^//(?P<id>[^/]+)/", "where there is none"),
        (r"/itm/(?P<id>\d+)" + "x?" * 200, "300 characters"),
    ],
)
def test_a_pattern_that_cannot_name_a_listing_is_refused(text, word):
    with pytest.raises(Refused) as refusal:
        pattern(text)
    assert word in refusal.value.detail


def test_a_pattern_is_refused_with_what_is_wrong_with_it(capfd):
    with pytest.raises(Refused) as refusal:
        pattern("(?P<id>é")
    assert "'(?P<id>é': missing ): (?P<id>é." in refusal.value.detail
    assert capfd.readouterr().err == "", "RE2 writes no log of its own"


def test_the_longest_pattern_is_accepted():
    longest = r"/itm/(?P<id>\d+)".ljust(MAX_PATTERN, "x")
    assert len(longest) == 300
    assert pattern(longest).number(b"/") is None


@pytest.mark.parametrize(
    ("text", "address", "number"),
    [
        (r"/itm/(?P<id>\d+)", b"/itm/265", "265"),
        (r"/itm/(?P<id>\d+)", b"/help", None),
        (SHOPEE, b"/ring-i.12.345", "12-345"),
        (r"/(?P<id>a)/(?P<id2>b?)", b"/a/", None),  # half a number is none
        (r"/(?P<id>a?)-(?P<id2>b)", b"/-b", None),
        (AMAZON, b"/dp/B000000001", "B000000001"),
        (AMAZON, b"/dp/B000000001?m=A1", "B000000001-A1"),
        (r"/(?P<comment>c)?(?P<seller>s)(?P<id>i)", b"/csi", "i-c-s"),
        (r"/(?P<comment>c)?(?P<seller>s)(?P<id>i)", b"/si", "i-s"),
        (SHORT, b"//youtu.be/dQw4w9WgXcQ", "dQw4w9WgXcQ"),  # its case means something
        (r"/(?P<id>\d+)", b"/" + b"7" * 100, "7" * 100),
        (r"/(?P<id>\d+)", b"/" + b"7" * 101, None),  # so long is no number
        (TELEGRAM, b"//t.me/Ivory_Shop/12", "ivory_shop/12"),
    ],
)
def test_the_number_is_put_together_of_its_groups(text, address, number):
    assert pattern(text).number(address) == number


@pytest.mark.parametrize(
    ("text", "address", "places"),
    [
        (r"/itm/(?P<id>\d+)", b"/itm/265", [5]),
        (r"/itm/(?P<id>\d+)", b"/help", []),
        (AMAZON, b"/dp/B000000001?m=A1", [4, 17]),
        (AMAZON, b"/dp/B000000001", [4, -1]),
    ],
)
def test_where_each_group_begins_is_told(text, address, places):
    assert pattern(text).places(address) == places


ITEM, SALE, OLD = r"/item/(?P<id>\d+)", r"/sale/(?P<id>\d+)", r"[?&]old=(?P<id>\d+)"


@pytest.mark.parametrize(
    ("texts", "host", "path", "number"),
    [
        ((), "shop.test", "/item/1", None),
        ((ITEM,), "shop.test", "/item/1?old=3", "1"),
        ((ITEM, OLD), "shop.test", "/item/1?old=3", "1"),
        ((OLD, ITEM), "shop.test", "/item/1?old=3", "3"),
        ((ITEM, SALE, OLD), "shop.test", "/sale/2?old=3", "2"),
        ((ITEM, OLD, SALE), "shop.test", "/sale/2?old=3", "3"),
        ((ITEM, OLD, SALE), "shop.test", "/help", None),
        ((ITEM, SALE, SHORT), "youtu.be", "/dQw4w9WgXcQ", "dQw4w9WgXcQ"),
        ((ITEM, SALE, SHORT), "shop.test", "/dQw4w9WgXcQ", None),
        ((SHORT, ITEM), "youtu.be", "/item/12345678", "12345678"),
        # Between patterns of the path stands one of the host: still the first that finds one
        ((ITEM, SHORT, SALE, OLD), "youtu.be", "/dQw4w9WgXcQ?old=3", "dQw4w9WgXcQ"),
        ((ITEM, OLD, SHORT, SALE), "youtu.be", "/dQw4w9WgXcQ?old=3", "3"),
        ((r"^//youtu\.be/(?P<id>\w+)", ITEM, SALE, OLD), "youtu.be", "/item/1", "item"),
    ],
)
def test_the_first_pattern_that_finds_a_number_gives_it(texts, host, path, number):
    assert patterns(texts).number(host, path) == number


def test_patterns_too_large_to_be_searched_together_are_searched_one_by_one():
    """RE2 compiles no set that outgrows its memory."""
    large = tuple(rf"/{number}/(?P<id>(?:[^/]{{1,30}}){{1,30}})/end" for number in range(20))
    assert patterns(large).number("shop.test", "/19/7/end") == "7"
