"""By email: everything since the last digest in one, once a working day. Delivered when the mail server has accepted it.

What asks for an answer waits for the contact's hour (`slots`): new notices, and reminders. A reply and a withdrawal
leave at once, as by mail.
"""

from server.core.words import Channel
from server.ledger.delivery import mail
from server.ledger.delivery.channel import Definition, Departure

# What a person reads at one sitting. Notices of usual length stay below the 102 kB at which Gmail cuts a mail off.
MOST = 20

DEFINITION = Definition(Channel.DIGEST, Departure.SENT, mail.send, largest=mail.LARGEST, server="mail", together=MOST)
