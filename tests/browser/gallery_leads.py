"""The gallery's pages of leads, and of what spotters ask them: nothing, much, and very long."""

from typing import Any

from server.core.words import DismissReason
from server.pages.leads.forms import ConfirmationForm, LeadAnswerForm, QuestionForm
from server.pages.leads.team_page import TeamWaiting
from server.pages.people.forms import DeskAnswerForm
from server.people.leads.rules import Voice
from server.reads.named_contact import NamedContact
from tests.browser.gallery_desk import ARABIC, COORDINATOR, LONG, NOW, SPOTTER, THAI, Thing, ago, blank, picture, wrong
from tests.browser.gallery_people import COUNTS

LEAD = NamedContact("l1", "Ana Souza", "")


def question(text: str, asker: str = "Ben Okoro", *, about: bool = False, **more: Any) -> dict[str, Any]:
    """A question that waits."""
    values = {
        "id": text[:8], "text": text, "asked_at": ago(hours=30), "answer": None, "answered_at": None, "asker_id": "a1",
        "asker": asker, "lead": LEAD.name, "by": LEAD.name,
        "report": Thing(id="r1", reference="R-7K3M9-Q2XWT", case_id="c1") if about else None,
    }  # fmt: skip
    return values | more


def report(title: str, spotter: str = "Ben Okoro", **more: Any) -> dict[str, Any]:
    """A report that may be looked at."""
    values = {"id": title[:8], "reference": "R-7K3M9-Q2XWT", "title": title, "spotter": spotter, "category": "live"}
    return values | {"received_at": ago(hours=5)} | more


def said(because: DismissReason | None = None) -> Thing:
    """What the lead said of a report."""
    return Thing(said=Voice.DOUBT if because else Voice.CONFIRM, because=because, at=NOW)


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    asked = [
        question("Is this horn, or is it plastic that was made to look like it?", about=True),
        question(LONG, ARABIC), question(ARABIC), question("x" * 300, "N" * 120),
    ]  # fmt: skip
    reports = [
        report("African grey parrot, hand tame, 6 available"),
        report(LONG[:200], ARABIC),
        report(THAI, "N" * 120),
        report(""),
    ]
    looked = [
        report("Carved tusk") | {"confirmation": said()},
        report(ARABIC) | {"confirmation": said(DismissReason.LOOK_ALIKE)},
    ]
    index: dict[str, Any] = {
        "me": SPOTTER, "size": 12, "counts": TeamWaiting(14, 23), "questions": asked, "reports": reports, "looked": looked,
        "form": blank(LeadAnswerForm), "wrong_id": asked[2]["id"], "wrong": wrong(blank(LeadAnswerForm), answer="Write a text."),
        "page": 1, "first_url": None, "next_url": "#", "oldest_url": None, "newer_url": "#",
    }  # fmt: skip
    none = {"size": 1, "counts": TeamWaiting(0, 0), "questions": [], "reports": [], "looked": [], "next_url": None, "newer_url": None}  # fmt: skip
    facts = [("Offered", "Live animal"), ("Species", "grey parrot"), ("Confidence", "Likely"), ("Reason", LONG[:300])]
    one: dict[str, Any] = {
        "me": SPOTTER, "report": report("African grey parrot, hand tame, 6 available"), "text": LONG, "price": "€ 900",
        "facts": facts, "confirmation": None, "photos": [picture("photo"), picture("photo", id="e2")],
        "form": blank(ConfirmationForm),
    }  # fmt: skip
    mine: dict[str, Any] = {
        "me": SPOTTER, "my_contact": lambda: LEAD, "form": blank(QuestionForm), "about": Thing(reference="R-7K3M9-Q2XWT"),
        "leads": True, "first_url": None, "next_url": "#",
        "questions": [
            question("And this one?"),
            question("Is this horn?", about=True, answer="Look for the fibres.", answered_at=NOW),
            question(ARABIC, answer=LONG, answered_at=NOW, by="A coordinator"),
        ],
    }  # fmt: skip
    desk: dict[str, Any] = {
        "me": COORDINATOR, "counts_here": COUNTS, "rows": asked, "count": 4, "first_url": None, "next_url": "#",
        "form": blank(DeskAnswerForm), "wrong_id": asked[2]["id"], "wrong": wrong(blank(DeskAnswerForm), answer="Write a text."),
    }  # fmt: skip
    return {
        "lead": ("leads/index.html", index),
        "lead-none": ("leads/index.html", index | none),
        "lead-report": ("leads/report.html", one),
        "lead-report-wrong": ("leads/report.html", one | {"report": report(ARABIC), "text": ARABIC * 6, "photos": [], "form": wrong(blank(ConfirmationForm), because="Choose why you doubt it.")}),
        "lead-report-said": ("leads/report.html", one | {"confirmation": said(DismissReason.NOT_PROTECTED), "text": "", "price": ""}),
        "questions": ("leads/questions.html", mine),
        "questions-wrong": ("leads/questions.html", mine | {"about": None, "questions": [], "next_url": None, "form": wrong(blank(QuestionForm), text="Three of your questions wait for an answer. Ask again when one is answered.")}),
        "questions-coordinator": ("leads/questions.html", mine | {"my_contact": lambda: NamedContact("c1", "Cora Lindqvist", "cora@wildlife-alliance.example"), "leads": False}),
        "people-desk-questions": ("people/desk_questions.html", desk),
        "people-desk-questions-none": ("people/desk_questions.html", desk | {"rows": [], "count": 0, "next_url": None}),
    }  # fmt: skip
