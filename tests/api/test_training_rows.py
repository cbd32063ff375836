"""A decision keeps what was known; with what came of it, it is one row to learn from, and it names nobody."""

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from server.core.database import read, write
from server.core.words import Answer, Decision, Seen, Via
from server.journeys.report import answering, decision, verification
from server.ledger.cases.models import Case, CaseDecision
from server.reads import training_rows
from server.reads.training_rows import TrainingRow
from tests.conftest import People
from tests.plans import asked
from tests.story import decide, flag

Make = Callable[..., dict[str, Any]]
SELLER = "Karen Blixen"


@pytest.fixture
def ivory(people: People, report_json: Make) -> str:
    """An ad that Ana flags, in which its seller says who she is."""
    report = report_json("https://mercado.test/itm/bangle/265370482810")
    report["listing"] |= {
        "title": "Ivory bangle, old",
        "description": f"Carved ivory. Ask {SELLER}, karen@seller.test, +45 20 30 40 50, https://karen.test/x",
        "seller": {"name": SELLER, "url": "https://mercado.test/seller/karen"},
    }
    report["suspicion"] |= {"category": "product"}
    return flag(people, report)


def rows() -> list[TrainingRow]:
    with read() as session:
        return list(training_rows.rows(session))


def test_a_row_says_what_was_known_and_what_came_of_it_and_names_nobody(people: People, ivory: str) -> None:
    with read() as session:
        case = session.get_one(Case, ivory)
        text, signals = case.text, case.signals
    notice_id = decide(people, ivory, taxa=["Loxodonta africana"], category="part")
    with read() as session:
        kept = session.scalars(select(CaseDecision)).one()
        assert kept.text_sha256 == hashlib.sha256(text.encode()).hexdigest() and kept.notice_id == notice_id
    (row,) = rows()
    assert (row.decision, row.answer, row.check, row.signals) == (Decision.NOTIFY, None, None, signals)
    assert (row.taxa, row.category, row.corrected) == (["Loxodonta africana"], "part", True)
    assert row.lexicon_version and row.model_version is None
    assert row.label == (True, 0.7)
    said = repr(row).lower()
    names = ["karen", "blixen", "seller.test", "20 30", "ana", "cora", *(people.ids[who] for who in ("ana", "cora"))]
    assert not [name for name in names if name.lower() in said.replace("loxodonta africana", "")], said
    assert "carved ivory" in row.text.lower()


def test_what_the_company_answers_days_later_changes_what_a_decision_teaches(people: People, ivory: str) -> None:
    notice_id = decide(people, ivory)
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.LINK)
    assert [(row.answer, row.label) for row in rows()] == [(Answer.REMOVED, (True, 1.0))]
    answering.answer_notice(notice_id, {"answer": "not_violating", "reason": "Bone."}, Via.LINK)
    assert [(row.answer, row.label) for row in rows()] == [(Answer.NOT_VIOLATING, (False, 0.5))]


def test_what_a_check_found_is_in_the_row(people: People, ivory: str) -> None:
    decide(people, ivory)
    verification.ask_check(ivory, people.ids["cora"])
    verification.look_as_coordinator(ivory, people.ids["dan"], Seen.GONE)
    assert [(row.check, row.label) for row in rows()] == [("gone", (True, 1.0))]


def test_each_coordinator_and_seller_is_a_number(people: People, ivory: str, report_json: Make) -> None:
    other = flag(people, report_json())
    for case_id, who in ((ivory, "cora"), (other, "dan")):
        with read() as session:
            version = session.get_one(Case, case_id).version
        decision.decide(
            case_id, people.ids[who], decision="dismiss", dismiss_reason="look_alike", note="Resin.", version=version
        )
    first, second = rows()
    assert {first.coordinator, second.coordinator} == {0, 1} == {first.seller, second.seller}
    assert first.label == second.label == (False, 0.7)


def test_the_rows_are_read_by_one_query(people: People, ivory: str, report_json: Make) -> None:
    decide(people, ivory)
    decide(people, flag(people, report_json()))
    with asked() as seen:
        assert len(rows()) == 2
    assert sum(statement.startswith("SELECT") for statement in seen.statements) == 1


def test_a_snapshot_stands_with_its_hash_and_only_a_notice_with_a_notice(people: People, ivory: str) -> None:
    decide(people, ivory)
    for wrong, check in (
        ({"text_sha256": None}, "snapshot"),
        ({"text_sha256": "ab"}, "text_sha256"),
        ({"decision": "hold"}, "notice_id"),
    ):
        with pytest.raises(IntegrityError, match=f"ck_decisions_{check}"), write() as session:
            session.execute(update(CaseDecision).values(wrong))
