"""By API: the company's software fetches it. Delivered as soon as it can be fetched."""

from server.core.words import Channel
from server.ledger.delivery.channel import Definition, Departure

DEFINITION = Definition(Channel.API, Departure.FETCHED)
