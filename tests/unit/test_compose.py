"""A notice is complete or it is not sent, and it never says who saw the ad."""

import copy
import inspect
import json
from datetime import date
from typing import Any

import pytest

from server.core.words import Basis
from server.ledger.notices import compose
from server.ledger.notices.tlp import Tlp
from tests.composing import AT, PARROT, composed

LAW = {
    "jurisdiction": "EU",
    "provision": "Regulation (EC) No 338/97, Article 8(1)",
    "effective_from": date(1997, 6, 1),
    "source": "Regulation (EU) 2026/1383, Annex A",
}


def illegal(**more: Any) -> compose.Document:
    return composed(**({"basis": "illegal", "law": LAW, "policy_reference": None} | more))


def test_a_complete_notice_lacks_nothing_on_either_basis() -> None:
    assert compose.missing(composed()) == []
    assert compose.missing(illegal()) == []


def test_an_answer_is_asked_for_within_seven_days() -> None:
    assert composed()["answer_by"] == "2026-12-01T11:00:00+00:00"


def test_the_organisation_signs_in_good_faith() -> None:
    faith = composed()["good_faith"]
    assert faith["signed_for"] == "Example Wildlife Alliance"
    assert faith["at"] == AT.isoformat()
    assert "accurate and complete" in faith["statement"]


def test_it_is_kept_within_the_organisation_of_the_company_unless_said_otherwise() -> None:
    assert composed()["tlp"] == Tlp.AMBER_STRICT


def test_the_document_is_plain_json_and_does_not_hang_on_what_it_was_made_from() -> None:
    reasons, taxon = ["Because."], copy.deepcopy(PARROT)
    document = composed(reasons=reasons, taxa=[taxon])
    before = json.dumps(document)
    reasons.append("And more.")
    taxon["listings"][0]["appendix"] = "II"
    assert json.dumps(document) == before


def test_nothing_but_the_named_facts_of_a_taxon_leaves() -> None:
    assert composed()["suspicion"]["taxa"] == [
        {
            "scientific_name": "Psittacus erithacus",
            "common_name": "Grey parrot",
            "listings": [{"source": "CITES", "appendix": "I", "population": None, "effective_from": "2017-01-02"}],
        }
    ]


def test_there_is_no_place_for_a_spotter_or_a_coordinator() -> None:
    parameters = set(inspect.signature(compose.compose).parameters)
    assert not {name for name in parameters for who in ("spotter", "coordinator", "account", "report") if who in name}
    assert set(composed()["notifier"]) == {"organisation", "email"}


def test_each_basis_carries_its_own_ground_only() -> None:
    both = {"law": LAW, "policy_reference": "clause 4.2"}
    assert composed(**both)["law"] is None
    assert composed(basis="illegal", **both)["policy_reference"] is None


def without(document: compose.Document, *path: str) -> compose.Document:
    """The document with one thing emptied."""
    inner = document
    for name in path[:-1]:
        inner = inner[name]
    inner[path[-1]] = [] if isinstance(inner[path[-1]], list) else None
    return document


@pytest.mark.parametrize("make", [composed, illegal])
@pytest.mark.parametrize(
    ("path", "says"),
    [
        (("id",), "no reference"),
        (("reference",), "no reference"),
        (("company",), "company"),
        (("platform_name",), "platform"),
        (("listing", "url"), "exact address"),  # Art. 16(2)(b)
        (("suspicion", "category"), "what is offered"),
        (("suspicion", "reasons"), "why it is suspected"),  # Art. 16(2)(a)
        (("suspicion", "legality_evidence"), "permit"),
        (("notifier", "organisation"), "organisation that notifies"),  # Art. 16(2)(c)
        (("notifier", "email"), "email"),
        (("good_faith", "statement"), "good faith"),  # Art. 16(2)(d)
        (("good_faith", "signed_for"), "good faith"),
        (("good_faith", "at"), "good faith"),
        (("answer_by",), "is due"),
        (("tlp",), "TLP"),
    ],
)
def test_whatever_is_missing_is_said_in_one_sentence(make: Any, path: tuple[str, ...], says: str) -> None:
    (sentence,) = compose.missing(without(make(), *path))
    assert says in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("path", "says"),
    [
        (("law",), "Name the law"),
        (("law", "provision"), "Name the law"),
        (("law", "jurisdiction"), "Name the law"),
        (("law", "effective_from"), "since when the provision"),
        (("law", "source"), "where it can be read"),
    ],
)
def test_a_notice_of_illegality_names_a_law_with_its_date_and_source(path: tuple[str, ...], says: str) -> None:
    assert any(says in sentence for sentence in compose.missing(without(illegal(), *path)))


@pytest.mark.parametrize(("since", "wanted"), [(AT, []), (date(2026, 11, 25), ["The provision is not in force yet."])])
def test_a_law_counts_from_the_moment_it_is_in_force(since: Any, wanted: list[str]) -> None:
    assert compose.missing(illegal(law={**LAW, "effective_from": since})) == wanted


@pytest.mark.parametrize("taxa", [[], [{**PARROT, "listings": [{"source": "CITES", "appendix": "I"}]}]])
def test_a_law_that_is_named_with_its_source_needs_no_dated_listing(taxa: list[dict[str, Any]]) -> None:
    assert compose.missing(illegal(taxa=taxa)) == []


def test_a_notice_on_policy_names_the_clause_or_the_policy_and_needs_no_species() -> None:
    assert compose.missing(composed(taxa=[])) == []
    assert compose.missing(composed(policy_reference=None)) == [compose._no_policy("Mercado")]
    assert compose.missing(composed(policy_reference=None, policy_url="https://mercado.test/rules")) == []
    assert illegal(policy_url="https://mercado.test/rules")["policy_url"] is None


CALLED_ARTICLE_16 = [
    "An Article 16 notice.", "see art. 16 DSA", "ART 16(2)", "Under article  16", "DSA-Artikel 16", "artículo 16",
    "article sixteen", "Sixteenth article", "Art.16", "Art. no. 16", "Article (16)", "Artikel sechzehn", "16. Artikel",
    "article seize", "l’article 16", "artículo dieciséis", "el artículo núm. 16", "articolo sedici", "dell'articolo 16",
    "artigo 16.º", "artigo dezesseis", "artikel zestien", "artykułu 16", "artykuł szesnasty", "статья 16",
    "статье шестнадцать", "статті 16", "第16条", "第十六條", "第１６条", "제16조", "المادة 16", "المادة ١٦", "المادة السادسة عشرة",
    "Điều 16", "điều mười sáu", "มาตรา 16", "มาตรา ๑๖", "Pasal 16", "pasal enam belas", "madde 16", "16. madde", "Άρθρο 16", "16. cikk", "čl. 16",
    "článek 16", "члан 16", "Artiklan 16", "16 artikla", "Аrticle 16", "Ａｒｔｉｃｌｅ １６", "A\u200brticle 16", "article XVI",
    "A r t i c l e 16", "16 straipsnis", "16. pants", "articolul 16",
]  # fmt: skip
NOT_ARTICLE_16 = [
    "Article 160 of the house rules.", "Article 6.16", "16 articles of ivory", "16 art prints", "Part 16", "a smart 16 cm figure",
    "Art deco, 16 cm", "Article 8(1)", "Listed 2016, article 5", "16 pieces", "sixteen pieces", "Artikel 161", "artículo 15",
    "Rule 2: ivory", "Art. 1.6", "item no. 16", "Anhang A",
]  # fmt: skip


@pytest.mark.parametrize("words", NOT_ARTICLE_16)
def test_another_number_is_not_article_16(words: str) -> None:
    assert compose.missing(composed(reasons=[words])) == []


@pytest.mark.parametrize("words", CALLED_ARTICLE_16)
def test_a_notice_on_policy_is_never_called_article_16(words: str) -> None:
    assert "not an Article 16 notice" in compose.missing(composed(reasons=[words]))[0]
    assert "not an Article 16 notice" in compose.missing(composed(policy_reference=words))[0]


def test_a_basis_that_is_neither_law_nor_policy_is_not_sent() -> None:
    assert compose.missing(composed(basis="hearsay")) == [
        "Say whether the basis of the notice is law or the platform’s policy."
    ]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "mercado.test/itm/1", "", "https://", "ftp://mercado.test/1"])
def test_an_address_that_nobody_can_open_is_no_exact_address(url: str) -> None:
    assert compose.missing(composed(listing={"url": url})) == ["Give the listing’s exact address."]


def test_blank_reasons_are_no_reasons_and_lines_become_one() -> None:
    assert composed(reasons=["  ", "One\n\n  two"])["suspicion"]["reasons"] == ["One two"]
    assert compose.missing(composed(reasons=[" \n"])) == ["Say why it is suspected, in at least one sentence."]


def test_what_a_person_typed_or_a_page_said_is_told_by_its_field() -> None:
    """What is checked for people's names before it leaves: all but our own words and codes."""
    listing = {
        "url": "https://mercado.test/itm/1", "title": "Two greys", "seller": "birdroom_lx", "first_seen": AT,
        "price": {"amount": "1250", "currency": "EUR", "text": "€ 1,250"},
    }  # fmt: skip
    own_words = {"scientific_name": None, "common_name": "a monkey, I think", "listings": []}
    document = composed(listing=listing, taxa=[PARROT, own_words], reasons=["Chicks.", "No papers."])
    assert compose.stated(document) == {
        "url": "https://mercado.test/itm/1",
        "title": "Two greys",
        "seller": "birdroom_lx",
        "price": "1250\nEUR\n€ 1,250",
        "reason": "Chicks.\nNo papers.",
        "policy_reference": document["policy_reference"],
        "other_taxon": "a monkey, I think",
    }
    law = {**LAW, "provision": "Article 8(1)"}
    assert compose.stated(illegal(law=law)).items() >= {"jurisdiction": "EU", "provision": "Article 8(1)"}.items()


def test_the_picture_is_not_part_of_the_document_and_leaves_only_when_its_address_is_given() -> None:
    document = composed(
        listing={"url": "https://mercado.test/itm/1", "screenshot_url": "https://spotter.test/original"}
    )
    assert "spotter.test/original" not in json.dumps(document)
    assert compose.serialise(document, "https://spotter.test/answers/t")["listing"]["screenshot_url"] is None
    shown = compose.serialise(document, "https://spotter.test/answers/t", "https://spotter.test/answers/t/screenshot")
    assert shown["listing"]["screenshot_url"] == "https://spotter.test/answers/t/screenshot"
    assert "answer_url" not in document, "the stored document has no address that opens it"


def test_the_thin_notice_of_a_webhook_holds_nothing_of_the_ad_but_its_address() -> None:
    thin = compose.thin(compose.serialise(composed(), "https://spotter.test/answers/t"))
    text = json.dumps(thin)
    assert not [word for word in ("African grey", "birdroom_lx", "1,250", "chicks") if word in text]
    assert thin["basis"] == Basis.POLICY
    assert len(text) < 20_000
