"""By mail: plain text and HTML to the SPOC's address. Delivered when the mail server has accepted it."""

from typing import Any

from server.core import post
from server.core.words import Channel
from server.ledger.delivery.channel import (
    MAY_HAVE_ARRIVED,
    Bounced,
    Definition,
    Departure,
    DestinationDown,
    Failure,
    ForGood,
    NotNow,
    PlainMessage,
)


def send(message: PlainMessage) -> None:
    """Send it to one address.

    Raises DestinationDown when our mail server is away, NotNow when the mail was refused for now, Bounced when the
    address is refused for good, ForGood when the mail itself is.
    """
    texts = len(message.text.encode()) + len(message.html.encode())
    DEFINITION.check_size(texts + sum(len(content) for _, _, content in message.attachments))
    try:
        post.send(
            message.address, message.subject, message.text, message.html,
            message_id=message.stable_id, in_reply_to=message.in_reply_to, attachments=message.attachments,
            headers=message.headers, returning=message.returning,
        )  # fmt: skip
    except post.Temporary as problem:
        if problem.unreachable:
            maybe: dict[str, Any] = {MAY_HAVE_ARRIVED: True} if problem.may_have_left else {}
            raise DestinationDown(Failure.UNREACHABLE, str(problem), failure=problem.failure, **maybe) from problem
        raise NotNow(Failure.REFUSED_FOR_NOW, str(problem)) from problem
    except post.AddressRefused as problem:
        raise Bounced(Failure.ADDRESS_REFUSED, str(problem)) from problem
    except post.Permanent as problem:
        raise ForGood(Failure.REFUSED, str(problem)) from problem


LARGEST = 7_000_000  # bytes: many mail servers refuse more than 10 MB, base64 included
MOST_AN_HOUR = 30  # to one mailbox; whoever gets more is better served by a digest, the portal or a webhook
DEFINITION = Definition(Channel.MAIL, Departure.SENT, send, largest=LARGEST, server="mail", most_an_hour=MOST_AN_HOUR)
