"""A webhook's signing secret, as standardwebhooks.com has it: how it is written, and what names it on pages. Pure."""

import base64
import hashlib

PREFIX = "whsec_"
LEAST, MOST = 24, 64  # random bytes; the specification of Standard Webhooks
ACTIVE = 2  # secrets at most that sign at once, while one is rotated


def written(random: bytes) -> str:
    """The secret of these random bytes."""
    return PREFIX + base64.b64encode(random).decode()


def fingerprint(secret: str) -> str:
    """The first 8 hexadecimal digits of its SHA-256: enough to tell two apart, nothing to sign with."""
    return hashlib.sha256(secret.encode()).hexdigest()[:8]
