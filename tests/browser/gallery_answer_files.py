"""The gallery's pages of answering in a spreadsheet: much, nothing, a file that is refused, and one that is checked."""

from typing import Any

from server.core.words import Answer
from server.pages.notices.answer_files import AnswerFileForm
from tests.browser.gallery_desk import ARABIC, LONG, THAI, Thing, blank, wrong

MIA = Thing(name="Mercado, Trust and Safety", role="company", email="mia@example.org")
FILTERS = [
    {"name": "platform", "label": "Platform", "options": [("m", "M" * 60)], "value": "m", "words": "M" * 60},
    {"name": "since", "label": "Since", "options": [], "value": "2026-11-03", "words": "3 November"},
]


def row(line: int, answer: Answer | None, title: str, reason: str | None = None, problem: str = "") -> dict[str, Any]:
    """A line of the table that was sent back."""
    return {"line": line, "reference": f"N-7K3M9-Q2X{line % 100:02}", "title": title, "answer": answer, "reason": reason, "problem": problem, "replaces": None}  # fmt: skip


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    page = {
        "me": MIA,
        "form": blank(AnswerFileForm),
        "waiting": 0,
        "asked": 0,
        "most": 500,
        "filters": [],
        "filtered": {},
    }
    narrowed = {"filters": FILTERS, "filtered": {"platform": "m", "since": "2026-11-03"}}
    titles = ("Star tortoises, two young, collect only", LONG, THAI, ARABIC, "x" * 200, "")
    ready = [row(n + 2, [*Answer][n % len(Answer)], title, LONG if n % 2 else None) for n, title in enumerate(titles)]
    amiss = [
        row(9, None, titles[0], problem="Answer: Choose one. Values: removed, restricted, kept online, more information needed."),
        row(10, None, titles[4], problem=LONG),
        row(1204, None, "", problem="You have no notice with this number."),
    ]  # fmt: skip
    checked = {"me": MIA, "ready": ready, "same": [], "wrong": [], "empty": 0, "guessed": False, "again": "[]"}
    return {
        "notices-file": ("notices/file.html", page | {"waiting": 2312, "asked": 3}),
        "notices-file-one": ("notices/file.html", page | {"waiting": 1} | narrowed),
        "notices-file-none": ("notices/file.html", page | {"form": wrong(blank(AnswerFileForm), table="Choose a file.")}),
        "notices-file-no-match": ("notices/file.html", page | narrowed),
        "notices-checked": ("notices/file_checked.html", checked | {"ready": ready[:1]}),
        "notices-checked-much": ("notices/file_checked.html", checked | {"ready": [each | {"replaces": [*Answer][-n]} for n, each in enumerate(ready)] + ready * 20, "wrong": amiss, "same": ready[:2], "empty": 41, "guessed": True}),
        "notices-checked-nothing": ("notices/file_checked.html", checked | {"ready": [], "wrong": amiss[2:], "empty": 1}),
    }  # fmt: skip
