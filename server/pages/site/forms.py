"""The complaint of somebody a report is about."""

from wtforms import EmailField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from server.core.web import EMAIL, Form


class ComplaintForm(Form):
    """Somebody a report is about objects. Works without an account."""

    about = StringField(
        "Address of the listing, or reference of the notice", [DataRequired("Say which listing."), Length(max=4096)]
    )
    text = TextAreaField("What is wrong", [DataRequired("Say what is wrong."), Length(max=5000)])
    email = EmailField(
        "E-mail for our answer",
        [DataRequired("Enter an e-mail."), EMAIL, Length(max=254)],
    )
