"""The form of an answer, in the inbox and behind the link. AnswerSchema judges what is in it."""

from collections.abc import Callable
from typing import Any

from wtforms import HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired

from server.core import payloads, wording
from server.core.database import db
from server.core.forms import Form, Length
from server.core.sentences import sentence
from server.core.words import Answer, Basis, Refused
from server.ledger.notices.schemas import AnswerSchema

TEXTS = ("reason", "url")
MORE = ("company_reference", "ground", "actions", "automated", "redress_url", "statement_id")
YES_OR_NO = {"true": True, "false": False}
GROUND = {Basis.POLICY: sentence("Our own policy"), Basis.ILLEGAL: sentence("The law")}


def _key(answer: Answer) -> dict[str, str]:
    """The attribute of an answer that has a key (spotter.js)."""
    return {"data-key": wording.ANSWER_KEYS[answer]} if answer in wording.ANSWER_KEYS else {}


class LinesField(TextAreaField):  # type: ignore[misc]  # WTForms has no types
    """A list, one entry a line. A program may also send the field several times."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Every line that says something."""
        self.data = [line.strip() for value in valuelist for line in value.splitlines() if line.strip()]

    def _value(self) -> str:
        return "\n".join(self.data or ())


class AnswerForm(Form):
    """What a company did. Nothing is preselected. seen: the mark of what its page showed (`standing`); None: a program's."""

    seen = HiddenField()

    answer = RadioField(
        sentence("Your answer"),
        [InputRequired(sentence("Choose what you did."))],
        choices=[SelectChoice(str(answer), phrase.word) for answer, phrase in wording.ANSWER.items()],
    )
    reason = TextAreaField(sentence("Reason"))
    url = StringField(sentence("New address"), description=sentence("Required for “Moved”."))
    company_reference = StringField(sentence("Your number"), description=sentence("We show it with the notice."))
    ground = RadioField(
        sentence("Ground of your decision"),
        choices=[SelectChoice(basis.value, name) for basis, name in GROUND.items()],
        validate_choice=False,
    )
    actions = LinesField(
        sentence("What you did"), description=sentence("One action per line, such as “hidden in the EU”.")
    )
    automated = RadioField(
        sentence("Was it decided automatically?"),
        choices=[SelectChoice("true", sentence("Yes")), SelectChoice("false", sentence("No"))],
        validate_choice=False,
    )
    redress_url = StringField(
        sentence("Where to appeal"), description=sentence("Address at which the seller can object to your decision.")
    )
    statement_id = StringField(
        sentence("Statement of reasons"),
        description=sentence("Its number with you (puid) or in the EU Transparency Database (uuid)."),
    )

    def values(self) -> dict[str, Any]:
        """What was filled in, for AnswerSchema, which judges it."""
        filled = {name: self[name].data for name in ("answer", *TEXTS, *MORE) if name in self}
        filled = {name: value.strip() if isinstance(value, str) else value for name, value in filled.items()}
        if filled.get("automated") in YES_OR_NO:
            filled["automated"] = YES_OR_NO[filled["automated"]]
        return {name: value for name, value in filled.items() if value not in (None, "", [])}

    def more(self) -> list[Any]:
        """The fields that are folded: they are optional, whatever the answer."""
        return [self[name] for name in MORE if name in self]

    def blame(self, errors: dict[str, list[str]]) -> None:
        """Show what AnswerSchema refused, at the fields."""
        for place, sentences in errors.items():
            name = place.partition(".")[0]  # actions.3
            field = self[name if name in self else "answer"]
            field.errors = [*field.errors, *sentences]


class CompanyReplyForm(Form):
    """What a company's people write to us beside an answer."""

    text = TextAreaField(
        sentence("Your message"),
        [DataRequired(sentence("Write your message.")), Length(max=5000)],
        description=sentence("A coordinator reads it and writes back here. Your answer stays as it is."),
    )


class ManyForm(AnswerForm):
    """One answer to several notices. Not "moved": each would need an address of its own, and has a mark of its own."""

    seen = None
    answer = SelectField(
        sentence("Your answer to all of them"),
        [InputRequired(sentence("Choose what you did."))],
        choices=[
            SelectChoice("", sentence("Choose")),
            *(
                SelectChoice(str(a), wording.ANSWER[a].word, _key(a))
                for a in wording.ANSWERS_IN_ORDER
                if a != Answer.MOVED
            ),
        ],
    )
    reason = TextAreaField(
        sentence("Reason"), description=sentence("Passed on in your words to the people who reported them.")
    )
    url = None
    statement_id = None


def keep(form: AnswerForm, take: Callable[[dict[str, Any]], object]) -> int | None:
    """Have `take` keep what the form says. Else the status of the page that shows it again, with the words at the fields.

    Where the notice was answered meanwhile, that page shows by what, and what is sent from it replaces that.
    """
    if not form.validate():
        return 422
    try:
        take(payloads.load(AnswerSchema, form.values()))
    except Refused as refusal:
        if refusal.kind == "invalid":
            form.blame(refusal.errors)
            return 422
        if refusal.kind == "stale" and form.seen:
            db.session.rollback()  # what this request has read so far is from before that answer
            form.seen.data = None
            form.blame({"answer": [refusal.detail]})
            return 409
        raise form.with_typed(refusal) from None
    return None
