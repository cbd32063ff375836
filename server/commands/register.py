"""The commands, registered with the app. The list to read when a command is added."""

from flask import Flask

from server.commands import (
    accounts,
    audit,
    companies,
    data_kept,
    doctor,
    evidence,
    figures,
    guard,
    mailbox,
    species,
    training,
    worker,
)

COMMANDS = (
    accounts.cli,
    training.cli,
    companies.cli,
    species.cli,
    worker.worker,
    audit.verify_audit,
    audit.cli,
    data_kept.data_kept,
    doctor.doctor,
    evidence.cli,
    figures.count,
    mailbox.cli,
)


def init_app(app: Flask) -> None:
    """Add every command."""
    for command in COMMANDS:
        app.cli.add_command(guard.guarded(command))
