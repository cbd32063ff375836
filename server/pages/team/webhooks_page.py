"""A company's webhooks as their page shows them: where, what signs, what was delivered and what was asked for."""

from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from server.core import urls, web
from server.core.phrases import Phrase
from server.core.sentences import Sentence, sentence
from server.core.words import DeliveryState, Event
from server.journeys.company.webhooks import MOST
from server.ledger.companies import address_store, answer_hook_store, secret_store
from server.ledger.companies.address_states import ChangeState
from server.ledger.companies.models import Spoc
from server.ledger.companies.signing_secret import ACTIVE
from server.ledger.delivery import run_store
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.channel import Failure
from server.ledger.delivery.models import AttemptOutcome, Message, MessageAttempt, RunKind, WebhookRun
from server.ledger.notices.models import Notice
from server.reads import case_history, webhooks

DELIVERIES = 20  # shown

EVENT: dict[Event, Sentence] = {
    Event.CREATED: sentence("notice"),
    Event.DUE_SOON: sentence("reminder before the date"),
    Event.REMINDED: sentence("reminder after the date"),
    Event.REPLIED: sentence("reply"),
    Event.WITHDRAWN: sentence("withdrawal"),
}


class HookState(StrEnum):
    """Whether a webhook takes what is sent."""

    CLOSED = "closed"  # its server answered 410, or an address nothing is sent to
    UNSIGNED = "unsigned"  # no secret
    RESTS = "rests"  # the last attempt failed and waits for the next
    OPEN = "open"


STATE: dict[HookState, Phrase] = {
    HookState.CLOSED: Phrase(
        sentence("Closed"), "x-lg", "dismissed", sentence("Your server answered 410, or the address accepts nothing.")
    ),
    HookState.UNSIGNED: Phrase(
        sentence("No secret"), "exclamation-circle", "needs_info", sentence("Nothing is sent unsigned: make one.")
    ),
    HookState.RESTS: Phrase(
        sentence("Waiting to retry"),
        "pause-circle",
        "needs_info",
        sentence("The last attempt failed. We will retry automatically."),
    ),
    HookState.OPEN: Phrase(sentence("Open"), "check-circle-fill", "removed"),
}


def shown(session: Session, company_id: str) -> list[dict[str, Any]]:
    """What team/webhooks.html needs, a webhook each. Never a secret, nor what stands behind the host."""
    return [_hook(session, spoc) for spoc in secret_store.webhooks(session, company_id)]


# For whom or what a webhook waits that is not in force yet.
WAITS: dict[ChangeState, Sentence] = {
    ChangeState.PENDING: sentence("It waits for your server to accept a signed test event."),
    ChangeState.PROVEN: sentence(
        "Your server accepted the test. It waits for a second person on our team to approve it."
    ),
    ChangeState.APPROVED: sentence("Two people on our team have approved it. It is not in force yet."),
}


def waiting(session: Session, company_id: str) -> list[dict[str, Any]]:
    """The webhooks that are not in force yet: where, for what each waits, and when it is in force or lapses."""
    return [
        {
            "name": change.name,
            "host": urls.read(change.new_address or "").host,
            "sentence": WAITS[ChangeState(change.state)],
            "earliest_at": change.earliest_at,
            "expires_at": change.expires_at,
        }
        for change in address_store.waiting_webhooks(session, company_id)
    ]


def answering(session: Session, company_id: str) -> dict[str, Any]:
    """How the company's programs answer by webhook: where, with which secrets, and when one last did."""
    secrets = answer_hook_store.listed(session, company_id)
    return {
        "address": web.absolute("hooks_api.receive", hook_id=company_id),
        "secrets": secrets,
        "may_make": answer_hook_store.may_make(secrets),
        "last_at": answer_hook_store.last_at(session, company_id),
    }


# A test that is signed with what every Linux and macOS has. `od` writes the secret's bytes in hexadecimal.
TRY_IT = """\
SECRET='{secret}'
ID="msg_$(openssl rand -hex 8)"; AT="$(date +%s)"; BODY='{{"type": "webhook.test"}}'
KEY="$(printf %s "${{SECRET#whsec_}}" | openssl base64 -d -A | od -An -v -tx1 | tr -d ' \\n')"
SIGNATURE="v1,$(printf %s "$ID.$AT.$BODY" | openssl dgst -sha256 -mac HMAC -macopt "hexkey:$KEY" -binary | openssl base64 -A)"
curl -d "$BODY" -H 'content-type: application/json' -H "webhook-id: $ID" -H "webhook-timestamp: $AT" \\
  -H "webhook-signature: $SIGNATURE" {address}"""


def try_it(secret: str, address: str) -> str:
    """A command that sends a signed test message there."""
    return TRY_IT.format(secret=secret, address=address)


def _hook(session: Session, spoc: Spoc) -> dict[str, Any]:
    rows, runs = webhooks.newest(session, spoc.id, DELIVERIES), run_store.last(session, spoc.id)
    due = webhooks.next_attempts(session, rows)
    sent = [_delivery(session, message, notice) | {"next": due.get(message.id)} for message, notice in rows]
    active, state = secret_store.active(session, spoc), _state(spoc, sent)
    return {
        "id": spoc.id,
        "name": spoc.name,
        "host": urls.read(spoc.webhook_url or "").host,
        "code": state,
        "state": STATE[state],
        "since": spoc.bounced_at,
        "next": min((each["next"] for each in sent if each["next"]), default=None),
        "secrets": active,
        "may_make": len(active) < ACTIVE,
        "deliveries": sent,
        "test": _run(runs.get(RunKind.TEST)),
        "replay": _run(runs.get(RunKind.REPLAY)),
        "most": MOST,
    }


def _delivery(session: Session, message: Message, notice: Notice) -> dict[str, Any]:
    attempts = deliveries.attempts(session, message.id)
    last = attempts[-1] if attempts else None
    return {
        "event": EVENT[Event(message.event)],
        "notice_id": notice.id,
        "reference": notice.reference,
        "at": last.started_at if last else None,
        "tried": len(attempts),
        "state": DeliveryState(message.state),
        "retried": bool(last and last.outcome == AttemptOutcome.RETRY),
        "why": _why(last),
    }


def _why(attempt: MessageAttempt | None) -> str | None:
    """Why it did not deliver, in words of ours alone: what the other side wrote is for the desk."""
    if attempt is None or attempt.failure in (None, Failure.AS_WRITTEN):
        return None
    return case_history.failure_words(Failure(attempt.failure), attempt.params or {})


def _state(spoc: Spoc, sent: list[dict[str, Any]]) -> HookState:
    if spoc.bounced_at:
        return HookState.CLOSED
    if not spoc.webhook_secrets:
        return HookState.UNSIGNED
    last = max((each for each in sent if each["at"]), key=lambda each: each["at"], default=None)
    return HookState.RESTS if last and last["retried"] else HookState.OPEN


def _run(run: WebhookRun | None) -> dict[str, Any] | None:
    if run is None:
        return None
    why = case_history.failure_words(Failure(run.failure), run.params or {}) if run.failure else None
    names = ("asked_at", "finished_at", "since", "until", "sent", "left_out")
    return {name: getattr(run, name) for name in names} | {"why": why}
