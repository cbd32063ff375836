"""The gallery's pages of the directory's entries: forms as they come, with slips, changed meanwhile, and what was done."""

from typing import Any

from flask import Flask

from server.core import languages, wording
from server.core.words import Channel
from server.journeys.company.directory_upload import OfCompany, Upload
from server.ledger.companies.differences import differences
from server.ledger.companies.new_contacts import NewContact, PassedOver
from server.pages.companies import directory_upload, entry_forms
from server.pages.companies.directory_upload import FileForm
from server.pages.companies.history import DONE, FIELD
from tests.browser.gallery_desk import ARABIC, COORDINATOR, LONG, ago, wrong

PATTERN = r"/(?:marketplace/(?:\w+/)?item|commerce/listing)/(?P<id>\d{8,})"
COMPANY = {
    "slug": "mercado", "name": "Mercado", "policy_url": "https://mercado.example/rules/wildlife",
    "clauses": [{"reference": "4.2 Ivory"}, {"reference": LONG[:200], "url": "https://mercado.example/5", "groups": ["bird"]}],
}  # fmt: skip
PLATFORM = {
    "slug": "mercado", "name": "Mercado", "domains": [f"mercado-{n}.example" for n in range(12)],
    "hosts": ["shop." + "very-long-host-name-" * 6 + ".example/jp"], "listing": [PATTERN, PATTERN * 2],
    "search": "https://mercado-1.example/find?q={words}", "languages": ["en", "es"],
    "monitoring": {"agreed_by": "Head of Trust and Safety", "date": "2026-11-02", "removed": ["This ad is gone for good."]},
}  # fmt: skip
SPOC = {
    "name": "Trust and Safety", "channel": Channel.DIGEST, "regions": ["DE", "EU"], "languages": ["fr", "en"],
    "groups": ["bird", "plant"], "platforms": ["mercado"], "time_zone": "Europe/Paris", "digest_hour": 7,
}  # fmt: skip
CLAIMED = "Both tradepost and mercado claim the domain tradepost.example. Only one of them can have it."
NOW = [("Name", "Mercado International"), ("Languages they read", wording.series(["de", "en"]))]


def _in_a_request(make: Any, *values: Any) -> Any:
    """A form as its page makes it, which counts the rows that were sent."""
    app = Flask("forms")
    app.config["WTF_CSRF_ENABLED"] = False
    languages.init_app(app, lambda: "en")
    with app.test_request_context():
        return make(*values)


def _row(what: str, **more: Any) -> dict[str, Any]:
    row = {"at": ago(days=2), "what": DONE[what], "of": None, "by": "Dan Montgomery-Lindqvist", "by_file": False}
    return row | {"fields": "", "added": [], "removed": []} | more


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    desk = {"me": COORDINATOR, "nav_counts": {"queue": 42}, "company": "Mercado", "slug": "mercado", "now_is": None}

    def new() -> Any:
        return _in_a_request(entry_forms.new_company_form)

    def company() -> Any:
        return _in_a_request(entry_forms.company_form, COMPANY)

    def platform(entry: Any = PLATFORM) -> Any:
        return _in_a_request(entry_forms.platform_form, entry)

    spoc = _in_a_request(entry_forms.spoc_form, SPOC, list(Channel), [("mercado", "Mercado"), ("vintage", ARABIC)])
    slips = wrong(
        new(),
        name="Enter a name.",
        slug="A company in the directory has this slug already.",
        platform_0_domains=CLAIMED,
    )
    edit = desk | {"rows": [0, 1, 2, 3], "platforms": [("mercado", "Mercado"), ("vintage", LONG), ("arabic", ARABIC)]}
    place = desk | {"platform": "Mercado", "platform_slug": "mercado"}
    away = desk | {"platform": "mercado", "name": "Mercado", "cases": 12, "notices": 3, "spocs": LONG, "agreed": True,
                   "places": PLATFORM["domains"], "seen": "", "problem": None}  # fmt: skip
    of_spoc = desk | {"spoc_id": "s1", "name": "Trust and Safety"}
    rows = [
        _row("company_changed", fields=wording.series([FIELD["name"], FIELD["clauses"]])),
        _row("platform_changed", of=LONG, fields=FIELD["domains"], added=PLATFORM["domains"], removed=["old.example"]),
        _row("spoc_confirmed", of=ARABIC), _row("company_updated", by=None, by_file=True), _row("company_added", by=None),
    ]  # fmt: skip
    history = desk | {"next_url": "#", "first_url": None, "rows": rows}
    upload = _in_a_request(FileForm, None)
    errors = [
        (3, "companies[0].slug", ["This slug is reserved."]),
        (0, "companies[12].platforms[3].domains[1]", [CLAIMED, LONG]),
    ]
    contacts = [
        NewContact("", "", "Mercado", "mercado", "s1", "Trust and Safety", Channel.MAIL, "new@mercado.example", "old@mercado.example", "", None),
        NewContact("", "", LONG[:60], "long", None, ARABIC, Channel.FORM, "https://mercado.example/" + "path/" * 30, None, "", {}),
    ]  # fmt: skip
    changed = differences(
        {"name": "Mercado", "platforms": [PLATFORM | {"domains": ["old.example"]}], "spocs": [SPOC | {"regions": []}]},
        COMPANY | {"platforms": [PLATFORM, PLATFORM | {"slug": "two", "name": LONG[:80]}], "spocs": [SPOC, SPOC]},
    )
    companies = [OfCompany("mercado", "Mercado", False, changed), OfCompany("new", ARABIC, True, changed[-2:])]
    imported = Upload(
        companies, 141, contacts, contacts[:1], [PassedOver("Mercado", "Trust and Safety", "form_url")], ""
    )
    checked = desk | {
        "upload": imported, "again": "{}", "why": "", "stale": False, "words": DONE, "fields": directory_upload.fields_in_words,
    }  # fmt: skip
    return {
        "company-new": ("companies/new.html", desk | {"form": new(), "rows": [0, 1, 2]}),
        "company-new-wrong": ("companies/new.html", desk | {"form": slips, "rows": [0, 1, 2]}),
        "company-edit": ("companies/edit.html", edit | {"form": company()}),
        "company-edit-stale": ("companies/edit.html", edit | {"form": company(), "now_is": NOW, "platforms": []}),
        "platform-edit": ("companies/platform.html", place | {"form": platform()}),
        "platform-wrong": ("companies/platform.html", place | {"form": wrong(platform(), domains=CLAIMED, listing=LONG)}),
        "platform-new": ("companies/platform.html", desk | {"platform": None, "form": platform(None)}),
        "platform-away": ("companies/platform_away.html", away),
        "platform-away-quiet": ("companies/platform_away.html", away | {"cases": 0, "notices": 1, "spocs": None, "agreed": False}),
        "spoc-edit": ("companies/spoc.html", of_spoc | {"form": spoc}),
        "companies-import": ("companies/import.html", desk | {"form": upload, "errors": [], "more": 0}),
        "companies-import-wrong": ("companies/import.html", desk | {"form": upload, "errors": errors, "more": 12}),
        "companies-import-checked": ("companies/import_checked.html", checked),
        "companies-import-stale": ("companies/import_checked.html", checked | {"stale": True}),
        "companies-import-done": ("companies/import_checked.html", checked | {"upload": imported._replace(rerouted=3)}),
        "companies-import-nothing": (
            "companies/import_checked.html",
            checked | {"upload": Upload([], 143, [], contacts[:1], [], "")},
        ),
        "company-history": ("companies/history.html", history),
        "company-history-none": ("companies/history.html", history | {"rows": []}),
    }  # fmt: skip
