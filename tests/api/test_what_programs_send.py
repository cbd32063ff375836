"""The same thing written otherwise: what a program may send, and what is refused whatever endpoint it is sent to."""

import gzip
import json
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select, update

from server.core import clock
from server.core.database import read, write
from server.core.words import Scope
from server.ledger.cases.models import Case
from server.ledger.reports.models import Report
from server.people.accounts.models import Account
from tests.conftest import People
from tests.sending import send
from tests.story import flag

Make = Callable[..., dict[str, Any]]


def listing(**stated: Any) -> dict[str, Any]:
    return {"listing": {"title": "African grey parrot"} | stated}


@pytest.mark.parametrize(
    "stated",
    [
        {"access": None, "listing": None, "evidence": None, "client": None},
        listing(images=[{"url": None, "alt": "Six chicks", "shown": None}]),
        listing(images=[{"alt": "Six chicks"}, {}]),
        listing(structured_data=[None, {"@type": "Product", "offers": None}]),
    ],
)
def test_all_but_the_required_fields_may_be_absent_or_null(
    client: FlaskClient, people: People, report_json: Make, stated: dict[str, Any]
) -> None:
    answer = send(client, people.token("ana"), report_json(**stated))
    assert answer.status_code == 201, answer.text


A_TIME = "Give a date and a time with its zone, such as 2026-11-24T10:00:00Z."


@pytest.mark.parametrize(
    ("stated", "field", "said"),
    [
        ({"captured_at": None}, "captured_at", "This may not be null."),
        ({"captured_at": "2026-11-24T10:00:00"}, "captured_at", A_TIME),
        ({"captured_at": 1795514400}, "captured_at", A_TIME),
        ({"suspicion": {"category": "live"}}, "suspicion.reason", "This is required."),
        ({"suspicion": []}, "suspicion", "This must be a JSON object."),
        (listing(images="none"), "listing.images", "This must be an array."),
        (listing(title=5), "listing.title", "This must be text."),
        (
            listing(images=[{"shown": {"file": "screenshot", "x": "1", "y": 1, "width": 9, "height": 9}}]),
            "listing.images.0.shown.x",
            "This must be a whole number.",
        ),
    ],
)
def test_the_reason_why_a_field_is_refused_is_in_plain_words(
    client: FlaskClient, people: People, report_json: Make, stated: dict[str, Any], field: str, said: str
) -> None:
    answer = send(client, people.token("ana"), report_json(**stated))
    assert answer.status_code == 422, answer.text
    problem = answer.get_json()
    assert problem["errors"] == {field: [said]}
    assert problem["detail"] == f"{field}: {said}"


def test_the_reason_why_a_field_is_refused_is_in_the_language_of_the_spotter(
    client: FlaskClient, people: People, report_json: Make
) -> None:
    with write() as session:
        session.execute(update(Account).where(Account.id == people.ids["ana"]).values(language="fr"))
    answer = send(client, people.token("ana"), report_json(captured_at=None))
    assert answer.get_json()["errors"] == {"captured_at": ["Ce champ ne peut pas être null."]}


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-11-24t10:00:00z", datetime(2026, 11, 24, 10, tzinfo=UTC)),
        ("2026-11-24T10:00:00.123456789+05:30", datetime(2026, 11, 24, 4, 30, 0, 123456, tzinfo=UTC)),
        ("2016-12-31T23:59:60Z", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
        ("2016-12-31T23:59:60.5Z", datetime(2016, 12, 31, 23, 59, 59, 500000, tzinfo=UTC)),
        ("2017-01-01T05:29:60+05:30", datetime(2016, 12, 31, 23, 59, 59, tzinfo=UTC)),
    ],
)
def test_a_time_is_read_in_every_way_rfc_3339_writes_it(
    client: FlaskClient, people: People, report_json: Make, written: str, meant: datetime
) -> None:
    answer = send(client, people.token("ana"), report_json(captured_at=written))
    assert answer.status_code == 201, answer.text
    with read() as session:
        assert session.scalars(select(Report.captured_at)).one() == meant
    mia = people.token("mia", Scope.COMPANY)
    assert client.get("/api/v1/notices", query_string={"since": written}, headers=mia).status_code == 200


@pytest.mark.parametrize("written", ["2026-11-24T10:60:60Z", "2026-11-24T10:59:61Z", "2026-11-24T10:59:60"])
def test_a_time_that_no_clock_shows_or_without_a_zone_is_refused(
    client: FlaskClient, people: People, report_json: Make, written: str
) -> None:
    assert send(client, people.token("ana"), report_json(captured_at=written)).status_code == 422


@pytest.mark.parametrize("file", [False, True])
def test_json_that_is_too_large_is_413_before_the_key_is_looked_at(
    client: FlaskClient, people: People, file: bool
) -> None:
    ana, huge = people.token("ana"), json.dumps({"url": "x" * (1024 * 1024)})
    assert client.post("/api/v1/reports", headers=ana, data=huge, content_type="application/json").status_code == 413
    boundary = "b"
    named = '; filename="r.json"' if file else ""
    form = f'--{boundary}\r\nContent-Disposition: form-data; name="report"{named}\r\n\r\n{huge}\r\n--{boundary}--\r\n'
    sent_as = f"multipart/form-data; boundary={boundary}"
    assert client.post("/api/v1/reports", headers=ana, data=form, content_type=sent_as).status_code == 413


def test_a_packed_body_is_415_everywhere_and_identity_is_none_whatever_its_case(
    client: FlaskClient, people: People, report_json: Make
) -> None:
    key = {"Idempotency-Key": str(uuid.uuid4())}
    plain = people.token("ana") | key | {"Content-Encoding": "Identity"}
    assert client.post("/api/v1/reports", headers=plain, json=report_json()).status_code == 201
    packed = {"Content-Encoding": "gzip", "Content-Type": "application/json"}
    for path, who in (
        ("/api/v1/reports", people.token("ana") | key),
        ("/api/v1/cases/decisions", people.token("cora", Scope.CASES)),
        ("/api/v1/cases/x/undo", people.token("cora", Scope.CASES)),
        ("/api/v1/notices/answers", people.token("mia", Scope.COMPANY)),
    ):
        answer = client.post(path, headers=who | packed, data=gzip.compress(b"[]"))
        assert answer.status_code == 415, f"{path}: {answer.text}"


def test_a_parameter_sent_twice_is_refused_and_named(client: FlaskClient, people: People) -> None:
    cora = people.token("cora", Scope.CASES)
    answer = client.get("/api/v1/cases?state=open&q=ivory&state=closed", headers=cora)
    assert answer.status_code == 422 and list(answer.json["errors"]) == ["state"]


@pytest.mark.parametrize(
    "stated",
    [
        listing(price={"amount": "24.99\n", "currency": "EUR"}),
        {"evidence": [{"name": "screenshot", "sha256": "0" * 64 + "\n"}]},
    ],
)
def test_a_line_end_behind_a_value_is_no_part_of_it(
    client: FlaskClient, people: People, report_json: Make, stated: dict[str, Any]
) -> None:
    answer = send(client, people.token("ana"), report_json(**stated))
    assert answer.status_code == 422
    assert any("amount" in field or "sha256" in field for field in answer.json["errors"]), answer.text


def test_what_is_optional_of_a_decision_may_be_null(client: FlaskClient, people: People, report_json: Make) -> None:
    case_id = flag(people, report_json())
    with read() as session:
        version = session.get_one(Case, case_id).version
    optional = ["until", "why", "duplicate_of", "taxa", "category", "basis", "law", "policy_reference"]
    decision = dict.fromkeys([*optional, "leave_out", "ad_words", "take_over"])
    decision |= {"decision": "dismiss", "because": "scam", "reason": "A known scam.", "version": version}
    cora = people.token("cora", Scope.CASES)
    claimed = client.post(
        f"/api/v1/cases/{case_id}/claim", headers=cora, json={"take_over": None, "hand_over_to": None}
    )
    assert claimed.status_code == 200, claimed.text
    answer = client.post(f"/api/v1/cases/{case_id}/decisions", headers=cora, json=decision)
    assert answer.status_code == 201, answer.text


def test_what_belongs_to_another_decision_is_refused_and_named(
    client: FlaskClient, people: People, report_json: Make
) -> None:
    """Whoever means to wait with a notice must not send it at once."""
    case_id, cora = flag(people, report_json()), people.token("cora", Scope.CASES)
    version = client.get(f"/api/v1/cases/{case_id}", headers=cora).json["version"]
    tomorrow = (clock.now() + timedelta(days=1)).isoformat()
    decision = {"decision": "notify", "reason": "No papers.", "version": version, "until": tomorrow, "why": "other"}
    answer = client.post(f"/api/v1/cases/{case_id}/decisions", headers=cora, json=decision)
    assert (answer.status_code, list(answer.json["errors"])) == (422, ["until", "why"])
    decision = {
        "decision": "dismiss",
        "because": "scam",
        "reason": "A known scam.",
        "version": version,
        "basis": "illegal",
    }
    many = client.post("/api/v1/cases/decisions", headers=cora, json=[{"case_id": case_id} | decision]).json["items"]
    assert (many[0]["status"], list(many[0]["errors"])) == (422, ["basis"])
    assert client.get(f"/api/v1/cases/{case_id}", headers=cora).json["state"] == "open"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ('{"url": "https://mercado.test/itm/1", "url": "https://mercado.test/itm/2"}', "url"),
        ('{"listing": {"seller": {"name": "a", "name": "a"}}}', "name"),
        ('{"x\\u0000": 1, "x\\u0000": 2}', "x\ufffd"),
        ('{"a": 1, "\\u0061": 2}', "a"),
    ],
)
@pytest.mark.parametrize("path", ["reports", "cases/1/decisions", "cases/decisions"])
def test_a_name_that_stands_twice_in_an_object_is_refused_and_named(
    client: FlaskClient, people: People, body: str, field: str, path: str
) -> None:
    person, scope = ("ana", Scope.REPORTS) if path == "reports" else ("cora", Scope.CASES)
    headers = people.token(person, scope) | {"Idempotency-Key": str(uuid.uuid4()), "Content-Type": "application/json"}
    sent = f"[{body}]" if path == "cases/decisions" else body
    answer = client.post(f"/api/v1/{path}", headers=headers, data=sent)
    assert answer.status_code == 422 and answer.json["errors"] == {field: ["Sent twice."]}
