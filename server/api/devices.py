"""Pairing a device: RFC 8628's endpoints, with its own form bodies and error bodies."""

from flask import Blueprint, Response, jsonify, request
from marshmallow import Schema

from server.api.device_schemas import DeviceCode, DeviceError, DeviceToken
from server.core import web
from server.core.database import write
from server.core.words import Scope
from server.people.accounts import pairing
from server.people.accounts.devices import browser_name

api = Blueprint("accounts_api", __name__, url_prefix="/api/v1")

CLIENT = "cyber-spotter-extension"
GRANT = "urn:ietf:params:oauth:grant-type:device_code"


@api.post("/device/authorize")
def authorize() -> Response:
    """A device asks for a code to show."""
    form = _stated()
    if form is None:
        return _error("invalid_request", 400)
    if form.get("client_id") != CLIENT:
        return _error("invalid_client", 401)
    if form.get("scope", Scope.REPORTS) != Scope.REPORTS:
        return _error("invalid_scope", 400)
    label = form.get("label", "").replace("\x00", "").strip()[:60]
    label = label or browser_name(request.headers.get("User-Agent", ""))
    with write() as session:
        device_code, grant = pairing.authorize_device(session, label)
        code = f"{grant.user_code[:4]}-{grant.user_code[4:]}"
    page = web.absolute("accounts.device")
    return jsonify(
        device_code=device_code,
        user_code=code,
        verification_uri=page,
        verification_uri_complete=f"{page}?user_code={code}",
        expires_in=int(pairing.DEVICE_LASTS.total_seconds()),
        interval=pairing.DEVICE_INTERVAL,
    )


@api.post("/device/token")
def token() -> Response:
    """The device asks whether a person has answered."""
    form = _stated()
    if form is None or "grant_type" not in form or "device_code" not in form:
        return _error("invalid_request", 400)
    if form["grant_type"] != GRANT:
        return _error("unsupported_grant_type", 400)
    if form.get("client_id") != CLIENT:
        return _error("invalid_client", 401)
    answer = pairing.redeem_device(form["device_code"])
    if "error" in answer:
        return _error(answer["error"], 400)
    return jsonify(access_token=answer["access_token"], token_type="Bearer", scope=Scope.REPORTS)  # noqa: S106


def _stated() -> dict[str, str] | None:
    """The form as RFC 6749, 3.2 reads it: what has no value is not there. None: something stands in it twice."""
    if any(len(values) > 1 for values in request.form.listvalues()):
        return None
    return {name: value for name, value in request.form.items() if value}


def _described(summary: str, reply: type[Schema], *required: str, **optional: dict[str, object]) -> dict[str, object]:
    """A form and its refusals, both in RFC 8628's own way."""
    properties = {name: {"type": "string"} for name in required} | optional
    form = {"type": "object", "properties": properties, "required": list(required)}
    refused = {"description": "Refused", "content": {"application/json": {"schema": DeviceError}}}
    return {
        "summary": summary, "body": None, "query": None, "reply": reply, "status": 200,
        "content": {"application/x-www-form-urlencoded": {"schema": form}},
        "refusals": {"400": refused, "401": refused},
    }  # fmt: skip


authorize.described = _described(  # type: ignore[attr-defined]
    "Ask for a code to pair a device (RFC 8628)", DeviceCode, "client_id",
    scope={"type": "string", "enum": [Scope.REPORTS.value]}, label={"type": "string"},
)  # fmt: skip
token.described = _described(  # type: ignore[attr-defined]
    "Poll for the device's token (RFC 8628)", DeviceToken, "client_id", "grant_type", "device_code"
)


def _error(code: str, status: int) -> Response:
    response = jsonify(error=code)
    response.status_code = status
    return response
