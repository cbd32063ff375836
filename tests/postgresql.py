"""A PostgreSQL server for one test run: started in a folder of its own, stopped with it."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg


def _program(name: str) -> str:
    paths = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    return str(paths[0]) if paths else shutil.which(name) or name


@contextmanager
def server() -> Iterator[str]:
    """Yields `postgresql://…:port`, without a database's name. SPOTTER_TEST_POSTGRESQL names a server that runs already."""
    server_url = os.environ.get("SPOTTER_TEST_POSTGRESQL")
    if server_url:
        yield server_url.rstrip("/")
        return
    folder = Path(tempfile.mkdtemp(prefix="spotter-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    as_postgres: list[str] = []
    if os.geteuid() == 0:  # PostgreSQL refuses to run as root
        shutil.chown(folder, "postgres")
        as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=300"
    options += " -c fsync=off -c full_page_writes=off"  # a database a test: none is there after a power cut anyway
    control = [*as_postgres, _program("pg_ctl"), "-D", str(folder / "data"), "-w"]
    try:
        subprocess.run(
            [*as_postgres, _program("initdb"), "-D", str(folder / "data"), "-U", "spotter", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"],
            check=True, capture_output=True, cwd=folder,
        )  # fmt: skip
        subprocess.run(
            [*control, "-o", options, "-l", str(folder / "log"), "start"], check=True, capture_output=True, cwd=folder
        )
        yield f"postgresql+psycopg://spotter@127.0.0.1:{port}"
    finally:
        subprocess.run([*control, "-m", "immediate", "stop"], check=False, capture_output=True, cwd=folder)
        shutil.rmtree(folder, ignore_errors=True)


def _run(address: str, statement: str) -> None:
    with psycopg.connect(address.replace("+psycopg", "") + "/postgres", autocommit=True) as connection:
        connection.execute(statement)


def create(address: str, name: str, template: str = "template1") -> None:
    """A new database, copied from `template`."""
    _run(address, f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')


def drop(address: str, name: str) -> None:
    """Away with it."""
    _run(address, f'DROP DATABASE "{name}" WITH (FORCE)')
