"""Whether the mail server answers while there is nothing to send: the worker tries, and monitors read what it noted.

When it answers again after it was away, the mails that failed meanwhile are due at once: their own next attempt may be six
hours off (`work.pause`).
"""

import logging
import smtplib
from datetime import timedelta

from server.core import clock, heartbeats, post, work
from server.core.database import read, write
from server.core.failures import WorkFailure

log = logging.getLogger(__name__)

TRIED_EVERY = timedelta(minutes=5)  # with nothing to send, while it answers
# Without a failure before mails are due: each time costs them an attempt, and one that comes and goes would use them up.
STEADY = timedelta(minutes=2)


@work.every(60, "try_mail_server")
def try_mail_server() -> None:
    """See whether the mail server answers, where no mail has been tried for some minutes or the last was not taken.

    Nothing is sent.
    """
    with read() as session:
        noted = {what: at for what in post.NOTED if (at := heartbeats.noted(session, what))}
        works = post.works(session)
    if not (works and noted and timedelta() <= clock.now() - max(noted.values()) < TRIED_EVERY):
        try:
            post.connect()
        except (smtplib.SMTPException, OSError) as problem:
            log.warning("the mail server does not answer: %s: %s", type(problem).__name__, problem)
            heartbeats.note(post.MAIL_STUCK)
            return
        heartbeats.note(post.MAIL_ANSWERED)
    stuck = noted.get(post.MAIL_STUCK)
    if stuck and clock.now() - stuck >= STEADY:
        with write() as session:
            if woken := work.wake(session, WorkFailure.MAIL_AWAY):
                log.info("the mail server answers again: %s pieces of work are tried now", woken)
