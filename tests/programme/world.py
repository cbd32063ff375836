"""The world of a programme: its clock, its post, its people by name, and a browser for each of them."""

import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import event

from server import create_app
from server.core import clock, recurring, work
from server.core.database import db, write
from server.core.words import Level, Role, Scope
from server.journeys.spotter import accrediting, gate, joining
from server.ledger.companies import importing
from server.ledger.companies.schemas import read_file
from server.ledger.species import taking_in
from server.people.accounts import pairing
from server.people.accounts.signing_in import SESSION_LASTS
from tests.conftest import PASSWORD, Browser, companies_file, empty_database, settings_for
from tests.programme import content
from tests.programme.times import Times
from tests.smtp_rig import MailServer, Taken, mail_server

START = datetime(2026, 11, 23, 7, tzinfo=UTC)  # a Monday
STAFF = {
    "cora": ("Cora Lindqvist", Role.COORDINATOR),
    "dan": ("Dan Okafor", Role.COORDINATOR),
    "eve": ("Eve Marchetti", Role.COORDINATOR),
    "ada": ("Ada Whitlock", Role.ADMIN),
}
LEAD = ("Lena Brandvold", "lena@people.test")  # a volunteer who leads others from the first day on
NO_MAIL = Taken("", (), b"")
SEARCHED = b"domains: [mercado.test], search: 'https://mercado.test/find?q={words}',"


class World:
    """One programme. `seen`: what happened how often, so that a run on which nothing does is noticed."""

    def __init__(self, app: Flask, mail: MailServer, hand: Any, folder: Path, seed: int) -> None:
        self.chance = random.Random(seed)
        self.whim = random.Random(seed + 1)  # for leads: so that the rest of the story is the same without them
        self.ids: dict[str, str] = {}
        self.names = {key: name for key, (name, _) in STAFF.items()}
        self.read_until = 0  # how much of the post has been read
        self.rounds: list[str] = []
        self.seen: dict[str, int] = {}
        self.pace = 1.0  # of reporting: by how much everybody reports more or less than they would
        self.live_in(app, mail, hand, folder)

    def live_in(self, app: Flask, mail: MailServer, hand: Any, folder: Path) -> None:
        """From now on, this is the server and its post: at the beginning, and when a kept programme goes on."""
        self.app, self.mail, self.hand, self.times = app, mail, hand, Times(app)
        mail.taken.extend([NO_MAIL] * self.read_until)  # the places of those that came to the post before
        self._clients: dict[str, tuple[FlaskClient, datetime]] = {}
        self._tokens: dict[str, dict[str, str]] = {}
        self.taught, self.changed = content.write(folder)
        self.teach(self.changed if "taught anew" in self.seen else self.taught)

    def __getstate__(self) -> dict[str, Any]:
        here = ("app", "mail", "hand", "times", "taught", "changed", "_clients", "_tokens")
        return {name: value for name, value in vars(self).items() if name not in here}

    def begin(self) -> None:
        """The people of the desk and of companies, and the lead, get their accounts."""
        for key, (name, role) in STAFF.items():
            self.ids[key] = joining.add_account(f"{key}@desk.test", name, role, PASSWORD)
        self.ids["lena"] = joining.add_account(LEAD[1], LEAD[0], Role.SPOTTER, PASSWORD)
        accrediting.accredit_by_email(
            LEAD[1], "cora@desk.test", "For years.", Level.LEAD, waive_exam=True, second="dan@desk.test"
        )
        for key, company in (("mia", "mercado"), ("otto", "tradepost")):
            self.ids[key] = joining.add_account(f"{key}@{company}.test", key.title(), Role.COMPANY, PASSWORD, company)

    def teach(self, folder: Path) -> None:
        """From now on, this is what the training says."""
        self.app.config["TRAINING_MODULES"] = str(folder)
        gate.note_content()

    def note(self, what: str) -> None:
        """Count something that happened."""
        self.seen[what] = self.seen.get(what, 0) + 1

    @property
    def now(self) -> datetime:
        """The present moment of the programme."""
        return clock.now()

    def go_to(self, day: int, hour: int) -> None:
        """Move the clock to an hour of a day, counted from 0; never back."""
        at = START.replace(hour=0) + timedelta(days=day, hours=hour)
        if at > self.now:
            self.hand.move_to(at)

    def work(self) -> None:
        """The worker: what recurs, and everything that is due."""
        self.hand.shift(1)
        recurring.heartbeat()
        work.run_due()

    # --- Doors -----------------------------------------------------------------------------------------------------------

    def browser(self, address: str) -> FlaskClient:
        """The browser of whoever has this address, signed in again before their session ends."""
        client, since = self._clients.get(address, (None, START))
        if client is None or self.now - since > SESSION_LASTS - timedelta(days=1):
            client = self.app.test_client()
            answer = client.post("/sign-in", data={"email": address, "password": PASSWORD})
            assert answer.status_code == 302, f"{address} cannot sign in: {answer.text[-2000:]}"
            self._clients[address] = client, self.now
        return client

    def forget(self, address: str) -> None:
        """Whoever has this address has no session any more."""
        self._clients.pop(address, None)
        self._tokens.pop(address, None)

    def get(self, address: str, path: str, status: int = 200) -> str:
        """A page as this person sees it."""
        self.hand.shift(1)
        answer = self.browser(address).get(path)
        assert answer.status_code == status, f"{address} {path}: {answer.status_code} {answer.text[:1500]}"
        return str(answer.text)

    def post(self, address: str, path: str, **fields: Any) -> Any:
        """What follows when this person sends a form."""
        self.hand.shift(1)
        answer = self.browser(address).post(path, data=fields)
        assert answer.status_code < 500, f"{address} {path}: {answer.text[:1500]}"
        return answer

    def api(self, address: str, account_id: str, scope: Scope, method: str, path: str, **more: Any) -> Any:
        """What the API answers a program of this person."""
        self.hand.shift(1)
        if address not in self._tokens:
            with write() as session:
                token = pairing.issue_token(session, account_id, scope, "programme")
            self._tokens[address] = {"Authorization": f"Bearer {token}"}
        headers = self._tokens[address] | more.pop("headers", {})
        return self.app.test_client().open(f"/api/v1{path}", method=method, headers=headers, **more)

    # --- Post ------------------------------------------------------------------------------------------------------------

    def new_mails(self) -> list[Taken]:
        """What came since the last look."""
        taken = self.mail.taken[self.read_until :]
        self.read_until += len(taken)
        return taken


def text_of(mail: Taken) -> str:
    """The words of a mail, on one line."""
    part = mail.message.get_body(("plain",))
    assert part, "every mail has a part in plain text"
    return " ".join(part.get_content().split())


def links(mail: Taken, path: str) -> list[str]:
    """The addresses here that a mail names below `path`, without the host."""
    return re.findall(rf"http://spotter\.test({path}[\w.\-~/]+)", text_of(mail))


@contextmanager
def instance(
    template: Path | str, folder: Path, source: Path | None = None, at: datetime = START
) -> Iterator[tuple[Flask, MailServer, Any, Path]]:
    """A server with its post and a clock that can be moved; with the database `source`, or a new one."""
    with empty_database(template, folder, source) as url, mail_server() as mail:
        more = {"SPOTTER_MAIL_URL": mail.url, "SPOTTER_JOINING": "apply"}
        app = create_app(settings_for(folder, url, **more))
        app.test_client_class = Browser
        app.config["WTF_CSRF_ENABLED"] = False
        with app.app_context(), time_machine.travel(at, tick=False) as hand:
            if db.engine.dialect.name == "sqlite":
                event.listen(db.engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
                db.engine.dispose()
            yield app, mail, hand, folder
            db.session.remove()
            db.engine.dispose()


@contextmanager
def world(template: Path | str, folder: Path, seed: int) -> Iterator[World]:
    """A programme on its first morning."""
    with instance(template, folder) as here:
        with write() as session:
            taking_in.load_lexicon(session)
            importing.import_directory(
                session, read_file(companies_file().replace(b"domains: [mercado.test],", SEARCHED))
            )
        begun = World(*here, seed)
        begun.begin()
        yield begun
