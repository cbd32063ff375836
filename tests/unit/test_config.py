"""The settings: the secret that is made at the first start."""

import re
import secrets
from dataclasses import fields
from pathlib import Path

import pytest

from server.core import config, setting_checks


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


@pytest.mark.parametrize(
    "url",
    [
        "smtp://host:notaport", "smtp://host:99999", "smtp://", "smtp://[::1", "http://host", "smtp://host:587?startls=1",
        "smtp://host?starttls=yes", "smtp://host/587", "smtp://user:a/b@host?starttls=1", "file:mails", "file://mails",
    ],
)  # fmt: skip
def test_a_mail_address_that_cannot_be_is_told_with_the_other_errors(tmp_path: Path, url: str) -> None:
    with pytest.raises(SystemExit) as stopped:
        config.read({"SPOTTER_DATA_DIR": str(tmp_path), "SPOTTER_MAIL_URL": url, "SPOTTER_PORT": "x"})
    assert "SPOTTER_MAIL_URL: give file:, file:/a/folder or smtp://" in str(stopped.value)
    assert "SPOTTER_PORT" in str(stopped.value)


@pytest.mark.parametrize(
    ("url", "refused"),
    [
        ("smtp://user:secret@mail.host:587", True),
        ("smtp://user@mail.host", True),
        ("smtp://user:secret@mail.host:587?starttls=0", True),
        ("smtp://user:secret@mail.host:587?starttls=1", False),
        ("smtps://user:secret@mail.host", False),
        ("smtp://user:secret@127.0.0.1:25", False),
        ("smtp://relay.host:25", False),
    ],
)
def test_a_password_is_not_sent_unencrypted(tmp_path: Path, url: str, refused: bool) -> None:
    given = {"SPOTTER_DATA_DIR": str(tmp_path), "SPOTTER_MAIL_URL": url}
    if not refused:
        assert config.read(given).mail_url == url
        return
    with pytest.raises(SystemExit, match="unencrypted: add") as stopped:
        config.read(given)
    assert "secret" not in str(stopped.value)


REAL = {
    "SPOTTER_REAL_DATA_READY": "1",
    "SPOTTER_MAIL_URL": "smtps://user:secret@mail.host",
    "SPOTTER_MAIL_FROM": "notices@wildlife.test",
    "SPOTTER_ORGANISATION": "Wildlife Desk",
    "SPOTTER_CONTACT_EMAIL": "desk@wildlife.test",
    "SPOTTER_BASE_URL": "https://spotter.wildlife.test",
}


def test_an_instance_for_real_data_has_all_of_its_own(tmp_path: Path) -> None:
    assert config.read(REAL | {"SPOTTER_DATA_DIR": str(tmp_path)}).real_data_ready


@pytest.mark.parametrize(
    ("name", "values"),
    [
        ("SPOTTER_MAIL_URL", ["", "file:", "file:/var/mails"]),
        ("SPOTTER_MAIL_FROM", ["", "notices@cyber-spotter.example", "a@example.org"]),
        ("SPOTTER_ORGANISATION", ["", "Cyber Spotter", " Cyber Spotter "]),
        ("SPOTTER_CONTACT_EMAIL", ["", "a@b.example"]),
        (
            "SPOTTER_BASE_URL",
            [
                "",
                "http://127.0.0.1:8000",
                "http://localhost",
                "http://127.1.2.3",
                "http://[::1]:8000",
                "http://spotter.wildlife.test",
                "https://spotter.example",
            ],
        ),
        ("SPOTTER_DEMO", ["1"]),
    ],
)
def test_settings_of_a_demo_are_refused_for_real_data_in_words(tmp_path: Path, name: str, values: list[str]) -> None:
    for value in values:
        given = REAL | {"SPOTTER_DATA_DIR": str(tmp_path), name: value}
        if not value:
            del given[name]
        with pytest.raises(SystemExit) as stopped:
            config.read(given)
        assert f"{name}: " in str(stopped.value) and str(stopped.value).count("\n") == 1, stopped.value


@pytest.mark.parametrize(
    "url",
    [
        "sqlite://",
        "sqlite:",
        "sqlite:///",
        "sqlite:///:memory:",
        "sqlite:///?timeout=5",
        "sqlite:///file:x?mode=memory",
    ],
)
def test_no_database_is_in_memory(tmp_path: Path, url: str) -> None:
    with pytest.raises(SystemExit, match="SPOTTER_DATABASE_URL: give a file"):
        config.read({"SPOTTER_DATA_DIR": str(tmp_path), "SPOTTER_DATABASE_URL": url})


def test_what_tests_and_benchmarks_read_stops_no_server_that_they_start(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    sources = [path.read_text() for folder in ("tests", "benchmarks") for path in (root / folder).rglob("*.py")]
    names = {name for text in sources for name in re.findall(r'environ(?:\.get\(|\[)"(SPOTTER_[A-Z_]+)"', text)}
    assert "SPOTTER_FAULT_ROUNDS" in names and config._unknown(dict.fromkeys(names, "1")) == []


def test_an_empty_setting_counts_as_not_set(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As `SPOTTER_BACKUP_DAYS=` in a file `.env`. An empty host would be every address."""
    monkeypatch.chdir(tmp_path)
    ours = [field.name for field in fields(config.Settings) if not field.name.startswith("max_")]
    names = {f"SPOTTER_{name.upper()}" for name in ours if name not in config.AWS_KEYS} - set(config.NEVER_EMPTY)
    for empty in ("", "  "):
        assert config.read(dict.fromkeys(names, empty), make=False) == config.read({}, make=False)


@pytest.mark.parametrize("name", config.NEVER_EMPTY)
def test_an_empty_place_stops_the_start(name: str) -> None:
    """As `SPOTTER_DATABASE_URL=$DATABASE` where nothing has set DATABASE: reports would go into a new database on SQLite."""
    with pytest.raises(SystemExit) as stopped:
        config.read({name: " "}, make=False)
    assert str(stopped.value).splitlines()[1:] == [f"  {name}: it is empty. Give a value, or leave it out."]


@pytest.mark.parametrize(
    ("name", "value", "instead"),
    [
        ("SPOTTER_BASE_URL", "https://spotter.test:99999", "give http(s)://host"),
        ("SPOTTER_BASE_URL", "https://spotter.test:port", "give http(s)://host"),
        ("SPOTTER_DATABASE_URL", "postgresql:spotter", "give postgresql+psycopg://user"),
        ("SPOTTER_DATABASE_URL", "postgresql://user@host:port/spotter", "give postgresql+psycopg://user"),
        ("SPOTTER_DATABASE_URL", "postgresql+psycopg://user:hun@ter2@host/spotter", "as %40"),
        ("SPOTTER_DATA_DIR", "~/spotter", "without ~"),
        ("SPOTTER_METRICS_TOKEN", "sixteen characters", "without spaces"),
        ("SPOTTER_METRICS_TOKEN", "clé-secrète-12345", "ASCII"),
    ],
)
def test_a_value_that_cannot_work_stops_the_start_in_a_line(
    tmp_path: Path, name: str, value: str, instead: str
) -> None:
    with pytest.raises(SystemExit) as stopped:
        config.read({"SPOTTER_DATA_DIR": str(tmp_path), name: value}, make=False)
    (line,) = str(stopped.value).splitlines()[1:]
    assert line.startswith(f"  {name}: ") and instead in line and "hun" not in line


def test_a_database_is_reached_by_its_socket(tmp_path: Path) -> None:
    for url in (
        "postgresql+psycopg:///spotter",
        "postgresql+psycopg://spotter@/spotter?host=/run/postgresql&port=5433",
    ):
        assert config.read({"SPOTTER_DATA_DIR": str(tmp_path), "SPOTTER_DATABASE_URL": url}).database_url == url


BUCKET = "s3://evidence/prod?endpoint=https://s3.host.test&region=eu-1"
KEYS = {"AWS_ACCESS_KEY_ID": "key", "AWS_SECRET_ACCESS_KEY": "a secret"}


@pytest.mark.parametrize(
    "url",
    [
        "file:", "file:/a/folder", BUCKET, "s3://evidence?region=eu-central-1", "s3://evidence/?endpoint=https://s3.host.test:9000",
        "s3://evidence/a/b?endpoint=http%3A%2F%2F127.0.0.1%3A9000", "s3://evidence?endpoint=http://localhost:9000",
        "s3://evidence?endpoint=http://[::1]:9000",
    ],
)  # fmt: skip
def test_evidence_is_in_a_folder_or_in_a_bucket(tmp_path: Path, url: str) -> None:
    settings = config.read({"SPOTTER_DATA_DIR": str(tmp_path), "SPOTTER_VAULT_URL": url} | KEYS)
    assert settings.vault_url == url and "a secret" not in repr(settings)


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("file:evidence", "give file:, file:/a/folder or s3://"),
        ("https://evidence", "give file:, file:/a/folder or s3://"),
        ("s3:evidence", "give file:, file:/a/folder or s3://"),
        ("s3://", "the bucket's name"),
        ("s3://Evidence?region=eu-1", "the bucket's name"),
        ("s3://evidence:9000?region=eu-1", "the bucket's name"),
        ("s3://e..e?region=eu-1", "the bucket's name"),
        ("s3://key:hunter2@evidence?region=eu-1", "credentials belong in AWS_ACCESS_KEY_ID"),
        ("s3://evidence/../x?region=eu-1", "the prefix has"),
        ("s3://evidence/a//b?region=eu-1", "the prefix has"),
        ("s3://evidence/a b?region=eu-1", "the prefix has"),
        ("s3://evidence/a%2fb?region=eu-1", "the prefix has"),
        ("s3://evidence", "give its region"),
        ("s3://evidence?region=EU West", "region has"),
        ("s3://evidence?region=eu-1#x", "give file:"),
        ("s3://evidence?region=eu-1&secret=hunter2", "after the ? stand endpoint and region, each at most once"),
        ("s3://evidence?region=eu-1&region=eu-2", "after the ? stand endpoint and region, each at most once"),
        ("s3://evidence?endpoint=http://s3.host.test", "needs https://"),
        ("s3://evidence?endpoint=http://127.0.0.1.host.test", "needs https://"),
        ("s3://evidence?endpoint=ftp://s3.host.test", "endpoint is https://host"),
        ("s3://evidence?endpoint=s3.host.test", "endpoint is https://host"),
        ("s3://evidence?endpoint=", "endpoint is https://host"),
        ("s3://evidence?endpoint=https://", "endpoint is https://host"),
        ("s3://evidence?endpoint=https://host:port", "endpoint is https://host"),
        ("s3://evidence?endpoint=https://[::1", "endpoint is https://host"),
        ("s3://evidence?endpoint=https://host/path", "endpoint is https://host"),
        ("s3://evidence?endpoint=https://key:hunter2@host", "credentials belong in AWS_ACCESS_KEY_ID"),
        ("s3://[evidence?region=eu-1", "the bucket's name"),
    ],
)
def test_a_vault_that_cannot_be_is_told_with_the_other_errors(tmp_path: Path, url: str, why: str) -> None:
    given = {"SPOTTER_DATA_DIR": str(tmp_path), "SPOTTER_VAULT_URL": url, "SPOTTER_PORT": "x"} | KEYS
    with pytest.raises(SystemExit) as stopped:
        config.read(given)
    (line,) = [line for line in str(stopped.value).splitlines() if line.startswith("  SPOTTER_VAULT_URL: ")]
    assert why in line
    assert "SPOTTER_PORT" in str(stopped.value) and "hunter2" not in str(stopped.value)


def test_a_bucket_needs_its_credentials_and_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setting_checks, "find_spec", lambda _: None)
    with pytest.raises(SystemExit) as stopped:
        config.read({"SPOTTER_DATA_DIR": str(tmp_path), "SPOTTER_VAULT_URL": BUCKET})
    assert "s3:// needs obstore. Run: pip install -r requirements-scale.txt" in str(stopped.value)
    assert "AWS_ACCESS_KEY_ID: " in str(stopped.value) and "AWS_SECRET_ACCESS_KEY: " in str(stopped.value)
    config.read({"SPOTTER_DATA_DIR": str(tmp_path), "SPOTTER_VAULT_URL": "file:"})
    with pytest.raises(SystemExit, match="SPOTTER_VAULT_KEY_ID: there is no such setting"):
        config.read({"SPOTTER_DATA_DIR": str(tmp_path), "SPOTTER_VAULT_KEY_ID": "key"})


@pytest.mark.parametrize("key", ["a1" * 31, "a1" * 33, "g1" * 32, "a1" * 31 + " 1"])
def test_an_audit_key_is_64_hexadecimal_digits(key: str, tmp_path: Path) -> None:
    given = {"SPOTTER_DATA_DIR": str(tmp_path), "SPOTTER_AUDIT_KEY": key}
    with pytest.raises(SystemExit, match="AUDIT_KEY: give 64 hexadecimal digits"):
        config.read(given)
    assert config.read(given | {"SPOTTER_AUDIT_KEY": "A1" * 32}).audit_key == "A1" * 32
