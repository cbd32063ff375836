"""JSON of decisions on cases, one or many, and of what became of them."""

from datetime import datetime
from typing import Any

from marshmallow import Schema, ValidationError, fields, post_load, validate, validates_schema

from server.core import clock, folding, payloads
from server.core.sentences import sentence
from server.core.words import Basis, CaseState, Category, Channel, Decision, DismissReason, HoldReason, LeaveOut
from server.ledger.cases import states


class GoesTo(Schema):
    """Whom a notice goes to."""

    spoc = fields.Str(allow_none=True)
    channel = fields.Str(validate=validate.OneOf([word.value for word in Channel]))
    address = fields.Str(allow_none=True, metadata={"description": "null: nothing is sent, it waits in the inbox."})


class Done(Schema):
    """What became of one item of many: as an answer of its own would say it. Of a refusal `type` to `errors`."""

    case_id = fields.Str(allow_none=True)
    status = fields.Int(metadata={"description": "An HTTP status: 201, or why not."})
    version = fields.Int()
    state = fields.Str(validate=validate.OneOf([state.value for state in CaseState]))
    undo_until = fields.AwareDateTime(allow_none=True)
    notice_held = fields.Bool()
    goes_to = fields.Nested(
        GoesTo,
        allow_none=True,
        metadata={
            "description": "Of a notice that can still be undone: whom it goes to. Undo it if that is not whom you meant."
        },
    )
    type = fields.Str()
    title = fields.Str()
    detail = fields.Str()
    errors = fields.Dict(keys=fields.Str(), values=fields.List(fields.Str()))
    mentions = fields.Raw()
    claim = fields.Raw(metadata={"description": "Of a case that somebody else has claimed: as in a case."})
    retry_after = fields.Int()


class ManyDone(Schema):
    """What became of each item, in the order they came."""

    items = fields.List(fields.Nested(Done))


class Undo(Schema):
    """POST /api/v1/cases/{id}/undo."""

    version = payloads.Whole(required=True)


MOST_TAXA = 20  # on one decision


def _to_come(value: datetime) -> None:
    if not states.may_wait_until(value, clock.now()):
        raise ValidationError(states.NAME_A_DAY)


def _no_email(text: str) -> None:
    if "@" in text:
        raise ValidationError(sentence("An email address is never the ad’s own word. Remove it from the text."))


class Law(Schema):
    """The law a notice rests on."""

    jurisdiction = fields.Str(required=True, validate=validate.Length(1, 100))
    provision = fields.Str(required=True, validate=validate.Length(1, 500))
    effective_from = fields.Date(allow_none=True, load_default=None)
    source = fields.Str(allow_none=True, load_default=None, validate=validate.Length(max=500))


class NewDecision(Schema):
    """POST /api/v1/cases/{id}/decisions."""

    decision = fields.Str(required=True, validate=validate.OneOf([word.value for word in Decision]))
    note = fields.Str(data_key="reason", required=True, validate=validate.Length(1, 2000))
    version = payloads.Whole(required=True)
    until = payloads.TimeWithZone(allow_none=True, load_default=None, validate=_to_come)
    hold_reason = fields.Str(
        data_key="why", allow_none=True, load_default=None, validate=validate.OneOf([word.value for word in HoldReason])
    )
    dismiss_reason = fields.Str(
        data_key="because",
        allow_none=True,
        load_default=None,
        validate=validate.OneOf([word.value for word in DismissReason]),
    )
    duplicate_of = fields.Str(allow_none=True, load_default=None, validate=validate.Length(1, 64))
    taxa = fields.List(
        fields.Str(validate=validate.Length(1, 200)),
        allow_none=True,
        load_default=None,
        validate=validate.Length(max=MOST_TAXA),
        metadata={"description": "Scientific names. Absent: what the case shows; empty: none of them."},
    )
    category = fields.Str(
        allow_none=True, load_default=None, validate=validate.OneOf([word.value for word in Category])
    )
    basis = fields.Str(load_default=None, allow_none=True, validate=validate.OneOf([word.value for word in Basis]))
    law = fields.Nested(Law, allow_none=True, load_default=None)
    policy_reference = fields.Str(allow_none=True, load_default=None, validate=validate.Length(max=500))
    leave_out = fields.List(
        fields.Str(validate=validate.OneOf([word.value for word in LeaveOut])), allow_none=True, load_default=list
    )
    take_over = payloads.Truth(
        allow_none=True,
        load_default=False,
        metadata={"description": "Decide also if somebody else has claimed the case, which is else answered with 409."},
    )
    ad_words = fields.List(
        fields.Str(validate=[validate.Length(1, 200), _no_email]),
        allow_none=True,
        load_default=list,
        validate=validate.Length(max=50),
    )

    @validates_schema
    def _whole(self, data: dict[str, object], **_: object) -> None:
        if folding.is_blank(str(data["note"])):
            raise ValidationError(sentence("Say why."), "reason")
        if wrong := states.dismissal_problems(str(data["decision"]), data["dismiss_reason"], data["duplicate_of"]):
            raise ValidationError(wrong)
        if wrong := states.foreign_fields(str(data["decision"]), data | {"why": data["hold_reason"]}):
            raise ValidationError(wrong)
        if data["decision"] == Decision.NOTIFY and (data["basis"] == Basis.ILLEGAL) != bool(data["law"]):
            raise ValidationError(sentence("Name the law when the basis is a law, and only then."), "law")
        if data["basis"] == Basis.ILLEGAL and data["policy_reference"]:
            raise ValidationError(sentence("Only a notice on policy names a clause."), "policy_reference")

    @post_load
    def _tidy(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        return (
            data
            | {"take_over": bool(data["take_over"])}
            | {name: data[name] or [] for name in ("leave_out", "ad_words")}
        )


class OneOfMany(NewDecision):
    """One item of POST /api/v1/cases/decisions: a decision and the case it is about."""

    case_id = fields.Str(required=True, validate=validate.Length(1, 64))
