"""An erasure in small: nothing of anybody else goes, no word of the person stays, nothing is left to be sent."""

import json

import pytest
from sqlalchemy import func, select

from server.core import clock, personal
from server.core.audit import AuditRow
from server.core.database import db, insert, new_id, read, write
from server.core.keeping import WORDS as HER_WORDS
from server.core.outbox import Work
from server.core.words import FeedbackCode, Level, Refused, Seen, Status
from server.journeys.report import decision, verification
from server.journeys.spotter import accrediting, erasing
from server.ledger.monitoring.models import CheckResult
from server.ledger.reports.models import Feedback, Report
from server.people.accounts import signing_in
from server.people.accounts.models import Account, SignInFailures
from server.people.accreditation.models import AccreditationRow
from server.people.exams.models import Attempt, AttemptAnswer
from server.people.recruitment.models import Application
from server.people.rounds.models import Membership, RoundMail, Team
from tests.conftest import PASSWORD
from tests.erasures import ADDRESS, ALIAS, GOES, NAME, WORDS, columns_holding, zephyrine  # noqa: F401
from tests.story import flag


def theirs(account_id):
    """Every row of somebody in every table, as text."""
    rows = {}
    with read() as session:
        for table in db.metadata.sorted_tables:
            if "account_id" in table.c:
                chosen = session.execute(select(table).where(table.c.account_id == account_id)).mappings()
                rows[table.name] = sorted(json.dumps(dict(row), default=str, sort_keys=True) for row in chosen)
    return rows


def as_much_of(account_id, other_id):
    """Somebody else has a row wherever the person has one."""
    with write() as session:
        given = session.scalar(select(AccreditationRow.id).where(AccreditationRow.account_id == other_id))
        for name in GOES:
            table = db.metadata.tables[name]
            row = dict(session.execute(select(table).where(table.c.account_id == account_id)).mappings().first())
            row["account_id"] = other_id
            for column in table.c:
                if column.name in ("id", "hash", "device_hash", "code", "key"):
                    row[column.name] = new_id()
                elif column.name == "accreditation_id":
                    row[column.name] = given
                elif column.name == "email":
                    row[column.name] = f"{new_id()}@people.test"
                elif column.name == "user_code":
                    row[column.name] = "BCDFGHJL"
            there = select(func.count()).select_from(table).where(table.c.account_id == other_id)
            if not session.scalar(there):
                session.execute(table.insert().values(**row))


def test_nothing_of_anybody_else_changes(people, zephyrine, report_json):
    ana = people.ids["ana"]
    flag(people, report_json("https://mercado.test/itm/999999999999") | {"client": {"browser": "Ana's own"}})
    as_much_of(zephyrine.id, ana)
    with write() as session:
        session.add(
            Attempt(account_id=ana, module="small", content_hash="x", drawn=[{"name": "q"}], started_at=clock.now())
        )
        session.add(Membership(round_id=zephyrine.round, account_id=ana, joined_at=clock.now()))
        session.add(Team(round_id=zephyrine.round, name="Herons", lead_id=ana))
    before = theirs(ana)
    assert not {name for name in GOES if not before[name]}
    erasing.erase(zephyrine.id, people.ids["cora"])
    after = theirs(ana)

    def without_name(tables):
        return {
            name: [row.replace(NAME, "[erased]").replace(ADDRESS, "[erased]") for row in rows]
            for name, rows in tables.items()
        }

    assert without_name(after) == without_name(before), "but for the name, where others wrote it"
    with read() as session:
        led = dict(session.execute(select(Team.name, Team.lead_id)).all())
    assert led == {"Otters": None, "Herons": ana}


def test_who_erased_whom_is_in_the_audit_trail_and_the_shell_holds_nothing(people):
    ben = people.ids["ben"]
    with write() as session:
        account = session.get_one(Account, ben)
        account.languages, account.reminded_at = ["fr"], clock.now()
    erasing.erase(ben, people.ids["cora"])
    with read() as session:
        shell = session.get_one(Account, ben)
        actors = select(AuditRow.actor_id).where(AuditRow.action == "account_erased", AuditRow.object_id == ben)
        assert session.scalars(actors).all() == [people.ids["cora"]]
        assert (shell.languages, shell.reminded_at, shell.password_hash) == (None, None, None)
        assert shell.email.endswith("@erased.invalid")


def test_a_coordinator_whose_account_is_closed_erases_nobody(people):
    with write() as session:
        session.get_one(Account, people.ids["cora"]).disabled_at = clock.now()
    with pytest.raises(Refused, match="only a coordinator can"):
        erasing.erase(people.ids["ben"], people.ids["cora"])


def test_an_exam_that_was_open_goes_with_its_answers_and_its_end(people, zephyrine):
    with write() as session:
        attempt = Attempt(account_id=zephyrine.id, module="other", content_hash="x", drawn=[], started_at=clock.now())
        session.add(attempt)
        session.flush()
        session.add(
            AttemptAnswer(attempt_id=attempt.id, position=0, question="q", chosen=[0], right=True, at=clock.now())
        )
    erasing.erase(zephyrine.id, people.ids["cora"])
    with read() as session:
        attempts = session.scalars(select(Attempt).where(Attempt.account_id == zephyrine.id)).all()
        assert [(attempt.module, attempt.passed, attempt.drawn) for attempt in attempts] == [("small", True, [])], (
            "what was passed counts"
        )
        assert session.scalar(select(func.count()).select_from(AttemptAnswer)) == 0


def test_an_accreditation_ends_that_moment_and_none_that_ended_before_is_moved(people):
    accrediting.accredit_by_email(
        "ben@people.test", "cora@people.test", "For the tests.", Level.PROBATION, waive_exam=True
    )
    past = clock.now().replace(year=2020)
    with write() as session:
        session.scalars(
            select(AccreditationRow).where(AccreditationRow.account_id == people.ids["ben"])
        ).one().expires_at = past
    for who in ("ana", "ben"):
        erasing.erase(people.ids[who], people.ids["cora"])
    with read() as session:
        ends = dict(session.execute(select(AccreditationRow.account_id, AccreditationRow.expires_at)).all())
    assert ends[people.ids["ana"]] <= clock.now()
    assert ends[people.ids["ben"]] == past


def test_words_of_the_person_are_struck_out_wherever_they_wrote(people, zephyrine):
    with write() as session:
        report = session.get_one(Report, zephyrine.report)
        report.species = f"the parrot of {NAME}"
        session.add(Feedback(id=new_id(), report_id=report.id, at=clock.now(), status=Status.IN_REVIEW, speaker="spotter",
                             code=FeedbackCode.REPLY, params={}, text=f"Mail {ADDRESS}, says {NAME}."))  # fmt: skip
    verification.ask_check(zephyrine.case, people.ids["cora"])
    with write() as session:
        check = session.scalar(select(db.metadata.tables["checks"].c.id))
        session.add(CheckResult(id=new_id(), check_id=check, account_id=zephyrine.id, coordinator=False, seen=Seen.GONE,
                                note=f"{NAME}, or {ALIAS}, saw it.", at=clock.now()))  # fmt: skip
    places = {"reports.species", "feedback.text", "check_results.note"}
    assert places <= columns_holding(WORDS)
    erasing.erase(zephyrine.id, people.ids["cora"])
    assert columns_holding(WORDS) == set()
    with read() as session:
        assert session.scalars(select(CheckResult.note)).one() == "[erased], or [erased], saw it."


def test_her_name_in_any_words_of_any_table_that_declares_them_hers_is_gone(people, zephyrine):
    """What a table declares is carried out: a new table with words of hers needs a row in her story, and no line here."""
    verification.ask_check(zephyrine.case, people.ids["cora"])
    with write() as session:
        check = session.scalar(select(db.metadata.tables["checks"].c.id))
        session.add(CheckResult(id=new_id(), check_id=check, account_id=zephyrine.id, coordinator=False, seen=Seen.GONE,
                                note="", at=clock.now()))  # fmt: skip
    planted = set()
    with write() as session:
        for table, keeping in personal.tables().items():
            if not keeping.whose or table.name == "case_claims":  # a spotter claims no case
                continue
            hers = personal.rows(table, personal.Person(zephyrine.id, ADDRESS))
            assert session.scalar(select(func.count()).select_from(table).where(hers)), f"no {table.name} in her story"
            words = [name for name, field in keeping.fields.items() if field.holds == HER_WORDS.holds]
            if words:
                text = f"{NAME} of {ALIAS}, {ADDRESS}, wrote this"
                session.execute(table.update().where(hers).values(dict.fromkeys(words, text)))
                planted |= {f"{table.name}.{name}" for name in words}
    assert planted <= columns_holding(WORDS) and "feedback.text" in planted
    erasing.erase(zephyrine.id, people.ids["cora"])
    assert columns_holding(WORDS) == set()


def test_no_work_about_the_person_is_left_nor_what_a_mail_server_said_of_it(people, zephyrine):
    with write() as session:
        subjects = []
        for chosen in (
            select(Attempt.id).where(Attempt.account_id == zephyrine.id),
            select(AccreditationRow.id).where(AccreditationRow.account_id == zephyrine.id),
            select(RoundMail.id).where(RoundMail.account_id == zephyrine.id),
            select(Feedback.id).where(Feedback.report_id == zephyrine.report),
            select(Application.id).where(Application.email == ADDRESS),
        ):
            subjects.append(session.scalars(chosen.limit(1)).one())
        for subject in subjects:
            insert(session, Work, {"id": new_id(), "kind": "mail_anything", "subject_id": subject, "attempts": 1,
                                        "due_at": clock.now(), "last_error": f"550 <{ADDRESS}> unknown"})  # fmt: skip
        other = select(func.count()).select_from(Work).where(Work.subject_id.not_in([*subjects, zephyrine.id]))
        others = session.scalar(other)
    erasing.erase(zephyrine.id, people.ids["cora"])
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Work).where(Work.subject_id.in_(subjects))) == 0
        assert session.scalar(select(func.count()).select_from(Work).where(Work.kind == "deliver_notice")) == 1
    assert others and columns_holding((ADDRESS,)) == set()


def test_counted_sign_ins_of_the_address_are_forgotten(people, app, client):
    app.config["WTF_CSRF_ENABLED"] = False
    keys = {signing_in._keys("ben@people.test", "")[0], signing_in._forgiver("ben@people.test")}
    for password in (PASSWORD, "not this one"):
        client.post("/sign-in", data={"email": "ben@people.test", "password": password})
    with read() as session:
        assert keys <= set(session.scalars(select(SignInFailures.key)))
    erasing.erase(people.ids["ben"], people.ids["cora"])
    with read() as session:
        assert not keys & set(session.scalars(select(SignInFailures.key)))


# --- The record that is removed -----------------------------------------------------------------------------------


def test_a_record_names_nobody_who_was_asked_elsewhere_and_holds_no_key_of_an_open_exam(people, zephyrine, report_json):
    with write() as session:
        for row in session.scalars(select(AccreditationRow).where(AccreditationRow.account_id == zephyrine.id)):
            row.second = "Eve Tan, WWF"
        attempt = Attempt(account_id=zephyrine.id, module="other", content_hash="x", drawn=[], started_at=clock.now())
        session.add(attempt)
        session.flush()
        session.add(
            AttemptAnswer(
                attempt_id=attempt.id, position=0, question="open-question", chosen=[0], right=True, at=clock.now()
            )
        )
        zephyrine_report = session.get_one(Report, zephyrine.report)
        ids = {zephyrine_report.case_id, zephyrine_report.notice_id, people.ids["cora"], people.ids["dan"]}
    other = flag(people, report_json("https://mercado.test/itm/999999999999"))
    decision.decide(
        other, people.ids["cora"], decision="dismiss", dismiss_reason="other", note="For Ana alone.", version=1
    )
    answer = zephyrine.browser.get("/profile/record.json")
    assert not {"case_notify", "case_dismiss"} & {row["action"] for row in answer.json["audit"]}, "what others did"
    assert answer.json["accreditations"] and answer.json["certificates"]
    for secret in ("Eve Tan", "For Ana alone.", "open-question", zephyrine.certificate, *filter(None, ids)):
        assert secret not in answer.text, secret
