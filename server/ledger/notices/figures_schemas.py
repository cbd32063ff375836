"""What a request for figures may ask, and the shape of its answer."""

from datetime import date
from typing import Any

from marshmallow import Schema, ValidationError, fields, validate, validates_schema

from server.core.sentences import sentence
from server.core.words import FiguresBy

_KNOWN_DAY = validate.Range(date(2000, 1, 1), date(2199, 12, 31))


class FiguresQuery(Schema):
    """Which notices are counted, by the day they were sent (UTC, both days included), and by what."""

    start = fields.Date(data_key="from", load_default=None, validate=_KNOWN_DAY)
    end = fields.Date(data_key="to", load_default=None, validate=_KNOWN_DAY)
    by = fields.Enum(FiguresBy, by_value=True, load_default=FiguresBy.COMPANY)

    @validates_schema
    def _in_order(self, data: dict[str, Any], **_: Any) -> None:
        if data.get("start") and data.get("end") and data["start"] > data["end"]:
            raise ValidationError({"from": [sentence("The first day is after the last day.")]})


class HoursOut(Schema):
    """Hours, to a tenth. null: of no notice."""

    median = fields.Float(allow_none=True)
    p90 = fields.Float(allow_none=True)


class FiguresRow(Schema):
    """What became of the notices of one company, platform, group of species or month.

    A notice counts by its newest answer; one that was withdrawn counts in `notices` and `withdrawn` alone (and in `recalled`,
    if it went to the wrong company), and one that a later notice replaced is not `open`.
    """

    key = fields.Str()
    notices = fields.Int()
    answered = fields.Int()
    removed_stated = fields.Int()
    removed_verified = fields.Int()
    gone_before = fields.Int()
    restricted = fields.Int()
    kept = fields.Int()
    asked = fields.Int()
    open = fields.Int()
    withdrawn = fields.Int()
    recalled = fields.Int()
    reinstated = fields.Int()
    relisted = fields.Int()
    hours_to_answer = fields.Nested(HoursOut)
    hours_to_removal = fields.Nested(HoursOut)


class FiguresOut(Schema):
    """All rows: there is no next page."""

    items = fields.List(fields.Nested(FiguresRow))
    next = fields.Str(allow_none=True)
