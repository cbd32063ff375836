"""The link by which a SPOC says whether it is still right: signed, and nothing changes by opening it."""

from itsdangerous import BadSignature, URLSafeSerializer

from server.core import web
from server.core.sentences import sentence
from server.core.words import Refused


def make(id_: str) -> str:
    """The token of the link."""
    return str(_signer().dumps(id_))


def read(token: str) -> str:
    """What a link is about. Raises Refused("not-found") for one we never made."""
    try:
        return str(_signer().loads(token))
    except BadSignature:
        raise Refused("not-found", sentence("This link is not valid. Check that you copied all of it.")) from None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(web.settings().secret_key, salt="still right")
