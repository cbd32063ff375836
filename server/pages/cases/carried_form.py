"""What a coordinator says once they have filled in a company's own form."""

from datetime import UTC, datetime

from wtforms import DateTimeLocalField, HiddenField, StringField
from wtforms.validators import Optional

from server.core import clock
from server.core.forms import DAY_AND_TIME, Form
from server.core.sentences import sentence
from server.ledger.notices.models import Notice


class FormSentForm(Form):
    """Which message was sent, when, and the company's number of it. What is wrong is said by the journey."""

    message = HiddenField()
    sent_at = DateTimeLocalField(sentence("Sent at (UTC)"), [Optional()], format=DAY_AND_TIME)
    receipt = StringField(sentence("Their receipt number"))

    @property
    def stated_at(self) -> datetime | None:
        """When it was sent; None: not stated."""
        return self.sent_at.data.replace(tzinfo=UTC) if self.sent_at.data else None


def blank() -> FormSentForm:
    """As it is first shown: sent just now."""
    return FormSentForm(formdata=None, sent_at=clock.now())


def noted(notice: Notice) -> str:
    """What is said once it is recorded."""
    if notice.withdrawn_at:
        return sentence("Noted. The notice was withdrawn in the meantime. The company sees this on its page.")
    if notice.replaced_at:
        return sentence("Noted. A newer notice about the same listing replaces this one.")
    return sentence("Noted. The company has until the date in the notice to answer.")
