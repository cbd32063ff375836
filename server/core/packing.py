"""The extension as one file, the same bytes wherever and whenever it is made.

`python -m server.core.packing FILE [SERVER]` writes it; the website offers the same without SERVER. With it, the file carries
the address of an organisation's server, so that a volunteer who installs it from a store types none. Nothing is compressed:
libraries compress the same files differently, and then nobody could check the file against the source.
"""

import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path
from urllib.parse import urlsplit

EXTENSION = Path(__file__).resolve().parents[2] / "extension"
ORGANISATION = "lib/organisation.js"
KINDS = frozenset({".js", ".json", ".html", ".css", ".svg", ".png", ".woff2", ".txt"})  # .txt: licences of the fonts
FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the earliest a zip can say
UNIX, PLAIN_FILE = 3, 0o100644 << 16


def carrying(server: str) -> bytes:
    """The file that tells the extension its server; ValueError unless that is a bare https address."""
    parts = urlsplit(server)
    if parts.scheme != "https" or not parts.hostname or parts.username or parts.query or parts.fragment:
        raise ValueError(f"not the https address of a server: {server!r}")
    source = (EXTENSION / ORGANISATION).read_text(encoding="utf-8")
    return source.replace("SERVER = null", f"SERVER = {json.dumps(server.rstrip('/'))}").encode()


def packed(folder: Path = EXTENSION, server: str | None = None) -> bytes:
    """The folder's files as a zip: by name, without their dates, owners or rights; hidden and other files stay out.

    `server` is the address of the organisation's own; ValueError where it is none.
    """
    archive_bytes = io.BytesIO()
    with zipfile.ZipFile(archive_bytes, "w", zipfile.ZIP_STORED) as archive:
        for name, path in sorted((path.relative_to(folder).as_posix(), path) for path in folder.rglob("*")):
            if path.suffix not in KINDS or not path.is_file() or any(part.startswith(".") for part in Path(name).parts):
                continue
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.create_system, entry.external_attr = UNIX, PLAIN_FILE
            archive.writestr(entry, carrying(server) if server and name == ORGANISATION else path.read_bytes())
    return archive_bytes.getvalue()


def fingerprint(data: bytes) -> str:
    """The file's SHA-256, as `sha256sum` prints it."""
    return hashlib.sha256(data).hexdigest()


if __name__ == "__main__":
    target = Path(sys.argv[1])
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(whole := packed(server=sys.argv[2] if sys.argv[2:] and sys.argv[2] else None))
    print(f"{fingerprint(whole)}  {target}")
