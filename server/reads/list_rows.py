"""Cases and notices as rows of a table: columns have the names of the API's fields, with a dot where one stands in another.

No row holds a spotter: of people the API knows but how many reported.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from server.core.database import read
from server.ledger.notices import inbox_store
from server.reads import case_list, outgoing, withheld

CASES = (
    "id", "reference", "version", "state", "priority", "reasons", "listing.url", "listing.title", "listing.platform",
    "listing.number", "report_count", "spotters", "taxa", "company", "created_at", "links", "lexicon_version",
    "model_version", "undo_until", "notice_held", "notice.reference", "notice.state", "notice.created_at", "notice.answer_by",
    "notice.answer", "notice.answered_at",
)  # fmt: skip
NOTICES = (  # not answer_url: who has it can answer, and a table is passed on
    "id", "reference", "state", "company", "platform", "listing.url", "listing.title", "listing.seller",
    "listing.price.text", "listing.first_seen", "suspicion.category", "suspicion.taxa", "suspicion.reasons",
    "suspicion.legality_evidence", "basis", "law.jurisdiction", "law.provision", "law.effective_from",
    "policy_reference", "policy_url", "tlp", "created_at", "answer_by", "answer", "answered_at", "withdrawn_at",
    "replaced_at",
)  # fmt: skip
SAID_BY = ("scientific_name", "reference", "words")  # of an object in a list: what stands for it in its one cell
PAGE = 500  # rows in memory at a time


def of_cases(case_ids: Sequence[str]) -> Iterator[list[Any]]:
    """The rows of these cases under `CASES`. Each is read when its turn comes, a page of them in a transaction."""
    for start in range(0, len(case_ids), PAGE):
        with read() as session:
            shown = case_list.by_ids(session, list(case_ids[start : start + PAGE]))
        yield from (cells(case, CASES) for case in shown)


def of_notices(company_id: str, query: dict[str, Any]) -> Iterator[list[Any]]:
    """The rows under `NOTICES` of the company's notices that `query` asks for, as `inbox_store.inbox` takes it, from its page on."""
    cursor = query["cursor"]
    while True:
        with read() as session:
            unseen = withheld.found_unseen(session, company_id, query["q"])
            page, cursor = inbox_store.inbox(
                session, company_id, **(query | {"cursor": cursor}), size=PAGE, without=unseen
            )
            shown = outgoing.documents(session, page)
        yield from (cells(notice, NOTICES) for notice in shown)
        if cursor is None:
            return


def cells(item: dict[str, Any], columns: Sequence[str]) -> list[Any]:
    """A row of what the API shows."""
    return [_cell(item, column.split(".")) for column in columns]


def _cell(value: Any, path: Sequence[str]) -> Any:
    for name in path:
        value = value.get(name) if value else None
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, list):
        return "; ".join(_said(part) for part in value)
    return value


def _said(part: Any) -> str:
    return next(str(part[name]) for name in SAID_BY if part.get(name)) if isinstance(part, dict) else str(part)
