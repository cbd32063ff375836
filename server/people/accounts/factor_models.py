"""Tables of the second factor. The app's key is kept encrypted, everything else that is secret as a hash."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time
from server.core.keeping import ANOTHER, SECRET, WITH_ACCOUNT, WORDS, Erasure, Export, Keeping


class SecondFactor(Model):
    """The authenticator app whose codes an account needs beside the password."""

    __tablename__ = "second_factors"
    __keeping__ = Keeping(
        purpose="Asks whoever signs in for a code of their authenticator app, beside the password.",
        kept="Until its owner turns it off, two people reset it, or the account is erased.",
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"sealed_key": SECRET},
    )
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    sealed_key: Mapped[str] = mapped_column(String(200))  # `core/encryption`
    since: Mapped[datetime] = mapped_column(Time)


class UsedCode(Model):
    """A code that was used: the step of the clock it belongs to. It never counts again."""

    __tablename__ = "used_codes"
    __keeping__ = Keeping(
        purpose="Refuses a code of an authenticator app that somebody has seen and types again.",
        kept="Until the next code is used after it has expired.",
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.NOTHING,
    )
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    step: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)


class RecoveryCode(Model):
    """A code for who has lost their phone. It is deleted when it is used."""

    __tablename__ = "recovery_codes"
    __keeping__ = Keeping(
        purpose="Lets somebody sign in once without their authenticator app.",
        kept="Until it is used, or a new set is made.",
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.NOTHING,
        fields={"hash": SECRET},
    )
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)


class SignInChallenge(Model):
    """Somebody gave the right password and still owes a code. It opens nothing but the page that asks for it."""

    __tablename__ = "sign_in_challenges"
    __keeping__ = Keeping(
        purpose="Remembers between password and code who is signing in.",
        kept="10 minutes, or 1 day after that.",
        job="forget_sessions",
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.NOTHING,
        fields={"hash": SECRET},
    )
    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    expires_at: Mapped[datetime] = mapped_column(Time)


class FactorReset(Model):
    """An administrator asked to take somebody's second factor away, and whether a second person agreed. Rows stay."""

    __tablename__ = "factor_resets"
    __keeping__ = Keeping(
        purpose="Records which two people removed a second factor from an account, and why.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"asked_by_id": ANOTHER, "confirmed_by_id": ANOTHER, "why": WORDS},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"), index=True)
    asked_by_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    why: Mapped[str] = mapped_column(String(2000))
    asked_at: Mapped[datetime] = mapped_column(Time)
    confirmed_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    confirmed_at: Mapped[datetime | None] = mapped_column(Time)

    __table_args__ = (
        CheckConstraint("asked_by_id <> account_id AND confirmed_by_id <> account_id", name="of_another"),
        CheckConstraint("confirmed_by_id <> asked_by_id", name="two_people"),
        CheckConstraint("(confirmed_by_id IS NULL) = (confirmed_at IS NULL)", name="confirmed"),
        Index(
            "uq_factor_resets_waiting", "account_id", unique=True,
            sqlite_where=text("confirmed_at IS NULL"), postgresql_where=text("confirmed_at IS NULL"),
        ),
    )  # fmt: skip
