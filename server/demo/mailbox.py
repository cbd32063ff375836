"""The mailbox of an invented company, read from the mail files: a newcomer needs no mail program to see a notice."""

from dataclasses import dataclass
from datetime import datetime
from email import message_from_binary_file, policy
from email.utils import parsedate_to_datetime
from pathlib import Path

MOST = 50  # mails shown


@dataclass(frozen=True)
class Mail:
    """One mail. `name` is its file's, without the ending; `html` is its HTML part."""

    name: str
    subject: str
    at: datetime
    html: str


def received(folder: Path, address: str) -> list[Mail]:
    """What was mailed to `address`, newest first."""
    files = sorted(folder.glob("*.eml"), key=lambda file: file.stat().st_mtime_ns, reverse=True)
    mails = (_read(file, address) for file in files)
    return [mail for mail, _ in zip((mail for mail in mails if mail), range(MOST), strict=False)]


def _read(file: Path, address: str) -> Mail | None:
    with file.open("rb") as opened:
        message = message_from_binary_file(opened, policy=policy.default)
    body = message.get_body(("html",))
    if body is None or message["To"] != address:
        return None
    return Mail(
        file.name.removesuffix(".eml"), message["Subject"], parsedate_to_datetime(message["Date"]), body.get_content()
    )
