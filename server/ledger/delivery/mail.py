"""By mail: plain text and HTML to the SPOC's address. Delivered when the mail server has accepted it."""

from server.core import post, work
from server.core.words import Channel
from server.ledger.delivery.channel import Bounced, Definition, Departure, DestinationDown, PlainMessage


def send(message: PlainMessage) -> None:
    """Send it to one address.

    Raises Unreachable when our mail server is away, work.Retry when the mail was refused for now, Bounced when the
    address is refused for good, work.PermanentFailure when the mail itself is.
    """
    texts = len(message.text.encode()) + len(message.html.encode())
    DEFINITION.check_size(texts + sum(len(content) for _, _, content in message.attachments))
    try:
        post.send(
            message.address, message.subject, message.text, message.html,
            message_id=message.stable_id, attachments=message.attachments, headers=message.headers,
        )  # fmt: skip
    except post.Temporary as problem:
        raise (DestinationDown if problem.unreachable else work.Retry)(str(problem)) from problem
    except post.AddressRefused as problem:
        raise Bounced(str(problem)) from problem


# Many mail servers refuse more than 10 MB, base64 included.
DEFINITION = Definition(Channel.MAIL, Departure.SENT, send, largest=7_000_000, one_server=True)
