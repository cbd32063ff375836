"""The form that closes an alarm."""

from wtforms import BooleanField, TextAreaField
from wtforms.validators import DataRequired

from server.core.forms import Form, Length
from server.core.sentences import sentence


class CloseForm(Form):
    """Why it is coordinated, or not; and whether its accounts are suspended, too."""

    why = TextAreaField(
        sentence("Why"),
        [DataRequired(sentence("Enter a reason.")), Length(max=2000)],
        description=sentence("Coordinators read it, and so does anybody who is suspended."),
    )
    suspend = BooleanField(sentence("Suspend these accounts, too"))
