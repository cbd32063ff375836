"""The rest of the gallery: the pages of companies, of people, and those for everyone."""

from typing import Any


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    return {}
