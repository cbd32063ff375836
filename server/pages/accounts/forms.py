"""Forms of signing in, joining and pairing."""

from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    PasswordField,
    RadioField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from server.core.web import EMAIL, Form
from server.core.words import Mails


class SignInForm(Form):
    """E-mail and password."""

    email = EmailField("E-mail", [DataRequired("Enter your e-mail."), Length(max=254)])
    password = PasswordField("Password", [InputRequired("Enter your password."), Length(max=1000)])
    next = HiddenField()


class JoinForm(Form):
    """A volunteer asks to join."""

    name = StringField("Name or alias", [DataRequired("Enter a name or an alias."), Length(max=100)])
    email = EmailField("E-mail", [DataRequired("Enter your e-mail."), EMAIL, Length(max=254)])
    adult = BooleanField("I am 18 or older", [InputRequired("Volunteers are 18 or older.")])
    promise = BooleanField(
        "I never contact sellers, never buy, and use no false accounts",
        [InputRequired("This is what keeps volunteers safe. Please agree to it.")],
    )


class ForgottenForm(Form):
    """Asking for a way back in."""

    email = EmailField("E-mail", [DataRequired("Enter your e-mail."), EMAIL, Length(max=254)])


class PasswordForm(Form):
    """Choosing a password."""

    password = PasswordField("New password", [InputRequired("Choose a password."), Length(max=1000)])


class MailsForm(Form):
    """How often somebody is mailed about their reports."""

    mails = RadioField(
        "How often",
        [InputRequired("Choose one.")],
        choices=[
            SelectChoice(Mails.STEP.value, "At every step, as it happens"),
            SelectChoice(Mails.OUTCOME.value, "Once it is decided: removed, restricted, kept online or not sent on"),
            SelectChoice(Mails.WEEK.value, "Once a week, on Monday: one mail with everything that moved"),
        ],
        description="A coordinator’s question always comes at once: it waits for your answer.",
    )


class DeviceForm(Form):
    """The code a device shows."""

    user_code = StringField("Code on the device", [DataRequired("Enter the code your device shows."), Length(max=20)])
    label = StringField(
        "What you call it", [Optional(), Length(max=60)], description="So that you know it again in your profile."
    )


class EraseOneselfForm(Form):
    """Somebody erases their own record."""

    sure = BooleanField("I have read this, and it shall be erased for good", [InputRequired("Tick this to go on.")])
    password = PasswordField("Your password", [InputRequired("Enter your password."), Length(max=1000)])
