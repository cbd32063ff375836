"""Forms of the agreement, the appeal and the certificate."""

from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from server.core.forms import Form, Length
from server.core.sentences import counted, sentence
from server.people.accreditation.agreement import Agreement
from server.people.accreditation.certificates import CODE_LASTS


class AgreementForm(Form):
    """Signing: every promise ticked, and a name. `version` says which text was read."""

    promises = SelectMultipleField(sentence("Confirm each promise"))
    name = StringField(
        sentence("Your name"), [DataRequired(sentence("Enter your name.")), Length(max=200)],
        description=sentence("This is your signature. Only coordinators see it."),
    )  # fmt: skip
    version = HiddenField()

    def of(self, agreement: Agreement) -> "AgreementForm":
        """The same form with the promises of `agreement`."""
        self.promises.choices = [SelectChoice(str(at), text) for at, text in enumerate(agreement.promises)]
        return self

    def validate_promises(self, field: SelectMultipleField) -> None:
        """Every promise has to be confirmed."""
        if len(set(field.data or ())) < len(field.choices):
            raise ValidationError(
                sentence("You need to confirm every promise. If you cannot make one of them, leave this page.")
            )


class AppealForm(Form):
    """An appeal: what should be reviewed."""

    text = TextAreaField(
        sentence("What should be reviewed, and why?"),
        [DataRequired(sentence("Enter what should be reviewed.")), Length(max=4000)],
    )


class CertificateForm(Form):
    """Under which name, and for how long, others may check the certificate."""

    alias = StringField(
        sentence("Name to show"), [DataRequired(sentence("Choose a name.")), Length(max=100)],
        description=sentence("Your name or any other. Anybody with the address sees it."),
    )  # fmt: skip
    days = RadioField(
        sentence("How long"),
        choices=[SelectChoice(str(days), counted("%(number)s day", "%(number)s days", days)) for days in CODE_LASTS],
        default=str(CODE_LASTS[0]),
    )
