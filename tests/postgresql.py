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


class Cluster:
    """A PostgreSQL server in a folder of its own, stopped and started by who made it."""

    def __init__(self, folder: Path, options: str = "") -> None:
        self.folder, self._as_postgres = folder, list[str]()
        if os.geteuid() == 0:  # PostgreSQL refuses to run as root
            shutil.chown(folder, "postgres")
            self._as_postgres = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", "--"]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._options = f"-p {self.port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=300 {options}"
        self.url = f"postgresql+psycopg://spotter@127.0.0.1:{self.port}"
        self._call("initdb", "-U", "spotter", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")

    def start(self) -> None:
        """Start it, and wait until it takes connections."""
        self._call("pg_ctl", "-w", "-o", self._options, "-l", str(self.folder / "log"), "start")

    def stop(self, mode: str = "immediate") -> None:
        """Stop it if it runs; `immediate` ends its processes where they are."""
        self._call("pg_ctl", "-w", "-m", mode, "stop", check=False)

    def _call(self, name: str, *arguments: str, check: bool = True) -> None:
        command = [*self._as_postgres, _program(name), "-D", str(self.folder / "data"), *arguments]
        subprocess.run(command, check=check, capture_output=True, cwd=self.folder)


@contextmanager
def cluster(options: str = "", folder: Path | None = None) -> Iterator[Cluster]:
    """A server that runs, with as many guarantees as PostgreSQL gives by default. `folder`: where else its files lie."""
    place = folder or Path(tempfile.mkdtemp(prefix="spotter-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    made = Cluster(place, options)
    try:
        made.start()
        yield made
    finally:
        made.stop()
        shutil.rmtree(place, ignore_errors=True)


@contextmanager
def server() -> Iterator[str]:
    """Yields `postgresql://…:port`, without a database's name. SPOTTER_TEST_POSTGRESQL names a server that runs already."""
    server_url = os.environ.get("SPOTTER_TEST_POSTGRESQL")
    if server_url:
        yield server_url.rstrip("/")
        return
    # A database a test: none is there after a power cut anyway.
    with cluster("-c fsync=off -c full_page_writes=off") as made:
        yield made.url


def move(url: str, made: Cluster) -> str:
    """A copy of a database on another server; its address."""
    name = url.rpartition("/")[2]
    create(made.url, name)
    dump = subprocess.Popen([_program("pg_dump"), "--no-owner", url.replace("+psycopg", "")], stdout=subprocess.PIPE)
    taken = [_program("psql"), "-q", "-v", "ON_ERROR_STOP=1", f"{made.url}/{name}".replace("+psycopg", "")]
    subprocess.run(taken, stdin=dump.stdout, check=True, stdout=subprocess.DEVNULL)
    assert dump.wait() == 0
    return f"{made.url}/{name}"


def execute(url: str, statement: str) -> None:
    """Execute a statement in the database at this address, outside any transaction."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute(statement)


def create(address: str, name: str, template: str = "template1") -> None:
    """A new database, copied from `template`."""
    execute(f"{address}/postgres", f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY FILE_COPY')


def drop(address: str, name: str) -> None:
    """Away with it."""
    execute(f"{address}/postgres", f'DROP DATABASE "{name}" WITH (FORCE)')
