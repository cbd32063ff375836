"""Pages of signing in, joining, pairing a device and one's own profile."""

from flask import Blueprint, current_app, flash, redirect, request, session, url_for
from flask_login import logout_user
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from server.core import clock, languages, networks, problems, rates, reader, web
from server.core.database import db, one_at_a_time, write
from server.core.sentences import sentence
from server.core.words import MailFrequency, Refused
from server.journeys.spotter import alias, erasing, freezing, joining, unsubscribing
from server.pages.accounts import entering
from server.pages.accounts.forms import (
    DeviceForm,
    EraseOneselfForm,
    ForgottenForm,
    JoinForm,
    MailsForm,
    PasswordForm,
    SignInForm,
)
from server.people.accounts import factors, invitation_link, pairing, passwords, signing_in, store
from server.people.accounts.models import Account, DeviceGrant
from server.people.rounds import choice_store
from server.people.rounds import store as rounds
from server.reads import eligibility, named_contact, records

pages = Blueprint("accounts", __name__)


@pages.app_template_global()
def my_contact() -> named_contact.NamedContact | None:
    """Whom the spotter who reads a page turns to; None for everybody else, and where nobody is named."""
    return named_contact.of(db.session(), web.current_account().id) if web.can("account.leave") else None


LOOKS_A_MINUTE = 5  # at codes in the address of /device, for each account


@pages.route("/sign-in", methods=["GET", "POST"])
def sign_in() -> Response:
    """Sign in by email address and password."""
    form = SignInForm(next=request.args.get("next", ""))
    status, locked, wait = 200, None, None
    if form.validate_on_submit():
        try:
            network = networks.caller()
            started = signing_in.sign_in(form.email.data, form.password.data, network)
        except Refused as refusal:
            status = problems.STATUS[refusal.kind]
            locked = refusal.detail if refusal.kind == "too-many" else None
            wait = refusal.extra.get("retry_after")
            form.password.errors = [refusal.detail]
        else:
            return entering.enter(started, form.next.data)
    elif form.errors:
        status = 422
    demo_people = current_app.config.get("DEMO_PEOPLE", [])
    response = web.render(
        "accounts/sign_in.html", status, form=form, next=form.next.data or "", locked=locked, demo_people=demo_people
    )
    if wait:
        response.headers["Retry-After"] = str(wait)
    return response


@pages.get("/sign-in/link")
def ask_sign_in_link() -> Response:
    """Ask for a link to sign in, when there were too many attempts."""
    return web.render("accounts/sign_in_link.html", form=ForgottenForm(formdata=None))


@pages.post("/sign-in/link")
def send_sign_in_link() -> Response:
    """Send it. The answer is the same whether the address is known or not."""
    form = ForgottenForm()
    if not form.validate():
        return web.render("accounts/sign_in_link.html", 422, form=form)
    joining.send_sign_in_link(form.email.data)
    return web.render("accounts/join_sent.html", email=form.email.data, again=url_for("accounts.ask_sign_in_link"))


@pages.get("/sign-in/link/<secret>")
def ask_sign_in_by_link(secret: str) -> Response:
    """The link from the mail: a person presses the button, no scanner of mails does."""
    _ = signing_in.account_by_link(db.session(), secret, clock.now())
    return web.render("accounts/sign_in_by_link.html")


@pages.post("/sign-in/link/<secret>")
def sign_in_by_link(secret: str) -> Response:
    """Sign in by the link, once."""
    return entering.enter(signing_in.sign_in_by_link(secret))


@pages.post("/sign-out")
def sign_out() -> Response:
    """End this session, here and on the server."""
    signing_in.sign_out(session.get("_user_id", ""))
    logout_user()
    entering.forget()
    return redirect(url_for("site.landing"))


@pages.route("/join", methods=["GET", "POST"])
def join() -> Response:
    """Ask to become a spotter. The answer is the same whether the address is known or not."""
    join_path = web.settings().join_path
    if join_path != "/join":
        if request.method == "POST":
            raise Refused("gone", sentence("Sign-up is closed. Spotters join by invitation."))
        return redirect(join_path) if join_path else web.render("recruitment/closed.html")
    form = JoinForm()
    if form.validate_on_submit():
        try:
            alias.refuse_unfit(form.email.data, form.name.data, stranger=True)
            joining.ask(form.email.data, form.name.data, languages.current())
        except Refused as refusal:
            form.say(refusal)
        else:
            return web.render("accounts/join_sent.html", email=form.email.data, again=url_for("accounts.join"))
    return web.render("accounts/join.html", 422 if form.errors else 200, form=form)


@pages.route("/forgotten", methods=["GET", "POST"])
def forgotten() -> Response:
    """Ask for a new password. The answer is the same whether the address is known or not."""
    form = ForgottenForm()
    if form.validate_on_submit():
        joining.send_password_link(form.email.data)
        return web.render("accounts/join_sent.html", email=form.email.data, again=url_for("accounts.forgotten"))
    return web.render("accounts/forgotten.html", 422 if form.errors else 200, form=form)


@pages.route("/join/<token>", methods=["GET", "POST"])
def set_password(token: str) -> Response:
    """The link from the mail: choose a password, and the account is open."""
    link = invitation_link.read(token)
    if link is None:
        again = (url_for("accounts.forgotten"), sentence("Send me a new link"))
        raise Refused("gone", sentence("A link to choose a password works for three days."), way=again)
    account_id, mark = link
    email = _invited(db.session(), account_id, mark).email
    form = PasswordForm()
    if form.validate_on_submit() and (password_hash := _hashed(form)):
        with write() as transaction:
            one_at_a_time(transaction, account_id)
            _invited(transaction, account_id, mark)  # of two who use the link at once, one
            signing_in.set_password(transaction, account_id, password_hash, languages.current())
        return entering.enter(signing_in.sign_in(email, form.password.data, networks.caller()))
    return web.render(
        "accounts/set_password.html", 422 if form.errors else 200, form=form, email=email, action=request.path
    )


def _invited(reading: Session, account_id: str, mark: str) -> Account:
    """The account of a link. Raises Refused("gone") once a password was chosen since, or the account is closed."""
    account = reading.get(Account, account_id)
    if account is None or account.disabled_at or mark != store.mark(account):
        detail = sentence("This link, or a later one, has already been used. Sign in with your password.")
        raise Refused("gone", detail, way=(url_for("accounts.sign_in"), sentence("Sign in")))
    return account


def _hashed(form: PasswordForm) -> str | None:
    """The hash of the password that was chosen; None when it is refused, with the reason at its field."""
    try:
        return passwords.hash_password(form.password.data)
    except Refused as refusal:
        form.password.errors = [refusal.detail]
        return None


@pages.get("/device")
def device() -> Response:
    """Pair the device that shows a code."""
    return _device(DeviceForm(formdata=None, user_code=request.args.get("user_code", "")))


@pages.post("/device")
def find_device() -> Response:
    """The code typed by hand."""
    form = DeviceForm()
    return _device(form) if form.validate() else web.render("accounts/device.html", 422, form=form, grant=None)


def _device(form: DeviceForm, status: int = 200) -> Response:
    code, device = form.user_code.data, None
    if code:
        grant = _waiting(code)
        if grant:
            code = f"{grant.user_code[:4]}-{grant.user_code[4:]}"
            device = {"code": code, "asked_at": grant.created_at}
            form.label.data = form.label.data or grant.label
        else:
            form.user_code.errors = [pairing.NO_DEVICE]
    return web.render("accounts/device.html", status if device or not code else 404, form=form, grant=device)


def _waiting(code: str) -> DeviceGrant | None:
    """The device that waits behind a code. Whoever guesses waits; what is only looked at (GET) is limited in memory."""
    account_id = web.current_account().id
    if request.method == "GET":
        rates.limit("device", account_id, LOOKS_A_MINUTE, sentence("Too many codes. Wait a minute, then try again."))
        return pairing.waiting_device(db.session(), code)
    return pairing.guess(account_id, networks.caller(), code)


@pages.post("/device/approve")
def approve_device() -> Response:
    """A person approves or refuses the device, and says what they call it."""
    form = DeviceForm()
    approved = request.form.get("decision") == "approve"
    if not form.validate() or _waiting(form.user_code.data or "") is None:
        return _device(form, 422)
    with write() as transaction:
        label = pairing.answer_device(
            transaction, web.current_account().id, form.user_code.data, approved, form.label.data or ""
        )
    return web.render("accounts/device_done.html", approved=approved, label=label)


@pages.get("/profile")
def profile() -> Response:
    """One's own devices and sessions, and for spotters their standing and their mails."""
    return _profile(MailsForm(formdata=None, mails=web.current_account().mails))


def _profile(form: MailsForm, status: int = 200) -> Response:
    account = web.current_account()
    standing = eligibility.own_standing(db.session(), account.id) if web.can("accreditation.hold") else None
    choice = choice_store.choice(db.session(), account.id) if web.can("rounds.take_part") else None
    paused = choice is not None and choice.paused_until is not None and choice.paused_until > rounds.today()
    tokens = pairing.tokens(db.session(), account.id)
    return web.render(
        "accounts/profile.html", status, account=account, tokens=tokens, standing=standing,
        reminders=choice.reminders if choice else None, avoids=choice and (choice.avoids or []),
        paused_until=choice.paused_until if choice and paused else None,
        factor=factors.of(db.session(), account.id),
        mails_form=form if web.can("account.choose_mails") else None,
    )  # fmt: skip


@pages.post("/profile/mails")
def choose_mails() -> Response:
    """How often I am mailed about my reports."""
    form = MailsForm()
    if not form.validate():
        return _profile(form, 422)
    account, mails = web.current_account(), MailFrequency(form.mails.data)
    no_longer_weekly = account.mails == MailFrequency.WEEK and mails not in (MailFrequency.WEEK, MailFrequency.NEVER)
    unsubscribing.choose_mails(account.id, mails)
    saved = (
        sentence("Saved. Updates already waiting for a weekly email will still come on Monday.")
        if no_longer_weekly
        else sentence("Saved. This applies from now on.")
    )
    flash(languages.translated(saved), "done")
    return redirect(url_for("accounts.profile"))


@pages.post("/language")
def choose_language() -> Response:
    """The language of pages, from the foot of any; of who is signed in, of their mails too. Empty: as the browser says."""
    response = redirect(web.safe_next(request.form.get("next")))
    language = request.form.get("language", "")
    chosen = language if language in languages.offered() else None
    reader.choose(response, chosen)
    account = web.page_account()
    if account:
        with write() as session:
            store.choose_language(session, account.id, chosen)
    return response


@pages.get("/profile/record.json")
def own_record() -> Response:
    """One's own record, to take away."""
    return web.download(records.record(db.session(), web.current_account().id), "my-record.json")


@pages.get("/profile/erase")
def ask_erase() -> Response:
    """What leaving permanently means, before it is done."""
    return web.render("accounts/erase.html", form=EraseOneselfForm(formdata=None))


@pages.post("/profile/erase")
def erase() -> Response:
    """Leave permanently. The person confirms with their password; this cannot be undone."""
    form = EraseOneselfForm()
    if form.validate():
        try:
            network = networks.caller()
            erasing.erase_oneself(web.current_account().id, form.password.data or "", network)
        except Refused as refusal:
            if refusal.kind == "not-found":
                raise
            form.password.errors = [refusal.detail]
        else:
            logout_user()
            entering.forget()
            return web.render("accounts/erased.html")
    return web.render("accounts/erase.html", 422, form=form)


@pages.post("/profile/freeze")
def freeze() -> Response:
    """Freeze one's own account, when one is threatened: at once, everywhere."""
    account_id = web.current_account().id
    freezing.freeze(account_id, account_id)
    logout_user()
    entering.forget()
    return web.render("accounts/frozen.html")


@pages.post("/profile/tokens/<token_id>/revoke")
def revoke_token(token_id: str) -> Response:
    """Unpair a device: its token stops working."""
    with write() as transaction:
        label = pairing.revoke_token(transaction, web.current_account().id, token_id)
    revoked = sentence(
        "Revoked. %(device)s no longer has access. Pair it again to send reports still waiting on it.", device=label
    )
    flash(languages.translated(revoked), "done")
    return redirect(url_for("accounts.profile"))


@pages.post("/profile/sessions/end")
def end_sessions() -> Response:
    """Sign out everywhere else."""
    with write() as transaction:
        signing_in.end_sessions(transaction, web.current_account().id, keep=session.get("_user_id", ""))
    flash(languages.translated(sentence("Signed out everywhere else. Only this browser is signed in.")), "done")
    return redirect(url_for("accounts.profile"))
