"""How a companies file writes where a platform is: hosts, domains, listing patterns, the address of its search."""

import re
from typing import Any

from marshmallow import ValidationError, fields

from server.core import patterns, urls
from server.core.sentences import sentence
from server.core.words import Refused

WORDS = "{words}"  # where a search's words stand


class _Name(fields.String):
    """A host name, kept as A-labels."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if re.search(r"[/:?#@\s*]", text):
            raise ValidationError(sentence("Write only the name, such as ebay.com, not %(text)s.", text=text))
        return self._checked(read_address(f"https://{text}/"), text)

    def _checked(self, address: urls.Address, text: str) -> str:
        if address.is_ip:
            raise ValidationError(sentence("%(text)s is an IP address. IP addresses are never routed.", text=text))
        return address.host


class HostField(_Name):
    """A host name, where one host holds two platforms with the beginning of a path: mercari.com/jp."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        if not isinstance(value, str) or not (path := value.partition("/")[2]):
            return super()._deserialize(value, attr, data, **kwargs)
        host = super()._deserialize(value.partition("/")[0], attr, data, **kwargs)
        written = urls.path_and_query(read_address(f"https://{host}/{path}"))
        whole = re.fullmatch(r"[^/?]+(?:/[^/?]+)*", path) and written == f"/{path}"
        if not whole or len(host + written) > urls.MAX_HOST:  # as long as the table's column
            raise ValidationError(
                sentence(
                    "Write the beginning of a path in whole segments, such as mercari.com/jp, not %(text)s.", text=value
                )
            )
        return host + written


class DomainField(_Name):
    """A registrable domain, kept as A-labels."""

    def _checked(self, address: urls.Address, text: str) -> str:
        host = super()._checked(address, text)
        if address.registrable_domain is None:
            raise ValidationError(sentence("%(text)s is a public suffix: it belongs to no single company.", text=text))
        if host != address.registrable_domain:
            raise ValidationError(
                sentence(
                    "%(text)s is not a registrable domain. Write %(domain)s here, or %(text)s under hosts.",
                    text=text,
                    domain=address.registrable_domain,
                )
            )
        return host


class PatternsField(fields.Field[list[str]]):
    """One listing pattern or a list of them."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> list[str]:
        texts = value if isinstance(value, list) else [value]
        if not all(isinstance(each, str) for each in texts):
            raise ValidationError(sentence("A listing pattern is text; several are a list of texts."))
        for each in texts:
            try:
                patterns.pattern(each)
            except Refused as refusal:
                raise ValidationError(refusal.detail) from None
        return texts


class SearchField(fields.String):
    """The address of a platform's own search, with `{words}` once, where the words stand: never in the host."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if text.count(WORDS) != 1 or set(text.replace(WORDS, "")) & set("{}"):
            raise ValidationError(
                sentence("Write %(words)s once, where the search words go, and no other braces.", words=WORDS)
            )
        first, second = (read_address(text.replace(WORDS, words)) for words in ("one", "other"))
        if first.host != second.host:
            raise ValidationError(sentence("%(words)s may be in the path or the query, not in the host.", words=WORDS))
        if first.scheme != "https" and not first.host.endswith(".localhost"):  # RFC 6761, 6.3: this very machine
            raise ValidationError(
                sentence("A search address starts with https://, so that nobody on the way can read the search.")
            )
        return text


def read_address(text: str) -> urls.Address:
    """The address, or a ValidationError with what is wrong with it."""
    try:
        return urls.read(text)
    except Refused as refusal:
        raise ValidationError(refusal.detail) from None
