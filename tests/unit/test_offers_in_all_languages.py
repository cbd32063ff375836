"""Everyday offers in the lexicon's languages are found, everyday innocents are not, whatever case a word stands in."""

import pytest

from server.ledger.species import inflection, judging, matching
from server.ledger.species.terms import About, TermKind
from tests.shipped_lexicon import documents, lexicon  # noqa: F401

MANY = ("ar", "de", "id", "it", "ja", "ko", "nl", "pt", "ru", "th", "vi")
EVERY = (*MANY, "en", "es", "fr", "hi", "sw", "zh")
WORTH_A_LOOK = 0.3  # as the extension's marks and the benchmark have it


@pytest.fixture(scope="module")
def read(lexicon):
    matcher = matching.compile(lexicon.terms())
    return lambda text: judging.judge(matcher.find(text))


OFFERS = """
شبل أسد للبيع|panthera-leo
فهد للبيع|acinonyx-jubatus
نمر للبيع|panthera-pardus
كاسكو للبيع|psittacus-erithacus
jual kucing hutan|prionailurus-bengalensis
jual elang jawa|aquila-haliaeetus
dijual owa jinak|hylobatidae
jual nuri kepala hitam|psittaciformes
bán vẹt|psittaciformes
bán khỉ con|macaca-fascicularis
bán rùa vàng|cuora
cao khỉ nguyên chất giá rẻ|macaca-fascicularis
ขายนกฮูก|strigiformes
ขายเต่าดาว|geochelone-elegans
ขายลูกเสือ|panthera-tigris
Продам детёныша тигра|panthera-tigris
куплю сову|strigiformes
продам рысь|lynx
vendo guacamaya roja|ara-macao
Affenbaby abzugeben|macaca-fascicularis
ouistiti à vendre|callithrix
tortue Hermann à vendre|testudo
出售白料|loxodonta-africana
出售金钱龟苗|cuora
продаю попугаев жако|psittacus-erithacus
cotorra serrana en venta|psittaciformes
フクロウ 販売 雛|strigiformes
부엉이 분양|strigiformes
Eule Jungtier abzugeben|strigiformes
bébé hibou à vendre|strigiformes
cría de búho en venta|strigiformes
gufo vivo in vendita|strigiformes
rapace grand duc à vendre|strigiformes
Falke zahm abzugeben|falco-peregrinus
faucon dressé à vendre|falco-peregrinus
halcón vivo en venta|falco-peregrinus
valk tam te koop|falco-peregrinus
águila viva en venta|aquila-haliaeetus
عقاب حي للبيع|aquila-haliaeetus
猴子幼崽出售|macaca-fascicularis
サル 赤ちゃん 販売|macaca-fascicularis
aap baby te koop|macaca-fascicularis
Leguan Jungtier abzugeben|iguana-iguana
イグアナ 生体 販売|iguana-iguana
이구아나 분양합니다 새끼|iguana-iguana
ホシガメ ベビー 販売|geochelone-elegans
Leopard Jungtier abzugeben|panthera-pardus
turtle eggs|cheloniidae
मोर पंख असली बंडल|pavo-cristatus
ปะการังแดง แท้|corallium
악어거북 새끼|chelydridae-chelus
"""


@pytest.mark.parametrize("line", OFFERS.strip().split("\n"))
def test_an_everyday_offer_is_worth_a_look(read, line):
    text, taxon = line.split("|")
    judged = read(text)
    assert judged.score >= WORTH_A_LOOK
    assert taxon in {one.taxon for one in judged.suspected if one.score >= WORTH_A_LOOK}


INNOCENTS = """
Elfenbeinfarbene Vorhänge
Elfenbein farbene Vorhänge
savon ivoire
savon ivoire 100g prix 3 €
gaun warna gading
jual gaun warna gading murah
べっ甲風 ヘアクリップ 販売
trouwjurk ivoor
trouwjurk ivoor te koop maat 38
鹤顶红金鱼 出售
Gorilla Glass für Handy
ชุดลูกเสือ ขาย ราคา
فستان عاجي للبيع
áo dài màu ngà voi bán
чехол леопардовый принт продам
vestito avorio in vendita
cortina marfim à venda
アイボリー ドレス 販売
쇼파 아이보리색 판매
леопардовое платье продам
سيارة جاكوار للبيع
أرض للبيع طريق الملك فهد
Puma Schuhe zu verkaufen
Tigerenten Tasse zu verkaufen
caguama cerveza corona precio
bunglon jual
シラスウナギ 販売
실뱀장어 판매
石首鱼 价格
Hochzeitskleid Ivory Spitze zu verkaufen
suknia ślubna ivory sprzedam
робот черепаха продам
queue de tigre plante à vendre
croc crocodile sandals for sale
Adler Schreibmaschine zu verkaufen
Falke Socken zu verkaufen
Eule Harry Potter Figur zu verkaufen
rapace documentaire à vendre
Le Faucon maltais DVD à vendre
rochie ivoire
rochie de mireasă ivoire mărimea 38
"""


@pytest.mark.parametrize("text", INNOCENTS.strip().split("\n"))
def test_a_colour_a_brand_or_an_unlisted_animal_is_not(read, text):
    assert read(text).score < WORTH_A_LOOK


@pytest.mark.parametrize("product", ["bracelet", "chair", "eggs", "dried"])
def test_a_name_beside_a_product_is_an_offer_though_nothing_says_so(read, product):
    assert read(f"crocodile {product}").score > 1.2 * read("crocodile").score


@pytest.mark.parametrize("language", EVERY)
def test_every_language_says_what_is_sold_and_that_it_is_sold(lexicon, language):
    said = {word.term.about for word in lexicon.words if word.language == language and not word.term.taxa}
    assert {About.GOODS, About.LIVE, About.OFFER} <= said


@pytest.mark.parametrize("language", MANY)
def test_the_animals_most_traded_have_a_name_in_every_language_of_many_sellers(lexicon, language):
    animals = [taxon for taxon in lexicon.taxa if taxon.group.value in ("mammal", "bird")]
    assert len([taxon for taxon in animals if any(name.language == language for name in taxon.names)]) >= 36


@pytest.mark.parametrize(
    ("word", "language", "form"),
    [
        ("тигр", "ru", "тигра"),
        ("сова", "ru", "сову"),
        ("рысь", "ru", "рысью"),
        ("детёныш тигра", "ru", "детеныша тигра"),
        ("львёнок", "ru", "львята"),
        ("полярная сова", "ru", "полярную сову"),
        ("белый медведь", "ru", "белого медведя"),
        ("Elefant", "de", "Elefanten"),
        ("griechische Landschildkröte", "de", "griechischen Landschildkröten"),
        ("aleta de tiburón", "es", "aletas de tiburón"),
        ("presa de elefante", "pt", "presas de elefante"),
        ("gavião", "pt", "gaviões"),
        ("zanna di elefante", "it", "zanne di elefante"),
        ("défense d'éléphant", "fr", "défenses d'éléphant"),
        ("شبل أسد", "ar", "شبل اسد"),
        ("صقر", "ar", "للصقر"),
        ("سلحفاة", "ar", "سلحفاه"),
        ("红珊瑚", "zh", "紅珊瑚"),
        ("龟", "zh", "龜"),
        ("鱼干", "zh", "魚乾"),
        ("毛发", "zh", "毛髮"),
        ("硨磲", "zh", "砗磲"),
    ],
)
def test_a_word_is_known_in_its_other_forms(word, language, form):
    assert form in inflection.forms(word, language)


@pytest.mark.parametrize(
    ("word", "language"), [("tiger", "en"), ("象牙", "zh"), ("Elfenbein*", "de"), ("какаду", "ru")]
)
def test_no_forms_where_there_are_none(word, language):
    assert inflection.forms(word, language) == ()


@pytest.mark.parametrize(
    ("text", "innocent"),
    [("cotorra", True), ("牡丹鹦鹉", True), ("石首鱼", False), ("シラスウナギ", False), ("실뱀장어", False), ("bunglon", False),
     ("proof", True), ("cubic zirconia", True), ("sello", True), ("timbre", True)],
)  # fmt: skip
def test_what_was_wrongly_said_is_said_no_more(lexicon, text, innocent):
    """What a Fischer's lovebird or a monk parakeet is called clears no ad; a name of unlisted fish suspects none."""
    kind = TermKind.AGAINST if innocent else TermKind.TAXON
    assert text not in {term.text for term in lexicon.terms() if term.kind is kind}


def test_the_leopard_stands_first_where_arabic_says_nimr(read):
    assert read("جلد النمر للبيع").suspected[0].taxon == "panthera-pardus"


def test_an_american_box_turtle_is_no_asian_one_alone(read):
    assert {"cuora", "terrapene"} <= {one.taxon for one in read("box turtle for sale").suspected}
