"""What a coordinator carries to a company's own form: a message as fields to copy, and as one text."""

from typing import Any

from sqlalchemy.orm import Session

from server.core import languages, plain_text, post
from server.core.sentences import sentence
from server.core.words import Event
from server.ledger.companies.models import Spoc
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.models import Message
from server.ledger.notices import facts, reply_store
from server.ledger.notices import store as notices
from server.ledger.notices.models import Notice
from server.reads import glosses, outgoing


def form(session: Session, notice: Notice, message: Message) -> dict[str, Any]:
    """A message that waits to be carried over: its form's address, its `fields` [(label, value)] and its whole text.

    Labels are in the reader's language; values and text in the company's. Only a notice has more fields than its reference.
    """
    spoc = session.get(Spoc, notice.spoc_id) if notice.spoc_id else None
    fields: list[tuple[str, str]] = [(sentence("Reference"), notice.reference)]
    with languages.speaking(languages.of_company(spoc.languages if spoc else ())):
        if reply := reply_store.of_message(session, message.id):
            text = f"{notice.reference}\n\n{reply.text}\n"
        else:
            shown = outgoing.documents(session, [notice])[0]
            context = facts.context(shown, glosses.lines(session, shown))
            asked = {"withdrawn": message.event == Event.WITHDRAWN, "recalled": notices.is_recalled(notice)}
            text = post.render("cases/to_paste.txt", context | asked)
            if message.event == Event.CREATED:
                fields = [*fields, *_fields(context)]
    return {"message_id": message.id, "url": message.address, "fields": fields, "text": text}


CARRIED = {
    Event.CREATED: sentence("Notice carried to the company’s form"),
    Event.REPLIED: sentence("Reply carried to the company’s form"),
    Event.WITHDRAWN: sentence("Withdrawal carried to the company’s form"),
}


def stated(session: Session, notice_id: str) -> list[dict[str, Any]]:
    """What coordinators stated of the messages about a notice that they carried over: {what, at, receipt}, oldest first."""
    return [
        {"what": CARRIED[Event(message.event)], "at": message.stated_at, "receipt": message.receipt}
        for message in deliveries.stated(session, notice_id)
    ]


def _fields(context: dict[str, Any]) -> list[tuple[str, str]]:
    """Each fact of a notice by itself, in the order of its text, and who sends it."""
    notice = context["notice"]
    stated = [
        *context["facts"],
        (sentence("Trusted flagger"), [context["priority"]] if context["priority"] else []),
        (sentence("Good faith"), [notice["good_faith"]["statement"]]),
        (sentence("Organisation"), [notice["notifier"]["organisation"]]),
        (sentence("Email address"), [notice["notifier"]["email"]]),
        (sentence("Answer by"), [context["by"]]),
        (sentence("Where to answer"), [notice["answer_url"]]),
    ]
    return [(label, "\n".join(map(plain_text.plain, values))) for label, values in stated if values]
