"""Steps 9 and 10: find a notice's route and compose it of what a coordinator states. Nothing is written here."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from server.core import clock, languages, urls, wording
from server.core.database import new_id, reference
from server.core.sentences import sentence
from server.core.words import Basis, Channel, LeaveOut, Legality, Refused
from server.journeys.report import notifier
from server.ledger.cases.models import Case
from server.ledger.companies import routing
from server.ledger.companies import store as companies
from server.ledger.listings.models import Listing
from server.ledger.notices import compose, legal_basis
from server.ledger.notifiers import priority
from server.ledger.notifiers.priority import Barrier
from server.ledger.reports import statements
from server.ledger.reports import store as reports
from server.ledger.species import lineage, provisions
from server.reads import notifying, species_pages, spoc_choice, withheld

FROZEN = sentence(
    "Only frozen accounts reported what this notice says. Nothing they reported is sent unless a coordinator unfreezes an account."
)


@dataclass(frozen=True, kw_only=True)
class Grounds:
    """What a coordinator states in a notice. Only this, the listing and the sender stand in it."""

    reason: str
    taxa: list[dict[str, Any]]  # as `species.taxa_for` gives them
    category: str
    basis: str = Basis.POLICY
    law: dict[str, Any] | None = None
    policy_reference: str | None = None
    leave_out: Collection[str] = ()  # of LeaveOut


@dataclass(frozen=True)
class Draft:
    """A composed notice and whom it would go to."""

    document: compose.Document
    company: routing.RoutedCompany
    spoc: routing.RoutedSpoc
    choice: routing.SpocChoice  # why this one
    platform_id: str
    barrier: Barrier | None = None  # why it claims no priority; None: it does

    @property
    def goes_to(self) -> str:
        """A mark of its SPOC, channel and address, by which a form says whom it showed."""
        return f"{self.spoc.id} {self.spoc.channel} {self.spoc.address}"


def draft(session: Session, case: Case, grounds: Grounds, version: int | None = None) -> Draft:
    """Compose the notice of a case, with a version from the reports it had then. Ask `check` before it is sent.

    Raises Refused: unrouted, conflict (nobody has reported it: it was imported).
    """
    ad = session.get_one(Listing, case.listing_id)
    address = urls.read(ad.url)
    platform = companies.directory(session).route(address)
    if platform is None:
        raise Refused(
            "unrouted",
            sentence("No company is known for this address. Add it to the directory. The case waits."),
        )
    company, every = platform.company, reports.of_case(session, case.id, version=version)
    if not every:
        raise Refused("conflict", sentence("Nobody has reported this ad since it was imported."))
    case_reports = statements.that_count(withheld.heard(session, every))
    if not case_reports:
        raise Refused("conflict", FROZEN)
    title, first_seen = ad.title, ad.first_seen_at
    if len(case_reports) < len(
        every
    ):  # nothing leaves of what frozen accounts said, or a ring, or who has withdrawn it
        said = [report.listing or {} for report in statements.by_weight(case_reports, case.text)]
        title, first_seen = withheld.title(ad.title, said), min(report.received_at for report in case_reports)
    best = statements.by_weight(case_reports, case.text)[0]
    says = statements.stated(case_reports, case.text)
    choice = spoc_choice.choice(session, case.text, address, platform, grounds.taxa, says["language"])
    spoc = choice.spoc
    if spoc is None:
        raise Refused("unrouted", spoc_choice.words(choice, company.name, platform.name)[0])
    clause = _clause(company, grounds)
    law = _law(grounds)
    sender = notifying.of_company(session, company.id)
    way = notifier.Way(spoc.id, spoc.channel, spoc.address)
    barrier = notifier.barrier(
        session, sender, way, basis=grounds.basis, law=law, category=grounds.category, taxa=grounds.taxa
    )
    notice_id = new_id()
    document = compose.compose(
        notice_id=notice_id,
        reference=reference("N", notice_id),
        company={"slug": company.slug, "name": company.name},
        platform={"slug": platform.slug, "name": platform.name},
        listing={
            "url": urls.plain(address, platform.listing),
            "title": None if LeaveOut.TITLE in grounds.leave_out else withheld.plain(title),
            "seller": None if LeaveOut.SELLER in grounds.leave_out else withheld.plain(says["seller"]),
            "price": _plain_price(says["price"]),
            "first_seen": first_seen,
        },
        category=grounds.category,
        taxa=grounds.taxa,
        reasons=[urls.plain_in_text(grounds.reason)],
        legality_evidence=best.legality_evidence or Legality.UNKNOWN,
        basis=grounds.basis,
        law=law,
        policy_reference=clause.reference if clause else None,
        policy_url=(clause and clause.url) or company.policy_url,
        organisation=sender.organisation,
        contact_email=sender.email,
        at=clock.now(),
        guide_url=species_pages.guide(grounds.taxa),
        trusted_flagger=priority.claim(sender.organisation, sender.award) if sender.award and not barrier else None,
    )
    with languages.speaking(languages.of_company(spoc.languages)):  # what has left stays as it was said
        for said in filter(None, (document["good_faith"], document["notifier"].get("trusted_flagger"))):
            said["statement"] = languages.translated(said["statement"])
        for stated, taxon in zip(document["suspicion"]["taxa"], grounds.taxa, strict=True):
            stated["common_name"] = lineage.name_in(taxon, languages.current())
    return Draft(document, company, spoc, choice, platform.id, barrier)


def still_goes(session: Session, case: Case, notice: Mapping[str, Any]) -> bool:
    """Whether the directory still has the ad's company and its SPOC, at the address that a composed notice is kept for."""
    platform = companies.directory(session).route(urls.read(session.get_one(Listing, case.listing_id).url))
    if platform is None or platform.company.id != notice["company_id"]:
        return False
    spoc = next((spoc for spoc in platform.company.spocs if spoc.id == notice["spoc_id"]), None)
    if spoc is None or notice["channel"] == Channel.PORTAL:
        return spoc is not None
    return not spoc.bounced and (spoc.channel, spoc.address) == (notice["channel"], notice["address"])


def _plain_price(price: dict[str, Any] | None) -> dict[str, Any] | None:
    return price and {name: withheld.plain(text) for name, text in price.items()}


def _clause(company: routing.RoutedCompany, grounds: Grounds) -> routing.PolicyClause | None:
    """The clause that is named. Raises Refused("invalid") when the company's list has none of that name."""
    if not grounds.policy_reference or grounds.basis != Basis.POLICY:
        return None
    clause = company.clause(grounds.policy_reference)
    if clause is None:
        detail = sentence(
            "“%(clause)s” is not on the list of clauses of %(company)s.",
            clause=grounds.policy_reference,
            company=company.name,
        )
        raise Refused("invalid", detail, errors={"policy_reference": [detail]})
    return clause


def _law(grounds: Grounds) -> dict[str, Any] | None:
    """The law with what the lexicon knows of it. Raises Refused("invalid") when it cannot carry a notice."""
    if grounds.basis != Basis.ILLEGAL or not grounds.law:
        return None
    at = clock.now()
    law = provisions.completed(grounds.law, grounds.taxa, grounds.category, at.date())
    if errors := legal_basis.problems(law, at.date().isoformat()):
        raise Refused("invalid", errors[0], errors={"law": errors})
    if names := provisions.from_memory(grounds.taxa):
        detail = sentence(
            "What the lexicon says about the protection of %(names)s is from memory, which is not enough to call an offer illegal. Rely on the platform’s policy, or have a Species+ export imported that confirms it.",
            names=wording.series(names),
        )
        raise Refused("invalid", detail, errors={"law": [detail]})
    return law


def check(document: compose.Document) -> None:
    """Raises Refused("incomplete") for what is still missing, each sentence beside the field that fixes it."""
    if missing := compose.missing(document):
        no_policy = document["basis"] == Basis.POLICY and not (document["policy_reference"] or document["policy_url"])
        raise Refused("incomplete", missing[0], errors={"policy_reference" if no_policy else "notice": missing})
