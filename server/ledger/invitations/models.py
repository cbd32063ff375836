"""The table of invitations to join: what was done on each site, step by step."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ANOTHER, ERROR, NO_END, PLAIN, WORDS, Erasure, Export, Keeping
from server.ledger.invitations.states import InvitationState, InvitationWay


class InvitationStep(Model):
    """One thing that was done or heard about a site. The newest says where it stands; none is changed."""

    __tablename__ = "invitation_steps"
    __keeping__ = Keeping(
        purpose="Whom we invited for a site that no company in the directory runs, and the result.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        note="An address is removed a year after its step.",
        fields={"host": PLAIN, "organisation": WORDS, "address": ERROR, "account_id": ANOTHER},
    )
    id: Mapped[Id]
    host: Mapped[str] = mapped_column(String(253))
    state: Mapped[str] = mapped_column(*one_of(InvitationState, "state"))
    way: Mapped[str | None] = mapped_column(*one_of(InvitationWay, "way"))
    organisation: Mapped[str] = mapped_column(String(200))
    address: Mapped[str | None] = mapped_column(String(254))
    day: Mapped[date] = mapped_column(Date)
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))  # who wrote it down
    at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (
        CheckConstraint("(state = 'invited') = (way IS NOT NULL)", name="invited"),
        Index("ix_invitation_steps_host", "host", "id"),
    )
