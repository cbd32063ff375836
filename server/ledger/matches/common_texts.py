"""The phrases that ads have in common, whatever they offer, read once from the file that ships."""

import hashlib
from functools import cache
from pathlib import Path

from server.ledger.matches import text

PHRASES = Path(__file__).with_name("common_phrases.txt")


@cache
def phrases() -> tuple[str, text.Hashes]:
    """Their version, which is that of the sketches made without them, and their shingles."""
    lines = [line for line in PHRASES.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return hashlib.sha256("\n".join([str(text.VERSION), *lines]).encode()).hexdigest()[:16], text.common(lines)
