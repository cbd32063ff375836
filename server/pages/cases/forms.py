"""Forms of the desk, and of those a report is about."""

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from server.core import wording
from server.core.web import Form
from server.core.words import Basis, Via


class DecisionForm(Form):
    """What every decision carries: why, and the version of the case it was made on."""

    version = HiddenField(validators=[InputRequired()])
    reason = TextAreaField("Reason", [DataRequired("Say why, in a sentence."), Length(max=2000)])


class NotifyForm(DecisionForm):
    """A notice to the company."""

    reason = TextAreaField(
        "Why it is suspected",
        [DataRequired("Say why, in a sentence the company can check."), Length(max=2000)],
        description="The company reads this. Say what the ad shows, not who told you.",
    )
    basis = RadioField(
        "On what it rests",
        choices=[SelectChoice(str(basis), said) for basis, said in reversed(wording.BASIS.items())],
        default=Basis.POLICY.value,
    )
    policy_reference = StringField("Which rule of the platform", [Optional(), Length(max=500)])
    jurisdiction = StringField("Whose law", [Optional(), Length(max=100)])
    provision = StringField("Provision", [Optional(), Length(max=500)])
    effective_from = DateField("In force since", [Optional()])
    good_faith = BooleanField(
        "In good faith, this is accurate and complete",
        [InputRequired("A notice leaves only with this statement.")],
    )


class AskForm(DecisionForm):
    """A question to the spotters."""

    reason = TextAreaField("Your question", [DataRequired("Write the question."), Length(max=2000)])


class HoldForm(DecisionForm):
    """A case that waits."""

    why = RadioField(
        "What it waits for",
        [InputRequired("Choose what it waits for.")],
        choices=[SelectChoice(str(why), said) for why, said in wording.HOLD_REASON.items()],
    )
    until = DateField("Until", [Optional()])


class DismissForm(DecisionForm):
    """A case that goes no further."""

    because = RadioField(
        "What it was",
        [Optional()],
        choices=[SelectChoice(str(because), said) for because, said in wording.DISMISS_REASON.items()],
        description="The spotters get the lesson that speaks of it.",
    )
    reason = TextAreaField("Why it is not sent on", [DataRequired("Say why; the spotters read it."), Length(max=2000)])


class RecordAnswerForm(Form):
    """An answer that came by mail, phone or a form."""

    answer = SelectField(
        "What they answered",
        [InputRequired("Choose what they answered.")],
        choices=[
            SelectChoice("", "Choose"),
            *(SelectChoice(str(answer), phrase.word) for answer, phrase in wording.ANSWER.items()),
        ],
    )
    via = RadioField(
        "How it came",
        [InputRequired("Choose how it came.")],
        choices=[SelectChoice(via.value, wording.VIA[via]) for via in (Via.MAIL, Via.PHONE, Via.FORM)],
    )
    reason = TextAreaField("Their reason, in their words", [Optional(), Length(max=2000)])
    url = StringField("New address", [Optional(), Length(max=4096)])


PANELS: dict[str, type[Form]] = {
    "notify": NotifyForm,
    "ask": AskForm,
    "hold": HoldForm,
    "dismiss": DismissForm,
    "answer": RecordAnswerForm,
}
