"""What a setting may be: each check says what to enter instead. For the operator, so in English."""

import re
from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qs, urlsplit

from marshmallow import ValidationError, validate
from sqlalchemy import make_url
from sqlalchemy.exc import ArgumentError

from server.core import return_address, vault_address

NOBODY, NO_ADDRESS = "Cyber Spotter", "notices@cyber-spotter.example"  # until the operator says who answers for it
LOOPBACK = ("127.0.0.1", "localhost", "::1")
ESCAPED = "in a password, write @ : / ? # as %40 %3A %2F %3F %23"
NO_MAIL = f"give file:, file:/a/folder or smtp://user:password@host:port?starttls=1; {ESCAPED}"
NO_MAILBOX = f"give imaps://user:password@host/folder, imap://…?starttls=1 or file:/a/folder; {ESCAPED}"
INVENTED = (".example", "@example.com", "@example.net", "@example.org", "@localhost")


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


def audit_key(value: str) -> None:
    """Raises ValidationError for what is neither 64 hexadecimal digits nor empty."""
    if value and not re.fullmatch("[0-9a-fA-F]{64}", value):
        raise ValidationError("give 64 hexadecimal digits, as `openssl rand -hex 32` prints them.")


def email_or_nothing(value: str) -> None:
    """Raises ValidationError for what is neither an email address nor empty."""
    if value:
        validate.Email()(value)


def mailbox_url(value: str) -> None:
    """Raises ValidationError unless mail can be read there, and no password would travel in the clear."""
    if not value:
        return
    try:
        url = urlsplit(value)
        usable = bool(url.path.startswith("/") if url.scheme == "file" else url.hostname and url.username)
        usable = usable and url.scheme in ("file", "imap", "imaps") and url.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise ValidationError(NO_MAILBOX)
    if url.scheme == "imap" and parse_qs(url.query).get("starttls") != ["1"] and url.hostname not in LOOPBACK:
        raise ValidationError("this would send the password unencrypted: add ?starttls=1, or use imaps://")


def return_to(value: str) -> None:
    """Raises ValidationError for an address that leaves no room for the token of a notice."""
    email_or_nothing(value)
    if len(value.rpartition("@")[0]) > return_address.LONGEST_OWN:
        raise ValidationError(f"give one with at most {return_address.LONGEST_OWN} characters before its @")


def mail_url(value: str) -> None:
    """Raises ValidationError unless mail can be sent there, and no password would travel in the clear."""
    try:
        url = urlsplit(value)
        usable = _is_folder(url) or _is_mail_server(url)
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


def _is_folder(url: SplitResult) -> bool:
    return url.scheme == "file" and not url.netloc and url.path[:1] in ("", "/")


def _is_mail_server(url: SplitResult) -> bool:
    named = url.scheme in ("smtp", "smtps") and url.hostname and url.port != 0 and url.path in ("", "/")
    return bool(named) and url.query in ("", "starttls=0", "starttls=1") and not url.fragment


def not_for_real_data(values: Mapping[str, Any]) -> list[str]:
    """What would go wrong silently with real reports: each line says what to set."""
    because = "SPOTTER_REAL_DATA_READY=1 needs it."
    errors = []
    if values["demo"]:
        errors.append(
            "SPOTTER_DEMO: the demo's people have printed passwords. Leave it out with SPOTTER_REAL_DATA_READY=1."
        )
    if (values["mail_url"] or "").startswith("file:"):
        errors.append(f"SPOTTER_MAIL_URL: emails in files reach nobody. Give smtp:// or smtps://. {because}")
    if (values["organisation"] or NOBODY).strip() in (NOBODY, ""):
        errors.append(f"SPOTTER_ORGANISATION: name the organisation that sends the notices. {because}")
    for name in ("contact_email", "mail_from"):
        if (values[name] or NO_ADDRESS).lower().endswith(INVENTED):
            errors.append(f"SPOTTER_{name.upper()}: give an address that receives email. {because}")
    url = urlsplit(values["base_url"] or "http://localhost")
    host = url.hostname or ""
    if host in LOOPBACK or host.startswith(("127.", "0.")) or host.endswith((".localhost", ".example")):
        errors.append(f"SPOTTER_BASE_URL: give the address where companies and spotters reach this server. {because}")
    elif url.scheme != "https":
        errors.append(f"SPOTTER_BASE_URL: give https://, or passwords and reports travel unencrypted. {because}")
    return errors


def data_dir_errors(folder: Path) -> list[str]:
    """No shell reads this setting: a `~` would make a folder of that name."""
    return ["SPOTTER_DATA_DIR: write the path without ~."] if folder.parts[:1] and folder.parts[0][:1] == "~" else []


def base_url_errors(url: str) -> list[str]:
    """Why links cannot begin with this address."""
    if not url:
        return []
    try:
        usable = re.fullmatch(r"https?://[^\s/?#@]+/?", url) and urlsplit(url).hostname and urlsplit(url).port != 0
    except ValueError:  # a port that is no number, or too large
        usable = False
    return [] if usable else ["SPOTTER_BASE_URL: give http(s)://host or http(s)://host:port, without a path."]


def database_errors(url: str) -> list[str]:
    """What keeps a database at this address from being used. One in memory would lose what was acknowledged."""
    if not url:
        return []
    if url.startswith(("postgresql:", "postgresql+psycopg:")):
        try:
            usable = "@" not in (make_url(url).host or "")
        except (ArgumentError, ValueError):
            usable = False
        form = f"SPOTTER_DATABASE_URL: give postgresql+psycopg://user:password@host/name; {ESCAPED}."
        return [] if usable else [form]
    if not url.startswith("sqlite:"):
        return ["SPOTTER_DATABASE_URL: give sqlite:///… or postgresql+psycopg://…."]
    file = url.removeprefix("sqlite:///").partition("?")[0]
    if file in ("", ":memory:") or file.startswith(("sqlite:", "file:")):
        return ["SPOTTER_DATABASE_URL: give a file, as in sqlite:////var/lib/spotter/spotter.sqlite3."]
    return []
