"""Forms of searches, sign-up and rounds."""

import re
from datetime import date, timedelta
from typing import Any

from wtforms import (
    DateField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional, ValidationError

from server.core import wording
from server.core.web import Form
from server.core.words import RoundState
from server.people.rounds import weeks
from server.people.rounds.store import Plan

_ONE_LINE = re.compile(r"[^\x00-\x1f\x7f\u2028\u2029]*\Z")


def _words(form: Form, field: Any) -> None:
    """Trimmed, on one line."""
    field.data = " ".join((field.data or "").split())
    if not _ONE_LINE.match(field.data):
        raise ValidationError("A text holds a control character.")


class SearchForm(Form):
    """That one term was searched on one platform, and how many ads were seen."""

    platform = SelectField("Platform", [InputRequired("Choose a platform.")], validate_choice=False)
    term = StringField("Words you searched", [DataRequired("Write the words."), _words, Length(max=200)])
    seen = IntegerField(
        "Ads seen", [InputRequired("How many ads did you see? 0 is a number too."),
                     NumberRange(0, 10000, "A number between 0 and 10,000.")],
    )  # fmt: skip
    minutes = IntegerField("Minutes it took", [Optional(), NumberRange(1, 600, "Between 1 and 600 minutes.")])
    which = HiddenField(validators=[Optional(), Length(max=32)])  # the search that is corrected, or none


class LanguagesForm(Form):
    """The languages a spotter reads."""

    languages = SelectMultipleField("Languages you read")


class JoinForm(Form):
    """Sign up for a round, in a team or in none."""

    team = RadioField("Team", [Optional()])


class LeadForm(Form):
    """Who leads a team."""

    lead = SelectField("Lead")


class RoundForm(Form):
    """A round as a coordinator writes it down."""

    name = StringField("Name", [DataRequired("Give the round a name."), _words, Length(max=100)])
    about = TextAreaField(
        "A few words to spotters",
        [Optional(), Length(max=2000)],
        description="What it is about, and what you hope for.",
    )
    starts_on = DateField("First day", [InputRequired("Choose the first day.")])
    weeks = IntegerField(
        "Weeks", [InputRequired("How many weeks?"), NumberRange(1, weeks.MOST, f"Between 1 and {weeks.MOST} weeks.")],
        default=4,
    )  # fmt: skip
    targets = StringField(
        "Reports hoped for, each week", [InputRequired("Write a number, or one for each week.")],
        description="Of everybody together. One number for every week, or one for each: 40, 60, 60, 80.",
    )  # fmt: skip
    groups = SelectMultipleField(
        "Species groups", choices=[SelectChoice(*group) for group in wording.GROUP.items()],
        description="None ticked: all of them.",
    )  # fmt: skip
    languages = SelectMultipleField("Languages", description="None ticked: every language a spotter reads.")
    platforms = SelectMultipleField("Platforms", description="None ticked: every platform whose search is known.")
    teams = TextAreaField(
        "Teams", [Optional(), Length(max=2000)],
        description="One a line; you choose their leads once people have signed up. Who is in a team that you take out stays in the round.",
    )  # fmt: skip
    state = RadioField(
        "Who sees it",
        choices=[
            SelectChoice(RoundState.DRAFT.value, "A draft: the desk alone"),
            SelectChoice(RoundState.OPEN.value, "Open: spotters see it and sign up"),
            SelectChoice(RoundState.CANCELLED.value, "Cancelled: it does not take place"),
        ],
        default=RoundState.DRAFT.value,
    )

    def validate_targets(self, field: Any) -> None:
        """One number, or as many as weeks."""
        said = [one for one in re.split(r"[,;\s]+", field.data.strip()) if one]
        if not said or not all(one.isascii() and one.isdigit() and len(one) <= 6 for one in said):
            raise ValidationError("Write numbers, such as 60, or 40, 60, 60, 80.")
        if len(said) not in (1, self.weeks.data):
            raise ValidationError(f"Write one number, or {self.weeks.data}: one for each week.")

    def validate_starts_on(self, field: Any) -> None:
        """A year of four digits that a calendar knows."""
        if field.data and not date(2020, 1, 1) <= field.data <= date(2100, 1, 1):
            raise ValidationError("Choose a day between 2020 and 2100.")

    def validate_teams(self, field: Any) -> None:
        """Each name once, short enough to be a name."""
        names = self.team_names
        if any(len(name) > 60 for name in names):
            raise ValidationError("A team's name has at most 60 characters.")
        if len({name.casefold() for name in names}) < len(names):
            raise ValidationError("Two teams have the same name.")
        if len(names) > 20:
            raise ValidationError("At most 20 teams.")

    @property
    def team_names(self) -> list[str]:
        """The teams, one a line."""
        return [" ".join(line.split()) for line in (self.teams.data or "").splitlines() if line.strip()]

    @property
    def plan(self) -> Plan:
        """What was written down. Only of a form that is valid."""
        numbers = [int(one) for one in re.split(r"[,;\s]+", (self.targets.data or "").strip()) if one]
        count, starts_on = self.weeks.data or 1, self.starts_on.data
        return Plan(
            name=self.name.data or "", about=(self.about.data or "").strip(), starts_on=starts_on,
            ends_on=starts_on + weeks.WEEK * count - timedelta(days=1),
            targets=tuple(numbers if len(numbers) == count else numbers * count), groups=tuple(self.groups.data or ()),
            platforms=tuple(self.platforms.data or ()), languages=tuple(self.languages.data or ()),
            state=RoundState(self.state.data), teams=tuple(self.team_names),
        )  # fmt: skip
