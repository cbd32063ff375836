"""What companies ask of their webhooks: a test, or to be sent again what was delivered; one of each at a time."""

from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from server.core import clock, work
from server.core.database import new_id
from server.ledger.delivery.channel import Failure
from server.ledger.delivery.models import RunKind, WebhookRun

WORK = {RunKind.TEST: "test_webhook", RunKind.REPLAY: "replay_webhook"}


def begin(
    session: Session, spoc_id: str, kind: RunKind, since: datetime | None = None, until: datetime | None = None
) -> WebhookRun:
    """Keep what is asked, in place of the last of its kind, and ask the worker for it."""
    run = WebhookRun(spoc_id=spoc_id, kind=kind, run_id=new_id(), asked_at=clock.now(), since=since, until=until)
    run.finished_at, run.failure, run.params, run.cursor, run.sent, run.left_out = None, None, None, "", 0, 0
    run = session.merge(run)
    work.enqueue(session, WORK[kind], run.run_id)
    return run


def last(session: Session, spoc_id: str) -> dict[RunKind, WebhookRun]:
    """What was last asked of a webhook, by its kind."""
    rows = session.scalars(select(WebhookRun).where(WebhookRun.spoc_id == spoc_id))
    return {RunKind(row.kind): row for row in rows}


def open_run(session: Session, run_id: str) -> WebhookRun | None:
    """A run that has not ended, locked; None when it has, or another has taken its place."""
    rows = select(WebhookRun).where(WebhookRun.run_id == run_id, WebhookRun.finished_at.is_(None))
    return session.scalar(rows.with_for_update())


def went_on(run: WebhookRun, message_id: str, *, sent: bool) -> None:
    """A message of a replay was sent, or left out."""
    run.cursor = message_id
    if sent:
        run.sent += 1
    else:
        run.left_out += 1


def end(run: WebhookRun, failure: Failure | None = None, params: dict[str, Any] | None = None) -> None:
    """Record the end of a run: complete, or stopped early for this reason."""
    run.finished_at, run.failure, run.params = clock.now(), failure, params or None
