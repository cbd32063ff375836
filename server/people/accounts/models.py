"""Tables of accounts. Passwords, tokens, session and device codes are kept as hashes only."""

from datetime import datetime

from flask_login import UserMixin
from sqlalchemy import JSON, CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.words import Mails, Role, Scope


class Account(Model, UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """A person in the programme. `name` is shown to coordinators, never to a company or a seller."""

    __tablename__ = "accounts"
    id: Mapped[Id]
    email: Mapped[str] = mapped_column(Text, unique=True)  # lower case
    name: Mapped[str] = mapped_column(Text)
    role: Mapped[str] = mapped_column(*one_of(Role, "role"))
    company_id: Mapped[str | None] = mapped_column(ForeignKey("companies.id"), index=True)
    invited_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # who does not accredit them
    cohort: Mapped[str | None] = mapped_column(String(60))  # with whom they joined; None: those of their month
    languages: Mapped[list[str] | None] = mapped_column(JSON)  # codes they read well, as they said
    password_hash: Mapped[str | None] = mapped_column(Text)  # None until a joiner has chosen one
    created_at: Mapped[datetime] = mapped_column(Time)
    disabled_at: Mapped[datetime | None] = mapped_column(Time)
    reminded_at: Mapped[datetime | None] = mapped_column(Time)  # when a coordinator last asked how it goes
    erased_at: Mapped[datetime | None] = mapped_column(Time)  # the person is gone from this row; what they did stays
    mails: Mapped[str] = mapped_column(*one_of(Mails, "mails"), default=Mails.STEP, server_default=Mails.STEP)

    __table_args__ = (CheckConstraint("(role = 'company') = (company_id IS NOT NULL)", name="company_person"),)


class SignIn(Model):
    """One signed-in browser. Ending it ends the session everywhere at once."""

    __tablename__ = "sign_ins"
    id: Mapped[Id]
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(Time)
    expires_at: Mapped[datetime] = mapped_column(Time)


class SignInFailures(Model):
    """Failed attempts for an address (known or not) or a network, by hash: the lock-out."""

    __tablename__ = "sign_in_failures"
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Time)


class Token(Model):
    """A bearer token of one scope, for one device or program."""

    __tablename__ = "tokens"
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
    id: Mapped[Id]
    device_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_code: Mapped[str] = mapped_column(String(8), unique=True)
    label: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Time)
    expires_at: Mapped[datetime] = mapped_column(Time)
    last_polled_at: Mapped[datetime | None] = mapped_column(Time)
    account_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    denied_at: Mapped[datetime | None] = mapped_column(Time)
    redeemed_at: Mapped[datetime | None] = mapped_column(Time)
