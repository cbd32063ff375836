"""Pages and endpoints that belong to no room: the door, privacy, complaints, the extension, health, vocabulary."""

import json
from datetime import date, timedelta
from typing import Any

from flask import Blueprint, Response, current_app, jsonify, redirect, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Gauge, generate_latest
from sqlalchemy import text
from werkzeug.wrappers import Response as AnyResponse

from server.core import anchor, clock, packing, seals, vault, web, work
from server.core.database import db
from server.core.packing import EXTENSION
from server.core.words import Refused, sentence
from server.journeys.report import feedback, intake
from server.pages.site.forms import ComplaintForm
from server.people.accounts import signing_in
from server.people.recruitment import store as recruitment
from server.reads import figures

pages = Blueprint("site", __name__)

# The day on which what a page tells people about their data last changed.
CHANGED = {"privacy": date(2026, 11, 27), "complaint": date(2026, 11, 27)}

# How long what ends by itself is kept: the very times by which the worker deletes it.
KEPT = {
    "declined": recruitment.DECLINED_KEPT,
    "waiting": recruitment.WAITING_KEPT,
    "session": signing_in.SESSION_LASTS,
    "failed_sign_in": signing_in.COUNTED,
    "key": intake.KEYS_KEPT,
    "work": work.KEPT,
    "dead_letter": work.DEAD_LETTERS_KEPT,
}

LATE = timedelta(seconds=30)  # a worker not seen for so long is down


@pages.get("/")
def landing() -> Response:
    """What this is, and how to become a spotter."""
    if web.settings().demo:  # where everything is invented, people see at once what they did
        before = clock.now()
        return web.render("landing.html", figures=figures.landing(db.session(), before), before=before)
    return web.render("landing.html", figures=figures.of_past_days(db.session()), before=figures.today())


@pages.get("/privacy")
def privacy() -> Response:
    """What is kept, of whom, for how long."""
    days = {name: time.days for name, time in KEPT.items()}
    return web.render("privacy.html", page_copy=web.settings().page_copy, days=days, changed=CHANGED["privacy"])


@pages.get("/complaint")
def complaint() -> Response:
    """For anyone a report is about."""
    return web.render(
        "complaint.html", form=ComplaintForm(about=request.args.get("about", "")), changed=CHANGED["complaint"]
    )


@pages.post("/complaint")
def send_complaint() -> Response:
    """A complaint, kept and read by a person who did not decide."""
    form = ComplaintForm()
    if not form.validate():
        return web.render("complaint.html", 422, form=form, changed=CHANGED["complaint"])
    reference = feedback.complain(form.about.data, form.text.data, form.email.data)
    return web.render("complaint_done.html", reference=reference, email=form.email.data)


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
    response = redirect(web.safe_next(request.form.get("next")))
    chosen = request.form.get("theme", "")
    if chosen in ("light", "dark"):
        response.set_cookie(
            "theme", chosen, max_age=31536000, samesite="Lax", secure=web.settings().secure, httponly=True
        )
    else:
        response.delete_cookie("theme")
    return response


@pages.get("/healthz")
def healthz() -> Response:
    """The process answers."""
    return jsonify(status="alive")


@pages.get("/readyz")
def readyz() -> Response:
    """Database, vault, worker and audit trail, each named. 503 when one is not ready."""
    states = {
        "database": _database(), "vault": _state(vault.ready), "worker": _state(_worker_alive),
        "audit": _state(_audit_in_order),
    }  # fmt: skip
    response = jsonify(states)
    response.status_code = 200 if set(states.values()) == {"ready"} else 503
    return response


def _database() -> str:
    return _state(lambda: db.session.execute(text("SELECT 1")).scalar() == 1)


def _worker_alive() -> bool:
    seen = work.state(db.session())["seen_at"]
    return seen is not None and clock.now() - seen < LATE


def _audit_in_order() -> bool:
    """No alarm, and nothing waits for its seal for long."""
    since = seals.waiting_since(db.session())
    return anchor.load().alarm is None and (since is None or clock.now() - since < seals.LATE)


def _state(check: Any) -> str:
    try:
        return "ready" if check() else "not ready"
    except Exception as problem:
        current_app.logger.error("readyz: %s", problem)
        return "not ready"


@pages.get("/metrics")
def metrics() -> Response:
    """For Prometheus, on loopback only: the server in front does not pass it on."""
    forwarded = {"X-Forwarded-For", "Forwarded"} & set(request.headers.keys())
    if forwarded or request.remote_addr not in ("127.0.0.1", "::1"):
        raise Refused("not-found", sentence("There is nothing here."))
    registry = CollectorRegistry()
    for name, (words, value) in figures.metrics(db.session()).items():
        Gauge(f"spotter_{name}", words, registry=registry).set(value)
    return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)
