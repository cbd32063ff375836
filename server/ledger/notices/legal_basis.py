"""Whether a law that is named can carry a notice: a provision of a country or the Union, dated and sourced. Pure.

CITES binds its Parties, who must prohibit trade in their own law (Articles II and VIII of the Convention): an appendix alone
makes no offer illegal. Regulation (EU) 2022/2065, Article 3(h): illegal content is what does not comply with Union law or
the law of a Member State, so that of other notices it is not said that they contain the elements of Article 16(2).
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from babel import Locale

from server.core.sentences import sentence
from server.core.words import Basis
from server.ledger.notices import names, treaty

UNION = "EU"
MEMBERS = frozenset(
    ("AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "MT",
     "NL", "PL", "PT", "RO", "SE", "SI", "SK")
)  # fmt: skip
_LANGUAGES = (
    "bg", "cs", "da", "de", "el", "en", "es", "et", "fi", "fr", "ga", "hr", "hu", "it", "lt", "lv", "mt", "nl", "pl", "pt",
    "ro", "sk", "sl", "sv",
)  # fmt: skip


@cache
def _member_names() -> frozenset[str]:
    names = {
        Locale.parse(language).territories[code].casefold() for language in _LANGUAGES for code in (UNION, *MEMBERS)
    }
    return frozenset(names | {"czech republic", "the netherlands", "european union", "e.u."})


def of_the_union(jurisdiction: str) -> bool:
    """Whether it is the European Union or one of its Member States, by code or by its name in a language of the Union."""
    parts = [part.strip() for part in re.split(r"[,;/()]", jurisdiction)]
    return any(part in MEMBERS or part == UNION or part.casefold() in _member_names() for part in parts)


def problems(law: Mapping[str, Any] | None, at: str) -> list[str]:
    """What keeps a law from carrying a notice at the time `at` (ISO), a sentence each; empty when nothing does."""
    law = law or {}
    if not (law.get("jurisdiction") and law.get("provision")):
        return [sentence("Name the law: its jurisdiction and its provision.")]
    if treaty.alone(law["jurisdiction"], law["provision"]):
        return [
            sentence(
                "A CITES appendix alone makes no offer illegal: the treaty leaves that to its Parties. Name the provision of "
                "the country that the ad is directed at, or rely on the platform’s policy."
            )
        ]
    wanted: list[str] = []
    if not _is_provision(law["provision"]):
        wanted.append(sentence("Name the provision as it can be looked up, such as “Ivory Act 2018, section 1”."))
    if not law.get("effective_from"):
        wanted.append(sentence("Give the date since when the provision has been in force."))
    elif str(law["effective_from"]) > at:
        wanted.append(sentence("The provision is not in force yet."))
    if not _is_source(law.get("source") or ""):
        wanted.append(
            sentence(
                "Say where it can be read that this provision covers this offer, or rely on the platform’s policy: the "
                "lexicon has no source for it."
            )
        )
    return wanted


def _is_provision(text: str) -> bool:
    """Whether a text can be a provision: "L. 412-1" can."""
    letters = _letters(text)
    return letters >= 4 or bool(letters and re.search(r"\d", text))


def _is_source(text: str) -> bool:
    """Whether a text can say where something is read."""
    return _letters(text) >= 6


def _letters(text: str) -> int:
    """How many letters a text has; a sign of a script without spaces counts as two."""
    return sum(1 + bool(names.UNSPACED.match(letter)) for letter in re.findall(r"[^\W\d_]", text))


def elements_of_article_16(document: Mapping[str, Any]) -> bool:
    """Whether it may be said that the notice contains the elements of Article 16(2)."""
    law = document["law"]  # none in a preview while none is chosen
    return bool(document["basis"] == Basis.ILLEGAL and law and of_the_union(law["jurisdiction"]))
