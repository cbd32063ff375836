"""The other forms of Polish, Ukrainian, Turkish, Persian, Urdu and Bengali words, for `inflection`. Generous, as there. Pure."""

from collections.abc import Iterator

_FEW = 5  # letters of a word whose bare stem may stand alone: "papug" yes, "sow" no


def polish(text: str) -> Iterator[str]:
    """A noun's cases, with its adjective behind it: kość słoniowa, kości słoniowej. What stands in a case of its own stays:
    kieł słonia, kła słonia."""
    first, *rest = text.split(" ")
    nouns = list(_polish_noun(first))
    yield from (" ".join([noun, *rest]) for noun in nouns)
    if len(rest) == 1:
        ends = _AGREEING.get(rest[0][-1:], ())
        yield from (f"{noun} {rest[0][:-1]}{end}" for noun in nouns for end in ends)


def _polish_noun(word: str) -> Iterator[str]:
    yield word
    for ending, (cut, endings) in _POLISH.items():
        if word.endswith(ending):
            yield from (word[: len(word) - cut] + end for end in endings if end or len(word) >= _FEW)
            return
    if word[-1:] not in "ieuóąęy":
        yield from (word + end for end in ("a", "u", "owi", "em", "ie", "y", "ów", "om", "ami"))


_SOFT = ("ia", "ie", "iem", "iowi", "iu", "iów", "i", "iom", "iami")
_POLISH = {  # by the end of the word, the first that fits: letters to cut, endings
    "orzeł": (4, ("rła", "rły", "rłów", "rłem", "rle")),
    "kieł": (3, ("ła", "ły", "łów", "łem", "le", "łami")),
    "róg": (2, ("ogu", "ogi", "ogów", "ogiem", "ogami")),
    "lew": (2, ("wa", "wy", "wów", "wem", "wu")),
    "żółw": (0, _SOFT),
    "ół": (2, ("oła", "oły", "ołów", "ołem", "ole")),
    "ość": (1, ("ci", "cią")),
    "ń": (1, tuple(f"n{end}" for end in _SOFT)),
    "ś": (1, tuple(f"s{end}" for end in _SOFT)),
    "ć": (1, tuple(f"c{end}" for end in _SOFT)),
    "ź": (1, tuple(f"z{end}" for end in _SOFT)),
    "ek": (2, ("ka", "ki", "ków", "kiem", "kowi", "kami")),
    "iec": (3, ("ca", "ce", "ców", "cem", "cowi", "cami")),
    "ec": (2, ("ca", "ce", "ców", "cem", "cowi", "cami")),
    "k": (0, ("a", "i", "u", "iem", "ów", "owi", "ami")),
    "g": (0, ("a", "i", "u", "iem", "ów", "owi", "ami")),
    "ka": (2, ("ki", "kę", "ką", "ce", "ek", "kami")),
    "ga": (2, ("gi", "gę", "gą", "dze", "g", "gami")),
    "a": (1, ("y", "ę", "ą", "ie", "ze", "", "ami")),
    "o": (1, ("a", "u", "em", "ie", "", "ami")),
    "y": (1, ("a", "ego", "ej", "ych", "e", "ym", "ą")),  # an adjective
}  # fmt: skip
_AGREEING = {"a": ("ej", "ą", "e", "ych"), "y": ("ego", "ym", "e", "ych"), "i": ("iego", "im", "ie", "ich")}


def ukrainian(text: str) -> Iterator[str]:
    """A noun's cases, with the adjective before it: слонова кістка, слонової кістки. What stands behind it stays: зуб кашалота,
    зуби кашалота."""
    first, *rest = text.split(" ")
    cases = _BEFORE.get(first[-2:]) or _BEFORE.get(first[-1:])
    if len(rest) == 1 and cases:
        stem = first[: -2 if first.endswith("й") else -1]
        nouns = set(_ukrainian_noun(rest[0]))
        for adjective, ends in cases:
            fitting = (noun for noun in nouns if (noun.endswith(ends) if ends else noun == rest[0][:-1]))
            yield from (f"{stem}{adjective} {noun}" for noun in fitting)
    else:
        yield from (" ".join([noun, *rest]) for noun in _ukrainian_noun(first))


def _ukrainian_noun(word: str) -> Iterator[str]:
    yield word
    for ending, (cut, endings) in _UKRAINIAN.items():
        if word.endswith(ending):
            yield from (word[: len(word) - cut] + end for end in endings if end or len(word) >= _FEW)
            return
    if word[-1:] not in "еєиіїую":
        yield from (word + end for end in ("а", "у", "ові", "ом", "і", "и", "ів", "ам", "ами"))


_UKRAINIAN = {  # by the end of the word, the first that fits: letters to cut, endings
    "орел": (2, ("ла", "лу", "лом", "ли", "лів")),
    "сокіл": (2, ("ола", "олу", "олом", "оли", "олів")),
    "ріг": (2, ("ога", "огу", "огом", "оги", "огів")),
    "готь": (3, ("тя", "тю", "тем", "ті", "тів", "тями")),
    "ець": (3, ("ця", "цю", "цем", "ці", "ців", "цями")),
    "ок": (2, ("ка", "ку", "ком", "ки", "ків", "ками")),
    "еня": (0, ("ти", "т", "тка", "та", "там", "тами")),
    "а": (1, ("и", "у", "і", "ою", "", "ам", "ами")),
    "я": (1, ("і", "ю", "ею", "й", "ь", "ям", "ями")),
    "о": (1, ("а", "у", "ом", "і", "", "ам", "ами")),
    "ь": (1, ("я", "ю", "ем", "і", "ів", "ей", "ями")),
    "й": (1, ("я", "ю", "єм", "ї", "їв", "ями")),
}
_BEFORE = {  # by the end of an adjective: its other ends, and those of the noun in the same case (none: the bare stem)
    "ий": (
        ("ого", ("а", "я")), ("ому", ("у", "ю", "ові")), ("им", ("ом", "ем", "єм")), ("і", ("и", "ті", "ї")), ("их", ("ів", "їв")),
    ),
    "а": (("ої", ("и", "і")), ("у", ("у", "ю")), ("ою", ("ою", "ею")), ("і", ("и", "і")), ("их", ())),
    "е": (("ого", ("а", "я")), ("им", ("ом", "ям")), ("і", ("а", "я")), ("их", ())),
}  # fmt: skip


def turkish(text: str) -> Iterator[str]:
    """The last word's plural, cases and possessive, in harmony with its vowel: timsah, timsahlar, timsahın."""
    vowel = next((sign for sign in reversed(text) if sign in _HARMONY), "e")
    wide, narrow = _HARMONY[vowel]
    nasal, possessed, glide = ("n", "s", "y") if text[-1] in _HARMONY else ("", "", "")
    for end in (
        f"l{wide}r", f"l{wide}r{_HARMONY[wide][1]}", f"l{narrow}", f"d{wide}n", f"t{wide}n",
        f"{nasal}{narrow}n", f"{possessed}{narrow}", f"{glide}{narrow}", f"{possessed}{narrow}nd{wide}n",
    ):  # fmt: skip
        yield text + end
    if text[-1] in "ıiuü":  # it may be possessed already: derisinden
        yield from (text + end for end in (f"n{narrow}", f"nd{wide}n", f"nd{wide}", f"n{wide}"))
    if soft := {"k": "ğ", "ç": "c", "p": "b"}.get(text[-1]):
        yield text[:-1] + soft + narrow


_HARMONY = {
    "a": ("a", "ı"), "ı": ("a", "ı"), "o": ("a", "u"), "u": ("a", "u"),
    "e": ("e", "i"), "i": ("e", "i"), "ö": ("e", "ü"), "ü": ("e", "ü"),
}  # fmt: skip


def persian(text: str) -> Iterator[str]:
    """The plural; words run together, or apart for a joined one; ye and kaf of an Arabic keyboard."""
    bases = {text, text.replace(" ", ""), text.replace("\u200c", " ")}
    for form in (*bases, *(base + end for base in bases for end in ("ها", " ها", "های", " های", "ی"))):
        yield form
        yield form.replace("ی", "ي").replace("ک", "ك")


def urdu(text: str) -> Iterator[str]:
    """Plurals and the case before a postposition: طوطا, طوطے, طوطوں; letters of an Arabic keyboard."""
    base, ends = text, ("وں", "یں")
    if text.endswith(("ا", "ہ")):
        base, ends = text[:-1], ("ے", "وں")
    elif text.endswith("ی"):
        base, ends = text[:-1], ("یاں", "یوں")
    for form in (text, *(base + end for end in ends)):
        yield form
        yield form.replace("ی", "ي").replace("ک", "ك").replace("ہ", "ه")


def bengali(text: str) -> Iterator[str]:
    """The genitive, and what says "the": বাঘের, হাতির, টিয়াটি."""
    yield text + ("ের" if "\u0995" <= text[-1] <= "\u09b9" or text[-1] == "\u09df" else "র")
    yield from (text + end for end in ("টি", "টা", "গুলো", "গুলি", "কে", "সহ"))
