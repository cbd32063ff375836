"""Front pages, searches and lists are told from single ads by their address; in doubt it may be an ad."""

from dataclasses import dataclass

import pytest

from server.core import urls
from server.ledger.listings.page import is_single_ad


@dataclass(frozen=True)
class Platform:
    slug: str = "ebay"
    listing: tuple[str, ...] = (r"/itm/(?:[^/]+/)?(?P<id>\d{9,})",)


MANY = (
    "https://www.ebay.com/",
    "https://www.ebay.com",
    "https://shop.example/de/",
    "https://shop.example/en-gb",
    "https://shop.example/index.html",
    "https://shop.example/?lang=fr",
    "https://www.ebay.com/sch/i.html?_nkw=ivory",
    "https://www.amazon.com/s?k=ivory",
    "https://www.etsy.com/search?q=ivory",
    "https://www.etsy.com/c/jewelry",
    "https://www.google.com/search?q=ivory+tusk",
    "https://duckduckgo.com/?q=ivory",
    "https://www.leboncoin.fr/recherche?text=ivoire",
    "https://www.marktplaats.nl/q/ivoor/",
    "https://es.wallapop.com/app/search?keywords=marfil",
    "https://www.vinted.fr/catalog?search_text=ivoire",
    "https://jp.mercari.com/search?keyword=%E8%B1%A1%E7%89%99",
    "https://www.facebook.com/marketplace/",
    "https://www.instagram.com/explore/tags/ivory/",
    "https://www.avito.ru/moskva?q=klyk",
    "https://www.youtube.com/results?search_query=ivory",
    "https://www.catawiki.com/en/c/333-antiques",
    "https://shop.example/search/12345?q=ivory",
    "https://shop.example/listing?string=ivory",
    "https://shop.example/products?search[keywords]=ivory",
    "https://shop.example/search_result.html?search_key=ivory",
    "https://shop.example/?filters%5Bquery%5D=ivory",
    "https://shop.example/Birds-cat.11044951",
    "https://shop.example/Parrots-col.2287751",
    "https://shop.example/#reviews",  # a place on the front page
    "https://shop.example/#/",
)
SINGLE = (
    "https://shop.example/?id=7",
    "https://shop.example/#/ad/77",
    "https://shop.example/#!7",
    "https://shop.example/search/item/12345?q=ivory",  # opened from a search
    "https://shop.example/c/birds/grey-parrot",
    "https://shop.example/shop/coral-necklace",
    "https://shop.example/collections/ivory/products/tusk",
    "https://shop.example/ads/2024/ivory",
    "https://shop.example/c/ivory-tusk-1234567",
    "https://shop.example/product/tusk?q=tusk",
    "https://shop.example/item?id=77&q=tusk",
    "https://shop.example/ivory-figure?search_id=77",
    "https://shop.example/ivory-figure?seller=77",
    "https://shop.example/show.php?user=5&ad=77",
    "https://shop.example/cat.11044951",
    "https://www.youtube.com/watch?v=abc",
    "https://x.com/somebody/status/1234567890",
    "https://video.example/@birdroom/grey-parrot",
    "https://shop.example/antiques/legal/ivory-figure",
    "https://classifieds.example/index.php?page=item&id=9",
    "https://kleinanzeigen.example/s-anzeige/papagei/2233445566-138-3331",
)


@pytest.mark.parametrize("address", MANY)
def test_a_page_of_many_ads(address: str) -> None:
    assert not is_single_ad(urls.read(address), None)


@pytest.mark.parametrize("address", SINGLE)
def test_a_single_ad(address: str) -> None:
    assert is_single_ad(urls.read(address), None)


ABOUT_ITSELF = (
    "https://www.ebay.com/usr/tuskseller",
    "https://de.market.example/de/user/profile/123456789",
    "https://market.example/seller/123456789",
    "https://market.example/help/1234567890",
    "https://market.example/cart",
    "https://shop.example/pages/contact",
    "https://shop.example/account/login",
    "https://video.example/@birdroom",
    "https://market.example/messages/t/12345678901",
    "https://market.example/hz/wishlist/ls/1ABCDEF2GH",
    "https://market.example/myb/WatchList",
    "https://market.example/favourites/12345",
    "https://market.example/fdbk/feedback_profile/tuskseller",
    "https://www.amazon.com/sp?seller=A1B2C3D4E5&language=de",
    "https://market.example/gp/storefront?merchant=778899",
)
# On a platform whose numbers are known these hold none.
PLACES = (
    "https://www.ebay.com/birds",
    "https://www.ebay.com/some.shop",
    "https://www.ebay.com/ar/pets/birds",
    "https://www.ebay.com/furniture/decorative-objects/",
    "https://www.ebay.com/groups/2233445566/",
    "https://www.ebay.com/id12345678",
    "https://www.ebay.com/club12345678",
)


@pytest.mark.parametrize("address", ABOUT_ITSELF)
def test_a_page_about_somebody_or_the_site_itself(address: str) -> None:
    assert not is_single_ad(urls.read(address), None)


@pytest.mark.parametrize("address", PLACES)
def test_a_place_on_a_platform_whose_numbers_are_known(address: str) -> None:
    assert not is_single_ad(urls.read(address), Platform())
    assert is_single_ad(urls.read(address.replace("ebay.com", "shop.example")), None), "elsewhere it may be an ad"


@pytest.mark.parametrize(
    "path",
    [
        "/m/BmvHq2",
        "/d/0ec3bLM",
        "/sellers/anna/item/77",
        "/shop-x/carved-figure-of-a-crane",
        "/classifieds/parrot",
        "/market-id12345678",
    ],
)
def test_what_may_still_name_an_ad_there(path: str) -> None:
    assert is_single_ad(urls.read(f"https://www.ebay.com{path}"), Platform())


@pytest.mark.parametrize(
    ("path", "single"),
    [
        ("/crane-of-horn", False),  # three words, as a category may have
        ("/crane-of-old-horn", True),
        ("/crane_of_old_horn", True),
        ("/m/BmvHq", False),
        ("/m/BmvHqx", True),
        ("/m/bmvhqx", False),
    ],
)
def test_four_words_or_a_code_of_six_signs_may_name_an_ad_there(path: str, single: bool) -> None:
    assert is_single_ad(urls.read(f"https://www.ebay.com{path}"), Platform()) is single


def test_the_platforms_own_number_settles_it() -> None:
    assert is_single_ad(urls.read("https://www.ebay.com/itm/265370482805?q=search"), Platform())
    category = urls.read("https://www.ebay.com/b/Antiques/20081/bn_1851017")
    assert is_single_ad(category, None) and not is_single_ad(category, Platform())
