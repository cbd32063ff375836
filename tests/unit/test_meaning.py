"""What foreign words of an ad mean to a reader: said by themselves, by their parts, or by the taxon; never what is denied."""

import pytest
import yaml

from server.ledger.species import lineage, meaning
from server.ledger.species.terms import Match, TermKind
from server.reads.glosses import MEANINGS, meanings
from tests.shipped_lexicon import documents as documents
from tests.shipped_lexicon import lexicon as lexicon
from tests.shipped_lexicon import matcher as matcher

TAXA = ("loxodonta-africana", "loxodonta-cyclotis", "elephas-maximus")


@pytest.fixture(scope="module")
def taxa(lexicon):
    def plain(taxon):
        called = lineage.called({"language": name.language, "text": name.text} for name in taxon.names)
        return {"scientific_name": taxon.scientific_name, "common_name": called.get("en"), "called": called}

    return {taxon.id: plain(taxon) for taxon in lexicon.taxa}


@pytest.fixture(scope="module")
def said(matcher, taxa):
    def said(text, reader="en", stated=()):
        told = meaning.glosses(matcher.read(text), meanings(), taxa, reader, stated)
        return {gloss.word: [meant.text for meant in gloss.means] for gloss in told}

    return said


@pytest.mark.parametrize(
    ("text", "word", "means"),
    [
        ("象牙手镯 内径58mm 62克", "象牙手镯", ["ivory", "bracelet"]),
        ("老象牙 62克", "象牙", ["ivory"]),
        ("سوار من العاج للبيع", "العاج", ["ivory"]),
        ("Браслет из слоновой кости", "Браслет", ["bracelet"]),
        ("Браслет из слоновой кости", "слоновой кости", ["ivory"]),
        ("穿山甲鳞片 500克", "穿山甲鳞片", ["pangolin scales"]),
        ("Vendo colmillo de elefante", "colmillo de elefante", ["elephant tusk"]),
        ("trầm hương, xương hổ, cao", "xương hổ", ["tiger bone"]),
        ("猛犸象牙 手把件", "猛犸象牙", ["mammoth ivory"]),
        ("仿象牙 摆件", "仿象牙", ["imitation ivory"]),
    ],
)  # fmt: skip
def test_a_word_is_said_in_english(said, text, word, means):
    assert said(text)[word] == means


def test_in_the_readers_language_where_the_lexicon_has_it(said):
    assert said("象牙手镯 62克", "fr")["象牙手镯"] == ["ivoire", "bracelet"]
    assert said("Elephant ivory, carved ivory tusk", "fr")["carved ivory"] == ["sculpté", "ivoire"]


def test_the_readers_own_words_are_not_explained(said):
    assert said("Carved ivory bracelet, elephant tusk") == {}
    assert said("Ivoire sculpté, bracelet en ivoire", "fr") == {}


@pytest.mark.parametrize("text", ["象牙白 连衣裙", "象牙海岸 邮票", "植物象牙 手串"])
def test_what_is_no_ivory_is_not_called_ivory(said, text):
    assert ["ivory"] not in said(text).values() and not any("ivory" in means for means in said(text).values())


def test_a_name_is_said_by_the_taxon_and_by_the_one_that_the_notice_names(said, taxa):
    assert said("非洲灰鹦鹉 3只")["非洲灰鹦鹉"] == [taxa["psittacus-erithacus"]["common_name"]]
    assert said("大象 1件", stated=("Elephas maximus",))["大象"] == [taxa["elephas-maximus"]["common_name"]]
    assert len(said("大象 1件")["大象"]) == meaning.MOST_NAMES
    scientific = said("Psittacus erithacus, 3 chicks")
    assert scientific == {"Psittacus erithacus": [taxa["psittacus-erithacus"]["common_name"]]}


def test_each_word_is_told_once_and_with_its_language(matcher, taxa):
    told = meaning.glosses(matcher.read("象牙 象牙 象牙手镯"), meanings(), taxa, "en")
    assert [gloss.word for gloss in told] == ["象牙", "象牙手镯"] and {gloss.language for gloss in told} == {"zh"}


def test_a_meaning_without_the_readers_language_says_that_it_is_english(matcher, taxa):
    told = meaning.glosses(matcher.read("象牙 印章"), meanings(), taxa, "fr")
    assert [(meant.text, meant.language) for gloss in told for meant in gloss.means] == [
        ("ivoire", "fr"),
        ("seal", "en"),
    ]


SAID = meaning.by_word({
    "seal": {"zh": ["印章"], "fr": ["sceau", "cachet"]}, "old": {"zh": ["老"]}, "imitation": {"zh": ["仿"]},
    "imitation seal": {"zh": ["仿印章"]}, "seal stone": {"zh": ["印章石"]}, **{f"thing {at}": {"zh": [f"物{at}"]} for at in range(9)},
})  # fmt: skip


def told(text, *terms, reader="en", against=(), inside=()):
    """What is told of a text in which these words stand, `against` as innocent phrases and `inside` within longer ones."""
    matches = [
        Match(
            text.index(term), text.index(term) + len(term), term, term,
            TermKind.AGAINST if term in against else TermKind.TRADE, (), 0.5, languages=("zh",),
        )
        for term in (*terms, *inside)
    ]  # fmt: skip
    glosses = meaning.glosses((matches[: len(terms)], matches), SAID, {}, reader)
    return [(gloss.word, *(meant.text for meant in gloss.means)) for gloss in glosses]


def test_of_several_words_in_the_readers_language_the_first_is_said():
    assert told("老印章", "印章", reader="fr") == [("印章", "sceau")]


def test_of_two_innocent_phrases_the_longer_is_told_wherever_it_stands():
    for text in ("仿印章", f"{'老' * 20} 仿印章"):
        assert told(text, "仿印章", "仿", against=("仿印章", "仿")) == [("仿印章", "imitation seal")]


@pytest.mark.parametrize("text", ["仿印章", "印章仿"])
def test_what_stands_right_beside_an_innocent_phrase_is_told(text):
    assert set(told(text, "仿", "印章", against=("仿",))) == {("仿", "imitation"), ("印章", "seal")}


def test_a_word_without_a_meaning_is_told_by_the_longest_of_its_parts():
    assert told("老印章石头", "老印章石头", inside=("印章", "老", "印章石")) == [("老印章石头", "old", "seal stone")]


@pytest.mark.parametrize(("words", "number"), [(6, 6), (7, 6)])
def test_of_one_text_six_words_are_told(words, number):
    terms = [f"物{at}" for at in range(words)]
    assert [word for word, _ in told(" ".join(terms), *terms)] == terms[:number]


def test_every_word_of_the_file_stands_in_the_lexicon_and_means_one_thing(lexicon):
    known = {(word.term.text.casefold().removesuffix("*"), word.language) for word in lexicon.words}
    rows = yaml.safe_load(MEANINGS.read_text("utf-8"))["meanings"]
    words = [(word.casefold(), tongue) for row in rows.values() for tongue, of_it in row.items() for word in of_it]
    assert [word for word in words if word not in known] == []
    assert [word for word in words if words.count(word) > 1] == []
