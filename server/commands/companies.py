"""`flask companies import`: the directory from a file."""

from pathlib import Path

import click
from flask.cli import AppGroup

from server.core import web
from server.core.words import Refused
from server.journeys.company import directory_import
from server.ledger.companies import schemas

cli = AppGroup("companies", help="The directory of companies, platforms and SPOCs.")

SHIPPED = Path(__file__).with_name("directory.yaml")


@cli.command("import")
@click.argument("file", type=click.Path(path_type=Path), default=SHIPPED)
def import_file(file: Path) -> None:
    """Make the directory say what FILE says of the companies it names (default: the directory that comes with us)."""
    try:
        with file.open("rb") as opened:
            data = schemas.read_file(opened.read(schemas.MAX_FILE + 1), demo=web.settings().demo)
        counts = directory_import.import_companies(data)
    except OSError as problem:
        raise click.ClickException(f"Cannot read {file}: {problem.strerror}.") from None
    except Refused as refusal:
        raise click.ClickException(f"{file}: {refusal.detail}") from None
    rerouted = counts.pop("rerouted", 0)
    summary = ", ".join(f"{count} {what}" for what, count in counts.items())
    click.echo(
        f"{len(data['companies'])} companies read from {file}: {summary}; {rerouted} waiting listings now have a route."
    )
