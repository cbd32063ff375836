"""Hostile addresses by their kind, for whoever fetches: each leads to this machine or its neighbours, or is no web address.

`{port}` stands for the canary's. What is listed by name is answered by the resolver of the test (`NAMES`).
"""

import ipaddress
from collections.abc import Iterator

CANARIES = {  # one address of each kind of neighbourhood; each is put on the test's own loopback interface
    "loopback": "127.0.0.1", "loopback elsewhere": "127.8.9.10", "private A": "10.0.0.5", "private B": "172.16.7.8",
    "private C": "192.168.1.1", "metadata": "169.254.169.254", "carrier": "100.64.0.1", "benchmark": "198.18.0.1",
    "documentation": "192.0.2.7", "protocol": "192.0.0.9", "relay": "192.88.99.1",
}  # fmt: skip
CANARIES_6 = {"loopback": "::1", "unique local": "fd00::5", "site local": "fec0::5", "documentation": "2001:db8::5"}
PUBLIC = "203.0.114.10"  # stands for a site of the web: routed, nobody's neighbour, and on the loopback interface of the test


def spellings(ip: str) -> Iterator[str]:
    """An IPv4 address as parsers of addresses read it: decimal, octal, hexadecimal, shortened, full-width, mapped."""
    whole = int(ipaddress.IPv4Address(ip))
    parts = [int(part) for part in ip.split(".")]
    yield from (ip, str(whole), hex(whole), f"0{whole:o}", ip + ".")
    yield ".".join(hex(part) for part in parts)
    yield ".".join(f"0{part:o}" for part in parts)
    yield f"{parts[0]}.{whole & 0xFFFFFF}"
    yield f"{parts[0]}.{parts[1]}.{whole & 0xFFFF}"
    yield ip.translate({ord(str(digit)): chr(0xFF10 + digit) for digit in range(10)})
    yield ip.replace(".", "。")
    yield ".".join(f"%{ord(part[0]):02x}{part[1:]}" for part in map(str, parts))
    first, second = whole >> 16, whole & 0xFFFF
    yield from (f"[::ffff:{ip}]", f"[::ffff:{first:x}:{second:x}]", f"[::{ip}]", f"[0:0:0:0:0:ffff:{ip}]")
    yield from (f"[64:ff9b::{ip}]", f"[64:ff9b:1::{first:x}:{second:x}]", f"[2002:{first:x}:{second:x}::1]")


# Names as the resolver of the test answers them: a list of lists is given in turn, the last for ever.
NAMES: dict[str, list[list[str]]] = {
    "rebinds.test": [[PUBLIC], ["127.0.0.1"]],
    "rebinds-late.test": [[PUBLIC], [PUBLIC], ["10.0.0.5"]],
    "mixed.test": [[PUBLIC, "127.0.0.1"]],
    "mixed-last.test": [[PUBLIC, PUBLIC, PUBLIC, "169.254.169.254"]],
    "mixed-six.test": [[PUBLIC, "::1"]],
    "six.test": [["::1"]],
    "mapped.test": [["::ffff:127.0.0.1"]],
    "translated.test": [["64:ff9b::7f00:1"]],
    "zero.test": [["0.0.0.0"]],
    **{f"{kind.replace(' ', '-').lower()}.test": [[ip]] for kind, ip in CANARIES.items()},
    **{f"{kind.replace(' ', '-')}-6.test": [[ip]] for kind, ip in CANARIES_6.items()},
}


def addresses(port: int) -> dict[str, list[str]]:
    """Hostile addresses by kind."""
    written = [f"http://{host}:{port}/" for ip in CANARIES.values() for host in spellings(ip)]
    six = [f"http://[{ip}]:{port}/" for ip in CANARIES_6.values()]
    six += [f"http://[{ipaddress.IPv6Address(ip).exploded}]:{port}/" for ip in CANARIES_6.values()]
    tricks = [
        f"http://{PUBLIC}@127.0.0.1:{port}/", f"http://127.0.0.1:{port}\\@{PUBLIC}/", f"http://{PUBLIC}#@127.0.0.1:{port}/x@127.0.0.1:{port}",
        f"http:\\\\127.0.0.1:{port}/", f"http:///127.0.0.1:{port}/", f"http:127.0.0.1:{port}", f"//127.0.0.1:{port}/",
        f"http://127.0.0.1:{port}%2f@{PUBLIC}/", f"http://127.0.0.1\t:{port}/", f"http://127.0.0.1:{port}\r\nHost: x/",
        f"http://localhost:{port}/", f"http://LOCALHOST:{port}/", f"http://localhost.:{port}/", f"http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:{port}/",
        f"http://loc%61lhost:{port}/", f"http://0:{port}/", f"http://[::]:{port}/", f"http://[::1%25lo]:{port}/", f"http://[fe80::1%25lo]:{port}/",
        f"http://127.1:{port}/", f"http://127.0.1:{port}/", f"http://0x7f.1:{port}/", f"http://①②⑦.⓪.⓪.①:{port}/",
        f"https://127.0.0.1:{port}/", f"ftp://127.0.0.1:{port}/", f"gopher://127.0.0.1:{port}/_x", f"dict://127.0.0.1:{port}/x",
        "file:///etc/passwd", "jar:http://127.0.0.1!/", "data:text/html,x", "javascript:alert(1)", "unix:///var/run/docker.sock",
        "", " ", "http://", "http://?", "http://#", "http:///", "http://.", "http://..", "http://*", "http://-", "http://a" + "a" * 5000,
    ]  # fmt: skip
    return {
        "an address written in many ways": written,
        "IPv6": six,
        "a name that leads here": [f"http://{name}:{port}/" for name in NAMES]
        + [f"http://sub.{name.upper()}:{port}/" for name in NAMES],
        "tricks of writing": tricks,
    }
