"""JSON of listings."""

from marshmallow import Schema, ValidationError, fields, validate

from server import urls
from server.words import Refused


def _address(value: str) -> None:
    try:
        urls.read(value)
    except Refused as refusal:
        raise ValidationError(refusal.detail) from None


class KnownQuery(Schema):
    """GET /api/v1/listings/known: the address asked about, as a report would name it."""

    url = fields.Str(required=True, validate=[validate.Length(1, 4096), _address])


class Known(Schema):
    """Whether this listing has been reported. Always false for those not trusted yet."""

    known = fields.Bool()
