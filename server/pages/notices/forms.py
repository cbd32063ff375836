"""The form of an answer, in the inbox and behind the link. AnswerSchema judges what is in it."""

from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length

from server.core import wording
from server.core.sentences import sentence
from server.core.web import Form
from server.core.words import Answer


class AnswerForm(Form):
    """What a company did. Nothing is preselected."""

    answer = RadioField(
        sentence("Your answer"),
        [InputRequired(sentence("Choose what you did."))],
        choices=[SelectChoice(str(answer), phrase.word) for answer, phrase in wording.ANSWER.items()],
    )
    reason = TextAreaField(sentence("Reason"))
    url = StringField(sentence("New address"), description=sentence("Required for “Moved”."))

    def values(self) -> dict[str, Any]:
        """What was filled in, for AnswerSchema."""
        filled = {name: (self[name].data or "").strip() for name in ("answer", "reason", "url") if name in self}
        return {name: text for name, text in filled.items() if text}

    def blame(self, errors: dict[str, list[str]]) -> None:
        """Show what AnswerSchema refused, at the fields."""
        for name, sentences in errors.items():
            field = self[name if name in self else "answer"]
            field.errors = [*field.errors, *sentences]


class CompanyReplyForm(Form):
    """What a company's people write to us beside an answer."""

    text = TextAreaField(
        sentence("Your message"),
        [DataRequired(sentence("Write your reply.")), Length(max=5000)],
        description=sentence("A coordinator reads it and writes back here. Your answer stays as it is."),
    )


class ManyForm(AnswerForm):
    """One answer to several notices. Not "moved": each would need an address of its own."""

    answer = SelectField(
        sentence("Your answer to all of them"),
        [InputRequired(sentence("Choose what you did."))],
        choices=[
            SelectChoice("", sentence("Choose")),
            *(SelectChoice(str(a), phrase.word) for a, phrase in wording.ANSWER.items() if a != Answer.MOVED),
        ],
    )
    reason = TextAreaField(
        sentence("Reason"), description=sentence("Passed on in your words to the people who reported them.")
    )
    url = None
