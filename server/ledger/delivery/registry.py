"""Every channel by its name. A channel that is missing here, or has no file, fails `tests/unit/test_channels.py`."""

from server.core.words import Channel
from server.ledger.delivery import api, digest, form, mail, portal, webhook
from server.ledger.delivery.channel import Definition, Departure

CHANNELS: dict[Channel, Definition] = {
    definition.channel: definition
    for definition in (
        mail.DEFINITION,
        digest.DEFINITION,
        webhook.DEFINITION,
        portal.DEFINITION,
        api.DEFINITION,
        form.DEFINITION,
    )
}


def channels_by(departure: Departure) -> list[Channel]:
    """The channels whose messages leave in this way."""
    return [channel for channel, definition in CHANNELS.items() if definition.departure is departure]
