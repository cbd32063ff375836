"""The gallery's pages of past work: nothing yet, every step of an import, a file that cannot be read, and many rows left out."""

from typing import Any

from server.journeys.oversight import past_work
from server.ledger.past import sheet
from server.ledger.past.dates import DatesProblem
from server.ledger.past.rows import RowProblem
from server.ledger.past.states import PastState
from server.pages.past.forms import ColumnsForm, SheetForm
from server.pages.past.views import DATES, DROPPED, PROBLEM, STATE
from tests.browser.gallery_desk import ARABIC, COORDINATOR, LONG, THAI, UNBROKEN, Thing, ago, blank, wrong

HEADER = ["Link", "Date found", "Status", "Seller’s nickname", "x" * 120, ARABIC]


def row(state: PastState, **more: Any) -> Thing:
    """An import."""
    values: dict[str, Any] = {
        "id": "i1", "name": "Survey of 2021", "state": state, "header": HEADER, "mapping": {"url": 0, "date": 1, "outcome": 2},
        "total": 12_480, "done": 3_200, "counts": {}, "created_at": ago(days=2), "changed_at": ago(hours=1), "imported_at": None,
    }  # fmt: skip
    return Thing(**(values | more))


def shown(of: Thing, **more: Any) -> tuple[str, dict[str, Any]]:
    """The page of an import."""
    columns = blank(ColumnsForm, **{name: str(place) for name, place in of.mapping.items()}).offer(of.header)
    return "past/show.html", {
        "me": COORDINATOR, "nav_counts": {"queue": 42}, "row": of, "form": columns, "state": STATE[of.state],
        "working": of.state in (PastState.CHECKING, PastState.IMPORTING, PastState.UNDOING), "broken": past_work.BROKEN,
        "unread_file": [], "dates": [], "unread": HEADER[3:], "problems": [], "uncounted": 0, "next_url": None, "first_url": None,
    } | more  # fmt: skip


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    desk = {"me": COORDINATOR, "nav_counts": {"queue": 42}, "state": lambda row: STATE[row.state]}
    states = [row(state, name=f"Survey of {2021 + n}") for n, state in enumerate(PastState)]
    states += [row(PastState.MAPPING, name=LONG[:100], total=None), row(PastState.IMPORTED, name=ARABIC), row(PastState.IMPORTED, name="x" * 100)]  # fmt: skip
    slip = wrong(
        blank(SheetForm, name="Survey of 2021"), file="The file has no rows under its first. Choose one that has."
    )
    problems = [
        (n + 2, words, (UNBROKEN, "31/31/2021", ARABIC, THAI, LONG)[n % 5]) for n, words in enumerate(PROBLEM.values())
    ]
    counts = {"good": 11_204, "known": 212, "there": 31, "wrong": 1245, "added": 11_204, "opened": 10_992}
    mapping = row(PastState.MAPPING, mapping={}, total=None)
    return {
        "past-work": ("past/index.html", desk | {"form": blank(SheetForm), "imports": states, "next_url": "#"}),
        "past-work-none": ("past/index.html", desk | {"form": slip, "imports": [], "next_url": None}),
        "past-work-mapping": shown(mapping),
        "past-work-mapping-wrong": shown(
            row(PastState.MAPPING, mapping={}, name="x" * 100),
            form=wrong(
                blank(ColumnsForm).offer(HEADER),
                url="Choose the column of the addresses.",
                date="Choose the column of the days or years.",
            ),
        ),
        "past-work-read": shown(row(PastState.CHECKING, header=[], mapping={}, total=None)),
        "past-work-checking": shown(row(PastState.CHECKING)),
        "past-work-checked": shown(
            row(PastState.CHECKED, name=LONG[:100], counts=counts), problems=problems, uncounted=1145, next_url="#", first_url="#"
        ),
        "past-work-one": shown(row(PastState.CHECKED, total=1, counts={"good": 1}), unread=[]),
        "past-work-nothing": shown(
            row(PastState.CHECKED, counts={"wrong": 1}), problems=[(2, PROBLEM[RowProblem.ADDRESS], "")]
        ),
        "past-work-dates": shown(row(PastState.CHECKED, counts={"good": 40}), dates=[DATES[DatesProblem.AMBIGUOUS]]),
        "past-work-broken": shown(row(PastState.CHECKED, counts={"good": 40, "broken": 1})),
        "past-work-importing": shown(row(PastState.IMPORTING, imported_at=ago(minutes=1))),
        "past-work-imported": shown(
            row(PastState.IMPORTED, counts=counts, imported_at=ago(hours=1)), problems=problems[:3]
        ),
        "past-work-undone": shown(row(PastState.UNDONE, imported_at=ago(days=1))),
        "past-work-unread": shown(row(PastState.UNDONE), state=DROPPED, unread_file=[*sheet.WHY.values()]),
    }  # fmt: skip
