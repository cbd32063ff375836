"""flask worker: what happens later, and what recurs."""

import importlib
import logging
import pkgutil
import signal
from collections.abc import Callable

import click
from flask import current_app
from flask.cli import with_appcontext
from flask.logging import default_handler

from server import journeys
from server.core import heartbeats, machines, pausing, recurring, set_aside, work
from server.core import mail_server as mail_server
from server.core.database import read
from server.core.words import Refused
from server.journeys.oversight import operating
from server.journeys.report import sending_again
from server.ledger.companies import store as companies
from server.ledger.species import store as species
from server.ledger.species import taking_in
from server.people.accounts import store as accounts

# Importing a journey registers its handlers.
for _found in pkgutil.walk_packages(journeys.__path__, "server.journeys."):
    importlib.import_module(_found.name)


@click.group("worker", invoke_without_command=True)
@click.option("--once", is_flag=True, help="Do everything that is due, then exit.")
@click.pass_context
@with_appcontext
def worker(context: click.Context, once: bool) -> None:
    """Deliver notices, copy pictures, tell spotters."""
    if context.invoked_subcommand:
        return
    prepare()
    if once:
        try:
            recurring.heartbeat()
            done = work.run_due()
        finally:
            heartbeats.stops_working()
        with read() as session:
            held = " Sending is paused: what would leave is kept." if pausing.is_paused(session) else ""
        click.echo(f"Did {done} {'task' if done == 1 else 'tasks'}. Nothing else is due.{held}")
        return
    run_until_told()


@worker.command("set-aside")
@with_appcontext
def list_set_aside() -> None:
    """List what failed permanently and may be tried again: id, since when, what, why."""
    with read() as session:
        rows = set_aside.waiting(session)
    for row in rows:
        click.echo(f"{row.id}  {row.dead_lettered_at:%Y-%m-%d %H:%M}  {row.kind}  {row.last_error or ''}"[:400])
    click.echo(f"{len(rows)} set aside.", err=True)


@worker.command("pause")
@click.option("--why", required=True, help="Why, in a sentence, such as: restored from a backup.")
@click.option("--by", metavar="EMAIL", required=True, help="The administrator who pauses it.")
@with_appcontext
def pause(why: str, by: str) -> None:
    """Pause sending: nothing is sent, and everything is kept until somebody resumes it."""
    _done(operating.pause, _account_of(by), why)
    click.echo("Sending is paused: nothing is sent, and everything is kept.")


@worker.command("resume")
@click.option("--by", metavar="EMAIL", required=True, help="The administrator who resumes it.")
@with_appcontext
def resume(by: str) -> None:
    """Resume sending: what is due is sent."""
    _done(operating.resume, _account_of(by))
    click.echo("Sending is resumed.")


@worker.command("backup-made")
@with_appcontext
def backup_made() -> None:
    """Record that a backup was made: for your backup script, once everything is copied. /operations and /metrics show its age."""
    heartbeats.note(heartbeats.BACKUP)
    click.echo("Noted.")


def _account_of(email: str) -> str:
    with read() as session:
        account = accounts.by_email(session, email)
    if account is None:
        raise click.ClickException(f"There is no account for {email}.")
    return account.id


def _done(act: Callable[..., None], *arguments: str) -> None:
    try:
        act(*arguments)
    except Refused as refusal:
        raise click.ClickException(refusal.detail) from None


@worker.command("retry")
@click.argument("ids", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Everything that `worker set-aside` lists.")
@click.option("--by", metavar="EMAIL", help="Who asks for it, for the audit trail.")
@with_appcontext
def retry(ids: tuple[str, ...], everything: bool, by: str | None) -> None:
    """Try again what failed permanently: IDS as `worker set-aside` lists them, or --all. Recorded in the audit trail."""
    if bool(ids) == everything:
        raise click.UsageError("Name what to try again by its id, or say --all.")
    taken = sending_again.work(_account_of(by) if by else None, ids)
    if len(ids) > taken:
        raise click.ClickException(f"{taken} of {len(ids)} are tried again; the others are not dead letters.")
    click.echo(f"{taken} {'is' if taken == 1 else 'are'} tried again.")


def run_until_told() -> None:
    """Work until SIGTERM or SIGINT; the current task is finished first."""
    signals: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _frame: signals.append(got))
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    current_app.logger.setLevel(logging.INFO)  # the logger "server" and all of ours below it
    current_app.logger.removeHandler(default_handler)  # else each line comes twice
    work.run(lambda: bool(signals))


def prepare() -> None:
    """Before work starts: this machine has the keys of the others, the database holds the lexicon this version ships, and what is
    slow to make is made.
    """
    if problem := machines.join():
        raise SystemExit(f"Cyber Spotter cannot start:\n  {problem}")
    taking_in.bring_up_to_date()
    with read() as session:
        species.matcher(session)
        companies.directory(session)
