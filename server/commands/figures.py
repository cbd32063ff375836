"""flask figures: the outcomes of the notices sent in some days, as a table or as CSV."""

from datetime import date, datetime
from typing import Any

import click
from flask.cli import with_appcontext
from rich.console import Console
from rich.table import Table

from server.core import cells
from server.core.database import read
from server.core.words import FiguresBy
from server.reads import figures

DAY = click.DateTime(["%Y-%m-%d"])


@click.command("figures")
@click.option("--from", "start", type=DAY, required=True, help="The first day (UTC) on which the notices were sent.")
@click.option("--to", "end", type=DAY, required=True, help="The last day, which counts too.")
@click.option("--by", type=click.Choice([by.value for by in FiguresBy]), default=FiguresBy.COMPANY.value)
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, as the page downloads it.")
@with_appcontext
def count(start: datetime, end: datetime, by: str, as_csv: bool) -> None:
    """Count the outcomes of the notices sent from DATE to DATE. docs/figures.md says what each figure is, and is not."""
    first, last = start.date(), end.date()
    if first > last:
        raise click.ClickException(f"{first} is after {last}.")
    if first.year < 2000 or last.year > 2199:
        raise click.ClickException("Give days from 2000 to 2199.")
    with read() as session:
        rows = figures.became(session, figures.Asked(first, last), FiguresBy(by))
    if as_csv:
        for line in cells.lines([figures.HEADS, *map(figures.cells, rows)]):
            click.echo(line, nl=False)
    elif rows:
        _print(rows, first, last, by)
    else:
        click.echo(f"No notice was sent from {first} to {last}.")


def _print(rows: list[dict[str, Any]], first: date, last: date, by: str) -> None:
    table = Table(title=f"Notices sent from {first} to {last} (UTC), by {by}", title_justify="left", box=None)
    table.add_column("")
    for head in figures.HEADS[1:]:
        table.add_column(head.replace("_", "\n"), justify="right", vertical="bottom", no_wrap=True)
    for row in rows:
        table.add_row(*("-" if cell is None else str(cell) for cell in figures.cells(row)))
    Console(width=200, highlight=False, markup=False).print(table)
