"""The other forms of a lexicon's word: its plural, its cases, its spellings without hamza. Pure.

The files hold the dictionary form. These rules are of any school grammar, and generous: a form that no speaker would use
costs nothing, one that is missing is an ad not found. The plural in -s and -es is the matcher's own. Japanese, Korean, Thai
and Vietnamese do not inflect; Chinese is written in two ways; German and Dutch compounds stand in the files (a stem with its
parts).
"""

import re
from collections.abc import Callable, Iterator
from itertools import product

from server.ledger.species.endings import bengali, persian, polish, turkish, ukrainian, urdu
from server.ledger.species.endings_europe import czech, greek, hungarian, romanian
from server.ledger.species.traditional import chinese

SHORTEST = 3  # letters of a word that is inflected
SHORTEST_IN = {"zh": 1}  # a sign is a word
_FEW = 4  # letters that a bare stem needs to stand alone: "сов" yes in the plural, "ар" no
_LINKS = frozenset(
    [
        "de",
        "del",
        "da",
        "do",
        "das",
        "dos",
        "di",
        "della",
        "dello",
        "dei",
        "du",
        "des",
        "à",
        "a",
        "al",
        "en",
        "in",
        "con",
        "avec",
        "com",
    ]
)


def forms(text: str, language: str) -> tuple[str, ...]:
    """The forms of `text` besides itself; none for a stem that may run on, and for languages that do not inflect."""
    rule = _RULES.get(language)
    if rule is None or text.endswith("*") or len(text) < SHORTEST_IN.get(language, SHORTEST):
        return ()
    return tuple(sorted({form for form in rule(text) if form != text}))


def _russian(text: str) -> Iterator[str]:
    first, *rest = text.split(" ")
    if not rest:
        yield from _yo(_noun(first))
    elif len(rest) == 1 and (cases := _ADJECTIVE.get(first[-2:])):
        noun = rest[0]
        stem, endings = _declension(noun)
        yield from _yo(
            f"{first[:-2]}{adjective} {stem}{end}" for adjective, ends in cases for end in ends if end in endings
        )
        yield from _yo([text])
    else:
        yield from _yo(" ".join([form, *rest]) for form in _noun(first))


def _noun(word: str) -> Iterator[str]:
    yield word
    stem, endings = _declension(word)
    for end in endings:
        if end or len(stem) >= _FEW:
            yield stem + end


def _declension(word: str) -> tuple[str, tuple[str, ...]]:
    for ending, (cut, endings) in _DECLENSIONS.items():
        if word.endswith(ending):
            return word[: len(word) - cut], endings
    if word[-1:] in "иуэюеы":
        return word, ()
    return word, _HISSING if word[-1:] in "жчшщ" else _HARD


_NO_Y = re.compile("(?<=[гкхжчшщ])ы")
_HARD = ("а", "у", "ом", "е", "ы", "ов", "ам", "ами")
_HISSING = ("а", "у", "ом", "ем", "е", "и", "ей", "ам", "ами")
_YOUNG = ("ёнка", "ёнку", "ёнком", "ёнке", "ята", "ят", "ятам", "ятами")
_STONE = ("ня", "ню", "нем", "не", "ни", "ней", "ням", "нями")
_DECLENSIONS = {  # by the end of the word: letters to cut, endings
    "вень": (3, _STONE),
    "мень": (3, _STONE),
    "рень": (3, _STONE),
    "готь": (3, ("тя", "тю", "тем", "те", "ти", "тей", "тям", "тями")),
    "лев": (2, ("ьва", "ьву", "ьвом", "ьве", "ьвы", "ьвов", "ьвам", "ьвами")),
    "ёл": (2, ("ла", "лу", "лом", "ле", "лы", "лов", "лам", "лами")),
    "щенок": (2, ("ка", "ку", "ком", "ке", "ки", "ков", "ята", "ят", "ятам", "ятами")),
    "ёнок": (4, _YOUNG),
    "енок": (4, _YOUNG),
    "ец": (2, ("ца", "цу", "цом", "це", "цы", "цов", "цам", "цами")),
    "ок": (2, ("ка", "ку", "ком", "ке", "ки", "ков", "кам", "ками")),
    "а": (1, ("ы", "е", "у", "ой", "", "ам", "ами")),
    "я": (1, ("и", "е", "ю", "ей", "й", "ям", "ями")),
    "о": (1, ("а", "у", "ом", "е", "", "ам")),
    "ь": (1, ("я", "ю", "ем", "и", "ью", "ей", "ям", "ями")),
    "й": (1, ("я", "ю", "ем", "е", "и", "ев", "ям", "ями")),
}
_MASCULINE = (
    ("ого", ("а", "я", "ца", "ка", "ла", "ьва", "ня", "тя")), ("ому", ("у", "ю", "цу", "ку", "лу", "ьву", "ню", "тю")),
    ("ым", ("ом", "ем", "ём", "цом", "ком", "лом", "ьвом", "нем", "тем")), ("ом", ("е", "це", "ке", "ле", "ьве", "не", "те")),
    ("ые", ("ы", "и", "цы", "ки", "лы", "ьвы", "ни", "ти")),
    ("ых", ("ов", "ев", "ей", "цов", "ков", "лов", "ьвов", "ней", "тей")),
)  # fmt: skip
_FEMININE = (("ой", ("ы", "и", "е", "ой", "ей", "ью")), ("ую", ("у", "ю")), ("ые", ("ы", "и")), ("ых", ("", "ей")))
_NEUTER = (("ого", ("а",)), ("ому", ("у",)), ("ым", ("ом",)), ("ые", ("а",)), ("ых", ("",)))


def _soft(cases: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The same after a letter that has и for ы: `гигантский`."""
    return tuple((ending.replace("ы", "и"), ends) for ending, ends in cases)


_ADJECTIVE = {
    "ый": _MASCULINE, "ой": _MASCULINE, "ий": _soft(_MASCULINE), "ая": _FEMININE, "ое": _NEUTER,
}  # fmt: skip


def _yo(words: Iterator[str] | list[str]) -> Iterator[str]:
    """As it is spelt: и and no ы after г, к, х, ж, ч, ш and щ; and most people write е for ё."""
    for word in words:
        word = _NO_Y.sub("и", word)
        yield word
        if "ё" in word:
            yield word.replace("ё", "е")


def _german(text: str) -> Iterator[str]:
    first, *of = text.split(" ")
    if of and of[0] in _OF:  # "Kralle vom Löwen": what stands behind has its case already
        yield from (" ".join([form, *of]) for form in _german(first))
        return
    *before, noun = text.split(" ")
    if noun[:1].islower():  # an adjective or participle
        nouns = [noun + end for end in ("", "e", "er", "es", "en")]
    elif noun.endswith("e"):
        nouns = [noun, noun + "n"]
    else:
        plural = ("n",) if noun.endswith(("er", "el")) else ("e", "en")
        nouns = [noun + end for end in ("", *plural, "s")] + _umlauts(noun)
    adjectives = [
        [re.sub("(e|er|es)$", "", word) + end for end in ("e", "er", "es", "en", "em")]
        if word[:1].islower() or word.endswith(("e", "er", "es"))
        else [word]  # a noun: "Uhu ausgestopft"
        for word in before
    ]
    for parts in product(*adjectives):
        for form in nouns:
            yield " ".join([*parts, form])


_OF = frozenset(["von", "vom", "aus", "der", "des", "mit"])


def _umlauts(noun: str) -> list[str]:
    """The plurals with an umlaut, of compounds by their head: Stoßzahn, Stoßzähne, Stoßzähnen."""
    for head, plural in _HEADS.items():
        if noun.lower().endswith(head):
            stem = noun[: len(noun) - len(head)]
            many = plural if stem else plural.capitalize()
            return [stem + many, stem + many + "n"]
    return []


_HEADS = {
    "zahn": "zähne", "horn": "hörner", "kopf": "köpfe", "wolf": "wölfe", "fuchs": "füchse", "kamm": "kämme", "schwan": "schwäne",
    "hahn": "hähne", "huhn": "hühner", "balg": "bälge", "haut": "häute", "kauz": "käuze", "ast": "äste", "stock": "stöcke",
    "vogel": "vögel", "mantel": "mäntel", "schnabel": "schnäbel",
}  # fmt: skip


def _romance(plural: Callable[[str], Iterator[str]]) -> Callable[[str], Iterator[str]]:
    """Of a phrase, what stands before its first "of" goes into the plural: `aleta de tiburón`, `aletas de tiburón`."""

    def rule(text: str) -> Iterator[str]:
        words = text.split(" ")
        head = next((at for at, word in enumerate(words) if word in _LINKS or re.match("[dl]['’]", word)), len(words))
        for many in product(*[list(plural(word)) for word in words[:head]]) if head else ():
            yield " ".join([*many, *words[head:]])

    return rule


def _french(word: str) -> Iterator[str]:
    if word.endswith("é"):  # a participle: naturalisé, naturalisée
        yield from (word, word + "e", word + "es")
    yield word[:-2] + "aux" if word.endswith("al") else word if word[-1:] in "sxz" else word + "s"
    if word.endswith(("au", "eu", "ou")):
        yield word + "x"


def _spanish(word: str) -> Iterator[str]:
    yield from _either_gender(word, ("ado", "ido", "ada", "ida"))
    if word.endswith("z"):
        yield word[:-1] + "ces"
    else:
        yield word if word.endswith("s") else word + ("s" if word[-1:] in "aeiouáéó" else "es")


def _portuguese(word: str) -> Iterator[str]:
    yield from _either_gender(word, ("ado", "ido", "ada", "ida"))
    if word.endswith("ão"):
        yield word[:-2] + "ões"
        yield word[:-2] + "ães"
    elif word.endswith("m"):
        yield word[:-1] + "ns"
    elif word.endswith("l"):
        yield word[:-1] + "is"
    else:
        yield word if word.endswith("s") else word + ("s" if word[-1:] in "aeiouáéêóôã" else "es")


def _either_gender(word: str, participles: tuple[str, ...]) -> Iterator[str]:
    """A participle in both genders, one and many: disecado, disecadas."""
    if word.endswith(participles):
        yield from (word[:-1] + end for end in ("o", "a", "os", "as"))


def _italian(word: str) -> Iterator[str]:
    stem, last = word[:-1], word[-1:]
    if word.endswith(("ato", "ito", "ata", "ita")):
        yield from (stem + end for end in "oaie")
    if last in "oea":
        hard = "h" if stem.endswith(("c", "g")) and last != "e" else ""
        plural = "e" if last == "a" else "i"
        yield stem.removesuffix("i") + plural if stem.endswith("i") else stem + hard + plural
        if hard and last == "o":
            yield stem + plural
        if last == "a":
            yield stem + hard + "i"  # leopardi are many, and so are tigri and colleghi
    else:
        yield word


def _dutch(text: str) -> Iterator[str]:
    """Plurals in -en, with the stem's vowel kept long or short in writing: aap, apen; vel, vellen. And diminutives:
    schildpadje, papegaaitjes."""
    small = text + ("pje" if text.endswith("m") else "tje" if text[-1] in "aeioulnrwj" else "je")
    yield from (small, small + "s")
    yield text + ("n" if text.endswith("e") else "en")
    if re.search("(aa|ee|oo|uu)[^aeiou]$", text):
        yield text[:-2] + text[-1] + "en"
    elif re.search("(^|[^aeiou])[aeiou][bdfgklmnprst]$", text):
        yield text + text[-1] + "en"


def _arabic(text: str) -> Iterator[str]:
    """With the article on either word, one-letter prefixes, the regular plural and dual; hamza and the like as people write."""
    *before, last = text.split(" ")
    bare = last.removeprefix("ال")
    several = {last, bare, "ال" + bare}
    if last.endswith("ة"):
        several |= {bare[:-1] + "ات", "ال" + bare[:-1] + "ات", bare[:-1] + "تين"}
    elif not before:
        several |= {bare + "ين", bare + "ات"}
    spelt = {" ".join([*before, word]) for word in several}
    if not before:
        spelt |= {prefix + bare for prefix in ("لل", "بال", "وال", "و", "ل", "ب")} if len(bare) >= SHORTEST else set()
    for form in spelt:
        yield form
        yield re.sub("[أإآ]", "ا", form)
        yield re.sub("ى\\b", "ي", re.sub("ة\\b", "ه", re.sub("[أإآ]", "ا", form)))


def _hindi(text: str) -> Iterator[str]:
    if text.endswith("ा"):
        yield from (text[:-1] + "े", text[:-1] + "ों")
    elif text.endswith("ी"):
        yield from (text[:-1] + end for end in ("ियां", "ियाँ", "ियों"))
    elif _CONSONANT.search(text):
        yield text + "ों"


_CONSONANT = re.compile("[\u0915-\u0939]$")


def _indonesian(text: str) -> Iterator[str]:
    """The noun that is spoken of: kulitnya, "its skin". (Many of it are the word twice, which the matcher finds by itself.)
    A doubled word is also written with a 2: kura2 is kura-kura."""
    yield text + "nya"
    if (twice := _TWICE.sub(r"\g<1>2", text)) != text:
        yield twice


_TWICE = re.compile(r"\b(\w{3,})[- ]\1\b")


def _swahili(text: str) -> Iterator[str]:
    """Many of the classes ki- and m-: kinyonga, vinyonga; mtoto, watoto."""
    first, *rest = text.split(" ")
    if first.startswith("ki"):
        yield " ".join(["vi" + first[2:], *rest])
    if first == "mtoto":
        yield " ".join(["watoto", *rest])


_RULES: dict[str, Callable[[str], Iterator[str]]] = {
    "ru": _russian, "de": _german, "fr": _romance(_french), "es": _romance(_spanish), "pt": _romance(_portuguese),
    "it": _romance(_italian), "nl": _dutch, "ar": _arabic, "hi": _hindi, "id": _indonesian, "sw": _swahili,
    "pl": polish, "uk": ukrainian, "tr": turkish, "fa": persian, "ur": urdu, "bn": bengali, "zh": chinese,
    "cs": czech, "hu": hungarian, "ro": romanian, "el": greek,
}  # fmt: skip
