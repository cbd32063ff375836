"""An address that only sends on is the one it names; nothing is fetched, and nothing is guessed."""

import pytest

from server.core.redirects import destination
from server.core.urls import read

AD = "https://shop.example/ad/7?a=1&b=2"
QUOTED = "https%3A%2F%2Fshop.example%2Fad%2F7%3Fa%3D1%26b%3D2"


@pytest.mark.parametrize(
    "text",
    [
        f"https://l.facebook.com/l.php?u={QUOTED}&h=AT0&s=1",
        f"https://lm.facebook.com/l.php?h=AT0&u={QUOTED}",
        f"https://www.facebook.com/sharer/sharer.php?u={QUOTED}",
        f"https://l.instagram.com/?u={QUOTED}&e=x",
        f"https://l.wl.co/l?u={QUOTED}",
        f"https://twitter.com/intent/tweet?text=x&url={QUOTED}",
        f"https://t.me/iv?url={QUOTED}&rhash=1",
        f"https://t.me/share/url?url={QUOTED}",
        f"https://vk.com/away.php?to={QUOTED}&cc_key=",
        f"https://m.vk.com/away.php?to={QUOTED}",
        f"https://www.youtube.com/redirect?event=x&q={QUOTED}",
        f"https://out.reddit.com/t3_x?url={QUOTED}",
        f"https://duckduckgo.com/l/?uddg={QUOTED}&rut=x",
        f"https://eur03.safelinks.protection.outlook.com/?url={QUOTED}&data=x",
        f"https://www.google.com/url?sa=t&url={QUOTED}",
        f"https://www.google.co.uk/url?q={QUOTED}&sa=D",
        f"https://www.google.com.br/imgres?imgurl=x&imgrefurl={QUOTED}",
        f"https://translate.google.com/translate?sl=auto&u={QUOTED}",
        f"https://www.awin1.com/cread.php?awinmid=1&ued={QUOTED}",
        f"https://mercado.app.link/abc?$desktop_url={QUOTED}",
        f"https://mercado.app.link/abc?%24desktop_url={QUOTED}",
        f"https://mercado.page.link/?link={QUOTED}&apn=x",
        "https://www.google.com/amp/s/shop.example/ad/7?a=1&b=2",
        "https://shop-example.cdn.ampproject.org/c/s/shop.example/ad/7?a=1&b=2",
        "https://shop-example.cdn.ampproject.org/v/s/shop.example/ad/7?a=1&b=2",
        "https://shop-example.translate.goog/ad/7?a=1&b=2&_x_tr_sl=en&_x_tr_tl=fr",
        f"https://r.search.yahoo.com/_ylt=x/RV=2/RE=1/RO=10/RU={QUOTED}/RK=2/RS=x",
        "https://www.bing.com/ck/a?p=x&u=a1aHR0cHM6Ly9zaG9wLmV4YW1wbGUvYWQvNz9hPTEmYj0y&ntb=1",
    ],
)  # fmt: skip
def test_where_an_address_sends_on_to_is_read_from_it(text):
    assert destination(read(text)).href == AD


@pytest.mark.parametrize(
    ("text", "href"),
    [
        ("https://amzn.com/B07ZCN6W8H", "https://www.amazon.com/dp/B07ZCN6W8H"),
        ("https://www.google.com/amp/shop.example/ad", "http://shop.example/ad"),
        ("https://x--y-shop-example.translate.goog/ad", "https://x-y.shop.example/ad"),
        ("https://www-ebay-de.translate.goog/itm/1", "https://www.ebay.de/itm/1"),
        ("https://www.google.com/url?q=&url=https://shop.example/ad", "https://shop.example/ad"),
        (f"https://l.facebook.com/l.php?u=https%3A%2F%2Fwww.google.com%2Furl%3Fq%3D{QUOTED.replace('%', '%25')}", AD),
    ],
)
def test_hosts_are_written_back_and_a_counter_of_a_counter_is_followed(text, href):
    assert destination(read(text)).href == href


@pytest.mark.parametrize(
    "text",
    [
        AD,
        f"https://evil.example/l.php?u={QUOTED}",
        f"https://l.facebook.com.evil.example/l.php?u={QUOTED}",
        f"https://notgoogle.com/url?q={QUOTED}",
        f"https://google.evil.example/url?q={QUOTED}",
        f"https://www.facebook.com/groups/1?u={QUOTED}",
        "https://l.facebook.com/l.php?u=javascript%3Aalert(1)",
        "https://l.facebook.com/l.php?u=%2Fmarketplace",
        "https://l.facebook.com/l.php?u=https%3A%2F%2Fana%40evil.example%2F",
        "https://l.facebook.com/l.php",
        "https://www.google.com/amp/s/nodots/ad",
        "https://www.google.com/search?q=https://shop.example/ad",
        "https://www.google.com/maps/s/shop.example/",
        "https://translate.goog/ad",
        "https://www.bing.com/ck/a?u=a1_____w",
        "https://www.bing.com/ck/a?p=1",
        "https://r.search.yahoo.com/RV=2",
        "https://amzn.com/about",
        "https://a.co/d/0ec3bLM",
        "https://bit.ly/3abcdef",
        "https://web.archive.org/web/2020/https://shop.example/ad/7",
        f"https://www.ebay.com/signin?ru={QUOTED}",
    ],
)
def test_any_other_address_is_its_own_destination(text):
    assert destination(read(text)) == read(text)


@pytest.mark.parametrize(("counters", "host"), [(4, "shop.example"), (5, "l.facebook.com")])
def test_four_counters_are_followed_and_a_longer_chain_is_left_where_it_is(counters, host):
    text = AD
    for _ in range(counters):
        text = "https://l.facebook.com/l.php?u=" + text.replace("%", "%25").replace("&", "%26").replace("?", "%3F")
    assert destination(read(text)).host == host
