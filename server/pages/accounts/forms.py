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
from wtforms.validators import DataRequired, InputRequired, Optional

from server.core.forms import EMAIL, Form, Length
from server.core.sentences import counted, sentence
from server.core.words import MailFrequency
from server.people.accounts import passwords


class SignInForm(Form):
    """Email address and password."""

    email = EmailField(sentence("Email"), [DataRequired(sentence("Enter your email address.")), Length(max=254)])
    password = PasswordField(sentence("Password"), [InputRequired(sentence("Enter your password.")), Length(max=1000)])
    next = HiddenField()


class JoinForm(Form):
    """A volunteer asks to join."""

    name = StringField(
        sentence("Name or alias"), [DataRequired(sentence("Enter a name or an alias.")), Length(max=100)]
    )
    email = EmailField(sentence("Email"), [DataRequired(sentence("Enter your email address.")), EMAIL, Length(max=254)])
    adult = BooleanField(sentence("I am 18 or older"), [InputRequired(sentence("Volunteers must be 18 or older."))])
    promise = BooleanField(
        sentence("I will never contact sellers, never buy, and never use false accounts"),
        [InputRequired(sentence("This keeps volunteers safe. You need to agree to it."))],
    )


class ForgottenForm(Form):
    """Asking for a link to choose a new password."""

    email = EmailField(sentence("Email"), [DataRequired(sentence("Enter your email address.")), EMAIL, Length(max=254)])


class PasswordForm(Form):
    """Choosing a password."""

    password = PasswordField(
        sentence("New password"),
        [InputRequired(sentence("Choose a password.")), Length(max=1000)],
        description=counted("At least %(number)s character.", "At least %(number)s characters.", passwords.SHORTEST),
    )


class MailsForm(Form):
    """How often somebody is mailed about their reports."""

    mails = RadioField(
        sentence("How often"),
        [InputRequired(sentence("Choose one."))],
        choices=[
            SelectChoice(MailFrequency.STEP.value, sentence("At every step, as it happens")),
            SelectChoice(
                MailFrequency.OUTCOME.value,
                sentence("Once there is an outcome: removed, restricted, kept online or not forwarded"),
            ),
            SelectChoice(
                MailFrequency.WEEK.value, sentence("Once a week, on Monday: one email with everything that changed")
            ),
            SelectChoice(MailFrequency.NEVER.value, sentence("Never: I look at my reports myself")),
        ],
        description=sentence("We always email a coordinator’s question at once, because it waits for your answer."),
    )


class DeviceForm(Form):
    """The code a device shows."""

    user_code = StringField(
        sentence("Code on the device"), [DataRequired(sentence("Enter the code your device shows.")), Length(max=20)]
    )
    label = StringField(
        sentence("Name of this browser"),
        [Optional(), Length(max=60)],
        description=sentence("So that you recognise it in your profile."),
    )


class EraseOneselfForm(Form):
    """Somebody erases their own record."""

    sure = BooleanField(
        sentence("I have read this. Erase my record permanently."), [InputRequired(sentence("Tick this to continue."))]
    )
    password = PasswordField(
        sentence("Your password"), [InputRequired(sentence("Enter your password.")), Length(max=1000)]
    )


class CodeForm(Form):
    """A code of the second factor: from the app, or for recovery."""

    code = StringField(sentence("Code"), [DataRequired(sentence("Enter the code.")), Length(max=40)])


class SetUpForm(CodeForm):
    """Setting up a second factor: the first code of an app that has learnt the key."""

    key = HiddenField(
        validators=[DataRequired(sentence("This page was open for too long. Start again.")), Length(max=200)]
    )


class OwnSetUpForm(SetUpForm):
    """The same for who is signed in."""

    password = PasswordField(
        sentence("Your password"), [InputRequired(sentence("Enter your password.")), Length(max=1000)]
    )


class ReplaceForm(OwnSetUpForm):
    """Another app instead of the one before."""

    before = StringField(
        sentence("Code of the app you use now, or a recovery code"),
        [DataRequired(sentence("Enter the code.")), Length(max=40)],
    )
