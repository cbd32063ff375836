"""The gallery's pages of a company's team: who is in it, its webhooks and API tokens."""

from datetime import timedelta
from typing import Any

from server.core.words import DeliveryState, Event, TeamRole
from server.ledger.companies.address_states import ChangeState
from server.ledger.companies.answer_hook_store import ListedSecret, may_make
from server.ledger.companies.secret_store import ActiveSecret
from server.ledger.delivery.channel import Failure
from server.pages.team.forms import InvitationForm, JoinTeamForm
from server.pages.team.token_views import TokenForm
from server.pages.team.webhook_views import ReplayForm
from server.pages.team.webhooks_page import EVENT, STATE, WAITS, HookState, try_it
from server.people.teams.models import TeamEvent
from server.reads.case_history import failure_words
from tests.browser.gallery_desk import ARABIC, COORDINATOR, LONG, NOW, Thing, ago, blank, wrong

MANAGER = Thing(id="mia", name="Mia", role="company", email="mia@mercado.example", team_role=TeamRole.MANAGER)
FILE, OWN = ActiveSecret("09f3c2aa", None, own=False), ActiveSecret("7b1e04d9", ago(days=2), own=True)
SIGNS, DEAD = ListedSecret("7b1e04d9", ago(days=2), True), ListedSecret("09f3c2aa", ago(days=90), False)
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


def answering(*secrets: ListedSecret, secret: str | None = None) -> dict[str, Any]:
    """How the company answers by webhook."""
    address = "https://spotter.example/api/v1/hooks/0f3c9d2ab4e14f5c8d7e6f1a2b3c4d5e"
    shown = {"address": address, "secrets": list(secrets), "may_make": may_make(secrets), "secret": secret}
    more = {"command": try_it(secret, address) if secret else None, "last_at": ago(hours=2) if secrets else None}
    return {"answering": shown | more, "api_url": "/api/v1/openapi.json"}


def person(n: int, name: str, role: TeamRole = TeamRole.MEMBER, **more: Any) -> dict[str, Any]:
    """Somebody in the team."""
    return {
        "id": f"p{n}", "name": name, "email": f"person-{n}@mercado.example", "team_role": role, "since": ago(days=40 + n), "own": False,
        "tokens": 0, "last_manager": False,
    } | more  # fmt: skip


def invitation(n: int, email: str, by: str, *, expired: bool = False) -> dict[str, Any]:
    """Somebody who was invited."""
    return {
        "id": f"i{n}", "email": email, "team_role": TeamRole.MEMBER, "by": by, "sent_at": ago(days=n), "expired": expired,
        "expires_at": NOW + timedelta(days=-1 if expired else 6),
    }  # fmt: skip


def people_pages() -> dict[str, tuple[str, dict[str, Any]]]:
    """Who is in the team, as its people see it and as the desk does; and the page behind an invitation."""
    long, address = "x" * 200, "x" * 60 + "@mercado.example"
    many = [
        person(0, "Mia", TeamRole.MANAGER, own=True), person(1, ARABIC, tokens=1), person(2, long, email=address, tokens=12),
        *(person(n, f"Colleague {n}") for n in range(3, 20)),
    ]  # fmt: skip
    team = {
        "me": MANAGER, "company": "Mercado", "slug": "mercado", "people": many, "has_manager": True, "only_manager": False,
        "notifier": Thing(organisation="Wildlife Link", email="notices@wildlife.example"), "form": blank(InvitationForm),
        "invitations": [invitation(1, "noor@mercado.example", "Mia"), invitation(8, address, long, expired=True)],
        "history": [{"at": ago(days=n), "event": event, "name": (long, ARABIC)[n % 2], "by": "Mia", "what": ("7b1e04d9", long)["token" in event]} for n, event in enumerate(TeamEvent)],
    }  # fmt: skip
    alone = {"people": [person(0, "Mia", TeamRole.MANAGER, own=True, last_manager=True)], "only_manager": True}
    empty: dict[str, Any] = {"invitations": [], "history": [], "secrets": [], "last_at": None}
    member = {"me": Thing(**vars(MANAGER) | {"team_role": TeamRole.MEMBER}), "has_manager": False}
    made = [{"fingerprint": "7b1e04d9", "since": ago(days=2), "is_readable": True, "by": Thing(id="p2", name=long)}]
    made.append(
        {"fingerprint": "09f3c2aa", "since": ago(days=90), "is_readable": False, "by": Thing(id="p1", name=ARABIC)}
    )
    desk = {"me": COORDINATOR, "nav_counts": {"queue": 42}, "secrets": made, "last_at": ago(hours=2)}
    unsure = wrong(
        blank(InvitationForm, email="noor@elsewhere.example"),
        team_role="Choose one.",
        sure="Nothing here confirms this domain. Check the address, and tick this if it is correct.",
    )
    nobody = {"people": [], "has_manager": False}
    join = {"me": None, "invitation": Thing(email="noor@mercado.example"), "team_role": TeamRole.MEMBER, "company": "Mercado", "action": "#", "form": blank(JoinTeamForm)}  # fmt: skip
    slip = wrong(
        blank(JoinTeamForm), name="Enter a name on one line, at most 200 characters.", password="Choose a password."
    )
    hard = {"company": long, "invitation": Thing(email=address), "team_role": TeamRole.MANAGER, "form": slip}
    return {
        "team": ("team/index.html", team),
        "team-alone": ("team/index.html", team | alone | empty),
        "team-member": ("team/index.html", team | member | empty | {"people": many[1:3]}),
        "team-wrong": ("team/index.html", team | {"company": long, "form": unsure}),
        "companies-team": ("team/of_company.html", team | desk),
        "companies-team-unmanaged": ("team/of_company.html", team | desk | {"has_manager": False, "people": many[1:3], "form": unsure}),
        "companies-team-none": ("team/of_company.html", team | desk | empty | nobody | {"company": long}),
        "team-join": ("team/join.html", join),
        "team-join-hard": ("team/join.html", join | hard),
    }  # fmt: skip


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
        people_pages()
        | {name: ("team/tokens.html", page) for name, page in tokens.items()}
        | {
            "team-webhooks-waiting": (
                "team/webhooks.html",
                {"me": MANAGER, "webhooks": [bare], "waiting": waits} | answering(),
            )
        }
        | {
            name: ("team/webhooks.html", {"me": MANAGER, "webhooks": hooks, "waiting": []} | answers)
            for name, hooks, answers in (
                ("team-webhooks", [rotating], answering(SIGNS, SIGNS)),
                ("team-webhooks-trouble", [trouble, closed, bare], answering(DEAD, SIGNS)),
                ("team-webhooks-none", [], answering(SIGNS, secret="whsec_" + "q" * 43 + "=")),
            )
        }
    )
