"""Forms of addresses on further marketplaces, auction houses and social platforms, as in `listing_forms`. Numbers are invented."""

SAME = """
tradera:725612943 https://www.tradera.com/item/341372/725612943/slug
tradera:725612943 https://www.tradera.com/item/341372/725612943/andra-ord?utm_source=x
tradera:725612943 https://www.tradera.com/item/725612943
huuto:591236849 https://www.huuto.net/kohteet/vanha-norsunluu/591236849?ref=api
huuto:591236849 http://huuto.net/kohteet/591236849
adverts-ie:40758551 https://www.adverts.ie/40758551
adverts-ie:40758551 https://www.adverts.ie/birds/parrots/african-grey/40758551
adverts-ie:40758551 https://www.adverts.ie/birds/other-words/40758551?x=1
donedeal:42374898 https://www.donedeal.ie/birds-for-sale/african-grey-parrot/42374898?campaign=3
donedeal:42374898 https://www.donedeal.ie/birds-for-sale/other-words/42374898
donedeal:42374898 https://donedeal.ie/birds-for-sale/42374898
hood:60633535 https://www.hood.de/i/elfenbein-figur-60633535.htm
hood:60633535 https://www.hood.de/i/-60633535.htm
hood:60633535 https://www.hood.de/i/60633535.htm
markt-de:1a2b3c4d https://www.markt.de/berlin/voegel/graupapagei/a/1a2b3c4d/
markt-de:1a2b3c4d https://www.markt.de/potsdam/tiere/voegel/anderes/a/1a2b3c4d/?x=1
tutti:76699338 https://www.tutti.ch/de/vi/bern/voegel/graupapagei/76699338
tutti:76699338 https://www.tutti.ch/fr/vi/berne/oiseaux/gris/76699338
tutti:76699338 https://www.tutti.ch/de/vi/76699338
shpock:YqT1abcDEFgh12_3 https://www.shpock.com/en-gb/i/YqT1abcDEFgh12_3/carved-tusk
shpock:YqT1abcDEFgh12_3 https://www.shpock.com/de-at/i/YqT1abcDEFgh12_3/figur
shpock:YqT1abcDEFgh12_3 https://shpock.com/i/YqT1abcDEFgh12_3
todocoleccion:690431565 https://www.todocoleccion.net/antiguedades/figura-marfil-siglo-xix~x690431565
todocoleccion:690431565 https://en.todocoleccion.net/antiques/figure~x690431565#sobre_el_lote
encuentra24:panama-27481234 https://www.encuentra24.com/panama-es/mascotas-aves/loro-gris/27481234?list=category&catslug=mascotas-aves
encuentra24:panama-27481234 https://m.encuentra24.com/panama-en/pets-birds/grey-parrot/27481234
encuentra24:el-salvador-27481235 https://www.encuentra24.com/el-salvador-es/mascotas/loro/27481235
njuskalo:27954639 https://www.njuskalo.hr/ptice/zako-papiga-oglas-27954639
njuskalo:27954639 http://njuskalo.hr/ptice/druge-rijeci-oglas-27954639?x=1
kupujemprodajem:163596190 https://www.kupujemprodajem.com/kucni-ljubimci/ptice/zako/oglas/163596190
kupujemprodajem:163596190 https://novi.kupujemprodajem.com/kucni-ljubimci/ptice/drugo/oglas/163596190?filterId=1
jofogas:151880838 https://www.jofogas.hu/pest/Jako_papagaj_151880838.htm
jofogas:151880838 https://allatok.jofogas.hu/pest/Mas_szavak_151880838.htm?x=1
sbazar:189234120 https://www.sbazar.cz/jan.novak/detail/189234120-papousek-zako
sbazar:189234120 https://www.sbazar.cz/inzerat/189234120-papousek-zako
sbazar:189234120 https://www.sbazar.cz/inzerat/189234120
bazar-bg:55620361 https://bazar.bg/obiava-55620361/prodavam-papagal-sofia
bazar-bg:55620361 https://www.bazar.bg/obiava-55620361
prom-ua:895411456 https://prom.ua/p895411456-statuetka-biven.html
prom-ua:895411456 https://prom.ua/ua/p895411456-inshi-slova.html?x=1
violity:113903127 https://violity.com/ru/113903127-figurka-biven
violity:113903127 https://violity.com/ua/113903127-figurka
violity:113903127 https://auction.violity.com/113903127?_ga=2.4
999-md:61630522 https://999.md/ru/61630522
999-md:61630522 https://999.md/ro/61630522?x=1
999-md:61630522 https://m.999.md/ru/61630522
kufar:177227223 https://www.kufar.by/item/177227223?rank=7&searchId=db68
kufar:177227223 https://kufar.by/item/177227223
kufar:177227223 https://re.kufar.by/vi/brest/snyat/magaziny/177227223?searchId=5591
kufar:177227223 https://auto.kufar.by/vi/177227223
lalafo:lalafo.kg:113171780 https://lalafo.kg/bishkek/ads/popugaj-zako-id-113171780
lalafo:lalafo.kg:113171780 https://lalafo.kg/osh/ads/drugie-slova-id-113171780?x=1
lalafo:lalafo.kg:113171780 https://lalafo.kg/bishkek/ads/id-113171780
tap-az:41234567 https://tap.az/elanlar/heyvanlar/quslar/41234567
tap-az:41234567 https://www.tap.az/elanlar/41234567
list-am:22137770 https://www.list.am/item/22137770
list-am:22137770 https://www.list.am/en/item/22137770?ld_src=2
list-am:22137770 https://list.am/ru/item/22137770
bikroy:grey-parrot-for-sale-dhaka-21 https://bikroy.com/en/ad/grey-parrot-for-sale-dhaka-21
bikroy:grey-parrot-for-sale-dhaka-21 https://bikroy.com/bn/ad/grey-parrot-for-sale-dhaka-21?x=1
ikman:grey-parrot-for-sale-colombo https://ikman.lk/en/ad/grey-parrot-for-sale-colombo
ikman:grey-parrot-for-sale-colombo http://ikman.lk/si/ad/grey-parrot-for-sale-colombo/
indiamart:16592394673 https://www.indiamart.com/proddetail/sea-shell-16592394673.html?pos=1
indiamart:16592394673 https://m.indiamart.com/proddetail/16592394673.html?utm_source=x
indiamart:16592394673 https://m.indiamart.com/proddetail/other-words-16592394673.html
gmarket:3666676407 https://item.gmarket.co.kr/Item?goodscode=3666676407&lcd=100000002
gmarket:3666676407 http://mitem.gmarket.co.kr/Item?goodsCode=3666676407
gmarket:3666676407 http://item.gmarket.co.kr/DetailView/Item.asp?goodscode=3666676407&GoodsSale=Y
gmarket:3666676407 http://item2.gmarket.co.kr/item/detailview/Item.aspx?goodscode=3666676407
auction-kr:f392223636 https://itempage3.auction.co.kr/DetailView.aspx?ItemNo=F392223636
auction-kr:f392223636 http://itempage3.auction.co.kr/detailview.aspx?frm3=V2&itemno=F392223636
11st:1908805182 https://www.11st.co.kr/products/1908805182
11st:1908805182 http://m.11st.co.kr/products/m/1908805182
11st:1908805182 http://www.11st.co.kr/product/SellerProductDetail.tmall?method=getSellerProductDetail&prdNo=1908805182&trTypeCd=PW02
joongna:228498566 https://web.joongna.com/product/228498566
joongna:228498566 https://m.joongna.com/product-detail/228498566
jmty:1o027i https://jmty.jp/tokyo/sale-hom/article-1o027i
jmty:1o027i https://jmty.jp/tokyo/sale-all/article-1o027i?x=1
minne:30112795 https://minne.com/items/30112795
minne:30112795 https://www.minne.com/items/30112795?utm_source=x
creema:15827002 https://www.creema.jp/item/15827002/detail
creema:15827002 https://creema.jp/item/15827002
pinduoduo:2595890204 https://mobile.yangkeduo.com/goods.html?goods_id=2595890204
pinduoduo:2595890204 http://mobile.yangkeduo.com/goods2.html?_oak_rcto=x&goods_id=2595890204&page_from=23
weidian:7718340223 https://weidian.com/item.html?itemID=7718340223
weidian:7718340223 https://shop908919004.v.weidian.com/item.html?itemId=7718340223&spider_token=8179
weidian:7718340223 https://weidian.com/item.html?item_id=7718340223
kongfz:185596-1249676356 http://book.kongfz.com/185596/1249676356/
kongfz:185596-1249676356 https://mbook.kongfz.com/185596/1249676356
kuaishou:3xhpefxgm7t4c7k https://www.kuaishou.com/short-video/3xhpefxgm7t4c7k
kuaishou:3xhpefxgm7t4c7k https://c.kuaishou.com/fw/photo/3xhpefxgm7t4c7k?fid=1839524343&cc=share_copylink
kuaishou:3xhpefxgm7t4c7k https://v.m.chenzhongtech.com/fw/photo/3xhpefxgm7t4c7k
coinafrique:ci-5919743 https://ci.coinafrique.com/annonce/oiseaux/perroquet-gris-5919743
coinafrique:ci-5919743 https://ci.coinafrique.com/annonce/animaux/autre-5919743?x=1
bob-shop:661059965 https://www.bobshop.co.za/carved-tusk/p/661059965
bob-shop:661059965 https://www.bidorbuy.co.za/item/661059965/Carved_Tusk.html
gunbroker:1086459123 https://www.gunbroker.com/item/1086459123
gunbroker:1086459123 http://www.gunbroker.com/Auction/ViewItem.aspx?Item=1086459123
gunbroker:1086459123 http://gunbroker.com/Auction/ViewItem.asp?Item=1086459123
shopgoodwill:191234567 https://shopgoodwill.com/item/191234567
shopgoodwill:191234567 https://www.shopgoodwill.com/Item/191234567
grailed:99406229 https://www.grailed.com/listings/99406229-python-jacket
grailed:99406229 https://grailed.com/listings/99406229
vestiaire-collective:49978905 https://www.vestiairecollective.com/women-bags/handbags/brand/python-handbag-49978905.shtml
vestiaire-collective:49978905 https://us.vestiairecollective.com/women-bags/handbags/brand/other-words-49978905.shtml
dhgate:886638181 https://www.dhgate.com/product/coral-necklace/886638181.html?skuId=1140075696569122859
dhgate:886638181 https://m.dhgate.com/product/other-words/886638181.html
dhgate:886638181 https://www.dhgate.com/product/886638181.html
hibid:247953547 https://hibid.com/lot/247953547/carved-tusk?ref=lot-list
hibid:247953547 https://someone.hibid.com/lot/247953547
bonhams:28437-75 https://www.bonhams.com/auction/28437/lot/75/a-carved-tusk/
bonhams:28437-75 https://www.bonhams.com/auctions/28437/lot/75/
easy-live-auction:f79293ca7f90423cd9a03d86abedb1dc https://www.easyliveauction.com/catalogue/lot/f79293ca7f90423cd9a03d86abedb1dc/0af8d24542e81eb9357e7ef448a6646f/antiques-lot-127/
easy-live-auction:f79293ca7f90423cd9a03d86abedb1dc https://easyliveauction.com/catalogue/lot/f79293ca7f90423cd9a03d86abedb1dc
lot-tissimo:61a5b754-6fc7-435b-80b3-b3fa0141c94e https://www.lot-tissimo.com/de-de/auction-catalogues/kunst/catalogue-id-sr1/lot-61a5b754-6fc7-435b-80b3-b3fa0141c94e
lot-tissimo:61a5b754-6fc7-435b-80b3-b3fa0141c94e https://www.lot-tissimo.com/en-gb/auction-catalogues/kunst/catalogue-id-sr1/lot-61a5b754-6fc7-435b-80b3-b3fa0141c94e?x=1
drouot:35030886 https://drouot.com/fr/l/35030886-petite-defense
drouot:35030886 https://www.drouot.com/en/l/35030886
drouot:35030886 https://www.drouot.com/l/35030886-autres-mots
interencheres:89099730 https://www.interencheres.com/art-decoration/belle-vente-mobiliere-685868/lot-89099730.html
interencheres:89099730 https://www.interencheres.com/autre/vente-685868/lot-89099730.html?x=1
auctionet:5420356 https://auctionet.com/en/5420356-carved-figure
auctionet:5420356 https://auctionet.com/sv/5420356-figurin
auctionet:5420356 https://www.auctionet.com/sv/5420356
bukowskis:1567319 https://www.bukowskis.com/en/auctions/E1084/lots/1567319-figurine
bukowskis:1567319 https://www.bukowskis.com/sv/lots/1567319-figurin
bukowskis:583-1347 https://www.bukowskis.com/sv/auctions/583/1347-figurin
bukowskis:583-1347 https://www.bukowskis.com/en/auctions/583/1347-figurine?x=1
pinterest:407998047499385545 https://www.pinterest.com/pin/407998047499385545/?lp=true
pinterest:407998047499385545 https://id.pinterest.com/pin/407998047499385545/
pinterest:407998047499385545 https://www.pinterest.co.uk/pin/carved-figure--407998047499385545/
pinterest:407998047499385545 https://www.pinterest.com/amp/pin/407998047499385545/
reddit:1n7g0c2 https://www.reddit.com/r/reptiles/comments/1n7g0c2/python_for_sale/?utm_source=share
reddit:1n7g0c2 https://old.reddit.com/r/reptiles/comments/1n7g0c2/
reddit:1n7g0c2 https://www.reddit.com/comments/1n7g0c2
reddit:1n7g0c2 https://www.reddit.com/gallery/1n7g0c2
reddit:1n7g0c2 https://redd.it/1n7g0c2
reddit:1n7g0c2-lxyz123 https://www.reddit.com/r/reptiles/comments/1n7g0c2/comment/lxyz123/?context=3
reddit:1n7g0c2-lxyz123 https://old.reddit.com/r/reptiles/comments/1n7g0c2/python_for_sale/lxyz123/
threads:C6CpowuPJ4N https://www.threads.net/@someone/post/C6CpowuPJ4N
threads:C6CpowuPJ4N https://www.threads.com/@someone/post/C6CpowuPJ4N/?xmt=x
threads:C6CpowuPJ4N https://www.threads.net/t/C6CpowuPJ4N
subito:512345678 https://www.subito.it/vi/512345678.htm
anibis:51234567 https://www.anibis.ch/de/d/graupapagei-51234567
ebay:265370482805 https://www.ebay.com/bfl/viewbids/265370482805?item=265370482805&rt=nc
facebook:1234567890123456 https://web.facebook.com/commerce/products/1234567890123456?ref=mini_shop
leboncoin:3212185891 https://www.leboncoin.fr/offre/animaux/3212185891
xianyu:995598771021 https://h5.m.taobao.com/2shou/newDetail.html?page=item&id=995598771021
xianyu:995598771021 http://h5.m.taobao.com/2shou/mtdetail/index.html?id=995598771021&hybrid=true
aliexpress:32869421559 https://m.aliexpress.com/p/coin-index/index.html?_immersiveMode=true&from=syicon&productIds=32869421559
aliexpress:32869421559 https://www.aliexpress.com/ssr/300000512/BundleDeals2?productIds=32869421559&pha_manifest=ssr
allegro:15987654321 https://allegro.pl/produkt/muszla-74f91ca7-6f58-4e3b-8e49-446cf0565dfe?offerId=15987654321
allegro:15987654321 https://allegro.cz/nabidka/musle-tridacna-15987654321?utm_feed=x
allegro:15987654321 https://allegro.sk/ponuka/15987654321
delcampe:1912345678 http://www.delcampe.net/page/item/id,1912345678,var,old-tusk,language,E.html
ricardo:1234567890 https://www.ricardo.ch/kaufen/antiquitaeten/netsuke/v/an1234567890/
ozon:1234567890 https://ozon.by/product/figurka-1234567890/?at=x
ozon:1234567890 https://www.ozon.kz/product/1234567890
wildberries:212345678 https://www.wildberries.by/catalog/212345678/detail.aspx?targetUrl=GP
wildberries:212345678 https://www.wildberries.ru/catalog/212345678/feedbacks?page=1
karrot:488826624 https://www.daangn.com/articles/488826624
naver-cafe:10050146-704527668 https://m.cafe.naver.com/ca-fe/web/cafes/10050146/articles/704527668?menuid=383
naver-cafe:10050146-704527668 https://cafe.naver.com/f-e/cafes/10050146/articles/704527668
naver-cafe:10050146-704527668 https://cafe.naver.com/ArticleRead.nhn?clubid=10050146&page=1&boardtype=L&articleid=704527668
naver-cafe:joonggonara-1012345678 https://cafe.naver.com/ca-fe/cafes/joonggonara/articles/1012345678?useCafeId=false
"""

# A category, a seller, a search or a sale: no listing, whatever number stands there.
NEAR_MISSES = [
    "https://www.tradera.com/item/341372",
    "https://www.tradera.com/profile/items/12345678/anna",
    "https://www.huuto.net/kayttaja/591236849",
    "https://www.adverts.ie/member/40758551",
    "https://www.adverts.ie/for-sale/q_40758551/",
    "https://www.donedeal.ie/dealer/42374898",
    "https://www.donedeal.ie/birds-for-sale/i/12",
    "https://www.hood.de/shop/60633535.htm",
    "https://www.markt.de/anna/userId,34962654/profile.htm",
    "https://www.markt.de/berlin/voegel/1a2b3c4d/",
    "https://www.tutti.ch/de/q/papagei/76699338",
    "https://www.shpock.com/shop/YqT1abcDEFgh12_3/items",
    "https://www.todocoleccion.net/s/antiguedades?P=690431565",
    "https://www.encuentra24.com/panama-es/mascotas.27481234",
    "https://www.njuskalo.hr/korisnik/27954639",
    "https://www.kupujemprodajem.com/pretraga?categoryId=163596190",
    "https://www.kupujemprodajem.com/korisnik/163596190",
    "https://www.jofogas.hu/magyarorszag?o=151880838",
    "https://www.sbazar.cz/189234120-zvirata/cela-cr",
    "https://bazar.bg/obiavi/55620361",
    "https://prom.ua/ua/c2847093-kemp.html",
    "https://violity.com/ru/user/113903127",
    "https://999.md/ru/list/animals/61630522",
    "https://www.kufar.by/user/177227223",
    "https://lalafo.kg/kyrgyzstan/113171780",
    "https://tap.az/shops/41234567",
    "https://www.list.am/category/22137770",
    "https://www.list.am/user/22137770",
    "https://bikroy.com/en/ads/dhaka/birds",
    "https://ikman.lk/en/shops/parrots-12345",
    "https://dir.indiamart.com/impcat/16592394673.html",
    "https://minishop.gmarket.co.kr/item?sellercode=3666676407",
    "https://stores.auction.co.kr/shop?seller=F392223636",
    "https://www.11st.co.kr/catalog/1908805182",
    "https://web.joongna.com/store/228498566",
    "https://jmty.jp/profiles/1o027i",
    "https://minne.com/@30112795",
    "https://www.creema.jp/creator/15827002/item/onsale",
    "https://mobile.yangkeduo.com/mall_page.html?mall_id=2595890204",
    "https://weidian.com/?userid=1655827241",
    "https://shop.kongfz.com/185596/1249676356/",
    "https://www.kuaishou.com/profile/3xhpefxgm7t4c7k",
    "https://ci.coinafrique.com/categorie/oiseaux-5919743",
    "https://www.bobshop.co.za/seller/661059965",
    "https://www.bobshop.co.za/user/661059965/Anna",
    "https://www.gunbroker.com/a/feedback/profile/1086459123",
    "https://shopgoodwill.com/seller/191234567",
    "https://www.grailed.com/users/99406229-anna",
    "https://it.vestiairecollective.com/profile/49978905/",
    "https://www.dhgate.com/store/886638181.html",
    "https://hibid.com/catalog/247953547/antiques",
    "https://someone.hibid.com/lot/142/",
    "https://www.bonhams.com/auction/28437/",
    "https://www.easyliveauction.com/catalogue/f79293ca7f90423cd9a03d86abedb1dc/0af8d24542e81eb9357e7ef448a6646f/antiques/",
    "https://www.lot-tissimo.com/de-de/auction-catalogues/61a5b754-6fc7-435b-80b3-b3fa0141c94e",
    "https://drouot.com/en/v/184832-jewels",
    "https://www.interencheres.com/art-decoration/belle-vente-mobiliere-685868",
    "https://auctionet.com/en/search/28-paintings",
    "https://auctionet.com/en/events/5420356",
    "https://www.bukowskis.com/en/auctions/583/lots",
    "https://www.pinterest.com/someone/407998047499385545/",
    "https://www.reddit.com/r/reptiles/",
    "https://www.reddit.com/r/reptiles/s/AbCdEf1234",
    "https://i.redd.it/1n7g0c2.jpg",
    "https://www.threads.net/@someone",
    "https://www.subito.it/annunci-italia/vendita/usato/512345678",
    "https://www.anibis.ch/de/c/voegel-51234567",
    "https://www.facebook.com/commerce/products/?catalog_id=1234567890123456",
    "https://h5.m.taobao.com/2shou/pd/rearesulterifyUrl.html?userId=995598771021",
    "https://m.aliexpress.com/p/coin-index/index.html?_immersiveMode=true",
    "https://allegro.pl/produkt/muszla-74f91ca7-6f58-4e3b-8e49-446cf0565dfe",
    "https://www.wildberries.ru/catalog/0/search.aspx?search=212345678",
    "https://realty.daangn.com/articles/488826624",
    "https://cafe.naver.com/f-e/cafes/10050146/menus/704527668",
]

TWO_LISTINGS = [
    ("https://www.tradera.com/item/341372/725612943/a", "https://www.tradera.com/item/341372/725612944/a"),
    ("https://www.bonhams.com/auction/28437/lot/75/", "https://www.bonhams.com/auction/28438/lot/75/"),
    ("https://www.bukowskis.com/sv/auctions/583/1347-a", "https://www.bukowskis.com/sv/auctions/584/1347-a"),
    ("https://ci.coinafrique.com/annonce/a/a-5919743", "https://sn.coinafrique.com/annonce/a/a-5919743"),
    ("https://www.encuentra24.com/panama-es/a/a/27481234", "https://www.encuentra24.com/costa-rica-es/a/a/27481234"),
    ("https://lalafo.kg/bishkek/ads/a-id-113171780", "https://lalafo.az/baku/ads/a-id-113171780"),
    ("https://book.kongfz.com/185596/1249676356/", "https://book.kongfz.com/185597/1249676356/"),
    (
        "https://www.reddit.com/r/a/comments/1n7g0c2/a/",
        "https://www.reddit.com/r/a/comments/1n7g0c2/a/lxyz123/",
    ),
    ("https://www.threads.net/@a/post/C6CpowuPJ4N", "https://www.threads.net/@a/post/C6Cpowupj4n"),
    ("https://bikroy.com/en/ad/parrot-dhaka-21", "https://bikroy.com/en/ad/parrot-dhaka-22"),
    ("https://www.shpock.com/i/YqT1abcDEFgh12_3", "https://www.shpock.com/i/YqT1abcdefgh12_3"),
    ("https://www.tokopedia.com/tokokita/gelang?extParam=src%3Dshop", "https://www.tokopedia.com/tokokita/kalung"),
]
