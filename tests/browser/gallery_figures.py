"""The gallery's pages of figures: a year of five companies, one company's months, too few to say much, and nothing; the same of
sites without a company."""

from datetime import date
from typing import Any

from server.core.words import FiguresBy
from server.ledger.invitations.models import InvitationStep
from server.pages.figures import figures_page, invitations, unrouted_page
from server.pages.figures.figures_page import AskedOnPage, ReadRows
from server.pages.figures.invitations import SiteInvitationForm
from server.reads import figures, unrouted, waiting_lines
from server.reads.unrouted import MonthReported, MonthSearched, UnroutedSite
from tests.browser import gallery_attention
from tests.browser.gallery_desk import COORDINATOR, LONG, NOW, THAI, Thing, ago, blank


def row(key: str, notices: int, median: float | None = 26.3, p90: float | None = 61.0) -> dict[str, Any]:
    """What became of so many notices, two thirds of them removed."""
    shares = {"answered": 90, "removed_stated": 70, "removed_verified": 62, "gone_before": 6, "restricted": 4, "kept": 8,
              "asked": 3, "open": 9, "withdrawn": 2, "recalled": 1, "reinstated": 1, "relisted": 5}  # fmt: skip
    hours = {"median": median, "p90": p90}
    counts = {name: notices * share // 100 for name, share in shares.items()}
    return {"key": key, "notices": notices} | counts | dict.fromkeys(figures.HOURS, hours)


OTTO = Thing(name="Otto", role="company", email="otto@tradepost.example")
SLUGS = ("mercado", "fairmarket", "petsquare", "tradepost", "bazaar-nine")
NAMES = {slug: slug.replace("-", " ").title() for slug in SLUGS}
COMPANIES = [row(slug, 200 - 30 * n, 26 + 20 * n, 61 + 40 * n) for n, slug in enumerate(SLUGS)]
MONTHS = [row(f"2026-{month:02d}", 40 * month) for month in range(1, 12)]
NOTHING = {
    "key": "",
    "hours_to_answer": {"median": None, "p90": None},
    "hours_to_removal": {"median": None, "p90": None},
}


def _page(
    asked: AskedOnPage,
    rows: list[dict[str, Any]],
    months: list[dict[str, Any]],
    whole: dict[str, Any],
    names: dict[str, str],
) -> Any:
    came = None if asked.own or asked.company else (1284, 742)
    companies = [] if asked.own else list(NAMES.items())
    shown = figures_page.composed(asked, ReadRows(whole, rows, months, came, names, companies))
    lines = waiting_lines.pressing(gallery_attention.MUCH, 3) if came else []
    return "figures/show.html", shown | {"errors": [], "waiting_lines": lines, "me": OTTO if asked.own else COORDINATOR}


TAXA = {
    "grey": {"common_name": "Grey parrot", "scientific_name": "Psittacus erithacus"},
    "long": {"common_name": LONG, "scientific_name": "Chelonoidis niger subsp. duncanensis"},
    "thai": {"common_name": None, "scientific_name": "Manis pentadactyla"},
}
TODAY = NOW.date()
EFFORT = {month: MonthSearched(40 * place, 900 * place) for place, month in enumerate(unrouted.months(TODAY))}


def _site(host: str, times: int, taxa: list[str]) -> UnroutedSite:
    """So many times what rises and falls through the year."""
    ads = (0, 2, 3, 1, 0, 4, 8, 12, 9, 11, 14, 6)
    months = {
        key: MonthReported(times * n, times * (n + 2)) for key, n in zip(unrouted.months(TODAY), ads, strict=True) if n
    }
    return UnroutedSite(host, ago(days=3), 70 * times, 91 * times, 52 * times, 8 * times, months, taxa)


SITES = [
    _site("very-long-host-name." * 8 + "example", 123_456, ["grey", "long", "thai"]),
    _site("birds.example", 2, ["grey"]),
    _site("xn--e1afmkfd.example", 1, []),
]


STEPS = [
    InvitationStep(
        state="talking",
        way=None,
        organisation="Birds & Co.",
        address="legal@birds.example",
        day=TODAY,
        account_id="cora",
    ),
    InvitationStep(
        state="invited", way="mail", organisation="Birds & Co. " * 9, address=None, day=TODAY, account_id="cora"
    ),
]


def _form(before: InvitationStep | None) -> SiteInvitationForm:
    form = blank(SiteInvitationForm, day=TODAY)
    assert isinstance(form, SiteInvitationForm)
    return form.offer(before)


INVITATION = {  # whether somebody was invited
    True: invitations.composed(STEPS, {"cora": "Cora"}, "Birds & Co.", _form(STEPS[0])),
    False: invitations.composed([], {}, None, _form(None)),
}
COME = [{"host": "birds.example", "company": "Birds & Co."}]


def _unrouted() -> dict[str, Any]:
    desk = {"me": COORDINATOR, "nav_counts": {"queue": 42}}
    months = {key: MonthReported(counts.ads + 31, counts.reports + 40, 17) for key, counts in SITES[1].months.items()}

    def page(sites: list[UnroutedSite], *, number: int = 1, more: bool = False) -> Any:
        shown = unrouted_page.composed(
            TODAY,
            number,
            sites,
            months,
            EFFORT,
            TAXA,
            more=more,
            steps={"birds.example": STEPS[0]},
            have_company=COME if number == 1 else [],
        )
        return "figures/unrouted.html", desk | shown

    def one(site: UnroutedSite | None, host: str) -> Any:
        return "figures/unrouted_site.html", desk | unrouted_page.composed_site(
            TODAY, host, site, EFFORT, TAXA
        ) | INVITATION[host == "birds.example"]

    return {
        "unrouted": page(SITES[1:]),
        "unrouted-long": page(SITES * 10, more=True),
        "unrouted-later": page(SITES, number=2),
        "unrouted-none": page([]),
        "unrouted-site": one(SITES[1], "birds.example"),
        "unrouted-site-long": one(SITES[0], SITES[0].host),
        "unrouted-site-none": one(None, "quiet.example"),
    }


def pages() -> dict[str, Any]:
    """Name -> (template, context)."""
    year = (date(2026, 1, 1), date(2026, 11, 30))
    desk = AskedOnPage(*year, FiguresBy.COMPANY, None, own=False)
    one = AskedOnPage(*year, FiguresBy.MONTH, "mercado", own=False)
    own = AskedOnPage(*year, FiguresBy.MONTH, None, own=True)
    hard = [row("hard", 1_234_567, 5021.4, 20123.9), row("thai", 3, None, None), row(figures.NONE, 1, None, None)]
    return _unrouted() | {
        "figures": _page(desk, COMPANIES, MONTHS, row("", 742), NAMES),
        "figures-one": _page(one, MONTHS, MONTHS, row("", 2640), {}),
        "figures-own": _page(own, MONTHS[-1:], MONTHS[-1:], row("", 3), {}),
        "figures-hard": _page(desk, hard, MONTHS[:1], row("", 1_234_571), NAMES | {"hard": LONG, "thai": THAI}),
        "figures-none": _page(desk, [], [], figures.NOTHING | NOTHING, NAMES),
    }  # fmt: skip
