"""The gallery's pages of complaints: none, many, and one in each state, with short and very long texts."""

from datetime import timedelta
from typing import Any

from server.core.words import CaseState
from server.ledger.complaints import states
from server.ledger.complaints.states import ComplaintOutcome, ComplaintState
from server.pages.complaints import wordings
from server.pages.complaints.forms import CloseComplaintForm, ComplaintAnswerForm, ComplaintCaseForm, WriteDownForm
from tests.browser.gallery_desk import ARABIC, COORDINATOR, LONG, NOW, THAI, UNBROKEN, Thing, ago, blank, wrong

ADMIN = Thing(name="Ada Montgomery-Lindqvist", role="admin", email="ada@example.org")


def complaint(number: int, about: str, text: str, days: int, **more: Any) -> Thing:
    """A complaint that is due in so many days."""
    values = {
        "id": f"q{number}", "reference": f"Q-7K3M{number}-Q2XWT", "about": about, "text": text, "email": "seller@example.org",
        "at": NOW + timedelta(days=days - 14), "due_at": NOW + timedelta(days=days), "state": ComplaintState.OPEN,
        "outcome": None, "answer": "", "correction": None, "words": "", "worker_id": None, "closed_why": None,
        "settled_at": None, "mailed_at": None, "failed_at": None, "sent_again": 0, "forgotten_at": None,
    }  # fmt: skip
    return Thing(**(values | more))


def pages() -> dict[str, Any]:
    """Name -> (template, context)."""
    toy = complaint(
        1, "https://mercado.example/ad/265370482", "This is a budgerigar, bred here. Papers are in picture 2.", 9
    )
    late = complaint(2, UNBROKEN, f"{LONG} {LONG}", -3, worker_id="a1", email="x" * 60 + "@example.org")
    settled = {"state": ComplaintState.ANSWERED, "settled_at": ago(days=1)}
    answered = complaint(
        3, "https://mercado.example/ad/1", THAI, 4, **settled, outcome=ComplaintOutcome.UPHELD, correction="withdraw",
        answer=LONG, words="It is a budgerigar, and no listed species.", mailed_at=ago(hours=20),
    )  # fmt: skip
    failed = complaint(
        4,
        "N-7K3M9-Q2XWT",
        ARABIC,
        4,
        **settled,
        outcome=ComplaintOutcome.REJECTED,
        correction="none",
        answer="No.",
        failed_at=ago(hours=2),
    )
    erased = complaint(
        5, "", "", 4, state=ComplaintState.CLOSED, closed_why="erased", settled_at=ago(days=1), forgotten_at=ago(days=1)
    )

    def row(each: Thing, **more: Any) -> dict[str, Any]:
        return {
            "row": each,
            "case": "C-7K3M9-Q2XWT",
            "worker": None,
            "settled_by": "Dan" if each.settled_at else None,
        } | more

    def tabs(current: ComplaintState) -> list[Thing]:
        return [
            Thing(name=wordings.TABS[each], url="#", count=12 if each is current else 3, current=each is current)
            for each in ComplaintState
        ]

    def listed(state: ComplaintState, *rows: dict[str, Any], **more: Any) -> tuple[str, dict[str, Any]]:
        context = {
            "rows": rows,
            "tabs": tabs(state),
            "q": "",
            "state": state,
            "next_url": None,
            "now": NOW,
            "said": wordings,
        }
        return "complaints/index.html", context | {"me": COORDINATOR} | more

    case = Thing(id="c1", reference="C-7K3M9-Q2XWT", state=CaseState.NOTIFIED)
    notice = Thing(id="n1", reference="N-7K3M9-Q2XWT", document={"company": "mercado", "company_name": "Mercado"})

    def shown(each: Thing, outcome: ComplaintOutcome | None = None, **more: Any) -> tuple[str, dict[str, Any]]:
        form = more.pop("form", None)
        if outcome and form is None:
            form = blank(
                ComplaintAnswerForm, outcome=outcome.value, seen="n1", answer="You are right, and we are sorry."
            )
        if form is not None and outcome:
            form.offer(states.corrections(outcome, notice_stands=True))
        context = {
            "complaint": each, "worker": None, "written_by": None, "settled_by": "Dan" if each.settled_at else None, "case": case,
            "case_name": "African grey parrot, hand tame, 6 available", "found": None, "notice": notice,
            "corrected": notice if each.correction == "withdraw" else None, "had_part": False,
            "part_in_named": False, "wrote_down": False, "opened": False, "others": ["Ada", "Dan"],
            "typed": [], "panel": outcome, "may": each.state == ComplaintState.OPEN, "mine": True, "form": form, "now": NOW, "said": wordings,
            "days": 365, "needs_case": states.needs_case, "case_form": blank(ComplaintCaseForm),
            "close_form": blank(CloseComplaintForm), "me": COORDINATOR,
        }  # fmt: skip
        return "complaints/show.html", context | more

    amiss = wrong(
        blank(ComplaintAnswerForm, outcome="upheld", seen="n1", answer=LONG * 3, correction="withdraw", words=ARABIC),
        answer="Write the answer.", words="“Cora” may be a person in the programme. Reword it.",
    )  # fmt: skip
    return {
        "complaints": listed(ComplaintState.OPEN, row(late, worker="Ada Montgomery-Lindqvist"), row(toy, case=None), next_url="#"),
        "complaints-none": listed(ComplaintState.OPEN),
        "complaints-nothing": listed(ComplaintState.CLOSED, q="Q-00000-00000"),
        "complaints-answered": listed(ComplaintState.ANSWERED, row(answered), row(failed), me=ADMIN),
        "complaint-one": shown(toy, written_by="Dan"),
        "complaints-new": ("complaints/new.html", {"form": blank(WriteDownForm, language="en"), "days": 365, "me": COORDINATOR}),
        "complaints-new-wrong": (
            "complaints/new.html",
            {"form": wrong(blank(WriteDownForm, about=UNBROKEN, text=LONG, language="ar"), email="Enter a valid email address."), "days": 365, "me": COORDINATOR},
        ),
        "complaint-panel": shown(toy, ComplaintOutcome.UPHELD, worker=COORDINATOR.name),
        "complaint-amiss": shown(late, ComplaintOutcome.UPHELD, form=amiss, worker="Ada"),
        "complaint-had-part": shown(late, had_part=True, may=False, worker="Ada Montgomery-Lindqvist", mine=False),
        "complaint-opened": shown(toy, opened=True, may=False, others=["Dan"]),
        "complaint-alone": shown(toy, had_part=True, may=False, others=[]),
        "complaint-no-case": shown(toy, ComplaintOutcome.NOT_OURS, case=None, case_name=None, notice=None),
        "complaint-found": shown(toy, case=None, case_name=None, notice=None, found=case),
        "complaint-wrote-down": shown(
            toy, case=None, case_name=None, notice=None, written_by=COORDINATOR.name, wrote_down=True, may=False
        ),
        "complaint-answered": shown(answered),
        "complaint-failed": shown(failed, me=ADMIN),
        "complaint-erased": shown(erased, notice=None),
    }  # fmt: skip
