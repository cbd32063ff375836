"""The settings in force, for whoever runs the machine, without any secret. Pure."""

import re
from collections.abc import Mapping
from dataclasses import fields
from typing import Any

from server.core.config import AWS_KEYS, Settings

FIXED = {"max_part", "max_body", "max_json"}  # by the contract: nobody sets them
HIDDEN = "…"
# Of an address: the password before the @, and every parameter but those that are known to hold no secret.
_PASSWORD = re.compile(r"(//[^/?#\s:@]*):[^/?#\s]*@")
_PARAMETER = re.compile(r"([?&;])([^=&;#\s]*)=([^&;#]*)")
OPEN_PARAMETERS = {"starttls", "endpoint", "region", "sslmode", "timeout", "connect_timeout", "application_name"}


def shown(settings: Settings) -> list[tuple[str, str | bool]]:
    """Each setting by its name and its value as text; True and False for a secret that is set or not set."""
    rows: list[tuple[str, str | bool]] = []
    for field in fields(settings):
        if field.name in FIXED:
            continue
        value = getattr(settings, field.name)
        secret = not field.repr or field.name in AWS_KEYS
        rows.append((_name(field.name), bool(value) if secret else _text(field.name, value)))
    return rows


def _name(name: str) -> str:
    return _AWS.get(name, f"SPOTTER_{name.upper()}")


_AWS: Mapping[str, str] = {"vault_key_id": "AWS_ACCESS_KEY_ID", "vault_secret": "AWS_SECRET_ACCESS_KEY"}


def _text(name: str, value: Any) -> str:
    if isinstance(value, bool):
        return str(int(value))
    return without_secrets(str(value)) if name.endswith("_url") else str(value)


def without_secrets(address: str) -> str:
    """An address without its password, and without the value of a parameter that may hold one."""
    address = _PASSWORD.sub(rf"\1:{HIDDEN}@", address)
    rest = address.partition("//")[2].replace(f":{HIDDEN}@", "", 1)
    host = rest.partition("/")[0]
    if "@" in host or (":" in host and "@" in rest):  # a form that was not foreseen, such as a slash in the password
        return HIDDEN
    return _PARAMETER.sub(lambda found: _parameter(*found.groups()), address)


def _parameter(sign: str, name: str, value: str) -> str:
    return f"{sign}{name}={value if name.lower() in OPEN_PARAMETERS else HIDDEN}"
