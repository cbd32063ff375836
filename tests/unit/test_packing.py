"""The extension as one file: the same bytes from whatever copy, nothing in it that is not the extension, fit for the stores."""

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from server.core import packing

ROOT = Path(__file__).parents[2]


def test_two_copies_made_at_other_times_with_other_rights_make_the_same_bytes(tmp_path: Path) -> None:
    copy = tmp_path / "extension"
    shutil.copytree(packing.EXTENSION, copy)
    for path in copy.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(0o700)
    for extra in (".DS_Store", ".git/config", "notes.md", "lib/.swp", "lib/read.js.orig", "web-ext-artifacts/x.zip"):
        (copy / extra).parent.mkdir(exist_ok=True)
        (copy / extra).write_text("not part of it")
    assert packing.packed(copy) == packing.packed() == packing.packed()


def test_it_holds_the_extension_whole_and_a_browser_can_read_it() -> None:
    with zipfile.ZipFile(BytesIO(packing.packed())) as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        assert names == sorted(names) and "manifest.json" in names and len(names) == len(set(names))
        assert {entry.date_time for entry in archive.infolist()} == {packing.FIRST_DAY}
        kept = {
            path.relative_to(packing.EXTENSION).as_posix() for path in packing.EXTENSION.rglob("*") if path.is_file()
        }
        assert set(names) == kept, "no file of the extension is left out, and nothing else lies in its folder"
        for name in names:
            assert archive.read(name) == (packing.EXTENSION / name).read_bytes()


def test_the_command_makes_what_the_website_gives_and_both_say_its_number(client: FlaskClient, tmp_path: Path) -> None:
    target = tmp_path / "made" / "cyber-spotter.zip"
    printed = subprocess.run(
        [sys.executable, "-m", "server.core.packing", str(target)], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout
    given = client.get("/extension/cyber-spotter.zip")
    assert given.mimetype == "application/zip" and given.data == target.read_bytes()
    number = hashlib.sha256(given.data).hexdigest()
    assert printed.startswith(number) and number in client.get("/extension").text
    assert "server.core.packing build/cyber-spotter.zip" in (ROOT / "Makefile").read_text()


def test_every_permission_is_justified_and_none_that_is_not_asked_for() -> None:
    manifest = json.loads((packing.EXTENSION / "manifest.json").read_text())
    page = (ROOT / "docs" / "extension-stores.md").read_text()
    justified = set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    assert justified == set(manifest["permissions"]) | set(manifest.get("optional_permissions", []))
    assert "host_permissions" not in manifest and "content_scripts" not in manifest
    declared = manifest["browser_specific_settings"]["gecko"]["data_collection_permissions"]["required"]
    assert all(f"`{kind}`" in page for kind in declared)


def test_the_stores_linter_finds_no_error() -> None:
    linter = ROOT / "node_modules" / ".bin" / "web-ext"
    if not linter.exists():
        pytest.skip("web-ext is not installed: make tools installs it")
    done = subprocess.run(
        [linter, "lint", "--source-dir", packing.EXTENSION, "--output", "json", "--no-config-discovery"],
        capture_output=True,
        text=True,
        env=os.environ | {"NO_UPDATE_NOTIFIER": "1"},
    )
    report = json.loads(done.stdout)
    assert report["errors"] == [], report["errors"]
    assert {warning["code"] for warning in report["warnings"]} <= {
        "MANIFEST_PERMISSIONS",
        "BACKGROUND_SERVICE_WORKER_IGNORED",
    }


def test_the_privacy_page_says_what_is_sent_and_whether_pages_are_copied(client: FlaskClient) -> None:
    page = client.get("/extension/privacy")
    assert page.status_code == 200 and "No copy of the whole page" in page.text
    assert "/extension/privacy" in client.get("/privacy").text and "/extension/privacy" in client.get("/extension").text


def test_a_store_build_carries_its_organisation_s_address_and_nothing_else_of_it_differs() -> None:
    with (
        zipfile.ZipFile(BytesIO(packing.packed())) as plain,
        zipfile.ZipFile(BytesIO(packing.packed(server="https://spotter.example/"))) as store,
    ):
        assert b'export const SERVER = "https://spotter.example";' in store.read(packing.ORGANISATION)
        assert [name for name in plain.namelist() if plain.read(name) != store.read(name)] == [packing.ORGANISATION]


@pytest.mark.parametrize(
    "server", ["http://spotter.example", "spotter.example", "https://a:b@spotter.example", "https://"]
)
def test_what_is_no_https_address_is_packed_into_nothing(server: str) -> None:
    with pytest.raises(ValueError, match="not the https address"):
        packing.packed(server=server)
