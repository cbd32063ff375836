"""A companies file on a page: choose it, see what it would do, import it. A GET changes nothing."""

import json
from typing import Any

import yaml
from flask import Blueprint, request
from flask_wtf.file import FileField
from werkzeug.wrappers import Response
from wtforms import TextAreaField

from server.core import payloads, web, wording
from server.core.database import db
from server.core.forms import Form, Length
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.company import addresses, directory_upload
from server.ledger.companies import plain_yaml, schemas, store
from server.ledger.companies.differences import EntryDifference
from server.pages.companies.history import DONE, FIELD

pages = Blueprint("directory_upload", __name__, url_prefix="/companies/import")

MOST_BYTES = 256 * 1024  # what is read of a file while somebody waits: four times the bundled directory
MOST_ERRORS = 100  # that a page shows
TOO_LARGE = sentence("The file is larger than 256 KB. Split it by companies.")


class FileForm(Form):
    """A companies file."""

    file = FileField(
        sentence("Companies file"),
        description=sentence("YAML or JSON, as “Download the directory” writes it, at most 256 KB."),
    )
    why = TextAreaField(
        sentence("How did you learn of it?"),
        [Length(max=addresses.LONGEST, message=addresses.SAY_HOW)],
        description=sentence("The second person reads it here. Companies never do."),
    )


@pages.get("")
def show() -> Response:
    """The form."""
    return _show(FileForm(formdata=None))


def _show(form: FileForm, status: int = 200, errors: list[tuple[int, str, list[str]]] | None = None) -> Response:
    """errors: line (0: not known), place and sentences."""
    errors = errors or []
    return web.render(
        "companies/import.html", status, form=form, errors=errors[:MOST_ERRORS], more=max(0, len(errors) - MOST_ERRORS)
    )


@pages.post("")
def check() -> Response:
    """What the file would do. Nothing of it is kept yet."""
    form = FileForm()
    if not form.validate():
        return _show(form, 422)
    file = form.file.data
    text = file.read(MOST_BYTES + 1) if file else b""
    tree = None
    try:
        if not text:
            raise Refused("invalid", sentence("Choose a file."))
        if len(text) > MOST_BYTES:
            raise Refused("too-large", TOO_LARGE)
        content, tree = plain_yaml.parse(text)
        return _answer(content, form.why.data or "", tree=tree)
    except Refused as refusal:
        return _refused(form, refusal, tree)


@pages.post("/take")
def take_in() -> Response:
    """Import it, if it still does what was shown; else show again what it would do."""
    content, why = payloads.read_json(request.form.get("content", "").encode()), request.form.get("why", "")
    try:
        return _answer(content, why, request.form.get("seen", ""))
    except Refused as refusal:
        return _refused(FileForm(None, data={"why": why}), refusal)


def _refused(form: FileForm, refusal: Refused, tree: yaml.Node | None = None) -> Response:
    if refusal.kind == "forbidden":
        raise refusal
    places = {place: said for place, said in refusal.errors.items() if place not in ("why", "")}
    if not places or refusal.kind == "too-many":
        form["why" if "why" in refusal.errors else "file"].errors = [refusal.detail]
        return _show(form, 422)
    errors = [(plain_yaml.line(place, tree), place, list(said)) for place, said in places.items()]
    return _show(form, 422, sorted(errors, key=lambda each: each[0]))


def _answer(content: Any, why: str, seen: str = "", tree: yaml.Node | None = None) -> Response:
    known = store.with_secrets(db.session())
    again = json.dumps(content, ensure_ascii=False)
    data = schemas.check(content, tree, demo=web.settings().demo, with_secrets=known)
    if len(again.encode()) > web.settings().max_json:  # in bytes, as a form counts: it would not take it back
        raise Refused("too-large", TOO_LARGE)
    upload = directory_upload.import_file(data, why, web.current_account().id, seen)
    status = 409 if seen and upload.rerouted is None else 200
    return web.render(
        "companies/import_checked.html", status, upload=upload, again=again, why=why, stale=status == 409, words=DONE,
        fields=fields_in_words,
    )  # fmt: skip


def fields_in_words(difference: EntryDifference) -> str:
    """Which fields are other than before."""
    return wording.series([FIELD[name] for name in difference.fields])
