"""What touches HTTP and belongs to no room: who is asking, what they may, how requests are read and pages look."""

import json
import logging
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any, Protocol, cast
from urllib.parse import quote, urlsplit

import flask_login
from flask import (
    Flask,
    Request,
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    stream_with_context,
    url_for,
)
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from jinja2 import pass_context
from jinja2.runtime import Context
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.wrappers import Response as AnyResponse

from server.core import (
    access,
    cells,
    clock,
    endpoints,
    headers,
    intake_lock,
    languages,
    networks,
    rates,
    vault,
    wording,
)
from server.core.config import Settings
from server.core.endpoint_rule import Own
from server.core.sentences import counted, sentence
from server.core.words import Refused, Scope

log = logging.getLogger(__name__)
csrf = CSRFProtect()
login = LoginManager()


class Caller(Protocol):
    """Who is asking: by session on pages, by token on the API."""

    @property
    def id(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def mails(self) -> str: ...
    @property
    def language(self) -> str | None: ...
    @property
    def company_id(self) -> str | None: ...
    @property
    def team_role(self) -> str | None: ...


class Bearer(Protocol):
    """Who a token acts for, and what it may."""

    @property
    def id(self) -> str: ...
    @property
    def role(self) -> str: ...
    @property
    def company_id(self) -> str | None: ...
    @property
    def team_role(self) -> str | None: ...
    @property
    def scope(self) -> str: ...
    @property
    def language(self) -> str | None: ...


def settings() -> Settings:
    """The settings of the running app."""
    return cast(Settings, current_app.config["SPOTTER"])


def current_account() -> Caller:
    """Who is asking: by token on the API, by session on pages. Only after the gate has let them through."""
    return cast(Caller, g.get("account") or flask_login.current_user._get_current_object())


def render(template: str, status: int = 200, /, **context: Any) -> Response:
    """A page."""
    response = make_response(render_template(template, **context), status)
    response.headers["Cache-Control"] = "no-store"
    return response


def download(data: Mapping[str, Any], name: str) -> Response:
    """JSON as a file to keep, for people to read. A value may be an iterator of rows: each is a line, sent as it is made."""
    return attached(stream_with_context(_json_lines(data)), "application/json", name)


def _json_lines(data: Mapping[str, Any]) -> Iterator[str]:
    mark = "{"
    for name, value in data.items():
        yield f"{mark}\n{json.dumps(name)}: "
        mark = ","
        if not isinstance(value, Iterator):
            yield json.dumps(value, ensure_ascii=False, indent=1)
            continue
        before = "["
        for row in value:
            yield f"{before}\n{json.dumps(row, ensure_ascii=False)}"
            before = ","
        yield "[]" if before == "[" else "\n]"
    yield "\n}\n"


def attached(content: Any, kind: str, name: str) -> Response:
    """Text, bytes, or an iterator of them that is sent as it is made: a file to keep."""
    response = Response(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "no-store"
    return response


def table(columns: Sequence[str], rows: Iterable[Sequence[object]], name: str) -> Response:
    """A table as CSV with the day in its name, sent as its rows are made: none is kept, however many there are."""
    lines = chain([cells.BOM], cells.lines(chain([columns], rows)))
    named = f"{name}-{clock.now().date()}.csv"
    return attached(stream_with_context(lines), "text/csv; charset=utf-8", named)


def picture(sha256: str | None) -> Response:
    """A re-encoded copy from the vault. Originals never come this way."""
    if sha256 is None:
        raise Refused("not-found", sentence("This picture is still being prepared."))
    response = Response(vault.read(sha256), mimetype="image/webp")
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def url_with(endpoint: str, **values: str | None) -> str:
    """The address of a page with the parameters that have a value."""
    parameters: dict[str, Any] = {name: value for name, value in values.items() if value}
    return url_for(endpoint, **parameters)


def absolute(endpoint: str, **values: str) -> str:
    """The whole address of a page, for mails and files: under the configured base URL, also without a request."""
    path: str = current_app.url_map.bind("").build(endpoint, values)
    return settings().base_url + path


def page_number() -> int:
    """Which page of a list is asked for; the first when what is asked is no number."""
    page = request.args.get("page", "")
    return int(page) if page.isdecimal() and len(page) < 6 else 1


# --- The gate --------------------------------------------------------------------------------------------------------


def gate() -> AnyResponse | None:
    """Before every request: may the caller do what the access table says this endpoint is? Whose it is, `owner` says."""
    if request.endpoint is None or request.method == "OPTIONS":
        return None
    if any("\x00" in str(value) for value in (request.view_args or {}).values()):
        abort(404)  # nothing has such an id
    if any("\x00" in text for text in _texts()):
        raise Refused("invalid", sentence("The text contains a control character (NUL)."))
    rule = endpoints.RULES.get(request.endpoint)
    if rule is None:
        raise LookupError(f"{request.endpoint} has no line in server/core/endpoints.py")
    if rule.a_minute and request.method == "POST" and settings().reports_per_minute:
        key = f"{request.endpoint} {networks.caller()}"
        detail = counted(
            "At most %(number)s request of this kind a minute from one network. Wait a moment, then try again.",
            "At most %(number)s requests of this kind a minute from one network. Wait a moment, then try again.",
            rule.a_minute,
        )
        rates.limit("request", key, rule.a_minute, detail)
    if rule.scope:
        g.account = _by_token(rule.scopes)
    elif rule.action:
        account = flask_login.current_user
        if not account.is_authenticated:
            if request.method == "GET":
                return redirect(url_for("accounts.sign_in", next=request.full_path.rstrip("?")))
            raise Refused("forbidden", sentence("You are signed out. Sign in and try again."))
        if not access.can(rule.action, account):
            raise Refused("forbidden", sentence("You do not have access to this page."))
    g.owner_due = rule.own is not None
    return None


def owner() -> str:
    """Whose objects this request may touch, as the access table says: the account's id, or its company's.

    The query is narrowed by it, so that a foreign object is not found.
    """
    own = endpoints.RULES[request.endpoint or ""].own
    if own is None:
        raise LookupError(f"{request.endpoint} has no owner in server/core/endpoints.py")
    g.owner_due = False
    account = current_account()
    return account.id if own is Own.ACCOUNT else account.company_id or ""


def owner_or_everybody() -> str | None:
    """The same where the table names two scopes: None for who holds the second one and may touch everybody's objects."""
    if cast(Bearer, current_account()).scope == endpoints.RULES[request.endpoint or ""].also:
        g.owner_due = False
        return None
    return owner()


def owner_was_asked(response: AnyResponse) -> AnyResponse:
    """After every request: an endpoint that touches somebody's own objects has asked whose. Else no response is sent."""
    if g.get("owner_due") and response.status_code < 400:
        g.owner_due = False
        raise LookupError(f"{request.endpoint} answered without asking `web.owner`")
    return response


def can(action: str) -> bool:
    """Whether who is signed in by session may do this."""
    return access.can(action, page_account())


@pass_context
def can_in_page(context: Context, action: str) -> bool:
    """`can("cases.decide")` in a template: whether the page's `me` may do this."""
    return access.can(action, context.get("me"))


def _texts() -> Iterator[str]:
    """Every text a request to a page brings. What the API is sent is read by its schemas."""
    if not request.path.startswith(headers.API):
        for fields in (request.args, request.form):
            for values in fields.listvalues():
                yield from values


def _by_token(scopes: Collection[Scope]) -> Bearer:
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    find = current_app.extensions["token_holder"]
    holder = find(token.strip()) if kind.lower() == "bearer" and token else None
    if holder is None:
        raise Refused(
            "unauthorised", sentence("A valid token is required. Pair the browser again or make a new token.")
        )
    if holder.scope not in scopes or not access.can(access.SCOPES[Scope(holder.scope)], holder):
        raise Refused("forbidden", sentence("This token does not have the scope %(scope)s.", scope=" | ".join(scopes)))
    return cast(Bearer, holder)


def safe_next(target: str | None) -> str:
    """Where to go after signing in: only a path of our own."""
    if not target or not target.startswith("/") or target[1:2] in ("/", "\\") or "\\" in target:
        return "/"
    parts = urlsplit(target)
    return "/" if parts.scheme or parts.netloc else quote(target, safe="/?&=%:.,~-_")


# --- Pages ------------------------------------------------------------------------------------------------------------


def page_context() -> dict[str, Any]:
    """What every template may rely on."""
    theme, veil = request.cookies.get("theme"), request.cookies.get("pictures")
    return {
        "settings": settings(),
        "locale": {"lang": languages.current(), "dir": languages.direction()},
        "reviewed": languages.current() in languages.REVIEWED,
        "theme": theme if theme in ("light", "dark") else None,
        "single_keys": request.cookies.get("keys") != "off",
        "compact": request.cookies.get("density") != "comfortable",
        "picture_choice": veil if veil in ("grey", "full") else "blurred",
        "me": page_account(),
        "wording": wording,
        "now": clock.now(),
    }


def page_account() -> Caller | None:
    """Who is signed in, for the page's head. None too when the database cannot say: an error page must still come."""
    try:
        account = flask_login.current_user
        return cast(Caller, account) if account.is_authenticated else None
    except (DBAPIError, PoolTimeout):
        return None


class Sessions(SecureCookieSessionInterface):
    """Signed cookies. A request without one, as from every API device, has nothing to verify, so no signer is made."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)


def init_app(
    app: Flask,
    by_session: Callable[[str], Caller | None],
    by_token: Callable[[str], Bearer | None],
) -> None:
    """Put the gate before every request, and what holds for every answer after it. The two finders are the accounts room's."""
    app.session_interface = Sessions()
    csrf.init_app(app)
    login.init_app(app)
    login.session_protection = None  # a phone's network address changes; the session's row decides
    intake_lock.init_app(app)
    app.before_request(gate)
    app.after_request(owner_was_asked)
    headers.init_app(app)
    app.context_processor(page_context)
    app.jinja_env.globals["can"] = can_in_page

    login.user_loader(by_session)
    app.extensions["token_holder"] = by_token
