"""A listing is known by one key, however its address is written."""

import csv
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.commands.companies import SHIPPED
from server.core.redirects import destination
from server.core.urls import number, read
from server.ledger.companies import schemas
from server.ledger.companies.routing import Directory, RoutedCompany, RoutedPlatform
from server.ledger.listings.key import MAX_PLAIN, listing_key
from tests import listing_forms, market_forms, world_forms
from tests.real_data import REAL_DATA, needs

PAGES = REAL_DATA / "pages" / "index.csv"

FILE = schemas.read_file(SHIPPED.read_bytes())
SHIPPED_DIRECTORY = Directory(
    platforms=tuple(
        RoutedPlatform(
            id=each["slug"],
            slug=each["slug"],
            name=each["name"],
            company=RoutedCompany(company["slug"], company["slug"], company["name"]),
            **{kind: tuple(each[kind] or ()) for kind in ("domains", "hosts", "listing")},
            per_domain=bool(each["per_domain"]),
        )
        for company in FILE["companies"]
        for each in company["platforms"]
    )
)


def key(text):
    address = read(text)
    return listing_key(address, SHIPPED_DIRECTORY.route(address))[0]


FILES = (listing_forms, market_forms, world_forms)
FORMS = [line.split(" ", 1) for file in FILES for line in file.SAME.strip().splitlines()]
TWO_LISTINGS = [pair for file in FILES for pair in file.TWO_LISTINGS]


@pytest.mark.parametrize(("expected", "text"), FORMS)
def test_the_shipped_directory_knows_the_number_in_every_form(expected, text):
    assert key(text) == expected


def test_every_shipped_platform_has_a_form_to_show():
    assert {each.slug for each in SHIPPED_DIRECTORY.platforms} == {expected.partition(":")[0] for expected, _ in FORMS}


@pytest.mark.parametrize(
    "text",
    [
        "https://www.ebay.com/sch/i.html?_nkw=ivory",
        "https://www.ebay.com/signin?ru=https://www.ebay.com/itm/265370482805",
        "https://www.ebay.com/usr/265370482805",
        "https://www.etsy.com/shop/ivory",
        "https://www.amazon.com/s?k=B07ZCN6W8H",
        "https://www.facebook.com/share/193iM6d4Dv/",
        "https://www.tiktok.com/@someone",
        "https://t.me/birds_market",
        "https://t.me/+AbCdEf123",
        "https://www.tokopedia.com/find/gading-gajah",
        "https://www.tokopedia.com/tokokita/etalase/gelang",
        "https://jo.opensooq.com/ar/find?term=12345678",
        "https://haraj.com.sa/search/1234567890",
        "https://www.pets4homes.co.uk/classifieds/beautiful-parrot",
        "https://x.com/someone",
        "https://www.mercadolibre.com.ar/p/MLA12345678",
        "https://detail.tmall.com/item.htm?skuId=950772981369",
        "https://www.rubylane.com/search?q=ring&sort=newest",
        "http://www.leboncoin.fr/voitures/offres/midi_pyrenees/",
        "https://ebay.com.evil.example/itm/265370482805",
        "https://еbay.com/itm/265370482805",
        "http://127.0.0.1/itm/265370482805",
        *world_forms.NEAR_MISSES,
    ],
)
def test_an_address_without_a_listing_number_is_known_as_written(text):
    assert key(text).startswith("url:https://")


@pytest.mark.parametrize(
    ("text", "company"),
    [
        ("https://ebay.us/m/BmvHq2", "ebay"),
        ("https://etsy.me/2r7uZOR", "etsy"),
        ("https://a.co/d/0ec3bLM", "amazon"),
        ("https://amzn.eu/d/0ec3bLM", "amazon"),
        ("https://vn.shp.ee/JdnPvA3B", "shopee"),
        ("https://vt.tiktok.com/ZSabc123X/", "tiktok"),
        ("https://v.douyin.com/CQehcb6iXAo/", "douyin"),
    ],
)
def test_an_official_short_link_leads_to_its_company(text, company):
    assert SHIPPED_DIRECTORY.route(read(text)).company.slug == company


@pytest.mark.parametrize(("first", "other"), TWO_LISTINGS)
def test_two_listings_stay_two(first, other):
    assert key(first) != key(other)


words = st.text(st.sampled_from("abcXYZ09-_.~%20é象"), max_size=12)
queries = st.lists(st.tuples(st.sampled_from(["hash", "_trkparms", "var", "utm_source", "back"]), words), max_size=4)


@given(
    number=st.integers(10**8, 10**13).map(str),
    domain=st.sampled_from(["ebay.com", "EBAY.de", "www.ebay.co.uk", "m.ebay.fr", "ebay.it.", "www.ebay.es:443"]),
    title=words.filter(lambda text: text.strip(".") and "%2e" not in text.lower() and text not in ("..", ".")),
    query=queries,
    fragment=words,
)
def test_the_number_alone_names_the_listing(number, domain, title, query, fragment):
    asked = "&".join(f"{name}={value}" for name, value in query)
    assert key(f"https://{domain}/itm/{title}/{number}?{asked}#{fragment}") == f"ebay:{number}"
    assert key(f"https://{domain}/itm/{number}/?{asked}") == f"ebay:{number}"


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\\"), max_size=300))
def test_a_key_fits_an_index_whatever_the_address(text):
    known_as, number = listing_key(read(f"https://shop.example/{text}"), None)
    assert known_as.startswith("url:")
    assert number is None
    assert len(known_as.encode()) <= MAX_PLAIN + 4


def test_a_long_address_is_known_by_its_hash_and_stays_itself():
    long = "https://shop.example/" + "a" * 2000
    assert key(long).startswith("url:sha256:")
    assert key(long[:1000]) == f"url:{long[:1000]}"  # a key of 1,000 characters fits any index
    assert key(long[:1001]).startswith("url:sha256:")
    assert key(long) == key(long + "?utm_source=x") != key(long + "b")


def test_a_platform_without_patterns_knows_its_listings_as_written():
    platform = SimpleNamespace(slug="mercado", per_domain=False, listing=[])
    assert listing_key(read("http://mercado.localhost/itm/1"), platform) == (
        "url:https://mercado.localhost/itm/1",
        None,
    )


def test_on_a_known_platform_a_page_without_a_number_is_one_whatever_is_written_before_its_name():
    same = ["https://www.tokopedia.com/tokokita/gelang", "http://m.tokopedia.com/tokokita/gelang/?utm_source=share"]
    same += ["https://www.tokopedia.com/tokokita/gelang?extParam=whid%3D15512%26src%3Dsearch&src=topads&channel=others"]
    assert {key(text) for text in same} == {"url:https://tokopedia.com/tokokita/gelang"}
    assert key("https://shop.tokopedia.com/x") != key("https://www.tokopedia.com/x")
    assert key("https://www.shop.example/x?extParam=1") != key("https://www.shop.example/x")
    assert key("https://www.shop.example/x/") == "url:https://www.shop.example/x/"  # nobody's: as it is written


def test_a_pattern_may_name_the_host_and_say_that_case_means_nothing():
    host, case = r"^//shop\.test/(?P<id>\d+)", r"(?i)^/(?P<id>[a-z]+)/(?P<id2>\d+)"
    platform = SimpleNamespace(slug="shop", per_domain=False, listing=[host, case])
    assert listing_key(read("https://shop.test/12"), platform)[1] == "12"
    assert listing_key(read("https://www.shop.test/12"), platform)[1] is None
    assert listing_key(read("https://www.shop.test/Ana/12"), platform)[1] == "ana-12"


def test_the_first_pattern_that_finds_a_number_wins():
    platform = SimpleNamespace(slug="mercado", per_domain=False, listing=[r"/ad/(?P<id>\d+)", r"/itm/(?P<id>\d+)"])
    assert listing_key(read("http://mercado.localhost/itm/1/ad/2"), platform) == ("mercado:2", "2")
    assert listing_key(read("http://mercado.localhost/itm/1"), platform) == ("mercado:1", "1")


@needs(PAGES)
def test_the_real_pages_of_known_platforms_have_their_number():
    with PAGES.open(encoding="utf-8") as opened:
        pages = [row for row in csv.DictReader(opened) if row["url"].startswith("http")]
    keys = {}
    for row in pages:
        address = read(row["url"])
        if (platform := SHIPPED_DIRECTORY.route(address)) and row["kind"] == "single-item":
            keys[row["url"]] = listing_key(address, platform)
    without = [url for url, (_, number) in keys.items() if not number]
    print(
        f"{len(keys)} real listing pages on {len({k.partition(':')[0] for k, _ in keys.values()})} platforms, without a number: {without}"
    )
    assert len(keys) >= 30
    assert not without
    assert len({known_as for known_as, _ in keys.values()}) == len(keys)


@pytest.mark.parametrize(("expected", "text"), FORMS)
def test_many_patterns_at_once_find_what_each_in_turn_finds(expected, text):
    address = destination(read(text))
    texts = SHIPPED_DIRECTORY.route(address).listing
    in_turn = (number(address, [each]) for each in texts)
    assert number(address, texts) == next(found for found in in_turn if found)
