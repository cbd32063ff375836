"""The hash by which a company proves that a notice is ours. It covers what the notice says, and nothing that depends on how it
was sent. Pure.

The hash is SHA-256 of what was composed (`COMPOSED`, and no picture's address) as JSON in UTF-8, keys sorted, without spaces. What
is added as it leaves is left out, and so is what changes later: when its answer is due, the answer, where it stands, the thread.
Mail, portal and API carry the hash; whoever has the file of a notice can make it, whichever way it came and whenever.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from typing import Any

COMPOSED = (
    "id", "reference", "company", "company_name", "platform", "platform_name", "listing", "suspicion", "basis", "law",
    "policy_reference", "policy_url", "notifier", "good_faith", "guide_url", "tlp",
)  # fmt: skip
_REFERENCE = re.compile(r"N-[0-9A-Z]{5}-[0-9A-Z]{5}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
# What is hashed where no notice has the reference: as much work as for one that has.
NONE: dict[str, Any] = {"reference": "", "suspicion": {"reasons": ["x" * 1500]}, "listing": {}}


def sha256(document: Mapping[str, Any]) -> str:
    """The hash of a notice, whether as it is kept, as it is sent or as the API gives it later."""
    said = {name: document[name] for name in COMPOSED if name in document}
    if isinstance(said.get("listing"), Mapping):
        said["listing"] = {name: value for name, value in said["listing"].items() if name != "screenshot_url"}
    text = json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def entered(reference: str, digest: str) -> tuple[str, str] | None:
    """A reference and a hash as somebody typed them, in the form we write them; None: they are none."""
    reference, digest = "".join(reference.split()).upper(), "".join(digest.split()).lower()
    digest = digest.removeprefix("sha-256:").removeprefix("sha256:")
    return (reference, digest) if _REFERENCE.fullmatch(reference) and _SHA256.fullmatch(digest) else None
