"""The gallery's pages of the desk: nothing, much, and very long."""

from datetime import timedelta
from typing import Any

from server.core.words import Level, Standing
from server.people.accreditation.asking import AskedAgain
from server.people.accreditation.standings import EVERYTHING, AccreditationScope
from server.people.accreditation.steps import NextStep, StalledBecause
from server.people.exams.tries import Tries
from tests.browser.gallery_desk import ARABIC, NOW, THAI, Thing, ago

COUNTS = {
    "to_accredit": 14,
    "appeals": 1,
    "suspended": 2,
    "proposals": 3,
    "ending": 70,
    "changes": 62,
    "questions": 4,
    "applications": 31,
}
PROGRESS: dict[str, Any] = {
    "cohort": "", "cohort_label": "", "page": 1, "counts": [1284, 1100, 840, 802, 611, 377], "counts_here": COUNTS,
    "cohorts": [
        {"name": "Spring class", "url": "#", "counts": [24, 20, 11, 9, 4, 4]},
        {"name": "November 2026", "url": "#", "counts": [310, 240, 105, 102, 61, 60]},
        {"name": ARABIC, "url": "#", "counts": [1, 0, 0, 0, 0, 0]},
        {"name": "ฤดูฝน" * 12, "url": "#", "counts": [12, 12, 12, 12, 12, 11]},
    ],
    "older": {"number": 14, "counts": [937, 828, 712, 679, 534, 302]},
    "stalled_count": 212, "first_url": None, "next_url": "#",
    "modules": [{"slug": "a", "title": "Ivory, bone and horn"}, {"slug": "b", "title": "Code words, emoji, masked spelling, scams"}],
}  # fmt: skip


def stalled(
    name: str, step: NextStep, days: int, why: StalledBecause | None = None, number: int = 0, **more: Any
) -> dict[str, Any]:
    """Somebody who has stalled."""
    values = {
        "id": name[:8], "name": name, "cohort": "November 2026", "next_step": step, "since": ago(days=days), "why": why,
        "number": number, "locked_until": None, "reminded_at": None, "may_remind": True,
    }  # fmt: skip
    return values | more


def waits(name: str, standing: Standing = Standing.NONE, **more: Any) -> dict[str, Any]:
    """Somebody who passed and waits."""
    values = {
        "id": name[:8], "name": name, "cohort": None, "seen": "", "standing": standing, "level": None, "scope": None,
        "until": None, "exams": Tries(3, 0, 71, ago(days=2)), "invited": False, "reading": (31, 36),
    }  # fmt: skip
    return values | more


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    cora = Thing(name="Coordinator", role="coordinator", email="cora@example.org")
    ada = Thing(name="Ada", role="admin", email="ada@example.org")
    here: dict[str, Any] = {"counts_here": COUNTS, "me": cora, "first_url": None, "next_url": "#", "page": 1}
    none: dict[str, Any] = {"counts_here": dict.fromkeys(COUNTS, 0), "me": cora, "rows": [], "count": 0, "first_url": None, "next_url": None, "page": 1}  # fmt: skip
    everybody = [
        stalled("Noor", NextStep.CHOOSE_PASSWORD, 31),
        stalled(ARABIC, NextStep.SIGN, 21, StalledBecause.NOTHING_READ, reminded_at=ago(days=3), may_remind=False),
        stalled("N" * 200, NextStep.EXAM, 20, StalledBecause.READING, 14, cohort="ฤดูฝน" * 12, reminded_at=ago(days=15)),
        stalled(
            "Max", NextStep.EXAM, 2, StalledBecause.LOCKED, 5, locked_until=NOW + timedelta(days=28), may_remind=False
        ),
        stalled("Lia", NextStep.EXAM_AGAIN, 25, StalledBecause.FAILED, 1),
        stalled("Ben Okoro", NextStep.REPORT_AGAIN, 40),
    ]
    accredit = [
        waits("Anong", cohort="Spring class"),
        waits(ARABIC, exams=Tries(4, 4, 122, ago(days=1))),
        waits("N" * 150, Standing.ACTIVE, level=Level.TRUSTED, until=NOW + timedelta(days=40), scope=AccreditationScope(("bird", "reptile"), ("en", "fr"))),
        waits("Lia", Standing.LAPSED, level=Level.PROBATION, until=ago(days=9), scope=EVERYTHING),
        waits("Max", Standing.WITHDRAWN),
        waits("Invited by me", invited=True),
    ]  # fmt: skip
    page = here | {"rows": accredit, "count": 14, "alone": False, "errors": {}, "gone": [], "nobody": ""}
    wrong = {
        "errors": {"Anong": "Somebody else has decided about this person since you opened this page."},
        "gone": [("Ida", "The exam is not passed yet. Wait for it, or waive it; the waiver is recorded.")], "nobody": "", "alone": True,
    }  # fmt: skip
    days = [NOW.date() - timedelta(days=NOW.weekday()) + timedelta(days=number) for number in range(63)]
    cells = [
        {"day": day, "count": (number * 7) % 23 if number % 3 else 0, "within": 2 <= number <= 61, "url": "#"}
        for number, day in enumerate(days)
    ]
    ends = [
        {"id": "5", "name": "Anong", "until": NOW + timedelta(days=9), "level": Level.TRUSTED, "days": 9, "passed": True, "signed": True},
        {"id": "6", "name": THAI, "until": NOW + timedelta(days=58), "level": Level.PROBATION, "days": 58, "passed": False, "signed": True},
        {"id": "7", "name": "N" * 150, "until": NOW + timedelta(days=1), "level": Level.LEAD, "days": 1, "passed": False, "signed": False},
    ]  # fmt: skip
    ending = here | {"weeks": [cells[start : start + 7] for start in range(0, 63, 7)], "day": None, "total": 70, "rows": ends, "count": 70}  # fmt: skip
    suspended = [
        {"id": "1", "name": "Noor Haddad", "since": ago(days=40), "by": "Dan Okafor", "why": "Wrote to a seller, twice."},
        {"id": "2", "name": "Maximiliane-Katharina von Waldenfels-Przybyszewski", "since": ago(days=2), "by": "Cora", "why": ""},
    ]  # fmt: skip
    appeals = [
        {"id": "1", "name": ARABIC, "at": ago(days=5), "standing": "suspended", "by": "Dan", "concerned": False},
        {
            "id": "2",
            "name": "N" * 150,
            "at": ago(days=1),
            "standing": "withdrawn",
            "by": "D" * 80,
            "concerned": True,
            "others": ["Eve", "W" * 80],
        },
    ]
    proposals = [
        {"id": "1", "name": "Ben Okoro", "move": "stop", "level": Level.TRUSTED, "judged": 60, "at": ago(days=3)},
        {"id": "2", "name": THAI, "move": "up", "level": Level.PROBATION, "judged": 24, "at": ago(days=9)},
    ]
    soon = NOW + timedelta(days=8)
    changes = [
        {"id": "4", "name": "Ben Okoro", "changes": (AskedAgain("safe", "Safe and well", ago(days=2), ("one",)), AskedAgain("agreement", "Volunteer agreement", soon))},
        {"id": "6", "name": THAI, "changes": tuple(AskedAgain(title, title, soon, ("one",)) for title in ("Ivory, bone, horn, teeth and claws", "Live animals", "Plants and timber", "Skins, shells and coral"))},
        {"id": "7", "name": "Anong", "changes": (AskedAgain("ivory", "Ivory, bone, horn, teeth and claws", soon),)},
    ]  # fmt: skip
    titles = [("Ivory, bone, horn, teeth and claws", 61), ("Safe and well", 1)]
    return {
        "people-desk": ("people/desk.html", PROGRESS | {"stalled": everybody, "me": cora}),
        "people-desk-none": ("people/desk.html", PROGRESS | {"cohorts": [], "older": None, "counts": [0] * 6, "stalled": [], "stalled_count": 0, "next_url": None, "me": cora}),
        "people-accredit": ("people/desk_accredit.html", page),
        "people-accredit-wrong": ("people/desk_accredit.html", page | wrong),
        "people-accredit-none": ("people/desk_accredit.html", none | {"alone": False, "errors": {}, "gone": [], "nobody": ""}),
        "people-accredit-admin": ("people/desk_accredit.html", page | {"me": ada, "rows": accredit[:1], "count": 1, "next_url": None}),
        "people-ending": ("people/desk_ending.html", ending),
        "people-ending-none": ("people/desk_ending.html", none | {"weeks": [], "day": None, "total": 0}),
        "people-appeals": ("people/desk_appeals.html", here | {"rows": appeals, "count": 2}),
        "people-suspended": ("people/desk_suspended.html", here | {"rows": suspended, "count": 2}),
        "people-suspended-none": ("people/desk_suspended.html", none),
        "people-appeals-none": ("people/desk_appeals.html", none),
        "people-proposals": ("people/desk_proposals.html", here | {"rows": proposals, "count": 2}),
        "people-proposals-none": ("people/desk_proposals.html", none),
        "people-changes": ("people/desk_changes.html", here | {"rows": changes, "count": 62, "overdue": 1, "by_title": titles}),
        "people-changes-none": ("people/desk_changes.html", none | {"overdue": 0, "by_title": []}),
    }  # fmt: skip
