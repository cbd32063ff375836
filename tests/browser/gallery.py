"""The gallery: every page, drawn from its real template with invented contents, so that it can be looked at without a database.

`python -m tests.browser.gallery FOLDER [NAME…] [--lang CODE]` writes pictures at 320, 360 and 1280 px, light and dark, into
FOLDER; `--lang pseudo` shows what is not marked for translation, or too long.
"""

import argparse
import base64
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Any

from flask import Flask, Response, abort, render_template, request, send_from_directory
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from werkzeug.routing import Rule

from server.core import languages, web, wording
from server.pages import register
from server.pages.notices import by_link
from server.reads.named_contact import NamedContact
from tests.browser import pseudo, sites
from tests.browser.gallery_desk import NOW

ROOT = Path(__file__).parents[2]


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Every page: name -> (template, context)."""
    every = [import_module(f"tests.browser.{file.stem}") for file in sorted(Path(__file__).parent.glob("gallery_*.py"))]
    return {name: page for noun in every for name, page in noun.pages().items()}


HERE = {
    "reports": "/reports",
    "report": "/reports",
    "queue": "/cases",
    "case": "/cases",
    "decide": "/cases",
    "saved": "/cases",
    "snippets": "/cases",
    "inbox": "/notices",
    "notice": "/notices",
    "people": "/people",
    "profile": "/profile",
    "round": "/rounds",
    "rounds": "/rounds",
    "work": "/work",
    "lane": "/lane",
    "lead": "/reports",
    "questions": "/profile",
    "figures": "/figures",
    "unrouted": "/figures",
    "guide": "/guide",
    "attention": "/attention",
    "qualities": "/companies",
    "quality": "/companies",
    "contacts": "/companies",
    "company": "/companies",
    "companies": "/companies",
    "platform": "/companies",
    "spoc": "/companies",
    "organisations": "/companies",
    "organisation": "/companies",
    "notifier": "/companies",
    "operations": "/operations",
    "team": "/team",
    "lesson": "/training",
    "review": "/training",
    "training": "/training",
    "notices": "/notices",
}


# --- Showing it ------------------------------------------------------------------------------------------------------


def _add_addresses(app: Flask) -> None:
    """The addresses of the real pages, to build links from; nothing answers at them."""
    real = Flask("pages")
    for blueprint in (*(noun.pages for noun in register.NOUNS), by_link.pages):
        real.register_blueprint(blueprint)
    for rule in real.url_map.iter_rules():
        if rule.endpoint != "static":
            app.url_map.add(Rule(rule.rule, endpoint=rule.endpoint, methods=rule.methods, build_only=True))


def make_app() -> Flask:
    """A tiny site of the gallery: /_/<name>?theme=dark&lang=ar. Under the same content policy as the real one.

    lang: a language with a catalogue, or `pseudo`, in which everything marked for translation is accented and longer.
    """
    app = Flask("server", root_path=str(ROOT / "server"), static_folder="static", template_folder="templates")
    app.secret_key = "gallery"
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = 3600  # as the real server: else each page asks for all its files again
    languages.init_app(
        app, lambda: pseudo.LOCALE if request.args.get("lang") == "pseudo" else request.args.get("lang", "en")
    )
    read_catalogue = languages.catalogue
    languages.catalogue = lambda language: pseudo.Pseudo() if language == pseudo.LOCALE else read_catalogue(language)
    contact = NamedContact("c1", "Cora Lindqvist", "cora@wildlife-alliance.example")
    app.jinja_env.globals.update(
        csrf_token=lambda: "token",
        wording=wording,
        can=web.can_in_page,
        my_contact=lambda: contact,
        my_team=lambda: None,
        own_name=languages.own_name,
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    _add_addresses(app)
    shown = pages()

    @app.get("/picture/<name>")
    def picture_of(name: str) -> tuple[str, dict[str, str]]:
        inner = '<circle cx="90" cy="60" r="40" fill="#7c8a86"/><rect y="110" width="200" height="40" fill="#8a6a55"/>'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="20 0 150 150" preserveAspectRatio="xMidYMid slice"><filter id="b"><feGaussianBlur stdDeviation="{8 if "blurred" in name else 0.1}"/></filter><rect width="200" height="150" fill="#a3a38f"/><g filter="url(#b)">{inner}</g></svg>',
            {"Content-Type": "image/svg+xml"},
        )

    @app.get("/training/<slug>/pictures/<name>")
    def drawing(slug: str, name: str) -> Response:
        return send_from_directory(ROOT / "training_modules" / slug, name)

    @app.get("/_/<name>")
    def page(name: str) -> str:
        if name not in shown:
            abort(404)
        template, context = shown[name]
        settings = Thing(
            organisation="Example Wildlife Alliance",
            contact_email="notices@wildlife-alliance.example",
            demo="real" not in request.args,
            real_data_ready=False,
            joining="open",
            join_path="/join",
        )
        rtl = request.args.get("dir") == "rtl" or languages.direction() == "rtl"
        frame = {
            "settings": settings,
            "locale": Thing(lang="ar" if rtl else languages.current(), dir="rtl" if rtl else "ltr"),
            "theme": request.args.get("theme"),
            "single_keys": "no-keys" not in request.args,
            "compact": "comfortable" not in request.args,
            "picture_choice": request.args.get("pictures", "blurred"),
            "me": None,
            "offered_languages": [(language, languages.own_name(language)) for language in ("en", "fr", "ar")],
            "now": NOW,
            "here": HERE.get(name.partition("-")[0], f"/{name}"),
        }
        return render_template(template, **(frame | context))

    @app.get("/cases/<case_id>")
    def case_of(case_id: str) -> str:
        shown["case"][1]["case"].id = case_id
        return page("case")

    @app.after_request
    def policy(response: Any) -> Any:
        from server.core.headers import CSP

        response.headers["Content-Security-Policy"] = CSP
        return response

    return app


def browser() -> webdriver.Chrome:
    """A headless Chromium."""
    options = webdriver.ChromeOptions()
    options.binary_location = "/usr/bin/chromium"
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--hide-scrollbars",
        "--force-device-scale-factor=1",
        "--blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4",  # a mouse: keys are shown
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    return webdriver.Chrome(options=options, service=Service("/usr/bin/chromedriver"))


def resize(driver: webdriver.Chrome, width: int, height: int = 900) -> None:
    """The size of the page itself, which windows cannot have below 500 px."""
    driver.execute_cdp_cmd(
        "Emulation.setDeviceMetricsOverride",
        {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False},
    )


def main(folder: Path, names: list[str], language: str = "en") -> None:
    """Write the pictures. Raises SystemExit for a name of no page."""
    app = make_app()
    with app.app_context(), app.test_request_context():
        known = list(pages())
    if unknown := set(names).difference(known):
        raise SystemExit(f"No such page: {', '.join(sorted(unknown))}. There are: {', '.join(known)}")
    folder.mkdir(parents=True, exist_ok=True)
    with sites.ours(app) as base:
        driver = browser()
        try:
            for name in names or known:
                for width in (320, 360, 1280):
                    for theme in ("light", "dark"):
                        address = f"{base}/_/{name}?theme={theme}&lang={language}"
                        picture(driver, address, width, folder / f"{name}-{width}-{theme}.png")
                for entry in driver.get_log("browser"):
                    print(name, entry["level"], entry["message"])
        finally:
            driver.quit()


def picture(driver: webdriver.Chrome, address: str, width: int, path: Path) -> None:
    """The whole page, at this width; of a case, whose panes scroll by themselves, what a desk's screen shows."""
    resize(driver, width)
    driver.get(address)
    size = driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
    resize(driver, width, min(int(size["height"]), 5000) if width < 900 or "case" not in path.name else 1040)
    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": False})
    path.write_bytes(base64.b64decode(shot["data"]))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("names", nargs="*")
    parser.add_argument("--lang", default="en")
    given = parser.parse_args()
    main(given.folder, given.names, given.lang)
