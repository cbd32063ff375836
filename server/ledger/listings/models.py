"""The table of listings."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time
from server.core.keeping import AD, NO_END, PLAIN, Erasure, Export, Keeping


class Listing(Model):
    """One ad on one platform, as its reporters know it."""

    __tablename__ = "listings"
    __keeping__ = Keeping(
        purpose="Recognises an ad when it is reported again.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"key": AD, "platform_id": PLAIN, "number": AD, "url": AD, "title": AD},
    )
    id: Mapped[Id]
    key: Mapped[str] = mapped_column(Text, unique=True)  # listings/key.py
    platform_id: Mapped[str | None] = mapped_column(ForeignKey("platforms.id"))  # None: unrouted
    number: Mapped[str | None] = mapped_column(String(100))  # the platform's own
    url: Mapped[str] = mapped_column(Text)  # as first reported
    title: Mapped[str | None] = mapped_column(Text)  # of the wording that its case is judged by
    first_seen_at: Mapped[datetime] = mapped_column(Time)
    last_reported_at: Mapped[datetime] = mapped_column(Time)
