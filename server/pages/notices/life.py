"""What became of a notice, as its pages show it: the trail, everything that was said, and the mark of what it is answered."""

from typing import Any

from server.core import clock, wording
from server.core.database import db
from server.core.words import Answer
from server.ledger.monitoring import checking
from server.ledger.notices import reply_store, standing
from server.ledger.notices.models import GivenAnswer, Notice
from server.pages.notices.forms import AnswerForm


def trail(notice: Notice, given: GivenAnswer) -> list[wording.TrailStep]:
    """A notice's life up to the answer that stands, `given`. No look is promised that has been had."""
    check = None if notice.found else checking.due_after(Answer(given.answer), given.at)
    sent, answered, now = notice.created_at, given.at, clock.now()
    return wording.notice_trail(
        Answer(given.answer),
        sent=wording.moment(sent, now),
        answered=wording.moment(answered, now),
        answer_by=wording.short_day(notice.answer_by),
        looked_for=wording.short_day(check[1]) if check else "",
    )


def thread(notice: Notice) -> dict[str, Any]:
    """What notices/_thread.html shows."""
    entries = reply_store.threads(db.session(), [notice])[notice.id]
    return {"entries": entries, "company": notice.document["company_name"]}


def mark(notice: Notice) -> str:
    """Of what the notice is answered, for the form of a page that shows it."""
    return standing.marks(db.session(), [notice.id])[notice.id]


def mark_form(form: AnswerForm, notice: Notice) -> None:
    """Let the form say what its page shows. One that comes back with a mistake says it already."""
    if form.seen.data is None:
        form.seen.data = mark(notice)
