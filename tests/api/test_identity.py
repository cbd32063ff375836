"""A coordinator says what it is: confirmed or corrected, it stands in the notice, and is kept with the decision."""

from collections.abc import Callable
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import select

from server.core.config import Settings
from server.core.database import read, write
from server.core.words import Scope
from server.ledger.cases.models import CaseDecision
from server.ledger.companies import importing
from server.ledger.companies.schemas import read_file
from server.ledger.notices.models import Notice
from server.ledger.species import provisions
from tests.conftest import People, companies_file
from tests.story import attached, flag, mails

Make = Callable[..., dict[str, Any]]
ELEPHANTS = {"Loxodonta africana", "Loxodonta cyclotis", "Elephas maximus"}


@pytest.fixture
def ivory(people: People, report_json: Make) -> str:
    """A case whose words speak of ivory, which may be that of three elephants."""
    report = report_json()
    report["listing"] |= {"title": "Ivory netsuke, hand carved", "description": "Antique ivory, 42 g."}
    report["suspicion"] |= {"category": "product"}
    return flag(people, report)


def decide(people: People, case_id: str, decision: str = "notify", **more: Any) -> Any:
    client, headers = people.app.test_client(), people.token("cora", Scope.CASES)
    version = client.get(f"/api/v1/cases/{case_id}", headers=headers).json["version"]
    body = {"decision": decision, "reason": "The grain shows.", "version": version, **more}
    return client.post(f"/api/v1/cases/{case_id}/decisions", headers=headers, json=body)


def case(people: People, case_id: str) -> Any:
    headers = people.token("cora", Scope.CASES)
    return people.app.test_client().get(f"/api/v1/cases/{case_id}", headers=headers).json


def confirmed(shown: Any) -> dict[str, bool]:
    return {taxon["scientific_name"]: taxon["confirmed"] for taxon in shown["taxa"]}


def suspicion() -> Any:
    with read() as session:
        return session.scalars(select(Notice.document).order_by(Notice.id.desc())).first()["suspicion"]


def named(document: Any) -> list[str]:
    return [taxon["scientific_name"] for taxon in document["taxa"]]


def test_what_the_case_shows_is_confirmed_when_nothing_is_said(people: People, ivory: str) -> None:
    assert confirmed(case(people, ivory)) == dict.fromkeys(ELEPHANTS, False)
    shown = decide(people, ivory)
    assert shown.status_code == 201 and confirmed(shown.json) == dict.fromkeys(ELEPHANTS, True)
    assert set(named(suspicion())) == ELEPHANTS and suspicion()["category"] == "product"


def test_what_is_corrected_stands_in_the_notice_and_nothing_else(people: People, ivory: str) -> None:
    answer = decide(people, ivory, taxa=["Odobenus rosmarus", "odobenus  ROSMARUS"], category="part")
    assert answer.status_code == 201, answer.text
    assert "Odobenus rosmarus" in named(suspicion()) and not ELEPHANTS & set(named(suspicion()))
    assert suspicion()["category"] == "part"
    taxa = confirmed(answer.json)
    assert taxa["Odobenus rosmarus"] is True and not any(taxa[name] for name in ELEPHANTS)


def test_none_of_these_is_none(people: People, ivory: str) -> None:
    assert decide(people, ivory, taxa=[]).status_code == 201
    assert suspicion()["taxa"] == []
    assert confirmed(case(people, ivory)) == dict.fromkeys(ELEPHANTS, False)


def test_an_unknown_taxon_is_refused_beside_its_field_and_nothing_leaves(people: People, ivory: str) -> None:
    refused = decide(people, ivory, taxa=["Elephas maximus", "Elephas imaginarius"])
    assert refused.status_code == 422
    assert refused.json["errors"] == {"taxa": ["There is no taxon “Elephas imaginarius” in the lexicon."]}
    for wrong in ("Elephas maximus", [""], [1], ["x" * 201], ["Elephas maximus"] * 21):
        assert decide(people, ivory, taxa=wrong).status_code == 422, wrong
    assert decide(people, ivory, category="ivory").status_code == 422
    with read() as session:
        assert session.scalars(select(Notice)).all() == session.scalars(select(CaseDecision)).all() == []


def test_what_was_corrected_on_an_earlier_decision_is_what_a_later_notice_says(people: People, ivory: str) -> None:
    assert decide(people, ivory, "hold", taxa=["Odobenus rosmarus"], category="part").status_code == 201
    assert confirmed(case(people, ivory)) == {"Odobenus rosmarus": True} | dict.fromkeys(ELEPHANTS, False)
    assert decide(people, ivory, "ask").status_code == 201, "a question says nothing of what it is"
    assert decide(people, ivory).status_code == 201
    assert (named(suspicion()), suspicion()["category"]) == (["Odobenus rosmarus"], "part")


def test_what_was_known_is_kept_with_the_decision_whatever_comes_later(
    people: People, report_json: Make, ivory: str
) -> None:
    before = case(people, ivory)
    assert decide(people, ivory, "hold").status_code == 201
    later = report_json()
    later["listing"] |= {"title": "Leopard skin", "description": "A whole leopard skin with head."}
    flag(people, later)
    with read() as session:
        (kept,) = session.scalars(select(CaseDecision))
        snapshot = kept.snapshot
    assert snapshot is not None
    assert snapshot["text"].startswith("Ivory netsuke") and snapshot["matches"]
    assert (snapshot["signals"], snapshot["priority"]) == (before["signals"], before["priority"])
    assert set(snapshot["taxa"]) == ELEPHANTS and snapshot["category"] == "product"
    assert snapshot["lexicon_version"] and snapshot["model_version"] is None
    assert (kept.taxa, kept.category) == (None, None), "a hold that says nothing of it confirms nothing"


# --- A case without a route ------------------------------------------------------------------------------------------


def test_the_panel_of_a_case_without_a_route_says_so(people: People, report_json: Make) -> None:
    case_id, cora = flag(people, report_json(url="https://nobody-knows.test/ad/1")), people.browser("cora")
    page = cora.get(f"/cases/{case_id}?panel=notify")
    assert page.status_code == 200 and "No SPOC is known, so it cannot be sent." in page.text
    form = {"decision": "notify", "version": "1", "reason": "A ring shows.", "basis": "policy", "good_faith": "y"}
    refused = cora.post(f"/cases/{case_id}/decisions", data=form | {"none_of_these": "y"})
    assert refused.status_code == 409 and "No company is known for this address." in refused.text
    assert refused.text.count("A ring shows.") == 1, "what was typed is kept"


# --- On what a notice rests ------------------------------------------------------------------------------------------

LAW = {
    "jurisdiction": "DE",
    "provision": "BNatSchG § 44(2)",
    "effective_from": "2010-03-01",
    "source": "gesetze-im-internet.de",
}


def test_a_law_that_is_typed_with_its_source_carries_a_notice_though_nothing_is_recognised(
    people: People, report_json: Make, work_all: Callable[[], int], settings: Settings
) -> None:
    report = report_json()
    report["listing"] |= {"title": "Old bird, stuffed", "description": "From an estate."}
    case_id = flag(people, report)
    assert case(people, case_id)["taxa"] == []
    sent = decide(people, case_id, basis="illegal", law=LAW, taxa=[])
    assert sent.status_code == 201, sent.text
    work_all()
    (mail,) = mails(settings, "spoc@mercado.test")
    assert attached(mail)["law"] == LAW
    text = " ".join(plain_text(mail).split())
    assert "Contains the elements of Article 16(2)" in text and "(Germany)" in text


@pytest.mark.parametrize(
    ("law", "says"),
    [
        (LAW | {"source": None}, "no source for it"),
        (LAW | {"effective_from": None}, "since when"),
        (LAW | {"effective_from": "2126-01-01"}, "not in force yet"),
        (LAW | {"provision": "CITES Appendix I"}, "appendix alone"),
        (LAW | {"jurisdiction": "CITES"}, "appendix alone"),
    ],
)
def test_a_law_that_cannot_carry_a_notice_is_refused_beside_its_field(
    people: People, ivory: str, law: dict[str, Any], says: str
) -> None:
    refused = decide(people, ivory, basis="illegal", law=law)
    assert refused.status_code == 422 and says in refused.json["errors"]["law"][0]
    with read() as session:
        assert session.scalars(select(Notice)).all() == []


def test_the_lexicon_adds_date_and_source_where_it_covers_the_offer(people: People, ivory: str) -> None:
    known = provisions.get("gb-ivory-act-2018")
    assert known
    named = {"jurisdiction": "GB", "provision": known.provision}
    assert decide(people, ivory, basis="illegal", law=named, taxa=["Odobenus rosmarus"]).status_code == 422
    assert decide(people, ivory, basis="illegal", law=named).status_code == 201
    with read() as session:
        document = session.scalars(select(Notice.document)).one()
    assert document["law"] == named | {"effective_from": "2022-06-06", "source": known.source}


def test_a_listing_from_memory_carries_no_notice_that_calls_an_offer_illegal(people: People, ivory: str) -> None:
    remembered = decide(people, ivory, basis="illegal", law=LAW, taxa=["Rhodiola"])
    assert remembered.status_code == 422 and "is from memory" in remembered.json["errors"]["law"][0]
    assert "Rhodiola" in remembered.json["errors"]["law"][0]
    # A confirmed species beside it carries the notice, which says nothing of the other's listing.
    assert (
        decide(people, ivory, basis="illegal", law=LAW, taxa=["Rhodiola", "Giraffa camelopardalis"]).status_code == 201
    )
    with read() as session:
        document = session.scalars(select(Notice.document)).one()
    listings = {taxon["scientific_name"]: taxon["listings"] for taxon in document["suspicion"]["taxa"]}
    assert listings["Rhodiola"] == []
    assert [(row["source"], row["appendix"]) for row in listings["Giraffa camelopardalis"]] == [("CITES", "II")]


def test_on_the_platforms_policy_it_may_leave(people: People, ivory: str) -> None:
    assert decide(people, ivory, basis="policy", taxa=["Rhodiola"]).status_code == 201


def test_only_law_of_the_union_has_the_elements_of_article_16(
    people: People, ivory: str, work_all: Callable[[], int], settings: Settings
) -> None:
    assert decide(people, ivory, basis="illegal", law=LAW | {"jurisdiction": "GB"}).status_code == 201
    work_all()
    assert "Article 16" not in plain_text(mails(settings, "spoc@mercado.test")[0])


CLAUSES = b"""
companies:
  - slug: mercado
    name: Mercado
    policy_url: https://mercado.test/rules/wildlife
    clauses:
      - {reference: 'Rule 2: live animals', url: https://mercado.test/rules/2, groups: [bird, reptile]}
      - {reference: 'Rule 3: ivory', groups: [mammal]}
      - {reference: 'Rule 9: all wildlife'}
"""


def test_a_clause_is_one_of_the_companys_list_or_nothing(
    people: People, ivory: str, work_all: Callable[[], int], settings: Settings
) -> None:
    with write() as session:
        importing.import_directory(
            session, read_file(CLAUSES + companies_file().split(b"rules/wildlife\n")[1].split(b"  - slug: trade")[0])
        )
    refused = decide(people, ivory, policy_reference="Rule 4: invented")
    assert refused.status_code == 422 and list(refused.json["errors"]) == ["policy_reference"]
    by_law = decide(people, ivory, basis="illegal", law=LAW, policy_reference="Rule 2: live animals")
    assert by_law.status_code == 422 and list(by_law.json["errors"]) == ["policy_reference"]  # it would be passed over
    assert decide(people, ivory, policy_reference="Rule 2: live animals").status_code == 201
    work_all()
    (mail,) = mails(settings, "spoc@mercado.test")
    document = attached(mail)
    assert document["policy_reference"] == "Rule 2: live animals"
    assert document["policy_url"] == "https://mercado.test/rules/2"


def test_a_notice_on_policy_without_a_clause_names_the_policy_and_says_no_more_than_is_known(
    people: People, report_json: Make, work_all: Callable[[], int], settings: Settings
) -> None:
    report = report_json()
    report["suspicion"]["legality_evidence"] = "unknown"
    assert decide(people, flag(people, report)).status_code == 201
    work_all()
    (mail,) = mails(settings, "spoc@mercado.test")
    document = attached(mail)
    assert (document["policy_reference"], document["policy_url"]) == (None, "https://mercado.test/rules/wildlife")
    assert document["suspicion"]["legality_evidence"] == "unknown"
    text = plain_text(mail)
    assert "Permits or documents" not in text and "Cannot tell" not in text and "Your policy:" not in text
    assert "https://mercado.test/rules/wildlife" in text
    page = people.app.test_client().get(document["answer_url"].removeprefix("http://spotter.test")).text
    assert "Permits or documents" not in page and "Your policy:" not in page and "None" not in page


def plain_text(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())
