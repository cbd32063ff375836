"""Texts made to be slow to read, and texts that nobody can see."""

HOSTILE = {
    "marks without end": "a" + "\u0301\u0323" * 50_000,
    "signs without end": "@!" * 50_000,
    "single letters": "i " * 50_000,
    "dotted": "a." * 50_000,
    "NUL": "\0" * 100_000,
    "lone surrogates": "\ud800" * 100_000,
    "direction marks": "\u202e\u2066" * 50_000,
    "zero width": "\u200b" * 100_000,
    "wedges": "象." * 50_000,
    "hashes": "#" * 100_000,
    "one long token": "a1" * 50_000,
    "jamo": "\u1100\u1161\u11a8" * 30_000,
    "ligature that grows": "ﷺ" * 20_000,
}

# Texts that nobody can see.
UNSEEN = [
    "\u200b",
    "\u2060\u2060",
    "\ufeff",
    "\u00ad",
    "\u3164",
    "\u2800",
    " \u115f\u1160\n",
    "\u180e\U000e0020\ufe0f",
    "\u00a0",
]
