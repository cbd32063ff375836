"""What the words of an ad make one suspect, and what speaks against it. Pure.

Nothing here decides: the score orders a queue, and its reasons are shown to the coordinator who does. Two rules of the
field carry it: the plain name of an animal is no trade signal without goods or an offer beside it, and most words of the
trade have innocent senses (a colour, a brand, a toy), which the words around them give away.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from server.core.reasons import Reason, ReasonCode
from server.core.words import Category
from server.ledger.species.context import Context
from server.ledger.species.terms import POSITIVE, About, Match, TermKind, TermReach

NEAR = 40  # code points between two words that are read together: about six words
PLAIN = 0.5  # a word of at most this weight has innocent senses, which words beside it can name
SHOWN = 0.4  # an animal's own name: a figure can be of it; "ivory", what a figure can be made of, weighs more
TOUCHING = 10  # code points between a name and what it is a figure of: "elephant figurine of wood"
MASKED = 0.5  # what hiding a word adds: honest sellers do not
# What a word beside a name, or an offer anywhere in the ad, adds to it.
BESIDE = {About.GOODS: 0.6, About.LIVE: 0.45, About.REAL: 0.35, About.OFFER: 0.25}
ELSEWHERE = 0.4  # of what a word for or against counts, when it stands farther off
ECHO = 0.25  # of a word that the same ad uses innocently elsewhere: "shark fin antenna" tells what "shark fin" is
BARE = 0.5  # of a name in an ad that speaks of no goods, of nothing alive, and of no offer
PLAINLY = 0.9  # a word of offer of this weight is one; a currency sign alone is not
NAMED = 0.9  # a trade word of this weight holds the animal's own name: "elephant ivory"
CHOSEN = 0.4  # what the spotter's own choice of a taxon adds
# Of what goods amount to when no taxon is named: parts that come of animals alone, and what ordinary things are too.
WORDLESS, ORDINARY = 0.52, 0.3
PART = 0.7  # goods of this weight come of animals alone: skull, tusk, fur
INFORMS, INFORMS_LOUDLY = 0.5, 0.8  # what news and teaching take from an ad that plainly offers nothing
SELLS = {About.OFFER: PLAINLY, About.REAL: 0.6}  # a word of this weight is of somebody who sells: "for sale", "genuine"
# What words of news, or of teaching, must weigh together; to be loud; to be louder than a word of offer: "seized, arrested,
# poached" is no seller's "sold".
ENOUGH, LOUD, LOUDER = 1.0, 2.0, 3.0


@dataclass(frozen=True, slots=True)
class SuspectedTaxon:
    """A taxon the words point to, how strongly (0 to 1), and the words."""

    taxon: str
    score: float
    words: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Innocent:
    """A word told apart as innocent, and the words that said so."""

    word: Match
    because: Match


@dataclass(frozen=True, slots=True)
class AdJudgement:
    """What the matches of one ad amount to. `score` 0 to 1 orders a queue; it is no probability and no verdict."""

    score: float
    suspected: tuple[SuspectedTaxon, ...]
    innocent: tuple[Innocent, ...]
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Assessment:
    """A judgement as the rest of the house uses it: plain values, to be kept and shown."""

    score: float
    reasons: tuple[Reason, ...]  # weightiest first
    taxa: dict[str, float]  # how likely each taxon is, strongest first
    group: str | None  # of the likeliest taxon
    appendices: tuple[str, ...]  # of it, as in force; several where its populations differ
    matches: tuple[dict[str, Any], ...]  # start, end, text, term, kind, language, taxa, masked; in the order of the ad
    context: Context  # what the ad says of itself


def score(matches: Sequence[Match], category: Category | None = None) -> tuple[float, tuple[Reason, ...]]:
    """How much a person should look, 0 to 1, with the reasons for and against."""
    judged = judge(matches, category)
    return judged.score, judged.reasons


def judge(matches: Sequence[Match], category: Category | None = None) -> AdJudgement:
    """The suspected taxa, strongest first, with the words that said so; and the words told apart as innocent.

    `category` is what the spotter said is offered: a spotter who saw a live animal makes its plain name weigh more.
    """
    matches = _without_denied(matches)
    phrases = sorted((m for m in matches if m.reach is TermReach.PHRASE and _against(m)), key=lambda m: m.start)
    beside = sorted((m for m in matches if m.reach is TermReach.NEAR and _against(m)), key=lambda m: m.start)
    words = [m for m in matches if m.taxa and not _against(m)]
    cues = _by_about(m for m in matches if not m.taxa and m.kind is TermKind.TRADE and not _inside(m, phrases))

    denials = {word: _inside(word, phrases) or _near(word, beside) for word in words}
    echoed = {word.term for word, denial in denials.items() if denial and _echoes(denial)}
    evidence: dict[str, dict[str, tuple[float, Match]]] = {}
    reasons: dict[Key, Reason] = {}
    for word, denial in denials.items():
        weight = word.weight
        if denial:
            params = {"word": denial.text, "against": word.text}
            _add(reasons, Reason(ReasonCode.AGAINST_WORD, -round(weight * denial.weight, 2), params))
            weight *= 1 - denial.weight
            if denial.weight >= 1:
                continue
        elif word.term in echoed:
            weight *= ECHO
        for taxon in word.taxa:
            mine = evidence.setdefault(taxon, {})
            if weight > mine.get(word.term, (0.0, word))[0]:
                mine[word.term] = (weight, word)

    informing, told = _informing(matches)
    selling = (match for match in matches if match.about and match.weight >= SELLS.get(match.about, 2.0))
    sells = told < LOUDER and any(not _inside(match, phrases) for match in selling)
    informs = INFORMS_LOUDLY if told >= LOUD else INFORMS
    whole = _whole([m for m in matches if not (sells and m.about is About.NEWS)], sorted(words, key=lambda m: m.start))
    suspected = []
    for taxon, hits in evidence.items():
        total, taxon_reasons = _weigh(list(hits.values()), cues, category)
        own = any(word.kind is TermKind.TAXON or word.weight >= NAMED for _, word in hits.values())
        for word, part in whole:
            if not word.taxa or (taxon in word.taxa and not (own and _tells_apart(word))):
                total = _less(total, part)
                taxon_reasons.append(Reason(ReasonCode.AGAINST_AD, -round(part, 2), {"word": word.text}))
        if informing and not sells:
            total = _less(total, informs)
            taxon_reasons.append(Reason(_SAYS[informing.about], -informs, {"word": informing.text}))  # type: ignore[index]
        for reason in taxon_reasons:
            _add(reasons, reason)
        marks = sorted((word for _, word in hits.values()), key=lambda m: m.start)
        suspected.append(SuspectedTaxon(taxon, round(total, 3), tuple(marks)))
    suspected.sort(key=lambda s: -s.score)  # of equals, as the lexicon names them: the likelier first

    if suspected:
        top = suspected[0].score
    else:
        total = _wordless(cues, reasons)
        for word, part in whole:
            total = total if word.taxa else _less(total, part)
        top = round(total, 3)
    innocent = tuple(Innocent(word, denial) for word, denial in denials.items() if denial)
    ordered = sorted(reasons.values(), key=lambda r: -abs(r.weight or 0))
    return AdJudgement(top, tuple(suspected), innocent, tuple(ordered))


def _weigh(
    hits: list[tuple[float, Match]], cues: dict[About, list[Match]], category: Category | None
) -> tuple[float, list[Reason]]:
    """What the words for one taxon, and the cues around them, amount to. Each adds to what is left to doubt."""
    doubt = 1.0
    reasons = []
    names = [weight for weight, word in hits if word.kind is TermKind.TAXON]
    if names:  # two names of one taxon say no more than one
        doubt *= 1 - max(names)
    for weight, word in hits:
        doubt *= 1 - weight if word.kind is TermKind.TRADE else 1
        code = ReasonCode.NAME if word.kind is TermKind.TAXON else ReasonCode.TRADE_WORD
        reasons.append(Reason(code, round(weight, 2), {"word": word.text}))
    strongest = max(weight for weight, _ in hits)
    hidden = next((word for _, word in hits if word.masked), None)
    if hidden:
        doubt *= 1 - MASKED
        reasons.append(Reason(ReasonCode.HIDDEN_WORD, MASKED, {"word": hidden.text, "term": hidden.term}))
    for about, there in cues.items():
        if about is About.LIVE and category in (Category.PART, Category.PRODUCT):
            continue
        near = next((cue for _, word in hits if (cue := _near(word, there, any_weight=True))), None)
        cue = near or there[0]
        added = BESIDE[about] * cue.weight * (1 if near else ELSEWHERE) * min(1.0, strongest * 2)
        doubt *= 1 - added
        reasons.append(Reason(_SAYS[about], round(added, 2), {"word": cue.text}))
    offered = any(cue.weight >= PLAINLY for cue in cues.get(About.OFFER, ()))
    bare = len(names) == len(hits) and not hidden and not offered and not {About.GOODS, About.LIVE} & set(cues)
    bare = bare and category not in (Category.LIVE, Category.PLANT)  # the spotter saw what the words leave out
    return (1 - doubt) * (BARE if bare else 1), reasons


_SAYS = {
    About.GOODS: ReasonCode.GOODS,
    About.LIVE: ReasonCode.ALIVE,
    About.REAL: ReasonCode.REAL,
    About.OFFER: ReasonCode.OFFER,
    About.NEWS: ReasonCode.NEWS,
    About.TEACHING: ReasonCode.TEACHING,
}

Key = tuple[Any, ...]


def _add(reasons: dict[Key, Reason], reason: Reason) -> None:
    """Add a reason, unless the same was said before."""
    reasons.setdefault((reason.code, *reason.params.values()), reason)


def _wordless(cues: dict[About, list[Match]], reasons: dict[Key, Reason]) -> float:
    """What goods without the name of a taxon amount to: little, yet more than nothing."""
    doubt = 1.0
    share = WORDLESS if any(cue.weight >= PART for cue in cues.get(About.GOODS, ())) else ORDINARY
    for about, there in cues.items():
        if about is About.GOODS or About.GOODS in cues:
            weight = BESIDE[about] * max(cue.weight for cue in there) * share
            doubt *= 1 - weight
            _add(reasons, Reason(_SAYS[about], round(weight, 2), {"word": there[0].text}))
    return 1 - doubt


def _less(total: float, part: float) -> float:
    """`total` with a word of weight `part` against it. It lowers the odds, so much evidence is not undone by one word:
    "tiger claw" and three more trade terms stand although "toy" is among them."""
    odds = total / max(1 - total, 1e-9) * (1 - part) ** 2
    return odds / (1 + odds)


def _whole(matches: Sequence[Match], words: list[Match]) -> list[tuple[Match, float]]:
    """The words against the whole ad, each once, and how much each takes: less when it stands far from any word.

    In hashtags they stand apart too: "#ivory #silver #ceramics" offers three things.
    """
    heard: dict[str, tuple[Match, float]] = {}
    untagged = [word for word in words if not word.tag]
    for match in matches:
        if match.reach is TermReach.AD and _against(match):
            near = untagged if match.tag else words
            close = not words or _tells_apart(match) or _near(match, near, any_weight=True)
            part = match.weight * (1 if close else ELSEWHERE)
            if part > heard.get(match.term, (match, 0.0))[1]:
                heard[match.term] = (match, part)
    return list(heard.values())


def _informing(matches: Sequence[Match]) -> tuple[Match | None, float]:
    """The plainest word of an ad that informs (news of a seizure, a lesson), and what all such words weigh together."""
    for about in (About.NEWS, About.TEACHING):
        heard = {match.term: match for match in matches if match.about is about and not _against(match)}
        told = sum(match.weight for match in heard.values())
        if told >= ENOUGH:
            return max(heard.values(), key=lambda match: (match.weight, -match.start)), told
    return None, 0.0


def _tells_apart(word: Match) -> bool:
    """Whether it names something that is not of its taxa: mammoth ivory is no elephant's, wherever the ad says so."""
    return word.weight >= 1 and bool(word.taxa)


def _by_about(cues: Iterable[Match]) -> dict[About, list[Match]]:
    grouped: dict[About, list[Match]] = {}
    for cue in sorted(cues, key=lambda m: m.start):
        if cue.about:
            grouped.setdefault(cue.about, []).append(cue)
    return grouped


def _inside(word: Match, phrases: list[Match]) -> Match | None:
    """The against-phrase that `word` is part of; of an imitation, also that it begins in: "faux ivory carving"."""
    for phrase in phrases[max(0, bisect_right(phrases, word.start, key=lambda m: m.start) - 4) :]:
        if phrase.start > word.start:
            return None
        whole = word.end <= phrase.end or (phrase.about is About.FAKE and word.start < phrase.end)
        if whole and _speaks(phrase, word):
            return phrase
    return None


def _near(word: Match, others: list[Match], any_weight: bool = False) -> Match | None:
    """The nearest of `others` within reach of `word`. Only plain words can be denied so; `any_weight` is for cues."""
    if not any_weight and word.weight > PLAIN:
        return None
    first = bisect_left(others, word.start - NEAR - 40, key=lambda m: m.start)
    best: tuple[int, Match] | None = None
    for other in others[first : first + 60]:
        if other.start > word.end + NEAR:
            break
        gap = max(other.start - word.end, word.start - other.end, 0)
        reach = TOUCHING if other.about is About.FIGURE else NEAR
        if gap <= reach and (any_weight or _speaks(other, word)) and (best is None or gap < best[0]):
            best = (gap, other)
    return best[1] if best else None


def _without_denied(matches: Sequence[Match]) -> list[Match]:
    """`matches` without the words against that the ad itself denies ("not plastic" is a claim to be real), and those against or
    of news and teaching that are only part of a longer word for: "feed" of "hand-fed", 餌 of 挿し餌, 生態 of 生態缸."""
    ordered = sorted(matches, key=lambda m: m.start)
    claims, longer = [m for m in ordered if m.about is About.REAL], [m for m in ordered if m.kind in POSITIVE]

    def denied(match: Match) -> bool:
        if not _against(match):
            return match.about in (About.NEWS, About.TEACHING) and _part(match, longer)
        part = not _tells_apart(match) and _part(match, longer)
        return match.reach is not TermReach.PHRASE and (part or bool(_inside(match, claims)))

    return [match for match in matches if not denied(match)]


def _part(match: Match, longer: list[Match]) -> bool:
    """Whether it stands in a word of `longer` (in order) that goes on to its left or right."""
    last, length = bisect_right(longer, match.start, key=lambda m: m.start), match.end - match.start
    return any(each.end >= match.end and each.end - each.start > length for each in longer[max(0, last - 4) : last])


def _echoes(denial: Match) -> bool:
    """Whether it tells what the word is elsewhere too. A "trade ban" is on the very thing that an ad may offer."""
    return denial.reach is TermReach.PHRASE and denial.about is not About.NEWS


def _against(match: Match) -> bool:
    return match.kind is TermKind.AGAINST


def _speaks(against: Match, word: Match) -> bool:
    """Whether it is about the word: a wooden figure shows an elephant, and says nothing of the ivory that is let into it."""
    if against.about is About.FIGURE and word.weight > SHOWN:
        return False
    return not against.taxa or any(taxon in against.taxa for taxon in word.taxa)
