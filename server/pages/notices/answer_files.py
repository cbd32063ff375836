"""Answering in a spreadsheet: download, fill in, see what would happen, send. Each row is a separate answer."""

import json
from typing import Any

from flask import Blueprint, Response, request
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as AnyResponse

from server.core import cells, payloads, spreadsheets, web
from server.core.database import db
from server.core.forms import Form
from server.core.languages import translated
from server.core.sentences import sentence
from server.core.words import Answer, Refused
from server.journeys.report import answering_in_portal
from server.journeys.report.answering_in_portal import Became
from server.ledger.notices import answer_file, inbox_store, store
from server.ledger.notices.answers import status_after
from server.ledger.notices.models import Notice
from server.pages.notices import answer_table, inbox_filters, views

pages = Blueprint("answer_files", __name__, url_prefix="/notices/file")


class AnswerFileForm(Form):
    """The table, filled in."""

    table = FileField(sentence("Your table"), description=sentence("XLSX or CSV, at most 1 MB and 500 answers."))


@pages.get("")
def show() -> AnyResponse:
    """Download the table, or send it back."""
    return _show(AnswerFileForm(formdata=None))


def _show(form: AnswerFileForm, status: int = 200) -> AnyResponse:
    filters = inbox_filters.chosen(db.session(), web.owner())
    numbers = inbox_store.counts(db.session(), web.owner(), filters.narrowed)
    waiting, most = numbers["open"], answer_file.MOST_ANSWERS
    asked = min(numbers["asked"], max(0, most - waiting))
    return web.render(
        "notices/file.html",
        status,
        form=form,
        waiting=waiting,
        asked=asked,
        most=most,
        filters=filters.fields,
        filtered=filters.values,
    )


def _waiting() -> list[Notice]:
    filters = inbox_filters.chosen(db.session(), web.owner())
    return answer_table.waiting(db.session(), web.owner(), filters.narrowed)


@pages.get("/notices.xlsx")
def xlsx() -> Response:
    """The notices that take an answer, as a workbook with the answers to pick from."""
    rows = list(answer_table.rows(db.session(), _waiting()))
    widths = [width for _, width in answer_table.COLUMNS.values()]
    titles = translated(sentence("Notices")), translated(sentence("How to fill it in"))
    guide = [translated(line) for line in answer_table.GUIDE]
    content = spreadsheets.written(titles, rows, widths, answer_table.choices(), guide)
    return web.attached(content, spreadsheets.XLSX, "notices.xlsx")


@pages.get("/notices.csv")
def csv() -> Response:
    """The same as CSV."""
    rows = answer_table.rows(db.session(), _waiting())
    return web.attached(cells.BOM + "".join(cells.lines(rows)), "text/csv; charset=utf-8", "notices.csv")


@pages.post("")
def check() -> AnyResponse:
    """What the table would do, row by row. Nothing is recorded yet."""
    form = AnswerFileForm()
    if not form.validate():
        return _show(form, 422)
    try:
        checked = answer_table.checked(db.session(), web.owner(), spreadsheets.read(_content(form.table.data)))
        again = json.dumps([row["item"] for row in checked["ready"]], ensure_ascii=False)
        if len(again.encode()) > web.settings().max_json:  # in bytes, as a form counts: it would not take them back
            raise Refused("too-large", sentence("The answers are too long for one file. Split them."))
    except Refused as refusal:
        form.table.errors = [refusal.detail]
        return _show(form, 422)
    return web.render("notices/file_checked.html", again=again, **checked)


def _content(file: FileStorage | None) -> bytes:
    content = file.read(spreadsheets.MOST_BYTES + 1) if file else b""
    if not content:
        raise Refused("invalid", sentence("Choose a file."))
    return content


@pages.post("/answers")
def send() -> AnyResponse:
    """Record the answers of a checked table. They are checked again, each by itself, as those by API are."""
    items = _items(request.form.get("answers", ""))
    company_id, account_id = web.owner(), web.current_account().id
    batch = answering_in_portal.begin(company_id, account_id)
    results = answering_in_portal.answer_each(batch, items)
    db.session.rollback()
    became = [result["became"] for result in results if result["status"] == 201]
    failed = [
        {"reference": _reference(company_id, result["id"]), "problem": result.get("detail", "")}
        for result in results
        if result["status"] != 201
    ]
    undoable = views.undoable(company_id, batch.id)
    same = became.count(Became.SAME)
    done = len(became) - same
    told = any(status_after(Answer(result["answer"])) for result in results if result["status"] == 201)
    return web.render(
        "notices/file_done.html", done=done, same=same, told=told, failed=failed, undoable=undoable, place={}
    )


def _items(text: str) -> list[Any]:
    try:
        items = payloads.read_json(text.encode())
    except Refused:
        items = None
    if not isinstance(items, list) or not 0 < len(items) <= answer_file.MOST_ANSWERS:
        raise Refused("invalid", sentence("These answers have not been checked. Send the table again."))
    return items


def _reference(company_id: str, notice_id: Any) -> str:
    try:
        return store.get(db.session(), company_id, str(notice_id)).reference
    except Refused:
        return ""
