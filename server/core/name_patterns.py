"""Where names stand in a text, in any script. Pure."""

import re
from collections.abc import Iterable

from server.core.folding import UNSPACED

_HANGUL = r"\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_KATAKANA = r"\u30a1-\u30fa\u30fc-\u30ff\uff66-\uff9f"
_CHINESE = re.compile(r"[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]{2,}")
SHORTEST = 3  # signs of a name that is looked for: "A" or "Al" would tear holes; of Chinese signs two are a whole name


def named(names: Iterable[str | None], flags: re.RegexFlag = re.NOFLAG) -> list[re.Pattern[str]]:
    """Patterns that find `names` as separate words, the longest first. Names too short to tell from a word are left out.

    A word ends at a sign of a script that is written without spaces, and in such a script anywhere, save that a word in
    katakana is not part of a longer one. Korean particles follow a name at once.
    """
    wanted = {name.strip() for name in names if name}
    wanted = {name for name in wanted if len(name) >= SHORTEST or _CHINESE.fullmatch(name)}
    return [re.compile(_as_word(name), flags) for name in sorted(wanted, key=lambda name: (-len(name), name))]


def _as_word(name: str) -> str:
    before, after = (_goes_on(sign) for sign in (name[0], name[-1]))
    if re.match(f"[{_HANGUL}]", name[0]):
        before = rf"[^\W{UNSPACED}]"
    return (f"(?<!{before})" if before else "") + re.escape(name) + (f"(?!{after})" if after else "")


def _goes_on(sign: str) -> str:
    """What, beside a name with `sign` at this edge, makes it part of a longer word; nothing does where there are no spaces."""
    if re.match(f"[{_KATAKANA}]", sign):
        return f"[{_KATAKANA}]"
    return "" if re.match(f"[{UNSPACED}{_HANGUL}]", sign) else rf"[^\W{UNSPACED}{_HANGUL}]"
