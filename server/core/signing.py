"""The key that signs exported proof: in the data folder, made when it is first needed, readable by its owner alone.

ECDSA on P-256 with SHA-256 (FIPS 186-5), since every `openssl` of the last fifteen years checks it with `dgst -verify`. It is not
the key of the audit trail: that one is a shared secret, which nobody else could check anything with.
"""

import hashlib
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
    path = path_of_key()
    if not path.exists():
        _make(path)
    try:
        private = serialization.load_pem_private_key(path.read_bytes(), None)
    except (ValueError, TypeError):
        private = None
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise Refused("unavailable", sentence("%(path)s is not a signing key of ours.", path=str(path)))
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
