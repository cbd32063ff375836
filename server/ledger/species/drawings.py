"""Our own drawings: which shows a taxon itself, and which only its kind. Pure.

The files stand in `static/drawings/`. A wrong picture is worse than none: a species has a drawing of its own only where its
marks are drawn as they are, and every other taxon says that what it shows is its kind.
"""

from collections.abc import Iterable, Mapping
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
    """The drawings of a taxon as `store.taxa_for` gives it: its own, or of the species that it names, and of its kind where it
    has none of these, or names a genus or family of which none is drawn. above: the higher taxa it stands under, the nearest
    first.

    None of them: it is not the lexicon's, and none of its genus is.
    """
    own, names = _slug(taxon["scientific_name"]), _names(taxon)  # an export of Species+ gives its taxa other ids
    drawn = {name: [slug for slug in drawn_species.FILES if _is_named(slug, name)] for name in names}
    shown = {
        slug: Drawing(drawn_species.FILES[slug], None if slug == own else slug.capitalize().replace("-", " "))
        for slugs in drawn.values()
        for slug in slugs
    }
    if not shown or not all(slugs or "-" in name for name, slugs in drawn.items()):
        keys = [str(taxon["id"]), own, *(str(each["id"]) for each in above)]
        files = (_BY_KEY.get(key) for each in keys for key in (each, each.split("-")[0]))
        file = next(filter(None, files), None)
        if file and file not in {each.file for each in shown.values()}:
            return [*shown.values(), Drawing(file, kind=drawn_kinds.KINDS[file][0])]
    return list(shown.values())


def _names(taxon: Mapping[str, Any]) -> list[str]:
    """What a taxon is, or the species and genera that it names where it is wider than one species."""
    if lineage.is_wide(taxon["rank"]):
        return [_slug(name["text"]) for name in taxon["names"] if name["language"] == "la"]
    return [_slug(taxon["scientific_name"])]


def _is_named(species: str, name: str) -> bool:
    """Whether a name is that of this species, of a subspecies of it, or of its genus."""
    return species == name or name.startswith(f"{species}-") or species.startswith(f"{name}-")


def _slug(name: str) -> str:
    return "-".join(name.lower().split())


_BY_KEY = {key: file for file, (_, keys) in drawn_kinds.KINDS.items() for key in keys.split()}
