"""The lexicon in the database: kept ready in memory, asked by id, by name and by an ad's words."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from server.core import capitals, clock, folding
from server.core.cached import Cached
from server.core.reasons import Reason, ReasonCode
from server.core.words import Category
from server.ledger.species import comparing, context, entries, judging, lineage, matching
from server.ledger.species.entries import Origin
from server.ledger.species.judging import Assessment
from server.ledger.species.listed import Checked
from server.ledger.species.matching import Matcher
from server.ledger.species.models import AddedTerm, ExportedListing, Import, LexiconTerm, Taxon, TaxonListing, TaxonName
from server.ledger.species.terms import POSITIVE, About, Match, Term, TermKind, TermReach

ADDED = judging.PLAIN  # how far a coordinator's term goes alone: words beside it can still name an innocent sense
LIKELY = 0.2  # a taxon below this is not put on a case
MOST_TAXA, MOST_MATCHES, MOST_REASONS = 8, 300, 8


@dataclass(frozen=True)
class Loaded:
    """One version of the lexicon, ready."""

    version: str
    taxa: dict[str, dict[str, Any]]
    vocabularies: dict[date, dict[str, Any]] = field(default_factory=dict)
    searched: list[dict[str, Any]] = field(default_factory=list)


def changed(session: Session) -> None:
    """The lexicon is another once `session` has committed."""
    for cached in (_lexicon, _matcher, _words, _spoken):
        cached.forget(session)


def ready(session: Session) -> Loaded:
    """The lexicon as it stands in the database; made once for each version."""
    return _lexicon.get(session)


def matcher(session: Session) -> Matcher:
    """The matcher for the lexicon as it stands in the database; made once for each version."""
    return _matcher.get(session)


def assess(
    session: Session,
    text: str,
    category: str,
    *,
    taxon_id: str | None = None,
    stated: str | None = None,
    of_platform: Iterable[str] = (),
) -> Assessment:
    """What the words of an ad say, with the category the spotter gave and, where they chose one, their taxon.

    `stated` is the language that the page says the ad is in, `of_platform` are those of its platform's ads.
    """
    matches, every = matcher(session).read(text, stated, of_platform)
    says = context.read(text, every)
    judged = judging.judge(matches, Category(category))
    score, reasons = judged.score, list(judged.reasons)
    taxa = {suspected.taxon: suspected.score for suspected in judged.suspected[:MOST_TAXA] if suspected.score >= LIKELY}
    for chosen in taxa_for(session, [taxon_id] if taxon_id else []).values():
        score = round(1 - (1 - score) * (1 - judging.CHOSEN), 3)
        taxa = {chosen["id"]: score} | {taxon: likely for taxon, likely in taxa.items() if taxon != chosen["id"]}
        reasons.insert(0, Reason(ReasonCode.TAXON_CHOSEN, judging.CHOSEN, {"taxon": chosen["scientific_name"]}))
    spoken = Counter(language for match in matches for language in match.languages)
    likeliest = list(taxa_for(session, list(taxa)[:1]).values())
    appendices = {row["appendix"] for taxon in likeliest for row in taxon["listings"] if row["source"] == "CITES"}
    return Assessment(
        score,
        (*reasons[:MOST_REASONS], *(r for r in says.reasons() if r.code not in {each.code for each in reasons})),
        taxa,
        likeliest[0]["group"] if likeliest else None,
        tuple(sorted(appendices)),
        tuple(_shown(match, spoken) for match in _heard(matches, judged.reasons)[:MOST_MATCHES]),
        says,
    )


def _heard(matches: list[Match], reasons: Iterable[Reason]) -> list[Match]:
    """Without words against that nothing was near enough to hear: a mark that no reason speaks of would mislead. Words of
    context stand in its reasons."""
    against = {reason.params["word"] for reason in reasons if reason.against}
    return [match for match in matches if match.kind in POSITIVE or match.text in against]


def _shown(match: Match, spoken: Counter[str]) -> dict[str, Any]:
    """A match as it is kept. A word of several languages is of the one that most words of the ad are of."""
    language = max(match.languages, key=lambda each: spoken[each], default=None)
    return {
        "start": match.start, "end": match.end, "text": match.text, "term": match.term, "masked": match.masked,
        "kind": str(match.kind), "language": language, "taxa": list(match.taxa),
    }  # fmt: skip


def taxa_for(session: Session, ids: Iterable[str], on: date | None = None) -> dict[str, dict[str, Any]]:
    """The known ones of `ids`, in that order, each with the listings in force `on` that day (today).

    A dict holds id, scientific_name, common_name (or None), names [{language, text, of_kind: where it is a species' in it}],
    called {language: the name to show}, group, origin, products, look_alikes, listings: one row for each population or
    annotation, with its citations and how far it was checked, and export: what a Species+ export says of it (as_of, appendices, agrees), or None.
    """
    ids = list(ids)
    known = ready(session).taxa if ids else {}
    others = [taxon_id for taxon_id in ids if taxon_id not in known]
    if others:
        known = known | _assemble(session, select(Taxon.id).where(Taxon.id.in_(others)))
    day = on or clock.now().date()
    return {taxon_id: in_force(known[taxon_id], day) for taxon_id in ids if taxon_id in known}


def in_force(taxon: dict[str, Any], day: date) -> dict[str, Any]:
    """`taxon` with the listings in force on `day`. One whose first day is not known counts as in force."""
    listings = [row for row in taxon["listings"] if (row["effective_from"] or day) <= day <= (row["until"] or day)]
    return taxon | {"listings": listings}


def differing(session: Session) -> list[dict[str, Any]]:
    """The lexicon's taxa of which a Species+ export says otherwise, by name."""
    told = [taxon for taxon in ready(session).taxa.values() if taxon["export"] and not taxon["export"]["agrees"]]
    return sorted(told, key=lambda taxon: str(taxon["scientific_name"]))


def as_of(session: Session) -> date | None:
    """The day of which the shipped lexicon's facts are; None before it was taken in."""
    return session.scalar(select(Import.as_of).where(Import.name == Origin.LEXICON.value))


def search_key(text: str) -> str:
    """A name as it is searched for: folded, its spaces single. Pure."""
    return " ".join(folding.latin(text).split())


_EXPORTS = select(func.count()).select_from(Import).where(Import.name.startswith(Origin.SPECIES_PLUS.value))
SHIPPED_VERSION = select(Import.sha256).where(Import.name == Origin.LEXICON.value)


def _version_of_terms(session: Session) -> str:
    """The shipped files' hash and the added terms' ids: one is never changed, only added or taken out."""
    added = "".join(session.scalars(select(AddedTerm.id).order_by(AddedTerm.id)))
    of_added = hashlib.sha256(added.encode()).hexdigest() if added else ""
    return f"{session.scalar(SHIPPED_VERSION)} {of_added}"


def _version(session: Session) -> str:
    """The terms' version, and how many exports were taken in: they confirm listings, and bring no word to look for."""
    return f"{_version_of_terms(session)} {session.scalar(_EXPORTS)}"


def _load(session: Session, version: str) -> Loaded:
    taxa = _assemble(session, select(Taxon.id).where(Taxon.origin == Origin.LEXICON.value))
    exported = {
        row.scientific_name: comparing.ExportSays(frozenset(filter(None, row.appendices.split("/"))), row.as_of)
        for row in session.scalars(select(ExportedListing))
    }
    for taxon in taxa.values() if exported else ():
        latin = [name["text"] for name in taxon["names"] if name["language"] == "la"]
        if said := comparing.of_names([taxon["scientific_name"], *latin], exported):
            taxon["listings"], agrees = comparing.compared(taxon["listings"], taxon["rank"], said)
            taxon["export"] = {"as_of": said.as_of, "appendices": sorted(said.appendices), "agrees": agrees}
    return Loaded(version, taxa)


_lexicon = Cached(_version, _load)
_matcher = Cached(_version_of_terms, lambda session, _: matching.compile(terms(session)))


def words(session: Session) -> frozenset[str]:
    """The everyday words in the lexicon's names and terms, to tell people's names from them. Made once for each version."""
    return _words.get(session)


def _load_words(session: Session, _version: str) -> frozenset[str]:
    named = select(TaxonName.text, TaxonName.language).join(Taxon).where(Taxon.origin == Origin.LEXICON.value)
    texts = [(text, language == "la") for text, language in session.execute(named)]
    texts += [(text, False) for text in session.scalars(select(LexiconTerm.text))]
    texts += [(term.text, False) for term in added_terms(session)]
    return frozenset(word for text, scientific in texts for word in entries.everyday_words(text, scientific))


_words = Cached(_version_of_terms, _load_words)


def speaks(term: Term) -> bool:
    """Whether it stands for a taxon, or is an innocent use of a word."""
    return bool(term.taxa) or term.kind is TermKind.AGAINST


def spoken(session: Session) -> frozenset[str]:
    """The keys of all that speak. Made once for each version of the lexicon."""
    return _spoken.get(session)


def _load_spoken(session: Session, _version: str) -> frozenset[str]:
    return frozenset(matching.key(term.text) for term in terms(session) if speaks(term))


_spoken = Cached(_version_of_terms, _load_spoken)


def languages(session: Session) -> set[str]:
    """The languages that names are in; scientific ones left out."""
    return set(session.scalars(select(TaxonName.language).distinct())) - {"la"}


def added_terms(session: Session) -> list[AddedTerm]:
    return list(session.scalars(select(AddedTerm).order_by(AddedTerm.id)))


def terms(session: Session) -> list[Term]:
    """All that the matcher looks for: the shipped words, those that coordinators added, and the names of the taxa."""
    columns = ("text", "language", "kind", "weight", "taxa", "about", "reach")
    shipped = select(*(getattr(LexiconTerm, name) for name in columns))
    words = [
        entries.term_of(
            text, language, TermKind(kind), weight, tuple(taxa), About(about) if about else None, TermReach(reach)
        )
        for text, language, kind, weight, taxa, about, reach in session.execute(shipped.order_by(LexiconTerm.id))
    ]
    words += [
        entries.term_of(row.text, row.language, TermKind.TRADE, ADDED, tuple(row.taxa)) for row in added_terms(session)
    ]
    named = select(TaxonName.text, TaxonName.language, Taxon.id, Taxon.weight).join(Taxon).order_by(TaxonName.id)
    rows = session.execute(named.where(TaxonName.matched, Taxon.origin == Origin.LEXICON.value))
    return words + [entries.name_term(text, language, taxon, weight) for text, language, taxon, weight in rows]


def _assemble(session: Session, ids: Any) -> dict[str, dict[str, Any]]:
    """Taxa as dicts with all their listings, by id."""
    names, listings = defaultdict(list), defaultdict(list)
    named = select(TaxonName, Taxon.rank).join(Taxon, Taxon.id == TaxonName.taxon_id).where(Taxon.id.in_(ids))
    for name, rank in session.execute(named.order_by(TaxonName.id)):
        of_kind = {"of_kind": True} if lineage.is_of_kind(name.source, rank) else {}
        names[name.taxon_id].append({"language": name.language, "text": name.text} | of_kind)
    columns = [column.name for column in TaxonListing.__table__.columns if column.name not in ("id", "taxon_id")]
    for row in session.scalars(select(TaxonListing).where(TaxonListing.taxon_id.in_(ids)).order_by(TaxonListing.id)):
        confirmed = Checked(row.checked).confirmed
        listings[row.taxon_id].append({column: getattr(row, column) for column in columns} | {"confirmed": confirmed})
    called = {taxon_id: lineage.called(each) for taxon_id, each in names.items()}
    return {
        taxon.id: {
            "id": taxon.id,
            "scientific_name": taxon.scientific_name,
            "rank": taxon.rank,
            "parent_id": taxon.parent_id,
            "common_name": capitals.initial(called.get(taxon.id, {}).get("en", ""), "en") or None,
            "names": names[taxon.id],
            "called": called.get(taxon.id, {}),
            "group": taxon.taxon_group,
            "origin": taxon.origin,
            "products": taxon.products,
            "look_alikes": taxon.look_alikes,
            "listings": listings[taxon.id],
            "export": None,
        }
        for taxon in session.scalars(select(Taxon).where(Taxon.id.in_(ids)).order_by(Taxon.id))
    }
