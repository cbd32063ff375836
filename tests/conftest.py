"""The rig: a migrated database, a fresh data folder, named people, and a worker run by hand.

Ana and Ben are spotters, Cora and Dan coordinators, Mia answers for Mercado, Otto for Tradepost, Ada runs the machine.
`pytest --postgresql` runs the same tests on PostgreSQL, on a server the rig starts (or the one SPOTTER_TEST_POSTGRESQL names).
"""

import gc
import hashlib
import os
import shutil
import socket
import uuid
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from argon2 import PasswordHasher, profiles
from flask import Flask
from flask.testing import FlaskClient
from flask_migrate import upgrade
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy import Engine, delete, select
from sqlalchemy.engine.default import DefaultDialect
from sqlalchemy.orm import Session
from sqlalchemy.util import LRUCache
from werkzeug.routing import Rule

from server import create_app
from server.core import clock, config, recurring, work
from server.core.database import db, write
from server.core.outbox import Work
from server.core.words import Level, Role, Scope
from server.journeys.spotter import accrediting, joining
from server.ledger.companies import importing
from server.ledger.companies.models import Company
from server.ledger.companies.schemas import read_file
from server.ledger.species import store as species
from server.ledger.species import taking_in
from server.people.accounts import pairing, passwords
from server.people.accounts.models import Account
from server.people.accreditation.models import StandingMail
from tests import postgresql

PASSWORD = "a password of ten"
ROOT = Path(__file__).parents[1]
MADE_OF = (  # what the template database depends on
    "migrations/**/*.py", "server/ledger/species/**/*.py", "server/ledger/species/**/*.yaml",
    "server/core/audit.py", "server/core/database.py", "server/core/folding.py", "server/core/unmasking.py",
)  # fmt: skip
MEMORY = Path("/dev/shm")
ROOM = 4 * 2**30  # bytes that must be free there
DELIVERIES = {f"test_{what}.py" for what in ("delivery", "webhooks", "worker_death", "reminders", "digest")}
PEOPLE = {
    "ana": ("Ana", Role.SPOTTER, None),
    "ben": ("Ben", Role.SPOTTER, None),
    "cora": ("Cora", Role.COORDINATOR, None),
    "dan": ("Dan", Role.COORDINATOR, None),
    "mia": ("Mia", Role.COMPANY, "mercado"),
    "otto": ("Otto", Role.COMPANY, "tradepost"),
    "ada": ("Ada", Role.ADMIN, None),
}


def verified() -> date:
    """A day on which contacts were confirmed: not so long ago that they would be asked again."""
    return (clock.now() - timedelta(days=20)).date()


def companies_file() -> bytes:
    """The two companies, their contacts confirmed."""
    return f"""
companies:
  - slug: mercado
    name: Mercado
    policy_url: https://mercado.test/rules/wildlife
    platforms:
      - {{slug: mercado, name: Mercado, domains: [mercado.test], listing: '/itm/(?:[^/]+/)?(?P<id>\\d{{9,}})'}}
    spocs:
      - {{name: Trust and Safety, email: spoc@mercado.test, languages: [en], channel: mail, verified: {verified()}}}
  - slug: tradepost
    name: Tradepost
    policy_url: https://tradepost.test/rules
    platforms:
      - {{slug: tradepost, name: Tradepost, domains: [tradepost.test], listing: '/ad/(?P<id>\\d+)'}}
    spocs:
      - {{name: Listings desk, email: desk@tradepost.test, languages: [en], channel: mail, verified: {verified()}}}
""".encode()


@pytest.hookimpl(trylast=True)
def pytest_configure(config: pytest.Config) -> None:
    """Keep the databases of a run in memory where there is room: every commit waits for the disk, and a run has many.

    pytest-rerunfailures asks over a socket, before each test, how often it has failed. It must not wait for the operating
    system to gather small packets: that takes 40 ms a test.
    """
    if connection := getattr(getattr(config, "failures_db", None), "sock", None):
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    if MEMORY.is_dir() and shutil.disk_usage(MEMORY).free > ROOM:
        os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--postgresql", action="store_true", help="run on PostgreSQL instead of SQLite")
    parser.addoption(
        "--sample",
        choices=("in", "out"),
        help="a sixth of the API tests, and of these and of deliveries the first case of each; or the other API tests; of the mutations a third",
    )


def pytest_collection_finish() -> None:
    _set_apart()


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What may take longest begins first: at the end no process is left alone with it."""
    if wanted := config.getoption("--sample"):
        of_api = [item for item in items if item.path.is_relative_to(ROOT / "tests" / "api")]
        deliveries = [item for item in items if item.path.name in DELIVERIES]
        chosen = {item for name, item in _first_cases(of_api).items() if _hash(name) % 6 == 0}
        first = set(_first_cases(deliveries).values())
        left_out = chosen if wanted == "out" else {*of_api, *deliveries} - chosen - first
        left_out |= {item for item in items if _is_mutation(item) and _hash(item.nodeid) % 3}
        config.hook.pytest_deselected(items=list(left_out))
        items[:] = [item for item in items if item not in left_out]
    items.sort(key=lambda item: -max((mark.args[0] for mark in item.iter_markers("timeout")), default=0))


def _first_cases(items: list[pytest.Item]) -> dict[str, pytest.Item]:
    """The first case of each test, by the test's name."""
    first: dict[str, pytest.Item] = {}
    for item in items:
        first.setdefault(item.nodeid.partition("[")[0], item)
    return first


def _hash(name: str) -> int:
    """What chooses tests: the same ones each time, and a new test without a list to keep."""
    return crc32(name.encode())


def _is_mutation(item: pytest.Item) -> bool:
    """Whether it shows that another test can fail: it is marked as a mutation, or its parameter of that name says so."""
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    return item.get_closest_marker("mutation") is not None or bool(parameters.get("mutation"))


FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    item.stash[FAILED] = item.stash.get(FAILED, False) or report.failed
    return report


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> None:
    """A second try begins with new fixtures: those of the module or the session may still hold what the first try did.

    pytest-rerunfailures keeps them; a browser that is paired, for example, cannot be paired again.
    """
    if item.stash.get(FAILED, False) and getattr(item, "execution_count", 0) == 1:
        item.session._setupstate.teardown_exact(None)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Why a test was tried a second time: one that then passes would else take its reason with it."""
    for report in terminalreporter.getreports("rerun"):
        terminalreporter.write_sep("-", f"tried again: {report.nodeid}")
        crash = getattr(report.longrepr, "reprcrash", None)
        terminalreporter.write_line(str(crash)[:1000] if crash else report.longreprtext[-1000:])
        for name, text in report.sections:
            terminalreporter.write_line(f"{name}:\n{text[:2000]}")


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> None:
    """Argon2 at its cheapest: the tests are about everything else."""
    passwords._hasher = PasswordHasher.from_parameters(profiles.CHEAPEST)


class CompiledTemplates(BytecodeCache):
    """Compiled templates, kept for as long as the tests run: each test has an application of its own."""

    def __init__(self) -> None:
        self.kept: dict[str, Any] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        bucket.code = self.kept.get(bucket.key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.kept[bucket.key] = bucket.code


@pytest.fixture(scope="session", autouse=True)
def compiled_once() -> None:
    """Templates and routes are the same in every test's application: they are compiled in the first that needs them."""
    Flask.jinja_options = {"bytecode_cache": CompiledTemplates()}
    compile_rule, made = Rule.compile, dict[Any, dict[str, Any]]()

    def once(rule: Rule) -> None:
        key = rule.rule, rule.subdomain, repr(rule.defaults), rule.merge_slashes, rule.strict_slashes
        if key not in made:
            compile_rule(rule)
            made[key] = {name: getattr(rule, name) for name in ("_parts", "_trace", "_converters", "arguments")}
            made[key] |= {name: getattr(rule, name).__func__ for name in ("_build", "_build_unknown")}
        for name, value in made[key].items():
            setattr(rule, name, value.__get__(rule) if name.startswith("_build") else value)

    Rule.compile = once  # type: ignore[method-assign]


@pytest.fixture(scope="session", autouse=True)
def one_statement_cache() -> None:
    """Statements are the same in every test's application: each is compiled once, whatever engine runs it.

    The key of a compiled statement holds its dialect, and all that are of one class are set up alike here.
    """
    cache: LRUCache[Any, Any] = LRUCache(20_000)
    Engine._compiled_cache = property(lambda engine: cache, lambda engine, own: None)
    DefaultDialect.__hash__ = lambda dialect: hash(type(dialect))  # type: ignore[method-assign]
    DefaultDialect.__eq__ = lambda dialect, other: type(dialect) is type(other)  # type: ignore[method-assign]


@pytest.fixture(scope="session", autouse=True)
def one_lexicon() -> None:
    """The shipped lexicon is the same in every test's database: what is slow to make of it is made once."""
    for cached in (species._lexicon, species._matcher, species._words, species._spoken):
        cached.make = _once(cached.make)


def _once(make: Callable[[Session, str], Any]) -> Callable[[Session, str], Any]:
    made: dict[str, Any] = {}

    def once(session: Session, version: str) -> Any:
        _, added_terms, exports = [*version.split(" "), "0"][:3]
        if added_terms or exports != "0":  # not what ships
            return make(session, version)
        if version not in made:
            made[version] = make(session, version)
            _set_apart()
        return made[version]

    return once


def _set_apart() -> None:
    """What there is now stays until the end: else the collector walks through all of the lexicon again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def template(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path | str]:
    """A migrated database with the shipped lexicon to copy from: a file, or the address of a PostgreSQL server that holds it."""
    folder = tmp_path_factory.mktemp("template")
    if request.config.getoption("--postgresql"):
        with postgresql.server() as address:
            postgresql.create(address, "template_spotter")
            _migrate(settings_for(folder, f"{address}/template_spotter"))
            yield address
    else:
        path = folder / "spotter.sqlite3"
        made_before = _made_before()
        if made_before.exists():
            shutil.copy(made_before, path)
        else:
            _migrate(settings_for(folder, f"sqlite:///{path}"))
            _keep(path, made_before)
        yield path


def _made_before() -> Path:
    """Where the SQLite template of these migrations and this lexicon is kept from one run to the next: it takes some seconds."""
    digest = hashlib.sha256((ROOT / "requirements.txt").read_bytes())
    for pattern in MADE_OF:
        for file in sorted(ROOT.glob(pattern)):
            digest.update(str(file.relative_to(ROOT)).encode() + file.read_bytes())
    return ROOT / ".pytest_cache" / "template" / f"{digest.hexdigest()}.sqlite3"


def _keep(path: Path, kept: Path) -> None:
    kept.parent.mkdir(parents=True, exist_ok=True)
    for older in kept.parent.glob("*.sqlite3"):
        if older != kept:
            older.unlink(missing_ok=True)
    under_way = kept.with_suffix(f".{uuid.uuid4().hex}")
    shutil.copy(path, under_way)
    under_way.replace(kept)  # several processes of one run may make it


def _migrate(settings: config.Settings) -> None:
    app = create_app(settings)
    with app.app_context():
        upgrade()
        with write() as session:
            taking_in.load_lexicon(session)
        _close()


def _close() -> None:
    """Leave a database that can be copied."""
    if db.engine.dialect.name == "sqlite":
        with db.engine.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    db.engine.dispose()


def _companies() -> None:
    with write() as session:
        importing.import_directory(session, read_file(companies_file()))


def settings_for(folder: Path, database_url: str, **more: str) -> config.Settings:
    """Settings of an instance of its own, as the environment would give them."""
    environment = {
        "SPOTTER_DATA_DIR": str(folder),
        "SPOTTER_DATABASE_URL": database_url,
        "SPOTTER_REPORTS_PER_MINUTE": "0",
        "SPOTTER_SECRET_KEY": "a secret for tests only",
        "SPOTTER_BASE_URL": "http://spotter.test",
        "SPOTTER_FACTOR_DAYS": "-1",  # nobody is asked for a second factor, however far the clock is moved
        "SPOTTER_UNDO_SECONDS": "0",  # a decision takes effect at once, but where the wait is what is tested
    }
    return config.read(environment | more)


@contextmanager
def empty_database(template: Path | str, folder: Path, source: Path | str | None = None) -> Iterator[str]:
    """The address of a database that holds the lexicon and nothing else, or what `source` holds: a file in `folder`, or one
    on the PostgreSQL server."""
    if isinstance(template, Path):
        shutil.copy(source or template, folder / "spotter.sqlite3")
        yield f"sqlite:///{folder / 'spotter.sqlite3'}"
    else:
        name = "t" + uuid.uuid4().hex
        postgresql.create(template, name, str(source or "template_spotter"))
        yield f"{template}/{name}"
        postgresql.drop(template, name)


class Inhabited:
    """Copies of the template in which the companies and people of the rig stand already: making them takes longer than most
    tests. One is made anew after a minute of the test's own clock, which may be moved, so that nobody is older or younger than
    a test can tell."""

    LIFE = timedelta(minutes=1)

    def __init__(self, template: Path | str, folder: Path) -> None:
        self._template, self._folder = template, folder
        self._made: list[tuple[bool, datetime, Path | str]] = []

    def source(self, people: bool) -> Path | str:
        """What to copy from: with the companies alone, or also with the `people`."""
        now = clock.now()
        for with_people, at, source in reversed(self._made):
            if with_people == people and timedelta(0) <= now - at <= self.LIFE:
                return source
        self._made.append((people, now, self._make(people)))
        return self._made[-1][2]

    def _make(self, people: bool) -> Path | str:
        name = f"template_{uuid.uuid4().hex}"
        folder = self._folder / name
        folder.mkdir()
        if isinstance(self._template, Path):
            source: Path | str = shutil.copy(self._template, folder / "spotter.sqlite3")
            address = f"sqlite:///{source}"
        else:
            postgresql.create(self._template, name, "template_spotter")
            source, address = name, f"{self._template}/{name}"
        app = create_app(settings_for(folder, address))
        with app.app_context():
            _companies()
            if people:
                People(app)
            db.session.remove()
            _close()
        return source


@pytest.fixture(scope="session")
def inhabited(template: Path | str, tmp_path_factory: pytest.TempPathFactory) -> Inhabited:
    return Inhabited(template, tmp_path_factory.mktemp("inhabited"))


@pytest.fixture
def database_url(
    request: pytest.FixtureRequest, template: Path | str, inhabited: Inhabited, tmp_path: Path
) -> Iterator[str]:
    """A database of this test's own: with the lexicon, and what the fixtures `app` and `people` add to it."""
    source = None
    if "app" in request.fixturenames:
        source = inhabited.source(people="people" in request.fixturenames)
    with empty_database(template, tmp_path, source) as address:
        yield address


@pytest.fixture
def settings(database_url: str, tmp_path: Path) -> config.Settings:
    """This test's settings. A test that needs others gives its own fixture of this name."""
    return settings_for(tmp_path, database_url)


class Browser(FlaskClient):
    """Each request gets a context of its own, as in life; else one would inherit the account of the one before."""

    def open(self, *args: Any, **options: Any) -> Any:
        with self.application.app_context():
            return super().open(*args, **options)


@pytest.fixture
def app(settings: config.Settings) -> Iterator[Flask]:
    """The application, with the lexicon and two companies, inside an app context."""
    app = create_app(settings)
    app.test_client_class = Browser
    with app.app_context():
        if not db.session.scalar(select(Company.id).limit(1)):
            _companies()
        db.session.remove()
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser or program without any session."""
    return app.test_client()


class People:
    """Everybody by name: their id, a signed-in browser, a token."""

    def __init__(self, app: Flask) -> None:
        self.app = app
        standing = {account.email: account.id for account in db.session.scalars(select(Account))}
        db.session.remove()
        self.ids = {key: standing[f"{key}@people.test"] for key in PEOPLE} if standing else self._join()

    @staticmethod
    def _join() -> dict[str, str]:
        ids = {
            key: joining.add_account(f"{key}@people.test", name, role, PASSWORD, company)
            for key, (name, role, company) in PEOPLE.items()
        }
        accrediting.accredit_by_email(
            "ana@people.test",
            "cora@people.test",
            "For the tests.",
            Level.TRUSTED,
            waive_exam=True,
            second="dan@people.test",
        )
        with write() as session:  # no test counts on a mail about how Ana came to be trusted
            session.execute(delete(Work).where(Work.kind.in_(("mail_second", "mail_standing"))))
            session.execute(delete(StandingMail))
        return ids

    def browser(self, key: str) -> FlaskClient:
        """A browser in which this person is signed in; forms need no forgery token in it."""
        self.app.config["WTF_CSRF_ENABLED"] = False
        client = self.app.test_client()
        answer = client.post("/sign-in", data={"email": f"{key}@people.test", "password": PASSWORD})
        assert answer.status_code == 302, answer.text
        return client

    def token(self, key: str, scope: Scope = Scope.REPORTS) -> dict[str, str]:
        """The header of a program that acts for this person."""
        with write() as session:
            return {"Authorization": f"Bearer {pairing.issue_token(session, self.ids[key], scope, 'tests')}"}


@pytest.fixture
def people(app: Flask) -> People:
    """Ana (trusted), Ben (not accredited), Cora, Dan, Mia, Otto, Ada."""
    return People(app)


@pytest.fixture
def work_all(app: Flask) -> Callable[[], int]:
    """Run the worker once over everything that is due."""

    def run() -> int:
        recurring.heartbeat()
        return work.run_due()

    return run


@pytest.fixture
def report_json() -> Callable[..., dict[str, Any]]:
    """A report as the extension sends it; keyword arguments replace parts of it."""

    def make(url: str = "https://mercado.test/itm/grey-parrot/265370482805", **more: Any) -> dict[str, Any]:
        return {
            "url": url,
            "captured_at": "2026-11-24T10:00:00Z",
            "access": "public",
            "listing": {
                "title": "African grey parrot, hand tame, 6 available",
                "description": "Beautiful congo chicks. Papers can be arranged, message me on the other app.",
                "price": {"amount": "1250.00", "currency": "EUR", "text": "€ 1,250 each"},
                "seller": {"name": "birdroom_lx", "url": "https://mercado.test/seller/birdroom_lx"},
            },
            "suspicion": {
                "category": "live",
                "species": "",
                "taxon_id": None,
                "legality_evidence": "none",
                "confidence": "likely",
                "reason": "Six chicks at once, papers 'can be arranged'.",
            },
        } | more

    return make
