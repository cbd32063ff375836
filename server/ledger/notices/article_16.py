"""Whether a text speaks of an Article 16, in the languages of companies and of the Union. Pure.

A notice that rests on a platform's own policy is no notice of Article 16 and must not call itself one, whatever the
words: "DSA-Artikel 16", "article sixteen", "第十六条".
"""

import re
import unicodedata

from server.core import folding
from server.ledger.notices.names import bare

# Written as they are once folded: without accents.
_WORD = "|".join(
    r"""art articles? articulos? artigos? articol[oi] articul(?:ul)?(?:ui)? articolul\w* artikel\w* artykul\w* artikl\w* artikkel\w*
    artikolu clan(?:ek|ku|ak|ka|ok)? clen\w* cl straipsn\w* panta cikk\w* airteagal pasal dieu madde\w* стат(?:ья|ьи|ье|ью|ьей|тя|ті|тею)
    ст член\w* члан\w* чл αρθρο\w* ل?ال?مادة للمادة""".split()  # noqa: SIM905
)
_NUMBER = "|".join(
    r"""16 xvi sixteen(?:th)? sechzehn\w* seize seizieme dieciseis decimosext[oa] sedici sedicesimo dezasseis dezesseis
    zestien\w* szesna\w* шестнадцат\w* шестнаде\w* шістнадцят\w* sexton\w* seksten\w* sestnact\w* sesnaest\w* tizenhat\w*
    saisprezece kuusitoista kuudestoista enam\s?belas muoi\s+sau on\s?alti\w* δεκαεξι السادسة\s+عشرة? ستة\s+عشر""".split()  # noqa: SIM905
)
_BETWEEN = r"[\s.:#(\[/_–-]{0,3}(?:n[o°º]?\.?|nr\.?|num\.?|number|numero)?[\s.:#(\[/_–-]{0,3}"
_AFTER = r"\.?[ºª°]?\s(?:straipsn\w*|artikla\w*|artikkel\w*|artikel|article|madde\w*)|\.\s?(?:pants|cikk\w*|artikel|madde\w*|artikla)"
_NAMED = re.compile(
    rf"(?<![^\W_])(?:{_WORD}){_BETWEEN}(?:{_NUMBER})(?![^\W_])"
    rf"|(?<![\w.,])(?:{_NUMBER})(?:{_AFTER})(?!\w)"  # 16. Artikel
    r"|(?<!\d)(?:16|十六)\s*[条條조]|มาตรา\s*(?:16(?!\d)|สิบหก)"
)
_SPACED = re.compile(r"(?<=\b\w) (?=\w\b)")  # A r t i c l e


def named(text: str) -> bool:
    """Whether the text names an Article 16."""
    folded = folding.fold(text)
    views = (bare(folded.native.text), folded.latin.text)
    return any(_NAMED.search(form) for view in map(_figures, views) for form in (view, _SPACED.sub("", view)))


def _figures(text: str) -> str:
    """Every script's figures as 0 to 9."""
    return "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
