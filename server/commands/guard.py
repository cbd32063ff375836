"""Commands say in one line what is wrong, never with a traceback."""

import functools

import click
from sqlalchemy.exc import DBAPIError


def in_one_line(command: click.Command) -> click.Command:
    """Let every command say in one line that the database is away or not migrated, instead of a traceback."""
    for inner in getattr(command, "commands", {}).values():
        in_one_line(inner)
    said = command.callback
    if said is None:
        return command

    @functools.wraps(said)
    def guarded(*arguments: object, **options: object) -> object:
        try:
            return said(*arguments, **options)
        except DBAPIError as problem:
            first = str(problem.orig).strip().splitlines()[0]
            raise click.ClickException(
                f"The database: {first}. Is it migrated? flask --app server db upgrade"
            ) from None

    command.callback = guarded
    return command
