"""What every command does first, and when it fails: it names its database, never creates a new one, and fails in one line."""

import functools
from collections.abc import Callable
from typing import TypeVar

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import DBAPIError

from server.core import installation, web
from server.core.failures import first_line

Function = TypeVar("Function", bound=Callable[..., object])


def without_database(function: Function) -> Function:
    """Mark a command that needs no database."""
    function.without_database = True  # type: ignore[attr-defined]
    return function


def guarded(command: click.Command) -> click.Command:
    """Let a command, or each of a group, look first whether there is a migrated database, and report its failures in one line."""
    for inner in getattr(command, "commands", {}).values():
        guarded(inner)
    callback = command.callback
    if callback is None or hasattr(callback, "guarded") or hasattr(callback, "without_database"):
        return command

    @with_appcontext
    @functools.wraps(callback)
    def looked(*arguments: object, **options: object) -> object:
        if click.get_current_context().invoked_subcommand:
            return callback(*arguments, **options)  # the subcommand looks itself
        settings = web.settings()
        click.echo(
            f"Database: {installation.named(settings)}", err=True
        )  # apart from what others read, such as a token
        if problem := installation.refusal(settings) or installation.secret_missing(settings):
            raise click.ClickException(problem)
        try:
            return callback(*arguments, **options)
        except DBAPIError as failure:
            raise click.ClickException(f"The database reports: {first_line(failure)}.") from None

    looked.guarded = True  # type: ignore[attr-defined]
    command.callback = looked
    return command
