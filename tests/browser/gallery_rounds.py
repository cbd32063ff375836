"""The gallery's pages of searches and rounds: nothing, much, and very long."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from server.core import time_zones, wording
from server.core.words import WhyStopped
from server.ledger.companies.routing import RoutedCompany, RoutedPlatform
from server.ledger.species.drawings import Drawing
from server.pages.rounds.forms import JoinRoundForm, LanguagesForm, LeadForm, RoundForm, SearchForm
from server.pages.rounds.printed import DIVISIONS
from server.pages.rounds.search_reasons import SearchReason
from server.pages.rounds.work_page import Shown, TermShown
from server.pages.species.forms import FoundForm, TermForm
from server.people.rounds.searches import Effort
from server.people.rounds.store import Size
from server.people.rounds.weeks import Span
from server.reads.round_cells import Cell
from server.reads.round_counting import Figures
from server.reads.round_figures import Came, Part, Week
from server.reads.round_searches import NewTerm
from tests.browser.gallery_desk import ARABIC, LONG, NOW, THAI, Thing, ago, blank, wrong

SPAN = Span(date(2026, 11, 11), date(2026, 12, 8))
MARKET = RoutedCompany("c", "mercado", "Mercado")
LESSON = {"id": "code-words/open", "title": "Words that hide in the open", "url": "/training/code-words/open"}


def round_(**more: Any) -> Thing:
    """A round as its pages want it."""
    values: dict[str, Any] = {
        "id": "r1", "name": "Parrots before Christmas", "about": "Chicks are sold as presents in these weeks.\nLook for rings that are claimed and not shown.",
        "starts_on": SPAN.starts_on, "zone": "Asia/Singapore", "ends_on": SPAN.ends_on, "span": SPAN, "targets": [40, 60, 60, 80], "groups": ["bird", "reptile"], "platforms": ["mercado"],
        "languages": ["en", "pt"], "state": "open",
    }  # fmt: skip
    return Thing(**(values | more))


def platform(slug: str, name: str, search: str | None = "https://mercado.example/?q={words}") -> RoutedPlatform:
    """A platform of the directory."""
    return RoutedPlatform(slug, slug, name, MARKET, domains=(f"{slug}.example",), search=search)


def row(where: RoutedPlatform, text: str, language: str = "en", seen: int | None = None, **more: Any) -> Shown:
    """A row of the worklist."""
    done = (
        None
        if seen is None
        else Thing(
            id="s1",
            seen=seen,
            minutes=more.pop("minutes", 7),
            stated=more.pop("stated", False),
            why_stopped=more.pop("why", None),
        )
    )
    return Shown(f"s-{abs(hash((where.slug, text)))}", where, text, language, where.search_for(text), done)


def term(*rows: Shown, reason: SearchReason | None = None, lesson: dict[str, str] | None = None) -> TermShown:
    """A term of the worklist, to be searched for on these platforms."""
    return TermShown(f"t-{abs(hash(rows[0].text))}", rows[0].text, rows[0].language, rows, lesson, reason)


GREY = SearchReason(
    "psittacus-erithacus", "Grey parrot", "Psittacus erithacus", 0, ("I",), Drawing("psittacus-erithacus")
)
IVORY = SearchReason(
    "loxodonta-africana",
    "African elephant",
    "Loxodonta africana",
    4,
    ("I", "II"),
    Drawing("elephant"),
    True,
)


def figures(reports: int = 0, hours: float = 0.0) -> Figures:
    """What came of some reports."""
    return Figures(reports, reports * 2 // 3, reports // 3, round(hours * 10), round(hours * 400), round(hours * 60))


def came(*reports: int, terms: tuple[NewTerm, ...] = ()) -> Came:
    """The figures of a round of four weeks."""
    counts = [*reports, 0, 0, 0, 0][:4]
    rows = [
        Week(
            n + 1,
            start,
            start + timedelta(days=6),
            (40, 60, 60, 80)[n],
            figures(counts[n], counts[n] / 4),
            n >= len(reports),
        )
        for n, start in enumerate(SPAN.weeks)
    ]
    return Came(figures(sum(counts), sum(counts) / 4), tuple(rows), terms, 14 if sum(counts) else 0, 240)


def work(**more: Any) -> dict[str, Any]:
    """The context of rounds/work.html."""
    mercado, tradepost, bazaar = (
        platform("mercado", "Mercado"),
        platform("tradepost", "Tradepost"),
        platform("bazaar", "Bazaar Nine", None),
    )
    listed = [
        term(row(mercado, "african grey", seen=25, why="all_seen"), row(tradepost, "african grey", seen=0, minutes=2, stated=True), reason=GREY),
        term(row(mercado, "ivory bangle"), row(bazaar, "ivory bangle"), reason=IVORY, lesson=LESSON),
        term(row(mercado, "papagaio", "pt"), row(tradepost, "papagaio", "pt"), reason=GREY),
        term(row(mercado, "🦜🥚", "und")),
        term(row(bazaar, "hand tame"), reason=replace(GREY, called="", drawing=None)),
    ]  # fmt: skip
    languages = blank(LanguagesForm, languages=["en", "pt"])
    languages.languages.choices = [
        (code, wording.language(code)) for code in ("ar", "en", "fr", "hi", "pt", "th", "zh")
    ]
    form = blank(SearchForm)
    form.platform.choices = [("", "Choose"), ("mercado", "Mercado")]
    values: dict[str, Any] = {
        "gate": None, "round": round_(), "week": date(2026, 11, 18), "until": date(2026, 11, 24), "number": 2, "weeks": 4, "terms": listed, "by_hand": [bazaar], "first_url": None, "next_url": None, "more": [], "count": 8, "left": 6,
        "minutes": 69, "seen": 25, "searched": 2, "whole": 180, "each": 6, "short": True, "spoken": ("en", "pt"), "reads": ("en", "pt"), "scope": (), "languages_form": languages,
        "form": form, "wrong": "", "done": "",
    }  # fmt: skip
    return values | more


def hard() -> dict[str, Any]:
    """Very long words, right-to-left ones, a mistake in a row, and words searched besides."""
    shop = platform("x" * 40, "A marketplace whose name is longer than any name should be " * 2)
    rows = [
        row(shop, LONG[:200]),
        row(shop, ARABIC, "ar", seen=10000, minutes=600),
        row(shop, THAI, "th"),
        row(shop, "<b>x</b> " + "y" * 120, seen=3),
    ]
    form = wrong(blank(SearchForm), seen="How many ads did you see? 0 is a number too.")
    form.platform.choices = [("", "Choose")]
    return work(
        terms=[term(each, reason=replace(IVORY, called=LONG[:90], scientific="Xylocopa " * 8)) for each in rows],
        more=[term(rows[1])],
        more_count=61,
        older=11,
        first_url="/work",
        next_url="/work?page=3",
        round=round_(name=LONG[:100]),
        form=form,
        wrong=rows[0].key,
        minutes=400,
        scope=("en", "ar"),
        done=rows[3].key,
    )


def show(**more: Any) -> dict[str, Any]:
    """The context of rounds/show.html, as a spotter in the round sees it."""
    teams = [
        {
            "id": "t1",
            "name": "Herons",
            "people": 6,
            "led": True,
            "lead": "Noor",
            "away": bool(more.get("desk")),
            "mine": True,
            "i_lead": False,
        },
        {
            "id": "t2",
            "name": "Otters",
            "people": 5,
            "led": True,
            "lead": None,
            "away": False,
            "mine": False,
            "i_lead": False,
        },
    ]
    form = blank(JoinRoundForm, team="t1")
    form.team.choices = [("", "No team"), ("t1", "Herons"), ("t2", "Otters")]
    values: dict[str, Any] = {
        "round": round_(), "zone": time_zones.city("Asia/Singapore"), "took_part": None,
        "phase": "running", "number": 1, "came": came(52, 31), "outcomes": True, "people": 14, "teams": teams, "mine": Thing(team_id="t1", admitted_at=NOW), "my_team": Thing(name="Herons"),
        "own": figures(7, 2.5), "open": True, "platforms": ["Mercado", "Tradepost"], "desk": False, "takes_part": [], "first_url": None, "next_url": None, "form": form, "gate": None, "may_wait": False, "invited": False, "waiting": 0,
    }  # fmt: skip
    return values | more


def team(**more: Any) -> dict[str, Any]:
    """The context of rounds/team.html."""
    form = blank(LeadForm, lead="a1")
    form.lead.choices = [("", "Nobody yet"), ("a1", "Noor"), ("a2", ARABIC)]
    members = [
        {"id": "a1", "name": "Noor", "leads": True, "joined_at": ago(days=9), "waits": False, "effort": Effort(31, 412, 175, SPAN.starts_on)},
        {"id": "a2", "name": ARABIC, "leads": False, "joined_at": ago(days=2), "waits": True, "effort": Effort()},
        {"id": "a3", "name": LONG[:100], "leads": False, "joined_at": ago(days=2), "waits": False, "effort": Effort(1, 10000, 600, SPAN.starts_on)},
    ]  # fmt: skip
    done = [
        {"who": "Noor", "platform": "Mercado", "term": "grey parrot", "language": "en", "day": SPAN.starts_on, "seen": 25, "minutes": 7},
        {"who": ARABIC, "platform": "سوق كبير", "term": "ببغاء", "language": "ar", "day": SPAN.starts_on, "seen": 3, "minutes": 2},
        {"who": LONG[:100], "platform": "x" * 60, "term": "y" * 200, "language": None, "day": SPAN.starts_on, "seen": 10000, "minutes": 600},
    ]  # fmt: skip
    values: dict[str, Any] = {
        "round": round_(), "team": Thing(id="t1", name="Herons", lead_id="a1"), "size": Size(3, 1), "desk": False, "form": form,
        "members": members, "searches": done, "first_url": None, "next_url": "#", "newest_url": None, "older_url": "#",
    }  # fmt: skip
    return values | more


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    me = Thing(name="Ana", role="spotter", email="ana@example.org")
    cora = Thing(name="Coordinator", role="coordinator", email="cora@example.org")
    mia = Thing(name="Mercado, Trust and Safety", role="company", email="mia@example.org")
    gate = {"standing": "none", "lessons_left": 3, "minutes_left": 4, "left": "training", "asked": None}
    listed = [
        Thing(round=round_(), phase="running", people=14, mine=True),
        Thing(round=round_(name=LONG[:100], groups=list(wording.GROUP)), phase="coming", people=0, mine=False),
    ]
    past = [
        Thing(round=round_(name="جولة الخريف"), phase="over", people=22, mine=False),
        Thing(round=round_(name="Ivory"), phase="cancelled", people=1, mine=False),
    ]
    part = [
        {
            "id": "a1",
            "name": "Noor",
            "team": "Herons",
            "joined_at": ago(days=9),
            "waits": False,
            "figures": figures(9, 3),
        },
        {"id": "a2", "name": ARABIC, "team": None, "joined_at": ago(days=2), "waits": True, "figures": Figures()},
    ]
    places = (Part("Mercado", figures(61, 12)), Part("سوق كبير", figures(22, 9)), Part("x" * 80, figures(0, 2)))
    groups = (Part("Birds", figures(50), searched=False), Part("Group not known", figures(2), searched=False))
    spoken = (Part("English", figures(61, 12)), Part("Spotters’ own words", figures(0, 3)))
    divisions = list(zip(DIVISIONS.values(), ((Part("Herons", figures(61, 12)), Part(LONG[:60], Figures())), groups, spoken, places), strict=True))  # fmt: skip
    terms = (NewTerm("feather baby", 4, 120), NewTerm(ARABIC, 1, 3), NewTerm("y" * 200, 1, 0))
    edit = blank(RoundForm, name="Parrots", starts_on=NOW.date(), targets="40")
    bad = wrong(
        blank(RoundForm, name=LONG[:120]),
        name="Enter at most 100 characters.",
        starts_on="Choose the first day.",
        targets="Write numbers, such as 60, or 40, 60, 60, 80.",
    )
    for form in (edit, bad):
        form.platforms.choices = [
            (f"p{n}", name) for n, name in enumerate(("Mercado", "Tradepost", "سوق كبير", "x" * 60))
        ]
        form.zone.choices = list(time_zones.choices("en"))
        form.languages.choices = [("ar", "Arabic"), ("en", "English"), ("pt", "Portuguese")]
    report = {
        "round": round_(),
        "phase": "running",
        "counted_at": None,
        "asked": False,
        "people": 14,
        "took_part": 11,
        "zone": time_zones.city("Asia/Singapore"),
        "divisions": divisions,
        "teams": 2,
        "platforms": ["Mercado"],
        "note": "Every report of who took part counts.",
        "known": {ARABIC},
        "me": cora,
    }
    cells = [
        Cell("Mercado", "grey parrot", "en", 3, 412, 5, {WhyStopped.ALL_SEEN: 1, WhyStopped.ENOUGH_SEEN: 2}),
        Cell("سوق كبير", ARABIC, "ar", 1, 0, 0, {WhyStopped.SIGN_IN: 1}),
        Cell("x" * 60, "y" * 200, None, 14, 140000, 120, {}),
    ]
    searched = {"round": round_(), "zone": time_zones.city("Asia/Singapore"), "number": 2, "weeks": [(n, "#") for n in range(1, 13)],
                "cells": cells, "first_url": "#", "next_url": "#", "me": cora}  # fmt: skip
    term = {"id": "t1", "text": "feather baby", "language": "en", "source": "Searched by spotters in the round " + LONG[:90], "at": ago(days=3),
            "taxon": {"common_name": "African grey parrot", "scientific_name": "Psittacus erithacus"}}  # fmt: skip
    forms = [blank(TermForm, text="feather baby", source="Searched by spotters in the round Parrots"), wrong(blank(TermForm, text=LONG[:120]), text="“ivory” is in the lexicon already. It stands for: African elephant.", source="Say where it was seen.")]  # fmt: skip
    for form in forms:
        form.language.choices = [("", "Choose"), ("ar", "Arabic"), ("und", "None: an emoji or a sign")]
        form.taxon.choices = [("", "Choose"), ("x", "African grey parrot (Psittacus erithacus)"), ("y", LONG[:100])]
    found = blank(FoundForm, language="", taxon="x")
    found.language.choices, found.taxon.choices = forms[0].language.choices, forms[0].taxon.choices
    example = {
        "reference": "C-7K3M9-Q2XWT",
        "url": "/cases/1",
        "words": "…two zazzle chicks, hand reared, papers can be arranged…",
    }
    word = {"id": "w", "text": "zazzle chicks", "language": "und", "taxon": None, "confirmed": 12, "dismissed": 1, "sellers": 7, "found_at": NOW, "first_by": None, "first_id": None, "others": [], "first_at": None, "credited": {"id": "a", "name": "Ana"}, "examples": [example] * 3}  # fmt: skip
    second = word | {"id": "v", "text": ARABIC, "language": "ar", "first_by": "Dan", "first_id": "c", "others": ["Cora", "W" * 80], "first_at": NOW, "credited": None, "examples": [example | {"words": LONG[:160]}]}  # fmt: skip
    plain = {"found": None, "credited": None}
    added = [term | plain, term | plain | {"text": ARABIC, "language": "ar", "taxon": None}, term | {"text": "🦜", "language": "und", "found": Thing(confirmed=12), "credited": {"name": "Ana"}}]  # fmt: skip
    fed = {"text": "zazzle chicks", "language": "en", "since": NOW, "scientific_name": "Psittacus erithacus", "common_name": "African grey parrot"}  # fmt: skip
    return {
        "people-terms": ("species/terms.html", {"next_url": "/terms?cursor=x", "form": forms[0], "terms": added, "words": [word, second], "forms": {"w": found, "v": found}, "me_id": "c", "me": cora}),
        "people-terms-wrong": ("species/terms.html", {"next_url": None, "form": forms[1], "terms": [], "words": [], "forms": {}, "me_id": "c", "me": cora}),
        "inbox-terms": ("species/subscribed.html", {"terms": [fed, fed | {"text": ARABIC, "language": "ar", "common_name": None}, fed | {"text": "🦜", "language": "und"}], "next_url": "/notices/terms?cursor=x", "me": mia}),
        "inbox-terms-none": ("species/subscribed.html", {"terms": [], "next_url": None, "me": mia}),
        "work": ("rounds/work.html", work(me=me)),
        "work-alone": ("rounds/work.html", work(me=me, round=None, short=False, reads=(), minutes=0, searched=0, seen=0)),
        "work-hard": ("rounds/work.html", hard() | {"me": me}),
        "work-none": ("rounds/work.html", work(me=me, terms=[], by_hand=[], count=0, left=0, spoken=(), round=round_(languages=["th"]), scope=("fr",), minutes=0, seen=0, searched=0)),
        "work-gate": ("rounds/work.html", {"gate": gate, "me": me}),
        "rounds": ("rounds/index.html", {"current": listed, "past": past, "next_url": "#", "desk": False, "me": me}),
        "rounds-none": ("rounds/index.html", {"current": [], "past": [], "next_url": None, "desk": True, "me": cora}),
        "round": ("rounds/show.html", show(me=me)),
        "round-join": ("rounds/show.html", show(me=me, mine=None, my_team=None, own=None, phase="coming", number=None, came=came(), outcomes=False)),
        "round-gate": ("rounds/show.html", show(me=me, mine=None, my_team=None, own=None, gate=gate, teams=[], came=came(3), outcomes=False)),
        "round-waits": ("rounds/show.html", show(me=me, mine=Thing(team_id="t1", admitted_at=None), own=None, gate=gate, may_wait=True, waiting=3, outcomes=False)),
        "round-trainee": ("rounds/show.html", show(me=me, mine=None, my_team=None, own=None, gate=gate, may_wait=True, invited=True, phase="coming", number=None, came=came(), outcomes=False)),
        "round-team": ("rounds/team.html", team(me=me)),
        "round-team-desk": ("rounds/team.html", team(me=cora, desk=True)),
        "round-team-none": ("rounds/team.html", team(me=cora, desk=True, members=[], searches=[], size=Size())),
        "round-over": ("rounds/show.html", show(me=me, mine=None, phase="over", took_part=11, number=None, open=False, came=came(52, 58, 71, 90))),
        "round-desk": ("rounds/show.html", show(me=cora, desk=True, mine=None, takes_part=part, round=round_(name=LONG[:100], about=LONG + "\n" + ARABIC))),
        "round-draft": ("rounds/show.html", show(me=cora, desk=True, mine=None, phase="draft", number=None, people=0, teams=[], came=came(), round=round_(groups=[], languages=[], about=""), platforms=[])),
        "round-edit": ("rounds/edit.html", {"form": edit, "round_id": "r1", "stale": False, "me": cora}),
        "round-edit-wrong": ("rounds/edit.html", {"form": bad, "round_id": None, "stale": False, "me": cora}),
        "round-report": ("rounds/report.html", report | {"came": came(52, 31, terms=terms)}),
        "round-report-kept": ("rounds/report.html", report | {"came": came(52, 31, terms=terms), "counted_at": NOW}),
        "round-report-asked": ("rounds/report.html", report | {"came": came(52, 31, terms=terms), "counted_at": NOW, "asked": True}),
        "round-cells": ("rounds/cells.html", searched),
        "round-cells-none": ("rounds/cells.html", searched | {"cells": [], "first_url": None, "next_url": None}),
        "round-report-none": ("rounds/report.html", report | {"came": came(), "phase": "coming", "people": 0, "teams": 0, "platforms": []}),
        "round-report-empty": ("rounds/report.html", report | {"came": came(0), "took_part": 0, "teams": 0, "divisions": [(division, ()) for division, _ in divisions]}),
    }  # fmt: skip
