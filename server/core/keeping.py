"""What each table keeps of people: why, how long, and what erasure and export do with it. Standard library only.

Every model declares it beside its name. Erasure (`journeys/spotter/erasing.py`), export (`reads/records.py`) and
`docs/data-kept.md` run from it, and `tests/unit/test_keeping.py` fails for a table that declares nothing:

    class Report(Model):
        __tablename__ = "reports"
        __keeping__ = Keeping(
            purpose="What a spotter stated about a listing.",
            kept=NO_END,
            whose="account_id",  # the column that leads to the person
            erasure=Erasure.STAYS,
            export=Export.ROWS,
            fields={"reason": WORDS, "client": WORDS.erased_to({}), "case_id": WITHHELD},
        )

`fields` names every column that could hold something of a person or lead to somebody else: each foreign key, and each
text or JSON that is no listed word (`PLAIN` if it says nothing of anybody). Numbers, times and listed words need none, but
for those that the person may not learn (`WITHHELD`).
After a change of a table: `flask --app server data-kept > docs/data-kept.md`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from typing import Any

ERASED = "Erased"  # stands for a name, or for a reason that spoke of the person
NO_END = "Until somebody deletes it by hand."
WITH_ACCOUNT = "Until the account is erased."


class Erasure(Enum):
    """What erasing a person does with their rows of a table."""

    GOES = "they are deleted"
    STAYS = "they stay; `fields` says what is taken out of them"
    BY_STEP = "a step of the journey decides; the declaration's `note` says what"


class Export(Enum):
    """What a person's export contains of a table."""

    ROWS = "their rows, without what `fields` keeps back"
    NOTHING = "nothing"
    BY_STEP = "the export has a rule of its own; the declaration's `note` says which"


class Given(Enum):
    """Whether the export gives a column."""

    ALWAYS = "always"
    IF_ONESELF = "where it names the person themself"
    NEVER = "never"


UNCHANGED: Any = object()  # erasure leaves a field as it is


@dataclass(frozen=True)
class Field:
    """What a column holds, and what erasure (of a row that stays) and export do with it."""

    holds: str
    given: Given = Given.ALWAYS
    is_name: bool = False  # erasure strikes this name out of the person's texts
    struck: bool = False  # erasure strikes the person's names and address out of it, whoever's row it is
    quoted: bool = False  # it quotes an ad, which may name somebody else alike (`striking`)
    erased: Any = UNCHANGED  # the value after erasure, or a function that makes it

    def erased_to(self, value: Any) -> "Field":
        """The same, but erasure puts `value` (or what it returns, if it is a function) in the person's own rows."""
        return replace(self, erased=value)


PLAIN = Field("")  # a code, a hash, a reference, the name of a thing: nothing of a person
NAME = Field("a name of the person", is_name=True)
CONTACT = Field("a name or an address of somebody")
ERROR = Field("a name or an address of somebody", struck=True)  # what a mail server said, who may repeat an address
ABOUT = Field("something about the person")
WORDS = Field("somebody's own words", struck=True)
AD = Field("what an ad shows, the seller's name included", struck=True, quoted=True)
AS_IT_WAS = Field("what an ad shows, the seller's name included")  # a notice that has left, a picture's hash
ANOTHER = Field("another person", given=Given.IF_ONESELF)
SECRET = Field("a secret", given=Given.NEVER)
# What would reveal the right answer to a question that is still open, that others reported the same listing, or that a ring
# was found.
WITHHELD = Field("what the person may not learn", given=Given.NEVER)


@dataclass(frozen=True, kw_only=True)
class Keeping:
    """What one table declares. Raises ValueError when its parts contradict each other."""

    purpose: str  # one plain sentence
    kept: str  # how long, as a sentence
    erasure: Erasure
    export: Export
    whose: str | None = None
    """The column that leads to the person: their id, their email, or a row that is theirs. None: no row is a spotter's."""
    job: str | None = None
    """The recurring job of the worker that deletes rows when their time is over."""
    mailed: bool = False
    """Work about a row mails the person: erasure cancels it."""
    exported_once: str | None = None
    """The column of the row that `whose` leads to which must be set before a row is exported."""
    note: str = ""
    """What is special, as a sentence."""
    fields: Mapping[str, Field] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check that the declaration can be carried out."""
        if self.whose is None and (self.erasure is Erasure.GOES or self.export is Export.ROWS or self.mailed):
            raise ValueError(f"{self.purpose}: whose rows are they? Name the column in `whose`.")
        if not self.note and (self.erasure is Erasure.BY_STEP or self.export is Export.BY_STEP):
            raise ValueError(f"{self.purpose}: say in `note` what the step does.")

    def field_of(self, column: str) -> Field:
        """What is declared of a column."""
        return self.fields.get(column, PLAIN)
