"""Evidence is on the disk before anybody is told, also when somebody kept the same bytes a moment ago."""

from server.core import vault


def test_what_is_there_already_is_on_the_disk_before_it_counts(app, monkeypatch):
    """Somebody was ended after the file had its name, and before the name was on the disk."""
    digest = vault.keep(b"evidence")
    synced = []
    monkeypatch.setattr(vault, "_sync_folder", synced.append)
    assert vault.keep(b"evidence") == digest
    assert synced == [vault._path(digest).parent]
