"""Every setting, typed and commented. From the environment, prefix SPOTTER_; all errors are listed at once."""

import os
import re
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from environs import Env, EnvError
from flask.cli import load_dotenv
from flask.helpers import get_load_dotenv
from marshmallow import ValidationError, validate

from server.core import return_address, vault_address

MEGABYTE = 1024 * 1024
JOIN_PATHS = {"open": "/join", "apply": "/apply", "invited": ""}


@dataclass(frozen=True)
class Settings:
    """How this instance runs. One object, read once at start."""

    host: str  # address the embedded server binds
    port: int  # and its port
    base_url: str  # where people reach it; stands in every mail and answer link; no slash at the end
    database_url: str  # SQLAlchemy address; SQLite in the data folder by default
    data_dir: Path  # database, evidence, mail files, secret
    mail_url: str  # "file:" writes one .eml a message; smtp://user:pass@host:port?starttls=1 sends
    mail_from: str  # envelope and From of all mail
    return_address: (
        str  # where bounces of and replies to notices go, with a token of each after a +; empty: nowhere of their own
    )
    mailbox_url: str = field(
        repr=False
    )  # where mail that comes back is read: imaps://user:pass@host/folder, file:/a/maildir; or empty
    organisation: str  # the notifier: the organisation, never a person
    audit_mail: str  # a second person who gets the audit trail's head once a week, beside the administrators; or empty
    contact_email: str  # its address, as DSA Art. 16(2)(c) asks
    privacy_email: str  # the data protection officer, or whoever answers for personal data; empty: the address above
    hosting: str  # who runs the machine and in which country, as the privacy page says it; empty: the page says to ask
    backup_days: int  # after so many days the operator's oldest backup is deleted; 0: the page says to ask
    vault_url: (
        str  # "file:" keeps evidence in the data folder; s3://bucket/prefix?endpoint=https://…&region=… in a bucket
    )
    vault_key_id: str  # for s3://, from AWS_ACCESS_KEY_ID
    vault_secret: str = field(repr=False)  # and AWS_SECRET_ACCESS_KEY
    secret_key: str = field(repr=False)  # signs cookies and answer links
    page_copy: str  # why copies of whole pages are kept, for others' data come with them; empty: none is taken
    reports_per_minute: int  # per account; 0: no limit, also for what strangers send
    undo_seconds: int  # how long a decision can be undone, before anything of it leaves; 0: it takes effect at once
    factor_days: (
        int  # so long after they are first asked staff sign in without a second factor; -1: always, if they like
    )
    claim_minutes: int  # how long a case stays claimed after its coordinator last acted on it
    joining: str  # how one becomes a spotter: open (sign up), apply (a coordinator invites from applications), invited
    demo: bool  # invented people and marketplaces; only on loopback
    real_data_ready: bool  # the operator has recorded a data-protection assessment
    disk_free_mb: int  # with less free space, in MB, /readyz says that the disk is not ready
    metrics_token: str = field(repr=False)  # who brings it as a bearer token reads /metrics; without one, see `local`
    behind_proxy: bool  # trust one X-Forwarded-* hop

    # What the contract fixes, in bytes.
    max_part: int = 10 * MEGABYTE
    max_body: int = 25 * MEGABYTE
    max_json: int = 1 * MEGABYTE

    @property
    def secure(self) -> bool:
        """Whether people come over https."""
        return self.base_url.startswith("https://")

    @property
    def local(self) -> bool:
        """Whether this is for the people of this machine alone."""
        return urlsplit(self.base_url).hostname in LOOPBACK

    @property
    def join_path(self) -> str:
        """Where somebody becomes a spotter; empty where only those who are invited do."""
        return JOIN_PATHS[self.joining]


def read(environment: dict[str, str] | None = None, make: bool = True) -> Settings:
    """Settings from the environment (or from `environment`, in tests).

    Whatever reads them, a command, a web process or a worker, reads a `.env` by Flask's own rule: of the working folder,
    else of the nearest folder above, and what the environment has goes before it. `make`: make the data folder and a
    secret when there are none; without it `secret_key` is then empty (`with_secret`).
    Raises SystemExit with one line for each thing that is wrong.
    """
    if environment is None and get_load_dotenv():
        load_dotenv()
    env = Env(eager=False, prefix="SPOTTER_")
    if environment is not None:
        env = _Given(environment)
    data_dir = env.path("DATA_DIR", Path("instance"))
    values: dict[str, Any] = {
        "host": env.str("HOST", "127.0.0.1"),
        "port": env.int("PORT", 8000, validate=validate.Range(1, 65535)),
        "base_url": env.str("BASE_URL", ""),
        "database_url": env.str("DATABASE_URL", ""),
        "mail_url": env.str("MAIL_URL", "file:", validate=_mail_url),
        "mail_from": env.str("MAIL_FROM", NO_ADDRESS, validate=validate.Email()),
        "mailbox_url": env.str("MAILBOX_URL", "", validate=_mailbox_url),
        "return_address": env.str("RETURN_ADDRESS", "", validate=_return_address),
        "organisation": env.str("ORGANISATION", NOBODY, validate=validate.Length(1, 200)),
        "contact_email": env.str("CONTACT_EMAIL", NO_ADDRESS, validate=validate.Email()),
        "audit_mail": env.str("AUDIT_MAIL", "", validate=_email_or_nothing),
        "privacy_email": env.str("PRIVACY_EMAIL", "", validate=_email_or_nothing),
        "hosting": env.str("HOSTING", "", validate=validate.Length(max=200)),
        "backup_days": env.int("BACKUP_DAYS", 0, validate=validate.Range(0, 3660)),
        "vault_url": env.str("VAULT_URL", "file:"),
        "secret_key": env.str("SECRET_KEY", ""),
        "page_copy": env.str("PAGE_COPY", "", validate=validate.Length(max=500)),
        "reports_per_minute": env.int("REPORTS_PER_MINUTE", 60, validate=validate.Range(0)),
        "undo_seconds": env.int("UNDO_SECONDS", 10, validate=validate.Range(0, 3600)),
        "factor_days": env.int("FACTOR_DAYS", 30, validate=validate.Range(-1, 365)),
        "claim_minutes": env.int("CLAIM_MINUTES", 30, validate=validate.Range(1, 1440)),
        "joining": env.str("JOINING", "open", validate=validate.OneOf(list(JOIN_PATHS))),
        "demo": env.bool("DEMO", False),
        "real_data_ready": env.bool("REAL_DATA_READY", False),
        "disk_free_mb": env.int("DISK_FREE_MB", 500, validate=validate.Range(0)),
        "metrics_token": env.str("METRICS_TOKEN", ""),
        "behind_proxy": env.bool("BEHIND_PROXY", False),
    }
    errors = _errors(env)
    host = values["host"]
    values["page_copy"] = (values["page_copy"] or "").strip()
    if values["base_url"] and not re.fullmatch(r"https?://[^\s/?#@]+/?", values["base_url"]):
        errors.append("SPOTTER_BASE_URL: give http(s)://host or http(s)://host:port, without a path.")
    if values["database_url"] and not values["database_url"].startswith(
        ("sqlite:", "postgresql:", "postgresql+psycopg:")
    ):
        errors.append("SPOTTER_DATABASE_URL: give sqlite:///… or postgresql://….")
    if values["secret_key"] and len(values["secret_key"]) < SHORTEST_SECRET:
        errors.append(f"SPOTTER_SECRET_KEY: at least {SHORTEST_SECRET} characters, or none: one is made and kept.")
    if values["metrics_token"] and len(values["metrics_token"]) < SHORTEST_SECRET:
        errors.append(f"SPOTTER_METRICS_TOKEN: at least {SHORTEST_SECRET} characters.")
    if values["real_data_ready"]:
        errors += _not_for_real_data(values)
    surroundings = os.environ if environment is None else environment
    values["vault_key_id"] = surroundings.get("AWS_ACCESS_KEY_ID", "")
    values["vault_secret"] = surroundings.get("AWS_SECRET_ACCESS_KEY", "")
    errors += vault_errors(
        "SPOTTER_VAULT_URL", values["vault_url"] or "", values["vault_key_id"], values["vault_secret"]
    )
    errors += _unknown(surroundings)
    if values["demo"] and host not in LOOPBACK:
        errors.append(
            f"SPOTTER_DEMO: demo people have printed passwords, so the demo is refused on {host}; use 127.0.0.1"
        )
    if errors:
        raise SystemExit("Cyber Spotter cannot start:\n" + "\n".join(f"  {line}" for line in errors))
    data_dir = data_dir.absolute()
    values["data_dir"] = data_dir
    values["base_url"] = values["base_url"].rstrip("/") or f"http://{host}:{values['port']}"
    values["database_url"] = values["database_url"] or f"sqlite:///{data_dir / 'spotter.sqlite3'}"
    values["secret_key"] = values["secret_key"] or _kept_secret(data_dir, make)
    return Settings(**values)


def with_secret(settings: Settings) -> Settings:
    """The same settings with the secret; made now when there is none."""
    return replace(settings, secret_key=settings.secret_key or _kept_secret(settings.data_dir, make=True))


SHORTEST_SECRET = 16
NOBODY, NO_ADDRESS = "Cyber Spotter", "notices@cyber-spotter.example"  # until the operator says who answers for it
NOT_OURS = {  # for tests and benchmarks
    "SPOTTER_REAL_DATA", "SPOTTER_TEST_POSTGRESQL", "SPOTTER_FAULT_ROUNDS", "SPOTTER_WALK", "SPOTTER_WALK_ONLY",
    "SPOTTER_WALK_PART", "SPOTTER_BENCH_FOLDER",
    "SPOTTER_PEER_PYTHON", "SPOTTER_SCALE_DATABASE",
}  # fmt: skip
LOOPBACK = ("127.0.0.1", "localhost", "::1")
NO_MAIL = "give file: or smtp://user:password@host:port?starttls=1"
AWS_KEYS = {"vault_key_id", "vault_secret"}  # have names that every S3 client knows, and no others


class _Given(Env):
    """The same reader over a dictionary instead of the process's environment."""

    def __init__(self, values: dict[str, str]) -> None:
        super().__init__(eager=False, prefix="SPOTTER_")
        self._values = values

    def _get_value(self, env_key: str, default: Any) -> Any:
        return self._values.get(env_key, default)


def vault_errors(setting: str, url: str, key_id: str, secret: str) -> list[str]:
    """What keeps a vault at this address from being used: each line names the setting."""
    try:
        address = vault_address.read(url, Path())
    except ValueError as problem:
        return [f"{setting}: {problem}."]
    if isinstance(address, vault_address.FolderAddress):
        return []
    errors = []
    if not find_spec("obstore"):
        errors.append(f"{setting}: s3:// needs obstore. Run: pip install -r requirements-scale.txt")
    for name, value in (("AWS_ACCESS_KEY_ID", key_id), ("AWS_SECRET_ACCESS_KEY", secret)):
        if not value:
            errors.append(f"{name}: {setting} with s3:// needs it.")
    return errors


def _email_or_nothing(value: str) -> None:
    if value:
        validate.Email()(value)


def _mailbox_url(value: str) -> None:
    if not value:
        return
    try:
        url = urlsplit(value)
        usable = bool(url.path.startswith("/") if url.scheme == "file" else url.hostname and url.username)
        usable = usable and url.scheme in ("file", "imap", "imaps") and url.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ValidationError("give imaps://user:password@host/folder, imap://…?starttls=1 or file:/a/folder")
    if url.scheme == "imap" and parse_qs(url.query).get("starttls") != ["1"] and url.hostname not in LOOPBACK:
        raise ValidationError("this would send the password unencrypted: add ?starttls=1, or use imaps://")


def _return_address(value: str) -> None:
    _email_or_nothing(value)
    if len(value.rpartition("@")[0]) > return_address.LONGEST_OWN:
        raise ValidationError(f"give one with at most {return_address.LONGEST_OWN} characters before its @")


def _not_for_real_data(values: Mapping[str, Any]) -> list[str]:
    """What would go wrong silently with real reports: each line says what to set."""
    because = "SPOTTER_REAL_DATA_READY=1 needs it."
    errors = []
    if values["demo"]:
        errors.append(
            "SPOTTER_DEMO: the demo's people have printed passwords. Leave it out with SPOTTER_REAL_DATA_READY=1."
        )
    if (values["mail_url"] or "").startswith("file:"):
        errors.append(f"SPOTTER_MAIL_URL: mail in files reaches nobody. Give smtp:// or smtps://. {because}")
    if (values["organisation"] or NOBODY).strip() in (NOBODY, ""):
        errors.append(f"SPOTTER_ORGANISATION: name the organisation that sends the notices. {because}")
    for name in ("contact_email", "mail_from"):
        if (values[name] or NO_ADDRESS).lower().endswith(INVENTED):
            errors.append(f"SPOTTER_{name.upper()}: give an address that receives mail. {because}")
    host = urlsplit(values["base_url"] or "http://localhost").hostname or ""
    if host in LOOPBACK or host.startswith(("127.", "0.")) or host.endswith(".localhost"):
        errors.append(f"SPOTTER_BASE_URL: give the address where companies and spotters reach this server. {because}")
    return errors


INVENTED = (".example", "@example.com", "@example.net", "@example.org", "@localhost")


def _mail_url(value: str) -> None:
    try:
        url = urlsplit(value)
        usable = url.scheme == "file" or (url.scheme in ("smtp", "smtps") and url.hostname and url.port != 0)
    except ValueError:  # a port that is no number, or too large
        usable = False
    if not usable:
        raise ValidationError(NO_MAIL)
    secret, encrypted = (
        url.username or url.password,
        url.scheme == "smtps" or parse_qs(url.query).get("starttls") == ["1"],
    )
    if secret and not encrypted and url.hostname not in LOOPBACK:
        raise ValidationError("this would send the password unencrypted: add ?starttls=1, or use smtps://")


def _errors(env: Env) -> list[str]:
    try:
        env.seal()
    except (EnvError, ValidationError) as problem:
        messages = getattr(problem, "error_messages", None) or {"": [str(problem)]}
        return [f"{name}: {' '.join(map(str, problems))}" for name, problems in messages.items()]
    return []


def _unknown(environment: Mapping[str, str]) -> list[str]:
    """A misspelt setting would silently do nothing."""
    known = {f"SPOTTER_{field.name.upper()}" for field in fields(Settings) if field.name not in AWS_KEYS} | NOT_OURS
    return [
        f"{name}: there is no such setting."
        for name in environment
        if name.startswith("SPOTTER_") and name not in known
    ]


def _kept_secret(data_dir: Path, make: bool) -> str:
    """The secret made at the first start and kept beside the data, readable by its owner alone. Empty without `make`.

    It is written whole under another name, and the first link to its own name counts: a second process that starts in
    the same moment reads the same, and a crash leaves no half of it. Raises SystemExit when it is empty all the same.
    """
    path = data_dir / "secret_key"
    try:
        if data_dir.exists() and not data_dir.is_dir():
            raise FileExistsError(17, "File exists")
        if not path.exists():
            if not make:
                return ""
            data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = data_dir / f"secret_key.{secrets.token_hex(8)}"
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(48))
            with suppress(FileExistsError):
                path.hardlink_to(draft)
            draft.unlink()
        secret = path.read_text().strip()
    except OSError as problem:
        raise SystemExit(
            f"Cyber Spotter cannot start:\n  SPOTTER_DATA_DIR: cannot use {data_dir}: {problem.strerror}."
        ) from None
    if len(secret) < SHORTEST_SECRET:
        raise SystemExit(
            f"Cyber Spotter cannot start:\n  {path} does not contain a secret: restore it from your backup, "
            "or delete the file and a new one is made (answer links sent so far then end)."
        )
    return secret
