"""The form of an answer, in the inbox and behind the link. AnswerSchema judges what is in it."""

from typing import Any

from wtforms import RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from server.core import wording
from server.core.web import Form
from server.core.words import Answer


class AnswerForm(Form):
    """What a company did. Nothing is preselected."""

    answer = RadioField(
        "Your answer",
        [InputRequired("Choose what you did.")],
        choices=[SelectChoice(str(answer), phrase.word) for answer, phrase in wording.ANSWER.items()],
    )
    reason = TextAreaField("Reason")
    url = StringField("Where it is now", description="Needed for “Moved”: the new address.")

    def values(self) -> dict[str, Any]:
        """What was filled in, for AnswerSchema."""
        filled = {name: (self[name].data or "").strip() for name in ("answer", "reason", "url") if name in self}
        return {name: text for name, text in filled.items() if text}

    def blame(self, errors: dict[str, list[str]]) -> None:
        """Show what AnswerSchema refused, at the fields."""
        for name, said in errors.items():
            field = self[name if name in self else "answer"]
            field.errors = [*field.errors, *said]


class ManyForm(AnswerForm):
    """One answer to several notices. Not "moved": each would need an address of its own."""

    answer = SelectField(
        "Your answer to all of them",
        [InputRequired("Choose what you did.")],
        choices=[
            SelectChoice("", "Choose"),
            *(SelectChoice(str(a), phrase.word) for a, phrase in wording.ANSWER.items() if a != Answer.MOVED),
        ],
    )
    reason = TextAreaField("Reason", description="Passed on in your words to the people who reported them.")
    url = None
