"""A walk over every endpoint: what each asks for is learned from the running application, and then sent amiss.

Routes come from `app.url_map`; who may take them from the access table; addresses, objects and forms from the pages, the
mails and the tables themselves; the fields of an endpoint from what it asks its request for; the JSON of the API from its
schemas. So a new route is walked on the day it is written. What no page can tell (what a person would type) is handed in as
`known`: without it a walk would meet refusals only, and never what lies behind them.

A walk is of one of three extents. The *sample* draws a few ways of being amiss for each field, about a few objects. *Pairs* sends
what is right about every object as every role that may take it, and then covers: every field with every way, every way with
every kind of object, and every field with every role. The *product* sends every field in every way, about every kind of
object, as every role. Objects are of one kind if the application answers alike about them, by the same statements to the
database: then they are in the same state as far as this endpoint can tell.
"""

import email
import json
import random
import re
import sqlite3
import time
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from email.policy import SMTP
from enum import StrEnum
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast
from urllib.parse import parse_qsl, quote_from_bytes, urlsplit

from flask import Flask, request
from marshmallow import Schema, fields, validate
from sqlalchemy import event, select, text
from werkzeug.datastructures import ImmutableMultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from server.core import access, endpoints
from server.core.database import db
from server.core.words import Role, Scope

HOST = "spotter.test"
PEOPLE = {"ana": Role.SPOTTER, "cora": Role.COORDINATOR, "mia": Role.COMPANY, "ada": Role.ADMIN}
HOLDERS = {Scope.REPORTS: "ana", Scope.CASES: "cora", Scope.COMPANY: "mia"}
BULKY = {"terms", "taxa", "taxon_names", "taxon_listings", "imports"}  # nothing on a page changes these

# What is sent where a text is expected, as bytes. None: the field is missing; several: it comes more than once.
AMISS: list[tuple[bytes, ...] | None] = [
    None,
    (b"",),
    (b" \t\r\n ",),
    (b"x", b"y"),
    (b"x" * 70_000,),
    (b"a\0b",),
    (b"\xed\xa0\x80",),  # a lone surrogate
    (b"\xff\xfe\x80",),
    (b"-1",),
    (b"0",),
    (b"9223372036854775808",),
    (b"9" * 5000,),
    (b"1e999",),
    (b"NaN",),
    ("²".encode(),),  # a digit to `isdigit`, and none to `int`
    ("٣".encode(),),
    (b"0001-01-01",),
    (b"9999-12-31",),
    (b"2026-02-30",),
    (b"99999-01-01",),
    (b"[" * 2000,),
    (b'{"a": [null]}',),
    (b"%s %(x)s {0} ${y} {{ 7*7 }}",),
    (b"\r\nSet-Cookie: a=b\r\n",),
    ("\u202e\u200b\ufeff👩‍🔬".encode(),),
    (b"f" * 32,),
    (b"//[::1",),
    (b"https://[not-an-address]/\\",),
    (b"http://\xff:99999999/itm/1",),
    (b"a@" + b"b." * 200 + b"test",),
]

# The same for JSON; where it stands the value of a field is replaced.
MISSING = object()
RAW = b"@raw@"  # stands for bytes that no JSON writer would write
JSON_AMISS: list[Any] = [
    MISSING, None, "", " \n", "x" * 70_000, "a\0b", "\ud800", "\U0001f418" * 3000, 0, -1, 2**63, 10**4000, 1.5, 1e308, True, [],
    [[]], {}, {"a": {"b": [None]}}, [None] * 2000, "0001-01-01", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59", "2026-02-30", "²", "//[::1", "https://[x]/", "f" * 32,
]  # fmt: skip
RAW_AMISS = [
    b"NaN", b"Infinity", b"-1e999", b"1e-999", b"9" * 5000, b'"\xff\xfe"', b'"\xed\xa0\x80"', rb'"\ud800"', rb'{"\ud800": 1}',
    rb'{"\u0000": 1}', b'{"a": 1, "a": 2}', *(b"[" * n + b"]" * n for n in (63, 64, 65, 500, 975, 2000)),
    *(b'{"a":' * n + b"1" + b"}" * n for n in (65, 975, 2000)), b"[" * 100_000,
]  # fmt: skip
BODIES = [b"", b"null", b"[]", b'"x"', b"{", b"\xff", b"{}" * 2, b"\xef\xbb\xbf{}", b"[" * 300_000, b'{"a":1e400}']
HEADERS: list[dict[str, str]] = [
    {"Authorization": "Bearer"},
    {"Authorization": "Bearer \xff" + "x" * 5000},
    {"Authorization": "Basic ::::"},
    {"Idempotency-Key": "0" * 5000},
    {"Accept-Language": "x" * 2000 + ",;q=,*;q=nan,en;q=9e999,\xff"},
    {"User-Agent": "\xff" * 3000},
    {"Content-Type": "multipart/form-data"},
    {"Content-Type": "multipart/form-data; boundary=\xff"},
    {"Content-Type": "application/json; charset=utf-99"},
    {"Content-Type": "\xff"},
    {"Content-Encoding": "gzip"},
    {"Content-Length": "-1"},
    {"Cookie": "session=\xff.x.y; theme=\xff; language=\xff; content_language=../../x"},
    {"Cookie": "session=" + "A" * 4000},
    {"If-None-Match": '"' * 1000, "If-Modified-Since": "Thu, 99 Foo 0000", "Range": "bytes=9-1,-0"},
    {"Host": "[::1", "X-Forwarded-For": "\xff,,,"},
    {"Origin": "null", "Referer": "//[", "Sec-Fetch-Site": "\xff", "HX-Request": "true"},
]


class Extent(StrEnum):
    """How much of everything is sent."""

    SAMPLE = "sample"
    PAIRS = "pairs"
    PRODUCT = "product"


class Asked:
    """What each endpoint has asked its requests for."""

    def __init__(self, app: Flask) -> None:
        self.fields: dict[str, dict[str, None]] = defaultdict(dict)  # in the order of asking
        asked = self

        class Listening(ImmutableMultiDict[str, Any]):
            def _hear(self, key: Any) -> None:
                if isinstance(key, str) and request and request.endpoint and key not in ("csrf_token",):
                    asked.fields[request.endpoint].setdefault(key)

            def __getitem__(self, key: Any) -> Any:
                self._hear(key)
                return super().__getitem__(key)

            def __contains__(self, key: Any) -> bool:
                self._hear(key)
                return super().__contains__(key)

            def get(self, key: Any, *more: Any, **options: Any) -> Any:
                self._hear(key)
                return super().get(key, *more, **options)

            def getlist(self, key: Any, *more: Any, **options: Any) -> Any:
                self._hear(key)
                return super().getlist(key, *more, **options)

        class Request(app.request_class):  # type: ignore[name-defined, misc]
            parameter_storage_class = Listening

        app.request_class = Request


class Page(HTMLParser):
    """The links of a page, and its forms with what a browser would send."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.links: list[str] = []
        self.forms: list[tuple[str, str, dict[str, list[str]]]] = []  # method, action, fields
        self._form: dict[str, list[str]] | None = None
        self._head = ("", "")  # its method and action
        self._buttons: list[tuple[str, str, str]] = []  # action, name, value; a browser sends the one that is pressed
        self._select: str | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attributes}
        self.links += [a[name] for name in ("href", "src", "hx-get") if a.get(name)]
        if tag == "form":
            self._form, self._buttons = {}, []
            self._head = (a.get("method", "get").upper(), a.get("action", ""))
        name = a.get("name", "")
        if self._form is None or "form" in a or not (name or self._select or tag == "button"):
            return
        if tag == "select":
            self._select = name
            self._form.setdefault(name, [])
        elif tag == "option" and self._select and a.get("value"):
            self._form[self._select] = [a["value"]] if "selected" in a else self._form[self._select] or [a["value"]]
        elif tag == "textarea":
            self._form[name] = ["A sentence that says why."]
        elif tag == "button" or a.get("type") == "submit":
            if a.get("type", "submit") == "submit":
                self._buttons.append((a.get("formaction", ""), name, a.get("value", "")))
        elif tag == "input" and name != "csrf_token":
            self._put(name, a.get("type", "text"), a)

    def _put(self, name: str, kind: str, a: dict[str, str]) -> None:
        assert self._form is not None
        likely = {"date": "2026-12-31", "number": "4", "email": "new@people.test", "password": "a password of ten"}
        if kind in ("radio", "checkbox"):
            if name not in self._form or "checked" in a:
                self._form[name] = [a.get("value", "on")]
        elif name not in self._form:
            self._form[name] = [a.get("value") or likely.get(kind, (kind == "hidden" and " ") or "Otters")]

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._form is not None:
            (method, action), form = self._head, self._form
            for elsewhere, name, value in dict.fromkeys(self._buttons or [("", "", "")]):
                self.forms.append((method, elsewhere or action, form | ({name: [value]} if name else {})))
            self._form = None
        elif tag == "select":
            self._select = None


@dataclass
class Target:
    """One thing that can be sent: an address as somebody, with what a browser or program would send."""

    who: str
    endpoint: str
    path: str
    form: dict[str, list[str]] = field(default_factory=dict)
    body: Any = None  # JSON
    files: dict[str, bytes] = field(default_factory=dict)


ALIKE = 20  # so many pages of a route in a row show nothing new: no form is sought on the rest of them
STRANGERS = 30  # so many objects are put inside others of which they are none
Kind = tuple[Any, ...]  # of a target: who sent it, what was answered, and what the database was asked


class Statements:
    """What the database was asked since the last request began, however many values were in a list."""

    def __init__(self) -> None:
        self.asked: set[str] = set()
        self.wrote = False  # something was to be added, changed or deleted, whether or not it was committed
        self.met: dict[str, tuple[str, bool]] = {}
        event.listen(db.engine, "before_cursor_execute", self._hear)

    def _hear(self, _connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if LEXICON.search(statement):  # whether it is still the same is asked now and then, whatever the request
            return
        if statement not in self.met:
            self.met[statement] = LISTS.sub("(?)", statement), bool(WRITING.search(statement))
        plain, writes = self.met[statement]
        self.asked.add(plain)
        self.wrote = self.wrote or writes

    def begin(self) -> None:
        self.asked, self.wrote = set(), False


LEXICON = re.compile(r"^SELECT [^,]*\sFROM (?:imports|added_terms)\b")
LISTS = re.compile(r"\((?:\?|%\(\w+\)s(?:::\w+)?)(?:, (?:\?|%\(\w+\)s(?:::\w+)?))*\)")
WRITING = re.compile(r"\bINSERT (?:OR \w+ )?INTO\b|\bUPDATE \S+ SET\b|\bDELETE FROM\b")


@dataclass
class Walker:
    """Sends everything, and remembers which answers were 500 or more."""

    app: Flask
    tokens: dict[Scope, dict[str, str]]
    cookies: dict[str, str]
    mails: Path
    extent: Extent = Extent.PAIRS
    ways: int = 10**9  # of being amiss for each field, drawn anew for each (of a sample)
    objects: int = 10**9  # that an endpoint is walked with, drawn from those of all states
    part: tuple[int, int] = (1, 1)  # which part of how many: endpoints are dealt out in the order of their names
    only: frozenset[str] = frozenset()  # none but these endpoints
    known: list[Target] = field(default_factory=list)  # what a person would send where no page says it
    typed: dict[str, dict[str, Any]] = field(default_factory=dict)  # and into which fields; None: nothing
    tell: Callable[[str], None] = lambda _: None  # how far it is
    people: dict[str, Role] = field(default_factory=lambda: dict(PEOPLE))  # as whom pages are read
    hear: Callable[[str, str, Any], None] = lambda *_: None  # who was answered, what they had sent, and the answer
    failures: dict[str, str] = field(default_factory=dict)
    sent: int = 0
    answers: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def __post_init__(self) -> None:
        self.asked = Asked(self.app)
        self.adapter = self.app.url_map.bind(HOST)
        self.chance = random.Random(7)
        self.pool: dict[str, list[Any]] = defaultdict(list)  # values of the arguments of routes, by name
        self.targets: dict[tuple[Any, ...], list[Target]] = defaultdict(list)  # by endpoint, method and fields
        self.kept = Kept(self.app)
        self.statements = Statements()
        self.visited: dict[tuple[str, str], Kind] = {}  # pages that were read while learning: by whom, and what came

    # --- Sending ---

    def send(
        self, who: str, method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> Any:
        client = self.app.test_client()
        if who in self.cookies:
            client.set_cookie("session", self.cookies[who], domain=HOST)
        headers = {"Host": HOST} | (headers or {})
        environ = {"HTTP_COOKIE": headers.pop("Cookie")} if "Cookie" in headers else {}
        request = {"method": method, "headers": headers, "data": body, "base_url": f"http://{HOST}"}
        self.statements.begin()
        try:  # read to its end: a table is made while it is sent
            answer = client.open(path, **request, environ_overrides=environ, buffered=True)
        except Exception as broken:
            raise AssertionError(f"{method} {path[:300]} as {who}: the answer broke while it was sent") from broken
        self.sent += 1
        self.hear(who, f"{method} {path}", answer)
        self.kind = (who, answer.status_code, self.endpoint(answer.location or ""), frozenset(self.statements.asked))
        endpoint = self.endpoint(path, method)
        self.answers[f"{method} {endpoint}"].add(answer.status_code)
        if answer.status_code >= 500 and endpoint != "site.readyz":
            said = (body or b"")[:300] + (b"" if len(body or b"") < 300 else b" ... " + (body or b"")[-60:])
            broken = f"{answer.status_code} {method} {path[:300]} as {who} {headers} {said!r}"[:1500]
            if self.failures.setdefault(f"{method} {endpoint}", broken) is broken:
                self.tell(broken)
        if self.statements.wrote:  # a refusal may count, too: guesses at a password end in a wait
            if method == "POST" and answer.status_code in (302, 303) and who in self.cookies:  # what was kept is shown
                self.shown(who, client, answer.location)
            self.kept.restore()
        return answer

    def shown(self, who: str, client: Any, location: str) -> None:
        """The page that a browser goes to after a form was taken."""
        answer = client.get(location, base_url=f"http://{HOST}")
        self.hear(who, f"GET {location}", answer)
        if answer.status_code >= 500:
            broken = f"{answer.status_code} GET {location[:300]} as {who}, after a form was taken"
            if self.failures.setdefault(f"GET {self.endpoint(location)}", broken) is broken:
                self.tell(broken)

    def endpoint(self, path: str, method: str = "GET") -> str:
        return self.match(path, method)[0]

    def match(self, address: str, method: str = "GET") -> tuple[str, dict[str, Any]]:
        parts = urlsplit(address) if not address.startswith("//") else urlsplit("/")
        try:
            endpoint, values = self.adapter.match(parts.path or "/", method)
        except (HTTPException, RequestRedirect, ValueError):
            return "nothing", {}
        return str(endpoint), dict(values)

    def refused(self) -> list[str]:
        """The endpoints whose POST nothing has taken: what would be done then was not walked."""
        posts = {
            what.partition(" ")[2]: min(statuses) for what, statuses in self.answers.items() if what[:5] == "POST "
        }
        return sorted(endpoint for endpoint, best in posts.items() if best >= 400 and endpoint != "nothing")

    # --- Learning ---

    def learn(self) -> None:
        """Walk all pages by their links, and keep the forms; then add what no page links to."""
        written = text(
            "rowid" if db.engine.dialect.name == "sqlite" else "ctid"
        )  # ids are random: each walk would draw others
        for table in db.metadata.sorted_tables:
            if table.name not in BULKY and "id" in table.c:
                ids = db.session.scalars(select(table.c.id).order_by(written)).all()
                for name in self.arguments():
                    if name.endswith("_id") and table.name.rstrip("s").endswith(name[:-3]):
                        self.pool[name] += ids
        for name in self.arguments():  # no table's name ends so: an id of every kind
            if name.endswith("_id") and not self.pool[name]:
                for table in db.metadata.sorted_tables:
                    if table.name not in BULKY and "id" in table.c:
                        self.pool[name] += db.session.scalars(select(table.c.id).limit(2)).all()
        db.session.rollback()
        for mail in sorted(self.mails.glob("*.eml")):
            plain = email.message_from_bytes(mail.read_bytes(), policy=SMTP).get_body(("plain",))
            for link in re.findall(rf"http://{HOST}(/\S*)", plain.get_content() if plain else ""):
                self._learn(link)
        for who in (*self.people, "nobody"):
            self._crawl(who)
        for rule in self.app.url_map.iter_rules():
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                for who in self.who(rule.endpoint):
                    for path in self.paths(rule):
                        self._target(who, rule.endpoint, method, path, {})
        for target in self.known:
            group = self.targets[target.endpoint, "POST", tuple(sorted(target.form))]
            group[:] = [target, *(other for other in group if (other.who, other.path) != (target.who, target.path))]

    def arguments(self) -> dict[str, None]:
        return {name: None for rule in self.app.url_map.iter_rules() for name in sorted(rule.arguments)}

    def _learn(self, link: str, method: str = "GET") -> str:
        endpoint, values = self.match(link, method)
        for name, value in values.items():
            for pool in (self.pool[name], self.pool[self.place_of(endpoint, name)]):
                if value not in pool:
                    pool.append(value)
        return endpoint

    def place_of(self, endpoint: str, name: str) -> str:
        """What an argument names: a company's slug is none of a module's. It stands after the word for it in the address."""
        rule = next(iter(self.app.url_map.iter_rules(endpoint)))
        before = re.search(rf"/([^/]*)/<(?:[^:<>]*:)?{name}>", rule.rule)
        return f"{before[1] if before else ''}/{name}"

    def who(self, endpoint: str) -> list[str]:
        """Who may take it: one of each role, or the holder of a token."""
        rule = endpoints.RULES[endpoint]
        if rule.scopes:
            return [HOLDERS[scope] for scope in rule.scopes]
        if not rule.action:
            return ["nobody"]
        return [who for who, role in self.people.items() if role in access.holders(rule.action)]

    def paths(self, rule: Any) -> Iterator[str]:
        """The addresses of a route, over all objects that are known."""
        names = sorted(rule.arguments)
        if not names:
            yield self.adapter.build(rule.endpoint, {}, force_external=False)
            return
        fixed = {name: [value] for name, value in (rule.defaults or {}).items()}  # by which of its routes it is
        pools = [
            fixed.get(name)
            or (not name.endswith("_id") and self.pool[self.place_of(rule.endpoint, name)])
            or self.pool[name]
            or ["x"]
            for name in names
        ]
        most = max(map(len, pools))  # objects inside others: which is whose, the pages say by their links
        for place in range(most if len(names) == 1 else min(most, STRANGERS)):
            values = {name: pool[place % len(pool)] for name, pool in zip(names, pools, strict=True)}
            method = next(iter(sorted(rule.methods - {"HEAD", "OPTIONS"})))
            try:
                yield self.adapter.build(rule.endpoint, values, method=method)
            except Exception:  # an argument of another kind
                values = {name: 1 if isinstance(pool[0], int) else "1" for name, pool in zip(names, pools, strict=True)}
                values |= rule.defaults or {}
                yield self.adapter.build(rule.endpoint, values, method=method)

    def _crawl(self, who: str) -> None:
        starts = [
            path
            for rule in self.app.url_map.iter_rules()
            if "GET" in (rule.methods or ())
            and who in self.who(rule.endpoint)
            and not endpoints.RULES[rule.endpoint].scope
            for path in self.drawn(list(self.paths(rule)), self.objects)
        ]
        waiting: list[str] = starts[::-1]
        seen: dict[tuple[Any, ...], set[tuple[str, str]]] = defaultdict(set)
        counts: dict[str, int] = defaultdict(int)
        kinds: dict[str, set[Kind]] = defaultdict(set)
        alike: dict[str, int] = defaultdict(int)  # pages in a row that were of a kind met before
        while waiting:
            path = waiting.pop()
            parts = urlsplit(path)
            endpoint, values = self.match(path)
            query = parse_qsl(parts.query)
            # Pages of one kind differ by their object and by which panel or tab they show: each of these once, not all together
            shown = {("", ""), *((k, v) for k, v in query if len(v) < 12 and k not in ("q", "next"))}
            what = (endpoint, *values.items())
            if shown <= seen[what] or endpoint in ("nothing", "static") or counts[endpoint] > 3 * self.objects:
                continue
            if alike[endpoint] == ALIKE and self.extent == Extent.PAIRS:
                continue
            seen[what] |= shown
            counts[endpoint] += 1
            for link in self.visit(who, path):
                link = link.removeprefix(f"http://{HOST}")
                if link.startswith("?"):
                    link = parts.path + link
                if link.startswith("/") and not link.startswith("//"):
                    self._learn(link)
                    waiting.append(link.partition("#")[0])
            alike[endpoint] = alike[endpoint] + 1 if self.kind in kinds[endpoint] else 0
            kinds[endpoint].add(self.kind)

    def visit(self, who: str, path: str) -> list[str]:
        """Keep the forms of a page, and return its links."""
        answer = self.send(who, "GET", path)
        self.visited[who, path] = self.kind
        if "?" not in path:
            self._target(who, self.endpoint(path), "GET", path, {})
        if answer.status_code != 200 or answer.mimetype != "text/html":
            return []
        page = Page(answer.text)
        for method, action, form in page.forms:
            action = (action or path).removeprefix(f"http://{HOST}")
            endpoint = self._learn(action, method)
            typed = self.typed.get(endpoint, {})
            form = {name: values for name, values in form.items() if typed.get(name, "") is not None}
            form |= {name: [typed[name]] for name in form.keys() & typed.keys()}
            self._target(who, endpoint, method, action, form)
        return page.links

    def _target(self, who: str, endpoint: str, method: str, path: str, form: dict[str, list[str]]) -> None:
        if endpoint in ("nothing", "static"):
            return
        described = getattr(self.app.view_functions[endpoint], "described", {})
        group = self.targets[endpoint, method, tuple(sorted(form))]
        if (
            not form
            and method == "POST"
            and not described
            and any(k[:2] == (endpoint, method) for k in self.targets if k[2])
        ):
            del self.targets[endpoint, method, ()]  # a page has its form
            return
        if not any(target.who == who and target.path == path for target in group):
            group.append(Target(who, endpoint, path, form, _body(described)))

    # --- Walking ---

    def walk(self) -> None:
        """Everything that can be sent to the endpoints of this part."""
        mine = self.of_part()
        self.everybody_everywhere(mine)
        for endpoint in dict.fromkeys(endpoint for endpoint, _, _ in self.targets if endpoint in mine):
            self.endpoint_amiss(endpoint)
        self.strange(mine)

    def of_part(self) -> set[str]:
        """The endpoints of this part."""
        number, parts = self.part
        every = sorted({rule.endpoint for rule in self.app.url_map.iter_rules()} - {"static"})
        return set(every[number - 1 :: parts]) & (self.only or set(every))

    def endpoint_amiss(self, endpoint: str) -> None:
        """One endpoint with all its methods and forms."""
        for (name, method, _), targets in list(self.targets.items()):
            if name != endpoint:
                continue
            before, began = self.sent, time.process_time()
            taken = self.as_meant(targets, method)
            meant = self.sent - before
            if targets[0].body is not None:
                self.json(targets, taken)
            else:
                self.fields(targets, method, taken)
            sent, spent = self.sent - before, time.process_time() - began
            self.tell(
                f"{method} {endpoint}: {len(targets)} as meant ({meant}), {len(taken)} kinds, {sent} sent, {spent:.1f} s"
            )

    def as_meant(self, targets: list[Target], method: str) -> list[Target]:
        """Send it as a browser or a program would, about one object after the other; the first of each kind.

        What nothing has taken yet is sent on until something does.
        """
        kinds: dict[Kind, Target] = {}
        drawn = self.drawn(targets, self.objects)
        for target in [*drawn, *(target for target in targets if target not in drawn)]:
            key = f"{method} {target.endpoint}"
            if target not in drawn and (method == "GET" or min(self.answers[key], default=999) < 400):
                break
            kinds.setdefault(self.kind_of(target, method), target)
        return list(kinds.values())

    def kind_of(self, target: Target, method: str) -> Kind:
        """What comes of it when it is sent as it is meant; a page that was read while learning is not read again."""
        if method == "GET" and not target.form and (target.who, target.path) in self.visited:
            return self.visited[target.who, target.path]
        if target.body is not None:
            self._json(target, dumped(target.body))
        else:
            self.form(target, method)
        return self.kind

    def rows(
        self, names: list[Any], ways: list[Any], targets: list[Target], taken: list[Target]
    ) -> Iterator[tuple[Any, Any, Target]]:
        """Which field is sent in which way about which object as whom, as far as this walk goes."""
        if self.extent == Extent.PAIRS:
            yield from covering(names, ways, taken)
            return
        for name in names:
            for way in self.drawn(ways, self.ways):
                if self.extent == Extent.PRODUCT:
                    yield from ((name, way, target) for target in taken)
                else:
                    yield name, way, self.chance.choice(taken if self.chance.random() < 0.5 else targets)

    def everybody_everywhere(self, mine: set[str]) -> None:
        """Each route for each role, with objects of its kind and with addresses of none."""
        for rule in self.app.url_map.iter_rules():
            if rule.endpoint not in mine:
                continue
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                path = next(iter(self.paths(rule)))
                for who in (*PEOPLE, "nobody"):
                    self.send(who, method, path)
                if not rule.arguments:
                    continue
                who = self.who(rule.endpoint)[0]
                for amiss in self.drawn(
                    [
                        b"x",
                        b"f" * 32,
                        b"\xff",
                        b"\xed\xa0\x80",
                        b"a\0b",
                        b"x" * 5000,
                        b"..%2f..",
                        b"9" * 400,
                        "²".encode(),
                    ],
                    self.ways,
                ):
                    values = dict.fromkeys(rule.arguments, "AMISS")
                    path = re.sub(r"<(?:[^:>]+:)?[^>]+>", lambda _: "AMISS", rule.rule) if values else path
                    self.send(
                        who,
                        method,
                        path.replace("AMISS", quote_from_bytes(amiss, safe="")),
                        headers=self.token(rule.endpoint, who),
                    )

    def token(self, endpoint: str, who: str) -> dict[str, str]:
        """The header of whoever takes it, of the scope that they hold."""
        scopes = [scope for scope in endpoints.RULES[endpoint].scopes if HOLDERS[scope] == who]
        return dict(self.tokens[scopes[0]]) if scopes else {}

    def drawn(self, ways: list[Any], most: int) -> list[Any]:
        """All, or as many as this walk takes; others for the next field."""
        return ways if len(ways) <= most else self.chance.sample(ways, most)

    def fields(self, targets: list[Target], method: str, taken: list[Target]) -> None:
        """Each field amiss, about one of these objects or another."""
        names = dict.fromkeys([*targets[0].form, *self.asked.fields[targets[0].endpoint]])
        for name, amiss, target in self.rows(list(names), AMISS, targets, taken):
            rest = {n: v for n, v in coded(target).items() if n != name}
            self.form(target, method, rest | ({name: amiss} if amiss is not None else {}))
        if method == "POST" and names:
            target = self.chance.choice(targets)
            self.form(target, method, dict.fromkeys(names, (b"x" * 300,)))
            self.as_files(target, names)
            headers = self.token(target.endpoint, target.who) | {"Content-Type": "application/json"}
            self.send(
                target.who, "POST", target.path, headers=headers, body=json.dumps(dict.fromkeys(names, 7)).encode()
            )

    def form(self, target: Target, method: str, form: dict[str, tuple[bytes, ...]] | None = None) -> Any:
        form = coded(target) if form is None else form
        query = "&".join(
            f"{quote_from_bytes(name.encode())}={quote_from_bytes(value)}"
            for name, values in form.items()
            for value in values
        )
        headers = self.token(target.endpoint, target.who)
        if method == "GET":
            return self.send(target.who, method, f"{urlsplit(target.path).path}?{query}", headers=headers)
        if target.files:
            return self.send(
                target.who, method, target.path, headers=headers | MULTIPART, body=multipart(form, target.files)
            )
        headers["Content-Type"] = "application/x-www-form-urlencoded"
        return self.send(target.who, method, target.path, headers=headers, body=query.encode())

    def as_files(self, target: Target, names: Iterable[str]) -> None:
        """Every field is a file, and the last is cut off."""
        parts = [
            f'--B\r\nContent-Disposition: form-data; name="{name}"; filename="x.txt"\r\n\r\n'.encode() + b"\xff\0x\r\n"
            for name in names
        ]
        headers = self.token(target.endpoint, target.who) | {"Content-Type": "multipart/form-data; boundary=B"}
        for end in (b"--B--\r\n", b"--B\r\nContent-Disposition: form-data; na"):
            self.send(target.who, "POST", target.path, headers=headers, body=b"".join(parts) + end)

    def json(self, targets: list[Target], taken: list[Target]) -> None:
        """Each value at each place amiss."""
        bodies = {place: target.body for target in targets[::-1] for place in places(target.body)}
        every = list(bodies)
        for place, amiss, target in self.rows(every, JSON_AMISS, targets, taken):
            self._json(target, dumped(put(self.body(target, place, bodies), place, amiss)))
        for place, raw, target in self.rows(every, RAW_AMISS, targets, taken):
            self._json(
                target, dumped(put(self.body(target, place, bodies), place, RAW.decode())).replace(b'"%s"' % RAW, raw)
            )
        for body in BODIES:
            self._json(targets[0], body)

    @staticmethod
    def body(target: Target, place: tuple[Any, ...], bodies: dict[tuple[Any, ...], Any]) -> Any:
        """What is right to send, of this object where it has that place."""
        return target.body if place in places(target.body) else bodies[place]

    def _json(self, target: Target, body: bytes) -> Any:
        key = str(uuid.UUID(int=self.chance.getrandbits(128)))
        headers = self.token(target.endpoint, target.who) | {"Content-Type": "application/json", "Idempotency-Key": key}
        return self.send(target.who, "POST", target.path, headers=headers, body=body)

    def strange(self, mine: set[str]) -> None:
        """Strange headers, once for each endpoint and method."""
        once = {key[:2]: group[0] for key, group in self.targets.items() if key[0] in mine}
        for (endpoint, method), target in once.items():
            for headers in self.drawn(HEADERS, self.ways):
                body = b"a=b" if method == "POST" else None
                self.send(
                    target.who, method, target.path, headers=self.token(endpoint, target.who) | headers, body=body
                )


def covering(names: list[Any], ways: list[Any], targets: list[Target]) -> Iterator[tuple[Any, Any, Target]]:
    """Every field in every way, every way about every object, and every field as every role; the same at each run."""
    about: dict[str, list[Target]] = defaultdict(list)
    for target in targets:
        about[target.path].append(target)
    objects, missing = list(about.values()), {(place, target.who) for place in range(len(names)) for target in targets}
    for turn, way in enumerate(ways):
        for place in range(max(len(names), len(objects)) if names else 0):
            those = objects[(place + turn) % len(objects)]
            target = those[turn % len(those)]
            missing.discard((place % len(names), target.who))
            yield names[place % len(names)], way, target
    for turn, (place, who) in enumerate(sorted(missing)):
        yield names[place], ways[turn % len(ways)], next(target for target in targets if target.who == who)


def coded(target: Target) -> dict[str, tuple[bytes, ...]]:
    """A form as a browser would send it, in bytes."""
    return {name: tuple(v.encode("utf-8", "surrogatepass") for v in values) for name, values in target.form.items()}


MULTIPART = {"Content-Type": "multipart/form-data; boundary=B"}


def multipart(form: dict[str, tuple[bytes, ...]], files: dict[str, bytes]) -> bytes:
    """A form with files, as a browser would send it."""
    head = '--B\r\nContent-Disposition: form-data; name="%s"'
    texts = [(head % name).encode() + b"\r\n\r\n" + value for name, values in form.items() for value in values]
    sent = [(head % name + f'; filename="{name}"').encode() + b"\r\n\r\n" + data for name, data in files.items()]
    return b"\r\n".join([*texts, *sent, b"--B--\r\n"])


class Kept:
    """The database as it was, to go back to after each request that changed something."""

    def __init__(self, app: Flask) -> None:
        self.sqlite = db.engine.dialect.name == "sqlite"
        db.session.close()
        if self.sqlite:
            self.copy = sqlite3.connect(":memory:")
            with db.engine.connect() as connection:
                _raw(connection).backup(self.copy)
        else:
            with db.engine.connect() as connection:
                self.rows = {
                    table: [dict(row._mapping) for row in connection.execute(table.select())]
                    for table in db.metadata.sorted_tables
                    if table.name not in BULKY
                }
                self.marks = self._marks(connection)

    def _marks(self, connection: Any) -> dict[str, tuple[int, int]]:
        """What differs of each table on PostgreSQL once a row was added, changed or deleted: the count, the newest writer."""
        newest = "SELECT '{0}', count(*), coalesce(max(xmin::text::bigint), 0) FROM \"{0}\""
        rows = connection.execute(text(" UNION ALL ".join(newest.format(table.name) for table in self.rows)))
        return {name: (count, writer) for name, count, writer in rows}

    def restore(self) -> None:
        db.session.close()
        if self.sqlite:
            with db.engine.connect() as connection:
                connection.rollback()
                self.copy.backup(_raw(connection))
            return
        with db.engine.begin() as connection:
            connection.execute(text("SET LOCAL session_replication_role = replica"))
            now = self._marks(connection)
            for table, rows in self.rows.items():
                if now[table.name] != self.marks[table.name]:
                    connection.execute(text(f'DELETE FROM "{table.name}"'))
                    if rows:
                        connection.execute(table.insert(), rows)
            self.marks = self._marks(connection)


def _raw(connection: Any) -> sqlite3.Connection:
    return cast(sqlite3.Connection, connection.connection.driver_connection)


def _body(described: dict[str, Any]) -> Any:
    """What an endpoint of the API takes: one object, or an array of them."""
    if not described.get("body"):
        return None
    return [example(described["body"])] if described.get("each") else example(described["body"])


def dumped(body: Any) -> bytes:
    """A body as JSON."""
    return json.dumps(body).encode()


# --- JSON from schemas -----------------------------------------------------------------------------------------------


def example(schema: type[Schema]) -> dict[str, Any]:
    """A body as the schema would take it, every field filled."""
    return {name: _example(name, kind) for name, kind in schema().fields.items() if not kind.dump_only}


def _example(name: str, kind: Any) -> Any:
    validators = [kind.validate] if callable(kind.validate) else list(kind.validate or [])
    for validator in validators:
        if isinstance(validator, validate.OneOf):
            return next(iter(validator.choices))
    if isinstance(kind, fields.Nested):
        return example(type(kind.schema))
    if isinstance(kind, fields.List):
        return [] if name == "evidence" else [_example(name, kind.inner)]
    if isinstance(kind, fields.Enum):
        return next(iter(kind.enum)).value
    if isinstance(kind, fields.Boolean):
        return True
    if isinstance(kind, fields.Integer):
        return 1
    if isinstance(kind, fields.DateTime):
        return "2026-11-24T10:00:00Z"
    if isinstance(kind, fields.Date):
        return "2026-11-24"
    if isinstance(kind, (fields.Dict, fields.Raw)) and not isinstance(kind, fields.Str):
        return {"@type": "Product"}
    if "url" in name:
        return "https://mercado.test/itm/grey-parrot/265370482899"
    return {"amount": "12.50", "taxon_id": None, "sha256": "0" * 64, "captured_at": "2026-11-24T10:00:00Z"}.get(
        name, "Six chicks."
    )


def places(body: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Where values stand in a body."""
    children = body.items() if isinstance(body, dict) else enumerate(body) if isinstance(body, list) else ()
    for key, value in children:
        yield (*at, key)
        yield from places(value, (*at, key))


def put(body: Any, place: tuple[Any, ...], value: Any) -> Any:
    """The body with another value at that place; MISSING takes it away."""
    if not place:
        return value
    copy = dict(body) if isinstance(body, dict) else list(body)
    inner = put(copy[place[0]], place[1:], value)
    if inner is MISSING:
        del copy[place[0]]
    else:
        copy[place[0]] = inner
    return copy
