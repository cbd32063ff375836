"""The species guide, for companies: a page for each taxon of the lexicon. A GET changes nothing."""

from flask import Blueprint, request
from werkzeug.wrappers import Response

from server.core import web, wording
from server.core.database import db
from server.pages.species import guide_page

pages = Blueprint("guide", __name__, url_prefix="/guide")


@pages.get("")
def index() -> Response:
    """The species, a page at a time: all, those of a group, or those with a name like what is searched for."""
    q, group = request.args.get("q", "")[:100], request.args.get("group")
    group = group if group in wording.GROUP else None
    shown = guide_page.index(db.session(), q, group, request.args.get("cursor"))
    after = shown.pop("after")
    further = web.url_with("guide.index", q=q, group=group, cursor=after) if after else None
    return web.render("species/guide.html", q=q, group=group, next_url=further, **shown)


@pages.get("/<taxon_id>")
def taxon(taxon_id: str) -> Response:
    """What one species looks like, what it is taken for, what it is called, and what protects it."""
    return web.render("species/taxon.html", **guide_page.taxon(db.session(), taxon_id))
