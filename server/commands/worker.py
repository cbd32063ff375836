"""flask worker: what happens later, and what recurs."""

import importlib
import logging
import pkgutil
import signal

import click
from flask import current_app
from flask.cli import with_appcontext
from flask.logging import default_handler

from server import journeys
from server.core import set_aside, work
from server.core.database import read, write
from server.journeys.report import sending_again
from server.ledger.companies import store as companies
from server.ledger.species import store as species
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
        work.heartbeat()
        done = work.run_due()
        click.echo(f"Did {done} {'task' if done == 1 else 'tasks'}. Nothing else is due.")
        return
    run_until_told()


@worker.command("set-aside")
@with_appcontext
def list_set_aside() -> None:
    """List what failed for good and may be tried again: id, since when, what, why."""
    with read() as session:
        rows = set_aside.waiting(session)
    for row in rows:
        click.echo(f"{row.id}  {row.dead_lettered_at:%Y-%m-%d %H:%M}  {row.kind}  {row.last_error or ''}"[:400])
    click.echo(f"{len(rows)} set aside.", err=True)


@worker.command("retry")
@click.argument("ids", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Everything that `worker set-aside` lists.")
@click.option("--by", metavar="EMAIL", help="Who asks for it, for the audit trail.")
@with_appcontext
def retry(ids: tuple[str, ...], everything: bool, by: str | None) -> None:
    """Try again what failed for good: IDS as `worker set-aside` lists them, or --all. Recorded in the audit trail."""
    if bool(ids) == everything:
        raise click.UsageError("Name what to try again by its id, or say --all.")
    with read() as session:
        account = accounts.by_email(session, by) if by else None
    if by and account is None:
        raise click.ClickException(f"There is no account for {by}.")
    taken = sending_again.work(account.id if account else None, ids)
    if len(ids) > taken:
        raise click.ClickException(f"{taken} of {len(ids)} are tried again; the others are not set aside.")
    click.echo(f"{taken} {'is' if taken == 1 else 'are'} tried again.")


def run_until_told() -> None:
    """Work until SIGTERM or SIGINT; the piece at hand is finished first."""
    signals: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _frame: signals.append(got))
    logging.basicConfig(format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    current_app.logger.setLevel(logging.INFO)  # the logger "server" and all of ours below it
    current_app.logger.removeHandler(default_handler)  # else each line comes twice
    work.run(lambda: bool(signals))


def prepare() -> None:
    """Before work starts: the database holds the lexicon this version ships, and what is slow to make is made."""
    with write() as session:
        species.load_lexicon(session)
    with read() as session:
        species.matcher(session)
        companies.directory(session)
