"""What a companies file says of contacts, split in two: what one person may import on a page, and the addresses that need two. Pure.

Decision record 53. On the command line a file's addresses count at once, and nothing of this is asked.
"""

from collections.abc import Collection, Mapping, Sequence
from typing import Any, NamedTuple, Protocol

from server.core.words import Channel
from server.ledger.companies.address_states import WAYS, way
from server.ledger.companies.schemas import contact

IS_FOR = ("regions", "languages", "groups", "platforms", "time_zone", "digest_hour")
ADDRESSES: dict[Channel, str] = {each: each.address_field or "" for each in WAYS}


class _Known(Protocol):
    """A SPOC that the directory has."""

    id: str
    name: str
    channel: str
    email: str | None
    form_url: str | None
    webhook_url: str | None


class NewContact(NamedTuple):
    """An address that a file brings, for two people to agree on."""

    place: str  # of its entry in the file, such as `companies[0].spocs[1]`
    company_id: str
    company: str  # its name
    slug: str
    spoc_id: str | None  # None: a SPOC that is to be added
    name: str
    channel: Channel  # one of WAYS
    address: str
    old: str | None
    secret: str  # of a webhook, or empty
    is_for: dict[str, Any] | None  # of a SPOC that is to be added: what it is for, and its channel


class PassedOver(NamedTuple):
    """An address that is left as it is: no channel uses it."""

    company: str  # its name
    name: str
    field: str


class NotAtOnce:
    """What of a file is not taken in at once."""

    def __init__(self) -> None:
        self.contacts: list[NewContact] = []
        self.passed_over: list[PassedOver] = []


class Split(NamedTuple):
    """An entry in two parts."""

    at_once: dict[str, Any] | None  # without any address; None: all of it waits
    to: tuple[Channel, str] | None  # the address that waits
    passed_over: tuple[str, ...]  # fields with an address that no channel uses now: left as they are


def known(entry: Mapping[str, Any], entries: Sequence[Mapping[str, Any]], spocs: Collection[Any]) -> Any | None:
    """The SPOC that an entry is about: by its address, else the only one of its name whose address no entry has."""
    by_contact = {contact(vars(spoc)): spoc for spoc in spocs}
    if spoc := by_contact.get(contact(entry)):
        return spoc
    if sum(each["name"].casefold() == entry["name"].casefold() for each in entries) > 1:
        return None
    named = {contact(each) for each in entries}
    same = [spoc for key, spoc in by_contact.items() if key not in named and _same(spoc.name, entry["name"])]
    return same[0] if len(same) == 1 else None


def split(entry: Mapping[str, Any], spoc: _Known | None) -> Split:
    """What of an entry counts at once, and which address of it waits. spoc: the one that it is about."""
    to = way(entry["channel"] or Channel.MAIL)
    address = entry[ADDRESSES[to]] if to in WAYS else None
    other = tuple(
        field for field in ADDRESSES.values() if field != ADDRESSES.get(to) and _differs(entry[field], spoc, field)
    )
    rest = dict(entry) | dict.fromkeys((*ADDRESSES.values(), "webhook_secrets"))
    waits = (to, address) if address and _differs(address, spoc, ADDRESSES[to]) else None
    if spoc is None:
        return Split(None if waits else rest, waits, other)
    # One person chooses a channel among those that need no address, or one that the directory has (record 37)
    fits = way(spoc.channel) is to if waits else all(getattr(spoc, field) for field in to.needs)
    return Split(rest if fits else rest | {"channel": None}, waits, other)


def is_for(entry: Mapping[str, Any]) -> dict[str, Any]:
    """What an entry says a SPOC is for, and the channel that uses its address in another way than a mail for each notice."""
    said = {name: entry[name] for name in IS_FOR if entry[name] not in (None, [])}
    channel = entry["channel"]
    return said | ({"channel": channel.value} if channel and way(channel) is not channel else {})


def _differs(address: str | None, spoc: _Known | None, field: str) -> bool:
    return bool(address) and not _same(address, getattr(spoc, field) if spoc else None)


def _same(one: str | None, other: str | None) -> bool:
    return (one or "").casefold() == (other or "").casefold()
