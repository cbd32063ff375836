"""Tables of species: taxa with their names and listings, terms, and what was imported when."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, Float, ForeignKey, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.database import Model, Time, one_of
from server.species.entries import Checked, Group
from server.species.matching import About, Kind, Reach


class Taxon(Model):
    """What is traded and protected. The lexicon's have a name as id, those of a Species+ export `splus-<TaxonId>`."""

    __tablename__ = "taxa"
    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    scientific_name: Mapped[str] = mapped_column(Text, index=True)
    common_name: Mapped[str | None] = mapped_column(Text)  # in English
    group: Mapped[str | None] = mapped_column(*one_of(Group, "group_name"), name="group_name")
    products: Mapped[list[str]] = mapped_column(JSON)
    look_alikes: Mapped[str] = mapped_column(Text)
    lexicon: Mapped[bool] = mapped_column(Boolean, index=True)  # ours, with dates; else from an export


class TaxonName(Model):
    """A name of a taxon in one language."""

    __tablename__ = "taxon_names"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    taxon_id: Mapped[str] = mapped_column(ForeignKey("taxa.id"), index=True)
    language: Mapped[str] = mapped_column(String(8))  # ISO 639-1; "la" for scientific names
    text: Mapped[str] = mapped_column(Text)
    matched: Mapped[bool] = mapped_column(Boolean)  # whether it is looked for in ads
    weight: Mapped[float] = mapped_column(Float)
    citation: Mapped[dict[str, Any]] = mapped_column(JSON)  # key, name, address, checked


class TaxonListing(Model):
    """What protects one population of a taxon, and when. There is no "the appendix" of a taxon."""

    __tablename__ = "taxon_listings"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    taxon_id: Mapped[str] = mapped_column(ForeignKey("taxa.id"))
    source: Mapped[str] = mapped_column(String(16))  # CITES, EU, national
    appendix: Mapped[str] = mapped_column(String(64))
    population: Mapped[str | None] = mapped_column(Text)  # None: the source does not say which
    annotation: Mapped[str] = mapped_column(Text)
    effective_from: Mapped[date | None] = mapped_column(Date)
    in_force_by: Mapped[date | None] = mapped_column(Date)  # seen in force then, where the first day is not known
    until: Mapped[date | None] = mapped_column(Date)
    citations: Mapped[list[dict[str, Any]]] = mapped_column(JSON)
    checked: Mapped[str] = mapped_column(*one_of(Checked, "checked"))

    __table_args__ = (Index("ix_taxon_listings_taxon", "taxon_id", "source"),)


class LexiconTerm(Model):
    """A word to look for in ads: a trader's word or emoji, or a use that is innocent."""

    __tablename__ = "terms"
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(8))
    kind: Mapped[str] = mapped_column(*one_of(Kind, "kind"))
    weight: Mapped[float] = mapped_column(Float)
    taxa: Mapped[list[str]] = mapped_column(JSON)
    about: Mapped[str | None] = mapped_column(*one_of(About, "about"))
    reach: Mapped[str] = mapped_column(*one_of(Reach, "reach"))
    citation: Mapped[dict[str, Any]] = mapped_column(JSON)


class Import(Model):
    """What was read in, by the hash of its content: reading the same again does nothing."""

    __tablename__ = "imports"
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64))
    of: Mapped[date | None] = mapped_column(Date)  # the day the list stands for
    at: Mapped[datetime] = mapped_column(Time)
