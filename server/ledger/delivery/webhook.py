"""By webhook, signed as standardwebhooks.com has it. Delivered when the company's server answers 2xx."""

import json
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import Any

from standardwebhooks import Webhook

from server.core import clock, lease, outbound, urls, web
from server.core.words import Channel
from server.ledger.delivery.channel import (
    MAY_HAVE_ARRIVED,
    Bounced,
    Closed,
    Definition,
    Departure,
    DestinationDown,
    Failure,
    ForGood,
    NotNow,
    PlainMessage,
    Retries,
)  # fmt: skip

LONGEST_RETRY_AFTER = 86_400  # seconds
TEST = "webhook.test"  # the type of a test event; a notice's begin with `notice.`

client = outbound.HttpClient(total=20, most=64_000)


def send(message: PlainMessage) -> None:
    """Post its data, signed with each secret. A redirect is not followed; 410 closes the webhook. Raises as `mail.send`."""
    if not message.secrets:
        raise ForGood(Failure.NO_SECRET)
    at = clock.now()
    webhook_id = "msg_" + message.stable_id.strip("<>").partition("@")[0].replace(".", "_")
    body = json.dumps({"type": message.event, "data": message.data})
    DEFINITION.check_size(len(body))
    headers = {
        "content-type": "application/json",
        "webhook-id": webhook_id,  # the same at every attempt
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(Webhook(secret).sign(webhook_id, at, body) for secret in message.secrets),
    }
    lease.confirm()
    try:
        reply = _client(message.address).post(message.address, body.encode(), headers)
    except outbound.Forbidden as problem:
        raise Bounced(Failure.FORBIDDEN, str(problem)) from problem
    except outbound.Unreachable as problem:
        maybe: dict[str, Any] = {MAY_HAVE_ARRIVED: True} if problem.sent else {}
        raise DestinationDown(Failure.UNREACHABLE, str(problem), **maybe) from problem
    if 200 <= reply.status < 300:
        return
    if reply.status == 410:
        raise Closed(Failure.CLOSED)
    raise NotNow(Failure.ANSWERED, after=_retry_after(reply), status=reply.status)


def _client(address: str) -> outbound.HttpClient:
    """What sends there: over https; in the demo, and in tests, over http to this very machine. Raises outbound.Forbidden."""
    read = urls.read(address)
    if read.scheme == "https" or client.loopback_port:
        return client
    if not (web.settings().demo and urls.is_loopback(read)):
        raise outbound.Forbidden("A webhook is reached over https alone: the answer link must not be read on the way.")
    return outbound.HttpClient(total=client.total, most=client.most, loopback_port=read.port or 80)


def _retry_after(reply: outbound.HttpReply) -> float | None:
    """Seconds, from either form of the header (RFC 9110, 10.2.3); None for anything else."""
    value = reply.headers.get("retry-after", "").strip()
    if value.isascii() and value.isdigit():
        seconds = float(value[:9])
    else:
        try:
            at = parsedate_to_datetime(value)
        except (ValueError, OverflowError):  # a number beyond any calendar
            return None
        seconds = ((at if at.tzinfo else at.replace(tzinfo=UTC)) - clock.now()).total_seconds()
    return min(max(seconds, 0), LONGEST_RETRY_AFTER)


HOUR = 3600
# The table of the specification, 75 hours in all, but for its first pause, which is 5 seconds: shorter than `resting.REST`.
PAUSES = (10, 300, 1800, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR)
# It also asks for less than 20 kB; the data are thin.
DEFINITION = Definition(Channel.WEBHOOK, Departure.SENT, send, largest=20_000, retries=Retries(PAUSES, jitter=0.1))
