"""Tables of the exam: attempts, their final answers, and what a coordinator opened again."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import ABOUT, ANOTHER, NO_END, PLAIN, WITH_ACCOUNT, WITHHELD, WORDS, Erasure, Export, Keeping
from server.people.exams.exam import ExamKind


class Attempt(Model):
    """One exam of one person. Open until `finished_at`; closed without a result if the module changed meanwhile."""

    __tablename__ = "attempts"
    __keeping__ = Keeping(
        purpose="The result of an exam, on which accreditation rests.",
        kept=NO_END,
        whose="account_id",
        erasure=Erasure.STAYS,
        export=Export.ROWS,
        mailed=True,
        note="An exam that is not finished is deleted.",
        fields={"module": PLAIN, "content_hash": PLAIN, "lessons": PLAIN, "drawn": WITHHELD.erased_to([])},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    module: Mapped[str] = mapped_column(String(64))
    content_hash: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(*one_of(ExamKind, "kind"), default=ExamKind.WHOLE)
    lessons: Mapped[list[str] | None] = mapped_column(JSON)  # that a part or a renewal is about
    drawn: Mapped[list[dict[str, Any]]] = mapped_column(JSON)  # exam.Drawn: name, order
    position: Mapped[int] = mapped_column(default=0)  # questions answered so far
    started_at: Mapped[datetime] = mapped_column(Time)
    ends_at: Mapped[datetime | None] = mapped_column(
        Time
    )  # answers after it are refused; None: begun before time was kept
    finished_at: Mapped[datetime | None] = mapped_column(Time)
    right: Mapped[int | None] = mapped_column()
    of: Mapped[int | None] = mapped_column()
    passed: Mapped[bool | None] = mapped_column()

    __table_args__ = (
        CheckConstraint("passed IS NULL OR finished_at IS NOT NULL", name="finished"),
        # Parallel starts make one attempt: the database refuses the second.
        Index(
            "uq_attempts_open", "account_id", "module", unique=True,
            sqlite_where=text("finished_at IS NULL"), postgresql_where=text("finished_at IS NULL"),
        ),
        Index("ix_attempts_account_id_module_finished_at", "account_id", "module", "finished_at"),
        # Rows are long: whose pass it is and since when, and what was taken recently, are known without them.
        Index(
            "ix_attempts_passed", "account_id", "started_at", "content_hash",
            sqlite_where=text("passed IS 1"), postgresql_where=text("passed IS true"),
        ),
        Index("ix_attempts_finished", "finished_at", "module", "account_id", "passed", "kind"),
    )  # fmt: skip

    @property
    def ran_out(self) -> bool:
        """Whether it ended by the clock, with questions left."""
        return self.finished_at is not None and self.finished_at == self.ends_at and self.position < len(self.drawn)


class AttemptAnswer(Model):
    """One final answer. `right` is None for "I cannot tell", which does not count."""

    __tablename__ = "attempt_answers"
    __keeping__ = Keeping(
        purpose="Marks an exam, and shows how good its questions are.",
        kept=WITH_ACCOUNT,
        whose="attempt_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        exported_once="finished_at",  # of the attempt: until then a question may still be asked
        fields={"question": PLAIN, "chosen": WITHHELD},
    )
    attempt_id: Mapped[str] = mapped_column(ForeignKey("attempts.id"), primary_key=True)
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    question: Mapped[str] = mapped_column(String(64))
    chosen: Mapped[list[int]] = mapped_column(JSON)  # places in the bank; for a match one a left side, in their order
    right: Mapped[bool | None] = mapped_column()
    at: Mapped[datetime] = mapped_column(Time)


class ExamOpening(Model):
    """A coordinator let somebody try again after too many failed attempts."""

    __tablename__ = "exam_openings"
    __keeping__ = Keeping(
        purpose="Lets somebody try an exam again after too many failed attempts.",
        kept=WITH_ACCOUNT,
        whose="account_id",
        erasure=Erasure.GOES,
        export=Export.ROWS,
        fields={"module": PLAIN, "by_account_id": ANOTHER, "why": WORDS},
    )
    id: Mapped[Id]
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    module: Mapped[str] = mapped_column(String(64))
    by_account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    why: Mapped[str] = mapped_column(String(2000))
    at: Mapped[datetime] = mapped_column(Time)

    __table_args__ = (
        CheckConstraint("account_id <> by_account_id", name="by_another"),
        Index("ix_exam_openings_account_id_module", "account_id", "module"),
    )


class ExamFinding(Model):
    """What the answers of everybody show, made beforehand: of a bank's questions, or whose answers are alike."""

    __tablename__ = "exam_findings"
    __keeping__ = Keeping(
        purpose="What everybody's answers say about each question, and whose answers are alike, for the desk.",
        kept="Until it is computed again, which happens each hour in which somebody answered.",
        erasure=Erasure.BY_STEP,
        export=Export.NOTHING,
        note="All of it is deleted when anybody is erased, and computed again without them.",
        fields={"name": PLAIN, "value": ABOUT},
    )
    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    made_at: Mapped[datetime] = mapped_column(Time)
    value: Mapped[Any] = mapped_column(JSON)
