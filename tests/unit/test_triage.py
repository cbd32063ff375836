"""How urgently a person should look: the order that matters, and the words beside every number."""

from dataclasses import replace

import pytest

from server.core import reasons
from server.core.reasons import Reason, ReasonCode
from server.core.words import Category
from server.ledger.cases.triage import Signals, prioritise

PARROT = Signals(
    "live", 0.8, (Reason(ReasonCode.NAME, 0.6, {"word": "congo"}),), ("I",), "likely", "none", 2.0, 1, True
)


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
    said = [reasons.words(reason) for reason in judged.reasons]
    assert said[:3] == ["Live animal", "CITES Appendix I", "No papers mentioned"]
    assert 0 <= judged.score <= 100


def test_what_speaks_against_is_shown_as_openly() -> None:
    satin = Reason(ReasonCode.AGAINST_WORD, -0.4, {"word": "satin", "against": "ivory"})
    judged = prioritise(Signals("product", 0.1, (satin,), confidence="unsure"))
    against = [reason.code for reason in judged.reasons if reason.against]
    assert against == [ReasonCode.UNSURE, ReasonCode.AGAINST_WORD] and judged.reasons[-1] == satin


def test_a_priority_keeps_the_numbers_it_is_made_of() -> None:
    signals = prioritise(replace(PARROT, before="kept", confidence="unsure", reports=3)).signals
    assert {name: signals[name] for name in ("words", "spotter", "confidence", "before", "papers", "reports")} == {
        "words": 0.8, "spotter": 0.5, "confidence": 0.6, "before": 0.5, "papers": 1.0, "reports": 3,
    }  # fmt: skip
    assert signals["age_hours"] == 2.0 and "age_hours" not in prioritise(replace(PARROT, age_hours=None)).signals
    parts = [signals[name] for name in ("likely", "harm", "fresh", "corroboration")]
    assert all(0 <= part <= 1 for part in parts)


def test_the_priority_follows_from_its_signals() -> None:
    judged = prioritise(PARROT)
    part = judged.signals
    priority = 100 * part["likely"] * (0.5 * part["harm"] + 0.3 * part["fresh"] + 0.2 * part["corroboration"])
    assert abs(judged.score - priority) <= 1


def test_a_split_listing_is_never_told_as_one_appendix() -> None:
    words = [reasons.words(reason) for reason in prioritise(Signals("part", 0.5, appendices=("I", "II"))).reasons]
    assert "CITES Appendix I, or II by population" in words


@pytest.mark.parametrize("category", [word.value for word in Category])
def test_every_category_has_a_priority_between_0_and_100(category: str) -> None:
    for words_score in (0.0, 0.5, 1.0):
        for reports in (1, 1000):
            assert 0 <= prioritise(Signals(category, words_score, reports=reports, trusted=True)).score <= 100
