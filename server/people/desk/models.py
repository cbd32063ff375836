"""Tables of what somebody at the desk keeps for their own work."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time
from server.core.keeping import WITH_ACCOUNT, WORDS, Erasure, Export, Keeping


class SavedFilter(Model):
    """A place in the queue that somebody saved under a name: its tab, search and filters as the queue's address has them."""

    __tablename__ = "saved_filters"
    __keeping__ = Keeping(
        purpose="Lets a coordinator come back to a search and filters of the queue by a name of their own.",
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
