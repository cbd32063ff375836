"""Who notifies: the organisations, their awards, and who writes to which company. A GET changes nothing."""

from typing import Any

from flask import Blueprint, flash, redirect, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response
from wtforms.fields.choices import SelectChoice

from server.core import clock, web
from server.core.database import db
from server.core.languages import translated
from server.core.sentences import Sentence, sentence
from server.core.words import Refused
from server.journeys.report import organisations
from server.ledger.companies import store as companies
from server.ledger.companies.models import Company
from server.ledger.notifiers import priority
from server.ledger.notifiers import store as notifiers
from server.ledger.notifiers.models import Organisation
from server.pages.organisations.forms import CompanyNotifierForm, OrganisationForm, mechanism
from server.people.accounts.models import Account

pages = Blueprint("organisations", __name__)
OF_SETTINGS = "settings"  # the choice of the organisation that the settings name


@pages.get("/organisations")
def index() -> Response:
    """All of them, with their awards."""
    session, today = db.session(), clock.now().date()
    counts = notifiers.company_counts(session)
    rows = [_shown(row, today) | {"companies": counts.get(row.id, 0)} for row in notifiers.every(session)]
    return web.render("organisations/index.html", organisations=rows)


@pages.get("/organisations/new")
def ask_new() -> Response:
    """The form for one more."""
    return web.render("organisations/form.html", form=OrganisationForm(formdata=None), organisation=None)


@pages.post("/organisations")
def add() -> Response:
    """Add an organisation."""
    form = OrganisationForm()
    if form.validate():
        try:
            organisation_id = organisations.add(form.entered(), web.current_account().id)
        except Refused as refusal:
            form.say(refusal)
        else:
            flash(translated(sentence("Added. On a company’s page, choose who notifies it.")), "done")
            return redirect(url_for("organisations.show", organisation_id=organisation_id))
    return web.render("organisations/form.html", 422, form=form, organisation=None)


@pages.get("/organisations/<organisation_id>")
def show(organisation_id: str) -> Response:
    """An organisation, its award, and what was changed when."""
    row = notifiers.get(db.session(), organisation_id)
    return _page(row, OrganisationForm(formdata=None, obj=row, seen=notifiers.mark(row)))


@pages.post("/organisations/<organisation_id>")
def change(organisation_id: str) -> Response:
    """Change it or its award."""
    form = OrganisationForm()
    if form.validate():
        try:
            organisations.change(organisation_id, form.entered(), form.seen.data or "", web.current_account().id)
        except Refused as refusal:
            if refusal.kind == "stale":
                return _stale(organisation_id, form, refusal.detail)
            form.say(refusal)
        else:
            return _done(organisation_id, sentence("Saved. Notices already sent are not changed."))
    return _page(notifiers.get(db.session(), organisation_id), form, 422)


def _stale(organisation_id: str, form: OrganisationForm, detail: str) -> Response:
    """Somebody else was faster: what was typed stays below the award as it is now, and can be saved on top of it."""
    db.session.rollback()  # what was read before
    row = notifiers.get(db.session(), organisation_id)
    form.form_errors.append(detail)
    form.seen.data = notifiers.mark(row)
    return _page(row, form, 409)


@pages.post("/organisations/<organisation_id>/suspend")
def suspend(organisation_id: str) -> Response:
    """Its award is suspended."""
    return _moved(organisation_id, organisations.suspend, sentence("Suspended. No notice claims its priority."))


@pages.post("/organisations/<organisation_id>/resume")
def resume(organisation_id: str) -> Response:
    """The suspension is over."""
    return _moved(organisation_id, organisations.resume, sentence("The status is valid again."))


@pages.get("/companies/<slug>/notifier")
def ask_company(slug: str) -> Response:
    """Who notifies this company."""
    return _company_page(_company(slug))


@pages.post("/companies/<slug>/notifier")
def choose(slug: str) -> Response:
    """Choose who notifies it, and what is its own mechanism."""
    company, form = _company(slug), CompanyNotifierForm()
    _offer(form, company)
    if form.validate():
        chosen = None if form.organisation.data == OF_SETTINGS else form.organisation.data
        try:
            by_id, seen = web.current_account().id, form.seen.data or ""
            organisations.choose(slug, chosen, form.own_mechanisms(), by_id, seen=seen)
        except Refused as refusal:
            if refusal.kind == "stale":
                db.session.rollback()  # what was read before
                return _company_page(_company(slug), None, 409, refusal.detail)
            form.say(refusal)
        else:
            flash(translated(sentence("Saved. It applies to notices from now on.")), "done")
            return redirect(url_for("organisations.ask_company", slug=slug))
    return _company_page(company, form, 422)


def _moved(organisation_id: str, step: Any, text: Sentence) -> Response:
    try:
        step(organisation_id, web.current_account().id)
    except Refused as refusal:
        if refusal.kind != "conflict":
            raise
        flash(translated(refusal.detail), "problem")
        return redirect(url_for("organisations.show", organisation_id=organisation_id))
    return _done(organisation_id, text)


def _done(organisation_id: str, text: Sentence) -> Response:
    flash(translated(text), "done")
    return redirect(url_for("organisations.show", organisation_id=organisation_id))


def _page(row: Organisation, form: OrganisationForm, status: int = 200) -> Response:
    session = db.session()
    steps = notifiers.history(session, row.id)
    names = select(Account.id, Account.name).where(Account.id.in_({step.actor_id for step in steps}))
    by = {row.id: row.name for row in session.execute(names)}
    about = {step.detail["company"] for step in steps if "company" in step.detail}
    rows = session.execute(select(Company.id, Company.name).where(Company.id.in_(about)))
    named = {row.id: row.name for row in rows}
    history = [
        {
            "at": step.at, "action": step.action, "by": by.get(step.actor_id or ""), "changed": step.detail.get("changed", ()),
            "company": named.get(step.detail.get("company", "")),
        }
        for step in steps
    ]  # fmt: skip
    organisation = _shown(row, clock.now().date())
    return web.render("organisations/form.html", status, form=form, organisation=organisation, history=history)


def _shown(row: Organisation, today: Any) -> dict[str, Any]:
    """award: None or {authority, country, area, since, until, suspended_on, state (of Barrier; None: it counts)}."""
    award = notifiers.award(row)
    shown = None
    if award:
        shown = {
            "authority": award.authority, "country": award.country, "area": award.area, "since": award.since,
            "until": award.until, "suspended_on": award.suspended_on, "state": award.state(today),
        }  # fmt: skip
    return {"id": row.id, "name": row.name, "email": row.email, "award": shown}


def _company_page(
    company: Company, form: CompanyNotifierForm | None = None, status: int = 200, problem: str | None = None
) -> Response:
    """With the form as it was sent, or as things stand, under the problem that it was sent with."""
    session, today = db.session(), clock.now().date()
    if form is None:
        chosen = notifiers.of_company(session, company.id)
        spocs = companies.spocs_of(session, company.id)
        recorded = notifiers.mechanisms(session, [spoc.id for spoc in spocs])
        ticked = [
            mechanism(spoc.id, spoc.address)
            for spoc in spocs
            if priority.is_own_mechanism(spoc.channel, spoc.address, recorded.get(spoc.id))
        ]
        values = {"organisation": chosen.id if chosen else OF_SETTINGS, "mechanisms": ticked}
        seen = notifiers.mark_of_company(session, company.id, [spoc.id for spoc in spocs])
        form = CompanyNotifierForm(formdata=None, seen=seen, **values)
        form.form_errors += [problem] if problem else []
        _offer(form, company)
    rows = [_shown(row, today) for row in notifiers.every(session)]
    return web.render(
        "organisations/company.html", status, form=form, company=company.name, slug=company.slug, organisations=rows
    )


def _offer(form: CompanyNotifierForm, company: Company) -> None:
    """The organisations, and the SPOCs that can be a mechanism of the company's own."""
    session = db.session()
    own = sentence(
        "%(organisation)s (from the settings, without that status)", organisation=web.settings().organisation
    )
    form.organisation.choices = [
        SelectChoice(OF_SETTINGS, own),
        *(SelectChoice(row.id, row.name) for row in notifiers.every(session)),
    ]
    form.mechanisms.choices = [
        SelectChoice(
            mechanism(spoc.id, spoc.address), sentence("%(name)s, %(address)s", name=spoc.name, address=spoc.address)
        )
        for spoc in companies.spocs_of(session, company.id)
        if spoc.channel in priority.THEIR_OWN and spoc.address
    ]


def _company(slug: str) -> Company:
    company = companies.by_slug(db.session(), slug)
    if company is None:
        raise Refused("not-found", sentence("There is no such company."))
    return company
