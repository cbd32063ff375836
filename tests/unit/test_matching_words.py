"""Which words of a lexicon of a few terms a text holds: as they are written, inside one another, hidden, or of another language."""

from dataclasses import replace

import pytest

from server.ledger.species import matching
from server.ledger.species.terms import About, Term, TermKind, TermReach
from tests.shipped_lexicon import matcher  # noqa: F401


@pytest.mark.parametrize(
    ("text", "matches"),
    [("coral", True), ("corals", True), ("Coral.", True), ("coral-red", True), ("corallium", False), ("scoral", False),
     ("Koralle", False), ("_coral_", True), ("2coral", False)],
)  # fmt: skip
def test_a_latin_word_is_found_only_whole_or_in_the_plural(text, matches):
    matcher = matching.compile([Term("coral", TermKind.TRADE, 0.5, ("x",))])
    assert bool([m for m in matcher.find(text) if not m.masked]) is matches


@pytest.mark.parametrize(
    ("term", "text", "matches"),
    [
        ("トラ", "トラの皮", True),
        ("トラ", "トラック", False),
        ("トラ", "ストラ", False),
        ("象牙", "出售象牙吧", True),
        ("งาช้าง", "ขายงาช้างถูก", True),
        ("상아", "상아를", True),
        ("상아", "세상아", False),
        ("бивень", "бивень!", True),
        ("бивень", "бивеньки", False),
        ("elfenbein*", "Elfenbeinfigur", True),
        ("elfenbein*", "Kunstelfenbein", False),
        ("गोह", "गोहा", False),
        ("गोह", "ताज़ा गोह।", True),  # a danda ends a sentence
        ("গোসাপ", "জীবিত গোসাপ॥", True),
        ("ngà", "ngà voi", True),
        ("ngà", "nga voi", False),  # too short to be told without its accent
        ("🐘", "x🐘y", True),
        ("🐘", "🐘", True),
    ],
)
def test_words_have_the_boundaries_of_their_script(term, text, matches):
    assert bool(matching.compile([Term(term, TermKind.TRADE, 0.5, ("x",))]).find(text)) is matches


@pytest.mark.parametrize(
    ("term", "text", "found"),
    [
        ("ban", "bàn", False),
        ("ban", "bán", False),
        ("fur", "für", False),
        ("fur", "ｆｕｒ", True),  # full-width
        ("fur", "f\u03c5r", True),  # a Greek look-alike
        ("ivory", "ívory", True),  # a long word is disguised so
        ("cao hổ", "cao ho", True),  # sellers leave accents out
        ("cao hổ", "cao hồ", False),  # other accents make another word
        ("éléphant", "eléphant", True),
    ],
)
def test_accents_of_a_short_word_make_it_another(term, text, found):
    assert bool(matching.compile([Term(term, TermKind.TRADE, 0.5, ("x",))]).find(text)) is found


def test_a_term_of_two_languages_counts_in_both():
    term = Term("dent", TermKind.TRADE, 0.5, (), About.GOODS, languages=("fr",))
    matcher = matching.compile([term, replace(term, languages=("en",))])
    (match,) = matcher.find("dent in the door")
    assert match.term == "dent"
    assert matcher.find("une dent avec la peau")
    assert not matcher.find("der dent und die")


def test_of_two_words_one_inside_the_other_the_longer_counts():
    matcher = matching.compile(
        [Term("elephant", TermKind.TAXON, 0.2, ("e",)), Term("elephant tusk", TermKind.TRADE, 0.9, ("e",)),
         Term("tusk", TermKind.TRADE, 1, (), About.GOODS)]
    )  # fmt: skip
    assert [m.term for m in matcher.find("elephant tusk")] == ["elephant tusk"]


def test_one_name_of_two_taxa_points_to_both():
    matcher = matching.compile(
        [Term("tigre", TermKind.TAXON, 0.2, ("tiger",)), Term("Tigre", TermKind.TAXON, 0.3, ("jaguar",))]
    )
    (match,) = matcher.find("tigre")
    assert match.taxa == ("tiger", "jaguar")


def test_a_word_against_everything_stays_so_beside_one_against_something():
    matcher = matching.compile(
        [
            Term("print", TermKind.AGAINST, 0.5, ("cat",), reach=TermReach.AD),
            Term("print", TermKind.AGAINST, 0.5, (), reach=TermReach.AD),
        ]
    )
    assert {m.taxa for m in matcher.find("print")} == {("cat",), ()}


def word(text, weight=0.5, kind=TermKind.TRADE, taxa=("x",), **more):
    return Term(text, kind, weight, taxa, **more)


def test_of_two_words_that_are_one_the_heavier_counts():
    light, heavy = word("skin", 0.3), word("skin", 0.6, taxa=(), about=About.GOODS)
    for terms in ([light, heavy], [heavy, light]):
        assert [match.weight for match in matching.compile(terms).find("a skin")] == [0.6]


def test_a_name_that_is_also_a_word_of_the_trade_counts_as_both():
    matcher = matching.compile([word("ivory"), word("ivory", 0.25, TermKind.TAXON), word("old ivory ring", 0.9)])
    assert [match.kind for match in matcher.find("ivory")] == [TermKind.TRADE, TermKind.TAXON]
    assert [match.term for match in matcher.find("old ivory ring")] == ["old ivory ring"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1v0ry", True),
        ("1v0rys", True),  # and one letter more
        ("1v0ryss", False),
        ("x1v0ry", False),
        ("ｉｖ0ｒｙ", True),
        ("#ivoryring", True),
        ("#ringivory", True),
        ("#oldivoryring", False),
    ],
)
def test_a_hidden_word_is_a_whole_one(text, found):
    assert bool(matching.compile([word("ivory")]).find(text)) is found


@pytest.mark.parametrize(("text", "found"), [("о.р.е.р.а", False), ("o.р.e.r.a", True)])
def test_a_word_wholly_in_another_alphabet_hides_none(text, found):
    assert bool(matching.compile([word("opera")]).find(text)) is found


@pytest.mark.parametrize(
    ("term", "text", "masked"),
    [
        ("сова", "сова", False),
        ("ivory", "ivory", False),
        ("ivory", "ivоry", True),
        ("ivory", "ívory", False),
        ("ivory", "1v0ry", True),
        ("ivory", "#ivoryring", False),
        ("ivory", "#ivоryring", True),
        ("elephantivory", "elephant-ivory", False),  # joined, and not hidden
        ("marché", "mаrché", True),
        ("bàn", "bàn", False),
    ],
)
def test_a_word_is_masked_by_figures_and_by_letters_of_another_alphabet(term, text, masked):
    assert [match.masked for match in matching.compile([word(term)]).find(text)] == [masked]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("une défense ancienne", True),
        ("defense ancienne en bon état", True),
        ("the défense", True),
        ("in defense of the castle", False),  # without its accents, beside another language
    ],
)
def test_a_word_without_its_accents_counts_in_its_language(text, found):
    assert bool(matching.compile([word("défense", languages=("fr",))]).find(text)) is found


@pytest.mark.parametrize(("kind", "found"), [(TermKind.TRADE, False), (TermKind.TAXON, True), (TermKind.CONTEXT, True)])
def test_a_word_of_the_trade_says_more_of_the_language_than_a_name_or_a_word_of_context(kind, found):
    matcher = matching.compile([word("marfil", 0.5, kind, languages=("es",)), word("coin", languages=("fr",))])
    assert ("coin" in {match.term for match in matcher.find("marfil coin")}) is found


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("old  ivory", [(0, 10)]),
        ("an old-ivory ring", [(3, 12)]),
        ("an   old \n ivory   ring", [(5, 16)]),
        ("很多东西 很多东西 象☆牙", [(10, 13)]),
        ("#ivory and a tusk", [(1, 6), (13, 17)]),
        ("tusk, #ivory and a tusk", [(0, 4), (7, 12), (19, 23)]),
    ],
)
def test_a_word_is_told_where_it_stood_and_once(text, places):
    matcher = matching.compile([word("old ivory"), word("象牙"), word("tusk", 0.4), word("ivory", 0.3)])
    assert [(match.start, match.end) for match in matcher.find(text)] == places
    assert [match.text for match in matcher.find(text)] == [text[start:end] for start, end in places]


@pytest.mark.parametrize(
    ("term", "taxa", "found"),
    [
        ("mantel", (), False),
        ("mantela", (), True),  # seven letters are no other language's by chance
        ("mantel", ("x",), True),  # nor is what speaks for a taxon
        ("mant", ("x",), False),
        ("man tel", (), True),
    ],
)
def test_a_short_word_of_another_language_is_left_out(term, taxa, found):
    matcher = matching.compile([word(term, taxa=taxa, languages=("es",))])
    assert bool(matcher.find(f"the {term} of the house")) is found


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Ivory*", "ivory"),
        ("rhino-horn", "rhino horn"),
        ("bán", "bán"),
        ("ngàà", "ngàà"),
        ("étoil", "etoil"),
        ("сова", "сова"),
    ],
)
def test_the_key_of_a_word_is_how_it_is_looked_for(text, key):
    assert matching.key(text) == key
