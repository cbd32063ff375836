"""The base of every HTML form: guarded against forgery, read only from what browsers send, and with no text of blanks."""

from typing import Any

from flask import request
from flask_wtf import FlaskForm
from flask_wtf.form import _Auto
from werkzeug.datastructures import CombinedMultiDict, MultiDict
from wtforms.fields import (
    FileField,
    MultipleFileField,
    PasswordField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Length as _Length
from wtforms.validators import Regexp, StopValidation

from server.core import folding
from server.core.sentences import sentence
from server.core.words import Refused

# A day and time as browsers write it, and as people do where there is no picker.
DAY_AND_TIME = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


class _FromBrowser(FlaskForm.Meta):  # type: ignore[misc]
    """Where a form's values come from: texts for fields of text, files for fields of files.

    Flask-WTF would give a text field a file or JSON, which no text field expects.
    """

    def wrap_formdata(self, form: Any, formdata: Any) -> Any:
        """What was sent; None if the form is only displayed. Values passed in by code are used as they are."""
        if formdata is not _Auto:
            return formdata
        if request.method != "POST":
            return None
        names = [name for name, field in form._fields.items() if isinstance(field, FileField | MultipleFileField)]
        files = MultiDict((name, file) for name in names for file in request.files.getlist(name))
        return CombinedMultiDict([files, request.form]) if files else request.form or None


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """The parent of every HTML form: guarded against forgery, and read from what browsers send alone."""

    Meta = _FromBrowser

    def process(self, *arguments: Any, **values: Any) -> None:
        """Read what was sent. A choice or text of only blanks counts as empty, so `Optional` accepts it and no list contains
        it."""
        super().process(*arguments, **values)
        for field in self:
            says = isinstance(field, RadioField | SelectField | StringField) and not isinstance(field, PasswordField)
            if says and isinstance(field.data, str) and folding.is_blank(field.data):
                field.data = ""
                field.raw_data = [""] if isinstance(field, StringField) and field.raw_data else field.raw_data

    def validate(self, extra_validators: Any = None) -> bool:
        """Whether everything is valid. A field sent with two values is not, because nobody can tell which was meant."""
        right = super().validate(extra_validators)
        for field in self:
            single = isinstance(field, RadioField | SelectField | StringField) and isinstance(field.data, str)
            if single and field.name != "csrf_token" and len(set(field.raw_data or ())) > 1:
                field.errors, right = [*field.errors, sentence("Sent twice.")], False
        return bool(right)

    def say(self, refusal: Refused) -> None:
        """Put each sentence of a refusal at its field. Raises one that belongs to none."""
        if not refusal.errors:
            raise self.with_typed(refusal)
        for name, sentences in refusal.errors.items():
            self[name].errors = sentences

    def with_typed(self, refusal: Refused) -> Refused:
        """The same refusal, with the longer texts of this form: where no form is shown again, its page shows them."""
        refusal.extra["typed"] = self.typed
        return refusal

    @property
    def typed(self) -> list[str]:
        """The longer texts of this form."""
        texts = [field._value() for field in self if isinstance(field, TextAreaField)]
        return [text for text in texts if text]


class Length(_Length):  # type: ignore[misc]  # WTForms has no types
    """At most `max` characters, or entries of a list; refused with `message`, or with the number that is allowed.

    No later validator looks at what is longer: some would take long.
    """

    def __init__(self, max: int, message: str | None = None) -> None:
        super().__init__(max=max, message=message or sentence("Enter at most %(most)s characters.", most=max))

    def __call__(self, form: Any, field: Any) -> None:
        """Refuse what is longer, with the sentence as it is marked: WTForms would format it, and lose the mark."""
        if field.data and len(field.data) > self.max:
            raise StopValidation(self.message)


# Only sending shows whether an address receives email; here only impossible addresses are refused.
EMAIL = Regexp(r"[^\s@]+@(?:[^\s@.]+\.)+[^\s@.]+\Z", message=sentence("Enter a valid email address."))
