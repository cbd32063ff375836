"""Whether a notice may claim the priority of a trusted flagger's notices. Pure.

Regulation (EU) 2022/2065 (Digital Services Act), Article 22(1): priority is due to notices of trusted flaggers, within their
designated area of expertise, through the mechanisms of Article 16, which are for content that is illegal. The status is
an entity's, given by the Digital Services Coordinator of a Member State; while it is suspended (22(6)), nothing is claimed.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from server.core import wording
from server.core.sentences import sentence
from server.core.words import Basis, Category, Channel

# What the others speak is ours: the portal, the API, and the form of our webhooks.
THEIR_OWN = frozenset({Channel.MAIL, Channel.DIGEST, Channel.FORM})


class Barrier(StrEnum):
    """Why a notice claims no priority. The first that applies, in this order."""

    NO_AWARD = "no_award"
    NOT_ILLEGAL = "not_illegal"  # it relies on the platform's policy
    OTHER_LAW = "other_law"  # neither the Union's nor a Member State's
    NOT_YET = "not_yet"
    SUSPENDED = "suspended"
    OVER = "over"
    CATEGORY = "category"  # its area does not cover what is offered
    GROUP = "group"  # or the species
    MECHANISM = "mechanism"  # it does not go through the company's own Article 16 mechanism


@dataclass(frozen=True, kw_only=True)
class Award:
    """A trusted-flagger award: what an organisation holds."""

    authority: str
    country: str
    area: str
    categories: Collection[str]
    groups: Collection[str]  # of species; empty: all
    since: date
    until: date | None = None
    suspended_on: date | None = None

    def state(self, on: date) -> Barrier | None:
        """What keeps it from counting on a day; None: it counts."""
        if on < self.since:
            return Barrier.NOT_YET
        if self.suspended_on and on >= self.suspended_on:
            return Barrier.SUSPENDED
        return Barrier.OVER if self.until and on > self.until else None


def barrier(
    award: Award | None,
    *,
    basis: str,
    of_the_union: bool,
    category: str,
    groups: Sequence[str | None],
    own_mechanism: bool,
    on: date,
) -> Barrier | None:
    """What keeps a notice from claiming priority; None: it may.

    of_the_union: whether its law is the Union's or a Member State's. groups: of each taxon it names; None: not known.
    own_mechanism: whether it goes through the company's own Article 16 mechanism.
    """
    if award is None:
        return Barrier.NO_AWARD
    if basis != Basis.ILLEGAL:
        return Barrier.NOT_ILLEGAL
    if not of_the_union:
        return Barrier.OTHER_LAW
    if state := award.state(on):
        return state
    if category not in award.categories:
        return Barrier.CATEGORY
    if award.groups and (not groups or any(group not in award.groups for group in groups)):
        return Barrier.GROUP
    return None if own_mechanism else Barrier.MECHANISM


def is_own_mechanism(channel: str, address: str, recorded: str | None) -> bool:
    """Whether what goes to this address goes through the mechanism that is recorded (its address; None: none is)."""
    return bool(recorded) and channel in THEIR_OWN and address.casefold() == (recorded or "").casefold()


def claim(organisation: str, award: Award) -> dict[str, Any]:
    """What a notice says of the award that it claims priority by. The statement is in English, with what it takes to translate it."""
    return {
        "statement": sentence(
            "%(organisation)s sends this notice as a trusted flagger under Article 22 of Regulation (EU) 2022/2065, the "
            "Digital Services Act, and asks for the priority that is due to it. Status awarded by %(authority)s "
            "(%(country)s), since %(since)s. Area of expertise: %(area)s",
            organisation=organisation,
            authority=award.authority,
            country=wording.territory(award.country),
            since=wording.date(award.since),
            area=award.area,
        ),
        "authority": award.authority,
        "country": award.country,
        "area": award.area,
        "since": award.since.isoformat(),
    }


def problems(entered: Mapping[str, Any], members: Collection[str]) -> dict[str, list[str]]:
    """What is missing or wrong in an award as it is entered, by field; empty when it is whole, or there is none.

    entered: authority, country, area, categories, groups, since, until. members: codes of the Member States.
    """
    if not any(entered[name] for name in ("authority", "area", "categories", "groups", "since", "until")):
        return {}
    wanted: dict[str, list[str]] = {}
    if not entered["authority"]:
        wanted["authority"] = [sentence("Name the Digital Services Coordinator that awarded the status.")]
    if entered["country"] not in members:
        wanted["country"] = [sentence("Choose the Coordinator’s country, a Member State of the European Union.")]
    if not entered["area"]:
        wanted["area"] = [sentence("Give the area of expertise as the Coordinator words it.")]
    if not entered["categories"] or not set(entered["categories"]) <= set(Category):
        wanted["categories"] = [sentence("Say which offers the area covers.")]
    if not entered["since"]:
        wanted["since"] = [sentence("Give the day since when the status has been held.")]
    elif entered["until"] and entered["until"] < entered["since"]:
        wanted["until"] = [sentence("The last day is before the first.")]
    return wanted
