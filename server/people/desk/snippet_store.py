"""Somebody's snippets: ready reasons of their own, for their own decisions; nobody else reads or changes them."""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core.database import alone, new_id
from server.core.sentences import sentence
from server.core.words import Decision, Refused
from server.people.desk.models import Snippet

MOST = 20  # for each kind of decision
LONGEST_TITLE = 60
LONGEST_TEXT = 1000


class Wording(NamedTuple):
    """What somebody writes as a snippet. `language`: a code (ISO 639)."""

    decision: Decision
    title: str
    text: str
    language: str


def snippets(session: Session, account_id: str, decision: str | None = None) -> list[Snippet]:
    """Somebody's snippets, or those for one kind of decision, by their titles."""
    mine = select(Snippet).where(Snippet.account_id == account_id)
    if decision is not None:
        mine = mine.where(Snippet.decision == decision)
    return sorted(session.scalars(mine), key=lambda row: (row.title.casefold(), row.id))


def save(session: Session, account_id: str, wording: Wording, at: datetime) -> str:
    """Keep a snippet; its id.

    Raises Refused: invalid (without title or text, or too long), conflict (the title is taken, or there are `MOST`).
    """
    _alone(session, account_id)
    row = Snippet(id=new_id(), account_id=account_id, saved_at=at)
    _write(session, row, wording)
    return row.id


def change(session: Session, account_id: str, snippet_id: str, wording: Wording) -> None:
    """Rewrite one's own snippet. Raises Refused: not-found, and as `save`."""
    _alone(session, account_id)
    _write(session, _own(session, account_id, snippet_id), wording)


def delete(session: Session, account_id: str, snippet_id: str) -> str:
    """Delete one's own snippet; its title. Raises Refused("not-found")."""
    _alone(session, account_id)
    row = _own(session, account_id, snippet_id)
    session.delete(row)
    return row.title


def _alone(session: Session, account_id: str) -> None:
    """One change of somebody's snippets at a time: of two tabs, neither passes `MOST` nor writes what the other deletes."""
    alone(session, f"snippets {account_id}")


def _write(session: Session, row: Snippet, wording: Wording) -> None:
    """Set the row's fields and write it. Two at once with one title: the database keeps the first."""
    title, text = " ".join(wording.title.split()), " ".join(wording.text.split())
    if not title or len(title) > LONGEST_TITLE:
        raise _refused(
            "invalid", "title", sentence("Give it a title of at most %(most)s characters.", most=LONGEST_TITLE)
        )
    if not text or len(text) > LONGEST_TEXT:
        raise _refused("invalid", "text", sentence("Write a text of at most %(most)s characters.", most=LONGEST_TEXT))
    others = [other for other in snippets(session, row.account_id, wording.decision) if other.id != row.id]
    if len(others) >= MOST:
        detail = sentence("You have %(most)s snippets for this decision. Delete one first.", most=MOST)
        raise _refused("conflict", "decision", detail)
    try:
        with session.begin_nested():
            row.decision, row.title, row.text = wording.decision, title, text
            row.language = wording.language
            session.add(row)
            session.flush()
    except IntegrityError:
        detail = sentence("You already have “%(name)s” for this decision.", name=title)
        raise _refused("conflict", "title", detail) from None


def _refused(kind: str, field: str, detail: str) -> Refused:
    return Refused(kind, detail, errors={field: [detail]})


def _own(session: Session, account_id: str, snippet_id: str) -> Snippet:
    row = session.get(Snippet, snippet_id)
    if row is None or row.account_id != account_id:
        raise Refused("not-found", sentence("There is no such snippet."))
    return row
