"""POST and GET /api/v1/reports: exactly as the contract says, in its order of checks."""

from typing import Any

from flask import Blueprint, Response, jsonify, request
from marshmallow import Schema
from werkzeug.exceptions import RequestEntityTooLarge

from server.core import payloads, web
from server.core.database import db
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.report import adding, feedback, intake, retracting
from server.ledger.reports import idempotency, store, submission
from server.ledger.reports.schemas import (
    Addition,
    ListQuery,
    NewReport,
    OwnReport,
    OwnReports,
    Receipt,
    Reply,
    Retraction,
)
from server.reads import my_reports

api = Blueprint("reports_api", __name__, url_prefix="/api/v1")


@api.post("/reports")
def create() -> Response:
    """Take in a report. 401 and scope were checked at the gate; then size and type, shape, replay, gate, files.

    What was taken in once is answered so beyond the limit, too: else a lost answer looked like a report not yet kept.
    """
    account = web.current_account()
    raw, parts = read_body()
    key = submission.read_key(request.headers.get("Idempotency-Key"))
    payloads.read_query(Schema)
    stated = payloads.read_json(raw)
    data = payloads.load(NewReport, stated)
    try:
        intake.limit_rate(account.id)
    except Refused:
        answer = idempotency.first_answer(db.session(), account.id, key, submission.content_hash(stated, parts))
        if answer:
            return jsonify(answer)
        raise
    answer, created = intake.receive_report(account.id, key, stated, data, parts)
    response = jsonify(answer)
    response.status_code = 201 if created else 200
    return response


def read_body() -> tuple[bytes, dict[str, bytes]]:
    """The report's JSON as sent, and its files by name. Raises Refused: unsupported, too-large, malformed, invalid."""
    payloads.refuse_encoded()
    if request.mimetype == "application/json":
        return payloads.refuse_large(request.get_data()), {}
    if request.mimetype != "multipart/form-data":
        raise Refused("unsupported", sentence("Send a report as application/json or multipart/form-data."))
    try:
        stated = request.form.getlist("report")
    except RequestEntityTooLarge:
        raise Refused("too-large", sentence("A report is at most 25 MB in total and its JSON at most 1 MB.")) from None
    if any("\ufffd" in text for text in stated) and "\ufffd".encode() not in request.get_data():
        raise Refused(
            "malformed", sentence("The part named report is not in UTF-8.")
        )  # the form's reader has put signs in place
    files = request.files
    sent = [text.encode("utf-8", "surrogatepass") for text in stated] + [f.read() for f in files.getlist("report")]
    if len(sent) != 1:
        if sent:
            raise Refused("malformed", sentence("Send exactly one part named report, with the JSON."))
        detail = sentence("There is no part named report, with the JSON: the upload may have been cut off.")
        raise Refused("malformed", detail)
    unknown = (set(request.form) | set(files)) - submission.PARTS - {"report"}
    if unknown or set(request.form) - {"report"}:
        names = sorted(unknown or set(request.form) - {"report"})
        if not unknown:
            as_file = sentence("This part is a file: send it with a file name.")
            detail = sentence("%(name)s: this part is a file; send it with a file name.", name=names[0])
            raise Refused("invalid", detail, errors={name: [as_file] for name in names})
        detail = sentence("Unknown part: %(name)s.", name=names[0])
        raise Refused("invalid", detail, errors={name: [sentence("Unknown part.")] for name in names})
    parts: dict[str, bytes] = {}
    for name in set(files) - {"report"}:
        if len(files.getlist(name)) > 1:
            detail = sentence("The file %(name)s was sent twice.", name=name)
            raise Refused("invalid", detail, errors={name: [sentence("Sent twice.")]})
        parts[name] = files[name].read()
        if len(parts[name]) > web.settings().max_part:
            raise Refused("too-large", sentence("The file %(name)s is larger than 10 MB.", name=name))
    return payloads.refuse_large(sent[0]), parts


create.described = {  # type: ignore[attr-defined]
    "summary": "Send a report",
    "body": NewReport,
    "query": None,
    "reply": Receipt,
    "status": 201,
    "headers": [
        {"in": "header", "name": "Idempotency-Key", "required": True, "schema": {"type": "string", "format": "uuid"}}
    ],
    "content": {
        "multipart/form-data": {
            "schema": {
                "type": "object",
                "required": ["report"],
                "properties": {"report": {"type": "string"}}
                | {name: {"type": "string", "format": "binary"} for name in sorted(submission.PARTS)},
            }
        }
    },
}


@api.get("/reports")
@payloads.endpoint(summary="My reports, newest first", query=ListQuery, reply=OwnReports)
def index(query: dict[str, Any]) -> dict[str, Any]:
    """The caller's own reports."""
    reports, after = store.own_page(db.session(), web.owner(), query["q"], query["cursor"])
    return {"items": my_reports.shown(db.session(), reports), "next": after}


@api.get("/reports/<report_id>")
@payloads.endpoint(summary="One of my reports", reply=OwnReport)
def show(report_id: str) -> dict[str, Any]:
    """One of the caller's own reports, or 404."""
    return my_reports.shown(db.session(), [store.own(db.session(), web.owner(), report_id)])[0]


@api.post("/reports/<report_id>/replies")
@payloads.endpoint(summary="Answer a coordinator's question", body=Reply, reply=OwnReport, status=201)
def reply(report_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """The spotter answers a question."""
    account_id = web.owner()
    feedback.reply(account_id, report_id, data["text"])
    return my_reports.shown(db.session(), [store.own(db.session(), account_id, report_id)])[0]


@api.post("/reports/<report_id>/retraction")
@payloads.endpoint(summary="Withdraw a report, or say that it was wrong", body=Retraction, reply=OwnReport, status=201)
def retract(report_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """The report is withdrawn; where something is decided on it already, its status stays and a coordinator is told."""
    account_id = web.owner()
    retracting.retract(account_id, report_id, data["why"], data["text"] or "")
    return my_reports.shown(db.session(), [store.own(db.session(), account_id, report_id)])[0]


@api.post("/reports/<report_id>/additions")
@payloads.endpoint(summary="Add to a report", body=Addition, reply=OwnReport, status=201)
def add(report_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """The spotter adds what they have learned since; the report itself stays as it was."""
    account_id = web.owner()
    adding.add(account_id, report_id, data["text"])
    return my_reports.shown(db.session(), [store.own(db.session(), account_id, report_id)])[0]
