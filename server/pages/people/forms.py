"""Forms by which coordinators decide about people."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    EmailField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Regexp, ValidationError

from server.core import access, wording
from server.core.forms import EMAIL, Form, Length
from server.core.sentences import sentence
from server.core.words import Level, Role
from server.people.accounts import invitees
from server.people.leads import rules


def one_line(form: Form, field: Any) -> None:
    """Trimmed, on one line, and no formula to a spreadsheet."""
    field.data = " ".join((field.data or "").split())
    if field.data.startswith(invitees.FORMULA):
        raise ValidationError(sentence("A cell starts the way a formula does, with a character such as = or +."))


class EraseForm(Form):
    """A coordinator erases somebody's record."""

    sure = BooleanField(
        sentence("I have read this. Erase the record permanently."), [InputRequired(sentence("Tick this to continue."))]
    )


class WhyForm(Form):
    """A written reason."""

    why = TextAreaField(sentence("Reason"), [DataRequired(sentence("Enter a reason.")), Length(max=2000)])


class ElsewhereForm(WhyForm):
    """A reason, and for a sole coordinator the person elsewhere they consulted."""

    second = StringField(
        sentence("Second person"),
        [Length(max=200)],
        description=sentence(
            "Only if nobody else with an account here can decide: name, organisation and email of the person who reviewed "
            "this with you. They are told by email."
        ),
    )


class ContactForm(Form):
    """Whom a spotter turns to."""

    contact = SelectField(
        sentence("Contact"), [DataRequired(sentence("Choose a coordinator or a lead whose account is open."))]
    )


class DeskAnswerForm(Form):
    """A coordinator's answer to a question that a spotter asked their lead."""

    answer = TextAreaField(
        sentence("Your answer"), [DataRequired(sentence("Write a text.")), Length(max=rules.LONGEST)]
    )


class LevelForm(ElsewhereForm):
    """An accreditation's level and scope."""

    level = RadioField(
        sentence("Level"),
        choices=[
            SelectChoice(Level.PROBATION.value, sentence("On probation")),
            SelectChoice(Level.TRUSTED.value, sentence("Trusted")),
            SelectChoice(Level.LEAD.value, sentence("Lead")),
        ],
        default=Level.PROBATION.value,
    )
    groups = SelectMultipleField(
        sentence("Only for"),
        choices=[SelectChoice(*group) for group in wording.GROUP.items()],
        description=sentence("If none is ticked: everything. Reports outside it are reviewed as on probation."),
    )
    languages = StringField(
        sentence("Only in these languages"),
        [
            Length(max=60),
            Regexp(r"\s*(?:[a-z]{2,3}(?:[\s,]+|\Z))*\Z", message=sentence("Enter codes such as: en, fr")),
        ],
        description=sentence("Codes such as en, fr. Leave empty for every language."),
    )

    @property
    def language_codes(self) -> tuple[str, ...]:
        """The languages as a list of codes."""
        return tuple((self.languages.data or "").replace(",", " ").split())


class AccreditForm(LevelForm):
    """Accrediting a spotter."""

    waive_exam = BooleanField(sentence("Waive the exam"), description=sentence("Recorded with your name and reason."))


class AppealDecisionForm(ElsewhereForm):
    """Another coordinator's decision on an appeal."""

    granted = RadioField(
        sentence("Decision"),
        [InputRequired(sentence("Choose one."))],
        choices=[
            SelectChoice("yes", sentence("Grant it: restore the accreditation")),
            SelectChoice("no", sentence("Uphold the decision")),
        ],
    )


class ListForm(Form):
    """A list of people to invite, as a file or pasted; with whom they join, and for which round."""

    pasted = TextAreaField(
        sentence("Paste a list"),
        description=sentence(
            "One person per line, as a spreadsheet or a mail program writes them: Noor, noor@example.org or Noor <noor@example.org>."
        ),
    )
    people = FileField(
        sentence("Or choose a CSV file"),
        description=sentence("At most 10,000 people and 1 MB, saved as “CSV UTF-8”."),
    )
    group = StringField(
        sentence("Cohort"),
        [Length(max=60, message=sentence("At most 60 characters.")), one_line],
        description=sentence("The group they join with, such as a class: for everybody whose row names no other."),
    )
    round = SelectField(
        sentence("Round"), default="", description=sentence("The invitation names it. They sign up for it themselves.")
    )

    def validate_people(self, field: Any) -> None:
        """Either a file or a text."""
        given = bool(field.data and field.data.filename), bool((self.pasted.data or "").strip())
        if given == (False, False):
            raise ValidationError(sentence("Paste a list or choose a file."))
        if given == (True, True):
            raise ValidationError(sentence("Paste a list or choose a file, not both."))

    @property
    def content(self) -> bytes:
        """What was pasted, or the file, up to a byte more than is taken."""
        if (self.pasted.data or "").strip():
            return str(self.pasted.data).encode()
        return bytes(self.people.data.stream.read(invitees.MOST_BYTES + 1))


class InviteForm(Form):
    """A coordinator invites somebody."""

    name = StringField(
        sentence("Name or alias"), [DataRequired(sentence("Enter a name or an alias.")), Length(max=100)]
    )
    email = EmailField(sentence("Email"), [DataRequired(sentence("Enter an email address.")), EMAIL, Length(max=254)])


class StaffForm(InviteForm):
    """An administrator adds a coordinator or an administrator."""

    role = RadioField(
        sentence("Role"),
        [InputRequired(sentence("Choose one."))],
        choices=[SelectChoice(role.value, wording.ROLE[role]) for role in Role if role in access.holders("cases.see")],
    )
