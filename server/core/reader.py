"""Which language the reader of a request has: their profile's, else the one chosen on the page, else the browser's.

Programs (the API) are answered in the language of the account behind the token, else in English; what people pick from
in the extension comes in the browser's language then.
"""

from flask import Flask, Response, g, has_request_context, request
from flask_babel import refresh
from werkzeug.wrappers import Response as AnyResponse

from server.core import access, endpoints, headers, languages, web

COOKIE = "language"
# The blueprints and endpoints that are translated into `languages.SPOTTERS` too, as far as a spotter may open their pages.
# Elsewhere those who read such a language get English, said to be English and laid out as English.
SPOTTERS_PATH = frozenset({
    "accounts", "factor", "unsubscribe", "recruitment", "reports", "training", "review", "exams", "accreditation", "rounds",
    "skill", "pictures", "questions", "leads", "guide", "reports_api", "listings_api", "monitoring_api", "site_api",
    "site.landing", "site.extension", "site.extension_privacy", "site.privacy",
    "complaint",  # and whoever a report is about, who may be nobody's spotter
})  # fmt: skip
# What a program asks for and people pick from, in a browser: in the browser's language where the account has chosen none.
PICKED_FROM = frozenset({"site_api.vocabulary"})


def offered_to_reader() -> tuple[str, ...]:
    """The languages in which the requested page is complete. An unknown address counts as a spotter's page, and so does a
    refusal shown to a spotter."""
    if request.endpoint is None:
        return languages.offered()
    rule = endpoints.RULES.get(request.endpoint, endpoints.ANYONE)
    open_to_spotters = not rule.action or access.holders("reports.follow") <= access.holders(rule.action)
    on_path = open_to_spotters and not SPOTTERS_PATH.isdisjoint((request.blueprint, request.endpoint))
    return languages.offered(on_path or _refused_to_spotter(rule.action))


def _refused_to_spotter(action: str | None) -> bool:
    if not action or request.path.startswith(headers.API):
        return False
    account = web.page_account()
    return access.can("reports.follow", account) and not access.can(action, account)


def language() -> str:
    """The language of this request. English where nobody asks, as in the worker."""
    if not has_request_context():
        return languages.ENGLISH
    here = offered_to_reader()
    if len(here) == 1:
        return here[0]
    if request.path.startswith(headers.API):
        choices = [getattr(g.get("account"), "language", None)]
    else:
        account = web.page_account()
        choices = [account and account.language, request.cookies.get(COOKIE), g.get("language")]
    for chosen in choices:
        if chosen in here:
            return str(chosen)
    if request.path.startswith(headers.API) and request.endpoint not in PICKED_FROM:
        return languages.ENGLISH
    accepted = (code.partition("-")[0].lower() for code, quality in request.accept_languages if quality)
    return next((code for code in accepted if code in here), languages.ENGLISH)


def speak(language: str) -> None:
    """For the rest of this request, say things in `language` to a reader who has chosen none: a company's by its link."""
    g.language = language
    refresh()


def choose(response: AnyResponse, language: str | None) -> None:
    """Keep in the browser which language was chosen; None forgets it."""
    if language:
        response.set_cookie(
            COOKIE, language, max_age=31536000, samesite="Lax", secure=web.settings().secure, httponly=True
        )
    else:
        response.delete_cookie(COOKIE)


def _headers(response: Response) -> Response:
    """After every request: say which language a page is in, and on what that depends."""
    if response.mimetype in ("text/html", "application/problem+json"):
        response.content_language = [languages.current()]
        response.vary.update(
            ("Authorization",) if request.path.startswith(headers.API) else ("Accept-Language", "Cookie")
        )
    return response


def page_context() -> dict[str, list[tuple[str, str]]]:
    """What every template may rely on: the languages to choose from on this page, and their own names."""
    return {"offered_languages": [(each, languages.own_name(each)) for each in offered_to_reader()]}


def init_app(app: Flask) -> None:
    """Find each request's language, say it, and offer others."""
    languages.init_app(app, language)
    app.context_processor(page_context)
    app.after_request(_headers)
