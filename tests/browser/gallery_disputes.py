"""The gallery's pages of disputes: none, many, and one in each state, with short and very long texts."""

from datetime import timedelta
from typing import Any

from server.core.outcome import Shortfall
from server.core.words import Answer, Via
from server.ledger.disputes import dispute_words, states, store
from server.ledger.disputes.deadline import Terms
from server.ledger.disputes.states import DisputeMove, DisputeState
from server.pages.disputes.forms import (
    DisputeBodyForm,
    DisputeCloseForm,
    DisputeForm,
    DisputeHeardForm,
    DisputeSentForm,
)
from tests.browser import gallery_desk
from tests.browser.gallery_desk import ARABIC, COORDINATOR, LONG, NOW, THAI, UNBROKEN, Thing, ago, blank, wrong

ADMIN = Thing(name="Ada Montgomery-Lindqvist", role="admin", email="ada@example.org")
WHY = "Appendix I: the chicks have no rings, and no certificate number is named."


def dispute(number: int, days: int | None, text: str = WHY, **more: Any) -> Thing:
    """A dispute that must be sent in so many days; None: no deadline is known."""
    values = {
        "id": f"d{number}", "reference": f"D-7K3M{number}-Q2XWT", "shortfall": Shortfall.KEPT, "text": text,
        "terms": Terms.OWN if days is None else Terms.DSA, "told_on": ago(days=30).date(), "state": DisputeState.OPEN,
        "due_at": None if days is None else NOW + timedelta(days=days), "begun_at": ago(days=3), "begun_by_id": "a1",
        "sent_on": None, "sent_via": None, "sent_by_id": None, "receipt": "", "outcome": None, "heard_on": None, "body": None,
        "body_on": None, "ending": None, "closed_at": None, "closed_by_id": None,
    }  # fmt: skip
    return Thing(**(values | more))


SENT = {
    "state": DisputeState.SENT,
    "sent_on": ago(days=2).date(),
    "sent_via": Via.FORM,
    "sent_by_id": "a1",
    "receipt": "MX-77",
}
HEARD = SENT | {"outcome": "rejected", "heard_on": ago(days=1).date(), "receipt": UNBROKEN}
TAKEN = HEARD | {"body": LONG[:200], "body_on": ago(days=1).date(), "state": DisputeState.SETTLEMENT}
CLOSED = TAKEN | {"state": DisputeState.CLOSED, "ending": "found_for", "closed_at": ago(hours=2), "closed_by_id": "a1"}
DISPUTES = {
    "new": dispute(1, 9),
    "late": dispute(2, -3, f"{LONG} {LONG}", shortfall=Shortfall.STILL_THERE),
    "unknown": dispute(3, None, THAI, shortfall=Shortfall.RESTRICTED),
    "sent": dispute(4, 100, **SENT),
    "upheld": dispute(5, 100, **HEARD | {"state": DisputeState.UPHELD, "outcome": "upheld"}),
    "rejected": dispute(6, 100, ARABIC, **HEARD | {"state": DisputeState.REJECTED}),
    "body": dispute(7, 100, **TAKEN),
    "closed": dispute(8, 100, **CLOSED),
}
ENTRIES = [Thing(kind="dispute", at=each.begun_at, row=each) for each in (DISPUTES["new"], DISPUTES["closed"])]


def answer(kind: Answer, **more: Any) -> Thing:
    values = {
        "answer": kind,
        "at": ago(days=30),
        "via": Via.PORTAL,
        "reason": LONG,
        "redress_url": "https://mercado.example/appeal/77",
    }
    return Thing(**(values | more))


def start(**more: Any) -> Thing:
    """What the case's page and the form know of an answer that can be disputed."""
    ground = Thing(
        answer=answer(Answer.NOT_VIOLATING),
        shortfall=Shortfall.KEPT,
        terms=Terms.DSA,
        told_on=ago(days=30).date(),
        settled=False,
    )
    return Thing(**({"ground": ground, "due_at": NOW + timedelta(days=150)} | more))


def pages() -> dict[str, Any]:
    """Name -> (template, context)."""
    case = Thing(id="c1", reference="C-7K3M9-Q2XWT")
    notice = Thing(id="n1", reference="N-7K3M9-Q2XWT", withdrawn_at=None, document={"company": "mercado"})

    def listed(tab: str, *rows: Thing, **more: Any) -> tuple[str, dict[str, Any]]:
        shown = [
            {"row": each, "company": "Mercado" if number % 2 else LONG[:120], "slug": "mercado", "case_id": "c1", "case": case.reference,
             "title": (LONG, THAI, UNBROKEN)[number % 3], "overdue": each.id == "d2"}
            for number, each in enumerate(rows)
        ]  # fmt: skip
        tabs = [Thing(name=dispute_words.TABS[each], url="#", count=3, current=each == tab) for each in store.TABS]
        context = {"rows": shown, "tabs": tabs, "tab": tab, "q": "", "next_url": None, "said": dispute_words}
        return "disputes/index.html", context | {"me": COORDINATOR} | more

    def shown(each: Thing, **more: Any) -> tuple[str, dict[str, Any]]:
        heard, close = blank(DisputeHeardForm), blank(DisputeCloseForm)
        heard.offer(states.outcomes(each.state))
        close.offer(states.endings(each.state, overdue=True))
        context = {
            "dispute": each, "notice": notice, "company": "Mercado", "answer": answer(Answer.NOT_VIOLATING), "newer": None,
            "case": case, "names": {"a1": "Ada Montgomery-Lindqvist"}, "overdue": each.id == "d2", "held": False,
            "to_paste": f"Our reference: {each.reference}\n\n{each.text}\n",
            "may": {move: states.possible(each.state, move) for move in DisputeMove},
            "sent_form": blank(DisputeSentForm, text=each.text), "heard_form": heard, "body_form": blank(DisputeBodyForm),
            "close_form": close, "said": dispute_words, "me": COORDINATOR,
        }  # fmt: skip
        return "disputes/show.html", context | more

    new = {"case": case, "notice": notice, "company": "Mercado", **vars(start()), "first": ago(days=40).date(), "said": dispute_words,
           "last": ago(days=30).date(), "form": blank(DisputeForm, answer="a1"), "me": COORDINATOR}  # fmt: skip
    amiss = wrong(
        blank(DisputeSentForm, text=LONG),
        text="“Cora” may be a person in the programme. Reword it.",
        day="Give the date.",
    )
    unknown = Thing(answer=answer(Answer.RESTRICTED, redress_url=None, reason=ARABIC), shortfall=Shortfall.RESTRICTED,
                    terms=Terms.OWN, told_on=ago(days=30).date())  # fmt: skip
    each = DISPUTES
    thread = Thing(**(vars(gallery_desk.ANSWERED) | {"thread": [*gallery_desk.ANSWERED.thread, *ENTRIES]}))
    disputed = gallery_desk.desk(
        decidable=False,
        case=gallery_desk.case(state="answered", notice=thread),
        dispute_start=start(),
        dispute_words=dispute_words,
    )
    return {
        "case-disputed": ("cases/show.html", disputed | {"me": COORDINATOR}),
        "disputes": listed("open", each["late"], each["new"], each["unknown"], next_url="#"),
        "disputes-none": listed("open"),
        "disputes-nothing": listed("sent", q="D-00000-00000"),
        "disputes-closed": listed("closed", each["closed"], me=ADMIN),
        "dispute-new": ("disputes/new.html", new),
        "dispute-new-amiss": ("disputes/new.html", new | {"ground": unknown, "due_at": None, "form": wrong(blank(DisputeForm, answer="a1", text=LONG), told="Give the date.")}),
        "dispute-open": shown(each["new"]),
        "dispute-late": shown(each["late"], held=True, to_paste=None),
        "dispute-amiss": shown(each["unknown"], sent_form=amiss, answer=answer(Answer.RESTRICTED, redress_url=None)),
        "dispute-sent": shown(each["sent"], newer=answer(Answer.REMOVED)),
        "dispute-upheld": shown(each["upheld"]),
        "dispute-rejected": shown(each["rejected"]),
        "dispute-body": shown(each["body"]),
        "dispute-closed": shown(each["closed"], notice=Thing(id="n1", reference="N-7K3M9-Q2XWT", withdrawn_at=ago(days=1), document={"company": "mercado"}), me=ADMIN),
    }  # fmt: skip
