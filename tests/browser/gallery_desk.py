"""The gallery's contents for those who report and those who decide; invented, in three sizes where it matters:
nothing, much, and very long (a title of 1,000 characters, Thai, Arabic)."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace as Thing
from typing import Any

from flask import Flask
from wtforms import Form

from server.core import wording
from server.core.reasons import Reason, ReasonCode
from server.core.sentences import sentence
from server.core.words import Answer, Decision, DeliveryState, Sender, Status
from server.journeys.report.claiming import SECOND_OPINION
from server.ledger.cases import naming, reason_picks
from server.ledger.cases.pick import AdSigns
from server.ledger.notices.thread import EntryKind, ThreadEntry
from server.pages.accounts.forms import (
    DeviceForm,
    EraseOneselfForm,
    ForgottenForm,
    JoinForm,
    MailsForm,
    PasswordForm,
    SignInForm,
)
from server.pages.cases.carried_form import FormSentForm
from server.pages.cases.forms import MANY, PANELS, CoordinatorReplyForm, LinkForm, UndoLinkForm, WithdrawForm
from server.pages.reports.address import AboutAddress
from server.pages.reports.forms import ReportForm, RetractForm
from server.reads.my_reports import TABS
from server.reads.my_search import Sought
from server.reads.ready_reasons import ReadyReason

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


def blank(form: type[Form], **data: Any) -> Form:
    """A room's own form as it is first shown, with `data` filled in."""
    with Flask("forms").app_context():
        return form(formdata=None, meta={"csrf": False}, **data)


def wrong(form: Form, **errors: str) -> Form:
    """The form as it comes back: with errors at the named fields."""
    for name, message in errors.items():
        form[name].errors = [message]
    return form


# --- Contents ---------------------------------------------------------------------------------------------------------


def report(title: str, status: Status, **more: Any) -> Thing:
    """One report as its spotter sees it."""
    when = {"received": "17 Nov", "looked": "17 Nov", "notified": "18 Nov", "answered": "19 Nov", "answer_by": "1 Dec"}
    values: dict[str, Any] = {
        "id": "r1", "reference": "R-0971", "title": title, "host": "mercado.example", "received_at": ago(hours=3), "status": status, "phrase": wording.STATUS[status],
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
    report("Ivory satin evening dress, size 12", Status.DISMISSED, id="r5", trail=wording.trail(Status.DISMISSED, received="12 Nov", looked="13 Nov"), sentence="Here “ivory” is the colour of a fabric, so no notice was sent."),
]  # fmt: skip
GONE = report(
    "Star tortoise pair, young, message for price", Status.REMOVED, gone=wording.moment(NOW, NOW),
    said=Thing(speaker="Mercado", text="Live protected species are not allowed here."),
    trail=wording.trail(Status.REMOVED, received="17 Nov", looked="17 Nov", notified="18 Nov", answered="19 Nov", checked=wording.moment(NOW, NOW)),
)  # fmt: skip
HARD = [
    report(LONG, Status.NO_ANSWER, id="r6"),
    report(THAI, Status.IN_REVIEW, id="r7"),
    report(ARABIC, Status.RESTRICTED, id="r8", host="x" * 80 + ".example"),
]


OPINIONS = {
    "counts": {"flag": 2, "innocent": 0, "cannot_tell": 1},
    "given": [Thing(said="flag", why="Open rings, and papers “can be arranged”.", at=ago(hours=2)), Thing(said="flag", why=None, at=ago(hours=1)), Thing(said="cannot_tell", why=LONG, at=ago(minutes=5))],
}  # fmt: skip


def tabs(*names: str) -> list[Thing]:
    """Tabs, the first one current."""
    return [Thing(name=name, url="#", count=max(12 - n * 3, 1), current=n == 0) for n, name in enumerate(names)]


ANYTHING = Sought()


def my_reports(
    waiting: list[Thing],
    on_way: list[Thing],
    finished: list[Thing],
    gate: Thing | None = None,
    sought: Sought = ANYTHING,
) -> dict[str, Any]:
    """The context of reports/index.html."""
    number = len(waiting) + len(on_way) + len(finished)
    return {
        "totals": Thing(all=number, removed=7, ended=2, dismissed=1, on_way=len(on_way), withdrawn=1, waiting=len(waiting)), "gate": gate, "waiting": waiting,
        "on_way": on_way, "finished": finished, "tabs": tabs(*(name for name, _ in TABS.values())), "next_url": "#" if number > 3 else None,
        "sought": sought, "tab": "all",
        "choices": {"platforms": [("mercado", "Mercado"), ("tradepost", "Tradepost")], "months": [("2026-11", wording.month("2026-11-01")), ("2026-10", wording.month("2026-10-01"))]} if number else None,
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


NAMED = {"id": "c1", "reference": "C-7K3M9-Q2XWT", "title": "African grey parrot, hand tame, 6 available"}
LINKED = [
    {"id": "c2", "reference": "C-5N4RT-8HB2E", "title": "Congo grey, tame, cage incl.", "host": "mercado.example", "state": "answered", "answer": Answer.REMOVED,
     "removed_at": NOW - timedelta(days=12), "shares": [{"kind": "photo", "text": sentence("The same photo, slightly changed"), "keys": [], "by_hand": False}]},
    {"id": "c3", "reference": "C-1QD7V-WX0M4", "title": "Grey parrots, 2 left " * 40, "host": "tradepost.example", "state": "open", "answer": None,
     "removed_at": None, "shares": [{"kind": "text", "text": sentence("%(share)s %% of the text is the same", share=81), "keys": [], "by_hand": False},
                                    {"kind": "seller", "text": sentence("The same seller"), "keys": [sentence("account"), sentence("phone number")], "by_hand": False}]},
    {"id": "c4", "reference": "C-99ZTB-K3N5C", "title": "ببغاء رمادي أفريقي", "host": "suq.example", "state": "notified", "answer": None, "removed_at": None,
     "shares": [{"kind": "seller", "text": sentence("The same seller, linked by a coordinator"), "keys": [], "by_hand": True}]},
]  # fmt: skip
STORIES = [
    {"kind": "photo", "text": sentence("The same photo, slightly changed"), "keys": [], "by_hand": False, "exact": sentence("%(bits)s of 256 bits differ", bits=12),
     "made": sentence("Found automatically, %(when)s", when=wording.moment(NOW - timedelta(days=2), NOW)), "why": None, "undone": None, "undone_why": None},
    {"kind": "seller", "text": sentence("The same seller, linked by a coordinator"), "keys": [], "by_hand": True, "exact": None,
     "made": sentence("Linked by %(name)s, %(when)s", name="Cora", when=wording.moment(NOW - timedelta(days=2), NOW)), "why": "The same garden wall in both.",
     "undone": sentence("Undone by %(name)s, %(when)s", name="Dan", when=wording.moment(NOW, NOW)), "undone_why": "The wall is a park’s."},
]  # fmt: skip
SIDES = [
    LINKED[place] | NAMED | {"id": f"c{place}", "reference": reference, "url": "https://www.mercado.example/itm/265370482", "first_seen": NOW - timedelta(days=3),
     "pieces": [{"text": "Beautiful African grey congo chicks, hand tame, ", "kind": None}, {"text": words, "kind": "differs"}, {"text": ". Talkers guaranteed.", "kind": None}],
     "pictures": [picture("screenshot")] if place == 0 else []}
    for place, reference, words in ((0, "C-7K3M9-Q2XWT", "14 weeks old"), (1, "C-5N4RT-8HB2E", "ready to go, 2 left"))
]  # fmt: skip


def in_sight(*first: Thing, more: Sequence[Thing] = (), opened: bool = False, page: str | None = None) -> Thing:
    """A case's pictures, in sight and folded."""
    return Thing(first=first, more=more, kinds=Counter(each.kind for each in more), opened=opened, page=page)


def case(**more: Any) -> Thing:
    """One case as cases/show.html wants it."""
    values: dict[str, Any] = {
        "id": "c1", "reference": "C-0417", "version": 3, "state": "open", "priority": 86, "created_at": ago(hours=2),
        "parts": [Thing(name="Likely", value=0.91), Thing(name="Harm", value=0.98), Thing(name="Fresh", value=0.97)],
        "sum": "100 × likelihood 0.91 × (0.5 × harm 0.98 + 0.3 × freshness 0.97 + 0.2 × voices 0.70)", "model_version": None,
        "reasons": [Thing(text=t, against=a) for t, a in (("Live animal, 6 for sale", False), ("CITES Appendix I", False), ("Posted 2 hours ago", False), ("Closed ring claimed, none shown", True))],
        "listing": Thing(url="https://mercado.example/ad/265370482", title="African grey parrot, hand tame, 6 available", platform="Mercado", host="mercado.example",
                         number="265370482", price="€ 1,250 each", seller="birdroom_lx", location="Lisbon, ships to EU", first_seen=ago(hours=2)),
        "company_sees": Thing(screenshot=True, later=[]), "text": PARROT_TEXT, "counts": Thing(taxon=2, trade=5, against=1), "taxa": [PARROT],
        "pictures": in_sight(picture(clean=True, marked=wording.moment(ago(hours=2), NOW), caption="It may be sent with a notice."), picture("screenshot", caption="Not marked clean yet, so it will not be sent with a notice.")),
        "questions": [Thing(text="Is the ring closed?", at=ago(minutes=50), waiting=1, answers=[Thing(text="I can’t tell.", at=ago(minutes=40), report=2, pictures=[
            picture("answer", clean=True, marked=wording.moment(ago(minutes=25), NOW), caption="The company does not see it.")])])], "new_answers": 1,
        "reports": [Thing(reason="Six chicks at once, papers ‘can be arranged’, moves the talk to another app.", level="trusted", at=ago(hours=2), category="live",
                          legality_evidence="claimed", confidence="likely", access="public"),
                    Thing(reason="Grey parrot, not sure about the ring.", level="probation", at=ago(hours=1), category="live", legality_evidence=None, confidence=None,
                          access="logged_in",
                          additions=[Thing(at=ago(minutes=30), text="The seller now offers a second one.", pictures=["answer_2"])],
                          pictures={"answer_2": picture("answer", caption="Not marked clean yet, so it will not be sent with a notice.")}, retracted=True,
                          doubts=[Thing(at=ago(minutes=20), text="I withdraw this report. It is about the wrong ad.")])],
        "seen_before": {"cases": LINKED[:5], "count": 12},
        "notice": None, "earlier_notices": [], "hold": None, "history": [Thing(at=ago(hours=2), text="opened by the first report")], "unseen": 0, "report_count": 3,
    }  # fmt: skip
    values |= more
    values["evidence"] = [*values["pictures"].first, *values["pictures"].more]
    ad = values["listing"]
    values["listing"] = Thing(**(vars(ad) | {"name": naming.name(ad.title, ad.url)}))
    return Thing(**values)


def queue(*, empty: bool = False, hard: bool = False) -> Thing:
    """The queue as cases/queue.html wants it."""
    titles = [("African grey parrot, hand tame, 6 available", 86, "live, Appendix I"), ("Old ox-bone colour figure, crossed lines, no papers", 81, "tusk words, 1.1 kg"),
              ("Star tortoise pair, young, message for price", 79, "live, Appendix I"), ("穿山甲 鳞片 粉 100g 包邮 (pangolin scale powder)", 64, "Appendix I, 100 g"),
              ("Peyote-like cactus, 30 years, wild-dug, bare root", 52, "wild-dug, Appendix II"), ("Ivory satin evening dress, size 12", 4, "colour word")]  # fmt: skip
    if hard:
        titles = [(LONG, 100, "live, " * 12), (THAI, 70, "live"), (ARABIC, 40, "live"), ("x" * 400, 0, "")]
    items = [] if empty else [
        Thing(id=f"c{n}", title=title, priority=score, why=[why], company=["Mercado", "Tradepost"][n % 2], routed=n != 3, created_at=ago(hours=n * 9 + 2),
              report_count=3 - n % 3, thumb_url="/picture/blurred.svg" if n % 3 else None, state="open" if n != 4 else "notified", version=n, asked_at=ago(hours=3) if n == 2 else None,
              claim=MINE if n == 1 else DANS if n == 3 else None)
        for n, (title, score, why) in enumerate(titles, 1)
    ]  # fmt: skip
    options = [(f"platform-{n}", LONG if n == 3 else f"Platform {n}") for n in range(40)]
    filters = [
        {"name": "platform", "label": "Platform", "options": options, "value": ""},
        {
            "name": "group",
            "label": "Species group",
            "options": list(wording.GROUP.items()),
            "value": "bird" if hard else "",
        },
    ]
    return Thing(tab="waiting", filters=filters, filtered=hard, linked_to="", save_url=None if empty else "#", saved=[] if empty else [Thing(name=name, url="#", count=None, current=not n) for n, name in enumerate(("Mine, birds", ARABIC, UNBROKEN[:60]))], whole_url="#", tabs=tabs("All", "No route", "Held", "Notified", "Answered"), q="", total=len(items), oldest=None if empty else ago(days=3, hours=4),
                 last_decided=ago(hours=2), next_url=None if empty else "#", here_url="#", kept={"tab": "waiting"}, found=None if empty else "The first 200 found" if hard else "All 173 found", undoable=[] if empty else UNDOABLE, items=items, colleagues=[("dan", "Dan"), ("omar", ARABIC)], alarms=0 if empty else 1)  # fmt: skip


SHOWN: dict[ReasonCode, dict[str, Any]] = {
    ReasonCode.NO_PAPERS: {}, ReasonCode.HIDDEN_WORD: {"word": "1v0ry", "term": "ivory"}, ReasonCode.QUANTITY: {"number": 6},
    ReasonCode.AGAINST_WORD: {"word": "satin", "against": ARABIC},
}  # fmt: skip
UNDOABLE = [
    {
        "decision": "notify",
        "seconds": None,
        "sent_to": None,
        "cases": [{"id": "c6", "version": 2, "title": "Ivory figure"}],
    },
    {
        "decision": "notify",
        "seconds": 9,
        "sent_to": "Mercado",
        "cases": [{"id": "c7", "version": 2, "title": "Star tortoise pair, young"}],
    },
    {
        "decision": "dismiss",
        "seconds": 118,
        "sent_to": None,
        "cases": [{"id": f"c{n}", "version": 2, "title": None} for n in range(8, 20)],
    },
]


OWN_PICKS = [
    ReadyReason("own-1", "Lines", "The surface shows the crossing lines of ivory.", "en", {}, "7"),
    ReadyReason("own-2", ARABIC[:60], ARABIC, "ar", {}, "8"),
    ReadyReason("own-3", "W" * 60, LONG, "en", {}, "9"),
    ReadyReason("own-4", "Unworked", "It appears to be unworked.", "en", {}, ""),
    ReadyReason("own-5", THAI[:60], THAI, "th", {}, "", foreign=True),
]


def many(panel: str, form: Form, refused: dict[str, str] | None = None) -> dict[str, Any]:
    """The context of cases/many.html."""
    chosen = [
        {"id": f"c{n}", "reference": "C-7K3M9-Q2XWT", "title": title} for n, title in enumerate((LONG, THAI, ARABIC))
    ]
    return {"panel": panel, "form": form, "chosen": chosen, "versions": {"c0": 1, "c1": 2, "c2": 3}, "refused": refused or {},
            "picks": [*OWN_PICKS], "queue": queue(), "case": None, "me": COORDINATOR}  # fmt: skip


KINDS_KEPT = ["screenshot", "full_page", *("photo",) * 3]
BUSY = in_sight(
    *(picture(kind, id=f"first-{number}") for number, kind in enumerate(KINDS_KEPT)),
    more=[picture(kind, id=f"more-{n}-{number}") for n in range(9) for number, kind in enumerate(KINDS_KEPT)],
    page="A copy of the page’s text, kept as a file. It is never opened here.",
)


def desk(panel: str | None = None, form: Form | None = None, **more: Any) -> dict[str, Any]:
    """The context of the desk's pages."""
    checks = [Thing(text="Exact address, species, listing with its date", state="good"), Thing(text="What in the ad shows the offer: 7 words", state="good"),
              Thing(text="Screenshot not marked clean: goes without it", state="warn"), Thing(text="Good faith is not ticked", state="bad")]  # fmt: skip
    values = {"queue": queue(), "place": Thing(number=1, total=42), "case": case(), "route": ROUTE, "may_decide": True, "opinion_wanted": None, "opinion_waits": False, "decidable": True, "why_not": "", "panel": panel,
              "claim": MINE, "colleagues": [("dan", DANS.name), ("eve", "Eve")],
              "form": form, "checks": checks, "others": 2, "changed": None, "preview": PREVIEW, "reply_form": blank(CoordinatorReplyForm), "withdraw_form": blank(WithdrawForm), "sent_form": blank(FormSentForm, sent_at=NOW)}  # fmt: skip
    if panel in set(Decision):
        ad = AdSigns(
            category="live",
            protected=True,
            routed=True,
            reasons=[Reason(code, None, params) for code, params in SHOWN.items()],
        )
        values["picks"] = [
            ReadyReason(pick.code, pick.label, pick.text, "en", pick.fields, str(number))
            for number, pick in enumerate(reason_picks.choose(Decision(panel), ad), 1)
        ] + OWN_PICKS
    if form is not None and "taxa" in form:  # as panel.choose gives them
        form.listed_taxa, form.covering = values["case"].taxa, []
        form.taxa.choices = []
        if "known_law" in form:
            form.known_law.choices = [
                ("eu", "European Union: Regulation (EC) No 338/97, Article 8(1)"),
                ("other", "Another provision: name it"),
            ]
            form.policy_reference.choices = [
                ("", "No clause: the policy as a whole"),
                ("a", "Rule 4: live wild animals"),
            ]
    return values | more


PREVIEW = {
    "missing": ["Say why it is suspected, in at least one sentence."],
    "to": {"company": "Mercado", "spoc": LONG[:80], "channel": "mail", "address": f"{'notices' * 12}@mercado.example"},
    "facts": [("Address", [UNBROKEN]), ("Title", [ARABIC]), ("Reason", [THAI])],
}


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
    attempts=[Thing(at=ago(days=3), text="451 try again later"), Thing(at=ago(days=3), text="550 no such person")],
    company="Mercado", our_turn_since=None, answered=True, deliveries={},
    thread=[ThreadEntry(ago(days=1), Sender.COMPANY, EntryKind.ANSWER, "The seller showed a certificate.", Answer.NOT_VIOLATING, "mail")],
)  # fmt: skip

# Every field of a notice, some very long; of a reply, its reference alone.
FIELDS = [
    ("Reference", "N-0311"), ("Address", UNBROKEN), ("Title", LONG), ("Seller", ARABIC), ("Price", "120 €"), ("Suspected", "Grey parrot, Psittacus erithacus\nCITES Appendix I, all populations, since 2 January 2017"),
    ("Reason", "Two chicks without rings.\nThe ad names no papers."), ("Basis", "Your policy: 4.2\nhttps://mercado.test/policy"), ("Good faith", "Wildlife Watch believes in good faith that this notice is accurate and complete."),
    ("Organisation", "Wildlife Watch"), ("Email address", "notices@wildlife.test"), ("Answer by", "Wednesday 25 November"), ("Where to answer", "https://spotter.test/answers/" + "x" * 60),
]  # fmt: skip
CARRIED = {
    "message_id": "m1",
    "url": UNBROKEN,
    "fields": FIELDS,
    "text": "One listing on Mercado may offer live animals. Please look.\n\nTitle: " + LONG + "\nSeller: " + ARABIC,
}
TO_FILL_IN = Thing(**(vars(ANSWERED) | {"delivery": "queued", "attempts": [], "thread": [], "answered": False, "form": CARRIED}))  # fmt: skip
STATED = [
    {"what": sentence("Notice carried to the company’s form"), "at": ago(days=3), "receipt": "MX-2026-000417"},
    {"what": sentence("Reply carried to the company’s form"), "at": None, "receipt": UNBROKEN},
]
TO_FILL_IN_A_REPLY = Thing(**(vars(TO_FILL_IN) | {"carried": STATED, "form": CARRIED | {"fields": FIELDS[:1], "text": "N-0311\n\nAll six.\n"}}))  # fmt: skip
PACED = Thing(**(vars(ANSWERED) | {"delivery": "queued", "attempts": [], "thread": [], "answered": False, "paced_until": NOW + timedelta(minutes=42), "most_an_hour": 30}))  # fmt: skip
REMINDED = Thing(**(vars(ANSWERED) | {"delivery": "delivered", "attempts": [], "thread": [], "answered": False, "reminder_at": NOW + timedelta(days=2)}))  # fmt: skip
REMOVED = Thing(**(vars(ANSWERED) | {"delivery": "delivered", "thread": [ThreadEntry(ago(days=1), Sender.COMPANY, EntryKind.ANSWER, "Not allowed here.", Answer.REMOVED, "link")]}))  # fmt: skip
# A question that waits, after one that had its reply; and what a replaced notice leaves.
EXCHANGE = [
    ThreadEntry(ago(days=2), Sender.COMPANY, EntryKind.QUESTION, "Which of the six birds do you mean?", Answer.NEED_INFO, "portal"),
    ThreadEntry(ago(days=2), Sender.COORDINATOR, EntryKind.REPLY, "All six.\nThe second picture shows their rings.", message_id="m1"),
    ThreadEntry(ago(days=1), Sender.COMPANY, EntryKind.REPLY, ARABIC),
    ThreadEntry(ago(hours=3), Sender.COMPANY, EntryKind.QUESTION, LONG, Answer.MOVED, "api", {"url": UNBROKEN, "company_reference": "MRC-77", "ground": "policy",
          "actions": ["hidden in 27 countries", "seller warned"], "automated": False, "redress_url": UNBROKEN}),
]  # fmt: skip
ASKED = Thing(**(vars(ANSWERED) | {"delivery": "delivered", "our_turn_since": ago(hours=3), "thread": EXCHANGE, "deliveries": {"m1": DeliveryState.DELIVERED}}))  # fmt: skip
WAS_REMINDED = [
    Thing(at=ago(days=7), text="Notified: Six chicks at once, none with papers."),
    Thing(at=ago(days=1), text="Reminded of notice N-0311 before its answer was due"),
]
CHECKED = [
    Thing(at=ago(days=3), text="Notified: Six chicks at once, none with papers."),
    Thing(at=ago(hours=20), text="Asked to look again: the company says that it is gone"),
    Thing(at=ago(hours=3), text="A spotter checked: still there. “" + "Same pictures, other title. " * 9 + "”"),
]

SPOTTER = Thing(name="Kestrel", role="spotter", email="ana@example.org", mails="step")
COORDINATOR = Thing(id="cora", name="Coordinator", role="coordinator", email="cora@example.org")
MINE = Thing(
    account_id="cora",
    name="Coordinator",
    until=ago(minutes=-29),
    given_by="Dan Montgomery-Lindqvist of the wildlife desk",
)
DANS = Thing(
    account_id="dan", name="Dan Montgomery-Lindqvist of the wildlife desk", until=ago(hours=-20), given_by=None
)


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    people = [Thing(name="Ana", role="spotter", email="ana@spotter.example", password="swift-river-lamp")]
    gate = Thing(standing="none", lessons_left=2, minutes_left=3, left="training")
    token = Thing(
        id="t1", label="Chromium on Linux", scope="reports:write", created_at=ago(days=9), last_used_at=ago(hours=3)
    )
    facts = [
        ("Offered", "Live animal"),
        ("Species", "Grey parrot"),
        ("Permits or documents", "Permit or document claimed, none shown"),
        ("Reason", "Six chicks at once."),
    ]
    feedback = [Thing(at=ago(days=2), text="A coordinator has looked.", speaker=""), Thing(at=ago(days=1), text="Live protected species are not allowed here.", speaker="Mercado")]  # fmt: skip
    return {
        "sign-in": ("accounts/sign_in.html", {"form": blank(SignInForm), "locked": None, "demo_people": people}),
        "sign-in-wrong": ("accounts/sign_in.html", {"form": wrong(blank(SignInForm), email="This address and this password do not go together."),
                                                    "locked": "Too many attempts. Try again at 11:27 UTC, or write to us.", "demo_people": []}),
        "join": ("accounts/join.html", {"form": blank(JoinForm)}),
        "join-wrong": ("accounts/join.html", {"form": wrong(blank(JoinForm), email="Type an address with an @.", adult="Spotters are 18 or older.")}),
        "join-sent": ("accounts/join_sent.html", {"email": "somebody@example.org", "again": "/join"}),
        "forgotten": ("accounts/forgotten.html", {"form": blank(ForgottenForm)}),
        "forgotten-sent": ("accounts/join_sent.html", {"email": "somebody@example.org", "again": "/forgotten"}),
        "sign-in-link-sent": ("accounts/join_sent.html", {"email": "somebody@example.org", "again": "/sign-in/link"}),
        "set-password": ("accounts/set_password.html", {"form": blank(PasswordForm), "email": "somebody@example.org", "action": "#"}),
        "device": ("accounts/device.html", {"form": blank(DeviceForm), "grant": None, "me": SPOTTER}),
        "device-confirm": ("accounts/device.html", {"form": blank(DeviceForm, label="Chromium on Linux"), "grant": Thing(code="WDJB-MJHT", asked_at=NOW), "me": SPOTTER}),
        "device-done": ("accounts/device_done.html", {"approved": True, "label": "Chromium on Linux", "me": SPOTTER}),
        "profile": ("accounts/profile.html", {"me": SPOTTER, "standing": Thing(standing="active", level="trusted", until=NOW + timedelta(days=300), why=""), "tokens": [token, Thing(**(vars(token) | {"label": "x" * 60, "last_used_at": None}))], "account": SPOTTER, "reminders": True, "mails_form": blank(MailsForm, mails="outcome")}),
        "profile-suspended": ("accounts/profile.html", {"me": SPOTTER, "standing": Thing(standing="suspended", level=None, until=None, why=f"Four reports named no ad. {ARABIC} {UNBROKEN}"), "tokens": [], "account": SPOTTER, "reminders": True, "mails_form": blank(MailsForm, mails="outcome")}),
        "profile-wrong": ("accounts/profile.html", {"me": SPOTTER, "standing": None, "tokens": [], "account": SPOTTER, "reminders": None, "mails_form": wrong(blank(MailsForm), mails="Choose one.")}),
        "erase-oneself": ("accounts/erase.html", {"form": wrong(blank(EraseOneselfForm), sure="Tick this to continue.", password="The password is not right."), "me": SPOTTER}),
        "erased": ("accounts/erased.html", {}),
        "reports": ("reports/index.html", my_reports([QUESTION], ON_WAY, FINISHED) | {"me": SPOTTER, "nav_counts": {"needs_answer": 1}}),
        "reports-none": ("reports/index.html", my_reports([], [], []) | {"me": SPOTTER}),
        "reports-gate": ("reports/index.html", my_reports([], [], [], gate) | {"me": SPOTTER}),
        "reports-suspended": ("reports/index.html", my_reports([], ON_WAY, FINISHED, Thing(standing="suspended")) | {"me": SPOTTER}),
        "reports-nothing-found": ("reports/index.html", my_reports([], [], [], sought=Sought("narwhal", "mercado", "2026-10")) | {"me": SPOTTER, "totals": Thing(all=9, removed=7, ended=2, on_way=0, waiting=0), "choices": {"platforms": [("mercado", "Mercado")], "months": [("2026-10", wording.month("2026-10-01"))]}}),
        "reports-hard": ("reports/index.html", my_reports([], HARD, HARD) | {"me": SPOTTER}),
        "report": ("reports/show.html", {"report": FINISHED[0], "facts": facts, "feedback": feedback, "evidence": [picture(), picture("screenshot", looked=True)], "me": SPOTTER}),
        "report-checked": ("reports/show.html", {"report": GONE, "facts": facts, "feedback": [*feedback, Thing(at=NOW, text="Checked again on 24 November 2026: it is gone.", speaker="")], "evidence": [], "me": SPOTTER}),
        "report-asked": ("reports/show.html", {"report": QUESTION, "facts": facts, "feedback": [], "evidence": [], "me": SPOTTER}),
        "report-to-withdraw": ("reports/show.html", {"report": ON_WAY[0], "facts": facts, "feedback": [], "evidence": [], "me": SPOTTER, "retractable": "withdraw", "retract_form": blank(RetractForm), "may_add": True, "addition": Thing(draft="", text_problems=(), problems=())}),
        "report-add-wrong": ("reports/show.html", {"report": ON_WAY[0], "facts": facts, "feedback": [Thing(at=NOW, text=LONG[:300], speaker="You")], "evidence": [], "me": SPOTTER, "retractable": None, "retract_form": blank(RetractForm), "may_add": True, "addition": Thing(draft=ARABIC, text_problems=["Write what you want to add, in at most 2,000 characters."], problems=["Send at most 4 pictures."])}),
        "report-said-wrong": ("reports/show.html", {"report": FINISHED[0], "facts": facts, "feedback": feedback, "evidence": [], "me": SPOTTER, "retractable": "doubt", "retract_form": wrong(blank(RetractForm), why="Choose why.")}),
        "report-new": ("reports/new.html", {"form": blank(ReportForm), "about": AboutAddress(), "gate": None, "me": SPOTTER}),
        "report-new-again": ("reports/new.html", {"form": wrong(blank(ReportForm, url="https://mercado.example/search?q=tusk", species="African elephant"), again="You have reported this ad already. Confirm that you want to report it again.", photos="Also choose the pictures again: the browser does not keep them."), "about": AboutAddress("https://mercado.example/search?q=tusk", many_ads=True, own=Thing(id="r1", reference="R-0971", received_at=ago(days=3)), may_add=True), "gate": None, "me": SPOTTER}),
        "report-new-wrong": ("reports/new.html", {"form": wrong(blank(ReportForm, url=UNBROKEN), url="This address is longer than 4,096 characters.", category="Choose what is offered.", reason="Say why you suspect it."), "about": AboutAddress(UNBROKEN, "This address is longer than 4,096 characters."), "gate": None, "me": SPOTTER}),
        "report-received": ("reports/received.html", {"report": FINISHED[0], "me": SPOTTER}),
        "queue": ("cases/queue.html", desk() | {"me": COORDINATOR, "nav_counts": {"queue": 42}}),
        "many-dismiss": ("cases/many.html", many("dismiss", wrong(blank(MANY["dismiss"]), note="Give the reason. The spotters read it."))),
        "many-refused": ("cases/many.html", many("hold", blank(MANY["hold"]), refused={"c2": "This case has changed since you opened it."}) | {"claimed": True}),
        "queue-empty": ("cases/queue.html", desk(queue=queue(empty=True), case=None) | {"me": COORDINATOR}),
        "case-said-wrong": ("cases/show.html", desk(case=case(doubted_at=ago(minutes=20))) | {"me": COORDINATOR, "nav_counts": {"queue": 42}}),
        "case": ("cases/show.html", desk() | {"me": COORDINATOR, "nav_counts": {"queue": 42}}),
        "case-busy": ("cases/show.html", desk(case=case(questions=[], new_answers=0, pictures=BUSY)) | {"me": COORDINATOR}),
        "case-hard": ("cases/show.html", desk(claim=DANS, queue=queue(hard=True), route=None, place=None, case=case(listing=HARD_LISTING, text=marked(LONG, (THAI, "taxon")), pictures=in_sight(picture(ready=False)))) | {"me": COORDINATOR}),
        "case-opinions": ("cases/show.html", desk(case=case(state="held", hold=Thing(hold_reason="second_opinion", until=None, note="Is the ring closed?"), opinions=OPINIONS), opinion_wanted={"name": DANS.name, "note": "Is the ring closed?"}) | {"me": COORDINATOR}),
        "case-opinion-asked": ("cases/show.html", desk(claim=None, may_decide=False, opinion_waits=True, why_not=SECOND_OPINION, case=case(state="held", hold=Thing(hold_reason="second_opinion", until=None, note="Is the ring closed?"))) | {"me": COORDINATOR}),
        "case-to-fill-in": ("cases/show.html", desk(decidable=False, case=case(state="notified", notice=TO_FILL_IN)) | {"me": COORDINATOR}),
        "case-to-fill-in-wrong": ("cases/show.html", desk(decidable=False, case=case(state="notified", notice=TO_FILL_IN), wrong_form=wrong(blank(FormSentForm, message="m1", sent_at=NOW, receipt=UNBROKEN), sent_at="This time is in the future. It is now 24 November 2026, 11:00 UTC.", receipt="Write at most 200 characters.")) | {"me": COORDINATOR}),
        "case-to-fill-in-a-reply": ("cases/show.html", desk(decidable=False, case=case(state="notified", notice=TO_FILL_IN_A_REPLY)) | {"me": COORDINATOR}),
        "case-reminded": ("cases/show.html", desk(decidable=False, case=case(state="notified", notice=REMINDED, history=WAS_REMINDED)) | {"me": COORDINATOR}),
        "case-paced": ("cases/show.html", desk(decidable=False, case=case(state="notified", notice=PACED)) | {"me": COORDINATOR}),
        "case-notified": ("cases/show.html", desk(case=case(state="answered", notice=ANSWERED, hold=Thing(hold_reason="police_first", until=NOW, note="Asked by the police."))) | {"me": COORDINATOR}),
        "decide-notify": ("cases/decide.html", desk("notify", blank(PANELS["notify"], version=3, basis="illegal", jurisdiction="EU", provision="Regulation (EC) 338/97, Annex A")) | {"me": COORDINATOR, "nav_counts": {"queue": 42}}),
        "decide-wrong": ("cases/decide.html", desk("notify", wrong(blank(PANELS["notify"], version=3), provision="Name the provision.", good_faith="Tick this, or do not send."), changed="Dan held it at 11:02.") | {"me": COORDINATOR}),
        "decide-hold": ("cases/decide.html", desk("hold", blank(PANELS["hold"], version=3)) | {"me": COORDINATOR}),
        "decide-dismiss": ("cases/decide.html", desk("dismiss", claim=DANS, form=wrong(blank(PANELS["dismiss"], version=3, dismiss_reason="innocent_word"), note="Say why; the spotters read it.")) | {"me": COORDINATOR}),
        "case-alone": ("cases/show.html", desk(claim=None, case=case(seen_before={"cases": [], "count": 0})) | {"me": COORDINATOR}),
        "links": ("cases/links.html", {"case": NAMED, "cases": LINKED, "undone": LINKED[1:2], "count": 3, "form": blank(LinkForm), "may_decide": True, "me": COORDINATOR}),
        "links-none": ("cases/links.html", {"case": NAMED, "cases": [], "undone": [], "count": 0, "form": blank(LinkForm), "may_decide": True, "me": COORDINATOR}),
        "compare": ("cases/compare.html", {"case": NAMED, "sides": SIDES, "same_text": False, "links": STORIES, "form": blank(UndoLinkForm), "may_decide": True, "me": COORDINATOR}),
        "case-asked": ("cases/show.html", desk(decidable=False, case=case(state="open", notice=ASKED, earlier_notices=[ANSWERED])) | {"me": COORDINATOR}),
        "case-checked": ("cases/show.html", desk(decidable=False, case=case(state="answered", notice=REMOVED, history=CHECKED, check=Thing(why="the company says that it is gone", due="", looked=1))) | {"me": COORDINATOR}),
        "decide-answer": ("cases/decide.html", desk("answer", blank(PANELS["answer"], version=3), decidable=False, case=case(state="notified", notice=ANSWERED)) | {"me": COORDINATOR}),
    }  # fmt: skip
