"""The description of the API is true: what is answered is what it says, field by field, and so is every status."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from marshmallow import Schema, fields

from server.core import payloads
from server.core.words import Scope
from tests.conftest import People
from tests.story import flag, notify

KINDS = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "array": list, "object": dict}


@pytest.fixture
def spec(client: FlaskClient) -> Any:
    return client.get("/api/v1/openapi.json").json


def amiss(spec: Any, schema: Any, value: Any, at: str = "$") -> list[str]:
    """What of `value` the schema does not say. Fields it does not name are amiss too."""
    while "$ref" in schema:
        schema = spec["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    if options := schema.get("anyOf"):
        return [] if any(not amiss(spec, option, value, at) for option in options) else [f"{at}: none of the kinds"]
    kinds = schema.get("type", [])
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if value is None:
        return [] if not kinds or "null" in kinds else [f"{at}: null"]
    if kinds and not any(isinstance(value, KINDS[kind]) for kind in kinds if kind != "null"):
        return [f"{at}: {value!r} is no {kinds}"]
    if "enum" in schema and value not in schema["enum"]:
        return [f"{at}: {value!r} is none of the words"]
    if isinstance(value, list):
        return [text for n, each in enumerate(value) for text in amiss(spec, schema["items"], each, f"{at}[{n}]")]
    if isinstance(value, dict) and (properties := schema.get("properties")):
        unknown = [f"{at}.{name}: not described" for name in value if name not in properties]
        known = [
            amiss(spec, properties[name], each, f"{at}.{name}") for name, each in value.items() if name in properties
        ]
        return unknown + [text for texts in known for text in texts]
    return []


def test_what_is_answered_is_what_is_described(
    client: FlaskClient, people: People, report_json: Any, spec: Any
) -> None:
    notice = notify(people, report_json())
    case = flag(people, report_json("https://mercado.test/itm/265374863"))
    ana, cora, mia = people.token("ana"), people.token("cora", Scope.CASES), people.token("mia", Scope.COMPANY)
    report = client.get("/api/v1/reports", headers=ana).json["items"][0]["id"]
    for path, described, who in (
        ("/reports", "/reports", ana),
        (f"/reports/{report}", "/reports/{report_id}", ana),
        ("/vocabulary", "/vocabulary", ana),
        ("/checks", "/checks", ana),
        ("/cases", "/cases", cora),
        (f"/cases/{case}", "/cases/{case_id}", cora),
        ("/figures", "/figures", cora),
        ("/notices", "/notices", mia),
        (f"/notices/{notice}", "/notices/{notice_id}", mia),
        ("/terms", "/terms", mia),
    ):
        responses = spec["paths"]["/api/v1" + described]["get"]["responses"]
        answer = client.get("/api/v1" + path, headers=who)
        assert answer.status_code == 200, f"{path}: {answer.text}"
        schema = responses["200"]["content"]["application/json"]["schema"]
        assert not amiss(spec, schema, answer.json), path
        for headers, query in (
            (who, "?zzz=1"),
            ({}, ""),
            (people.token("ben" if who is not ana else "otto", Scope.REPORTS if who is not ana else Scope.COMPANY), ""),
        ):
            refused = client.get(f"/api/v1{path}{query}", headers=headers)
            assert str(refused.status_code) in responses, f"{path}: {refused.status_code}"
            problem = responses[str(refused.status_code)]["content"]["application/problem+json"]["schema"]
            assert not amiss(spec, problem, refused.json), path


def test_the_vocabularys_etag_is_described(client: FlaskClient, people: People, spec: Any) -> None:
    asked = spec["paths"]["/api/v1/vocabulary"]["get"]
    assert "If-None-Match" in [parameter["name"] for parameter in asked["parameters"]]
    etag = client.get("/api/v1/vocabulary", headers=people.token("ana")).headers["ETag"]
    again = client.get("/api/v1/vocabulary", headers=people.token("ana") | {"If-None-Match": etag})
    assert str(again.status_code) in asked["responses"] and "content" not in asked["responses"]["304"]


def test_patterns_and_defaults_hold_by_themselves(app: Flask, spec: Any) -> None:
    def schemas(node: Any) -> Any:
        if isinstance(node, dict):
            yield node
        for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
            yield from schemas(inner)

    for schema in schemas(spec):
        if isinstance(pattern := schema.get("pattern"), str):
            assert re.fullmatch(r"\^.*\$", pattern) and "\\Z" not in pattern, pattern
        if "default" in schema and isinstance(schema.get("type"), str | list):
            default = schema["default"]
            assert not amiss(spec, schema, default), schema
            assert not isinstance(default, str) or len(default) >= schema.get("minLength", 0), schema


def test_every_body_tells_a_truth_from_a_number(app: Flask) -> None:
    """A field of marshmallow's own takes 0 for `false` and `true` for 1."""
    seen = set()
    for view in app.view_functions.values():
        if body := getattr(view, "described", {}).get("body"):
            for name, kind in flat(body()):
                assert not isinstance(kind, fields.Bool) or isinstance(kind, payloads.Truth), f"{body.__name__}: {name}"
                assert not isinstance(kind, fields.Int) or isinstance(kind, payloads.Whole), f"{body.__name__}: {name}"
                seen.add(name)
    assert {"automated", "take_over", "version", "width"} <= seen


def flat(schema: Schema) -> Iterator[tuple[str, Any]]:
    """All fields of a schema, those of its inner ones too."""
    for name, kind in schema.fields.items():
        inner = kind.inner if isinstance(kind, fields.List) else kind
        yield name, inner
        if isinstance(inner, fields.Nested):
            yield from flat(inner.schema)
