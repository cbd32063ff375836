"""Whether the mail server answers while there is nothing to send: the worker tries, and monitors read what it noted."""

import logging
import smtplib
from datetime import timedelta

from server.core import clock, heartbeats, post, work
from server.core.database import read

log = logging.getLogger(__name__)

TRIED_EVERY = timedelta(minutes=5)  # with nothing to send
NOTED = (post.MAIL_LEFT, post.MAIL_STUCK, post.MAIL_ANSWERED)


@work.every(60, "try_mail_server")
def try_mail_server() -> None:
    """Where no mail has been tried for some minutes, see whether the mail server answers. Nothing is sent."""
    with read() as session:
        noted = [at for what in NOTED if (at := heartbeats.noted(session, what))]
    if noted and timedelta() <= clock.now() - max(noted) < TRIED_EVERY:
        return
    try:
        post.connect()
    except (smtplib.SMTPException, OSError) as problem:
        log.warning("the mail server does not answer: %s: %s", type(problem).__name__, problem)
        heartbeats.note(post.MAIL_STUCK)
    else:
        heartbeats.note(post.MAIL_ANSWERED)
