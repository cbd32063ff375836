"""How well a model learns from decisions, beside the rules alone and the usual TF-IDF with logistic regression.

Reads labelled ads from `SPOTTER_REAL_DATA` (default ../shared/data), which are no part of the project; a label stands for a
decision, and two made-up coordinators take turns. Half of each set, drawn by a fixed seed, is unseen; figures are average
precisions on it, means of `ROUNDS` draws. "100 first" are the decisions on what the rules put first, as a queue does; "100 drawn"
are any. Texts are a title and 300 characters, for both. The masks that a data set's authors put for mentions and addresses are
taken out. The peer is scikit-learn's TF-IDF of words and pairs and of pieces of three to five letters, with its logistic
regression (C = 10); it runs where scikit-learn can be imported (`pip install scikit-learn`: about 270 MB, no requirement of ours).

    python -m benchmarks.learning
"""

import csv
import json
import random
import re
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from importlib.util import find_spec
from statistics import mean
from typing import Any

import numpy as np

from benchmarks.matching import DATA, lexicon
from server.ledger.learning import comparing, features, learner, training
from server.ledger.learning.learner import Example
from server.ledger.species import judging, matching

ROUNDS = 8
MANY = 100_000
MOST_NEGATIVE = 3  # for each positive: of the posts about ivory one in thirty is an offer
GOALS = {"ivory_posts": 0.90, "leather_titles": 0.95, "shark_ads": 0.95}
Ad = tuple[str, float, bool]  # text, what the rules make of its words, label


def ads() -> dict[str, list[Ad]]:
    """The labelled ads of each set."""
    matcher = matching.compile(lexicon().terms())
    found: dict[str, list[Ad]] = defaultdict(list)
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            title, description = (re.sub(r"\{\{\w+\}\}", " ", row[name]) for name in ("title", "description"))
            text = f"{title}\n{description[:300]}".strip()
            whole = f"{row['title']}\n{row['description']}".strip()
            found[row["set"]].append((text, judging.judge(matcher.find(whole)).score, row["label"] == "1"))
    return found


def ours(seen: list[Ad], unseen: list[Ad]) -> list[float]:
    """Scores of the unseen ads by a model that learnt from the others, each decided on by one of two coordinators."""
    examples = [
        Example(str(place), text, str(place), score, right, 1.0, place % 2, None)
        for place, (text, score, right) in enumerate(seen)
    ]
    read = features.features(learner.learnable(examples))
    buckets = np.unique(read.bucket)
    scores, right = np.array([ad[1] for ad in seen]), np.array([ad[2] for ad in seen])
    weights = training.train(read, scores, right, learner.weighed(examples), buckets)
    found = training.scored(weights, features.features([ad[0] for ad in unseen]), np.array([ad[1] for ad in unseen]))
    return [float(score) for score in found]


def peer(seen: list[Ad], unseen: list[Ad]) -> list[float]:
    """Scores by scikit-learn."""
    text: Any = __import__("sklearn.feature_extraction.text", fromlist=["TfidfVectorizer"])
    linear: Any = __import__("sklearn.linear_model", fromlist=["LogisticRegression"])
    pipeline: Any = __import__("sklearn.pipeline", fromlist=["make_pipeline"])
    words = text.TfidfVectorizer(ngram_range=(1, 2))
    pieces = text.TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5))
    model = pipeline.make_pipeline(pipeline.make_union(words, pieces), linear.LogisticRegression(C=10, max_iter=1000))
    model.fit([ad[0] for ad in seen], [ad[2] for ad in seen])
    return [float(score) for score in model.decision_function([ad[0] for ad in unseen])]


def first(seen: list[Ad]) -> list[Ad]:
    """The hundred that the rules put first."""
    return sorted(seen, key=lambda ad: -ad[1])[:100]


def compared(name: str, labelled: list[Ad]) -> str:
    """A row of the table."""
    chance = random.Random(name)
    right, wrong = [ad for ad in labelled if ad[2]], [ad for ad in labelled if not ad[2]]
    kept = right + chance.sample(wrong, min(len(wrong), MOST_NEGATIVE * len(right)))
    ways: dict[str, Callable[[list[Ad], list[Ad]], list[float]]] = {"ours": ours}
    if find_spec("sklearn"):
        ways["peer"] = peer
    figures: dict[str, list[float]] = defaultdict(list)
    for _ in range(ROUNDS):
        chance.shuffle(kept)
        seen, unseen = kept[: len(kept) // 2], kept[len(kept) // 2 :]
        truth = np.array([ad[2] for ad in unseen])

        def precision(scores: list[float], truth: Any = truth) -> float:
            return comparing.average_precision(np.array(scores), truth)

        figures["rules"].append(precision([ad[1] for ad in unseen]))
        for way, scores in ways.items():
            for which, decisions in (("first", first(seen)), ("drawn", seen[:100]), ("half", seen)):
                figures[f"{way} {which}"].append(precision(scores(decisions, unseen)))
    said = {key: f"{mean(values):.3f}" for key, values in figures.items()}
    cells = [said["rules"]]
    for which in ("first", "drawn", "half"):
        cells += [said[f"ours {which}"], said.get(f"peer {which}", "not installed")]
    return f"| {name} | {len(kept)} | {sum(ad[2] for ad in kept)} | {' | '.join(cells)} | {GOALS[name]:.2f} |"


def many() -> str:
    """Time and memory for `MANY` made-up ads of a title and 300 characters, in a process of its own."""
    found = subprocess.run(
        [sys.executable, "-m", "benchmarks.learning", "many"], capture_output=True, text=True, check=True
    )
    measured = json.loads(found.stdout)
    return (
        f"{MANY:,} made-up ads of {measured['characters']} characters on average: {measured['seconds']:.0f} s of the processor in all "
        f"({measured['reading']:.0f} s to read them), {measured['megabytes']:.0f} MB at most."
    )


def _many() -> None:
    chance = random.Random(1)
    vocabulary = ["".join(chance.choices("abcdefghijklmnoprstuvwxyz", k=chance.randint(3, 9))) for _ in range(30_000)]
    weights = [1 / (place + 5) for place in range(len(vocabulary))]
    texts = [" ".join(chance.choices(vocabulary, weights, k=50))[:360] for _ in range(MANY)]
    examples = [
        Example(str(place), text, str(place), chance.random(), hash(text[:3]) % 3 == 0, 0.7, place % 4, place % 9000)
        for place, text in enumerate(texts)
    ]
    length = mean(map(len, texts))
    started = time.process_time()
    read = features.features(learner.learnable(examples))
    reading = time.process_time() - started
    right, scores = np.array([each.right for each in examples]), np.array([each.words for each in examples])
    training.train(
        read, scores, right, learner.weighed(examples), np.flatnonzero(features.frequencies(read)).astype(np.uint32)
    )
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    json.dump(
        {"seconds": time.process_time() - started, "reading": reading, "megabytes": used, "characters": round(length)},
        sys.stdout,
    )


def main() -> str:
    """The table, in Markdown."""
    if not DATA.exists():
        return f"No labelled ads at {DATA}: set SPOTTER_REAL_DATA."
    return "\n".join([
        "Average precision on unseen ads; the goal is for 100 decisions.",
        "",
        "| set | ads | offers | rules | 100 first: ours | peer | 100 drawn: ours | peer | half: ours | peer | goal |",
        "|---|---|---|---|---|---|---|---|---|---|---|",
        *(compared(name, labelled) for name, labelled in ads().items()),
        "",
        many(),
    ])  # fmt: skip


if __name__ == "__main__":
    if sys.argv[1:] == ["many"]:
        _many()
    else:
        print(main())
