"""The forms by which the desk records a complaint, and answers it."""

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice

from server.core import languages
from server.core.forms import Form
from server.core.sentences import sentence
from server.ledger.complaints import store
from server.ledger.complaints.states import Correction
from server.pages.complaints import wordings
from server.pages.complaints.complaint_form import ComplaintForm


class ComplaintAnswerForm(Form):
    """The answer and its correction. What is missing is said by the journey, at the field."""

    outcome = HiddenField()
    seen = HiddenField()
    answer = TextAreaField(
        sentence("Answer to the complainant"),
        description=sentence("They read this by email. It can be sent only once. Name nobody in the programme."),
    )
    correction = RadioField(
        sentence("What reaches the company"),
        choices=[SelectChoice(value.value, wordings.CORRECTION[value]) for value in Correction],
        validate_choice=False,
    )
    words = TextAreaField(
        sentence("What was wrong"),
        description=sentence(
            "If the notice is withdrawn, its spotters read this. If it stands, the company reads it in the notice’s thread."
        ),
    )

    def offer(self, corrections: tuple[Correction, ...]) -> None:
        """Only these corrections go with the outcome."""
        self.correction.choices = [SelectChoice(value.value, wordings.CORRECTION[value]) for value in corrections]
        if len(corrections) == 1:
            self.correction.data = corrections[0].value


class WriteDownForm(ComplaintForm):
    """A complaint that came by telephone or letter: what the public form asks, and in which language they are answered."""

    language = SelectField(
        sentence("Language of our answer"),
        choices=[SelectChoice(code, languages.own_name(code)) for code in languages.offered()],
    )


class ComplaintCaseForm(Form):
    """Which case a complaint is about."""

    case = StringField(
        sentence("Case"),
        description=sentence("Its number (C-…), the notice’s number (N-…), or the listing’s address or number."),
    )


class CloseComplaintForm(Form):
    """Why a complaint needs no answer from here."""

    why = RadioField(
        sentence("Why it needs no answer"),
        choices=[SelectChoice(why.value, wordings.CLOSED_WHY[why]) for why in store.CLOSABLE],
        validate_choice=False,
    )
