"""Mail as files, when no mail server is set: written whole, and found again to erase somebody."""

import os
from collections.abc import Callable, Collection
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from pathlib import Path
from typing import Any

from flask import current_app


def take_out(address: str, strike: Callable[[str], str], spared: Collection[str]) -> None:
    """If email is written to files: delete the files to `address`, and strike the texts of all others except those to
    `spared`.

    A mail that has left through a server is out of reach.
    """
    folder = current_app.config["MAIL_FOLDER"]
    for path in sorted(Path(folder).glob("*.eml")) if folder else ():
        message = message_from_bytes(path.read_bytes(), policy=policy.SMTP.clone(refold_source="none"))
        to = str(message["To"]).lower()
        if to == address.lower():
            path.unlink()
        elif to not in {each.lower() for each in spared} and _strike_parts(message, strike):
            _write_whole(path, message.as_bytes())


def _strike_parts(message: EmailMessage, strike: Callable[[str], str]) -> bool:
    changed = False
    for part in message.walk():
        if part.get_content_maintype() == "text":
            words = part.get_content()
            if (left := strike(words)) != words:
                part.set_content(left, subtype=part.get_content_subtype(), cte="base64")
                changed = True
    return changed


def _write_whole(path: Path, content: bytes) -> None:
    """Write a file that is whole or not there, whenever the machine stops."""
    part = path.with_name(f".{path.stem}.{os.getpid()}.part")
    with part.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.rename(path)


class MailFolder:
    """Email as files, one .eml per message, named by its Message-ID: sent twice, it is still one file."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def sendmail(self, _sender: str, _to: list[str], message: bytes, *_options: Any) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        message_id = BytesHeaderParser(policy=policy.compat32).parsebytes(message)["Message-ID"]
        _write_whole(self.folder / f"{message_id.strip('<>').partition('@')[0]}.eml", message)

    def quit(self) -> None:
        """Nothing is open."""
