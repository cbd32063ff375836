"""In the portal: the company's people find it in their inbox. Delivered as soon as it is there."""

from server.core.words import Channel
from server.ledger.delivery.channel import Definition, Departure

DEFINITION = Definition(Channel.PORTAL, Departure.FETCHED)
