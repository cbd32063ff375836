"""What an ad's words make one suspect, and what speaks against it, with the shipped lexicon."""

import pytest

from server.core.reasons import ReasonCode
from server.core.words import Category
from server.ledger.species import judging, matching
from tests.hostile import HOSTILE
from tests.shipped_lexicon import matcher  # noqa: F401


@pytest.fixture(scope="module")
def read(matcher):
    """What the words of a text amount to."""
    return lambda text, category=None: judging.judge(matcher.find(text), category)


def taxa(judgement):
    return [taxon.taxon for taxon in judgement.suspected]


@pytest.mark.parametrize(
    ("text", "stood"),
    [
        ("nice 1v0ry ring", "1v0ry"),
        ("nice і̇vory ring", "і̇vory"),
        ("nice ｉｖｏｒｙ ring", "ｉｖｏｒｙ"),
        ("nice i.v.o.r.y ring", "i.v.o.r.y"),
        ("nice i v o r y ring", "i v o r y"),
        ("nice !vory ring", "!vory"),
        ("nice ivoгy ring", "ivoгy"),
        ("nice iv\u200bory ring", "iv\u200bory"),
        ("nice 🇮🇻🇴🇷🇾 ring", "🇮🇻🇴🇷🇾"),
        ("nice IVORY ring", "IVORY"),
        ("#elephantivory", "elephantivory"),
        ("出售象牙手镯", "象牙手镯"),
        ("出售 象☆牙", "象☆牙"),
        ("有 象_牙", "象_牙"),
        ("new 🐘🦷 dm", "🐘🦷"),
        ("new 🐘\ufe0f🦷 dm", "🐘\ufe0f🦷"),
        ("слоновая кость", "слоновая кость"),
        ("ขายงาช้างแกะสลัก", "งาช้าง"),
        ("عاج للبيع", "عاج"),
        ("بيع العاج القديم", "العاج"),
        ("हाथी दांत की मूर्ति", "हाथी दांत"),
        ("상아를 팝니다", "상아"),
        ("Elfenbeinschnitzerei", "Elfenbeinschnitzerei"),
        ("défenses d'éléphant", "défenses d'éléphant"),
        ("defenses d’elephant", "defenses d’elephant"),
        ("ngà voi", "ngà voi"),
        ("nga voi", "nga voi"),
    ],
)
def test_ivory_is_found_however_it_is_written_and_shown_as_it_stood(read, text, stood):
    judged = read(text)
    assert "loxodonta-africana" in taxa(judged)
    words = [word for taxon in judged.suspected for word in taxon.words]
    assert stood in {word.text for word in words}
    assert all(text[word.start : word.end] == word.text for word in words)


@pytest.mark.parametrize(
    ("text", "taxon"),
    [
        ("pangolin scales 2 kg", "manis"),
        ("vảy tê tê giá rẻ", "manis"),
        ("vay te te", "manis"),
        ("穿.山.甲 鳞片", "manis"),
        ("cao hổ cốt", "panthera-tigris"),
        ("шкура тигра, продам", "panthera-tigris"),
        ("rhino-horn", "rhinocerotidae"),
        ("Rhino  horn", "rhinocerotidae"),
        ("cuernos de rinoceronte", "rhinocerotidae"),
        ("jual kukang jinak", "nycticebus"),
        ("べっ甲の櫛", "cheloniidae"),
        ("African greys for sale", "psittacus-erithacus"),
        ("Psittacus erithacus, hand reared", "psittacus-erithacus"),
        ("buche de totoaba", "totoaba-macdonaldi"),
        ("civelles vivantes", "anguilla-anguilla"),
        ("shahtoosh shawl", "pantholops-hodgsonii"),
        ("Brazilian rosewood guitar", "dalbergia-nigra"),
        ("tiger cubs for sale", "panthera-tigris"),
    ],
)
def test_traded_taxa_are_named_first(read, text, taxon):
    judged = read(text)
    assert taxa(judged)[0] == taxon
    assert judged.score >= 0.3


INNOCENT = """
Ivory dress, size 10|Ivory satin wedding shoes|Blouse in ivory, cotton|Ivory wool rug, 2 by 3 metres|ivory coloured curtains|Holiday in Ivory Coast
Robe couleur ivoire|Vestido marfil de novia|Brautkleid in Elfenbein|elfenbeinfarbene Bluse|象牙白连衣裙|Chemise ivoire, taille 38
Tiger Balm 18 g|tiger's eye bracelet|tiger prawns, frozen|Baume du tigre|虎皮鹦鹉 一对|Tigerauge Kette
budgerigar pair, blue|cockatiel, hand tame|Wellensittich Paar|Vegetable ivory tagua beads|faux ivory resin box
faux leopard print coat|leopard print leggings|Leopardgecko Terrarium|crocodile clip leads, pack of 10|alligator clip set
croc embossed handbag|Moc croc belt|tortoiseshell cat, lost|tortoiseshell acetate sunglasses|Gata carey perdida
coral dress|coral lipstick, new|珊瑚绒毯子|Ivory tower essays|Shark fin antenna for Audi|Shark vacuum cleaner, hose
Python developer wanted|Jaguar E-type 1969|Ford Mustang Cobra|Falcon cooker|parrot drone, boxed|Plush tiger toy for babies
Stamps: African elephant, MNH|Loxodonta africana, used postage stamp|Panda and tiger poster|fossil shark tooth, Miocene
Trackpad, トラック and サイズ|Duma session|Stadium in Kobe|bone china cup|Patek Philippe Nautilus|seahorse pendant, sterling silver
"""


@pytest.mark.parametrize("text", [text for line in INNOCENT.strip().split("\n") for text in line.split("|")])
def test_innocents_are_told_apart(read, text):
    assert read(text).score < 0.25


def test_the_words_that_said_so_are_kept_with_an_innocent(read):
    (innocent,) = read("Tiger Balm 18 g").innocent
    assert (innocent.word.text, innocent.because.text) == ("Tiger", "Tiger Balm")


def test_an_ivory_dress_does_not_clear_an_elephant_tusk_in_the_same_ad(read):
    judged = read("Ivory dress, size 10. Also selling an elephant tusk.")
    assert judged.score > 0.85
    assert [i.word.text for i in judged.innocent] == ["Ivory"]
    assert {word.text for word in judged.suspected[0].words} == {"elephant tusk"}


@pytest.mark.parametrize(
    "between", [" and a good many other lovely old household things, ", " and a good many other things" * 9 + " "]
)
def test_a_dress_far_away_does_not_clear_ivory(read, between):
    assert len(between) > judging.NEAR
    assert read("a dress and ivory").score < 0.2 < read(f"a dress{between}ivory").score
    assert read("ivory and a dress").score < 0.2 < read(f"ivory{between}a dress").score


def test_each_hashtag_offers_a_thing_of_its_own(read):
    assert read("Great prices! #ivory #silver #watches #ceramics").score > 0.3
    assert read("Great prices! ivory, silver, watches, ceramics").score < 0.3
    assert read("Great prices for ivory #silver #watches #ceramics").score < 0.3
    assert read("#ivory #dress, great price").score < 0.3


def test_a_word_used_innocently_counts_little_elsewhere_in_the_ad(read):
    assert read("Shark fin antenna. Fits most cars with a shark fin on the roof.").score < read("A shark fin").score / 2


def test_a_plain_name_is_no_signal_until_goods_or_an_offer_stand_beside_it(read):
    bare, offered, goods = (
        read(text).score for text in ("leopard", "leopard for sale, claw", "leopard skull, genuine")
    )
    assert bare < 0.1 < 0.3 < offered
    assert goods > 0.3


def test_a_spotter_who_saw_a_live_animal_makes_its_name_weigh_more(read):
    assert read("slow loris").score < read("slow loris", Category.LIVE).score


def test_two_names_of_one_taxon_say_no_more_than_one(read):
    assert read("Nile crocodile").score <= read("Nile crocodile, Crocodylus niloticus").score < 0.3


def test_a_hidden_word_says_more_than_the_same_word_written_openly(read):
    assert read("1v0ry").score > read("ivory").score
    assert any(reason.code == ReasonCode.HIDDEN_WORD for reason in read("1v0ry").reasons)
    assert not any(reason.code == ReasonCode.HIDDEN_WORD for reason in read("ivory-tusk").reasons)


def test_a_space_between_chinese_words_hides_nothing(read):
    assert not any(word.masked for taxon in read("象牙 手镯").suspected for word in taxon.words)
    assert any(word.masked for taxon in read("象*牙手镯").suspected for word in taxon.words)


def test_not_plastic_is_a_claim_to_be_real(read):
    assert read("ivory, plastic").score < read("ivory").score < read("ivory, not plastic").score


def test_a_score_comes_with_reasons_for_and_against(matcher):
    score, reasons = judging.score(matcher.find("Real tiger claw, not a toy"))
    assert 0 < score < 1
    assert {reason.weight > 0 for reason in reasons} == {True, False}
    assert any(reason.params["word"] == "tiger claw" for reason in reasons)


def test_no_words_no_suspicion(read):
    assert read("A bicycle, hardly used") == judging.AdJudgement(0.0, (), (), ())
    assert read("") == judging.AdJudgement(0.0, (), (), ())


OTHER_LANGUAGES = """
Ngà voi giá rẻ, cần bán gấp|ban
Vảy tê tê cho bạn nào cần|ban
Bàn thờ gỗ trắc|ban
Gorilla Glass für Handy|fur
Défense d'éléphant ancienne, petit coin abîmé|coin
Sculpture en ivoire, début et fin du siècle|fin
Petite statuette en ivoire avec timbre au dos|timbre
Anillo de marfil antiguo con sello grabado|sello
Presa elettrica da parete, come nuova|presa
Le scale sono in buono stato, vendo per la casa|scale
Robe longue, taille haute, haut en soie pour femme|haut
Koffer aus Holz, das Boot liegt im Hafen, alle Boots|boots
Der Rock ist rot und der Gurt mit Horn|rug
Este hotel en la playa no cobra por los niños|cobra
Дополнительно: пара в машине, майна|papa
В машине пара|maina
Prijs is bespreekbaar, het bad heeft een rug van hout|rug
Sprzedam lot do Paryża, stan nowy|lot
Fin gammal kista säljes, mycket bra skick|fin
Huis te koop met tuin, dit is een mooie bone|bone
A 19th century ivory and rosewood eight day mantel clock in our sale|mantel
The carved ivory was found behind the couch at the estate sale|couch
"""


@pytest.mark.parametrize("line", OTHER_LANGUAGES.strip().split("\n"))
def test_a_word_spelt_like_one_of_another_language_is_not_that_word(matcher, line):
    text, word = line.split("|")
    assert word not in {match.term for match in matcher.find(text)}


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The fur of a real leopard", "fur"),
        ("Mammoth fin, coin and tusk", "tusk"),  # nothing tells the language: every one is possible
        ("Coin ancien en ivoire, fin du siècle, with a bone handle and the tusk of an elephant", "tusk"),
        ("Das Fell und die Haut vom Tiger", "Haut"),
        ("Bán sừng và mật gấu", "bán"),
        ("Mantel de lino color marfil, muy bonito y en buen estado", "mantel"),
        ("Вещь: fur, bone", "fur"),  # another script beside it says nothing of Latin letters
    ],
)
def test_a_short_word_counts_where_its_language_is_possible(matcher, text, word):
    assert word in {match.term for match in matcher.find(text)}


def test_the_page_may_state_the_language(matcher):
    assert {m.term for m in matcher.find("Coin, fin", "fr-CA")} == set()
    assert {m.term for m in matcher.find("Coin, fin")} == {"coin", "fin"}
    assert "fur" in {m.term for m in matcher.find("Jaguar fur", "ja")}  # Japanese says nothing of Latin letters
    assert "fur" in {m.term for m in matcher.find("the fur of a jaguar", "fr")}  # the ad's own words say more


def test_platforms_say_their_languages_more_softly_than_a_page(matcher):
    assert {m.term for m in matcher.find("la fin", None, ["fr"])} == set()
    assert "fin" in {m.term for m in matcher.find("fin", None, ["fr"])}


@pytest.mark.parametrize(
    "text", [*HOSTILE.values(), "ivory " * 17_000, "ivory dress stamp " * 5_500], ids=[*HOSTILE, "words", "both"]
)
def test_hostile_text_is_judged_like_any_other(matcher, text):
    matches = matcher.find(text)
    assert len(matches) <= matching.MAX_MATCHES
    assert all(text[m.start : m.end] == m.text for m in matches)
    assert 0 <= judging.judge(matches).score <= 1
