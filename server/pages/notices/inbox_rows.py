"""What a row of the inbox shows beside its notice: the listing's own number, the company's, the picture."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock
from server.ledger.cases.models import Case
from server.ledger.listings.models import Listing
from server.ledger.notices import link, pending_store, thread
from server.ledger.notices.models import Notice
from server.ledger.notices.thread import ThreadEntry
from server.ledger.species.meaning import Gloss
from server.reads import glosses, outgoing, withheld
from server.reads.outgoing import CleanPictures


@dataclass(frozen=True, slots=True)
class Beside:
    """Of one notice. `number`: the platform's own of the listing; `own`: what the company calls it, as its answers say."""

    document: Mapping[str, Any]  # without what frozen accounts alone said
    number: str | None
    own: str | None
    replied: bool  # we were the last to write
    thumb_url: str | None  # blurred, and only of a picture that a person has marked clean
    glosses: Sequence[Gloss] = ()  # what its foreign words mean
    pending: str | None = None  # the answer that does not count yet
    undoable: bool = False  # and can still be undone


def beside(
    session: Session, notices: Sequence[Notice], threads: Mapping[str, Sequence[ThreadEntry]]
) -> dict[str, Beside]:
    """By the notice's id."""
    case_ids = [notice.case_id for notice in notices]
    rows = select(Case.id, Listing.number).join(Listing, Listing.id == Case.listing_id).where(Case.id.in_(case_ids))
    numbers: dict[str, Any] = {case_id: number for case_id, number in session.execute(rows)}  # noqa: C416
    clean = outgoing.clean_pictures(session, case_ids)
    pending, now = pending_store.on(session, [notice.id for notice in notices]), clock.now()
    documents = withheld.documents(session, notices)
    return {
        notice.id: Beside(
            document=documents[notice.id],
            number=numbers.get(notice.case_id),
            own=thread.company_reference(threads[notice.id]),
            replied=thread.replied_last(threads[notice.id]),
            thumb_url=f"{link.answer_url(notice.id)}/screenshot" if _pictured(notice, clean) else None,
            glosses=glosses.of_notice(session, documents[notice.id]),
            pending=pending[notice.id].stated["answer"] if notice.id in pending else None,
            undoable=notice.id in pending and pending[notice.id].due_at > now,
        )
        for notice in notices
    }


def _pictured(notice: Notice, clean: Mapping[str, CleanPictures]) -> bool:
    pictures = clean.get(notice.case_id)
    return pictures is not None and pictures.screenshot is not None and notice.withdrawn_at is None
