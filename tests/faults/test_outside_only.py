"""A network of our own, where every hostile address leads to a canary: what fetches for us reaches none, a naive client does.

The rig runs in a network namespace (`unshare -n`), so that nothing leaves this machine: loopback carries a "public" site and a
canary in each kind of neighbourhood. Its mutation: without the vetting of addresses the canaries are hit.
"""

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.hostile_addresses import CANARIES, CANARIES_6, PUBLIC

ROOT = Path(__file__).parents[2]
RIG = r"""
import json, socket, sys, threading
import requests
from server.core import outbound
from tests.hostile_addresses import CANARIES, CANARIES_6, NAMES, PUBLIC, addresses

PORT = 80
hits, asked, turns, opened = [], [], {}, []
real = socket.getaddrinfo


def look_up(host, port, family=0, type=0, proto=0, flags=0):
    name = (host or "").lower().rstrip(".").removeprefix("sub.")
    if name not in NAMES:
        return real(host, port, family, type, proto, flags | socket.AI_NUMERICHOST if name != "localhost" else flags)
    answers = NAMES[name]
    turn = turns.setdefault(name, 0)
    turns[name] += 1
    found = []
    for ip in answers[min(turn, len(answers) - 1)]:
        found += real(ip, port, 0, socket.SOCK_STREAM)
    return found


def serve(ip, port, answer):
    family = socket.AF_INET6 if ":" in ip else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    if family == socket.AF_INET6:
        listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
    listener.bind((ip, port))
    listener.listen(200)
    opened.append(listener)

    def accept():
        while True:
            connection, _ = listener.accept()
            try:
                answer(ip, connection)
            except OSError:
                pass
            finally:
                connection.close()

    threading.Thread(target=accept, daemon=True).start()


def canary(ip, connection):
    hits.append(ip)
    connection.settimeout(0.2)
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\nConnection: close\r\n\r\ncanary")


def site(ip, connection):
    connection.settimeout(2)
    head = connection.recv(4096).decode("latin-1")
    path = head.split(" ")[1]
    asked.append(path)
    if path.startswith("/to/"):
        to = bytes.fromhex(path[4:]).decode()
        connection.sendall(f"HTTP/1.1 302 Found\r\nLocation: {to}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())
    else:
        connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")


socket.getaddrinfo = look_up
for ip in (*CANARIES.values(), *CANARIES_6.values()):
    serve(ip, PORT, canary)
serve(PUBLIC, PORT, site)
if "mutation" in sys.argv:
    outbound._public = lambda ip: True
client = outbound.HttpClient(total=3, silent=1)
hostile = [(kind, url) for kind, urls in addresses(PORT).items() for url in urls]
hostile += [("a redirect", f"http://{PUBLIC}/to/{url.encode().hex()}") for _, url in hostile if 0 < len(url) < 200]
reached = {}
for kind, url in hostile:
    turns.clear()
    try:
        if "naive" in sys.argv:
            requests.get(url, timeout=1, headers={"User-Agent": "naive"})
        else:
            client.get(url, {"User-Agent": "rig"})
    except (outbound.Forbidden, outbound.Unreachable):
        pass
    except Exception:
        if "naive" not in sys.argv:
            raise
    reached.setdefault(kind, []).append(len(hits))
ok = None
if "naive" not in sys.argv:
    ok = client.get(f"http://{PUBLIC}/fine", {"User-Agent": "rig"}).status
print(json.dumps({"tried": len(hostile), "hits": len(hits), "where": sorted(set(hits)), "site": len(asked), "ok": ok,
                  "by_kind": {kind: len(counts) for kind, counts in reached.items()}}))
"""


def in_a_network_of_its_own(*words: str) -> dict[str, Any]:
    """Run the rig there; what it counted."""
    up = ["ip link set lo up"]
    up += [f"ip addr add {ip}/32 dev lo" for ip in (*CANARIES.values(), PUBLIC) if not ip.startswith("127.0.0.1")]
    up += [f"ip -6 addr add {ip}/128 dev lo nodad" for ip in CANARIES_6.values() if ip != "::1"]
    script = " && ".join(up) + ' && exec "$@"'
    command = ["unshare", "-n", "sh", "-c", script, "sh", sys.executable, "-c", RIG, *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    counted: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return counted


def _possible() -> bool:
    if not (shutil.which("unshare") and shutil.which("ip")):
        return False
    tried = subprocess.run(["unshare", "-n", "ip", "link", "set", "lo", "up"], capture_output=True, check=False)
    return tried.returncode == 0


pytestmark = [
    pytest.mark.skipif(
        not _possible(),
        reason="no network namespace can be made here: run it as root, with ip (make tools installs iproute2)",
    ),
    pytest.mark.timeout(300),
]


def test_no_hostile_address_reaches_a_canary() -> None:
    counted = in_a_network_of_its_own()
    assert counted["tried"] >= 300 and all(counted["by_kind"].values()), counted
    assert counted["hits"] == 0, counted
    assert counted["ok"] == 200, "and the web is reached"


def test_a_naive_client_reaches_them() -> None:
    counted = in_a_network_of_its_own("naive")
    assert counted["hits"] >= 100 and len(counted["where"]) >= 10, counted


@pytest.mark.mutation
def test_the_mutation_without_the_vetting_of_addresses_reaches_them() -> None:
    counted = in_a_network_of_its_own("mutation")
    assert counted["hits"] > 0, counted
