"""Who may do what: one table, read top to bottom. `core/endpoints.py` says which action each endpoint is.

`ACTIONS` says which roles may take an action. Gate, templates and journeys ask `can`; no other file decides by a role's name.
If accounts ever get groups, only this file changes.
"""

from typing import Protocol

from server.core.words import Role, Scope, TeamRole

_SPOTTER = frozenset({Role.SPOTTER})
_COORDINATOR = frozenset({Role.COORDINATOR})
_DESK = frozenset({Role.COORDINATOR, Role.ADMIN})
_COMPANY = frozenset({Role.COMPANY})
_EVERYBODY = frozenset(Role)
COMPANY_PERSON = Role.COMPANY  # the role of an account that an invitation to a team opens

ACTIONS: dict[str, frozenset[Role]] = {
    # One's own account and training
    "account.use": _EVERYBODY,
    "account.choose_mails": _SPOTTER,
    "account.leave": _SPOTTER,
    "account.freeze": _SPOTTER,
    "training.learn": _EVERYBODY,
    "accreditation.hold": _SPOTTER,  # sign the agreement, be accredited, appeal, show the certificate
    "lane.answer": _SPOTTER,
    # Reports and rounds
    "reports.send": frozenset({Role.SPOTTER, Role.COORDINATOR}),  # from a paired device
    "reports.follow": _SPOTTER,  # the pages of one's own reports, and the form
    "leads.ask": _SPOTTER,  # the lead who is one's contact
    "leads.lead": _SPOTTER,  # who is a lead today: for others the pages do not exist
    "rounds.take_part": _SPOTTER,
    "rounds.see": frozenset({Role.SPOTTER, Role.COORDINATOR, Role.ADMIN}),
    "rounds.oversee": _DESK,
    "rounds.plan": _COORDINATOR,
    # The desk
    "cases.see": _DESK,
    "cases.decide": _COORDINATOR,
    "complaints.answer": _DESK,  # who had no part in what the complaint is about
    "past.import": _COORDINATOR,  # spreadsheets of earlier years
    "companies.see": _DESK,
    "companies.change_address": _DESK,  # of a SPOC: one proposes, another approves
    "companies.edit": _DESK,  # all of the directory that is no address
    "companies.import": frozenset({Role.ADMIN}),  # a file of them, on a page
    "terms.see": _DESK,
    "terms.change": _COORDINATOR,
    "terms.subscribe": _COMPANY,
    "training.analyse": _DESK,  # what the answers of everybody show
    "people.see": _DESK,
    "people.invite": _COORDINATOR,
    "people.encourage": _COORDINATOR,
    "people.name_contact": _COORDINATOR,
    "people.answer_questions": _COORDINATOR,  # in a lead's stead
    "people.accredit": _COORDINATOR,
    "people.decide_appeal": _DESK,  # who neither invited nor decided before
    "people.erase": _COORDINATOR,
    "people.close": _DESK,  # accounts of spotters and of company people
    "people.freeze": _COORDINATOR,  # spotters who are threatened
    "people.ask_factor_reset": frozenset({Role.ADMIN}),  # remove the second factor of somebody who has lost it
    "people.confirm_factor_reset": _DESK,  # as a second person
    "people.manage_staff": frozenset({Role.ADMIN}),  # open and close accounts of every role
    "organisations.keep": frozenset({Role.ADMIN}),  # who notifies, and its trusted-flagger award
    # The machine
    "audit.see": frozenset({Role.ADMIN}),
    "operations.see": frozenset({Role.ADMIN}),
    "operations.run": frozenset({Role.ADMIN}),  # pause and resume sending, try dead letters again or drop them
    # Companies
    "notices.answer": _COMPANY,
    "team.see": _COMPANY,  # and leave it
    "team.manage": _COMPANY,
    "team.oversee": _DESK,
}
MANAGED = frozenset({"team.manage"})  # what only the managers of a company's team may do

# What the holder of a token must be able to do, by its scope.
SCOPES: dict[Scope, str] = {
    Scope.REPORTS: "reports.send",
    Scope.CASES: "cases.decide",
    Scope.COMPANY: "notices.answer",
}


class Actor(Protocol):
    """Whoever acts: an account, or the account that a token acts for."""

    @property
    def role(self) -> str: ...
    @property
    def team_role(self) -> str | None: ...


def can(action: str, actor: Actor | None) -> bool:
    """Whether this account (None: nobody is signed in) may take an action. Raises LookupError for an unknown action."""
    roles = holders(action)
    if actor is None or actor.role not in roles:
        return False
    return action not in MANAGED or actor.team_role == TeamRole.MANAGER


def holders(action: str) -> frozenset[Role]:
    """Whose role lets them take an action, to choose rows by. Raises LookupError for an unknown action."""
    if action not in ACTIONS:
        raise LookupError(f"{action} has no line in server/core/access.py")
    return ACTIONS[action]
