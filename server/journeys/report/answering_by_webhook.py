"""Step 12, by a signed webhook: a company's program posts its answers to us, as standardwebhooks.com has it."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import Any

from server.core import payloads
from server.core.database import read, write
from server.core.sentences import sentence
from server.core.words import Refused, Via
from server.journeys.report import answering
from server.ledger.companies import answer_hook_store
from server.ledger.companies.answer_hook_store import LONGEST_ID, Claimed, later
from server.ledger.notices.answer_store import SignedMessage
from server.ledger.notices.schemas import OneOfManyAnswers, SignedEvent


def receive(company_id: str, headers: Mapping[str, str], body: bytes) -> list[dict[str, Any]]:
    """Record a message's answers, each by itself; what became of each, as the API says it. `headers`: in small letters.

    The same `webhook-id` again gets the same results: only what could not be recorded for now is tried again, and
    refused where a newer answer stands by then.

    Raises Refused: unauthorised, also for a company that does not exist; malformed, too-large; invalid (the message, or its
    id was used for another); in-flight; unavailable, with the results so far, when some answers should be sent again.
    """
    with read() as session:
        if not answer_hook_store.is_signed(session, company_id, headers, body):
            raise Refused("unauthorised", sentence(
                "No active secret of this address has signed this message within five minutes of now."
            ))  # fmt: skip
    webhook_id = headers["webhook-id"]
    if len(webhook_id) > LONGEST_ID or not webhook_id.isascii():
        problem = sentence("Use at most %(number)s letters, digits and signs of ASCII.", number=LONGEST_ID)
        raise Refused("invalid", problem, errors={"webhook-id": [problem]})
    items = payloads.load(SignedEvent, payloads.read_signed(body))["data"]
    with write() as session:
        claimed = answer_hook_store.claim(session, company_id, webhook_id, body)
    results = claimed.results or []
    if not claimed.is_over:
        results = _answer(company_id, items, claimed)
        with write() as session:
            answer_hook_store.settle(session, company_id, webhook_id, results)
    if waiting := later(results):
        raise Refused(
            "unavailable",
            sentence(
                "Some answers cannot be recorded right now. Send the same message again; the others are recorded."
            ),
            retry_after=max(result.get("retry_after", 5) for result in waiting),
            items=results,
        )
    return results


def _answer(company_id: str, items: Sequence[Any], claimed: Claimed) -> list[dict[str, Any]]:
    """Record what is left of a message. What comes after an answer that waits waits too: of two, the later corrects."""
    results, waiting = list[dict[str, Any]](), dict[str | None, dict[str, Any]]()
    before = defaultdict[str | None, list[dict[str, Any]]](list)
    for item, result in zip_longest(items, claimed.results or []):
        name = payloads.named(item, "id")
        if not result or later([result]):
            message = SignedMessage(claimed.since, claimed.is_again, before[name])
            result = waiting.get(name) or answering.answer_each([item], Via.WEBHOOK, None, company_id, message)[0]
        if later([result]):
            waiting[name] = result
        elif claimed.is_again and result["status"] == 201:
            before[name].append(payloads.load(OneOfManyAnswers, item))
        results.append(result)
    return results
