"""Forms of the agreement, the appeal and the certificate."""

from wtforms import HiddenField, RadioField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Length, ValidationError

from server.core.web import Form
from server.people.accreditation.agreement import Agreement
from server.people.accreditation.store import CODE_LASTS


class AgreementForm(Form):
    """Signing: every promise ticked, and a name. `version` says which text was read."""

    promises = SelectMultipleField("I promise, one by one")
    name = StringField(
        "Your name", [DataRequired("Write your name."), Length(max=200)],
        description="As your signature. Only coordinators see it.",
    )  # fmt: skip
    version = HiddenField()

    def of(self, agreement: Agreement) -> "AgreementForm":
        """The same form with the promises of `agreement`."""
        self.promises.choices = [SelectChoice(str(at), text) for at, text in enumerate(agreement.promises)]
        return self

    def validate_promises(self, field: SelectMultipleField) -> None:
        """Each of them, or it is not signed."""
        if len(set(field.data or ())) < len(field.choices):
            raise ValidationError("Every promise is needed. Leave the page if one of them is not for you.")


class AppealForm(Form):
    """What somebody wants looked at again."""

    text = TextAreaField(
        "What should be looked at again, and why?", [DataRequired("Say what you want looked at."), Length(max=4000)]
    )


class CertificateForm(Form):
    """Under which name, and for how long, others may check the certificate."""

    alias = StringField(
        "Name to show", [DataRequired("Choose a name."), Length(max=100)],
        description="Your name or any other; whoever has the address reads it.",
    )  # fmt: skip
    days = RadioField(
        "How long", choices=[SelectChoice(str(days), f"{days} days") for days in CODE_LASTS], default=str(CODE_LASTS[0])
    )
