"""Forms of the desk."""

from wtforms import BooleanField, DateField, EmailField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Email, InputRequired, Length, Optional

from server.web import Form
from server.words import Answer, Basis, HoldReason, Via


class DecisionForm(Form):
    """What every decision carries: why, and the version it was made on."""

    version = HiddenField(validators=[InputRequired()])
    reason = TextAreaField("Reason", [InputRequired("Say why, in a sentence."), Length(max=2000)])


class NotifyForm(DecisionForm):
    """A notice to the company."""

    basis = RadioField(
        "On what it rests",
        choices=[
            SelectChoice(Basis.POLICY.value, "The platform's own policy"),
            SelectChoice(Basis.ILLEGAL.value, "The law: suspected illegal content"),
        ],
        default=Basis.POLICY.value,
    )
    policy_reference = StringField("Which rule of the platform", [Optional(), Length(max=500)])
    jurisdiction = StringField("Country or union whose law it is", [Optional(), Length(max=100)])
    provision = StringField("Provision", [Optional(), Length(max=500)])
    effective_from = DateField("In force since", [Optional()])
    good_faith = BooleanField(
        "I believe in good faith that this notice is accurate and complete",
        [InputRequired("A notice leaves only with this statement.")],
    )


class HoldForm(DecisionForm):
    """A case that waits."""

    why = RadioField(
        "What it waits for",
        [InputRequired("Choose what it waits for.")],
        choices=[
            SelectChoice(HoldReason.POLICE_FIRST.value, "The police first"),
            SelectChoice(HoldReason.SECOND_OPINION.value, "A second opinion"),
            SelectChoice(HoldReason.OTHER.value, "Something else"),
        ],
    )
    until = DateField("Until", [Optional()])


class RecordAnswerForm(Form):
    """An answer that came by mail, phone or a form."""

    notice_id = HiddenField(validators=[InputRequired()])
    via = RadioField(
        "How it came",
        [InputRequired("Choose how it came.")],
        choices=[SelectChoice(v.value, v.value.capitalize()) for v in (Via.MAIL, Via.PHONE, Via.FORM)],
    )
    answer = RadioField(
        "What they answered", [InputRequired("Choose an answer.")], choices=[SelectChoice(a.value, a.value) for a in Answer]
    )
    reason = TextAreaField("Their reason, in their words", [Optional(), Length(max=2000)])
    url = StringField("New address", [Optional(), Length(max=4096)])


class ComplaintForm(Form):
    """Somebody a report is about objects. Works without an account."""

    about = StringField("Address of the listing, or reference of the notice", [InputRequired("Say which listing."), Length(max=4096)])
    text = TextAreaField("What is wrong", [InputRequired("Say what is wrong."), Length(max=5000)])
    email = EmailField("E-mail for our answer", [InputRequired("Enter an e-mail."), Email("This is no e-mail address."), Length(max=254)])


