"""Tables of skill: answers in the practice lane, pictures and answers to them, and what the rules ask a coordinator."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ANOTHER, CONTACT, PLAIN, WITH_ACCOUNT, WITHHELD, WORDS, Erasure, Export, Keeping
from server.core.words import Level
from server.people.courses.licences import Licence
from server.people.skill.lane import Said
from server.people.skill.levels import Move


class LaneAnswer(Model):
    """One person's one answer to one listing of the lane. A known one is marked; to a live one it is an opinion.

    Rows are only added, and are never a report, a case or a notice.
    """

    __tablename__ = "lane_answers"
    __keeping__ = Keeping(
        purpose="Trains judgement in the practice lane, and measures it.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"listing": PLAIN, "taxon_group": PLAIN, "case_id": WITHHELD, "why": WORDS},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    listing: Mapped[str | None] = mapped_column(String(64))  # the name of a known one
    taxon_group: Mapped[str | None] = mapped_column(String(32))  # its species group, as it was then
    case_id: Mapped[str | None] = mapped_column(ForeignKey("cases.id"), index=True)  # of a live one
    said: Mapped[str] = mapped_column(*one_of(Said, "said"))
    why: Mapped[str | None] = mapped_column(Text)  # in their words
    right: Mapped[bool | None] = mapped_column()  # None: "cannot tell", or live
    at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (
        UniqueConstraint("account_id", "listing"),
        UniqueConstraint("account_id", "case_id"),
        CheckConstraint("(listing IS NULL) <> (case_id IS NULL)", name="one_listing"),
        CheckConstraint('case_id IS NULL OR "right" IS NULL', name="live_is_not_marked"),
        Index("ix_lane_answers_listing", "listing", "right"),
    )


class LoadedPicture(Model):
    """A picture that an operator loaded into the picture lane, re-encoded; the file that was loaded is not kept."""

    __tablename__ = "loaded_pictures"
    __keeping__ = Keeping(
        purpose="Pictures for the picture lane, with their licence and author.",
        kept="Until an operator removes it.",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"name": PLAIN, "entry": CONTACT, "file_sha256": PLAIN, "licence": PLAIN},
    )
    name: Mapped[str] = mapped_column(String(64), primary_key=True)
    entry: Mapped[dict[str, Any]] = mapped_column(
        JSON
    )  # of the manifest (courses/pictured.py), the author's name in it
    licence: Mapped[str] = mapped_column(*one_of(Licence, "licence"))
    file_sha256: Mapped[str] = mapped_column(String(64))  # of the file that was loaded: the same is not loaded twice
    clean: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)  # WebP, of the pixels alone
    blurred: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    loaded_at: Mapped[datetime] = mapped_column(Time)


class PictureAnswer(Model):
    """One person's one answer to one picture of known answer. Rows are only added, and stay when the picture goes."""

    __tablename__ = "picture_answers"
    __keeping__ = Keeping(
        purpose="Trains the eye in the picture lane, and measures it.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"picture": PLAIN, "taxon_group": PLAIN, "said": PLAIN},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    picture: Mapped[str] = mapped_column(String(64), index=True)  # its name
    taxon_group: Mapped[str] = mapped_column(String(32))  # as it was then
    said: Mapped[str] = mapped_column(String(32))  # the key of a choice, flag, innocent or cannot_tell
    right: Mapped[bool | None] = mapped_column()  # None: "cannot tell"
    at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (
        UniqueConstraint("account_id", "picture"),
        CheckConstraint("(said = 'cannot_tell') = (\"right\" IS NULL)", name="unsure_is_not_marked"),
    )


class Proposal(Model):
    """What the rules ask a coordinator about somebody: to go up a level, or to talk. One open at a time."""

    __tablename__ = "level_proposals"
    __keeping__ = Keeping(
        purpose="Asks a coordinator to raise somebody's level, or to talk to them.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"decided_by_id": ANOTHER, "why": WORDS},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    level: Mapped[str] = mapped_column(*one_of(Level, "level"))  # where they stood
    move: Mapped[str] = mapped_column(*one_of(Move, "move"))
    judged: Mapped[int]  # judgements it rests on
    at: Mapped[datetime] = mapped_column(Time)
    decided_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    why: Mapped[str | None] = mapped_column(String(2000))  # of a coordinator's "not now"
    decided_at: Mapped[datetime | None] = mapped_column(Time)  # or when it was overtaken

    __table_args__ = (
        CheckConstraint("account_id <> decided_by_id", name="by_another"),
        Index(
            "uq_level_proposals_open", "account_id", unique=True,
            sqlite_where=text("decided_at IS NULL"), postgresql_where=text("decided_at IS NULL"),
        ),
    )  # fmt: skip
