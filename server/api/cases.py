"""Cases and decisions for coordinators' programs."""

from typing import Any

from flask import Blueprint

from server.core import payloads, web
from server.core.database import db
from server.journeys.report import claiming, decision, effect
from server.ledger.cases.decision_schemas import ManyDone, NewDecision, OneOfMany, Undo
from server.ledger.cases.schemas import CaseOut, CaseQuery, CasesOut, NewClaim
from server.reads import case_list, queue_filters
from server.reads.queue_filters import Filters

api = Blueprint("cases_api", __name__, url_prefix="/api/v1")


@api.get("/cases")
@payloads.endpoint(summary="Cases, most urgent first", query=CaseQuery, reply=CasesOut)
def index(query: dict[str, Any]) -> dict[str, Any]:
    """A page of the queue."""
    filters = Filters(**{name: query[name] for name in queue_filters.NAMES})
    items, after = case_list.listed(db.session(), query["state"], query["q"], query["cursor"], filters)
    return {"items": items, "next": after}


@api.get("/cases/<case_id>")
@payloads.endpoint(summary="One case", reply=CaseOut)
def show(case_id: str) -> dict[str, Any]:
    """One case."""
    return case_list.get(db.session(), case_id)


@api.post("/cases/<case_id>/decisions")
@payloads.endpoint(summary="Decide on a case", body=NewDecision, reply=CaseOut, status=201)
def decide(case_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """One decision on the version the caller saw."""
    decision.decide(case_id, web.current_account().id, **data)
    return case_list.get(db.session(), case_id)


@api.post("/cases/<case_id>/claim")
@payloads.endpoint(summary="Claim a case, take it over, or hand it over", body=NewClaim, reply=CaseOut)
def claim(case_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """The case is the caller's, or another coordinator's, until the time in `claim`. Claiming again renews it."""
    account_id, to = web.current_account().id, data["hand_over_to"]
    if to:
        claiming.hand_over(case_id, account_id, to, take_over=bool(data["take_over"]))
    else:
        claiming.claim(case_id, account_id, take_over=bool(data["take_over"]))
    return case_list.get(db.session(), case_id)


@api.post("/cases/<case_id>/unclaim")
@payloads.endpoint(summary="Let a claimed case go", reply=CaseOut)
def let_go(case_id: str) -> dict[str, Any]:
    """The case is nobody's, if it was the caller's."""
    claiming.let_go(case_id, web.current_account().id)
    return case_list.get(db.session(), case_id)


@api.post("/cases/<case_id>/undo")
@payloads.endpoint(summary="Undo the last decision on a case", body=Undo, reply=CaseOut)
def undo(case_id: str, data: dict[str, Any]) -> dict[str, Any]:
    """Takes the last decision back while it can be undone, as if it had not been."""
    effect.undo(case_id, web.current_account().id, data["version"])
    return case_list.get(db.session(), case_id)


@api.post("/cases/decisions")
@payloads.endpoint(
    summary="Decide on many cases, each by itself", body=OneOfMany, each=decision.MOST_AT_ONCE, reply=ManyDone
)
def decide_many(data: list[Any]) -> dict[str, Any]:
    """Each decision is made or refused by itself; all of them can be undone until the same moment.

    What somebody on probation reported is not notified of in bulk.
    """
    account_id, until = web.current_account().id, decision.undo_until_of_many()

    def decide_one(values: dict[str, Any]) -> dict[str, Any]:
        case_id = values.pop("case_id")
        decision.decide(case_id, account_id, **values, undo_until=until, one_of_many=True)
        return {"status": 201} | case_list.decided(db.session(), case_id)

    done = [payloads.by_itself(OneOfMany, item, decide_one) for item in data]
    return {
        "items": [
            {"case_id": payloads.named(item, "case_id")} | result for item, result in zip(data, done, strict=True)
        ]
    }
