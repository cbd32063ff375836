"""Intake, exactly as the contract says: order of checks, refusals that leave nothing behind, and what is harmless."""

import gzip
import io
import json
import struct
import time
import uuid
import zlib
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from server.core import vault
from server.core.audit import AuditRow
from server.core.database import db
from server.core.words import Scope
from server.ledger.reports.models import Evidence, IdempotencyKey, Report
from tests.conftest import People
from tests.sending import png, send

Make = Callable[..., dict[str, Any]]


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it is 50,000 x 50,000 pixels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 50_000, 50_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def page_copies(app: Flask, why: str) -> None:
    from dataclasses import replace

    app.config["SPOTTER"] = replace(app.config["SPOTTER"], page_copy=why)


def count() -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(Report)) or 0


def test_anas_report_is_kept_and_she_can_read_it_back(client: FlaskClient, people: People, report_json: Make) -> None:
    ana = people.token("ana")
    answer = send(client, ana, report_json(), screenshot=png())
    assert answer.status_code == 201, answer.text
    receipt = answer.json
    assert set(receipt) == {"id", "reference", "status", "received_at"}
    assert receipt["reference"].startswith("R-") and receipt["status"] == "received"
    read = client.get(f"/api/v1/reports/{receipt['id']}", headers=ana).json
    assert read["title"] == "African grey parrot, hand tame, 6 available"
    assert read["feedback"] == [] and read["outcome"] is None
    listed = client.get("/api/v1/reports", headers=ana).json
    assert [item["id"] for item in listed["items"]] == [receipt["id"]] and listed["next"] is None


def test_the_same_key_and_content_gets_the_first_answer_again(
    client: FlaskClient, people: People, report_json: Make
) -> None:
    ana, key = people.token("ana"), str(uuid.uuid4())
    first = send(client, ana, report_json(), key, screenshot=png())
    again = send(client, ana, report_json(), key, screenshot=png())
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json == again.json and count() == 1


def test_a_key_reused_for_something_else_is_refused(client: FlaskClient, people: People, report_json: Make) -> None:
    ana, key = people.token("ana"), str(uuid.uuid4())
    send(client, ana, report_json(), key)
    other = send(client, ana, report_json("https://mercado.test/itm/111111111111"), key)
    picture = send(client, ana, report_json(), key, screenshot=png())
    assert (other.status_code, picture.status_code) == (422, 422) and count() == 1


def test_only_a_201_uses_up_a_key(client: FlaskClient, people: People, report_json: Make) -> None:
    ana, key = people.token("ana"), str(uuid.uuid4())
    assert send(client, ana, report_json(url="file:///etc/passwd"), key).status_code == 422
    assert send(client, ana, report_json(), key).status_code == 201


def test_two_people_may_use_the_same_key(client: FlaskClient, people: People, report_json: Make) -> None:
    key = str(uuid.uuid4())
    first = send(client, people.token("ana"), report_json(), key)
    second = send(client, people.token("cora"), report_json(), key)
    assert first.status_code == 201 and second.status_code == 403  # Cora is not accredited; she never sees Ana's answer
    assert first.json["id"] not in second.text


def test_ben_who_is_not_accredited_hears_where_to_train(client: FlaskClient, people: People, report_json: Make) -> None:
    answer = send(client, people.token("ben"), report_json(), screenshot=png())
    assert answer.status_code == 403 and answer.content_type == "application/problem+json"
    assert answer.json["type"].endswith("/not-accredited")
    assert answer.json["training_url"] == "http://spotter.test/training"
    assert "training" in answer.json["detail"]
    assert count() == 0


def test_without_a_token_or_with_the_wrong_scope(client: FlaskClient, people: People, report_json: Make) -> None:
    assert send(client, {}, report_json()).status_code == 401
    assert send(client, {"Authorization": "Bearer cs_nonsense"}, report_json()).status_code == 401
    wrong = send(client, people.token("cora", Scope.CASES), report_json())
    assert wrong.status_code == 403 and not wrong.json["type"].endswith("/not-accredited")


def test_a_session_cookie_is_never_read_by_the_api(people: People, report_json: Make) -> None:
    assert send(people.browser("ana"), {}, report_json()).status_code == 401


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("javascript:alert(1)", "http"),
        ("file:///etc/passwd", "http"),
        ("https://", ""),
        ("https://user:pass@mercado.test/itm/265370482805", ""),
        ("https://mercado.test\\@evil.test/", ""),
        ("https://mercado.test/a\nb", ""),
        ("https://mercado.test/" + "a" * 4096, ""),
        ("", ""),
    ],
)
def test_addresses_that_are_refused(
    client: FlaskClient, people: People, report_json: Make, url: str, message: str
) -> None:
    answer = send(client, people.token("ana"), report_json(url=url))
    assert answer.status_code == 422 and "url" in answer.json["errors"], answer.text
    assert message in answer.text and count() == 0


@pytest.mark.parametrize(
    "url",
    ["http://ebay.com.evil.example/itm/265370482805", "https://еbay.com/itm/265370482805", "http://192.0.2.7/itm/1"],
)
def test_look_alike_hosts_are_accepted_and_never_routed(
    client: FlaskClient, people: People, report_json: Make, url: str
) -> None:
    assert send(client, people.token("ana"), report_json(url=url)).status_code == 201
    case = client.get("/api/v1/cases", headers=people.token("cora", Scope.CASES)).json["items"][0]
    assert case["company"] is None
    decision = {"decision": "notify", "reason": "Looks like ivory.", "version": case["version"]}
    answer = client.post(
        f"/api/v1/cases/{case['id']}/decisions", headers=people.token("cora", Scope.CASES), json=decision
    )
    assert answer.status_code == 409 and answer.json["type"].endswith("/unrouted")


def deep(report: dict[str, Any], path: str, value: Any) -> dict[str, Any]:
    copy = json.loads(json.dumps(report))
    place = copy
    *way, last = path.split(".")
    for name in way:
        place = place[name]
    place[last] = value
    return copy


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("listing.title", "x" * 1001),
        ("listing.description", "x" * 20001),
        ("listing.images", [{"url": "https://a.test/1.jpg"}] * 101),
        ("suspicion.reason", ""),
        ("suspicion.reason", "   "),
        ("suspicion.reason", "x" * 2001),
        ("suspicion.category", "animal"),
        ("suspicion.confidence", "very"),
        ("access", "secret"),
        ("captured_at", "yesterday"),
        ("captured_at", "2026-11-24T10:00:00"),
        ("listing.title", "a\u0000b"),
        ("suspicion.reason", "a\ud800b"),
        ("colour", "red"),
        ("listing.colour", "red"),
        ("suspicion", None),
        ("evidence", [{"name": "screenshot", "sha256": "00"}]),
        ("listing.price", {"amount": "1,250", "currency": "EUR"}),
        ("listing.price", {"amount": "١٢", "currency": "EUR"}),
    ],
)
def test_bad_fields_are_named_and_nothing_is_kept(
    client: FlaskClient, people: People, report_json: Make, path: str, value: Any
) -> None:
    answer = send(client, people.token("ana"), deep(report_json(), path, value))
    assert answer.status_code == 422, answer.text
    assert answer.content_type == "application/problem+json" and answer.json["detail"]
    assert count() == 0


def test_text_at_its_limit_is_kept_whole(client: FlaskClient, people: People, report_json: Make) -> None:
    ana = people.token("ana")
    long = deep(deep(report_json(), "listing.title", "x" * 1000), "listing.description", "象" * 20000)
    answer = send(client, ana, deep(long, "suspicion.reason", "r" * 2000))
    assert answer.status_code == 201, answer.text
    report = db.session.scalars(select(Report)).one()
    assert (
        len(report.title or "") == 1000 and len(report.listing["description"]) == 20000 and len(report.reason) == 2000
    )


@pytest.mark.parametrize(
    "body",
    [b"{", b"[1", b"\xff\xfe", b'{"url": NaN}', b"null", b"[]", b'"x"', b"[" * 100_000, b'{"a":' * 50_000, b"1" * 5000],
)
def test_malformed_json_is_refused(client: FlaskClient, people: People, body: bytes) -> None:
    headers = people.token("ana") | {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"}
    answer = client.post("/api/v1/reports", headers=headers, data=body)
    assert answer.status_code in (400, 422), answer.text
    assert count() == 0


def test_a_number_that_no_json_can_hold_again_is_refused(
    client: FlaskClient, people: People, report_json: Make
) -> None:
    body = json.dumps(deep(report_json(), "listing.structured_data", ["@"])).replace('"@"', "-1e999")
    headers = people.token("ana") | {"Idempotency-Key": str(uuid.uuid4())}
    answer = client.post("/api/v1/reports", headers=headers, data=body, content_type="application/json")
    assert (answer.status_code, answer.json["detail"]) == (422, "The number -1e999 is too large."), answer.text
    assert count() == 0


def test_a_form_in_another_encoding_is_refused_and_no_sign_is_put_in_place(
    client: FlaskClient, people: People, report_json: Make
) -> None:
    text = json.dumps(deep(report_json(), "suspicion.reason", "Défense"), ensure_ascii=False)
    for encoding, status in (("cp1252", 400), ("utf-8", 201)):
        part = (
            b'--x\r\nContent-Disposition: form-data; name="report"\r\n\r\n' + text.encode(encoding) + b"\r\n--x--\r\n"
        )
        headers = people.token("ana") | {"Idempotency-Key": str(uuid.uuid4())}
        answer = client.post(
            "/api/v1/reports", headers=headers, data=part, content_type="multipart/form-data; boundary=x"
        )
        assert answer.status_code == status, answer.text
    assert db.session.scalars(select(Report.reason)).one() == "Défense"
    kept = deep(report_json(), "suspicion.reason", "\ufffd was on the page")
    form = {"report": json.dumps(kept, ensure_ascii=False)}
    headers = people.token("ana") | {"Idempotency-Key": str(uuid.uuid4())}
    answer = client.post("/api/v1/reports", headers=headers, data=form, content_type="multipart/form-data")
    assert answer.status_code == 201, answer.text


def test_no_key_or_a_key_that_is_no_uuid(client: FlaskClient, people: People, report_json: Make) -> None:
    ana = people.token("ana")
    assert client.post("/api/v1/reports", headers=ana, json=report_json()).status_code == 400
    bad = client.post("/api/v1/reports", headers=ana | {"Idempotency-Key": "1"}, json=report_json())
    assert bad.status_code == 400 and count() == 0


def test_unknown_parameters_types_and_sizes(client: FlaskClient, people: People, report_json: Make) -> None:
    ana = people.token("ana") | {"Idempotency-Key": str(uuid.uuid4())}
    assert client.post("/api/v1/reports?debug=1", headers=ana, json=report_json()).status_code == 422
    assert client.post("/api/v1/reports", headers=ana, data=b"x", content_type="text/plain").status_code == 415
    assert client.post("/api/v1/reports", headers=ana, json={"url": "x" * (1024 * 1024)}).status_code == 413
    huge = client.post("/api/v1/reports", headers=ana, data=b"x" * (30 * 1024 * 1024), content_type="application/json")
    assert huge.status_code == 413 and huge.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/api/v1/reports?page=2", headers=people.token("ana")).status_code == 422
    assert client.get("/api/v1/openapi.json?page=2").status_code == 422
    gzipped = client.post("/api/v1/reports", headers=ana | {"Content-Encoding": "gzip"}, json=report_json())
    assert gzipped.status_code == 415 and count() == 0


def test_files_must_be_what_they_say(app: Flask, client: FlaskClient, people: People, report_json: Make) -> None:
    page_copies(app, "For this test.")
    ana = people.token("ana")
    lie = report_json(evidence=[{"name": "screenshot", "sha256": "0" * 64}])
    cases = {
        "a hash that lies": send(client, ana, lie, screenshot=png()),
        "no picture": send(client, ana, report_json(), screenshot=b"<html>hello</html>"),
        "an SVG": send(client, ana, report_json(), screenshot=b"<svg xmlns='http://www.w3.org/2000/svg'/>"),
        "cut off": send(client, ana, report_json(), screenshot=png((300, 300))[:200]),
        "a bomb": send(client, ana, report_json(), screenshot=bomb()),
        "a page that is no gzip": send(client, ana, report_json(), page=b"<html>"),
        "announced, not sent": send(client, ana, lie),
        "an unknown part": send(client, ana, report_json(), avatar=png()),
    }
    for what, answer in cases.items():
        assert answer.status_code == 422, f"{what}: {answer.text}"
        assert answer.json["errors"], what
    large = send(client, ana, report_json(), screenshot=png() + b"\0" * (11 * 1024 * 1024))
    assert large.status_code == 413
    assert count() == 0 and not list(vault.root().rglob("*")), "nothing is left behind"


def test_the_form_finds_the_address_in_what_an_app_shares(people: People) -> None:
    ana, known = people.browser("ana"), {"category": "part", "reason": "Ivory."}
    shared = {"url": "Look! https://mercado.test/itm/265370482805.", "key": str(uuid.uuid4())}
    assert ana.post("/reports/new", data=known | shared).status_code == 201
    assert db.session.scalar(select(Report.url)) == "https://mercado.test/itm/265370482805"
    two = {"url": "https://mercado.test/itm/1 or https://mercado.test/itm/2", "key": str(uuid.uuid4())}
    refused = ana.post("/reports/new", data=known | two)
    assert refused.status_code == 422 and "a report is about one ad" in refused.text and count() == 1
    assert 'value="https://mercado.test/itm/1 or https://mercado.test/itm/2"' in refused.text


def test_the_form_takes_pictures_of_the_size_it_says(client: FlaskClient, people: People) -> None:
    form = {
        "key": str(uuid.uuid4()), "url": "https://mercado.test/itm/265370482805", "category": "part", "reason": "Ivory.",
        "pictures": (io.BytesIO(png() + b"x" * 10 * 1024 * 1024), "large.png"),
    }  # fmt: skip
    answer = people.browser("ana").post("/reports/new", data=form)
    assert answer.status_code == 413 and "This picture is larger than 10 MB." in answer.text
    assert count() == 0


def test_hostile_text_is_data(client: FlaskClient, people: People, report_json: Make) -> None:
    ana = people.token("ana")
    title = "<script>alert(1)</script>\r\nBcc: spy@evil.test =?UTF-8?Q?=0A?="
    answer = send(client, ana, deep(report_json(), "listing.title", title))
    assert answer.status_code == 201
    assert client.get(f"/api/v1/reports/{answer.json['id']}", headers=ana).json["title"] == title
    page = people.browser("ana").get(f"/reports/{answer.json['id']}")
    assert page.status_code == 200 and "<script>alert" not in page.text


def test_one_case_whatever_the_address_looks_like(client: FlaskClient, people: People, report_json: Make) -> None:
    ana = people.token("ana")
    for url in (
        "https://mercado.test/itm/grey-parrot/265370482805",
        "https://www.mercado.test/itm/265370482805?hash=item3dc#photos",
        "http://MERCADO.test./itm/other-words/265370482805?utm_source=x",
    ):
        assert send(client, ana, report_json(url=url)).status_code == 201
    cases = client.get("/api/v1/cases", headers=people.token("cora", Scope.CASES)).json["items"]
    assert [(case["report_count"], case["company"]) for case in cases] == [(3, "mercado")]


def test_the_worker_makes_copies_and_nobody_sees_the_original(
    client: FlaskClient, people: People, report_json: Make, work_all: Callable[[], int]
) -> None:
    receipt = send(client, people.token("ana"), report_json(), screenshot=png((400, 300))).json
    browser = people.browser("ana")
    address = f"/reports/{receipt['id']}/pictures/screenshot"
    assert browser.get(address).status_code == 404  # not prepared yet
    work_all()
    blurred, clear = browser.get(address), browser.get(address + "?look=1")
    assert blurred.mimetype == clear.mimetype == "image/webp" and blurred.data != clear.data
    evidence = db.session.scalars(select(Evidence)).one()
    assert vault.read(evidence.sha256) == png((400, 300)) and clear.data != vault.read(evidence.sha256)


def test_foreign_reports_are_not_found(client: FlaskClient, people: People, report_json: Make) -> None:
    receipt = send(client, people.token("ana"), report_json()).json
    assert client.get(f"/api/v1/reports/{receipt['id']}", headers=people.token("ben")).status_code == 404
    assert people.browser("ben").get(f"/reports/{receipt['id']}").status_code == 404
    assert client.get("/api/v1/reports/nonsense", headers=people.token("ana")).status_code == 404


def test_pages_of_reports_follow_each_other(client: FlaskClient, people: People, report_json: Make) -> None:
    ana = people.token("ana")
    for number in range(53):
        assert send(client, ana, report_json(url=f"https://mercado.test/itm/{100000000 + number}")).status_code == 201
    first = client.get("/api/v1/reports", headers=ana).json
    second = client.get(f"/api/v1/reports?cursor={first['next']}", headers=ana).json
    assert (len(first["items"]), len(second["items"]), second["next"]) == (50, 3, None)
    assert not {item["id"] for item in first["items"]} & {item["id"] for item in second["items"]}


def test_old_keys_are_forgotten(app: Flask, client: FlaskClient, people: People, report_json: Make) -> None:

    from server.core import clock
    from server.journeys.report import intake

    send(client, people.token("ana"), report_json())
    intake.forget_keys()
    assert db.session.scalar(select(func.count()).select_from(IdempotencyKey)) == 1
    with time_machine.travel(clock.now().timestamp() + 31 * 24 * 3600):
        intake.forget_keys()
    db.session.rollback()
    assert db.session.scalar(select(func.count()).select_from(IdempotencyKey)) == 0


def test_at_most_so_many_reports_a_minute(app: Flask, client: FlaskClient, people: People, report_json: Make) -> None:
    from dataclasses import replace

    app.config["SPOTTER"] = replace(app.config["SPOTTER"], reports_per_minute=3)
    ana = people.token("ana")
    answers = [send(client, ana, report_json(url=f"https://mercado.test/itm/{200000000 + n}")) for n in range(5)]
    assert [answer.status_code for answer in answers] == [201, 201, 201, 429, 429]
    wait = int(answers[-1].headers["Retry-After"])
    assert 50 <= wait <= 60 and "still on your device" in answers[-1].json["detail"]
    with time_machine.travel(time.time() + wait, tick=True):
        assert send(client, ana, report_json(url="https://mercado.test/itm/300000001")).status_code == 201, "as told"


def test_a_lost_answer_is_had_beyond_the_limit_too(
    app: Flask, client: FlaskClient, people: People, report_json: Make
) -> None:
    from dataclasses import replace

    app.config["SPOTTER"] = replace(app.config["SPOTTER"], reports_per_minute=1)
    ana, key = people.token("ana"), str(uuid.uuid4())
    first = send(client, ana, report_json(), key)
    again = send(client, ana, report_json(), key)
    assert (first.status_code, again.status_code, again.json) == (201, 200, first.json)
    assert send(client, ana, report_json(), str(uuid.uuid4())).status_code == 429
    assert send(client, ana, {}, str(uuid.uuid4())).status_code == 422, "what has no shape is told so"


@pytest.mark.parametrize(
    ("change", "where"),
    [({"url": "https://mercado.test/\x00"}, "url"), ({"listing": {"description": "a\ud83d"}}, "listing.description"),
     ({"listing": {"structured_data": [{"a": [{"b\x00": 1}]}]}}, "listing.structured_data.0.a.0.b\ufffd")],
)  # fmt: skip
def test_what_cannot_be_kept_is_named(
    client: FlaskClient, people: People, report_json: Make, change: Any, where: str
) -> None:
    answer = send(client, people.token("ana"), report_json(**change))
    assert answer.status_code == 422
    assert answer.json["errors"] == {where: ["The text contains a NUL or an invalid character."]}


@pytest.mark.parametrize(
    ("body", "message"),
    [(b'--x\r\nContent-Disposition: form-data; name="report"\r\n\r\n{', "may have been cut off"),
     (b'--x\r\nContent-Disposition: form-data; name="report"\r\n\r\n{}\r\n--x\r\nContent-Disposition: form-data; name="screenshot"\r\n\r\nabc\r\n--x--\r\n', "screenshot: this part is a file")],
)  # fmt: skip
def test_a_broken_upload_is_told_what_is_broken(client: FlaskClient, people: People, body: bytes, message: str) -> None:
    headers = people.token("ana") | {"Idempotency-Key": str(uuid.uuid4())}
    answer = client.post("/api/v1/reports", data=body, headers=headers, content_type="multipart/form-data; boundary=x")
    assert message in answer.json["detail"]


def test_errors_before_the_app_carry_cors_too(client: FlaskClient) -> None:
    preflight = client.options(
        "/api/v1/reports", headers={"Origin": "chrome-extension://x", "Access-Control-Request-Method": "POST"}
    )
    assert preflight.status_code == 200 and "Idempotency-Key" in preflight.headers["Access-Control-Allow-Headers"]
    for answer in (client.get("/api/v1/nowhere"), client.delete("/api/v1/reports"), client.get("/api/v1/reports")):
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert answer.content_type == "application/problem+json", answer.text


def test_the_number_a_page_states_is_kept_and_joins_no_other_listing(
    client: FlaskClient, people: People, report_json: Make
) -> None:
    """What a listing is known by comes from its address: a page that states another's number is still another page."""
    ana = people.token("ana")
    for url in ("https://mercado.test/itm/265370482805", "https://mercado.test/about?ad=265370482805"):
        assert send(client, ana, deep(report_json(url=url), "listing.number", "265370482805")).status_code == 201
    kept = db.session.scalars(select(Report)).all()
    assert {report.listing["number"] for report in kept} == {"265370482805"} and len({r.case_id for r in kept}) == 2
    assert send(client, ana, deep(report_json(), "listing.number", "x" * 101)).status_code == 422


def test_no_copy_of_a_page_is_kept_unless_the_deployment_says_why(
    app: Flask, client: FlaskClient, people: People, report_json: Make
) -> None:
    ana, page, key = people.token("ana"), gzip.compress(b"<html>an ad</html>"), str(uuid.uuid4())
    assert client.get("/api/v1/vocabulary", headers=ana).json["page_copy"] is False, "the extension takes none"
    assert send(client, ana, report_json(), page=b"no gzip").status_code == 422, (
        "whoever sends one is told what is wrong"
    )
    assert send(client, ana, report_json(), page=page).status_code == 201
    assert count() == 1 and not list(vault.root().rglob("*")), "the report stands, and nothing of the page"

    page_copies(app, "Court orders here ask for the page itself.")
    assert client.get("/api/v1/vocabulary", headers=ana).json["page_copy"] is True
    assert send(client, ana, report_json(), key, page=page).status_code == 201
    assert len([path for path in vault.root().rglob("*") if path.is_file()]) == 1
    db.session.rollback()
    noted = select(AuditRow).where(AuditRow.action == "report_received").order_by(AuditRow.seq)
    copies = [row.detail["page_copy"] for row in db.session.scalars(noted)]
    assert copies == ["not kept", "Court orders here ask for the page itself."], "on record beside each"

    page_copies(app, "")
    assert send(client, ana, report_json(), key, page=page).status_code == 200, "what was taken is acknowledged still"


def test_a_reused_key_leaves_nothing_of_the_other_picture(
    client: FlaskClient, people: People, report_json: Make
) -> None:
    ana, key = people.token("ana"), str(uuid.uuid4())
    assert send(client, ana, report_json(), key).status_code == 201
    assert send(client, ana, report_json(), key, screenshot=png()).status_code == 422
    assert not list(vault.root().rglob("*")), "refused, and nothing left behind"
