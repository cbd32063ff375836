"""The tables of organisations, of who notifies a company, and of the companies' own Article 16 mechanisms."""

from datetime import date

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model
from server.core.keeping import CONTACT, NO_END, PLAIN, Erasure, Export, Keeping


class Organisation(Model):
    """An organisation of the coalition, with its trusted-flagger award if it has one. Notices keep what it was when they left."""

    __tablename__ = "organisations"
    __keeping__ = Keeping(
        purpose="The organisations in whose name notices are sent, and their trusted-flagger status.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        note="No row names a person: an address or a name of somebody of the programme is refused.",
        fields={
            "name": PLAIN,
            "email": CONTACT,
            "authority": PLAIN,
            "country": PLAIN,
            "area": PLAIN,
            "categories": PLAIN,
            "groups": PLAIN,
        },
    )
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(200), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    # The award; all of it is None or empty where there is none.
    authority: Mapped[str | None] = mapped_column(String(200))  # the Digital Services Coordinator that gave it
    country: Mapped[str | None] = mapped_column(String(2))  # the Coordinator's (ISO 3166)
    area: Mapped[str | None] = mapped_column(String(500))  # of expertise, as the Coordinator words it
    categories: Mapped[list[str]] = mapped_column(JSON)  # what is offered that the area covers
    groups: Mapped[list[str]] = mapped_column(JSON)  # of species that it covers; empty: all
    since: Mapped[date | None] = mapped_column(Date)
    until: Mapped[date | None] = mapped_column(Date)  # its last day; None: no end is known
    suspended_on: Mapped[date | None] = mapped_column(Date)

    __table_args__ = (
        CheckConstraint("(authority IS NULL) = (since IS NULL)", name="since"),
        CheckConstraint("(authority IS NULL) = (country IS NULL)", name="country"),
        CheckConstraint("(authority IS NULL) = (area IS NULL)", name="area"),
        CheckConstraint("until IS NULL OR until >= since AND since IS NOT NULL", name="until"),
        CheckConstraint("suspended_on IS NULL OR since IS NOT NULL", name="suspended_on"),
    )


class CompanyNotifier(Model):
    """Which organisation notifies a company. No row: the organisation of the settings."""

    __tablename__ = "company_notifiers"
    __keeping__ = Keeping(
        purpose="Which organisation notifies a company.",
        kept="Until the administrator chooses the organisation of the settings again.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"company_id": PLAIN, "organisation_id": PLAIN},
    )
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), primary_key=True)
    organisation_id: Mapped[str] = mapped_column(ForeignKey("organisations.id"), index=True)


class OwnMechanism(Model):
    """That what is sent to a SPOC goes through its company's own Article 16 mechanism; of this address and no other."""

    __tablename__ = "own_mechanisms"
    __keeping__ = Keeping(
        purpose="Which addresses are a company's own mechanism for notices under Article 16 of the Digital Services Act.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"spoc_id": PLAIN, "address": CONTACT},
    )
    spoc_id: Mapped[str] = mapped_column(ForeignKey("spocs.id"), primary_key=True)
    address: Mapped[str] = mapped_column(Text)
