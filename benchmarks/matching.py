"""How well the lexicon's score tells wildlife ads from others, beside the keyword search it replaces.

Reads labelled ads from `SPOTTER_REAL_DATA` (default ../shared/data), which are no part of the project. The baseline is
what a moderator's filter commonly is: the English words of the lexicon in one lower-case `re` alternation, and the
number of different words found as its score. The labels are the data sets' own: `ivory_posts` calls every post of a
selling account positive, mammoth ivory too; `leather_titles` calls any animal product positive, deer and insects too,
which CITES does not list: no wildlife-law lexicon can or should find those. The innocent words were reviewed on these
very ads, so the figures say how the lexicon stands, not how it would do on ads nobody has seen.

Besides, how fast all terms are found in 1,000 characters, with 20,000 terms at least (made-up ones fill up), beside one plain
regular expression of all that is looked for, which finds no masked word and no boundary: medians of one interleaved run, in
time of the processor.

    python -m benchmarks.matching
"""

import csv
import os
import re
import time
from collections import defaultdict
from itertools import product
from pathlib import Path
from statistics import median

import yaml

from server.ledger.species import entries, judging, matching, parsing
from server.ledger.species.terms import Term, TermKind

DATA = Path(os.environ.get("SPOTTER_REAL_DATA", "../shared/data")) / "ads" / "labelled.csv"
LEXICON = Path(__file__).parent.parent / "server" / "ledger" / "species" / "lexicon"
WORTH_A_LOOK = 0.3


def lexicon() -> entries.Lexicon:
    """The shipped lexicon."""
    return parsing.parse(yaml.safe_load(path.read_text("utf-8")) for path in sorted(LEXICON.glob("*.yaml")))


def keyword_search(words: entries.Lexicon) -> re.Pattern[str]:
    """The baseline: the English names and trade words, longest first."""
    texts = {n.text.lower() for t in words.taxa for n in t.names if n.language == "en"}
    texts |= {w.term.text.lower() for w in words.words if w.language == "en" and w.term.kind == "trade" and w.term.taxa}
    return re.compile(r"\b(?:" + "|".join(map(re.escape, sorted(texts, key=len, reverse=True))) + r")s?\b")


def area(scored: list[tuple[float, bool]]) -> float:
    """Area under the ROC curve: how often a positive scores above a negative, ties counted half."""
    ordered = sorted(scored)
    rank = total = 0.0
    at = 0
    while at < len(ordered):
        end = at
        while end < len(ordered) and ordered[end][0] == ordered[at][0]:
            end += 1
        total += sum(is_wild for _, is_wild in ordered[at:end]) * (rank + (end - at + 1) / 2)
        rank += end - at
        at = end
    positive = sum(is_wild for _, is_wild in ordered)
    negative = len(ordered) - positive
    return (total - positive * (positive + 1) / 2) / (positive * negative)


def figures(scored: list[tuple[float, bool]], threshold: float) -> tuple[float, float, float]:
    """Precision and recall at `threshold`, and the area under the curve."""
    pointed_out = [is_wild for score, is_wild in scored if score >= threshold]
    positive = sum(is_wild for _, is_wild in scored)
    return sum(pointed_out) / max(1, len(pointed_out)), sum(pointed_out) / positive, area(scored)


TEXTS = {
    "English": "Antique ivory carving from an old estate, hand carved elephant tusk figurine on a wooden stand, signed by the "
    "artist, 12 cm tall, very good condition. Shipping worldwide, price is 450 or best offer, please message me for photos. ",
    "German": "Schöne alte Schnitzerei aus Elfenbein, Höhe 12 cm, geschätzt um 1900, aus einer Haushaltsauflösung. Der Zustand "
    "ist für das Alter sehr gut, kleine Risse gehören dazu. Versand möglich, Abholung in Köln, Preis VB. ",
    "Russian": "Продам фигурку из слоновой кости, ручная работа, начало XX века, высота 12 см, состояние хорошее. Цена "
    "договорная, доставка по России. Также есть шкура тигра и бивень мамонта. ",
    "Arabic": "عاج أفريقي للبيع، قطعة قديمة منحوتة يدويا، الوزن ٨٠ غرام، السعر قابل للتفاوض، التواصل على الخاص. ",
    "Thai": "ขายงาช้างแกะสลักของแท้ น้ำหนัก ๘๐ กรัม ราคากันเอง ส่งฟรีทั่วไทย สนใจทักไลน์ ของเก่าเก็บ สภาพดีมาก ",
    "Chinese": "出售老象牙手镯一对，非洲象牙，重约八十克，纹路清晰，支持复检。价格私聊，顺丰包邮，非诚勿扰。家里老人留下的物件，成色很好，欢迎老客户咨询。",
    "Japanese": "象牙の根付、明治時代、作家銘あり。べっ甲のかんざしも出品しています。状態は良好です。送料無料、即購入可能です。",
}
RUNS = 41


def speed(terms: list[Term]) -> list[str]:
    """How long it takes to find all terms in 1,000 characters of each language."""
    made_up = ("".join(letters) for letters in product("kzvxq", "aeiou", "bdgkp", "aeiou", "rstln", "aeiou", "wxzqj"))
    for text in made_up:
        if len(terms) >= 20_000:
            break
        terms.append(entries.term_of(text, "en", TermKind.TRADE, 0.3, ("x",)))
    texts = {language: (text * 40)[:1000] for language, text in TEXTS.items()}
    matcher = matching.compile(terms)
    spelt = {form.removesuffix("*").lower() for term in terms for form in (term.text, *term.forms)}
    pattern = re.compile("|".join(map(re.escape, sorted(spelt, key=len, reverse=True))))
    times: dict[tuple[str, str], list[float]] = defaultdict(list)
    for run in range(RUNS):
        for language, text in texts.items():
            searches = {"ours": matcher.find} | ({"re": pattern.findall} if run < RUNS // 8 else {})
            for name, search in searches.items():
                started = time.thread_time()
                search(text)
                times[name, language].append((time.thread_time() - started) * 1e6)
    return [
        f"{len(terms):,} terms in {len(spelt):,} spellings; medians of {RUNS} runs (the regular expression: {RUNS // 8}).",
        "",
        "| 1,000 characters of | found | regular expression |",
        "|---|---|---|",
        *(
            f"| {language} | {median(times['ours', language]):,.0f} us | {median(times['re', language]):,.0f} us |"
            for language in texts
        ),
    ]


def main() -> str:
    """The tables, in Markdown."""
    words = lexicon()
    if not DATA.exists():
        return "\n".join([f"No labelled ads at {DATA}: set SPOTTER_REAL_DATA.", "", *speed(words.terms())])
    matcher, pattern = matching.compile(words.terms()), keyword_search(words)
    ads: dict[str, list[tuple[str, bool]]] = defaultdict(list)
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            ads[row["set"]].append((f"{row['title']}\n{row['description']}".strip(), row["label"] == "1"))

    lines = [
        f"{len(words.terms()):,} terms; an ad counts as found at a score of {WORTH_A_LOOK}, or with any keyword.",
        "",
        "| set | ads | positive | score: precision | recall | AUC | keywords: precision | recall | AUC |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    ours = theirs = 0.0
    for name, labelled in ads.items():
        started = time.perf_counter()
        mine = [(judging.judge(matcher.find(text)).score, wild) for text, wild in labelled]
        ours += time.perf_counter() - started
        started = time.perf_counter()
        base = [(float(len(set(pattern.findall(text.lower())))), wild) for text, wild in labelled]
        theirs += time.perf_counter() - started
        figured = " | ".join(f"{figure:.2f}" for figure in (*figures(mine, WORTH_A_LOOK), *figures(base, 1)))
        lines.append(f"| {name} | {len(labelled)} | {sum(wild for _, wild in labelled)} | {figured} |")
    thousands = sum(len(text) for labelled in ads.values() for text, _ in labelled) / 1000
    lines += [
        "",
        (
            f"Time for 1,000 characters: {ours / thousands * 1000:.2f} ms for the score (every language, masked spellings, "
            f"reasons), {theirs / thousands * 1000:.2f} ms for the keywords (English as written): "
            f"{theirs / ours:.1f} times as fast."
        ),
        "",
        *speed(words.terms()),
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    print(main())
