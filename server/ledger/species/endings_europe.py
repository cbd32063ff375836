"""The other forms of Czech, Hungarian, Romanian and Greek words, for `inflection`. Generous, as there. Pure."""

from collections.abc import Iterator

from server.core import folding

_FEW = 4  # letters of a word whose bare stem may stand alone: "želv" yes, "sov" no


# --- Czech -----------------------------------------------------------------------------------------------------------

# The cases: genitive, dative, accusative and instrumental of one; nominative, genitive, dative, instrumental and accusative of
# many.
_F_HARD = ("y", "ě", "u", "ou", "y", "", "ám", "ami", "y")
_F_SOFT = ("e", "i", "i", "í", "e", "í", "ím", "emi", "e")
_M_HARD = ("a", "ovi", "a", "em", "i", "ů", "ům", "y", "y")
_M_SOFT = ("e", "i", "e", "em", "i", "ů", "ům", "i", "e")
_CZECH = {  # by the end of the word, the first that fits: letters to cut, endings
    "ádě": (3, ("áděte", "áděti", "ádě", "ádětem", "áďata", "áďat", "áďatům", "áďaty", "áďata")),
    "lev": (2, ("va", "vovi", "va", "vem", "vi", "vů", "vům", "vy", "vy")),
    "orel": (2, ("la", "lovi", "la", "lem", "li", "lů", "lům", "ly", "ly")),
    "ost": (0, ("i", "i", "", "í", "i", "í", "em", "mi", "i")),
    "ek": (2, ("ka", "kovi", "ka", "kem", "ci", "ků", "kům", "ky", "ky")),
    "ec": (2, ("ce", "ci", "ce", "cem", "ci", "ců", "cům", "ci", "ce")),
    "k": (1, ("ka", "kovi", "ka", "kem", "ci", "ků", "kům", "ky", "ky")),
    "r": (1, ("ra", "rovi", "ra", "rem", "ři", "rů", "rům", "ry", "ry")),
    "ka": (2, ("ky", "ce", "ku", "kou", "ky", "ek", "kám", "kami", "ky")),
    "ha": (2, ("hy", "ze", "hu", "hou", "hy", "h", "hám", "hami", "hy")),
    "ra": (2, ("ry", "ře", "ru", "rou", "ry", "r", "rám", "rami", "ry")),
    "la": (1, ("y", "e", "u", "ou", "y", "", "ám", "ami", "y")),
    "a": (1, _F_HARD),
    "ice": (1, ("e", "i", "i", "í", "e", "", "ím", "emi", "e")),
    "e": (1, _F_SOFT),
    "o": (1, ("a", "u", "o", "em", "a", "", "ům", "y", "a")),
    "ský": (3, ("ského", "skému", "ského", "ským", "ští", "ských", "ským", "skými", "ské")),
    "ý": (1, ("ého", "ému", "ého", "ým", "í", "ých", "ým", "ými", "é")),
    "é": (1, ("ého", "ému", "é", "ým", "á", "ých", "ým", "ými", "á")),
    "á": (1, ("é", "é", "ou", "ou", "é", "ých", "ým", "ými", "é")),
    "í": (1, ("ího", "ímu", "ího", "ím", "í", "ích", "ím", "ími", "í")),
    "ův": (2, ("ova", "ovu", "ova", "ovým", "ovi", "ových", "ovým", "ovými", "ovy")),
    "ova": (1, ("y", "ě", "u", "ou", "y", "ých", "ým", "ými", "y")),
}  # fmt: skip
_SOFT_ENDS = tuple("šžčřcjďťň")


def czech(text: str) -> Iterator[str]:
    """A noun's cases, with the adjective beside it: papouška šedého, slonové kosti. What stands in a case of its own stays:
    kůže z levharta."""
    words = text.split(" ")
    both = len(words) == 2 and (_agrees(words[0]) or _agrees(words[1]))
    if both:
        first, second = (_czech_cases(word) for word in words)
        yield from (" ".join(pair) for pair in zip(first, second, strict=True))
        if words[1].endswith("í"):  # of what is feminine it stays: želvu stepní
            yield from (f"{noun} {words[1]}" for noun in first)
    else:
        head, *rest = words
        yield from (" ".join([form, *rest]) for form in _czech_cases(head) if len(form) >= _FEW or form == head)
        if not rest and head.endswith(("h", "l", "k", "p")):  # what does not live: rohu, rohy
            yield from (head + "u", head + "y")


def _agrees(word: str) -> bool:
    return word.endswith(("ý", "á", "é", "í", "ův", "ova")) and len(word) > 3


def _czech_cases(word: str) -> list[str]:
    for ending, (cut, ends) in _CZECH.items():
        if word.endswith(ending):
            return [word[: len(word) - cut] + end for end in ends]
    ends = _M_SOFT if word.endswith(_SOFT_ENDS) else _M_HARD
    return [word + end for end in ends]


# --- Hungarian -------------------------------------------------------------------------------------------------------

_BACK, _FRONT, _ROUND = set("aáoóuúAÁOÓUÚ"), set("eéiíEÉIÍ"), set("öőüűÖŐÜŰ")
_LONG = {"a": "á", "e": "é"}
_SHORTENED = {"madár": "madar", "majom": "majm", "bogár": "bogar", "kanál": "kanal"}


def hungarian(text: str) -> Iterator[str]:
    """The plural, the object's and the owner's forms, "of" and "with", on the last word: teknősök, teknőst, elefántcsontból."""
    *before, last = text.split(" ")
    vowels = [letter for letter in last if letter in _BACK | _FRONT | _ROUND]
    if not vowels:
        return
    back = any(letter in _BACK for letter in vowels)
    a, o, from_ = ("a", "o", "ó") if back else ("e", "ö" if vowels[-1] in _ROUND else "e", "ő")
    cases = (f"b{a}n", f"b{from_}l", f"n{a}k", f"r{a}", f"t{from_}l")
    if last[-1] in "aáeéiíoóöőuúüű":
        stem = last[:-1] + _LONG.get(last[-1], last[-1])
        forms = [stem + end for end in ("k", "t", f"k{a}t", "i", "im", "s", f"v{a}l", f"j{a}", *cases)]
    else:
        short = ((word, stem) for word, stem in _SHORTENED.items() if last.endswith(word))
        stem = next((last.removesuffix(word) + stem for word, stem in short), last)
        forms = [stem + link + end for link in {a, o} for end in ("k", "t", f"k{a}t")]
        forms += [last + end for end in ("t", a, f"{a}i", f"{a}im", f"{last[-1]}{a}l", *cases)]
    yield from (" ".join([*before, form]) for form in forms)


# --- Romanian --------------------------------------------------------------------------------------------------------

_ROMANIAN = {  # by the end of the word, the first that fits: letters to cut, endings
    "oasă": (4, ("oase", "oasa", "oasele", "oasei", "oaselor")),
    "oarbă": (5, ("oarbe", "oarba")),
    "oască": (5, ("oaște", "oasca", "oaștele", "oaștei", "oaștelor")),
    "iță": (2, ("țe", "ța", "țele", "ței", "țelor")),
    "că": (2, ("ci", "ca", "ce", "cile", "cele", "cii", "cilor")),
    "gă": (2, ("gi", "ga", "ge", "gile", "gii", "gilor")),
    "ă": (1, ("e", "i", "a", "ele", "ile", "ei", "ii", "elor", "ilor")),
    "ete": (3, ("eți", "etele", "eții", "eților", "etelui")),
    "te": (2, ("ți", "tele", "ții", "ților", "tea")),
    "ne": (1, ("i", "ele", "ii", "ilor")),
    "ie": (2, ("ii", "ia", "iile", "iilor")),
    "e": (1, ("i", "ele", "ea", "ile", "ii", "ilor")),
    "ea": (1, ("le", "aua", "lele")),
    "iu": (1, ("ul", "i", "ii", "ilor")),
    "u": (1, ("ul", "i", "ii", "ilor", "uri")),
    "d": (1, ("dul", "zi", "zii", "zilor", "dului")),
    "t": (1, ("tul", "ți", "ții", "ților", "tului", "turi")),
    "s": (1, ("sul", "și", "șii", "șilor", "sului", "suri")),
    "l": (1, ("lul", "li", "lii", "lilor", "lului")),
}  # fmt: skip


def romanian(text: str) -> Iterator[str]:
    """Plural and article of a noun, with its adjective: broaște țestoase, papagalii. What stands behind "de" stays."""
    first, *rest = text.split(" ")
    firsts = _romanian_noun(first)
    agreeing = len(rest) == 1 and rest[0][-1:] in "ăs"
    lasts = [" ".join(rest)] + (_romanian_noun(rest[0])[:1] + _plural(rest[0]) if agreeing else [])
    for noun in dict.fromkeys([first, *firsts]):
        for last in dict.fromkeys(lasts):
            yield f"{noun} {last}".strip()


def _romanian_noun(word: str) -> list[str]:
    for ending, (cut, ends) in _ROMANIAN.items():
        if word.endswith(ending) and len(word) > len(ending):
            return [word[: len(word) - cut] + end for end in ends]
    return [word + end for end in ("ul", "i", "ii", "ilor", "ului", "uri")]


def _plural(adjective: str) -> list[str]:
    return [adjective[:-1] + "e"] if adjective.endswith("ă") else [adjective + "i"]


# --- Greek -----------------------------------------------------------------------------------------------------------

_GREEK = {  # by the end of the word, the first that fits: letters to cut, endings; folding takes the accents off
    "μα": (0, ("τα", "τος", "των")),
    "ου": (0, ("ς", "δες", "δων")),
    "ος": (2, ("ου", "ο", "οι", "ους", "ων")),
    "ης": (2, ("η", "ες", "ων", "ηδες")),
    "ας": (2, ("α", "ες", "ων")),
    "η": (1, ("ης", "ες", "ων")),
    "α": (1, ("ας", "ες", "ων")),
    "ο": (1, ("ου", "α", "ων")),
    "ι": (1, ("ιου", "ια", "ιων")),
}  # fmt: skip


def greek(text: str) -> Iterator[str]:
    """A noun's cases, with the adjective before it: χερσαία χελώνα, χερσαίες χελώνες. What stands behind it stays."""
    first, *rest = folding.native(text).replace("σ ", "ς ").split(" ")
    nouns = _greek_cases(rest[0]) if len(rest) == 1 else [" ".join(rest)]
    for head in _greek_cases(first):
        fitting = [noun for noun in nouns if not rest or noun == nouns[0] or noun[-1:] == head[-1:]]
        yield from (f"{head} {noun}".strip() for noun in fitting)


def _greek_cases(word: str) -> list[str]:
    if word.endswith("σ"):
        word = word[:-1] + "ς"
    for ending, (cut, ends) in _GREEK.items():
        if word.endswith(ending):
            return [word, *(word[: len(word) - cut] + end for end in ends)]
    return [word]
