"""flask worker: what happens later, and what recurs. Importing the journey registers what it can do."""

import signal
from datetime import timedelta

import click
from flask import current_app
from flask.cli import with_appcontext

from server import audit, clock, growth, journey, membership, reminders, work
from server.accounts import store as accounts
from server.cases import store as cases
from server.companies import store as companies
from server.database import read, write
from server.notices import store as notices
from server.reports import store as reports
from server.species import store as species
from server.words import CaseState

FEW = 500  # rows taken away in one transaction
REGISTERED = (journey, membership, growth, reminders)  # their handlers do the work


@click.command("worker")
@click.option("--once", is_flag=True, help="Do all that is due, then leave.")
@with_appcontext
def worker(once: bool) -> None:
    """Deliver notices, copy pictures, tell spotters."""
    prepare()
    if once:
        work.beat()
        done = work.run_due()
        click.echo(f"Did {done} {'piece' if done == 1 else 'pieces'} of work. Nothing else is due.")
        return
    run_until_told()


@click.command("verify-audit")
@with_appcontext
def verify_audit() -> None:
    """Check the chain of the audit trail: every sealed row is what was sealed, and none is missing in between."""
    with read() as session:
        broken = audit.verify(session)
    if broken:
        raise click.ClickException(broken)
    click.echo("The audit trail is whole.")


def run_until_told() -> None:
    """Work until SIGTERM or SIGINT; the piece at hand is finished first."""
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _frame: told.append(got))
    current_app.logger.info("worker started")
    work.run(lambda: bool(told))


@work.every(20, "seal_audit")
def seal_audit() -> None:
    """Chain the audit rows written since: few at a time, so that nobody waits for long, until none is left."""
    _seal()


@work.every(24 * 3600, "seal_late")
def seal_late() -> None:
    """Chain what committed so late that the usual look had passed it."""
    with read() as session:
        since = audit.left_behind(session)
    if since is not None:
        _seal(since)


def _seal(since: int | None = None) -> None:
    sealed = 1
    while sealed:
        with write() as session:
            sealed = audit.seal(session, since=since)


@work.every(60, "release_held")
def release_held() -> None:
    """Held cases whose day has come are open again."""
    with read() as session:
        due = cases.due_held(session, clock.now())
    for case_id in due:
        with write() as session:
            case = cases.one(session, case_id, lock=True)
            if case.state == CaseState.HELD:
                cases.move(session, case, "release", None)


@work.every(600, "remind")
def remind() -> None:
    """Notices that are due and have no answer are asked about once more."""
    with write() as session:
        notices.queue_overdue(session)


@work.every(24 * 3600, "forget")
def forget() -> None:
    """Idempotency keys are kept for 30 days, sessions and failed sign-ins while they count. They are looked for while others
    write, and taken away few at a time."""
    at = clock.now()
    with read() as session:
        keys, failures = reports.old_keys(session, at - timedelta(days=30)), accounts.old_failures(session, at)
    for start in range(0, len(keys), FEW):
        with write() as session:
            reports.forget_keys(session, keys[start : start + FEW])
    for start in range(0, len(failures), FEW):
        with write() as session:
            accounts.forget_old_failures(session, failures[start : start + FEW], at)
    ended = FEW
    while ended == FEW:
        with write() as session:
            ended = accounts.forget_ended(session, at, FEW)


def prepare() -> None:
    """Before work starts: the database holds the lexicon this version ships, and what is slow to make is made."""
    with write() as session:
        species.load_lexicon(session)
    with read() as session:
        species.matcher(session)
        companies.directory(session)
