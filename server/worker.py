"""flask worker: what happens later. Importing the journey registers what it can do."""

import signal

import click
from flask import current_app
from flask.cli import with_appcontext

from server import journey, work


@click.command("worker")
@click.option("--once", is_flag=True, help="Do all that is due, then leave.")
@with_appcontext
def worker(once: bool) -> None:
    """Deliver notices, copy pictures, tell spotters."""
    journey.prepare()
    if once:
        work.beat()
        done = work.run_due()
        click.echo(f"Did {done} {'piece' if done == 1 else 'pieces'} of work. Nothing else is due.")
        return
    run_until_told()


def run_until_told() -> None:
    """Work until SIGTERM or SIGINT; the piece at hand is finished first."""
    told: list[int] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda got, _frame: told.append(got))
    current_app.logger.info("worker started")
    work.run(lambda: bool(told))
