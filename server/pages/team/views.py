"""The pages of a team: its own, the desk's, and the one behind an invitation."""

from flask import Blueprint, flash, redirect, request, session, url_for
from flask_login import logout_user
from werkzeug.wrappers import Response

from server.core import clock, languages, web
from server.core.database import db
from server.core.mailed import mailed
from server.core.sentences import Sentence, sentence
from server.core.words import Refused, TeamRole
from server.journeys.company import team, webhooks
from server.ledger.companies import answer_hook_store
from server.ledger.companies import store as companies
from server.ledger.companies.models import Company
from server.pages.team import team_page
from server.pages.team.forms import InvitationForm, JoinTeamForm
from server.people.teams import store as teams
from server.reads import notifying

pages = Blueprint("team", __name__)


@pages.get("/team")
def index() -> Response:
    """Who has an account for the reader's company."""
    return _own(InvitationForm(formdata=None))


@pages.post("/team/invitations")
def invite() -> Response:
    """Invite a colleague. The answer is the same whether their address is known here or not."""
    form = InvitationForm()
    if not _invited(form, web.owner()):
        return _own(form, 422)
    return _done(mailed(sentence("Invitation sent to %(email)s.", email=form.email.data), form.email.data))


def _invited(form: InvitationForm, company_id: str) -> bool:
    """Whether the invitation was sent; else the form says why not."""
    if not form.validate():
        return False
    try:
        team.invite(
            company_id, form.email.data, TeamRole(form.team_role.data), web.current_account().id, languages.current(),
            sure=form.sure.data,
        )  # fmt: skip
    except Refused as refusal:
        form.say(refusal)
        return False
    return True


@pages.post("/team/invitations/<invitation_id>/again")
def send_again(invitation_id: str) -> Response:
    """Mail an invitation again."""
    return _done(_sent_again(web.owner(), invitation_id))


def _sent_again(company_id: str, invitation_id: str) -> Sentence:
    email = team.send_again(company_id, invitation_id, web.current_account().id)
    return mailed(sentence("Invitation sent again to %(email)s. Only the newest link works.", email=email), email)


@pages.post("/team/invitations/<invitation_id>/withdraw")
def withdraw(invitation_id: str) -> Response:
    """Withdraw an invitation."""
    return _done(_withdrawn(web.owner(), invitation_id))


def _withdrawn(company_id: str, invitation_id: str) -> Sentence:
    email = team.withdraw(company_id, invitation_id, web.current_account().id)
    return sentence("Invitation of %(email)s withdrawn. Its link no longer works.", email=email)


@pages.post("/team/<account_id>/role")
def change_role(account_id: str) -> Response:
    """Make somebody a manager or a member."""
    return _done(_changed(web.owner(), account_id))


def _changed(company_id: str, account_id: str) -> Sentence:
    asked = request.form.get("team_role", "")
    role = TeamRole(asked) if asked in set(TeamRole) else None
    name = team.change_role(company_id, account_id, role, web.current_account().id)
    if role == TeamRole.MANAGER:
        return sentence("%(name)s is now a manager.", name=name)
    return sentence("%(name)s is now a member.", name=name)


@pages.post("/team/<account_id>/remove")
def remove(account_id: str) -> Response:
    """Take somebody out of the team."""
    company_id, own_id = web.owner(), web.current_account().id
    name = team.remove(company_id, account_id, own_id)
    if account_id == own_id:
        return _left()
    return _done(sentence("%(name)s is no longer in the team.", name=name))


@pages.post("/team/leave")
def leave() -> Response:
    """Leave the team."""
    team.leave(web.current_account().id)
    return _left()


def _left() -> Response:
    logout_user()
    session.clear()
    flash(languages.translated(sentence("You have left the team. Your account is closed.")), "done")
    return redirect(url_for("accounts.sign_in"))


def _done(text: Sentence) -> Response:
    flash(languages.translated(text), "done")
    endpoint = "team.index" if web.can("team.see") else "site.landing"
    return redirect(url_for(endpoint))


def _own(form: InvitationForm, status: int = 200) -> Response:
    company_id = web.owner()
    return web.render(
        "team/index.html", status, form=form, company=db.session.get_one(Company, company_id).name,
        notifier=notifying.of_company(db.session(), company_id),
        **team_page.shown(db.session(), company_id, web.current_account().id),
    )  # fmt: skip


# --- Behind the link of an invitation --------------------------------------------------------------------------------


@pages.get("/team/join/<token>")
def ask_join(token: str) -> Response:
    """The page behind the link. Changes nothing."""
    return _joining(token, JoinTeamForm(formdata=None))


@pages.post("/team/join/<token>")
def join(token: str) -> Response:
    """Open the account."""
    form = JoinTeamForm()
    if not form.validate():
        return _joining(token, form, 422)
    try:
        team.join(token, form.name.data, form.password.data, languages.current())
    except Refused as refusal:
        if refusal.kind != "invalid":
            raise
        if not refusal.errors:  # about the password
            refusal.errors = {"password": [refusal.detail]}
        form.say(refusal)
        return _joining(token, form, 422)
    flash(languages.translated(sentence("Your account is open. Sign in.")), "done")
    return redirect(url_for("accounts.sign_in"))


def _joining(token: str, form: JoinTeamForm, status: int = 200) -> Response:
    invitation = teams.behind(db.session(), token, clock.now())
    return web.render(
        "team/join.html", status, form=form, invitation=invitation, action=request.path,
        company=db.session.get_one(Company, invitation.company_id).name, team_role=team.role_of(db.session(), invitation),
    )  # fmt: skip


# --- For the desk ----------------------------------------------------------------------------------------------------


@pages.get("/companies/<slug>/team")
def of_company(slug: str) -> Response:
    """A company's team, for the desk."""
    return _of_company(slug, InvitationForm(formdata=None))


@pages.post("/companies/<slug>/team")
def invite_for(slug: str) -> Response:
    """The desk invites somebody for a company: its first person, or because nobody there can."""
    form = InvitationForm()
    if not _invited(form, _company(slug).id):
        return _of_company(slug, form, 422)
    return _done_for(slug, mailed(sentence("Invitation sent to %(email)s.", email=form.email.data), form.email.data))


@pages.post("/companies/<slug>/team/invitations/<invitation_id>/again")
def send_again_for(slug: str, invitation_id: str) -> Response:
    """The desk mails an invitation again."""
    return _done_for(slug, _sent_again(_company(slug).id, invitation_id))


@pages.post("/companies/<slug>/team/invitations/<invitation_id>/withdraw")
def withdraw_for(slug: str, invitation_id: str) -> Response:
    """The desk withdraws an invitation."""
    return _done_for(slug, _withdrawn(_company(slug).id, invitation_id))


@pages.post("/companies/<slug>/team/<account_id>/role")
def change_role_for(slug: str, account_id: str) -> Response:
    """The desk makes somebody a manager or a member: a team without a manager cannot do it itself."""
    return _done_for(slug, _changed(_company(slug).id, account_id))


@pages.post("/companies/<slug>/team/secrets/<fingerprint>/retire")
def retire_secret_for(slug: str, fingerprint: str) -> Response:
    """The desk retires a secret that answers are signed with, say when its maker's account was taken over."""
    webhooks.retire_answer_secret(_company(slug).id, fingerprint, web.current_account().id)
    return _done_for(slug, sentence("Secret %(fingerprint)s is no longer accepted.", fingerprint=fingerprint))


def _done_for(slug: str, text: Sentence) -> Response:
    flash(languages.translated(text), "done")
    return redirect(url_for("team.of_company", slug=slug))


def _of_company(slug: str, form: InvitationForm, status: int = 200) -> Response:
    company = _company(slug)
    shown = team_page.shown(db.session(), company.id, web.current_account().id)
    shown |= {
        "secrets": team_page.answer_secrets(db.session(), company.id),
        "last_at": answer_hook_store.last_at(db.session(), company.id),
    }
    return web.render("team/of_company.html", status, form=form, slug=slug, company=company.name, **shown)


def _company(slug: str) -> Company:
    company = companies.by_slug(db.session(), slug)
    if company is None:
        raise Refused("not-found", sentence("There is no such company."))
    return company
