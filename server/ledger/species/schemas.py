"""JSON of the trade terms that companies subscribe to. They name nobody and no case."""

from typing import Any

from marshmallow import Schema, fields, validate

TERM_ID = validate.Regexp(r"[0-9a-f]{32}\Z")


class TermQuery(Schema):
    """GET /api/v1/terms."""

    cursor: Any = fields.Str(load_default=None, validate=TERM_ID)


class TermOut(Schema):
    """A trade term that this programme added to its lexicon."""

    id = fields.Str()
    text = fields.Str()
    language = fields.Str(metadata={"description": "ISO 639-1; und: an emoji or a sign"})
    scientific_name = fields.Str(allow_none=True)
    common_name = fields.Str(allow_none=True)
    since = fields.AwareDateTime()


class TermsOut(Schema):
    """A page of them, oldest first. Keep the last id as the cursor and ask again later."""

    items = fields.List(fields.Nested(TermOut))
    next = fields.Str(allow_none=True)
