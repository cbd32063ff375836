"""The tables of changes of SPOCs' addresses (mail, form, webhook): each change with its steps, and who was warned of it."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ANOTHER, CONTACT, PLAIN, SECRET, WORDS, Erasure, Export, Keeping
from server.core.words import Channel
from server.ledger.companies.address_states import ChangeEnd, ChangeSource, ChangeState

_OPEN = text("state IN ('pending', 'proven', 'approved')")


class AddressChange(Model):
    """A SPOC's address is to change, or has. The database holds that two people did it, and not before its time."""

    __tablename__ = "address_changes"
    __keeping__ = Keeping(
        purpose="Records each change of the address that notices to a company go to: who proposed, confirmed and approved it.",
        kept="A change that is or was in force: until somebody deletes it by hand. Another: one year after it ended.",
        job="move_address_changes",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={
            "company_id": PLAIN,
            "spoc_id": PLAIN,
            "name": CONTACT,
            "old_address": CONTACT,
            "new_address": CONTACT,
            "new_secret": SECRET,
            "test_failure": PLAIN,
            "why": WORDS,
            "is_for": PLAIN,
            "proposed_by_id": ANOTHER,
            "approved_by_id": ANOTHER,
            "ended_by_id": ANOTHER,
        },
    )
    id: Mapped[Id]
    company_id: Mapped[str] = mapped_column(ForeignKey("companies.id"), index=True)
    spoc_id: Mapped[str | None] = mapped_column(ForeignKey("spocs.id"), index=True)  # None: a SPOC that is to be added
    name: Mapped[str] = mapped_column(String(200))  # the SPOC's, then
    source: Mapped[str] = mapped_column(*one_of(ChangeSource, "source"))
    state: Mapped[str] = mapped_column(*one_of(ChangeState, "state"))
    channel: Mapped[str] = mapped_column(*one_of(Channel, "channel"))  # mail, form or webhook: of the new address
    # None: there was no SPOC, or it had no address
    old_channel: Mapped[str | None] = mapped_column(*one_of(Channel, "old_channel"))
    old_address: Mapped[str | None] = mapped_column(Text)  # None: it had none
    new_address: Mapped[str | None] = mapped_column(Text)  # None: an import took the SPOC or its address away
    # Signs what a new webhook is sent; kept until the change ends
    new_secret: Mapped[str | None] = mapped_column(String(120))
    tests: Mapped[int] = mapped_column(default=0, server_default=text("0"))  # events sent to try a new webhook
    tested_at: Mapped[datetime | None] = mapped_column(Time)  # when the last one was asked for
    # Why the last test was not accepted: a code, with its parameters
    test_failure: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    why: Mapped[str | None] = mapped_column(Text)  # how the proposer knows of the new address
    # Of a SPOC to be added by a file: what it is for; None: nothing is said of it
    is_for: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    proposed_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # None: the command line
    proposed_at: Mapped[datetime] = mapped_column(Time)
    proven_at: Mapped[datetime | None] = mapped_column(Time)
    approved_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    approved_at: Mapped[datetime | None] = mapped_column(Time)
    earliest_at: Mapped[datetime | None] = mapped_column(Time)  # when it may be in force; None: not known yet
    expires_at: Mapped[datetime | None] = mapped_column(Time)  # when it lapses, unless its next step is taken
    in_force_at: Mapped[datetime | None] = mapped_column(Time)
    ended: Mapped[str | None] = mapped_column(*one_of(ChangeEnd, "ended"))
    ended_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    ended_at: Mapped[datetime | None] = mapped_column(Time)
    warnings: Mapped[list["AddressWarning"]] = relationship(order_by="AddressWarning.n", viewonly=True)

    __table_args__ = (
        CheckConstraint("approved_by_id <> proposed_by_id", name="two_people"),
        CheckConstraint(
            "(approved_by_id IS NULL) = (approved_at IS NULL) AND (approved_at IS NULL OR proven_at IS NOT NULL)",
            name="approved",
        ),
        CheckConstraint(
            "source = 'import' AND state = 'in_force' AND proven_at IS NULL OR source = 'page' AND new_address IS NOT NULL "
            "AND why IS NOT NULL AND proposed_by_id IS NOT NULL",
            name="by_whom",
        ),
        CheckConstraint(
            "source = 'import' OR state = 'pending' AND proven_at IS NULL OR state = 'proven' AND proven_at IS NOT NULL AND "
            "approved_at IS NULL OR state IN ('approved', 'in_force') AND approved_at IS NOT NULL OR ended IS NOT NULL",
            name="steps",
        ),
        CheckConstraint(
            "(state = 'in_force') = (in_force_at IS NOT NULL) AND (source = 'import' OR in_force_at IS NULL OR "
            "earliest_at IS NOT NULL AND in_force_at >= earliest_at)",
            name="in_force",
        ),
        CheckConstraint(
            "(state IN ('withdrawn', 'refused', 'lapsed')) = (ended IS NOT NULL) AND "
            "(ended IS NULL) = (ended_at IS NULL) AND (ended_by_id IS NULL OR ended IS NOT NULL)",
            name="ended_at",
        ),
        CheckConstraint("channel IN ('mail', 'form', 'webhook')", name="way"),
        CheckConstraint("old_address IS NULL OR old_channel IS NOT NULL", name="old"),
        CheckConstraint(
            "(new_secret IS NOT NULL) = "
            "(channel = 'webhook' AND source = 'page' AND state IN ('pending', 'proven', 'approved'))",
            name="new_secret",
        ),
        Index("uq_address_changes_spoc", "spoc_id", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index(
            "uq_address_changes_address", "company_id", "new_address", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN
        ),
    )  # fmt: skip


class AddressWarning(Model):
    """A mail to an address that a change takes notices away from: it says what is to change, and how to stop it."""

    __tablename__ = "address_warnings"
    __keeping__ = Keeping(
        purpose="Records who was warned that notices to a company are to go to another address.",
        kept="As long as the change.",
        job="move_address_changes",
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"change_id": PLAIN, "email": CONTACT},
    )
    change_id: Mapped[str] = mapped_column(ForeignKey("address_changes.id"), primary_key=True)
    n: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)  # from 0
    email: Mapped[str] = mapped_column(String(254))
    settled_at: Mapped[datetime | None] = mapped_column(Time)  # when the mail left, or was refused for good
    refused: Mapped[bool | None]  # None until then

    __table_args__ = (CheckConstraint("(settled_at IS NULL) = (refused IS NULL)", name="settled"),)
