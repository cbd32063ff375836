"""Is this installation fit to run? One check per part, each named: for `/readyz`, `/metrics` and `flask doctor`."""

import logging
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from server.core import anchor, clock, heartbeats, installation, machines, post, seals, vault, web
from server.ledger.inbound import store as inbound
from server.reads import evidence

log = logging.getLogger(__name__)

LOOKED_FOR = 3  # files of the vault


def checks(session: Session) -> dict[str, str]:
    """Each by its name: what is wrong, in words for whoever runs the machine; empty when it is ready."""
    there = {name: check for name, check in CHECKS.items() if _concerns(name)}
    return {name: _said(name, check, session) for name, check in there.items()}


def _concerns(name: str) -> bool:
    return {"mailbox": bool(web.settings().mailbox_url), "keys": vault.is_remote()}.get(name, True)


def free_bytes() -> int:
    """What is left on the fullest of the disks that hold the data folder, a database of SQLite, and a vault in a folder."""
    database = installation.file(web.settings())
    folders = (web.settings().data_dir, vault.root(), database and database.parent)
    return min(_free(folder) for folder in folders if folder and folder.exists())


def _free(folder: Path) -> int:
    """Bytes: none where the disk takes no more files, however much room there is."""
    state = os.statvfs(folder)
    return shutil.disk_usage(folder).free if state.f_favail or not state.f_files else 0


def least_free_bytes() -> int:
    """With less than this the disk is not ready."""
    return web.settings().disk_free_mb * 1024 * 1024


def _said(name: str, check: Callable[[Session], str], session: Session) -> str:
    try:
        said = check(session)
    except Exception as problem:
        session.rollback()
        said = f"cannot be checked: {str(problem).strip().splitlines()[0] if str(problem).strip() else type(problem).__name__}"
    if said:
        log.error("not ready: %s: %s", name, said)
    return said


def _database(session: Session) -> str:
    return "" if session.scalar(text("SELECT 1")) == 1 else "does not answer"


def _tables(session: Session) -> str:
    found, needed = session.scalar(text("SELECT version_num FROM alembic_version")), installation.needed()
    return "" if found == needed else f"at {found or 'no'} revision, needed is {needed}: {installation.UPGRADE}"


def _vault(session: Session) -> str:
    """Asked before `vault.problem`, which makes a folder that is missing.

    Files that came a day ago: newer ones may have come to the wrong folder, and much older ones may have been deleted.
    """
    digests = evidence.newest_before(session, clock.now() - timedelta(days=1), LOOKED_FOR)
    if digests and vault.has_none_of(digests):
        return f"{vault.current()} does not have the newest files that are more than a day old: is its disk mounted?"
    return vault.problem()


def _disk(_session: Session) -> str:
    free, least = free_bytes() // 2**20, web.settings().disk_free_mb
    return "" if free >= least else f"{free:,} MB are free, of at least {least:,} (SPOTTER_DISK_FREE_MB)"


def _clock(session: Session) -> str:
    if step := clock.step():
        return f"it was set {'back' if step < timedelta() else 'ahead'} by {abs(step)} within the last minutes"
    at, newest = clock.now(), heartbeats.newest(session)
    if newest and newest - at > clock.AHEAD:
        return f"the database has a note of {newest:%Y-%m-%d %H:%M:%S} UTC, and here it is {at:%Y-%m-%d %H:%M:%S} UTC"
    if session.get_bind().dialect.name == "postgresql":
        apart = abs(session.execute(select(func.clock_timestamp())).scalar_one() - clock.now())
        return "" if apart <= clock.AHEAD else f"it differs from the database server's by {apart}"
    return ""


def _worker(session: Session) -> str:
    seen = heartbeats.noted(session, heartbeats.WORKER)
    if heartbeats.is_alive(seen):
        return ""
    return f"no worker runs; the last one was seen {f'{seen:%Y-%m-%d %H:%M:%S} UTC' if seen else 'never'}"


def _mail(session: Session) -> str:
    """Read from what the worker noted (`mail_server`): nobody who asks waits for a mail server that hangs."""
    if post.works(session):
        return ""
    return "the mail server cannot be used, or refused the last email (SPOTTER_MAIL_URL); the worker's log says why"


def _mailbox(session: Session) -> str:
    stuck, done = heartbeats.noted(session, inbound.STUCK), heartbeats.noted(session, inbound.READ)
    if stuck is None or (done and done >= stuck):
        return ""
    return f"it cannot be read since {stuck:%Y-%m-%d %H:%M} UTC (SPOTTER_MAILBOX_URL); the worker's log says why"


def _audit(session: Session) -> str:
    if alarm := anchor.shown().alarm:
        return str(alarm.said)
    since = seals.waiting_since(session)
    return (
        f"rows wait for their seal since {since:%Y-%m-%d %H:%M} UTC"
        if since and clock.now() - since >= seals.LATE
        else ""
    )


def _keys(session: Session) -> str:
    return machines.difference(session)


CHECKS = {
    "database": _database, "tables": _tables, "vault": _vault, "disk": _disk, "clock": _clock, "worker": _worker,
    "mail": _mail, "mailbox": _mailbox, "audit": _audit, "keys": _keys,
}  # fmt: skip
