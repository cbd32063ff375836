"""Zephyrine, who is erased, and every place that held her."""

import hashlib
import io
import json
import uuid
from datetime import datetime, timedelta
from typing import Any

import pyotp
import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from server.core import clock, work
from server.core.database import db, insert, new_id, read, write
from server.core.outbox import Work
from server.core.words import Level, MailFrequency, RoundState
from server.journeys.report import decision
from server.journeys.spotter import accrediting, invitation, joining
from server.ledger.cases.models import Case
from server.ledger.reports import week_mails
from server.ledger.reports.models import Feedback, Report
from server.people.accounts import factors, one_time_codes, signing_in
from server.people.accounts.factor_models import SignInChallenge
from server.people.accounts.models import Account, AccountChange, FrozenName, JoinRequest, SignIn
from server.people.accreditation.models import AccreditationRow
from server.people.courses import catalogue
from server.people.recruitment import store as recruitment
from server.people.rounds import searches
from server.people.rounds import store as rounds
from server.people.rounds.models import Membership, Round, RoundMail
from server.people.skill import store as skill
from server.people.skill.lane import Said
from server.people.skill.levels import Move
from server.people.skill.models import PictureAnswer
from server.people.teams.models import TeamInvitation
from tests.conftest import PASSWORD
from tests.sending import png
from tests.small_module import sign, take_exam, teach_small

# Written out, beside what the tables declare: what goes with a person, row by row.
GOES = {
    "sign_ins", "tokens", "device_grants", "idempotency_keys", "readings", "practice_answers", "review_cards", "review_reminders",
    "exam_openings", "signatures",
    "step_downs", "appeals", "certificates", "lane_answers", "level_proposals", "round_mails", "spotter_choices",
    "week_mails", "account_changes", "sign_in_links", "frozen_names", "contacts", "standing_mails",
    "picture_answers", "second_factors", "used_codes", "recovery_codes", "sign_in_challenges", "factor_resets", "saved_filters", "snippets",
    "lead_questions",
}  # fmt: skip
NAME, ADDRESS, SIGNED, ALIAS = "Zephyrine", "zephyrine@people.test", "Zephyrine Vexwold", "Quillfeather"


def second_factor(session: Session, account_id: str, administrator_id: str, at: datetime) -> None:
    """Everything that belongs to a second factor; whoever is signed in has passed it."""
    key = one_time_codes.new_key()
    assert factors.enrol(session, account_id, key, pyotp.TOTP(key).at(at), at)
    session.execute(update(SignIn).where(SignIn.account_id == account_id).values(passed_at=at))
    session.add(SignInChallenge(hash="c" * 64, account_id=account_id, expires_at=at + timedelta(minutes=10)))
    factors.ask_reset(session, account_id, administrator_id, f"{NAME} has lost her phone.", at)


class Zephyrine:
    """Her account with everything in it."""

    def __init__(self, app, people, report_json, tmp_path) -> None:
        teach_small(app, tmp_path)
        self.app, self.people = app, people
        self.id = people.ids["zephyrine"] = joining.add_account(ADDRESS, NAME, "spotter", PASSWORD)
        cora, dan = people.ids["cora"], people.ids["dan"]
        self.browser = people.browser("zephyrine")
        take_exam(self.browser)
        assert sign(self.browser, SIGNED).status_code == 302
        accrediting.accredit(self.id, cora, f"{NAME} is careful.", Level.TRUSTED, second_id=dan)
        self.token = people.token("zephyrine")
        self.browser.post("/training/certificate/show", data={"alias": ALIAS, "days": "30"})
        self.certificate = self.browser.get("/training/certificate").text.partition("/certificates/")[2][:32]
        self.report = self.send(report_json())
        with read() as session:
            case = session.get_one(Case, session.get_one(Report, self.report).case_id)
            self.case, version = case.id, case.version
        self.notice = decision.decide(
            self.case, cora, decision="notify", note="Chicks without papers.", version=version
        )
        with write() as session:
            self.fill(session, cora)
        accrediting.suspend(self.id, dan, f"{NAME} sent it twice.")
        accrediting.appeal(self.id, f"I, {NAME}, sent it once. Write to {ADDRESS}.")

    def send(self, report: dict[str, Any]) -> str:
        report["suspicion"] |= {"reason": f"Known to {NAME} ({ADDRESS.title()}) and to {SIGNED}, by papers."}
        report["client"] = {"browser": f"{NAME}'s browser"}
        picture = png()
        report["evidence"] = [{"name": "screenshot", "sha256": hashlib.sha256(picture).hexdigest()}]
        form = {"report": json.dumps(report), "screenshot": (io.BytesIO(picture), "screenshot.png")}
        headers = self.token | {"Idempotency-Key": str(uuid.uuid4())}
        answer = self.app.test_client().post("/api/v1/reports", data=form, headers=headers)
        assert answer.status_code == 201, answer.text
        return str(answer.json["id"])

    def fill(self, session, cora: str) -> None:
        at, today = clock.now(), clock.now().date()
        tables = db.metadata.tables
        evidence = session.scalar(select(tables["evidence"].c.id).where(tables["evidence"].c.report_id == self.report))
        session.execute(tables["photos"].insert().values(
            id=new_id(), report_id=self.report, case_id=self.case, evidence_id=evidence, x=0, y=0, width=40, height=30,
            copy_sha256="0" * 64, blurred_sha256="0" * 64))  # fmt: skip
        alarm = new_id()
        session.execute(tables["alarms"].insert().values(
            id=alarm, target="t", signs=[], reports=1, accounts=1, new_accounts=1, state="open", raised_at=at))  # fmt: skip
        session.execute(tables["alarm_reports"].insert().values(
            alarm_id=alarm, report_id=self.report, case_id=self.case, about=True))  # fmt: skip
        session.execute(tables["found_terms"].insert().values(
            id=new_id(), text="xq", key="xq", state="proposed", language="en", confirmed=5, dismissed=0, sellers=5, chance=0.01,
            examples=[], credited_id=self.id, found_at=at, seen_at=at))  # fmt: skip
        listing = next(iter(catalogue.known_listings().values()))
        skill.keep_known(session, self.id, listing, Said.FLAG, f"{NAME} thinks so.", at)
        session.add(
            PictureAnswer(account_id=self.id, picture="a-disc", taxon_group="mammal", said="bone", right=True, at=at)
        )
        skill.propose(session, self.id, Level.TRUSTED, Move.UP, 20, at)
        plan = rounds.Plan("R", "", today, today + timedelta(days=6), (9,), (), (), (), RoundState.OPEN, ("Otters",))
        self.round = rounds.write_down(session, plan, cora)
        rounds.join(session, self.round, self.id, rounds.teams(session, self.round)[0].id)
        rounds.choose_lead(session, self.round, rounds.teams(session, self.round)[0].id, self.id, cora)
        over = Round(
            id=new_id(), name="Past", about="", starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=3),
            targets=[9], groups=[], platforms=[], languages=[], state=RoundState.OPEN, made_at=at,
        )  # fmt: skip
        session.add(over)
        session.flush()
        session.add(Membership(round_id=over.id, account_id=self.id, joined_at=at))
        self.over = over.id
        platform = session.scalar(select(tables["platforms"].c.id).limit(1))
        searches.write_down(session, self.id, platform, "ivory bangle", None, 30, 20)
        mail = RoundMail(id=new_id(), round_id=self.round, account_id=self.id, name="end", at=at)
        session.add(mail)
        session.flush()
        work.enqueue(session, "mail_round", mail.id)
        invitation.send(session, self.id)
        account = session.get_one(Account, self.id)
        account.mails = MailFrequency.WEEK
        feedback = session.scalars(select(Feedback).where(Feedback.report_id == self.report)).first()
        week_mails.gather(session, feedback, self.id, today)
        assert week_mails.queue(session, feedback.week_mail_id)
        self.week_mail = feedback.week_mail_id
        insert(session, Work, {"id": new_id(), "kind": "mail_feedback", "subject_id": self.id, "due_at": at,
                                    "attempts": 3, "last_error": f"550 <{ADDRESS}> unknown"})  # fmt: skip
        session.execute(tables["readings"].insert().values(account_id=self.id, module="small", section="a", at=at))
        session.execute(tables["practice_answers"].insert().values(
            id=new_id(), account_id=self.id, module="small", question="q", order=[0], chosen=[0], right=True, at=at))  # fmt: skip
        session.execute(tables["review_cards"].insert().values(
            account_id=self.id, module="small", question="q", box=1, asked_on=at.date(), due_on=at.date() + timedelta(days=1)))  # fmt: skip
        session.execute(tables["review_reminders"].insert().values(account_id=self.id, rhythm="daily", unheeded=0))
        session.execute(tables["lead_questions"].insert().values(
            id=new_id(), account_id=self.id, lead_id=self.people.ids["ben"], report_id=self.report, asked_at=at,
            text=f"I am {NAME}. Write to {ADDRESS}?", answer=f"No, {NAME}.", answered_by_id=cora, answered_at=at))  # fmt: skip
        session.execute(tables["confirmations"].insert().values(
            report_id=self.report, account_id=self.id, said="confirm", at=at))  # fmt: skip
        session.execute(tables["saved_filters"].insert().values(
            id=new_id(), account_id=self.id, name=f"{NAME}'s", place={"q": ADDRESS}, saved_at=at))  # fmt: skip
        session.execute(tables["snippets"].insert().values(
            id=new_id(), account_id=self.id, decision="ask", title=f"{NAME}'s", text=ADDRESS, language="en", saved_at=at))  # fmt: skip
        session.execute(tables["spotter_choices"].insert().values(account_id=self.id, languages=["fr"], reminders=True))
        accreditation_id = session.scalar(select(AccreditationRow.id).where(AccreditationRow.account_id == self.id))
        session.execute(tables["step_downs"].insert().values(
            accreditation_id=accreditation_id, account_id=self.id, params={}, why=f"{NAME} slipped.", at=at))  # fmt: skip
        session.execute(tables["device_grants"].insert().values(
            id=new_id(), device_hash="d" * 64, user_code="BCDFGHJK", label=f"{NAME}'s laptop", created_at=at,
            expires_at=at, account_id=self.id))  # fmt: skip
        session.execute(tables["exam_openings"].insert().values(
            id=new_id(), account_id=self.id, module="small", by_account_id=cora, why=f"{NAME} had a bad line.", at=at))  # fmt: skip
        session.add(JoinRequest(email=ADDRESS, name=NAME, language=None, at=at))
        session.add(TeamInvitation(
            company_id=session.scalar(select(tables["companies"].c.id).limit(1)), email=ADDRESS, team_role="member",
            invited_by_id=self.people.ids["mia"], invited_at=at, sendings=1, sent_at=at, expires_at=at))  # fmt: skip
        session.add(FrozenName(account_id=self.id, name=NAME, email=ADDRESS, at=at))
        signing_in.make_link(session, self.id, at)
        second_factor(session, self.id, self.people.ids["ada"], at)
        session.add(AccountChange(account_id=self.id, action="reopened", by_id=cora, why=f"{NAME} is back.", at=at))
        recruitment.add(session, ADDRESS, NAME, languages=["en"], hours=3, why="", heard="friend", answers={}, at=at)


@pytest.fixture
def zephyrine(app, people, report_json, tmp_path):
    return Zephyrine(app, people, report_json, tmp_path)


def columns_holding(words: tuple[str, ...]) -> set[str]:
    """The columns of the whole database in which one of the words stands, in whatever case."""
    columns = set()
    with read() as session:
        for table in db.metadata.sorted_tables:
            for row in session.execute(select(table)).mappings():
                for column, value in row.items():
                    text = json.dumps(value, default=str, ensure_ascii=False).lower()
                    if any(word.lower() in text for word in words):
                        columns.add(f"{table.name}.{column}")
    return columns


WORDS = (NAME, ADDRESS, SIGNED, ALIAS)
