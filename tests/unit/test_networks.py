"""What counts as one network."""

import pytest

from server.core import networks


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.7", "192.0.2.7"), ("::ffff:192.0.2.7", "192.0.2.7"), ("::1", "::/64"), ("", ""), ("unix:", "unix:"),
        ("2001:db8:0:7::1", "2001:db8:0:7::/64"), ("2001:DB8:0:7:ffff::2", "2001:db8:0:7::/64"), ("fe80::1%eth0", "fe80::/64"),
    ],
)  # fmt: skip
def test_an_ipv6_address_stands_for_its_64_and_every_other_for_itself(address: str, network: str) -> None:
    assert networks.of(address) == network
