"""The tables of taxa, their names and listings, of terms, and of imports."""

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, Float, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ABOUT, ANOTHER, NO_END, PLAIN, WITHHELD, WORDS, Erasure, Export, Keeping
from server.ledger.species.entries import Group, Origin
from server.ledger.species.finding import FoundState
from server.ledger.species.lineage import TaxonRank
from server.ledger.species.listed import Checked
from server.ledger.species.terms import TermKind


class Taxon(Model):
    """What is traded and protected. Ids are stable for good, for cases keep them: slugs for the lexicon's own,
    `cites-<TaxonId>` for those of a Species+ export."""

    __tablename__ = "taxa"
    __keeping__ = Keeping(
        purpose="What is traded and protected.",
        kept="As long as the installed version includes it, or a case names it.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"id": PLAIN, "scientific_name": PLAIN, "parent_id": PLAIN, "products": PLAIN, "look_alikes": PLAIN},
    )
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    scientific_name: Mapped[str] = mapped_column(Text, index=True)
    rank: Mapped[str | None] = mapped_column(*one_of(TaxonRank, "rank"))  # None: an export says none that we know
    parent_id: Mapped[str | None] = mapped_column(String(64))  # the higher taxon under which it is listed
    taxon_group: Mapped[str] = mapped_column(*one_of(Group, "taxon_group"))  # "group" is a word of SQL
    origin: Mapped[str] = mapped_column(*one_of(Origin, "origin"), index=True)
    weight: Mapped[float] = mapped_column(Float)  # how far its plain name goes in judging an ad, 0 to 1
    products: Mapped[list[str]] = mapped_column(JSON)
    look_alikes: Mapped[str] = mapped_column(Text)


class TaxonName(Model):
    """A name of a taxon in one language; `la` for scientific ones."""

    __tablename__ = "taxon_names"
    __keeping__ = Keeping(
        purpose="Names of taxa, to be found in ads.",
        kept="As long as the installed version includes it.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"taxon_id": PLAIN, "language": PLAIN, "text": PLAIN, "folded": PLAIN, "source": PLAIN},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    taxon_id: Mapped[str] = mapped_column(ForeignKey("taxa.id"), index=True)
    language: Mapped[str] = mapped_column(String(8))
    text: Mapped[str] = mapped_column(Text)
    folded: Mapped[str] = mapped_column(Text)  # for searching
    matched: Mapped[bool]  # looked for in ads
    source: Mapped[str] = mapped_column(String(8))  # its key in lexicon/sources.yaml
    checked: Mapped[str] = mapped_column(*one_of(Checked, "checked"))


class TaxonListing(Model):
    """An appendix for one population of a taxon, with its annotation, its dates, and where that was found."""

    __tablename__ = "taxon_listings"
    __keeping__ = Keeping(
        purpose="Says how a taxon is protected, since when, and according to which source.",
        kept="As long as the installed version or an imported export includes it.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={
            "taxon_id": PLAIN,
            "source": PLAIN,
            "appendix": PLAIN,
            "jurisdiction": PLAIN,
            "under": PLAIN,
            "population": PLAIN,
            "annotation": PLAIN,
            "citations": PLAIN,
            "date_checked": PLAIN,
        },
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    taxon_id: Mapped[str] = mapped_column(ForeignKey("taxa.id"), index=True)
    source: Mapped[str] = mapped_column(String(16))  # CITES, EU, national
    appendix: Mapped[str] = mapped_column(String(120))  # of a national list: the list and the rank in it
    jurisdiction: Mapped[str | None] = mapped_column(String(2))  # of a national list
    under: Mapped[str | None] = mapped_column(Text)  # the higher taxon that is listed
    population: Mapped[str | None] = mapped_column(Text)  # None: not known
    annotation: Mapped[str | None] = mapped_column(Text)
    effective_from: Mapped[date | None] = mapped_column(Date)  # None: not known
    in_force_by: Mapped[date | None] = mapped_column(Date)  # a day on which it was in force
    until: Mapped[date | None] = mapped_column(Date)  # its last day
    citations: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # key, name, address
    checked: Mapped[str] = mapped_column(*one_of(Checked, "checked"))
    date_checked: Mapped[str | None] = mapped_column(String(8))


class ExportedListing(Model):
    """What the newest Species+ export that names one of the lexicon's own taxa says of it."""

    __tablename__ = "exported_listings"
    __keeping__ = Keeping(
        purpose="Confirms what the lexicon has from memory, or says where it differs.",
        kept="Until a newer export names the taxon.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"scientific_name": PLAIN, "appendices": PLAIN},
    )
    scientific_name: Mapped[str] = mapped_column(Text, primary_key=True)  # as `comparing.plain` has it
    appendices: Mapped[str] = mapped_column(String(16))  # "I/II"; empty: none
    as_of: Mapped[date] = mapped_column(Date)


class LexiconTerm(Model):
    """A trader's word or emoji, or an innocent use of one."""

    __tablename__ = "terms"
    __keeping__ = Keeping(
        purpose="Trade terms, to be found in ads.",
        kept="As long as the installed version includes it.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"text": PLAIN, "language": PLAIN, "about": PLAIN, "reach": PLAIN, "taxa": PLAIN, "source": PLAIN},
    )
    id: Mapped[int] = mapped_column(primary_key=True)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(*one_of(TermKind, "kind"))
    about: Mapped[str | None] = mapped_column(String(8))
    reach: Mapped[str] = mapped_column(String(8))
    weight: Mapped[float] = mapped_column(Float)
    taxa: Mapped[list[str]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(8))
    checked: Mapped[str] = mapped_column(*one_of(Checked, "checked"))


class AddedTerm(Model):
    """A trader's word that a coordinator added. Loading the shipped lexicon leaves it alone."""

    __tablename__ = "added_terms"
    __keeping__ = Keeping(
        purpose="Trade terms that coordinators added, to be found in ads.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"text": PLAIN, "key": PLAIN, "language": PLAIN, "taxa": PLAIN, "source": WORDS},
    )
    id: Mapped[Id]
    text: Mapped[str] = mapped_column(String(100))
    key: Mapped[str] = mapped_column(String(400), unique=True)  # as the matcher knows it (matching.key)
    language: Mapped[str] = mapped_column(String(8))
    taxa: Mapped[list[str]] = mapped_column(JSON)
    source: Mapped[str] = mapped_column(String(300))  # where it was seen, in the coordinator's words
    at: Mapped[datetime] = mapped_column(Time)


FOUND_KEPT = timedelta(days=365)  # of what was declined or removed, or never decided; then it may be proposed again


class FoundTerm(Model):
    """A word that over-appears in confirmed ads, with its evidence, and what two coordinators said of it."""

    __tablename__ = "found_terms"
    __keeping__ = Keeping(
        purpose="Proposes trade terms that confirmed ads have and the lexicon lacks, and says who found them first.",
        kept=f"An approved word for as long as the lexicon has it; otherwise {FOUND_KEPT.days} days after it was declined or removed, or last seen.",
        job="find_terms",
        whose="credited_id",
        erasure=Erasure.STAYS,
        export=Export.ROWS,
        fields={
            "text": PLAIN,
            "key": WITHHELD,
            "language": PLAIN,
            "taxon_id": PLAIN,
            "examples": WITHHELD,
            "confirmed": WITHHELD,
            "dismissed": WITHHELD,
            "sellers": WITHHELD,
            "chance": WITHHELD,
            "first_at": WITHHELD,
            "credited_id": ABOUT.erased_to(None),
            "first_by": ANOTHER,
            "decided_by": ANOTHER,
            "added_id": PLAIN,
        },
    )
    id: Mapped[Id]
    text: Mapped[str] = mapped_column(String(100))
    key: Mapped[str] = mapped_column(String(400), unique=True)  # as the matcher knows it (matching.key)
    state: Mapped[str] = mapped_column(*one_of(FoundState, "state"))
    language: Mapped[str] = mapped_column(String(8))  # as its ads suggest, then as the first coordinator said
    taxon_id: Mapped[str | None] = mapped_column(String(64))  # the same
    confirmed: Mapped[int]  # cases that have it
    dismissed: Mapped[int]
    sellers: Mapped[int]  # of the confirmed cases
    chance: Mapped[float] = mapped_column(Float)  # how likely that is without any cause (see `finding`)
    examples: Mapped[list[str]] = mapped_column(
        JSON
    )  # ids of confirmed cases; their words are read where they are shown
    credited_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"), index=True)  # reported the oldest case
    found_at: Mapped[datetime] = mapped_column(Time)
    seen_at: Mapped[datetime] = mapped_column(Time)  # when it over-appeared last
    first_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # the first coordinator who approved it
    first_at: Mapped[datetime | None] = mapped_column(Time)
    decided_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # the second, or who declined it
    decided_at: Mapped[datetime | None] = mapped_column(Time)
    added_id: Mapped[str | None] = mapped_column(String(32))  # of `added_terms`, which may have been taken out since

    __table_args__ = (
        CheckConstraint("state <> 'approved' OR (first_by IS NOT NULL AND first_by <> decided_by)", name="two_people"),
        CheckConstraint("(state = 'proposed') = (decided_at IS NULL)", name="decided"),
    )


class Import(Model):
    """What was imported, so that nothing is imported twice."""

    __tablename__ = "imports"
    __keeping__ = Keeping(
        purpose="Prevents the same data from being imported twice.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"name": PLAIN, "sha256": PLAIN},
    )
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    as_of: Mapped[date] = mapped_column(Date)  # the day its facts are of
    at: Mapped[datetime] = mapped_column(Time)
