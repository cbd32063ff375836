"""Re-encoding a picture in a process of its own: what people see is never the original."""

import subprocess
import sys
from pathlib import Path

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


def copies(data: bytes) -> tuple[bytes, bytes]:
    """A clean WebP copy and a small blurred one. Raises NoCopy when the picture cannot be read."""
    try:
        done = subprocess.run(  # noqa: S603
            [sys.executable, "-I", str(CHILD)], input=data, capture_output=True, timeout=SECONDS, check=True
        )
    except subprocess.TimeoutExpired:
        raise NoCopy(Unreadable.TOO_SLOW) from None
    except subprocess.CalledProcessError:
        raise NoCopy(Unreadable.DAMAGED) from None
    size = int.from_bytes(done.stdout[:4], "big")
    return done.stdout[4 : 4 + size], done.stdout[4 + size :]
