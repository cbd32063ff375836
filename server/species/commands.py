"""flask species import, flask species lexicon."""

import sys
from datetime import datetime
from pathlib import Path

import click
from flask.cli import AppGroup
from rich.progress import track

from server.database import write
from server.species import store
from server.words import Refused

cli = AppGroup("species", help="What is traded, and what protects it.")


@cli.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option(
    "--date", "of", type=click.DateTime(["%Y-%m-%d"]), help="The day the list stands for; else from the file's name."
)
def import_(file: Path, of: datetime | None) -> None:
    """Read a Species+ export (CSV, or CSV in gzip). The same file twice changes nothing."""
    day = of.date() if of else store.export_date(file)
    if day is None:
        raise click.ClickException(
            "The file's name holds no date. Say which day the list stands for: --date 2026-03-05"
        )
    progress = (lambda rows: track(rows, "Reading")) if sys.stdout.isatty() else iter
    try:
        with write() as session:
            kept, without = store.import_species_plus(session, file, day, progress)
    except (Refused, UnicodeDecodeError, OSError) as problem:
        raise click.ClickException(getattr(problem, "detail", str(problem))) from None
    if kept:
        click.echo(f"Imported {kept:,} taxa as of {day}; {without:,} rows without a listing were left out.")
    else:
        click.echo("This export is in the database already. Nothing changed.")


@cli.command("lexicon")
def lexicon() -> None:
    """Load the lexicon this version ships. A starting worker does the same."""
    with write() as session:
        changed = store.load_lexicon(session)
    click.echo("Loaded the lexicon." if changed else "The lexicon is in the database already. Nothing changed.")
