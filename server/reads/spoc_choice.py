"""Whom a notice on a case would go to, and why."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy.orm import Session

from server.core import folding, web, wording
from server.core.sentences import Sentence, sentence
from server.core.urls import Address
from server.ledger.companies import routing
from server.ledger.species import languages
from server.reads import inboxes


def choice(
    session: Session,
    text: str,
    address: Address,
    platform: routing.RoutedPlatform,
    taxa: Iterable[Mapping[str, Any]],
    stated: str | None,
) -> routing.SpocChoice:
    """The SPOC for a notice that names `taxa`, or none, and why. text: the ad's; stated: the language its page states."""
    matter = routing.Matter(
        platform=platform.slug,
        region=platform.region(address),
        groups=frozenset(taxon["group"] for taxon in taxa if taxon.get("group")),
        language=_language(text, stated, platform),
    )
    portal = bool(inboxes.readers(session, platform.company.id))
    return routing.choose(platform.company, matter, demo=web.settings().demo, portal=portal)


def _language(text: str, stated: str | None, platform: routing.RoutedPlatform) -> str | None:
    """The language of the ad: the one its words allow, else the one its page states, else its platform's only one."""
    likely = languages.possible(folding.native(text), (), stated, platform.languages)
    if likely and len(likely) == 1:
        return next(iter(likely))
    if stated:
        return languages.known(stated)
    return platform.languages[0] if len(platform.languages) == 1 else None


def words(choice: routing.SpocChoice, company: str, platform: str) -> list[Sentence]:
    """Why this SPOC, or why none. `company` and `platform` are their names."""
    return [_word(why, choice.params, company, platform) for why in choice.why]


def _word(why: routing.Why, params: Mapping[str, Any], company: str, platform: str) -> Sentence:
    match why:
        case routing.Why.ONLY:
            return sentence("The only SPOC of %(company)s that can be reached.", company=company)
        case routing.Why.PLATFORM:
            return sentence("For %(platform)s.", platform=platform)
        case routing.Why.REGION:
            return sentence("For this region: %(region)s.", region=wording.region(params["region"]))
        case routing.Why.GROUP:
            return sentence("For these species: %(groups)s.", groups=wording.listed(wording.groups(params["groups"])))
        case routing.Why.LANGUAGE:
            return sentence(
                "Reads the language of the ad: %(language)s.", language=wording.language(params["language"])
            )
        case routing.Why.GENERAL:
            return sentence("For everything that %(company)s has no other SPOC for.", company=company)
        case routing.Why.PORTAL_STAYS:
            return sentence("The webhook of %(company)s is closed. The notice waits in the portal.", company=company)
        case routing.Why.NO_SPOC:
            return sentence("%(company)s has no SPOC yet. Add one to the directory. The case waits.", company=company)
        case routing.Why.ALL_BOUNCED:
            return sentence(
                "The last email to %(company)s bounced. Correct its address in the directory. The case waits.",
                company=company,
            )
        case routing.Why.ELSEWHERE:
            return sentence(
                "The SPOCs of %(company)s are for other platforms, regions or species. Add one for this, or one for all, to "
                "the directory. The case waits.",
                company=company,
            )
