"""Terms that coordinators add to the lexicon: trade terms that spotters met before the shipped files knew them.

They are looked for in ads, and stand in worklists and in the extension's vocabulary, beside the shipped ones.
"""

import unicodedata
from collections.abc import Iterable
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from server.core import audit, clock
from server.core.database import new_id
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.species import matching, store
from server.ledger.species.entries import Origin
from server.ledger.species.models import AddedTerm, Taxon
from server.ledger.species.terms import TermKind

PAGE = 50
SHORTEST = 3  # letters of a word in Latin letters: shorter ones stand for too much else


def doubt(text: str) -> str | None:
    """Why a text can be no term, or None. Pure."""
    signs = [sign for sign in matching.key(text) if sign.isalnum() or unicodedata.category(sign) == "So"]
    if not signs or "*" in text:
        return sentence("Write a word or an emoji, without an asterisk.")
    if all(sign.isnumeric() for sign in signs):
        return sentence("A number alone matches too many ads.")
    if all(sign.isascii() for sign in signs) and len(signs) < SHORTEST:
        return sentence("A word of fewer than %(number)s letters matches too many ads.", number=SHORTEST)
    return None


def add(session: Session, text: str, language: str, taxon_id: str, source: str, by_id: str) -> str:
    """Add a term; its id. Raises Refused: invalid (no term, or no such taxon), conflict (it is there already)."""
    if wrong := doubt(text):
        raise Refused("invalid", wrong, errors={"text": [wrong]})
    if session.get(Taxon, taxon_id) is None:
        detail = sentence("Choose what it means.")
        raise Refused("invalid", detail, errors={"taxon": [detail]})
    if there := _there(session, text):
        raise Refused("conflict", there)
    term = AddedTerm(
        id=new_id(),
        text=text,
        key=matching.key(text),
        language=language,
        taxa=[taxon_id],
        source=source,
        at=clock.now(),
    )
    try:
        with session.begin_nested():
            session.add(term)
    except IntegrityError:  # at the same moment, from another window
        raise Refused("conflict", sentence("“%(term)s” is already in the lexicon.", term=text)) from None
    audit.record(session, by_id, "term_added", "term", term.id, language=language, taxon=taxon_id)
    store.changed(session)
    return term.id


def drop(session: Session, term_id: str, by_id: str) -> str:
    """Remove an added term; its text. Raises Refused("not-found")."""
    term = session.get(AddedTerm, term_id)
    if term is None:
        raise Refused("not-found", sentence("There is no such term. Somebody may have removed it already."))
    session.delete(term)
    audit.record(session, by_id, "term_dropped", "term", term_id, language=term.language, taxon=term.taxa[0])
    store.changed(session)
    return term.text


def listed(session: Session, cursor: str | None = None) -> tuple[list[dict[str, Any]], str | None]:
    """Added terms, the newest first, a page at a time, and the next cursor.

    Each: id, text, language, source, at, and the taxon it stands for, or None.
    """
    chosen = select(AddedTerm).order_by(AddedTerm.id.desc()).limit(PAGE + 1)
    candidates = list(session.scalars(chosen.where(AddedTerm.id < cursor) if cursor else chosen))
    rows = candidates[:PAGE]
    taxa = store.taxa_for(session, {taxon_id for row in rows for taxon_id in row.taxa})
    shown = [
        {"id": row.id, "text": row.text, "language": row.language, "source": row.source, "at": row.at,
         "taxon": taxa.get(row.taxa[0])}
        for row in rows
    ]  # fmt: skip
    return shown, rows[-1].id if len(candidates) > PAGE else None


def known(session: Session, texts: Iterable[str]) -> set[str]:
    """Those of `texts` that the lexicon has, as a word for a taxon or as an innocent use."""
    keys = store.spoken(session)
    return {text for text in texts if matching.key(text) in keys}


def taxa(session: Session) -> list[tuple[str, str]]:
    """What a term may stand for: the lexicon's taxa, id and name, by name."""
    ids = session.scalars(select(Taxon.id).where(Taxon.origin == Origin.LEXICON.value))
    named = [
        (taxon["id"], taxon["common_name"], taxon["scientific_name"]) for taxon in store.taxa_for(session, ids).values()
    ]
    return sorted(
        ((key, f"{common} ({latin})" if common else latin) for key, common, latin in named), key=lambda row: row[1].casefold()
    )  # fmt: skip


def _there(session: Session, text: str) -> str | None:
    """In words, what the lexicon says of a text already."""
    key = matching.key(text)
    same = [term for term in store.terms(session) if store.speaks(term) and matching.key(term.text) == key]
    if not same:
        return None
    if same[0].kind is TermKind.AGAINST:
        return sentence("“%(term)s” is already in the lexicon, as an innocent use of another word.", term=text)
    meant = store.taxa_for(session, same[0].taxa).values()
    names = ", ".join(taxon["common_name"] or taxon["scientific_name"] for taxon in meant)
    if names:
        return sentence("“%(term)s” is already in the lexicon. It means: %(names)s.", term=text, names=names)
    return sentence("“%(term)s” is already in the lexicon.", term=text)
