"""Who may reach each endpoint: one table, read top to bottom. An endpoint of Flask without a line here is not served.

`RULES` says of every endpoint which action of `core/access.py` it is, and whose objects it may touch.
"""

from dataclasses import dataclass
from enum import StrEnum

from server.core.access import SCOPES
from server.core.words import Scope


class Own(StrEnum):
    """Whose objects an endpoint may touch; `web.owner` gives it that id, and the gate sees to it that it was asked."""

    ACCOUNT = "account"
    COMPANY = "company"


@dataclass(frozen=True)
class Rule:
    """Who may reach one endpoint.

    action: what one must be able to do; empty: anyone may come, signed in or not.
    scope: set for API endpoints, which read bearer tokens only, never cookies.
    also: a second scope of the endpoint. Its holders touch every object of its kind, whatever `own` says of the first one's.
    own: whose objects alone it touches; None: no object, or every object of its kind.
    a_minute: how often one address of the network may send it a minute; 0: no limit.
    """

    action: str = ""
    scope: Scope | None = None
    own: Own | None = None
    a_minute: int = 0
    also: Scope | None = None

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """The scopes of which a token needs one; empty: no endpoint of the API."""
        return tuple(scope for scope in (self.scope, self.also) if scope)


def _api(scope: Scope, own: Own | None = None, *, also: Scope | None = None) -> Rule:
    return Rule(SCOPES[scope], scope, own, also=also)


ANYONE = Rule()
STRANGER = Rule(a_minute=20)  # a form that sends mail or keeps text, for whoever fills it in
OWN_REPORTS = Rule("reports.follow", own=Own.ACCOUNT)
OWN_NOTICES = Rule("notices.answer", own=Own.COMPANY)
OWN_TEAM = Rule("team.manage", own=Own.COMPANY)

RULES: dict[str, Rule] = {
    # What anyone may see
    "static": ANYONE,
    "site.landing": ANYONE,
    "site.working_with_us": ANYONE,
    "site.privacy": ANYONE,
    "proofs.ask": ANYONE,
    "proofs.check": STRANGER,  # nothing is kept, but guesses are slow
    "complaint.write": ANYONE,
    "complaint.send": STRANGER,
    "site.extension": ANYONE,
    "site.extension_zip": ANYONE,
    "site.extension_privacy": ANYONE,
    "site.theme": ANYONE,
    "site.keys": ANYONE,
    "site.healthz": ANYONE,
    "site.readyz": ANYONE,
    "site.metrics": ANYONE,  # who has its token, or on loopback (`pages/site`)
    "site_api.described": ANYONE,
    # Accounts
    "accounts.sign_in": ANYONE,
    "accounts.ask_sign_in_link": ANYONE,
    "accounts.send_sign_in_link": STRANGER,
    "accounts.ask_sign_in_by_link": ANYONE,  # behind an unguessable link that works once
    "accounts.sign_in_by_link": ANYONE,
    "factor.ask": ANYONE,  # who gave the right password and owes a code
    "factor.answer": ANYONE,
    "factor.enrol_at_sign_in": ANYONE,
    "accounts.choose_language": ANYONE,
    "accounts.sign_out": Rule("account.use"),
    "accounts.join": STRANGER,
    "accounts.forgotten": STRANGER,
    "accounts.set_password": ANYONE,
    "recruitment.apply": ANYONE,
    "recruitment.send": STRANGER,
    "recruitment.ask_withdraw": ANYONE,  # behind a signed link
    "recruitment.withdraw": ANYONE,
    "accounts.device": Rule("reports.send"),
    "accounts.approve_device": Rule("reports.send"),
    "accounts.profile": Rule("account.use"),
    "accounts.own_record": Rule("account.use"),
    "accounts.choose_mails": Rule("account.choose_mails"),
    "accounts.ask_erase": Rule("account.leave"),
    "accounts.erase": Rule("account.leave"),
    "accounts.freeze": Rule("account.freeze"),
    "accounts.revoke_token": Rule("account.use"),
    "accounts.end_sessions": Rule("account.use"),
    "factor.show": Rule("account.use"),
    "factor.set_up": Rule("account.use"),
    "factor.enrol": Rule("account.use"),
    "factor.new_codes": Rule("account.use"),
    "factor.turn_off": Rule("account.use"),
    "accounts.find_device": Rule("reports.send"),
    "accounts_api.authorize": Rule(a_minute=120),  # a room full of people may sit behind one address
    "accounts_api.token": ANYONE,
    # Training: everyone may read along, the signed-in answer
    "training.index": ANYONE,
    "training.module": ANYONE,
    "training.lesson": ANYONE,
    "training.picture": ANYONE,
    "training.read": Rule("training.learn"),
    "training.practice": Rule("training.learn"),
    "training.answer_practice": Rule("training.learn"),
    "training.practised": Rule("training.learn", own=Own.ACCOUNT),
    **{f"review.{name}": Rule("training.learn") for name in ("show", "answer", "reminder", "choose")},
    **{f"unsubscribe.{name}": ANYONE for name in ("ask", "stop")},  # behind a signed link
    "review.answered": Rule("training.learn", own=Own.ACCOUNT),
    "exams.page": Rule("training.learn"),
    "exams.start": Rule("training.learn"),
    "exams.question": Rule("training.learn"),
    "exams.answer": Rule("training.learn"),
    "exams.item_analysis": Rule("training.analyse"),
    "exams.alike": Rule("training.analyse"),
    # The practice lane
    "skill.lane": Rule("lane.answer"),
    "skill.answer": Rule("lane.answer"),
    "skill.answered": Rule("lane.answer", own=Own.ACCOUNT),
    "skill.mine": Rule("lane.answer"),
    "pictures.lane": Rule("lane.answer"),
    "pictures.answer": Rule("lane.answer"),
    "pictures.answered": Rule("lane.answer", own=Own.ACCOUNT),
    "pictures.picture": Rule("lane.answer", own=Own.ACCOUNT),
    "skill.known": Rule("training.analyse"),
    # One's own accreditation
    "accreditation.agreement": ANYONE,
    "accreditation.sign": Rule("accreditation.hold"),
    "accreditation.appeal": Rule("accreditation.hold"),
    "accreditation.send_appeal": Rule("accreditation.hold"),
    "accreditation.certificate": Rule("accreditation.hold"),
    "accreditation.certificate_pdf": Rule("accreditation.hold"),
    "accreditation.show_certificate": Rule("accreditation.hold"),
    "accreditation.hide_certificate": Rule("accreditation.hold"),
    "accreditation.verify": ANYONE,  # behind an unguessable code that runs out
    # The spotter's reports
    "reports.index": OWN_REPORTS,
    "reports.new": Rule("reports.follow"),
    "reports.create": Rule("reports.follow"),
    "reports.about": OWN_REPORTS,
    "reports.show": OWN_REPORTS,
    "reports.reply": OWN_REPORTS,
    "reports.retract": OWN_REPORTS,
    "reports.add": OWN_REPORTS,
    "reports.picture": OWN_REPORTS,
    "reports_api.create": _api(Scope.REPORTS),
    "reports_api.index": _api(Scope.REPORTS, Own.ACCOUNT),
    "reports_api.show": _api(Scope.REPORTS, Own.ACCOUNT),
    "reports_api.reply": _api(Scope.REPORTS, Own.ACCOUNT),
    "reports_api.retract": _api(Scope.REPORTS, Own.ACCOUNT),
    "reports_api.add": _api(Scope.REPORTS, Own.ACCOUNT),
    "listings_api.known": _api(Scope.REPORTS),
    "monitoring_api.index": _api(Scope.REPORTS),
    "monitoring_api.look": _api(Scope.REPORTS),  # not found for who is not asked
    "site_api.vocabulary": _api(Scope.REPORTS),
    # Searches and rounds
    "rounds.work": Rule("rounds.take_part"),
    "rounds.write_search": Rule("rounds.take_part"),
    "rounds.choose_languages": Rule("rounds.take_part"),
    "rounds.index": Rule("rounds.see"),
    "rounds.show": Rule("rounds.see"),
    "rounds.my_team": Rule("rounds.take_part", own=Own.ACCOUNT),  # whose lead one is
    "rounds.join": Rule("rounds.take_part"),
    "rounds.leave": Rule("rounds.take_part"),
    "rounds.remind": Rule("rounds.take_part"),
    "rounds.pause": Rule("rounds.take_part"),
    "rounds.choose_topics": Rule("rounds.take_part"),
    "planning.new": Rule("rounds.plan"),
    "planning.create": Rule("rounds.plan"),
    "planning.edit": Rule("rounds.plan"),
    "planning.change": Rule("rounds.plan"),
    "planning.team": Rule("rounds.oversee"),
    "planning.choose_lead": Rule("rounds.plan"),
    "planning.report": Rule("rounds.oversee"),
    "planning.report_pdf": Rule("rounds.oversee"),
    "planning.report_csv": Rule("rounds.oversee"),
    # Taxa and terms of the lexicon. The guide has what notices and lessons say; whoever answers by a link has no account
    "guide.index": ANYONE,
    "guide.taxon": ANYONE,
    "species.taxa": Rule("terms.see"),
    "species.terms": Rule("terms.see"),
    "species.add_term": Rule("terms.change"),
    "species.drop_term": Rule("terms.change"),
    "species.approve_found": Rule("terms.change"),
    "species.decline_found": Rule("terms.change"),
    "species.subscribed": Rule("terms.subscribe"),
    "species.subscribed_csv": Rule("terms.subscribe"),
    "terms_api.index": _api(Scope.COMPANY),
    # The desk
    "cases.queue": Rule("cases.see"),
    "cases.show": Rule("cases.see"),
    "queue_csv.download": Rule("cases.see"),
    "cases.decide": Rule("cases.decide"),
    "cases.find_taxa": Rule("cases.see"),
    "cases.preview": Rule("cases.decide"),
    "cases.attach_reports": Rule("cases.decide"),
    "cases.read_doubts": Rule("cases.decide"),
    "cases.mark_clean": Rule("cases.decide"),
    "cases.record_answer": Rule("cases.decide"),
    "cases.reply": Rule("cases.decide"),
    "cases.form_sent": Rule("cases.decide"),
    "cases.send_mails_again": Rule("cases.decide"),
    "cases.ask_check": Rule("cases.decide"),
    "cases.look": Rule("cases.decide"),
    "cases.picture": Rule("cases.see"),
    "cases.original": Rule("cases.see"),
    "cases.withdraw": Rule("cases.decide"),
    **{f"complaints.{name}": Rule("cases.see") for name in ("index", "show")},
    **{
        f"complaints.{name}": Rule("complaints.answer")
        for name in ("take", "let_go", "choose_case", "answer", "send_again", "new", "write_down")
    },
    **{f"complaints.{name}": Rule("complaints.answer") for name in ("close", "erase", "copy")},
    **{f"disputes.{name}": Rule("cases.see") for name in ("index", "show")},
    **{f"disputes.{name}": Rule("cases.decide") for name in ("new", "begin", "send", "hear", "take_to_body", "close")},
    "many.choose": Rule("cases.decide"),
    "many.decide": Rule("cases.decide"),
    "many.undo": Rule("cases.decide"),
    **{f"saved.{name}": Rule("cases.decide") for name in ("index", "save", "rename", "delete")},
    **{f"snippets.{name}": Rule("cases.decide") for name in ("index", "save", "change", "delete")},
    "claims.claim": Rule("cases.decide"),
    "claims.let_go": Rule("cases.decide"),
    "claims.hand_over": Rule("cases.decide"),
    "claims.claim_many": Rule("cases.decide"),
    "links.index": Rule("cases.see"),
    "links.make": Rule("cases.decide"),
    "links.compare": Rule("cases.see"),
    "links.photo": Rule("cases.see"),
    "links.undo": Rule("cases.decide"),
    "links.redo": Rule("cases.decide"),
    "learning.show": Rule("cases.see"),
    "learning.switch": Rule("cases.decide"),
    **{f"attention.{name}": Rule("cases.see") for name in ("index", "overdue", "checks")},
    "mail.index": Rule("cases.see"),
    "mail.show": Rule("cases.see"),
    **dict.fromkeys(("mail.file", "mail.drop", "quality.go_on"), Rule("cases.decide")),
    "figures.show": Rule("cases.see"),
    "figures.csv": Rule("cases.see"),
    "alarms.index": Rule("cases.see"),
    **{f"alarms.{name}": Rule("cases.decide") for name in ("withdraw", "clear", "undo")},
    **dict.fromkeys(
        ("past.index", "past.upload", "past.show", "past.map_columns", "past.start", "past.undo"), Rule("past.import")
    ),
    **{f"cases_api.{name}": _api(Scope.CASES) for name in ("index", "show", "decide", "decide_many", "undo")},
    **{f"cases_api.{name}": _api(Scope.CASES) for name in ("claim", "let_go")},
    **dict.fromkeys(("people.index", "people.show", "people.record"), Rule("people.see")),
    "people.ask_erase": Rule("people.erase"),
    "people.erase": Rule("people.erase"),
    "people.close": Rule("people.close"),
    "people.reopen": Rule("people.close"),
    "people.freeze": Rule("people.freeze"),
    "people.unfreeze": Rule("people.freeze"),
    "people.others": Rule("people.close"),
    "admin.accounts": Rule("people.manage_staff"),
    "admin.invite": Rule("people.manage_staff"),
    "admin.send_link": Rule("people.manage_staff"),
    "factor_resets.index": Rule("people.confirm_factor_reset"),
    "factor_resets.ask": Rule("people.ask_factor_reset"),
    "factor_resets.confirm": Rule("people.confirm_factor_reset"),
    "factor_resets.withdraw": Rule("people.confirm_factor_reset"),
    "people.add_staff": Rule("people.manage_staff"),
    "people.invite": Rule("people.invite"),
    "people.desk": Rule("people.see"),
    "desk.to_accredit": Rule("people.see"),
    "desk.accredit": Rule("people.accredit"),
    **{f"desk.{name}": Rule("people.see") for name in ("appeals", "suspended", "proposals", "ending", "changes")},
    "people.encourage": Rule("people.encourage"),
    "people.name_contact": Rule("people.name_contact"),
    "invitations.show": Rule("people.invite"),
    "invitations.check": Rule("people.invite"),
    "invitations.send": Rule("people.invite"),
    "recruitment.waiting": Rule("people.see"),
    "recruitment.invite": Rule("people.invite"),
    "recruitment.decline": Rule("people.invite"),
    "recruitment.undo_decline": Rule("people.invite"),
    "people.accredit": Rule("people.accredit"),
    "people.change_level": Rule("people.accredit"),
    "people.leave_level": Rule("people.accredit"),
    "people.suspend": Rule("people.accredit"),
    "people.withdraw": Rule("people.accredit"),
    "people.reinstate": Rule("people.accredit"),
    "people.decide_appeal": Rule("people.decide_appeal"),
    "people.open_exam": Rule("people.accredit"),
    # The machine
    "audit.show": Rule("audit.see"),
    **{f"operations.{name}": Rule("operations.see") for name in ("index", "settings", "dead_letters", "dead_letter")},
    **{f"operations.{name}": Rule("operations.run") for name in ("pause", "resume", "try_again", "drop")},
    # Companies and their notices
    **dict.fromkeys(("companies.index", "quality.index", "quality.show"), Rule("companies.see")),
    "companies.export": Rule("companies.see"),
    "company_history.show": Rule("companies.see"),
    **{f"company_edit.{name}": Rule("companies.edit") for name in ("new", "add", "edit", "save")},
    **{f"platform_edit.{name}": Rule("companies.edit") for name in ("new", "add", "edit", "save")},
    **{f"platform_away.{name}": Rule("companies.edit") for name in ("ask", "take")},
    **{f"spoc_edit.{name}": Rule("companies.edit") for name in ("edit", "save", "confirm")},
    "contacts.show": Rule("companies.see"),
    **{
        f"organisations.{name}": Rule("organisations.keep")
        for name in ("index", "ask_new", "add", "show", "change", "suspend", "resume", "ask_company", "choose")
    },
    **{f"contacts.{name}": Rule("companies.change_address") for name in ("propose", "approve", "refuse", "test")},
    "still_right.show": ANYONE,  # behind a signed link
    "still_right.answer": STRANGER,
    "contact_links.show": ANYONE,  # behind a signed link
    "contact_links.answer": STRANGER,
    "team.index": Rule("team.see", own=Own.COMPANY),
    "team.leave": Rule("team.see"),
    **{f"team.{name}": OWN_TEAM for name in ("invite", "send_again", "withdraw", "change_role", "remove")},
    **{f"team_tokens.{name}": OWN_TEAM for name in ("index", "make", "revoke")},
    **{f"team_webhooks.{name}": OWN_TEAM for name in ("index", "make_secret", "retire_secret", "test", "replay")},
    "team.ask_join": ANYONE,  # behind a signed link
    "team.join": STRANGER,
    "team.of_company": Rule("team.oversee"),
    **dict.fromkeys(
        ("team.invite_for", "team.send_again_for", "team.withdraw_for", "team.change_role_for"), Rule("people.close")
    ),
    **{f"notices.{name}": OWN_NOTICES for name in ("inbox", "show", "answer", "answer_many", "undo", "reply")},
    "notices.csv": OWN_NOTICES,
    **{f"answer_files.{name}": OWN_NOTICES for name in ("show", "xlsx", "csv", "check", "send")},
    "figures.own": OWN_NOTICES,
    "figures.own_csv": OWN_NOTICES,
    "answers.screenshot": ANYONE,  # behind the same unguessable link as the answer
    "notices_api.index": _api(Scope.COMPANY, Own.COMPANY),
    "notices_api.show": _api(Scope.COMPANY, Own.COMPANY),
    "notices_api.answer": _api(Scope.COMPANY, Own.COMPANY),
    "figures_api.index": _api(Scope.COMPANY, Own.COMPANY, also=Scope.CASES),
    "notices_api.answer_many": _api(Scope.COMPANY, Own.COMPANY),
    "notices_api.reply": _api(Scope.COMPANY, Own.COMPANY, also=Scope.CASES),
    "answers.show": ANYONE,
    "answers.answer": ANYONE,
}
