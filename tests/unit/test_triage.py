"""How urgently a person should look: the order that matters, and the words beside every number."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from server.core import reasons
from server.core.reasons import Reason, ReasonCode
from server.core.words import Category
from server.ledger.cases.triage import (
    Repost,
    Signals,
    by_a_ring,
    corroborated,
    learned,
    prioritise,
    reposted,
    reworded,
    strongest,
)

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
        ("the address is no single ad", {"single_ad": False}),
    ],
)
def test_a_case_waits_longer_when(what: str, more: dict[str, object]) -> None:
    assert changed(**more) < changed(), what


@pytest.mark.parametrize(
    ("what", "more"),
    [("three spotters say so", {"spotters": 3}), ("it came back after removal", {"before": "removed"})],
)
def test_a_case_comes_sooner_when(what: str, more: dict[str, object]) -> None:
    assert changed(**more) > changed(), what


def test_the_number_has_its_words_and_what_it_is_stands_first() -> None:
    judged = prioritise(PARROT)
    texts = [reasons.words(reason) for reason in judged.reasons]
    assert texts[:3] == ["Live animal", "CITES Appendix I", "No permit or document mentioned"]
    assert 0 <= judged.score <= 100


def test_what_speaks_against_is_shown_as_openly() -> None:
    satin = Reason(ReasonCode.AGAINST_WORD, -0.4, {"word": "satin", "against": "ivory"})
    judged = prioritise(Signals("product", 0.1, (satin,), confidence="unsure"))
    against = [reason.code for reason in judged.reasons if reason.against]
    assert against == [ReasonCode.UNSURE, ReasonCode.AGAINST_WORD] and judged.reasons[-1] == satin


def test_a_priority_keeps_the_numbers_it_is_made_of() -> None:
    signals = prioritise(replace(PARROT, before="kept", confidence="unsure", spotters=3)).signals
    assert {name: signals[name] for name in ("words", "spotter", "confidence", "before", "papers", "spotters")} == {
        "words": 0.8, "spotter": 0.5, "confidence": 0.6, "before": 0.5, "papers": 1.0, "spotters": 3,
    }  # fmt: skip
    assert signals["age_hours"] == 2.0 and "age_hours" not in prioritise(replace(PARROT, age_hours=None)).signals
    parts = [signals[name] for name in ("likely", "harm", "fresh", "corroboration")]
    assert all(0 <= part <= 1 for part in parts)


# The numbers and weights that the docstring of the rule promises, one signal at a time.
PLAIN = Signals("service", 0.4)


def test_a_plain_report_has_its_numbers() -> None:
    judged = prioritise(PLAIN)
    assert (judged.score, judged.reasons) == (28, ())
    assert judged.signals == {
        "likely": 0.52, "harm": 0.6, "fresh": 0.6, "corroboration": 0.3, "words": 0.4, "spotter": 0.35,
        "confidence": 0.85, "before": 1.0, "papers": 1.0, "page": 1.0, "ring": 1.0, "spotters": 1,
        "trusted": 0.0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("more", "numbers", "reason"),
    [
        ({"category": "live"}, {"harm": 0.85}, ("category", 0.85)),
        ({"category": "part"}, {"harm": 0.7}, ("category", 0.7)),
        ({"category": "product"}, {"harm": 0.55}, None),
        ({"category": "plant"}, {"harm": 0.5}, ("category", 0.5)),
        ({"category": "something new"}, {"harm": 0.5}, None),
        ({"appendices": ("I",)}, {"harm": 0.85}, ("appendix", 0.25)),
        ({"appendices": ("II",)}, {"harm": 0.7}, ("appendix", 0.1)),
        ({"appendices": ("III",)}, {"harm": 0.65}, ("appendix", 0.05)),
        ({"appendices": ("III", "II")}, {"harm": 0.7}, ("appendix", 0.1)),
        ({"confidence": "certain"}, {"confidence": 1.0, "likely": 0.61}, None),
        ({"confidence": "likely"}, {}, None),
        ({"confidence": "something new"}, {}, None),
        ({"confidence": "unsure"}, {"confidence": 0.6, "likely": 0.37}, ("unsure", -0.4)),
        ({"before": "removed"}, {"before": 1.2, "likely": 0.62}, ("removed_before", 0.2)),
        ({"before": "restricted"}, {"before": 1.1, "likely": 0.57}, ("restricted_before", 0.1)),
        ({"before": "kept"}, {"before": 0.5, "likely": 0.26}, ("kept_before", -0.5)),
        ({"before": "dismissed"}, {"before": 0.5, "likely": 0.26}, ("dismissed_before", -0.5)),
        ({"legality_evidence": "none"}, {}, ("no_papers", 0.0)),
        ({"legality_evidence": "claimed"}, {"papers": 0.9, "likely": 0.47}, ("papers_claimed", -0.1)),
        ({"legality_evidence": "document_shown"}, {"papers": 0.6, "likely": 0.31}, ("document_shown", -0.4)),
        ({"age_hours": 0.0}, {"fresh": 1.0, "age_hours": 0.0}, ("posted_today", 0.4)),
        ({"age_hours": 23.94}, {"fresh": 1.0, "age_hours": 23.9}, ("posted_today", 0.4)),
        ({"age_hours": 24.0}, {"fresh": 0.8, "age_hours": 24.0}, None),
        ({"age_hours": 167.9}, {"fresh": 0.8, "age_hours": 167.9}, None),
        ({"age_hours": 168.0}, {"fresh": 0.4, "age_hours": 168.0}, None),
        ({"age_hours": 2160.0}, {"fresh": 0.4, "age_hours": 2160.0}, None),  # 90 days
        ({"age_hours": 2160.1}, {"fresh": 0.4, "age_hours": 2160.1}, ("posted_long_ago", -0.2)),
        ({"spotters": 2}, {"spotters": 2, "corroboration": 0.5}, ("spotters", 0.2)),
        ({"spotters": 4}, {"spotters": 4, "corroboration": 0.9}, ("spotters", 0.6)),
        ({"spotters": 5}, {"spotters": 5, "corroboration": 1.0}, ("spotters", 0.7)),
        ({"single_ad": False}, {"page": 0.5, "likely": 0.26}, ("no_listing", -0.5)),
        (
            {"trusted": True},
            {"spotter": 0.5, "likely": 0.59, "corroboration": 0.7, "trusted": 1.0},
            ("trusted_spotter", 0.4),
        ),
    ],
)
def test_each_signal_moves_its_own_numbers_and_gives_its_reason(
    more: dict[str, Any], numbers: dict[str, float], reason: tuple[str, float] | None
) -> None:
    judged = prioritise(replace(PLAIN, **more))
    assert judged.signals == {**prioritise(PLAIN).signals, **numbers}
    assert [(reason.code, reason.weight) for reason in judged.reasons] == ([reason] if reason else [])


def test_nothing_goes_beyond_100() -> None:
    judged = prioritise(Signals("live", 1.0, (), ("I",), "certain", "none", 0.0, 5, True, "removed"))
    assert judged.score == 100
    assert [judged.signals[part] for part in ("likely", "harm", "fresh", "corroboration")] == [1.0] * 4


def test_what_the_ad_says_of_itself_is_kept_with_the_signals() -> None:
    says = {"wanted": 1.0, "quantity": 12.0}
    judged = prioritise(replace(PARROT, context=says))
    assert judged.signals == {**prioritise(PARROT).signals, **says}


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
        for spotters in (1, 1000):
            assert 0 <= prioritise(Signals(category, words_score, spotters=spotters, trusted=True)).score <= 100


@pytest.mark.parametrize(
    ("spotters", "trusted", "corroboration", "codes"),
    [
        (1, False, 0.3, []),
        (2, False, 0.5, ["spotters"]),
        (2, True, 0.9, ["spotters", "trusted_spotter"]),
        (9, True, 1.0, ["spotters", "trusted_spotter"]),
    ],
)
def test_more_voices_change_the_corroboration_of_a_judgement_and_nothing_else(
    spotters: int, trusted: bool, corroboration: float, codes: list[str]
) -> None:
    word = Reason(ReasonCode.NAME, 0.6, {"word": "tusk"})
    before = prioritise(replace(PLAIN, words_reasons=(word,)))
    after = corroborated(before.signals, before.reasons, spotters, trusted)
    assert after.signals == before.signals | {
        "corroboration": corroboration, "spotters": spotters, "trusted": float(trusted)
    }  # fmt: skip
    assert [reason.code for reason in after.reasons] == [*codes, "name"]
    assert after.score == prioritise(replace(PLAIN, spotters=spotters)).score if not trusted else after.score > 28


@pytest.mark.parametrize(("signals", "score"), [({"likely": 1.0}, 28), ({"harm": 1.0}, 0), ({}, 0)])
def test_what_an_earlier_version_did_not_keep_counts_for_nothing(signals: dict[str, float], score: int) -> None:
    """But an ad that did not say when it was posted counts as any such ad."""
    assert corroborated(signals, [], 2, trusted=False).score == score


def test_a_trusted_spotter_stays_one_of_the_voices() -> None:
    before = prioritise(replace(PLAIN, trusted=True))
    after = corroborated(before.signals, before.reasons, 2, trusted=False)
    assert (after.signals["trusted"], after.signals["corroboration"]) == (1.0, 0.9)
    older = {name: value for name, value in before.signals.items() if name != "trusted"}  # of an earlier version
    assert corroborated(older, before.reasons, 2, trusted=False).signals["corroboration"] == 0.9


NOVEMBER = date(2026, 11, 12)


@pytest.mark.parametrize(
    ("repost", "factor", "codes"),
    [
        (None, 1.0, []),
        (Repost("C-1", "text", None, same_seller=False), 1.0, []),  # the same goods, which nobody has removed
        (Repost("C-1", "text", NOVEMBER, same_seller=False), 1.2, ["repost"]),
        (Repost("C-1", "both", NOVEMBER, same_seller=True), 1.25, ["repost", "same_seller"]),
        (Repost("C-1", "photo", None, same_seller=True), 1.05, ["same_seller"]),
    ],
)
def test_what_was_removed_and_is_posted_again_is_worth_more(
    repost: Repost | None, factor: float, codes: list[str]
) -> None:
    before = prioritise(PLAIN)
    after = reposted(before.signals, before.reasons, strongest([repost] if repost else []))
    assert (after is None) == (not codes)
    if after:
        assert after.score == round(before.score * factor) and [r.code for r in after.reasons][: len(codes)] == codes
        assert reposted(after.signals, after.reasons, repost) is None, "said once"
        assert corroborated(after.signals, after.reasons, 1, trusted=False).score == after.score, (
            "one more voice keeps it"
        )
        back = reposted(after.signals, after.reasons, None)
        assert back and (back.score, back.signals) == (before.score, before.signals)


def test_of_many_reposts_the_one_of_what_was_removed_last_is_said_and_the_priority_ends_at_100() -> None:
    many = [Repost(f"C-{day}", "text", date(2026, 11, day), same_seller=False) for day in (3, 9, 5)]
    assert strongest([*many, Repost("C-0", "both", None, same_seller=True)]) == many[1]
    sure = {"likely": 1.0, "harm": 1.0, "fresh": 1.0, "corroboration": 1.0}
    after = reposted(sure, [], many[0])
    assert after and after.score == 100


STOOD = {
    "what was removed is posted again": Repost("C-1", "both", NOVEMBER, same_seller=True),
    "the seller alone is the same": Repost("C-1", "photo", None, same_seller=True),
    "nothing was seen before": None,
}


@pytest.mark.parametrize("repost", STOOD.values(), ids=STOOD)
@pytest.mark.parametrize("before", [None, "removed", "restricted", "kept", "dismissed"])
@pytest.mark.parametrize("trusted", [True, False])
def test_another_wording_leaves_what_is_known_of_the_case_beside_its_words(
    repost: Repost | None, before: str | None, trusted: bool
) -> None:
    """As if all of it had been known of the wording from the first."""
    stood = prioritise(replace(PLAIN, before=before, trusted=trusted))
    stood = reposted(stood.signals, stood.reasons, repost) or stood
    new = replace(PLAIN, words_score=0.9, words_reasons=(Reason(ReasonCode.NAME, 0.9, {"word": "tusk"}),), spotters=2)
    after = reworded(prioritise(new), stood.signals, stood.reasons, returned=False)
    known = prioritise(replace(new, before=before))
    voiced = corroborated(known.signals, known.reasons, 2, trusted)
    whole = reposted(voiced.signals, voiced.reasons, repost) or voiced
    assert (after.score, after.signals) == (whole.score, whole.signals)
    assert sorted(after.reasons) == sorted(whole.reasons)
    assert [reason.against for reason in after.reasons] == sorted(reason.against for reason in after.reasons)


def test_what_became_of_a_listing_last_goes_before_what_became_of_it_earlier() -> None:
    stood = prioritise(replace(PLAIN, before="dismissed"))
    back = prioritise(replace(PLAIN, before="removed"))
    assert reworded(back, stood.signals, stood.reasons, returned=True) == back
    new = prioritise(PLAIN)  # set aside as a ring's, and reported by somebody else
    assert reworded(new, stood.signals, stood.reasons, returned=True) == new


@pytest.mark.parametrize(
    ("quantity", "adds"), [(None, 0.0), (1, 0.0), (2, 0.05), (4, 0.05), (5, 0.1), (19, 0.1), (20, 0.15), (900, 0.15)]
)
def test_many_at_once_do_more_harm(quantity: float | None, adds: float) -> None:
    context = {} if quantity is None else {"quantity": quantity}
    said = (Reason(ReasonCode.QUANTITY, 0.0, {"number": quantity}),) if quantity else ()
    judged = prioritise(replace(PLAIN, context=context, words_reasons=said))
    assert judged.signals["harm"] == round(0.6 + adds, 2)
    assert [reason.weight for reason in judged.reasons if reason.code == ReasonCode.QUANTITY] == [adds] * len(said)


def test_a_suspected_ring_waits_longer_and_all_comes_back_when_it_is_none() -> None:
    plain = prioritise(replace(PARROT, trusted=False))
    lower = by_a_ring(plain.signals, plain.reasons, 1, trusted=False, ring=True)
    assert lower.score < plain.score and lower.signals["ring"] == 0.3
    assert [r.code for r in lower.reasons if r.against] == [ReasonCode.RING_SUSPECTED]
    assert by_a_ring(lower.signals, lower.reasons, 1, trusted=False, ring=True) == lower
    back = by_a_ring(lower.signals, lower.reasons, 1, trusted=False, ring=False)
    assert (back.score, back.signals, back.reasons) == (plain.score, plain.signals, plain.reasons)
    assert prioritise(replace(PARROT, trusted=False, ring=True)).score == lower.score


def test_a_model_stands_in_for_the_words_and_goes_without_a_trace() -> None:
    plain = prioritise(PARROT)
    said = (Reason(ReasonCode.LEARNED_AGAINST, -0.2, {"word": "toy", "points": 20}),)
    judged = learned(plain.signals, plain.reasons, 0.1, said)
    assert judged.score < plain.score and judged.signals["learned"] == 0.1 and judged.signals["words"] == 0.8
    assert judged.reasons[-1] == said[0]
    assert judged.score == prioritise(replace(PARROT, learned=0.1)).score
    assert learned(judged.signals, judged.reasons, None, ()) == plain
