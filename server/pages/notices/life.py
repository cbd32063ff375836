"""What became of a notice, as its pages show it: the trail, and everything that was said."""

from typing import Any

from server.core import clock, wording
from server.core.database import db
from server.core.words import Answer
from server.ledger.monitoring import checking
from server.ledger.notices import reply_store
from server.ledger.notices.models import GivenAnswer, Notice


def trail(notice: Notice, standing: GivenAnswer) -> list[wording.TrailStep]:
    """A notice's life up to the answer that stands. No look is promised that has been had."""
    check = None if notice.found else checking.due_after(Answer(standing.answer), standing.at)
    sent, answered, now = notice.created_at, standing.at, clock.now()
    return wording.notice_trail(
        Answer(standing.answer),
        sent=wording.moment(sent, now),
        answered=wording.moment(answered, now),
        answer_by=wording.short_day(notice.answer_by),
        looked_for=wording.short_day(check[1]) if check else "",
    )


def thread(notice: Notice) -> dict[str, Any]:
    """What notices/_thread.html shows."""
    entries = reply_store.threads(db.session(), [notice])[notice.id]
    return {"entries": entries, "company": notice.document["company_name"]}
