"""By which a company proves that a notice is ours: its hash, over what it says and nothing that changes with its way. Pure.

The hash is SHA-256 of the notice as JSON in UTF-8, keys sorted, without spaces, without what is added as it leaves (`ADDED`,
and the address of the picture). Mail, portal and API carry the hash; whoever has `notice.json` can make it.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

ADDED = frozenset({"answer_url", "sha256"})
_REFERENCE = re.compile(r"N-[0-9A-Z]{5}-[0-9A-Z]{5}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
# What is hashed where no notice has the reference: as much work as for one that has.
NONE: dict[str, Any] = {"reference": "", "suspicion": {"reasons": ["x" * 1500]}, "listing": {}}


def sha256(document: Mapping[str, Any]) -> str:
    """The hash of a notice, whether as it is kept or as it leaves."""
    said = {name: value for name, value in document.items() if name not in ADDED}
    if isinstance(said.get("listing"), Mapping):
        said["listing"] = {name: value for name, value in said["listing"].items() if name != "screenshot_url"}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def entered(reference: str, digest: str) -> tuple[str, str] | None:
    """A reference and a hash as somebody typed them, in the form we write them; None: they are none."""
    reference, digest = "".join(reference.split()).upper(), "".join(digest.split()).lower()
    digest = digest.removeprefix("sha-256:").removeprefix("sha256:")
    return (reference, digest) if _REFERENCE.fullmatch(reference) and _SHA256.fullmatch(digest) else None
