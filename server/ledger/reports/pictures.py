"""Re-encoding a picture in a process of its own: what people see is never the original."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from server.core.sentences import sentence
from server.core.words import Unreadable

CHILD = Path(__file__).with_name("recode.py")
SECONDS = 30  # of the clock; the child limits its own processor time to 20


UNREADABLE = {
    Unreadable.TOO_SLOW: sentence("The picture took too long to read."),
    Unreadable.DAMAGED: sentence("The picture is damaged."),
}


class NoCopy(Exception):
    """A picture cannot be read; `why` is kept with it."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why.value)
        self.why = why


class Cut(NamedTuple):
    """A photo cut out of a picture: two copies for people, and the pixels it is recognised by."""

    clean: bytes
    blurred: bytes
    normal: bytes  # 512x512 pixels, red, green, blue


Box = tuple[int, int, int, int]  # left, top, right, bottom in the file's own pixels


def copies(data: bytes) -> tuple[bytes, bytes]:
    """A clean WebP copy and a small blurred one. Raises NoCopy when the picture cannot be read."""
    clean, blurred = _child(data)
    return clean, blurred


def cuts(data: bytes, boxes: Sequence[Box | None]) -> list[Cut]:
    """What is in each box, which lies within the picture; None: all of it. Raises NoCopy when the picture cannot be read."""
    parts = _child(data, json.dumps(boxes))
    return [Cut(*parts[start : start + 3]) for start in range(0, len(parts), 3)]


def _child(data: bytes, *arguments: str) -> list[bytes]:
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(CHILD), *arguments], input=data, capture_output=True, timeout=SECONDS, check=True
        )
    except subprocess.TimeoutExpired:
        raise NoCopy(Unreadable.TOO_SLOW) from None
    except subprocess.CalledProcessError:
        raise NoCopy(Unreadable.DAMAGED) from None
    parts, rest = [], done.stdout
    while rest:
        size = 4 + int.from_bytes(rest[:4], "big")
        parts.append(rest[4:size])
        rest = rest[size:]
    return parts
