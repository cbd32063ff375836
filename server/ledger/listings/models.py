"""The table of listings."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time


class Listing(Model):
    """One ad on one platform, as its reporters know it."""

    __tablename__ = "listings"
    id: Mapped[Id]
    key: Mapped[str] = mapped_column(Text, unique=True)  # listings/key.py
    platform_id: Mapped[str | None] = mapped_column(ForeignKey("platforms.id"))  # None: unrouted
    number: Mapped[str | None] = mapped_column(String(100))  # the platform's own
    url: Mapped[str] = mapped_column(Text)  # as first reported
    title: Mapped[str | None] = mapped_column(Text)  # as first read
    first_seen_at: Mapped[datetime] = mapped_column(Time)
    last_reported_at: Mapped[datetime] = mapped_column(Time)
