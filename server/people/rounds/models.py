"""Tables of rounds, their teams and memberships, of searches, of reminders, and of what a spotter chose."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Date,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    Text,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ABOUT, NO_END, PLAIN, WITH_ACCOUNT, WORDS, Erasure, Export, Keeping
from server.core.words import RoundState, WhyStopped
from server.people.rounds.weeks import Span


class Round(Model):
    """Some weeks in which spotters search together. Both days are its own, in its time zone."""

    __tablename__ = "rounds"
    __keeping__ = Keeping(
        purpose="Plans a round: its days, targets and themes.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={
            "name": PLAIN,
            "about": WORDS,
            "zone": PLAIN,
            "targets": PLAIN,
            "groups": PLAIN,
            "platforms": PLAIN,
            "languages": PLAIN,
        },
    )
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(String(100))
    about: Mapped[str] = mapped_column(Text)  # a few words to spotters, or ""
    starts_on: Mapped[date] = mapped_column(Date)
    ends_on: Mapped[date] = mapped_column(Date)
    zone: Mapped[str] = mapped_column(
        String(64), default="UTC"
    )  # in which its days are counted: IANA's name, as Asia/Singapore
    targets: Mapped[list[int]] = mapped_column(JSON)  # reports hoped for, by week, of everybody together
    groups: Mapped[list[str]] = mapped_column(JSON)  # themes: species groups, platforms (slugs), languages; empty: all
    platforms: Mapped[list[str]] = mapped_column(JSON)
    languages: Mapped[list[str]] = mapped_column(JSON)
    state: Mapped[str] = mapped_column(*one_of(RoundState, "state"))
    made_at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (
        CheckConstraint("starts_on <= ends_on", name="days"),
        Index("ix_rounds_state_ends_on", "state", "ends_on"),
    )

    @property
    def span(self) -> Span:
        """Its days."""
        return Span(self.starts_on, self.ends_on, self.zone)


class Team(Model):
    """Some of a round's spotters, with one of them who leads."""

    __tablename__ = "teams"
    __keeping__ = Keeping(
        purpose="Divides a round into teams, and says who leads one.",
        kept=NO_END,
        whose="lead_id",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"round_id": PLAIN, "name": PLAIN, "lead_id": ABOUT.erased_to(None)},
    )
    id: Mapped[Id]
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"))
    name: Mapped[str] = mapped_column(String(60))
    lead_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # None: nobody yet

    __table_args__ = (
        UniqueConstraint("round_id", "name"),
        UniqueConstraint("round_id", "id"),  # what a membership's team is known by: never one of another round
    )


class Membership(Model):
    """Somebody signed up for a round: a trainee waits until they are accredited. Who leaves is kept: their reports were the round's."""

    __tablename__ = "memberships"
    __keeping__ = Keeping(
        purpose="Who took part in a round, for its figures.",
        kept=NO_END,
        whose="account_id",
        erasure=Erasure.STAYS,
        export=Export.ROWS,
        note="The person leaves rounds that are not over.",
        fields={"round_id": PLAIN, "team_id": PLAIN},
    )
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True, index=True)
    team_id: Mapped[str | None] = mapped_column(String(32))
    joined_at: Mapped[datetime] = mapped_column(Time)
    admitted_at: Mapped[datetime | None] = mapped_column(Time)  # None: waits to be accredited, and takes no part yet
    left_at: Mapped[datetime | None] = mapped_column(Time)

    __table_args__ = (ForeignKeyConstraint(["round_id", "team_id"], ["teams.round_id", "teams.id"]),)


class Search(Model):
    """Somebody looked one term up on one platform on one day: the effort that figures need. Written again, it is corrected."""

    __tablename__ = "searches"
    __keeping__ = Keeping(
        purpose="The effort behind the figures: which term was looked up where, and how long it took.",
        kept=NO_END,
        whose="account_id",
        erasure=Erasure.STAYS,
        export=Export.ROWS,
        fields={"round_id": PLAIN, "platform_id": PLAIN, "term": WORDS, "language": PLAIN},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    round_id: Mapped[str | None] = mapped_column(ForeignKey("rounds.id"))  # None: outside a round
    platform_id: Mapped[str] = mapped_column(ForeignKey("platforms.id"))
    term: Mapped[str] = mapped_column(String(200))
    language: Mapped[str | None] = mapped_column(String(8))  # None: the spotter's own words
    day: Mapped[date] = mapped_column(Date)  # in the round's time zone; outside a round in UTC
    seen: Mapped[int]  # ads looked at
    minutes: Mapped[int]
    stated: Mapped[bool]  # the spotter said how long it took; otherwise it was calculated
    at: Mapped[datetime] = mapped_column(Time)
    why_stopped: Mapped[str | None] = mapped_column(*one_of(WhyStopped, "why_stopped"))  # None: not said

    __table_args__ = (
        UniqueConstraint("account_id", "platform_id", "term", "day"),
        CheckConstraint("seen BETWEEN 0 AND 10000", name="seen"),
        CheckConstraint("minutes BETWEEN 1 AND 600", name="minutes"),
        Index("ix_searches_account_id_day", "account_id", "day"),
        Index("ix_searches_round_id_day", "round_id", "day"),
        Index("ix_searches_platform_id_term_day", "platform_id", "term", "day"),
        Index("ix_searches_term", "term", "at"),  # whether words are new in a round
        Index("ix_searches_minutes", "at", "minutes"),  # how much was searched in a month
    )


class RoundCount(Model):
    """What a round with many reports came to, counted beforehand."""

    __tablename__ = "round_counts"
    __keeping__ = Keeping(
        purpose="What a round with many reports came to, for its report.",
        kept="Until it is counted again: each hour while the round runs, then each day.",
        erasure=Erasure.BY_STEP,
        export=Export.NOTHING,
        note="All of it is deleted when anybody is erased, and counted again.",
        fields={"round_id": PLAIN, "value": ABOUT},
    )
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Time)
    value: Mapped[Any] = mapped_column(JSON)


class RoundMail(Model):
    """One mail of a round to one person, recorded before it is sent: there is never a second."""

    __tablename__ = "round_mails"
    __keeping__ = Keeping(
        purpose="Makes sure that a reminder of a round is emailed only once.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        mailed=True,
        fields={"round_id": PLAIN, "name": PLAIN},
    )
    id: Mapped[Id]
    round_id: Mapped[str] = mapped_column(ForeignKey("rounds.id"))
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str] = mapped_column(String(16))  # start, week-2, end
    at: Mapped[datetime] = mapped_column(Time)
    mailed_at: Mapped[datetime | None] = mapped_column(Time)

    __table_args__ = (UniqueConstraint("round_id", "account_id", "name"),)


class SpotterChoice(Model):
    """What somebody chose: the languages they read, what they leave out, whether rounds may remind them, and a pause."""

    __tablename__ = "spotter_choices"
    __keeping__ = Keeping(
        purpose="What somebody chose: languages, topics left out, reminders of rounds by email, and a pause.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"languages": ABOUT, "avoids": ABOUT, "paused_until": ABOUT},
    )
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    languages: Mapped[list[str]] = mapped_column(JSON)
    reminders: Mapped[bool]
    avoids: Mapped[list[str] | None] = mapped_column(JSON)  # species groups they are shown nothing of; None: none
    paused_until: Mapped[date | None] = mapped_column(Date)  # nothing asks them before that day
