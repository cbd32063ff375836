"""JSON of listings."""

from marshmallow import Schema, fields, validate

from server.core import payloads


class KnownQuery(Schema):
    """GET /api/v1/listings/known: the address asked about, as a report would name it."""

    url = fields.Str(required=True, validate=[validate.Length(1, 4096), payloads.address])


class KnownReply(Schema):
    """Whether this listing has been reported. Always false for those not trusted yet."""

    known = fields.Bool()
