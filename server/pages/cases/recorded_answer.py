"""An answer that came by mail, telephone or a form, as its panel states it."""

from typing import Any

from server.core import web
from server.core.database import db
from server.core.words import Refused, Via
from server.journeys.report import answering
from server.pages.cases import decision_panel
from server.pages.cases.forms import RecordAnswerForm


def keep(form: RecordAnswerForm, notice_id: str) -> int | None:
    """Record what the form says. Else the status of the page that shows it again, with the words at the fields.

    Where the notice was answered meanwhile, that page shows by what, and what is sent from it replaces that.
    """
    if not form.validate():
        return 422
    stated = {name: form[name].data for name in ("answer", "reason", "url") if form[name].data}
    try:
        answering.record_answer(notice_id, stated, Via(form.via.data), web.current_account().id, form.seen.data)
    except Refused as refusal:
        at, status = "reason", 422
        if refusal.kind == "stale":
            db.session.rollback()  # what this request has read so far is from before that answer
            decision_panel.mark_seen(form, notice_id)
            at, status = "answer", 409
        for name, errors in (refusal.errors or {at: [refusal.detail]}).items():
            field: Any = form[name]
            field.errors = [*field.errors, *errors]
        return status
    return None
