"""The gallery's pages of SPOCs: changes of addresses at every step, refused forms, nothing, and the page behind a link."""

from types import SimpleNamespace as Thing
from typing import Any

from server.core.words import Channel
from server.ledger.companies.address_states import OPEN, WAYS
from server.ledger.companies.reconfirm_store import ContactDoubt
from server.pages.companies.contacts import ProposalForm
from server.pages.companies.still_right import StillRightForm
from tests.browser.gallery_desk import ARABIC, COORDINATOR, LONG, ago, blank, wrong

OLD, NEW = "trust-and-safety@mercado.example", "wildlife." + "very-long-address-" * 5 + "@mercado.example"


FORM, HOOK = (
    "https://www.mercado.example/help/report-wildlife",
    "https://hooks.mercado.example/" + "very-long-path/" * 7,
)


def _change(n: int, state: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"c{n}", "name": "Trust and Safety", "imported": False, "state": state, "channel": Channel.MAIL, "old": OLD,
        "old_mailed": True, "new": NEW, "tested_at": None, "test_failure": None,
        "why": "Their head of safety told us on the phone.", "by": "Dan Montgomery-Lindqvist", "at": ago(days=3),
        "proven_at": None, "approved_by": None, "approved_at": None, "earliest_at": None, "counts_from": ago(days=-1) if state in OPEN else None, "expires_at": ago(days=-4),
        "in_force_at": None, "ended": None, "ended_by": None, "ended_at": None, "own": False, "stands": True,
        "may_approve": True,
        "others": ["Ada", "Noor"], "outside": False, "new_domain": False, "is_for": "", "warnings": [{"email": OLD, "at": ago(days=3), "refused": False}],
    } | more  # fmt: skip


def _contact(n: int, **more: Any) -> dict[str, Any]:
    return {
        "id": f"s{n}", "name": "Trust and Safety", "channel": Channel.MAIL, "email": OLD, "url": None, "proposed": Channel.MAIL, "verified_on": ago(days=40),
        "bounced": False, "placeholder": False, "changing": False, "verified_by": None, "doubt": None,
    } | more  # fmt: skip


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    approved = {"proven_at": ago(days=2), "approved_by": "Ada", "approved_at": ago(hours=5)}
    waiting = [
        _change(1, "pending", own=True, outside=True, warnings=[{"email": OLD, "at": None, "refused": None}]),
        _change(2, "proven", proven_at=ago(days=1), why=LONG),
        _change(
            3,
            "proven",
            proven_at=ago(days=1),
            own=True,
            may_approve=False,
            name=ARABIC,
            old=None,
            is_for="Germany, birds",
        ),
        _change(4, "approved", earliest_at=ago(hours=-19), own=True, **approved),
    ]
    channels = [
        _change(5, "pending", channel=Channel.FORM, new=FORM), _change(6, "pending", channel=Channel.FORM, new=FORM, new_domain=True),
        _change(7, "pending", channel=Channel.FORM, new=FORM, own=True, may_approve=False, old=HOOK, old_mailed=False, warnings=[]),
        _change(8, "pending", channel=Channel.WEBHOOK, new=HOOK, own=True, tested_at=ago(minutes=1)),
        _change(9, "pending", channel=Channel.WEBHOOK, new=HOOK, tested_at=ago(minutes=1), test_failure="the webhook answered with status 401"),
        _change(10, "proven", channel=Channel.WEBHOOK, new=HOOK, proven_at=ago(hours=1), outside=True),
    ]  # fmt: skip
    ends = ("proposer", "colleague", "new_address", "old_address", "unreachable", "expired", "directory", "rights")
    history = [
        _change(10, "in_force", earliest_at=ago(hours=2), in_force_at=ago(hours=1), **approved),
        _change(
            13,
            "in_force",
            channel=Channel.FORM,
            new=FORM,
            earliest_at=ago(hours=2),
            in_force_at=ago(hours=1),
            **approved,
        ),
        _change(11, "in_force", imported=True, by=None, old=None, in_force_at=ago(days=60)),
        _change(12, "in_force", imported=True, new=None, in_force_at=ago(days=61)),
        *(
            _change(20 + n, "refused", ended=end, ended_by="Ada", ended_at=ago(days=70 + n))
            for n, end in enumerate(ends)
        ),
    ]
    contacts = [
        _contact(1, changing=True, verified_by="Ada"), _contact(2, name=LONG, bounced=True), _contact(3, name=ARABIC, channel=Channel.PORTAL, email=None),
        _contact(4, placeholder=True), _contact(6, doubt=ContactDoubt(True, LONG, ago(days=2))), _contact(7, doubt=ContactDoubt(False, None, ago(days=9))), _contact(5, verified_on=None, channel=Channel.WEBHOOK, proposed=Channel.WEBHOOK, url=HOOK, email=None),
    ]  # fmt: skip
    desk = {
        "me": COORDINATOR,
        "nav_counts": {"queue": 42},
        "company": "Mercado",
        "slug": "mercado",
        "blanks": {each: blank(ProposalForm, channel=each) for each in WAYS},
        "secret": None,
    }
    whole = desk | {"form": None, "spoc_id": None, "contacts": contacts, "waiting": waiting, "history": history}
    whole |= {"may_propose": True}
    slip = wrong(
        blank(ProposalForm),
        address="Enter a valid email address.",
        why="Say how you learned of it, in at most 2,000 characters.",
    )
    notifier = Thing(organisation="Wildlife Link", email="notices@wildlife.example")
    link = {"me": None, "company": "Mercado", "notifier": notifier}

    def behind(state: str, **more: Any) -> Thing:
        return Thing(**_change(1, state, **more))

    def link_page(side: str, change: Thing) -> tuple[str, dict[str, Any]]:
        return page, link | {
            "side": side,
            "change": change,
            "old": change.old,
            "new": change.new,
            "channel": change.channel,
        }

    page, asked = "companies/contact_link.html", "companies/still_right.html"
    still = {
        "me": None, "company": "Mercado", "email": NEW, "answer": None, "note": None, "is_open": True,
        "form": blank(StillRightForm), "notifier": notifier,
    }  # fmt: skip
    return {
        "contacts": ("companies/contacts.html", whole),
        "contacts-new-account": (
            "companies/contacts.html", whole | {"may_propose": False, "waiting": [waiting[1] | {"stands": False, "may_approve": False}]}
        ),
        "contacts-none": ("companies/contacts.html", whole | {"contacts": [], "waiting": [], "history": []}),
        "contacts-channels": ("companies/contacts.html", whole | {"waiting": channels, "secret": "whsec_" + "c2Vj" * 11}),
        "contacts-wrong": ("companies/contacts.html", whole | {"waiting": [], "form": slip, "spoc_id": "s2"}),
        "contact-link": link_page("new", behind("pending")),
        "contact-link-form": link_page("old", behind("pending", channel=Channel.FORM, new=FORM)),
        "still-right": (asked, still),
        "still-right-wrong": (asked, still | {"form": wrong(blank(StillRightForm), note="At most 2,000 characters.")}),
        "still-right-answered": (asked, still | {"answer": "other", "note": LONG}),
        "still-right-ended": (asked, still | {"is_open": False}),
        "contact-link-old": link_page("old", behind("approved", earliest_at=ago(hours=-19))),
        "contact-link-ended": link_page("new", behind("refused")),
        "contact-link-in-force": link_page("new", behind("in_force", in_force_at=ago(hours=2))),
    }  # fmt: skip
