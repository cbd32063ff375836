"""How a sentence is said in a language, and which languages are offered where. docs/decisions/0017.

Code keeps sentences as `sentences.sentence`: English, with what a translation needs. They are translated where they are
shown: in templates by themselves (see `init_app`), elsewhere by `translated`. Which language a request's reader has is found
in `reader.py`; work without a reader runs in `speaking(...)`. Catalogues: `server/translations/`, read as they are.
"""

import io
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from babel import Locale, UnknownLocaleError
from babel.messages import mofile, pofile
from babel.numbers import format_decimal
from babel.support import NullTranslations, Translations
from flask import Flask
from flask_babel import Babel, Domain, force_locale, get_locale, gettext, ngettext
from jinja2.runtime import Context
from jinja2.utils import pass_context
from markupsafe import Markup, escape

from server.core import capitals, wording
from server.core.sentences import Localized, Sentence

# The switches. A language is offered as soon as it is named here; a test then holds its catalogue complete.
COMPLETE = ("en", "fr")  # every page, mail, notice and PDF
SPOTTERS = ("ar",)  # only the pages that a spotter uses (`reader.SPOTTERS_PATH`); other pages are in English
REVIEWED = ("en",)  # read by a native speaker; every page in another language says that it was not

ENGLISH = "en"
MARKED = (Sentence, Localized)
ISOLATED, IN_ENGLISH = Markup("<bdi>%s</bdi>"), Markup('<bdi lang="en">%s</bdi>')
CATALOGUES = Path(__file__).parents[1] / "translations"


class _Catalogues(Domain):  # type: ignore[misc]  # Flask-Babel has no types
    """The catalogues as translators edit them (.po), each read once: nothing to compile, nothing that can be stale."""

    def get_translations(self) -> NullTranslations:
        return catalogue(current())


@cache
def catalogue(language: str) -> NullTranslations:
    """The translations of a language; none for English and for a language without a catalogue."""
    path = CATALOGUES / language / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()
    compiled = io.BytesIO()
    with path.open("rb") as file:
        mofile.write_mo(compiled, pofile.read_po(file, locale=language))
    compiled.seek(0)
    return Translations(compiled)


babel = Babel()
babel.domain_instance = _Catalogues()


def translated(text: object) -> str:
    """A text in the reader's language: a `Sentence` translated, with its numbers and inner sentences; a `Localized` by the
    language's rules; anything else as it is."""
    if isinstance(text, Localized):
        return text.render(current(), translated)
    if not isinstance(text, Sentence):
        return str(text)
    params = {name: _param(value) for name, value in text.params.items()}
    if text.number is None:
        pattern: str = catalogue(current()).ugettext(text.message)
    else:
        pattern = catalogue(current()).ungettext(text.message, text.plural, text.number)
        params = {"number": _number(text.number, current())} | params
    return pattern % params if params else pattern


def noted(note: str) -> str:
    """A note that is kept in English (of the lexicon, of a notice) in the reader's language; in English, where it has none."""
    return catalogue(current()).ugettext(note) if note else ""


def _note(note: str | None) -> Markup:
    """The same on a page, isolated; it says that it is English where the page is not."""
    said = noted(note or "")
    isolated = IN_ENGLISH if said == note and current() != ENGLISH else ISOLATED
    return isolated % said


def _param(value: object) -> Any:
    """A parameter as it is shown: a number with the language's separators, a sentence translated, markup kept."""
    if isinstance(value, int) and not isinstance(value, bool):
        return _number(value, current())
    return translated(value) if isinstance(value, MARKED) else value


@lru_cache(maxsize=4096)  # a list says many numbers, and most are small
def _number(value: int, language: str) -> str:
    return format_decimal(value, locale=language)


def offered(to_spotters: bool = True) -> tuple[str, ...]:
    """The languages to choose from, English first: all of them, or only those with every page translated."""
    return COMPLETE + SPOTTERS if to_spotters else COMPLETE


def current() -> str:
    """The language in which things are said now."""
    return _code(get_locale())


@cache
def _code(locale: Locale | None) -> str:
    return str(locale or ENGLISH)


def direction() -> str:
    """`rtl` where it is written from right to left, else `ltr`."""
    return str((get_locale() or Locale(ENGLISH)).text_direction)


def own_name(language: str) -> str:
    """A language's name in itself: `français`, `العربية`; the code itself when there is no such language."""
    try:
        return str(Locale.parse(language, sep="-").display_name)
    except UnknownLocaleError:
        return language


def by_name(codes: Iterable[str]) -> list[tuple[str, Localized]]:
    """Languages to choose from: their codes and names, in the order of the names in the reader's language."""
    named = [(code, wording.language(code)) for code in codes]
    return sorted(named, key=lambda choice: _without_accents(translated(choice[1])))


def _without_accents(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(sign))


def of_company(languages: Iterable[str]) -> str:
    """The language for writing to a company: the first of its SPOC's languages with every page translated, else English."""
    return next((language for language in languages if language in COMPLETE), ENGLISH)


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Use this language inside the block, such as an account's or a company's; English if it is not offered."""
    with force_locale(language if language in offered() else ENGLISH):
        yield


def _shown(value: object) -> object:
    """What a template prints: a sentence is translated on its way out."""
    return translated(value) if isinstance(value, MARKED) else value


def series(items: Iterable[object], tag: str = "", css: str = "") -> Markup:
    """Values side by side as the reader's language joins them; each escaped, and in its own `tag` (`bdi`: names)."""
    start, end = (f'<{tag} class="{css}">' if css else f"<{tag}>", f"</{tag}>") if tag else ("", "")
    shown = [f"{start}{escape(_shown(item))}{end}" for item in items]
    return Markup(wording.side_by_side(shown, current()))  # noqa: S704  each part is escaped


def _with_params_translated(translate: Any) -> Callable[..., Any]:
    """A template's `gettext` or `ngettext` whose parameters are shown as those of a `Sentence` are."""

    @pass_context
    def say(context: Context, *texts: Any, **params: Any) -> Any:
        if len(texts) == 3:
            params = {"num": texts[2]} | params
        return translate(context, *texts, **{name: _param(value) for name, value in params.items()})

    return say


def init_app(app: Flask, reader: Callable[[], str] = lambda: ENGLISH) -> None:
    """Let templates say sentences in the language that `reader` finds for each request."""
    babel.init_app(app, locale_selector=reader)
    jinja = app.jinja_env
    jinja.finalize = _shown
    jinja.policies["ext.i18n.trimmed"] = True  # a `trans` block may be broken into lines
    jinja.filters["translated"] = translated
    jinja.filters["series"] = series
    jinja.filters["noted"] = _note
    jinja.filters["initial"] = capitals.initial
    jinja.install_gettext_callables(  # type: ignore[attr-defined]  # by the shortest way: a page says hundreds
        lambda text: catalogue(current()).ugettext(text),
        lambda *texts: catalogue(current()).ungettext(*texts),
        newstyle=True,
    )
    for name in ("gettext", "ngettext"):
        jinja.globals[name] = _with_params_translated(jinja.globals[name])
    jinja.globals["_"] = jinja.globals["gettext"]


__all__ = [
    "COMPLETE", "ENGLISH", "SPOTTERS", "babel", "catalogue", "current", "direction", "gettext", "init_app", "ngettext",
    "of_company", "offered", "own_name", "speaking", "translated",
]  # fmt: skip
