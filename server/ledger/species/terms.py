"""The lexicon's terms, what kind of word each is, and a term as it is found in an ad. Pure."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class TermKind(StrEnum):
    """What a term says: the name of a taxon, a trader's word, a use that is innocent, or what kind of text it stands in."""

    TAXON = "taxon"
    TRADE = "trade"
    AGAINST = "against"
    CONTEXT = "context"


POSITIVE = frozenset({TermKind.TAXON, TermKind.TRADE})


class About(StrEnum):
    """What a word that names no taxon is about. Alone it says nothing."""

    # A trader's word
    GOODS = "goods"  # skull, tusk, skin
    LIVE = "live"  # cub, hatchling
    OFFER = "offer"  # for sale, price
    REAL = "real"  # genuine, not a replica
    # A word against
    FIGURE = "figure"  # carved of wood, cast in bronze: what shows an animal
    # A word of context (see context.py)
    WANTED = "wanted"  # looking for
    NEWS = "news"  # seized, poaching
    TEACHING = "teaching"  # did you know
    FAKE = "fake"  # faux, resin
    PAPERS = "papers"  # certificate
    CITES = "cites"
    NO_PAPERS = "no_paper"  # without papers
    ANTIQUE = "antique"
    PRE_CONVENTION = "preconv"  # pre-ban
    CAPTIVE_BRED = "bred"
    LEGAL = "legal"


class TermReach(StrEnum):
    """How far an against-term speaks."""

    PHRASE = "phrase"  # only against words inside it: "tiger balm"
    NEAR = "near"  # against words beside it: "dress" beside "ivory"
    AD = "ad"  # against the whole ad: "postage stamp"


@dataclass(frozen=True, slots=True)
class Term:
    """A word to look for. A text ending in * may run on (`elfenbein*`). `weight` 0 to 1: how far it goes alone,
    or for an against-term how much it takes away. `taxa` of an against-term: what it speaks against, or anything.
    `languages`: those it is a word of; none for signs and scientific names, which are of all. `forms`: how else it is
    written, in the plural and in its cases."""

    text: str
    kind: TermKind
    weight: float
    taxa: tuple[str, ...] = ()
    about: About | None = None
    reach: TermReach = TermReach.PHRASE
    languages: tuple[str, ...] = ()
    forms: tuple[str, ...] = ()


class Match(NamedTuple):
    """A term found. `text` is how it stood in the ad, at `start` to `end` in code points."""

    start: int
    end: int
    text: str
    term: str
    kind: TermKind
    taxa: tuple[str, ...]
    weight: float
    about: About | None = None
    reach: TermReach = TermReach.PHRASE
    masked: bool = False
    languages: tuple[str, ...] = ()  # those it is a word of
    tag: bool = False  # it stands in a hashtag
