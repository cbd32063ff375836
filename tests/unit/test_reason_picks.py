"""Which ready reasons are offered: what the case shows decides, and a notice's say only what the ad shows."""

from itertools import product
from typing import Any

import pytest

from server.core.reasons import Reason, ReasonCode
from server.core.reasons import ReasonCode as R
from server.core.words import Category, Decision, DismissReason, HoldReason
from server.ledger.cases import reason_picks, states
from server.ledger.cases.pick import AdSigns, shared

PARAMS: dict[ReasonCode, dict[str, Any]] = {
    R.HIDDEN_WORD: {"word": "1v0ry", "term": "ivory"},
    R.REPOST: {"case": "C-7K3M9-Q2XWT", "shared": "photo", "day": "2026-11-01"},
    R.NAME: {"word": "Psittacus"},
    R.REAL: {"word": "genuine"},
    R.TRADE_WORD: {"word": "xiangya"},
    R.QUANTITY: {"number": 6},
    R.GRAMS: {"grams": 1100},
    R.IMITATION: {"word": "faux"},
    R.WANTED: {"word": "wanted"},
    R.NEWS: {"word": "seized"},
    R.TEACHING: {"word": "museum"},
    R.AGAINST_WORD: {"word": "satin", "against": "ivory"},
}


def ad(
    category: str = "live", *codes: ReasonCode, protected: bool = True, routed: bool = True, claim: str | None = None
) -> AdSigns:
    reasons = [Reason(code, None, PARAMS.get(code, {})) for code in codes]
    if claim:
        reasons.append(Reason(R.CLAIM, None, {"claim": claim, "word": "as they say"}))
    return AdSigns(category=category, protected=protected, reasons=reasons, routed=routed)


def codes(decision: Decision, of: AdSigns) -> list[str]:
    return [pick.code for pick in reason_picks.choose(decision, of)]


@pytest.mark.parametrize(
    ("of", "offered"),
    [
        (ad(), ["protected_live"]),
        (ad("plant"), ["protected_plant"]),
        (ad(protected=False), []),  # nothing is said of a protection that nothing shows
        (ad(""), []),
        (ad("live", R.NO_PAPERS), ["protected_live", "no_papers"]),
        (ad("live", R.NO_PAPERS, claim="papers"), ["protected_live"]),  # the ad speaks of papers: it is not said that it does not
        (ad("live", R.NO_PAPERS, claim="captive_bred"), ["protected_live"]),
        (ad("live", R.NO_PAPERS, claim="no_papers"), ["protected_live", "says_no_papers"]),
        (ad("live", R.NO_PAPERS, claim="antique"), ["protected_live", "no_papers"]),
        (ad("part", R.PAPERS_CLAIMED, claim="papers"), ["protected_part", "papers_not_shown"]),
        (ad("part", R.DOCUMENT_SHOWN, R.NO_PAPERS), ["protected_part"]),  # a document is shown: nothing is said of papers
        (ad("product", R.HIDDEN_WORD, R.GRAMS), ["protected_product", "hidden_word", "grams"]),
        (ad("live", R.REPOST, R.QUANTITY), ["protected_live", "repost", "quantity"]),
        (ad("live", R.REMOVED_BEFORE), ["protected_live", "removed_before"]),
        (ad("live", R.IMITATION, R.WANTED, R.KEPT_BEFORE), ["protected_live"]),  # what speaks against is no reason for a notice
    ],
)  # fmt: skip
def test_a_notice_is_offered_what_the_ad_shows(of: AdSigns, offered: list[str]) -> None:
    assert codes(Decision.NOTIFY, of) == offered


def test_a_reason_quotes_the_ads_own_word() -> None:
    picks = reason_picks.choose(Decision.NOTIFY, ad("product", R.HIDDEN_WORD))
    assert str(picks[1].text) == "The ad writes “1v0ry”, which appears to stand for “ivory”."


@pytest.mark.parametrize(
    ("of", "first"),
    [
        (ad("live"), "not_protected"),
        (ad("product"), "innocent_word"),
        (ad("part"), "look_alike"),
        (ad("service"), "not_offered"),
        (ad(""), "innocent_word"),
        (ad("product", R.IMITATION), "imitation"),
        (ad("part", R.WANTED), "wanted"),
        (ad("part", R.NEWS), "informs"),
        (ad("product", R.AGAINST_WORD), "against_word"),
        (ad("live", R.NO_LISTING), "no_listing"),
        (ad("live", R.KEPT_BEFORE), "kept_before"),
    ],
)
def test_a_dismissal_begins_with_what_the_ad_says_of_itself(of: AdSigns, first: str) -> None:
    assert codes(Decision.DISMISS, of)[0] == first


def test_a_dismissals_reason_is_offered_once() -> None:
    because = [pick.fields["because"] for pick in reason_picks.choose(Decision.DISMISS, ad("part", R.IMITATION))]
    assert len(because) == len(set(because)) and "look_alike" in because


def test_a_question_and_a_hold_fit_the_case() -> None:
    assert codes(Decision.ASK, ad("live"))[:2] == ["species", "rings"]
    assert "rings" not in codes(Decision.ASK, ad("product"))
    assert codes(Decision.ASK, ad("live", R.NO_LISTING))[0] == "single"
    assert codes(Decision.HOLD, ad()) == ["which_species", "which_material", "police_first", "more_evidence"]
    assert codes(Decision.HOLD, ad(routed=False))[0] == "no_route"
    assert codes(Decision.HOLD, ad("live", R.RING_SUSPECTED))[0] == "ring"


def test_every_pick_is_a_decision_that_can_be_made() -> None:
    """Of any case: few, each its own text, and what it chooses is a word that needs nothing else."""
    every = (ad(category, *PARAMS, claim="no_papers") for category in ("", *Category))
    for decision, of in product(Decision, [*every, *(ad(category) for category in Category)]):
        picks = reason_picks.choose(decision, of)
        assert len(picks) <= reason_picks.MOST
        assert len({pick.code for pick in picks}) == len({pick.text for pick in picks}) == len(picks)
        for pick in picks:
            assert not any(pick.text in other.text for other in picks if other is not pick), (
                "taken out, it would cut another"
            )
            if decision == Decision.DISMISS:
                assert states.dismissal_problems(decision, DismissReason(pick.fields["because"]), None) == {}
            elif decision == Decision.HOLD:
                assert HoldReason(pick.fields["why"])
            else:
                assert pick.fields == {}


def test_what_is_offered_for_many_ads_is_true_of_each_of_them() -> None:
    """A reason counts where every ad has it in the same words, whatever it weighs there."""
    wanted, news = (
        Reason(code, weight, {"word": "x"}) for code, weight in ((ReasonCode.WANTED, 0.2), (ReasonCode.NEWS, 0.1))
    )
    heavier, another = wanted._replace(weight=0.9), wanted._replace(params={"word": "y"})
    one = AdSigns(category="live", protected=True, reasons=[wanted, news], routed=False)
    for others, category, protected, reasons, routed in (
        ((), "live", True, [wanted, news], False),
        ((AdSigns(category="live", protected=True, reasons=[heavier], routed=False),), "live", True, [wanted], False),
        ((AdSigns(category="plant", protected=False, reasons=[another, news], routed=True),), "", False, [news], True),
        ((one, AdSigns(category="live", protected=True, routed=False)), "live", True, [], False),
    ):
        ad = shared([one, *others])
        assert (ad.category, ad.protected, list(ad.reasons), ad.routed) == (category, protected, reasons, routed)
