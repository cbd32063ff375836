"""An encouraging email to a spotter who has stalled."""

from server.core import audit, clock, post, times, web, work
from server.core.database import read, write
from server.core.sentences import counted, sentence
from server.core.words import Refused
from server.people.accounts import invitation_link
from server.people.accounts import store as accounts
from server.people.accounts.models import Account
from server.people.accreditation import steps
from server.people.accreditation.steps import NextStep, StalledBecause
from server.reads import onboarding


def encourage(account_id: str, by_id: str) -> str:
    """A coordinator asks a spotter who has stalled how it is going; the name. Raises Refused: not-found, conflict."""
    with write() as session:
        at = clock.now()
        account = accounts.spotter(session, account_id)
        if account.disabled_at:
            raise Refused("not-found", sentence("There is no such spotter."))
        [spotter] = onboarding.spotters(session, at, account_id)
        if spotter.paused_until:
            until = times.short_day(spotter.paused_until)
            raise Refused("conflict", sentence("%(name)s has paused until %(day)s.", name=account.name, day=until))
        stalled = steps.stalled(spotter.progress, at)
        if stalled and stalled.why is StalledBecause.LOCKED:
            detail = sentence("%(name)s cannot take the exam now. Reopen it instead.", name=account.name)
            raise Refused("conflict", detail)
        if stalled is None:
            raise Refused("conflict", sentence("%(name)s has continued in the meantime.", name=account.name))
        if not accounts.note_reminder(session, account_id, at, at - steps.REMIND_AGAIN):
            detail = counted(
                "%(name)s got an email in the last %(number)s day.",
                "%(name)s got an email in the last %(number)s days.",
                steps.REMIND_AGAIN.days,
                name=account.name,
            )
            raise Refused("conflict", detail)
        work.enqueue(session, "mail_encouragement", account_id)
        audit.record(session, by_id, "spotter_encouraged", "account", account_id)
        return account.name


PAGES = {
    NextStep.SIGN: "accreditation.agreement",
    NextStep.EXAM: "training.index",
    NextStep.EXAM_AGAIN: "training.index",
    NextStep.REPORT: "rounds.work",
    NextStep.REPORT_AGAIN: "rounds.work",
}


@work.handler("mail_encouragement")
def mail_encouragement(account_id: str) -> None:
    """Where they are and what comes next, unless they have continued in the meantime."""
    at = clock.now()
    with read() as session:
        spotters = onboarding.spotters(session, at, account_id)
        stalled = steps.stalled(spotters[0].progress, at) if spotters else None
        if stalled is None or stalled.why is StalledBecause.LOCKED or spotters[0].paused_until:
            return
        account = session.get_one(Account, account_id)
        to, reminded_at, language = account.email, account.reminded_at or at, account.language
    if stalled.next_step in PAGES:
        link = web.absolute(PAGES[stalled.next_step])
    else:
        link = web.absolute("accounts.set_password", token=invitation_link.make(account_id, ""))
    post.send_template(
        "encouragement", to, sentence("Your next step with Cyber Spotter"),
        {"next_step": stalled.next_step.value, "link": link},
        post.message_id(f"{account_id}.encouragement.{int(reminded_at.timestamp())}"), language,
    )  # fmt: skip
