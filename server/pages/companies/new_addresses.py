"""The fields by which a new address is proposed, for a SPOC or with a company that is added."""

from collections.abc import Sequence
from typing import Any

from wtforms import PasswordField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from server.core import wording
from server.core.mailed import mailed
from server.core.sentences import Sentence, sentence
from server.core.words import Channel
from server.journeys.company.addresses import NewAddress
from server.ledger.companies.address_states import WAYS


def name() -> Any:
    """The field of a SPOC's name."""
    return StringField(sentence("Name, or what the team is called"))


def channel() -> Any:
    """The field of the new address's channel."""
    choices = [SelectChoice(each.value, wording.CHANNEL[each]) for each in WAYS]
    return SelectField(sentence("How notices arrive"), choices=choices, default=Channel.MAIL.value)


def address(validators: Sequence[Any] = ()) -> Any:
    """The field of the new address."""
    return StringField(
        sentence("New address"),
        [*validators],
        description=sentence(
            "An email address, or the https address of the company’s own reporting form or of its webhook."
        ),
    )


def secret() -> Any:
    """The field of a webhook's secret. What was typed is never sent back."""
    return PasswordField(
        sentence("Secret of the webhook"),
        description=sentence(
            "The company’s own: %(prefix)s and 24 to 64 random bytes in base64. Empty: we make one and show it to you once.",
            prefix="whsec_",
        ),
    )


def read(channel: Any, address: Any, secret: Any) -> NewAddress:
    """What the three fields say."""
    known = channel.data in set(Channel)  # else the form refuses it
    return NewAddress(Channel(channel.data) if known else Channel.MAIL, address.data or "", secret.data or "")


def proposed(to: NewAddress) -> Sentence:
    """What comes next."""
    match to.channel:
        case Channel.WEBHOOK:
            return sentence("Proposed. Send a test once the company’s server knows the secret.")
        case Channel.FORM:
            return sentence("Proposed. A second person opens the form and approves it.")
        case _:
            return mailed(sentence("Proposed. We email %(email)s a link to confirm it.", email=to.address), to.address)
