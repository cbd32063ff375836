"""Requests and responses of the API: schemas read query strings and JSON, and write replies."""

import functools
import json
import math
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

from flask import Response, jsonify, request
from marshmallow import Schema, ValidationError, fields
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import RequestEntityTooLarge

from server.core import problems, urls, web
from server.core.sentences import sentence
from server.core.words import Refused

DEEPEST = (
    64  # arrays and objects in each other (contract); what reads and keeps JSON recurses, and Python stops it at 1,000
)


def endpoint(
    *,
    summary: str,
    body: type[Schema] | None = None,
    query: type[Schema] | None = None,
    reply: type[Schema] | None = None,
    status: int = 200,
    each: int | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Response]]:
    """Make a function an API endpoint: query and body are read by their schemas, the reply is written by its own.

    The function gets `data` and `query` when schemas are named, and returns what `reply` writes, or a Response.
    each: the body is an array of at most so many objects, which the function reads one by one with `by_itself`.
    The same schemas make the OpenAPI description (`server.api.openapi`).
    """

    def decorate(function: Callable[..., Any]) -> Callable[..., Response]:
        @functools.wraps(function)
        def view(**arguments: Any) -> Response:
            arguments |= {"query": read_query(query)} if query else {}
            if not query:
                read_query(Schema)
            if body:
                arguments["data"] = read_array(each) if each else load(body, read_json())
            answer = function(**arguments)
            if isinstance(answer, Response):
                return answer
            response = jsonify(_writer(reply).dump(answer) if reply else answer)
            response.status_code = status
            return response

        described = {"summary": summary, "body": body, "query": query, "reply": reply, "status": status, "each": each}
        view.described = described  # type: ignore[attr-defined]
        return view

    return decorate


@functools.cache
def _writer(schema: type[Schema]) -> Schema:
    return schema()


def load(schema: type[Schema], data: Any) -> Any:
    """`data` as `schema` reads it. Raises Refused("invalid") with a sentence for every bad field."""
    try:
        return _writer(schema).load(data)
    except ValidationError as problem:
        errors = flat(problem.messages)
        field, sentences = next(iter(errors.items()))
        detail = sentence("%(field)s: %(problem)s", field=field, problem=sentences[0]) if field else sentences[0]
        raise Refused("invalid", detail, errors=errors) from None


class Truth(fields.Bool):
    """`true` or `false` as JSON has them. Python accepts 0 as False, and marshmallow also accepts "off" and "n"."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> bool:
        if not isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return value


class Whole(fields.Int):
    """A whole number as JSON has it: no text, no fraction, and no `true`, which Python takes for 1."""

    def __init__(self, **more: Any) -> None:
        super().__init__(strict=True, **more)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> int:
        if isinstance(value, bool):
            raise self.make_error("invalid", input=value)
        return super()._deserialize(value, attr, data, **more)


class TimeWithZone(fields.AwareDateTime):
    """A time with its zone, in every way RFC 3339 writes one: also with a small `z`, and in a leap second."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **more: Any) -> Any:
        return super()._deserialize(readable(value) if isinstance(value, str) else value, attr, data, **more)


def readable(text: str) -> str:
    """A time of RFC 3339 as Python reads it: of a leap second it knows nothing, and takes the second before. *Pure.*"""
    return _LEAP_SECOND.sub(r"\g<1>59", text.upper())


_LEAP_SECOND = re.compile(r"(T\d\d:\d\d:)60(?=[.,Z+-])")


def address(text: str) -> None:
    """Validate that a text is an address. Raises ValidationError with the reason from `urls`."""
    try:
        urls.read(text)
    except Refused as refusal:
        raise ValidationError(refusal.detail) from None


def flat(messages: Any, path: str = "") -> dict[str, list[str]]:
    """Marshmallow's nested messages as one level: {"listing.images.3.url": ["Not valid."]}."""
    if not isinstance(messages, dict):
        return {path.removesuffix("._schema").removeprefix("_schema"): [_text(text) for text in messages]}
    errors: dict[str, list[str]] = {}
    for key, value in messages.items():
        errors |= flat(value, f"{path}.{key}" if path else str(key))
    return errors


_A_TIME = sentence("Give a date and a time with its zone, such as 2026-11-24T10:00:00Z.")
_PLAIN: dict[str, str] = {  # what marshmallow says, in words that do not come from Python
    "Missing data for required field.": sentence("This is required."),
    "Field may not be null.": sentence("This may not be null."),
    "Invalid input type.": sentence("This must be a JSON object."),
    "Not a valid list.": sentence("This must be an array."),
    "Not a valid string.": sentence("This must be text."),
    "Not a valid integer.": sentence("This must be a whole number."),
    "Not a valid boolean.": sentence("This must be true or false."),
    "Not a valid date.": sentence("Give a date, such as 2026-11-24."),
    "Not a valid datetime.": _A_TIME,
    "Not a valid aware datetime.": _A_TIME,
    "String does not match expected pattern.": sentence("Not valid."),
}


def _text(message: object) -> str:
    """A message as text, marshmallow's own in plain words; a `Sentence` is translated where it is shown."""
    return _PLAIN.get(message, message) if isinstance(message, str) else str(message)


def read_query(schema: type[Schema]) -> Any:
    """The query string by its schema; unknown parameters are refused, and one sent twice: which of the two was meant?"""
    asked = request.args.to_dict() if request.query_string else {}
    if twice := [name for name in asked if len(request.args.getlist(name)) > 1]:
        problem = sentence("Sent twice.")
        detail = sentence("%(field)s: %(problem)s", field=twice[0], problem=problem)
        raise Refused("invalid", detail, errors={name: [problem] for name in twice})
    _refuse_unprintable(asked)
    return load(schema, asked)


def read_json(raw: bytes | None = None) -> Any:
    """The request's JSON (or `raw`). Raises Refused: unsupported, too-large, malformed, or invalid for NUL."""
    raw = _sent() if raw is None else raw
    data = _parsed(raw)
    if _ESCAPED.search(raw):
        _refuse_unprintable(data)
    return data


def read_signed(raw: bytes) -> Any:
    """JSON that came with its own proof. What is wrong with one of its items `by_itself` says. Raises Refused as `read_json`."""
    return _parsed(raw)


def sent_bytes() -> bytes:
    """The request's JSON, unread: at most 1 MB, also of whoever does not say how much. Raises Refused: unsupported, too-large."""
    request.max_content_length = web.settings().max_json + 1  # where a body of unsaid length ends, without a word
    try:
        return refuse_large(_sent())
    except RequestEntityTooLarge:
        raise _too_large() from None


def read_array(most: int) -> list[Any]:
    """The request's JSON, an array. What is wrong with one of its items `by_itself` says. Raises Refused as `read_json`."""
    data = _parsed(_sent())
    if not isinstance(data, list):
        raise Refused("invalid", sentence("Send an array of objects."))
    if len(data) > most:
        raise Refused("invalid", sentence("Send at most %(number)s at once.", number=most))
    return data


def by_itself(schema: type[Schema], item: Any, do: Callable[[Any], dict[str, Any]]) -> dict[str, Any]:
    """The result for one item of an array, independent of the others: what `do` returns, or the problem."""
    try:
        _refuse_unprintable(item)
        return do(load(schema, item))
    except Refused as refusal:
        return problems.described(refusal)
    except (DBAPIError, PoolTimeout) as problem:  # the results of the items before it must be reported all the same
        return problems.described(problems.unavailable(problem))


def _sent() -> bytes:
    refuse_encoded()
    if request.mimetype != "application/json":
        raise Refused("unsupported", sentence("Send this as application/json."))
    return request.get_data(cache=False)


def refuse_encoded() -> None:
    """Refuse a body that was packed. Raises Refused("unsupported")."""
    if request.headers.get("Content-Encoding", "identity").strip().lower() not in ("identity", ""):
        raise Refused("unsupported", sentence("Send the body without Content-Encoding."))


def refuse_large(raw: bytes) -> bytes:
    """`raw`, when it is no larger than JSON may be. Raises Refused("too-large")."""
    if len(raw) > web.settings().max_json:
        raise _too_large()
    return raw


def _too_large() -> Refused:
    return Refused("too-large", sentence("The JSON is larger than 1 MB."))


def _parsed(raw: bytes) -> Any:
    refuse_large(raw)
    try:
        data = json.loads(
            raw.decode("utf-8"), parse_constant=_no_constant, parse_float=_finite, object_pairs_hook=_named_once
        )
    except (ValueError, RecursionError):
        raise _malformed() from None
    if _deeper(data, DEEPEST):
        raise _malformed()
    return data


def _malformed() -> Refused:
    detail = sentence("This is not valid JSON, is nested too deeply, or holds a number that is too long.")
    return Refused("malformed", detail)


def _deeper(data: Any, most: int) -> bool:
    """Whether arrays and objects stand in each other more than `most` deep. Level by level: recursion is what it guards."""
    level = [data]
    for _ in range(most + 1):
        level = [part for part in level if isinstance(part, dict | list)]
        if not level:
            return False
        level = [inner for part in level for inner in (part.values() if isinstance(part, dict) else part)]
    return True


def _no_constant(name: str) -> None:
    raise ValueError(name)


def _finite(digits: str) -> float:
    """1e999 is JSON, but to Python an infinity, which is none: PostgreSQL would refuse to keep it."""
    number = float(digits)
    if math.isinf(number):
        raise Refused("invalid", sentence("The number %(digits)s is too large.", digits=digits[:20]))
    return number


def _named_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object in which each name occurs once. Python would keep the last of two, but nobody knows which was meant."""
    data = dict(pairs)
    if len(data) < len(pairs):
        count = Counter(name for name, _ in pairs)
        name = next(name for name, times in count.items() if times > 1)
        name, problem = _UNPRINTABLE.sub("\ufffd", name[:100]), sentence("Sent twice.")
        raise Refused(
            "invalid", sentence("%(field)s: %(problem)s", field=name, problem=problem), errors={name: [problem]}
        )
    return data


def _refuse_unprintable(data: Any, path: str = "") -> None:
    """NUL and lone surrogates cannot be kept by every database: refused, never cut. `path`: where `data` stands."""
    if isinstance(data, str):
        if _UNPRINTABLE.search(data):
            problem, field = (
                sentence("The text contains a NUL or an invalid character."),
                _UNPRINTABLE.sub("\ufffd", path),
            )
            detail = sentence("%(field)s: %(problem)s", field=field, problem=problem)
            raise Refused("invalid", detail, errors={field: [problem]})
    elif isinstance(data, dict):
        for key, value in data.items():
            inner = f"{path}.{key}" if path else key
            _refuse_unprintable(key, inner)
            _refuse_unprintable(value, inner)
    elif isinstance(data, list):
        for place, value in enumerate(data):
            _refuse_unprintable(value, f"{path}.{place}")


_UNPRINTABLE = re.compile("[\x00\ud800-\udfff]")
# How JSON can say one of them; other escapes, such as that of the euro sign, need no second look.
_ESCAPED = re.compile(rb"\\u(?:0000|[dD][89a-fA-F])")


def named(item: Any, field: str) -> str | None:
    """What an item of a list is about, as its field names it; None where it does not."""
    value = item.get(field) if isinstance(item, dict) else None
    return value if isinstance(value, str) else None
