"""The report form for a phone or another browser, and the reply to a question."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from flask_wtf.file import MultipleFileField
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Optional

from server.core import urls, wording
from server.core.forms import Form, Length
from server.core.sentences import sentence
from server.ledger.reports.retraction import PICKS

Word = TypeVar("Word", bound=StrEnum)


def _choices(words: Mapping[Word, str]) -> list[SelectChoice]:
    return [SelectChoice(str(word), name) for word, name in words.items()]


class ReportForm(Form):
    """Address, pictures, reason: the same report the extension sends."""

    key = HiddenField(validators=[InputRequired(), Length(max=36)])
    url = StringField(
        sentence("Address of the ad"), [DataRequired(sentence("Paste the address of the ad.")), Length(max=4096)],
        filters=[lambda text: urls.pasted(text or "")],
    )  # fmt: skip
    # Shown when the address looks like a page that holds many ads, and when its ad is one they have reported.
    single_ad = BooleanField(sentence("This is the address of a single ad"))
    again = BooleanField(
        sentence("Report it again"), description=sentence("Only if something is new: say what in your reason.")
    )
    pictures = MultipleFileField(
        sentence("Screenshots"), description=sentence("At most two, PNG, JPEG or WebP, 10 MB each.")
    )
    photos = MultipleFileField(
        sentence("Photos of the goods"),
        description=sentence(
            "Saved from the ad, so that the ad can be recognised again. At most 8, PNG, JPEG or WebP, 10 MB each and 25 MB in total."
        ),
    )
    title = StringField(sentence("Title of the ad"), [Optional(), Length(max=1000)])
    category = RadioField(
        sentence("What is offered?"),
        [InputRequired(sentence("Choose what is offered."))],
        choices=_choices(wording.CATEGORY),
    )
    species = StringField(sentence("Species, if you know it"), [Optional(), Length(max=500)])
    # Nothing is preselected: what nobody chose is not stated.
    legality_evidence = RadioField(sentence("Permits or documents"), [Optional()], choices=_choices(wording.LEGALITY))
    confidence = RadioField(sentence("How sure are you?"), [Optional()], choices=_choices(wording.CONFIDENCE))
    access = RadioField(sentence("Who can see the ad?"), [Optional()], choices=_choices(wording.ACCESS))
    reason = TextAreaField(
        sentence("Why do you suspect it?"), [DataRequired(sentence("Say why, in your own words.")), Length(max=2000)]
    )
    # Folded on the page until one of them holds something.
    FOLDED = ("title", "photos", "species", "legality_evidence", "confidence", "access")

    def unfolded(self) -> bool:
        """Whether what is folded is shown: something stands there, or is wrong."""
        return any(self[name].errors or self[name].data for name in self.FOLDED)


class RetractForm(Form):
    """Why a spotter withdraws a report, or says that it was wrong."""

    why = RadioField(sentence("Why?"), [InputRequired(sentence("Choose why."))], choices=_choices(PICKS))
    text = TextAreaField(sentence("In your own words"), [Optional(), Length(max=2000)])


class ReplyForm(Form):
    """A spotter's answer to a coordinator's question."""

    text = TextAreaField(
        sentence("Your answer"), [DataRequired(sentence("Write an answer. “I can’t tell” is one.")), Length(max=2000)]
    )
