"""The links by which the new address confirms a change and the old one stops it: signed, and nothing changes by opening one."""

from typing import Literal, NamedTuple

from itsdangerous import BadSignature, URLSafeSerializer

from server.core import web
from server.core.sentences import sentence
from server.core.words import Refused

Side = Literal["new", "old"]


class Opened(NamedTuple):
    """What a link says."""

    change_id: str
    side: Side


def make(change_id: str, side: Side) -> str:
    """The token of a link for one of a change's two sides."""
    return str(_signer().dumps([change_id, side]))


def read(token: str) -> Opened:
    """What a link says. Raises Refused("not-found") for one we never made."""
    try:
        change_id, side = _signer().loads(token)
    except (BadSignature, ValueError):
        raise Refused("not-found", sentence("This link is not valid. Check that you copied all of it.")) from None
    return Opened(change_id, side)


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(web.settings().secret_key, salt="address")
