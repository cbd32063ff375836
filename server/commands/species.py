"""`flask species import` and `flask species lexicon`."""

import re
from datetime import date, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from server.core import clock
from server.core.database import read, write
from server.core.words import Refused
from server.ledger.species import export_file, species_plus, store, taking_in

SHOWN = 20  # of the taxa on which lexicon and export differ

cli = AppGroup("species", help="What is traded, and what protects it.")


@cli.command("lexicon")
def lexicon() -> None:
    """Import the lexicon that comes with this version; the worker does so when it starts."""
    counts = taking_in.bring_up_to_date()
    if counts is None:
        click.echo("The lexicon is already up to date.")
    else:
        click.echo("Imported the lexicon: " + ", ".join(f"{count} {what}" for what, count in counts.items()) + ".")


@cli.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The list's date, if not in the file's name.")
def import_file(file: Path, day: datetime | None) -> None:
    """Import FILE, a Species+ export (.csv or .csv.gz). The facts of our lexicon have better dates, and stay."""
    if not file.is_file():
        raise click.ClickException(f"There is no file {file}.")
    as_of = day.date() if day else _date_in(file.name)
    if as_of is None:
        raise click.ClickException(f"{file.name} does not contain a date: give --date YYYY-MM-DD.")
    if as_of > clock.now().date():  # every later export would be refused as older
        raise click.ClickException(f"{as_of} is in the future: give the list's date, --date YYYY-MM-DD.")
    try:
        export = export_file.read(file, as_of)
        with write() as session:
            counts = species_plus.take_in(session, export)
        with read() as session:
            told = store.differing(session)
    except OSError as problem:
        raise click.ClickException(f"Cannot read {file}: {problem.strerror or problem}.") from None
    except Refused as refusal:
        raise click.ClickException(f"{file}: {refusal.detail}") from None
    if counts is None:
        click.echo(f"{file} was already imported.")
    else:
        summary = ", ".join(f"{count} {kind}" for kind, count in counts.items())
        click.echo(f"{file}, as of {as_of}: {summary}.")
    for taxon in told[:SHOWN]:
        says = "/".join(taxon["export"]["appendices"]) or "nothing"
        click.echo(f"{taxon['scientific_name']}: this export lists {says}, and the lexicon otherwise. Look it up.")
    if len(told) > SHOWN:
        click.echo(f"And {len(told) - SHOWN} more differ.")


def _date_in(name: str) -> date | None:
    match = re.search(r"\d{4}-\d{2}-\d{2}", name)
    try:
        return date.fromisoformat(match.group()) if match else None
    except ValueError:
        return None
