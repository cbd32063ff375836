"""How numbers are said: `1,284`, `26.3`, `0.80`, `93 %`; with each language's separators. Pure; `wording` has all of it."""

from functools import lru_cache

from babel.numbers import format_decimal, format_percent

from server.core.sentences import Localized
from server.core.times import locale


def number(value: float) -> Localized:
    """`1,284`, `26.3`: to a tenth, where there is one."""
    return Localized(lambda language, _: _tenths(value, language))


@lru_cache(4096)
def _tenths(value: float, language: str) -> str:
    """Kept, as a page of tables has hundreds of them, most of them small and the same."""
    return format_decimal(value, "#,##0.#", locale=locale(language))


def hundredths(value: float) -> Localized:
    """`0.80`: a share or a score, always to a hundredth."""
    return Localized(lambda language, _: format_decimal(value, "0.00", locale=locale(language)))


def percent(part: int, whole: int) -> Localized:
    """`93%`: of a whole that is not 0."""
    return Localized(lambda language, _: format_percent(part / whole, locale=locale(language)))
