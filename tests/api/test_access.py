"""Who may do what: every route of `url_map`, every role, and somebody else's object. An undeclared route fails the build."""

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from server.core import access, clock, endpoints
from server.core.database import db, write
from server.core.endpoint_rule import Own, Rule
from server.core.words import Level, Role, RoundState, Scope, Via
from server.journeys.report import answering
from server.journeys.spotter import accrediting, asking_lead, joining
from server.ledger.matches.models import Photo
from server.ledger.notices import link
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Evidence, Report
from server.people.courses import catalogue
from server.people.rounds import store as rounds
from server.people.skill import picture_store
from server.people.skill import store as skill
from server.people.skill.lane import Said
from server.people.training import store as training
from server.reads import picture_lane
from tests import lead_stories
from tests.conftest import PASSWORD, People
from tests.sending import png, send

Make = Callable[..., dict[str, Any]]
REFUSED = {302, 401, 403}  # to the sign-in page, or told so


def test_every_route_is_in_the_table_and_every_line_has_its_route(app: Flask) -> None:
    routes = {rule.endpoint for rule in app.url_map.iter_rules()}
    assert routes - set(endpoints.RULES) == set(), "undeclared"
    assert set(endpoints.RULES) - routes == set(), "declared, but there is no such route"


def test_a_route_without_a_line_is_not_served(app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(endpoints.RULES, "site.privacy")
    assert client.get("/privacy").status_code == 500


class World:
    """Ana's report on a Mercado listing, notified; Otto and Ben own nothing of it."""

    def __init__(self, app: Flask, people: People, report_json: Make, work_all: Callable[[], int]) -> None:
        self.app, self.people = app, people
        client = app.test_client()
        self.report = send(client, people.token("ana"), report_json(), screenshot=png()).json["id"]
        work_all()
        cases = client.get("/api/v1/cases", headers=people.token("cora", Scope.CASES)).json["items"]
        self.case = cases[0]["id"]
        decision = {"decision": "notify", "reason": "Live parrots without papers.", "version": cases[0]["version"]}
        answer = client.post(
            f"/api/v1/cases/{self.case}/decisions", headers=people.token("cora", Scope.CASES), json=decision
        )
        assert answer.status_code == 201, answer.text
        self.notice = db.session.scalars(select(Notice.id)).one()
        with write() as session:
            asked = (people.ids["ana"], "flagging-well", "who-decides", [0, 1, 2, 3], [0], True, clock.now())
            self.practised = training.keep_practice(session, *asked)
            first = next(iter(catalogue.known_listings().values()))
            self.judged = skill.keep_known(session, people.ids["ana"], first, Said.FLAG, "", clock.now())
            picture = next(iter(catalogue.pictures().values()))
            self.picture = picture_lane._token(people.ids["ana"], picture.name)
            self.pictured = picture_store.keep_answer(session, people.ids["ana"], picture, "cannot_tell", clock.now())
            start = clock.now().date()
            plan = rounds.Plan(
                "Round", "", start, start + timedelta(days=6), (10,), (), (), (), RoundState.OPEN, ("Otters",)
            )
            self.round = rounds.write_down(session, plan, people.ids["cora"])
            self.team = rounds.teams(session, self.round)[0].id
            rounds.join(session, self.round, people.ids["ana"], self.team)
            rounds.choose_lead(session, self.round, self.team, people.ids["ana"], people.ids["cora"])
        self.evidence = db.session.scalars(select(Evidence.id)).one()
        self._team(people, report_json, work_all)
        self.browsers = {key: people.browser(key) for key in ("ana", "ben", "cora", "mia", "otto", "ada")}
        self.browsers["nobody"] = app.test_client()

    def _team(self, people: People, report_json: Make, work_all: Callable[[], int]) -> None:
        """Ana leads Eli, who has asked her something, and has sent a photo on probation."""
        people.ids["eli"] = joining.add_account("eli@people.test", "Eli", Role.SPOTTER, PASSWORD)
        lead_stories.lead(people, "eli")
        other = report_json("https://mercado.test/itm/grey-parrot/265370489999")
        self.of_team, _ = lead_stories.reported(people, other, "eli", photo_1=png((300, 300)))
        self.question = asking_lead.ask(people.ids["eli"], "Is this horn?")
        work_all()
        self.photo = db.session.scalars(select(Photo.id).where(Photo.report_id == self.of_team)).one()

    def path(self, rule: Any) -> str:
        values = {
            "report_id": self.report, "case_id": self.case, "notice_id": self.notice, "evidence_id": self.evidence,
            "account_id": self.people.ids["ana"], "name": "screenshot", "token_id": "f" * 32, "token": "nonsense",
            "filename": "spotter.css", "slug": "flagging-well", "module": "flagging-well", "section": "x", "position": 0, "number": 1, "picture": "x.svg",
            "answer_id": self.practised, "given_id": self.judged, "round_id": self.round, "team_id": self.team,
        }  # fmt: skip
        if rule.endpoint.startswith("leads."):
            values |= {"report_id": self.of_team, "question_id": self.question, "photo_id": self.photo}
        if rule.endpoint == "pictures.picture":
            values |= {"token": self.picture, "kind": "blurred"}
        if rule.endpoint == "pictures.answered":
            values["answer_id"] = self.pictured
        if rule.endpoint.startswith("answers."):
            values["token"] = link.answer_url(self.notice).rpartition("/")[2]
        adapter = self.app.url_map.bind("spotter.test")
        return str(
            adapter.build(
                rule.endpoint,
                {name: values.get(name, "x") for name in rule.arguments},
                method=next(iter(rule.methods - {"HEAD", "OPTIONS"})),
            )
        )


@pytest.fixture
def world(app: Flask, people: People, report_json: Make, work_all: Callable[[], int]) -> World:
    return World(app, people, report_json, work_all)


# Afterwards Ana would be signed out, for every route that follows. Everybody else is turned away from them, too.
ENDS_ANA = {"accounts.sign_out", "accounts.freeze", "people.freeze"}
PERSON = {"ana": Role.SPOTTER, "cora": Role.COORDINATOR, "mia": Role.COMPANY, "ada": Role.ADMIN}


def test_every_route_for_every_role(app: Flask, world: World) -> None:
    """Whoever the table does not name is turned away before anything is read; whoever it names is let through."""
    for rule in app.url_map.iter_rules():
        declared = endpoints.RULES[rule.endpoint]
        path = world.path(rule)
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            call: Callable[[FlaskClient], Any] = lambda c, m=method, p=path: c.open(p, method=m, buffered=True)  # noqa: E731
            if declared.scope:
                assert call(world.browsers["cora"]).status_code == 401, f"{path}: a cookie was read"
                for scope, holder in ((Scope.REPORTS, "ana"), (Scope.CASES, "cora"), (Scope.COMPANY, "mia")):
                    headers = world.people.token(holder, scope)
                    answer = world.browsers["nobody"].open(path, method=method, headers=headers)
                    if scope not in declared.scopes:
                        assert answer.status_code == 403, f"{method} {path} with {scope}"
                    else:
                        assert answer.status_code not in (401, 403), f"{method} {path} with {scope}: {answer.text}"
                        assert answer.status_code < 500, f"{method} {path}: {answer.text}"
                continue
            if not declared.action:
                answer = call(world.browsers["nobody"])
                assert answer.status_code != 403 and "/sign-in" not in answer.headers.get("Location", ""), path
                continue
            signed_out = call(app.test_client())
            assert signed_out.status_code in REFUSED, f"{method} {path} signed out: {signed_out.status_code}"
            for key, role in PERSON.items():
                if rule.endpoint in ENDS_ANA and role in access.holders(declared.action):
                    continue
                answer = call(world.browsers[key])
                if role in access.holders(declared.action):
                    assert answer.status_code != 403 and answer.status_code < 500, f"{method} {path} as {key}"
                else:
                    assert answer.status_code == 403, f"{method} {path} as {key}: {answer.status_code}"


def test_somebody_elses_object_is_not_found(app: Flask, world: World) -> None:
    """Ben is a spotter too, Otto answers for another company: what is Ana's or Mercado's does not exist for them."""
    other = {Own.ACCOUNT: ("ben", Scope.REPORTS), Own.COMPANY: ("otto", Scope.COMPANY)}
    owner = {Own.ACCOUNT: ("ana", Scope.REPORTS), Own.COMPANY: ("mia", Scope.COMPANY)}
    tried = 0
    for rule in app.url_map.iter_rules():
        declared = endpoints.RULES[rule.endpoint]
        if not declared.own or not rule.arguments:
            continue
        body = (
            {"json": {"text": "hello", "answer": "removed"}}
            if declared.scope
            else {"data": {"text": "x", "answer": "removed"}}
        )
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            options = body if method == "POST" else {}
            key, scope = other[declared.own]
            if declared.scope:
                if "text" in world.path(rule) or method == "POST":
                    bodies = {"replies": {"text": "x"}, "additions": {"text": "x"}, "retraction": {"why": "mistake"}}
                    options = {"json": bodies.get(rule.rule.rpartition("/")[2], {"answer": "removed"})}
                answer = world.browsers["nobody"].open(
                    world.path(rule), method=method, headers=world.people.token(key, scope), **options
                )
            else:
                answer = world.browsers[key].open(world.path(rule), method=method, **options)
            assert answer.status_code == 404, f"{method} {world.path(rule)} as {key}: {answer.status_code}"
            if method == "GET":
                key, scope = owner[declared.own]
                headers = world.people.token(key, scope) if declared.scope else {}
                browser = world.browsers["nobody" if declared.scope else key]
                assert browser.get(world.path(rule), headers=headers).status_code == 200, f"{world.path(rule)} as {key}"
            tried += 1
    assert tried >= 8


def test_an_endpoint_that_never_asks_whose_it_is_answers_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A view that narrows its query by another id than `web.owner` gives, or by none, is found by its first request."""
    assert world.browsers["ana"].get("/skill").status_code == 200
    monkeypatch.setitem(endpoints.RULES, "skill.mine", Rule("lane.answer", own=Own.ACCOUNT))
    answer = world.browsers["ana"].get("/skill")
    assert answer.status_code == 500
    assert world.browsers["ada"].get("/skill").status_code == 403, "who may not come is told so"


def test_an_owner_is_asked_for_only_where_the_table_names_one(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(endpoints.RULES, "reports.index", Rule("reports.follow"))
    assert world.browsers["ana"].get("/reports").status_code == 500


def test_nothing_of_one_company_shows_to_another(world: World) -> None:
    for path in ("/notices", "/notices?q=parrot"):
        page = world.browsers["otto"].get(path)
        assert page.status_code == 200 and "African grey parrot" not in page.text
    listed = world.browsers["nobody"].get("/api/v1/notices", headers=world.people.token("otto", Scope.COMPANY))
    assert listed.json == {"items": [], "next": None}


def test_no_company_ever_sees_a_spotter_or_a_coordinator(world: World) -> None:
    shown = [
        world.browsers["mia"].get("/notices").text,
        world.browsers["mia"].get(f"/notices/{world.notice}").text,
        world.browsers["nobody"].get("/api/v1/notices", headers=world.people.token("mia", Scope.COMPANY)).text,
    ]
    for page in shown:
        for secret in (
            "Ana",
            "ana@people.test",
            "Cora",
            "cora@people.test",
            world.people.ids["ana"],
            "Six chicks at once",
        ):
            assert secret not in page, secret


def test_get_changes_nothing(app: Flask, world: World) -> None:
    def everything() -> list[Any]:
        db.session.rollback()
        return [
            db.session.execute(table.select().order_by(*table.primary_key.columns)).all()
            for table in db.metadata.sorted_tables
            if table.name not in ("heartbeats",)
        ]

    people = [world.browsers[key] for key in ("ana", "cora", "mia", "ada", "nobody")]
    before = everything()
    for rule in app.url_map.iter_rules():
        if "GET" in (rule.methods or set()) and not endpoints.RULES[rule.endpoint].scope:
            for browser in people:
                browser.get(world.path(rule))
    assert everything() == before


def test_rights_end_at_once(app: Flask, world: World, report_json: Make) -> None:
    ana = world.people.token("ana")
    client = world.browsers["nobody"]
    accrediting.suspend(world.people.ids["ana"], world.people.ids["cora"], "While we talk.")
    refused = send(client, ana, report_json(), str(uuid.uuid4()))
    assert refused.status_code == 403 and "suspended" in refused.json["detail"]
    accrediting.reinstate(world.people.ids["ana"], world.people.ids["dan"], "We have talked.")
    assert send(client, ana, report_json(), str(uuid.uuid4())).status_code == 201


def test_nobody_accredits_themselves_and_only_coordinators_accredit(people: People) -> None:
    from server.core.words import Refused

    for by in ("ben", "ada", "mia"):
        with pytest.raises(Refused) as refused:
            accrediting.accredit(people.ids["ben"], people.ids[by], "Because.", Level.PROBATION, waive_exam=True)
        assert refused.value.kind == "forbidden"
    with pytest.raises(Refused) as untrained:
        accrediting.accredit(people.ids["ben"], people.ids["cora"], "Because.", Level.PROBATION)
    assert untrained.value.kind == "conflict"


def test_an_answer_is_only_the_companys_own(world: World) -> None:
    from server.core.words import Refused

    company = db.session.scalars(select(Notice.company_id)).one()
    with pytest.raises(Refused):
        answering.answer_notice(world.notice, {"answer": "removed"}, Via.PORTAL, world.people.ids["otto"], "f" * 32)
    answering.answer_notice(world.notice, {"answer": "removed"}, Via.PORTAL, world.people.ids["mia"], company)
    db.session.rollback()
    assert db.session.scalars(select(Report.status).where(Report.id == world.report)).one() == "removed"
