"""Anybody may check that a notice is ours: who has its reference and its hash, or its file, is told so, and when it was sent.

A wrong hash, an unknown reference and anything else that does not match get one and the same answer, after the same work: the same
look-ups, one hash, one comparison that takes as long whatever differs. What is confirmed names no company, ad or person.
"""

import hmac
from datetime import datetime

from flask import Blueprint, request
from flask_wtf.file import FileField
from sqlalchemy.orm import Session
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response
from wtforms import StringField

from server.core import payloads, web
from server.core.database import db
from server.core.forms import Form
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.delivery import store as deliveries
from server.ledger.notices import proof, store

pages = Blueprint("proofs", __name__, url_prefix="/check-notice")
NOT_BOTH = sentence("Give the reference (N-…) and the SHA-256 of 64 characters, as the notice states them.")
NO_NOTICE = sentence("This file is not the notice.json of a single notice.")


class ProofForm(Form):
    """What the reader has: the reference and the hash, or the file."""

    reference = StringField(sentence("Reference"))
    sha256 = StringField(sentence("SHA-256"))
    notice = FileField(
        sentence("Or the file notice.json"),
        description=sentence("We compute the hash from the file, so any changed word shows. We keep none of it."),
    )


@pages.get("")
def ask() -> Response:
    """The form; an address may bring the reference and the hash."""
    brought = {name: request.args.get(name, "")[:most] for name, most in (("reference", 20), ("sha256", 64))}
    return _page(ProofForm(formdata=None, data=brought))


@pages.post("")
def check() -> Response:
    """Whether we sent it, and when."""
    form = ProofForm()
    if not form.validate():
        return _page(form, 422)
    content = _content(form.notice.data)
    try:
        pair = _of_file(content) if content else proof.entered(form.reference.data or "", form.sha256.data or "")
    except Refused as refusal:
        form.notice.errors = [refusal.detail]
        return _page(form, 422)
    if pair is None:
        form.reference.errors = [NOT_BOTH]
        return _page(form, 422)
    ours, sent_at = _checked(db.session(), *pair)
    return _page(form, checked=True, ours=ours, sent_at=sent_at)


def _content(file: FileStorage | None) -> bytes:
    return file.read(web.settings().max_json + 1) if file else b""


def _of_file(content: bytes) -> tuple[str, str]:
    """Raises Refused for what is no notice."""
    document = payloads.read_json(content)
    if not isinstance(document, dict) or not isinstance(document.get("reference"), str):
        raise Refused("invalid", NO_NOTICE)
    pair = proof.entered(document["reference"], proof.sha256(document))
    if pair is None:
        raise Refused("invalid", NO_NOTICE)
    return pair


def _checked(session: Session, reference: str, sha256: str) -> tuple[bool, datetime | None]:
    """Whether it is ours, and when it reached its company; None: it has not, or nobody knows of it yet."""
    notice = next(iter(store.with_references(session, [reference])), None)
    known = proof.sha256(notice.document if notice else proof.NONE)
    sent_at = next(iter(deliveries.arrived(session, [notice.id if notice else reference]).values()), None)
    ours = hmac.compare_digest(known, sha256) and notice is not None
    return ours, sent_at if ours else None


def _page(
    form: ProofForm, status: int = 200, *, checked: bool = False, ours: bool = False, sent_at: datetime | None = None
) -> Response:
    return web.render("notices/proof.html", status, form=form, checked=checked, ours=ours, sent_at=sent_at)
