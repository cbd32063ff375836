"""The part of a world that the desk, companies' teams and operators work on: past work, mail, teams, dead letters, resets, a stop."""

from datetime import date, timedelta
from typing import Any

import time_machine
from sqlalchemy import select

from server.core import clock, work
from server.core.database import new_id, read, write
from server.core.failures import WorkFailure
from server.core.outbox import Work
from server.core.words import Answer, Basis, Channel, Decision, DeliveryState, Role, TeamRole
from server.journeys.company import addresses, team, webhooks
from server.journeys.oversight import past_work
from server.journeys.report import complaining, correcting, disputing, organisations, reading_mail
from server.journeys.spotter import joining
from server.ledger.companies import address_link, secret_store
from server.ledger.companies import store as companies
from server.ledger.companies.models import Spoc
from server.ledger.complaints.models import Complaint
from server.ledger.notices import stop_store
from server.ledger.notices.gauge import Gauge
from server.ledger.notices.models import GivenAnswer, Notice
from server.people.accounts import factors
from server.people.accounts.factor_models import SecondFactor
from server.people.accounts.models import Account
from server.people.desk import snippet_store
from server.people.desk import store as desk
from tests import past_sheets, receiving, returned_mails
from tests.conftest import PASSWORD, People
from tests.messages import set_message


def build(people: People) -> None:
    """Tell all of it, through the journeys."""
    _past_work(people.ids["cora"])
    _mail()
    _team(people)
    _webhooks(people)
    _dead_letter()
    _reset(people)
    _complaints(people)
    _disputes(people)
    _saved_filters(people.ids["cora"])
    _snippets(people.ids["cora"])
    _stop()
    _addresses(people)
    _organisations(people)


def _past_work(coordinator_id: str) -> None:
    """One import whose columns nobody has named, one that was checked, one that was made."""
    made = past_work.upload("Survey of 2019", b"url,date\nhttps://mercado.test/itm/265370489001,2019\n", coordinator_id)
    work.run_due()
    past_work.start(made, coordinator_id)
    past_work.upload("Survey of 2020", b"A,B\n2020,https://mercado.test/itm/265370489002\n", coordinator_id)
    past_work.upload("Survey of 2021", past_sheets.SHEET.encode(), coordinator_id)
    work.run_due()


def _saved_filters(coordinator_id: str) -> None:
    with write() as session:
        for tab in ("held", "closed"):
            desk.save_filter(session, coordinator_id, tab.title(), {"tab": tab}, clock.now())


def _snippets(coordinator_id: str) -> None:
    with write() as session:
        for decision in (Decision.NOTIFY, Decision.HOLD):
            wording = snippet_store.Wording(decision, "Ivory", "It shows the lines of ivory.", "en")
            snippet_store.save(session, coordinator_id, wording, clock.now())


def _mail() -> None:
    """A bounce and a reply that prove nothing."""
    reply = returned_mails.reply(
        "Which picture?", Message_ID="<77@mercado.test>", In_Reply_To="<a@b.test>", References="", Subject="Your notice"
    )
    for content in (returned_mails.dsn(), reply):
        reading_mail.file(content, len(content))


def _team(people: People) -> None:
    """Mia's team: another manager, a member, and somebody who was invited."""
    for key, role in (("moe", TeamRole.MANAGER), ("may", TeamRole.MEMBER)):
        people.ids[key] = joining.add_account(f"{key}@people.test", key.title(), Role.COMPANY, PASSWORD, "mercado")
        team.change_role(_company_id(people), people.ids[key], role, people.ids["mia"])
    with time_machine.travel(clock.now() - timedelta(hours=1)):  # so that it may be sent again
        team.invite(_company_id(people), "max@people.test", TeamRole.MEMBER, people.ids["mia"], "en", sure=True)


def _webhooks(people: People) -> None:
    """Two of Mia's company, for a country that no ad is from: one has taken a notice, of one the secret is being rotated."""
    with write() as session:
        for name in ("Spare desk", "Notice desk"):
            spoc = Spoc(
                id=new_id(), company_id=_company_id(people), name=name, channel=Channel.WEBHOOK, regions=["NZ"],
                languages=["mi"], webhook_url="https://hooks.mercado.test/notices", webhook_secrets=[receiving.FIRST],
                verified_on=clock.now().date(),
            )  # fmt: skip
            session.add(spoc)
            secret_store.note(session, spoc)
            if name == "Spare desk":
                secret_store.make(session, spoc, people.ids["mia"])
        companies.new_version(session)
        notice = session.scalars(select(Notice).where(Notice.answer.is_(None)).order_by(Notice.id)).first()
        assert notice
        notice.spoc_id, notice_id = spoc.id, notice.id
    set_message(notice_id, channel=Channel.WEBHOOK, address=spoc.webhook_url, state=DeliveryState.DELIVERED)
    webhooks.make_answer_secret(_company_id(people), people.ids["mia"])


def _company_id(people: People) -> str:
    with read() as session:
        return session.get_one(Account, people.ids["mia"]).company_id or ""


def _dead_letter() -> None:
    """A mail that no server took."""
    with write() as session:
        session.add(
            Work(
                id=new_id(), kind="mail_joining", subject_id="nobody", due_at=clock.now(), attempts=20,
                failure=WorkFailure.OTHER, dead_lettered_at=clock.now(),
            )
        )  # fmt: skip


def _stop() -> None:
    """Tradepost found five of twenty notices that rely on a law wrong: further ones are held."""
    with write() as session:
        company = companies.by_slug(session, "tradepost")
        assert company
        stop_store.begin(session, stop_store.On(company.id, Basis.ILLEGAL), Gauge(15, 5, 0))


def _reset(people: People) -> None:
    """Somebody has lost their phone, and one of two people has asked to take their second factor away."""
    people.ids["val"] = joining.add_account("val@people.test", "Val", Role.SPOTTER, PASSWORD, None)
    with write() as session:
        session.add(SecondFactor(account_id=people.ids["val"], sealed_key="", since=clock.now()))
    with write() as session:
        factors.ask_reset(session, people.ids["val"], people.ids["ada"], "The phone is lost.", clock.now())


def _addresses(people: People) -> None:
    """Changes of the address of Tradepost's SPOC and of four that are to be added: a mailbox and a webhook wait for proof, two
    mailboxes and a form for a second person."""
    with read() as session:
        company = companies.by_slug(session, "tradepost")
        assert company
        company_id, spoc_id = company.id, company.spocs[0].id
    news = [addresses.NewAddress(Channel.MAIL, f"spoc{n}@tradepost.test") for n in range(3)]
    news.append(addresses.NewAddress(Channel.FORM, "https://tradepost.test/report"))
    news.append(addresses.NewAddress(Channel.WEBHOOK, "https://hooks.tradepost.test/new"))
    for n, to in enumerate(news):
        chosen = None if n else spoc_id
        change = addresses.propose(company_id, chosen, f"Desk {n}", to, "By phone.", people.ids["ada"])
        if n and to.channel is Channel.MAIL:
            addresses.answer(address_link.make(change.change_id, "new"), agrees=True)


def _complaints(people: People) -> None:
    """About notices that stand: one that waits, one that was answered, one that was closed."""
    with read() as session:
        standing = select(Notice).where(Notice.withdrawn_at.is_(None), Notice.replaced_at.is_(None))
        stand = session.scalars(standing.order_by(Notice.id).limit(3)).all()
    ids = []
    for notice in stand:
        complaining.complain(f"Notice {notice.reference}", "It is a toy.", f"{notice.reference.lower()}@people.test")
        with read() as session:
            ids.append(session.scalars(select(Complaint.id).where(Complaint.case_id == notice.case_id)).one())
    _, answered, closed = ids
    correcting.answer(
        answered, people.ids["dan"], outcome="rejected", answer="We looked again.", correction="none", seen=stand[1].id
    )
    correcting.close(closed, people.ids["dan"], "repeated")


def _disputes(people: People) -> None:
    """Of the answers that fall short, one waits to be sent, one was not answered, and the others are undisputed."""
    cora, day = people.ids["cora"], clock.now().date()
    with read() as session:
        short = (Answer.RESTRICTED, Answer.REINSTATED)
        given = session.execute(
            select(Notice.case_id, GivenAnswer.id)
            .join(Notice, Notice.id == GivenAnswer.notice_id)
            .where(GivenAnswer.answer.in_(short), Notice.withdrawn_at.is_(None))
        ).all()
    made = [
        disputing.begin(case_id, cora, answer_id=each, text="No papers are shown.", told=day) for case_id, each in given
    ]
    disputing.send(made[1], cora, text="No papers are shown.", via="form", day=day, receipt="MX-77")
    disputing.hear(made[1], cora, outcome="no_answer", day=day)


def _organisations(people: People) -> None:
    """One whose award is suspended, and one that notifies Tradepost."""
    entered: dict[str, Any] = {
        "name": "Parrot Fund Europe", "email": "notices@parrotfund.test", "authority": "Arcom", "country": "FR",
        "area": "Illegal trade in live birds", "categories": ["live"], "groups": ["bird"], "since": date(2025, 3, 27),
        "until": None,
    }  # fmt: skip
    by_id = people.ids["ada"]
    organisations.suspend(organisations.add(entered, by_id), by_id)
    other = organisations.add(entered | {"name": "Reptile Fund", "email": "notices@reptilefund.test"}, by_id)
    with read() as session:
        spoc = session.scalars(select(Spoc.id).where(Spoc.email == "desk@tradepost.test")).one()
    organisations.choose("tradepost", other, {spoc: "desk@tradepost.test"}, by_id)
