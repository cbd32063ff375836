"""The decision panel: it asks what it is, finds a taxon by any of its names, offers clauses and laws, and shows the notice."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from server.core.database import read, write
from server.ledger.cases.models import Case, CaseDecision
from server.ledger.companies import importing
from server.ledger.companies.schemas import read_file
from server.ledger.notices.models import Notice
from tests.conftest import People, companies_file
from tests.story import flag

Make = Callable[..., dict[str, Any]]
CLAUSES = b"""
    clauses:
      - {reference: 'Rule 1: plants', groups: [plant]}
      - {reference: 'Rule 2: everything wild'}
      - {reference: 'Rule 3: ivory', groups: [mammal]}
"""


@pytest.fixture
def ivory(people: People, report_json: Make) -> str:
    report = report_json()
    report["listing"] |= {"title": "Ivory netsuke, hand carved", "description": "Antique ivory, 42 g."}
    return flag(people, report)


def send(people: People, case_id: str, **more: Any) -> Any:
    with read() as session:
        version = session.get_one(Case, case_id).version
    form = {
        "decision": "notify",
        "version": version,
        "reason": "The grain shows.",
        "basis": "policy",
        "good_faith": "y",
    }
    return people.browser("cora").post(f"/cases/{case_id}/decisions", data=form | more)


def sent() -> Any:
    with read() as session:
        return session.scalars(select(Notice.document).order_by(Notice.id.desc())).first()


@pytest.mark.parametrize(
    "said", [{}, {"taxa": "Elephas maximus", "none_of_these": "y"}, {"other_taxon": "Mammut sp.", "none_of_these": "y"}]
)
def test_the_page_always_asks_what_it_is(people: People, ivory: str, said: dict[str, str]) -> None:
    page = send(people, ivory, **said)
    assert page.status_code == 422 and 'href="#taxa"' in page.text
    assert sent() is None


def test_what_is_ticked_and_typed_stands_in_the_notice(people: People, ivory: str) -> None:
    said = {"taxa": ["Odobenus rosmarus"], "other_taxon": "  Phacochoerus   africanus ", "category": "part"}
    assert send(people, ivory, **said).status_code == 302
    suspicion = sent()["suspicion"]
    assert [taxon["scientific_name"] for taxon in suspicion["taxa"]] == ["Odobenus rosmarus", "Phacochoerus africanus"]
    assert suspicion["taxa"][1] == {"scientific_name": "Phacochoerus africanus", "common_name": None, "listings": []}
    assert suspicion["category"] == "part"


def test_none_of_these_leaves_none(people: People, ivory: str) -> None:
    assert send(people, ivory, none_of_these="y").status_code == 302
    assert sent()["suspicion"]["taxa"] == []


@pytest.mark.parametrize("text", ["Odobenus", "walrus", "MORSA", "morse", "海象"])
def test_a_taxon_is_found_by_its_names_in_the_lexicons_languages(people: People, ivory: str, text: str) -> None:
    page = people.browser("cora").get(f"/cases/{ivory}/taxa", query_string={"find": text, "taxa": "Moschus"})
    assert page.status_code == 200 and 'value="Odobenus rosmarus"' in page.text
    assert 'value="Elephas maximus"' in page.text, "what the case shows stays"
    assert re.search(r'value="Moschus"\s+checked', page.text), "what is ticked stays ticked"


def test_without_a_script_the_search_is_a_button_and_nothing_is_sent(people: People, ivory: str) -> None:
    page = send(people, ivory, step="again", find="walrus", other_taxon="Mammut sp.", taxa="Elephas maximus")
    assert page.status_code == 200 and 'value="Odobenus rosmarus"' in page.text
    assert re.search(r'value="Elephas maximus"\s+checked', page.text) and 'value="Mammut sp."' in page.text
    assert "The grain shows." in page.text and sent() is None
    nothing = send(people, ivory, step="again", find="zzzz")
    assert "Nothing in the lexicon has this name." in nothing.text
    assert send(people, ivory, step="again", find="%").text.count("Odobenus rosmarus") == 0


def test_any_decision_may_correct_what_it_is(people: People, ivory: str) -> None:
    assert (
        send(people, ivory, decision="hold", why="other", taxa="Odobenus rosmarus", category="part").status_code == 302
    )
    assert send(people, ivory, decision="hold", why="other").status_code == 302
    with read() as session:
        first, second = session.scalars(select(CaseDecision).order_by(CaseDecision.id))
    assert (first.taxa, first.category) == (["Odobenus rosmarus"], "part")
    assert (second.taxa, second.category) == (None, None)


# --- Clauses and laws ------------------------------------------------------------------------------------------------


def test_the_companys_clauses_are_offered_those_of_the_group_first_and_none_is_chosen(
    people: People, ivory: str
) -> None:
    with write() as session:
        head, tail = companies_file().split(b"rules/wildlife\n")
        importing.import_directory(session, read_file(head + b"rules/wildlife" + CLAUSES + tail))
    page = people.browser("cora").get(f"/cases/{ivory}?panel=notify").text
    options = re.findall(
        r'<option value="([^"]*)"[^>]*>', page.partition('name="policy_reference"')[2].partition("</select>")[0]
    )
    assert options == ["", "Rule 3: ivory", "Rule 2: everything wild", "Rule 1: plants"]
    assert send(people, ivory, none_of_these="y", policy_reference="https://mercado.test/rules").status_code == 422
    assert send(people, ivory, none_of_these="y", policy_reference="Rule 3: ivory").status_code == 302
    assert sent()["policy_reference"] == "Rule 3: ivory"


def test_a_known_law_is_chosen_and_another_is_typed_with_its_source(people: People, ivory: str) -> None:
    law = {"basis": "illegal", "taxa": "Elephas maximus", "category": "part"}
    missing = send(people, ivory, **law, known_law="eu-338-97-8-1")
    assert missing.status_code == 422 and "no source for it" in missing.text and 'href="#known_law"' in missing.text
    treaty = send(people, ivory, **law, known_law="other", jurisdiction="FR", provision="CITES Appendix I", source="x")
    assert treaty.status_code == 422 and "rely on the platform’s policy" in treaty.text
    assert send(people, ivory, **law, known_law="gb-ivory-act-2018").status_code == 302
    assert sent()["law"]["effective_from"] == "2022-06-06" and sent()["law"]["source"]


def test_a_typed_law_carries_a_notice_of_what_no_list_knows(people: People, report_json: Make) -> None:
    report = report_json()
    report["listing"] |= {"title": "Old bird, stuffed", "description": "From an estate."}
    case_id = flag(people, report)
    typed = {
        "jurisdiction": "DE",
        "provision": "BNatSchG § 44(2)",
        "effective_from": "2010-03-01",
        "source": "the text",
    }
    assert send(people, case_id, basis="illegal", known_law="other", none_of_these="y", **typed).status_code == 302
    assert sent()["law"] == typed


def test_the_panel_shows_the_notice_before_it_leaves(people: People, ivory: str) -> None:
    cora = people.browser("cora")
    opened = cora.get(f"/cases/{ivory}?panel=notify").text
    assert "Say why it is suspected" in opened and "42 g" in opened
    form = {"version": "1", "reason": "The grain of ivory shows.", "basis": "policy", "taxa": "Elephas maximus"}
    preview = cora.post(f"/cases/{ivory}/preview", data=form)
    assert preview.status_code == 200
    assert "Elephas maximus" in preview.text and "The grain of ivory shows." in preview.text
    assert "Loxodonta" not in preview.text and "Missing" not in preview.text
    assert "Article 16" not in preview.text
    law = {"basis": "illegal", "known_law": "eu-338-97-8-1", "source": "Annex A"}
    assert "elements of Article 16(2)" in cora.post(f"/cases/{ivory}/preview", data=form | law).text
    assert "no source for it" in cora.post(f"/cases/{ivory}/preview", data=form | law | {"source": ""}).text
    assert sent() is None


@pytest.mark.parametrize(("panel", "shown"), [("notify", True), ("ask", False), ("hold", False), ("dismiss", False)])
def test_where_a_notice_goes_stands_only_where_one_leaves(people: People, ivory: str, panel: str, shown: bool) -> None:
    page = people.browser("cora").get(f"/cases/{ivory}?panel={panel}").text
    assert ("bar-where" in page) == shown and 'id="decision-name"' in page


@pytest.mark.parametrize(
    "said",
    [
        {"basis": "illegal"},
        {"basis": "illegal", "known_law": "other", "jurisdiction": "FR", "provision": "Code de l'environnement"},
        {
            "basis": "illegal",
            "known_law": "other",
            "jurisdiction": "FR",
            "provision": "L411-1",
            "effective_from": "soon",
        },
        {"basis": "x"},
        {"basis": ""},
        {"category": "x"},
        {"category": ""},
    ],
)
def test_the_notice_is_shown_while_what_it_needs_is_half_filled_in_or_no_choice(
    people: People, ivory: str, said: dict[str, str]
) -> None:
    page = send(people, ivory, step="again", **said)
    assert page.status_code == 200 and 'id="preview"' in page.text and sent() is None
    form = {"decision": "notify", "reason": "The grain shows.", "basis": "policy"} | said
    shown = people.browser("cora").post(f"/cases/{ivory}/preview", data=form)
    assert shown.status_code == 200
