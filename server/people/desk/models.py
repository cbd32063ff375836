"""Tables of what somebody at the desk keeps for their own work."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import PLAIN, WITH_ACCOUNT, WORDS, Erasure, Export, Keeping
from server.core.words import Decision


class SavedFilter(Model):
    """A place in the queue that somebody saved under a name: its tab, search and filters as the queue's address has them."""

    __tablename__ = "saved_filters"
    __keeping__ = Keeping(
        purpose="Lets a coordinator return to a search and filters of the queue, saved under a name.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"name": WORDS, "place": WORDS},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    name: Mapped[str] = mapped_column(String(60))
    place: Mapped[dict[str, str]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (UniqueConstraint("account_id", "name"),)


class Snippet(Model):
    """A ready reason of somebody's own, for one kind of decision. `language`: the one it is written in (ISO 639)."""

    __tablename__ = "snippets"
    __keeping__ = Keeping(
        purpose="Lets a coordinator reuse reasons that they wrote.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"title": WORDS, "text": WORDS, "language": PLAIN},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    decision: Mapped[str] = mapped_column(*one_of(Decision, "decision"))
    title: Mapped[str] = mapped_column(String(60))
    text: Mapped[str] = mapped_column(Text)
    language: Mapped[str] = mapped_column(String(16))
    saved_at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (UniqueConstraint("account_id", "decision", "title"),)
