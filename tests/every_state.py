"""A world in which there is something in every state: cases, notices, reports, accounts, rounds, applications, exams."""

from datetime import timedelta
from typing import Any

from flask import Flask
from sqlalchemy import select

from server.core import clock, recurring, work
from server.core.database import new_id, read, write
from server.core.words import Answer, Level, LinkKind, Role, RoundState, Scope, Via
from server.journeys.company import directory_import
from server.journeys.report import (
    answering,
    complaining,
    confirming,
    correcting,
    decision,
    linking,
    retracting,
    ring,
    verification,
)
from server.journeys.spotter import accrediting, applying, asking_lead, closing, erasing, freezing, joining, learning
from server.ledger.alarms import store as alarms
from server.ledger.alarms.surge import Sign, Surge
from server.ledger.cases.models import Case
from server.ledger.companies.schemas import read_file
from server.ledger.complaints.models import Complaint
from server.ledger.reports.models import Report
from server.ledger.species import found
from server.ledger.species.finding import FoundWord
from server.people.accounts.models import Account
from server.people.accreditation import store as accreditation
from server.people.courses import catalogue, pictured
from server.people.exams import exam
from server.people.exams.models import Attempt
from server.people.leads.models import LeadQuestion
from server.people.recruitment import store as recruitment
from server.people.rounds import store as rounds
from server.people.skill import picture_store
from server.people.skill import store as skill
from server.people.skill.lane import Said
from server.people.skill.models import Move, Proposal
from server.people.skill.picture_store import Loading
from server.people.training import store as training
from server.people.training.models import Reading
from tests import desk_states, lead_stories, loaded_pictures
from tests.conftest import PASSWORD, People, companies_file
from tests.sending import png
from tests.story import decide, flag

FORM = b"""
  - slug: formhaus
    name: Formhaus
    policy_url: https://formhaus.test/rules
    platforms:
      - {slug: formhaus, name: Formhaus, domains: [formhaus.test], listing: '/ad/(?P<id>\\d+)'}
    spocs:
      - {name: Form desk, channel: form, form_url: 'https://formhaus.test/notice', languages: [en], verified: 2026-11-01}
"""


def build(app: Flask, people: People, report: dict[str, Any]) -> None:
    """Tell all of it, through the journeys."""
    directory_import.import_companies(read_file(companies_file() + FORM))
    _cases(people, report)
    _spotters(people)
    _late(people, report)
    _links(people, report)
    _team(people, report)
    _alarms(people, report)
    _found_words(people)
    _applications(people)
    _rounds(people)
    _learning(people)
    people.app.test_client().post("/api/v1/device/authorize", data={"client_id": "cyber-spotter-extension"})
    ana, cora = people.browser("ana"), people.browser("cora")
    term = {"text": "morfil ware", "language": "en", "taxon": "prunus-africana", "source": "A coordinator."}
    cora.post("/terms", data=term)
    ana.post("/training/certificate/show", data={"name": "Ana"})
    ana.post("/work/searches", data={"platform": "mercado", "term": "grey parrot", "seen": "25"})
    complaining.complain("https://mercado.test/itm/1", "This is my toy.", "seller@people.test")
    joining.send_password_link("ben@people.test")
    joining.send_sign_in_link("ana@people.test")
    cora.post("/people/invite", data={"email": "new@people.test", "name": "New"})
    desk_states.build(people)
    for _ in range(3):
        recurring.heartbeat()
        work.run_due()
    _undelivered_answer(people)


def _undelivered_answer(people: People) -> None:
    """A complaint that was answered, and no mail server takes the answer."""
    complaining.complain("https://nobody-runs.example/ad/78", "This is no ad of mine.", "other@people.test")
    with read() as session:
        complaint_id = session.scalars(select(Complaint.id).where(Complaint.email == "other@people.test")).one()
    correcting.take(complaint_id, people.ids["dan"])
    correcting.answer(
        complaint_id, people.ids["dan"], outcome="not_ours", answer="It is nothing of ours.", correction="none"
    )
    with write() as session:
        work.drop(session, "mail_complaint_answer", [complaint_id])
    complaining.answer_not_delivered(complaint_id, "550 no such mailbox")


def _cases(people: People, report: dict[str, Any]) -> None:
    """One in each state, each on a listing of its own."""
    cora, number = people.ids["cora"], iter(range(265370482805, 265370482899))

    def new(**files: bytes) -> str:
        return flag(people, report | {"url": f"https://mercado.test/itm/grey-parrot/{next(number)}"}, **files)

    def settle(case_id: str, kind: str, **more: Any) -> None:
        with read() as session:
            version = session.get_one(Case, case_id).version
        decision.decide(case_id, cora, decision=kind, note="Look closer, please.", version=version, **more)

    new(screenshot=png())
    settle(new(), "ask")
    settle(new(), "hold", hold_reason="other", until=clock.now() + timedelta(days=3))
    settle(new(), "hold", hold_reason="second_opinion")
    settle(new(), "dismiss", dismiss_reason="other")
    for kind in ("retracted", "doubted"):
        case_id = new()
        if kind == "doubted":
            decide(people, case_id)
        with read() as session:
            report_id = session.scalars(select(Report.id).where(Report.case_id == case_id)).one()
        retracting.retract(people.ids["ana"], report_id, "other", "It is a toy.")
    decide(people, new(screenshot=png((50, 40), "red")))
    answered = [(decide(people, new()), answer) for answer in Answer]
    withdrawn, replaced = decide(people, new()), new()
    before = decide(people, replaced)
    work.run_due()  # a notice leaves before its answer comes
    for notice_id, answer in answered:
        values: dict[str, Any] = {"answer": answer, "reason": "As our rules say."}
        if answer == Answer.MOVED:
            values["url"] = "https://mercado.test/itm/grey-parrot/365370482805"
        answering.answer_notice(notice_id, values, Via.PORTAL, people.ids["mia"])
    answering.withdraw_notice(withdrawn, cora, "We were wrong.")
    answering.answer_notice(
        before, {"answer": Answer.NEED_INFO, "reason": "Which rule?"}, Via.PORTAL, people.ids["mia"]
    )
    decide(people, replaced)
    flag(people, report | {"url": "https://nobody-runs.example/ad/77"})  # unrouted
    decide(people, flag(people, report | {"url": "https://formhaus.test/ad/12345"}))  # a form to fill in by hand
    work.run_due()


def _spotters(people: People) -> None:
    """Ana is trusted, Ben signed and waits; each of the others is in another state."""
    cora, dan = people.ids["cora"], people.ids["dan"]
    accrediting.sign_agreement(people.ids["ben"], accreditation.agreement().content_hash, "Ben Okoro")
    for key in ("lia", "sol", "noor", "kim", "eve", "ida", "ula", "pia"):
        people.ids[key] = joining.add_account(f"{key}@people.test", key.title(), Role.SPOTTER, PASSWORD, None)
        if key not in ("ida",):
            accrediting.accredit_by_email(
                f"{key}@people.test", "cora@people.test", "Tests.", Level.PROBATION, waive_exam=True
            )
    accrediting.suspend(people.ids["lia"], cora, "Shared an address.")
    accrediting.withdraw(people.ids["sol"], cora, "Careless.")
    accrediting.suspend(people.ids["noor"], cora, "Shared an address.")
    accrediting.appeal(people.ids["noor"], "It was not me.")
    freezing.freeze(people.ids["kim"], dan)
    closing.close(people.ids["eve"], cora, "Left.")
    erasing.erase(people.ids["pia"], cora)
    joining.invite("oli@people.test", "Oli", cora)


def _late(people: People, report: dict[str, Any]) -> None:
    """What needs a second spotter: a report that comes after the notice, a listing that Ana may look at again."""
    for number in (265370482901, 265370482902):
        listing = report | {"url": f"https://mercado.test/itm/grey-parrot/{number}"}
        case_id = flag(people, listing, "ula")
        decide(people, case_id)
        work.run_due()
        if number % 2:
            flag(people, listing, "ana")
        else:
            verification.ask_check(case_id, people.ids["cora"])
    with write() as session:
        session.get_one(Account, people.ids["ida"]).created_at = clock.now() - timedelta(
            days=60
        )  # and did nothing since
        session.add(
            Proposal(
                id=new_id(),
                account_id=people.ids["ula"],
                level=Level.PROBATION,
                move=Move.UP,
                judged=20,
                at=clock.now(),
            )
        )


def _links(people: People, report: dict[str, Any]) -> None:
    """One link that a coordinator made, one that was undone."""
    first, second, third = (
        flag(people, report | {"url": f"https://mercado.test/itm/grey-parrot/{number}"}, "ula")
        for number in range(265370483001, 265370483004)
    )
    linking.link_cases(first, second, LinkKind.SELLER, people.ids["cora"], "They share a phone number.")
    linking.link_cases(first, third, LinkKind.SELLER, people.ids["cora"], "They share a phone number.")
    linking.undo_link(first, third, LinkKind.SELLER, people.ids["dan"], "It is a freight company's.")


def _team(people: People, report: dict[str, Any]) -> None:
    """Ana leads Ula, who asked something that has its answer, something that waits, and has sent a photo on probation."""
    lead_stories.lead(people, "ula")
    shown = report | {"url": "https://mercado.test/itm/grey-parrot/265370483011"}
    report_id, _ = lead_stories.reported(people, shown, "ula", photo_1=png((300, 300)))
    later = report | {"url": "https://mercado.test/itm/grey-parrot/265370483012"}
    looked_at, _ = lead_stories.reported(people, later, "ula")
    confirming.confirm(looked_at, people.ids["ana"], "doubt", "look_alike")
    first = asking_lead.ask(people.ids["ula"], "Is this horn?", report_id)
    asking_lead.answer(first, people.ids["ana"], "Look for the fibres.")
    late = asking_lead.ask(people.ids["ula"], "And this?")
    asking_lead.ask(people.ids["ula"], "And that?")
    with write() as session:  # a coordinator sees it, too
        session.get_one(LeadQuestion, late).asked_at = clock.now() - timedelta(days=4)


def _alarms(people: People, report: dict[str, Any]) -> None:
    """One that waits, one that was withdrawn, one that was cleared; each about a report of a spotter of its own."""
    for number, key in enumerate(("rex", "ria", "roy")):
        people.ids[key] = joining.add_account(f"{key}@people.test", key.title(), Role.SPOTTER, PASSWORD, None)
        accrediting.accredit_by_email(
            f"{key}@people.test", "cora@people.test", "Tests.", Level.PROBATION, waive_exam=True
        )
        case_id = flag(people, report | {"url": f"https://mercado.test/itm/scarf/{265370484001 + number}"}, key)
        with write() as session:
            report_id = session.scalars(select(Report.id).where(Report.case_id == case_id)).one()
            surge = Surge(reports=8, accounts=5, new=5, signs=(Sign.ONLY_HERE, Sign.SAME_WORDS, Sign.LITTLE_SAID))
            alarm_id = alarms.raise_alarm(session, case_id, surge).id
            alarms.add(session, alarm_id, [(report_id, case_id)], about=True)
        if key == "ria":
            ring.withdraw(alarm_id, people.ids["cora"], "All of one hour, in the same words.")
        elif key == "roy":
            ring.clear(alarm_id, people.ids["cora"], "A class that learns together.")


def _found_words(people: People) -> None:
    """One that nobody has looked at, one that a coordinator approved, one that two approved, one that was declined."""
    texts = ("zazzle chicks", "morfil dust", "quill combs", "velvet box")
    with write() as session:
        words = [
            FoundWord(text, text, "en", "psittacus-erithacus", 8, 0, sellers=8, chance=0.001, first="", examples=())
            for text in texts
        ]
        found.keep(session, words, {})
        ids = {row.text: row.id for row in found.waiting(session)}
        for text, names in (("morfil dust", ("dan",)), ("quill combs", ("dan", "cora"))):
            for name in names:
                found.approve(session, ids[text], "en", "psittacus-erithacus", people.ids[name])
        found.decline(session, ids["velvet box"], people.ids["cora"])


def _applications(people: People) -> None:
    ids = []
    for name in ("Una", "Vic", "Wim", "Xia"):
        with write() as session:
            application = recruitment.add(
                session, f"{name.lower()}@people.test", name, languages=["en"], hours=3, why="Birds.", heard="friend",
                answers={}, at=clock.now(),
            )  # fmt: skip
            work.enqueue(session, "mail_applied", str(application))
        ids.append(str(application))
    work.run_due()
    applying.invite_applicant(ids[1], people.ids["cora"])
    applying.decline_applicant(ids[2], people.ids["cora"])
    with write() as session:
        recruitment.withdraw(session, ids[3])


def _rounds(people: People) -> None:
    today = clock.now().date()
    for state in RoundState:
        for start in (today, today - timedelta(days=60), today + timedelta(days=60)):
            plan = rounds.Plan(
                f"Round {state} {start}", "", start, start + timedelta(days=13), (10, 20), (), (), (), state, ("Otters", "Herons"),
            )  # fmt: skip
            with write() as session:
                round_id = rounds.write_down(session, plan, people.ids["cora"])
                if state == RoundState.OPEN and start == today:
                    rounds.join(session, round_id, people.ids["ana"], rounds.teams(session, round_id)[0].id)


def _learning(people: People) -> None:
    """Ana takes an exam; Ben has failed one too often; both have practised, and judged known listings."""
    modules = list(catalogue.modules().values())
    learning.start_exam(people.ids["ana"], modules[-1], 7)
    at = clock.now()
    with write() as session:
        for n in range(exam.MOST_FAILED):
            ended = at - timedelta(days=2 + n)
            session.add(Attempt(account_id=people.ids["ben"], module=modules[0].slug, content_hash="x", drawn=[], position=0,
                                started_at=ended, ends_at=ended, finished_at=ended, passed=False))  # fmt: skip
        session.add(
            Reading(account_id=people.ids["ana"], module="flagging-well", section="report", opened_at=at, at=at)
        )
        training.keep_practice(session, people.ids["ana"], "flagging-well", "who-decides", [0, 1, 2, 3], [0], True, at)
        for known in list(catalogue.known_listings().values())[:3]:
            skill.keep_known(session, people.ids["ana"], known, Said.FLAG, "", at)
        entry = loaded_pictures.entry() | {"dated": "2024-05-01"}
        picture_store.keep(session, Loading(entry, "0" * 64, png(), png()), at)
        picture_store.keep_answer(session, people.ids["ana"], pictured.kept(entry), "bone", at)


def tokens(people: People) -> dict[Scope, dict[str, str]]:
    """A token of each scope."""
    holders = {Scope.REPORTS: "ana", Scope.CASES: "cora", Scope.COMPANY: "mia"}
    return {scope: people.token(who, scope) for scope, who in holders.items()}


def cookies(people: People, names: list[str]) -> dict[str, str]:
    """The session cookie of each."""
    jars = {name: people.browser(name).get_cookie("session", domain="localhost") for name in names}
    return {name: cookie.value for name, cookie in jars.items() if cookie}
