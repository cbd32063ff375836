"""The endpoints, registered with the app. The list to read when an endpoint is added."""

from flask import Flask

from server.api import cases, checks, devices, figures, hooks, listings, notices, openapi, reports, site, terms
from server.core import web

ENDPOINTS = (
    devices.api,
    reports.api,
    listings.api,
    cases.api,
    checks.api,
    notices.api,
    hooks.api,
    figures.api,
    terms.api,
    site.api,
)


def init_app(app: Flask) -> None:
    """Add every endpoint. They read no cookies, so there is nothing to forge."""
    for blueprint in ENDPOINTS:
        app.register_blueprint(blueprint)
        web.csrf.exempt(blueprint)
    openapi.init_app(app)
