"""What was known at each decision, and what came of it: the rows that a model learns from. One query, no person's name."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core.words import Answer, CheckState, Decision, DismissReason, WithdrawnWhy
from server.ledger.cases import decisions
from server.ledger.cases.models import CaseDecision
from server.ledger.learning import labels, persons
from server.ledger.learning.labels import Label
from server.ledger.learning.learner import Example
from server.ledger.monitoring.models import Check
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Report

SETTLED = (CheckState.GONE, CheckState.PRESENT)
FEW = 1000  # rows read at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingRow:
    """One decision. `text` is the ad's without what says who somebody is (`persons`).

    coordinator, seller: numbers that tell one from another within one reading, and nothing else; seller None: not stated.
    shown: the taxa and the category as the case showed them; taxa, category: as the coordinator confirmed or corrected
    them, None: nothing was said of them.
    """

    decision_id: str
    case_id: str
    at: datetime
    text: str
    text_sha256: str
    signals: dict[str, float]
    lexicon_version: str
    model_version: str | None
    decision: Decision
    because: DismissReason | None
    taxa: list[str] | None
    category: str | None
    shown: tuple[list[str], str]
    answer: Answer | None
    check: CheckState | None
    withdrawn: bool
    recalled: bool
    coordinator: int
    seller: int | None

    @property
    def label(self) -> Label | None:
        """What it teaches about the ad."""
        became = {"withdrawn": self.withdrawn, "recalled": self.recalled}
        return labels.label(self.decision, self.because, answer=self.answer, check=self.check, **became)

    @property
    def example(self) -> Example | None:
        """It as an example to learn from; None where it says nothing about the ad."""
        label = self.label
        return label and Example(
            self.case_id,
            self.text,
            self.text_sha256,
            self.signals.get("words", 0.0),
            *label,
            self.coordinator,
            self.seller,
        )

    @property
    def corrected(self) -> bool:
        """Whether the coordinator said that it is something else than the case showed."""
        taxa = self.taxa is not None and set(self.taxa) != set(self.shown[0])
        return taxa or (self.category is not None and self.category != self.shown[1])


def rows(session: Session) -> Iterator[TrainingRow]:
    """Every decision of which it is known what was known, oldest first."""
    check = select(Check.state).where(Check.notice_id == Notice.id, Check.state.in_(SETTLED))
    check = check.order_by(Check.settled_at.desc()).limit(1)
    first_report = select(func.min(Report.id)).where(Report.case_id == CaseDecision.case_id).correlate(CaseDecision)
    seller = Report.listing["seller"]["name"].as_string()
    chosen = select(
        CaseDecision.id, CaseDecision.case_id, CaseDecision.at, CaseDecision.snapshot, CaseDecision.text_sha256,
        CaseDecision.decision, CaseDecision.because, CaseDecision.taxa, CaseDecision.category, CaseDecision.account_id,
        Notice.answer, Notice.withdrawn_at, Notice.withdrawn_why, check.scalar_subquery().label("check_state"), seller.label("seller"),
    )  # fmt: skip
    chosen = chosen.outerjoin(Notice, Notice.id == CaseDecision.notice_id)
    chosen = chosen.outerjoin(Report, Report.id == first_report.scalar_subquery())
    chosen = chosen.where(CaseDecision.snapshot.is_not(None), decisions.IN_EFFECT).order_by(CaseDecision.id)
    coordinators: dict[str, int] = {}
    sellers: dict[str, int] = {}
    for row in session.execute(chosen.execution_options(yield_per=FEW)):
        known: dict[str, Any] = row.snapshot
        yield TrainingRow(
            decision_id=row.id,
            case_id=row.case_id,
            at=row.at,
            text=persons.without(known["text"], [row.seller]),
            text_sha256=row.text_sha256,
            signals=known["signals"],
            lexicon_version=known["lexicon_version"],
            model_version=known["model_version"],
            decision=Decision(row.decision),
            because=DismissReason(row.because) if row.because else None,
            taxa=row.taxa,
            category=row.category,
            shown=(known["taxa"], known["category"]),
            answer=Answer(row.answer) if row.answer else None,
            check=CheckState(row.check_state) if row.check_state else None,
            withdrawn=row.withdrawn_at is not None,
            recalled=row.withdrawn_why == WithdrawnWhy.WRONG_COMPANY,
            coordinator=coordinators.setdefault(row.account_id, len(coordinators)),
            seller=sellers.setdefault(row.seller, len(sellers)) if row.seller else None,
        )
