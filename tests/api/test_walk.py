"""Every endpoint, with everything sent amiss: whatever comes, the answer is one of ours, never a 500."""

import dataclasses
import functools
import os
import uuid
from collections.abc import Callable
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, redirect, request
from sqlalchemy import select

from server.core import clock
from server.core.database import read, write
from server.journeys.report import complaining
from server.journeys.spotter import closing
from server.ledger.cases.models import CaseDecision
from server.ledger.complaints.models import Complaint
from server.people.accounts.models import Account
from tests import every_state, known_requests, walking
from tests.conftest import PASSWORD, People
from tests.sending import send
from tests.story import decide, flag

# CI draws a few ways for each field, and a few objects for each page; `make faults` covers every pair (see walking.py), in
# about an hour; SPOTTER_WALK=product sends everything about everything as everybody, for whoever has the days.
# SPOTTER_WALK_PART=3/20 walks every twentieth endpoint, from the third: twenty such parts are the whole.
# SPOTTER_WALK_ONLY=accounts.sign_in,cases.decide walks these.
WHOLE = int(os.environ.get("SPOTTER_FAULT_ROUNDS", "0")) >= 50
EXTENT = walking.Extent(os.environ.get("SPOTTER_WALK") or ("pairs" if WHOLE else "sample"))
ONLY = frozenset(filter(None, os.environ.get("SPOTTER_WALK_ONLY", "").split(",")))
PART, _, PARTS = os.environ.get("SPOTTER_WALK_PART", "1/1").partition("/")
DRAWN = {"ways": 2, "objects": 3} if EXTENT == walking.Extent.SAMPLE else {}


def whole_walk(app: Flask, people: People, folder: Path) -> walking.Walker:
    """A walker that knows everybody, and what is right to send."""
    known = list(known_requests.requests(people))
    cookies = every_state.cookies(people, sorted({*walking.PEOPLE, *(target.who for target in known)} - {"nobody"}))
    tokens = every_state.tokens(people)
    return walking.Walker(
        app,
        tokens,
        cookies,
        folder / "mail",
        known=known,
        typed=known_requests.TYPED,
        part=(int(PART), int(PARTS)),
        only=ONLY,
        extent=EXTENT,
        tell=functools.partial(print, flush=True) if EXTENT != walking.Extent.SAMPLE else lambda _: None,
        **DRAWN,
    )


@pytest.mark.timeout(1800 if EXTENT == walking.Extent.SAMPLE else 24 * 3600)
def test_nothing_that_is_sent_is_answered_with_500(
    app: Flask, people: People, report_json: Callable[..., Any], tmp_path: Path
) -> None:
    every_state.build(app, people, report_json())
    walker = whole_walk(app, people, tmp_path)
    walker.learn()
    walker.tell(str({name: len(values) for name, values in walker.pool.items()}))
    walker.tell(f"{len(walker.of_part())} endpoints, {walker.sent} requests to learn them")
    walker.walk()
    app.config["SPOTTER"] = dataclasses.replace(app.config["SPOTTER"], joining="apply")
    mine = walker.of_part()
    if "recruitment.send" in mine:
        walker.visit("nobody", "/apply")
        walker.endpoint_amiss("recruitment.send")
    walker.tell(f"{walker.sent} requests in all")
    assert not walker.failures, "\n".join(f"{what}: {how}" for what, how in walker.failures.items())
    walked = {what.partition(" ")[2] for what in walker.answers}
    assert mine <= walked, mine - walked
    refused = set(walker.refused()) - known_requests.UNTAKEN
    assert not refused, f"refused whatever is sent: {refused}. Say in known_requests.py what is right."


def test_a_walk_says_what_was_refused_whatever_was_sent(app: Flask, people: People, tmp_path: Path) -> None:
    def refusing() -> tuple[str, int]:
        return "No.", 422

    app.config["WTF_CSRF_ENABLED"] = False
    app.view_functions["complaint.send"] = refusing
    walker = walking.Walker(app, {}, {}, tmp_path)
    for path in ("/complaint", "/join"):
        walker.visit("nobody", path)
    for endpoint in ("complaint.send", "accounts.join"):
        walker.endpoint_amiss(endpoint)
    assert walker.refused() == ["complaint.send"]


@pytest.mark.parametrize(
    ("names", "ways", "whose"),
    [(0, 3, "a1"), (1, 1, "a1"), (6, 30, "a1 a2 b2 c3"), (2, 5, "a1 a2 a3 a4 a5 a6 a7 b4"), (9, 2, "a1 b2 c3 d4 e5")],
)
def test_every_pair_is_covered(names: int, ways: int, whose: str) -> None:
    """Fields with ways, ways with objects, fields with roles: by far fewer requests than everything with everything."""
    targets = [walking.Target(who, "", path) for who, path in whose.split()]
    rows = list(walking.covering(list(range(names)), list(range(ways)), targets))
    covered = (
        {(name, way) for name, way, _ in rows},
        {(way, target.path) for _, way, target in rows},
        {(name, target.who) for name, _, target in rows},
    )
    whole = list(product(range(names), range(ways), targets))
    assert covered == (
        {(name, way) for name, way, _ in whole},
        {(way, target.path) for _, way, target in whole},
        {(name, target.who) for name, _, target in whole},
    )
    assert len(rows) <= len(whole)


def test_what_a_refusal_counts_is_forgotten_before_the_next_thing_is_sent(
    app: Flask, people: People, tmp_path: Path
) -> None:
    """Else every way of being amiss after the fifth would meet nothing but the wait of somebody who guesses."""
    app.config["WTF_CSRF_ENABLED"] = False
    walker = walking.Walker(app, {}, {}, tmp_path)
    right = {"email": ["ana@people.test"], "password": [PASSWORD]}
    target = walking.Target("nobody", "accounts.sign_in", "/sign-in", right)
    for _ in range(30):
        walker.form(target, "POST", walking.coded(target) | {"password": (b"a guess",)})
    assert walker.form(target, "POST").status_code == 302


def test_a_page_that_what_was_kept_breaks_is_found(app: Flask, people: People, tmp_path: Path) -> None:
    def keep() -> Any:
        with write() as session:
            session.get_one(Account, people.ids["cora"]).name = "Cora the Second"
        return redirect("/profile")

    def careless() -> str:
        with read() as session:
            return {"Cora": "Cora"}[session.get_one(Account, people.ids["cora"]).name]

    app.view_functions |= {"site.theme": keep, "accounts.profile": careless}
    walker = walking.Walker(app, {}, every_state.cookies(people, ["cora"]), tmp_path)
    assert walker.form(walking.Target("cora", "site.theme", "/theme"), "POST").status_code == 302
    assert list(walker.failures) == ["GET accounts.profile"]
    assert walker.form(walking.Target("cora", "accounts.profile", "/profile"), "GET").status_code == 200, "as it was"


def test_objects_are_of_one_kind_if_the_application_tells_them_apart_in_nothing(
    app: Flask, people: People, report_json: Callable[..., Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    three = [flag(people, report_json(url=f"https://mercado.test/itm/26537048290{i}")) for i in range(3)]
    decide(people, three[2])
    cookies = every_state.cookies(people, ["cora"])
    walker = walking.Walker(app, {}, cookies, tmp_path)
    first, second, decided = (walking.Target("cora", "cases.show", f"/cases/{case_id}") for case_id in three)
    at = clock.now()
    monkeypatch.setattr(clock, "now", lambda: at)  # what is cached is asked once a second whether it is still the same
    walker.form(decided, "GET")
    assert walker.as_meant([first, second, decided], "GET") == [first, decided]


def test_a_walk_finds_a_field_that_nobody_has_listed(app: Flask, people: People, tmp_path: Path) -> None:
    def careless() -> str:
        return str(int(request.args.get("days") or 0))

    app.view_functions["complaint.write"] = careless
    walker = walking.Walker(app, {}, {}, tmp_path)
    target = walking.Target("nobody", "complaint.write", "/complaint")
    walker.fields([target], "GET", walker.as_meant([target], "GET"))
    assert "ValueError" not in walker.failures and "days=" in walker.failures["GET complaint.write"]


def test_every_route_has_an_address_before_any_page_was_read(app: Flask, people: People, tmp_path: Path) -> None:
    walker = walking.Walker(app, {}, {}, tmp_path)
    assert [rule.endpoint for rule in app.url_map.iter_rules() if not list(walker.paths(rule))] == []


def test_after_each_thing_sent_the_world_is_as_it_was(app: Flask, people: People, tmp_path: Path) -> None:
    kept = walking.Kept(app)
    for about in ("https://mercado.test/itm/1", "https://mercado.test/itm/2"):
        complaining.complain(about, "A toy.", "a@people.test")
        closing.close(people.ids["ben"], people.ids["cora"], "Left.")
        kept.restore()
        with read() as session:
            assert session.scalars(select(Complaint.id)).all() == []
            assert session.get_one(Account, people.ids["ben"]).disabled_at is None


@pytest.mark.parametrize("depth", [63, 64, 65, 500, 975, 978, 2000, 50_000])
def test_json_is_read_64_deep_and_refused_beyond(
    app: Flask, people: People, report_json: Callable[..., Any], depth: int
) -> None:
    """The body, `listing` and `structured_data` itself are three."""
    client, inside = app.test_client(), depth - 3
    for deep in ("[" * inside + "]" * inside, '{"a":' * inside + "1" + "}" * inside):
        headers = people.token("ana") | {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"}
        body = walking.dumped(report_json(listing={"structured_data": ["@"]})).replace(b'"@"', deep.encode())
        answer = client.post("/api/v1/reports", data=body, headers=headers)
        assert answer.status_code == (201 if depth <= 64 else 400), answer.text


@pytest.mark.parametrize("url", ["", "javascript:alert(1)", "/seller/birdroom_lx", "x" * 5000, None])
def test_a_seller_s_address_that_is_none_loses_no_report(
    app: Flask, people: People, report_json: Callable[..., Any], url: str | None
) -> None:
    report = report_json(listing={"title": "Parrot", "seller": {"name": "birdroom_lx", "url": url}})
    assert send(app.test_client(), people.token("ana"), report).status_code == 201


@pytest.mark.parametrize(
    ("who", "page"), [("cora", "/cases"), ("cora", "/people"), ("ana", "/reports"), ("mia", "/notices")]
)
@pytest.mark.parametrize("sought", ["x", "%", "é"])
def test_a_search_may_be_of_any_length(people: People, who: str, page: str, sought: str) -> None:
    """SQLite refuses a pattern of more than 50,000 bytes."""
    assert people.browser(who).get(page, query_string={"q": sought * 70_000}).status_code in (200, 422)


def test_a_file_or_json_in_place_of_a_text_is_no_text(people: People) -> None:
    cora = people.browser("cora")
    body = b'--B\r\nContent-Disposition: form-data; name="name"; filename="x"\r\n\r\nx\r\n--B--\r\n'
    for sent, kind in (
        (body, "multipart/form-data; boundary=B"),
        (b'{"name": 7}', "application/json"),
        (b"[7]", "application/json"),
    ):
        answer = cora.post("/rounds/new", data=sent, content_type=kind)
        assert answer.status_code == 422 and "Enter a name for the round." in answer.text


def test_a_choice_of_blanks_is_none(app: Flask, people: People, report_json: Callable[..., Any]) -> None:
    blanks, case_id = " \t\r\n ", flag(people, report_json())
    form = {
        "decision": "hold",
        "why": "other",
        "reason": "Wait.",
        "version": "1",
        "category": blanks,
        "taxa": "Psittacus erithacus",
    }
    assert people.browser("cora").post(f"/cases/{case_id}/decisions", data=form).status_code == 302
    with read() as session:
        assert session.scalars(select(CaseDecision.category)).all() == [None]
    app.config["SPOTTER"] = dataclasses.replace(app.config["SPOTTER"], joining="apply")
    page = walking.Page(app.test_client().get("/apply").text)
    [applied] = [form for _, action, form in page.forms if action == "/apply"]
    asked = {name: blanks for name in applied if name.startswith("question_")}
    answer = app.test_client().post(
        "/apply", data={n: v for n, v in applied.items() if n != "website"} | {"name": "Zephyrine"} | asked
    )
    assert asked and answer.status_code == 200, answer.text
