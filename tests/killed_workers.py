"""Workers in processes of their own, each killed between two steps and started again, over reports that came at one moment."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from flask import Flask
from sqlalchemy import delete, func, select, update

from server.core.config import Settings
from server.core.database import db, read, write
from server.core.outbox import Work
from server.ledger.matches.models import Link
from tests.few_words import leave_few_words

ROOT = Path(__file__).parents[1]
WORKERS = 4
NEVER = 0


def start(settings: Settings, script: str, killed_at: int) -> subprocess.Popen[bytes]:
    """A worker that runs this script; KILLED_AT tells it at which of its steps it kills itself."""
    environment = os.environ | {
        "SPOTTER_DATA_DIR": str(settings.data_dir),
        "SPOTTER_DATABASE_URL": settings.database_url,
        "SPOTTER_SECRET_KEY": settings.secret_key,
        "SPOTTER_MAIL_URL": settings.mail_url,
        "KILLED_AT": str(killed_at),
    }
    leave_few_words(settings.database_url)
    return subprocess.Popen([sys.executable, "-c", script], cwd=ROOT, env=environment)


def leases_lapse() -> None:
    """Nobody is at anything any more."""
    with write() as session:
        session.execute(update(Work).values(leased_by=None))


def linked(app: Flask, report: Callable[[int], None], reports: int, script: str) -> dict[str, int]:
    """How many links of each kind the workers make of so many reports. `report` sends the one with a number."""
    for number in range(reports):
        report(number)
    with write() as session:
        session.execute(delete(Work).where(Work.kind != "know_again"))
    db.session.remove()
    settings = app.config["SPOTTER"]
    workers = [start(settings, script, 5 + 3 * n) for n in range(WORKERS)]
    assert [worker.wait(timeout=500) for worker in workers] == [-9] * WORKERS
    leases_lapse()
    workers = [start(settings, script, NEVER) for _ in range(WORKERS)]
    assert [worker.wait(timeout=500) for worker in workers] == [0] * WORKERS
    with read() as session:
        assert session.scalar(select(func.count()).select_from(Work).where(Work.done_at.is_(None))) == 0
        kinds = session.execute(select(Link.kind, func.count()).group_by(Link.kind))
        return {kind: number for kind, number in kinds}  # noqa: C416 - rows are no pairs to mypy
