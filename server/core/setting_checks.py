"""What a setting may be: each check says what to enter instead. For the operator, so in English."""

from collections.abc import Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from marshmallow import ValidationError, validate

from server.core import return_address, vault_address

NOBODY, NO_ADDRESS = "Cyber Spotter", "notices@cyber-spotter.example"  # until the operator says who answers for it
LOOPBACK = ("127.0.0.1", "localhost", "::1")
NO_MAIL = "give file: or smtp://user:password@host:port?starttls=1"
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
        raise ValidationError("give imaps://user:password@host/folder, imap://…?starttls=1 or file:/a/folder")
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


def database_errors(url: str) -> list[str]:
    """What keeps a database at this address from being used. One in memory would lose what was acknowledged."""
    if not url or url.startswith(("postgresql:", "postgresql+psycopg:")):
        return []
    if not url.startswith("sqlite:"):
        return ["SPOTTER_DATABASE_URL: give sqlite:///… or postgresql://…."]
    file = url.removeprefix("sqlite:///").partition("?")[0]
    if file in ("", ":memory:") or file.startswith(("sqlite:", "file:")):
        return ["SPOTTER_DATABASE_URL: give a file, as in sqlite:////var/lib/spotter/spotter.sqlite3."]
    return []
