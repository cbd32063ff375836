"""The OpenAPI description, generated from the very schemas that read and write."""

import re
from typing import Any, cast

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask

from server.core import endpoints


def describe(app: Flask) -> dict[str, Any]:
    """OpenAPI 3.1 of every endpoint made by `payloads.endpoint`."""
    spec = APISpec(
        title="Cyber Spotter",
        version="1",
        openapi_version="3.1.0",
        plugins=[MarshmallowPlugin()],
        info={"description": "Reports of suspected wildlife ads, the cases they feed, and companies' answers."},
    )
    spec.components.security_scheme("token", {"type": "http", "scheme": "bearer"})
    problem = {
        "type": "object",
        "required": ["type", "title", "status", "detail"],
        "properties": {
            "type": {"type": "string", "format": "uri"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "errors": {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}},
        },
    }
    spec.components.schema("Problem", problem)
    for rule in sorted(app.url_map.iter_rules(), key=lambda r: r.rule):
        described = getattr(app.view_functions.get(rule.endpoint), "described", None)
        if described:
            path = re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule.rule)
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                spec.path(path=path, operations={method.lower(): _operation(rule.endpoint, path, described)})
    return cast(dict[str, Any], _in_json_schema(spec.to_dict()))


def _in_json_schema(described: Any) -> Any:
    """The same as JSON Schema has it: patterns of whole texts as ECMA-262 writes them, where `\\Z` is a letter; no defaults
    that say nothing, for an empty text is often none that may be sent."""
    if isinstance(described, list):
        return [_in_json_schema(each) for each in described]
    if not isinstance(described, dict):
        return described
    kept = {name: value for name, value in described.items() if name != "default" or value not in (None, "")}
    if isinstance(pattern := kept.get("pattern"), str):
        kept["pattern"] = "^" + pattern.removesuffix(r"\Z") + "$"
    return {name: _in_json_schema(value) for name, value in kept.items()}


def _operation(endpoint: str, path: str, described: dict[str, Any]) -> dict[str, Any]:
    scopes = endpoints.RULES[endpoint].scopes
    parameters: list[Any] = [
        {"in": "path", "name": name, "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"{(\w+)}", path)
    ]
    if described["query"]:
        parameters.append({"in": "query", "schema": described["query"]})
    parameters += described.get("headers", [])
    answer = {"description": "Done"}
    if described["reply"]:
        answer["content"] = {"application/json": {"schema": described["reply"]}}  # type: ignore[assignment]
    refused = {"description": "Refused", "content": {"application/problem+json": {"schema": "Problem"}}}
    refusals = {str(status): refused for status in _refusals(described, bool(scopes))}
    again = (
        {"200": {**answer, "description": "The first answer again"}}
        if described["status"] == 201 and described.get("headers")
        else {}
    )
    operation = {
        "summary": described["summary"],
        "operationId": endpoint.replace("_api", "").replace(".", "_"),
        "parameters": parameters,
        "responses": {str(described["status"]): answer}
        | again
        | refusals
        | described.get("refusals", {})
        | {"default": refused},
        "security": [{"token": [str(scope)]} for scope in scopes],  # one of them
    }
    if described["body"] or described.get("content"):
        content = {"application/json": {"schema": _body(described)}} if described["body"] else {}
        content |= described.get("content", {})
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _body(described: dict[str, Any]) -> Any:
    """The schema of what is sent: one object, or an array of them, each of which is answered by itself."""
    most = described.get("each")
    return {"type": "array", "maxItems": most, "items": described["body"]} if most else described["body"]


def _refusals(described: dict[str, Any], token: bool) -> list[int]:
    """The statuses an endpoint may refuse with, beside those any may."""
    writing = [400, 409, 413, 415, 422] if described["body"] else [422]
    return sorted({*writing, 429, 503, *((401, 403, 404) if token else ())})


def init_app(app: Flask) -> None:
    """Describe once, at the first request for it."""
    app.extensions["openapi"] = None
