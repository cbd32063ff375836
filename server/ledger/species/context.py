"""What kind of text an ad is: what it offers, whether it says so in earnest, and how much of it for how much. Pure.

Read from the words that the matcher found and from the ad's numbers (`amounts.py`). It says what the ad says, not what is
true: a claimed certificate is a claim.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from server.core import folding
from server.core.reasons import Reason, ReasonCode
from server.ledger.species import amounts
from server.ledger.species.amounts import Amount
from server.ledger.species.terms import POSITIVE, About, Match, TermKind

OF_GOODS = 0.4  # a trade term of this weight names goods: ivory, shahtoosh
PLAINLY = 0.9  # a word of this weight says it by itself
IN_EARNEST = 0.6  # a word of this weight says that it is real; "old" and "antique" do not
ENOUGH = 1.0  # what words of news or teaching must weigh together
CHANCE = 2.0  # what they must weigh to speak louder than a price: "seized ivory worth $2 million"


class Offered(StrEnum):
    """What is offered."""

    LIVE = "live"
    PRODUCT = "product"


class Material(StrEnum):
    """What it is made of, by its own words."""

    REAL = "real"
    IMITATION = "imitation"


class Intent(StrEnum):
    """Why somebody wrote the text."""

    FOR_SALE = "for_sale"
    WANTED = "wanted"
    NEWS = "news"
    TEACHING = "teaching"


class Claim(StrEnum):
    """What the ad claims of the law."""

    PAPERS = "papers"
    CITES = "cites"
    NO_PAPERS = "no_papers"
    ANTIQUE = "antique"
    PRE_CONVENTION = "pre_convention"
    CAPTIVE_BRED = "captive_bred"
    LEGAL = "legal"


CLAIMS = {
    About.PAPERS: Claim.PAPERS,
    About.CITES: Claim.CITES,
    About.NO_PAPERS: Claim.NO_PAPERS,
    About.ANTIQUE: Claim.ANTIQUE,
    About.PRE_CONVENTION: Claim.PRE_CONVENTION,
    About.CAPTIVE_BRED: Claim.CAPTIVE_BRED,
    About.LEGAL: Claim.LEGAL,
}


@dataclass(frozen=True, slots=True)
class Context:
    """What an ad says of itself; None where it says nothing. `weight` is in grams. `words`: what each was read from, by
    what it says ("live", "wanted", "papers" …)."""

    offered: Offered | None = None
    material: Material | None = None
    intent: Intent | None = None
    claims: tuple[Claim, ...] = ()
    price: Amount | None = None
    quantity: Amount | None = None
    weight: Amount | None = None
    words: tuple[tuple[str, Match], ...] = ()

    def signals(self) -> dict[str, float]:
        """The context as numbers, to be kept with a case and learnt from: 1 for what it says, and the amounts."""
        says = [each.value for each in (self.offered, self.material, self.intent) if each]
        says += [f"claims_{claim.value}" for claim in self.claims]
        numbers = {"price": self.price, "quantity": self.quantity, "grams": self.weight}
        return dict.fromkeys(says, 1.0) | {name: amount.value for name, amount in numbers.items() if amount}

    def reasons(self) -> tuple[Reason, ...]:
        """The context in words, for people; it weighs nothing by itself."""
        said = dict(self.words)
        told = [
            Reason(code, 0.0, {"word": said[says].text})
            for says, code in (
                (Material.IMITATION.value, ReasonCode.IMITATION),
                (Intent.WANTED.value, ReasonCode.WANTED),
                (Intent.NEWS.value, ReasonCode.NEWS),
                (Intent.TEACHING.value, ReasonCode.TEACHING),
            )
            if says in said
        ]
        told += [
            Reason(ReasonCode.CLAIM, 0.0, {"claim": claim.value, "word": said[claim.value].text})
            for claim in self.claims
        ]
        if self.quantity and self.quantity.value > 1:
            told.append(Reason(ReasonCode.QUANTITY, 0.0, {"number": int(self.quantity.value)}))
        if self.weight:
            told.append(Reason(ReasonCode.GRAMS, 0.0, {"grams": round(self.weight.value) or self.weight.value}))
        return (*told, *([Reason(ReasonCode.PRICE, 0.0, {"price": self.price.text})] if self.price else ()))

    def kept(self) -> dict[str, Any]:
        """The context as plain JSON."""
        return {
            "offered": self.offered.value if self.offered else None,
            "material": self.material.value if self.material else None,
            "intent": self.intent.value if self.intent else None,
            "claims": [claim.value for claim in self.claims],
            "price": {"value": self.price.value, "currency": self.price.unit} if self.price else None,
            "quantity": int(self.quantity.value) if self.quantity else None,
            "grams": self.weight.value if self.weight else None,
            "words": {says: match.text for says, match in self.words},
        }


def read(text: str, matches: Sequence[Match]) -> Context:
    """The context of an ad, from its text and the matches of `Matcher.find` in it."""
    view = folding.fold(text).native
    cues = _said(text, matches)
    price, weight = amounts.price(view, text), amounts.weight(view, text)
    wares = [m for m in matches if m.kind in POSITIVE and (m.taxa or m.about in (About.GOODS, About.LIVE))]
    quantity = amounts.quantity(view, text, {m.start for m in wares})
    words: dict[str, Match] = {}
    offered, material = _offered(cues, wares, words), _material(cues, [m for m in wares if m.taxa], words)
    intent = _intent(cues, price, words)
    claims = tuple(claim for about, claim in CLAIMS.items() if about in cues)
    for about, claim in CLAIMS.items():
        if about in cues:
            words[claim.value] = cues[about][0]
    return Context(offered, material, intent, claims, price, quantity, weight, tuple(words.items()))


Cues = dict[About, list[Match]]


_NOT_BEFORE = re.compile(
    r"(?:(?<!\w)(?:not|no|non|isn't|never|without|nicht|kein|keine|ohne|pas|pas du|pas de|sans|ni|sin|sem|não|senza|geen|"
    r"niet|zonder|utan|uden|uten|bez|не|без|ليس|ليست|بدون|دون|بلا|غير|bukan|tidak|tanpa|không|không có|không phải|bila|"
    r"नहीं|बिना)|不是|非|无|無|没有|沒有|ไม่ใช่|ไม่มี|ไม่)"
    r"(?: \w+ (?:or|nor|oder|ou|ni|o|of|eller|или|ни|أو|ولا|atau|hoặc|au|या)| ?\w+ ?(?:或|หรือ))?(?: (?:a|an|any|ein|eine|un|une|una|um|uma|een))?\s?$"
)
_NOT_BEHIND = re.compile(
    r"\s?(?:品|の)?(?:では(?:あり|ござい)ません|ではない|じゃない|は?(?:なし|無し|ありません)|がない|"
    r"(?:이|가|은|는)? ?(?:아닙니다|아님|없음|없습니다|없이|없어요)|नहीं|के बिना|yok)"
)
_PAPERS = frozenset({About.PAPERS, About.CITES})


def _denied(match: Match, text: str) -> bool:
    """Whether the ad says that it is not so: "no resin", "بدون أوراق", "模造ではありません"."""
    return bool(
        _NOT_BEFORE.search(text[max(0, match.start - 60) : match.start].casefold())
        or _NOT_BEHIND.match(text, match.end)
    )


def _said(text: str, matches: Sequence[Match]) -> Cues:
    """The words that tell of the context, by what they are about, without those inside a longer one that says something
    else: "papers" of "without papers", "plastic" of "not plastic", "ban" of "pre-ban"."""
    # A word against is of the judgement; one that says what imitates says it here too.
    said = (m for m in matches if m.about and (m.kind is not TermKind.AGAINST or m.about is About.FAKE))
    longer = sorted(said, key=lambda m: (m.start, -m.end))
    cues: Cues = {}
    reached: Match | None = None
    for match in longer:
        inside = (
            reached is not None and match.end <= reached.end and match.end - match.start < reached.end - reached.start
        )
        if inside and reached is not None and reached.about is not match.about:
            continue
        if match.about is About.FAKE and _denied(match, text):
            cues.setdefault(About.REAL, []).append(match._replace(weight=IN_EARNEST))
        elif match.about in _PAPERS and _denied(match, text):
            cues.setdefault(About.NO_PAPERS, []).append(match)
        elif match.about in CLAIMS and match.about is not About.NO_PAPERS and _denied(match, text):
            continue  # "not antique", "not captive bred" claim nothing
        elif match.about:
            cues.setdefault(match.about, []).append(match)
        if reached is None or match.end > reached.end:
            reached = match
    return cues


def _offered(cues: Cues, wares: list[Match], words: dict[str, Match]) -> Offered | None:
    """Live or product: what the plainest word says; of two equally plain ones, what stands first."""
    telling = [
        (-match.weight, match.start, offered, match)
        for about, offered in ((About.LIVE, Offered.LIVE), (About.GOODS, Offered.PRODUCT))
        for match in cues.get(about, ())
    ]
    telling = telling or [
        (-m.weight, m.start, Offered.PRODUCT, m) for m in wares if m.kind is TermKind.TRADE and m.weight >= OF_GOODS
    ]
    if not telling:
        return None
    *_, offered, match = min(telling, key=lambda each: each[:2])
    words[offered.value] = match
    return offered


def _material(cues: Cues, wares: list[Match], words: dict[str, Match]) -> Material | None:
    """Real or an imitation: the word that stands nearest to a name or a trade term."""

    def far(match: Match) -> int:
        return min((max(w.start - match.end, match.start - w.end, 0) for w in wares), default=match.start)

    telling = [(far(match), Material.IMITATION, match) for match in cues.get(About.FAKE, ())]
    telling += [(far(m), Material.REAL, m) for m in cues.get(About.REAL, ()) if m.weight >= IN_EARNEST]
    if not telling:
        return None
    _, material, match = min(telling, key=lambda each: each[0])
    words[material.value] = match
    return material


def _intent(cues: Cues, price: Amount | None, words: dict[str, Match]) -> Intent | None:
    """For sale or wanted, whichever the ad says first; news or teaching where nothing is offered."""
    offers = [match for match in cues.get(About.OFFER, ()) if match.weight >= PLAINLY]
    wanted = cues.get(About.WANTED, [])
    if wanted and (not offers or wanted[0].start <= offers[0].start):
        words[Intent.WANTED.value] = wanted[0]
        return Intent.WANTED
    if offers:
        words[Intent.FOR_SALE.value] = offers[0]
        return Intent.FOR_SALE
    for about, intent in ((About.NEWS, Intent.NEWS), (About.TEACHING, Intent.TEACHING)):
        heard = {match.term: match for match in reversed(cues.get(about, ()))}
        if heard and sum(match.weight for match in heard.values()) >= (CHANCE if price else ENOUGH):
            words[intent.value] = max(heard.values(), key=lambda match: (match.weight, -match.start))
            return intent
    return Intent.FOR_SALE if price else None
