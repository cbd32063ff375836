"""The gallery's pages of what waits: much, nothing, and the lists."""

from typing import Any

from server.reads import waiting_lines
from server.reads.attention import WaitingLine, Waits
from server.reads.pace import DeskPace
from tests.browser import gallery_quality
from tests.browser.gallery_desk import COORDINATOR, LONG, THAI, Thing, ago

ADMIN = Thing(name="Ada Montgomery-Lindqvist", role="admin", email="ada@example.org")
TIMED = {
    Waits.STOPPED,
    Waits.WAITING,
    Waits.QUESTIONS,
    Waits.COMPLAINTS,
    Waits.DISPUTES,
    Waits.OVERDUE,
    Waits.CHECKS,
    Waits.ASKED,
    Waits.HELD,
    Waits.TEAM,
    Waits.OTHERS_COMPLAINTS,
}
MUCH = [WaitingLine(what, 3 + 4 * n, ago(hours=30 * n + 2) if what in TIMED else None) for n, what in enumerate(Waits)]
SILENT = [
    {"slug": "mercado", "name": "Mercado", "number": 12, "since": ago(days=40)},
    {"slug": "long", "name": LONG[:200], "number": 1, "since": ago(days=3)},
]


def pages() -> dict[str, Any]:
    """Name -> (template, context)."""
    desk = {"me": COORDINATOR, "nav_counts": {"queue": 42}}
    groups, nothing = (waiting_lines.groups(lines) for lines in (MUCH, [WaitingLine(what, 0) for what in Waits]))
    rows = [
        {"case_id": "c1", "reference": "N-7K3M9-Q2XWT", "title": title, "why": "answered",
         "created_at": ago(days=20), "since": ago(days=n)}
        for n, title in enumerate((LONG, THAI, "mercado.example/itm/1"), 1)
    ]  # fmt: skip
    company = Thing(name="Mercado", slug="mercado")
    given = [
        {"id": f"c{n}", "reference": "C-7K3M9-Q2XWT", "title": title, "given_by": "Dan Montgomery-Lindqvist", "until": ago(hours=-20)}
        for n, title in enumerate((LONG, THAI))
    ]  # fmt: skip
    return {
        "attention": ("attention/index.html", desk | {"doubted": {True: [("mercado", "Mercado")], False: [("tradepost", "Tradepost")]}, "given": given, "groups": groups, "stops": gallery_quality.STOPS, "changes": [("mercado", "Mercado"), ("tradepost", "Tradepost")], "silent": SILENT, "more_silent": True, "pace": DeskPace(1214, 1180), "me": ADMIN}),
        "attention-none": ("attention/index.html", desk | {"doubted": {True: [], False: []}, "groups": nothing, "stops": [], "silent": [], "more_silent": False, "pace": DeskPace(0, 0), "beginning": True, "me": ADMIN}),
        "attention-overdue": ("attention/overdue.html", desk | {"silent": SILENT, "next_url": "#"}),
        "attention-company": ("attention/overdue_company.html", desk | {"company": company, "rows": rows, "next_url": "#"}),
        "attention-checks": ("attention/checks.html", desk | {"rows": rows, "next_url": None}),
    }  # fmt: skip
