"""The API tokens of a company: its managers make them, see who made which and when it was last used, and revoke them."""

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import DataRequired

from server.core import languages, web
from server.core.database import db
from server.core.forms import Form, Length
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.company import tokens
from server.people.accounts import pairing

pages = Blueprint("team_tokens", __name__, url_prefix="/team/tokens")


class TokenForm(Form):
    """What a program is called."""

    label = StringField(
        sentence("Name of the program"),
        [DataRequired(sentence("Enter a name.")), Length(max=60)],
        description=sentence("So that your colleagues know what uses it."),
    )


@pages.get("")
def index() -> Response:
    """The company's live tokens."""
    return _page(TokenForm(formdata=None))


@pages.post("")
def make() -> Response:
    """A new token, shown this once: in the answer itself, which no browser keeps."""
    form, company_id = TokenForm(), web.owner()
    if not form.validate():
        return _page(form, 422)
    try:
        secret = tokens.make(company_id, web.current_account().id, form.label.data or "")
    except Refused as refusal:
        form.say(refusal)
        return _page(form, 422)
    db.session.rollback()  # what this request has read so far is from before the token
    return _page(TokenForm(formdata=None), secret=secret)


@pages.post("/<token_id>/revoke")
def revoke(token_id: str) -> Response:
    """Revoke one, whoever of the team made it."""
    label = tokens.revoke(web.owner(), token_id, web.current_account().id)
    flash(languages.translated(sentence("Revoked. %(program)s no longer has access.", program=label)), "done")
    return redirect(url_for("team_tokens.index"))


def _page(form: TokenForm, status: int = 200, secret: str | None = None) -> Response:
    rows = pairing.of_company(db.session(), web.owner())
    shown = [
        {
            "id": token.id, "label": token.label, "by": name, "created_at": token.created_at,
            "last_used_at": token.last_used_at,
        }
        for token, name in rows
    ]  # fmt: skip
    return web.render(
        "team/tokens.html", status, form=form, tokens=shown, secret=secret, api_url=url_for("site_api.described"),
        notices_url=web.settings().base_url + url_for("notices_api.index"),
    )  # fmt: skip
