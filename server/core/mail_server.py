"""Whether the mail server answers while there is nothing to send: the worker tries, and monitors read the result.

When it answers again after it was down, the mails that failed meanwhile are due immediately: their own next attempt may be six
hours off (`work.pause`).
"""

import logging
import smtplib
from datetime import timedelta

from server.core import clock, heartbeats, mail_connection, post, recurring, work
from server.core.database import read, write
from server.core.failures import WorkFailure

log = logging.getLogger(__name__)

TRIED_EVERY = timedelta(minutes=5)  # with nothing to send, while it answers
# How long without a failure before emails are made due. Each time costs them an attempt, and a server that comes and goes
# would use up all of them.
STEADY = timedelta(minutes=2)
# When the server was last found unavailable, and when the waiting emails were last made due. That happens once after each
# outage, so that an email on which the server itself hangs up keeps its own growing pauses.
FOUND_AWAY, WOKEN = "mail_away", "mail_woken"


@recurring.every(60, "try_mail_server")
def try_mail_server() -> None:
    """Check whether the mail server answers, if no email was tried for some minutes or the last one was not accepted.

    Nothing is sent.
    """
    with read() as session:
        noted = {what: at for what in (*post.NOTED, FOUND_AWAY, WOKEN) if (at := heartbeats.noted(session, what))}
        works = post.works(session)
    tried = [noted[what] for what in post.NOTED if what in noted]
    if not (works and tried and timedelta() <= clock.now() - max(tried) < TRIED_EVERY):
        try:
            mail_connection.connect()
        except (smtplib.SMTPException, OSError) as problem:
            log.warning("the mail server cannot be used: %s: %s", type(problem).__name__, problem)
            heartbeats.note(post.MAIL_STUCK)
            heartbeats.note(FOUND_AWAY)
            return
        heartbeats.note(post.MAIL_ANSWERED)
    away, woken = noted.get(FOUND_AWAY), noted.get(WOKEN)
    if away and (woken is None or woken < away) and clock.now() - noted[post.MAIL_STUCK] >= STEADY:
        with write() as session:
            count = work.wake(session, WorkFailure.MAIL_AWAY)
        heartbeats.note(WOKEN)
        log.info(
            "the mail server answers again: %s waiting %s tried now", count, "task is" if count == 1 else "tasks are"
        )
