"""What pages show of words that were found: their evidence for coordinators, the word alone for companies."""

from typing import Any

from flask import url_for
from sqlalchemy.orm import Session

from server.core import cells, languages
from server.core.sentences import sentence
from server.ledger.cases.models import Case
from server.ledger.species import found, store
from server.ledger.species.models import FoundTerm
from server.people.accounts import second_person
from server.people.accounts.models import Account

AROUND = 60  # characters on each side of the word


def waiting(session: Session, reader_id: str, only: str | None = None) -> list[dict[str, Any]]:
    """The words that wait for coordinators, or one of them, each with its evidence and three examples."""
    rows = [row for row in found.waiting(session) if only in (None, row.id)]
    ids = {case_id for row in rows for case_id in row.examples}
    cases = {case.id: case for case in (session.get(Case, case_id) for case_id in ids) if case}
    taxa = store.taxa_for(session, {row.taxon_id for row in rows if row.taxon_id})
    return [
        {
            "id": row.id,
            "text": row.text,
            "language": row.language,
            "taxon": taxa.get(row.taxon_id or ""),
            "confirmed": row.confirmed,
            "dismissed": row.dismissed,
            "sellers": row.sellers,
            "found_at": row.found_at,
            "first_by": name(session, row.first_by),
            "first_id": row.first_by,
            "others": [each.name for each in second_person.others(session, "terms.change", [reader_id], reader_id)]
            if row.first_by == reader_id
            else [],
            "first_at": row.first_at,
            "credited": spotter(session, row),
            "examples": [_example(cases[case_id], row.text) for case_id in row.examples if case_id in cases],
        }
        for row in rows
    ]


def name(session: Session, account_id: str | None) -> str | None:
    """What an account is called."""
    account = session.get(Account, account_id) if account_id else None
    return account.name if account else None


def spotter(session: Session, row: FoundTerm | None) -> dict[str, str] | None:
    """Who is credited with a word, for coordinators; None after their erasure."""
    if row is None or row.credited_id is None:
        return None
    return {"id": row.credited_id, "name": name(session, row.credited_id) or ""}


def _example(case: Case, text: str) -> dict[str, str]:
    """The words around the first place where a case's ad has it."""
    folded, wanted = case.text.casefold(), text.casefold()
    at = max(0, folded.find(wanted))
    start, end = max(0, at - AROUND), min(len(case.text), at + len(text) + AROUND)
    parts = ("…" if start else "", " ".join(case.text[start:end].split()), "…" if end < len(case.text) else "")
    return {"reference": case.reference, "url": url_for("cases.show", case_id=case.id), "words": "".join(parts)}


def csv_text(session: Session) -> str:
    """Every word that companies are given, RFC 4180."""
    heads = (
        sentence("Word or emoji"), sentence("Language"), sentence("Scientific name"), sentence("Name"), sentence("Since"),
    )  # fmt: skip
    rows: list[tuple[str, ...]] = [tuple(languages.translated(head) for head in heads)]
    for item in found.subscribed(session, limit=None)[0]:
        row = (item["text"], item["language"], item["scientific_name"] or "", item["common_name"] or "")
        rows.append((*row, item["since"].isoformat(timespec="seconds")))
    return "".join(cells.lines(rows))
