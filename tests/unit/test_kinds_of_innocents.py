"""Kinds of innocent uses, each by its rule: figures, imitations, debate, tags, and which taxa a word against speaks of."""

import re
from dataclasses import replace

import pytest

from server.ledger.species import judging, lineage, matching, parsing
from server.ledger.species.terms import About, Term, TermKind, TermReach
from tests.shipped_lexicon import documents, lexicon  # noqa: F401

ELEPHANTS = ("loxodonta-africana", "elephas-maximus")
WORDS = [
    Term("elephant", TermKind.TRADE, 0.3, ELEPHANTS),
    Term("ivory", TermKind.TRADE, 0.45, ELEPHANTS),
    Term("ivory carving", TermKind.TRADE, 0.85, ELEPHANTS),
    Term("for sale", TermKind.TRADE, 1, (), About.OFFER),
    Term("wooden", TermKind.AGAINST, 0.85, ELEPHANTS, About.FIGURE, TermReach.NEAR),
    Term("faux ivory", TermKind.AGAINST, 1, ELEPHANTS, About.FAKE),
    Term("ivory coast", TermKind.AGAINST, 1, ELEPHANTS),
    Term("ivory ban", TermKind.AGAINST, 1, ELEPHANTS, About.NEWS),
    Term("banned", TermKind.AGAINST, 0.6, (), About.NEWS, TermReach.AD),
    Term("outcry", TermKind.CONTEXT, 1, (), About.NEWS),
]


@pytest.fixture(scope="module")
def score():
    matcher = matching.compile(WORDS)
    return lambda text: judging.judge(matcher.find(text)).score


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("elephant for sale", 0.41),
        ("wooden elephant for sale", 0.08),
        ("elephant, wooden, for sale", 0.08),
        ("elephant for sale, comes with a wooden stand", 0.41),  # the wood is not beside the name
        ("ivory, wooden box", 0.45),  # what a figure can be made of is no figure
        ("faux ivory carving", 0),  # begins inside the imitation
        ("ivory coast ivory carving", 0.85),
        ("ivory carving, faux ivory too", 0.85),
        ("ivory ban and ivory", 0.45),  # a ban is on the thing itself
        ("ivory coast and ivory", 0.11),  # a country tells what the word is
        ("ivory carving banned", 0.48),
        ("ivory carving for sale, not banned here", 0.89),  # who plainly sells is no news
        ("#ivorycoast", 0),
        ("#ivorycoast2026", 0),
        ("#ivorycarving", 0.85),
        ("i.v.o.r.y c.o.a.s.t", 0.72),  # nobody hides a country
    ],
)
def test_each_kind_has_its_rule(score, text, worth):
    assert score(text) == pytest.approx(worth, abs=0.02)


def test_a_group_takes_in_what_its_names_hold_and_what_stands_under_these(lexicon):
    members, wrong = lineage.members(
        {"cats": ["Panthera", "felidae"], "big": ["cats", "Ursus arctos"], "tiger": ["Panthera tigris"]}, lexicon.taxa
    )
    assert wrong == []
    assert {"panthera-leo", "felidae", "felis-manul"} <= set(members["cats"])
    assert set(members["big"]) == {*members["cats"], "ursus-arctos"}
    assert members["tiger"] == ("panthera-tigris",)


def test_a_new_subspecies_is_spoken_of_without_a_line(lexicon):
    tiger = next(taxon for taxon in lexicon.taxa if taxon.id == "panthera-tigris")
    new = replace(tiger, id="panthera-tigris-altaica", scientific_name="Panthera tigris altaica")
    members, _ = lineage.members({"tiger": ["Panthera tigris"]}, [*lexicon.taxa, new])
    assert members["tiger"] == ("panthera-tigris", "panthera-tigris-altaica")


def test_a_group_of_nothing_known_is_refused(documents):
    with pytest.raises(ValueError, match=r"cats: no group and no taxon lions.*\n?.*") as refused:
        parsing.parse(
            [*documents, {"as_of": documents[0]["as_of"], "kin": {"cats": ["lions"], "none": ["Tyrannosaurus"]}}]
        )
    assert "none: of no taxon" in str(refused.value)


# Whose everyday English name is this animal's is of its group: a new taxon has no line of its own.
KIN = {
    "cats": r"\b(tiger|leopard|lion|jaguar|cheetah|lynx|ocelot|serval|caracal|margay|wildcat|puma)$",
    "turtles": r"\b(turtle|tortoise|terrapin)$",
    "sharks": r"\bshark$",
    "parrots": r"\b(parrot|macaw|cockatoo|amazon|conure|lory|lorikeet)$",
    "crocodiles": r"\b(crocodile|alligator|caiman|gharial)$",
    "pythons": r"\bpython$",
    "owls": r"\bowl$",
    "bears": r"\b(?<!red )bear$",
    "rosewoods": r"\brosewood$",
}
ELSEWHERE = {
    "leopard shark",
    "sea lion",
    "tiger shark",
    "amazon",
    "african rosewood",
}  # not cats, a river, another genus


@pytest.mark.parametrize("group", KIN)
def test_every_taxon_of_an_everyday_name_is_of_its_group(documents, lexicon, group):
    kin = {name: of for document in documents for name, of in document.get("kin", {}).items()}
    members, _ = lineage.members(kin, lexicon.taxa)
    missing = {
        taxon.id: name.text
        for taxon in lexicon.taxa
        for name in taxon.names
        if name.language == "en" and name.matched and re.search(KIN[group], name.text.lower())
        and name.text.lower() not in ELSEWHERE and taxon.id not in members[group]
    }  # fmt: skip
    assert missing == {}
