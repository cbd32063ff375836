"""Our own drawings: which shows a taxon itself, and which only its kind. Pure.

The files stand in `static/drawings/`. A wrong picture is worse than none: a species has a drawing of its own only where its
marks are drawn as they are, and every other taxon says that what it shows is its kind.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from server.core.sentences import Sentence
from server.ledger.species import drawn_kinds, drawn_species, lineage


@dataclass(frozen=True, slots=True)
class Drawing:
    """`file` is a name in `static/drawings/`. species: the one that it shows, where the taxon is wider. kind: what it shows,
    where that is no species."""

    file: str
    species: str | None = None
    kind: Sentence | None = None


def of_taxon(taxon: Mapping[str, Any], above: Iterable[Mapping[str, Any]]) -> Drawing | None:
    """The first of `every`."""
    return next(iter(every(taxon, above)), None)


def every(taxon: Mapping[str, Any], above: Iterable[Mapping[str, Any]]) -> list[Drawing]:
    """The drawings of a taxon as `store.taxa_for` gives it: its own, or of the species that it names, or else of its kind.
    above: the higher taxa it stands under, the nearest first.

    None of them: it is not the lexicon's, and none of its genus is.
    """
    own = _slug(taxon["scientific_name"])  # an export of Species+ gives its taxa other ids
    if drawn := dict.fromkeys(_drawn(taxon)):
        return [
            Drawing(drawn_species.FILES[slug], None if slug == own else slug.capitalize().replace("-", " "))
            for slug in drawn
        ]
    slugs = [str(taxon["id"]), own, *(str(each["id"]) for each in above)]
    for key in (key for slug in slugs for key in (slug, slug.split("-")[0])):
        if file := _BY_KEY.get(key):
            return [Drawing(file, kind=drawn_kinds.KINDS[file][0])]
    return []


def _drawn(taxon: Mapping[str, Any]) -> Iterator[str]:
    """The species with a drawing that a taxon is, is a subspecies of, or names: by itself or by its genus."""
    names = [taxon["scientific_name"]]
    if lineage.is_wide(taxon["rank"]):
        names = [name["text"] for name in taxon["names"] if name["language"] == "la"]
    for slug in map(_slug, names):
        genus, _, species = slug.partition("-")
        wanted = f"{genus}-{species.partition('-')[0]}"
        yield from (
            known for known in drawn_species.FILES if known == wanted or (not species and known.startswith(wanted))
        )


def _slug(name: str) -> str:
    return "-".join(name.lower().split())


_BY_KEY = {key: file for file, (_, keys) in drawn_kinds.KINDS.items() for key in keys.split()}
