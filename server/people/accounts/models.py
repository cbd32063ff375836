"""Tables of accounts. Passwords, tokens, session and device codes are kept as hashes only."""

import secrets
from datetime import datetime
from enum import StrEnum

from flask_login import UserMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import (
    ABOUT,
    ANOTHER,
    CONTACT,
    ERASED,
    NAME,
    NO_END,
    PLAIN,
    SECRET,
    WITH_ACCOUNT,
    WORDS,
    Erasure,
    Export,
    Keeping,
)
from server.core.words import MailFrequency, Role, Scope, TeamRole


class AccountAction(StrEnum):
    """What was done to an account as a whole."""

    CLOSED = "closed"
    REOPENED = "reopened"
    FROZEN = "frozen"  # a spotter is threatened: nothing of theirs is passed on, nobody sees their name
    UNFROZEN = "unfrozen"


WITHHELD = text("withheld_at IS NOT NULL")


class Account(Model, UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """A person in the programme. `name` is shown to coordinators, never to a company or a seller."""

    __tablename__ = "accounts"
    __keeping__ = Keeping(
        purpose="Identifies who takes part: how to reach them, how they sign in, what they may do.",
        kept="Until the account is erased; then an empty row that holds together what they did.",
        whose="id",
        erasure=Erasure.STAYS,
        export=Export.ROWS,
        note="The account is closed.",
        fields={
            "email": CONTACT.erased_to(lambda: f"{secrets.token_hex(16)}@erased.invalid"),  # the address is free again
            "name": NAME.erased_to(ERASED),
            "company_id": PLAIN,
            "invited_by_id": ANOTHER,
            "cohort": ABOUT,
            "invited_for_id": ABOUT.erased_to(None),
            "languages": ABOUT.erased_to(None),
            "language": ABOUT.erased_to(None),
            "password_hash": SECRET.erased_to(None),
            "reminded_at": ABOUT.erased_to(None),
            "mails": ABOUT.erased_to(MailFrequency.STEP),
        },
    )
    id: Mapped[Id]
    email: Mapped[str] = mapped_column(Text, unique=True)  # lower case
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(*one_of(Role, "role"))
    company_id: Mapped[str | None] = mapped_column(ForeignKey("companies.id"), index=True)
    team_role: Mapped[str | None] = mapped_column(*one_of(TeamRole, "team_role"))  # in the company's team
    invited_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # who does not accredit them
    cohort: Mapped[str | None] = mapped_column(String(60))  # with whom they joined; None: those of their month
    invited_for_id: Mapped[str | None] = mapped_column(ForeignKey("rounds.id"))  # the round they were invited for
    languages: Mapped[list[str] | None] = mapped_column(JSON)  # codes they read well, as they said
    language: Mapped[str | None] = mapped_column(String(8))  # of pages and mails; None: as the browser says
    password_hash: Mapped[str | None] = mapped_column(Text)  # None until a joiner has chosen one
    created_at: Mapped[datetime] = mapped_column(Time)
    disabled_at: Mapped[datetime | None] = mapped_column(Time)
    reminded_at: Mapped[datetime | None] = mapped_column(Time)  # when a coordinator last asked how it goes
    erased_at: Mapped[datetime | None] = mapped_column(Time)  # the person is gone from this row; what they did stays
    withheld_at: Mapped[datetime | None] = mapped_column(
        Time
    )  # erased while frozen: what they reported is held for good
    mails: Mapped[str] = mapped_column(
        *one_of(MailFrequency, "mails"), default=MailFrequency.STEP, server_default=MailFrequency.STEP
    )
    factor_asked_at: Mapped[datetime | None] = mapped_column(Time)  # first asked to set up a second factor

    __table_args__ = (
        CheckConstraint("(role = 'company') = (company_id IS NOT NULL)", name="company_person"),
        CheckConstraint("(role = 'company') = (team_role IS NOT NULL)", name="team_person"),
        Index("ix_accounts_withheld", "id", sqlite_where=WITHHELD, postgresql_where=WITHHELD),
    )


class AccountChange(Model):
    """An account was closed or opened again, by whom and why. Rows are only added."""

    __tablename__ = "account_changes"
    __keeping__ = Keeping(
        purpose="Records who closed an account or opened it again, and why.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"by_id": ANOTHER, "why": WORDS},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    action: Mapped[str] = mapped_column(*one_of(AccountAction, "action"))
    by_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    why: Mapped[str] = mapped_column(String(2000))
    at: Mapped[datetime] = mapped_column(Time)


class JoinRequest(Model):
    """Somebody asked to join. Whether the address has an account is found out by the worker, so that no answer tells."""

    __tablename__ = "join_requests"
    __keeping__ = Keeping(
        purpose="Hands a request to join to the worker.",
        kept="Until the worker has read it, usually within a minute.",
        whose="email",
        erasure=Erasure.GOES,
        export=Export.NOTHING,
        fields={"email": CONTACT, "name": NAME, "language": PLAIN},
    )
    id: Mapped[Id]
    email: Mapped[str] = mapped_column(Text)  # lower case
    name: Mapped[str] = mapped_column(Text)
    language: Mapped[str | None] = mapped_column(String(8))
    at: Mapped[datetime] = mapped_column(Time)


class FrozenName(Model):
    """The name and address of a spotter whose account is frozen, taken out of `accounts` so that no page can show them."""

    __tablename__ = "frozen_names"
    __keeping__ = Keeping(
        purpose="Keeps a threatened spotter's name and address away from every page until the account is unfrozen.",
        kept="Until a coordinator unfreezes the account.",
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.NOTHING,
        fields={"name": NAME, "email": CONTACT},
    )
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    email: Mapped[str] = mapped_column(Text, unique=True)  # lower case
    at: Mapped[datetime] = mapped_column(Time)


class InvitedAddress(Model):
    """Who invited an address that was erased since: joining again does not make its owner somebody else."""

    __tablename__ = "invited_addresses"
    __keeping__ = Keeping(
        purpose="Keeps who once invited somebody from accrediting them alone when they join again after erasure.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        note="Rows are known by a hash of the address, made with the server's secret key; erasure adds one.",
        fields={"hash": SECRET, "by_id": ANOTHER},
    )
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    by_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(Time)


class SignIn(Model):
    """One signed-in browser. Ending it ends the session everywhere at once."""

    __tablename__ = "sign_ins"
    __keeping__ = Keeping(
        purpose="Keeps a browser signed in.",
        kept="14 days, or until they sign out.",
        job="forget_sessions",
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.NOTHING,
        fields={"hash": SECRET},
    )
    id: Mapped[Id]
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Time)
    expires_at: Mapped[datetime] = mapped_column(Time)
    passed_at: Mapped[datetime | None] = mapped_column(Time)  # when a code of the second factor was given


class SignInLink(Model):
    """A link in a mail by which somebody signs in once, when others keep them waiting."""

    __tablename__ = "sign_in_links"
    __keeping__ = Keeping(
        purpose="Lets somebody sign in once by a link in an email.",
        kept="Until it is used, or 1 day after it expired.",
        job="forget_sessions",
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.NOTHING,
        fields={"hash": SECRET},
    )
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Time)


class SignInFailures(Model):
    """Failed attempts for an address (known or not) or a network, by hash: the lock-out. And when an address last forgave."""

    __tablename__ = "sign_in_failures"
    __keeping__ = Keeping(
        purpose="Slows down people who guess passwords.",
        kept="1 day after the last failed attempt, or after a sign-in that forgave others of its network.",
        job="forget_sessions",
        erasure=Erasure.BY_STEP,
        export=Export.NOTHING,
        note="Rows are known by a hash of the address or of the network; erasure deletes those of the address.",
        fields={"key": SECRET},
    )
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Time)


class Token(Model):
    """A bearer token of one scope, for one device or program."""

    __tablename__ = "tokens"
    __keeping__ = Keeping(
        purpose="Lets a paired browser or a program act for somebody, until it is revoked.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"hash": SECRET, "label": WORDS},
    )
    id: Mapped[Id]
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    scope: Mapped[str] = mapped_column(*one_of(Scope, "scope"))
    label: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Time)
    last_used_at: Mapped[datetime | None] = mapped_column(Time)
    revoked_at: Mapped[datetime | None] = mapped_column(Time)


class DeviceGrant(Model):
    """A device waiting to be paired: RFC 8628."""

    __tablename__ = "device_grants"
    __keeping__ = Keeping(
        purpose="Pairs a browser with an account.",
        kept="1 day after the code ran out; deleted when the next browser asks for a code.",
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.NOTHING,
        fields={"device_hash": SECRET, "user_code": SECRET, "label": WORDS},
    )
    id: Mapped[Id]
    device_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_code: Mapped[str] = mapped_column(String(8), unique=True)
    label: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Time)
    expires_at: Mapped[datetime] = mapped_column(Time)
    wrong_guesses: Mapped[int] = mapped_column(default=0, server_default="0")  # codes typed that were nearly this one
    last_polled_at: Mapped[datetime | None] = mapped_column(Time)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    denied_at: Mapped[datetime | None] = mapped_column(Time)
    redeemed_at: Mapped[datetime | None] = mapped_column(Time)
