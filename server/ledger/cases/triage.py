"""How urgently a person should look at a case, each reason with its words. Pure.

Priority = 100 x likely x (0.5 x harm + 0.3 x freshness + 0.2 x corroboration), where

- likely: a trained person says so, and what the words of the ad add, tempered by the spotter's own confidence
- harm: live animals and Appendix I first; many at once more
- freshness: an ad posted or captured just now can still be stopped
- corroboration: more spotters, and trusted ones

The weights are this programme's judgement, to be learnt from outcomes later; a number never stands without its words.
"""

from dataclasses import dataclass

SURE = {"certain": 1.0, "likely": 0.85, "unsure": 0.6}
HARM = {"live": 0.85, "part": 0.7, "product": 0.55, "plant": 0.5, "service": 0.6}
HARM_WORDS = {"live": "Live animal", "part": "Part of an animal", "plant": "Plant"}
APPENDIX = {"I": 0.25, "II": 0.1, "III": 0.05}
SAID_TRUSTED, SAID_PROBATION = 0.5, 0.35  # how far a trained person's report goes when the words say nothing
# What became of the listing before, and what the ad shows of papers: factor on `likely`, sign, words.
BEFORE = {
    "removed": (1.2, "+", "Reported again after it was removed"),
    "restricted": (1.1, "+", "Reported again after it was restricted"),
    "kept": (0.5, "-", "The company kept it online before"),
    "dismissed": (0.5, "-", "Dismissed before"),
}
PAPERS = {
    "none": (1.0, "+", "No papers mentioned"),
    "claimed": (0.9, "-", "Papers are claimed, none shown"),
    "document_shown": (0.6, "-", "The ad shows a document"),
}


@dataclass(frozen=True)
class Signals:
    """What is known about a case when it is judged."""

    category: str
    words_score: float  # 0 to 1: what the lexicon makes of the text
    words_reasons: tuple[tuple[str, str], ...] = ()  # ("+" or "-", words)
    appendices: tuple[str, ...] = ()
    confidence: str | None = None
    legality_evidence: str | None = None
    age_hours: float | None = None  # since the ad was posted, when it says so
    reports: int = 1
    trusted: bool = False
    before: str | None = None  # what became of this listing before: "removed", "kept", "dismissed"


@dataclass(frozen=True)
class Priority:
    """The number, its three parts from 0 to 1, and the reasons in words: plus first, then minus."""

    score: int
    likely: float
    harm: float
    fresh: float
    reasons: tuple[tuple[str, str], ...]


def prioritise(signals: Signals) -> Priority:
    """The priority of a case, 0 to 100, with its reasons: what it is first, then what the ad's words say."""
    reasons: list[tuple[str, str]] = []
    harm = HARM.get(signals.category, 0.5)
    if signals.category in HARM_WORDS:
        reasons.append(("+", HARM_WORDS[signals.category]))
    worst = min(signals.appendices, key=["I", "II", "III"].index, default=None)
    if worst:
        harm += APPENDIX[worst]
        also = sorted(set(signals.appendices) - {worst})
        split = f", or {' or '.join(also)} by population" if also else ""
        reasons.append(("+", f"CITES Appendix {worst}{split}"))

    said = SAID_TRUSTED if signals.trusted else SAID_PROBATION
    likely = (said + (1 - said) * signals.words_score) * SURE.get(signals.confidence or "likely", 0.85)
    for told in (BEFORE.get(signals.before or ""), PAPERS.get(signals.legality_evidence or "")):
        if told:
            factor, sign, words = told
            likely *= factor
            reasons.append((sign, words))
    if signals.confidence == "unsure":
        reasons.append(("-", "The spotter is unsure"))

    fresh = 0.6
    if signals.age_hours is not None:
        fresh = 1.0 if signals.age_hours < 24 else 0.8 if signals.age_hours < 24 * 7 else 0.4
        if signals.age_hours < 24:
            reasons.append(("+", "Posted within a day"))
        elif signals.age_hours > 24 * 90:
            reasons.append(("-", "Posted more than three months ago"))

    backing = min(1.0, 0.3 + 0.2 * (signals.reports - 1) + (0.4 if signals.trusted else 0.0))
    if signals.reports > 1:
        reasons.append(("+", f"{signals.reports} reports"))
    if signals.trusted:
        reasons.append(("+", "A trusted spotter reported it"))

    harm, likely = min(harm, 1.0), min(likely, 1.0)
    score = round(100 * likely * (0.5 * harm + 0.3 * fresh + 0.2 * backing))
    every = [*reasons, *signals.words_reasons]
    ordered = [r for r in every if r[0] == "+"] + [r for r in every if r[0] == "-"]
    return Priority(score, round(likely, 2), round(harm, 2), round(fresh, 2), tuple(dict.fromkeys(ordered)))
