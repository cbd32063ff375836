"""Forms of a team: an invitation, and what who was invited fills in."""

from typing import Any

from wtforms import BooleanField, EmailField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, ValidationError

from server.core import wording
from server.core.forms import EMAIL, Form, Length
from server.core.sentences import counted, sentence
from server.core.words import Refused
from server.people.accounts import passwords


class InvitationForm(Form):
    """Whom to invite, and as what."""

    email = EmailField(
        sentence("Their work email"), [DataRequired(sentence("Enter a valid email address.")), Length(max=254), EMAIL]
    )
    team_role = RadioField(
        sentence("Role"),
        [InputRequired(sentence("Choose one."))],
        choices=[SelectChoice(role.value, words) for role, words in wording.TEAM_ROLE_SAID.items()],
    )
    sure = BooleanField(sentence("The address is correct, although nothing confirms its domain."))

    def warn(self) -> bool:
        """Whether the tick is shown: only after an address of another domain."""
        return bool(self.sure.errors or self.sure.data)


class JoinTeamForm(Form):
    """Who was invited opens their account."""

    name = StringField(
        sentence("Your name"),
        [DataRequired(sentence("Enter a name on one line, at most 200 characters.")), Length(max=200)],
        description=sentence("Your colleagues and the coordinators see it."),
    )
    password = PasswordField(
        sentence("New password"),
        [InputRequired(sentence("Choose a password.")), Length(max=1000)],
        description=counted("At least %(number)s character.", "At least %(number)s characters.", passwords.SHORTEST),
    )

    def validate_password(self, field: Any) -> None:
        """Told with what is wrong with the name."""
        try:
            passwords.refuse_short(field.data)
        except Refused as refusal:
            raise ValidationError(refusal.detail) from None
