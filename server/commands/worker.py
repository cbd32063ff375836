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
from server.core import work
from server.core.database import read, write
from server.ledger.companies import store as companies
from server.ledger.species import store as species

# Importing a journey registers its handlers.
for _found in pkgutil.walk_packages(journeys.__path__, "server.journeys."):
    importlib.import_module(_found.name)


@click.command("worker")
@click.option("--once", is_flag=True, help="Do everything that is due, then exit.")
@with_appcontext
def worker(once: bool) -> None:
    """Deliver notices, copy pictures, tell spotters."""
    prepare()
    if once:
        work.heartbeat()
        done = work.run_due()
        click.echo(f"Did {done} {'task' if done == 1 else 'tasks'}. Nothing else is due.")
        return
    run_until_told()


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
