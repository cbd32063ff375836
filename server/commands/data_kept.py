"""flask data-kept: what each table keeps about people, as docs/data-kept.md."""

import click
from flask.cli import with_appcontext
from sqlalchemy import Table

from server.commands import guard
from server.core import personal
from server.core.keeping import UNCHANGED, Erasure, Export, Given, Keeping

HEAD = """# What is kept of people

Generated from what each table declares (`__keeping__` in its `models.py`) with `flask --app server data-kept > docs/data-kept.md`;
a test fails if it is out of date. Only spotters can be erased (docs/decisions/0013). "The person" is the spotter who is erased or
whose record is exported. The last column says whose data the fields of a row hold.

| Table | Purpose | Kept | Erasure of the person | Export to the person | Of people it holds |
|---|---|---|---|---|---|
"""


@click.command("data-kept")
@with_appcontext
@guard.without_database
def data_kept() -> None:
    """Print docs/data-kept.md."""
    click.echo(page(), nl=False)


def page() -> str:
    """The page, in Markdown."""
    lines = [_line(table, keeping) for table, keeping in personal.tables().items()]
    return HEAD + "".join(f"{line}\n" for line in sorted(lines))


def _line(table: Table, keeping: Keeping) -> str:
    kept = f"{keeping.kept} Job: `{keeping.job}`." if keeping.job else keeping.kept
    cells = (f"`{table.name}`", keeping.purpose, kept, _erasure(keeping), _export(keeping), _of_people(keeping))
    return f"| {' | '.join(cells)} |"


def _erasure(keeping: Keeping) -> str:
    parts = []
    struck = [name for name, field in keeping.fields.items() if field.struck]
    if keeping.erasure is Erasure.GOES:
        parts.append("Deleted.")
    elif keeping.erasure is Erasure.STAYS:
        parts.append("Stays." if keeping.whose or struck else "Not touched.")
    if struck:
        names = "In rows of others, names" if keeping.erasure is Erasure.GOES else "Names"
        parts.append(f"{names} and address struck out of {_listed(struck)}.")
    if keeping.erasure is Erasure.STAYS and keeping.whose:
        replaced = [name for name, field in keeping.fields.items() if field.erased is not UNCHANGED]
        parts += [f"Overwritten: {_listed(replaced)}."] if replaced else []
    if keeping.note and keeping.export is not Export.BY_STEP:
        parts.append(keeping.note)
    return " ".join(parts)


def _export(keeping: Keeping) -> str:
    if keeping.export is Export.BY_STEP:
        return keeping.note
    if keeping.export is Export.NOTHING:
        return "Nothing."
    parts = ["Rows."] if not keeping.exported_once else [f"Rows, once `{keeping.exported_once}` is set."]
    withheld = [name for name, field in keeping.fields.items() if field.given is not Given.ALWAYS]
    parts += [f"Without {_listed(withheld)}."] if withheld else []
    return " ".join(parts)


def _of_people(keeping: Keeping) -> str:
    """The fields that are not plain, by what they hold."""
    by_kind: dict[str, list[str]] = {}
    for name, field in keeping.fields.items():
        if field.holds:
            by_kind.setdefault(field.holds, []).append(name)
    return "; ".join(f"{kind}: {_listed(names)}" for kind, names in by_kind.items())


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
