"""What others wrote is here as they published it, and the list says so."""

import base64
import hashlib
import re
from pathlib import Path

VENDOR = Path(__file__).parents[2] / "server" / "static" / "vendor"
ROW = re.compile(r"^\| `(?P<file>[^`]+)` \| (?P<version>\S+) \| `sha384-(?P<hash>[^`]+)` \|", re.MULTILINE)
LISTED = {row["file"]: row["hash"] for row in ROW.finditer((VENDOR / "VENDORED.md").read_text())}


def files() -> set[str]:
    """Every vendored file but licences and the list itself."""
    return {
        str(path.relative_to(VENDOR))
        for path in VENDOR.rglob("*")
        if path.is_file() and path.name not in ("LICENSE.txt", "VENDORED.md")
    }


def test_every_vendored_file_is_listed_and_nothing_else() -> None:
    assert set(LISTED) == files()


def test_every_vendored_file_is_byte_for_byte_what_the_list_says() -> None:
    for name, stated in LISTED.items():
        assert base64.b64encode(hashlib.sha384((VENDOR / name).read_bytes()).digest()).decode() == stated, name


def test_every_vendored_folder_carries_its_licence() -> None:
    assert all((folder / "LICENSE.txt").stat().st_size > 100 for folder in VENDOR.iterdir() if folder.is_dir())


def test_no_vendored_file_asks_for_a_source_map_that_is_not_here() -> None:
    assert not [name for name in LISTED if b"sourceMappingURL" in (VENDOR / name).read_bytes()]
