"""What a page says when it has an email sent: that it is sent or, while sending is paused, that it waits."""

from server.core import pausing
from server.core.database import db
from server.core.sentences import Sentence, counted, sentence


def mailed(sent: Sentence, to: str = "", number: int = 1) -> Sentence:
    """`sent`; while sending is paused, that the email waits, or a number of them, and for whom: a name or an address."""
    if not pausing.is_paused(db.session()):
        return sent
    if to:
        return sentence("The email to %(to)s waits: sending is paused.", to=to)
    return counted("The email waits: sending is paused.", "The emails wait: sending is paused.", number)
