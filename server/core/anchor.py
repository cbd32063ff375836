"""What is kept of the audit trail outside the database: its key, its head and its alarm (`anchor_place`).

Somebody who can only write to the database cannot make a seal, because that takes the key. Nor can they remove a seal
unnoticed, because the head says how many there were. The key is a separate file and not derived from SPOTTER_SECRET_KEY: that
key is changed when somebody may have seen it, which would invalidate all earlier seals. It is SPOTTER_AUDIT_KEY, or a file in
the data folder.
"""

import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from server.core import anchor_place, web
from server.core.sentences import Sentence, sentence
from server.core.words import Refused

KEY = "audit_key"


class Head(NamedTuple):
    """How many rows were sealed, and the last seal. Written as one word: `1234:<hash>:<mac>`."""

    rows: int
    hash: str
    mac: str

    def __str__(self) -> str:
        return f"{self.rows}:{self.hash}:{self.mac}"


_HEAD = re.compile(r"\b(\d{1,12}):([0-9a-f]{64}):([0-9a-f]{64})\b")


def read_heads(text: str) -> list[Head]:
    """Every head in a text, such as the mails that were kept."""
    return [Head(int(rows), *more) for rows, *more in _HEAD.findall(text)]


class Fault(NamedTuple):
    """The first place where the trail is not what it was: a code and its parameters."""

    code: str
    params: dict[str, Any]

    @property
    def said(self) -> Sentence:
        """In words."""
        return Sentence(FAULTS[self.code].message, **self.params)


def fault(code: str, **params: Any) -> Fault:
    """A fault by its code."""
    return Fault(code, params)


FAULTS: dict[str, Sentence] = {
    "no_key": sentence(
        "The key of the audit trail is missing (%(path)s). Without it nobody can tell whether the seals are genuine. "
        "Put it back from your backup.",
        path="",
    ),
    "no_head": sentence(
        "The head of the audit trail is missing (%(path)s): nobody can tell whether sealed rows were removed, or whether there "
        "was an alarm.",
        path="",
    ),
    "unreadable": sentence("The stored head of the audit trail cannot be read (%(path)s).", path=""),
    "away": sentence("The head of the audit trail is in the bucket, which cannot be read right now."),
    "damaged": sentence("The rows after seal %(number)s cannot be read: they are damaged or were tampered with.", number=0),
    "seal_missing": sentence("Seal %(number)s is missing.", number=0),
    "row_missing": sentence("Audit row %(number)s was sealed and is missing.", number=0),
    "row_changed": sentence("Audit row %(number)s is not what was sealed.", number=0),
    "seal_forged": sentence("Seal %(number)s was not made with the key of this audit trail.", number=0),
    "shorter": sentence(
        "The audit trail has %(rows)s sealed rows, and once had %(before)s: its end was removed, or an older state was "
        "restored.",
        rows=0, before=0,
    ),
    "other_head": sentence("Seal %(number)s differs from the one in the recorded head.", number=0),
    "misplaced": sentence("Audit row %(number)s is among rows that were sealed without it.", number=0),
    "unsealed": sentence("Audit row %(number)s has had no seal for more than %(minutes)s minutes.", number=0, minutes=0),
    "accepted_changed": sentence("Rows before the accepted row %(number)s have changed since.", number=0),
}  # fmt: skip


class ChainStart(NamedTuple):
    """The row and the seal by which two people accepted what stands before them; (0, 0, "") when nobody had to."""

    seq: int = 0
    position: int = 0
    hash: str = ""


FIRST_ROW = ChainStart()


@dataclass
class Kept:
    """What is known of the trail outside the database. None: nothing yet."""

    key: bytes | None = None
    head: Head | None = None
    looked_at: datetime | None = None  # when the worker last found nothing wrong
    start: ChainStart = FIRST_ROW  # where the chain begins: what stands before it was accepted by two people
    patrol: tuple[int, str] = (0, "")  # the seal up to which old rows were checked again, and its hash
    alarm: Fault | None = None
    alarm_at: datetime | None = None
    stored: bool = False  # whether there was anything to load

    def note(self, found: Fault, at: datetime) -> None:
        """Raise the alarm."""
        self.alarm, self.alarm_at = found, at


def load() -> Kept:
    """What is kept. An unreadable file is an alarm, never a fresh start. Raises Refused("unavailable"): a bucket is away."""
    kept, place = Kept(), anchor_place.current()
    with suppress(FileNotFoundError):
        kept.key = bytes.fromhex(web.settings().audit_key or (_folder() / KEY).read_text().strip())
    try:
        if (stored := place.read()) is None:
            return kept
        kept.stored = True
        data = json.loads(stored)
        kept.head = Head(*data["head"]) if data["head"] else None
        kept.looked_at, kept.alarm_at = (_time(data[name]) for name in ("looked_at", "alarm_at"))
        kept.start, kept.patrol = ChainStart(*data["start"]), (data["patrol"][0], data["patrol"][1])
        kept.alarm = Fault(*data["alarm"]) if data["alarm"] else None
    except (ValueError, TypeError, KeyError):
        kept.alarm = fault("unreadable", path=str(place))
    return kept


def shown() -> Kept:
    """What is kept, for pages and checks, which say so when it is in a bucket that is away."""
    try:
        return load()
    except Refused:
        return Kept(alarm=fault("away"))


def save(kept: Kept) -> None:
    """Save it atomically and durably. Raises Refused("unavailable"): a bucket is away."""
    data = {
        "head": kept.head, "looked_at": _text(kept.looked_at), "start": kept.start, "patrol": kept.patrol,
        "alarm": kept.alarm, "alarm_at": _text(kept.alarm_at),
    }  # fmt: skip
    anchor_place.current().write(json.dumps(data))


@contextmanager
def alone() -> Iterator[None]:
    """One process at a time loads, changes and saves what is kept: inside this, so that none saves an older copy."""
    with anchor_place.current().alone():
        yield


def amend(kept: Kept, *names: str) -> None:
    """Save these fields of what was loaded a while ago, and leave the others as another worker may have saved them since.

    Nothing is saved over an alarm, once two people have accepted another start, or where the head is missing (`lost_head`).
    """
    with alone():
        now = load()
        if now.alarm or now.start != kept.start or not now.stored:
            return
        for name in names:
            setattr(now, name, getattr(kept, name))
        save(now)


def put_aside() -> None:
    """Keep what cannot be read beside what is saved next, for whoever finds out what happened."""
    anchor_place.current().put_aside()


def key_of(kept: Kept) -> bytes:
    """The key. If there is none yet, one is made, readable only by its owner."""
    if kept.key is None:
        path = _folder() / KEY
        draft = path.with_name(f"{KEY}.{secrets.token_hex(8)}")
        anchor_place.write_durably(draft, secrets.token_hex(32))
        with suppress(FileExistsError):
            path.hardlink_to(draft)
        draft.unlink()
        kept.key = bytes.fromhex(path.read_text().strip())
    return kept.key


def mac(key: bytes, position: int, seq: int, chained: str, what: str = "sealed") -> str:
    """What only the holder of the key can write beside a seal."""
    return hmac.new(key, f"{what}:{position}:{seq}:{chained}".encode(), hashlib.sha256).hexdigest()


def path_of_key() -> str:
    """Where the key is, for a message."""
    return str(_folder() / KEY)


def path_of_head() -> str:
    """Likewise."""
    return str(anchor_place.current())


def _folder() -> Path:
    return web.settings().data_dir


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _text(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
