"""The link in the mail that invites a colleague. The newest mail's works, until the invitation ends."""

from itsdangerous import BadSignature, URLSafeSerializer

from server.core import web


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(web.settings().secret_key, salt="team")


def make(invitation_id: str, sendings: int) -> str:
    """The token of a link: of this invitation, as it was mailed for the nth time."""
    return str(_signer().dumps([invitation_id, sendings]))


def read(token: str) -> tuple[str, int] | None:
    """The invitation and which mail it was; None for a token that was not made here."""
    try:
        invitation_id, sendings = _signer().loads(token)
    except (BadSignature, ValueError):
        return None
    return invitation_id, sendings
