"""A real IMAP server on loopback: Dovecot, with TLS by a certificate made for the test, and mail in a folder of the test's own."""

import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.smtp_rig import free_port

USER, PASSWORD = "notices", "a password of ten"


@dataclass(frozen=True)
class ImapServer:
    """Where it listens, and where its mail lies."""

    port: int
    secure_port: int
    certificate: Path
    maildir: Path

    @property
    def url(self) -> str:
        """SPOTTER_MAILBOX_URL for it, over TLS."""
        return f"imaps://{USER}:a%20password%20of%20ten@localhost:{self.secure_port}/INBOX"

    @property
    def starttls_url(self) -> str:
        """The same, encrypted by a command."""
        return f"imap://{USER}:a%20password%20of%20ten@localhost:{self.port}/INBOX?starttls=1"

    def put(self, name: str, content: bytes) -> None:
        """A mail arrives."""
        put(self.maildir, name, content)


def put(maildir: Path, name: str, content: bytes) -> None:
    """A mail arrives in a folder, as a delivery agent puts it there: whole or not at all."""
    for each in ("tmp", "new", "cur"):
        (maildir / each).mkdir(parents=True, exist_ok=True)
    (maildir / "tmp" / name).write_bytes(content)
    _own(maildir)
    (maildir / "tmp" / name).rename(maildir / "new" / name)


def _own(folder: Path) -> None:
    """Dovecot reads mail as no administrator: as root its mail belongs to somebody else."""
    if os.geteuid() == 0:
        user = pwd.getpwnam(_user())
        for path in (folder, *folder.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid)


def _user() -> str:
    return "nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name


@contextmanager
def imap_server() -> Iterator[ImapServer]:
    """A server of its own with an empty mailbox. Skips where Dovecot is not installed."""
    dovecot = shutil.which("dovecot") or shutil.which("dovecot", path="/usr/sbin")
    if dovecot is None:
        pytest.skip("dovecot is not installed: make tools installs it on Debian (dovecot-imapd)")
    if os.geteuid() != 0:
        pytest.skip("Dovecot cannot be started here: run it as root")
    # Not in pytest's own folder: each new pytest process closes that one to everybody but root, and Dovecot is not root.
    folder = Path(tempfile.mkdtemp(prefix="spotter-imap-"))
    folder.chmod(0o755)
    server = ImapServer(free_port(), free_port(), folder / "cert.pem", folder / "mail")
    _certificate(folder)
    put(server.maildir, "first", b"")
    (server.maildir / "new" / "first").unlink()
    config = folder / "dovecot.conf"
    config.write_text(_configuration(server, folder))
    running = subprocess.Popen([dovecot, "-F", "-c", str(config)], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    try:
        _wait(running, server)
        yield server
    finally:
        running.terminate()
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            running.kill()
        shutil.rmtree(folder, ignore_errors=True)


def _certificate(folder: Path) -> None:
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"]
    command += [
        "-addext",
        "subjectAltName=DNS:localhost",
        "-keyout",
        str(folder / "key.pem"),
        "-out",
        str(folder / "cert.pem"),
    ]
    subprocess.run(command, check=True, capture_output=True)


def _wait(running: subprocess.Popen[bytes], server: ImapServer) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        assert running.poll() is None, running.stderr.read().decode() if running.stderr else ""
        try:
            context = ssl.create_default_context(cafile=str(server.certificate))
            with (
                socket.create_connection(("localhost", server.secure_port), 2) as plain,
                context.wrap_socket(plain, server_hostname="localhost") as secure,
            ):
                if secure.recv(4) == b"* OK":
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("Dovecot did not start.")


def _configuration(server: ImapServer, folder: Path) -> str:
    (folder / "run").mkdir()
    version = (
        subprocess.run(["dovecot", "--version"], capture_output=True, text=True, check=True)
        .stdout.split()[0]
        .partition("-")[0]
    )
    user = _user()
    users = folder / "users"
    group = pwd.getpwnam(user).pw_gid
    users.write_text(f"{USER}:{{PLAIN}}{PASSWORD}:{pwd.getpwnam(user).pw_uid}:{group}::{server.maildir}::\n")
    users.chmod(0o644)
    ports = f"""service imap-login {{
  chroot =
  inet_listener imap {{
    port = {server.port}
  }}
  inet_listener imaps {{
    port = {server.secure_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""
    common = f"""base_dir = {folder}/run
protocols = imap
listen = 127.0.0.1, ::1
log_path = {folder}/dovecot.log
ssl = required
first_valid_uid = 1
first_valid_gid = 1
{ports}"""
    if version.startswith("2.3"):
        return (
            common
            + f"""ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{server.maildir}
passdb {{
  driver = passwd-file
  args = {users}
}}
userdb {{
  driver = passwd-file
  args = {users}
}}
"""
        )
    return f"""dovecot_config_version = {version}
dovecot_storage_version = {version}
{common}ssl_server_cert_file = {folder}/cert.pem
ssl_server_key_file = {folder}/key.pem
mail_driver = maildir
mail_path = {server.maildir}
passdb passwd-file {{
  passwd_file_path = {users}
}}
userdb passwd-file {{
  passwd_file_path = {users}
}}
"""
