"""What each page costs the server, as the programme goes on."""

import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from flask import Flask
from werkzeug.exceptions import HTTPException

MOST = 0.2  # seconds; a page that takes longer is named


class Times:
    """Seconds of processor time of every request, by method and rule. On a busy machine the clock on the wall says nothing."""

    def __init__(self, app: Flask) -> None:
        self.took: dict[str, list[float]] = defaultdict(list)
        self._rules = app.url_map.bind("spotter.test")
        self._inner, app.wsgi_app = app.wsgi_app, self._timed  # type: ignore[method-assign]

    def _timed(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        began = time.process_time()
        try:
            return self._inner(environ, start_response)
        finally:
            self.took[self._named(environ)].append(time.process_time() - began)

    def _named(self, environ: dict[str, Any]) -> str:
        method = environ["REQUEST_METHOD"]
        try:
            rule, _ = self._rules.match(environ["PATH_INFO"], method, return_rule=True)
        except HTTPException:
            return f"{method} elsewhere"
        return f"{method} {rule.rule}"

    def said(self, most: int = 12) -> str:
        """Of all requests, and of the pages that were slowest at least once: how often, median, 95 of 100, the slowest."""
        every = [seconds for took in self.took.values() for seconds in took]
        slowest = sorted(self.took, key=lambda page: -max(self.took[page]))[:most]
        return "\n".join([_line("all requests", every), *(_line(page, self.took[page]) for page in slowest)])


def _line(name: str, took: Sequence[float]) -> str:
    ranked = sorted(took)
    middle, high, last = (1000 * ranked[int(len(ranked) * part)] for part in (0.5, 0.95, 1 - 1 / len(ranked)))
    over = sum(seconds > MOST for seconds in took)
    return (
        f"{name}: {len(took)}, {middle:.0f} ms, {high:.0f} ms, at most {last:.0f} ms, {over} over {1000 * MOST:.0f} ms"
    )
