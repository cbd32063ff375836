"""The reader's language, and how a sentence that code made is said in it.

Code keeps sentences as `words.sentence`: English, with what a translation needs. They are translated where they are
shown: in templates by themselves (see `init_app`), elsewhere by `said`. Catalogues: `server/translations/`.
"""

from flask import Flask, has_request_context, request
from flask_babel import Babel, format_decimal, get_translations, gettext, ngettext

from server.core.words import Sentence

COMPLETE = ("en", "fr")  # every page, mail and notice
OFFERED = (*COMPLETE, "ar")  # Arabic: what a spotter meets
RIGHT_TO_LEFT = frozenset({"ar"})

babel = Babel()


def said(text: object) -> str:
    """A text in the reader's language: a `Sentence` translated, with its numbers and inner sentences; else as it is."""
    if not isinstance(text, Sentence):
        return str(text)
    params = {name: _param(value) for name, value in text.params.items()}
    if text.number is None:
        translated: str = get_translations().ugettext(text.message)
    else:
        translated = get_translations().ungettext(text.message, text.plural, text.number)
        params = {"number": format_decimal(text.number)} | params
    return translated % params if params else translated


def _param(value: object) -> str:
    return format_decimal(value) if isinstance(value, int) and not isinstance(value, bool) else said(value)


def chosen() -> str:
    """The language of this request: the browser's first that is offered. English where nobody asks, as in the worker."""
    if not has_request_context():
        return "en"
    return request.accept_languages.best_match(OFFERED) or "en"


def _shown(value: object) -> object:
    """What a template prints: a sentence is translated on its way out."""
    return said(value) if isinstance(value, Sentence) else value


def init_app(app: Flask) -> None:
    """Choose each request's language; let templates say sentences in it."""
    babel.init_app(app, locale_selector=chosen)
    app.jinja_env.finalize = _shown
    app.jinja_env.policies["ext.i18n.trimmed"] = True  # a `trans` block may be broken into lines
    app.jinja_env.filters["said"] = said


__all__ = ["COMPLETE", "OFFERED", "RIGHT_TO_LEFT", "babel", "chosen", "gettext", "init_app", "ngettext", "said"]
