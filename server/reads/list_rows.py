"""Cases and notices as rows of a table: columns have the names of the API's fields, with a dot where one stands in another.

No row holds a spotter: of people the API knows but how many reported.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from server.core.database import read
from server.ledger.cases.models import Case
from server.ledger.notices import answer_store, inbox_store
from server.ledger.notices.models import GivenAnswer, Notice
from server.reads import case_list, figures, outgoing, withheld

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
SENT = (  # of all companies, with what became of each notice; what an answer says in words may name people
    "id", "reference", "state", "case.id", "case.reference", "company", "platform", "listing.url", "listing.title", "suspicion.category",
    "suspicion.taxa", "basis", "law.jurisdiction", "law.provision", "law.effective_from", "policy_reference", "policy_url",
    "created_at", "answer_by", "answer", "answered_at", "given.ground", "given.actions", "given.company_reference",
    "found", "removed_at", "gone_at", "relisted_at", "withdrawn_at", "replaced_at",
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


def of_sent(asked: figures.Asked) -> Iterator[list[Any]]:
    """The rows under `SENT` of these notices, the oldest first, those that were withdrawn or replaced included."""
    last = ""
    while True:
        with read() as session:
            chosen = select(Notice, Case.reference).join(Case, Case.id == Notice.case_id)
            chosen = chosen.where(*asked.where, Notice.id > last).order_by(Notice.id).limit(PAGE)
            cases = {notice: reference for notice, reference in session.execute(chosen)}  # noqa: C416
            page = list(cases)
            given = answer_store.standing_answers(session, [notice.id for notice in page])
            shown = outgoing.documents(session, page)
            rows = [
                cells(document | _became(notice, cases[notice], given.get(notice.id)), SENT)
                for notice, document in zip(page, shown, strict=True)
            ]
        yield from rows
        if len(page) < PAGE:
            return
        last = page[-1].id


def _became(notice: Notice, case: str, given: GivenAnswer | None) -> dict[str, Any]:
    names = ("ground", "actions", "company_reference")
    became = {name: getattr(notice, name) for name in ("found", "removed_at", "gone_at", "relisted_at")}
    became["case"] = {"id": notice.case_id, "reference": case}
    return became | {"given": {name: getattr(given, name) for name in names} if given else None}


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
