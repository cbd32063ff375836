"""The address of a company's form or webhook as it is proposed on a page: by the companies file's own rules, and over https."""

from typing import Any

from server.core import urls
from server.core.sentences import sentence
from server.core.slips import Slips
from server.core.words import Channel, Refused
from server.ledger.companies import routing, schemas, secret_store

MOST = 1000  # characters: an index of the database holds it


def checked(channel: Channel, address: str, secret: str | None, *, demo: bool) -> str:
    """The address as it is kept. secret: of a webhook.

    Raises Refused("invalid"), with the fields `address` and `secret`.
    """
    slips = Slips()
    with slips.kept():
        href = _by_the_file(channel, address, secret, demo)
    if slips and secret:  # of an entry with a slip, the file's rules look at nothing else
        with slips.kept():
            _by_the_file(channel, address, secret_store.random(), demo)
    slips.tell()
    if len(href) > MOST:
        raise _refused(sentence("Enter at most %(most)s characters.", most=MOST))
    if channel is Channel.FORM and urls.read(href).scheme != "https":
        raise _refused(sentence("A form’s address starts with https://."))
    if routing.is_placeholder(href) and not demo:
        raise _refused(sentence("This is a placeholder address. Nobody reads it."))
    return href


def _by_the_file(channel: Channel, address: str, secret: str | None, demo: bool) -> str:
    """The address by the companies file's rules."""
    field = channel.address_field or ""
    entry: dict[str, Any] = {"name": "-", "channel": channel.value, field: address.strip()}
    entry |= {"webhook_secrets": [secret]} if secret else {}
    try:
        content = schemas.check({"companies": [{"slug": "new", "name": "-", "spocs": [entry]}]}, demo=demo)
    except Refused as refusal:
        errors: dict[str, list[str]] = {}
        for place, sentences in refusal.errors.items():
            errors.setdefault("secret" if ".webhook_secrets" in place else "address", []).extend(sentences)
        raise Refused("invalid", refusal.detail, errors=errors) from None
    href: str = content["companies"][0]["spocs"][0][field]
    return href


def _refused(detail: str) -> Refused:
    return Refused("invalid", detail, errors={"address": [detail]})
