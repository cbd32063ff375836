"""The API's own description, and the words for the extension's pickers."""

import hashlib
import json
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, request
from marshmallow import Schema
from sqlalchemy.orm import Session

from server.api import openapi
from server.api.vocabulary_schemas import VocabularyOut
from server.core import languages, payloads, web, wording
from server.core.database import db
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Answer, Category, Legality
from server.ledger.companies import store as companies
from server.ledger.species import vocabulary
from server.people.courses import lesson_links

api = Blueprint("site_api", __name__, url_prefix="/api/v1")

NOTES = ("population", "annotation")  # of a listing
REASONS = (  # quick picks of the extension, in the words of the field
    sentence("No permit or document shown or mentioned"),
    sentence("Permits or documents offered instead of shown"),
    sentence("Several at once"),
    sentence("Words that hide what it is"),
    sentence("Moves the conversation to another app"),
    sentence("Wild-caught or freshly taken"),
)


@api.get("/openapi.json")
def described() -> Response:
    """The API, described from its own schemas."""
    payloads.read_query(Schema)
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    if app.extensions["openapi"] is None:
        app.extensions["openapi"] = openapi.describe(app)
    return jsonify(app.extensions["openapi"])


@api.get("/vocabulary", endpoint="vocabulary")
@payloads.endpoint(summary="Words for the extension's pickers", reply=VocabularyOut)
def show_vocabulary() -> Response:
    """Categories, answers, reasons, taxa, terms and platforms, in the reader's language, with an ETag."""
    body = json.dumps(_vocabulary(db.session()), ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
    response = Response(body, mimetype="application/json")
    response.set_etag(hashlib.sha256(body).hexdigest()[:32])  # another in each language: the words are part of the body
    response.content_language = [languages.current()]
    response.vary.update(("Authorization", "Accept-Language"))
    return response.make_conditional(request)  # type: ignore[return-value]


show_vocabulary.described |= {  # type: ignore[attr-defined]
    "headers": [{"in": "header", "name": "If-None-Match", "schema": {"type": "string"}}],
    "refusals": {"304": {"description": "As it was when it had this ETag"}},
}


def _vocabulary(session: Session) -> dict[str, Any]:
    """What the extension's pickers offer, offline too."""
    return {
        "categories": [{"id": word.value, "words": translated(wording.CATEGORY[word])} for word in Category],
        "legality": [{"id": word.value, "words": translated(wording.LEGALITY[word])} for word in Legality],
        "answers": [{"id": word.value, "words": translated(wording.ANSWER[word].word)} for word in Answer],
        "statuses": [
            {"id": word.value, "words": translated(phrase.word), "sentence": translated(phrase.sentence)}
            for word, phrase in wording.STATUS.items()
        ],
        "reasons": [translated(reason) for reason in REASONS],
        "page_copy": bool(web.settings().page_copy),
        "lessons": lesson_links.every(),
        "platforms": [
            {
                "slug": p.slug,
                "name": p.name,
                "domains": list(p.domains),
                "hosts": list(p.hosts),
                "languages": list(p.languages),
            }
            for p in companies.directory(session).platforms
        ],
        **_in_words(vocabulary.vocabulary(session)),
    }


def _in_words(lexicon: dict[str, Any]) -> dict[str, Any]:
    """The lexicon with the notes of its taxa in the reader's language; a population that is `all` stays a code."""
    return lexicon | {"taxa": [_taxon(taxon) for taxon in lexicon["taxa"]]}


def _taxon(taxon: dict[str, Any]) -> dict[str, Any]:
    alike = {"look_alikes": languages.noted(taxon["look_alikes"])} if "look_alikes" in taxon else {}
    rows = [row | {name: row[name] and languages.noted(row[name]) for name in NOTES} for row in taxon["listings"]]
    return taxon | alike | {"listings": rows}
