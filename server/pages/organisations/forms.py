"""The forms by which the administrator keeps organisations, their awards, and who notifies a company."""

from typing import Any

from wtforms import DateField, EmailField, HiddenField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from server.core import wording
from server.core.forms import EMAIL, Form, Length
from server.core.sentences import sentence
from server.core.words import Category
from server.ledger.notices.legal_basis import MEMBERS


class OrganisationForm(Form):
    """An organisation and its trusted-flagger award. Whether the award is whole is said by the journey."""

    form_errors: list[str]
    seen = HiddenField()
    name = StringField(
        sentence("Name of the organisation"),
        [
            DataRequired(sentence("Name the organisation.")),
            Length(max=200, message=sentence("At most 200 characters.")),
        ],
    )
    email = EmailField(
        sentence("Email address"),
        [DataRequired(sentence("Enter a valid email address.")), Length(max=254), EMAIL],
        description=sentence("Companies read it in every notice. A shared mailbox, never a person’s address."),
    )
    authority = StringField(
        sentence("Awarded by"),
        [Length(max=200, message=sentence("At most 200 characters."))],
        description=sentence("The Digital Services Coordinator, as it calls itself: Arcom."),
    )
    country = SelectField(sentence("Its country"), validate_choice=False)
    area = StringField(
        sentence("Area of expertise"),
        [Length(max=500, message=sentence("At most 500 characters."))],
        description=sentence("In the words of the decision. Companies read it."),
    )
    categories = SelectMultipleField(
        sentence("Offers that the area covers"),
        choices=[SelectChoice(value.value, wording.CATEGORY[value]) for value in Category],
        validate_choice=False,
    )
    groups = SelectMultipleField(
        sentence("Species that the area covers"),
        choices=[SelectChoice(code, name) for code, name in wording.GROUP.items()],
        description=sentence("Choose none if it covers all."),
    )
    since = DateField(sentence("Held since"), [Optional()])
    until = DateField(sentence("Until, the last day included"), [Optional()])

    def __init__(self, *arguments: Any, **values: Any) -> None:
        super().__init__(*arguments, **values)
        named = sorted(MEMBERS, key=lambda code: wording.territory(code))
        self.country.choices = [
            SelectChoice("", sentence("Choose a country")),
            *(SelectChoice(code, wording.territory(code)) for code in named),
        ]

    def entered(self) -> dict[str, Any]:
        """As the journey takes it: None for what was left empty."""
        names = ("name", "email", "authority", "country", "area", "since", "until")
        return {name: self[name].data or None for name in names} | {
            name: list(self[name].data or ()) for name in ("categories", "groups")
        }


def mechanism(spoc_id: str, address: str) -> str:
    """A SPOC among the choices, with the address that is shown beside it."""
    return f"{spoc_id} {address}"


class CompanyNotifierForm(Form):
    """Who notifies a company, and which of its SPOCs are its own Article 16 mechanism."""

    form_errors: list[str]
    seen = HiddenField()
    organisation = RadioField(sentence("Organisation"))
    mechanisms = SelectMultipleField(
        sentence("The company’s own notice-and-action mechanism (Article 16)"),
        description=sentence(
            "Choose the addresses that the company itself offers for notices of illegal content under Article 16 of the Digital "
            "Services Act. Priority is claimed through these alone. When an address changes, choose it again."
        ),
        validate_choice=False,
    )

    def own_mechanisms(self) -> dict[str, str]:
        """The addresses that were shown and chosen, by SPOC."""
        chosen = (value.partition(" ") for value in self.mechanisms.data or ())
        return {spoc_id: address for spoc_id, _, address in chosen}
