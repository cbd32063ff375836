"""Mails about a company's team, each in its reader's language."""

from server.core import access, clock, post, web, work
from server.core.database import read
from server.core.sentences import sentence
from server.journeys.company import team
from server.ledger.companies.models import Company
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.teams import invitation_link
from server.people.teams import store as teams
from server.people.teams.models import TeamEvent, TeamInvitation
from server.reads import notifying, unclaimed


@work.handler("mail_team_invited")
def mail_invited(subject_id: str) -> None:
    """The invitation; to an address that has an account, that it needs another one. Its inviter is told nothing of that."""
    invitation_id, _, sendings = subject_id.partition(".")
    with read() as session:
        invitation = session.get(TeamInvitation, invitation_id)
        if invitation is None or invitation.ended_at or invitation.sendings != int(sendings):
            return
        if invitation.expires_at <= clock.now():
            return
        company = session.get_one(Company, invitation.company_id).name
        inviter = session.get_one(Account, invitation.invited_by_id)
        account = accounts.by_email(session, invitation.email)
        free = account is not None and unclaimed.is_unclaimed(session, account)
        taken = account is not None and not free and not team.can_come_back(session, account, invitation)
        if account and taken and account.disabled_at:  # closed, or frozen: nothing is mailed
            return
        to = account.email if account else invitation.email
        language = account.language if account and not free else invitation.language
        context = {
            "company": company, "team_role": team.role_of(session, invitation), "expires_at": invitation.expires_at,
            "notifier": notifying.of_company(session, invitation.company_id),
            "by": inviter.name if access.can("team.see", inviter) else "",  # whoever is at the desk stays unnamed
            "link": web.absolute("team.ask_join", token=invitation_link.make(invitation.id, invitation.sendings)),
        }  # fmt: skip
    template = "team_taken" if taken else "team_invited"
    subject = sentence("An invitation to a team at Cyber Spotter")
    post.send_template(template, to, subject, context, post.message_id(f"{subject_id}.team"), language)


PAGES = {  # of keys, where their managers make and retire them
    TeamEvent.ANSWER_SECRET_MADE: "team_webhooks.index",
    TeamEvent.ANSWER_SECRET_RETIRED: "team_webhooks.index",
    TeamEvent.WEBHOOK_SECRET_MADE: "team_webhooks.index",
    TeamEvent.WEBHOOK_SECRET_RETIRED: "team_webhooks.index",
    TeamEvent.TOKEN_MADE: "team_tokens.index",
    TeamEvent.TOKEN_REVOKED: "team_tokens.index",
}


@work.handler("mail_team_change")
def mail_change(subject_id: str) -> None:
    """What happened in somebody's team, or to a key of their company."""
    account_id, _, number = subject_id.partition(".")
    with read() as session:
        account, change = session.get_one(Account, account_id), teams.change(session, int(number))
        if change is None:
            return
        own = change.account_id == account_id
        if account.disabled_at and not (own and change.event == TeamEvent.REMOVED and account.disabled_at == change.at):
            return
        by = session.get_one(Account, change.by_id)
        context = {
            "event": change.event, "own": own, "name": session.get_one(Account, change.account_id).name,
            "notifier": notifying.of_company(session, change.company_id),
            "by": by.name if access.can("team.see", by) else "",
            "company": session.get_one(Company, change.company_id).name, "at": change.at,
            "link": web.absolute(PAGES.get(TeamEvent(change.event), "team.index")), "gone": account.disabled_at is not None,
            "what": change.what,
        }  # fmt: skip
        to, language = account.email, account.language
    subject = sentence("A change in your team at Cyber Spotter")
    post.send_template("team_change", to, subject, context, post.message_id(f"{subject_id}.team"), language)
