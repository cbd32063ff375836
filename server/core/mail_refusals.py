"""Whether a mail server that refuses for good refuses the address, or this message and us as its sender. Pure.

By the enhanced status code (RFC 3463), and where that says "policy" or nothing, by the words.
"""

import re

# Too large, or its content (RFC 3463, 3.3, 3.4 and 3.7), or its sender is not believed (RFC 7372 and what grew from it);
# from 5.7.500 the codes of Microsoft for senders, addresses and networks that it has banned.
_OF_MESSAGE = re.compile(r"5\.(?:2\.3|3\.4|6\.\d{1,3}|7\.(?:2\d|[5-7]\d\d))")
_OF_POLICY = re.compile(r"5\.7\.\d{1,3}")
_OF_SENDER = re.compile(
    r"\b(?:dmarc|spf|dkim|unauthenticated|spam\w*|unsolicited|reputation|(?:black|block|deny)[ -]?list\w*|rbl|dnsbl|banned|"
    r"content|transport\.rules|attachments?|virus\w*|malware|sender address|client host|reverse (?:dns|host ?name)|ptr|"
    r"(?:sending|source|your|this) ip|(?:sending|your) (?:mta|(?:mail ?)?server))\b",
    re.IGNORECASE,
)
_RELAYING = re.compile(r"\brelay(?:ing)?\b", re.IGNORECASE)


def is_of_address(status: str, said: str) -> bool:
    """Whether nothing reaches the address. status: such as "5.1.1", or empty."""
    if _OF_MESSAGE.fullmatch(status):
        return False
    return not ((not status or _OF_POLICY.fullmatch(status)) and _OF_SENDER.search(said))


def is_of_relaying(said: str) -> bool:
    """Whether our own mail server does not pass anything on for us: that says nothing of the address."""
    return _RELAYING.search(said) is not None
