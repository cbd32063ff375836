"""Mammoth is a taxon of its own: its ivory is not taken for an elephant's, and its name excuses no elephant's."""

from functools import cache

import pytest

from server.ledger.species import judging, taking_in
from server.ledger.species.matching import Matcher

ELEPHANTS = {"loxodonta-africana", "loxodonta-cyclotis", "elephas-maximus"}


@cache
def _matcher() -> Matcher:
    return Matcher(taking_in.shipped().terms())


def suspected(text: str) -> set[str]:
    return {each.taxon for each in judging.judge(_matcher().find(text)).suspected if each.score >= 0.2}


@pytest.mark.parametrize(
    "text",
    [
        "Mammoth ivory netsuke",
        "Genuine mammoth ivory tusk, carved, 30 cm",
        "Ivory tusk carving. This very old piece was found by my grandfather far in the north of Siberia. It is mammoth.",
        "Ivoire de mammouth, sculpture",
        "Mammutelfenbein Schnitzerei",
        "Marfil de mamut tallado",
        "猛犸象牙雕件",
        "Бивень мамонта",
        "マンモスの牙 彫刻",
    ],
)
def test_mammoth_is_not_taken_for_an_elephant(text: str) -> None:
    assert "mammuthus-primigenius" in suspected(text)
    assert not suspected(text) & ELEPHANTS


@pytest.mark.parametrize("text", ["Elephant ivory, not mammoth", "African elephant tusk and mammoth tusk"])
def test_an_elephants_own_name_stands_beside_a_mammoths(text: str) -> None:
    assert "loxodonta-africana" in suspected(text)


def test_ivory_alone_stays_an_elephants() -> None:
    assert suspected("Genuine ivory tusk for sale") >= ELEPHANTS
