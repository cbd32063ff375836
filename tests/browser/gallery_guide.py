"""The gallery's pages of the species guide and of the desk's species: some with drawings, one with nothing, and very long words."""

from datetime import date
from pathlib import Path
from typing import Any

from server.core.sentences import sentence
from server.ledger.species.drawings import Drawing
from server.pages.site.views import RELIED_ON
from server.people.courses import module_file, told_apart
from tests.browser.gallery_desk import ARABIC, COORDINATOR, LONG, THAI, Thing

TRAINING = Path(__file__).parents[2] / "training_modules"
SOURCE = {
    "key": "S17",
    "name": "Index of CITES Species, export of 2017-04-21",
    "address": "https://checklist.cites.org",
}
CITES: dict[str, Any] = {
    "source": "CITES", "appendix": "I", "jurisdiction": None, "under": None, "population": "every population but those of Botswana, Namibia, South Africa and Zimbabwe",
    "annotation": None, "effective_from": date(1990, 1, 18), "in_force_by": None, "until": None, "citations": [SOURCE], "checked": "read", "date_checked": "memory", "confirmed": True,
}  # fmt: skip
NATIONAL = CITES | {
    "source": "national", "appendix": "United States, Endangered Species Act: threatened", "population": "all", "effective_from": None,
    "in_force_by": date(2023, 1, 1), "citations": [], "checked": "memory", "date_checked": None, "confirmed": False,
}  # fmt: skip
IVORY_ACT = Thing(
    jurisdiction="GB", provision="Ivory Act 2018 (dealing in elephant ivory, offering and arranging included)", categories=frozenset({"part", "product"}),
    effective_from=date(2022, 6, 6), exceptions="as for elephant ivory", citations=[Thing(**SOURCE)],
    checked="excerpt", date_checked="excerpt",
)  # fmt: skip


def taxon(**more: Any) -> dict[str, Any]:
    """A taxon as `store.taxa_for` gives it."""
    return {
        "id": "loxodonta-africana", "scientific_name": "Loxodonta africana", "rank": "species", "common_name": "African elephant", "parent_id": None, "group": "mammal", "names": [],
        "products": ["tusks", "carvings", "bangles"], "look_alikes": "mammoth ivory, bone, tagua (vegetable ivory), celluloid, resin, hippopotamus teeth", "export": None, "drawn": True, "drawing": Drawing("elephant"),
        "listings": [CITES, CITES | {"appendix": "II", "population": "Botswana, Namibia, Zimbabwe", "annotation": "annotated"}, NATIONAL],
    } | more  # fmt: skip


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    mia = Thing(name="Mercado, Trust and Safety", role="company", email="mia@example.org")
    ivory = module_file.load(TRAINING / "ivory-bone-horn")
    elephant = taxon()
    bare = taxon(
        id="x",
        scientific_name="Gekko nothing",
        common_name=None,
        products=[],
        look_alikes="",
        listings=[],
        drawn=False,
        drawing=Drawing("gecko", kind=sentence("A gecko")),
    )
    hard = taxon(
        scientific_name=LONG[:120], common_name=THAI, look_alikes=LONG, products=["y" * 120, "tusks"], export={"as_of": date(2026, 5, 1), "appendices": ["II"], "agrees": False},
        listings=[CITES | {"population": LONG, "annotation": LONG, "citations": [SOURCE | {"name": LONG, "address": "https://checklist.example/" + "x" * 300}], "under": "Elephantidae"}],
    )  # fmt: skip
    empty: dict[str, Any] = {"scientific": [], "names": [], "above": [], "members": [], "look_alikes": None, "told_apart": [], "provisions": [], "as_of": None}  # fmt: skip
    full = empty | {
        "scientific": ["Loxodonta africana"], "names": [("English", "en", ["African elephant"], ["African bush elephant"]), ("Chinese", "zh", [], ["非洲象"]), ("Arabic", "ar", [ARABIC], [])],
        "look_alikes": elephant, "told_apart": told_apart.lessons({"ivory-bone-horn": ivory}, ["Loxodonta africana"], ["en"]), "provisions": [IVORY_ACT],
        "as_of": date(2026, 11, 27),
    }  # fmt: skip
    drawn = [
        Drawing("testudo-hermanni", "Testudo hermanni"),
        Drawing("testudo-graeca", "Testudo graeca"),
        Drawing("elephant", LONG[:120]),
        Drawing("tortoise", kind=sentence("A tortoise")),
    ]
    rows = [elephant, bare, hard]
    listed: dict[str, Any] = {"q": "", "group": None, "next_url": "/guide?cursor=x", "modules": [ivory], "me": mia}
    working = {
        "answers_at": "https://spotter.example/answers/",
        "api_url": "/api/v1/openapi.json",
        "api_notices": "/api/v1/notices",
        **RELIED_ON,
    }
    desk = {"me": COORDINATOR, "nav_counts": {"queue": 42}}
    return {
        "working-with-us": ("working_with_us.html", working | {"me": None}),
        "species": ("species/taxa.html", desk | {"taxa": rows, "q": "", "next_url": "#"}),
        "species-none": ("species/taxa.html", desk | {"taxa": [], "q": "x" * 100, "next_url": None}),
        "guide": ("species/guide.html", listed | {"taxa": rows}),
        "guide-none": ("species/guide.html", listed | {"taxa": [], "q": "bigfoot", "group": "bird", "next_url": None, "modules": [], "me": None}),
        "guide-species": ("species/taxon.html", full | {"taxon": elephant, "drawings": [elephant["drawing"]], "called": "African elephant", "me": mia}),
        "guide-species-bare": ("species/taxon.html", empty | {"taxon": bare, "drawings": [bare["drawing"]], "called": None, "me": None}),
        "guide-species-hard": ("species/taxon.html", full | {"taxon": hard, "drawings": drawn, "called": LONG, "look_alikes": taxon(id="kin", look_alikes=LONG), "above": rows, "members": rows, "me": mia}),
    }  # fmt: skip
