"""How the rules alone, before any decision was learnt from, tell wildlife ads from others: real labelled ads, which are no
part of the project (`SPOTTER_REAL_DATA`).

The labels are the data sets' own: `leather_titles` and `shark_ads` call positive what no treaty lists, too.
"""

import csv

import pytest

from server.ledger.species import judging, matching, taking_in
from tests.real_data import REAL_DATA, needs

DATA = REAL_DATA / "ads" / "labelled.csv"
WORTH_A_LOOK = 0.3

pytestmark = needs(DATA)


@pytest.fixture(scope="module")
def figures() -> dict[str, tuple[float, float, float]]:
    """Precision, recall and F1 of each set."""
    matcher = matching.compile(taking_in.shipped().terms())
    counts: dict[str, list[int]] = {}  # right, pointed out, positive
    with DATA.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            text = f"{row['title']}\n{row['description']}".strip()
            found, wild = judging.judge(matcher.find(text)).score >= WORTH_A_LOOK, row["label"] == "1"
            counted = counts.setdefault(row["set"], [0, 0, 0])
            for place, counts_here in enumerate((found and wild, found, wild)):
                counted[place] += counts_here
    return {
        name: (right / found, right / wild, 2 * right / (found + wild)) for name, (right, found, wild) in counts.items()
    }


@pytest.mark.parametrize(
    ("name", "precision", "recall", "f1"),
    [("ivory_posts", 0.58, 0.93, 0.72), ("leather_titles", 0.88, 0.61, 0.73), ("shark_ads", 0.72, 0.88, 0.80)],
)
def test_the_rules_point_out_what_they_should(figures, name, precision, recall, f1):
    assert all(figure >= least for figure, least in zip(figures[name], (precision, recall, f1), strict=True)), figures[
        name
    ]
