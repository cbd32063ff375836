"""The gallery's pages of who notifies: organisations with awards in every state, a company's choice, and whether a notice is ours."""

from datetime import date
from typing import Any

from wtforms.fields.choices import SelectChoice

from server.ledger.notifiers.priority import Barrier
from server.pages.notices.proofs import ProofForm
from server.pages.organisations.forms import CompanyNotifierForm, OrganisationForm
from tests.browser.gallery_attention import ADMIN
from tests.browser.gallery_desk import ARABIC, LONG, UNBROKEN, ago, blank, wrong


def _award(state: Barrier | None = None, **more: Any) -> dict[str, Any]:
    return {
        "authority": "Arcom", "country": "FR", "area": "Illegal trade in live parrots and snakes on marketplaces",
        "since": date(2025, 3, 27), "until": None, "suspended_on": None, "state": state,
    } | more  # fmt: skip


def _organisation(n: int, name: str, award: dict[str, Any] | None = None, companies: int = 0) -> dict[str, Any]:
    return {
        "id": f"o{n}",
        "name": name,
        "email": f"notices@fund{n}.example",
        "award": award,
        "companies": companies,
    }


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    me = {"me": ADMIN}
    suspended = _award(Barrier.SUSPENDED, suspended_on=date(2026, 11, 3))
    every = [
        _organisation(1, "Parrot Fund Europe", _award(), 3),
        _organisation(2, LONG[:120], suspended | {"area": LONG, "authority": UNBROKEN[:150]}, 1),
        _organisation(3, ARABIC, _award(Barrier.OVER, until=date(2026, 6, 30))),
        _organisation(4, "Reptile Fund", _award(Barrier.NOT_YET, since=date(2027, 1, 1))),
        _organisation(5, "Tusk Watch"),
    ]
    filled = {
        "name": "Parrot Fund Europe", "email": "notices@parrotfund.example", "authority": "Arcom", "country": "FR",
        "area": "Illegal trade in live parrots and snakes", "categories": ["live"], "groups": ["bird", "reptile"],
        "since": date(2025, 3, 27),
    }  # fmt: skip

    def step(action: str, **more: Any) -> dict[str, Any]:
        return {"at": ago(days=3), "by": "Ada", "action": action, "changed": (), "company": None} | more

    history = [
        step("award_suspended"), step("company_given_up", company=LONG), step("company_taken_on", company="Mercado"),
        step("organisation_changed", changed=("name", "area", "categories", "since"), by=None), step("award_resumed"),
        step("organisation_added", by=LONG[:80]),
    ]  # fmt: skip
    slip = wrong(
        blank(OrganisationForm, authority="Arcom"),
        name="Name the organisation.",
        email="Enter a valid email address.",
        country="Choose the Coordinator’s country, a Member State of the European Union.",
        categories="Say which offers the area covers.",
    )
    stale = blank(OrganisationForm, **filled)
    stale.form_errors.append("Somebody else has changed this meanwhile. Nothing was saved.")
    page = "organisations/form.html"
    proof = {"me": None, "form": blank(ProofForm, reference="N-7K3M9-Q2XWT", sha256="0123456789abcdef" * 4)}
    unread = wrong(
        blank(ProofForm, reference="N-"), reference="Give the reference (N-…) and the SHA-256 of 64 characters."
    )
    return {
        "organisations": ("organisations/index.html", me | {"organisations": every}),
        "organisations-none": ("organisations/index.html", me | {"organisations": []}),
        "organisation": (page, me | {"form": blank(OrganisationForm, **filled), "organisation": every[0], "history": history}),
        "organisation-suspended": (
            page, me | {"form": blank(OrganisationForm, **filled), "organisation": every[1], "history": history[:1]}
        ),
        "organisation-stale": (page, me | {"form": stale, "organisation": every[0], "history": history}),
        "organisation-new": (page, me | {"form": blank(OrganisationForm), "organisation": None}),
        "organisation-wrong": (page, me | {"form": slip, "organisation": None}),
        "proof": ("notices/proof.html", proof | {"checked": False, "sent_at": None}),
        "proof-blank": ("notices/proof.html", proof | {"form": blank(ProofForm), "checked": False, "sent_at": None}),
        "proof-ours": ("notices/proof.html", proof | {"checked": True, "ours": True, "sent_at": ago(days=3)}),
        "proof-nothing": ("notices/proof.html", proof | {"checked": True, "ours": False, "sent_at": None}),
        "proof-wrong": ("notices/proof.html", proof | {"form": unread, "checked": False, "sent_at": None}),
        "notifier": ("organisations/company.html", me | _company(every, "o2", ["s2"])),
        "notifier-none": ("organisations/company.html", me | _company([], "settings", [], spocs=0)),
    }  # fmt: skip


def _company(every: list[dict[str, Any]], chosen: str, ticked: list[str], spocs: int = 3) -> dict[str, Any]:
    form = blank(CompanyNotifierForm, organisation=chosen, mechanisms=ticked)
    names = ["Example Wildlife Alliance (from the settings, without an award)", *(each["name"] for each in every)]
    form.organisation.choices = [
        SelectChoice(id_, name) for id_, name in zip(["settings", *(each["id"] for each in every)], names, strict=True)
    ]
    form.mechanisms.choices = [
        SelectChoice(f"s{n}", f"Trust and Safety, {'notices' * n * 4}@mercado.example") for n in range(1, spocs + 1)
    ]
    return {"form": form, "company": "Mercado", "slug": "mercado", "organisations": every}
