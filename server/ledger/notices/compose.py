"""The notice as a document: composed once from plain values, complete by a validator, never changed afterwards. Pure.

What a notice must hold when it says that a listing is illegal is Regulation (EU) 2022/2065 (Digital Services Act),
Article 16(2): (a) why, (b) the exact address, (c) the notifier's name and email address, (d) the statement of good faith
(https://eur-lex.europa.eu/eli/reg/2022/2065/oj). A host knows of the illegality only where it can see it without a
detailed legal examination (16(3)), hence also the provision with its date and source (`law`), and the taxon's listings. A notice that
rests on a platform's own policy is a different thing and never calls itself an Article 16 notice.

The organisation is the notifier. There is no parameter for a spotter or a coordinator, and `reasons` are the case's own
reasons in words and what the coordinator wrote: never a spotter's free text, which could tell who they are.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from server.core import folding
from server.core.sentences import sentence
from server.core.words import Basis, Category, Legality
from server.ledger.notices import article_16, legal_basis, proof
from server.ledger.notices.tlp import Tlp

Document = dict[str, Any]

# The first acknowledgement that reporting schemes ask for comes within seven days; a live animal does not wait longer.
ANSWER_WITHIN = timedelta(days=7)

_ADDRESS = re.compile(r"https?://[^\s/?#]+\S*")
_EMAIL = re.compile(r"[^\s@]+@[^\s@]+\.[^\s@]+")


def compose(
    *,
    notice_id: str,
    reference: str,
    company: Mapping[str, Any],
    platform: Mapping[str, Any],
    listing: Mapping[str, Any],
    category: str,
    taxa: Sequence[Mapping[str, Any]],
    reasons: Sequence[str],
    legality_evidence: str,
    basis: str,
    organisation: str,
    contact_email: str,
    at: datetime,
    law: Mapping[str, Any] | None = None,
    policy_reference: str | None = None,
    policy_url: str | None = None,
    guide_url: str | None = None,
    tlp: str = Tlp.AMBER_STRICT,
    trusted_flagger: Mapping[str, Any] | None = None,
) -> Document:
    """The notice of the contract, without the two addresses that `serialise` adds.

    company, platform: {slug, name}. listing: {url, title, seller, price, first_seen}; price as reported (amount,
    currency, text) or None. taxa: [{scientific_name, common_name, listings: [{source, appendix, population,
    effective_from}]}]; a listing that is not `confirmed` is left out. law: {jurisdiction, provision, effective_from, source},
    for the basis `illegal`; policy_reference (a clause) and policy_url, for the basis `policy`: either completes it. Each
    basis carries its own ground only. Days are ISO dates or dates. trusted_flagger: {statement, authority, country, area, since} of
    a notice that claims a trusted flagger's priority; None: it claims nothing, and does not speak of it.
    Ask `missing` before it is sent.
    """
    illegal = basis == Basis.ILLEGAL
    return {
        "id": notice_id,
        "reference": reference,
        "company": company.get("slug"),
        "company_name": company.get("name"),
        "platform": platform.get("slug"),
        "platform_name": platform.get("name"),
        "listing": {
            "url": listing.get("url"),
            "title": listing.get("title"),
            "seller": listing.get("seller"),
            "price": listing.get("price"),
            "first_seen": _day(listing.get("first_seen")),
        },
        "suspicion": {
            "category": str(category),
            "taxa": [_taxon(taxon) for taxon in taxa],
            "reasons": [" ".join(reason.split()) for reason in reasons if not folding.is_blank(reason)],
            "legality_evidence": str(legality_evidence),
        },
        "basis": str(basis),
        "law": _law(law) if illegal and law else None,
        "policy_reference": None if illegal else policy_reference,
        "policy_url": None if illegal else policy_url,
        "notifier": {"organisation": organisation, "email": contact_email}
        | ({"trusted_flagger": dict(trusted_flagger)} if trusted_flagger else {}),
        "good_faith": {
            "statement": sentence(
                "%(organisation)s believes in good faith that this notice is accurate and complete.",
                organisation=organisation,
            ),
            "signed_for": organisation,
            "at": at.isoformat(),
        },
        "guide_url": guide_url,
        "answer_by": (at + ANSWER_WITHIN).isoformat(),
        "tlp": str(tlp),
    }


def _taxon(taxon: Mapping[str, Any]) -> Document:
    names = {name: taxon.get(name) for name in ("scientific_name", "common_name")}
    listed = ("source", "appendix", "population", "effective_from")
    rows = (row for row in taxon.get("listings") or () if row.get("confirmed", True))
    return names | {"listings": [{name: _day(row.get(name)) for name in listed} for row in rows]}


def _law(law: Mapping[str, Any]) -> Document:
    return {name: _day(law.get(name)) for name in ("jurisdiction", "provision", "effective_from", "source")}


def _day(value: Any) -> Any:
    """A date or time as ISO text; anything else as it is."""
    return value.isoformat() if hasattr(value, "isoformat") else value


def missing(document: Document) -> list[str]:
    """What a person must still add before the notice may leave, a sentence each; empty when it is complete."""
    wanted = list(_always(document))
    if document["basis"] == Basis.ILLEGAL:
        wanted += legal_basis.problems(document["law"], document["good_faith"]["at"] or "9")
    elif document["basis"] == Basis.POLICY:
        wanted += _for_policy(document)
    else:
        wanted.append(sentence("Say whether the basis of the notice is law or the platform’s policy."))
    return wanted


def _always(document: Document) -> Sequence[str]:
    suspicion, notifier, faith = document["suspicion"], document["notifier"], document["good_faith"]
    checks = (
        (document["id"] and document["reference"], sentence("The notice has no reference.")),
        (document["company"] and document["company_name"], sentence("Name the company.")),
        (document["platform"] and document["platform_name"], sentence("Name the platform.")),
        (_ADDRESS.fullmatch(document["listing"]["url"] or ""), sentence("Give the listing’s exact address.")),
        (
            suspicion["category"] in set(Category),
            sentence("Say what is offered: a live animal, a part, a product, a plant or a service."),
        ),
        (suspicion["reasons"], sentence("Say why it is suspected, in at least one sentence.")),
        (suspicion["legality_evidence"] in set(Legality), sentence("Say which permit or document the ad shows.")),
        (notifier["organisation"], sentence("Name the organisation that notifies.")),
        (_EMAIL.fullmatch(notifier["email"] or ""), sentence("Give the organisation’s email address.")),
        (
            faith["statement"] and faith["signed_for"] and faith["at"],
            sentence("The statement of good faith is missing."),
        ),
        (document["answer_by"], sentence("Say when the answer is due.")),
        (document["tlp"] in set(Tlp), sentence("Say who may see the notice (TLP).")),
    )
    return [text for there, text in checks if not there]


def _no_policy(company: str) -> str:
    return sentence(
        "No policy of %(company)s is on file. Add its policy_url or its clauses to the directory: notices then name them.",
        company=company,
    )


def _for_policy(document: Document) -> Sequence[str]:
    named = document["policy_reference"] or document["policy_url"]
    wanted = [] if named else [_no_policy(document["company_name"])]
    if any(map(article_16.named, [*document["suspicion"]["reasons"], document["policy_reference"] or ""])):
        wanted.append(sentence("A notice based on policy is not an Article 16 notice: remove the article."))
    return wanted


# What we wrote ourselves, or a code. Everything else in a document a person typed or a page said.
_OURS = frozenset({
    "id", "reference", "company", "company_name", "platform", "platform_name", "first_seen", "category", "taxa",
    "legality_evidence", "basis", "effective_from", "notifier", "good_faith", "guide_url", "answer_by", "tlp",
})  # fmt: skip


def stated(document: Document) -> dict[str, str]:
    """The document's texts and addresses that a person typed or a page said, by the name of their field."""
    texts: dict[str, list[str]] = {}

    def walk(name: str, value: Any) -> None:
        if isinstance(value, Mapping):
            for key, inner in value.items():
                if key not in _OURS:
                    walk("price" if name == "price" else key, inner)
        elif isinstance(value, list | tuple):
            for inner in value:
                walk("reason" if name == "reasons" else name, inner)
        elif value is not None:
            texts.setdefault(name, []).append(str(value))

    walk("", document)
    for taxon in document["suspicion"]["taxa"]:
        if not taxon["listings"]:  # no taxon of the lexicon: somebody's own words
            walk("other_taxon", [taxon["scientific_name"], taxon["common_name"]])
    return {name: "\n".join(lines) for name, lines in texts.items()}


def serialise(
    document: Document, answer_url: str, screenshot_url: str | None = None, pictures: Sequence[str] = ()
) -> Document:
    """The notice as it is sent: with its hash, the address to answer at, and those of the pictures that a person has marked clean."""
    listing = document["listing"] | {"screenshot_url": screenshot_url}
    added = {"pictures": list(pictures), "answer_url": answer_url, "sha256": proof.sha256(document)}
    return document | {"listing": listing} | added


def thin(notice: Document) -> Document:
    """A serialised notice for a webhook: what is needed to fetch or answer it, nothing of the ad but its address."""
    kept = ("id", "reference", "company", "platform", "basis", "answer_url", "answer_by", "tlp")
    return {name: notice[name] for name in kept} | {
        "listing": {"url": notice["listing"]["url"]},
        "suspicion": {"category": notice["suspicion"]["category"]},
    }
