"""What a page of the species guide shows: the lexicon's names and law, and what the lessons say of look-alikes. Of terms,
spotters, cases and exams it has nothing."""

from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, languages, wording
from server.ledger.species import drawings, lineage, names, provisions, store
from server.ledger.species.listed import Checked
from server.ledger.species.models import TaxonName
from server.pages.species import goods
from server.people.courses import catalogue, told_apart


def taxon(session: Session, taxon_id: str) -> dict[str, Any] | None:
    """One taxon's page; None: there is none, or no more."""
    found = store.taxa_for(session, [taxon_id]).get(taxon_id)
    if found is None:
        return None
    by_language, above = names.in_languages(session, taxon_id), names.higher(session, found)
    return {
        "taxon": found,
        "drawings": drawings.every(found, above),
        "called": lineage.name_in(found, languages.current()),
        "scientific": [name.text for name in by_language.pop("la", [])],
        "names": sorted(
            ((wording.language(code), code, *_by_source(rows)) for code, rows in by_language.items()),
            key=lambda row: str(row[0]),
        ),
        "above": above,
        "members": names.members(session, taxon_id),
        "look_alikes": next((each for each in (found, *above) if each["look_alikes"]), None),
        "told_apart": told_apart.lessons(catalogue.modules(), _scientific(found, *above), catalogue.languages()),
        "provisions": provisions.of_taxon(found, clock.now().date()),
        "as_of": store.as_of(session),
    }


def index(session: Session, text: str, group: str | None, cursor: str | None) -> dict[str, Any]:
    """A page of the list: each taxon with its drawing, and whether lessons draw what it is taken for; and the lessons for
    companies."""
    taxa, after = names.listed(session, text, cursor, group, goods.taxa(session, text))
    told = told_apart.every_name(catalogue.modules())
    rows = []
    for each in taxa:
        above = names.higher(session, each)
        drawn = told_apart.is_about(told, _scientific(each, *above))
        rows.append(each | {"drawn": drawn, "drawing": drawings.of_taxon(each, above)})
    modules = [module for module in catalogue.modules().values() if module.track == "company"]
    return {
        "taxa": rows,
        "after": after,
        "modules": [module.read_in(catalogue.languages()) for module in modules],
    }


def _scientific(*taxa: dict[str, Any]) -> list[str]:
    """The scientific names of these taxa, synonyms included."""
    return [name for taxon in taxa for name in (taxon["scientific_name"], *_latin(taxon))]


def _latin(taxon: dict[str, Any]) -> list[str]:
    return [name["text"] for name in taxon["names"] if name["language"] == "la"]


def _by_source(rows: list[TaxonName]) -> tuple[list[str], list[str]]:
    """The names that a dated source has, and those from memory."""
    confirmed = [row.text for row in rows if Checked(row.checked).confirmed]
    return confirmed, [row.text for row in rows if row.text not in confirmed]
