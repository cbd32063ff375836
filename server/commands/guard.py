"""What every command does when the database fails: one line, never a traceback."""

import functools

import click
from sqlalchemy.exc import DBAPIError


def in_one_line(command: click.Command) -> click.Command:
    """Let every command report a database that is unreachable or not migrated in one line."""
    for inner in getattr(command, "commands", {}).values():
        in_one_line(inner)
    callback = command.callback
    if callback is None:
        return command

    @functools.wraps(callback)
    def guarded(*arguments: object, **options: object) -> object:
        try:
            return callback(*arguments, **options)
        except DBAPIError as problem:
            first = str(problem.orig).strip().splitlines()[0]
            raise click.ClickException(
                f"The database reports: {first}. To apply the migrations: flask --app server db upgrade"
            ) from None

    command.callback = guarded
    return command
