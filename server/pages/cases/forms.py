"""The forms of a decision on a case, and of an answer that came another way."""

from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Optional

from server.core import languages, wording
from server.core.forms import Form, Length
from server.core.sentences import sentence
from server.core.words import Basis, Decision, DismissReason, LinkKind, Via, WithdrawnWhy
from server.reads import queue_filters

SNIPPETS_OF = {
    Decision.NOTIFY: sentence("Notify a company"),
    Decision.ASK: sentence("Ask the spotters"),
    Decision.HOLD: sentence("Hold a case"),
    Decision.DISMISS: sentence("Dismiss a case"),
}


class DecisionForm(Form):
    """What every decision carries: why, the version of the case it was made on, and what it is, as the coordinator says.

    `panel.choose` gives the choices, which are the case's own.
    """

    taxa = SelectMultipleField(
        sentence("Species"),
        [Optional(), Length(20, sentence("Choose at most 20 species."))],
        validate_choice=False,
        choices=[],
    )
    none_of_these = BooleanField(sentence("None of these"))
    find = StringField(
        sentence("Another species of the lexicon"),
        [Optional(), Length(max=200)],
        description=sentence("Scientific or common name, in any language of the lexicon."),
    )
    other_taxon = StringField(
        sentence("Another taxon"),
        [Optional(), Length(max=200)],
        description=sentence("Its scientific name, if the lexicon lacks it. It is kept as you write it."),
    )
    category = RadioField(
        sentence("What is offered"),
        [Optional()],
        choices=[SelectChoice(str(category), name) for category, name in wording.CATEGORY.items()],
    )
    version = HiddenField(validators=[InputRequired()])
    note = TextAreaField(
        sentence("Reason"),
        [DataRequired(sentence("Give the reason in a sentence.")), Length(max=2000)],
        name="reason",
    )
    ad_words = SelectMultipleField(
        sentence("These words are the ad’s own and name nobody in the programme"), choices=[], validate_choice=False
    )


class NotifyForm(DecisionForm):
    """A notice to the company."""

    note = TextAreaField(
        sentence("Why it is suspected"),
        [DataRequired(sentence("Give a reason that the company can check.")), Length(max=2000)],
        description=sentence("The company reads this. Say what the ad shows, not who told you."),
        name="reason",
    )
    basis = RadioField(
        sentence("Basis"),
        choices=[SelectChoice(str(basis), name) for basis, name in reversed(wording.BASIS.items())],
        default=Basis.POLICY.value,
    )
    policy_reference = SelectField(sentence("Policy clause"), [Optional()], validate_choice=False, choices=[])
    known_law = SelectField(
        sentence("Law of the country the ad is directed at"),
        [Optional()],
        validate_choice=False,
        choices=[],
        description=sentence("A CITES appendix alone makes no offer illegal. Without a provision, rely on the policy."),
    )
    jurisdiction = StringField(
        sentence("Jurisdiction"), [Optional(), Length(max=100)], description=sentence("EU, or a country.")
    )
    provision = StringField(sentence("Provision"), [Optional(), Length(max=500)])
    effective_from = DateField(sentence("In force since"), [Optional()])
    source = StringField(
        sentence("Source"),
        [Optional(), Length(max=500)],
        description=sentence("Where it can be read that it covers this species. Not needed where the lexicon says so."),
    )
    to = HiddenField()  # whom the preview showed
    leave_out = SelectMultipleField(sentence("Leave out of the notice"), choices=[], validate_choice=False)
    good_faith = BooleanField(
        sentence("In good faith, this is accurate and complete"),
        [InputRequired(sentence("Confirm this statement: no notice is sent without it."))],
    )

    def validate(self, extra_validators: Any = None) -> bool:
        """The page always asks what it is."""
        valid: bool = super().validate(extra_validators)
        named = bool(self.taxa.data or (self.other_taxon.data or "").strip())
        if named == bool(self.none_of_these.data):
            both = sentence("Choose the species or “None of these”, not both.")
            self.taxa.errors = [*self.taxa.errors, both if named else sentence("Say what it is, or “None of these”.")]
            return False
        return valid


class AskForm(DecisionForm):
    """A question to the spotters."""

    note = TextAreaField(
        sentence("Your question"), [DataRequired(sentence("Write the question.")), Length(max=2000)], name="reason"
    )


class HoldForm(DecisionForm):
    """A case that waits."""

    hold_reason = RadioField(
        sentence("Why it waits"),
        [InputRequired(sentence("Choose why it waits."))],
        choices=[SelectChoice(str(hold_reason), name) for hold_reason, name in wording.HOLD_REASON.items()],
        name="why",
    )
    until = DateField(sentence("Until"), [Optional()])


class DismissForm(DecisionForm):
    """A case that goes no further."""

    dismiss_reason = RadioField(
        sentence("What it was"),
        [InputRequired(sentence("Say what it was."))],
        choices=[SelectChoice(str(dismiss_reason), name) for dismiss_reason, name in wording.DISMISS_REASON.items()],
        name="because",
        description=sentence("The spotters get the lesson on this."),
    )
    duplicate_of = StringField(
        sentence("The other case"),
        [Optional(), Length(max=64)],
        description=sentence("Its number, such as C-7K3M9-Q2XWT."),
    )
    note = TextAreaField(
        sentence("Why it is not forwarded"),
        [DataRequired(sentence("Give the reason. The spotters read it.")), Length(max=2000)],
        name="reason",
    )


class SavedFilterForm(Form):
    """The name of a saved filter."""

    name = StringField(sentence("Name"), [DataRequired(sentence("Give it a name.")), Length(max=60)])


class SnippetForm(Form):
    """A ready reason of one's own."""

    decision = RadioField(
        sentence("For which decision"),
        [InputRequired(sentence("Choose a decision."))],
        choices=[SelectChoice(str(decision), name) for decision, name in SNIPPETS_OF.items()],
    )
    title = StringField(
        sentence("Title"),
        [DataRequired(sentence("Give it a title.")), Length(max=60)],
        description=sentence("The first three by title that are in the reader’s language have the keys 7 to 9."),
    )
    text = TextAreaField(
        sentence("Text"),
        [DataRequired(sentence("Write the text.")), Length(max=1000)],
        description=sentence("One paragraph. Companies and spotters read it: name nobody."),
    )
    language = SelectField(
        sentence("Language it is written in"),
        choices=lambda: [SelectChoice(*choice) for choice in languages.by_name(queue_filters.LANGUAGES)],
    )


class RecordAnswerForm(Form):
    """An answer that came by mail, phone or a form. seen: the mark of what its page showed as the notice's answer."""

    seen = HiddenField()
    answer = SelectField(
        sentence("What they answered"),
        [InputRequired(sentence("Choose what they answered."))],
        choices=[
            SelectChoice("", sentence("Choose")),
            *(SelectChoice(str(answer), phrase.word) for answer, phrase in wording.ANSWER.items()),
        ],
    )
    via = RadioField(
        sentence("How it arrived"),
        [InputRequired(sentence("Choose how it arrived."))],
        choices=[SelectChoice(via.value, wording.VIA[via]) for via in (Via.MAIL, Via.PHONE, Via.FORM)],
    )
    reason = TextAreaField(sentence("Their reason, in their words"), [Optional(), Length(max=2000)])
    url = StringField(sentence("New address"), [Optional(), Length(max=4096)])


class CoordinatorReplyForm(Form):
    """A reply to the company, in the thread of its notice."""

    text = TextAreaField(
        sentence("Your reply to the company"),
        [DataRequired(sentence("Write your reply.")), Length(max=5000)],
        description=sentence("The company reads this, in the name of the organisation. Do not name anybody."),
    )


WITHDRAWN_WHY = sentence("Say why the notice is withdrawn, in at most 2,000 characters.")


class WithdrawForm(Form):
    """Why a notice is withdrawn."""

    cause = RadioField(
        sentence("Why it is withdrawn"),
        [InputRequired(sentence("Choose why the notice is withdrawn."))],
        choices=[
            SelectChoice(WithdrawnWhy.MISTAKEN.value, sentence("We were wrong: the ad stays")),
            SelectChoice(
                WithdrawnWhy.WRONG_COMPANY.value,
                sentence("It went to the wrong company: the case is open again"),
            ),
        ],
        id="withdraw-cause",
    )
    why = TextAreaField(
        sentence("Reason"),
        [DataRequired(WITHDRAWN_WHY), Length(max=2000, message=WITHDRAWN_WHY)],
        description=sentence("The spotters read this. The company sees that the notice is withdrawn."),
        name="reason",
        id="withdraw-why",
    )


PANELS: dict[str, type[Form]] = {
    "notify": NotifyForm,
    "ask": AskForm,
    "hold": HoldForm,
    "dismiss": DismissForm,
    "answer": RecordAnswerForm,
}


class HoldManyForm(Form):
    """Many cases that wait for one reason."""

    hold_reason = RadioField(
        sentence("Why they wait"),
        [InputRequired(sentence("Choose why they wait."))],
        choices=[SelectChoice(str(hold_reason), name) for hold_reason, name in wording.HOLD_REASON.items()],
        name="why",
    )
    until = DateField(sentence("Until"), [Optional()])
    note = TextAreaField(
        sentence("Reason"),
        [DataRequired(sentence("Give the reason in a sentence.")), Length(max=2000)],
        name="reason",
    )


class DismissManyForm(Form):
    """Many cases that go no further, for one reason. A duplicate is one of a case, and is dismissed by itself."""

    dismiss_reason = RadioField(
        sentence("What they were"),
        [InputRequired(sentence("Say what they were."))],
        choices=[
            SelectChoice(str(dismiss_reason), name)
            for dismiss_reason, name in wording.DISMISS_REASON.items()
            if dismiss_reason != DismissReason.DUPLICATE
        ],
        name="because",
        description=sentence("The spotters get the lesson on this."),
    )
    note = TextAreaField(
        sentence("Why they are not forwarded"),
        [DataRequired(sentence("Give the reason. The spotters read it.")), Length(max=2000)],
        name="reason",
    )


MANY: dict[str, type[Form]] = {"hold": HoldManyForm, "dismiss": DismissManyForm}


class LinkForm(Form):
    """Linking the case to another by hand."""

    other = StringField(
        sentence("The other case"),
        [DataRequired(sentence("Enter the case’s reference.")), Length(max=64)],
        description=sentence("Its reference, such as C-7K3M9-Q2XWT."),
    )
    kind = RadioField(
        sentence("What they share"),
        [InputRequired(sentence("Say what they share."))],
        choices=[SelectChoice(str(kind), name) for kind, name in wording.LINK_KIND.items()],
    )
    why = TextAreaField(
        sentence("How you know"),
        [DataRequired(sentence("Give the reason in a sentence.")), Length(max=2000)],
        description=sentence("Only coordinators read this."),
    )


class UndoLinkForm(Form):
    """Undoing a link, or restoring it."""

    kind = HiddenField(validators=[AnyOf([kind.value for kind in LinkKind])])
    why = TextAreaField(
        sentence("Why they do not belong together"),
        [DataRequired(sentence("Give the reason in a sentence.")), Length(max=2000)],
        description=sentence("Only coordinators read this."),
    )
