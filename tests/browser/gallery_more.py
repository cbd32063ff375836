"""The rest of the gallery: the pages of companies, of people, and those for everyone."""

from datetime import timedelta
from pathlib import Path
from typing import Any

from server.core import personal, wording
from server.core.words import Answer, Sender
from server.ledger.notices.pending_store import PendingBatch
from server.ledger.notices.thread import EntryKind, ThreadEntry
from server.ledger.species.meaning import Gloss, Meant
from server.pages.accounts.forms import ForgottenForm
from server.pages.complaints import public
from server.pages.complaints.complaint_form import ComplaintForm
from server.pages.notices.forms import AnswerForm, CompanyReplyForm, ManyForm
from server.pages.notices.inbox_filters import DUE, LABELS
from server.pages.notices.inbox_rows import Beside
from server.pages.people.forms import ContactForm, EraseForm, InviteForm, LevelForm, ListForm, StaffForm
from server.pages.people.learning_record import ExamTaken, LessonRead, ModuleRecord
from server.pages.people.reset_confirmers import Confirmers
from server.pages.people.views import FORMS
from server.pages.recruitment.forms import DeclineForm, InviteApplicantForm, apply_form
from server.pages.site.views import CHANGED, KEPT
from server.people.accounts.invitees import Invitee, RejectedRow
from server.people.accreditation.standings import AccreditationScope
from server.people.recruitment import screening
from server.people.recruitment.screening import RankReason
from tests.browser.gallery_desk import ARABIC, EXCHANGE, LONG, NOW, THAI, Thing, ago, blank, picture, wrong

STALE = "This notice was answered meanwhile: “Removed”. Look again, and send your answer once more if it is to replace that one."
QUESTIONS = screening.load(Path(__file__).parents[2] / "training_modules" / "screening.yaml")
APPLY = apply_form(QUESTIONS)


def document(title: str, **more: Any) -> dict[str, Any]:
    """A notice as it leaves."""
    listed = [{"source": "CITES", "appendix": "I", "population": "all populations", "effective_from": "2017-01-02"}]
    return {
        "reference": "N-0311", "company": "mercado", "company_name": "Mercado", "platform_name": "Mercado", "basis": "policy", "law": None, "policy_reference": "clause 4.2, live wild animals",
        "listing": {"url": "https://mercado.example/ad/265370482", "title": title, "seller": "birdroom_lx", "price": {"text": "€ 1,250 each", "amount": "1250", "currency": "EUR"}, "first_seen": "2026-11-24"},
        "suspicion": {"category": "live", "legality_evidence": "claimed", "taxa": [{"scientific_name": "Psittacus erithacus", "common_name": "Grey parrot", "listings": listed}],
                      "reasons": ["Six chicks offered at once; the text says papers “can be arranged”, none are shown.", "Buyers are asked to move to another app."]},
        "notifier": {"organisation": "Example Wildlife Alliance", "email": "notices@wildlife-alliance.example"}, "guide_url": "https://guide.example/parrots",
        "good_faith": {"statement": "Example Wildlife Alliance believes in good faith that this notice is accurate and complete."}, "answer_by": "2026-12-01T11:00:00+00:00",
    } | more  # fmt: skip


GLOSSES = [
    Gloss(ARABIC, "ar", (Meant("grey parrot", "en"), Meant("tame", "en"))),
    Gloss("象牙手镯", "zh", (Meant("ivory", "en"), Meant("bracelet", "en"))),
    Gloss(THAI, "th", (Meant("Grey parrot", "en"),)),
]
LAW = {"jurisdiction": "EU", "provision": "Regulation (EC) 338/97, Annex A", "effective_from": "2017-02-04"}


def notice(number: int, title: str, days: int, answer: Answer | None = None, **more: Any) -> Thing:
    """A row of the inbox."""
    values = {
        "id": f"n{number}",
        "reference": f"N-{number:04}",
        "document": document(title),
        "answer_by": NOW + timedelta(days=days),
        "answer": answer,
        "reminded_at": None,
        "withdrawn_at": None,
    }
    return Thing(**(values | more))


def veiled(name: str, title: str = "A picture sent later", **more: Any) -> Thing:
    """A picture as a company sees it."""
    return picture(name, title=title, caption="Blurred until you choose to look.", **more)


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    mia = Thing(name="Mercado, Trust and Safety", role="company", email="mia@example.org")
    cora = Thing(name="Coordinator", role="coordinator", email="cora@example.org")
    ada = Thing(name="Ada", role="admin", email="ada@example.org")
    shown = {
        "notice": document("African grey parrot, hand tame, 6 available"),
        "sent_at": NOW,
        "pictures": [veiled("screenshot", "Screenshot of the listing")],
        "glosses": GLOSSES,
        "species_pages": {"Psittacus erithacus": "https://spotter.example/guide/psittacus-erithacus"},
    }
    later = {"pictures": [*shown["pictures"], veiled("second", looked=True), veiled("first")]}
    hard = shown | {
        "notice": document(
            LONG,
            basis="illegal",
            law=LAW,
            listing={
                "url": "https://mercado.example/" + "x" * 900,
                "title": THAI,
                "seller": ARABIC,
                "price": None,
                "first_seen": None,
            },
        ),
        "pictures": [],
    }
    given = {
        "id": "A-0284",
        "answer": "removed",
        "reason": "Live protected species are not allowed here.",
        "at": NOW,
        "via": "link",
    }
    trail = wording.notice_trail(Answer.REMOVED, sent="24 Nov", answered="24 Nov", answer_by="1 Dec", looked_for="25 Nov")  # fmt: skip
    lead_on = {"trail": trail, "next_url": "#", "left": 2, "sign_in_url": "#"}
    stated = {
        "company_reference": "MRC-" + "7" * 60,
        "ground": "policy",
        "automated": True,
        "statement_id": "8f14e45f-ceea-467f-a8f1-3d1f0d7f7b51",
    }
    entries = [ThreadEntry(NOW, Sender.COMPANY, EntryKind.ANSWER, given["reason"], Answer.REMOVED, "link", stated)]
    closed = {"notice": shown["notice"], "given": given, "entries": entries, "company": "Mercado"}
    box = [
        notice(288, "Star tortoises, two young, collect only", 0, reminded_at=NOW),
        notice(311, "African grey parrot, hand tame, 6 available", 4),
        notice(312, "Leather belt “python look”, new with tags", 4, Answer.PASSED_ON),
        notice(316, LONG, 9),
        notice(317, THAI, 9),
        notice(318, ARABIC, 9),
    ]
    beside = {row.id: Beside(row.document, None, None, False, None) for row in box}
    beside[box[1].id] = Beside(box[1].document, "265370482", None, True, "/picture/blurred")
    beside[box[4].id] = Beside(box[4].document, None, None, False, None, GLOSSES)
    beside[box[3].id] = Beside(box[3].document, "26537" * 12, stated["company_reference"], False, "/picture/blurred")
    counts = {"open": 6, "asked": 1, "answered": 203, "withdrawn": 2}
    person = {
        "id": "p1",
        "name": "Kestrel",
        "email": "ana@example.org",
        "role": "spotter",
        "standing": "active",
        "level": "trusted",
        "until": NOW + timedelta(days=300),
        "reports": 12,
        "waiting": False,
    }
    choices = [
        {
            "at": ago(days=60),
            "standing": "active",
            "level": "probation",
            "by": "Cora",
            "why": "Passed with care; two good practice reports.",
            "exam_waived": False,
            "second": None,
            "groups": (),
            "languages": (),
        }
    ]
    choices.insert(
        0,
        {
            "at": ago(days=3),
            "level": "probation",
            "why": "Ten of the last twenty known listings went wrong.",
            "by_rules": True,
        },
    )
    asked = {"proposal": Thing(move="up", level="probation", judged=41, at=ago(days=1)), "step_down": None,
             "now": {"name": "In all", "judged": 41, "mean": 92, "low": 86, "high": 96}, "groups": []}  # fmt: skip
    talk = asked | {
        "proposal": Thing(move="stop", level="trusted", judged=22, at=ago(days=1)),
        "step_down": Thing(at=ago(days=3), why=LONG),
    }
    spotter = person | {
        "joined": ago(days=90),
        "invited_by": None,
        "alike": ["Ana Souza (ana.souza@mail.example)"],
        "scope": AccreditationScope(("bird",), ("en", "fr")),
        "renewable": False,
        "asked": (),
        "signature": Thing(at=ago(days=61), witness_id=None),
        "signed": True,
        "exam_passed": True,
        "training": [
            ModuleRecord(
                "flagging-well",
                "Flagging a wildlife ad well",
                True,
                (
                    LessonRead("What spotters do", ago(days=64)),
                    LessonRead("Trade or scam?", ago(days=63)),
                    LessonRead(LONG[:80], None),
                ),
                (
                    ExamTaken("whole", ago(days=62), 38, 14, 15, True, False, 2),
                    ExamTaken("whole", ago(days=62, hours=1), 45, 5, 15, False, True, 1),
                ),
                None,
            ),
            ModuleRecord(
                "safe-and-well",
                "Safe and well",
                True,
                (LessonRead("Look, flag, leave", None),),
                tuple(ExamTaken("whole", ago(days=day), 2, 9, 15, False, False, 0) for day in range(1, 6)),
                ago(days=-25),
            ),
            ModuleRecord("ivory", "Ivory, bone, horn", True, (LessonRead("Ivory", None),), (), None),
        ],
        "history": choices,
        "appeal": None,
        "outcomes": {"removed": 7, "kept": 2},
    }
    appeal = {
        "text": "That was not me.",
        "at": NOW,
        "open": True,
        "granted": None,
        "why": None,
        "by": None,
        "decided_at": None,
    }
    forms = (
        {name: blank(form) for name, form in FORMS.items()}
        | {"opened": "", "slug": ""}
        | {"contact_form": blank(ContactForm)}
    )
    forms["contact_form"].contact.choices = [("c1", "Cora Lindqvist"), ("l1", "Lia, a lead")]
    apply = {
        "questions": [f"question_{question.name}" for question in QUESTIONS],
        "waiting_days": 180,
        "declined_days": 30,
    }
    applicant = {
        "id": "a1", "name": "Noor", "email": "noor@example.org", "at": ago(days=12), "languages": ["Arabic", "English"],
        "hours": "3 to 5 hours", "heard": "From somebody I know", "alike": ["Noor Haddad (n.haddad@mail.example)"], "score": 81,
        "why": "I keep birds, and I see what is offered in the groups I am in. I would like to do something about it.",
        "reasons": [RankReason("5 of 6 points in the questions"), RankReason("Has 3 hours a week or more"), RankReason("Reads Arabic: no accredited spotter does"),
                    RankReason("To talk about: would rather not see distressing pictures; there are tasks without them.", against=True)],
    }  # fmt: skip
    figures = {
        "reports": 1284,
        "spotters": 96,
        "cases": 742,
        "notices": 611,
        "answered": 548,
        "removed": 472,
        "verified": 391,
    }
    others = [
        {"id": str(place), "name": name, "email": email, "role": role, "company": company, "closed_at": closed_at}
        for place, (name, email, role, company, closed_at) in enumerate((
            (ARABIC, "x" * 60 + "@example.org", "admin", None, None), ("Mia", "mia@mercado.test", "company", ("mercado", "Mercado"), NOW),
        ))
    ]  # fmt: skip
    options = {
        "platform": [("mercado", "Mercado"), ("m", "M" * 60)],
        "group": [*wording.GROUP.items()],
        "due": [*DUE.items()],
        "since": [],
    }
    words = {"group": wording.GROUP["bird"], "since": wording.date(NOW)}
    filters = [
        {"name": name, "label": label, "options": options[name], "value": "", "words": ""}
        for name, label in LABELS.items()
    ]
    chosen = {"group": "bird", "since": "2026-11-03"}
    narrowed = [
        each | {"value": chosen.get(each["name"], ""), "words": words.get(each["name"], "")} for each in filters
    ]
    just_answered = [
        {"batch": PendingBatch(f"b{answers}", answers, NOW + timedelta(seconds=left), "N-7K3M9-Q2XWT"), "seconds": left}
        for answers, left in ((34, 97), (1, 12))
    ]
    marks = {"seen": dict.fromkeys((row.id for row in box), ""), "stale": []}
    stale_many = wrong(blank(ManyForm, answer="not_violating", reason="Captive bred, with papers."), answer=STALE)
    invitation = blank(ListForm)
    invitation.round.choices = [("", "No round"), ("r", "Parrots before Christmas")]
    return {
        "landing": ("landing.html", {"figures": figures, "here": "/"}),
        "landing-new": ("landing.html", {"figures": None, "here": "/"}),
        "answer": ("answers/show.html", shown | {"form": blank(AnswerForm), "given": None, "until": None, "entries": []}),
        "answer-asked": ("answers/show.html", shown | {"form": blank(AnswerForm), "given": None, "until": None, "entries": EXCHANGE, "company": "Mercado"}),
        "answer-wrong": ("answers/show.html", shown | {"form": wrong(blank(AnswerForm, answer="not_violating"), reason="Say why it may stay.", redress_url="Start with http:// or https://."), "given": given, "trail": trail, "until": NOW + timedelta(hours=60), "entries": entries, "company": "Mercado"}),
        "answer-stale": ("answers/show.html", shown | {"form": wrong(blank(AnswerForm, answer="not_violating", reason="Captive bred, with papers."), answer=STALE), "given": given, "trail": trail, "until": NOW + timedelta(hours=60), "entries": entries, "company": "Mercado"}),
        "answer-hard": ("answers/show.html", hard | {"form": blank(AnswerForm, answer="moved"), "given": None, "until": None, "entries": []}),
        "answer-done": ("answers/done.html", shown | {"given": given, "standing": None, "until": NOW + timedelta(hours=72), "change": "#"} | lead_on),
        "answer-expired": ("answers/expired.html", closed | {"kind": "late", "typed": [], "seen": ""}),
        "answer-beside": ("answers/done.html", shown | {"given": given | {"answer": "received", "reason": None}, "standing": {"answer": "removed"}, "until": None, "change": "#"} | lead_on | {"next_url": None}),
        "answer-replaced": ("answers/expired.html", closed | {"kind": "replaced", "typed": [], "seen": "", "newer_url": "/answers/newer"}),
        "answer-withdrawn": ("answers/expired.html", closed | {"kind": "withdrawn", "recalled": False, "given": None, "typed": ["A toy of wood."], "seen": "", "entries": []}),
        "inbox": ("notices/inbox.html", {"notices": box, "numbers": counts, "filters": filters, "filtered": {}, "tab": "open", "q": "", "matches": {}, "next_url": "#", "me": mia, "form": blank(ManyForm), "ticked": [box[0].id], "beside": beside, "undoable": [], "place": {}, **marks}),
        "inbox-stale": ("notices/inbox.html", {"notices": box, "numbers": counts, "filters": filters, "filtered": {}, "tab": "asked", "q": "", "matches": {}, "next_url": None, "me": mia, "form": stale_many, "ticked": [box[0].id], "beside": beside, "undoable": [], "place": {}, **marks, "stale": [box[0].id]}),
        "inbox-undo": ("notices/inbox.html", {"notices": box, "numbers": counts, "filters": narrowed, "filtered": chosen, "tab": "open", "q": "parrot", "matches": {"open": 2, "answered": 1, "withdrawn": 12}, "next_url": "#", "me": mia, "form": blank(ManyForm), "ticked": [], "beside": beside, "undoable": just_answered, "place": {"q": "parrot"}, **marks}),
        "inbox-empty": ("notices/inbox.html", {"notices": [], "numbers": dict.fromkeys(counts, 0), "filters": filters, "filtered": {}, "tab": "open", "q": "", "matches": {}, "next_url": None, "me": mia, "form": blank(ManyForm), "ticked": [], "beside": {}, "undoable": [], "place": {}, "seen": {}, "stale": []}),
        "inbox-elsewhere": ("notices/inbox.html", {"notices": [], "numbers": counts, "filters": filters, "filtered": {}, "tab": "open", "q": "TS-4711", "matches": {"answered": 1, "withdrawn": 12}, "next_url": None, "me": mia, "form": blank(ManyForm), "ticked": [], "beside": {}, "undoable": [], "place": {}, "seen": {}, "stale": []}),
        "notice": ("notices/show.html", shown | later | {"entries": EXCHANGE, "company": "Mercado", "state": {"withdrawn": False, "recalled": False, "replaced": False}, "form": blank(AnswerForm), "reply_form": blank(CompanyReplyForm), "me": mia, "undoable": just_answered[:1], "pending": "not_violating", "place": {}}),
        "notice-undo": ("notices/show.html", shown | {"entries": [], "company": "Mercado", "state": {"withdrawn": False, "recalled": False, "replaced": False}, "form": blank(AnswerForm), "reply_form": blank(CompanyReplyForm), "me": mia, "undoable": just_answered[1:], "pending": "removed", "answered": True, "following_url": "#", "place": {}}),
        "notice-new": ("notices/show.html", shown | {"entries": [], "company": "Mercado", "state": {"withdrawn": False, "recalled": False, "replaced": False}, "form": blank(AnswerForm), "reply_form": blank(CompanyReplyForm), "me": mia, "undoable": [], "place": {}}),
        "notice-answered": ("notices/show.html", shown | {"entries": EXCHANGE, "company": "Mercado", "state": {"withdrawn": False, "recalled": False, "replaced": False}, "form": blank(AnswerForm), "reply_form": blank(CompanyReplyForm), "me": mia, "undoable": [], "answered": True, "trail": trail, "following_url": "#", "place": {}}),
        "notice-withdrawn": ("notices/show.html", shown | {"pictures": [], "entries": [], "company": "Mercado", "state": {"withdrawn": True, "recalled": True, "replaced": False}, "form": None, "me": mia, "undoable": [], "place": {}}),
        "answers-recorded": ("notices/file_done.html", {"done": 34, "same": 2, "told": True, "failed": [], "undoable": just_answered[:1], "place": {}, "me": mia}),
        "people": ("people/index.html", {"waiting": [person | {"standing": "none", "level": None, "until": None}], "people": [person, person | {"name": ARABIC, "email": "x" * 60 + "@example.org"}], "q": "", "next_url": "#", "me": cora, "appeals": [{"id": "1", "name": ARABIC, "at": NOW}], "invite_form": blank(InviteForm), "to_accredit": 2, "applications": 3}),
        "people-none": ("people/index.html", {"appeals": [], "invite_form": blank(InviteForm), "waiting": [], "people": [], "q": "", "next_url": None, "me": cora}),
        "people-others": ("people/others.html", {"people": others, "staff_form": wrong(blank(StaffForm), email="There is already an account for dan@demo.example."), "me": ada}),
        "people-others-none": ("people/others.html", {"people": [], "staff_form": blank(StaffForm), "me": cora}),
        "people-account": ("people/account.html", {"account": others[0] | {"joined": NOW, "changes": [{"action": "reopened", "at": NOW, "by": ARABIC, "why": LONG}]}, "opened": "close_form", "me": ada} | forms | {"close_form": wrong(blank(FORMS["close_form"]), why="Enter a reason.")}),
        "people-factor": ("people/account.html", {"account": others[0] | {"closed_at": None, "joined": NOW, "changes": [], "factor_since": NOW, "reset_waits": False, "confirmers": Confirmers([], NOW + timedelta(days=12))}, "me": ada} | forms | {"opened": "factor_form"}),
        "people-factor-ask": ("people/account.html", {"account": others[0] | {"closed_at": None, "joined": NOW, "changes": [], "factor_since": NOW, "reset_waits": False, "confirmers": Confirmers(["Cora", ARABIC], NOW)}, "me": ada} | forms | {"opened": "factor_form"}),
        "people-closed": ("people/show.html", {"person": spotter | {"closed_at": NOW, "changes": [{"action": "closed", "at": NOW, "by": "Cora", "why": "Has moved away."}]}, "me": cora} | forms),
        "people-frozen": ("people/frozen.html", {"account": Thing(id="1", name="Frozen 7F3A9C"), "since": NOW, "unfreeze_form": blank(FORMS["close_form"]), "me": cora}),
        "account-frozen": ("accounts/frozen.html", {}),
        "sign-in-link": ("accounts/sign_in_link.html", {"form": blank(ForgottenForm)}),
        "sign-in-by-link": ("accounts/sign_in_by_link.html", {}),
        "people-invitations": ("people/invitations.html", {"form": wrong(invitation, people="The file is not in UTF-8 (line 2). Save it as “CSV UTF-8”, so that every name stays as written."), "me": cora}),
        "people-invitations-checked": ("people/invitations_checked.html", {"invitees": [Invitee("Noor", "noor@example.org", ("ar", "en"), "Spring class"), Invitee(ARABIC, "x" * 60 + "@example.org"), Invitee("N" * 200, "n@example.org", (), "ฤดูฝน" * 10)] * 40, "rejected": [RejectedRow(3, "=1+1, x@example.org", "A cell starts the way a formula does, with a character such as = or +."), RejectedRow(412, ARABIC + ", " + "x" * 60 + "@example.org", "There is already an account for this address."), RejectedRow(9_871, "n" * 60, "Enter a name on one line, at most 200 characters.")], "again": "", "group": "Spring class", "round": Thing(id="r", name="Parrots before Christmas", starts_on=NOW.date(), ends_on=NOW.date()), "me": cora}),
        "people-invitations-nobody": ("people/invitations_checked.html", {"invitees": [], "rejected": [RejectedRow(2, "", "Enter a name on one line, at most 200 characters.")], "again": "", "group": "", "round": None, "me": cora}),
        "people-one": ("people/show.html", {"person": spotter, "me": cora} | forms | {"level_form": wrong(blank(LevelForm), why="Enter a reason."), "opened": "level_form"}),
        "people-proposal": ("people/show.html", {"person": spotter | {"level": "probation"}, "skill": asked, "me": cora} | forms),
        "people-proposal-talk": ("people/show.html", {"person": spotter, "skill": talk, "me": cora} | forms | {"not_now_form": wrong(blank(FORMS["not_now_form"]), why="Enter a reason."), "opened": "not_now_form"}),
        "people-erase": ("people/erase.html", {"person": spotter, "form": blank(EraseForm), "me": cora}),
        "people-erase-hard": ("people/erase.html", {"person": spotter | {"name": "x" * 100 + ARABIC}, "form": wrong(blank(EraseForm), sure="Tick this to continue."), "me": cora}),
        "people-suspended": ("people/show.html", {"person": spotter | {"standing": "suspended", "appeal": appeal}, "me": cora} | forms),
        "apply": ("recruitment/apply.html", apply | {"form": wrong(blank(APPLY), email="Enter a valid email address.", languages="Choose at least one language.")}),
        "apply-done": ("recruitment/applied.html", {"email": "x" * 60 + "@example.org"}),
        "apply-closed": ("recruitment/closed.html", {}),
        "apply-withdraw": ("recruitment/withdraw.html", {"done": False}),
        "applications": ("recruitment/waiting.html", {"applications": [applicant, applicant | {"id": "a2", "name": ARABIC, "why": LONG, "email": "x" * 60 + "@example.org", "score": 22}], "total": 31, "count": 31, "language": "", "languages": [("ar", "Arabic", 18), ("en", "English", 30), ("th", "Thai", 1)], "first_url": None, "next_url": "#", "form": blank(InviteApplicantForm), "decline_forms": {"a1": blank(DeclineForm), "a2": blank(DeclineForm)}, "declined": [{"id": "a8", "name": "Max", "by": "Cora", "until": NOW + timedelta(minutes=7), "note": "Please try in spring.\n" + LONG}, {"id": "a9", "name": ARABIC, "by": "D" * 80, "until": NOW + timedelta(minutes=2), "note": None}], "refused": {}, "me": cora}),
        "applications-refused": ("recruitment/waiting.html", {"applications": [applicant, applicant | {"id": "a2", "name": ARABIC, "why": LONG, "email": "x" * 60 + "@example.org", "score": 22}], "total": 31, "count": 31, "language": "", "languages": [("ar", "Arabic", 18), ("en", "English", 30), ("th", "Thai", 1)], "first_url": None, "next_url": "#", "form": blank(InviteApplicantForm), "decline_forms": {"a1": blank(DeclineForm), "a2": blank(DeclineForm)}, "declined": [], "refused": {"a2": wrong(blank(InviteApplicantForm, cohort="x" * 61), cohort="At most 60 characters.")}, "me": cora}),
        "applications-none": ("recruitment/waiting.html", {"applications": [], "total": 0, "count": 0, "language": "", "languages": [], "first_url": None, "next_url": None, "form": blank(InviteApplicantForm), "decline_forms": {"a1": blank(DeclineForm), "a2": blank(DeclineForm)}, "declined": [], "refused": {}, "me": cora}),
        "extension": ("extension.html", {"version": "0.1.0", "sha256": "5f" * 32, "path": "/home/somebody/cyber-spotter/extension"}),
        "extension-privacy": ("extension_privacy.html", {"page_copy": "Court orders here ask for the page itself."}),
        "privacy": ("privacy.html", {"page_copy": "", "days": {name: time.days for name, time in KEPT.items()}, "changed": CHANGED, "tables": [keeping for keeping in personal.tables().values() if keeping.whose]}),
        "complaint": ("complaints/write.html", {"days": 365, "form": wrong(blank(ComplaintForm), email="Enter a valid email address."), "changed": public.CHANGED}),
        "complaint-done": ("complaints/received.html", {"reference": "Q-0007", "email": "seller@example.org"}),
        "error-404": ("error.html", {"status": 404, "kind": "not-found", "detail": "There is no such case.", "errors": {}, "extra": {}}),
        "error-403": ("error.html", {"status": 403, "kind": "not-accredited", "detail": "You need to finish the training before reporting. Two parts are left.", "errors": {}, "extra": {"training_url": "/training"}}),
        "error-409": ("error.html", {"status": 409, "kind": "conflict", "detail": LONG, "errors": {}, "extra": {}}),
        "error-typed": ("error.html", {"status": 409, "kind": "conflict", "detail": "There is nothing to dispute any more.", "errors": {}, "extra": {"typed": [LONG * 3]}}),
        "error-422": ("error.html", {"status": 422, "kind": "invalid", "detail": "Enter at most 2,000 characters.", "errors": {}, "extra": {}}),
        "error-503": ("error.html", {"status": 503, "kind": "unavailable", "detail": "This cannot be saved right now.", "errors": {}, "extra": {"retry_after": 5}}),
    }  # fmt: skip
