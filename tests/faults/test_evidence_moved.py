"""`flask evidence move`, from a folder to a bucket of a real store and back: stopped anywhere, no file is ever nowhere."""

import hashlib
import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import select

from server.core import config, vault
from server.core.audit import AuditRow
from server.core.database import db, read
from server.core.vault_bucket import Bucket
from server.core.vault_folder import Folder
from tests.faults.killed import ROOT
from tests.gateway import KEY, SECRET, Gateway, Line, line, prefix, store  # noqa: F401

FILES = 40


@pytest.fixture
def bucket(app: Flask, store: Gateway, line: Line, prefix: str) -> str:
    """The bucket's address, and credentials in the settings."""
    app.config["SPOTTER"] = config.replace(app.config["SPOTTER"], vault_key_id=KEY, vault_secret=SECRET)
    return store.url(prefix, line.port)


@pytest.fixture
def kept(app: Flask, bucket: str) -> dict[str, bytes]:
    """Evidence in the folder, by its hash."""
    files = [f"evidence {number}".encode() * (number + 1) for number in range(FILES)]
    return {vault.keep(data): data for data in files}


def use(app: Flask, url: str) -> None:
    """What an operator does by setting SPOTTER_VAULT_URL and starting everything again."""
    app.config["SPOTTER"] = config.replace(app.config["SPOTTER"], vault_url=url)


def move(app: Flask, *arguments: str) -> Result:
    return app.test_cli_runner().invoke(args=["evidence", "move", *arguments])


def in_folder(app: Flask) -> dict[str, bytes]:
    folder = app.config["SPOTTER"].data_dir / "evidence"
    return {path.name: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_there_and_back(app: Flask, store: Gateway, bucket: str, prefix: str, kept: dict[str, bytes]) -> None:
    answer = move(app, "--to", bucket)
    assert answer.exit_code == 0 and f"{FILES} files are whole in s3://" in answer.output, answer.output
    assert store.objects(prefix) == kept == in_folder(app), "nothing is deleted unasked"
    use(app, bucket)
    assert {digest: vault.read(digest) for digest in kept} == kept
    answer = move(app, "--from", "file:", "--delete")
    assert answer.exit_code == 0 and "and deleted in the old place" in answer.output, answer.output
    assert in_folder(app) == {}
    assert move(app, "--to", "file:").exit_code == 0
    use(app, "file:")
    assert {digest: vault.read(digest) for digest in kept} == kept
    answer = move(app, "--from", bucket, "--delete")
    assert answer.exit_code == 0, answer.output
    assert store.objects(prefix) == {} and in_folder(app) == kept
    with read() as session:
        rows = session.scalars(select(AuditRow).where(AuditRow.action == "evidence_moved").order_by(AuditRow.seq))
        assert [(row.detail["files"], row.detail["deleted"]) for row in rows] == [
            (FILES, False), (FILES, True), (FILES, False), (FILES, True),
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "why"),
    [
        ([], "Give --to or --from"),
        (["--to", "file:/a", "--from", "file:/b"], "Give --to or --from"),
        (["--to", "file:/a", "--delete"], "would empty the vault in use"),
        (["--to", "file:"], "--to is the vault in use"),
        (["--from", "file:/nowhere"], "There is no folder /nowhere"),
        (["--to", "s3://bucket"], "--to: without an endpoint it is AWS: give its region"),
        (["--to", "s3://bucket?region=eu-1"], "AWS_ACCESS_KEY_ID: --to with s3:// needs it"),
    ],
)
def test_what_makes_no_sense_is_refused_in_words(app: Flask, arguments: list[str], why: str) -> None:
    answer = move(app, *arguments)
    assert answer.exit_code != 0 and why in answer.output and "Traceback" not in answer.output


def test_whose_refusal_it_is_and_when_to_go_on_is_said(app: Flask, bucket: str, kept: dict[str, bytes]) -> None:
    app.config["SPOTTER"] = config.replace(app.config["SPOTTER"], vault_secret="not the one of this key")
    answer = move(app, "--to", bucket)
    place = bucket.partition("?")[0]
    assert answer.exit_code == 1 and f"Stopped after 0 files. {place}" in answer.output, answer.output
    assert "it answers SignatureDoesNotMatch. Once that is put right, run the same command again" in answer.output


def test_a_vault_under_another_name_is_not_emptied(
    app: Flask, bucket: str, store: Gateway, prefix: str, tmp_path: Path
) -> None:
    """Each file would be found whole in the new place, and deleted in the old, which is the same."""
    kept = {vault.keep(b"evidence"): b"evidence"}
    (tmp_path / "link").symlink_to(tmp_path / "evidence")
    answer = move(app, "--from", f"file:{tmp_path / 'link'}", "--delete")
    assert answer.exit_code == 1 and "under another name" in answer.output
    assert in_folder(app) == kept
    use(app, store.url(prefix))
    vault.keep(b"evidence")
    answer = move(app, "--from", store.url(prefix).replace("127.0.0.1", "localhost"), "--delete")
    assert answer.exit_code == 1 and "under another name" in answer.output, answer.output
    assert store.objects(prefix) == kept


def test_an_altered_file_is_named_and_left_where_it_is(
    app: Flask, bucket: str, store: Gateway, prefix: str, kept: dict[str, bytes]
) -> None:
    bad = sorted(kept)[FILES // 2]
    vault.current().file(bad).write_bytes(b"not what it was")
    use(app, bucket)
    answer = move(app, "--from", "file:", "--delete")
    assert answer.exit_code == 1 and bad in answer.output and "1 files are altered" in answer.output
    assert store.objects(prefix) == {digest: data for digest, data in kept.items() if digest != bad}
    assert in_folder(app) == {bad: b"not what it was"}


# Delete first, copy then: what `mv` between two disks would do were it stopped.
MUTATION = textwrap.dedent("""
    from server.core import moving
    def hasty(digest, source, target, delete):
        with source.open(digest) as file:
            data = file.read()
        source.forget(digest)
        target.keep(digest, data)
        return moving.Moved(digest, moving.FileState.WHOLE)
    moving._move = hasty
""")


def nowhere(app: Flask, bucket: str, store: Gateway, line: Line, prefix: str, mutation: str = "") -> set[str]:
    """Files that are whole in neither place after the command was killed on the way."""
    settings, before = app.config["SPOTTER"], set(in_folder(app))
    db.session.remove()
    db.engine.dispose()
    environment = os.environ | {
        "SPOTTER_DATA_DIR": str(settings.data_dir),
        "SPOTTER_DATABASE_URL": settings.database_url,
        "SPOTTER_SECRET_KEY": settings.secret_key,
        "SPOTTER_VAULT_URL": bucket,
        "AWS_ACCESS_KEY_ID": KEY,
        "AWS_SECRET_ACCESS_KEY": SECRET,
    }
    flask = (
        "from flask.cli import cli\ncli.main(['--app', 'server', 'evidence', 'move', '--from', 'file:', '--delete'])"
    )
    running = subprocess.Popen(
        [sys.executable, "-c", f"{mutation}\n{flask}"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
    )
    puts: list[bool] = []

    def kill_at_the_tenth() -> None:
        puts.append(True)
        if len(puts) >= 10:
            running.kill()

    line.put_half_way = kill_at_the_tenth
    output = running.communicate(timeout=120)[0].decode()
    line.put_half_way = lambda: None
    assert running.returncode == -signal.SIGKILL, output
    moved, left = store.objects(prefix), in_folder(app)
    assert 0 < len(moved) < len(before)
    there = [*moved.items(), *left.items()]
    return before - {digest for digest, data in there if hashlib.sha256(data).hexdigest() == digest}


def test_killed_on_the_way_it_goes_on_and_no_file_is_nowhere(
    app: Flask, bucket: str, store: Gateway, line: Line, prefix: str, kept: dict[str, bytes]
) -> None:
    assert nowhere(app, bucket, store, line, prefix) == set()
    use(app, bucket)
    answer = move(app, "--from", "file:", "--delete")
    assert answer.exit_code == 0, answer.output
    assert in_folder(app) == {} and store.objects(prefix).items() >= kept.items()


@pytest.mark.mutation
def test_the_mutation_that_deletes_before_it_has_copied_is_caught(
    app: Flask, bucket: str, store: Gateway, line: Line, prefix: str, kept: dict[str, bytes]
) -> None:
    assert nowhere(app, bucket, store, line, prefix, MUTATION)


@pytest.mark.parametrize("believing", [False, True], ids=["as it is", "where keeping reads nothing back"])
def test_a_new_place_that_gives_back_other_bytes_is_not_believed(
    app: Flask, bucket: str, line: Line, kept: dict[str, bytes], believing: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def blind(self: Bucket, key: str, data: bytes, _anew: bool) -> None:
        await self._store.put_async(key, data)

    if believing:
        monkeypatch.setattr(Bucket, "_put", blind)
    use(app, bucket)
    line.changed = lambda body: body[:-1] + b"?"
    with monkeypatch.context() as patch:
        patch.setattr("server.core.vault_bucket.PATIENCE", 0.4)
        answer = move(app, "--from", "file:", "--delete")
    assert answer.exit_code == 1 and "gives back other bytes" in answer.output, answer.output
    assert in_folder(app).items() >= kept.items()
    line.changed = lambda body: body
    assert move(app, "--from", "file:", "--delete").exit_code == 0
    assert in_folder(app) == {}


def test_a_new_place_that_loses_a_file_stops_it_in_words(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.keep(b"evidence")
    monkeypatch.setattr(Folder, "keep", lambda *_: None)
    answer = move(app, "--to", f"file:{tmp_path / 'new'}")
    assert answer.exit_code == 1 and f"Stopped after 0 files. {tmp_path / 'new'}: " in answer.output, answer.output


def test_a_store_that_is_away_stops_it_in_words(
    app: Flask, bucket: str, store: Gateway, kept: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("server.core.vault_bucket.PATIENCE", 0.4)
    use(app, bucket)
    store.kill()
    try:
        answer = move(app, "--from", "file:")
    finally:
        store.start()
    assert answer.exit_code == 1 and "run the same command again: it continues." in answer.output, answer.output
    assert "Traceback" not in answer.output and in_folder(app) == kept
