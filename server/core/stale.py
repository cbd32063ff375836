"""Two people have one form open: what the second has not seen is not overwritten. Pure.

A form carries the mark of what it showed, and whoever saves it says that mark.
"""

import hashlib
import json
from typing import Any

from server.core.sentences import sentence
from server.core.words import Refused


def mark(values: Any) -> str:
    """What tells one state of these values from another: 16 hexadecimal digits."""
    written = json.dumps(values, sort_keys=True, default=str)
    return hashlib.sha256(written.encode()).hexdigest()[:16]


def refuse(now: str, seen: str) -> None:
    """Raises Refused("stale") where the mark of what there is now is not the one that was seen."""
    if now != seen:
        raise Refused("stale", sentence("Somebody else has changed this meanwhile. Nothing was saved."))
