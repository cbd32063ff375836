"""Forms of the practice lane."""

from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from server.core import wording
from server.core.forms import Form, Length
from server.core.sentences import sentence
from server.reads.picture_lane import PictureItem


class LaneForm(Form):
    """What a spotter says of the listing before them. `item` says which one was shown, and nothing else."""

    said = RadioField(
        sentence("Your answer"), [InputRequired(sentence("Choose an answer first."))],
        choices=[SelectChoice(said, phrase.sentence) for said, phrase in wording.SAID.items()],
    )  # fmt: skip
    why = TextAreaField(
        sentence("What decides it for you?"), [Length(max=1000)],
        description=sentence("A few words. They help the coordinator who asked for a second opinion."),
    )  # fmt: skip
    item = HiddenField()


class PictureForm(Form):
    """What a spotter says of the picture before them. `item` says which one was shown, and nothing else."""

    said = RadioField(
        sentence("Your answer"), [InputRequired(sentence("Choose an answer first."))],
        choices=[], validate_choice=True,
    )  # fmt: skip
    item = HiddenField()

    def offer(self, item: PictureItem | None) -> None:
        """Offer what this picture may be; where it has no choices of its own, whether to flag it."""
        of = item.picture.choices if item else {}
        self.said.choices = (
            [(key, of[key] if key in of else wording.SAID[key].sentence) for key in item.picture.keys] if item else []
        )
