"""Reading addresses: as a browser does, or a refusal; and one way to write each."""

import contextlib
import csv
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.core import urls
from server.core.urls import MAX_LENGTH, canonical, is_loopback, number, pasted, path_and_query, read
from server.core.words import Refused
from tests.real_data import REAL_DATA, skip_without


def real(name):
    path = REAL_DATA / "urls" / name
    skip_without(path)
    return path.read_text(encoding="utf-8")


def one_way(text):
    return canonical(read(text))


@pytest.mark.parametrize(
    ("text", "href", "host", "domain"),
    [
        ("https://www.ebay.com/itm/1", "https://www.ebay.com/itm/1", "www.ebay.com", "ebay.com"),
        ("HTTPS://WWW.EBAY.CO.UK", "https://www.ebay.co.uk/", "www.ebay.co.uk", "ebay.co.uk"),
        ("  https://ebay.com/  ", "https://ebay.com/", "ebay.com", "ebay.com"),
        ("https://jp.mercari.com/item/m1", "https://jp.mercari.com/item/m1", "jp.mercari.com", "mercari.com"),
        ("http://ebay.com.evil.example/", "http://ebay.com.evil.example/", "ebay.com.evil.example", "evil.example"),
        ("https://еbay.com/", "https://xn--bay-qdd.com/", "xn--bay-qdd.com", "xn--bay-qdd.com"),
        ("https://straße.de/", "https://xn--strae-oqa.de/", "xn--strae-oqa.de", "xn--strae-oqa.de"),
        ("https://ebay。com/", "https://ebay.com/", "ebay.com", "ebay.com"),
        ("https://ｅｂａｙ.com/", "https://ebay.com/", "ebay.com", "ebay.com"),
        ("https://ebay.com./itm/1", "https://ebay.com./itm/1", "ebay.com", "ebay.com"),
        ("https://shop.github.io/", "https://shop.github.io/", "shop.github.io", "shop.github.io"),
        (
            "http://mercado.localhost:8000/a",
            "http://mercado.localhost:8000/a",
            "mercado.localhost",
            "mercado.localhost",
        ),
        ("http://localhost/", "http://localhost/", "localhost", None),
        ("http://co.uk/", "http://co.uk/", "co.uk", None),
        ("http://0x7f.1/", "http://127.0.0.1/", "127.0.0.1", None),
        ("http://192.0.2.7./", "http://192.0.2.7/", "192.0.2.7", None),
        ("http://[2001:DB8::1]:8080/", "http://[2001:db8::1]:8080/", "[2001:db8::1]", None),
        ("http:///ebay.com/", "http://ebay.com/", "ebay.com", "ebay.com"),
    ],
)
def test_an_address_is_read_as_a_browser_reads_it(text, href, host, domain):
    address = read(text)
    assert (address.href, address.host, address.registrable_domain) == (href, host, domain)


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("  https://www.ebay.com/itm/1 \n", "https://www.ebay.com/itm/1"),
        ("Look what I found! https://www.vinted.fr/items/123-ivoire", "https://www.vinted.fr/items/123-ivoire"),
        ("Grey parrot – 1 250 €\nhttps://example.org/ad/7?x=1#y\nSent from my phone", "https://example.org/ad/7?x=1#y"),
        ("Is this ivory? (https://example.org/ad/7).", "https://example.org/ad/7"),
        ("See https://example.org/wiki/Ivory_(box)", "https://example.org/wiki/Ivory_(box)"),
        ("【闲鱼】https://m.tb.cn/h.abc 点击链接", "https://m.tb.cn/h.abc"),
        ("Twice: https://example.org/ad/7 https://example.org/ad/7", "https://example.org/ad/7"),
        ("www.ebay.com/itm/1", "https://www.ebay.com/itm/1"),
        ("ebay.com", "https://ebay.com"),
        ("магазин.рф/объявление/7", "https://магазин.рф/объявление/7"),
    ],
)
def test_the_address_is_found_in_what_was_pasted(text, address):
    assert pasted(text) == address
    assert pasted(address) == address


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ivory box",
        "https://example.org/search?q=ivory box",  # cut at the space it would be another page
        "javascript:alert(1)",
        "file:///etc/passwd",
        "1.5",
        "12.50 €",
        "ana@example.org",
    ],
)
def test_what_holds_no_address_stays_as_it_was_pasted(text):
    assert pasted(text) == text


@pytest.mark.parametrize(
    "text", ["One https://a.example/1, two https://a.example/2", "https://a.example/1 https://a.example/2"]
)
def test_of_several_addresses_none_is_chosen(text):
    with pytest.raises(ValueError, match="one ad"):
        pasted(text)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("javascript:alert(1)", "http and https"),
        ("file:///etc/passwd", "http and https"),
        ("data:text/html,x", "http and https"),
        ("mailto:ana@example.org", "http and https"),
        ("ftp://ebay.com/", "http and https"),
        ("view-source:https://ebay.com/", "http and https"),
        ("www.ebay.com/itm/1", "whole address"),
        ("", "whole address"),
        ("https://", "browser"),
        ("https://e bay.com/", "browser"),
        ("https://ebay.com%2f.evil.example/", "browser"),
        ("https://ebay.com:99999/", "browser"),
        ("https://\ud800.com/", "browser"),
        ("https://ebay..com/", "host"),
        ("https://.ebay.com/", "host"),
        ("https://" + "a." * 140 + "com/", "host"),
        ("https://ebay.com@evil.example/", "user name"),
        ("https://ana:secret@ebay.com/", "user name"),
        ("https://@ebay.com/", "user name"),
        ("http://good.example\\@evil.example/", "backslash"),
        ("https://ebay.com/a\\b", "backslash"),
        ("https://eb\tay.com/", "control"),
        ("https://ebay.com/\n", "control"),
        ("https://ebay.com/\x00", "control"),
        ("https://ebay.com/\x7f", "control"),
        ("https://ebay.com/\x85", "control"),
        ("https://ebay.com/" + "a" * MAX_LENGTH, "4,096 characters"),
    ],
)
def test_what_is_no_listing_address_is_refused_in_one_sentence(text, word):
    with pytest.raises(Refused) as refusal:
        read(text)
    assert refusal.value.kind == "invalid"
    assert word in refusal.value.detail
    assert refusal.value.detail.endswith(".")


def test_an_address_of_exactly_the_longest_length_is_read():
    text = "https://ebay.com/"
    assert read(text + "é" * (MAX_LENGTH - len(text))).path.startswith("/%C3%A9")


@pytest.mark.parametrize(("last", "reads"), [(57, True), (58, False)])
def test_a_host_has_at_most_253_characters(last, reads):
    """RFC 1035, 2.3.4: 255 octets on the wire."""
    with contextlib.nullcontext() if reads else pytest.raises(Refused):
        read("https://" + ".".join(["a" * 63] * 3 + ["a" * last]) + ".com/")


@pytest.mark.parametrize(
    ("host", "here"),
    [
        ("localhost:8000", True),
        ("mercado.localhost", True),
        ("127.0.0.1", True),
        ("[::1]", True),
        ("localhost.example", False),
        ("mylocalhost", False),
        ("192.0.2.7", False),
        ("[2001:db8::1]", False),
    ],
)
def test_this_very_machine_is_known_by_its_name(host, here):
    assert is_loopback(read(f"http://{host}/")) is here


ONE_PAGE = [
    ["https://shop.example/ad/7", "http://shop.example/ad/7", "HTTPS://Shop.Example:443/ad/7", "http://shop.example.:80/ad/7"],
    ["https://shop.example/ad/7", "https://shop.example/ad/7#reviews", "https://shop.example/ad/7?", "https://shop.example/ad/7#"],
    ["https://shop.example/ad?a=1&b=2", "https://shop.example/ad?b=2&a=1", "https://shop.example/ad?&b=2&&a=1&"],
    ["https://shop.example/ad/7", "https://shop.example/ad/7?utm_source=x&UTM_Medium=y&fbclid=z&gclid=1&__cft__[0]=A"],
    ["https://shop.example/~jo", "https://shop.example/%7Ejo", "https://shop.example/%7ejo", "https://shop.example/a/../~jo"],
    ["https://shop.example/%C3%A9%2F", "https://shop.example/é%2f", "https://shop.example/%c3%a9%2f"],
    ["https://shop.example/?q=a+b", "https://shop.example/?q=a%20b", "https://shop.example/?q=a b"],
    ["https://shop.example/100%", "https://shop.example/100%25"],
    ["https://shop.example/?x", "https://shop.example/?x="],
    ["https://shop.example/?p=1,2", "https://shop.example/?p=1%2C2", "https://shop.example/?%70=1%2c2"],
    ["https://shop.example/ad", "https://shop.example/ad;jsessionid=0A1B?PHPSESSID=77"],
    ["https://shop.example/#!/ad/7", "https://shop.example/?gclid=1#!/ad/7?utm_source=x", "https://shop.example/#!/ad/7:~:text=tusk"],
    ["https://straße.example/", "https://xn--strae-oqa.example/"],
]  # fmt: skip


@pytest.mark.parametrize("same", ONE_PAGE)
def test_addresses_of_one_page_are_written_one_way(same):
    assert len({one_way(text) for text in same}) == 1


TWO_PAGES = [
    ("https://shop.example/ad/7", "https://shop.example:8443/ad/7"),
    ("http://shop.example:8080/ad/7", "https://shop.example:8080/ad/7"),
    ("https://shop.example/ad/7", "https://www.shop.example/ad/7"),
    ("https://shop.example/ad/7", "https://shop.example/Ad/7"),
    ("https://shop.example/ad/7", "https://shop.example/ad/7/"),
    ("https://shop.example/?id=1", "https://shop.example/?id=2"),
    ("https://shop.example/?ref=1", "https://shop.example/?ref=2"),
    ("https://shop.example/?id=1&id=2", "https://shop.example/?id=2&id=1"),
    ("https://shop.example/?id=1%262", "https://shop.example/?id=1&2"),
    ("https://shop.example/?q=a%2Bb", "https://shop.example/?q=a+b"),
    ("https://shop.example/a%2Fb", "https://shop.example/a/b"),
    ("https://shop.example/#/ad/7", "https://shop.example/#/ad/8"),
    ("https://shop.example/#!ad-7", "https://shop.example/"),
    ("https://еbay.com/", "https://ebay.com/"),
]


@pytest.mark.parametrize(("first", "other"), TWO_PAGES)
def test_addresses_of_two_pages_stay_apart(first, other):
    assert one_way(first) != one_way(other)


addresses = st.builds(
    "https://{}{}/{}?{}#{}".format,
    st.sampled_from(["shop.example", "WWW.Shop.Example.", "é.example", "[::1]", "127.1"]),
    st.sampled_from(["", ":443", ":8080"]),
    *[st.text(st.sampled_from("aZ09é/%2Ff7e+=&;:!~.?#[]|'\"<>^ "), max_size=25) for _ in range(3)],
)


@given(addresses)
def test_writing_an_address_one_way_twice_changes_nothing(text):
    once = canonical(read(text))
    assert canonical(read(once)) == once


@given(addresses, st.permutations(["utm_source=news", "gclid=1", "fbclid=2"]))
def test_tracking_never_makes_another_page(text, tracking):
    before, _, fragment = text.partition("#")
    joined = before + ("&" if "?" in before else "?") + "&".join(tracking)
    assert one_way(f"{joined}#{fragment}") == one_way(text)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused_and_nothing_else(text):
    with contextlib.suppress(Refused):
        assert canonical(read(text))


def test_a_path_quoted_in_a_parameter_is_never_the_path():
    address = read("https://www.ebay.com/signin?back=/itm/265370482805")
    assert "/itm/" not in path_and_query(address)
    assert number(address, [r"/itm/(?P<id>\d{9,})"]) is None


@pytest.mark.parametrize(
    "evil", [r"/((a+)+)+(?P<id>\d+)$", r"/(.*)*(?P<id>x)y", r"/(a|aa)+(?P<id>z)$", r"/(a{1,30}){1,30}(?P<id>z)"]
)
def test_a_pattern_that_would_hang_another_engine_answers(evil):
    assert number(read("https://shop.example/" + "a" * 4000), [evil]) is None
    assert number(read("https://shop.example/" + "a" * 4000), [evil, evil, evil]) is None


def test_the_standards_own_cases_are_read_alike_or_refused():
    files = ("urltestdata", "ada_extra_urltestdata", "ada_long_urltestdata")
    cases = [case for name in files for case in json.loads(real(f"whatwg/{name}.json")) if isinstance(case, dict)]
    cases = [case for case in cases if not case.get("base")]
    assert len(cases) > 400
    alike = 0
    for case in cases:
        try:
            address = read(case["input"])
        except Refused:
            continue
        assert not case.get("failure"), case["input"]
        assert address.href == case["href"], case["input"]
        assert address == urls._read_by_the_standard(case["input"]) == read(case["href"])
        alike += 1
    print(f"{alike} of {len(cases)} cases of the URL Standard read, alike; the others refused")
    assert alike > 80


def test_the_standards_own_host_names_are_read_alike_or_refused():
    cases = [case for case in json.loads(real("whatwg/toascii.json")) if isinstance(case, dict)]
    for case in cases:
        try:
            host = read(f"https://{case['input']}/x").host
        except Refused:
            continue
        assert host == (case["output"] or "").removesuffix("."), case["input"]


def pairs(function):
    # Inputs that were bytes there are mangled in the copy ("Â£"): left out.
    rows = csv.DictReader(real("pairs/canonicalization_pairs.csv").splitlines())
    return [
        (r["input"], r["expected"])
        for r in rows
        if r["function"] == function and r["args"] == "[] {}" and "Â" not in r["input"]
    ]


def test_pairs_of_another_librarys_tests_agree_where_both_read_them():
    merged, apart = 0, []
    for given_text, expected in pairs("canonicalize_url"):
        try:
            ours = one_way(given_text), one_way(expected)
        except Refused:
            continue
        if ours[0] == ours[1]:
            merged += 1
        else:
            apart.append(given_text)
    print(f"same page, written one way: {merged} of {merged + len(apart)}; not: {apart}")
    # Repeated names keep their order here: the last of ?b=5&b=2 wins on many sites. The other library sorts values.
    assert apart == ["http://www.example.com/do?c=3&b=5&b=2&a=50"]
