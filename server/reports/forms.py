"""The report form for a phone or another browser, and the reply to a question."""

from flask_wtf.file import MultipleFileField
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from server.web import Form
from server.words import Access, Category, Confidence, Legality

CATEGORIES = {
    Category.LIVE: "A live animal",
    Category.PART: "A part of one: tusk, horn, skin, shell",
    Category.PRODUCT: "Something made of one",
    Category.PLANT: "A plant or timber",
    Category.SERVICE: "A service: taxidermy, tours, shipping",
}
LEGALITY = {
    Legality.UNKNOWN: "I cannot tell",
    Legality.NONE: "No papers mentioned",
    Legality.CLAIMED: "Papers claimed, none shown",
    Legality.DOCUMENT_SHOWN: "A document is shown",
}
CONFIDENCE = {Confidence.UNSURE: "Unsure", Confidence.LIKELY: "Likely", Confidence.CERTAIN: "Certain"}
ACCESS = {
    Access.PUBLIC: "Anyone can see it",
    Access.LOGGED_IN: "Only after signing in",
    Access.CLOSED_GROUP: "Only in a closed group",
}


def _choices(words: dict) -> list[SelectChoice]:  # type: ignore[type-arg]
    return [SelectChoice(word.value, said) for word, said in words.items()]


class ReportForm(Form):
    """Address, pictures, reason: the same report the extension sends."""

    key = HiddenField(validators=[InputRequired(), Length(max=36)])
    url = StringField("Address of the ad", [InputRequired("Paste the address of the ad."), Length(max=4096)])
    pictures = MultipleFileField("Screenshots")
    title = StringField("Title of the ad", [Optional(), Length(max=1000)])
    category = RadioField("What is offered?", [InputRequired("Choose what is offered.")], choices=_choices(CATEGORIES))
    species = StringField("Species, if you know it", [Optional(), Length(max=500)])
    legality = RadioField("Papers", choices=_choices(LEGALITY), default=Legality.UNKNOWN.value)
    confidence = RadioField("How sure are you?", choices=_choices(CONFIDENCE), default=Confidence.LIKELY.value)
    access = RadioField("Who can see the ad?", choices=_choices(ACCESS), default=Access.PUBLIC.value)
    reason = TextAreaField("Why do you suspect it?", [InputRequired("Say why, in your words."), Length(max=2000)])


class ReplyForm(Form):
    """A spotter's answer to a coordinator's question."""

    text = TextAreaField("Your answer", [InputRequired("Write an answer. \u201cI can't tell\u201d is one."), Length(max=2000)])
