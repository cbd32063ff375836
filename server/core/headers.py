"""What the browser may do with an answer: the headers of every response."""

from flask import Flask, current_app, request
from werkzeug.wrappers import Response

API = "/api/"  # the paths that read bearer tokens, and never cookies
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)


ALWAYS = {
    "Content-Security-Policy": CSP,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
SECURE = {"Strict-Transport-Security": "max-age=31536000"}  # of this host: what else the domain has is not ours
# Bearer tokens only, never cookies: any origin may ask, none gains anything by it.
OF_API = {
    "Cache-Control": "no-store",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "Retry-After, ETag",
}
PREFLIGHT = {
    "Access-Control-Allow-Headers": "Authorization, Idempotency-Key, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "7200",
}


def add(response: Response) -> Response:
    """After every request: what the browser may do with the answer. What the answer says of itself stays."""
    present = {name.lower() for name, _ in response.headers}
    ours = dict(ALWAYS)
    if current_app.config["SPOTTER"].secure:
        ours |= SECURE
    if request.path.startswith(API):
        ours |= OF_API
        if request.method == "OPTIONS":
            ours |= PREFLIGHT | {"Access-Control-Allow-Methods": response.headers.get("Allow", "GET, POST")}
    for name, value in ours.items():
        if name.lower() not in present:
            response.headers.add(name, value)
    return response


def init_app(app: Flask) -> None:
    """Put the headers on every response."""
    app.after_request(add)
