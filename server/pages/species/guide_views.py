"""The species guide, for companies: a page for each taxon of the lexicon. A GET changes nothing."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from server.core import web, wording
from server.core.database import db
from server.pages.species import guide_page

pages = Blueprint("guide", __name__, url_prefix="/guide")


@pages.get("")
def index() -> Response:
    """The species, a page at a time: all, those of a group, or those with a name like what is searched for, or
    from which such goods come."""
    return _index()


def _index(status: int = 200) -> Response:
    q, group = request.args.get("q", "")[:100], request.args.get("group")
    group = group if group in wording.GROUP else None
    shown = guide_page.index(db.session(), q, group, request.args.get("cursor"))
    after = shown.pop("after")
    further = web.url_with("guide.index", q=q, group=group, cursor=after) if after else None
    missing = status != 200
    return web.render("species/guide.html", status, q=q, group=group, next_url=further, missing=missing, **shown)


@pages.get("/<taxon_id>")
def taxon(taxon_id: str) -> Response:
    """What one species looks like, what it is taken for, what it is called, and what protects it.

    A notice keeps the address it was sent with: where the lexicon has taken up the taxon under another one, the guide is shown.
    """
    shown = guide_page.taxon(db.session(), taxon_id)
    return web.render("species/taxon.html", **shown) if shown else _index(404)
