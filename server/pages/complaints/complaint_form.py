"""What somebody a report is about is asked."""

from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import DataRequired

from server.core.forms import EMAIL, Form, Length
from server.core.sentences import sentence


class ComplaintForm(Form):
    """Somebody a report is about objects. Works without an account."""

    about = StringField(
        sentence("Address of the listing, or reference of the notice"),
        [DataRequired(sentence("Enter the listing’s address or the notice’s reference.")), Length(max=4096)],
    )
    text = TextAreaField(
        sentence("What is wrong"), [DataRequired(sentence("Tell us what is wrong.")), Length(max=5000)]
    )
    email = EmailField(
        sentence("Email address for our answer"),
        [DataRequired(sentence("Enter your email address.")), EMAIL, Length(max=254)],
    )
