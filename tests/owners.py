"""Whose the object is that an address names: one line for each endpoint with an argument, and strangers who try it all the same.

A new route has no line, and `tests/api/test_objects_of_others.py` fails until somebody has said whose its object is.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

from flask import Flask
from sqlalchemy import Select, select

from server.core import clock
from server.core.database import read, write
from server.core.words import Level, Role, RoundState, Scope
from server.journeys.company import team
from server.journeys.spotter import accrediting, closing, freezing, joining
from server.ledger.companies.answer_hook_models import AnswerSecret
from server.ledger.companies.models import Spoc, WebhookSecret
from server.ledger.matches.models import Photo
from server.ledger.notices.models import Notice
from server.ledger.reports.models import Evidence, Report
from server.people.accounts.factor_models import SecondFactor
from server.people.accounts.models import Account, Token
from server.people.accreditation.models import Contact
from server.people.desk.models import SavedFilter, Snippet
from server.people.leads.models import Confirmation, LeadQuestion
from server.people.rounds import store as rounds
from server.people.rounds.models import Team
from server.people.skill.models import LaneAnswer, PictureAnswer
from server.people.teams.models import TeamInvitation
from server.people.training.models import PracticeAnswer
from tests.conftest import PASSWORD, People


class Shared(StrEnum):
    """Of an object that is nobody's own, who may have it."""

    PUBLIC = "public"  # content that anyone may read
    LINK = "link"  # whoever has the secret that is the address
    ROLE = "role"  # all whom the access table lets in: they work on it together
    ASKED = "asked"  # who is asked at that moment, by a rule of its own with tests of its own


@dataclass(frozen=True)
class Owned:
    """Objects that are somebody's own.

    rows: the values of the address, in the order of `names`, then whose it is: an account's id, or a company's.
    form: what is sent by POST.
    """

    names: tuple[str, ...]
    rows: Select[Any]
    form: dict[str, str] = field(default_factory=dict)


_REPORT = ("report_id",), select(Report.id, Report.account_id)
_PICTURE = ("report_id", "name"), select(Report.id, Evidence.name, Report.account_id).join(Report)
_NOTICE = ("notice_id",), select(Notice.id, Notice.company_id)
_MEMBER = (
    ("account_id",),
    select(Account.id, Account.company_id).where(Account.company_id.is_not(None), Account.disabled_at.is_(None)),
)
_INVITATION = ("invitation_id",), select(TeamInvitation.id, TeamInvitation.company_id)
_LEAD_QUESTION = (
    ("question_id",),
    select(LeadQuestion.id, LeadQuestion.lead_id).order_by(LeadQuestion.answered_at.is_not(None)),
)
_TEAM_REPORT = (
    ("report_id",),
    select(Report.id, Contact.contact_id)
    .join(Contact, Contact.account_id == Report.account_id)
    .join(LeadQuestion, LeadQuestion.report_id == Report.id),
)
_LOOKED_AT = ("report_id",), select(Confirmation.report_id, Confirmation.account_id)
_TOKEN = (
    ("token_id",),
    select(Token.id, Account.company_id)
    .join(Account, Account.id == Token.account_id)
    .where(Token.scope == Scope.COMPANY),
)
_OWN_TOKEN = ("token_id",), select(Token.id, Token.account_id)
_HOOK = ("spoc_id",), select(Spoc.id, Spoc.company_id).where(Spoc.webhook_url.is_not(None))
_FILTER = ("filter_id",), select(SavedFilter.id, SavedFilter.account_id)
_SNIPPET = ("snippet_id",), select(Snippet.id, Snippet.account_id)

WHOSE: dict[str, Shared | Owned] = {
    **dict.fromkeys(("static", "guide.taxon", "training.lesson", "training.module", "training.picture"), Shared.PUBLIC),
    **dict.fromkeys(
        (
            "accounts.set_password", "accounts.ask_sign_in_by_link", "accounts.sign_in_by_link", "accreditation.verify",
            "answers.show", "answers.answer", "answers.screenshot", "answers.picture", "contact_links.show", "contact_links.answer",
            "recruitment.ask_withdraw", "recruitment.withdraw", "still_right.show", "still_right.answer", "team.ask_join",
            "team.join", "unsubscribe.ask", "unsubscribe.stop", "hooks_api.receive",
        ),
        Shared.LINK,
    ),
    # A spotter's own
    "reports.show": Owned(*_REPORT),
    "reports.picture": Owned(*_PICTURE),
    "reports.reply": Owned(*_REPORT, {"text": "It is a tusk."}),
    "reports.add": Owned(*_REPORT, {"text": "It is a tusk."}),
    "reports.retract": Owned(*_REPORT, {"why": "other", "text": "It is a toy."}),
    "reports_api.show": Owned(*_REPORT),
    "reports_api.reply": Owned(*_REPORT, {"text": "It is a tusk."}),
    "reports_api.add": Owned(*_REPORT, {"text": "It is a tusk."}),
    "reports_api.retract": Owned(*_REPORT, {"why": "other", "text": "It is a toy."}),
    "accounts.revoke_token": Owned(*_OWN_TOKEN),
    "training.practised": Owned(
        ("slug", "answer_id"), select(PracticeAnswer.module, PracticeAnswer.id, PracticeAnswer.account_id)
    ),
    "review.answered": Owned(("answer_id",), select(PracticeAnswer.id, PracticeAnswer.account_id)),
    "skill.answered": Owned(("given_id",), select(LaneAnswer.id, LaneAnswer.account_id)),
    "pictures.answered": Owned(("answer_id",), select(PictureAnswer.id, PictureAnswer.account_id)),
    "pictures.picture": Shared.ASKED,
    "rounds.my_team": Owned(("round_id",), select(Team.round_id, Team.lead_id).where(Team.lead_id.is_not(None))),
    "monitoring_api.look": Shared.ASKED,
    # A lead's: what their team asks, and what it reports on probation
    "leads.answer": Owned(*_LEAD_QUESTION, {"answer": "Look for the fibres."}),
    "leads.report": Owned(*_TEAM_REPORT),
    "leads.confirm": Owned(*_TEAM_REPORT, {"said": "confirm", "because": ""}),
    "leads.take_back": Owned(*_LOOKED_AT),
    "leads.photo": Owned(
        ("report_id", "photo_id"),
        select(Report.id, Photo.id, Contact.contact_id)
        .join(Photo, Photo.report_id == Report.id)
        .join(Contact, Contact.account_id == Report.account_id)
        .join(LeadQuestion, LeadQuestion.report_id == Report.id),
    ),
    # A coordinator's own
    "saved.rename": Owned(*_FILTER, {"name": "Mine"}),
    "saved.delete": Owned(*_FILTER),
    "snippets.change": Owned(
        *_SNIPPET, {"decision": "notify", "title": "Worked", "text": "It is worked.", "language": "en"}
    ),
    "snippets.delete": Owned(*_SNIPPET),
    # A company's own
    "notices.show": Owned(*_NOTICE),
    "notices.answer": Owned(*_NOTICE, {"answer": "removed"}),
    "notices.reply": Owned(*_NOTICE, {"text": "Which picture?"}),
    "notices_api.show": Owned(*_NOTICE),
    "notices_api.answer": Owned(*_NOTICE, {"answer": "removed"}),
    "notices_api.reply": Owned(*_NOTICE, {"text": "Which picture?"}),
    "team.change_role": Owned(*_MEMBER, {"team_role": "member"}),
    "team.remove": Owned(*_MEMBER),
    "team.send_again": Owned(*_INVITATION),
    "team.withdraw": Owned(*_INVITATION),
    "team_tokens.revoke": Owned(*_TOKEN),
    "team_webhooks.make_secret": Owned(*_HOOK),
    "team_webhooks.test": Owned(*_HOOK),
    "team_webhooks.replay": Owned(*_HOOK, {"since": "2026-11-01T10:00", "until": "2026-11-02T10:00"}),
    "team_webhooks.retire_secret": Owned(
        ("spoc_id", "fingerprint"),
        select(Spoc.id, WebhookSecret.fingerprint, Spoc.company_id).join(WebhookSecret, WebhookSecret.spoc_id == Spoc.id),
    ),
    "team_webhooks.retire_answer_secret": Owned(
        ("fingerprint",), select(AnswerSecret.fingerprint, AnswerSecret.company_id)
    ),
    # What those whom the access table lets in work on together
    **dict.fromkeys(
        (
            "exams.page", "exams.start", "exams.question", "exams.answer",  # one's own attempt; the address names the module
            "training.read", "training.practice", "training.answer_practice", "rounds.show", "rounds.join", "rounds.leave",
        ),
        Shared.ROLE,
    ),
    **dict.fromkeys(
        (
            *(f"cases.{name}" for name in (
                "show", "decide", "find_taxa", "preview", "attach_reports", "read_doubts", "mark_clean", "record_answer", "reply",
                "form_sent", "ask_check", "look", "picture", "original", "withdraw",
            )),
            *(f"cases_api.{name}" for name in ("show", "decide", "undo", "claim", "let_go")),
            *(f"claims.{name}" for name in ("claim", "let_go", "hand_over")),
            *(f"links.{name}" for name in ("index", "make", "compare", "photo", "undo", "redo")),
            *(f"alarms.{name}" for name in ("withdraw", "clear", "undo")),
            *(f"complaints.{name}" for name in (
                "show", "take", "let_go", "choose_case", "answer", "send_again", "close", "erase", "copy",
            )),
            *(f"disputes.{name}" for name in ("show", "new", "begin", "send", "hear", "take_to_body", "close")),
            *(f"mail.{name}" for name in ("show", "file", "drop")),
            *(f"past.{name}" for name in ("show", "map_columns", "start", "undo")),
            *(f"species.{name}" for name in ("drop_term", "approve_found", "decline_found")),
            *(f"planning.{name}" for name in (
                "edit", "change", "team", "choose_lead", "report", "count_again", "report_pdf", "report_csv", "cell_table", "cell_csv",
            )),
            "quality.show", "quality.go_on", "unrouted.show", "unrouted.record",
        ),
        Shared.ROLE,
    ),
    **dict.fromkeys(
        (
            *(f"people.{name}" for name in (
                "show", "record", "ask_erase", "erase", "close", "reopen", "freeze", "unfreeze", "encourage", "name_contact",
                "accredit", "change_level", "leave_level", "suspend", "withdraw", "reinstate", "decide_appeal", "open_exam",
            )),
            *(f"factor_resets.{name}" for name in ("ask", "confirm", "withdraw")),
            *(f"recruitment.{name}" for name in ("invite", "decline", "undo_decline")),
            "admin.send_link", "desk.answer_question", "exams.item_analysis",
        ),
        Shared.ROLE,
    ),
    **dict.fromkeys(
        (
            *(f"operations.{name}" for name in ("dead_letter", "try_again", "drop")),
            *(f"organisations.{name}" for name in (
                "show", "change", "suspend", "resume", "ask_company", "choose",
            )),
            *(f"company_edit.{name}" for name in ("edit", "save")),
            *(f"platform_edit.{name}" for name in ("new", "add", "edit", "save")),
            *(f"platform_away.{name}" for name in ("ask", "take")),
            *(f"spoc_edit.{name}" for name in ("edit", "save", "confirm")),
            *(f"contacts.{name}" for name in ("show", "propose", "approve", "refuse", "test")),
            "company_history.show", "team.of_company",
            *(f"team.{name}_for" for name in ("invite", "send_again", "withdraw", "change_role", "retire_secret")),
        ),
        Shared.ROLE,
    ),
}  # fmt: skip


@dataclass
class Stranger:
    """Somebody with a session and tokens, as they were got; `ended`: nothing of them counts any more."""

    key: str
    cookie: str
    tokens: dict[Scope, dict[str, str]]
    ended: bool = False


SPOTTERS = (
    "ana",
    "ben",
    "ida",
    "ula",
    "lia",
    "rex",
)  # trusted and a lead; two trainees; a lead; suspended; on probation
STAFF = ("cora", "dan", "ada")
COMPANIES = ("mia", "may", "otto")  # a manager, a member of the same company, another company's manager
ENDED = ("closed", "frozen", "dismissed", "factorless", "removed")


def strangers(app: Flask, people: People) -> list[Stranger]:
    """All who try every object. Of the last five access has ended after they had signed in."""
    _lead(people)
    for key, role, company in (
        ("closed", Role.SPOTTER, None), ("frozen", Role.SPOTTER, None), ("dismissed", Role.COORDINATOR, None),
        ("factorless", Role.COORDINATOR, None), ("removed", Role.COMPANY, "mercado"),
    ):  # fmt: skip
        people.ids[key] = joining.add_account(f"{key}@people.test", f"Quill {key}", role, PASSWORD, company)
    for key in ("closed", "frozen"):
        accrediting.accredit_by_email(
            f"{key}@people.test", "cora@people.test", "Tests.", Level.PROBATION, waive_exam=True
        )
    made = [
        Stranger(key, _cookie(people, key), _tokens(people, key), key in ENDED)
        for key in (*SPOTTERS, *STAFF, *COMPANIES, *ENDED)
    ]
    closing.close(people.ids["closed"], people.ids["cora"], "Left.")
    closing.close(people.ids["dismissed"], people.ids["ada"], "Left.")
    freezing.freeze(people.ids["frozen"], people.ids["cora"])
    with read() as session:
        mercado = session.get_one(Account, people.ids["mia"]).company_id or ""
    team.remove(mercado, people.ids["removed"], people.ids["mia"])
    with write() as session:  # the session is from before, and has passed no second factor
        session.add(SecondFactor(account_id=people.ids["factorless"], sealed_key="", since=clock.now()))
    return [*made, Stranger("nobody", "", {})]


def _lead(people: People) -> None:
    """Ana and Ula each lead a team, of two rounds that are to come."""
    for key, days in (("ana", 200), ("ula", 300)):
        start = clock.now().date() + timedelta(days=days)
        plan = rounds.Plan(
            f"Round of {key}", "", start, start + timedelta(days=6), (10,), (), (), (), RoundState.OPEN, ("Otters",)
        )
        with write() as session:
            round_id = rounds.write_down(session, plan, people.ids["cora"])
            team_id = rounds.teams(session, round_id)[0].id
            rounds.join(session, round_id, people.ids[key], team_id)
            rounds.choose_lead(session, round_id, team_id, people.ids[key], people.ids["cora"])


def _cookie(people: People, key: str) -> str:
    cookie = people.browser(key).get_cookie("session", domain="localhost")
    return cookie.value if cookie else ""


def _tokens(people: People, key: str) -> dict[Scope, dict[str, str]]:
    return {} if key == "factorless" else {scope: people.token(key, scope) for scope in Scope}
