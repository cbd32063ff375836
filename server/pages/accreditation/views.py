"""Pages of one's own accreditation: the agreement, the appeal, the certificate; and its address for others."""

from flask import Blueprint, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import clock, languages, problems, web
from server.core.database import db, write
from server.core.words import Refused, Standing
from server.journeys.spotter import accrediting, alias
from server.pages.accreditation import certified
from server.pages.accreditation.certificate import CertificateFacts, certificate_page
from server.pages.accreditation.forms import AgreementForm, AppealForm, CertificateForm
from server.people.accreditation import agreement_files, asking, certificates, standings, store
from server.reads import eligibility

pages = Blueprint("accreditation", __name__)


@pages.get("/training/agreement")
def agreement() -> Response:
    """The volunteer agreement, for everyone to read."""
    return _agreement(AgreementForm(formdata=None))


@pages.post("/training/agreement")
def sign() -> Response:
    """Sign it, as it was read."""
    form = AgreementForm().of(store.agreement())
    if not form.validate():
        return _agreement(form, 422)
    try:
        accrediting.sign_agreement(web.current_account().id, form.version.data or "", form.name.data)
    except Refused as refusal:
        form.name.errors = [refusal.detail]
        return _agreement(form, problems.STATUS[refusal.kind])
    return redirect(url_for("accreditation.agreement"))


def _agreement(form: AgreementForm, status: int = 200) -> Response:
    text, account = store.agreement(), web.page_account()
    translation = agreement_files.translation(languages.current())
    form.of(translation or text).version.data = text.content_hash
    signed = store.signed(db.session(), account.id) if account else None
    current = bool(signed and account and store.has_signed(db.session(), account.id))
    return web.render(
        "training/agreement.html", status, text=text, translation=translation, form=form, signed=signed, current=current,
        may_sign=web.can("accreditation.hold"), grace=asking.GRACE.days,
    )  # fmt: skip


@pages.get("/training/appeal")
def appeal() -> Response:
    """Ask somebody else to look at what was decided."""
    return _appeal(AppealForm(formdata=None))


@pages.post("/training/appeal")
def send_appeal() -> Response:
    """Send the appeal."""
    form = AppealForm()
    if not form.validate():
        return _appeal(form, 422)
    try:
        accrediting.appeal(web.current_account().id, form.text.data)
    except Refused as refusal:
        raise form.with_typed(refusal) from None
    return redirect(url_for("accreditation.appeal"))


def _appeal(form: AppealForm, status: int = 200) -> Response:
    account_id, session = web.current_account().id, db.session()
    last, latest = eligibility.as_read(session, account_id), store.last_appeal(session, account_id)
    stopped = last is not None and last.standing in (Standing.SUSPENDED, Standing.WITHDRAWN)
    possible = stopped and (latest is None or latest.accreditation_id != last.id)  # type: ignore[union-attr]
    return web.render("training/appeal.html", status, form=form, last=last, appeal=latest, possible=possible)


# --- The certificate -------------------------------------------------------------------------------------------------


@pages.get("/training/certificate")
def certificate() -> Response:
    """The certificate, and whether others may check it."""
    account = web.current_account()
    return _certificate(CertificateForm(formdata=None, alias=account.name))


@pages.get("/training/certificate.pdf")
def certificate_pdf() -> Response:
    """The certificate to print or send, under the name asked for."""
    account, settings = web.current_account(), web.settings()
    content = certified.certificate(db.session(), account.id)
    shown = certificates.open_certificate(db.session(), account.id, content["at"])
    name = " ".join(request.args.get("name", "").split())[:100] or (shown.alias if shown else account.name)
    alias.refuse_taken(account.id, name)
    address = web.absolute("accreditation.verify", code=shown.code) if shown and shown.alias == name else ""
    pdf = certificate_page(CertificateFacts(
        name=name, organisation=settings.organisation, level=content["last"].level, since=content["since"],
        until=content["last"].expires_at, modules=tuple(content["modules"]), made_at=content["at"], address=address,
        address_until=shown.expires_at if shown and address else None,
    ))  # fmt: skip
    response = make_response(pdf)
    response.headers["Content-Type"] = "application/pdf"
    response.headers["Content-Disposition"] = 'attachment; filename="certificate.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


@pages.post("/training/certificate/show")
def show_certificate() -> Response:
    """Open the verification address."""
    form, account_id = CertificateForm(), web.current_account().id
    certified.certificate(db.session(), account_id)
    if not form.validate():
        return _certificate(form, 422)
    try:
        alias.refuse_taken(account_id, form.alias.data)
    except Refused as refusal:
        form.say(refusal)
        return _certificate(form, 422)
    with write() as session:
        certificates.show_certificate(session, account_id, form.alias.data, int(form.days.data), clock.now())
    return redirect(url_for("accreditation.certificate"))


@pages.post("/training/certificate/hide")
def hide_certificate() -> Response:
    """Close it."""
    with write() as session:
        certificates.hide_certificate(session, web.current_account().id, clock.now())
    return redirect(url_for("accreditation.certificate"))


@pages.get("/certificates/<code>")
def verify(code: str) -> Response:
    """What anybody with the address sees: the name chosen, the level, and whether it counts today."""
    at = clock.now()
    certificate = certificates.by_code(db.session(), code, at)
    last = store.current(db.session(), certificate.account_id)
    return web.render("training/verify.html", certificate=certificate, last=last, standing=standings.standing(last, at))


def _certificate(form: CertificateForm, status: int = 200) -> Response:
    account_id = web.current_account().id
    content = certified.certificate(db.session(), account_id)
    shown = certificates.open_certificate(db.session(), account_id, content["at"])
    address = web.absolute("accreditation.verify", code=shown.code) if shown else ""
    return web.render("training/certificate.html", status, form=form, shown=shown, address=address, **content)
