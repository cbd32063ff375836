"""The numbers of an ad in each language's writing: what it costs, what it weighs, how many there are."""

import pytest

from server.core import folding
from server.ledger.species import amounts


def read(kind, text, *more):
    return kind(folding.fold(text).native, text, *more)


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
        ("ราคา 3 แสนบาท", 300_000, "THB"), ("1億円", 100_000_000, "JPY"), ("50 cents or $0.50", 0.5, "$"), ("0 €, then 450 €", 450, "EUR"),
        ("价格万元", 10_000, "CNY"), ("十二万元", 120_000, "CNY"), ("三万五千元", 35_000, "CNY"), ("一〇五元", 105, "CNY"),
        ("一百零五元", 105, "CNY"), ("二五〇元", 250, "CNY"), ("1,250 €", 1250, "EUR"), ("1.250.000 €", 1_250_000, "EUR"),
        ("12,5 €", 12.5, "EUR"),
    ],
)  # fmt: skip
def test_prices_are_read_in_each_languages_writing(text, value, currency):
    price = read(amounts.price, text)
    assert (price.value, price.unit) == (value, currency)
    assert text[price.start : price.end] == price.text


@pytest.mark.parametrize("text", ["14k gold", "tel 0612345678", "10x20 cm", "lot 45", "4k", "Meiji 1890", "iPhone 12"])
def test_a_number_without_a_currency_is_no_price(text):
    assert read(amounts.price, text) is None


@pytest.mark.parametrize(
    ("text", "grams"),
    [
        ("80 grams", 80), ("2 kg", 2000), ("2,5 кг", 2500), ("八十克", 80), ("重两斤半", 1250), ("3公斤", 3000), ("٨٠ غرام", 80),
        ("๘๐ กรัม", 80), ("1.250 kg", 1250), ("12.5oz", 354.375), ("5 lbs", 2268), ("8 lạng", 800), ("500グラム", 500),
        ("२ किलो", 2000), ("3 tonnes of ivory", 3_000_000), ("20 g each, 2 kg in all", 2000), ("2kg", 2000), ("１０ｇ", 10),
        ("300 mg", 0.3), ("2 tola", 23.32), ("2 taels", 75), ("半斤", 250), ("三百克", 300), ("1,250 g", 1250), ("1.250.000 g", 1_250_000),
        ("0 kg of feathers, 3 g", 3),
    ],
)  # fmt: skip
def test_weights_are_read_in_each_languages_writing(text, grams):
    weight = read(amounts.weight, text)
    assert weight.value == pytest.approx(grams, rel=1e-9)
    assert text[weight.start : weight.end] == weight.text


@pytest.mark.parametrize(
    "text", ["9ct gold", "12 girls", "3 golden rings", "100 kgb files", "4 t-shirts", "5G phone, 2 gb"]
)
def test_what_only_begins_like_a_unit_is_no_weight(text):
    assert read(amounts.weight, text) is None or text.startswith(("4 t", "5G"))


@pytest.mark.parametrize("text", ["0 kg", "0 g", "a kilo"])
def test_nothing_weighs_nothing(text):
    assert read(amounts.weight, text) is None


def test_of_several_weights_the_largest_counts_and_of_equals_the_first():
    assert read(amounts.weight, "20 g, 2 kg, 2000 g").start == 6
    assert read(amounts.weight, "ขาย 2 กิโลกรัม").text == "2 กิโลกรัม"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("one piece", 1), ("deux pièces", 2), ("drei Stück", 3), ("четыре штуки", 4), ("cinco peças", 5), ("zes stuks", 6),
        ("sieben Stück", 7), ("восемь штук", 8), ("nueve unidades", 9), ("dieci pezzi", 10), ("twelve pcs", 12),
        ("1 pc", 1), ("3 dozen", 36), ("une paire", 2), ("a breeding pair", 2), ("lot of 7", 7), ("7 in stock", 7), ("x 7", 7),
        ("500000 pairs", 1_000_000), ("600000 pairs", None), ("一百万只", 1_000_000), ("一百万零一只", None),
        ("0 pcs", None), ("三半只", None), ("12", None), ("pair", None),
    ],
)  # fmt: skip
def test_pieces_are_counted_in_figures_and_words(text, number):
    quantity = read(amounts.quantity, text)
    assert (quantity and quantity.value) == number


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("3 skulls", 3), ("12 dried skulls", None), ("three skulls", 3), ("ZWÖLF skulls", 12), ("三skulls", 3), ("$3 skulls", None),
        ("No.3 skulls", None), ("1499 skulls", 1499), ("1500 skulls", None), ("2100 skulls", None), ("2101 skulls", 2101),
        ("here are no less than 45 skulls", 45),
    ],
)  # fmt: skip
def test_a_number_before_a_word_of_the_lexicon_counts_unless_it_is_a_year(text, number):
    quantity = read(amounts.quantity, text, [text.index("skulls")])
    assert (quantity and quantity.value) == number
    assert not quantity or quantity.text == text[quantity.start : text.index("skulls")].strip()


def test_of_several_numbers_the_largest_counts_and_of_equals_the_first():
    assert read(amounts.quantity, "2 pcs, 6 pcs, 3 pairs").start == 7
    assert read(amounts.quantity, "6 pcs and 7 skulls", [12]).start == 10
