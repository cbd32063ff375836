"""Somebody leaves for good: Zephyrine did everything a spotter can; afterwards nothing in the database names her."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from server.core import clock, personal
from server.core.audit import AuditRow
from server.core.database import db, read
from server.core.keeping import Erasure
from server.core.outbox import Work
from server.core.striking import Striking, struck
from server.core.words import Level, MailFrequency, Refused, Via
from server.journeys.report import answering, decision, feedback
from server.journeys.spotter import accrediting, erasing, gate, joining
from server.ledger.cases.models import Case
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Report
from server.people.accounts.models import Account
from server.people.accreditation.models import AccreditationRow
from server.people.exams.models import Attempt
from server.people.rounds.models import Membership, Search
from server.reads import figures
from tests.conftest import PASSWORD
from tests.erasures import ADDRESS, GOES, NAME, WORDS, columns_holding, zephyrine  # noqa: F401
from tests.story import flag, mails


def counted() -> dict[str, Any]:
    """What figures are made of."""
    with read() as session:
        kept = {model.__tablename__: session.scalar(select(func.count()).select_from(model))
                for model in (Report, Case, Notice, Attempt, Membership, Search, Account, AccreditationRow)}  # fmt: skip
        return kept | figures.landing(session, clock.now() + timedelta(days=1))


def test_an_erased_person_is_named_nowhere_and_every_figure_is_what_it_was(zephyrine, people, work_all):
    named = columns_holding(WORDS)
    for place in (
        "accounts.email", "signatures.name", "certificates.alias", "accreditations.why", "appeals.text", "reports.reason",
        "reports.client", "lane_answers.why", "exam_openings.why", "step_downs.why", "device_grants.label",
        "applications.email", "work.last_error",
    ):  # fmt: skip
        assert place in named, f"the story does not fill {place}: its erasure would not be seen"
    record = zephyrine.browser.get("/profile/record.json").json
    for name in (
        "lane_answers",
        "level_proposals",
        "feedback",
        "attempt_answers",
        "memberships",
        "round_mails",
        "week_mails",
        "searches",
    ):
        assert record[name], f"the record she takes away has no {name}"
    assert not {"case_id", "notice_id"} & {
        key for rows in record.values() if isinstance(rows, list) for row in rows for key in row
    }
    assert {name for name in GOES if _rows(name, zephyrine.id)} == GOES
    before = counted()
    erasing.erase(zephyrine.id, people.ids["cora"])
    assert columns_holding(WORDS) == set()
    assert {name for name in GOES if _rows(name, zephyrine.id)} == set()
    assert counted() == before
    with read() as session:
        shell, report = session.get_one(Account, zephyrine.id), session.get_one(Report, zephyrine.report)
        assert (shell.name, shell.password_hash) == ("Erased", None) and shell.erased_at and shell.disabled_at
        assert report.reason == "Known to [erased] ([erased]) and to [erased], by papers." and report.client == {}
        assert {a.drawn == [] and a.passed for a in session.scalars(select(Attempt))} == {True}
        assert session.get_one(Membership, (zephyrine.round, zephyrine.id)).left_at
        assert session.get_one(Membership, (zephyrine.over, zephyrine.id)).left_at is None, "it took part to the end"
        assert shell.mails == MailFrequency.STEP
        left = session.scalars(select(Work.subject_id)).all()
        assert not [key for key in left if key.startswith((zephyrine.id, zephyrine.week_mail))]


def _rows(name: str, account_id: str) -> int:
    table = db.metadata.tables[name]
    with read() as session:
        return session.scalar(select(func.count()).select_from(table).where(table.c.account_id == account_id)) or 0


def test_every_right_ends_at_once(zephyrine, people, client, report_json, settings):
    assert client.get(f"/certificates/{zephyrine.certificate}").status_code == 200
    erasing.erase(zephyrine.id, people.ids["cora"])
    assert client.get(f"/certificates/{zephyrine.certificate}").status_code == 404
    assert client.get("/api/v1/reports", headers=zephyrine.token).status_code == 401
    assert zephyrine.browser.get("/profile").status_code == 302
    assert client.post("/sign-in", data={"email": ADDRESS, "password": PASSWORD}).status_code == 422
    assert gate.may_report(people.ids["ana"]).level is Level.TRUSTED
    erasing.erase(people.ids["ana"], people.ids["cora"])
    with pytest.raises(Refused, match="accredit"):
        gate.may_report(people.ids["ana"])
    cora = people.browser("cora")
    assert cora.get(f"/people/{zephyrine.id}").status_code == 404
    assert "Erased" not in cora.get("/people").text
    with pytest.raises(Refused, match="no such spotter"):
        accrediting.accredit(
            zephyrine.id, people.ids["cora"], "Back.", Level.TRUSTED, waive_exam=True, second_id=people.ids["dan"]
        )


def test_a_joining_link_of_before_opens_nothing(people, app, client, work_all, settings):
    joining.ask(ADDRESS, NAME)
    work_all()
    path = re.search(r"/join/[^\s\"<]+", mails(settings, ADDRESS)[0].get_body(("plain",)).get_content())[0]
    assert client.get(path).status_code == 200
    account_id = db.session.scalars(select(Account.id).where(Account.email == ADDRESS)).one()
    erasing.erase(account_id, people.ids["cora"])
    assert client.get(path).status_code == 410


def test_what_happens_to_a_case_later_is_mailed_to_nobody(zephyrine, people, work_all, settings):
    erasing.erase(zephyrine.id, people.ids["cora"])
    work_all()
    sent = len(mails(settings))
    answering.answer_notice(zephyrine.notice, {"answer": "removed"}, Via.PORTAL, people.ids["mia"])
    work_all()
    assert [mail["To"] for mail in mails(settings)[sent:] if "erased" in str(mail["To"])] == []
    assert ADDRESS not in {str(mail["To"]) for mail in mails(settings)[sent:]}


def test_a_spotter_leaves_alone_by_password_and_may_come_again(zephyrine, people, client):
    ben = people.browser("ben")
    assert "cannot be undone" in ben.get("/profile/erase").text
    for wrong in ({}, {"sure": "y"}, {"sure": "y", "password": "not mine"}, {"password": PASSWORD}):
        assert ben.post("/profile/erase", data=wrong).status_code == 422
    assert db.session.get(Account, people.ids["ben"]).erased_at is None
    answer = ben.post("/profile/erase", data={"sure": "y", "password": PASSWORD})
    assert answer.status_code == 200 and "Your record is erased" in answer.text and "Sign in" in answer.text
    assert ben.get("/profile").status_code == 302
    assert joining.add_account("ben@people.test", "Ben", "spotter", PASSWORD) != people.ids["ben"]


def test_a_coordinator_erases_a_spotter_in_two_steps_and_nobody_else(people):
    cora, path = people.browser("cora"), f"/people/{people.ids['ben']}/erase"
    assert "cannot be undone" in cora.get(path).text
    assert cora.post(path).status_code == 422
    assert people.browser("ada").post(path, data={"sure": "y"}).status_code == 403
    for who in ("cora", "dan", "ada", "mia"):
        with pytest.raises(Refused):
            erasing.erase(people.ids[who], people.ids["cora"])
    with pytest.raises(Refused, match="only a coordinator can"):
        erasing.erase(people.ids["ben"], people.ids["ada"])
    assert cora.post(path, data={"sure": "y"}).status_code == 302
    assert cora.post(path, data={"sure": "y"}).status_code == 404


def test_the_tables_declare_that_these_go(app):
    declared = {table.name for table, keeping in personal.tables().items() if keeping.erasure is Erasure.GOES}
    others = {"attempt_answers", "applications", "join_requests", "team_invitations"}  # not known by an account's id
    assert declared == GOES | others | {"case_claims"}, "a spotter has no claims"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Ask Al Vexwold, or AL@X.test.", "Ask [erased], or [erased]."),
        ("Al saw it, and Alfred", "Al saw it, and Alfred"),
        ("Vexwolds are birds", "Vexwolds are birds"),
        ("王小明看到了象牙，李娜也是", "[erased]看到了象牙，[erased]也是"),
        ("问Vexwold吧", "问[erased]吧"),
        ("", ""),
        (None, None),
    ],
)
def test_names_are_struck_out_as_whole_words(text, left):
    striking = Striking({"Al", "Al Vexwold", "Vexwold", "王小明", "李娜"}, "al@x.test")
    assert struck(text, striking.own) == left


# --- A question that waits ---------------------------------------------------------------------------------------------


def ask(case_id, people, decided="ask"):
    with read() as session:
        version = session.get_one(Case, case_id).version
    decision.decide(case_id, people.ids["cora"], decision=decided, note="Is there a ring?", version=version)


def state(case_id):
    with read() as session:
        return session.get_one(Case, case_id).state


def accredited(people, who):
    accrediting.accredit_by_email(
        f"{who}@people.test", "cora@people.test", "Careful.", Level.TRUSTED, waive_exam=True, second="dan@people.test"
    )
    return people.token(who) | {"Idempotency-Key": str(uuid.uuid4())}


def test_a_question_to_somebody_who_is_erased_is_closed_and_its_case_comes_back_to_the_queue(
    people, report_json, work_all
):
    case_id = flag(people, report_json())
    ask(case_id, people)
    cora = people.browser("cora")
    assert "No answer yet." in cora.get(f"/cases/{case_id}").text
    assert "grey parrot" not in cora.get("/cases?tab=waiting").text
    erasing.erase(people.ids["ana"], people.ids["cora"])
    assert state(case_id) == "open"
    assert "grey parrot" in cora.get("/cases?tab=waiting").text
    assert "No answer. The question is closed." in cora.get(f"/cases/{case_id}").text
    with read() as session:
        [report] = session.scalars(select(Report))
        assert report.status == "in_review"
        moved = session.scalars(select(AuditRow).where(AuditRow.action == "case_unanswered")).one()
        assert (moved.actor_id, moved.detail) == (people.ids["cora"], {"before": "asked", "after": "open"})
    work_all()
    with pytest.raises(Refused, match="can answer any more"):
        ask(case_id, people)
    assert state(case_id) == "open"
    ask(case_id, people, "hold")
    assert state(case_id) == "held"


def test_while_somebody_else_may_still_answer_the_question_stays_open(app, people, report_json):
    case_id = flag(people, report_json())
    answer = app.test_client().post("/api/v1/reports", json=report_json(), headers=accredited(people, "ben"))
    assert answer.status_code == 201
    ask(case_id, people)
    erasing.erase(people.ids["ana"], people.ids["cora"])
    assert state(case_id) == "asked"
    feedback.reply(people.ids["ben"], answer.json["id"], "There is one.")
    assert state(case_id) == "open"


def test_erasing_who_was_asked_nothing_moves_no_case(people, report_json):
    case_id = flag(people, report_json())
    ask(case_id, people, "hold")
    erasing.erase(people.ids["ana"], people.ids["cora"])
    assert state(case_id) == "held"
