"""Pages of the second factor: asked for at sign-in, set up, its recovery codes, turned off."""

from typing import Any

import segno
from flask import Blueprint, flash, redirect, session, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from server.core import clock, languages, networks, problems, web
from server.core.database import db
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.spotter import second_factor
from server.pages.accounts import entering
from server.pages.accounts.forms import CodeForm, OwnSetUpForm, ReplaceForm, SetUpForm
from server.people.accounts import factor_duty, factors, one_time_codes, signing_in
from server.people.accounts.models import Account

pages = Blueprint("factor", __name__)


# --- At sign-in ------------------------------------------------------------------------------------------------------


@pages.get("/sign-in/code")
def ask() -> Response:
    """After the password: the code, or, for who has to have a second factor and has none, how to set one up."""
    return _ask()


@pages.post("/sign-in/code")
def answer() -> Response:
    """The code."""
    form, secret = CodeForm(), _challenge()
    _signing_in()
    if not form.validate():
        return _ask(form=form)
    try:
        started = second_factor.sign_in_by_code(secret, form.code.data, networks.caller())
    except Refused as refusal:
        return _refused(refusal, form, _ask)
    return entering.enter(started, session.get(entering.NEXT, "/"))


@pages.post("/sign-in/set-up")
def enrol_at_sign_in() -> Response:
    """The first code of who had to set up a second factor; then the recovery codes, and they are signed in."""
    form, secret = SetUpForm(), _challenge()
    _signing_in()
    if not form.validate():
        return _ask(form=form)
    try:
        started, codes = second_factor.enrol_at_sign_in(secret, form.key.data, form.code.data, networks.caller())
    except Refused as refusal:
        return _refused(refusal, form, _ask)
    target = session.get(entering.NEXT, "/")
    entering.start_session(started)
    return _codes(codes, entering.home(started.account) if target == "/" else target)


def _challenge() -> str:
    """The challenge of this browser; empty when it has none."""
    secret: str = session.get(entering.CHALLENGE, "")
    return secret


def _signing_in() -> Account:
    """Who gave the right password in this browser. Raises Refused("gone"), with the way back to the beginning."""
    try:
        return signing_in.account_by_challenge(db.session(), _challenge(), clock.now())
    except Refused as refusal:
        raise Refused("gone", refusal.detail, way=(url_for("accounts.sign_in"), sentence("Sign in"))) from None


def _ask(status: int = 200, form: Any = None) -> Response:
    account = _signing_in()
    if form is not None and form.errors and status == 200:
        status = 422
    if factors.of(db.session(), account.id):
        form = form if isinstance(form, CodeForm) else CodeForm(formdata=None)
        return web.render("accounts/code.html", status, form=form)
    form = form if isinstance(form, SetUpForm) else SetUpForm(formdata=None)
    return web.render(
        "accounts/factor_set_up.html", status, form=form, at_sign_in=True, **_shown_key(account.id, account.email, form)
    )


# --- In the profile --------------------------------------------------------------------------------------------------


@pages.get("/profile/second-factor")
def show() -> Response:
    """What a second factor is, and what becomes of one's own."""
    return _show(CodeForm(formdata=None, prefix="codes"), CodeForm(formdata=None, prefix="off"))


def _show(codes_form: CodeForm, off_form: CodeForm, status: int = 200, opened: str = "") -> Response:
    account = db.session.get_one(Account, web.current_account().id)
    factor = factors.of(db.session(), account.id)
    return web.render(
        "accounts/factor.html", status, factor=factor, codes_form=codes_form, off_form=off_form, opened=opened,
        left=factors.recovery_codes_left(db.session(), account.id), owes=factor_duty.owes(account),
        due_on=factor_duty.due_on(account, clock.now()),
    )  # fmt: skip


@pages.get("/profile/second-factor/set-up")
def set_up() -> Response:
    """The key for the app, as a QR code and in letters. It counts once a code confirms it."""
    return _set_up(_own_form(shown=True))


@pages.post("/profile/second-factor/set-up")
def enrol() -> Response:
    """The first code of the app; then the recovery codes."""
    form = _own_form()
    if not form.validate():
        return _set_up(form, 422)
    before = form.before.data if isinstance(form, ReplaceForm) else ""
    try:
        codes = second_factor.enrol(
            web.current_account().id, form.password.data, form.key.data, form.code.data, before,
            networks.caller(), session.get("_user_id", ""),
        )  # fmt: skip
    except Refused as refusal:
        return _refused(refusal, form, lambda status, form: _set_up(form, status))
    return _codes(codes, url_for("factor.show"))


def _own_form(shown: bool = False) -> OwnSetUpForm:
    kind = ReplaceForm if factors.of(db.session(), web.current_account().id) else OwnSetUpForm
    return kind(formdata=None) if shown else kind()


def _set_up(form: OwnSetUpForm, status: int = 200) -> Response:
    account = db.session.get_one(Account, web.current_account().id)
    return web.render(
        "accounts/factor_set_up.html", status, form=form, at_sign_in=False,
        **_shown_key(account.id, account.email, form),
    )  # fmt: skip


@pages.post("/profile/second-factor/codes")
def new_codes() -> Response:
    """Another set of recovery codes."""
    form = CodeForm(prefix="codes")
    try:
        if form.validate():
            codes = second_factor.new_codes(web.current_account().id, form.code.data, networks.caller())
            return _codes(codes, url_for("factor.show"))
    except Refused as refusal:
        return _refused(
            refusal, form, lambda status, form: _show(form, CodeForm(formdata=None, prefix="off"), status, "codes")
        )
    return _show(form, CodeForm(formdata=None, prefix="off"), 422, "codes")


@pages.post("/profile/second-factor/off")
def turn_off() -> Response:
    """No second factor any more."""
    form = CodeForm(prefix="off")
    try:
        if form.validate():
            second_factor.turn_off(web.current_account().id, form.code.data, networks.caller())
            flash(languages.translated(sentence("Your second factor is turned off.")), "done")
            return redirect(url_for("factor.show"))
    except Refused as refusal:
        return _refused(
            refusal, form, lambda status, form: _show(CodeForm(formdata=None, prefix="codes"), form, status, "off")
        )
    return _show(CodeForm(formdata=None, prefix="codes"), form, 422, "off")


# --- Parts -----------------------------------------------------------------------------------------------------------


def _codes(codes: list[str], onward: str) -> Response:
    return web.render("accounts/recovery_codes.html", codes=codes, onward=onward)


def _shown_key(account_id: str, email: str, form: Any) -> dict[str, Any]:
    """The key that the form confirms; a new one on a new page, and where what came back was made for nobody here."""
    key = factors.offered_key(account_id, form.key.data or "")
    if key is None:
        form.key.data = factors.new_sealed_key(account_id)
        key = factors.offered_key(account_id, form.key.data) or ""
    address = one_time_codes.address(key, email, f"Cyber Spotter {web.settings().organisation}")
    return {"key": one_time_codes.grouped(key).replace("-", " "), "address": address, "qr": qr(address)}


def qr(text: str) -> Markup:
    """A QR code as an SVG without a style: black on white also in the dark, with the quiet zone that scanners need."""
    drawn = segno.make(text, error="m", micro=False)
    return Markup(  # noqa: S704  # made of squares by the library; the text stands nowhere in it
        drawn.svg_inline(border=4, dark="#000", light="#fff", svgclass="qr", lineclass=None, omitsize=True)
    )


def _refused(refusal: Refused, form: Any, page: Any) -> Response:
    """A refusal at its field; one that belongs to none stands at the code, a challenge that ended has a page of its own."""
    if refusal.kind in ("gone", "forbidden"):
        raise refusal
    for name, details in (refusal.errors or {"code": [refusal.detail]}).items():
        form[name].errors = details
    response: Response = page(status=problems.STATUS[refusal.kind], form=form)
    wait = refusal.extra.get("retry_after")
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response
