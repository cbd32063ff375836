"""Several machines share a database and a bucket, and must have the same keys. Each worker notes the fingerprints of its keys in the
database, so that one with other keys is found before it does harm: its seals would raise an alarm, its links would not open.
"""

import hmac
from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from server.core import clock, heartbeats, vault, web
from server.core.database import read, write
from server.core.heartbeats import Heartbeat

KEYS = "keys"  # what the notes begin with: `keys <of SPOTTER_SECRET_KEY> <of SPOTTER_AUDIT_KEY>`
NOTED_EVERY = timedelta(seconds=20)
RUNNING = timedelta(seconds=90)  # after which a worker with other keys is taken to have stopped
NEEDED = (
    "SPOTTER_AUDIT_KEY: with evidence in a bucket, set it to 64 hexadecimal digits, the same on every machine: those of the file "
    "audit_key where there is one, else what `openssl rand -hex 32` prints."
)


def join() -> str:
    """Note the keys of this machine's worker, which is about to start; why it must not start, or "".

    Noted first and compared then: of two machines with other keys that start at the same moment, both see the other.
    """
    if not vault.is_remote():
        return ""
    if not web.settings().audit_key:
        return NEEDED
    note({}, clock.now())
    with read() as session:
        problem = difference(session)
    if problem:
        with write() as session:
            session.execute(delete(Heartbeat).where(Heartbeat.name == _own()))
    return problem


def note(seen: Mapping[str, datetime], at: datetime) -> None:
    """A worker runs here with these keys, unless that was noted a moment ago (`seen`); other keys are forgotten in a day."""
    if not vault.is_remote() or (_own() in seen and abs(at - seen[_own()]) < NOTED_EVERY):
        return
    heartbeats.note(_own())
    with write() as session:
        old = Heartbeat.name.startswith(f"{KEYS} ") & (Heartbeat.at < at - heartbeats.FORGOTTEN)
        session.execute(delete(Heartbeat).where(old))


def difference(session: Session) -> str:
    """Which key is not that of a worker that runs on another machine; empty where all are the same."""
    since = clock.now() - RUNNING
    others = select(Heartbeat.name).where(Heartbeat.name.startswith(f"{KEYS} "), Heartbeat.at > since)
    ours = _own().split()[1:]
    theirs = [name.split()[1:] for name in session.scalars(others)]
    settings = ("SPOTTER_SECRET_KEY", "SPOTTER_AUDIT_KEY")
    differing = [name for n, name in enumerate(settings) if any(each[n] != ours[n] for each in theirs)]
    if not differing:
        return ""
    return (
        f"{' and '.join(differing)}: not what a worker on another machine has. Give all machines the same. If you have just "
        f"replaced it on all of them, this is over within {RUNNING.seconds} s"
    )


def _own() -> str:
    settings = web.settings()
    return f"{KEYS} {_fingerprint(settings.secret_key)} {_fingerprint(settings.audit_key.lower())}"


def _fingerprint(key: str) -> str:
    return hmac.digest(key.encode(), b"fingerprint", "sha256").hex()[:12]
