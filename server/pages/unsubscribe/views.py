"""Turning mails off from a mail, signed in or not. A GET changes nothing; the POST is what a mail program sends (RFC 8058).

No page of another site can forge it: the token in its address is the permission, and no cookie counts. So it has no CSRF token,
which a mail program could not know.
"""

from flask import Blueprint
from werkzeug.wrappers import Response

from server.core import web
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.spotter import unsubscribing
from server.people.accounts import stop_link
from server.people.accounts.stop_link import StopLink

pages = Blueprint("unsubscribe", __name__, url_prefix="/unsubscribe")


@pages.get("/<token>")
def ask(token: str) -> Response:
    """The button."""
    return web.render("unsubscribe/show.html", mailing=_link(token).mailing, token=token, stopped=False)


@pages.post("/<token>")
def stop(token: str) -> Response:
    """Turn them off, by the button or by a mail program; the same answer however often."""
    link = _link(token)
    unsubscribing.stop(link)
    return web.render("unsubscribe/show.html", mailing=link.mailing, token=token, stopped=True)


def _link(token: str) -> StopLink:
    link = stop_link.read(token)
    if link is None:
        raise Refused("not-found", sentence("This link is not valid."))
    return link
