"""The tables of companies, their platforms and their SPOCs.

A platform or SPOC that `--replace` takes away is retired, not deleted: listings and old notices name it.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Date, ForeignKey, Integer, String, Text, false, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import CONTACT, NO_END, PLAIN, SECRET, Erasure, Export, Keeping
from server.core.words import Channel


class Company(Model):
    """Who answers for one or more platforms."""

    __tablename__ = "companies"
    __keeping__ = Keeping(
        purpose="The company that runs a platform.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"slug": PLAIN, "name": PLAIN, "policy_url": PLAIN},
    )
    id: Mapped[Id]
    slug: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    policy_url: Mapped[str | None] = mapped_column(Text)
    platforms: Mapped[list["Platform"]] = relationship(back_populates="company", order_by="Platform.slug")
    spocs: Mapped[list["Spoc"]] = relationship(back_populates="company", order_by="Spoc.id")
    clauses: Mapped[list["Clause"]] = relationship(back_populates="company", order_by="Clause.position")


class Clause(Model):
    """A clause of a company's policy that a notice may name."""

    __tablename__ = "company_clauses"
    __keeping__ = Keeping(
        purpose="The clauses of a company's policy that notices may name.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"company_id": PLAIN, "reference": PLAIN, "url": PLAIN, "groups": PLAIN},
    )
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), primary_key=True)
    reference: Mapped[str] = mapped_column(String(200), primary_key=True)  # as the company calls it
    url: Mapped[str | None] = mapped_column(Text)  # None: the company's policy_url
    groups: Mapped[list[str]] = mapped_column(JSON)  # of species; empty: all
    position: Mapped[int]  # in the companies file
    company: Mapped[Company] = relationship(back_populates="clauses")


class Platform(Model):
    """A site a company runs."""

    __tablename__ = "platforms"
    __keeping__ = Keeping(
        purpose="Recognises a platform's listings, and records whether its company agreed to monitoring.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={
            "company_id": PLAIN,
            "slug": PLAIN,
            "name": PLAIN,
            "listing": PLAIN,
            "monitoring_agreed_by": CONTACT,
            "monitoring_removed": PLAIN,
            "search": PLAIN,
            "languages": PLAIN,
            "country": PLAIN,
        },
    )
    id: Mapped[Id]
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), index=True)
    slug: Mapped[str] = mapped_column(String(64), unique=True)  # begins the key of each of its listings
    name: Mapped[str] = mapped_column(String(200))
    listing: Mapped[list[str]] = mapped_column(JSON)  # listing patterns (RE2), in order
    per_domain: Mapped[bool] = mapped_column(
        Boolean, default=False, server_default=false()
    )  # a number counts on one domain
    monitoring_agreed_by: Mapped[str | None] = mapped_column(String(200))  # None: the server never fetches from it
    monitoring_agreed_on: Mapped[date | None] = mapped_column(Date)
    monitoring_removed: Mapped[list[str] | None] = mapped_column(JSON)  # what its pages say of a listing that is gone
    search: Mapped[str | None] = mapped_column(Text)  # its own search's address, with {words} where they stand
    languages: Mapped[list[str] | None] = mapped_column(JSON)  # of its ads; None or empty: any
    country: Mapped[str | None] = mapped_column(
        String(2)
    )  # the only one it serves (ISO 3166); None: its domains say so
    retired_at: Mapped[datetime | None] = mapped_column(Time)
    company: Mapped[Company] = relationship(back_populates="platforms")
    names: Mapped[list["PlatformName"]] = relationship(back_populates="platform", order_by="PlatformName.name")


class NameKind(StrEnum):
    """What a platform claims: a registrable domain with every subdomain, or one exact host, which goes first and may
    have the beginning of a path behind it (mercari.com/jp)."""

    DOMAIN = "domain"
    HOST = "host"


class PlatformName(Model):
    """A domain or host of one platform; no two platforms have the same."""

    __tablename__ = "platform_names"
    __keeping__ = Keeping(
        purpose="The domains and hosts of a platform.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"name": PLAIN, "platform_id": PLAIN},
    )
    kind: Mapped[str] = mapped_column(*one_of(NameKind, "kind"), primary_key=True)
    name: Mapped[str] = mapped_column(String(253), primary_key=True)  # as A-labels
    platform_id: Mapped[str] = mapped_column(ForeignKey("platforms.id"), index=True)
    platform: Mapped[Platform] = relationship(back_populates="names")


class Spoc(Model):
    """A company's single point of contact. A work contact, seen by coordinators and administrators only."""

    __tablename__ = "spocs"
    __keeping__ = Keeping(
        purpose="The contact at a company that receives notices.",
        kept="Until somebody deletes it by hand; one that `companies import --replace` removes is retired.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={
            "company_id": PLAIN,
            "name": CONTACT,
            "email": CONTACT,
            "form_url": CONTACT,
            "webhook_url": CONTACT,
            "webhook_secrets": SECRET,
            "regions": PLAIN,
            "languages": PLAIN,
            "groups": PLAIN,
            "platforms": PLAIN,
            "time_zone": PLAIN,
        },
    )
    __table_args__ = (CheckConstraint("digest_hour BETWEEN 0 AND 23", name="digest_hour"),)
    id: Mapped[Id]
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    channel: Mapped[str] = mapped_column(*one_of(Channel, "channel"))
    email: Mapped[str | None] = mapped_column(String(254))
    form_url: Mapped[str | None] = mapped_column(Text)
    webhook_url: Mapped[str | None] = mapped_column(Text)
    webhook_secrets: Mapped[list[str] | None] = mapped_column(JSON)  # each signs what is sent; two while one is rotated
    regions: Mapped[list[str]] = mapped_column(JSON)  # empty: everywhere
    languages: Mapped[list[str]] = mapped_column(JSON)
    groups: Mapped[list[str]] = mapped_column(JSON, default=list, server_default=text("'[]'"))  # of species; empty: all
    platforms: Mapped[list[str]] = mapped_column(JSON, default=list, server_default=text("'[]'"))  # slugs; empty: all
    time_zone: Mapped[str | None] = mapped_column(String(64))  # IANA; None: UTC. Its country says the working days
    digest_hour: Mapped[int | None] = mapped_column(Integer)  # by that zone's clock, when a digest leaves; None: 8
    verified_on: Mapped[date | None] = mapped_column(Date)  # when somebody last made sure
    bounced_at: Mapped[datetime | None] = mapped_column(Time)  # when what we sent came back for good
    retired_at: Mapped[datetime | None] = mapped_column(Time)
    company: Mapped[Company] = relationship(back_populates="spocs")


class WebhookSecret(Model):
    """When a secret of a webhook began to sign and when it was retired, by its fingerprint; the secret stands at its SPOC."""

    __tablename__ = "webhook_secrets"
    __keeping__ = Keeping(
        purpose="Shows a company which secrets of its webhook sign, and since when.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"spoc_id": PLAIN, "fingerprint": PLAIN},
    )
    spoc_id: Mapped[str] = mapped_column(ForeignKey("spocs.id"), primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(8), primary_key=True)
    since: Mapped[datetime | None] = mapped_column(Time)  # None: before this was recorded
    own: Mapped[bool] = mapped_column(Boolean)  # the company made it on its page; else the companies file named it
    retired_at: Mapped[datetime | None] = mapped_column(Time)


class DirectoryVersion(Model):
    """One row: a new version whenever the directory changes, so that every process knows when to read it again."""

    __tablename__ = "directory_versions"
    __keeping__ = Keeping(
        purpose="Tells every process when the directory of companies has changed, and coordinators what the last import did.",
        kept="One row, which is overwritten.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"version": PLAIN, "imported": PLAIN},
    )
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)
    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(String(32))
    imported_at: Mapped[datetime | None] = mapped_column(Time)  # when an import last changed something
    imported: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # and what: numbers, as printed
