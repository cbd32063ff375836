"""What an ad says of itself: what it offers, in earnest or not, what it claims, how much of it for how much."""

import pytest

from server.core import reasons
from server.core.reasons import CLAIMS
from server.ledger.species import context, matching, store
from server.ledger.species.context import Claim, Context
from tests.hostile import HOSTILE


@pytest.fixture(scope="module")
def read():
    matcher = matching.compile(store.shipped().terms())
    return lambda text: context.read(text, matcher.read(text)[1])


OFFERED = """
live | Tiger cubs for sale | 非洲灰鹦鹉 活体 | Nachzuchten von Testudo hermanni | детёныш леопарда | jual kukang jinak | a breeding pair of macaws
product | elephant tusk | 象牙手镯 | шкура тигра | pangolin scales | べっ甲のかんざし | peau de python | ivory
None | African grey | lion | A bicycle
"""
MATERIAL = """
real | Real leopard skin | genuine ivory, not plastic | 象牙 真品 | ivory, no resin | peau de tigre véritable | べっ甲 模造ではありません | kein Imitat, Elfenbein
imitation | Faux ivory necklace | resin tiger skull | 仿真 虎皮 | Elfenbein Imitat | зуб тигра, пластик | หนังเสือเทียม | عاج تقليد
None | leopard skin | tiger
"""
INTENT = """
for_sale | tiger skin for sale | tiger skin, $450 | 出售象牙 | продам шкуру тигра | للبيع عاج | ขายงาช้าง | Biete Elfenbein, 120 €
wanted | Wanted: elephant tusk, best price paid | WTB pangolin scales | 求购老象牙 | Куплю бивень | Suche Elfenbein | cần mua ngà voi | รับซื้องาช้าง
news | Police seized ivory from smugglers | Ivory seized worth $2 million, smugglers jailed | 海关查获走私象牙 | Зоозащитники: изъяли шкуру тигра | Elfenbein beschlagnahmt | ضبط عاج في المطار
teaching | Did you know that pangolin scales are keratin? | 科普 穿山甲 | Wussten Sie, dass Tiger schwimmen | la tigre: lo sapevi?
None | tiger skin | antique ivory carving
"""
CLAIMED = """
papers | parrot with papers | 有证书 鹦鹉 | попугай с документами | perroquet avec certificat
cites,papers | parrot, CITES certificate | mit CITES Papieren
no_papers | parrot, no papers | без документов | sans papiers | ohne Papiere | parrot without papers | عاج بدون أوراق | 象牙 没有证书 | parrots without rings or papers | loro sin anillas ni papeles
antique | antique ivory | 清代 象牙 | Elfenbein, 19. Jahrhundert | старинный нож | marfil, siglo XIX
pre_convention | pre-ban ivory | ivory pre 1947 | Elfenbein, Vorerwerb | ivoire avant 1947 | pre-convention tusk
captive_bred | captive bred tortoise | Schildkröte, Nachzucht | 人工繁殖 龟 | tartaruga nata, nati in cattività | CBB ball python
legal | 100% legal | 合法 象牙 | законно
 | ivory | 象牙
"""


def rows(table: str) -> list[tuple[str, str]]:
    """Each text of a table with what it says."""
    return [
        (text, row.split(" | ")[0].strip()) for row in table.strip("\n").split("\n") for text in row.split(" | ")[1:]
    ]


@pytest.mark.parametrize(("text", "says"), rows(OFFERED))
def test_what_is_offered_is_alive_or_a_product(read, text, says):
    assert str(read(text).offered) == says


@pytest.mark.parametrize(("text", "says"), rows(MATERIAL))
def test_it_is_real_or_an_imitation_by_the_ads_own_words(read, text, says):
    assert str(read(text).material) == says


@pytest.mark.parametrize(("text", "says"), rows(INTENT))
def test_a_text_sells_or_asks_or_informs(read, text, says):
    assert str(read(text).intent) == says


@pytest.mark.parametrize(("text", "says"), rows(CLAIMED))
def test_what_is_claimed_of_the_law_is_told_apart(read, text, says):
    assert sorted(claim.value for claim in read(text).claims) == [word for word in says.split(",") if word]


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("$450", 450, "$"), ("US$ 1,250.50", 1250.5, "USD"), ("1.250,50 €", 1250.5, "EUR"), ("45 euros", 45, "EUR"),
        ("£1 200", 1200, "GBP"), ("price: 950", 950, ""), ("3万元", 30_000, "CNY"), ("三千五百元", 3500, "CNY"),
        ("15 000 руб", 15_000, "RUB"), ("15 тыс. руб", 15_000, "RUB"), ("٢٥٠٠ ريال", 2500, "ريال"),
        ("ราคา ๒,๕๐๐ บาท", 2500, "THB"), ("giá 500k", 500_000, ""), ("2 triệu", 2_000_000, "VND"),
        ("harga 1,5 jt", 1_500_000, "IDR"), ("Rp 350.000", 350_000, "IDR"), ("価格12,000円", 12_000, "JPY"),
        ("50만원", 500_000, "KRW"), ("₹5,000", 5000, "INR"), ("कीमत ५००० रुपये", 5000, "INR"), ("VB 120 €", 120, "EUR"),
        ("R$ 1.500,00", 1500, "BRL"), ("a tiger, 4500 USD each", 4500, "USD"), ("$2 million", 2_000_000, "$"),
        ("１２０元", 120, "CNY"), ("price is 9.95", 9.95, ""),
    ],
)  # fmt: skip
def test_prices_are_read_in_each_languages_writing(read, text, value, currency):
    price = read(text).price
    assert (price.value, price.unit) == (value, currency)
    assert text[price.start : price.end] == price.text


@pytest.mark.parametrize("text", ["14k gold", "tel 0612345678", "10x20 cm", "lot 45", "4k", "Meiji 1890", "iPhone 12"])
def test_a_number_without_a_currency_is_no_price(read, text):
    assert read(text).price is None


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("80 grams", 80), ("2 kg", 2000), ("2,5 кг", 2500), ("八十克", 80), ("重两斤半", 1250), ("3公斤", 3000), ("٨٠ غرام", 80),
        ("๘๐ กรัม", 80), ("1.250 kg", 1250), ("12.5oz", 354.375), ("5 lbs", 2268), ("8 lạng", 800), ("500グラム", 500),
        ("२ किलो", 2000), ("3 tonnes of ivory", 3_000_000), ("20 g each, 2 kg in all", 2000), ("2kg", 2000), ("１０ｇ", 10),
    ],
)  # fmt: skip
def test_weights_are_read_in_each_languages_writing(read, text, grams):
    weight = read(text).weight
    assert weight.value == pytest.approx(grams)
    assert text[weight.start : weight.end] == weight.text


@pytest.mark.parametrize(
    "text", ["9ct gold", "12 girls", "3 golden rings", "100 kgb files", "4 t-shirts", "5G phone, 2 gb"]
)
def test_what_only_begins_like_a_unit_is_no_weight(read, text):
    assert read(text).weight is None or text.startswith(("4 t", "5G"))


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3 pcs", 3), ("12 Stück", 12), ("2 шт", 2), ("鹦鹉一对", 2), ("十二只", 12), ("3 con", 3), ("5 ekor", 5), ("٣ قطع", 3),
        ("2 ชิ้น", 2), ("3개", 3), ("2本", 2), ("a pair of macaws", 2), ("two pairs", 4), ("lot of 12", 12), ("Qty: 40", 40),
        ("6 dried seahorses", 6), ("three leopard skulls", 3), ("6 available", 6), ("x3 skulls", 3), ("3x skull", 3),
        ("2 dozen eggs", 24), ("пара попугаев, 2 пары", 4), ("зубы, 10 штук", 10), ("4 pièces", 4),
    ],
)  # fmt: skip
def test_how_many_is_read_in_each_languages_writing(read, text, number):
    quantity = read(text).quantity
    assert quantity.value == number
    assert text[quantity.start : quantity.end].strip() == quantity.text.strip()


@pytest.mark.parametrize(
    "text", ["1900 tiger skin", "10x20 cm", "tel 0612345678 ivory", "No.5 leopard", "$5 ivory", "2.5 kg ivory"]
)
def test_a_date_a_size_or_a_price_is_no_number_of_pieces(read, text):
    assert read(text).quantity is None


def test_the_context_is_told_as_numbers_as_json_and_in_words(read):
    ad = read("Wanted: 3 elephant tusks, 2 kg, antique, with papers, $900")
    assert ad.signals() == {
        "product": 1.0, "wanted": 1.0, "claims_papers": 1.0, "claims_antique": 1.0, "price": 900.0,
        "quantity": 3.0, "grams": 2000.0,
    }  # fmt: skip
    assert ad.kept()["price"] == {"value": 900.0, "currency": "$"}
    assert [reasons.words(reason) for reason in ad.reasons()] == [
        "“Wanted”: somebody wants to buy",
        "“with papers” claims papers",
        "“antique” claims that it is an antique",
        "Quantity in the ad: 3",
        "Weight in the ad: 2000 g",
        "Price in the ad: $900",
    ]
    assert [reason.against for reason in ad.reasons()] == [True, False, False, False, False, False]


def test_nothing_is_said_of_a_text_that_says_nothing(read):
    assert read("") == read("A bicycle, hardly used") == Context()
    assert Context().signals() == {}
    assert Context().reasons() == ()


def test_every_claim_has_its_words():
    assert set(CLAIMS) == {claim.value for claim in Claim} == {claim.value for claim in context.CLAIMS.values()}


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "3 " * 30_000, "一" * 50_000, "1." * 40_000, "$" * 50_000], ids=[*HOSTILE, *"abcd"]
)
def test_hostile_text_has_a_context_like_any_other(read, text):
    ad = read(text)
    for amount in (ad.price, ad.weight, ad.quantity):
        assert amount is None or text[amount.start : amount.end] == amount.text
