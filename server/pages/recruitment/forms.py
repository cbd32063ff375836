"""The application form with this instance's screening questions, and the form by which a coordinator invites."""

from collections.abc import Sequence

from markupsafe import Markup
from wtforms import BooleanField, EmailField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from server.core import languages
from server.core.forms import EMAIL, Form, Length
from server.core.sentences import Sentence, sentence
from server.core.words import SPOKEN
from server.people.recruitment.screening import ScreeningQuestion

HOURS = {"1": sentence("1 or 2 hours"), "3": sentence("3 to 5 hours"), "6": sentence("6 hours or more")}
HEARD: dict[str, Sentence] = {
    "friend": sentence("From somebody I know"),
    "organisation": sentence("From a conservation organisation"),
    "press": sentence("From the news or a talk"),
    "social": sentence("On social media"),
    "search": sentence("I searched for it"),
    "other": sentence("Somewhere else"),
}


class ApplyForm(Form):
    """An application. `website` is a trap for programs: people do not see it."""

    name = StringField(
        sentence("Name or alias"), [DataRequired(sentence("Enter a name or an alias.")), Length(max=100)],
        description=sentence("An alias is fine. Only coordinators see it."),
    )  # fmt: skip
    email = EmailField(
        sentence("Email"), [DataRequired(sentence("Enter your email address.")), EMAIL, Length(max=254)],
        filters=[lambda typed: (typed or "").strip()],  # phone keyboards add a trailing space
    )  # fmt: skip
    languages = SelectMultipleField(
        sentence("Languages you read well"), [InputRequired(sentence("Choose at least one language."))],
        choices=lambda: [SelectChoice(*choice) for choice in languages.by_name(SPOKEN)],
    )  # fmt: skip
    hours = RadioField(
        sentence("Time you have in a week"), [InputRequired(sentence("Choose how much time you have."))],
        choices=[SelectChoice(*choice) for choice in HOURS.items()],
    )  # fmt: skip
    why = TextAreaField(
        sentence("Why would you like to do this?"),
        [DataRequired(sentence("Tell us in a sentence or two.")), Length(max=1500)],
        description=sentence("A sentence or two. You do not need to send a CV."),
    )
    heard = SelectField(
        sentence("How did you hear about us?"), [InputRequired(sentence("Choose one."))],
        choices=[SelectChoice("", sentence("Choose")), *(SelectChoice(*choice) for choice in HEARD.items())],
    )  # fmt: skip
    adult = BooleanField(sentence("I am 18 or older"), [InputRequired(sentence("Volunteers must be 18 or older."))])
    no_stake = BooleanField(
        sentence("I have no stake in the wildlife trade: neither I nor anybody close to me sells wildlife"),
        [InputRequired(sentence("People with a stake in the trade cannot report on it."))],
    )
    website = StringField(sentence("Website"), [Optional()])


def apply_form(questions: Sequence[ScreeningQuestion]) -> type[ApplyForm]:
    """The form with a field for each screening question; none of them has to be answered."""
    fields = {
        f"question_{question.name}": RadioField(
            _marked(question.text, question.language), [Optional()],
            choices=[SelectChoice(str(place), _marked(choice.text, question.language)) for place, choice in enumerate(question.choices)],
        )
        for question in questions
    }  # fmt: skip
    return type("ApplyForm", (ApplyForm,), fields)


def _marked(text: str, language: str) -> Markup:
    """Content of this instance, which stands in one language on pages of every language."""
    return Markup('<span lang="{}" dir="auto">{}</span>').format(language, text)


class DeclineForm(Form):
    """A note to somebody whose application is declined."""

    note = TextAreaField(
        sentence("Note to them"), [Optional(), Length(max=1000)],
        description=sentence("They read it in the email. You can undo for ten minutes; nothing is sent before."),
    )  # fmt: skip


class InviteApplicantForm(Form):
    """The cohort an applicant is invited to."""

    cohort = StringField(
        sentence("Cohort"),
        [Optional(), Length(max=60, message=sentence("At most 60 characters."))],
        description=sentence("A round or a course they join. If empty: this month’s."),
    )
