"""A language that nobody speaks: English with accents and a third longer. In the gallery, what is not marked for
translation stands out as plain English, and what has no room for a longer word breaks its line or overflows."""

import re

from babel.support import NullTranslations

LOCALE = "en_AU"  # dates and numbers as English has them; a locale of its own has to be one that Babel knows
ACCENTED = str.maketrans("aceinouyACEINOUY", "åçéïñöüýÅÇÉÏÑÖÜÝ")
KEPT = re.compile(r"(%\(\w+\)s|%%|<[^>]*>|&\w+;)")


def pseudo(text: str) -> str:
    """`[Ýöür répörts···]`: the parameters and the markup of a message stay."""
    parts = KEPT.split(text)
    accented = "".join(part if KEPT.fullmatch(part) else part.translate(ACCENTED) for part in parts)
    return f"[{accented}{'·' * (len(text) // 3)}]"


class Pseudo(NullTranslations):
    """Translates everything that is marked."""

    def ugettext(self, message: str) -> str:
        return pseudo(message)

    def ungettext(self, singular: str, plural: str, n: int) -> str:
        return pseudo(singular if n == 1 else plural)
