"""`flask evidence`: a kept file that is missing or altered is found; a case as proof is checked by tools that are not ours."""

import errno
import hashlib
import json
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import select

from server.core import seals, signing, vault
from server.core.audit import AuditRow
from server.core.database import read
from server.core.words import Seen, Via
from server.journeys.oversight import evidence_export
from server.journeys.report import answering, verification
from server.ledger.cases.models import Case
from server.ledger.reports.models import Evidence
from server.reads import evidence
from tests.conftest import People
from tests.plans import asked
from tests.sending import png
from tests.story import decide, flag

Make = Callable[..., dict[str, Any]]


def run(people: People, *arguments: str) -> Result:
    return people.app.test_cli_runner().invoke(args=["evidence", *arguments])


@pytest.fixture
def case_id(people: People, report_json: Make, work_all: Callable[[], int]) -> str:
    """Ana flags with two pictures, Ben's report has none; Cora notifies, Mercado removes, Cora looks."""
    case = flag(people, report_json(), screenshot=png(), photo_1=png((60, 50), "red"))
    work_all()
    notice_id = decide(people, case)
    answering.answer_notice(notice_id, {"answer": "removed"}, Via.PORTAL, people.ids["mia"])
    verification.look_as_coordinator(case, people.ids["cora"], Seen.GONE)
    work_all()
    seals.seal_audit()
    return case


def reference(case_id: str) -> str:
    with read() as session:
        return session.get_one(Case, case_id).reference


def path_of(digest: str) -> Path:
    root = vault.root()
    assert root
    (path,) = root.rglob(digest)
    return path


# --- verify ----------------------------------------------------------------------------------------------------------


def test_every_kept_file_is_checked_copies_too(people: People, case_id: str) -> None:
    done = run(people, "verify")
    assert (done.exit_code, done.stdout.startswith("Checked 6 files in ")) == (0, True), done.output
    assert done.stderr.startswith("Database: ")
    one = run(people, "verify", "--case", reference(case_id))
    assert one.exit_code == 0 and f"6 files of {reference(case_id)}" in one.stdout


def test_a_missing_and_an_altered_file_are_named_and_the_exit_says_so(
    people: People, case_id: str, report_json: Make
) -> None:
    other = flag(people, report_json("https://mercado.test/itm/265370482899"), screenshot=png((9, 9), "blue"))
    with read() as session:
        rows = {row.name: row for row in session.scalars(select(Evidence)) if row.copy_sha256}
    path_of(rows["screenshot"].sha256).unlink()
    path = path_of(rows["photo_1"].blurred_sha256)
    path.chmod(0o600)
    path.write_bytes(path.read_bytes()[:-1])
    done = run(people, "verify")
    assert done.exit_code == 1
    assert re.search(r"^Missing: screenshot of R-\S+ \([0-9a-f]{64}\)$", done.stdout, re.MULTILINE)
    assert re.search(r"^Altered: blurred photo_1 of R-\S+", done.stdout, re.MULTILINE)
    assert re.search(r"^Error: Of 7 files in \S+: 1 altered, 1 missing\.$", done.stderr, re.MULTILINE)
    assert run(people, "verify", "--case", reference(other)).exit_code == 0, "that case is whole"
    assert run(people, "verify", "--case", reference(case_id)).exit_code == 1


def test_a_case_that_there_is_not_is_said(people: People) -> None:
    for command in (["verify", "--case", "C-00000-00000"], ["manifest", "C-00000-00000", "--out", "x.zip"]):
        done = run(people, *command)
        assert done.exit_code == 1 and done.stderr.endswith("Error: There is no case C-00000-00000.\n")


def test_checking_asks_twice_however_many_files_there_are(people: People, case_id: str) -> None:
    with asked() as seen:
        assert run(people, "verify").exit_code == 0
    assert sum("evidence" in statement for statement in seen.statements) == 2


def test_every_file_is_checked_once_however_many_are_looked_up_at_once(
    case_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with read() as session:
        whole = list(evidence.kept(session))
        for page in (1, 2, len(whole), len(whole) + 1):
            monkeypatch.setattr(evidence, "PAGE", page)
            assert list(evidence.kept(session)) == whole and len(whole) == evidence.count_kept(session) > 1


# --- manifest --------------------------------------------------------------------------------------------------------


@pytest.fixture
def folder(people: People, case_id: str, tmp_path: Path) -> Path:
    """The case as proof, unpacked."""
    out = tmp_path / "case.zip"
    done = run(people, "manifest", reference(case_id), "--out", str(out))
    assert done.exit_code == 0, done.output
    assert f"Wrote 2 files of {reference(case_id)} to {out}" in done.stdout
    assert out.stat().st_mode & 0o777 == 0o600
    shutil.unpack_archive(out, tmp_path / "unpacked")
    return tmp_path / "unpacked"


def tool(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


VERIFY = ("openssl", "dgst", "-sha256", "-verify", "public_key.pem", "-signature", "SHA256SUMS.sig", "SHA256SUMS")


def test_standard_tools_check_the_files_and_the_signature(folder: Path) -> None:
    sums = tool(folder, "sha256sum", "-c", "--strict", "SHA256SUMS")
    assert sums.returncode == 0 and sums.stdout.count(": OK") == 5, sums.stdout + sums.stderr
    listed = {line.split("  ", 1)[1] for line in (folder / "SHA256SUMS").read_text().splitlines()}
    here = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert here - listed == {"SHA256SUMS", "SHA256SUMS.sig"}
    assert tool(folder, *VERIFY).stdout == "Verified OK\n"
    der = subprocess.run(
        ["openssl", "pkey", "-pubin", "-in", "public_key.pem", "-outform", "DER"],
        cwd=folder,
        capture_output=True,
        check=True,
    )
    fingerprint = hashlib.sha256(der.stdout).hexdigest()
    assert fingerprint == json.loads((folder / "manifest.json").read_text())["signed_with"]["key"]
    assert fingerprint in (folder / "README.txt").read_text()
    for command in ("sha256sum -c SHA256SUMS", " ".join(VERIFY), "openssl pkey -pubin -in public_key.pem -outform DER"):
        assert command in (folder / "README.txt").read_text()


@pytest.mark.parametrize("name", ["README.txt", "manifest.json", "public_key.pem"])
def test_whatever_is_changed_is_found(folder: Path, name: str) -> None:
    (folder / name).write_text((folder / name).read_text() + " ")
    assert tool(folder, "sha256sum", "-c", "SHA256SUMS").returncode == 1
    (folder / "SHA256SUMS").write_text(tool(folder, "sha256sum", name).stdout)
    assert tool(folder, *VERIFY).returncode == 1


def test_it_holds_the_originals_their_hashes_and_times_and_what_happened(
    people: People, case_id: str, folder: Path
) -> None:
    manifest = json.loads((folder / "manifest.json").read_text())
    (report,) = manifest["reports"]
    assert [Path(file["path"]).name for file in report["files"]] == ["photo_1.png", "screenshot.png"] or len(
        report["files"]
    ) == 2
    for file in report["files"]:
        data = (folder / file["path"]).read_bytes()
        assert hashlib.sha256(data).hexdigest() == file["sha256"] and len(data) == file["size"]
    assert report["captured_at"] == "2026-11-24T10:00:00+00:00" and report["received_at"] > report["captured_at"]
    assert report["device_clock_ahead"] is False
    assert [answer["answer"] for answer in manifest["notices"][0]["answers"]] == ["removed"]
    assert [check["state"] for check in manifest["checks"]] == ["gone"]
    actions = [row["action"] for row in manifest["audit_rows"]]
    assert {"report_received", "case_notify", "notice_queued", "notice_answered", "check_settled"} <= set(actions)
    with read() as session:
        rows = {row.seq: row for row in session.scalars(select(AuditRow))}
    for row in manifest["audit_rows"]:
        assert rows[row["seq"]].action == row["action"] and row["seal"]["position"] > 0
    text = (folder / "README.txt").read_text()
    for fact in (
        reference(case_id),
        report["reference"],
        report["files"][0]["sha256"],
        "answered: removed",
        "spotter 1: report_received",
    ):
        assert fact in text, fact


def test_a_device_whose_clock_is_ahead_strands_no_report_and_proof_says_so(
    people: People, report_json: Make, tmp_path: Path
) -> None:
    case = flag(people, report_json(captured_at="2099-01-01T00:00:00Z"))
    out = tmp_path / "case.zip"
    assert run(people, "manifest", reference(case), "--out", str(out)).exit_code == 0
    shutil.unpack_archive(out, tmp_path / "unpacked")
    (report,) = json.loads((tmp_path / "unpacked/manifest.json").read_text())["reports"]
    assert report["captured_at"] == "2099-01-01T00:00:00+00:00" and report["device_clock_ahead"] is True
    said = "captured 2099-01-01T00:00:00+00:00 by a clock that was ahead of ours\n"
    assert said in (tmp_path / "unpacked/README.txt").read_text()


def test_nobody_is_named_in_it(people: People, folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            data = path.read_bytes()
            for secret in ("ana@people.test", "Cora", *people.ids.values()):
                assert secret.encode() not in data, (path, secret)
            assert b"Ana" not in data or path.suffix == ".png"


def test_that_it_left_is_recorded_with_its_key(people: People, case_id: str, folder: Path) -> None:
    with read() as session:
        row = session.scalars(select(AuditRow).where(AuditRow.action == "evidence_exported")).one()
    sums = hashlib.sha256((folder / "SHA256SUMS").read_bytes()).hexdigest()
    assert (row.object_id, row.detail) == (case_id, {"sums": sums, "key": signing.key().fingerprint})


def test_it_never_writes_over_a_file_and_leaves_nothing_half_done(people: People, case_id: str, tmp_path: Path) -> None:
    out = tmp_path / "case.zip"
    out.write_text("mine")
    done = run(people, "manifest", reference(case_id), "--out", str(out))
    assert done.exit_code == 1 and done.stderr.endswith(f"Error: {out} already exists.\n") and out.read_text() == "mine"
    with read() as session:
        file = session.scalars(select(Evidence).limit(1)).one()
    path_of(file.sha256).unlink()
    other = tmp_path / "other.zip"
    done = run(people, "manifest", reference(case_id), "--out", str(other))
    assert done.exit_code == 1 and "is missing or altered: flask evidence verify says more." in done.stderr
    nowhere = run(people, "manifest", reference(case_id), "--out", str(tmp_path / "no" / "case.zip"))
    assert nowhere.exit_code == 1 and "Cannot write" in nowhere.stderr
    assert [path for path in tmp_path.iterdir() if "zip" in path.name] == [out]


def test_it_is_written_to_a_memory_stick_too_and_never_over_a_file(
    people: People, case_id: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, link = tmp_path / "case.zip", os.link

    def without_links(source: Any, target: Any) -> None:
        if Path(target) == out:
            raise PermissionError(errno.EPERM, "Operation not permitted")
        link(source, target)

    monkeypatch.setattr(os, "link", without_links)
    assert run(people, "manifest", reference(case_id), "--out", str(out)).exit_code == 0
    assert zipfile.is_zipfile(out) and [path.name for path in tmp_path.glob("*case.zip*")] == ["case.zip"]
    draft = tmp_path / "draft"
    draft.write_bytes(b"new")
    before = out.read_bytes()
    with pytest.raises(FileExistsError):
        evidence_export._place(draft, out)
    assert out.read_bytes() == before


def test_the_key_is_made_once_and_readable_by_its_owner_alone(people: People) -> None:
    first = signing.key()
    assert signing.key().fingerprint == first.fingerprint
    assert signing.path_of_key().stat().st_mode & 0o777 == 0o600
    signing.path_of_key().write_text("not a key")
    done = run(people, "verify")
    assert done.exit_code == 0, "checking needs no key"
