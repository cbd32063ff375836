"""What coordinators narrow their queue by, on its page and by the API: where an ad stands, what it offers, who looked."""

from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import clock, languages, web
from server.core.database import first_id
from server.core.sentences import sentence
from server.core.wording import GROUP
from server.ledger.cases import store as cases
from server.ledger.cases.models import Case, CaseTaxon
from server.ledger.companies import store as companies
from server.ledger.companies.models import Company, Platform
from server.ledger.matches import store as matches
from server.ledger.reports.models import Report
from server.ledger.species.models import Taxon
from server.people.rounds import store as rounds
from server.reads import current_claims, round_reports

LANGUAGES = (
    "ar", "cs", "de", "en", "es", "fr", "hi", "id", "it", "ja", "km", "ko", "lo", "ms", "my", "nl", "pl", "pt", "ru", "sw", "th",
    "tr", "uk", "vi", "zh",
)  # fmt: skip
"""Offered on the page; the API finds others, too."""


# Days since the case was opened, and whether it is older than that.
AGES = {"day": (1, False), "week": (7, False), "over_week": (7, True), "over_month": (30, True)}
AGE_WORDS = {
    "day": sentence("At most a day"),
    "week": sentence("At most a week"),
    "over_week": sentence("More than a week"),
    "over_month": sentence("More than 30 days"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Which cases are wanted; empty: any.

    platform, company: slugs. group: of the species that the listing may offer. language: as the page states it, without a
    region (`pt` finds `pt-BR`). round: an id; cases with a report by somebody who took part then. linked_to: a case's id or
    reference. claimed_by: `me`, `nobody`, or a coordinator's id or email address. age: of the case, one of `AGES`.
    """

    platform: str = ""
    company: str = ""
    group: str = ""
    language: str = ""
    round: str = ""
    linked_to: str = ""
    claimed_by: str = ""
    age: str = ""

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in NAMES)

    def of(self, session: Session, chosen: Any) -> Any:
        """`chosen`, a select of cases with their platform and company, without what is not wanted."""
        if self.platform:
            chosen = chosen.where(Platform.slug == self.platform)
        if self.company:
            chosen = chosen.where(Company.slug == self.company)
        if self.group:
            offered = select(CaseTaxon.case_id).join(Taxon, Taxon.id == CaseTaxon.taxon_id)
            chosen = chosen.where(offered.where(CaseTaxon.case_id == Case.id, Taxon.taxon_group == self.group).exists())
        if self.language:
            stated = func.lower(Report.listing["language"].as_string()) + "-"
            wanted = func.substr(stated, 1, len(self.language) + 1) == f"{self.language.lower()}-"
            chosen = chosen.where(select(Report.id).where(Report.case_id == Case.id, wanted).exists())
        if self.round:
            chosen = chosen.where(Case.id.in_(round_reports.case_ids(session, self.round)))
        if self.linked_to:
            chosen = chosen.where(Case.id.in_(matches.linked_to(cases.id_of(session, self.linked_to) or "")))
        if self.age in AGES:
            days, older = AGES[self.age]
            then = first_id(clock.now() - timedelta(days=days))  # identifiers are ordered by age
            chosen = chosen.where(Case.id < then if older else Case.id >= then)
        if self.claimed_by:
            chosen = current_claims.narrowed(session, chosen, self.claimed_by, web.current_account().id)
        return chosen


ANY = Filters()
NAMES = tuple(field.name for field in fields(Filters))
CHOSEN = {  # on the page, in this order; linked_to comes from a case's page
    "platform": sentence("Platform"),
    "company": sentence("Company"),
    "group": sentence("Species group"),
    "language": sentence("Language"),
    "round": sentence("Round"),
    "claimed_by": sentence("Claimed by"),
    "age": sentence("Age"),
}


def choices(session: Session, chosen: Filters) -> list[dict[str, Any]]:
    """What can be chosen on the page: `{name, label, options [(value, words)], value}`."""
    directory = companies.directory(session)
    options = {
        "platform": sorted({(each.slug, each.name) for each in directory.platforms}, key=_by_name),
        "company": sorted({(each.slug, each.name) for each in directory.companies}, key=_by_name),
        "group": list(GROUP.items()),
        "language": languages.by_name(LANGUAGES),
        "round": [(each.id, each.name) for each in rounds.listed(session, drafts=False)],
        "claimed_by": _claimers(session),
        "age": list(AGE_WORDS.items()),
    }
    return [
        {"name": name, "label": label, "options": options[name], "value": getattr(chosen, name)}
        for name, label in CHOSEN.items()
        if options[name]
    ]


def _claimers(session: Session) -> list[tuple[str, str]]:
    mine = [(current_claims.ME, sentence("Me"))] if web.can("cases.decide") else []
    return [
        *mine,
        (current_claims.NOBODY, sentence("Nobody")),
        *current_claims.colleagues(session, web.current_account().id),
    ]


def colleagues(offered: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """The other coordinators among what `choices` offers: ids and names."""
    claimers: list[tuple[str, str]] = next((each["options"] for each in offered if each["name"] == "claimed_by"), [])
    return [option for option in claimers if option[0] not in (current_claims.ME, current_claims.NOBODY)]


def _by_name(option: tuple[str, str]) -> str:
    return option[1].casefold()
