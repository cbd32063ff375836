"""Pages and endpoints that belong to no room: the door, privacy, the extension, health, vocabulary."""

import hmac
import json
from datetime import date, timedelta

from flask import Blueprint, Response, jsonify, redirect, request, url_for
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from werkzeug.wrappers import Response as AnyResponse

from server.core import clock, packing, personal, setting_checks, web, work
from server.core.database import db
from server.core.packing import EXTENSION
from server.core.sentences import sentence
from server.core.words import Refused
from server.journeys.report import intake
from server.ledger.complaints import states
from server.ledger.delivery import digest, webhook
from server.ledger.notices import answer_file, answers, compose, gauge
from server.ledger.notifiers import store as notifiers
from server.people.accounts import signing_in
from server.people.recruitment import store as recruitment
from server.people.teams import rules
from server.reads import figures, monitor, readiness

pages = Blueprint("site", __name__)

# The day on which what the privacy page tells people about their data last changed.
CHANGED = date(2026, 11, 29)

# How long what ends by itself is kept: the very times by which the worker deletes it.
KEPT = {
    "declined": recruitment.DECLINED_KEPT,
    "waiting": recruitment.WAITING_KEPT,
    "session": signing_in.SESSION_LASTS,
    "failed_sign_in": signing_in.COUNTED,
    "key": intake.KEYS_KEPT,
    "work": work.KEPT,
    "dead_letter": work.DEAD_LETTERS_KEPT,
    "complaint": states.KEPT,
}

# What a platform can rely on, as the program keeps it.
RELIED_ON = {
    "days": compose.ANSWER_WITHIN.days,
    "hours": answers.REVISABLE // timedelta(hours=1),
    "digest": digest.MOST,
    "attempts": webhook.DEFINITION.retries.attempts,
    "most": answer_file.MOST_ANSWERS,
    "invitation": rules.LASTS.days,
    "gauge": gauge,
    "complaint": states.ANSWERED_WITHIN.days,
}


@pages.get("/")
def landing() -> Response:
    """What this is, and how to become a spotter."""
    if web.settings().demo:  # where everything is invented, people see at once what they did
        before = clock.now()
        return web.render("landing.html", figures=figures.landing(db.session(), before), before=before)
    return web.render("landing.html", figures=figures.of_past_days(db.session()), before=figures.today())


@pages.get("/working-with-us")
def working_with_us() -> Response:
    """For platforms: how notices arrive and are answered, and what they can rely on."""
    return web.render(
        "working_with_us.html",
        answers_at=f"{web.settings().base_url}/answers/",
        api_url=url_for("site_api.described"),
        api_notices=url_for("notices_api.index"),
        several=bool(notifiers.company_counts(db.session())),
        awards=notifiers.any_award(db.session(), clock.now().date()),
        **RELIED_ON,
    )


@pages.get("/privacy")
def privacy() -> Response:
    """What is kept, of whom, for how long."""
    days = {name: time.days for name, time in KEPT.items()}
    tables = [
        keeping for keeping in personal.tables().values() if any(field.holds for field in keeping.fields.values())
    ]
    return web.render("privacy.html", page_copy=web.settings().page_copy, days=days, changed=CHANGED, tables=tables)


@pages.get("/extension")
def extension() -> Response:
    """How to install the extension."""
    installed = EXTENSION.is_dir()
    manifest = json.loads((EXTENSION / "manifest.json").read_text()) if installed else {}
    return web.render(
        "extension.html",
        version=manifest.get("version"),
        sha256=packing.fingerprint(packing.packed()) if installed else None,
        path=EXTENSION if web.settings().demo else None,
    )


@pages.get("/extension/cyber-spotter.zip")
def extension_zip() -> Response:
    """The extension, packed; the same bytes every time."""
    if not EXTENSION.is_dir():
        raise Refused("not-found", sentence("The extension is not part of this installation."))
    response = Response(packing.packed(), mimetype="application/zip")
    response.headers["Content-Disposition"] = 'attachment; filename="cyber-spotter.zip"'
    return response


@pages.get("/extension/privacy")
def extension_privacy() -> Response:
    """What the extension reads, keeps and sends."""
    return web.render("extension_privacy.html", page_copy=web.settings().page_copy)


@pages.post("/theme")
def theme() -> AnyResponse:
    """Light, dark, or as the system has it."""
    chosen = request.form.get("theme", "")
    return _remembered("theme", chosen if chosen in ("light", "dark") else None)


@pages.post("/keys")
def keys() -> AnyResponse:
    """Single keys off, or on as they are at first, in this browser (WCAG 2.1.4)."""
    return _remembered("keys", "off" if request.form.get("keys") == "off" else None)


@pages.post("/density")
def density() -> AnyResponse:
    """Rows of the queue with pictures and reasons, or compact as they are at first, in this browser."""
    return _remembered("density", "comfortable" if request.form.get("density") == "comfortable" else None)


@pages.post("/pictures")
def pictures() -> AnyResponse:
    """Pictures in grey or in full, or blurred as they are at first, in this browser."""
    chosen = request.form.get("pictures", "")
    return _remembered("pictures", chosen if chosen in ("grey", "full") else None)


def _remembered(name: str, value: str | None) -> AnyResponse:
    """Back to the page, with a choice that this browser keeps for a year; None: as it was at first."""
    response = redirect(web.safe_next(request.form.get("next")))
    if value:
        response.set_cookie(name, value, max_age=31536000, samesite="Lax", secure=web.settings().secure, httponly=True)
    else:
        response.delete_cookie(name)
    return response


@pages.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="alive")


@pages.get("/readyz")
def readyz() -> Response:
    """Each part by its name, ready or not; 503 when one is not. What is wrong stands in the log and in `flask doctor`."""
    states = {name: "not ready" if wrong else "ready" for name, wrong in readiness.checks(db.session()).items()}
    response = jsonify(states)
    response.status_code = 200 if set(states.values()) == {"ready"} else 503
    return response


@pages.get("/metrics")
def metrics() -> Response:
    """For Prometheus: to whoever has the token, or without one on loopback while nobody else is served."""
    if not _may_measure():
        raise Refused("not-found", sentence("Page not found."))
    session, registry = db.session(), CollectorRegistry()
    for name, (words, value) in monitor.counts(session).items():
        Gauge(f"spotter_{name}", words, registry=registry).set(value)
    for name, (words, label, values) in monitor.labelled(session).items():
        gauge = Gauge(f"spotter_{name}", words, [label], registry=registry)
        for value_of, value in values.items():
            gauge.labels(value_of).set(value)
    ready = Gauge("spotter_ready", "Whether a part is ready, as in /readyz", ["part"], registry=registry)
    for name, wrong in readiness.checks(session).items():
        ready.labels(name).set(not wrong)
    Gauge("spotter_disk_free_bytes", "Free on the fuller disk", registry=registry).set(readiness.free_bytes())
    Gauge("spotter_disk_least_free_bytes", "Below this the disk is not ready", registry=registry).set(
        readiness.least_free_bytes()
    )
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


FORWARDED = {"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-Ip", "Forwarded", "Via"}


def _may_measure() -> bool:
    """A server in front that adds no header looks like loopback: where others are served, the token alone counts."""
    settings = web.settings()
    if settings.metrics_token:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode(), f"Bearer {settings.metrics_token}".encode())
    direct = request.remote_addr in setting_checks.LOOPBACK and not any(name in request.headers for name in FORWARDED)
    return direct and settings.local
