"""JSON of checks."""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from server.core.sentences import sentence
from server.core.words import Category, Seen


class Categories(fields.Field[list[str]]):
    """Categories in one parameter, separated by commas."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[str]:
        named = [name for name in str(value).split(",") if name]
        if unknown := set(named) - {category.value for category in Category}:
            raise ValidationError(sentence("There is no category %(category)s.", category=min(unknown)))
        return named


class ChecksQuery(Schema):
    """What is not to be offered: topics a spotter has opted out of, which only their device knows."""

    without = Categories(load_default=list)


class CheckOut(Schema):
    """A listing somebody is asked to look at: what is needed to find it, nothing of what became of it."""

    id = fields.Str()
    url = fields.Str()
    title = fields.Str(allow_none=True)
    platform = fields.Str(allow_none=True)
    category = fields.Str(validate=validate.OneOf([word.value for word in Category]))


class ChecksOut(Schema):
    """The few checks that are offered."""

    items = fields.List(fields.Nested(CheckOut))
    next = fields.Str(allow_none=True)


class NewLook(Schema):
    """What somebody saw."""

    outcome = fields.Str(required=True, validate=validate.OneOf([word.value for word in Seen]))
    note = fields.Str(allow_none=True, load_default=None, validate=validate.Length(max=500))


class LookOut(Schema):
    """A look that is recorded."""

    id = fields.Str()
    outcome = fields.Str()
