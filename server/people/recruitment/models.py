"""The table of applications. A row is personal data with an end: erased when decided, withdrawn or grown old."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ABOUT, ANOTHER, CONTACT, PLAIN, WORDS, Erasure, Export, Keeping


class State(StrEnum):
    """Whether an application waits for a coordinator, or was declined, which can be undone for ten minutes; then it is erased."""

    WAITING = "waiting"
    DECLINED = "declined"


class Application(Model):
    """Somebody asks to become a spotter."""

    __tablename__ = "applications"
    __keeping__ = Keeping(
        purpose="Lets coordinators decide who becomes a spotter.",
        kept="Until it is withdrawn or accepted, 30 days after it is declined, and 180 days at most.",
        job="forget_applications",
        whose="email",
        erasure=Erasure.GOES,
        export=Export.NOTHING,
        mailed=True,
        fields={
            "email": CONTACT,
            "name": CONTACT,  # anybody may write any name beside any address: erasure strikes it out of no text
            "languages": ABOUT,
            "language": ABOUT,
            "why": WORDS,
            "heard": PLAIN,
            "answers": ABOUT,
            "declined_by_id": ANOTHER,
            "note": WORDS,
        },
    )
    id: Mapped[Id]
    email: Mapped[str] = mapped_column(String(254))  # lower case
    name: Mapped[str] = mapped_column(String(100))  # or an alias
    languages: Mapped[list[str]] = mapped_column(JSON)  # codes
    language: Mapped[str | None] = mapped_column(String(8))  # of the page they applied on, and of our mails to them
    hours: Mapped[int] = mapped_column()  # a week, the least they have
    why: Mapped[str] = mapped_column(String(1500))
    heard: Mapped[str] = mapped_column(String(32))  # forms.HEARD
    answers: Mapped[dict[str, int]] = mapped_column(JSON)  # place of the choice by the screening question's name
    state: Mapped[str] = mapped_column(*one_of(State, "state"), default=State.WAITING.value)
    declined_at: Mapped[datetime | None] = mapped_column(Time)
    declined_by_id: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))
    note: Mapped[str | None] = mapped_column(String(1000))  # to the applicant, until it is mailed; also after an undo
    at: Mapped[datetime] = mapped_column(Time)
    erase_at: Mapped[datetime] = mapped_column(Time, index=True)

    __table_args__ = (
        CheckConstraint("hours >= 0", name="hours"),
        CheckConstraint("(state = 'declined') = (declined_at IS NOT NULL)", name="declined_at"),
        # One that waits for each address: a second click or a second try is the same application.
        Index(
            "uq_applications_waiting", "email", unique=True,
            sqlite_where=text("state = 'waiting'"), postgresql_where=text("state = 'waiting'"),
        ),
    )  # fmt: skip
