"""Forms by which a coordinator disputes an answer and records what became of it. What is missing is said by the journey."""

from collections.abc import Iterable

from wtforms import DateField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from server.core import wording
from server.core.forms import Form
from server.core.sentences import sentence
from server.ledger.disputes import dispute_words, states
from server.ledger.disputes.states import DisputeOutcome, Ending

TEXT = sentence("The company reads this, in the name of the organisation. Do not name anybody.")


class DisputeForm(Form):
    """Why an answer is wrong, and since when we know of it."""

    answer = HiddenField()
    text = TextAreaField(sentence("Why the answer is wrong"), description=TEXT)
    told = DateField(
        sentence("When the company told us"),
        [Optional()],
        description=sentence(
            "If there is a deadline, it runs from this day. If the answer came before it was recorded here, enter the day it came."
        ),
    )


class DisputeSentForm(Form):
    """That it was sent."""

    text = TextAreaField(sentence("What was sent"), description=TEXT)
    via = RadioField(
        sentence("How it was sent"),
        choices=[SelectChoice(via.value, wording.VIA[via]) for via in states.VIAS],
        validate_choice=False,
    )
    day = DateField(sentence("Sent on"), [Optional()])
    receipt = StringField(sentence("Their receipt number"))


class DisputeHeardForm(Form):
    """What the company made of it."""

    outcome = RadioField(sentence("Outcome"), validate_choice=False)
    day = DateField(sentence("Date"), [Optional()])

    def offer(self, outcomes: Iterable[DisputeOutcome]) -> None:
        """Only these can be heard now."""
        self.outcome.choices = [SelectChoice(each.value, dispute_words.OUTCOME[each]) for each in outcomes]


class DisputeBodyForm(Form):
    """The dispute settlement body that has it."""

    body = StringField(
        sentence("Out-of-court dispute settlement body"),
        description=sentence(
            "A certified one (Digital Services Act, Article 21). Its decision does not bind the company."
        ),
    )
    day = DateField(sentence("Taken there on"), [Optional()])


class DisputeCloseForm(Form):
    """Why it is over."""

    ending = RadioField(sentence("How it ends"), validate_choice=False)

    def offer(self, endings: Iterable[Ending]) -> None:
        """Only these endings are possible now."""
        self.ending.choices = [SelectChoice(each.value, dispute_words.ENDING[each]) for each in endings]
