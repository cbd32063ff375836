"""How urgently a person should look at a case, each reason with its words. Pure.

Priority = 100 x likely x (0.5 x harm + 0.3 x freshness + 0.2 x corroboration), where

- likely: a trained person says so, and what the words of the ad add, tempered by the spotter's own confidence
- harm: live animals and Appendix I first; many at once more
- freshness: an ad posted or captured just now can still be stopped
- corroboration: more spotters, and trusted ones; one person's reports of a listing are one voice

and a fifth more where the ad repeats what was removed elsewhere (`reposted`).

The weights are this programme's judgement, to be learnt from outcomes later; a number never stands without its reasons.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from server.core.reasons import Reason, ReasonCode

SURE = {"certain": 1.0, "likely": 0.85, "unsure": 0.6}
HARM = {"live": 0.85, "part": 0.7, "product": 0.55, "plant": 0.5, "service": 0.6}
MANY = ((20, 0.15), (5, 0.1), (2, 0.05))  # what so many at once add to the harm
TOLD = frozenset({"live", "part", "plant"})  # categories that are a reason of their own
APPENDIX = {"I": 0.25, "II": 0.1, "III": 0.05}
SAID_TRUSTED, SAID_PROBATION = 0.5, 0.35  # how far a trained person's report goes when the words say nothing
# What became of the listing before, what the ad shows of papers, and how sure the spotter is: factors on `likely`.
BEFORE = {
    "removed": (1.2, ReasonCode.REMOVED_BEFORE),
    "restricted": (1.1, ReasonCode.RESTRICTED_BEFORE),
    "kept": (0.5, ReasonCode.KEPT_BEFORE),
    "dismissed": (0.5, ReasonCode.DISMISSED_BEFORE),
}
PAPERS = {
    "none": (1.0, ReasonCode.NO_PAPERS),
    "claimed": (0.9, ReasonCode.PAPERS_CLAIMED),
    "document_shown": (0.6, ReasonCode.DOCUMENT_SHOWN),
}
NO_LISTING = 0.5  # of `likely`, where the address is no single ad: there is hardly anything to take down
FRESH = 0.6  # of an ad that does not say when it was posted
REPOSTED, SAME_SELLER = 0.2, 0.05  # of the whole: what was removed is posted again, and by the same seller
RING = 0.3  # of `likely`, where the reports may be a ring's: what it reports still waits in the queue
TRUSTED = 0.4  # of the corroboration that a trusted spotter gives


@dataclass(frozen=True)
class Signals:
    """What is known about a case when it is judged."""

    category: str
    words_score: float  # 0 to 1: what the lexicon makes of the text
    words_reasons: tuple[Reason, ...] = ()
    appendices: tuple[str, ...] = ()
    confidence: str | None = None
    legality_evidence: str | None = None
    age_hours: float | None = None  # since the ad was posted, when it says so
    spotters: int = 1  # different people who report it
    trusted: bool = False
    before: str | None = None  # what became of this listing before: "removed", "kept", "dismissed"
    single_ad: bool = True  # False: the address is a front page, a search or a list
    learned: float | None = None  # what a model makes of the words, in place of `words_score`; None: there is no model
    ring: bool = False  # an alarm is open: many new accounts report the seller at once
    context: Mapping[str, float] = field(default_factory=dict)  # what the ad says of itself (species/context.py)


@dataclass(frozen=True)
class Priority:
    """The number, the signals it is made of, and the reasons: those for it first, then those against.

    `signals` are kept with the case, to learn from what became of it. Its parts (0 to 1): likely, harm, fresh and
    corroboration. What they are made of: words (what the words of the ad amount to), learned (what a model makes of them
    instead, where one orders the queue), spotter (how far a report like this
    goes when the words say nothing), confidence, before, papers, page and ring (factors), spotters, trusted (0 or 1), and age_hours, where it is known;
    repost (a factor on the whole), and what the ad says of itself.
    """

    score: int
    signals: dict[str, float]
    reasons: tuple[Reason, ...]


def prioritise(signals: Signals) -> Priority:
    """The priority of a case, 0 to 100, with its reasons: what it is first, then what the ad's words say."""
    reasons: list[Reason] = []
    harm = HARM.get(signals.category, 0.5)
    if signals.category in TOLD:
        reasons.append(Reason(ReasonCode.CATEGORY, harm, {"category": signals.category}))
    worst = min(signals.appendices, key=["I", "II", "III"].index, default=None)
    if worst:
        harm += APPENDIX[worst]
        params = {"appendix": worst, "others": sorted(set(signals.appendices) - {worst})}
        reasons.append(Reason(ReasonCode.APPENDIX, APPENDIX[worst], params))

    many = next((more for least, more in MANY if signals.context.get("quantity", 1) >= least), 0.0)
    harm += many

    spotter = SAID_TRUSTED if signals.trusted else SAID_PROBATION
    confidence = SURE.get(signals.confidence or "likely", 0.85)
    factors = {"before": 1.0, "papers": 1.0, "page": 1.0, "ring": 1.0}
    known = {"before": BEFORE.get(signals.before or ""), "papers": PAPERS.get(signals.legality_evidence or "")}
    for name, value in known.items():
        if value:
            factors[name], code = value
            reasons.append(Reason(code, round(factors[name] - 1, 2)))
    if not signals.single_ad:
        factors["page"] = NO_LISTING
        reasons.append(Reason(ReasonCode.NO_LISTING, round(NO_LISTING - 1, 2)))
    if signals.ring:
        factors["ring"] = RING
        reasons.append(Reason(ReasonCode.RING_SUSPECTED, round(RING - 1, 2)))
    said = {"words": signals.words_score, "spotter": spotter, "confidence": confidence, **factors}
    if signals.learned is not None:
        said["learned"] = signals.learned
    likely = _likely(said)
    if signals.confidence == "unsure":
        reasons.append(Reason(ReasonCode.UNSURE, round(confidence - 1, 2)))

    fresh = FRESH
    if signals.age_hours is not None:
        fresh = 1.0 if signals.age_hours < 24 else 0.8 if signals.age_hours < 24 * 7 else 0.4
        if signals.age_hours < 24:
            reasons.append(Reason(ReasonCode.POSTED_TODAY, round(fresh - FRESH, 2)))
        elif signals.age_hours > 24 * 90:
            reasons.append(Reason(ReasonCode.POSTED_LONG_AGO, round(fresh - FRESH, 2)))

    backing = _backing(signals.spotters, signals.trusted)
    reasons += _backed_by(signals.spotters, signals.trusted)

    harm = min(harm, 1.0)
    numbers = {
        "likely": round(likely, 2), "harm": round(harm, 2), "fresh": fresh, "corroboration": round(backing, 2), **said,
        "spotters": signals.spotters, "trusted": float(signals.trusted), **signals.context,
    }  # fmt: skip
    if signals.age_hours is not None:
        numbers["age_hours"] = round(signals.age_hours, 1)
    every = [
        *reasons,
        *(r._replace(weight=many) if r.code == ReasonCode.QUANTITY else r for r in signals.words_reasons),
    ]
    return Priority(
        _of(numbers),  # of what is kept: the same whenever it is judged again
        numbers,
        _ordered(every),
    )


def corroborated(signals: Mapping[str, float], reasons: Sequence[Reason], spotters: int, trusted: bool) -> Priority:
    """A judgement that stands, with the voices it has now: nothing else of it changes.

    `signals` and `reasons` are those it was kept with; one of an earlier version may lack some. `trusted`: whether the
    report that came now is a trusted spotter's.
    """
    trusted = trusted or _has_trusted(signals, reasons)
    backing = _backing(spotters, trusted)
    numbers = dict(signals) | {
        "corroboration": round(backing, 2), "spotters": spotters, "trusted": float(trusted),
    }  # fmt: skip
    others = [reason for reason in reasons if reason.code not in (ReasonCode.SPOTTERS, ReasonCode.TRUSTED_SPOTTER)]
    return Priority(_of(numbers), numbers, (*_backed_by(spotters, trusted), *others))


OF_BEFORE = tuple(code for _, code in BEFORE.values())
# Why a case is before a coordinator again.
OF_RETURN = (ReasonCode.STILL_THERE, ReasonCode.THERE_AGAIN, ReasonCode.LAPSED)


def reworded(judged: Priority, signals: Mapping[str, float], reasons: Sequence[Reason], *, returned: bool) -> Priority:
    """A judgement by another wording of the ad, with what was known of the case beside its words.

    That is what its goods are a repost of, that a trusted spotter is among its voices, and what became of the listing before.
    `signals` and `reasons`: of the judgement that stood. `returned`: the listing has just come back, and `judged` says
    itself what became of it.
    """
    trusted = bool(judged.signals["trusted"]) or _has_trusted(signals, reasons)
    voiced = corroborated(judged.signals, judged.reasons, int(judged.signals["spotters"]), trusted)
    numbers, stands = dict(voiced.signals), [reason for reason in reasons if reason.code in OF_REPOSTS]
    if "repost" in signals:
        numbers["repost"] = signals["repost"]
    if not returned:
        stands += [reason for reason in reasons if reason.code in OF_LEADS]
        before = [reason for reason in reasons if reason.code in OF_BEFORE]
        numbers["before"] = round(1 + sum(reason.weight or 0 for reason in before), 2)
        numbers["likely"] = round(_likely(numbers), 2)
        stands += before
    first = [] if returned else [reason for reason in reasons if reason.code in OF_RETURN]
    return Priority(_of(numbers), numbers, _ordered((*first, *stands, *voiced.reasons)))


def found_before(signals: Mapping[str, float], reasons: Sequence[Reason], outcome: str | None) -> Priority:
    """A judgement that stands, now that something else is known of what became of the listing before; None: nothing is."""
    factor, code = BEFORE.get(outcome or "", (1.0, None))
    numbers = dict(signals) | {"before": factor}
    numbers["likely"] = round(_likely(numbers), 2)
    said = [Reason(code, round(factor - 1, 2))] if code else []
    others = [reason for reason in reasons if reason.code not in OF_BEFORE]
    return Priority(_of(numbers), numbers, _ordered((*others, *said)))


def _has_trusted(signals: Mapping[str, float], reasons: Sequence[Reason]) -> bool:
    """Whether a trusted spotter is among the voices; the signals of an earlier version do not say."""
    return bool(signals.get("trusted")) or any(reason.code == ReasonCode.TRUSTED_SPOTTER for reason in reasons)


def by_a_ring(
    signals: Mapping[str, float], reasons: Sequence[Reason], spotters: int, *, trusted: bool, ring: bool
) -> Priority:
    """A judgement that stands, now that its reports may be a ring's, or are known not to be: nothing else of it changes."""
    numbers = dict(signals)
    if numbers.get("ring", 1.0) != (RING if ring else 1.0):
        numbers["ring"] = RING if ring else 1.0
        numbers["likely"] = round(_likely(numbers), 2)
    backing = round(_backing(spotters, trusted), 2)
    numbers |= {"corroboration": backing, "spotters": spotters, "trusted": float(trusted)}
    changed = (ReasonCode.SPOTTERS, ReasonCode.TRUSTED_SPOTTER, ReasonCode.RING_SUSPECTED)
    others = [reason for reason in reasons if reason.code not in changed]
    lowers = [Reason(ReasonCode.RING_SUSPECTED, round(RING - 1, 2))] if ring else []
    return Priority(_of(numbers), numbers, _ordered([*_backed_by(spotters, trusted), *others, *lowers]))


OF_LEADS = (ReasonCode.LEADS_CONFIRM, ReasonCode.LEADS_DOUBT)


def said_by_leads(reasons: Sequence[Reason], confirm: int, doubt: int) -> tuple[Reason, ...]:
    """The reasons, with how many leads say what of the case's reports. It weighs nothing: what leads say is read, not counted.

    A lead is no second reporter, and knows one report only: neither likelihood nor corroboration follows from it.
    """
    counts = zip(OF_LEADS, (confirm, doubt), strict=True)
    said = [Reason(code, 0.0, {"number": number}) for code, number in counts if number]
    return _ordered([*said, *(reason for reason in reasons if reason.code not in OF_LEADS)])


OF_MODELS = (ReasonCode.LEARNED_FOR, ReasonCode.LEARNED_AGAINST)


def learned(
    signals: Mapping[str, float], reasons: Sequence[Reason], likely: float | None, said: Sequence[Reason]
) -> Priority:
    """A judgement that stands, with what a model makes of the words now; likely None: the rules alone again."""
    numbers = {name: value for name, value in signals.items() if name != "learned"}
    if likely is not None:
        numbers["learned"] = likely
    numbers["likely"] = round(_likely(numbers), 2)
    others = (reason for reason in reasons if reason.code not in OF_MODELS)
    return Priority(_of(numbers), numbers, _ordered((*others, *said)))


class Repost(NamedTuple):
    """A case whose goods this one shows again."""

    case: str  # its reference
    shared: str  # "photo", "text" or "both"
    removed_on: date | None  # None: it was not removed
    same_seller: bool

    @property
    def worth(self) -> float:
        """What it adds to the priority, as a share of it."""
        return (REPOSTED if self.removed_on else 0) + (SAME_SELLER if self.same_seller else 0)


OF_REPOSTS = (ReasonCode.REPOST, ReasonCode.SAME_SELLER)


def strongest(reposts: Sequence[Repost]) -> Repost | None:
    """The repost that counts: one is as bad as many. A seller counts only where the same goods are posted again."""
    worth = [repost for repost in reposts if repost.worth]
    return max(worth, key=lambda repost: (repost.worth, repost.removed_on or date.min, repost.case), default=None)


def reposted(signals: Mapping[str, float], reasons: Sequence[Reason], repost: Repost | None) -> Priority | None:
    """A judgement that stands, with what the ad is a repost of, as it is known now. None: nothing changes."""
    numbers, new = {name: value for name, value in signals.items() if name != "repost"}, list[Reason]()
    if repost:
        numbers["repost"] = 1 + repost.worth
    if repost and repost.removed_on:
        day = repost.removed_on.isoformat()
        new.append(Reason(ReasonCode.REPOST, REPOSTED, {"case": repost.case, "shared": repost.shared, "day": day}))
    if repost and repost.same_seller:
        new.append(Reason(ReasonCode.SAME_SELLER, SAME_SELLER, {"case": repost.case}))
    if new == [reason for reason in reasons if reason.code in OF_REPOSTS]:
        return None
    others = (reason for reason in reasons if reason.code not in OF_REPOSTS)
    return Priority(_of(numbers), numbers, (*new, *others))


def _ordered(reasons: Sequence[Reason]) -> tuple[Reason, ...]:
    """Those for it first, then those against, each in their order."""
    return tuple(sorted(reasons, key=lambda reason: reason.against))


def _of(numbers: Mapping[str, float]) -> int:
    """The priority of signals as they are kept; those of an earlier version may lack some."""
    parts = (numbers.get("likely", 0.0), numbers.get("harm", 0.0), numbers.get("fresh", FRESH))
    return min(100, round(_score(*parts, numbers.get("corroboration", 0.0)) * numbers.get("repost", 1.0)))


FACTORS = ("confidence", "before", "papers", "page", "ring")


def _likely(said: Mapping[str, float]) -> float:
    """How likely it is, of the numbers it is made of: those that an earlier version did not keep change nothing."""
    spotter = said.get("spotter", SAID_PROBATION)
    likely = spotter + (1 - spotter) * said.get("learned", said.get("words", 0.0))
    for name in FACTORS:
        likely *= said.get(name, 1.0)
    return min(likely, 1.0)


def _score(likely: float, harm: float, fresh: float, backing: float) -> int:
    return round(100 * likely * (0.5 * harm + 0.3 * fresh + 0.2 * backing))


def _backing(spotters: int, trusted: bool) -> float:
    return min(1.0, 0.3 + 0.2 * (spotters - 1) + (TRUSTED if trusted else 0.0))


def _backed_by(spotters: int, trusted: bool) -> list[Reason]:
    """The reasons that so many spotters, and a trusted spotter, are."""
    several = [Reason(ReasonCode.SPOTTERS, round(min(0.7, 0.2 * (spotters - 1)), 2), {"number": spotters})]
    return [*(several if spotters > 1 else ()), *([Reason(ReasonCode.TRUSTED_SPOTTER, TRUSTED)] if trusted else ())]
