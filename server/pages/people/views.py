"""The desk's pages about people: who is accredited, who is waiting, who is suspended."""

from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from server.core import clock, languages, web
from server.core.database import db
from server.core.forms import Form
from server.core.mailed import mailed
from server.core.sentences import sentence
from server.core.words import Level, Refused, Role, Standing
from server.journeys.spotter import (
    accrediting,
    alias,
    closing,
    encouraging,
    erasing,
    freezing,
    growth,
    joining,
    learning,
    naming_contacts,
)
from server.pages.people import desk_lists, desk_page, other_accounts, spotters
from server.pages.people.forms import (
    AccreditForm,
    AppealDecisionForm,
    ContactForm,
    ElsewhereForm,
    EraseForm,
    InviteForm,
    LevelForm,
    StaffForm,
    WhyForm,
)
from server.people.accounts import factors, frozen, store
from server.reads import judgements, named_contact, records

pages = Blueprint("people", __name__, url_prefix="/people")

FORMS: dict[str, type[Form]] = {
    "accredit_form": AccreditForm, "level_form": LevelForm, "reinstate_form": ElsewhereForm, "suspend_form": WhyForm,
    "withdraw_form": WhyForm, "appeal_form": AppealDecisionForm, "exam_form": WhyForm,
    "not_now_form": WhyForm, "close_form": WhyForm, "reopen_form": WhyForm, "factor_form": WhyForm,
}  # fmt: skip


@pages.get("")
def index() -> Response:
    """Spotters and their standing: first those who wait for a coordinator."""
    return _index(InviteForm(formdata=None))


@pages.post("/invite")
def invite() -> Response:
    """Invite somebody; another coordinator accredits them."""
    form = InviteForm()
    if not form.validate():
        return _index(form, 422)
    try:
        alias.refuse_unfit(form.email.data, form.name.data)
        joining.invite(form.email.data, form.name.data, web.current_account().id)
    except Refused as refusal:
        form.say(refusal)
        return _index(form, 422)
    invited = sentence("Invitation sent to %(email)s. Another coordinator accredits them.", email=form.email.data)
    flash(languages.translated(mailed(invited, form.email.data)), "done")
    return redirect(url_for("people.index"))


@pages.get("/desk")
def desk() -> Response:
    """Onboarding progress by cohort, stalled spotters, and what is waiting."""
    cohort = request.args.get("cohort", "")[:60]
    known = desk_lists.standing(db.session())
    return web.render(
        "people/desk.html",
        counts_here=desk_lists.counts(db.session(), known),
        **desk_page.desk(db.session(), cohort, web.page_number(), known),
    )


@pages.post("/<account_id>/encourage")
def encourage(account_id: str) -> Response:
    """Send an encouraging mail to a stalled spotter."""
    name = encouraging.encourage(account_id, web.current_account().id)
    flash(languages.translated(mailed(sentence("Email sent to %(name)s.", name=name), name)), "done")
    filters = {name: request.form.get(name, "")[:60] for name in ("cohort", "page")}
    return redirect(web.url_with("people.desk", **filters))


@pages.get("/others")
def others() -> Response:
    """People of companies and, for an administrator, coordinators and administrators."""
    return _others(StaffForm(formdata=None))


@pages.post("/others")
def add_staff() -> Response:
    """An administrator adds a coordinator or an administrator, who gets a link by mail."""
    form = StaffForm()
    if not form.validate():
        return _others(form, 422)
    try:
        alias.refuse_unfit(form.email.data, form.name.data)
        joining.add_staff(form.email.data, form.name.data, Role(form.role.data), web.current_account().id)
    except Refused as refusal:
        form.say(refusal)
        return _others(form, 422)
    flash(
        languages.translated(mailed(sentence("Invitation sent to %(email)s.", email=form.email.data), form.email.data)),
        "done",
    )
    return redirect(url_for("people.others"))


def _others(form: StaffForm, status: int = 200) -> Response:
    return web.render(
        "people/others.html", status, staff_form=form, people=other_accounts.listed(db.session()),
        resets=len(factors.waiting_resets(db.session(), clock.now())),
    )  # fmt: skip


@pages.get("/<account_id>")
def show(account_id: str) -> Response:
    """One person: a spotter's training, accreditation and decisions; of others the account."""
    return page(account_id)


@pages.post("/<account_id>/close")
def close(account_id: str) -> Response:
    """Close an account, with a reason: what they did stays, they have no access any more."""
    return _decide(account_id, "close_form", WhyForm(), closing.close)


@pages.post("/<account_id>/freeze")
def freeze(account_id: str) -> Response:
    """Freeze a threatened spotter's account, at once."""
    freezing.freeze(account_id, web.current_account().id)
    flash(languages.translated(sentence("Frozen. Nothing of theirs is passed on, and nobody sees their name.")), "done")
    return redirect(url_for("people.show", account_id=account_id))


@pages.post("/<account_id>/unfreeze")
def unfreeze(account_id: str) -> Response:
    """Open a frozen account again, with a reason."""
    return _decide(account_id, "unfreeze_form", WhyForm(), freezing.unfreeze)


@pages.post("/<account_id>/reopen")
def reopen(account_id: str) -> Response:
    """Open a closed account again, with a reason."""
    return _decide(account_id, "reopen_form", WhyForm(), closing.reopen)


@pages.get("/<account_id>/record.json")
def record(account_id: str) -> Response:
    """A spotter's record, when they ask for it."""
    spotters.spotter(db.session(), account_id)  # spotters alone
    if frozen.since(db.session(), account_id):
        raise Refused("conflict", sentence("This account is frozen: its record is not shown."))
    return web.download(records.record(db.session(), account_id), "record.json")


@pages.get("/<account_id>/erase")
def ask_erase(account_id: str) -> Response:
    """What erasing a spotter's record means, before it is done."""
    person = spotters.spotter(db.session(), account_id)
    return web.render("people/erase.html", person=person, form=EraseForm(formdata=None))


@pages.post("/<account_id>/erase")
def erase(account_id: str) -> Response:
    """Erase a spotter's record when they ask for it. This cannot be undone."""
    form, person = EraseForm(), spotters.spotter(db.session(), account_id)
    if not form.validate():
        return web.render("people/erase.html", 422, person=person, form=form)
    erasing.erase(account_id, web.current_account().id)
    flash(languages.translated(sentence("The record is erased. Reports stay, without a name.")), "done")
    return redirect(url_for("people.index"))


@pages.post("/<account_id>/accredit")
def accredit(account_id: str) -> Response:
    """Accredit a spotter, or renew for a year, as another person."""
    form = AccreditForm()
    return _decide(account_id, "accredit_form", form, lambda who, by, why: accrediting.accredit(
        who, by, why, Level(form.level.data), waive_exam=form.waive_exam.data, seen=_seen(), **_more(form)
    ))  # fmt: skip


@pages.post("/<account_id>/level")
def change_level(account_id: str) -> Response:
    """Another level or scope."""
    form = LevelForm()
    return _decide(account_id, "level_form", form, lambda who, by, why: accrediting.change_level(
        who, by, why, Level(form.level.data), seen=_seen(), **_more(form)
    ))  # fmt: skip


@pages.post("/<account_id>/not-now")
def leave_level(account_id: str) -> Response:
    """Leave a level as it is although the rules propose a change, with a reason."""
    return _decide(account_id, "not_now_form", WhyForm(), growth.not_now)


@pages.post("/<account_id>/suspend")
def suspend(account_id: str) -> Response:
    """Stop a spotter's reports, with a reason."""
    return _decide(account_id, "suspend_form", WhyForm(), partial(accrediting.suspend, seen=_seen()))


@pages.post("/<account_id>/withdraw")
def withdraw(account_id: str) -> Response:
    """End a spotter's accreditation permanently, with a reason."""
    return _decide(account_id, "withdraw_form", WhyForm(), partial(accrediting.withdraw, seen=_seen()))


@pages.post("/<account_id>/reinstate")
def reinstate(account_id: str) -> Response:
    """Let a suspended spotter report again, with a reason."""
    form = ElsewhereForm()
    return _decide(account_id, "reinstate_form", form, lambda who, by, why: accrediting.reinstate(
        who, by, why, form.second.data or "", _seen()
    ))  # fmt: skip


@pages.post("/<account_id>/appeal")
def decide_appeal(account_id: str) -> Response:
    """Decide an appeal, as a different coordinator than before."""
    form = AppealDecisionForm()
    return _decide(account_id, "appeal_form", form, lambda who, by, why: accrediting.decide_appeal(
        who, by, why, granted=form.granted.data == "yes", second=form.second.data or "", seen=_seen()
    ))  # fmt: skip


@pages.post("/<account_id>/contact")
def name_contact(account_id: str) -> Response:
    """Name whom a spotter turns to."""
    form = ContactForm()
    form.contact.choices = list(named_contact.choices(db.session(), account_id))
    if not form.validate():
        return page(account_id, 422, contact_form=form, opened="contact_form")
    naming_contacts.name_contact(account_id, form.contact.data, web.current_account().id)
    return redirect(url_for("people.show", account_id=account_id))


@pages.post("/<account_id>/exams/<slug>")
def open_exam(account_id: str, slug: str) -> Response:
    """Let somebody try an exam again after too many failed attempts."""
    return _decide(
        account_id, "exam_form", WhyForm(), lambda who, by, why: learning.open_exam(who, slug, by, why), slug=slug
    )


def _seen() -> str | None:
    """The last decision that the page showed: an older page decides nothing."""
    return request.form.get("seen")


def _more(form: LevelForm) -> dict[str, Any]:
    return {"second": form.second.data or "", "groups": form.groups.data or (), "languages": form.language_codes}


def _decide(
    account_id: str, name: str, form: Any, decide: Callable[[str, str, str], object], **context: Any
) -> Response:
    if form.validate():
        try:
            decide(account_id, web.current_account().id, form.why.data)
        except Refused as refusal:
            if refusal.kind == "not-found":
                raise form.with_typed(refusal) from None
            if refusal.kind == "stale":  # its form may not be on the page any more
                flash(languages.translated(refusal.detail), "problem")
                return page(account_id, 409, **{name: form}, opened=name, **context)
            form.why.errors = [refusal.detail]
        else:
            return redirect(url_for("people.show", account_id=account_id))
    return page(account_id, 422, **{name: form}, opened=name, **context)


def page(account_id: str, status: int = 200, **context: Any) -> Response:
    """One person, with the forms for what may be done with the account. context: a form that was sent and needs fixing."""
    account = other_accounts.account(db.session(), account_id)
    if account:
        forms = {name: WhyForm(formdata=None) for name in ("close_form", "reopen_form", "factor_form")}
        return web.render("people/account.html", status, account=account, **{"opened": ""} | forms | context)
    since = frozen.since(db.session(), account_id)
    if since:
        form = context.get("unfreeze_form") or WhyForm(formdata=None)
        account = store.spotter(db.session(), account_id)
        return web.render("people/frozen.html", status, account=account, since=since, unfreeze_form=form)
    person = spotters.spotter(db.session(), account_id)
    forms = {name: form(formdata=None) for name, form in FORMS.items() if name not in context}
    renews = person["standing"] in (Standing.ACTIVE, Standing.LAPSED)  # and leaves level and scope as they are
    for name in forms.keys() & {"level_form", *(["accredit_form"] if renews else [])} if person["level"] else ():
        form, scope = forms[name], person["scope"]
        form.level.data, form.groups.data = person["level"], list(scope.groups)
        form.languages.data = ", ".join(scope.languages)
    contact = named_contact.of(db.session(), account_id)
    if "contact_form" not in context:
        context["contact_form"] = ContactForm(formdata=None, contact=contact.id if contact else "")
        context["contact_form"].contact.choices = list(named_contact.choices(db.session(), account_id))
    return web.render(
        "people/show.html",
        status,
        person=person,
        contact=contact,
        skill=judgements.shown(db.session(), account_id),
        **{"opened": "", "slug": ""} | forms | context,
    )


def _index(form: InviteForm, status: int = 200) -> Response:
    q, cursor = request.args.get("q", ""), request.args.get("cursor")
    return web.render(
        "people/index.html",
        status,
        invite_form=form,
        proposals=judgements.proposals(db.session())[: spotters.FEW],
        **spotters.listed(db.session(), q, cursor),
    )
