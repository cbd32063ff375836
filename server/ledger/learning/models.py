"""The table of models: what was learnt from this programme's decisions. Weights, and no words."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, Float, ForeignKey, Index, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from server.core.database import Id, Model, Time
from server.core.keeping import ANOTHER, NO_END, PLAIN, Erasure, Export, Keeping


class LearnedModel(Model):
    """One model. At most one orders the queue; the weights of those that never did are deleted with the next."""

    __tablename__ = "learned_models"
    __keeping__ = Keeping(
        purpose="What decisions taught about ads, as weights of hashed words. It holds no text and no name.",
        kept=NO_END,
        erasure=Erasure.STAYS,
        export=Export.NOTHING,
        fields={
            "version": PLAIN,
            "weights": PLAIN,
            "rules": PLAIN,
            "model": PLAIN,
            "different": PLAIN,
            "switched_by": ANOTHER,
        },
    )
    id: Mapped[Id]
    version: Mapped[str] = mapped_column(String(16), unique=True)
    made_at: Mapped[datetime] = mapped_column(Time)
    decisions: Mapped[int]  # labelled ones that there were when it was made
    learnt_from: Mapped[int]
    compared_on: Mapped[int]
    weights: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)  # see store.py; None: deleted
    rules_weight: Mapped[float] = mapped_column(Float)
    base: Mapped[float] = mapped_column(Float)
    scale_slope: Mapped[float] = mapped_column(Float)
    scale_base: Mapped[float] = mapped_column(Float)
    rules: Mapped[dict[str, float]] = mapped_column(
        JSON
    )  # comparing.OrderFigures of the rules, on the decisions kept from it
    model: Mapped[dict[str, float]] = mapped_column(JSON)  # and its own
    different: Mapped[list[list[Any]]] = mapped_column(JSON)  # [case's id, rules, model, whether a notice was right]
    active: Mapped[bool] = mapped_column(default=False)
    switched_at: Mapped[datetime | None] = mapped_column(Time)
    switched_by: Mapped[str | None] = mapped_column(ForeignKey("accounts.id"))  # who last switched it on or off

    __table_args__ = (
        CheckConstraint("NOT active OR (weights IS NOT NULL AND switched_by IS NOT NULL)", name="active"),
        Index("uq_learned_models_active", "active", unique=True, sqlite_where=active, postgresql_where=active),
    )
