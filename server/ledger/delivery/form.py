"""By the provider's own form, which a coordinator fills in. Delivered when they say that they have sent it."""

from server.core.words import Channel
from server.ledger.delivery.channel import Definition, Departure

DEFINITION = Definition(Channel.FORM, Departure.BY_HAND)
