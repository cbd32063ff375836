"""Names, addresses and words of people come out to nobody who is not to have them: every page, file, feed and mail, as everybody."""

import email
import os
from collections import defaultdict
from collections.abc import Callable, Iterator
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.core import endpoints
from server.core.config import Settings
from server.core.database import read, write
from server.core.words import Role
from server.people.accounts.models import Account
from server.people.rounds import store as rounds
from server.people.rounds.models import Team
from tests import every_state, owners, planted_people, walking
from tests.conftest import People
from tests.planted_people import Canaries, Cell

WHOLE = int(os.environ.get("SPOTTER_FAULT_ROUNDS", "0")) >= 50  # CI draws a few objects of each kind
OBJECTS, FORMS, READS = (10**9, 20, 10**9) if WHOLE else (3, 1, 10)
READERS = {
    "ana": Role.SPOTTER,  # she leads a team that Ula is in
    "ula": Role.SPOTTER,
    "mia": Role.COMPANY,  # manager of the company that the notices went to
    "may": Role.COMPANY,  # its member
    "otto": Role.COMPANY,  # another company's manager
    "ada": Role.ADMIN,
} | ({"cora": Role.COORDINATOR} if WHOLE else {})
NETWORK, BROWSER = "203.0.113.77", "Quillbrowser on Otterline"

# Who but the desk reads what, and whose: one's "own", of one's "team" (the people and contacts of a company), or of somebody "other".
# A line more is a decision: say why.
MEANT = {
    *(("spotter", column, "own") for column in (
        "accounts.email", "accounts.name", "accreditations.why", "certificates.alias", "feedback.text",
        "reports.client", "reports.reason", "reports.title", "searches.term", "signatures.name", "tokens.label",
        "lead_questions.text", "lead_questions.answer",
    )),
    # A lead reads what the spotters whose contact they are ask, and what these say in reports on probation (record 48)
    *(("spotter", column, "led") for column in (
        "accounts.name", "lead_questions.text", "reports.reason", "reports.title",
    )),
    *(("company", column, "own") for column in ("accounts.email", "accounts.name", "tokens.label")),
    *(("company", column, "team") for column in ("accounts.email", "accounts.name", "tokens.label")),
    # A company's team, contacts and answers, which are kept by company and not by person
    *(("company", column, "") for column in (
        "address_changes.name", "address_changes.new_address",  # of a webhook that waits; its host alone is shown
        "answers.reason", "answers.url", "spocs.name", "spocs.webhook_url", "team_invitations.email",
        "team_changes.what",  # what a token was called, which its managers saw as `tokens.label`
    )),
    # Whom a spotter turns to is named to them, with the address (`contacts`); a lead sees who is in the team, who sees the lead
    ("spotter", "accounts.email", "contact"),
    ("spotter", "accounts.name", "contact"),
    ("spotter", "accounts.name", "round team"),
    ("spotter", "certificates.code", "secret"),  # the address of one's own certificate, to be passed on
    # Whoever has the link is the one it was mailed to
    ("link", "accounts.email", "other"),
    ("link", "address_changes.new_address", ""),
    ("link", "address_changes.old_address", ""),
    ("link", "answers.reason", ""),
    ("link", "answers.url", ""),
    ("link", "team_invitations.email", ""),
    ("link", "certificates.alias", "other"),  # shown on purpose, under the name that they chose
}  # fmt: skip


class Crawl:
    """What was heard in a world by whom: the reader's role, the column, and whose it is, with where."""

    def __init__(self, app: Flask, people: People, report: dict[str, Any], mails: Path) -> None:
        self.canaries, self.app, self.people, self.mails = Canaries(), app, people, mails
        self.where: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self.canaries.name_everybody()
        every_state.build(app, people, report | {"client": {"browser": self.canaries.new(Cell("reports.client"))}})
        people.browser("ana").post("/training/certificate/show", data={"alias": "Otterline", "days": "30"})
        strangers = {stranger.key: stranger for stranger in owners.strangers(app, people)}
        self.round_team = _ula_is_in_anas_team(people)
        self.readers = planted_people.readers()
        self.led = (people.ids["ana"], people.ids["ula"])
        self.contacts = {people.ids[key] for key in ("cora", "dan")}
        self.canaries.plant()
        self.secrets = planted_people.secrets()
        self.tokens = {scope: strangers[who].tokens[scope] for scope, who in walking.HOLDERS.items()}
        cookies = {key: strangers[key].cookie for key in READERS}
        self.walker = walking.Walker(
            app, self.tokens, cookies, mails, people=READERS, hear=self.hear, objects=OBJECTS
        )  # fmt: skip

    def hear(self, who: str, what: str, answer: Any) -> None:
        self.listen(who, what, planted_people.words_of(answer))

    def listen(self, who: str, what: str, text: str) -> None:
        reader = self.readers.get(who)
        method, _, path = what.partition(" ")
        link = owners.WHOSE.get(self.walker.endpoint(path, method)) is owners.Shared.LINK
        role = "link" if link and not reader else planted_people.role_of(reader)
        for cell in self.canaries.heard(text):
            if role != "desk" or cell.frozen:
                self.where[role, cell.column, self._whose(cell, reader)].add(f"{who}: {what}")
        for secret, place in self.secrets.items():
            if secret in text and secret not in what:
                self.where[role, place, "secret"].add(f"{who}: {what}")
        if NETWORK in text or BROWSER in text:
            self.where[role, "network or browser", ""].add(f"{who}: {what}")

    def _whose(self, cell: Cell, reader: Account | None) -> str:
        if not cell.account_id:
            return ""
        if reader is None:
            return "other"
        if cell.account_id == reader.id:
            return "own"
        if cell.company_id and cell.company_id == reader.company_id:
            return "team"
        if reader.role == Role.SPOTTER and cell.account_id in self.contacts:
            return "contact"
        if (reader.id, cell.account_id) == self.led:
            return "led"
        return "round team" if {reader.id, cell.account_id} == self.round_team else "other"

    def everywhere(self) -> set[tuple[str, str, str]]:
        """All pages by their links, what programs read, each form once, and every mail; what was heard."""
        self.walker.learn()
        for scope, who in walking.HOLDERS.items():
            for rule in self.app.url_map.iter_rules():
                if "GET" in (rule.methods or ()) and scope in endpoints.RULES[rule.endpoint].scopes:
                    for path in self.walker.drawn(list(self.walker.paths(rule)), READS):
                        self.walker.send(who, "GET", path, headers=self.tokens[scope])
        for (_, method, _), targets in list(self.walker.targets.items()):
            if method == "POST":
                outside = [target for target in targets if target.who not in ("cora", "ada")]
                self.walker.as_meant(self.walker.drawn(outside, FORMS), method)
        for to, subject, text in self._mailed():
            self.listen(to, f"mail {subject}", text)
        return set(self.where)

    def _mailed(self) -> Iterator[tuple[str, str, str]]:
        for path in sorted(self.mails.glob("*.eml")):
            mail = email.message_from_bytes(path.read_bytes(), policy=SMTP)
            parts = [part.get_content() for part in mail.walk() if part.get_content_maintype() == "text"]
            yield mail["To"].partition("@")[0].strip("<"), mail["Subject"], "\n".join([str(mail.items()), *parts])

    def named(self, column: str, key: str) -> str:
        """What stands there for somebody now."""
        account_id = self.people.ids[key]
        number = next(
            n for n, cell in reversed(list(enumerate(self.canaries.cells))) if (cell.column, cell.account_id) == (column, account_id)
        )  # fmt: skip
        return planted_people.word(number)

    def told(self, heard: set[tuple[str, str, str]]) -> str:
        return "\n".join(f"{what}: {sorted(self.where[what])[:5]}" for what in sorted(heard))


def _ula_is_in_anas_team(people: People) -> set[str]:
    """Who leads, and who is led."""
    ana, ula = people.ids["ana"], people.ids["ula"]
    with write() as session:
        team = session.scalars(select(Team).where(Team.lead_id == ana)).first()
        assert team
        rounds.join(session, team.round_id, ula, team.id)
    return {ana, ula}


@pytest.fixture
def crawl(
    app: Flask, people: People, report_json: Callable[..., Any], settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> Crawl:
    """Everybody comes from one network, with one browser."""
    app.config["WTF_CSRF_ENABLED"] = False
    client = app.test_client

    def at_home(**options: Any) -> Any:
        made = client(**options)
        made.environ_base |= {"REMOTE_ADDR": NETWORK, "HTTP_USER_AGENT": BROWSER}
        return made

    monkeypatch.setattr(app, "test_client", at_home)
    return Crawl(app, people, report_json(), Path(settings.data_dir, "mail"))


@pytest.mark.timeout(1800)
def test_nobody_reads_what_is_not_theirs(crawl: Crawl) -> None:
    """One world for both: it takes as long to build as to read."""
    assert planted_people.cells_holding(NETWORK, BROWSER) == set(), "a network's address, or a browser's whole name"
    heard = crawl.everywhere()
    assert heard <= MEANT, crawl.told(heard - MEANT)
    assert heard >= MEANT or not WHOLE, f"nobody reads these: {MEANT - heard}"
    assert not crawl.canaries.refused and not crawl.walker.failures
    _a_leak_is_heard(crawl)


def _a_leak_is_heard(crawl: Crawl) -> None:
    """The mutation: a page that says what is not its to say."""
    with read() as session:
        ana = session.get_one(Account, crawl.people.ids["ana"])
        said = f"{ana.name}, {ana.email.upper()}, {ana.password_hash}, {crawl.named('frozen_names.name', 'kim')}"
    crawl.app.view_functions["site.privacy"] = lambda: said
    crawl.where.clear()
    for who in ("nobody", "mia", "ula", "ada"):
        crawl.walker.send(who, "GET", "/privacy")
    outside = {("nobody", "other"), ("company", "other"), ("spotter", "round team")}
    assert set(crawl.where) == {
        *((role, column, whose) for role, whose in outside for column in ("accounts.name", "accounts.email")),
        *((role, "frozen_names.name", "other") for role in ("nobody", "company", "spotter", "desk")),
        *((role, "accounts.password_hash", "secret") for role in ("nobody", "company", "spotter", "desk")),
    }
