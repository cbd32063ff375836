"""Which platform an address belongs to, and whom at its company a notice goes to. Pure.

A wrong route shows a suspicion to a stranger, so nothing is guessed: an exact host that a platform names goes first
(jp.mercari.com is another shop than mercari.com; so is mercari.com/jp, where a host is named with the beginning of a
path), else the exact registrable domain by the Public Suffix List. Never the end of a name (`evilebay.com`), never its
beginning (`ebay.com.evil.example`), never an IP address. An address that only sends on, such as a click counted by a
social network, counts as where it leads (`redirects`). No route and no SPOC are ordinary results, shown to the
coordinator.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any
from urllib.parse import quote

from server.core.redirects import destination
from server.core.urls import Address, read
from server.core.words import Channel, Refused
from server.ledger.companies.regions import holds, of_address

RESERVED_DOMAINS = frozenset(("example.com", "example.net", "example.org"))  # RFC 2606, 3: nobody's, by agreement
RESERVED_ENDINGS = frozenset(("example", "invalid"))  # RFC 6761


class Reach(StrEnum):
    """Whether a company can be reached today. Worst first: the order of the coordinator's attention."""

    NONE = "none"  # no SPOC known
    BOUNCED = "bounced"  # SPOCs are known, but what was sent to them came back
    BY_HAND = "by_hand"  # only by the provider's own form: a person fills it in
    REACHED = "reached"


@dataclass(frozen=True, slots=True)
class RoutedSpoc:
    """A company's single point of contact."""

    id: str
    name: str
    channel: Channel
    email: str | None = None
    form_url: str | None = None
    webhook_url: str | None = None
    regions: tuple[str, ...] = ()  # empty: everywhere
    languages: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()  # of species; empty: all
    platforms: tuple[str, ...] = ()  # slugs of the company's platforms; empty: all
    time_zone: str | None = None
    digest_hour: int | None = None
    verified_on: date | None = None
    bounced: bool = False

    @property
    def by_hand(self) -> bool:
        """Whether a person must fill in the provider's form."""
        return self.channel is Channel.FORM

    @property
    def address(self) -> str:
        """Where its channel sends to; empty where that is nowhere, or not known."""
        field = self.channel.address_field
        return (getattr(self, field) if field else None) or ""

    def mailable(self, demo: bool) -> bool:
        """Whether its mail address, where it has one beside its channel, is somebody's."""
        return bool(self.email) and (demo or not is_placeholder(self.email or ""))

    def counts(self, demo: bool) -> bool:
        """Whether the address its channel uses is there and is somebody's. A channel without an address always counts."""
        if self.channel.address_field is None:
            return True
        return bool(self.address) and (demo or not is_placeholder(self.address))


@dataclass(frozen=True, slots=True)
class PolicyClause:
    """A clause of a company's policy that a notice may name."""

    reference: str
    url: str | None = None
    groups: tuple[str, ...] = ()  # of species; empty: all


@dataclass(frozen=True, slots=True)
class RoutedCompany:
    """Who answers for one or more platforms."""

    id: str
    slug: str
    name: str
    policy_url: str | None = None
    spocs: tuple[RoutedSpoc, ...] = ()
    clauses: tuple[PolicyClause, ...] = ()

    def clause(self, reference: str) -> PolicyClause | None:
        """The clause of its list with this reference."""
        return next((clause for clause in self.clauses if clause.reference == reference), None)

    def clauses_for(self, groups: Collection[str]) -> list[PolicyClause]:
        """Its clauses, those that speak of one of these groups first, then those for all, then the others."""
        return sorted(self.clauses, key=lambda clause: (not set(clause.groups) & set(groups), bool(clause.groups)))


@dataclass(frozen=True, slots=True)
class RoutedPlatform:
    """A site a company runs."""

    id: str
    slug: str
    name: str
    company: RoutedCompany
    domains: tuple[str, ...] = ()  # registrable domains; every subdomain belongs
    hosts: tuple[str, ...] = ()  # exact host names, some with the beginning of a path, which go before any domain
    listing: tuple[str, ...] = ()  # listing patterns (RE2), tried in this order
    per_domain: bool = False  # a number counts on one domain only: the same on another is another listing
    agreed_by: str | None = None  # who at the company agreed to monitoring; None: the server never fetches there
    removed: tuple[str, ...] = ()  # what its pages say of a listing that is gone
    search: str | None = None  # the address of its own search, with {words} where they stand
    languages: tuple[str, ...] = ()  # of its ads; empty: any
    country: str | None = None  # the only one it serves; None: its domains say so

    def region(self, address: Address) -> str | None:
        """The country (or the EU) that an ad at `address` is in, as far as platform and domain tell."""
        return self.country or of_address(address)

    def search_for(self, words: str) -> str | None:
        """The address at which its own search shows `words`; None when its search has no address that is known."""
        return self.search.replace("{words}", quote(words, safe="")) if self.search else None


@dataclass(frozen=True)
class Directory:
    """Everything needed to route, read once and kept."""

    companies: tuple[RoutedCompany, ...] = ()
    platforms: tuple[RoutedPlatform, ...] = ()
    _hosts: dict[str, list[tuple[str, RoutedPlatform]]] = field(init=False, repr=False, compare=False)
    _domains: dict[str, RoutedPlatform] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        hosts: dict[str, list[tuple[str, RoutedPlatform]]] = {}
        for platform in self.platforms:
            for name in platform.hosts:
                host, _, path = name.partition("/")
                hosts.setdefault(host, []).append((f"/{path}/" if path else "/", platform))
        for named in hosts.values():
            named.sort(key=lambda each: -len(each[0]))  # the longest path goes first
        object.__setattr__(self, "_hosts", hosts)
        object.__setattr__(self, "_domains", {name: each for each in self.platforms for name in each.domains})

    def route(self, address: Address) -> RoutedPlatform | None:
        """The platform the address belongs to, or None: nobody we know."""
        address = destination(address)
        if address.is_ip:
            return None
        if address.host in self._hosts:
            path = f"{address.path}/"
            for start, platform in self._hosts[address.host]:
                if path.startswith(start):
                    return platform
        return self._domains.get(address.registrable_domain or "")

    def platforms_of(self, company: RoutedCompany) -> tuple[RoutedPlatform, ...]:
        """The platforms the company runs."""
        return tuple(each for each in self.platforms if each.company.id == company.id)

    def company(self, slug: str) -> RoutedCompany | None:
        """The company with this slug."""
        return next((each for each in self.companies if each.slug == slug), None)


@dataclass(frozen=True, slots=True)
class Matter:
    """What a notice is about, as far as it is known; each SPOC may be for some of it only."""

    platform: str | None = None  # slug
    region: str | None = None  # a country's code, or a region's
    groups: frozenset[str] = frozenset()  # of species
    language: str | None = None  # of the ad: a language's code


class Why(StrEnum):
    """Why this SPOC, or why none. Each with what `SpocChoice.params` names."""

    ONLY = "only"  # the company has no other that can be reached
    PLATFORM = "platform"  # it is for this platform
    REGION = "region"  # it is for the country that the address is in
    GROUP = "group"  # it is for these species
    LANGUAGE = "language"  # it speaks the ad's language
    GENERAL = "general"  # none is for this in particular
    PORTAL_STAYS = "portal_stays"  # its webhook is closed, and its people can sign in
    NO_SPOC = "no_spoc"
    ALL_BOUNCED = "all_bounced"
    ELSEWHERE = "elsewhere"  # those there are, are for other platforms, regions or species


@dataclass(frozen=True, slots=True)
class SpocChoice:
    """The SPOC that a notice goes to, or None, and why."""

    spoc: RoutedSpoc | None
    why: tuple[Why, ...]
    params: dict[str, Any] = field(
        default_factory=dict
    )  # platform, region (codes), groups, language: as `Matter` had them


def choose(
    company: RoutedCompany, matter: Matter = Matter(), *, demo: bool = False, portal: bool = False
) -> SpocChoice:
    """Which of the company's SPOCs a notice goes to, and why that one.

    Left out: bounced, without a usable address (an address at example.com, .net, .org or under .example counts only
    in the demo), and those for other platforms, regions or species. Then: what can be sent before what a person must
    fill in; the platform's own before one for all; the country's own before its region's before everywhere; one for all
    of the species before one for any, and that before one for some; the language; the most recently verified. What is
    not known prefers those that are for everything. Where only a closed webhook would be left, the notice waits in the portal,
    if the company's people can sign in there (`portal`).
    """
    usable = [spoc for spoc in company.spocs if spoc.counts(demo)]
    fitting = [spoc for spoc in usable if not spoc.bounced and _is_for(spoc, matter)]
    if not fitting:
        closed = [spoc for spoc in usable if spoc.channel is Channel.WEBHOOK and _is_for(spoc, matter)]
        if closed and portal:
            spoc = min(closed, key=lambda each: _order(each, matter))
            return SpocChoice(replace(spoc, channel=Channel.PORTAL), (Why.PORTAL_STAYS,))
        return SpocChoice(None, (_why_none(usable, matter),))
    spoc = min(fitting, key=lambda each: _order(each, matter))
    only = [each for each in usable if not each.bounced] == [spoc]
    params = {"platform": matter.platform, "region": matter.region, "language": matter.language}
    return SpocChoice(spoc, _why(spoc, matter, only), params | {"groups": sorted(matter.groups & set(spoc.groups))})


def _is_for(spoc: RoutedSpoc, matter: Matter) -> bool:
    return (
        (not spoc.platforms or matter.platform is None or matter.platform in spoc.platforms)
        and (not spoc.regions or matter.region is None or any(holds(each, matter.region) for each in spoc.regions))
        and (not spoc.groups or not matter.groups or not matter.groups.isdisjoint(spoc.groups))
    )


def _order(spoc: RoutedSpoc, matter: Matter) -> tuple[Any, ...]:
    region, groups = (bool(spoc.regions), False), (bool(spoc.groups), False)
    if matter.region:
        region = not spoc.regions, matter.region not in spoc.regions
    if matter.groups:
        groups = bool(matter.groups - set(spoc.groups or matter.groups)), not spoc.groups
    return (
        spoc.by_hand,
        bool(spoc.platforms) is not bool(matter.platform),
        region,
        groups,
        bool(matter.language) and not _speaks(spoc, matter.language),
        -(spoc.verified_on or date.min).toordinal(),
        spoc.name,
        spoc.id,
    )


def _speaks(spoc: RoutedSpoc, language: str | None) -> bool:
    return language is not None and _primary(language) in {_primary(each) for each in spoc.languages}


def _primary(language: str) -> str:
    return language.replace("_", "-").partition("-")[0].lower()


def _why(spoc: RoutedSpoc, matter: Matter, only: bool) -> tuple[Why, ...]:
    own = {
        Why.ONLY: only,
        Why.PLATFORM: bool(spoc.platforms and matter.platform),
        Why.REGION: bool(spoc.regions and matter.region),
        Why.GROUP: bool(spoc.groups and matter.groups),
        Why.LANGUAGE: _speaks(spoc, matter.language),
    }
    return tuple(why for why, true in own.items() if true) or (Why.GENERAL,)


def _why_none(usable: Sequence[RoutedSpoc], matter: Matter) -> Why:
    if any(spoc.bounced and _is_for(spoc, matter) for spoc in usable):
        return Why.ALL_BOUNCED
    return Why.ELSEWHERE if usable else Why.NO_SPOC


def reach(company: RoutedCompany, *, demo: bool = False) -> Reach:
    """Whether the company can be reached today, whatever matter."""
    spoc = choose(company, demo=demo).spoc
    if spoc:
        return Reach.BY_HAND if spoc.by_hand else Reach.REACHED
    return Reach.BOUNCED if any(each.bounced for each in company.spocs) else Reach.NONE


def is_placeholder(address: str) -> bool:
    """Whether a web or mail address is nobody's by agreement."""
    try:
        where = read(address if "://" in address else "https://" + address.rpartition("@")[2])
    except Refused:
        return True  # unreadable is nobody's
    return where.registrable_domain in RESERVED_DOMAINS or where.host.rpartition(".")[2] in RESERVED_ENDINGS
