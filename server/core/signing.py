"""The key that signs exported proof: derived from SPOTTER_AUDIT_KEY, so that every machine has the same; without that setting it
is in the data folder, made when it is first needed, readable by its owner alone.

ECDSA on P-256 with SHA-256 (FIPS 186-5), since every `openssl` of the last fifteen years checks it with `dgst -verify`. It is not
the key of the audit trail: that one is a shared secret, which nobody else could check anything with.
"""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from server.core import web
from server.core.sentences import sentence
from server.core.words import Refused

KEY = "evidence_key.pem"
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of P-256 (NIST SP 800-186)


class SigningKey(NamedTuple):
    """The key, its public half as PEM, and the fingerprint by which it is named: SHA-256 of the public half as DER."""

    private: ec.EllipticCurvePrivateKey
    public_pem: bytes
    fingerprint: str

    def sign(self, data: bytes) -> bytes:
        """The signature, DER."""
        return self.private.sign(data, ec.ECDSA(hashes.SHA256()))


def key() -> SigningKey:
    """The key of this installation. Raises Refused("unavailable") for a file that holds none."""
    if given := web.settings().audit_key:
        return _named(_derived(bytes.fromhex(given)))
    path = path_of_key()
    if not path.exists():
        _make(path)
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError):
        private = None
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise Refused("unavailable", sentence("%(path)s is not a signing key of ours.", path=str(path)))
    return _named(private)


def _derived(secret: bytes) -> ec.EllipticCurvePrivateKey:
    """Always the same from the same secret, which nobody can find out from it: 64 bits more than needed (FIPS 186-5, A.2.1)."""
    number = int.from_bytes(hmac.digest(secret, b"the key that signs manifests", "sha512")[:40])
    return ec.derive_private_key(number % (ORDER - 1) + 1, ec.SECP256R1())


def _named(private: ec.EllipticCurvePrivateKey) -> SigningKey:
    public, info = private.public_key(), serialization.PublicFormat.SubjectPublicKeyInfo
    der = public.public_bytes(serialization.Encoding.DER, info)
    return SigningKey(private, public.public_bytes(serialization.Encoding.PEM, info), hashlib.sha256(der).hexdigest())


def path_of_key() -> Path:
    """Where it is."""
    return web.settings().data_dir / KEY


def _make(path: Path) -> None:
    """Whole or not at all, on the disk, and once: of two processes the first one's stays."""
    pem = ec.generate_private_key(ec.SECP256R1()).private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    draft = path.with_name(f"{KEY}.{secrets.token_hex(8)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            path.hardlink_to(draft)
    finally:
        draft.unlink()
