"""What is somebody's own does not exist for anybody else: every address with an id, as its owner and as every stranger."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from server.core import access, endpoints
from server.core.database import db, read
from server.people.accounts.models import Account
from tests import every_state, owners, walking
from tests.conftest import People
from tests.owners import WHOSE, Owned, Shared, Stranger

HOST = "http://spotter.test"
TURNED_AWAY = {302, 401, 403}
KNOWN = {"rounds.my_team"}  # that there is such a round every spotter may know; whose team is whose, none
UNTAKEN = {"POST team_webhooks.replay"}  # whose form names hours around the notices': `known_requests` has it
OWNERS = 2  # of objects of each kind


def test_every_address_with_an_object_has_a_declared_owner(app: Flask) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules() if rule.arguments}
    assert routes - set(WHOSE) == set(), "say in tests/owners.py whose its object is"
    assert set(WHOSE) - routes == set(), "declared, but there is no such route"


def test_what_is_narrowed_by_its_owner_is_declared_to_have_one(app: Flask) -> None:
    for rule in app.url_map.iter_rules():
        if rule.arguments and endpoints.RULES[rule.endpoint].own:
            assert isinstance(WHOSE[rule.endpoint], Owned) or WHOSE[rule.endpoint] is Shared.ASKED, rule.endpoint


class Town:
    """Something in every state, everybody who might come, and who has what."""

    def __init__(self, app: Flask, people: People, report: dict[str, Any]) -> None:
        every_state.build(app, people, report)
        self.app, self.people = app, people
        self.strangers = owners.strangers(app, people)
        with read() as session:
            accounts = {row.id: row for row in session.scalars(select(Account))}
            self.roles = {key: accounts[id_] for key, id_ in people.ids.items()}
            session.expunge_all()
        self.adapter = app.url_map.bind("spotter.test")
        self.kept = walking.Kept(app)
        self.asked = 0

    def send(self, who: Stranger, rule: Any, method: str, values: dict[str, Any], form: dict[str, str]) -> Any:
        """What one of them is answered."""
        client, scopes = self.app.test_client(), endpoints.RULES[rule.endpoint].scopes
        if who.cookie:
            client.set_cookie("session", who.cookie, domain="spotter.test")
        held = next((who.tokens[scope] for scope in scopes if scope in who.tokens and self.may(who, scope)), {})
        sent = ({"json": form} if scopes else {"data": form}) if method == "POST" else {}
        path = self.adapter.build(rule.endpoint, values, method=method)
        self.asked += 1
        return client.open(path, method=method, base_url=HOST, headers=held, buffered=True, **sent)

    def may(self, who: Stranger, scope: Any) -> bool:
        """Whether the scope is one of this person's role; if not, another of their tokens has it."""
        return who.key == "nobody" or access.can(access.SCOPES[scope], self.roles[who.key])

    def let_in(self, who: Stranger, endpoint: str) -> bool:
        """Whether the access table lets this person come to the endpoint at all."""
        declared = endpoints.RULES[endpoint]
        if not declared.action:
            return True
        if who.ended or who.key == "nobody":
            return False
        account = self.roles[who.key]
        if declared.scopes:  # a token manages no team
            return any(self.may(who, scope) for scope in declared.scopes)
        return access.can(declared.action, account)

    def owns(self, who: Stranger, endpoint: str, owner: str) -> bool:
        if who.ended or who.key == "nobody":
            return False
        account, also = self.roles[who.key], endpoints.RULES[endpoint].also
        if also and self.may(who, also):
            return True
        return owner in (account.id, account.company_id)

    def reach(
        self, who: Stranger, rule: Any, method: str, objects: list[dict[str, Any]], form: dict[str, str]
    ) -> set[int]:
        """What its owner is told of one after the other, until something is done: not every object is in a state for it."""
        told: set[int] = set()
        for values in objects:
            told.add(self.send(who, rule, method, values, form).status_code)
            if method == "POST":
                self.kept.restore()
            if min(told) < 400:
                break
        return told

    def everything(self) -> list[Any]:
        db.session.rollback()
        return [
            db.session.execute(table.select().order_by(*table.primary_key.columns)).all()
            for table in db.metadata.sorted_tables
            if table.name not in walking.BULKY | {"heartbeats", "tokens"}
        ]


@pytest.fixture
def town(app: Flask, people: People, report_json: Callable[..., Any]) -> Town:
    app.config["WTF_CSRF_ENABLED"] = False
    return Town(app, people, report_json())


def made_up(values: dict[str, Any]) -> dict[str, Any]:
    """The same address with ids that nothing has."""
    return {name: "f" * 32 if name.endswith("_id") else value for name, value in values.items()}


def same(page: str, values: dict[str, Any]) -> str:
    """What a page says, without its own address."""
    main = re.search(r"<main.*</main>", page, re.DOTALL)
    page = main[0] if main else page
    for value in values.values():
        page = page.replace(str(value), "·")
    return page


@pytest.mark.timeout(900)
def test_what_is_somebodys_own_does_not_exist_for_anybody_else(town: Town) -> None:
    """One town for both: it takes longer to build than to walk."""
    before = town.everything()
    _turned_away(town)
    _objects_of_others(town)
    assert town.everything() == before


def _turned_away(town: Town) -> None:
    """Whoever left, was frozen, lost their team or owes a second factor is nobody, though their session and tokens are kept."""
    faults = []
    for rule in town.app.url_map.iter_rules():
        values = {name: 1 if name == "number" else "f" * 32 for name in rule.arguments} | (rule.defaults or {})
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            for who in town.strangers:
                if town.let_in(who, rule.endpoint) or not (who.ended or who.key == "nobody"):
                    continue
                answer = town.send(who, rule, method, values, {})
                if answer.status_code not in TURNED_AWAY:
                    faults.append(f"{method} {rule.endpoint} as {who.key}: {answer.status_code}")
    assert not faults, "\n".join(faults)


def _objects_of_others(town: Town) -> None:
    """A stranger is told what they would be told about nothing at all, and nothing changes; the owner is let through."""
    reached: dict[str, set[int]] = {}
    faults: list[str] = []
    for rule in town.app.url_map.iter_rules():
        whose = WHOSE.get(rule.endpoint)
        if not isinstance(whose, Owned):
            continue
        rows = db.session.execute(whose.rows).all()
        db.session.rollback()
        assert rows, f"{rule.endpoint}: nobody has one"
        of_whom: dict[str, list[dict[str, Any]]] = {}
        for *of_row, owner in rows:
            of_whom.setdefault(owner, []).append(dict(zip(whose.names, of_row, strict=True)))
        here = [owner for owner in of_whom if any(town.owns(who, rule.endpoint, owner) for who in town.strangers)]
        for owner in here[:OWNERS]:
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                what = f"{method} {rule.endpoint}"
                for who in town.strangers:
                    if town.let_in(who, rule.endpoint) and town.owns(who, rule.endpoint, owner):
                        reached.setdefault(what, set()).update(
                            town.reach(who, rule, method, of_whom[owner], whose.form)
                        )
                        continue
                    values = of_whom[owner][0]
                    answer = town.send(who, rule, method, values, whose.form)
                    told = f"{what} {values} as {who.key}: {answer.status_code}"
                    if not town.let_in(who, rule.endpoint):
                        faults += [told] if answer.status_code not in TURNED_AWAY else []
                        continue
                    nothing = town.send(who, rule, method, made_up(values), whose.form)
                    alike = same(answer.text, values) == same(nothing.text, made_up(values))
                    if (answer.status_code, nothing.status_code, alike or rule.endpoint in KNOWN) != (404, 404, True):
                        faults.append(f"{told}, of nothing {nothing.status_code}, {alike}")
    assert not faults, "\n".join(faults)
    amiss = {what: codes for what, codes in reached.items() if min(codes) >= 400 and what not in UNTAKEN}
    assert not amiss, f"refused to their owners, too: {amiss}"
    assert town.asked > 2000
