"""From decisions to a model that orders the queue: Cora and Dan decide, the worker learns, Cora lets it in and takes it out."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from server.core import clock
from server.core.audit import AuditRow
from server.core.database import new_id, read, write
from server.core.words import Scope
from server.journeys.report import model
from server.ledger.cases.models import Case, CaseDecision
from server.ledger.learning import learner, store
from server.ledger.learning.models import LearnedModel
from tests.conftest import People
from tests.story import flag

Make = Callable[..., dict[str, Any]]
GOODS = ("bangle", "netsuke", "figurine", "bracelet", "brooch", "pendant", "fan")


def decided(people: People, case_id: str, count: int) -> None:
    """Past decisions, of Cora and Dan in turn: carvings were right, resin was not. Their texts alone are made up."""
    with write() as session:
        for place in range(count):
            right, by = place % 2 == 0, ("cora", "dan")[place // 8 % 2]
            text = ("carved {} with grain" if right else "{} of resin").format(GOODS[place % 7]) + f" nr {place}"
            known = {"text": text, "signals": {"words": 0.4}, "lexicon_version": "1", "model_version": None,
                     "taxa": [], "category": "product"}  # fmt: skip
            row = CaseDecision(
                id=new_id(), case_id=case_id, decision="notify" if right else "dismiss", reason="Made up."
            )
            row.because, row.version, row.account_id = None if right else "look_alike", 1, people.ids[by]
            row.at, row.snapshot, row.text_sha256 = clock.now() - timedelta(days=1), known, f"{place:064d}"
            session.add(row)


@pytest.fixture
def carving(people: People, report_json: Make) -> str:
    """A case that waits."""
    report = report_json("https://mercado.test/itm/carving/265370484000")
    report["listing"] |= {"title": "Carved figurine with grain", "description": "", "seller": None}
    report["suspicion"] |= {"category": "product"}
    return flag(people, report)


def each_its_own_case(monkeypatch: pytest.MonkeyPatch) -> None:
    """The made-up decisions stand on one case; each counts as its own."""
    plain = learner._each_text_once
    monkeypatch.setattr(
        learner, "_each_text_once",
        lambda examples: plain([learner.Example(each.text_sha256, *_rest(each)) for each in examples]),
    )  # fmt: skip


def _rest(each: Any) -> tuple[Any, ...]:
    return each.text, each.text_sha256, each.words, each.right, each.weight, each.coordinator, each.seller


def api(people: People, case_id: str) -> dict[str, Any]:
    answer = people.app.test_client().get(f"/api/v1/cases/{case_id}", headers=people.token("cora", Scope.CASES))
    assert answer.status_code == 200
    given: dict[str, Any] = answer.json
    return given


def test_without_a_model_the_rules_stand_alone_and_the_page_says_what_is_missing(people: People, carving: str) -> None:
    model.learn()
    given, page = api(people, carving), people.browser("cora").get("/model").text
    assert given["model_version"] is None and given["lexicon_version"] and "learned" not in given["signals"]
    assert "The rules alone" in page and "At least 60 decisions on different ads are needed." in page


def test_what_is_missing_is_counted_as_the_worker_counts_it(people: People, carving: str) -> None:
    decided(people, carving, 120)  # all on one case
    model.learn()
    page = people.browser("cora").get("/model").text
    assert "120 decisions say something about their ads." in page
    assert "At least 60 decisions on different ads are needed." in page and "train a model soon" not in page


def test_a_model_is_learnt_compared_let_in_and_taken_out(
    people: People, carving: str, report_json: Make, work_all: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    each_its_own_case(monkeypatch)
    decided(people, carving, 120)
    before = api(people, carving)
    model.learn()
    model.learn()
    with read() as session:
        (kept,) = session.scalars(select(LearnedModel))
    assert kept.learnt_from == 90 and kept.compared_on == 30 and not kept.active
    assert kept.model["average_precision"] > kept.rules["average_precision"]
    assert api(people, carving) == before, "nothing changes before a coordinator lets it"

    cora = people.browser("cora")
    page = cora.get("/model").text
    assert kept.version in page and "Let this model order the queue" in page and "Where they differ most" in page
    cora.post("/model", data={"version": kept.version})
    work_all()
    after = api(people, carving)
    assert after["model_version"] == kept.version and after["signals"]["learned"] > after["signals"]["words"]
    assert [reason for reason in after["reasons"] if "as decisions on other ads taught" in reason["words"]]
    new = report_json("https://mercado.test/itm/resin/265370484001")
    new["listing"] |= {"title": "Figurine of resin", "description": ""}
    resin = api(people, flag(people, new))
    assert resin["model_version"] == kept.version and resin["signals"]["learned"] < after["signals"]["learned"]

    cora.post("/model", data={"version": ""})
    work_all()
    back = api(people, carving)
    assert (back["priority"], back["signals"], back["model_version"]) == (before["priority"], before["signals"], None)
    assert [reason["words"] for reason in back["reasons"]] == [reason["words"] for reason in before["reasons"]]
    with read() as session:
        switches = session.scalars(
            select(AuditRow).where(AuditRow.action == "model_switched").order_by(AuditRow.seq)
        ).all()
    assert [(row.actor_id, row.detail["after"]) for row in switches] == [
        (people.ids["cora"], kept.version), (people.ids["cora"], None),
    ]  # fmt: skip


def test_one_model_orders_the_queue_at_a_time_and_only_one_that_somebody_let(
    people: People, carving: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    each_its_own_case(monkeypatch)
    decided(people, carving, 120)
    model.learn()
    with pytest.raises(IntegrityError, match="active"), write() as session:
        session.execute(update(LearnedModel).values(active=True))
    assert people.browser("cora").post("/model", data={"version": "M-NONE"}).status_code == 404
    assert people.browser("ada").post("/model", data={"version": ""}).status_code == 403
    with read() as session:
        assert store.ready(session).version is None


def test_a_decision_keeps_the_version_it_was_made_by(
    people: People, carving: str, work_all: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    each_its_own_case(monkeypatch)
    decided(people, carving, 120)
    model.learn()
    with read() as session:
        version = store.newest(session).version  # type: ignore[union-attr]
    model.switch(version, people.ids["dan"])
    work_all()
    given = api(people, carving)
    answer = people.app.test_client().post(
        f"/api/v1/cases/{carving}/decisions",
        headers=people.token("cora", Scope.CASES),
        json={"decision": "hold", "reason": "Wait.", "version": given["version"]},
    )
    assert answer.status_code == 201, answer.text
    with read() as session:
        newest = session.scalars(select(CaseDecision).order_by(CaseDecision.id.desc()).limit(1)).one()
        assert newest.snapshot and newest.snapshot["model_version"] == version
        assert session.get_one(Case, carving).model_version == version


def test_what_is_missing_for_a_model_and_a_score_are_said_in_the_readers_language(
    people: People, report_json: Make
) -> None:
    case_id, cora = flag(people, report_json()), people.browser("cora")
    french = {"Accept-Language": "fr"}
    assert (
        "Il faut au moins 60 décisions portant sur des annonces différentes." in cora.get("/model", headers=french).text
    )
    assert "100 × probabilité 0," in cora.get(f"/cases/{case_id}", headers=french).text
    folded = re.search(
        r"<details[^>]*><summary>How the number is made</summary>(.*?)</details>",
        cora.get(f"/cases/{case_id}").text,
        re.S,
    )
    assert folded and "100 × likelihood 0." in folded[1] and "open" not in folded[0].partition(">")[0]
