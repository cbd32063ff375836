"""Which taxa goods come from, by plain words for them: what the guide says a taxon is offered as, and the lexicon's words of the
trade by their meanings.

Anybody may search the guide, so no code word finds anything: of each language only the word that a meaning is said with.
"""

from collections.abc import Mapping, Sequence
from functools import cache

from sqlalchemy.orm import Session

from server.core import languages
from server.ledger.species import names, store
from server.reads import glosses


def taxa(session: Session, text: str) -> set[str]:
    """The ids of the taxa from which such goods come: named in any of the lexicon's languages, in the singular or plural."""
    wanted = _words(text)
    if not wanted:
        return set()
    lexicon = store.ready(session).taxa.values()
    products = {product for taxon in lexicon for product in taxon["products"]}
    meant = {each for each in products if wanted <= _words(each) or wanted <= _words(languages.noted(each))}
    rows = [row for said, row in _plain() if any(wanted <= words for words in said)]
    terms = {(word, language) for row in rows for language, words in row.items() for word in words}
    return {taxon["id"] for taxon in lexicon if meant & {*taxon["products"]}} | names.of_terms(session, terms)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.strip("'()").removesuffix("s") for word in store.search_key(text).split())


@cache
def _plain() -> list[tuple[list[frozenset[str]], Mapping[str, Sequence[str]]]]:
    """Each meaning's words by language, and before them those to say it with, as they are searched by."""
    rows = {id(row): row for row in glosses.meanings().values()}.values()
    return [([_words(words[0]) for words in row.values()], row) for row in rows]
