"""A listing is known by one key, however its address is written."""

import csv
import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.commands.companies import SHIPPED
from server.core.urls import read
from server.ledger.companies import schemas
from server.ledger.companies.routing import Directory, RoutedCompany, RoutedPlatform
from server.ledger.listings.key import MAX_PLAIN, listing_key

PAGES = Path(os.environ.get("SPOTTER_REAL_DATA", Path(__file__).parents[3] / "shared" / "data")) / "pages" / "index.csv"

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


# Every platform's forms: a key, then addresses of that one listing.
SAME = """
ebay:265370482805 https://www.ebay.com/itm/265370482805
ebay:265370482805 https://www.ebay.com/itm/265370482805?hash=item3dc935aef5:g:abc&_trkparms=x#viTabs_0
ebay:265370482805 http://ebay.co.uk/itm/carved-tusk-old/265370482805
ebay:265370482805 https://m.ebay.de/itm/265370482805
ebay:265370482805 https://www.ebay.com:443/itm/265370482805/
ebay:265370482805 https://www.ebay.com/itm/%32%36%35370482805
ebay:265370482805 https://www.ebay.com./a/../itm/265370482805
ebay:265370482805 http://cgi.ebay.com/ws/eBayISAPI.dll?ViewItem&item=265370482805&ssPageName=STRK
etsy:1234567890 https://www.etsy.com/listing/1234567890/vintage-bracelet?click_key=1&ref=hp
etsy:1234567890 https://www.etsy.com/de/listing/1234567890
amazon:amazon.com:B07ZCN6W8H https://www.amazon.com/dp/B07ZCN6W8H
amazon:amazon.com:B07ZCN6W8H https://www.amazon.com/gp/aw/d/B07ZCN6W8H?psc=1&th=1
amazon:amazon.com:B07ZCN6W8H https://www.amazon.com/-/es/gp/offer-listing/B07ZCN6W8H/ref=dp_olp
amazon:amazon.com:B07ZCN6W8H-A3P5ROKL5A1OLE https://www.amazon.com/dp/B07ZCN6W8H?smid=A3P5ROKL5A1OLE
amazon:amazon.com:B07ZCN6W8H-A3P5ROKL5A1OLE https://www.amazon.com/Comb/dp/B07ZCN6W8H/ref=sr_1_1?keywords=x&psc=1&m=A3P5ROKL5A1OLE&th=1
amazon:amazon.co.uk:B07ZCN6W8H https://www.amazon.co.uk/Some-Title/dp/B07ZCN6W8H/ref=sr_1_1?keywords=x
amazon:amazon.de:B07ZCN6W8H https://www.amazon.de/gp/product/B07ZCN6W8H?th=1
amazon:com.be:B07ZCN6W8H https://www.amazon.com.be/slug-dp-B07ZCN6W8H/dp/B07ZCN6W8H
amazon:com.be:B07ZCN6W8H https://amazon.com.be/dp/B07ZCN6W8H
facebook:1234567890123456 https://www.facebook.com/marketplace/item/1234567890123456/?ref=search
facebook:1234567890123456 https://m.facebook.com/marketplace/item/1234567890123456
facebook:1234567890123457 https://www.facebook.com/groups/parrots/posts/1234567890123457/
facebook:1234567890123457 https://mbasic.facebook.com/groups/9876543210/permalink/1234567890123457/?mibextid=x
instagram:CxYz_12-AbC https://www.instagram.com/p/CxYz_12-AbC/?igsh=1
instagram:CxYz_12-AbC https://www.instagram.com/someone/p/CxYz_12-AbC/
instagram:CxYz_12-AbC https://instagram.com/reel/CxYz_12-AbC
tiktok:7571863205253778710 https://www.tiktok.com/@someone/video/7571863205253778710?_t=8
tiktok-shop:1729401957854974731 https://shop.tiktok.com/view/product/1729401957854974731?region=US
craigslist:7612345678 https://manchester.craigslist.org/app/d/salford-tusk/7612345678.html
craigslist:7612345678 https://sfbay.craigslist.org/sfc/ant/7612345678.html
gumtree:1342956348 https://www.gumtree.com/p/birds/african-grey/1342956348
gumtree:1342956348 https://www.gumtree.com/p/-/-/1342956348?x=1
gumtree-au:1135728853 https://www.gumtree.com.au/s-ad/perth/birds/parrot/1135728853
gumtree-au:1135728853 https://www.gumtree.com.au/s-ad/1135728853
olx-pl:INaFh https://www.olx.pl/d/oferta/papuga-zako-CID103-IDINaFh.html
olx-pl:INaFh https://www.olx.pl/d/oferta/papuga-tania-CID103-IDINaFh.html?reason=extended_search
olx-in:1729965653 https://www.olx.in/item/parrot-for-sale-iid-1729965653
olx-in:1729965653 https://www.olx.in/hi/item/x-iid-1729965653
olx-pk:1021493409 https://www.olx.com.pk/item/infinix-hot-10-6128-wala-box-pack-warranty-wala-iid-1021493409
mercari-us:m71344610988 https://www.mercari.com/us/item/m71344610988/?ref=x
mercari-jp:m81334162487 https://jp.mercari.com/item/m81334162487
mercari-jp:m81334162487 https://jp.mercari.com/en/item/m81334162487
rakuma:5e8d557e7285362d481b72c34d57dcc6 https://item.fril.jp/5e8d557e7285362d481b72c34d57dcc6
yahoo-auctions:d1197612312 https://auctions.yahoo.co.jp/jp/auction/d1197612312
yahoo-auctions:d1197612312 https://page.auctions.yahoo.co.jp/jp/auction/d1197612312
paypay-flea:z987654321 https://paypayfleamarket.yahoo.co.jp/item/z987654321
leboncoin:3212185891 https://www.leboncoin.fr/ad/animaux/3212185891
leboncoin:3212185891 https://www.leboncoin.fr/animaux/3212185891.htm?ca=12_s
kleinanzeigen:3312858436 https://www.kleinanzeigen.de/s-anzeige/graupapagei/3312858436-208-20982
kleinanzeigen:3312858436 https://www.ebay-kleinanzeigen.de/s-anzeige/3312858436
marktplaats:m2064554806 https://link.marktplaats.nl/m2064554806
marktplaats:m2064554806 https://www.marktplaats.nl/v/antiek/curiosa/m2064554806-ivoren-beeld?x=1
2dehands:m2064554806 https://www.2ememain.be/v/antiquites/m2064554806-ivoire
2dehands:m2064554806 https://www.2dehands.be/v/antiek/m2064554806-ivoor
vinted:4112057125 https://www.vinted.fr/items/4112057125-sac-python?referrer=catalog
vinted:4112057125 https://www.vinted.co.uk/items/4112057125
wallapop:123456 https://es.wallapop.com/item/mesa-de-roble-123456
wallapop:123456 https://it.wallapop.com/item/tavolo-123456?x=1
mercado-libre:MLA-764828367 https://articulo.mercadolibre.com.ar/MLA-764828367-figura-de-marfil-_JM
mercado-libre:MLA-764828367 https://articulo.mercadolibre.com.ar/MLA-764828367-_JM?tracking_id=1#position=2
mercado-libre:MLB-2064554806 https://produto.mercadolivre.com.br/MLB-2064554806-concha-_JM
taobao:612345678901 https://item.taobao.com/item.htm?spm=a230r&id=612345678901&ns=1
taobao:612345678901 https://world.taobao.com/item/612345678901.htm
taobao:612345678901 https://m.intl.taobao.com/detail/detail.html?id=612345678901
taobao:612345678901 https://h5.m.taobao.com/awp/core/detail.htm?id=612345678901
tmall:950772981369 https://detail.tmall.com/item.htm?id=950772981369&skuId=123456789012
tmall:950772981369 https://chaoshi.detail.tmall.com/item.htm?skuId=123456789012&id=950772981369
xianyu:995598771021 https://www.goofish.com/item?id=995598771021&categoryId=50023914
xianyu:995598771021 https://h5.m.goofish.com/item?forceFlush=1&id=995598771021
1688:979663612935 https://detail.1688.com/offer/979663612935.html
1688:979663612935 https://m.1688.com/offer/979663612935.html?spm=1
1688:979663612935 https://detail.1688.com/pic/979663612935.html
aliexpress:32869421559 https://www.aliexpress.com/item/32869421559.html
aliexpress:32869421559 https://fr.aliexpress.com/item/horn-comb/32869421559.html?algo_pvid=1
aliexpress:32869421559 https://aliexpress.ru/item/32869421559.html
alibaba:62320522213 https://www.alibaba.com/product-detail/Lemon-Cheese-Garlic_62320522213.html?spm=a2700
jd:12345678 https://item.jd.com/12345678.html
jd:10113851950323 https://item.m.jd.com/product/10113851950323.html
carousell:1234567890 https://www.carousell.sg/p/ivory-bangle-1234567890/
carousell:1234567890 https://www.carousell.sg/p/1234567890
carousell-hk:1234567890 https://www.carousell.com.hk/p/ivory-bangle-%E8%B1%A1%E7%89%99-1234567890/
carousell-my:1234567890 https://www.carousell.com.my/p/ivory-bangle-1234567890/
carousell-ph:1234567890 https://www.carousell.ph/p/ivory-bangle-1234567890/?t-id=abc
shopee:shopee.sg:12345-67890 https://shopee.sg/product/12345/67890
shopee:shopee.com.my:12345-67890 https://shopee.com.my/Ivory-bangle-i.12345.67890?sp_atk=1
lazada-sg:214861100 https://www.lazada.sg/products/bangle-i214861100-s325723972.html
lazada-sg:214861100 https://www.lazada.sg/products/pdp-i214861100-s999.html?spm=a
lazada-sg:214861100 https://www.lazada.sg/products/bangle-i214861100.html
cho-tot:10543210 https://xe.chotot.com/mua-ban-oto/10543210.htm
ruby-lane:576196-1405-007 https://www.rubylane.com/item/576196-1405-007/Carved-Box
ruby-lane:576196-1405-007 https://www.rubylane.com/item/576196-1405-007
liveauctioneers:223771797 https://www.liveauctioneers.com/item/223771797_carved-tusk-new-york-ny
catawiki:89180477 https://www.catawiki.com/en/l/89180477-netsuke
catawiki:89180477 https://www.catawiki.com/nl/l/89180477-een-netsuke?x=1
1stdibs:f_31310552 https://www.1stdibs.com/furniture/decorative-objects/box/id-f_31310552/
1stdibs:j_28202612 https://www.1stdibs.com/jewelry/bracelets/bangles/carved-bangle/id-j_28202612/
trade-me:6123939424 https://www.trademe.co.nz/a/marketplace/antiques/listing/6123939424
trade-me:6123939424 https://www.trademe.co.nz/a/marketplace/listing/6123939424
trade-me:6123939424 https://www.trademe.co.nz/Browse/Listing.aspx?id=6123939424
kijiji:1424248344 https://www.kijiji.ca/v-art-collectibles/barrie/carving/1424248344
kijiji:1424248344 https://www.kijiji.ca/v-view-details.html?adId=1424248344
preloved:123084717 https://www.preloved.co.uk/adverts/show/123084717/parrot.html
pets4homes:12345 https://www.pets4homes.co.uk/classifieds/12345/african-grey
morphmarket:123456 https://www.morphmarket.com/us/c/reptiles/pythons/green-tree-pythons/123456
morphmarket:123456 https://www.morphmarket.com/eu/c/reptiles/pythons/green-tree-pythons/123456
lazada-my:214861100 https://www.lazada.com.my/products/bangle-i214861100-s1.html
lazada-ph:214861100 https://www.lazada.com.ph/products/bangle-i214861100-s1.html
lazada-id:214861100 https://www.lazada.co.id/products/bangle-i214861100-s1.html
lazada-th:214861100 https://www.lazada.co.th/products/bangle-i214861100-s1.html
lazada-vn:214861100 https://www.lazada.vn/products/bangle-i214861100-s1.html
facebook:1234567890123456 https://www.facebook.com/commerce/listing/1234567890123456/?media_id=0&ref=share_attachment
facebook:pfbid02FGiF5Lm1tNTVLytkB1TUyXxf8M https://www.facebook.com/permalink.php?story_fbid=pfbid02FGiF5Lm1tNTVLytkB1TUyXxf8M&id=615519285
facebook:pfbid02FGiF5Lm1tNTVLytkB1TUyXxf8M https://m.facebook.com/story.php?id=615519285&story_fbid=pfbid02FGiF5Lm1tNTVLytkB1TUyXxf8M
facebook:pfbid02FGiF5Lm1tNTVLytkB1TUyXxf8M https://www.facebook.com/some.shop/posts/pfbid02FGiF5Lm1tNTVLytkB1TUyXxf8M?__cft__[0]=x
facebook:10153322400567519 https://www.facebook.com/some.shop/posts/old-tusk/10153322400567519
facebook:10153322400567519 https://www.facebook.com/permalink.php?story_fbid=10153322400567519&id=14038332518
facebook:10153322400567520 https://www.facebook.com/photo/?fbid=10153322400567520&set=a.1
facebook:193iM6d4Dv https://www.facebook.com/share/p/193iM6d4Dv/?mibextid=x
tiktok:7571863205253778711 https://www.tiktok.com/@someone/photo/7571863205253778711
tiktok:ZMabc123X https://vm.tiktok.com/ZMabc123X/
tiktok:ZMabc123X https://www.tiktok.com/t/ZMabc123X/
mercari-us:m71344610988 https://www.mercari.com/item/m71344610988/
mercari-jp:2JNysv3RcsZP37Dt8Zoaof https://jp.mercari.com/shops/product/2JNysv3RcsZP37Dt8Zoaof?source_location=share
mercado-libre:MLMU418527912 https://www.mercadolibre.com.mx/up/MLMU418527912?pdp_filters=item_id:MLM1689875150
mercado-libre:MLMU418527912 https://www.mercadolibre.com.mx/figura-de-coral/up/MLMU418527912
alibaba:1600112356839 https://m.alibaba.com/product/1600112356839/Carved-Comb.html?s=p
pets4homes:123456 https://www.pets4homes.co.uk/classifieds/123456-parrot-in-leeds/
vinted:4112057125 https://www.vinted.lt/items/4112057125-rankine
rakuten-ichiba:kottou-ya/ivory-12 https://item.rakuten.co.jp/kottou-ya/ivory-12/?s-id=x
olx-ua:P7XTL https://www.olx.ua/d/uk/obyavlenie/karkas-IDP7XTL.html
olx-ua:P7XTL https://www.olx.ua/d/obyavlenie/inshe-IDP7XTL.html#401
olx-kz:r9sfK https://www.olx.kz/d/kk/obyavlenie/hp-IDr9sfK.html
olx-uz:r9sfK https://www.olx.uz/d/obyavlenie/hp-IDr9sfK.html
olx-ro:r9sfK https://www.olx.ro/d/oferta/hp-IDr9sfK.html
olx-bg:r9sfK https://www.olx.bg/d/ad/hp-CID1-IDr9sfK.html
olx-pt:r9sfK https://www.olx.pt/d/anuncio/hp-IDr9sfK.html
olx-br:1191376594 https://ba.olx.com.br/regiao-de-vitoria-da-conquista-e-barreiras/animais/arara-1191376594?lis=listing_1002
olx-id:922022342 https://www.olx.co.id/item/burung-nuri-iid-922022342
olx-id:922022342 https://www.olx.co.id/item/922022342
telegram:birds_market-1234 https://t.me/birds_market/1234?single
telegram:birds_market-1234 https://t.me/s/birds_market/1234
telegram:birds_market-1235 https://t.me/birds_market/7/1235
telegram:birds_market-1234-99 https://t.me/birds_market/1234?comment=99
telegram:1357924680-12 https://t.me/c/1357924680/12
x:1834567890123456789 https://x.com/someone/status/1834567890123456789?s=20
x:1834567890123456789 https://mobile.twitter.com/i/web/status/1834567890123456789
youtube:aBcDeFgHi_1 https://www.youtube.com/watch?feature=share&v=aBcDeFgHi_1
youtube:aBcDeFgHi_1 https://youtu.be/aBcDeFgHi_1?si=x
youtube:aBcDeFgHi_1 https://m.youtube.com/shorts/aBcDeFgHi_1
vk:wall-175959583-79 https://vk.com/wall-175959583_79?from=feed
vk:wall-175959583-79 https://m.vk.com/feed?w=wall-175959583_79
vk:product-175959583-80 https://vk.com/market-175959583?w=product-175959583_80%2Fquery
avito:2743395912 https://www.avito.ru/moskva/ptitsy/popugay_2743395912?context=x
avito:2743395912 https://m.avito.ru/items/2743395912
tokopedia:tokokita/gelang-1730123456789012345 https://www.tokopedia.com/tokokita/gelang-1730123456789012345?extParam=x
kaidee:371493902 https://www.kaidee.com/product-371493902
kaidee:371493902 https://rod.kaidee.com/product/371493902
mudah:654321 https://www.mudah.my/gelang-654321.htm
haraj:11167757566 https://haraj.com.sa/11167757566/%D8%B5%D9%82%D8%B1/
haraj:11167757566 https://haraj.com.sa/en/11167757566
opensooq:270931063 https://jo.opensooq.com/ar/search/270931063
opensooq:270931063 https://jo.opensooq.com/en/search/270931063-parrot
jiji:jiji.ng:6g3gCzBhqpmX0nCMKzDqcmJP https://jiji.ng/ikeja/birds/grey-parrot-6g3gCzBhqpmX0nCMKzDqcmJP.html?page=1
xiaohongshu:64c8999200000000100309d8 https://www.xiaohongshu.com/explore/64c8999200000000100309d8?xsec_token=x
xiaohongshu:64c8999200000000100309d8 https://www.xiaohongshu.com/discovery/item/64c8999200000000100309d8
douyin:7341234567890123456 https://www.douyin.com/video/7341234567890123456
douyin:7341234567890123456 https://www.douyin.com/discover?modal_id=7341234567890123456
douyin:7341234567890123456 https://www.iesdouyin.com/share/note/7341234567890123456/?region=CN
"""
FORMS = [line.split(" ", 1) for line in SAME.strip().splitlines()]


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
    ],
)
def test_an_address_without_a_listing_number_is_known_as_written(text):
    assert key(text).startswith("url:https://")


TWO_LISTINGS = [
    ("https://www.amazon.de/dp/B07ZCN6W8H", "https://www.amazon.com/dp/B07ZCN6W8H"),
    ("https://www.amazon.de/dp/B07ZCN6W8H?m=A3P5ROKL5A1OLE", "https://www.amazon.de/dp/B07ZCN6W8H?m=A38F5RZ72I2JQ"),
    ("https://shopee.sg/product/12345/67890", "https://shopee.co.th/product/12345/67890"),
    ("https://jiji.ng/a/x-6g3gCzBhqpmX0nCMKzDqcmJP.html", "https://jiji.ug/a/x-6g3gCzBhqpmX0nCMKzDqcmJP.html"),
    ("https://vk.com/wall-1_2", "https://vk.com/wall1_2"),
    ("https://vk.com/wall-1_2", "https://vk.com/photo-1_2"),
    ("https://t.me/birds_market/12", "https://t.me/birds_market/12?comment=3"),
    ("https://item.rakuten.co.jp/a-b/cd/", "https://item.rakuten.co.jp/a/b-cd/"),
    ("https://www.ebay.com/itm/265370482805", "https://www.ebay.com/itm/265370482806"),
    ("https://www.ebay.com/itm/265370482805", "https://www.etsy.com/listing/265370482805"),
    ("https://www.olx.pl/d/oferta/a-CID103-IDINaFh.html", "https://www.olx.pl/d/oferta/a-CID103-IDinafh.html"),
    ("https://www.instagram.com/p/CxYz12AbC/", "https://www.instagram.com/p/cxyz12abc/"),
    ("https://www.mercari.com/us/item/m71344610988/", "https://jp.mercari.com/item/m71344610988"),
    ("https://shopee.sg/product/12345/67890", "https://shopee.sg/product/67890/12345"),
    ("https://www.lazada.sg/products/a-i214861100.html", "https://www.lazada.vn/products/a-i214861100.html"),
    ("https://auctions.yahoo.co.jp/jp/auction/d1197612312", "https://auctions.yahoo.co.jp/jp/auction/e1197612312"),
]


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


def test_the_first_pattern_that_finds_a_number_wins():
    platform = SimpleNamespace(slug="mercado", per_domain=False, listing=[r"/ad/(?P<id>\d+)", r"/itm/(?P<id>\d+)"])
    assert listing_key(read("http://mercado.localhost/itm/1/ad/2"), platform) == ("mercado:2", "2")
    assert listing_key(read("http://mercado.localhost/itm/1"), platform) == ("mercado:1", "1")


def test_the_real_pages_of_known_platforms_have_their_number():
    if not PAGES.exists():
        pytest.skip(f"{PAGES} is not there; set SPOTTER_REAL_DATA to the folder that has pages/index.csv")
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
