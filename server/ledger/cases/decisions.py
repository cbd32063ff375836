"""Decisions as they are kept: with what was known of the case then, and what the coordinator says that it is."""

import hashlib
from collections.abc import Collection
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock
from server.core.database import new_id
from server.ledger.cases.models import Case, CaseDecision


def add(
    session: Session,
    case: Case,
    version: int,
    decision: str,
    note: str,
    account_id: str,
    *,
    dismiss_reason: str | None = None,
    duplicate_of: str | None = None,
    taxa: list[str] | None = None,
    category: str | None = None,
    left_out: Collection[str] = (),
    ad_words: Collection[str] = (),
    snapshot: dict[str, Any] | None = None,
    notice_id: str | None = None,
) -> None:
    """Record a decision on a version of the case, what it was decided on, and what the coordinator says it is.

    dismiss_reason, duplicate_of: of a dismissal. taxa (scientific names), category: as confirmed; None: nothing was said.
    left_out, ad_words: of a notice, what of the ad it leaves out, and which words were confirmed to be the ad's own.
    notice_id: the notice that leaves by it.
    """
    row = CaseDecision(id=new_id(), case_id=case.id, decision=decision, reason=note, account_id=account_id)
    row.at, row.version = clock.now(), version
    row.because, row.duplicate_of = dismiss_reason, duplicate_of
    row.taxa, row.category = taxa, category
    row.left_out = list(left_out) or None
    row.ad_words = list(ad_words) or None
    row.snapshot, row.notice_id = snapshot, notice_id
    row.text_sha256 = hashlib.sha256(snapshot["text"].encode()).hexdigest() if snapshot else None
    session.add(row)


def any_on(session: Session, case_id: str) -> bool:
    """Whether a coordinator has ever decided on this case."""
    return session.scalar(select(CaseDecision.id).where(CaseDecision.case_id == case_id).limit(1)) is not None


def snapshot(case: Case, taxa: list[str], category: str, lexicon_version: str) -> dict[str, Any]:
    """What is known of a case now, to keep with a decision: later reports change the case, never this.

    taxa (scientific names) and category: what the case showed before the decision. Of a notice `spoc` is added: id, why
    this one (codes of `companies/routing.py`) and what those are said of.
    """
    known = ("priority", "signals", "reasons", "text", "matches", "report_count")
    return {name: getattr(case, name) for name in known} | {
        "taxa": taxa,
        "category": category,
        "lexicon_version": lexicon_version,
        "model_version": case.model_version,  # None: rules alone
    }


def confirmed_taxa(session: Session, case_ids: list[str]) -> dict[str, list[str]]:
    """The scientific names that the newest decision which speaks of taxa confirmed, by case; an empty list: none."""
    rows = select(CaseDecision.case_id, CaseDecision.taxa).order_by(CaseDecision.id)
    rows = rows.where(CaseDecision.case_id.in_(case_ids), CaseDecision.taxa.is_not(None))
    return {case_id: names or [] for case_id, names in session.execute(rows)}


def confirmed_category(session: Session, case_id: str) -> str | None:
    """The category that the newest decision which speaks of it confirmed."""
    rows = select(CaseDecision.category).where(CaseDecision.case_id == case_id, CaseDecision.category.is_not(None))
    return session.scalar(rows.order_by(CaseDecision.id.desc()).limit(1))
