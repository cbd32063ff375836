"""The network that a request comes from, by which attempts of strangers are counted."""

from ipaddress import IPv6Address, ip_address, ip_network

from flask import request


def caller() -> str:
    """The network of this request; "" when its address is not known."""
    return of(request.remote_addr or "")


def of(address: str) -> str:
    """What counts as one network: an IPv4 address, or the /64 of an IPv6 address, all of which one household may use.

    What is no address stays as it is.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(ip, IPv6Address):
        return str(ip)
    return str(ip.ipv4_mapped or ip_network((int(ip), 64), strict=False))
