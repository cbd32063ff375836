"""Answers that a company's program posts as a signed webhook, without a token."""

from typing import Any

from flask import Blueprint, Response, jsonify, request

from server.core import payloads
from server.journeys.report import answering_by_webhook
from server.ledger.notices.schemas import AnswerEvent, AnswerResults

api = Blueprint("hooks_api", __name__, url_prefix="/api/v1")


@api.post("/hooks/<hook_id>")
def receive(hook_id: str) -> Response:
    """The answers of one message, each by itself, signed with a secret from the company's page of webhooks.

    200 says that the message was taken; `items`, what became of each answer. Sent again with its `webhook-id`, it gets the same.
    503 says that some answers wait, and that the message is to be sent again. An answer that waited is refused (409) where a
    newer one to its notice stands by then.
    """
    body, headers = payloads.sent_bytes(), {name.lower(): value for name, value in request.headers.items()}
    return jsonify(AnswerResults().dump({"items": answering_by_webhook.receive(hook_id, headers, body)}))


def _header(name: str, text: str) -> dict[str, Any]:
    return {"in": "header", "name": name, "required": True, "description": text, "schema": {"type": "string"}}


receive.described = {  # type: ignore[attr-defined]
    "summary": "Answer notices by a signed webhook (Standard Webhooks)",
    "body": AnswerEvent,
    "query": None,
    "reply": AnswerResults,
    "status": 200,
    "headers": [
        _header("webhook-id", "Of this message, the same at every attempt. At most 200 characters of ASCII."),
        _header("webhook-timestamp", "Of this attempt, in seconds since 1970; at most five minutes from now."),
        _header(
            "webhook-signature",
            "`v1,` and the HMAC-SHA256, in base64, of `<id>.<timestamp>.<body>`; several with a space.",
        ),
    ],
    "refusals": {
        "401": {
            "description": "No active secret has signed this, or there is no such address",
            "content": {"application/problem+json": {"schema": "Problem"}},
        }
    },
}
