"""The gallery's pages about the order of the queue: alarms, and what orders it."""

from types import SimpleNamespace as Thing
from typing import Any

from server.pages.alarms.alarm_page import SIGNS
from server.pages.alarms.forms import CloseForm
from server.pages.cases.forms import SavedFilterForm, SnippetForm
from tests.browser.gallery_desk import ARABIC, LONG, NOW, THAI, UNBROKEN, blank, wrong


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    cora = Thing(name="Coordinator", role="coordinator", email="cora@example.org")
    alarm = {
        "id": "a1", "state": "open", "raised_at": NOW, "closed_at": None, "why": None, "accounts": 30, "reports": 500,
        "aside": 0, "signs": list(SIGNS.values()),
        "cases": [{"id": f"c{place}", "reference": "C-7K3M9-Q2XWT", "title": title, "number": 71}
                  for place, title in enumerate(("Hand-woven cotton scarf", THAI, LONG))],
        "more_cases": 4,
        "people": [{"id": f"p{place}", "name": name, "number": 17} for place, name in enumerate(("Ravi", "Sven", "Tara"))],
        "more_people": 27,
    }  # fmt: skip
    withdrawn = alarm | {
        "id": "a2",
        "state": "withdrawn",
        "closed_at": NOW,
        "why": "One group against one shop.",
        "aside": 498,
    }
    figures = [
        {"name": name, "rules": rules, "model": learned}
        for name, rules, learned in (
            ("Right cases first (average precision)", 0.84, 0.93), ("Right among the first 20", 0.8, 0.95),
            ("Error of the likelihood (Brier, smaller is better)", 0.21, 0.11),
            ("Likelihood and share of right notices differ by", 0.18, 0.05),
        )
    ]  # fmt: skip
    newest = {
        "version": "M-7K3M9-Q2XWT", "made_at": NOW, "active": False, "learnt_from": 412, "compared_on": 137, "figures": figures,
        "different": [{"id": f"c{place}", "reference": "C-7K3M9-Q2XWT", "title": title, "rules": 0.62, "model": 0.08, "right": bool(place)}
                      for place, title in enumerate(("Satin blouse, ivory", THAI, LONG))],
    }  # fmt: skip
    active = {"version": "M-7K3M9-Q2XWT", "since": NOW}
    saved = [
        {"id": f"f{place}", "name": name, "url": "#", "what": ["Held", f"“{name}”", "Mercado"], "form": blank(SavedFilterForm, name=name)}
        for place, name in enumerate(("Mine, birds", ARABIC, UNBROKEN[:60]))
    ]  # fmt: skip
    to_save = {"form": blank(SavedFilterForm), "what": ["Held", LONG[:200]], "save_url": "#", "most": 20, "me": cora}
    snippet = {
        "decision": "notify",
        "title": "Lines",
        "text": "The surface shows the crossing lines of ivory.",
        "language": "en",
    }
    texts = ((snippet["title"], snippet["text"], "en"), (ARABIC[:60], ARABIC, "ar"), (UNBROKEN[:60], LONG, "th"))
    groups = [
        {
            "name": name,
            "snippets": [
                {
                    "row": Thing(id=f"{decision}-{place}", title=title, text=text, language=language),
                    "form": blank(SnippetForm, decision=decision, title=title, text=text, language=language),
                }
                for place, (title, text, language) in enumerate(texts)
            ],
        }
        for decision, name in (("notify", "Notify a company"), ("hold", "Hold a case"))
    ]
    to_write = {"form": blank(SnippetForm, decision="notify", language="en"), "most": 20, "me": cora}
    return {
        "snippets": ("cases/snippets.html", to_write | {"groups": groups}),
        "snippets-wrong": (
            "cases/snippets.html",
            to_write
            | {
                "groups": groups[1:],
                "form": wrong(blank(SnippetForm, **snippet), title="You already have “Lines” for this decision."),
            },
        ),
        "snippets-none": ("cases/snippets.html", to_write | {"groups": []}),
        "saved": ("cases/saved.html", to_save | {"saved": saved}),
        "saved-wrong": (
            "cases/saved.html",
            to_save | {"form": wrong(blank(SavedFilterForm), name="Give it a name."), "saved": []},
        ),
        "saved-none": ("cases/saved.html", to_save | {"save_url": None, "saved": []}),
        "alarms": ("alarms/index.html", {"alarms": [alarm, withdrawn], "blank": blank(CloseForm), "me": cora}),
        "alarms-wrong": (
            "alarms/index.html",
            {
                "alarms": [alarm],
                "blank": blank(CloseForm),
                "me": cora,
                "sent_for": "a1",
                "sent": wrong(blank(CloseForm, suspend=True), why="Enter a reason."),
            },
        ),
        "alarms-none": ("alarms/index.html", {"alarms": [], "me": cora}),
        "model": ("learning/show.html", {"newest": newest, "active": None, "not_yet": None, "me": cora}),
        "model-on": (
            "learning/show.html",
            {"newest": newest | {"active": True}, "active": active, "not_yet": None, "me": cora},
        ),
        "model-none": (
            "learning/show.html",
            {
                "newest": None,
                "active": None,
                "not_yet": {"decisions": 12, "why": "At least 60 decisions on different ads are needed."},
                "me": cora,
            },
        ),
    }
