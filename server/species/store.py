"""Reading the lexicon into tables, and asking them: what an ad's words amount to, what a taxon's listings are."""

import csv
import gzip
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

import yaml
from sqlalchemy import delete, insert, or_, select
from sqlalchemy.orm import Session

from server import clock
from server.species import entries, judging, matching
from server.species.entries import SCIENTIFIC, Checked, Citation, Lexicon
from server.species.judging import Assessment
from server.species.matching import About, Kind, Matcher, Reach, Term
from server.species.models import Import, LexiconTerm, Taxon, TaxonListing, TaxonName
from server.words import Refused

LEXICON = Path(__file__).parent / "lexicon"
BATCH = 2000
PAGE = 50

# One matcher and one list of appendices a process, made again when the lexicon in the database is another.
_kept: tuple[str, Matcher, dict[str, tuple[str, ...]]] | None = None


# --- The shipped lexicon ---------------------------------------------------------------------------------------------


def shipped() -> Lexicon:
    """The lexicon of this version, from its files. Raises ValueError with a line for each thing that is wrong."""
    return entries.parse(yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted(LEXICON.glob("*.yaml")))


def load_lexicon(session: Session) -> bool:
    """Make the tables say what the shipped lexicon says; False when they do already. One transaction, all or nothing."""
    said = hashlib.sha256(b"".join(path.read_bytes() for path in sorted(LEXICON.glob("*.yaml")))).hexdigest()
    before = session.get(Import, "lexicon")
    if before and before.sha256 == said:
        return False
    lexicon = shipped()
    ours = select(Taxon.id).where(Taxon.lexicon)
    for table in (TaxonName, TaxonListing):
        session.execute(delete(table).where(table.taxon_id.in_(ours)))
    session.execute(delete(Taxon).where(Taxon.lexicon))
    session.execute(delete(LexiconTerm))
    session.execute(insert(Taxon), [_taxon_row(taxon) for taxon in lexicon.taxa])
    session.execute(insert(TaxonName), [row for taxon in lexicon.taxa for row in _name_rows(taxon)])
    session.execute(insert(TaxonListing), [row for taxon in lexicon.taxa for row in _listing_rows(taxon)])
    session.execute(insert(LexiconTerm), [_term_row(word) for word in lexicon.words])
    session.merge(Import(name="lexicon", sha256=said, of=lexicon.as_of, at=clock.now()))
    return True


def _taxon_row(taxon: entries.Taxon) -> dict[str, Any]:
    english = next(name.text for name in taxon.names if name.language == "en")
    return {
        "id": taxon.id,
        "scientific_name": taxon.scientific_name,
        "common_name": english[:1].upper() + english[1:],
        "group": taxon.group,
        "products": list(taxon.products),
        "look_alikes": taxon.look_alikes,
        "lexicon": True,
    }


def _name_rows(taxon: entries.Taxon) -> Iterator[dict[str, Any]]:
    for name in taxon.names:
        weight = max(taxon.weight, SCIENTIFIC if name.language == "la" else 0)
        row = {"taxon_id": taxon.id, "language": name.language, "text": name.text}
        yield row | {"matched": name.matched, "weight": weight, "citation": _cited(name.citation)}


def _listing_rows(taxon: entries.Taxon) -> Iterator[dict[str, Any]]:
    same = ("source", "appendix", "population", "annotation", "effective_from", "in_force_by", "until", "checked")
    for one in taxon.listings:
        yield {name: getattr(one, name) for name in same} | {
            "taxon_id": taxon.id,
            "citations": [_cited(citation) for citation in one.citations],
        }


def _term_row(word: entries.Word) -> dict[str, Any]:
    same = ("text", "kind", "weight", "about", "reach")
    more = {"language": word.language, "taxa": list(word.term.taxa), "citation": _cited(word.citation)}
    return {name: getattr(word.term, name) for name in same} | more


def _cited(citation: Citation) -> dict[str, Any]:
    return {"key": citation.key, "name": citation.name, "address": citation.address, "checked": citation.checked.value}


# --- What an ad's words amount to ------------------------------------------------------------------------------------


def version(session: Session) -> str:
    """The lexicon in the database, by its hash; empty when none was loaded."""
    return session.scalar(select(Import.sha256).where(Import.name == "lexicon")) or ""


def assess(session: Session, text: str, category: str, taxon_id: str | None = None) -> Assessment:
    """What the words of an ad amount to, with the words that said so. One small query when nothing has changed."""
    _, matcher, appendices = _current(session)
    return judging.assess(matcher.find(text), category, taxon_id, appendices)


def _current(session: Session) -> tuple[str, Matcher, dict[str, tuple[str, ...]]]:
    global _kept
    now = version(session)
    if _kept is None or _kept[0] != now:
        _kept = now, matching.compile(_terms(session)), _appendices(session)
    return _kept


def _terms(session: Session) -> list[Term]:
    words = [
        Term(
            row.text,
            Kind(row.kind),
            row.weight,
            tuple(row.taxa),
            About(row.about) if row.about else None,
            Reach(row.reach),
        )
        for row in session.scalars(select(LexiconTerm).order_by(LexiconTerm.id))
    ]
    names = select(TaxonName).where(TaxonName.matched).order_by(TaxonName.id)
    return words + [Term(row.text, Kind.TAXON, row.weight, (row.taxon_id,)) for row in session.scalars(names)]


def _appendices(session: Session) -> dict[str, tuple[str, ...]]:
    rows = select(TaxonListing.taxon_id, TaxonListing.appendix).join(Taxon, Taxon.id == TaxonListing.taxon_id)
    in_force = (Taxon.lexicon, TaxonListing.source == "CITES", TaxonListing.until.is_(None))
    found: dict[str, set[str]] = {taxon: set() for taxon in session.scalars(select(Taxon.id).where(Taxon.lexicon))}
    for taxon, appendix in session.execute(rows.where(*in_force)):
        found[taxon].add(appendix)
    return {taxon: tuple(sorted(appendices)) for taxon, appendices in found.items()}


# --- Taxa ------------------------------------------------------------------------------------------------------------


def taxa_for(session: Session, ids: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Taxa by id, in the order asked for, each with its listings in force: one row a population or annotation."""
    ids = list(ids)
    rows = {taxon.id: taxon for taxon in session.scalars(select(Taxon).where(Taxon.id.in_(ids)))}
    listings: dict[str, list[dict[str, Any]]] = {identifier: [] for identifier in rows}
    chosen = select(TaxonListing).where(TaxonListing.taxon_id.in_(rows), TaxonListing.until.is_(None))
    for one in session.scalars(chosen.order_by(TaxonListing.id)):
        same = ("source", "appendix", "population", "annotation", "effective_from", "in_force_by")
        listings[one.taxon_id].append({name: getattr(one, name) for name in same})
    same = ("id", "scientific_name", "common_name", "group", "look_alikes")
    return {
        identifier: {name: getattr(rows[identifier], name) for name in same} | {"listings": listings[identifier]}
        for identifier in ids
        if identifier in rows
    }


def vocabulary(session: Session) -> dict[str, Any]:
    """The extension's picker: the lexicon's taxa with names and listings, and its terms. Without imported exports."""
    ids = list(session.scalars(select(Taxon.id).where(Taxon.lexicon).order_by(Taxon.id)))
    taxa = taxa_for(session, ids)
    names: dict[str, dict[str, list[str]]] = {identifier: {} for identifier in ids}
    for row in session.scalars(select(TaxonName).where(TaxonName.taxon_id.in_(ids)).order_by(TaxonName.id)):
        names[row.taxon_id].setdefault(row.language, []).append(row.text)
    kept = session.get(Import, "lexicon")
    terms = session.scalars(select(LexiconTerm).where(LexiconTerm.kind == Kind.TRADE).order_by(LexiconTerm.id))
    return {
        "version": kept.sha256[:16] if kept else "",
        "as_of": kept.of.isoformat() if kept and kept.of else None,
        "taxa": [_picked(taxa[identifier], names[identifier]) for identifier in ids],
        "terms": [{"text": row.text, "language": row.language, "taxa": row.taxa} for row in terms if row.taxa],
    }


def _picked(taxon: dict[str, Any], names: dict[str, list[str]]) -> dict[str, Any]:
    def day(value: date | None) -> str | None:
        return value.isoformat() if value else None

    listings = [
        {"source": one["source"], "appendix": one["appendix"], "population": one["population"],
         "effective_from": day(one["effective_from"])}
        for one in taxon["listings"]
        if one["source"] == "CITES"
    ]  # fmt: skip
    return taxon | {"names": names, "listings": listings}


# --- A Species+ export -----------------------------------------------------------------------------------------------

GROUPS = {"Mammalia": "mammal", "Aves": "bird", "Reptilia": "reptile", "Amphibia": "amphibian",
          "Actinopterygii": "fish", "Actinopteri": "fish", "Elasmobranchii": "fish", "Chondrichthyes": "fish", "Plantae": "plant"}  # fmt: skip
NEEDED = ("TaxonId", "FullName", "CurrentListing")
EXPORT = Citation("species+", "Species+ / CITES Checklist export", "https://speciesplus.net", Checked.READ)
DAY = re.compile(r"(20\d\d)-?(\d\d)-?(\d\d)")


def export_date(path: Path) -> date | None:
    """The day in a file's name, such as Index_of_CITES_Species_2017-04-21.csv."""
    found = DAY.search(path.name)
    try:
        return date(*map(int, found.groups())) if found else None
    except ValueError:
        return None


def import_species_plus(
    session: Session, path: Path, of: date, progress: Callable[[Iterable[Any]], Iterable[Any]] = iter
) -> tuple[int, int]:
    """Read a Species+ export; (rows taken, rows without a listing). The same file twice changes nothing: (0, 0).

    A listing such as "I/II" becomes one row an appendix, its population unknown: an export does not say which. The
    lexicon's own, dated facts are never touched. Raises Refused("invalid") naming what is missing or the line.
    """
    said = hashlib.sha256(path.read_bytes()).hexdigest()
    before = session.get(Import, f"species+ {path.name}"[:64])
    if before and before.sha256 == said and before.of == of:
        return 0, 0
    kept, without, batch, seen = 0, 0, [], set[str]()
    for number, row in enumerate(progress(_rows(path)), 2):
        identifier, name = (row.get("TaxonId") or "").strip(), (row.get("FullName") or "").strip()
        if not identifier.isdigit() or not name:
            raise Refused("invalid", f"Line {number}: a row needs a TaxonId in digits and a FullName.")
        appendices = [
            part for part in re.split(r"[/,\s]+", row.get("CurrentListing") or "") if part in ("I", "II", "III")
        ]
        if not appendices or identifier in seen:
            without += 1
            continue
        seen.add(identifier)
        batch.append((f"splus-{identifier}", name, appendices, row))
        if len(batch) == BATCH:
            kept += _keep(session, batch, of)
            batch = []
    kept += _keep(session, batch, of)
    session.merge(Import(name=f"species+ {path.name}"[:64], sha256=said, of=of, at=clock.now()))
    return kept, without


def _rows(path: Path) -> Iterator[dict[str, str]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        missing = [name for name in NEEDED if name not in (reader.fieldnames or ())]
        if missing:
            raise Refused("invalid", f"This is no Species+ export: the column {missing[0]} is missing.")
        yield from reader


def _keep(session: Session, batch: list[Any], of: date) -> int:
    if not batch:
        return 0
    ids = [identifier for identifier, *_ in batch]
    for table in (TaxonName, TaxonListing):
        session.execute(delete(table).where(table.taxon_id.in_(ids)))
    session.execute(delete(Taxon).where(Taxon.id.in_(ids)))
    cited = _cited(EXPORT)
    session.execute(
        insert(Taxon),
        [
            {
                "id": identifier,
                "scientific_name": name,
                "common_name": (row.get("EnglishNames") or "").split(",")[0].strip() or None,
                "group": GROUPS.get(row.get("Class") or "") or GROUPS.get(row.get("Kingdom") or ""),
                "products": [],
                "look_alikes": "",
                "lexicon": False,
            }
            for identifier, name, _, row in batch
        ],
    )
    languages = (("en", "EnglishNames"), ("es", "SpanishNames"), ("fr", "FrenchNames"))
    names = [
        {
            "taxon_id": identifier,
            "language": language,
            "text": text.strip(),
            "matched": False,
            "weight": 0.0,
            "citation": cited,
        }
        for identifier, _, _, row in batch
        for language, column in languages
        for text in (row.get(column) or "").split(",")
        if text.strip()
    ]
    if names:
        session.execute(insert(TaxonName), names)
    session.execute(
        insert(TaxonListing),
        [
            {"taxon_id": identifier, "source": "CITES", "appendix": appendix, "population": None,
             "annotation": row.get("#AnnotationSymbol") or "", "effective_from": None, "in_force_by": of, "until": None,
             "citations": [cited], "checked": Checked.READ}
            for identifier, _, appendices, row in batch
            for appendix in appendices
        ],
    )  # fmt: skip
    return len(batch)


def find_taxa(session: Session, q: str, cursor: str | None, limit: int = PAGE) -> tuple[list[Taxon], str | None]:
    """Taxa whose scientific name or any name begins with `q`, a page at a time."""
    like = q.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    named = select(TaxonName.taxon_id).where(TaxonName.text.ilike(like, escape="\\"))
    chosen = select(Taxon).where(or_(Taxon.scientific_name.ilike(like, escape="\\"), Taxon.id.in_(named)))
    found = list(
        session.scalars((chosen.where(Taxon.id > cursor) if cursor else chosen).order_by(Taxon.id).limit(limit + 1))
    )
    return list(islice(found, limit)), found[limit - 1].id if len(found) > limit else None
