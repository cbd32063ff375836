"""The secret that signs cookies and answer links, where the operator gives none: made once, and kept beside the data."""

import secrets
from contextlib import suppress
from pathlib import Path

SHORTEST = 16


def kept(data_dir: Path, make: bool) -> str:
    """The secret made at the first start and kept beside the data, readable by its owner alone. Empty without `make`.

    It is written whole under another name, and the first link to its own name counts: a second process that starts at the same
    moment reads the same secret, and a crash leaves no partial file. Raises SystemExit when it is empty all the same.
    """
    path = data_dir / "secret_key"
    try:
        if data_dir.exists() and not data_dir.is_dir():
            raise FileExistsError(17, "File exists")
        if not path.exists():
            if not make:
                return ""
            data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
            draft = data_dir / f"secret_key.{secrets.token_hex(8)}"
            draft.touch(mode=0o600)
            draft.write_text(secrets.token_urlsafe(48))
            with suppress(FileExistsError):
                path.hardlink_to(draft)
            draft.unlink()
        secret = path.read_text().strip()
    except OSError as problem:
        raise SystemExit(
            f"Cyber Spotter cannot start:\n  SPOTTER_DATA_DIR: cannot use {data_dir}: {problem.strerror}."
        ) from None
    if len(secret) < SHORTEST:
        raise SystemExit(
            f"Cyber Spotter cannot start:\n  {path} does not contain a secret: restore it from your backup. "
            'If it is lost: docs/operating.md, "When a key must be replaced".'
        )
    return secret
