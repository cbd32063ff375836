"""Tables of past work: imports of spreadsheets, and what each row says became of a listing."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Date, ForeignKey, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time, one_of
from server.core.keeping import AD, ANOTHER, NO_END, PLAIN, WORDS, Erasure, Export, Keeping
from server.ledger.past.dates import DateOrder
from server.ledger.past.states import PastOutcome, PastState


class PastImport(Model):
    """One spreadsheet. Its file is kept until it is imported, undone, or forgotten after `store.FILE_KEPT`."""

    __tablename__ = "past_imports"
    __keeping__ = Keeping(
        purpose="Imports spreadsheets of earlier years' work.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        note="The file, which may name people, is deleted once it is imported or undone, or after 30 days.",
        fields={
            "name": WORDS,
            "header": WORDS,
            "mapping": PLAIN,
            "counts": PLAIN,
            "problems": AD,
            "account_id": ANOTHER,
        },
    )
    __table_args__ = (
        CheckConstraint("done >= 0 AND (total IS NULL OR done <= total)", name="done"),
        CheckConstraint("data IS NOT NULL OR state IN ('imported', 'undoing', 'undone')", name="data"),
    )
    id: Mapped[Id]
    name: Mapped[str] = mapped_column(Text)  # what it is from, as cases name it
    data: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    header: Mapped[list[str]] = mapped_column(JSON)
    mapping: Mapped[dict[str, int]] = mapped_column(JSON)  # columns.Column: the place in the header
    date_order: Mapped[str | None] = mapped_column(*one_of(DateOrder, "date_order"))  # None: found in the sheet
    state: Mapped[str] = mapped_column(*one_of(PastState, "state"))
    version: Mapped[int] = mapped_column(default=1)  # counts what people did: work for an earlier one stops
    total: Mapped[int | None]  # rows; None: not counted yet
    done: Mapped[int] = mapped_column(default=0)  # rows that were read, or taken in, or taken out
    counts: Mapped[dict[str, int]] = mapped_column(JSON)
    problems: Mapped[list[list[Any]]] = mapped_column(JSON)  # [row, rows.RowProblem, what stands there], the first ones
    account_id: Mapped[str] = mapped_column(ForeignKey("accounts.id"))
    created_at: Mapped[datetime] = mapped_column(Time)
    changed_at: Mapped[datetime] = mapped_column(Time)
    imported_at: Mapped[datetime | None] = mapped_column(Time)  # when it began


class PastCase(Model):
    """What one row says. Where nobody had reported the listing here, its case was made with it, closed."""

    __tablename__ = "past_cases"
    __keeping__ = Keeping(
        purpose="What became of a listing in earlier years.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={"import_id": PLAIN, "case_id": PLAIN, "species": AD, "taxon_group": PLAIN, "statement": PLAIN},
    )
    __table_args__ = (UniqueConstraint("case_id", "statement", "import_id"),)
    id: Mapped[Id]
    import_id: Mapped[str] = mapped_column(ForeignKey("past_imports.id"), index=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("cases.id"))
    row: Mapped[int]  # of the sheet
    year: Mapped[int]
    day: Mapped[date | None] = mapped_column(Date)
    outcome: Mapped[str] = mapped_column(*one_of(PastOutcome, "outcome"))
    species: Mapped[str | None] = mapped_column(Text)
    taxon_group: Mapped[str | None] = mapped_column(String(16))
    statement: Mapped[str] = mapped_column(String(32))  # rows.statement: of a case, an import keeps the same one once
