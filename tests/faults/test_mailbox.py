"""A mailbox is read to its end, each mail once: over a real IMAP server and from a folder, killed at any step, by several workers.

Each fault with the mutation that must make it fail.
"""

import imaplib
import os
import ssl
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from server.core import heartbeats, mailbox
from server.core.config import Settings
from server.core.config import read as read_settings
from server.core.database import read, write
from server.journeys.report import reading_mail
from server.ledger.inbound import reading
from server.ledger.inbound import store as inbound
from server.ledger.inbound.models import InboundMail
from server.reads import readiness
from tests.conftest import settings_for
from tests.imap_rig import ImapServer, imap_server, put
from tests.returned_mails import reply

Start = Callable[[Settings], Flask]


def mail(n: int, size: int = 0) -> bytes:
    return reply(
        f"This is number {n}. " + "x" * size,
        Message_ID=f"<{n}@mercado.test>",
        In_Reply_To="<a@b.test>",
        References="",
        Subject="Hello",
    )


def count() -> int:
    with read() as session:
        return session.scalar(select(func.count()).select_from(InboundMail)) or 0


def refuse(patch: pytest.MonkeyPatch, why: str, number: int = 1) -> None:
    """The server says NO to the first `number` mails that it is asked for, always."""
    uid, refused = imaplib.IMAP4.uid, list[str]()

    def answering_no(self: imaplib.IMAP4, command: str, *given: str) -> Any:
        if command == "FETCH":
            if given[0] not in refused and len(refused) < number:
                refused.append(given[0])
            if given[0] in refused:
                return "NO", [why.encode()]
        return uid(self, command, *given)

    patch.setattr(imaplib.IMAP4, "uid", answering_no)


class Killed(BaseException):
    """The worker is gone."""


# --- Over IMAP -------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ImapServer]:
    with imap_server() as running:
        yield running


class TestOverImap:
    """A real server, its certificate verified."""

    @pytest.fixture
    def settings(
        self, database_url: str, tmp_path: Path, server: ImapServer, monkeypatch: pytest.MonkeyPatch
    ) -> Settings:
        monkeypatch.setenv("SSL_CERT_FILE", str(server.certificate))
        for path in (server.maildir / "new", server.maildir / "cur"):
            for each in path.iterdir():
                each.unlink()
        return settings_for(tmp_path, database_url, SPOTTER_MAILBOX_URL=server.url)

    def test_everything_is_read_once_and_stays_where_it_is(self, app: Flask, server: ImapServer) -> None:
        for n in range(5):
            server.put(f"a{n}", mail(n))
        assert reading_mail.read_mailbox() == (5, False)
        assert reading_mail.read_mailbox() == (0, False)
        server.put("a5", mail(5))
        assert reading_mail.read_mailbox() == (1, False)
        left = [*(server.maildir / "new").iterdir(), *(server.maildir / "cur").iterdir()]
        assert len(left) == 6 and not any(path.name.endswith("S") for path in left), "nobody has seen it"

    def test_encrypted_by_a_command(self, app: Flask, server: ImapServer) -> None:
        server.put("b1", mail(1))
        with mailbox.opened(server.starttls_url) as box:
            assert [each.size for each in box.after(0, 100)] == [len(mail(1))]

    def test_a_certificate_that_nobody_vouches_for_is_refused(
        self, app: Flask, server: ImapServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.delenv("SSL_CERT_FILE")
        with pytest.raises(mailbox.MailboxAway, match="certificate verify failed"):
            reading_mail.read_mailbox()
        with read() as session:
            assert "cannot be read" in readiness.checks(session)["mailbox"]

    def test_a_wrong_host_is_refused(self, app: Flask, server: ImapServer) -> None:
        with (
            pytest.raises(mailbox.MailboxAway, match="certificate"),
            mailbox.opened(server.url.replace("localhost", "127.0.0.1")),
        ):
            pass

    def test_a_wrong_password_is_told_and_no_secret_with_it(self, app: Flask, server: ImapServer) -> None:
        with pytest.raises(mailbox.MailboxAway) as away, mailbox.opened(server.url.replace("ten", "eleven")):
            pass
        assert "eleven" not in str(away.value)
        assert str(away.value).startswith("the mail server says: [AUTHENTICATIONFAILED]")

    def test_of_a_mail_of_fifty_megabytes_the_beginning_is_read(self, app: Flask, server: ImapServer) -> None:
        server.put("c1", mail(1, 50_000_000))
        assert reading_mail.read_mailbox() == (1, False)
        with read() as session:
            row = session.scalars(select(InboundMail)).one()
        assert row.cut and row.size == len(mail(1, 50_000_000)) and len(row.whole) <= reading.LONGEST_WHOLE

    @pytest.mark.parametrize("at", ["before it is kept", "after it is kept"])
    def test_a_worker_that_is_killed_loses_and_doubles_nothing(
        self, at: str, app: Flask, server: ImapServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for n in range(3):
            server.put(f"d{n}", mail(n))
        file, calls = reading_mail.file, 0

        def killed(*given: Any) -> bool:
            nonlocal calls
            calls += 1
            if calls == 2 and at.startswith("before"):
                raise Killed
            new = file(*given)
            if calls == 2:
                raise Killed
            return new

        with monkeypatch.context() as patch:
            patch.setattr(reading_mail, "file", killed)
            with pytest.raises(Killed):
                reading_mail.read_mailbox()
        reading_mail.read_mailbox()
        assert count() == 3

    def test_the_rule_that_this_rests_on(self, app: Flask, server: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
        """The mutation: read first, keep later. What was under way is lost."""
        for n in range(3):
            server.put(f"e{n}", mail(n))
        file = reading_mail.file

        def moved_first(content: bytes, size: int, place: Any) -> bool:
            with write() as session:
                inbound.move(session, *place)
            if b"number 1" in content:
                raise Killed
            return file(content, size, place)

        with monkeypatch.context() as patch:
            patch.setattr(reading_mail, "file", moved_first)
            with pytest.raises(Killed):
                reading_mail.read_mailbox()
        reading_mail.read_mailbox()
        assert count() == 2, "the mutation loses one"

    def test_a_mailbox_that_was_made_anew_is_read_anew_and_nothing_twice(
        self, app: Flask, server: ImapServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for n in range(3):
            server.put(f"f{n}", mail(n))
        reading_mail.read_mailbox()
        for path in server.maildir.glob("dovecot*"):
            path.unlink()
        server.put("f9", mail(9))
        assert reading_mail.read_mailbox()[0] == 1
        assert count() == 4

    @pytest.mark.parametrize("why", ["[SERVERBUG] it is broken", "no such file"])
    def test_one_that_the_server_does_not_give_stops_no_other(
        self, why: str, app: Flask, server: ImapServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The mutation: a NO to one number as if the mailbox were away, which blocked all that came later."""
        for n in range(3):
            server.put(f"h{n}", mail(n))
        refuse(monkeypatch, why)
        assert reading_mail.read_mailbox() == (3, False)
        assert reading_mail.read_mailbox() == (0, False)
        with read() as session:
            (row,) = session.scalars(select(InboundMail).where(InboundMail.kind == "unreadable"))
        assert row.state == "waiting"

    @pytest.mark.parametrize(("why", "number"), [("[UNAVAILABLE] later", 1), ("later", 4)])
    def test_a_server_that_gives_nothing_now_is_asked_again(
        self, why: str, number: int, app: Flask, server: ImapServer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for n in range(4):
            server.put(f"i{n}", mail(n))
        with monkeypatch.context() as patch:
            refuse(patch, why, number)
            with pytest.raises(mailbox.MailboxAway, match=r"later|gives none"):
                reading_mail.read_mailbox()
        reading_mail.read_mailbox()
        with read() as session:
            assert set(session.scalars(select(InboundMail.kind))) == {"reply"} and count() == 4

    def test_numbers_that_began_again_unsaid_are_read_from_the_beginning(self, app: Flask, server: ImapServer) -> None:
        """The mutation: a cursor that never goes back reads nothing until the numbers have caught up."""
        for n in range(3):
            server.put(f"j{n}", mail(n))
        reading_mail.read_mailbox()
        name = mailbox.name(server.url)
        with write() as session:
            inbound.move(session, name, inbound.position(session, name)[0], 100_000)
        server.put("j9", mail(9))
        assert reading_mail.read_mailbox()[0] == 1 and count() == 4
        with read() as session:
            assert 0 < inbound.position(session, name)[1] < 100_000

    def test_the_worker_asks_by_itself(self, app: Flask, server: ImapServer, work_all: Callable[[], int]) -> None:
        server.put("g1", mail(1))
        work_all()
        assert count() == 1
        with read() as session:
            assert readiness.checks(session)["mailbox"] == ""


# --- From a folder ---------------------------------------------------------------------------------------------------


class TestFromAFolder:
    """As delivery agents put mail into files."""

    @pytest.fixture
    def maildir(self, tmp_path: Path) -> Path:
        return tmp_path / "spool"

    @pytest.fixture
    def settings(self, database_url: str, tmp_path: Path, maildir: Path) -> Settings:
        return settings_for(tmp_path, database_url, SPOTTER_MAILBOX_URL=f"file:{maildir}")

    def test_each_is_read_once_and_moved(self, app: Flask, maildir: Path) -> None:
        for n in range(3):
            put(maildir, f"{n}.host", mail(n))
        (maildir / "new" / "link").symlink_to("/etc/passwd")
        assert reading_mail.read_mailbox() == (3, False)
        assert sorted(path.name for path in (maildir / "cur").iterdir()) == ["0.host:2,S", "1.host:2,S", "2.host:2,S"]
        assert [path.name for path in (maildir / "new").iterdir()] == ["link"]
        assert reading_mail.read_mailbox() == (0, False) and count() == 3

    @pytest.mark.parametrize("unique", [True, False])
    def test_killed_between_keeping_and_moving(
        self, unique: bool, app: Flask, maildir: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The mutation: without knowing what is kept, it would be kept a second time; the database refuses it."""
        put(maildir, "1.host", mail(1))

        def killed(_folder: Any, _mail: Any) -> None:
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr(mailbox._Folder, "kept", killed)
            with pytest.raises(Killed):
                reading_mail.read_mailbox()
        assert count() == 1 and list((maildir / "new").iterdir())
        if unique:
            assert reading_mail.read_mailbox() == (0, False)
        else:
            monkeypatch.setattr(inbound, "known", lambda *_: False)
            with pytest.raises(Exception, match=r"(?i)unique"):
                reading_mail._file(reading.read(mail(1)), reading_mail.SortedMail(reading_mail.MailKind.REPLY), 1, None)
        assert count() == 1

    def test_a_folder_that_is_not_there_is_told(self, app: Flask) -> None:
        with pytest.raises(mailbox.MailboxAway, match="there is no folder"):
            reading_mail.read_mailbox()
        with read() as session:
            assert heartbeats.noted(session, inbound.STUCK) is not None

    def test_a_folder_that_takes_no_mail_that_was_read_is_told(self, app: Flask, maildir: Path) -> None:
        put(maildir, "1.host", mail(1))
        (maildir / "cur" / "1.host:2,S").mkdir(parents=True)
        with pytest.raises(mailbox.MailboxAway, match="host:2,S"):
            reading_mail.read_mailbox()
        with read() as session:
            assert count() == 1 and heartbeats.noted(session, inbound.STUCK) is not None

    def test_mail_that_may_not_be_read_is_told_and_stops_no_other(
        self, app: Flask, maildir: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        for n in range(3):
            put(maildir, f"{n}.host", mail(n))
        opened = os.open

        def refused(path: Any, *given: Any, **more: Any) -> int:
            if str(path).endswith("/1.host"):
                raise PermissionError(13, "Permission denied", str(path))
            return opened(path, *given, **more)

        monkeypatch.setattr(os, "open", refused)
        with pytest.raises(mailbox.MailboxAway, match="no permission to read 1 of the files"):
            reading_mail.read_mailbox()
        with read() as session:
            assert count() == 2 and heartbeats.noted(session, inbound.STUCK) is not None

    def test_one_that_cannot_be_kept_stops_no_other(
        self, app: Flask, maildir: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put(maildir, "1.host", mail(1))
        put(maildir, "2.host", b"\x00" * 5000)
        put(maildir, "3.host", b"")
        put(maildir, "4.host", mail(4).replace(b"number", b"num\x00ber\xff\xfe"))
        assert reading_mail.read_mailbox()[0] == 4


@pytest.mark.parametrize(("url", "refused"), [
    ("imap://u:p@mail.host", "unencrypted"), ("imap://u:p@mail.host?starttls=0", "unencrypted"), ("imap://u:p@127.0.0.1", ""),
    ("imap://u:p@mail.host/INBOX?starttls=1", ""), ("imaps://u:p@mail.host:993/Returned%20mail", ""), ("imaps://mail.host", "give imaps"),
    ("http://u:p@mail.host", "give imaps"), ("imaps://u:p@host:notaport", "give imaps"), ("file:relative", "give imaps"), ("file:/a/folder", ""),
])  # fmt: skip
def test_an_address_that_cannot_be_is_refused(tmp_path: Path, url: str, refused: str) -> None:
    given = {"SPOTTER_DATA_DIR": str(tmp_path), "SPOTTER_MAILBOX_URL": url}
    if refused:
        with pytest.raises(SystemExit, match=f"SPOTTER_MAILBOX_URL: .*{refused}"):
            read_settings(given)
    else:
        assert read_settings(given).mailbox_url == url
        assert "u:p" not in repr(read_settings(given))


def test_tls_is_verified_as_for_mail_that_leaves() -> None:
    context = ssl.create_default_context()
    assert context.verify_mode is ssl.CERT_REQUIRED and context.check_hostname
