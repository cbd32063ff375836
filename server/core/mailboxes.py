"""When two email addresses lead to one mailbox, as far as their spelling tells. Pure."""

_NO_DOTS = {"gmail.com": "gmail.com", "googlemail.com": "gmail.com"}  # hosts that ignore dots in the local part


def without_tag(email: str) -> str:
    """`ana+ivory@mail.example` is `ana@mail.example`."""
    local, _, host = email.partition("@")
    return f"{local.partition('+')[0]}@{host}"


def mailbox(email: str) -> str:
    """The mailbox of an address, whatever the case, the tag, or the dots where they count for nothing."""
    local, _, host = without_tag(email.strip().casefold()).rpartition("@")
    host = host.rstrip(".")
    if host in _NO_DOTS:
        local, host = local.replace(".", ""), _NO_DOTS[host]
    return f"{local}@{host}"


def hosts(email: str) -> frozenset[str]:
    """The mail domains under which the same mailbox may stand."""
    host = mailbox(email).rpartition("@")[2]
    return frozenset({host, *(other for other, first in _NO_DOTS.items() if first == host)})
