"""Every setting, typed and commented. From the environment, prefix SPOTTER_; all errors are listed at once."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import Env, EnvError
from flask.cli import load_dotenv
from flask.helpers import get_load_dotenv
from marshmallow import ValidationError, validate

from server.core import secret_key, setting_checks

MEGABYTE = 1024 * 1024
JOIN_PATHS = {"open": "/join", "apply": "/apply", "invited": ""}


@dataclass(frozen=True)
class Settings:
    """How this instance runs. One object, read once at start."""

    host: str  # address the embedded server binds
    port: int  # and its port
    base_url: str  # where people reach it; all links in emails begin with it; no slash at the end
    database_url: str  # SQLAlchemy address; SQLite in the data folder by default
    data_dir: Path  # database, evidence, mail files, secret
    mail_url: str  # "file:" writes one .eml per message; smtp://user:pass@host:port?starttls=1 sends
    mail_from: str  # envelope sender and From of all email
    return_address: (
        str  # where bounces of and replies to notices go, with a token of each after a +; empty: no separate address
    )
    mailbox_url: str = field(
        repr=False
    )  # where returned mail is read: imaps://user:pass@host/folder, file:/a/maildir; or empty
    organisation: str  # the notifier: the organisation, never a person
    audit_mail: str  # a second person who gets the audit trail's head once a week, beside the administrators; or empty
    contact_email: str  # its address, as DSA Art. 16(2)(c) asks
    privacy_email: str  # the data protection officer, or whoever answers for personal data; empty: the address above
    hosting: str  # who runs the machine and in which country, as the privacy page states it; empty: the page tells people to ask
    backup_days: int  # days after which the operator's oldest backup is deleted; 0: the page tells people to ask
    vault_url: (
        str  # "file:" keeps evidence in the data folder; s3://bucket/prefix?endpoint=https://…&region=… in a bucket
    )
    vault_key_id: str  # for s3://, from AWS_ACCESS_KEY_ID
    vault_secret: str = field(repr=False)  # and AWS_SECRET_ACCESS_KEY
    secret_key: str = field(repr=False)  # signs cookies and answer links
    audit_key: str = field(
        repr=False
    )  # seals the audit trail and signs manifests on every machine; empty: keys in the data folder do
    page_copy: str  # why copies of whole pages are kept, with other people's data on them; empty: none is kept
    reports_per_minute: int  # per account; 0: no limit, nor for what strangers send
    undo_seconds: (
        int  # how long a decision can be undone, before anything of it is sent; 0: it takes effect immediately
    )
    factor_days: int  # days after the first request that staff may sign in without a second factor; -1: it is optional
    claim_minutes: int  # how long a case stays claimed after its coordinator last acted on it
    joining: str  # how people become spotters: open (sign up), apply (a coordinator invites from applications), invited
    demo: bool  # invented people and marketplaces; only on loopback
    real_data_ready: bool  # the operator has recorded a data protection impact assessment (DPIA)
    disk_free_mb: int  # with less free space, in MB, /readyz says that the disk is not ready
    metrics_token: str = field(repr=False)  # the bearer token that may read /metrics; without one, see `local`
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
    def mail_to_files(self) -> bool:
        """Whether emails are written to files, and reach nobody."""
        return self.mail_url.startswith("file:")

    @property
    def local(self) -> bool:
        """Whether only people on this machine can use this instance."""
        return urlsplit(self.base_url).hostname in setting_checks.LOOPBACK

    @property
    def join_path(self) -> str:
        """Where somebody becomes a spotter; empty where only invited people do."""
        return JOIN_PATHS[self.joining]


def read(environment: dict[str, str] | None = None, make: bool = True) -> Settings:
    """Settings from the environment (or from `environment`, in tests).

    Commands, web processes and workers all read `.env` by Flask's own rule: the one in the working folder, else in the nearest
    folder above. The environment takes precedence. An empty setting counts as not set, except those of `NEVER_EMPTY`. `make`: make
    the data folder and a secret when there are none; without it `secret_key` is then empty (`with_secret`). Raises SystemExit with
    one line for each thing that is wrong.
    """
    if environment is None and get_load_dotenv():
        load_dotenv()
    surroundings = os.environ if environment is None else environment
    env = _Given(surroundings)
    data_dir = env.path("DATA_DIR", Path("instance"))
    values: dict[str, Any] = {
        "host": env.str("HOST", "127.0.0.1"),
        "port": env.int("PORT", 8000, validate=validate.Range(1, 65535)),
        "base_url": env.str("BASE_URL", ""),
        "database_url": env.str("DATABASE_URL", ""),
        "mail_url": env.str("MAIL_URL", "file:", validate=setting_checks.mail_url),
        "mail_from": env.str("MAIL_FROM", setting_checks.NO_ADDRESS, validate=validate.Email()),
        "mailbox_url": env.str("MAILBOX_URL", "", validate=setting_checks.mailbox_url),
        "return_address": env.str("RETURN_ADDRESS", "", validate=setting_checks.return_to),
        "organisation": env.str("ORGANISATION", setting_checks.NOBODY, validate=validate.Length(1, 200)),
        "contact_email": env.str("CONTACT_EMAIL", setting_checks.NO_ADDRESS, validate=validate.Email()),
        "audit_mail": env.str("AUDIT_MAIL", "", validate=setting_checks.email_or_nothing),
        "privacy_email": env.str("PRIVACY_EMAIL", "", validate=setting_checks.email_or_nothing),
        "hosting": env.str("HOSTING", "", validate=validate.Length(max=200)),
        "backup_days": env.int("BACKUP_DAYS", 0, validate=validate.Range(0, 3660)),
        "vault_url": env.str("VAULT_URL", "file:"),
        "secret_key": env.str("SECRET_KEY", ""),
        "audit_key": env.str("AUDIT_KEY", "", validate=setting_checks.audit_key),
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
    errors += setting_checks.data_dir_errors(data_dir) + setting_checks.base_url_errors(values["base_url"] or "")
    errors += setting_checks.database_errors(values["database_url"] or "")
    if values["secret_key"] and len(values["secret_key"]) < secret_key.SHORTEST:
        errors.append(f"SPOTTER_SECRET_KEY: at least {secret_key.SHORTEST} characters, or none: one is made and kept.")
    if values["metrics_token"] and not re.fullmatch(rf"[!-~]{{{secret_key.SHORTEST},}}", values["metrics_token"]):
        errors.append(f"SPOTTER_METRICS_TOKEN: at least {secret_key.SHORTEST} ASCII characters, without spaces.")
    if values["real_data_ready"]:
        errors += setting_checks.not_for_real_data(values)
    values["vault_key_id"] = surroundings.get("AWS_ACCESS_KEY_ID", "")
    values["vault_secret"] = surroundings.get("AWS_SECRET_ACCESS_KEY", "")
    errors += setting_checks.vault_errors(
        "SPOTTER_VAULT_URL", values["vault_url"] or "", values["vault_key_id"], values["vault_secret"]
    )
    errors += _emptied(surroundings) + _unknown(surroundings)
    if values["demo"] and host not in setting_checks.LOOPBACK:
        errors.append(
            f"SPOTTER_DEMO: demo people have printed passwords, so the demo is refused on {host}; use 127.0.0.1"
        )
    if errors:
        raise SystemExit("Cyber Spotter cannot start:\n" + "\n".join(f"  {line}" for line in errors))
    data_dir = data_dir.absolute()
    values["data_dir"] = data_dir
    values["base_url"] = values["base_url"].rstrip("/") or f"http://{host}:{values['port']}"
    values["database_url"] = values["database_url"] or f"sqlite:///{data_dir / 'spotter.sqlite3'}"
    values["secret_key"] = values["secret_key"] or secret_key.kept(data_dir, make)
    return Settings(**values)


def with_secret(settings: Settings) -> Settings:
    """The same settings with the secret; made now when there is none."""
    return replace(settings, secret_key=settings.secret_key or secret_key.kept(settings.data_dir, make=True))


NOT_OURS = {  # for tests and benchmarks
    "SPOTTER_REAL_DATA", "SPOTTER_TEST_POSTGRESQL", "SPOTTER_FAULT_ROUNDS", "SPOTTER_WALK", "SPOTTER_WALK_ONLY",
    "SPOTTER_WALK_PART", "SPOTTER_BENCH_FOLDER", "SPOTTER_PROGRAMME", "SPOTTER_PROGRAMME_KEPT",
    "SPOTTER_PEER_PYTHON", "SPOTTER_SCALE_DATABASE",
}  # fmt: skip
# Where data is kept and sent, and the secret: an empty one was most likely meant to be filled in by a start script.
NEVER_EMPTY = (
    "SPOTTER_DATA_DIR",
    "SPOTTER_DATABASE_URL",
    "SPOTTER_MAIL_URL",
    "SPOTTER_SECRET_KEY",
    "SPOTTER_AUDIT_KEY",
    "SPOTTER_VAULT_URL",
)
AWS_KEYS = {"vault_key_id", "vault_secret"}  # have names that every S3 client knows, and no others


class _Given(Env):
    """The reader over these values; an empty one counts as not set."""

    def __init__(self, values: Mapping[str, str]) -> None:
        super().__init__(eager=False, prefix="SPOTTER_")
        self._given = values

    def _get_value(self, env_key: str, default: Any) -> Any:
        value = self._given.get(env_key, "")
        return value if value.strip() else default


def _errors(env: Env) -> list[str]:
    try:
        env.seal()
    except (EnvError, ValidationError) as problem:
        messages = getattr(problem, "error_messages", None) or {"": [str(problem)]}
        return [f"{name}: {' '.join(map(str, problems))}" for name, problems in messages.items()]
    return []


def _emptied(environment: Mapping[str, str]) -> list[str]:
    """With the default instead, reports, evidence or emails would go where nobody looks for them."""
    empty = (name for name in NEVER_EMPTY if not environment.get(name, "set").strip())
    return [f"{name}: it is empty. Give a value, or leave it out." for name in empty]


def _unknown(environment: Mapping[str, str]) -> list[str]:
    """A misspelt setting would silently do nothing."""
    known = {f"SPOTTER_{field.name.upper()}" for field in fields(Settings) if field.name not in AWS_KEYS} | NOT_OURS
    return [
        f"{name}: there is no such setting."
        for name in environment
        if name.startswith("SPOTTER_") and name not in known
    ]
