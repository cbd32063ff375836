"""RFC 8628's own form fields and replies."""

from marshmallow import Schema, fields


class DeviceCode(Schema):
    """Device authorization response, RFC 8628 section 3.2."""

    device_code = fields.Str()
    user_code = fields.Str()
    verification_uri = fields.Url()
    verification_uri_complete = fields.Url()
    expires_in = fields.Int()
    interval = fields.Int()


class DeviceError(Schema):
    """Why there is no code or no token (yet): RFC 6749 section 5.2, RFC 8628 section 3.5."""

    error = fields.Str()


class DeviceToken(Schema):
    """Device access token response, RFC 8628 section 3.5."""

    access_token = fields.Str()
    token_type = fields.Str()
    scope = fields.Str()
