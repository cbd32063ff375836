"""The gallery's pages of the operator: what waits and what failed, dead letters, and the settings in force."""

from datetime import timedelta
from typing import Any

from server.core import anchor, backlog
from server.core.backlog import QueueCount
from server.core.failures import WorkFailure
from server.core.words import Channel
from server.pages.operations import wordings
from server.pages.operations.forms import DropForm, SendingPauseForm
from server.pages.operations.operations_page import CompanyAddressed, PauseShown
from server.pages.operations.settings_meaning import MEANING
from server.pages.operations.wordings import PartState
from server.reads.waiting_messages import WaitingMessages
from tests.browser.gallery_desk import ARABIC, LONG, NOW, UNBROKEN, Thing, ago, blank, wrong

ADMIN = Thing(id="ada", name="Ada", role="admin", email="ada@example.org")
SENDS = ("deliver_", "mail_", "remind_", "take_back_")  # in place of `work.SENDING`, which the worker fills
SAID = "(550, b'5.1.1 <" + "x" * 200 + "@mercado.example>: Recipient address rejected')"
NOT_READY = {
    "tables": "at 0052_terms revision, needed is 0061_past_work: run `flask --app server db upgrade`",
    "disk": "312 MB are free, of at least 1,000 (SPOTTER_DISK_FREE_MB)",
    "vault": UNBROKEN,
    "worker": "no worker runs; the last one was seen 2026-11-24 08:12:41 UTC",
}
READY, AWAY = wordings.PART_STATES[PartState.READY], wordings.PART_STATES[PartState.NOT_READY]
WAITS = [
    QueueCount(kind, backlog.COUNTED if n == 1 else n % 4 * 37, n % 3 * 1_204, ago(hours=n * 9) if n % 4 else None, NOW + timedelta(hours=n))
    for n, kind in enumerate(wordings.KINDS)
] + [QueueCount("a_kind_of_work_of_another_version", 1, 0, ago(days=400), None)]  # fmt: skip


def held(n: int, whom: str, by: str, failure: WorkFailure) -> dict[str, Any]:
    """A row of what failed and is tried again."""
    return {
        "whom": whom, "slug": "mercado", "by": by, "why": wordings.failure(failure), "number": 50 if n == 2 else n + 1, "more": n == 2,
        "next_at": NOW + timedelta(hours=n - 1), "attempts": n + 1, "said": [SAID, LONG[:400], "timed out"][: n % 4],
    }  # fmt: skip


def waits(n: int, channel: Channel, company: str) -> WaitingMessages:
    """A row of what waits to be sent."""
    at = None if channel is Channel.FORM else NOW + timedelta(hours=n - 1)
    return WaitingMessages(channel, company, "mercado", 1 + n * 600, ago(days=40 - n), at, channel is Channel.FORM)


def letter(
    kind: str = "deliver_notice", failure: WorkFailure = WorkFailure.ADDRESS_REFUSED, **more: Any
) -> dict[str, Any]:
    """A dead letter."""
    return {
        "id": "w1", "what": wordings.kind(kind), "kind": kind, "subject_id": "01a2dfed4a80729cbe84a79f6433d5b8",
        "failed_at": ago(days=3), "attempts": 12, "why": wordings.failure(failure), "said": SAID,
        "to": CompanyAddressed("Mercado", "mercado", "mail", "c1"), "again": True,
    } | more  # fmt: skip


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    desk = {"me": ADMIN, "nav_counts": {"queue": 42}}
    none = {
        "paused": None, "being_sent": 0, "form": blank(SendingPauseForm), "workers": [], "kinds": [], "held": [], "messages": [], "more_messages": False,
        "parts": [(words, READY, "") for words in wordings.PARTS.values()], "to_files": False, "most": backlog.COUNTED, "dead_letters": 0, "head": None,
        "looked_at": None, "alarm": None, "mailed_at": None, "backup_at": None, "mail_at": None,
    }  # fmt: skip
    failures = list(WorkFailure)
    whom = [
        ("Mercado", "mail"), (LONG[:200], "webhooks." + "very-long-name." * 12 + "example"), (ARABIC, "mail"),
        ("Email: week in figures", ""), ("Tradepost", "hooks.tradepost.example"),
    ]  # fmt: skip
    much = none | {
        "workers": [("worker-1@" + "h" * 80, ago(seconds=4), True), ("worker-2", ago(days=2), False)],
        "kinds": [(wordings.kind(row.name), row, row.name.startswith(SENDS)) for row in WAITS],
        "held": [held(n, *whom[n % len(whom)], failure) for n, failure in enumerate(failures)],
        "messages": [waits(n, channel, whom[n % 3][0]) for n, channel in enumerate(Channel)], "more_messages": True,
        "parts": [(words, AWAY if name in NOT_READY else READY, NOT_READY.get(name, "")) for name, words in wordings.PARTS.items()],
        "dead_letters": backlog.COUNTED, "head": anchor.Head(1_204_377, "5f" * 32, "a0" * 32),
        "looked_at": ago(minutes=12), "mailed_at": ago(hours=3), "backup_at": ago(hours=9), "mail_at": ago(minutes=2),
    }  # fmt: skip
    paused = PauseShown(ago(days=1), "asked", "Ada " + "Montgomery" * 8, LONG[:500])
    restored = PauseShown(ago(hours=2), "restored", None, "")
    rows = [
        ("SPOTTER_MAIL_URL", "smtp://notices:…@" + "mail." * 30 + "example:587/?starttls=1"), ("SPOTTER_SECRET_KEY", True),
        ("SPOTTER_MAILBOX_URL", ""), ("AWS_SECRET_ACCESS_KEY", False), ("SPOTTER_ORGANISATION", ARABIC),
    ]  # fmt: skip
    versions = [("Tables in the database", "0061_past_work"), ("Database", "SQLite 3.46.1"), ("Python", "3.13.5")]
    letters = [
        letter(), letter("deliver_reply", WorkFailure.FORBIDDEN, to=CompanyAddressed(LONG[:200], "mercado", "h" * 120 + ".example", "c2")),
        letter("mail_week", WorkFailure.UNREACHABLE, to=None), letter("copy_picture", WorkFailure.UNEXPECTED, to=None),
        letter(to=CompanyAddressed(ARABIC, "mercado", "mail", "c3")), letter("a_kind_of_work_of_another_version", WorkFailure.OTHER, to=None),
    ]  # fmt: skip
    tampered = anchor.fault("shorter", rows=1_204_377, before=1_204_391)
    to_files = [
        (words, wordings.PART_STATES[PartState.TO_FILES] if name == "mail" else READY, "")
        for name, words in wordings.PARTS.items()
    ]
    return {
        "operations-to-files": ("operations/index.html", desk | none | {"to_files": True, "parts": to_files}),
        "operations": ("operations/index.html", desk | much),
        "operations-none": ("operations/index.html", desk | none),
        "operations-paused": ("operations/index.html", desk | much | {"paused": paused, "being_sent": 3, "sending_paused": True, "kinds": much["kinds"][:6], "held": much["held"][:2], "dead_letters": 1}),
        "operations-restored": ("operations/index.html", desk | none | {"paused": restored, "sending_paused": True, "alarm": tampered}),
        "operations-pause-wrong": ("operations/index.html", desk | none | {"form": wrong(blank(SendingPauseForm, note=LONG), note="Write at most 500 characters.")}),
        "operations-settings": ("operations/settings.html", desk | {"rows": [(*row, MEANING[row[0]]) for row in rows], "versions": versions}),
        "audit": ("audit/show.html", desk | {"kept": anchor.Kept(head=much["head"], looked_at=ago(minutes=12)), "late": None}),
        "audit-alarm": ("audit/show.html", desk | {"kept": anchor.Kept(head=much["head"], alarm=tampered, alarm_at=ago(hours=1)), "late": None}),
        "audit-late": ("audit/show.html", desk | {"kept": anchor.Kept(head=much["head"], looked_at=ago(days=1)), "late": ago(hours=3)}),
        "audit-none": ("audit/show.html", desk | {"kept": anchor.Kept(), "late": None}),
        "dead-letters": ("operations/dead_letters.html", desk | {"letters": letters, "next_url": "#"}),
        "dead-letters-none": ("operations/dead_letters.html", desk | {"letters": [], "next_url": None}),
        "dead-letter": ("operations/dead_letter.html", desk | {"letter": letters[0], "form": blank(DropForm)}),
        "dead-letter-long": ("operations/dead_letter.html", desk | {"letter": letters[1] | {"again": False, "said": LONG}, "form": wrong(blank(DropForm), why="Enter a reason.")}),
    }  # fmt: skip
