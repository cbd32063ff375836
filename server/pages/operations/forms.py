"""Forms of the operator's pages."""

from wtforms import StringField, TextAreaField
from wtforms.validators import DataRequired

from server.core.forms import Form, Length
from server.core.sentences import sentence
from server.journeys.oversight.operating import LONGEST_NOTE


class SendingPauseForm(Form):
    """Why sending is paused."""

    note = StringField(
        sentence("Why"),
        [Length(max=LONGEST_NOTE)],
        description=sentence("Coordinators and administrators read it. It stays in the audit trail: name nobody."),
    )


class DropForm(Form):
    """Why a dead letter is dropped."""

    why = TextAreaField(
        sentence("Why"),
        [DataRequired(sentence("Enter a reason.")), Length(max=LONGEST_NOTE)],
        description=sentence("It stays in the audit trail: name nobody."),
    )
