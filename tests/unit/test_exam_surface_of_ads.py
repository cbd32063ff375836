"""The verdict on an ad cannot be told from its price, its weight and its stock phrases alone.

A flag is a choice between Yes and No: who tosses a coin gets 50 of 100. Of about 230 ads a guesser without any sign gets more
than 60 of 100 less than once in 500 times, so more than that is a sign; and none may stand with one verdict in more than 7 of 10.
"""

from collections import defaultdict

import yaml

from server.people.courses.bank import Question
from server.people.courses.module_file import load_all
from tests import ad_signs
from tests.ad_signs import Judged
from tests.modules import SHIPPED

MOST = 60  # per cent of the verdicts
WORN = 10  # ads that wear a sign, for its share to mean anything


def judged(questions: tuple[Question, ...]) -> list[Judged]:
    """The ads of these questions with the verdict that is right."""
    found = []
    for question in questions:
        if question.kind == "flag" and question.ad:
            right = next(choice for choice in question.choices if choice.right)
            found.append(Judged(f"{question.ad.title} {question.ad.text}", question.ad.price, right.text[:3] == "Yes"))
    return found


def listings(path: str, key: str) -> list[Judged]:
    """The ads of a lane's file with the verdict that is right."""
    items = yaml.safe_load((SHIPPED / path).read_text("utf-8"))[key]
    return [
        Judged(f"{item['ad']['title']} {item['ad']['text']}", str(item["ad"].get("price", "")), flag == "flag")
        for item in items
        if "ad" in item and (flag := item.get("truth", item.get("right"))) in ("flag", "innocent")
    ]


def shipped() -> dict[str, list[Judged]]:
    """All ads to judge, by bank."""
    groups = {}
    for slug, module in load_all(SHIPPED).items():
        groups |= {f"{slug}, practice": judged(module.questions), f"{slug}, exam": judged(module.exam_questions)}
    groups["known listings"] = listings("known-listings.yaml", "listings")
    groups["picture lane"] = listings("picture-lane/pictures.yaml", "pictures")
    return {name: ads for name, ads in groups.items() if ads}


def test_who_knows_only_prices_weights_and_phrases_is_near_chance():
    found = ad_signs.held_out(shipped())
    share = 100 * sum(right for right, _ in found.values()) / sum(of for _, of in found.values())
    assert share <= MOST, {name: f"{right} of {of}" for name, (right, of) in found.items()}


def test_no_sign_stands_with_one_verdict():
    verdicts = defaultdict(list)
    for ads in shipped().values():
        for ad in ads:
            for sign in ad_signs.signs(ad):
                verdicts[sign].append(ad.flag)
    told = {sign: f"{sum(flags)} of {len(flags)} to flag" for sign, flags in verdicts.items()}
    assert verdicts.keys() >= {"weight", "no papers", "worldwide", "price on request", "price up to 60"}
    one_sided = [
        sign for sign, flags in verdicts.items() if len(flags) >= WORN and not 0.3 <= sum(flags) / len(flags) <= 0.7
    ]
    assert not one_sided, told


def test_a_price_that_tells_the_verdict_is_learnt():
    """The mutation: whatever is dear is to be flagged, in every bank."""
    groups = {
        name: [Judged(f"Thing {at}", f"€ {900 + at if at % 2 else 10 + at}", bool(at % 2)) for at in range(10)]
        for name in "abc"
    }
    assert ad_signs.held_out(groups) == dict.fromkeys("abc", (10, 10))
