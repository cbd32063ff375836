"""Forms by which coordinators decide about people."""

from flask_wtf.file import FileField, FileRequired
from wtforms import (
    BooleanField,
    EmailField,
    RadioField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, Regexp

from server.core import wording
from server.core.web import EMAIL, Form
from server.core.words import Level


class EraseForm(Form):
    """A coordinator erases somebody's record."""

    sure = BooleanField("I have read this, and it shall be erased for good", [InputRequired("Tick this to go on.")])


class WhyForm(Form):
    """A written reason."""

    why = TextAreaField("Why", [DataRequired("Write down why."), Length(max=2000)])


class ElsewhereForm(WhyForm):
    """A reason, and for a sole coordinator the person elsewhere whom they asked."""

    second = StringField(
        "Second person",
        [Length(max=200)],
        description="Only when you are the one coordinator here: name and organisation of who looked at it with you.",
    )


class LevelForm(ElsewhereForm):
    """An accreditation's level and scope."""

    level = RadioField(
        "Level",
        choices=[
            SelectChoice(Level.PROBATION.value, "Probation: everything is reviewed"),
            SelectChoice(Level.TRUSTED.value, "Trusted"),
            SelectChoice(Level.LEAD.value, "Lead: helps others"),
        ],
        default=Level.PROBATION.value,
    )
    groups = SelectMultipleField(
        "Only for",
        choices=[SelectChoice(*group) for group in wording.GROUP.items()],
        description="None ticked: for everything. Outside it every report is reviewed as on probation.",
    )
    languages = StringField(
        "Only in the languages",
        [Length(max=60), Regexp(r"\s*([a-z]{2,3}(\s*,?\s+|\s*,\s*|\s*$))*\Z", message="Write codes such as: en, fr")],
        description="Codes such as en, fr. Empty: in every language.",
    )

    @property
    def language_codes(self) -> tuple[str, ...]:
        """The languages as a list of codes."""
        return tuple((self.languages.data or "").replace(",", " ").split())


class AccreditForm(LevelForm):
    """Accrediting a spotter."""

    waive_exam = BooleanField("Waive the exam", description="Recorded with your name and reason.")


class AppealDecisionForm(ElsewhereForm):
    """What somebody else decides about an appeal."""

    granted = RadioField(
        "Decision",
        [InputRequired("Choose one.")],
        choices=[
            SelectChoice("yes", "Grant it: the accreditation is as before"),
            SelectChoice("no", "The decision stands"),
        ],
    )


class ListForm(Form):
    """A list of people to invite."""

    people = FileField(
        "CSV file",
        [FileRequired("Choose a file.")],
        description="At most 10,000 people and 1 MB, saved as “CSV UTF-8”.",
    )


class InviteForm(Form):
    """A coordinator invites somebody."""

    name = StringField("Name or alias", [DataRequired("Enter a name or an alias."), Length(max=100)])
    email = EmailField("E-mail", [DataRequired("Enter an e-mail."), EMAIL, Length(max=254)])
