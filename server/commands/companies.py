"""`flask companies import` and `flask companies export`: the directory imported from a file, and exported as a file."""

from pathlib import Path

import click
from flask.cli import AppGroup

from server.core import web
from server.core.database import read
from server.core.words import Refused
from server.journeys.company import directory_import
from server.ledger.companies import exporting, schemas, store
from server.ledger.companies.left_out import left_out

cli = AppGroup("companies", help="The directory of companies, platforms and SPOCs.")

SHIPPED = Path(__file__).with_name("directory.yaml")


@cli.command("import")
@click.argument("file", type=click.Path(path_type=Path), default=SHIPPED)
@click.option("--replace", is_flag=True, help="Also remove what FILE leaves out of the companies that it names.")
@click.option("--yes", is_flag=True, help="Do not ask before that.")
def import_file(file: Path, replace: bool, yes: bool) -> None:
    """Add and update what FILE names (default: the bundled directory). Nothing is removed."""
    try:
        with file.open("rb") as opened, read() as session:
            text, known = opened.read(schemas.MAX_FILE + 1), store.with_secrets(session)
        data = schemas.read_file(text, demo=web.settings().demo, with_secrets=known)
        if replace:
            _confirm(data, yes)
        counts = directory_import.import_companies(data, replace=replace)
    except OSError as problem:
        raise click.ClickException(f"Cannot read {file}: {problem.strerror}.") from None
    except Refused as refusal:
        raise click.ClickException(f"{file}: {refusal.detail}") from None
    rerouted = counts.pop("rerouted", 0)
    summary = ", ".join(f"{count} {what}" for what, count in counts.items())
    number = len(data["companies"])
    click.echo(
        f"{number} {'company' if number == 1 else 'companies'} read from {file}: {summary}; "
        f"{rerouted} waiting {'listing now has' if rerouted == 1 else 'listings now have'} a route."
    )


def _confirm(data: dict[str, object], yes: bool) -> None:
    """List what will be removed, and ask."""
    with read() as session:
        leaving = left_out(exporting.exported(session), data)
    for each in leaving:
        click.echo(f"Removes: {each.company}: {each.what} {each.name}".rstrip())
    if not leaving:
        click.echo("Removes nothing.")
    elif not yes:
        click.confirm(f"Take away these {len(leaving)}?", abort=True)


@cli.command("export")
def export() -> None:
    """Print the directory as YAML that import reads back unchanged, without the secrets of webhooks."""
    with read() as session:
        click.echo(exporting.as_yaml(exporting.exported(session)), nl=False)
