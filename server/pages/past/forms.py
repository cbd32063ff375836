"""The forms of past work: a sheet, and what its columns hold."""

from typing import Any

from flask_wtf.file import FileField
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, ValidationError

from server.core.forms import Form, Length
from server.core.sentences import sentence
from server.journeys.oversight import past_work
from server.ledger.past import columns
from server.ledger.past.columns import Column
from server.ledger.past.dates import DateOrder
from server.ledger.past.models import PastImport


class SheetForm(Form):
    """A spreadsheet, and what its cases are marked with."""

    name = StringField(
        sentence("Where does it come from?"),
        [
            DataRequired(sentence("Say where it comes from, and choose the file again.")),
            Length(max=100, message=sentence("At most 100 characters. Shorten it, and choose the file again.")),
        ],
        description=sentence("Shown on its cases, such as “Survey of 2021”. Name no person."),
    )
    file = FileField(
        sentence("Excel or CSV file"),
        description=sentence("At most 20 MB. Of a workbook, the first sheet is read. The first row names the columns."),
    )

    @property
    def content(self) -> bytes:
        """The file, up to a byte more than is taken."""
        return bytes(self.file.data.stream.read(past_work.MOST_BYTES + 1))

    def validate_file(self, field: Any) -> None:
        """There is one."""
        if not (field.data and field.data.filename):
            raise ValidationError(sentence("Choose a file."))


NONE = ""


class ColumnsForm(Form):
    """Which column holds what, and how days are written."""

    url = SelectField(sentence("Address of the listing"), default=NONE)
    date = SelectField(sentence("Day or year"), default=NONE)
    outcome = SelectField(sentence("Outcome"), default=NONE)
    title = SelectField(sentence("Title"), default=NONE)
    platform = SelectField(sentence("Platform"), default=NONE)
    species = SelectField(sentence("Species"), default=NONE)
    group = SelectField(sentence("Species group"), default=NONE)
    date_order = SelectField(
        sentence("03/04/2021 means"),
        default=NONE,
        choices=[
            SelectChoice(NONE, sentence("As the file shows")),
            SelectChoice(DateOrder.DAY_FIRST.value, sentence("3 April")),
            SelectChoice(DateOrder.MONTH_FIRST.value, sentence("4 March")),
        ],
    )

    def offer(self, header: list[str]) -> "ColumnsForm":
        """The columns of this sheet as choices."""
        for column in Column:
            none = sentence("Choose") if column in columns.REQUIRED else sentence("None")
            named = [(str(place), name or f"({place + 1})") for place, name in enumerate(header)]
            self[column.value].choices = [(NONE, none), *named]
        return self

    def validate_url(self, field: Any) -> None:
        """A listing is known by its address."""
        if not field.data:
            raise ValidationError(sentence("Choose the column of the addresses."))

    def validate_date(self, field: Any) -> None:
        """Past work has a day, or at least a year."""
        if not field.data:
            raise ValidationError(sentence("Choose the column of the days or years."))

    @property
    def mapping(self) -> dict[Column, int]:
        """What was chosen."""
        return {column: int(self[column.value].data) for column in Column if self[column.value].data}

    @property
    def written(self) -> DateOrder | None:
        """How days are written; None: to be found in the file."""
        return DateOrder(self.date_order.data) if self.date_order.data else None


def columns_of(row: PastImport) -> ColumnsForm:
    """The form as the import has it."""
    places = {name: str(place) for name, place in row.mapping.items()}
    return ColumnsForm(formdata=None, **places, date_order=row.date_order or NONE).offer(row.header)
