"""What the foreign words of a notice mean: those of its title and its reasons, for whoever reads it now."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy.orm import Session

from server.core import languages
from server.core.sentences import sentence
from server.ledger.species import meaning, store

MEANINGS = Path(meaning.__file__).with_name("meanings.yaml")


@cache
def meanings() -> meaning.Meanings:
    """What the shipped words mean, read once."""
    return meaning.by_word(yaml.safe_load(MEANINGS.read_text("utf-8"))["meanings"])


def of_notice(session: Session, document: Mapping[str, Any]) -> list[meaning.Gloss]:
    """Of a notice's document, in the language that is spoken now; each word once."""
    suspicion = document["suspicion"]
    texts = [document["listing"]["title"], *suspicion["reasons"]]
    stated = {taxon["scientific_name"] for taxon in suspicion["taxa"]}
    reader, matcher = languages.current().partition("_")[0], store.matcher(session)
    told: dict[str, meaning.Gloss] = {}
    for text in texts:
        found = matcher.read(text) if text else ([], [])
        taxa = store.taxa_for(session, {taxon for match in found[0] for taxon in match.taxa})
        for gloss in meaning.glosses(found, meanings(), taxa, reader, stated):
            told.setdefault(gloss.word.casefold(), gloss)
    return list(told.values())[: meaning.MOST_WORDS]


def lines(session: Session, document: Mapping[str, Any]) -> list[str]:
    """The same for a mail or a form, in words, a line each."""
    return [
        languages.translated(sentence("“%(word)s” means %(meaning)s", word=gloss.word, meaning=_series(gloss)))
        for gloss in of_notice(session, document)
    ]


def _series(gloss: meaning.Gloss) -> str:
    return languages.translated(sentence(", ")).join(meant.text for meant in gloss.means)
