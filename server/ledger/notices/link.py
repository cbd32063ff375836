"""The address a company answers at without an account: signed, working many times, telling nothing by itself."""

from itsdangerous import BadSignature, URLSafeSerializer

from server.core import web
from server.core.sentences import sentence
from server.core.words import Refused


def answer_url(notice_id: str) -> str:
    """Where the notice is shown and answered."""
    return f"{web.settings().base_url}/answers/{_signer().dumps(notice_id)}"


def check_url(reference: str | None = None) -> str:
    """Where anybody checks that a notice is ours."""
    return f"{web.settings().base_url}/check-notice" + (f"?reference={reference}" if reference else "")


def read(token: str) -> str:
    """The notice a link names. Raises Refused("not-found") for one we never made."""
    try:
        return str(_signer().loads(token))
    except BadSignature:
        raise Refused("not-found", sentence("This link is not valid. Check that you copied all of it.")) from None


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(web.settings().secret_key, salt="answer")
