"""Step 11 once more: a company has what its webhook was sent in a span of time sent again, each as it was, with its id.

The receiver knows by the id what it has already. A message's delivery is what it was: a replay that fails changes nothing
about its notice. One after the other; the first that does not arrive ends it, so that a server in trouble is left alone.
"""

from dataclasses import replace
from datetime import timedelta
from enum import Enum

from server.core import clock, work
from server.core.database import write
from server.core.words import Event
from server.journeys.report import message_to_send
from server.ledger.companies import store as companies
from server.ledger.delivery import resting, run_store, webhook
from server.ledger.delivery import store as deliveries
from server.ledger.delivery.channel import DestinationDown, Failure, ForGood, NotNow
from server.ledger.notices import store as notices
from server.reads import webhooks

WALKED = 50  # messages looked through in one transaction: whoever writes meanwhile waits for no more
STRETCH = timedelta(seconds=60)  # of one piece of work: then others have their turn


@work.handler("replay_webhook", sends=True, low_priority=True)
def replay_webhook(run_id: str) -> None:
    """Send what is left of a replay. Safe to repeat: a worker that dies sends one message twice, with the same id."""
    ends = clock.now() + STRETCH
    while (step := _next(run_id)) is not None:
        message_id, sending, address = step
        message = replace(message_to_send.plain_message(sending), address=address)
        destination = webhook.DEFINITION.destination(message.address)
        if resting.rests(destination):
            raise resting.again()
        began = clock.now()
        try:
            webhook.send(message)
        except (NotNow, ForGood) as problem:
            if isinstance(problem, DestinationDown):
                resting.rest(destination)
            _stop(run_id, problem.code, problem.params)
            return
        _sent(run_id, message_id)
        resting.rest_if_slow(destination, clock.now() - began)
        if clock.now() >= ends:
            raise work.Retry("More is to be sent again.", after=1, counts=False)


def _next(run_id: str) -> tuple[str, message_to_send.MessageToSend, str] | None:
    """The next message of a replay, with its id and where it goes; None when it has ended, which is kept."""
    while (step := _walk(run_id)) is ON:
        pass
    return step


class MoreFollows(Enum):
    """Nothing to send among those that were looked through, and more follow."""

    ON = 0


ON = MoreFollows.ON


def _walk(run_id: str) -> tuple[str, message_to_send.MessageToSend, str] | MoreFollows | None:
    """The same, as far as one transaction goes; what was passed over is kept with it."""
    with write() as session:
        run = run_store.open_run(session, run_id)
        if run is None or run.since is None or run.until is None:
            return None
        spoc = companies.spoc(session, run.spoc_id)
        if spoc is None or spoc.retired_at or spoc.bounced_at or not spoc.webhook_url:
            run_store.end(run, Failure.CLOSED)
            return None
        for _ in range(WALKED):
            message = webhooks.next_delivered(session, spoc.id, run.since, run.until, run.cursor)
            if message is None:
                run_store.end(run)
                return None
            held = notices.locked(session, deliveries.notice_ids(session, message.id))
            carried = [each for each in held if message_to_send.is_due(session, Event(message.event), each)]
            if carried and not message_to_send.is_held(session, held):
                return message.id, message_to_send.prepared(session, message, 0, carried, spoc), spoc.webhook_url
            run_store.went_on(run, message.id, sent=False)
        return ON


def _sent(run_id: str, message_id: str) -> None:
    with write() as session:
        if run := run_store.open_run(session, run_id):
            run_store.went_on(run, message_id, sent=True)


def _stop(run_id: str, failure: Failure, params: dict[str, object]) -> None:
    with write() as session:
        if run := run_store.open_run(session, run_id):
            run_store.end(run, failure, params)


@work.on_dead_letter("replay_webhook")
def not_replayed(run_id: str, reason: str) -> None:
    """A fault of ours: said on the page. Safe to repeat."""
    _stop(run_id, Failure.UNEXPECTED, {"error": reason.partition(":")[0]})
