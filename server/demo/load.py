"""Fills an instance with the demonstration: people, companies, and what has happened so far, told through the journey.

Repeating it adds only what is missing: people and companies by their names, stories only where there is no report.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import yaml
from sqlalchemy import select

from server.commands import worker
from server.core import clock, payloads, web, work
from server.core.database import read
from server.core.words import TRUSTED, Answer, Via
from server.demo import people, rounds, trained
from server.demo.marketplace import DemoAd, Market
from server.journeys.company import directory_import
from server.journeys.report import answering, decision, intake
from server.journeys.spotter import accrediting, asking_lead, joining, naming_contacts
from server.ledger.cases.models import Case
from server.ledger.companies import schemas
from server.ledger.reports.models import Report
from server.ledger.reports.schemas import NewReport
from server.people.accounts import store as accounts

HERE = Path(__file__).parent


@dataclass(frozen=True)
class DemoCounts:
    """What one loading has added."""

    people: int
    companies: int
    reports: int


def load(say: Callable[[str], None] = lambda _: None) -> DemoCounts:
    """Add what is missing; `say` hears each story as it is told."""
    worker.prepare()
    here = f".localhost:{web.settings().port}/".encode()
    content = schemas.read_file((HERE / "companies.yaml").read_bytes().replace(b".localhost/", here))
    added = directory_import.import_companies(content)
    added_people = _people()
    rounds.tell()
    return DemoCounts(added_people, added["created"], _stories(say))


def _people() -> int:
    with read() as session:
        missing = [person for person in people.PEOPLE if accounts.by_email(session, person.email) is None]
    for person in missing:
        joining.add_account(person.email, person.name, person.role, person.password, person.company)
    with read() as session:
        ids = {
            person.email: account.id
            for person in people.PEOPLE
            if (account := accounts.by_email(session, person.email))
        }
    for person in missing:
        if person.level:
            trained.train(person.email, person.group)
            accrediting.accredit_by_email(
                person.email, people.CORA.email, "Part of the demonstration.", person.level, waive_exam=False,
                second=people.DAN.email if person.level in TRUSTED else "",
            )  # fmt: skip
        if person.lead:
            naming_contacts.name_contact(ids[person.email], ids[person.lead], ids[people.CORA.email])
    return len(missing)


def _stories(say: Callable[[str], None]) -> int:
    with read() as session:
        if session.scalar(select(Report.id).limit(1)):
            return 0
        ids = {person.email.partition("@")[0]: account.id for person in people.PEOPLE
               if (account := accounts.by_email(session, person.email))}  # fmt: skip
    count = 0
    for story in yaml.safe_load((HERE / "stories.yaml").read_text(encoding="utf-8")):
        ad = _Seen.of(story)
        say(ad.listing["title"])
        for suspicion in story["reports"]:
            by, asks, told = ids[suspicion.pop("by")], suspicion.pop("asks", None), suspicion.pop("told", None)
            report_id = _report(by, ad, suspicion)
            count += 1
            if asks:  # their lead
                question_id = asking_lead.ask(by, asks, report_id)
                if told:
                    asking_lead.answer(question_id, ids["ana"], told)
        with read() as session:
            case_id = session.get_one(Report, report_id).case_id
        notice_id: str | None = None
        for step in story.get("then", ()):
            if "decide" in step:
                notice_id = _decide(case_id, ids["cora"], dict(step))
            elif notice_id:
                work.run_due()  # the notice leaves before its answer comes
                values = {"answer": Answer(step["answer"]), "reason": step["reason"]}
                answering.answer_notice(notice_id, values, Via.PORTAL, ids[step["by"]])
                if step["answer"] == Answer.REMOVED:
                    ad.take_down()
    return count


def _report(account_id: str, ad: "_Seen", suspicion: dict[str, Any]) -> str:
    parts = {"screenshot": ad.screenshot} if ad.screenshot else {}
    parts |= {f"photo_{number}": photo for number, photo in enumerate(ad.photos, 1)}
    stated = {
        "url": ad.url,
        "captured_at": clock.now().isoformat(),
        "access": "public",
        "listing": ad.listing,
        "suspicion": suspicion,
        "evidence": [{"name": name, "sha256": hashlib.sha256(data).hexdigest()} for name, data in parts.items()],
        "client": {"browser": "demonstration"},
    }
    receipt, _ = intake.receive_report(account_id, str(uuid4()), stated, payloads.load(NewReport, stated), parts)
    return str(receipt["id"])


def _decide(case_id: str, account_id: str, step: dict[str, Any]) -> str | None:
    decided, days = step.pop("decide"), step.pop("days", None)
    with read() as session:
        version = session.get_one(Case, case_id).version
    until = clock.now() + timedelta(days=days) if days else None
    return decision.decide(
        case_id, account_id, decision=decided, version=version, until=until, undo_until=clock.now(), **step
    )


@dataclass(frozen=True)
class _Seen:
    """An ad as the extension would have captured it."""

    url: str
    listing: dict[str, Any]
    screenshot: bytes | None = None
    photos: tuple[bytes, ...] = ()  # of the goods, as a client sends them that has them
    market: Market | None = None
    number: str = ""

    @classmethod
    def of(cls, story: dict[str, Any]) -> "_Seen":
        if "address" in story:
            return cls(story["address"], {"title": story["title"]})
        settings = web.settings()
        slug, _, number = story["ad"].partition("/")
        market = Market(slug, settings.data_dir)
        ad = market.ads[number]
        base = f"http://{slug}.localhost:{settings.port}"
        shot = HERE / "screenshots" / f"{number}.webp"
        photos = tuple((HERE / "pictures" / f"{shown['file']}.webp").read_bytes() for shown in ad.pictures)
        url = f"{base}/{market.data['path']}/{ad.name}"
        return cls(url, _listing(market, ad, base), shot.read_bytes(), photos, market, number)

    def take_down(self) -> None:
        if self.market:
            self.market.take_down(self.number)


def _listing(market: Market, ad: DemoAd, base: str) -> dict[str, Any]:
    return {
        "title": ad.title,
        "description": "\n\n".join(ad.paragraphs),
        "price": {"amount": ad.price, "currency": market.data["currency"] if ad.price else None, "text": ad.price_text},
        "seller": {"name": ad.seller, "url": f"{base}/seller/{ad.seller}"},
        "location": market.data["sellers"][ad.seller]["place"],
        "language": ad.language,
        "posted_at": ad.posted_at.isoformat(),
        "images": [{"url": f"{base}/pictures/{shot['file']}.webp", "alt": shot["alt"]} for shot in ad.pictures],
    }
