"""The gallery's pages of a company's team: its webhooks and API tokens."""

from datetime import timedelta
from typing import Any

from server.core.words import DeliveryState, Event, TeamRole
from server.ledger.companies.address_states import ChangeState
from server.ledger.companies.secret_store import ActiveSecret
from server.ledger.delivery.channel import Failure
from server.pages.team.token_views import TokenForm
from server.pages.team.webhook_views import ReplayForm
from server.pages.team.webhooks_page import EVENT, STATE, WAITS, HookState, try_it
from server.reads.case_history import failure_words
from tests.browser.gallery_desk import ARABIC, LONG, NOW, Thing, ago, blank, wrong

MANAGER = Thing(id="mia", name="Mia", role="company", email="mia@mercado.example", team_role=TeamRole.MANAGER)
FILE, OWN = ActiveSecret("09f3c2aa", None, own=False), ActiveSecret("7b1e04d9", ago(days=2), own=True)
WHY = (
    None,
    (Failure.ANSWERED, {"status": 503}),
    (Failure.UNREACHABLE, {}),
    (Failure.TOO_LARGE, {"bytes": 24_113, "largest": 20_000}),
)


def delivery(n: int) -> dict[str, Any]:
    """A row of the last deliveries."""
    why = WHY[n % len(WHY)]
    waits = n % len(WHY) in (1, 2)
    state = DeliveryState.DELIVERED if why is None else DeliveryState.QUEUED if waits else DeliveryState.FAILED
    return {
        "event": EVENT[list(Event)[n % 4]], "notice_id": f"n{n}", "reference": f"N-7K3M9-Q2X{n:02}", "at": ago(hours=n),
        "tried": n + 1, "state": state, "retried": waits, "why": failure_words(*why) if why else None,
        "next": NOW + timedelta(hours=2) if waits else None,
    }  # fmt: skip


def hook(code: HookState = HookState.OPEN, **more: Any) -> dict[str, Any]:
    """A webhook."""
    return {
        "id": "h1", "name": "Notice desk", "host": "hooks.mercado.example", "code": code, "state": STATE[code], "since": None,
        "next": None, "secrets": [FILE], "may_make": True, "secret": None, "deliveries": [delivery(n) for n in range(8)],
        "test": None, "replay": None, "form": blank(ReplayForm), "most": 200,
    } | more  # fmt: skip


def run(**more: Any) -> dict[str, Any]:
    """A test or a replay."""
    return {
        "asked_at": ago(hours=1), "finished_at": ago(hours=1), "why": None, "since": ago(days=3), "until": ago(days=1),
        "sent": 12, "left_out": 0,
    } | more  # fmt: skip


def waiting(state: ChangeState, **more: Any) -> dict[str, Any]:
    """A webhook that is not in force yet."""
    return {
        "name": "Notice desk", "host": "hooks.mercado.example", "sentence": WAITS[state], "earliest_at": None,
        "expires_at": NOW + timedelta(days=6),
    } | more  # fmt: skip


def answering(*secrets: ActiveSecret, secret: str | None = None) -> dict[str, Any]:
    """How the company answers by webhook."""
    address = "https://spotter.example/api/v1/hooks/0f3c9d2ab4e14f5c8d7e6f1a2b3c4d5e"
    shown = {"address": address, "secrets": list(secrets), "may_make": len(secrets) < 2, "secret": secret}
    more = {"command": try_it(secret, address) if secret else None, "last_at": ago(hours=2) if secrets else None}
    return {"answering": shown | more, "api_url": "/api/v1/openapi.json"}


def pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Name -> (template, context)."""
    answered = failure_words(Failure.ANSWERED, {"status": 503})
    rotating = hook(secrets=[FILE, OWN], may_make=False, secret="whsec_" + "q" * 43 + "=", test=run())
    trouble = hook(
        HookState.RESTS, id="h2", name=ARABIC, next=NOW + timedelta(hours=2), test=run(why=answered),
        replay=run(why=answered, left_out=3), deliveries=[],
        form=wrong(blank(ReplayForm), until="2,312 messages are too many at once. Choose a span with at most 200."),
    )  # fmt: skip
    closed = hook(
        HookState.CLOSED, id="h3", name=LONG[:200], host="x" * 60 + ".hooks.mercado.example", since=ago(days=4),
        test=run(finished_at=None), replay=run(finished_at=None, sent=1),
    )  # fmt: skip
    bare = hook(HookState.UNSIGNED, secrets=[], deliveries=[])
    waits = [
        waiting(ChangeState.PENDING), waiting(ChangeState.PROVEN, name=ARABIC),
        waiting(ChangeState.APPROVED, name=LONG[:200], host="x" * 60 + ".hooks.mercado.example", earliest_at=NOW + timedelta(days=1)),
    ]  # fmt: skip
    api = {
        "api_url": "/api/v1/openapi.json",
        "notices_url": "https://spotter.example/api/v1/notices",
        "form": blank(TokenForm),
    }
    used = [Thing(id=f"t{n}", label=label, by="Mia", created_at=ago(days=40), last_used_at=last)
            for n, (label, last) in enumerate([("Ticket system", ago(days=1)), (ARABIC, None), (LONG[:60], None)])]  # fmt: skip
    tokens = {
        "team-tokens": {"me": MANAGER, "tokens": used, "secret": "cs_" + "q" * 43} | api,
        "team-tokens-none": {"me": MANAGER, "tokens": [], "secret": None} | api,
    }
    return (
        {name: ("team/tokens.html", page) for name, page in tokens.items()}
        | {
            "team-webhooks-waiting": (
                "team/webhooks.html",
                {"me": MANAGER, "webhooks": [bare], "waiting": waits} | answering(),
            )
        }
        | {
            name: ("team/webhooks.html", {"me": MANAGER, "webhooks": hooks, "waiting": []} | answers)
            for name, hooks, answers in (
                ("team-webhooks", [rotating], answering(OWN, OWN)),
                ("team-webhooks-trouble", [trouble, closed, bare], answering(OWN)),
                ("team-webhooks-none", [], answering(OWN, secret="whsec_" + "q" * 43 + "=")),
            )
        }
    )
