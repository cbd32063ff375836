"""Whether a notice may claim a trusted flagger's priority: illegal, awarded, in its area, through the company's own mechanism."""

from datetime import date
from typing import Any

import pytest

from server.core.words import Category, Channel
from server.ledger.notices.legal_basis import MEMBERS
from server.ledger.notifiers import priority
from server.ledger.notifiers.priority import Award, Barrier

TODAY = date(2026, 11, 28)
AWARD: dict[str, Any] = {
    "authority": "Arcom", "country": "FR", "area": "Illegal trade in live birds and reptiles",
    "categories": ("live",), "groups": ("bird", "reptile"), "since": date(2025, 3, 27),
}  # fmt: skip
NOTICE: dict[str, Any] = {
    "basis": "illegal", "of_the_union": True, "category": "live", "groups": ["bird"], "own_mechanism": True, "on": TODAY,
}  # fmt: skip


def held(**more: Any) -> Award:
    return Award(**AWARD | more)


def test_a_notice_that_meets_every_condition_claims_priority() -> None:
    assert priority.barrier(held(), **NOTICE) is None


@pytest.mark.parametrize(
    ("award", "notice", "why"),
    [
        (None, {}, Barrier.NO_AWARD),
        ({}, {"basis": "policy"}, Barrier.NOT_ILLEGAL),
        ({}, {"of_the_union": False}, Barrier.OTHER_LAW),
        ({"since": date(2026, 11, 29)}, {}, Barrier.NOT_YET),
        ({"since": TODAY}, {}, None),
        ({"suspended_on": TODAY}, {}, Barrier.SUSPENDED),
        ({"suspended_on": date(2026, 1, 1), "until": date(2026, 11, 1)}, {}, Barrier.SUSPENDED),
        ({"suspended_on": date(2026, 11, 29)}, {}, None),
        ({"until": date(2026, 11, 27)}, {}, Barrier.OVER),
        ({"until": TODAY}, {}, None),
        ({}, {"category": "product"}, Barrier.CATEGORY),
        ({"categories": ("live", "product")}, {"category": "product"}, None),
        ({}, {"groups": ["mammal"]}, Barrier.GROUP),
        ({}, {"groups": ["bird", "mammal"]}, Barrier.GROUP),
        ({}, {"groups": ["bird", "reptile", "bird"]}, None),
        ({}, {"groups": ["bird", None]}, Barrier.GROUP),
        ({}, {"groups": []}, Barrier.GROUP),
        ({"groups": ()}, {"groups": []}, None),
        ({"groups": ()}, {"groups": [None, "mammal"]}, None),
        ({}, {"own_mechanism": False}, Barrier.MECHANISM),
    ],
)
def test_what_keeps_a_notice_from_claiming_priority(
    award: dict[str, Any] | None, notice: dict[str, Any], why: Barrier | None
) -> None:
    assert priority.barrier(None if award is None else held(**award), **NOTICE | notice) is why


@pytest.mark.parametrize(
    ("channel", "address", "recorded", "is_own"),
    [
        (Channel.MAIL, "art16@mercado.test", "art16@mercado.test", True),
        (Channel.MAIL, "Art16@Mercado.test", "art16@mercado.test", True),
        (Channel.DIGEST, "art16@mercado.test", "art16@mercado.test", True),
        (Channel.FORM, "https://mercado.test/notice", "https://mercado.test/notice", True),
        (Channel.MAIL, "other@mercado.test", "art16@mercado.test", False),
        (Channel.MAIL, "art16@mercado.test", None, False),
        (Channel.MAIL, "", "", False),
        (Channel.WEBHOOK, "https://mercado.test/hook", "https://mercado.test/hook", False),
        (Channel.PORTAL, "", "", False),
        (Channel.API, "", "", False),
    ],
)
def test_only_a_recorded_address_of_the_company_is_its_own_mechanism(
    channel: Channel, address: str, recorded: str | None, is_own: bool
) -> None:
    assert priority.is_own_mechanism(channel, address, recorded) is is_own


def test_the_claim_names_the_award() -> None:
    claim = priority.claim("Example Wildlife Alliance", held())
    assert claim["statement"] == (
        "Example Wildlife Alliance sends this notice as a trusted flagger under Article 22 of Regulation (EU) 2022/2065, the "
        "Digital Services Act, and asks for the priority that is due to it. Status awarded by Arcom (France), since "
        "27 March 2025. Area of expertise: Illegal trade in live birds and reptiles"
    )
    assert (claim["authority"], claim["country"], claim["since"]) == ("Arcom", "FR", "2025-03-27")


ENTERED: dict[str, Any] = AWARD | {"until": None}
EMPTY: dict[str, Any] = {
    "authority": None, "country": None, "area": None, "categories": [], "groups": [], "since": None, "until": None
}  # fmt: skip


@pytest.mark.parametrize(
    ("entered", "wrong"),
    [
        (ENTERED, set()),
        (EMPTY, set()),
        (EMPTY | {"country": "FR"}, set()),
        (ENTERED | {"groups": []}, set()),
        (ENTERED | {"authority": None}, {"authority"}),
        (ENTERED | {"country": "GB"}, {"country"}),
        (ENTERED | {"area": None}, {"area"}),
        (ENTERED | {"categories": []}, {"categories"}),
        (ENTERED | {"categories": ["dragon"]}, {"categories"}),
        (ENTERED | {"categories": [*Category]}, set()),
        (ENTERED | {"since": None}, {"since"}),
        (ENTERED | {"until": date(2025, 3, 26)}, {"until"}),
        (ENTERED | {"until": date(2025, 3, 27)}, set()),
        (EMPTY | {"since": TODAY}, {"authority", "country", "area", "categories"}),
    ],
)
def test_an_award_is_whole_or_it_is_none(entered: dict[str, Any], wrong: set[str]) -> None:
    assert set(priority.problems(entered, MEMBERS)) == wrong
