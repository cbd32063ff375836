"""The gallery's pages of the gauge: companies whose notices are held and are not, one with its answers, a slip, and nothing."""

from typing import Any

from server.core.words import Answer, Basis
from server.ledger.notices.gauge import Gauge
from server.pages.cases.forms import PANELS
from server.pages.companies.quality import RULE, GoOnForm
from server.reads.gauges import GaugeShown, StopShown
from tests.browser.gallery_desk import ARABIC, COORDINATOR, LONG, THAI, ago, blank, case, wrong
from tests.browser.gallery_desk import desk as of_desk

STOPS = [
    StopShown("s1", "mercado", "Mercado", Basis.POLICY, ago(hours=30), 6, 22, 14),
    StopShown("s2", "long", LONG[:120], Basis.ILLEGAL, ago(hours=2), 1_205, 4_800, 0),
]
GAUGES = [
    GaugeShown("mercado", "Mercado", Basis.POLICY, Gauge(18, 4, 2), STOPS[0]),
    GaugeShown("long", LONG[:120], Basis.ILLEGAL, Gauge(3_595, 1_000, 205), STOPS[1]),
    GaugeShown("tradepost", "Tradepost", Basis.POLICY, Gauge(40, 3, 1), None),
    GaugeShown("arab", ARABIC, Basis.ILLEGAL, Gauge(4, 2, 0), None),
]


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    desk = {"me": COORDINATOR, "nav_counts": {"queue": 42}, "rule": RULE}
    answers = [
        {"reference": "N-7K3M9-Q2XWT", "case_id": "c1", "title": title, "answer": answer, "review": review, "reason": reason,
         "sent_at": ago(days=9), "at": ago(days=2), "withdrawn": review == "inaccurate"}
        for title, answer, review, reason in (
            (LONG, Answer.NOT_VIOLATING, "inaccurate", "The toy is made of plastic, as the photo shows."),
            (THAI, Answer.CANNOT_LOCATE, "insufficient", None), (ARABIC, Answer.REINSTATED, "inaccurate", LONG),
            ("African grey parrot", Answer.REMOVED, "upheld", None),
        )
    ]  # fmt: skip
    looks = [
        {"basis": Basis.POLICY, "at": ago(days=60), "ended_at": ago(days=59), "by": "Dan Montgomery-Lindqvist", "why": LONG,
         "wrong": 5, "reviewed": 20}
    ]  # fmt: skip
    one = desk | {
        "company": "Mercado", "slug": "mercado", "basis": Basis.POLICY, "every": False, "since": ago(days=30), "rows": answers,
        "looks": looks, "next_url": "#", "blank": blank(GoOnForm),
        "gauges": [GAUGES[0], GaugeShown("mercado", "Mercado", Basis.ILLEGAL, Gauge(), None)],
    }  # fmt: skip
    slip = {"stop_id": "s1", "form": wrong(blank(GoOnForm), why="Say what you found, in at most 2,000 characters.")}
    pending = {"until": ago(hours=3), "open": False, "by_id": "dan", "stop": STOPS[0]}
    waits = pending | {"stop": None, "waits_until": ago(hours=-1), "leaves": ago(hours=-2), "undoable": True}
    form = blank(PANELS["notify"], version=3, basis="policy")
    return {
        "case-stopped": ("cases/show.html", of_desk(decidable=False, case=case(state="notified", pending=pending)) | {"me": COORDINATOR}),
        "case-looks": ("cases/show.html", of_desk(decidable=False, case=case(state="notified", pending=waits | {"waits_for": "look"})) | {"me": COORDINATOR}),
        "case-digest": ("cases/show.html", of_desk(decidable=False, case=case(state="notified", pending=waits | {"waits_for": "digest"})) | {"me": COORDINATOR}),
        "decide-stopped": ("cases/decide.html", of_desk("notify", form, stops=STOPS) | {"me": COORDINATOR}),
        "qualities": ("companies/qualities.html", desk | {"gauges": GAUGES}),
        "qualities-none": ("companies/qualities.html", desk | {"gauges": []}),
        "quality": ("companies/quality.html", one),
        "quality-wrong": ("companies/quality.html", one | slip | {"looks": []}),
        "quality-none": ("companies/quality.html", one | {"gauges": GAUGES[2:3], "rows": [], "looks": [], "next_url": None}),
    }  # fmt: skip
