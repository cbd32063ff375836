"""Tables of accreditation: signatures, decisions, appeals, certificates."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import (
    ANOTHER,
    ERASED,
    NAME,
    NO_END,
    PLAIN,
    SECRET,
    WITH_ACCOUNT,
    WITHHELD,
    WORDS,
    Erasure,
    Export,
    Keeping,
)
from server.core.words import Level, Standing
from server.people.accreditation.occasions import Occasion


class Signature(Model):
    """One person's signature under one state of the agreement."""

    __tablename__ = "signatures"
    __keeping__ = Keeping(
        purpose="Proves that somebody agreed to the rules, and to which version.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"content_hash": PLAIN, "name": NAME, "witness_id": ANOTHER},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    content_hash: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))  # as they wrote it
    witness_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # a coordinator who has it on paper
    at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (UniqueConstraint("account_id", "content_hash"),)


class AccreditationRow(Model):
    """One decision about one person's accreditation. Rows are only added; the newest one counts."""

    __tablename__ = "accreditations"
    __keeping__ = Keeping(
        purpose="Records who may report, at which level, who decided it, and why.",
        kept=NO_END,
        whose="account_id",
        erasure=Erasure.STAYS,
        export=Export.ROWS,
        mailed=True,
        note="It ends when the person is erased.",
        fields={
            "by_account_id": ANOTHER,
            "why": WORDS.erased_to(ERASED),
            "second": ANOTHER,
            "groups": PLAIN,
            "languages": PLAIN,
            "covers": WITHHELD,
        },
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    level: Mapped[str] = mapped_column(*one_of(Level, "level"))
    standing: Mapped[str] = mapped_column(*one_of(Standing, "standing"))
    by_account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    why: Mapped[str] = mapped_column(String(2000))
    exam_waived: Mapped[bool] = mapped_column(default=False)
    second: Mapped[str | None] = mapped_column(String(200))  # whom a sole coordinator asked elsewhere
    groups: Mapped[list[str] | None] = mapped_column(JSON)  # the scope; None or empty: all
    languages: Mapped[list[str] | None] = mapped_column(JSON)
    covers: Mapped[dict[str, str] | None] = mapped_column(JSON)  # content hash by module it was given on
    at: Mapped[datetime] = mapped_column(Time)
    expires_at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (
        CheckConstraint("account_id <> by_account_id", name="by_another"),
        Index("ix_accreditations_account_id_at", "account_id", "at"),
    )


class StepDown(Model):
    """The rules protected: what this decision gave counts as probation since `at`. Any later decision overtakes it.

    Decisions are people's and stand in `accreditations`; the rules can write here alone, and so can only lower a level.
    """

    __tablename__ = "step_downs"
    __keeping__ = Keeping(
        purpose="Records when the rules put somebody back on probation, and why.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"accreditation_id": PLAIN, "params": PLAIN, "why": WORDS},
    )
    accreditation_id: Mapped[str] = mapped_column(ForeignKey("accreditations.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    params: Mapped[dict[str, int]] = mapped_column(JSON)  # judged, low, high, asks: see standings.why_stepped_down
    why: Mapped[str | None] = mapped_column(String(2000))  # as written then, from before there were params
    at: Mapped[datetime] = mapped_column(Time)


class Appeal(Model):
    """A person asks somebody else to look at what was decided about them. Open until `decided_at`."""

    __tablename__ = "appeals"
    __keeping__ = Keeping(
        purpose="Lets somebody else review a decision about an accreditation.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={
            "accreditation_id": PLAIN,
            "text": WORDS,
            "decided_by_id": ANOTHER,
            "second": ANOTHER,
            "why": WORDS,
        },
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    accreditation_id: Mapped[str] = mapped_column(ForeignKey("accreditations.id"), unique=True)  # one for a decision
    text: Mapped[str] = mapped_column(String(4000))
    at: Mapped[datetime] = mapped_column(Time)
    decided_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    second: Mapped[str | None] = mapped_column(String(200))  # whom they asked elsewhere, where nobody else could decide
    granted: Mapped[bool | None] = mapped_column()  # None: open, or (until 2026) overtaken by another decision
    why: Mapped[str | None] = mapped_column(String(2000))
    decided_at: Mapped[datetime | None] = mapped_column(Time)

    __table_args__ = (CheckConstraint("account_id <> decided_by_id", name="by_another"),)


class Certificate(Model):
    """An address where others may see that somebody is accredited, under the name they chose. Off until they want it."""

    __tablename__ = "certificates"
    __keeping__ = Keeping(
        purpose="Shows others that somebody is accredited, under the name they chose.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"code": SECRET, "alias": NAME},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    alias: Mapped[str] = mapped_column(String(100))
    made_at: Mapped[datetime] = mapped_column(Time)
    expires_at: Mapped[datetime] = mapped_column(Time)
    ended_at: Mapped[datetime | None] = mapped_column(Time)


class StandingMail(Model):
    """One mail about somebody's accreditation, recorded before it is sent: there is never a second."""

    __tablename__ = "standing_mails"
    __keeping__ = Keeping(
        purpose="Makes sure that each step of an accreditation is emailed, and only once.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        mailed=True,
        fields={"about": PLAIN},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    occasion: Mapped[str] = mapped_column(*one_of(Occasion, "occasion"))
    # A decision, an appeal, an opening, a day of lapsing, or a state of a module.
    about: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Time)
    mailed_at: Mapped[datetime | None] = mapped_column(Time)

    __table_args__ = (UniqueConstraint("account_id", "occasion", "about"),)


class Contact(Model):
    """Whom a spotter turns to: a coordinator, or a lead. Named when they are accredited, and changed by a coordinator."""

    __tablename__ = "contacts"
    __keeping__ = Keeping(
        purpose="Names the coordinator or lead whom a spotter turns to.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"contact_id": ANOTHER},
    )
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (CheckConstraint("account_id <> contact_id", name="another"),)
