"""The form of a term that is added to the lexicon."""

import re
from typing import Any

from wtforms import HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Optional, Regexp, ValidationError

from server.core.forms import Form, Length
from server.core.sentences import sentence
from server.ledger.species import added

_ONE_LINE = re.compile(r"[^\x00-\x1f\x7f\u2028\u2029]*\Z")


def _words(form: Form, field: Any) -> None:
    """Trimmed, on one line."""
    field.data = " ".join((field.data or "").split())
    if not _ONE_LINE.match(field.data):
        raise ValidationError(sentence("The text contains a control character."))


class TermForm(Form):
    """A trade term, what it stands for, and where it was seen."""

    text = StringField(sentence("Word or emoji"), [DataRequired(sentence("Write the word.")), _words, Length(max=100)])
    language = SelectField(sentence("Language"), [InputRequired(sentence("Choose the language."))])
    taxon = SelectField(sentence("Meaning"), [InputRequired(sentence("Choose what it means."))])
    source = TextAreaField(
        sentence("Where it was seen"), [DataRequired(sentence("Say where it was seen.")), _words, Length(max=300)],
        description=sentence("A round, a kind of ad, a person who told you. No names of sellers or spotters."),
    )  # fmt: skip
    round = HiddenField(validators=[Optional(), Regexp(r"[0-9a-f]{32}\Z")])  # back to whose report

    def validate_text(self, field: Any) -> None:
        """Something that can be looked for."""
        if wrong := added.doubt(field.data or ""):
            raise ValidationError(wrong)


class FoundForm(Form):
    """What a word that was found means."""

    language = SelectField(sentence("Language"), [InputRequired(sentence("Choose the language."))])
    taxon = SelectField(sentence("Meaning"), [InputRequired(sentence("Choose what it means."))])
