"""Forms of leads, and of those who ask them."""

from wtforms import HiddenField, RadioField, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from server.core import wording
from server.core.forms import Form, Length
from server.core.sentences import sentence
from server.people.leads import rules
from server.people.leads.rules import Voice


class QuestionForm(Form):
    """A spotter's question to their lead. `report`: the id of a report of theirs that it is about, or empty."""

    text = TextAreaField(
        sentence("Your question"), [DataRequired(sentence("Write a text.")), Length(max=rules.LONGEST)],
        description=sentence("Your lead reads it, and coordinators do if it waits. Please name no seller."),
    )  # fmt: skip
    report = HiddenField(validators=[Length(max=32)])


class LeadAnswerForm(Form):
    """An answer to a question."""

    answer = TextAreaField(
        sentence("Your answer"), [DataRequired(sentence("Write a text.")), Length(max=rules.LONGEST)]
    )


class ConfirmationForm(Form):
    """What a lead says of a report."""

    said = RadioField(
        sentence("What do you say?"), [InputRequired(sentence("Choose what you say about it."))],
        choices=[
            SelectChoice(Voice.CONFIRM, sentence("I would report this, too")),
            SelectChoice(Voice.DOUBT, sentence("I doubt this")),
        ],
    )  # fmt: skip
    because = SelectField(
        sentence("Why you doubt it"), default="",
        choices=[
            SelectChoice("", sentence("Choose")),
            *(SelectChoice(reason, wording.DISMISS_REASON[reason]) for reason in rules.DOUBTS),
        ],
        description=sentence("Only if you doubt it."),
    )  # fmt: skip
