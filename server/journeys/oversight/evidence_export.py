"""A case as proof: its files, a manifest of their hashes and times, and a signature, in one zip that needs no software of ours."""

import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from server.core import anchor, audit, clock, signing, vault, web
from server.core.database import read, write
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.oversight import evidence_readme
from server.ledger.cases import store as cases
from server.reads import evidence

FORMAT = "Cyber Spotter evidence manifest, version 1"
SUMS, SIGNATURE, PUBLIC_KEY = "SHA256SUMS", "SHA256SUMS.sig", "public_key.pem"
Progress = Callable[[list[dict[str, Any]]], Iterable[dict[str, Any]]]


class Exported(NamedTuple):
    """What was written: how many evidence files, and the fingerprint of the key that signed."""

    files: int
    fingerprint: str


def export(name: str, out: Path, progress: Progress = iter) -> Exported:
    """Write the case with this id or reference to `out`, whole or not at all, and record that it left.

    Raises Refused: not-found, conflict when `out` is there, and for a file that is missing or altered; unavailable.
    """
    if out.exists():
        raise Refused("conflict", sentence("%(path)s already exists.", path=str(out)))
    with read() as session:
        case_id = cases.id_of(session, name.strip())
        if case_id is None:
            raise Refused("not-found", sentence("There is no case %(name)s.", name=name))
        facts = evidence.facts(session, case_id)
    key = signing.key()
    draft = _draft(out)
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
            sums = _write(archive, facts, key, progress)
        with draft.open("rb+") as written:
            os.fsync(written.fileno())
        with write() as session:
            digest = hashlib.sha256(sums).hexdigest()
            audit.record(session, None, "evidence_exported", "case", case_id, sums=digest, key=key.fingerprint)
        _place(draft, out)
    except FileExistsError:
        raise Refused("conflict", sentence("%(path)s already exists.", path=str(out))) from None
    finally:
        draft.unlink(missing_ok=True)
    return Exported(sum(len(report["files"]) for report in facts["reports"]), key.fingerprint)


def _draft(out: Path) -> Path:
    """An empty file beside `out`, which its owner alone can read."""
    handle, name = tempfile.mkstemp(dir=out.parent, prefix=f".{out.name}.")
    os.close(handle)
    return Path(name)


def _place(draft: Path, out: Path) -> None:
    """Give it its name, unlike a rename never over a file that came meanwhile. Raises FileExistsError."""
    try:
        os.link(draft, out)
    except FileExistsError:
        raise
    except OSError:  # a disk without links, such as a memory stick: the name is taken first
        out.touch(0o600, exist_ok=False)
        draft.replace(out)


def _write(archive: zipfile.ZipFile, facts: dict[str, Any], key: signing.SigningKey, progress: Progress) -> bytes:
    """Everything, and last the list of hashes with its signature. Returns the list."""
    sums: dict[str, str] = {}

    def add(name: str, data: bytes) -> None:
        sums[name] = hashlib.sha256(data).hexdigest()
        archive.writestr(name, data)

    for file in progress([file for report in facts["reports"] for file in report["files"]]):
        try:
            data = vault.read(file["sha256"])
        except Refused as refusal:
            if refusal.kind not in ("not-found", "altered"):
                raise
            detail = sentence("%(path)s is missing or altered: flask evidence verify says more.", path=file["path"])
            raise Refused("conflict", detail) from None
        add(file["path"], data)
    settings, head = web.settings(), anchor.load().head
    manifest = {
        "format": FORMAT,
        "made_at": clock.now().isoformat(),
        "made_by": {"organisation": settings.organisation, "email": settings.contact_email},
        "signed_with": {"algorithm": "ECDSA P-256, SHA-256", "key": key.fingerprint},
        "audit_head": str(head) if head else None,
        **facts,
    }
    add("manifest.json", json.dumps(manifest, ensure_ascii=False, indent=1).encode())
    add("README.txt", evidence_readme.text(manifest).encode())
    add(PUBLIC_KEY, key.public_pem)
    listed = "".join(f"{digest}  {name}\n" for name, digest in sums.items()).encode()
    archive.writestr(SUMS, listed)
    archive.writestr(SIGNATURE, key.sign(listed))
    return listed
