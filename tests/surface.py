"""A guesser that knows nothing of wildlife: it learns from the form of the choices alone which of them is right.

Its signs are those of the literature on flaws of multiple-choice items (Haladyna, Downing and Rodriguez 2002, "A review of
multiple-choice item-writing guidelines"): length, convergence, absolutes, hedges, echoes of the question, odd one out.
"""

import math
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import permutations

STEPS = 12  # times through the items
RATE = 0.1
DECAY = 0.9999  # a sign that is seen seldom is soon forgotten
# By language, under the same names: what a sign of one language taught is known again in another.
WORDS = {
    "en": {
        "because": r"\b(because|since|so that|in order)\b",
        "hedge": r"\b(may|might|can|could|often|usually|mostly|sometimes|some|perhaps|likely|probably|seems?|looks?|suspected|as far as)\b",
        "absolute": r"\b(always|never|all|every|everything|any|anything|none|nothing|only|must|no one|nobody|everybody|alone|at once)\b",
        "negation": r"\b(not|no|nor|neither|without|cannot|n't)\b|n’t",
        "and": r"\band\b",
        "or": r"\bor\b",
        "but": r"\b(but|though|unless|except|however|yet|even)\b",
        "if": r"\b(if|when|where|until|while)\b",
        "pronoun": r"\b(it|its|they|them|their|he|she|his|her)\b",
        "you": r"\b(you|your|we|our|us)\b",
        "article": r"^(the|a|an)\b",
        "who": r"\b(who|whoever|which|that|what)\b",
        "compare": r"\b(more|most|less|least|than|too|enough|better|only)\b",
        "modal": r"\b(will|would|should|has to|have to|need|needs|is to)\b",
        "copula": r"\b(is|are|was|were|be|been)\b",
    },
    "fr": {
        "because": r"\b(parce qu|puisqu|car|comme|afin|pour qu)",
        "hedge": r"\b(peut|peuvent|pourrai\w*|peut-être|souvent|surtout|parfois|certain\w*|quelques?|sans doute|probable\w*|semblent?|paraît|suspect\w*|autant que)\b",
        "absolute": r"\b(toujours|jamais|tou[st]|toutes?|chaque|aucune?|rien|seule?s?|seulement|uniquement|doi(t|vent)|personne ne|quiconque|à la fois)\b",
        "negation": r"\b(ne|pas|ni|sans|non)\b|\bn’",
        "and": r"\bet\b",
        "or": r"\bou\b",
        "but": r"\b(mais|sauf|à moins|excepté|cependant|pourtant|même|bien qu\w*)\b",
        "if": r"\b(si|quand|lorsqu\w*|où|jusqu\w*|tant qu\w*|pendant)\b|\bs’il",
        "pronoun": r"\b(ils?|elles?|leurs?|lui|eux|son|sa|ses|celles?|celui|ceux)\b",
        "you": r"\b(vous|votre|vos|nous|notre|nos|on)\b",
        "article": r"^(les?\b|la\b|l’|une?\b|des\b|du\b)",
        "who": r"\b(qui|que|quoi|ce|lequel|laquelle|dont)\b|\bqu’",
        "compare": r"\b(plus|moins|trop|assez|mieux|que|ne)\b",
        "modal": r"\b(doit|doivent|devra\w*|devrai\w*|faut|faudra\w*|sera|seront|aura)\b",
        "copula": r"\b(est|sont|était|étaient|être|été|soit)\b|\bc’est",
    },
    "es": {
        "because": r"\b(porque|ya que|pues|para que)\b",
        "hedge": r"\b(puede\w*|podría\w*|quizás?|a menudo|a veces|algun\w*|probable\w*|parece\w*|sospech\w*)\b",
        "absolute": r"\b(siempre|nunca|tod[oa]s?|cada|ningun\w*|nada|nadie|sol[oa]|solamente|únicamente|debe\w*)\b",
        "negation": r"\b(no|ni|sin|tampoco)\b",
        "and": r"\b[ye]\b",
        "or": r"\b[ou]\b",
        "but": r"\b(pero|salvo|excepto|aunque|sino|incluso)\b",
        "if": r"\b(si|cuando|donde|hasta|mientras)\b",
        "pronoun": r"\b(él|ellos|ellas?|sus?|les?|los)\b",
        "you": r"\b(tú|tus?|te|usted\w*|nos|nuestr\w*)\b",
        "article": r"^(el|la|los|las|una?|unos|unas)\b",
        "who": r"\b(que|quien\w*|lo que|cual\w*|qué)\b",
        "compare": r"\b(más|menos|demasiado|bastante|mejor|que)\b",
        "modal": r"\b(debe\w*|hay que|tiene\w* que|será\w*)\b",
        "copula": r"\b(es|son|está\w*|era\w*|ser|sido|sea)\b",
    },
    "ar": {
        "because": r"\b(لأن\w*|إذ|كي|لكي|بسبب)\b",
        "hedge": r"\b(قد|ربما|يمكن|يُمكن|أحيانًا|غالبًا|بعض|يبدو|تبدو|محتمل\w*|مشتبه\w*)\b",
        "absolute": r"\b(دائمًا|أبدًا|كل|جميع|أي|لا شيء|لا أحد|فقط|وحد\w*|يجب|كافة)\b",
        "negation": r"\b(لا|لم|لن|ليس\w*|غير|دون|بدون|بلا|ما لم)\b",
        "and": r"\bو\w",
        "or": r"\b(أو|أم)\b",
        "but": r"\b(لكن\w*|إلا|سوى|حتى|رغم|مع أن)\b",
        "if": r"\b(إذا|إن|لو|حين|عندما|حيث|حتى|طالما|ما دام)\b",
        "pronoun": r"\b(هو|هي|هم|هما|هن)\b",
        "you": r"\b(أنت|أنتم|نحن)\b|\w(ك|نا)\b",
        "article": r"^ال",
        "who": r"\b(من|ما|الذي\w*|التي|الذين|أي)\b",
        "compare": r"\b(أكثر|أقل|أكبر|أفضل|جدًا|كاف\w*)\b",
        "modal": r"\b(يجب|ينبغي|يلزم|سوف|لا بد)\b|\bس[يت]\w",
        "copula": r"\b(كان\w*|يكون|تكون|هو|هي)\b",
    },
}
MARKS = {
    ";": "[;؛]",
    ",": "[,،]",
    ":": r":",
    "quote": '[“”"‘«»]',
    "digit": r"\d",
    "hyphen": r"\w-\w",
    "paren": r"\(",
    "stop": r"[.!?؟]",
}
VERDICTS = {"en": ("Yes", "No"), "fr": ("Oui", "Non"), "es": ("Sí", "No"), "ar": ("نعم", "لا")}


@dataclass(frozen=True, slots=True)
class Item:
    """What the guesser sees of an item: its question, its choices as they stand, and which of them is right."""

    question: str
    choices: tuple[str, ...]
    right: int
    language: str = "en"


def _stems(text: str) -> set[str]:
    return {word[:5] for word in re.findall(r"[^\W\d_]{4,}", text.lower())}


def _verdict(choice: str, language: str) -> tuple[str, str]:
    """Whether the choice begins with Yes or No, and what follows."""
    for verdict, word in zip(("yes", "no"), VERDICTS[language], strict=True):
        if found := re.match(rf"{word}\b", choice, re.IGNORECASE):
            return verdict, choice[found.end() :]
    return "", choice


def _counts(choice: str, question: set[str], others: set[str], language: str) -> dict[str, float]:
    words = re.findall(r"\w+", choice)
    counts: dict[str, float] = {
        name: len(re.findall(sign, choice, re.IGNORECASE)) for name, sign in (WORDS[language] | MARKS).items()
    }
    counts["long"] = len(choice)
    counts["words"] = len(words)
    counts["word length"] = sum(map(len, words)) / max(1, len(words))
    stems = _stems(choice)
    counts["echo"] = len(stems & question)
    counts["shared"] = len(stems & others)
    return counts


def signs(item: Item) -> list[dict[str, float]]:
    """The signs of every choice: what it has more or less of than the others, and where it stands alone."""
    question = _stems(item.question)
    stems = [_stems(choice) for choice in item.choices]
    counts = [
        _counts(choice, question, set().union(*stems[:at], *stems[at + 1 :]), item.language)
        for at, choice in enumerate(item.choices)
    ]
    verdicts = [_verdict(choice, item.language)[0] for choice in item.choices]
    firsts = [choice[:1].lower() for choice in item.choices]
    bodies = [
        re.sub(r"^\W*", "", _verdict(choice, item.language)[1]).partition(" ")[0].lower() for choice in item.choices
    ]
    signs: list[dict[str, float]] = [{} for _ in item.choices]
    for name in counts[0]:
        values = [count[name] for count in counts]
        ranks = sorted(values)
        if ranks[0] == ranks[-1]:
            continue
        for at, value in enumerate(values):
            if value == ranks[-1]:
                signs[at][f"most {name}"] = 1 / values.count(value)
                if ranks[-2] < value:
                    signs[at][f"alone with {name}"] = 1
            if value == ranks[0]:
                signs[at][f"least {name}"] = 1 / values.count(value)
                if ranks[1] > value:
                    signs[at][f"alone without {name}"] = 1
            if name == "long":
                signs[at]["length"] = (value - sum(values) / len(values)) / (sum(values) / len(values))
                signs[at][f"length rank {ranks.index(value)}"] = 1
    for at in range(len(item.choices)):
        signs[at][f"place {at}"] = 1
        if verdicts[at]:
            same = verdicts.count(verdicts[at])
            signs[at][f"{verdicts[at]}, one of {same} of {len(item.choices)}"] = 1
        for letter in (firsts, bodies):
            if letter.count(letter[at]) == 1 and len(set(letter)) < len(letter):
                signs[at]["begins alone"] = 1
        signs[at][f"{item.language} begins {firsts[at]}"] = 1
        signs[at][f"{item.language} first word {bodies[at]}"] = 1
    return signs


def learn(items: Iterable[Item]) -> dict[str, float]:
    """Weights of the signs: a logistic choice among the choices of each item, by stochastic gradient."""
    seen = [(signs(item), item.right) for item in items]
    weights: dict[str, float] = defaultdict(float)
    chance = random.Random(0)
    for step in range(STEPS):
        chance.shuffle(seen)
        for choices, right in seen:
            odds = [math.exp(_score(weights, choice)) for choice in choices]
            whole = sum(odds)
            for place, choice in enumerate(choices):
                miss = (place == right) - odds[place] / whole
                for sign, value in choice.items():
                    weights[sign] = weights[sign] * DECAY + RATE * miss * value / (1 + step / 3)
    return weights


def _score(weights: Mapping[str, float], choice: Mapping[str, float]) -> float:
    return sum(weights.get(sign, 0.0) * value for sign, value in choice.items())


def guess(weights: Mapping[str, float], item: Item) -> int:
    """The place of the choice it takes for right; of equal ones the first."""
    scores = [_score(weights, choice) for choice in signs(item)]
    return scores.index(max(scores))


def held_out(modules: Mapping[str, Sequence[Item]], tried: Mapping[str, Sequence[Item]]) -> dict[str, tuple[int, int]]:
    """For every module, how many of the items `tried` it guesses after learning from all the others, and of how many."""
    found = {}
    for slug, items in tried.items():
        weights = learn(item for other, learnt in modules.items() if other != slug for item in learnt)
        found[slug] = (sum(guess(weights, item) == item.right for item in items), len(items))
    return found


@dataclass(frozen=True, slots=True)
class Several:
    """An item of which several choices are right: as it stands, with the places of those."""

    question: str
    choices: tuple[str, ...]
    right: frozenset[int]
    language: str = "en"


def guess_several(weights: Mapping[str, float], item: Several) -> frozenset[int]:
    """As many places as are right, which the exam does not tell: those whose form speaks most for them."""
    scores = [_score(weights, choice) for choice in signs(Item(item.question, item.choices, 0, item.language))]
    return frozenset(sorted(range(len(scores)), key=lambda at: -scores[at])[: len(item.right)])


def held_out_several(
    modules: Mapping[str, Sequence[Several]], tried: Mapping[str, Sequence[Several]]
) -> tuple[int, int]:
    """How many of the items `tried` it guesses wholly after learning from other modules, and of how many."""
    hits = whole = 0
    for slug, items in tried.items():
        learnt = [item for other, those in modules.items() if other != slug for item in those]
        weights = learn(
            Item(item.question, item.choices, at, item.language) for item in learnt for at in sorted(item.right)
        )
        hits += sum(guess_several(weights, item) == item.right for item in items)
        whole += len(items)
    return hits, whole


@dataclass(frozen=True, slots=True)
class Pairs:
    """An item to match: what stands left, what is offered for it as it stands, and the place that belongs to each."""

    lefts: tuple[str, ...]
    rights: tuple[str, ...]
    belongs: tuple[int, ...]


def _likeness(item: Pairs, left: int, right: int) -> float:
    """How far the two look alike: words they share, signs they share, and whether the longer goes with the longer."""
    one, other = item.lefts[left], item.rights[right]
    words = len(_stems(one) & _stems(other))
    marks = sum(
        bool(re.search(sign, one)) and bool(re.search(sign, other)) for sign in (r"\d", "[“”]", r"\w-\w", "[A-Z]{2}")
    )
    heights = [
        sorted(map(len, texts)).index(len(texts[at])) / len(texts)
        for texts, at in ((item.lefts, left), (item.rights, right))
    ]
    return 3 * words + marks - abs(heights[0] - heights[1])


def guess_pairs(item: Pairs) -> tuple[int, ...]:
    """The right place for each left, no place twice, by their looks alone."""
    places = range(len(item.rights))
    return max(
        permutations(places, len(item.lefts)),
        key=lambda taken: sum(_likeness(item, left, right) for left, right in enumerate(taken)),
    )
