"""kill -9 on PostgreSQL, and `pg_ctl stop -m immediate`: what was acknowledged is there. With the mutations to be caught.

The story of `test_kill.py` over a database server of its own, with the guarantees that PostgreSQL has by default. In turn our
process is killed, the database is stopped where it is and started again under our running process, and both at once.
"""

import os
import textwrap

import pytest

from tests import postgresql
from tests.faults.killed import HASTY, Make, OwnDatabase, Reporters, Server, lost, own_database  # noqa: F401

CYCLES = 2 * int(os.environ.get("SPOTTER_FAULT_ROUNDS", "3"))  # 100 in `make faults`
EACH = 8  # reports acknowledged before each of them

# The commit is answered before it is on the disk.
ASYNCHRONOUS = textwrap.dedent("""
    from sqlalchemy import event
    from sqlalchemy.engine import Engine
    @event.listens_for(Engine, "connect")
    def hasty(connection, _record):
        connection.execute("SET synchronous_commit = off")
        connection.commit()
""")
SLOW_WRITER = "-c wal_writer_delay=10s"  # what is not on the disk then stays so for long enough to be lost


def acknowledged(server: Server, cluster: postgresql.Cluster, reporters: Reporters, cycles: int) -> None:
    """Send, and stop one or the other, so many times."""
    server.start()
    for cycle in range(cycles):
        with reporters.sending():
            reporters.wait_for(EACH)
            if cycle % 3 != 0:
                cluster.stop("immediate")
            if cycle % 3 != 1:
                server.kill()
        if cycle % 3 != 0:
            cluster.start()
        if cycle % 3 != 1:
            server.start()
    server.kill()


@pytest.mark.timeout(120 + 60 * CYCLES)
def test_nothing_acknowledged_is_lost(own_database: OwnDatabase, report_json: Make) -> None:
    with own_database() as (settings, cluster, token):
        server = Server(settings)
        reporters = Reporters(server, token, report_json)
        acknowledged(server, cluster, reporters, CYCLES)
        receipts = reporters.receipts
        assert len(receipts) >= EACH * CYCLES, f"only {len(receipts)} were acknowledged: the rig proves nothing"
        assert lost(settings, receipts) == []
        print(f"\n{len(receipts)} acknowledged over {CYCLES} kills and immediate stops, 0 lost")


@pytest.mark.timeout(300)
@pytest.mark.parametrize(("mutation", "first"), [(HASTY, "server"), (ASYNCHRONOUS, "database")])
def test_the_mutation_that_acknowledges_before_it_is_on_the_disk_is_caught(
    own_database: OwnDatabase, report_json: Make, mutation: str, first: str
) -> None:
    with own_database(SLOW_WRITER) as (settings, cluster, token):
        server = Server(settings, mutation)
        reporters = Reporters(server, token, report_json)
        server.start()
        with reporters.sending():
            reporters.wait_for(EACH)
            if first == "server":
                server.kill()
            else:
                cluster.stop("immediate")
        if first == "database":
            server.kill()
            cluster.start()
        assert lost(settings, reporters.receipts), "the rig does not notice what was acknowledged and lost"
