"""The gallery's pages of mail that came back: many, none, a reply, a bounce, and one whose words are deleted."""

from typing import Any

from server.core.mail_kinds import MailKind
from tests.browser.gallery_desk import ARABIC, COORDINATOR, LONG, THAI, Thing, ago


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    desk = {"me": COORDINATOR, "nav_counts": {"queue": 42}}
    reply = {
        "id": "m1", "kind": MailKind.REPLY, "subject": LONG, "sender": "x" * 60 + "@mercado.example", "received_at": ago(hours=3),
        "proven": False, "recipient": "", "status": "", "said": "", "text": f"{ARABIC}\n{LONG}", "whole": f"{THAI}\n> {LONG}",
        "attachments": [("f" * 80 + ".pdf", "application/pdf", 90210), ("", "image/png", 1)], "cut": True, "forgotten_at": None,
    }  # fmt: skip
    bounce = reply | {
        "kind": MailKind.BOUNCE, "subject": "", "sender": "", "recipient": "spoc@mercado.example", "status": "5.1.1",
        "said": "550 5.1.1 User unknown", "text": "", "whole": "", "attachments": [], "cut": False,
    }  # fmt: skip
    notice = Thing(reference="N-7K3M9-Q2XWT", case_id="c1")
    mails = [Thing(**mail) for mail in (reply, bounce, reply | {"subject": ARABIC, "kind": MailKind.AUTOMATIC})]
    shown = desk | {"waits": True, "notice": None, "reference": ""}
    return {
        "mails": ("returned/index.html", desk | {"mails": mails, "next_url": "#"}),
        "mails-none": ("returned/index.html", desk | {"mails": [], "next_url": None}),
        "mail-reply": ("returned/show.html", shown | {"mail": Thing(**reply)}),
        "mail-bounce": ("returned/show.html", shown | {"mail": Thing(**bounce), "notice": notice, "reference": notice.reference}),
        "mail-deleted": ("returned/show.html", shown | {"mail": Thing(**reply | {"forgotten_at": ago(days=1)}), "waits": False}),
    }  # fmt: skip
