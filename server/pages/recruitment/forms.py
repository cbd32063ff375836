"""The application form, with this instance's screening questions in it; and what a coordinator does with one."""

from collections.abc import Sequence

from wtforms import BooleanField, EmailField, RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Optional

from server.core import wording
from server.core.web import EMAIL, Form
from server.people.recruitment.screening import Question

HOURS = {"1": "1 or 2 hours", "3": "3 to 5 hours", "6": "6 hours or more"}
HEARD = {
    "friend": "From somebody I know", "organisation": "From a conservation organisation", "press": "From the news or a talk",
    "social": "On social media", "search": "I looked for it", "other": "Otherwise",
}  # fmt: skip


class ApplyForm(Form):
    """What is asked, and no more. `website` is for programs: people do not see it."""

    name = StringField(
        "Name or alias", [DataRequired("Enter a name or an alias."), Length(max=100)],
        description="An alias is fine. Only coordinators see it.",
    )  # fmt: skip
    email = EmailField(
        "E-mail", [DataRequired("Enter your e-mail."), EMAIL, Length(max=254)],
        filters=[lambda typed: (typed or "").strip()],  # telephones add a space behind
    )  # fmt: skip
    languages = SelectMultipleField(
        "Languages you read well", [InputRequired("Choose at least one language.")],
        choices=[SelectChoice(code, name) for code, name in wording.LANGUAGE.items()],
    )  # fmt: skip
    hours = RadioField(
        "Time you have in a week", [InputRequired("Choose how much time you have.")],
        choices=[SelectChoice(*one) for one in HOURS.items()],
    )  # fmt: skip
    why = TextAreaField(
        "Why would you like to do this?", [DataRequired("Say it in a sentence or two."), Length(max=1500)],
        description="A sentence or two. No need for a curriculum.",
    )  # fmt: skip
    heard = SelectField(
        "Where did you hear of us?", [InputRequired("Choose one.")],
        choices=[SelectChoice("", "Choose"), *(SelectChoice(*one) for one in HEARD.items())],
    )  # fmt: skip
    adult = BooleanField("I am 18 or older", [InputRequired("Volunteers are 18 or older.")])
    no_stake = BooleanField(
        "I have no stake in the trade of wildlife: neither I nor anybody close to me sells it",
        [InputRequired("Whoever has a stake in the trade cannot report on it.")],
    )
    website = StringField("Website", [Optional()])


def apply_form(questions: Sequence[Question]) -> type[ApplyForm]:
    """The form with a field for each screening question; none of them has to be answered."""
    fields = {
        f"question_{question.name}": RadioField(
            question.text, [Optional()],
            choices=[SelectChoice(str(place), choice.text) for place, choice in enumerate(question.choices)],
        )
        for question in questions
    }  # fmt: skip
    return type("ApplyForm", (ApplyForm,), fields)


class InviteApplicantForm(Form):
    """Under which cohort somebody is invited."""

    cohort = StringField(
        "Cohort",
        [Optional(), Length(max=60, message="At most 60 characters.")],
        description="A round or a course they join; empty: this month's.",
    )
