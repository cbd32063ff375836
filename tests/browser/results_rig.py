"""A marketplace with pages of results, and the word list that tells which of them to mark: for the tests of marks."""

import html
import json
import shutil
from pathlib import Path
from typing import Any

from server.ledger.species import taking_in
from server.ledger.species.vocabulary import searched_for
from tests.browser.chromium import EXTENSION
from tests.browser.sites import Site

MATCHING = {
    "Antique ivory netsuke, carved, signed": "“ivory netsuke” is a trade term",
    "Old 1v0ry carving, Japan": "“1v0ry” hides the word “ivory”",
    "іvоrу tusk, very old": "“іvоrу tusk” hides the word “ivory tusk”",
    "ｉｖｏｒｙ　ｔｕｓｋ": "“ｉｖｏｒｙ　ｔｕｓｋ” is a trade term",
    "老象牙 摆件": "“象牙 摆件” is a trade term",
    "African grey parrot, hand tame, for sale": "“African grey parrot” is a name for it",
}
INNOCENT = [
    "Ivory dress with lace, size 12",
    "Ivory-coloured wedding shoes",
    "Ivory Coast football shirt",
    "Tiger balm, three jars",
    "Ox-blood leather sofa",
    "Apple MacBook Pro 14",
]


def search_page(titles: list[str], direction: str = "ltr") -> str:
    """A page of results as marketplaces write them: a card, a picture, two links to the ad, a price."""
    cards = "".join(
        f'<li class="card" id="c{n}"><a href="/itm/2700000{n:05}?hash=x"><img src="/p/{n}.png" alt="" width="120" height="90"></a>'
        f'<h3><a href="/itm/2700000{n:05}">{html.escape(title)}</a></h3><p class="price">€ {n + 10}</p><p>Lisbon</p></li>'
        for n, title in enumerate(titles)
    )
    return f"""<!DOCTYPE html><html lang="en" dir="{direction}"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Search</title>
        <meta http-equiv="Content-Security-Policy" content="default-src 'self'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
        <style>body {{font:16px sans-serif}} ul {{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(280px,100%),1fr));gap:12px;padding:0}}
        li {{list-style:none;border:1px solid #ccc;padding:8px}} html > div {{display:none}} button {{width:300px;background:red}}</style>
        <script>window.shifts = []; new PerformanceObserver((list) => shifts.push(...list.getEntries().map((one) => one.value)))
          .observe({{type: 'layout-shift', buffered: true}})</script>
        <nav><a href="/">Home</a></nav><h1>Results</h1><ul>{cards}</ul><p id="end">End</p>"""


ODD = {
    "its words stand in the picture's name": '<li><a href="/itm/1000001"><img src="/p/1.png" alt="Antique ivory netsuke"></a> <a href="/itm/1000001">Lot 12</a></li>',
    "its words stand beside others, in a part of their own": '<li><a href="/itm/1000002">Nice<p>ivory netsuke</p></a></li>',
    "it is nothing but a link": '<section><a href="/itm/1000003" aria-label="Antique ivory netsuke, signed"><svg width="90" height="60"></svg></a></section>',
    "it shares a row with an innocent one": '<div><p class="row"><span><a href="/itm/1000004">Ivory netsuke, carved</a></span> <span><a href="/itm/1000005">Ox-blood leather sofa</a></span></p></div>',
}
"""Listings as only some sites write them; each has one mark."""
UNSEEN = {
    "what nobody sees": '<li><a href="/itm/2000001">Wooden box</a><select><option>ivory netsuke</option></select><script type="x">ivory netsuke</script></li>',
    "the page itself": '<p><a href="/itm/2799999999">Antique ivory netsuke, share it</a></p>',
    "another site": '<p><a href="http://elsewhere.localhost/itm/2000002">Antique ivory netsuke</a></p>',
}
"""What looks like one that matches and is none; none of them has a mark."""


class Platform(Site):
    """One site, on whatever host name it is called by; `/search?rtl` is written from right to left, `/itm/…` holds what is odd."""

    asked: list[str] = []

    def body(self) -> bytes:
        self.asked.append(self.path)
        page = search_page([*MATCHING, *INNOCENT], "rtl" if self.path.endswith("rtl") else "ltr")
        if self.path.startswith("/itm/2799999999"):
            page = f'<!DOCTYPE html><html lang="en"><meta charset="utf-8"><h1>Wooden box</h1>{"".join([*ODD.values(), *UNSEEN.values()])}'
        return page.encode() if self.path.startswith(("/search", "/itm/2799999999")) else b""


def granting(copy: Path) -> Path:
    """The extension, copied there with what it asks for later granted: a headless browser cannot show its question."""
    shutil.copytree(EXTENSION, copy)
    manifest = json.loads((copy / "manifest.json").read_text())
    manifest["host_permissions"] = manifest.pop("optional_host_permissions")
    (copy / "manifest.json").write_text(json.dumps(manifest))
    return copy


def vocabulary() -> dict[str, Any]:
    """The shipped lexicon as the server would give it, and one registered platform."""
    lexicon = taking_in.shipped()
    taxa = [
        {
            "id": taxon.id,
            "scientific_name": taxon.scientific_name,
            "common_name": next(name.text for name in taxon.names if name.language == "en"),
            "group": taxon.group.value,
            "names": [],
            "listings": [],
        }
        for taxon in lexicon.taxa
    ]
    platform = {"slug": "mercado", "name": "Mercado", "domains": [], "hosts": ["mercado.localhost"]}
    return {"reasons": [], "taxa": taxa, **searched_for(lexicon.terms()), "platforms": [platform]}
