"""The link by which a password is chosen: a joiner's, or a new one. It works once, and for `LASTS` seconds."""

from itsdangerous import BadSignature, URLSafeTimedSerializer

from server.core import web

LASTS = 3 * 24 * 3600  # seconds


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(web.settings().secret_key, salt="join")


def make(account_id: str, mark: str) -> str:
    """The token of a link. `mark`: of the password there was (`store.mark`), so that the link works once."""
    return str(_signer().dumps([account_id, mark]))


def read(token: str) -> tuple[str, str] | None:
    """The account and the mark in a token; None for a token that was not made here, or that has expired."""
    try:
        account_id, mark = _signer().loads(token, max_age=LASTS)
    except (BadSignature, ValueError):
        return None
    return account_id, mark
