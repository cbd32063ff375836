"""Exams whose answers are alike beyond chance, for the desk."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.people.accounts.models import Account
from server.people.courses import catalogue
from server.people.exams import findings, kept_findings, similarity


def alike(session: Session) -> dict[str, Any]:
    """People whose exam answers are alike beyond chance, by name, with the questions they got wrong in the same way; and how
    many pairs were compared."""
    (found, made_at), modules = kept_findings.alike(session), catalogue.modules()
    ids = {account_id for pair in found.comparison.alike for account_id in (pair.first, pair.second)}
    names = {a.id: a.name for a in session.scalars(select(Account).where(Account.id.in_(ids)))}
    entries = []
    for pair, errors in zip(found.comparison.alike, found.errors, strict=True):
        questions = [modules[slug].asked(name) for slug, name in errors if slug in modules]
        entries.append({
            "pair": pair,
            "people": [(account_id, names.get(account_id, "?")) for account_id in (pair.first, pair.second)],
            "questions": [question.text for question in questions if question],
        })  # fmt: skip
    newest = findings.NEWEST if found.cut else None
    return {"pairs": entries, "comparison": found.comparison, "rule": similarity, "newest": newest, "made_at": made_at}
