"""The gallery: every page, drawn from its real template with invented contents, so that it can be looked at without a database.

`python -m tests.browser.gallery FOLDER [NAME…]` writes pictures at 320, 360 and 1280 px, light and dark, into FOLDER.
Contents come in three sizes where it matters: nothing, much, and very long (a title of 1,000 characters, Thai, Arabic).
"""

import base64
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace as Thing
from typing import Any

from flask import Flask, abort, render_template, request
from selenium import webdriver
from selenium.webdriver.chrome.service import Service
from werkzeug.serving import BaseWSGIServer, make_server
from wtforms import Form, MultipleFileField, PasswordField, RadioField, SelectMultipleField, StringField
from wtforms.fields import BooleanField, DateField, HiddenField, TextAreaField

from server import wording
from server.words import Answer, Basis, Category, HoldReason, Status, Via

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 11, 24, 11, 12, tzinfo=UTC)
LONG = (
    "Very long title as sellers write them: RARE!!! old collection from grandfather, must see, only pick-up. " * 12
)[:1000]
THAI = "นกแก้วแอฟริกันเกรย์เชื่องมากพร้อมกรงขนาดใหญ่ส่งฟรีทั่วประเทศติดต่อทางแอปอื่นเท่านั้น"
ARABIC = "ببغاء رمادي أفريقي أليف، 6 متاحة"
UNBROKEN = "https://mercado.example/ad/" + "a1b2c3d4" * 60


def ago(**parts: float) -> datetime:
    """A time before the gallery's fixed now."""
    return NOW - timedelta(**parts)


# --- Forms as the rooms have them -------------------------------------------------------------------------------------


def pairs(words: dict[Any, str]) -> list[tuple[str, str]]:
    """Choices of an enumeration in the words of the house."""
    return [(str(value), word) for value, word in words.items()]


class SignIn(Form):
    """See accounts/sign_in.html."""

    email = StringField("E-mail")
    password = PasswordField("Password")
    next = HiddenField()


class Join(Form):
    """See accounts/join.html."""

    name = StringField("What may coordinators call you?", description="A made-up name is fine.")
    email = StringField("E-mail", description="For the link, and for what became of your reports. Nothing else.")
    adult = BooleanField("I am 18 or older.")
    promise = BooleanField("I never contact a seller, never buy, and never use a false account.")


class Password(Form):
    """See accounts/set_password.html."""

    password = PasswordField("Password", description="At least 12 characters.")


class Code(Form):
    """See accounts/device.html."""

    user_code = StringField("Code", description="Letters only, with or without the dash.")


class Report(Form):
    """See reports/new.html."""

    key = HiddenField()
    title = StringField("Title of the ad")
    url = StringField("Address of the listing", description="Copy it from your browser’s address bar, or use Share.")
    pictures = MultipleFileField("Pictures of the screen", description="PNG, JPEG or WebP, at most 10 MB each.")
    category = RadioField("What is offered?", choices=[(c, c.capitalize()) for c in Category])
    species = StringField("Which species, if you know", description="In any language. “I don’t know” is always fine.")
    legality_evidence = RadioField("What does the ad say of papers?", choices=pairs(wording.LEGALITY))
    confidence = RadioField("How sure are you?", choices=pairs(wording.CONFIDENCE))
    reason = TextAreaField("Why do you suspect it?", description="What you see or read in the ad, in your words.")
    access = RadioField("Where did you see it?", choices=pairs(wording.ACCESS))


class Notify(Form):
    """See cases/decide.html."""

    version = HiddenField(default="3")
    reasons = SelectMultipleField(
        "Reason, sent with the notice",
        choices=[
            (w, w) for w in ("Protected live animal offered", "No proof of legality shown", "Repost", "Code words")
        ],
        default=["Protected live animal offered", "No proof of legality shown"],
    )
    reason = TextAreaField("For our record", description="Stays here. Why you decide so.")
    basis = RadioField("Basis", choices=pairs(wording.BASIS), default=Basis.ILLEGAL)
    jurisdiction = StringField("Jurisdiction", default="EU")
    provision = StringField("Provision", default="Regulation (EC) 338/97, Annex A")
    effective_from = DateField("In force since")
    policy_reference = StringField("Clause of the policy")
    good_faith = BooleanField(
        "In good faith, this is accurate and complete.",
        description="Signed for Example Wildlife Alliance. Your name is not shown.",
    )


class Other(Form):
    """The other panels of cases/decide.html."""

    version = HiddenField(default="3")
    why = RadioField("Why it waits", choices=pairs(wording.HOLD_REASON), default=HoldReason.SECOND_OPINION)
    until = DateField("Until", description="It comes back on that day.")
    reason = TextAreaField("In words", description="At least one sentence.")
    answer = RadioField("What did they do?", choices=[(a, a) for a in Answer])
    via = RadioField("How did it come?", choices=[(v, wording.VIA[v]) for v in (Via.MAIL, Via.PHONE, Via.FORM)])
    url = StringField("New address, if it moved")


def wrong(form: Form, **errors: str) -> Form:
    """The form as it comes back: with errors at the named fields."""
    for name, said in errors.items():
        form[name].errors = [said]
    return form


# --- Contents ---------------------------------------------------------------------------------------------------------


def report(title: str, status: Status, **more: Any) -> Thing:
    """One report as its spotter sees it."""
    when = {"received": "17 Nov", "looked": "17 Nov", "notified": "18 Nov", "answered": "19 Nov", "answer_by": "1 Dec"}
    values: dict[str, Any] = {
        "id": "r1", "reference": "R-0971", "title": title, "host": "mercado.example", "received_at": ago(hours=3), "status": status,
        "trail": wording.trail(status, **when), "sentence": wording.STATUS[status].sentence, "said": None, "thumb_url": "/picture/blurred.svg",
        "lesson": None, "question": None, "url": "https://mercado.example/ad/265370482", "captured_at": ago(hours=3),
    }  # fmt: skip
    return Thing(**(values | more))


QUESTION = report(
    "Old ox-bone colour figure, crossed lines", Status.NEEDS_INFO, id="r0", reference="R-0993",
    question=Thing(text="Good catch on the weight. Does the base show crossed lines? A closer picture from the ad would settle it.", at=ago(hours=1), draft=""),
)  # fmt: skip
ON_WAY = [
    report("African grey parrot, hand tame, 6 available", Status.NOTIFIED, sentence="The company has the notice. We remind them on 28 November if nothing comes."),
    report("Cactus, 30 years old, wild-dug, bare root", Status.RECEIVED, id="r2"),
]  # fmt: skip
FINISHED = [
    report("Star tortoise pair, young, message for price", Status.REMOVED, id="r3", sentence="The listing is gone.",
           said=Thing(speaker="Mercado", text="Live protected species are not allowed here.")),
    report("Vintage snake-leather belt with certificate", Status.KEPT, id="r4", said=Thing(speaker="Mercado", text="The seller showed a valid re-export certificate."),
           sentence="Your suspicion was fair; this does not count against you.", lesson=Thing(url="/training", title="when python leather is lawful, 4 minutes")),
    report("Ivory satin evening dress, size 12", Status.DISMISSED, id="r5", sentence="Here “ivory” is the colour of a fabric, so no notice was sent."),
]  # fmt: skip
HARD = [
    report(LONG, Status.NO_ANSWER, id="r6"),
    report(THAI, Status.IN_REVIEW, id="r7"),
    report(ARABIC, Status.RESTRICTED, id="r8", host="x" * 80 + ".example"),
]


def tabs(*names: str) -> list[Thing]:
    """Tabs, the first one current."""
    return [Thing(name=name, url="#", count=12 - n * 3, current=n == 0) for n, name in enumerate(names)]


def my_reports(
    waiting: list[Thing], on_way: list[Thing], finished: list[Thing], refusal: Thing | None = None
) -> dict[str, Any]:
    """The context of reports/index.html."""
    number = len(waiting) + len(on_way) + len(finished)
    return {
        "totals": Thing(all=number, removed=7, kept=2, on_way=len(on_way), waiting=len(waiting)), "refusal": refusal, "waiting": waiting,
        "on_way": on_way, "finished": finished, "tabs": tabs("All", "On their way", "Removed", "Kept or not sent"), "next_url": "#" if number > 3 else None,
    }  # fmt: skip


def picture(kind: str = "picture", **more: Any) -> Thing:
    """One piece of evidence behind its veil."""
    values: dict[str, Any] = {
        "id": f"e-{kind}", "kind": kind, "caption": "A live bird in a wire cage. Spotter noted no injury.", "blurred_url": "/picture/blurred.svg",
        "clear_url": "/picture/clear.svg", "ready": True, "looked": False, "clean": False, "original_url": "#",
    }  # fmt: skip
    return Thing(**(values | more))


def marked(*parts: str | tuple[str, str]) -> list[Thing]:
    """Segments of text; a pair is (text, kind)."""
    return [Thing(text=p, kind=None) if isinstance(p, str) else Thing(text=p[0], kind=p[1]) for p in parts]


PARROT_TEXT = marked(
    "Beautiful ", ("African grey", "taxon"), " ", ("congo", "taxon"), " chicks, ", ("hand tame", "trade"), ", 14 weeks, ", ("6 available", "trade"), ". ",
    ("Closed ring", "against"), ". Talkers guaranteed.\n\n", ("Papers can be arranged", "trade"), ". ",
    ("No questions on here, message me on the other app", "trade"), ". Can post in ", ("ventilated box", "trade"), ".",
)  # fmt: skip
PARROT = Thing(
    scientific_name="Psittacus erithacus", common_name="Grey parrot",
    listings=[Thing(source="CITES", appendix="I", population="all populations", effective_from=datetime(2017, 1, 2, tzinfo=UTC)),
              Thing(source="EU", appendix="A", population=None, effective_from="2017-02-04")],
)  # fmt: skip
ROUTE = Thing(
    company=Thing(name="Mercado", slug="mercado"), platform="Mercado",
    spoc=Thing(name="Trust and Safety", channel="mail", language="English", verified=datetime(2026, 11, 1, tzinfo=UTC)),
)  # fmt: skip


def case(**more: Any) -> Thing:
    """One case as cases/show.html wants it."""
    values: dict[str, Any] = {
        "id": "c1", "reference": "C-0417", "version": 3, "state": "open", "priority": 86, "created_at": ago(hours=2),
        "parts": [Thing(name="Likely", value=0.91), Thing(name="Harm", value=0.98), Thing(name="Fresh", value=0.97)],
        "reasons": [Thing(text=t, against=a) for t, a in (("Live animal, 6 for sale", False), ("CITES Appendix I", False), ("Posted 2 hours ago", False), ("Closed ring claimed, none shown", True))],
        "listing": Thing(url="https://mercado.example/ad/265370482", title="African grey parrot, hand tame, 6 available", platform="Mercado", host="mercado.example",
                         number="265370482", price="€ 1,250 each", seller="birdroom_lx", location="Lisbon, ships to EU", first_seen=ago(hours=2)),
        "text": PARROT_TEXT, "counts": Thing(taxon=2, trade=5, against=1), "taxa": [PARROT],
        "evidence": [picture(), picture("screenshot", caption="Not marked clean yet, so it will not leave with a notice.")],
        "reports": [Thing(reason="Six chicks at once, papers ‘can be arranged’, moves the talk to another app.", level="trusted", at=ago(hours=2), category="live",
                          legality_evidence="claimed", confidence="likely", access="public", replies=[]),
                    Thing(reason="Grey parrot, not sure about the ring.", level="probation", at=ago(hours=1), category="live", legality_evidence=None, confidence=None,
                          access="logged_in", replies=[Thing(question="Is the ring closed?", at=ago(minutes=50), reply="I can’t tell.")])],
        "related": [Thing(id="c0", title="Congo grey, tame, cage incl.", why="Same photo, distance 6 of 256.", state="closed")],
        "notice": None, "hold": None, "history": [Thing(at=ago(hours=2), text="opened by the first report")],
    }  # fmt: skip
    return Thing(**(values | more))


def queue(*, empty: bool = False, hard: bool = False) -> Thing:
    """The queue as cases/queue.html wants it."""
    titles = [("African grey parrot, hand tame, 6 available", 86, "live, Appendix I"), ("Old ox-bone colour figure, crossed lines, no papers", 81, "tusk words, 1.1 kg"),
              ("Star tortoise pair, young, message for price", 79, "live, Appendix I"), ("穿山甲 鳞片 粉 100g 包邮 (pangolin scale powder)", 64, "Appendix I, 100 g"),
              ("Peyote-like cactus, 30 years, wild-dug, bare root", 52, "wild-dug, Appendix II"), ("Ivory satin evening dress, size 12", 4, "colour word")]  # fmt: skip
    if hard:
        titles = [(LONG, 100, "live, " * 12), (THAI, 70, "live"), (ARABIC, 40, "live"), ("x" * 400, 0, "")]
    items = [] if empty else [
        Thing(id=f"c{n}", title=title, priority=score, why=why, company=["Mercado", "Tradepost"][n % 2], routed=n != 3, created_at=ago(hours=n * 9 + 2),
              report_count=3 - n % 3, thumb_url="/picture/blurred.svg" if n % 3 else None, state="open")
        for n, (title, score, why) in enumerate(titles, 1)
    ]  # fmt: skip
    return Thing(tabs=tabs("All", "No route", "Held", "Notified", "Answered"), q="", total=len(items), oldest=None if empty else ago(days=3, hours=4),
                 last_decided=ago(hours=2), next_url=None if empty else "#", query="", items=items)  # fmt: skip


def desk(panel: str | None = None, form: Form | None = None, **more: Any) -> dict[str, Any]:
    """The context of the desk's pages."""
    checks = [Thing(text="Exact address, species, listing with its date", state="good"), Thing(text="What in the ad shows the offer: 7 words", state="good"),
              Thing(text="Screenshot not marked clean: goes without it", state="warn"), Thing(text="Good faith is not ticked", state="bad")]  # fmt: skip
    values = {"queue": queue(), "place": Thing(number=1, total=42), "case": case(), "route": ROUTE, "may_decide": True, "why_not": "", "panel": panel,
              "form": form, "checks": checks, "others": 2, "changed": None}  # fmt: skip
    return values | more


HARD_LISTING = Thing(
    url=UNBROKEN,
    title=LONG,
    platform=None,
    host="y" * 70 + ".example",
    number="9" * 60,
    price="1" * 60,
    seller=ARABIC,
    location=THAI,
    first_seen=ago(days=400),
)
ANSWERED = Thing(
    id="n1", reference="N-0311", sent_at=ago(days=3), answer_by=NOW + timedelta(days=4), delivery="failed", withdrawable=True,
    attempts=[Thing(at=ago(days=3), said="451 try again later"), Thing(at=ago(days=3), said="550 no such person")],
    answers=[Thing(answer="not_violating", reason="The seller showed a certificate.", at=ago(days=1), via="mail")],
)  # fmt: skip

SPOTTER = Thing(name="Kestrel", role="spotter", email="ana@example.org")
COORDINATOR = Thing(name="Coordinator", role="coordinator", email="cora@example.org")


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Every page of the gallery: name -> (template, context)."""
    from tests.browser import gallery_more

    people = [Thing(name="Ana", role="spotter", email="ana@spotter.example", password="swift-river-lamp")]
    gate = Thing(detail="You need to finish the training before reporting.", extra={"training_url": "/training"})
    token = Thing(
        id="t1", label="Chromium on Linux", scope="reports:write", created_at=ago(days=9), last_used_at=ago(hours=3)
    )
    facts = [
        ("Offered", "Live animal"),
        ("Species", "Grey parrot"),
        ("Papers", "Papers claimed, none shown"),
        ("Reason", "Six chicks at once."),
    ]
    feedback = [Thing(at=ago(days=2), text="A coordinator has looked.", speaker=""), Thing(at=ago(days=1), text="Live protected species are not allowed here.", speaker="Mercado")]  # fmt: skip
    shown: dict[str, tuple[str, dict[str, Any]]] = {
        "sign-in": ("accounts/sign_in.html", {"form": SignIn(), "locked": None, "demo_people": people}),
        "sign-in-wrong": ("accounts/sign_in.html", {"form": wrong(SignIn(), email="This address and this password do not go together."),
                                                    "locked": "Too many attempts. Try again at 11:27 UTC, or write to us.", "demo_people": []}),
        "join": ("accounts/join.html", {"form": Join()}),
        "join-wrong": ("accounts/join.html", {"form": wrong(Join(), email="Type an address with an @.", adult="Spotters are 18 or older.")}),
        "join-sent": ("accounts/join_sent.html", {"email": "somebody@example.org"}),
        "set-password": ("accounts/set_password.html", {"form": Password(), "account": SPOTTER}),
        "device": ("accounts/device.html", {"form": Code(), "grant": None, "me": SPOTTER}),
        "device-confirm": ("accounts/device.html", {"form": Code(), "grant": Thing(user_code="WDJBMJHT", label="Chromium on Linux", created_at=NOW), "me": SPOTTER}),
        "device-done": ("accounts/device_done.html", {"approved": True, "me": SPOTTER}),
        "profile": ("accounts/profile.html", {"me": SPOTTER, "standing": Thing(standing="active", level="trusted", until=NOW + timedelta(days=300), why=""), "tokens": [token], "account": SPOTTER}),
        "reports": ("reports/index.html", my_reports([QUESTION], ON_WAY, FINISHED) | {"me": SPOTTER, "counts": {"needs_answer": 1}}),
        "reports-none": ("reports/index.html", my_reports([], [], []) | {"me": SPOTTER}),
        "reports-gate": ("reports/index.html", my_reports([], [], [], gate) | {"me": SPOTTER}),
        "reports-hard": ("reports/index.html", my_reports([], HARD, HARD) | {"me": SPOTTER}),
        "report": ("reports/show.html", {"report": FINISHED[0], "facts": facts, "feedback": feedback, "evidence": [picture(), picture("screenshot", looked=True)], "me": SPOTTER}),
        "report-asked": ("reports/show.html", {"report": QUESTION, "facts": facts, "feedback": [], "evidence": [], "me": SPOTTER}),
        "report-new": ("reports/new.html", {"form": Report(), "refusal": None, "me": SPOTTER}),
        "report-new-wrong": ("reports/new.html", {"form": wrong(Report(data={"url": UNBROKEN}), url="This address is longer than 4,096 characters.", category="Choose what is offered.", reason="Say why you suspect it."), "refusal": None, "me": SPOTTER}),
        "report-received": ("reports/received.html", {"report": FINISHED[0], "me": SPOTTER}),
        "queue": ("cases/queue.html", desk() | {"me": COORDINATOR, "counts": {"queue": 42}}),
        "queue-empty": ("cases/queue.html", desk(queue=queue(empty=True), case=None) | {"me": COORDINATOR}),
        "case": ("cases/show.html", desk() | {"me": COORDINATOR, "counts": {"queue": 42}}),
        "case-hard": ("cases/show.html", desk(queue=queue(hard=True), route=None, place=None, case=case(listing=HARD_LISTING, text=marked(LONG, (THAI, "taxon")), evidence=[picture(ready=False)])) | {"me": COORDINATOR}),
        "case-notified": ("cases/show.html", desk(case=case(state="answered", notice=ANSWERED, hold=Thing(why="police_first", until=NOW, reason="Asked by the police."))) | {"me": COORDINATOR}),
        "decide-notify": ("cases/decide.html", desk("notify", Notify()) | {"me": COORDINATOR, "counts": {"queue": 42}}),
        "decide-wrong": ("cases/decide.html", desk("notify", wrong(Notify(), provision="Name the provision.", good_faith="Tick this, or do not send."), changed="Dan held it at 11:02.") | {"me": COORDINATOR}),
        "decide-hold": ("cases/decide.html", desk("hold", Other()) | {"me": COORDINATOR}),
        "decide-answer": ("cases/decide.html", desk("answer", Other(), case=case(state="notified", notice=ANSWERED)) | {"me": COORDINATOR}),
    }  # fmt: skip
    return shown | gallery_more.pages()


HERE = {
    "reports": "/reports",
    "report": "/reports",
    "queue": "/cases",
    "case": "/cases",
    "decide": "/cases",
    "inbox": "/notices",
    "notice": "/notices",
    "people": "/people",
}


# --- Showing it ------------------------------------------------------------------------------------------------------


def make_app() -> Flask:
    """A tiny site of the gallery: /<name>?theme=dark&dir=rtl. Under the same content policy as the real one."""
    app = Flask("server", root_path=str(ROOT / "server"), static_folder="static", template_folder="templates")
    app.secret_key = "gallery"
    app.jinja_env.globals.update(csrf_token=lambda: "token", wording=wording)
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    shown = pages()

    @app.get("/picture/<name>")
    def picture_of(name: str) -> tuple[str, dict[str, str]]:
        inner = '<circle cx="90" cy="60" r="40" fill="#7c8a86"/><rect y="110" width="200" height="40" fill="#8a6a55"/>'
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="20 0 150 150" preserveAspectRatio="xMidYMid slice"><filter id="b"><feGaussianBlur stdDeviation="{8 if "blurred" in name else 0.1}"/></filter><rect width="200" height="150" fill="#a3a38f"/><g filter="url(#b)">{inner}</g></svg>',
            {"Content-Type": "image/svg+xml"},
        )

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
        )
        rtl = request.args.get("dir") == "rtl"
        frame = {
            "settings": settings,
            "locale": Thing(lang="ar" if rtl else "en", dir="rtl" if rtl else "ltr"),
            "theme": request.args.get("theme"),
            "me": None,
            "now": NOW,
            "here": HERE.get(name.partition("-")[0], f"/{name}"),
        }
        return render_template(template, **(frame | context))

    @app.after_request
    def policy(response: Any) -> Any:
        from server.web import CSP

        response.headers["Content-Security-Policy"] = CSP
        return response

    return app


def serve() -> tuple[BaseWSGIServer, str]:
    """The gallery on a free port; `shutdown()` ends it."""
    server = make_server("127.0.0.1", 0, make_app(), threaded=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server, f"http://127.0.0.1:{server.server_port}"


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


def main(folder: Path, names: list[str]) -> None:
    """Write the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    server, base = serve()
    driver = browser()
    try:
        for name in names or pages():
            for width in (320, 360, 1280):
                for theme in ("light", "dark"):
                    resize(driver, width)
                    driver.get(f"{base}/_/{name}?theme={theme}")
                    size = driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
                    resize(driver, width, min(int(size["height"]), 5000) if width < 900 or "case" not in name else 1040)
                    shot = driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": False})
                    (folder / f"{name}-{width}-{theme}.png").write_bytes(base64.b64decode(shot["data"]))
            for entry in driver.get_log("browser"):
                print(name, entry["level"], entry["message"])
    finally:
        driver.quit()
        server.shutdown()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
