"""From a right password, link or code to the browser's session."""

import secrets

from flask import flash, g, redirect, session, url_for
from flask_login import UserMixin, login_user
from werkzeug.wrappers import Response

from server.core import access, clock, languages, web, wording
from server.core.sentences import sentence
from server.people.accounts import factor_duty
from server.people.accounts.signing_in import Started

CHALLENGE, NEXT = "challenge", "next"  # what the cookie holds between password and code


class _SignedIn(UserMixin):  # type: ignore[misc]  # Flask-Login has no types
    """What flask-login keeps in the cookie: the session's secret, not the account's id."""

    def __init__(self, secret: str) -> None:
        self.secret = secret

    def get_id(self) -> str:
        return self.secret


def enter(started: Started, target: str = "/") -> Response:
    """Sign the browser in and go where it wanted, or to the page that asks for the code.

    Everything the browser had before is gone: a planted session cookie is worth nothing.
    """
    forget()
    languages.current()  # settled now: of who signs in nothing is read before the next request
    if started.challenge:
        session[CHALLENGE], session[NEXT] = started.secret, web.safe_next(target)
        return redirect(url_for("factor.ask"))
    start_session(started)
    _ask_for_factor(started)
    target = web.safe_next(target)
    return redirect(home(started.account) if target == "/" else target)


def forget() -> None:
    """Empty the browser's cookie. A page that this request still renders gets a forgery token that counts from now on."""
    session.clear()
    g.pop("csrf_token", None)  # flask-wtf's, of what was in the cookie before


def start_session(started: Started) -> None:
    """The cookie of a session."""
    forget()
    login_user(_SignedIn(started.secret))
    g.pop("_login_user")  # flask-login then reads the account as in every other request, if this one still asks
    session["_id"] = secrets.token_hex(8)


def _ask_for_factor(started: Started) -> None:
    """Say from when on this account needs a second factor; nothing to who has one, or need not have one."""
    day = None if started.passed else factor_duty.due_on(started.account, clock.now())
    if day:
        asked = sentence(
            "From %(day)s on you need a second factor to sign in. Set it up in your profile.", day=wording.date(day)
        )
        flash(languages.translated(asked), "problem")


def home(account: access.Actor) -> str:
    """Where somebody starts."""
    places = {"cases.see": "attention.index", "notices.answer": "notices.inbox", "reports.follow": "reports.index"}
    return url_for(next(page for action, page in places.items() if access.can(action, account)))
