"""Forms of signing in, joining and pairing."""

from wtforms import BooleanField, EmailField, HiddenField, PasswordField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from server.web import EMAIL, Form
from server.words import Level


class SignInForm(Form):
    """E-mail and password."""

    email = EmailField("E-mail", [InputRequired("Enter your e-mail."), Length(max=254)])
    password = PasswordField("Password", [InputRequired("Enter your password."), Length(max=1000)])
    next = HiddenField()


class JoinForm(Form):
    """A volunteer asks to join."""

    name = StringField("Name or alias", [InputRequired("Enter a name or an alias."), Length(max=100)])
    email = EmailField("E-mail", [InputRequired("Enter your e-mail."), EMAIL, Length(max=254)])
    adult = BooleanField("I am 18 or older", [InputRequired("Volunteers are 18 or older.")])
    promise = BooleanField(
        "I never contact sellers, never buy, and use no false accounts",
        [InputRequired("This is what keeps volunteers safe. Please agree to it.")],
    )


class PasswordForm(Form):
    """Choosing a password."""

    password = PasswordField("New password", [InputRequired("Choose a password."), Length(max=1000)])


class DeviceForm(Form):
    """The code a device shows."""

    user_code = StringField("Code on the device", [InputRequired("Enter the code your device shows."), Length(max=20)])
    label = StringField(
        "What you call it", [Optional(), Length(max=60)], description="So that you know it again in your profile."
    )


class WhyForm(Form):
    """A written reason."""

    why = TextAreaField("Why", [InputRequired("Write down why."), Length(max=2000)])


class AccreditForm(WhyForm):
    """Accrediting a spotter."""

    level = RadioField(
        "Level",
        choices=[
            SelectChoice(Level.PROBATION.value, "Probation: everything is reviewed"),
            SelectChoice(Level.TRUSTED.value, "Trusted"),
            SelectChoice(Level.LEAD.value, "Lead: helps others"),
        ],
        default=Level.PROBATION.value,
    )
