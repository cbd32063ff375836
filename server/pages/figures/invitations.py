"""Invitations as the pages of sites without a company show them, and the form that writes a step down."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.orm import Session
from wtforms import DateField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional, Regexp, ValidationError

from server.core import clock, urls
from server.core.forms import Form, Length
from server.core.sentences import Sentence, sentence
from server.ledger.companies import store as companies
from server.ledger.invitations import states, store
from server.ledger.invitations.models import InvitationStep
from server.ledger.invitations.states import InvitationState, InvitationWay
from server.people.accounts.models import Account

STATE: dict[InvitationState, Sentence] = {
    InvitationState.INVITED: sentence("Invited, no answer yet"),
    InvitationState.TALKING: sentence("In talks"),
    InvitationState.DECLINED: sentence("Declined"),
    InvitationState.JOINED: sentence("Joined"),
}
WAY: dict[InvitationWay, Sentence] = {
    InvitationWay.MAIL: sentence("by an email we wrote"),
    InvitationWay.LETTER: sentence("by letter"),
    InvitationWay.MEETING: sentence("at a meeting"),
    InvitationWay.CALL: sentence("by phone"),
}


class SiteInvitationForm(Form):
    """What was done or heard about a site."""

    state = SelectField(sentence("What happened"))
    way = SelectField(
        sentence("How they were invited"),
        choices=[SelectChoice("", "–"), *(SelectChoice(way.value, words) for way, words in WAY.items())],
        description=sentence("Only when you have invited them."),
    )
    organisation = StringField(
        sentence("Whom"),
        [DataRequired(sentence("Enter the organisation.")), Length(max=200)],
        description=sentence("The organisation, not a person."),
    )
    address = StringField(
        sentence("Email address"),
        [Optional(), Length(max=254), Regexp(r"^[^@\s]+@[^@\s]+$", message=sentence("Enter an email address."))],
        description=sentence("We delete it after a year."),
    )
    day = DateField(sentence("On"), [DataRequired(sentence("Enter a day."))])

    def validate_way(self, field: SelectField) -> None:
        """An invitation has its way."""
        if self.state.data == InvitationState.INVITED and not field.data:
            raise ValidationError(sentence("Choose how they were invited."))

    def validate_day(self, field: DateField) -> None:
        """Nothing is recorded before it happened."""
        if field.data and field.data > clock.now().date():
            raise ValidationError(sentence("This day is in the future."))

    def offer(self, before: InvitationStep | None) -> "SiteInvitationForm":
        """Only these follow now."""
        after = states.FOLLOWS[InvitationState(before.state) if before else None]
        self.state.choices = [SelectChoice(state.value, STATE[state]) for state in after]
        return self


def form(before: InvitationStep | None) -> SiteInvitationForm:
    """The empty form of a site."""
    known = before.organisation if before else ""
    return SiteInvitationForm(formdata=None, organisation=known, day=clock.now().date()).offer(before)


def briefly(step: InvitationStep | None) -> dict[str, Any] | None:
    """Where a site stands, in a line; None: nobody was invited."""
    return {"text": STATE[InvitationState(step.state)], "day": step.day} if step else None


def shown(session: Session, host: str, filled: SiteInvitationForm | None = None) -> dict[str, Any]:
    """What the page of a site needs: its history, the form that goes on, and the company that runs it by now."""
    steps = store.history(session, host)
    names = {
        row.account_id: (account.name if (account := session.get(Account, row.account_id)) else "") for row in steps
    }
    return composed(steps, names, _company(session, host), filled)


def composed(
    steps: Sequence[InvitationStep],
    names: Mapping[str, str],
    company: str | None,
    filled: SiteInvitationForm | None = None,
) -> dict[str, Any]:
    """The same of what was read. company: the name of the one that runs the site by now, or None."""
    last = steps[0] if steps else None
    joined = last is not None and last.state == InvitationState.JOINED
    return {
        "steps": [
            {
                "text": STATE[InvitationState(step.state)], "way": WAY[InvitationWay(step.way)] if step.way else None,
                "organisation": step.organisation, "address": step.address, "day": step.day, "by": names[step.account_id],
            }
            for step in steps
        ],
        "company": company if last and not joined else None,
        "invitation_form": None if joined else filled or form(last),
    }  # fmt: skip


def have_company(session: Session) -> list[dict[str, str]]:
    """The sites that somebody was invited for, and that a company of the directory runs by now, though nobody has said so."""
    pending = [step for step in store.newest(session).values() if step.state != InvitationState.JOINED]
    found = [(step.host, _company(session, step.host)) for step in pending]
    return [{"host": host, "company": company} for host, company in found if company]


def _company(session: Session, host: str) -> str | None:
    platform = companies.directory(session).route(urls.read(f"https://{host}/"))
    return platform.company.name if platform else None
