"""The gallery's pages of the companies' directory: empty, one company, many with every reach, and nothing found."""

from typing import Any

from server.core import wording
from server.core.words import Channel
from server.ledger.companies.reconfirm_store import ContactDoubt
from server.ledger.companies.routing import Reach
from server.pages.companies.directory import TABS
from tests.browser.gallery_desk import ARABIC, COORDINATOR, LONG, Thing, ago

ADMIN = Thing(name="Ada Montgomery-Lindqvist", role="admin", email="ada@example.org")


def spoc(**more: Any) -> dict[str, Any]:
    """A contact."""
    return {
        "name": "Trust and Safety", "channel": Channel.MAIL, "digest_at": None, "email": "trust@mercado.example", "form_url": None,
        "is_for": "", "languages": ["en"], "verified_on": ago(days=40).date(), "stale": False, "doubt": None, "bounced": False, "counts": True,
    } | more  # fmt: skip


def company(name: str, reach: Reach, *spocs: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A row of the directory."""
    return {
        "slug": "mercado", "name": name, "policy_url": "https://mercado.example/rules", "reach": reach, "waiting": 0, "held": False,
        "platforms": ["Mercado"], "names": ["mercado.example"], "spocs": list(spocs),
    } | more  # fmt: skip


def tabs(current: str, *counts: int) -> list[dict[str, Any]]:
    """The tabs by reach."""
    rows = zip(TABS.items(), counts, strict=True)
    return [{"name": name, "url": "#", "count": count, "current": key == current} for (key, name), count in rows]


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    told, silent = ContactDoubt(True, LONG, ago(days=2)), ContactDoubt(False, None, ago(days=9))
    hook = {"channel": Channel.WEBHOOK, "email": None, "bounced": True}
    many = [
        company("Mercado", Reach.BOUNCED, spoc(bounced=True), spoc(name=ARABIC, **hook), waiting=12, held=True),
        company(LONG[:200], Reach.NONE, names=[], platforms=[], policy_url=None, waiting=1),
        company("Tradepost", Reach.BY_HAND, spoc(channel=Channel.FORM, email=None, form_url="https://tradepost.example/" + "x" * 200)),
        company(ARABIC, Reach.REACHED, spoc(doubt=told), spoc(doubt=silent, stale=True), spoc(counts=False, verified_on=None)),
        company("x" * 200, Reach.REACHED, spoc(name="y" * 200, email="z" * 60 + "@mercado.example", verified_on=None, is_for="Germany, European Union, birds, plants"),
                spoc(channel=Channel.DIGEST, digest_at="at 07:00, Paris", stale=True, verified_on=ago(days=400).date()),
                names=[f"market-{n}.example" for n in range(12)], platforms=["Mercado", "x" * 200]),
        company("Conglomerate", Reach.REACHED, spoc(), names=["h" * 60 + ".example/shop"] * 4, platforms=[f"Market {n}" for n in range(9)]),
    ]  # fmt: skip
    sites = [{"host": f"{'very-long-name-' * 5}{n}.example", "cases": 42 - n} for n in range(3)]
    page = {
        "me": COORDINATOR, "nav_counts": {"queue": 42}, "q": "", "unrouted": [], "companies": many, "found": 6, "reachable": 4, "total": 6,
        "imported": None, "tabs": tabs("all", 6, 1, 1, 1, 3), "tab_means": "", "next_url": None, "first_url": None,
    }  # fmt: skip
    imported = {"at": ago(days=3), "did": "3 companies added and 1 entry removed"}
    one = {"companies": many[:1], "found": 1, "total": 1, "reachable": 0, "tabs": tabs(Reach.BOUNCED, 1, 1, 0, 0, 0)}
    none = {"companies": [], "found": 0}
    return {
        "companies": ("companies/index.html", page | {"me": ADMIN, "unrouted": sites, "imported": imported, "next_url": "#", "first_url": "#"}),
        "companies-one": ("companies/index.html", page | one | {"tab_means": wording.REACH[Reach.BOUNCED].sentence}),
        "companies-no-match": ("companies/index.html", page | none | {"q": "x" * 100}),
        "companies-none": ("companies/index.html", page | none | {"total": 0, "reachable": 0, "tabs": tabs("all", 0, 0, 0, 0, 0)}),
    }  # fmt: skip
