"""Real pages, photos, ads and lists: no part of the project. Tests that read them are skipped, in words, where they are absent."""

import os
from pathlib import Path

import pytest

REAL_DATA = Path(os.environ.get("SPOTTER_REAL_DATA", Path(__file__).parents[2] / "shared" / "data"))


def _absent(path: Path) -> str:
    return f"{path} is not there; set SPOTTER_REAL_DATA to the folder that has {path.relative_to(REAL_DATA)}"


def needs(path: Path) -> pytest.MarkDecorator:
    """The mark of a test that reads this."""
    return pytest.mark.skipif(not path.exists(), reason=_absent(path))


def skip_without(path: Path) -> None:
    """The same for who finds out while the test runs."""
    if not path.exists():
        pytest.skip(_absent(path))
