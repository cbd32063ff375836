"""The invented marketplaces, each a small Flask app of its own on its own host: `mercado.localhost`, `tradepost.localhost`.

They know nothing of Cyber Spotter except its address for the staff page. Chromium and Firefox resolve `*.localhost` to
loopback by themselves, so they work without a line in any hosts file, and on another host than the API: what a capture
meets here, it meets on a real marketplace.
"""

import json
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import yaml
from flask import Flask, Response, abort, redirect, render_template, request, send_from_directory, url_for
from werkzeug.wrappers import Response as AnyResponse

from server.core import clock
from server.core.config import Settings
from server.demo import mailbox

HERE = Path(__file__).parent
WsgiApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


@dataclass(frozen=True)
class DemoAd:
    """One listing of an invented marketplace."""

    number: str
    title: str
    price: str | None  # decimal digits; None: no price is published
    price_text: str  # what a reader sees
    seller: str
    category: str
    condition: str  # Live, New, Used
    description: str  # paragraphs parted by an empty line
    pictures: list[dict[str, str]]  # file (name without its ending), alt
    posted_at: datetime
    language: str = "en"
    markup: str = "jsonld"  # how its page publishes its data: jsonld, microdata, opengraph, plain
    sold: bool = False
    unlisted: bool = False  # has a page and stands in no list

    @property
    def paragraphs(self) -> list[str]:
        """The description, one string a paragraph."""
        return [" ".join(part.split()) for part in self.description.strip().split("\n\n")]

    @property
    def name(self) -> str:
        """The last part of its address: words of the title, then the number."""
        words = re.findall(r"[a-z0-9]+", self.title.lower())[:8]
        return "-".join([*words, self.number])


class Market:
    """A marketplace: its ads from `listings.yaml`, and which of them its staff have taken down."""

    def __init__(self, slug: str, data_dir: Path) -> None:
        self.slug = slug
        self.data = _listings()[slug]
        self.opened_at = clock.now().replace(second=0, microsecond=0)
        self._file = data_dir / "demo" / f"{slug}-taken-down.json"

    @cached_property
    def ads(self) -> dict[str, DemoAd]:
        """Every ad by its number, newest first."""
        ads = [self._ad(dict(row)) for row in self.data["listings"]]
        return {ad.number: ad for ad in sorted(ads, key=lambda ad: ad.posted_at, reverse=True)}

    @property
    def categories(self) -> list[str]:
        """The categories in use, in alphabetical order."""
        return sorted({ad.category for ad in self.ads.values()})

    @cached_property
    def spoc(self) -> str:
        """The address notices to this company go to."""
        companies = yaml.safe_load((HERE / "companies.yaml").read_text(encoding="utf-8"))["companies"]
        return next(str(company["spocs"][0]["email"]) for company in companies if company["slug"] == self.slug)

    def taken_down(self) -> dict[str, str]:
        """Number -> time of removal. Read from the file each time: several processes may serve one marketplace."""
        return json.loads(self._file.read_text()) if self._file.exists() else {}

    def take_down(self, number: str) -> None:
        """Remove an ad, as a company would."""
        self._keep({**self.taken_down(), number: clock.now().isoformat(timespec="seconds")})

    def put_back(self, number: str) -> None:
        """Undo a removal."""
        self._keep({key: at for key, at in self.taken_down().items() if key != number})

    def shown(self, query: str = "", category: str = "", seller: str = "") -> list[DemoAd]:
        """The ads a visitor finds, newest first: all words of `query` in title or description."""
        gone, words = self.taken_down(), query.casefold().split()
        return [
            ad
            for ad in self.ads.values()
            if not ad.unlisted
            and ad.number not in gone
            and (not category or ad.category == category)
            and (not seller or ad.seller == seller)
            and all(word in f"{ad.title} {ad.description}".casefold() for word in words)
        ]

    def _ad(self, row: dict[str, Any]) -> DemoAd:
        sign = {"EUR": "€", "GBP": "£"}[self.data["currency"]]
        hours, price = row.pop("hours"), row.get("price")
        row.setdefault("price_text", f"{sign} {Decimal(price or 0):,}".removesuffix(".00"))
        return DemoAd(**{**row, "number": str(row["number"])}, posted_at=self.opened_at - timedelta(hours=hours))

    def _keep(self, gone: dict[str, str]) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        part = self._file.with_suffix(f".{os.getpid()}.part")
        part.write_text(json.dumps(gone, indent=1))
        part.replace(self._file)


def create_marketplace(slug: str, data_dir: Path, base_url: str) -> Flask:
    """The app of one marketplace. `base_url` is Cyber Spotter's own address, linked from the staff page."""
    app = Flask(__name__, static_folder=None, template_folder="templates")
    market = Market(slug, data_dir)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.jinja_env.filters["ago"] = _ago

    def address(ad: DemoAd, *, whole: bool = False) -> str:
        return url_for("listing", name=ad.name, _external=whole)

    @app.context_processor
    def _everywhere() -> dict[str, Any]:
        return {"market": market, "address": address, "cyber_spotter": base_url, "structured": _structured}

    @app.get("/")
    def home() -> str:
        query, category = request.args.get("q", "")[:200], request.args.get("category", "")
        return render_template("home.html", ads=market.shown(query, category), query=query, category=category)

    @app.get(f"/{market.data['path']}/<name>")
    def listing(name: str) -> AnyResponse | str:
        ad = _named(market, name)
        if ad.number in market.taken_down():
            return Response(render_template("gone.html", ad=ad), 410)
        if name not in (ad.name, ad.number):
            return redirect(address(ad), 301)
        others = [other for other in market.shown(category=ad.category) if other is not ad]
        return render_template("listing.html", ad=ad, others=others[:4])

    @app.get("/seller/<name>")
    def seller(name: str) -> str:
        if name not in market.data["sellers"]:
            abort(404)
        return render_template("seller.html", name=name, ads=market.shown(seller=name))

    @app.get("/rules")
    def rules() -> str:
        return render_template("rules.html")

    @app.get("/staff")
    def staff() -> str:
        mails = mailbox.received(data_dir / "mail", market.spoc)
        return render_template("staff.html", ads=market.ads.values(), gone=market.taken_down(), mails=mails)

    @app.get("/staff/mail/<name>")
    def mail(name: str) -> Response:
        letter = next(
            (candidate for candidate in mailbox.received(data_dir / "mail", market.spoc) if candidate.name == name),
            None,
        )
        if letter is None:
            abort(404)
        return Response(
            letter.html, headers={"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'"}
        )

    @app.post("/staff/<number>/<any(remove, restore):act>")
    def act_on(number: str, act: str) -> AnyResponse:
        if request.headers.get("Sec-Fetch-Site", "same-origin") not in ("same-origin", "none"):
            abort(403)  # another site's form in a browser
        ad = _named(market, number)
        market.take_down(ad.number) if act == "remove" else market.put_back(ad.number)
        return redirect(url_for("staff", _anchor=f"ad-{ad.number}"), 303)

    @app.get("/pictures/<path:file>")
    def picture(file: str) -> Response:
        return send_from_directory(HERE / "pictures", file, max_age=3600)

    @app.get("/market.css")
    def style() -> Response:
        return send_from_directory(HERE, "market.css", max_age=0)

    @app.errorhandler(404)
    def missing(_: Exception) -> tuple[str, int]:
        return render_template("gone.html", ad=None), 404

    @app.after_request
    def _headers(response: Response) -> Response:
        response.headers.setdefault(
            "Content-Security-Policy", "default-src 'self'; base-uri 'none'; frame-ancestors 'none'"
        )
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    return app


def dispatch(wsgi_app: WsgiApp, settings: Settings) -> WsgiApp:
    """`wsgi_app` for every host but the marketplaces' own; those, whatever the port, go to the marketplaces."""
    markets = {
        f"{slug}.localhost": create_marketplace(slug, settings.data_dir, settings.base_url) for slug in _listings()
    }

    def by_host(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        host = environ.get("HTTP_HOST", "").partition(":")[0].lower()
        return markets.get(host, wsgi_app)(environ, start_response)

    return by_host


@cache
def _listings() -> dict[str, Any]:
    listings: dict[str, Any] = yaml.safe_load((HERE / "listings.yaml").read_text(encoding="utf-8"))
    return listings


def _named(market: Market, name: str) -> DemoAd:
    number = re.search(r"(?:^|-)(\d{9,})$", name)
    if number is None or number[1] not in market.ads:
        abort(404)
    return market.ads[number[1]]


def _ago(at: datetime) -> str:
    hours = int((clock.now() - at).total_seconds() // 3600)
    count, unit = (hours, "hour") if hours < 48 else (hours // 24, "day")
    return "just now" if hours < 1 else f"{count} {unit}{'' if count == 1 else 's'} ago"


def _structured(market: Market, ad: DemoAd) -> dict[str, Any]:
    """The ad as schema.org Product with its Offer (schema.org 29: Product, Offer, validFrom, availableAtOrFrom)."""
    page = url_for("listing", name=ad.name, _external=True)
    offer: dict[str, Any] = {
        "@type": "Offer",
        "url": page,
        "availability": f"https://schema.org/{'SoldOut' if ad.sold else 'InStock'}",
        "itemCondition": f"https://schema.org/{'UsedCondition' if ad.condition == 'Used' else 'NewCondition'}",
        "validFrom": ad.posted_at.isoformat(),
        "seller": {"@type": "Person", "name": ad.seller, "url": url_for("seller", name=ad.seller, _external=True)},
        "availableAtOrFrom": {"@type": "Place", "name": market.data["sellers"][ad.seller]["place"]},
    }
    if ad.price is not None:
        offer |= {"price": ad.price, "priceCurrency": market.data["currency"]}
    return {
        "@context": "https://schema.org",
        "@type": "Product",
        "name": ad.title,
        "description": "\n\n".join(ad.paragraphs),
        "sku": ad.number,
        "category": ad.category,
        "image": [url_for("picture", file=f"{shot['file']}.webp", _external=True) for shot in ad.pictures],
        "url": page,
        "offers": offer,
    }
