"""The codes of a second factor: of an authenticator app (TOTP, RFC 6238), and for recovery. Pure."""

import secrets
from datetime import datetime

import pyotp

STEP = 30  # seconds that a code is shown, RFC 6238 section 5.2
DRIFT = 1  # steps that a phone's clock may be behind or ahead
DIGITS = 6
RECOVERY_CODES = 10
RECOVERY_SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O or U
RECOVERY_LENGTH = 16  # signs: 80 bits, so that one pass of SHA-256 keeps them


def new_key() -> str:
    """A key for an authenticator app: 160 bits, in base 32."""
    return pyotp.random_base32()


def address(key: str, name: str, issuer: str) -> str:
    """What a QR code says to an authenticator app."""
    return pyotp.TOTP(key).provisioning_uri(name=name, issuer_name=issuer.replace(":", " "))


def step_of(key: str, code: str, at: datetime) -> int | None:
    """The step whose code this is, the present one or one beside it; None for a wrong code."""
    digits = "".join(code.split())
    if len(digits) != DIGITS or not (digits.isascii() and digits.isdigit()):
        return None
    totp, first = pyotp.TOTP(key), oldest_step(at)
    steps = range(first, first + 2 * DRIFT + 1)
    return next((step for step in steps if secrets.compare_digest(totp.generate_otp(step), digits)), None)


def oldest_step(at: datetime) -> int:
    """The first step whose code still counts."""
    return int(at.timestamp()) // STEP - DRIFT


def new_recovery_codes() -> list[str]:
    """A set of recovery codes, as they are shown: `7K3M-9Q2X-…`."""
    signs = ["".join(secrets.choice(RECOVERY_SIGNS) for _ in range(RECOVERY_LENGTH)) for _ in range(RECOVERY_CODES)]
    return [grouped(code) for code in signs]


def recovery_code(typed: str) -> str:
    """A recovery code as it is kept, however it was grouped or written; empty for what cannot be one."""
    code = "".join(sign for sign in typed.upper().translate(_MISREAD) if sign.isalnum())
    return code if len(code) == RECOVERY_LENGTH and set(code) <= set(RECOVERY_SIGNS) else ""


_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def grouped(text: str) -> str:
    """In fours, to read and to type."""
    return "-".join(text[place : place + 4] for place in range(0, len(text), 4))
