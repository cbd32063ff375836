"""Encryption of the few secrets that must be readable again: AES-256-GCM, with a key made of the installation's secret.

What only has to be compared is stored as a hash instead. The key is derived (HKDF, RFC 5869) from `SPOTTER_SECRET_KEY`, which
every process has and no copy of the database contains. With another secret, nothing encrypted earlier can be read.
"""

import base64
import secrets
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from server.core import web

NONCE = 12  # bytes, NIST SP 800-38D, 8.2.2


def seal(text: str, use: str) -> str:
    """Encrypt a text. `use` says what it is and whose. Reading needs the same `use`, so an encrypted value cannot be moved
    elsewhere."""
    nonce = secrets.token_bytes(NONCE)
    return base64.urlsafe_b64encode(nonce + _cipher().encrypt(nonce, text.encode(), use.encode())).decode()


def unseal(sealed: str, use: str) -> str | None:
    """The text; None if it was changed, or encrypted for another use or with another secret."""
    try:
        data = base64.urlsafe_b64decode(sealed.encode())
        return _cipher().decrypt(data[:NONCE], data[NONCE:], use.encode()).decode()
    except (InvalidTag, ValueError):
        return None


def _cipher() -> AESGCM:
    return _made(web.settings().secret_key)


@lru_cache(maxsize=4)
def _made(secret: str) -> AESGCM:
    return AESGCM(HKDF(hashes.SHA256(), 32, None, b"cyber-spotter encryption").derive(secret.encode()))
