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
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional, ValidationError

from server.core import wording
from server.core.forms import Form, Length
from server.core.sentences import sentence
from server.core.words import RoundState, WhyStopped
from server.people.rounds import weeks
from server.people.rounds.store import Plan

_ONE_LINE = re.compile(r"[^\x00-\x1f\x7f\u2028\u2029]*\Z")


def _words(form: Form, field: Any) -> None:
    """Trimmed, on one line."""
    field.data = " ".join((field.data or "").split())
    if not _ONE_LINE.match(field.data):
        raise ValidationError(sentence("This text contains a control character."))


class SearchForm(Form):
    """That one term was searched on one platform, and how many ads were seen."""

    platform = SelectField(sentence("Platform"), [InputRequired(sentence("Choose a platform."))], validate_choice=False)
    term = StringField(
        sentence("Words you searched"), [DataRequired(sentence("Enter the words.")), _words, Length(max=200)]
    )
    seen = IntegerField(
        sentence("Ads seen"),
        [
            InputRequired(sentence("How many ads did you see? You can enter 0.")),
            NumberRange(0, 10000, sentence("Enter a number between 0 and 10,000.")),
        ],
    )  # fmt: skip
    minutes = IntegerField(
        sentence("Minutes it took"), [Optional(), NumberRange(1, 600, sentence("Enter between 1 and 600 minutes."))]
    )
    why = SelectField(
        sentence("Why did you stop?"),
        choices=[
            SelectChoice("", sentence("Not said")),
            *(SelectChoice(*each) for each in wording.WHY_STOPPED.items()),
        ],
        default="",
    )
    which = HiddenField(validators=[Optional(), Length(max=32)])  # the search that is corrected, or none

    @property
    def why_stopped(self) -> WhyStopped | None:
        """What was said of it, if anything."""
        return WhyStopped(self.why.data) if self.why.data else None


class LanguagesForm(Form):
    """The languages a spotter reads."""

    languages = SelectMultipleField(sentence("Languages you read"))


class PauseForm(Form):
    """For how many weeks a spotter pauses; 0: the pause is over."""

    weeks = SelectField(
        choices=[SelectChoice(weeks, weeks) for weeks in ("0", "2", "4", "8", "12", "26")], validators=[InputRequired()]
    )


class TopicsForm(Form):
    """The species groups a spotter leaves out, without a reason."""

    avoids = SelectMultipleField(choices=[SelectChoice(*group) for group in wording.GROUP.items()])


class JoinRoundForm(Form):
    """Sign up for a round, in a team or in none."""

    team = RadioField(sentence("Team"), [Optional()])


class LeadForm(Form):
    """Who leads a team."""

    lead = SelectField(sentence("Team lead"))
    seen = HiddenField()  # who led it when the page was opened


class RoundForm(Form):
    """A round as a coordinator plans it."""

    name = StringField(
        sentence("Name"), [DataRequired(sentence("Enter a name for the round.")), _words, Length(max=100)]
    )
    about = TextAreaField(
        sentence("Message to spotters"),
        [Optional(), Length(max=2000)],
        description=sentence("What the round is about, and what you hope for."),
    )
    starts_on = DateField(sentence("First day"), [InputRequired(sentence("Choose the first day."))])
    zone = SelectField(
        sentence("Time zone"),
        description=sentence("Days and weeks of the round begin and end at midnight there."),
    )
    weeks = IntegerField(
        sentence("Weeks"),
        [
            InputRequired(sentence("Enter the number of weeks.")),
            NumberRange(1, weeks.MOST, sentence("Enter between 1 and %(most)s weeks.", most=weeks.MOST)),
        ],
        default=4,
        description=sentence("The round ends by itself after its last week. To end it sooner, lower this number."),
    )  # fmt: skip
    targets = StringField(
        sentence("Target: reports each week"),
        [InputRequired(sentence("Enter one number, or one for each week."))],
        description=sentence(
            "For everybody together. One number for all weeks, or one for each week: 40, 60, 60, 80."
        ),
    )  # fmt: skip
    groups = SelectMultipleField(
        sentence("Species groups"), choices=[SelectChoice(*group) for group in wording.GROUP.items()],
        description=sentence("If none is ticked: all of them."),
    )  # fmt: skip
    languages = SelectMultipleField(
        sentence("Languages"), description=sentence("If none is ticked: every language a spotter reads.")
    )
    platforms = SelectMultipleField(
        sentence("Platforms"), description=sentence("If none is ticked: every platform with a known search.")
    )
    teams = TextAreaField(
        sentence("Teams"), [Optional(), Length(max=2000)],
        description=sentence(
            "One per line. You choose the leads once people have signed up. If you remove a team, its members stay in the round."
        ),
    )  # fmt: skip
    state = RadioField(
        sentence("Who sees it"),
        choices=[
            SelectChoice(RoundState.DRAFT.value, sentence("Draft: only coordinators and administrators")),
            SelectChoice(RoundState.OPEN.value, sentence("Open: spotters see it and sign up")),
            SelectChoice(RoundState.CANCELLED.value, sentence("Cancelled: it does not take place")),
        ],
        default=RoundState.DRAFT.value,
    )
    seen = HiddenField()  # the mark of the round when the form was opened

    def validate_targets(self, field: Any) -> None:
        """One number, or as many as weeks."""
        numbers = [number for number in re.split(r"[,;\s]+", field.data.strip()) if number]
        if not numbers or not all(number.isascii() and number.isdigit() and len(number) <= 6 for number in numbers):
            raise ValidationError(sentence("Enter numbers, such as 60, or 40, 60, 60, 80."))
        if len(numbers) not in (1, self.weeks.data):
            detail = sentence("Enter one number, or %(weeks)s: one for each week.", weeks=str(self.weeks.data))
            raise ValidationError(detail)

    def validate_starts_on(self, field: Any) -> None:
        """A year of four digits that a calendar knows."""
        if field.data and not date(2020, 1, 1) <= field.data <= date(2100, 1, 1):
            raise ValidationError(sentence("Choose a day between 2020 and 2100."))

    def validate_teams(self, field: Any) -> None:
        """Each name once, short enough to be a name."""
        names = self.team_names
        if any(len(name) > 60 for name in names):
            raise ValidationError(sentence("A team’s name can have at most 60 characters."))
        if len({name.casefold() for name in names}) < len(names):
            raise ValidationError(sentence("Two teams have the same name."))
        if len(names) > 20:
            raise ValidationError(sentence("A round can have at most 20 teams."))

    @property
    def team_names(self) -> list[str]:
        """The teams, one per line."""
        return [" ".join(line.split()) for line in (self.teams.data or "").splitlines() if line.strip()]

    @property
    def plan(self) -> Plan:
        """The plan entered. Only for a valid form."""
        numbers = [int(number) for number in re.split(r"[,;\s]+", (self.targets.data or "").strip()) if number]
        count, starts_on = self.weeks.data or 1, self.starts_on.data
        return Plan(
            name=self.name.data or "", about=(self.about.data or "").strip(), starts_on=starts_on,
            ends_on=starts_on + weeks.WEEK * count - timedelta(days=1),
            targets=tuple(numbers if len(numbers) == count else numbers * count), groups=tuple(self.groups.data or ()),
            platforms=tuple(self.platforms.data or ()), languages=tuple(self.languages.data or ()),
            state=RoundState(self.state.data), teams=tuple(self.team_names), zone=self.zone.data,
        )  # fmt: skip
