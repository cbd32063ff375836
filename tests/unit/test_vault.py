"""Evidence is on the disk before anybody is told, also when somebody kept the same bytes a moment ago."""

import resource

import pytest

from server.core import vault, vault_folder
from server.core.vault import FileState
from server.core.words import Refused


def test_what_is_there_already_is_on_the_disk_before_it_counts(app, monkeypatch):
    """Somebody was ended after the file had its name, and before the name was on the disk."""
    digest = vault.keep(b"evidence")
    synced = []
    monkeypatch.setattr(vault_folder, "_sync_folder", synced.append)
    assert vault.keep(b"evidence") == digest
    assert synced == [vault.current().file(digest).parent]


def test_what_was_changed_on_the_disk_is_shown_to_nobody(app):
    digest = vault.keep(b"evidence")
    assert (vault.read(digest), vault.state(digest)) == (b"evidence", FileState.WHOLE)
    vault.current().file(digest).write_bytes(b"evidenc3")
    with pytest.raises(Refused) as refused:
        vault.read(digest)
    assert (refused.value.kind, vault.state(digest)) == ("altered", FileState.ALTERED)
    vault.current().forget(digest)
    assert (vault.state(digest), list(vault.current().digests())) == (FileState.MISSING, [])
    vault.current().forget(digest)


def test_only_whole_files_are_listed(app):
    digests = {vault.keep(data) for data in (b"one", b"two")}
    folder = vault.current().file(min(digests)).parent
    (folder / ".part-1").write_bytes(b"half")
    (folder / "notes.txt").write_bytes(b"not evidence")
    assert set(vault.current().digests()) == digests


def _left_behind(monkeypatch):
    """The mutation: what was begun stays."""
    monkeypatch.setattr(vault_folder.Path, "unlink", lambda *_, **__: None)


@pytest.mark.parametrize("mutate", [None, _left_behind])
def test_a_disk_that_takes_half_of_a_file_keeps_nothing_of_it(app, monkeypatch, mutate):
    """The system itself refuses to write on, as it does where a disk is full."""
    if mutate:
        mutate(monkeypatch)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        with pytest.raises(Refused) as refused:
            vault.keep(b"evidence" * 2000)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert refused.value.kind == "unavailable"
    files = [path for path in vault.current().path.rglob("*") if path.is_file()]
    assert bool(files) == bool(mutate), files


@pytest.mark.parametrize(
    "digest", ["", "../../secret_key", "0" * 63, "0" * 65, "A" * 64, "0" * 63 + "/", "0" * 64 + "\n"]
)
def test_what_is_no_hash_names_no_file(app, digest):
    with pytest.raises(Refused) as refused:
        vault.read(digest)
    assert refused.value.kind == "not-found"
