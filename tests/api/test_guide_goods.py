"""The guide finds the species that goods come from, by plain words in the lexicon's languages, and by no code word."""

import re

import pytest

from server.core import clock
from server.core.database import write
from server.ledger.species import store
from server.ledger.species.models import AddedTerm
from tests.conftest import People

ELEPHANTS = {"loxodonta-africana", "loxodonta-cyclotis", "elephas-maximus"}


def found(people: People, query: str, language: str = "en") -> set[str]:
    page = people.browser("mia").get(f"/guide?{query}", headers={"Accept-Language": language}).text
    return set(re.findall(r'<a href="/guide/([\w-]+)">', page))


@pytest.mark.parametrize(
    ("word", "language", "species"),
    [("ivory", "en", {*ELEPHANTS, "mammuthus-primigenius", "hippopotamus-amphibius"}), ("tusk", "en", {"odobenus-rosmarus"}),
     ("rhino horns", "en", {"rhinocerotidae"}), ("Caviar", "en", {"acipenseriformes"}), ("ivoire", "en", ELEPHANTS),
     ("Elfenbein", "en", ELEPHANTS), ("слоновая кость", "en", ELEPHANTS), ("象牙", "en", ELEPHANTS),
     ("งาช้าง", "en", ELEPHANTS), ("عاج", "ar", ELEPHANTS), ("sừng tê giác", "en", {"rhinocerotidae"}),
     ("défense", "fr", {"odobenus-rosmarus"})],
)  # fmt: skip
def test_goods_find_what_they_come_from(people: People, word: str, language: str, species: set[str]) -> None:
    assert found(people, f"q={word}", language) >= species


def test_names_are_found_beside_and_a_group_holds_for_both(people: People) -> None:
    assert "rhinoplax-vigil" in found(people, "q=ivory&group=bird")
    assert not ELEPHANTS & found(people, "q=ivory&group=bird")
    assert found(people, "q=Psittacus+erithacus") == {"psittacus-erithacus"}


@pytest.mark.parametrize("word", ["象丫", "white gold", "ivory bangle", "quackle chicks", "%", "necklace"])
def test_no_code_word_and_no_added_term_finds_anything(people: People, word: str) -> None:
    with write() as session:
        term = {"text": "quackle chicks", "key": "quackle chicks", "language": "en", "source": "Cora saw it"}
        session.add(AddedTerm(id="0" * 32, taxa=["psittacus-erithacus"], at=clock.now(), **term))
        store.changed(session)
    assert found(people, f"q={word}") == set()


def test_a_word_for_many_is_listed_a_page_at_a_time(people: People) -> None:
    page = people.browser("mia").get("/guide?q=meat").text
    assert page.count('class="search-drawing"') == 50 and "q=meat&amp;cursor=" in page
