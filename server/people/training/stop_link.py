"""The link in a reminder of the review that turns reminders off without signing in. It can do nothing else."""

from itsdangerous import BadSignature, URLSafeSerializer

from server.core import web


def make(account_id: str) -> str:
    """The token that stands in the link."""
    return str(_signer().dumps(account_id))


def read(token: str) -> str | None:
    """Whose reminders a token turns off; None when it is not ours."""
    try:
        return str(_signer().loads(token))
    except BadSignature:
        return None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(web.settings().secret_key, salt="review-reminder")
