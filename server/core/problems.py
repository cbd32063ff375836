"""Errors as people and programs see them: RFC 9457 for the API, a page for everybody else."""

import json
import logging

from flask import Flask, Response, make_response, request
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as AnyResponse

from server.core import languages
from server.core.failures import first_line
from server.core.headers import API
from server.core.sentences import sentence
from server.core.web import render, settings
from server.core.words import Refused

log = logging.getLogger(__name__)

STATUS = {
    "malformed": 400,
    "unauthorised": 401,
    "forbidden": 403,
    "not-accredited": 403,
    "not-found": 404,
    "conflict": 409,
    "claimed": 409,
    "in-flight": 409,
    "stale": 409,
    "unrouted": 409,
    "incomplete": 409,
    "gone": 410,
    "too-large": 413,
    "unsupported": 415,
    "invalid": 422,
    "names-a-person": 422,
    "too-many": 429,
    "altered": 500,
    "unavailable": 503,
}
KIND = {400: "malformed", 401: "unauthorised", 403: "forbidden", 404: "not-found", 405: "method", 413: "too-large",
        415: "unsupported", 429: "too-many", 431: "malformed", 503: "unavailable"}  # fmt: skip


def problem(kind: str, status: int, detail: str, errors: dict[str, list[str]], extra: dict[str, object]) -> Response:
    """RFC 9457 for the API, a page that says what happened and what to do for people."""
    if request.path.startswith(API):
        body = _described(kind, status, detail, errors) | {k: v for k, v in extra.items() if k != "retry_after"}
        response = make_response(json.dumps(body), status)
        response.content_type = "application/problem+json"
    else:
        response = render("error.html", status, status=status, kind=kind, detail=detail, errors=errors, extra=extra)
    if "retry_after" in extra or status == 503:
        response.headers["Retry-After"] = str(extra.get("retry_after", 5))
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def title(kind: str) -> str:
    """The title of every problem of this kind: one for a type, whoever refuses (RFC 9457, 3.1.4)."""
    return kind.replace("-", " ").capitalize()


def _described(kind: str, status: int, detail: str, errors: dict[str, list[str]]) -> dict[str, object]:
    body: dict[str, object] = {"type": f"{settings().base_url}/problems/{kind}", "title": title(kind), "status": status}
    body["detail"] = languages.translated(detail)
    if errors:
        body["errors"] = {field: [languages.translated(text) for text in texts] for field, texts in errors.items()}
    return body


def described(refusal: Refused) -> dict[str, object]:
    """A refusal of one item of many, as the problem that it would be alone; `retry_after` stands in it, in seconds."""
    return _described(refusal.kind, STATUS[refusal.kind], refusal.detail, refusal.errors) | refusal.extra


def _refused(refusal: Refused) -> Response:
    return problem(refusal.kind, STATUS[refusal.kind], refusal.detail, refusal.errors, refusal.extra)


HTTP_DETAIL = {
    400: sentence("The request could not be read."),
    404: sentence("Page not found."),
    405: sentence("This address does not accept such a request."),
    413: sentence("This is larger than 25 MB."),
}


def _http(error: HTTPException) -> AnyResponse:
    status = error.code or 500
    if status < 400:
        return error.get_response()
    kind = KIND.get(status, "unexpected")
    response = problem(kind, status, HTTP_DETAIL.get(status, error.description or error.name), {}, {})
    if status == 405:
        response.headers["Allow"] = ", ".join(getattr(error, "valid_methods", None) or [])
    return response


def _forged(_error: CSRFError) -> Response:
    """A form that does not belong to this browser's session: usually one left open overnight, or a browser without cookies."""
    detail = sentence("This page was open for too long, or the browser does not accept cookies.")
    return problem("malformed", 400, detail, {}, {"typed": _typed()} if current_user.is_authenticated else {})


def _typed() -> list[str]:
    """What was written in the form, as far as it is longer than a word."""
    texts = [request.form.get(name, "").strip() for name in ("answer", "words", "reason", "text")]
    return [text for text in texts if " " in text]


def _database(error: DBAPIError | PoolTimeout) -> Response:
    """The database is away, busy or full: nothing was kept, and the caller is told to come back."""
    _log_database(error)
    unavailable = isinstance(error, OperationalError | PoolTimeout)
    return problem("unavailable" if unavailable else "unexpected", 503 if unavailable else 500, NOT_NOW, {}, {})


def _log_database(error: DBAPIError | PoolTimeout) -> None:
    """In one line, with the statement but without its values, which people wrote."""
    if isinstance(error, PoolTimeout):
        log.error("database: %s", error.args[0])
    else:
        log.error("database: %s [%s]", first_line(error), " ".join((error.statement or "").split())[:LONGEST_STATEMENT])


LONGEST_STATEMENT = 200  # characters, in the log
NOT_NOW = sentence("This cannot be saved right now. Nothing is lost; try again in a few seconds.")


def unavailable(error: DBAPIError | PoolTimeout) -> Refused:
    """The problem for one item of many when the database is unavailable, busy or full."""
    _log_database(error)
    return Refused("unavailable", NOT_NOW, retry_after=5)


def _unexpected(error: Exception) -> Response:
    log.exception("unexpected: %s", request.path)
    return problem("unexpected", 500, sentence("Something went wrong on our side. Nothing is lost; try again."), {}, {})


def init_app(app: Flask) -> None:
    """Put our words on every error."""
    app.register_error_handler(Refused, _refused)
    app.register_error_handler(HTTPException, _http)
    app.register_error_handler(CSRFError, _forged)
    app.register_error_handler(DBAPIError, _database)
    app.register_error_handler(PoolTimeout, _database)
    app.register_error_handler(Exception, _unexpected)
