"""Words that were found in confirmed ads: kept with their evidence, approved by two coordinators, and given to companies.

Whose ad and whose report a word came from is for coordinators and for that spotter; a company is told the word alone.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from server.core import audit, clock
from server.core.database import new_id
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.species import added, matching, store
from server.ledger.species.finding import FoundState, FoundWord
from server.ledger.species.models import FOUND_KEPT, AddedTerm, FoundTerm, Taxon

PAGE = 30
NOT_TWO = sentence(
    "You or whoever approved this word first opened the other’s account in the last 30 days. Another coordinator must approve it."
)


def keep(session: Session, found: Iterable[FoundWord], credited: Mapping[str, str]) -> int:
    """Keep what one run proposes: new words, and the newest evidence of those that wait already. How many are new.

    credited: who reported the oldest case of each, by its id. What was decided stays as it is.
    """
    at, new = clock.now(), 0
    for each in found:
        row = session.scalar(select(FoundTerm).where(FoundTerm.key == each.key))
        if row is None:
            row = FoundTerm(
                id=new_id(), text=each.text, key=each.key, state=FoundState.PROPOSED, found_at=at,
                language=each.language, taxon_id=each.taxon, credited_id=credited.get(each.first),
            )  # fmt: skip
            session.add(row)
            new += 1
        if row.state == FoundState.PROPOSED:
            row.confirmed, row.dismissed, row.sellers = each.confirmed, each.dismissed, each.sellers
            row.chance, row.examples, row.seen_at = each.chance, list(each.examples), at
        session.flush()
    return new


def forget(session: Session, kept: timedelta = FOUND_KEPT) -> None:
    """Delete what is not in the lexicon, once its time is over: it may be proposed again."""
    since = func.coalesce(FoundTerm.decided_at, FoundTerm.seen_at)
    old = since < clock.now() - kept, FoundTerm.state != FoundState.APPROVED
    session.execute(delete(FoundTerm).where(*old), execution_options={"synchronize_session": False})


def add(session: Session, text: str, language: str, taxon_id: str, source: str, by_id: str) -> str:
    """Add a term by hand; its id. Nothing is left to decide where it was found as well. Raises as `added.add` does."""
    term_id = added.add(session, text, language, taxon_id, source, by_id)
    close(session, {matching.key(text)})
    return term_id


def close(session: Session, known: Collection[str]) -> None:
    """Delete the proposals of words that the lexicon has by now, by their keys."""
    waiting = FoundTerm.state == FoundState.PROPOSED
    rows = session.execute(select(FoundTerm.id, FoundTerm.key).where(waiting))
    ids = [row.id for row in rows if row.key in known]
    session.execute(delete(FoundTerm).where(waiting, FoundTerm.id.in_(ids)))


def settled(session: Session) -> set[str]:
    """The keys of what is not to be proposed: it was approved, or it was declined."""
    return set(session.scalars(select(FoundTerm.key).where(FoundTerm.state != FoundState.PROPOSED)))


def approve(
    session: Session, found_id: str, language: str, taxon_id: str, by_id: str, selves: Collection[str] = ()
) -> bool:
    """One coordinator says that it is a trade term, and what it means; whether that put it into the lexicon.

    The second must be somebody else who says the same; another meaning makes them the first. selves: accounts that may be the
    same person's. Raises Refused: not-found,
    invalid (no such taxon), conflict (decided already, the same person twice, in the lexicon already).
    """
    row = _waiting(session, found_id)
    if session.get(Taxon, taxon_id) is None:
        detail = sentence("Choose what it means.")
        raise Refused("invalid", detail, errors={"taxon": [detail]})
    same = row.first_by is not None and (row.language, row.taxon_id) == (language, taxon_id)
    if same and row.first_by == by_id:
        raise Refused("conflict", sentence("You have approved this word. Another coordinator must approve it too."))
    if same and row.first_by in selves:
        raise Refused("conflict", NOT_TWO)
    if not same:
        row.language, row.taxon_id, row.first_by, row.first_at = language, taxon_id, by_id, clock.now()
        audit.record(session, by_id, "found_term_seconded", "found_term", row.id, language=language, taxon=taxon_id)
        return False
    row.added_id = added.add(session, row.text, language, taxon_id, "", by_id)
    _decide(session, row, FoundState.APPROVED, by_id, "found_term_approved")
    return True


def decline(session: Session, found_id: str, by_id: str) -> str:
    """One coordinator says that it is not a trade term; the word. It is not proposed again for a year."""
    row = _waiting(session, found_id)
    _decide(session, row, FoundState.DECLINED, by_id, "found_term_declined")
    return row.text


def drop(session: Session, term_id: str, by_id: str) -> str:
    """Remove an added term; its text. A word that was found is declined with it. Raises Refused("not-found")."""
    text = added.drop(session, term_id, by_id)
    if row := session.scalar(select(FoundTerm).where(FoundTerm.added_id == term_id)):
        _decide(session, row, FoundState.DECLINED, by_id, "found_term_declined")
    return text


def _waiting(session: Session, found_id: str) -> FoundTerm:
    row = session.get(FoundTerm, found_id, with_for_update=True)
    if row is None:
        raise Refused("not-found", sentence("There is no such word."))
    if row.state != FoundState.PROPOSED:
        raise Refused("conflict", sentence("Somebody has already decided about this word."))
    return row


def _decide(session: Session, row: FoundTerm, state: FoundState, by_id: str, action: str) -> None:
    row.state, row.decided_by, row.decided_at = state, by_id, clock.now()
    audit.record(session, by_id, action, "found_term", row.id)


# --- Asking ----------------------------------------------------------------------------------------------------------


def waiting(session: Session) -> Sequence[FoundTerm]:
    """What waits for coordinators: those that one has approved first, then the least likely to be chance."""
    chosen = select(FoundTerm).where(FoundTerm.state == FoundState.PROPOSED)
    return session.scalars(
        chosen.order_by(FoundTerm.first_by.is_(None), FoundTerm.chance, FoundTerm.id).limit(PAGE)
    ).all()


def evidence(session: Session, added_ids: Iterable[str]) -> dict[str, FoundTerm]:
    """What was found of added terms, by their ids: those that came from confirmed ads."""
    rows = session.scalars(select(FoundTerm).where(FoundTerm.added_id.in_(list(added_ids))))
    return {row.added_id: row for row in rows if row.added_id}


def credited(session: Session, account_id: str) -> list[FoundTerm]:
    """The approved words whose oldest case this spotter reported, newest first."""
    theirs = FoundTerm.credited_id == account_id, FoundTerm.state == FoundState.APPROVED
    return list(session.scalars(select(FoundTerm).where(*theirs).order_by(FoundTerm.decided_at.desc())))


def subscribed(
    session: Session, cursor: str | None = None, limit: int | None = 200
) -> tuple[list[dict[str, Any]], str | None]:
    """What companies are given: every added term, oldest first, and the cursor of what follows.

    Each: id, text, language, since (when it was added), and the taxon's scientific_name, common_name. Nobody's name, no
    case, no words of a coordinator.
    """
    chosen = select(AddedTerm).order_by(AddedTerm.id)
    chosen = chosen.where(AddedTerm.id > cursor) if cursor else chosen
    rows = list(session.scalars(chosen.limit(limit + 1) if limit else chosen))
    shown = rows[:limit] if limit else rows
    taxa = store.taxa_for(session, {taxon_id for row in shown for taxon_id in row.taxa})
    items = [
        {"id": row.id, "text": row.text, "language": row.language, "since": row.at, **_taxon(taxa.get(row.taxa[0]))}
        for row in shown
    ]  # fmt: skip
    return items, shown[-1].id if limit and len(rows) > limit else None


def _taxon(taxon: Mapping[str, Any] | None) -> dict[str, str | None]:
    names = ("scientific_name", "common_name")
    return {name: taxon[name] if taxon else None for name in names}
