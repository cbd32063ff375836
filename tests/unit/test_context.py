"""What an ad says of itself: what it offers, in earnest or not, what it claims, how much of it for how much."""

import pytest

from server.core import reasons
from server.core.reasons import CLAIMS
from server.ledger.species import context
from server.ledger.species.context import Claim, Context
from server.ledger.species.terms import About, Match, TermKind
from tests.hostile import HOSTILE
from tests.shipped_lexicon import compiled


@pytest.fixture(scope="module")
def read():
    matcher = compiled()
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
no_papers | parrot, no papers | без документов | sans papiers | ohne Papiere | Papagei ohne Artenschutzbescheinigung oder Papiere | parrot without papers | عاج بدون أوراق | 象牙 没有证书 | parrots without rings or papers | loro sin anillas ni papeles
antique | antique ivory | 清代 象牙 | Elfenbein, 19. Jahrhundert | старинный нож | marfil, siglo XIX
pre_convention | pre-ban ivory | ivory pre 1947 | Elfenbein, Vorerwerb | ivoire avant 1947 | pre-convention tusk
captive_bred | captive bred tortoise | Schildkröte, Nachzucht | 人工繁殖 龟 | tartaruga nata, nati in cattività | CBB ball python
legal | 100% legal | 合法 象牙 | законно
 | ivory | 象牙 | a tortoise, not captive bred | ivory, not antique
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
    assert [reasons.words(reason) for reason in ad.reasons()] == [
        "“Wanted”: somebody wants to buy",
        "“with papers” claims permits or documents",
        "“antique” claims that it is an antique",
        "Quantity in the ad: 3",
        "Weight in the ad: 2000 g",
        "Price in the ad: $900",
    ]
    assert [reason.against for reason in ad.reasons()] == [True, False, False, False, False, False]
    assert {reason.weight for reason in ad.reasons()} == {0}
    assert ad.kept() == {
        "offered": "product", "material": None, "intent": "wanted", "claims": ["papers", "antique"],
        "price": {"value": 900.0, "currency": "$"}, "quantity": 3, "grams": 2000.0,
        "words": {"product": "tusks", "wanted": "Wanted", "papers": "with papers", "antique": "antique"},
    }  # fmt: skip
    nothing = Context().kept()
    assert (nothing.pop("claims"), nothing.pop("words"), set(nothing.values())) == ([], {}, {None})


def test_nothing_is_said_of_a_text_that_says_nothing(read):
    assert read("") == read("A bicycle, hardly used") == Context()
    assert Context().signals() == {}
    assert Context().reasons() == ()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("1 elephant tusk", []),
        ("2 elephant tusks", ["Quantity in the ad: 2"]),
        ("12.5 oz", ["Weight in the ad: 354 g"]),
        ("300 mg", ["Weight in the ad: 0.3 g"]),
        ("faux ivory", ["“faux ivory” says that it is an imitation"]),
    ],
)
def test_amounts_are_told_as_people_say_them(read, text, told):
    assert [reasons.words(reason) for reason in read(text).reasons()] == told


def said(text, *words):
    """The context of a text by these of its words alone: each with what it is about and what it weighs."""
    found = []
    for part, about, weight in words:
        start = text.index(part)
        kind = TermKind.CONTEXT if about in context.CLAIMS else TermKind.TRADE
        taxa, about = (("tiger",), None) if isinstance(about, str) and about == "tiger" else ((), about)
        found.append(Match(start, start + len(part), part, part, kind, taxa, weight, about))
    return context.read(text, found), context.read(text, found[::-1])


@pytest.mark.parametrize(
    ("text", "words", "claims", "intent"),
    [
        # A word inside a longer one that says something else says nothing, and what follows counts
        ("pre-ban, papers", [("pre-ban", About.PRE_CONVENTION, 1), ("ban", About.NEWS, 1), ("papers", About.PAPERS, 1)], ["papers", "pre_convention"], None),
        ("CITES papers", [("CITES papers", About.PAPERS, 1), ("CITES", About.CITES, 1)], ["papers"], None),
        ("not antique, papers", [("antique", About.ANTIQUE, 1), ("papers", About.PAPERS, 1)], ["papers"], None),
        # Two meanings of the same words, and one word beside another, both count
        ("antique", [("antique", About.ANTIQUE, 1), ("antique", About.LEGAL, 1)], ["antique", "legal"], None),
        ("legal CITES papers", [("legal CITES", About.LEGAL, 1), ("CITES papers", About.CITES, 1)], ["cites", "legal"], None),
        # A longer and a shorter word of news are two
        ("police seized", [("police seized", About.NEWS, 0.6), ("seized", About.NEWS, 0.6)], [], "news"),
        # How much it takes: of news and teaching each for itself, a price more
        ("seized, jailed", [("seized", About.NEWS, 0.5), ("jailed", About.NEWS, 0.5)], [], "news"),
        ("seized, jailed", [("seized", About.NEWS, 0.5), ("jailed", About.NEWS, 0.4)], [], None),
        ("seized, lesson", [("seized", About.NEWS, 0.5), ("lesson", About.TEACHING, 0.5)], [], None),
        ("seized, $9", [("seized", About.NEWS, 1)], [], "for_sale"),
        ("seized, jailed, $9", [("seized", About.NEWS, 1), ("jailed", About.NEWS, 1)], [], "news"),
        ("lesson", [("lesson", About.TEACHING, 1)], [], "teaching"),
        # A plain offer, and a wish: whichever comes first
        ("for sale", [("for sale", About.OFFER, 0.9)], [], "for_sale"),
        ("for sale", [("for sale", About.OFFER, 0.89)], [], None),
        ("wanted, for sale", [("wanted", About.WANTED, 1), ("for sale", About.OFFER, 1)], [], "wanted"),
        ("for sale, wanted", [("wanted", About.WANTED, 1), ("for sale", About.OFFER, 1)], [], "for_sale"),
        ("for sale, wanted, cheap", [("wanted", About.WANTED, 1), ("for sale", About.OFFER, 1), ("cheap", About.OFFER, 1)], [], "for_sale"),
        ("wanted, for sale, want", [("wanted", About.WANTED, 1), ("for sale", About.OFFER, 1), ("want", About.WANTED, 1)], [], "wanted"),
        ("buy", [("buy", About.WANTED, 1), ("buy", About.OFFER, 1)], [], "wanted"),
    ],
)  # fmt: skip
def test_what_the_words_say_together(text, words, claims, intent):
    for ad in said(text, *words):
        assert (sorted(claim.value for claim in ad.claims), ad.intent) == (claims, intent)


@pytest.mark.parametrize(
    ("text", "words", "says", "word"),
    [
        # What is offered: by the plainest word, of equals by the first; else by a word of the trade that names goods
        ("cub skull", [("cub", About.LIVE, 0.5), ("skull", About.GOODS, 0.9)], "product", "skull"),
        ("cub skull", [("cub", About.LIVE, 0.9), ("skull", About.GOODS, 0.5)], "live", "cub"),
        ("cub skull", [("cub", About.LIVE, 0.9), ("skull", About.GOODS, 0.9)], "live", "cub"),
        ("skull, cub", [("cub", About.LIVE, 0.9), ("skull", About.GOODS, 0.9)], "product", "skull"),
        ("ivory, tusk", [("ivory", "tiger", 0.4)], "product", "ivory"),
        ("ivory, tusk", [("ivory", "tiger", 0.39)], None, None),
        ("ivory, tusk", [("ivory", "tiger", 0.5), ("tusk", "tiger", 0.9)], "product", "tusk"),
        # What it is made of: by the word nearest to a name, of equals an imitation; without a name by the first
        ("faux or real tiger", [("faux", About.FAKE, 1), ("real", About.REAL, 1), ("tiger", "tiger", 0.1)], "real", "real"),
        ("real or faux tiger", [("faux", About.FAKE, 1), ("real", About.REAL, 1), ("tiger", "tiger", 0.1)], "imitation", "faux"),
        ("tiger, faux or real", [("faux", About.FAKE, 1), ("real", About.REAL, 1), ("tiger", "tiger", 0.1)], "imitation", "faux"),
        ("faux tigerreal", [("faux", About.FAKE, 1), ("real", About.REAL, 1), ("tiger", "tiger", 0.1)], "real", "real"),
        ("fauxtiger real", [("faux", About.FAKE, 1), ("tiger", About.REAL, 1), ("tiger", "tiger", 0.1)], "imitation", "faux"),
        ("faux or real", [("faux", About.FAKE, 1), ("real", About.REAL, 1)], "imitation", "faux"),
        ("real or faux", [("faux", About.FAKE, 1), ("real", About.REAL, 1)], "real", "real"),
        ("real", [("real", About.REAL, 0.6)], "real", "real"),
        ("old", [("old", About.REAL, 0.59)], None, None),
        ("not faux", [("faux", About.FAKE, 0.1)], "real", "faux"),
        # Of several words that say the same the first is named; of news the plainest
        ("papers and papers too", [("papers", About.PAPERS, 1), ("papers too", About.PAPERS, 1)], "papers", "papers"),
        ("wanted, buying", [("wanted", About.WANTED, 1), ("buying", About.WANTED, 1)], "wanted", "wanted"),
        ("for sale, cheap", [("for sale", About.OFFER, 1), ("cheap", About.OFFER, 1)], "for_sale", "for sale"),
        ("police, seized, jailed", [("police", About.NEWS, 0.4), ("seized", About.NEWS, 0.6), ("jailed", About.NEWS, 0.6)], "news", "seized"),
    ],
)  # fmt: skip
def test_which_word_said_so(text, words, says, word):
    for ad in said(text, *words):
        told = {what: match.text for what, match in ad.words}
        assert told == ({says: word} if says else {})


def test_every_claim_has_its_words():
    assert set(CLAIMS) == {claim.value for claim in Claim} == {claim.value for claim in context.CLAIMS.values()}


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "3 " * 30_000, "一" * 50_000, "1." * 40_000, "$" * 50_000], ids=[*HOSTILE, *"abcd"]
)
def test_hostile_text_has_a_context_like_any_other(read, text):
    ad = read(text)
    for amount in (ad.price, ad.weight, ad.quantity):
        assert amount is None or text[amount.start : amount.end] == amount.text
