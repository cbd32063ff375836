"""What the page of the model shows."""

from typing import Any

from sqlalchemy.orm import Session

from server.core.sentences import counted, sentence
from server.ledger.learning import learner, store
from server.ledger.learning.learner import NotYet
from server.ledger.learning.models import LearnedModel
from server.reads import case_names, training_rows

FIGURES = {
    "average_precision": sentence("Right cases first (average precision)"),
    "first": sentence("Right among the first 20"),
    "brier": sentence("Error of the likelihood (Brier, smaller is better)"),
    "calibration_error": sentence("Likelihood and share of right notices differ by"),
}
NOT_YET = {
    NotYet.FEW: counted(
        "At least %(number)s decision on different ads is needed.",
        "At least %(number)s decisions on different ads are needed.",
        learner.LEAST,
    ),
    NotYet.ONE_SIDED: sentence("Both notices that were right and dismissals about the ad are needed."),
    NotYet.ONE_COORDINATOR: sentence("Decisions by two coordinators are needed: a model never learns from one alone."),
}


def shown(session: Session) -> dict[str, Any]:
    """The newest model with its figures beside the rules', what orders the queue, and why there is no model."""
    newest, active = store.newest(session), store.active(session)
    return {
        "newest": _model(session, newest) if newest else None,
        "active": {"version": active.version, "since": active.switched_at} if active else None,
        "not_yet": None if newest else _not_yet(session),
    }


def _not_yet(session: Session) -> dict[str, Any]:
    examples = [example for row in training_rows.rows(session) if (example := row.example)]
    reason = learner.not_yet(examples)
    return {"decisions": len(examples), "why": NOT_YET[reason] if reason else None}


def _model(session: Session, model: LearnedModel) -> dict[str, Any]:
    ids = [case_id for case_id, *_ in model.different]
    known = {case["id"]: case for case in case_names.headings(session, ids)}
    return {
        "version": model.version,
        "made_at": model.made_at,
        "active": model.active,
        "learnt_from": model.learnt_from,
        "compared_on": model.compared_on,
        "figures": [
            {"name": name, "rules": model.rules[key], "model": model.model[key]} for key, name in FIGURES.items()
        ],
        "different": [
            known[case_id] | {"rules": rules, "model": likely, "right": right}
            for case_id, rules, likely, right in model.different if case_id in known
        ],
    }  # fmt: skip
