"""The settings: the secret that is made at the first start."""

import secrets
from pathlib import Path

import pytest

from server.core import config


def test_the_secret_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    first = config.read({"SPOTTER_DATA_DIR": str(tmp_path / "new")}).secret_key
    assert len(first) >= 40 and config.read({"SPOTTER_DATA_DIR": str(tmp_path / "new")}).secret_key == first
    (kept,) = (tmp_path / "new").iterdir()
    assert (kept.name, kept.stat().st_mode & 0o777) == ("secret_key", 0o600)


def test_two_processes_that_start_at_once_have_the_same_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The other one makes its own while ours is being made: whoever is first, both sign with the same."""
    make, others = secrets.token_urlsafe, []

    def meanwhile(size: int) -> str:
        monkeypatch.setattr(secrets, "token_urlsafe", make)
        others.append(config.read({"SPOTTER_DATA_DIR": str(tmp_path)}).secret_key)
        return make(size)

    monkeypatch.setattr(secrets, "token_urlsafe", meanwhile)
    assert config.read({"SPOTTER_DATA_DIR": str(tmp_path)}).secret_key == others[0] != ""
    assert [path.name for path in tmp_path.iterdir()] == ["secret_key"]


def test_an_empty_secret_signs_nothing(tmp_path: Path) -> None:
    (tmp_path / "secret_key").touch()
    with pytest.raises(SystemExit, match="does not contain a secret"):
        config.read({"SPOTTER_DATA_DIR": str(tmp_path)})


@pytest.mark.parametrize("url", ["smtp://host:notaport", "smtp://host:99999", "smtp://", "smtp://[::1", "http://host"])
def test_a_mail_address_that_cannot_be_is_told_with_the_other_errors(tmp_path: Path, url: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        config.read({"SPOTTER_DATA_DIR": str(tmp_path), "SPOTTER_MAIL_URL": url, "SPOTTER_PORT": "x"})
    assert "SPOTTER_MAIL_URL: give file: or smtp://" in str(stopped.value)
    assert "SPOTTER_PORT" in str(stopped.value)
