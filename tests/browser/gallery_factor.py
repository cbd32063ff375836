"""The gallery: pages of the second factor."""

from datetime import timedelta
from typing import Any

from server.core import wording
from server.core.words import Role
from server.pages.accounts import factor_views
from server.pages.accounts.forms import CodeForm, OwnSetUpForm, ReplaceForm, SetUpForm
from server.pages.people import admin_views
from server.pages.people.forms import StaffForm
from server.people.accounts import one_time_codes
from tests.browser.gallery_desk import ARABIC, LONG, NOW, Thing, blank, wrong

KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    cora, ada = (
        Thing(id=role, name=name, role=role) for name, role in (("Cora", Role.COORDINATOR), ("Ada", Role.ADMIN))
    )
    address = one_time_codes.address(KEY, "x" * 60 + "@example.org", "Cyber Spotter International Fund")
    shown = {"key": one_time_codes.grouped(KEY).replace("-", " "), "address": address, "qr": factor_views.qr(address)}
    on = {
        "factor": Thing(since=NOW), "left": 8, "owes": False, "due_on": None, "opened": "",
        "codes_form": blank(CodeForm), "off_form": blank(CodeForm), "me": cora,
    }  # fmt: skip
    reset = {
        "id": "1", "name": ARABIC, "email": "x" * 60 + "@example.org", "role": Role.COORDINATOR, "by": "Ada", "why": LONG,
        "at": NOW, "until": NOW + timedelta(days=3), "own": False, "others": ["Cora"],
    }  # fmt: skip
    person = {
        "id": "1", "name": "Dan", "email": "dan@demo.example", "role": Role.COORDINATOR, "company": None, "factor": False,
        "closed_at": None, "no_password": False,
    }  # fmt: skip
    accounts = {
        "q": "", "role": "", "only": "", "roles": [(role.value, wording.ROLE[role]) for role in Role],
        "onlys": admin_views.ONLY, "staff_form": blank(StaffForm), "resets": 1, "filtered": False, "next_url": None,
        "me": ada,
    }  # fmt: skip
    wrong_code = "This code is wrong, has expired or was already used. Enter the one your app shows now."
    return {
        "factor-code": ("accounts/code.html", {"form": blank(CodeForm)}),
        "factor-code-wrong": ("accounts/code.html", {"form": wrong(blank(CodeForm), code=wrong_code)}),
        "factor-set-up": ("accounts/factor_set_up.html", shown | {"form": blank(OwnSetUpForm), "at_sign_in": False, "me": cora}),
        "factor-set-up-at-sign-in": ("accounts/factor_set_up.html", shown | {"form": wrong(blank(SetUpForm), code=wrong_code), "at_sign_in": True}),
        "factor-replace": ("accounts/factor_set_up.html", shown | {"form": wrong(blank(ReplaceForm), before=wrong_code), "at_sign_in": False, "me": cora}),
        "factor-recovery": ("accounts/recovery_codes.html", {"codes": ["7K3M-9Q2X-ABCD-0123"] * 10, "onward": "#", "me": cora}),
        "factor-on": ("accounts/factor.html", on),
        "factor-on-must": ("accounts/factor.html", on | {"owes": True, "left": 1, "opened": "codes", "codes_form": wrong(blank(CodeForm), code=wrong_code)}),
        "factor-none": ("accounts/factor.html", on | {"factor": None, "owes": True, "due_on": NOW + timedelta(days=30)}),
        "factor-resets": ("people/factor_resets.html", {"resets": [reset, reset | {"name": "Dan", "why": "Lost.", "own": True, "others": []}], "me": ada}),
        "accounts": ("admin/accounts.html", accounts | {"people": [person, person | {"name": ARABIC, "email": "x" * 60 + "@example.org", "factor": True, "closed_at": NOW}, person | {"role": Role.COMPANY, "company": ("mercado", "Mercado"), "no_password": True}], "next_url": "#"}),
        "accounts-none": ("admin/accounts.html", accounts | {"people": [], "filtered": True, "q": "nobody", "staff_form": wrong(blank(StaffForm), email="Enter a valid email address.")}),
        "factor-resets-none": ("people/factor_resets.html", {"resets": [], "me": ada}),
    }  # fmt: skip
