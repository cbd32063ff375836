"""Tables of a company's team: who was invited, and what happened."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.audit import Number
from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ANOTHER, CONTACT, NO_END, PLAIN, WORDS, Erasure, Export, Keeping
from server.core.words import TeamRole


class TeamInvitation(Model):
    """A colleague was invited by mail. Whether the address has an account already, only the worker finds out."""

    __tablename__ = "team_invitations"
    __keeping__ = Keeping(
        purpose="Lets somebody invite a colleague to their company's team.",
        kept="90 days after the invitation expired.",
        job="forget_invitations",
        whose="email",
        erasure=Erasure.GOES,
        export=Export.NOTHING,
        fields={"company_id": PLAIN, "email": CONTACT, "invited_by_id": ANOTHER, "language": PLAIN},
    )
    id: Mapped[Id]
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), index=True)
    email: Mapped[str] = mapped_column(Text)  # lower case
    team_role: Mapped[str] = mapped_column(*one_of(TeamRole, "team_role"))
    invited_by_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    language: Mapped[str | None] = mapped_column(String(8))  # of the mail; None: English
    invited_at: Mapped[datetime] = mapped_column(Time)
    sendings: Mapped[int]  # how often the mail was asked for: its link is that of the last one
    sent_at: Mapped[datetime] = mapped_column(Time)  # when it was last asked for
    expires_at: Mapped[datetime] = mapped_column(Time)
    ended_at: Mapped[datetime | None] = mapped_column(Time)  # accepted, withdrawn, or its inviter manages no more

    __table_args__ = (
        Index(
            "uq_team_invitations_open",
            "company_id",
            "email",
            unique=True,
            sqlite_where=ended_at.is_(None),
            postgresql_where=ended_at.is_(None),
        ),
    )


class TeamEvent(StrEnum):
    """What happened in a company's team."""

    JOINED = "joined"
    MADE_MANAGER = "made_manager"
    MADE_MEMBER = "made_member"
    REMOVED = "removed"
    LEFT = "left"
    # Of what the company's programs sign their answers with, of what we sign its webhook's messages with, and of the API.
    ANSWER_SECRET_MADE = "answer_secret_made"  # noqa: S105
    ANSWER_SECRET_RETIRED = "answer_secret_retired"  # noqa: S105
    WEBHOOK_SECRET_MADE = "webhook_secret_made"  # noqa: S105
    WEBHOOK_SECRET_RETIRED = "webhook_secret_retired"  # noqa: S105
    TOKEN_MADE = "token_made"  # noqa: S105
    TOKEN_REVOKED = "token_revoked"  # noqa: S105


class TeamChange(Model):
    """Something happened in a team. Rows are only added; numbered, so that a mail about one has a short name."""

    __tablename__ = "team_changes"
    __keeping__ = Keeping(
        purpose="Shows a company's team who joined it and left it, who was made a manager, and who made or retired its keys.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"company_id": PLAIN, "account_id": ANOTHER, "by_id": ANOTHER, "what": WORDS},
    )
    number: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=True)
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), index=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))  # who it happened to; of a key: `by_id`
    event: Mapped[str] = mapped_column(*one_of(TeamEvent, "event"))
    what: Mapped[str | None] = mapped_column(
        Text
    )  # the key: a secret's fingerprint, or what a token's program is called
    by_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    at: Mapped[datetime] = mapped_column(Time)
