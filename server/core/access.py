"""Who may do what: one table, read top to bottom. Every Flask endpoint has a line here, or the build fails.

A rule names the roles that may come by page, or the scope a bearer token needs, and whose objects they may touch:
`own` is enforced by the query itself (a foreign object is not found), never by a check afterwards.
"""

from dataclasses import dataclass

from server.core.words import Role, Scope


@dataclass(frozen=True)
class Rule:
    """Who may reach one endpoint.

    roles: page visitors allowed; None: anyone, signed in or not.
    scope: set for API endpoints, which read bearer tokens only, never cookies.
    own: "own" (the spotter's), "company" (the company's), or "" (no object, or every object of its kind).
    a_minute: how often one address of the network may send it a minute; 0: no limit.
    """

    roles: frozenset[Role] | None = None
    scope: Scope | None = None
    own: str = ""
    a_minute: int = 0


def _roles(*roles: Role, own: str = "") -> Rule:
    return Rule(frozenset(roles), own=own)


ANYONE = Rule()
STRANGER = Rule(a_minute=20)  # a form that sends mail or keeps text, for whoever fills it in
SIGNED_IN = _roles(*Role)
REPORTERS = _roles(Role.SPOTTER, Role.COORDINATOR)  # who may hold a token that reports
SPOTTER = _roles(Role.SPOTTER)
OWN = _roles(Role.SPOTTER, own="own")
DESK = _roles(Role.COORDINATOR, Role.ADMIN)
ROUNDS = _roles(Role.SPOTTER, Role.COORDINATOR, Role.ADMIN)
COORDINATOR = _roles(Role.COORDINATOR)
COMPANY = _roles(Role.COMPANY, own="company")

RULES: dict[str, Rule] = {
    # What anyone may see
    "static": ANYONE,
    "site.landing": ANYONE,
    "site.privacy": ANYONE,
    "site.complaint": ANYONE,
    "site.send_complaint": STRANGER,
    "site.extension": ANYONE,
    "site.extension_zip": ANYONE,
    "site.extension_privacy": ANYONE,
    "site.theme": ANYONE,
    "site.healthz": ANYONE,
    "site.readyz": ANYONE,
    "site.metrics": ANYONE,  # answers on loopback only
    "site_api.described": ANYONE,
    # Accounts
    "accounts.sign_in": ANYONE,
    "accounts.choose_language": ANYONE,
    "accounts.sign_out": SIGNED_IN,
    "accounts.join": STRANGER,
    "accounts.forgotten": STRANGER,
    "accounts.set_password": ANYONE,
    "recruitment.apply": ANYONE,
    "recruitment.send": STRANGER,
    "recruitment.ask_withdraw": ANYONE,  # behind a signed link
    "recruitment.withdraw": ANYONE,
    "accounts.device": REPORTERS,
    "accounts.approve_device": REPORTERS,
    "accounts.profile": SIGNED_IN,
    "accounts.own_record": SIGNED_IN,
    "accounts.choose_mails": SPOTTER,
    "accounts.ask_erase": SPOTTER,
    "accounts.erase": SPOTTER,
    "accounts.revoke_token": SIGNED_IN,
    "accounts.end_sessions": SIGNED_IN,
    "accounts.find_device": REPORTERS,
    "accounts_api.authorize": Rule(a_minute=120),  # a room full of people may sit behind one address
    "accounts_api.token": ANYONE,
    # Training: everyone may read along, the signed-in answer
    "training.index": ANYONE,
    "training.course": ANYONE,
    "training.lesson": ANYONE,
    "training.picture": ANYONE,
    "training.read": SIGNED_IN,
    "training.practice_all": SIGNED_IN,
    "training.practice": SIGNED_IN,
    "training.answer_practice": SIGNED_IN,
    "training.practised": _roles(*Role, own="own"),
    "exams.page": SIGNED_IN,
    "exams.start": SIGNED_IN,
    "exams.question": SIGNED_IN,
    "exams.answer": SIGNED_IN,
    "exams.item_analysis": DESK,
    "exams.alike": DESK,
    # The practice lane
    "skill.lane": SPOTTER,
    "skill.answer": SPOTTER,
    "skill.answered": OWN,
    "skill.mine": SPOTTER,
    "skill.known": DESK,
    # One's own accreditation
    "accreditation.agreement": ANYONE,
    "accreditation.sign": SPOTTER,
    "accreditation.appeal": SPOTTER,
    "accreditation.send_appeal": SPOTTER,
    "accreditation.certificate": SPOTTER,
    "accreditation.certificate_pdf": SPOTTER,
    "accreditation.show_certificate": SPOTTER,
    "accreditation.hide_certificate": SPOTTER,
    "accreditation.verify": ANYONE,  # behind an unguessable code that runs out
    # The spotter's reports
    "reports.index": OWN,
    "reports.new": SPOTTER,
    "reports.create": SPOTTER,
    "reports.show": OWN,
    "reports.reply": OWN,
    "reports.picture": OWN,
    "reports_api.create": Rule(scope=Scope.REPORTS),
    "reports_api.index": Rule(scope=Scope.REPORTS, own="own"),
    "reports_api.show": Rule(scope=Scope.REPORTS, own="own"),
    "reports_api.reply": Rule(scope=Scope.REPORTS, own="own"),
    "listings_api.known": Rule(scope=Scope.REPORTS),
    "monitoring_api.index": Rule(scope=Scope.REPORTS),
    "monitoring_api.look": Rule(scope=Scope.REPORTS),  # not found for who is not asked
    "site_api.vocabulary": Rule(scope=Scope.REPORTS),
    # Searches and rounds
    "rounds.work": SPOTTER,
    "rounds.write_search": SPOTTER,
    "rounds.choose_languages": SPOTTER,
    "rounds.index": ROUNDS,
    "rounds.show": ROUNDS,
    "rounds.join": SPOTTER,
    "rounds.leave": SPOTTER,
    "rounds.remind": SPOTTER,
    "planning.new": COORDINATOR,
    "planning.create": COORDINATOR,
    "planning.edit": COORDINATOR,
    "planning.change": COORDINATOR,
    "planning.choose_lead": COORDINATOR,
    "planning.report": DESK,
    "planning.report_pdf": DESK,
    "planning.report_csv": DESK,
    # Terms of the lexicon
    "species.terms": DESK,
    "species.add_term": COORDINATOR,
    "species.drop_term": COORDINATOR,
    # The desk
    "cases.queue": DESK,
    "cases.show": DESK,
    "cases.decide": COORDINATOR,
    "cases.attach_reports": COORDINATOR,
    "cases.mark_clean": COORDINATOR,
    "cases.record_answer": COORDINATOR,
    "cases.form_sent": COORDINATOR,
    "cases.ask_check": COORDINATOR,
    "cases.look": COORDINATOR,
    "cases.picture": DESK,
    "cases.original": DESK,
    "cases.withdraw": COORDINATOR,
    "cases.complaints": DESK,
    "cases_api.index": Rule(scope=Scope.CASES),
    "cases_api.show": Rule(scope=Scope.CASES),
    "cases_api.decide": Rule(scope=Scope.CASES),
    "people.index": DESK,
    "people.show": DESK,
    "people.record": DESK,
    "people.ask_erase": COORDINATOR,
    "people.erase": COORDINATOR,
    "people.invite": COORDINATOR,
    "people.desk": DESK,
    "people.encourage": COORDINATOR,
    "people.invitations": COORDINATOR,
    "people.check_invitations": COORDINATOR,
    "people.send_invitations": COORDINATOR,
    "recruitment.waiting": DESK,
    "recruitment.invite": COORDINATOR,
    "recruitment.decline": COORDINATOR,
    "people.accredit": COORDINATOR,
    "people.change_level": COORDINATOR,
    "people.leave_level": COORDINATOR,
    "people.suspend": COORDINATOR,
    "people.withdraw": COORDINATOR,
    "people.reinstate": COORDINATOR,
    "people.decide_appeal": COORDINATOR,
    "people.open_exam": COORDINATOR,
    # Companies and their notices
    "companies.index": DESK,
    "notices.inbox": COMPANY,
    "notices.show": COMPANY,
    "notices.answer": COMPANY,
    "notices.answer_many": COMPANY,
    "answers.screenshot": ANYONE,  # behind the same unguessable link as the answer
    "notices_api.index": Rule(scope=Scope.COMPANY, own="company"),
    "notices_api.show": Rule(scope=Scope.COMPANY, own="company"),
    "notices_api.answer": Rule(scope=Scope.COMPANY, own="company"),
    "answers.show": ANYONE,
    "answers.answer": ANYONE,
}

# Which roles may hold a token of which scope.
HOLDERS: dict[Scope, frozenset[Role]] = {
    Scope.REPORTS: frozenset({Role.SPOTTER, Role.COORDINATOR}),
    Scope.CASES: frozenset({Role.COORDINATOR}),
    Scope.COMPANY: frozenset({Role.COMPANY}),
}
