"""How urgently a person should look: the order that matters, and the words beside every number."""

from dataclasses import replace

import pytest

from server.core.words import Category
from server.ledger.cases.triage import Signals, prioritise

PARROT = Signals("live", 0.8, (("+", "“congo” is a name"),), ("I",), "likely", "none", 2.0, 1, True)


def changed(**more: object) -> int:
    return prioritise(replace(PARROT, **more)).score


@pytest.mark.parametrize(
    ("what", "more"),
    [
        ("the words say less", {"words_score": 0.1}),
        ("the spotter is unsure", {"confidence": "unsure"}),
        ("a document is shown", {"legality_evidence": "document_shown"}),
        ("papers are claimed", {"legality_evidence": "claimed"}),
        ("it is Appendix II", {"appendices": ("II",)}),
        ("no listing is known", {"appendices": ()}),
        ("it is a product", {"category": "product"}),
        ("it was posted long ago", {"age_hours": 24.0 * 200}),
        ("the spotter is on probation", {"trusted": False}),
        ("the company kept it before", {"before": "kept"}),
        ("it was dismissed before", {"before": "dismissed"}),
    ],
)
def test_a_case_waits_longer_when(what: str, more: dict[str, object]) -> None:
    assert changed(**more) < changed(), what


@pytest.mark.parametrize(
    ("what", "more"), [("three spotters say so", {"reports": 3}), ("it came back after removal", {"before": "removed"})]
)
def test_a_case_comes_sooner_when(what: str, more: dict[str, object]) -> None:
    assert changed(**more) > changed(), what


def test_the_number_has_its_words_and_what_it_is_stands_first() -> None:
    judged = prioritise(PARROT)
    assert [words for _, words in judged.reasons][:3] == ["Live animal", "CITES Appendix I", "No papers mentioned"]
    assert 0 <= judged.score <= 100


def test_what_speaks_against_is_shown_as_openly() -> None:
    judged = prioritise(Signals("product", 0.1, (("-", "“satin” speaks against “ivory”"),), confidence="unsure"))
    assert ("-", "“satin” speaks against “ivory”") in judged.reasons and (
        "-",
        "The spotter is unsure",
    ) in judged.reasons


def test_a_split_listing_is_never_told_as_one_appendix() -> None:
    words = [words for _, words in prioritise(Signals("part", 0.5, appendices=("I", "II"))).reasons]
    assert "CITES Appendix I, or II by population" in words


@pytest.mark.parametrize("category", [word.value for word in Category])
def test_every_category_has_a_priority_between_0_and_100(category: str) -> None:
    for words_score in (0.0, 0.5, 1.0):
        for reports in (1, 1000):
            assert 0 <= prioritise(Signals(category, words_score, reports=reports, trusted=True)).score <= 100
