"""The forms of the directory's entries: a company, a platform, a SPOC, filled from an entry as a companies file has it (and back: `form_entries`).

Rows of the same kind are fields with a number in their names: `clause_0_reference`. What may stand in a field is the companies
file's rule; its refusals come back by place (`clauses[0].reference`) and are put at the field.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, ClassVar, TypeVar

from flask import request
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, Optional

from server.core import languages, phrases, time_zones, wording
from server.core.forms import Form, Length
from server.core.sentences import sentence
from server.core.words import Channel, Refused
from server.journeys.company import addresses
from server.pages.companies import new_addresses

MOST_ROWS = 100  # that are sent; never fewer than there are
NAME = DataRequired(sentence("Enter a name."))
LISTS = {"domains": "\n", "hosts": "\n", "listing": "\n", "languages": ", ", "regions": ", ", "removed": "\n"}
FIRST_OF_ROW = {"clause": "reference", "platform": "name"}
GROUPS = [SelectChoice(*group) for group in phrases.GROUP.items()]


Made = TypeVar("Made", bound="EntryForm")


class EntryForm(Form):
    """A form of an entry: what its writer saw, and where its fields stand in a companies file."""

    form_errors: list[str]
    seen = HiddenField()
    PLACES: ClassVar[Mapping[str, str]] = {}  # place of the file -> field, where they differ

    def say_places(self, refusal: Refused, platforms: Sequence[str] = ()) -> None:
        """Put each sentence of a refusal at its field, what belongs to none at the top. Raises one that is no slip of the writer.

        platforms: the names of those that this form does not show, in their order: one that is refused is named.
        """
        if refusal.kind not in ("invalid", "conflict", "too-many"):
            raise refusal
        for place, sentences in refusal.errors.items():
            name = self._field(place)
            if name in self:
                field = self[name]
                if name.endswith("_slug") and not text(field) and "slug" in self and self["slug"].errors:
                    continue  # a platform without one has the company's: it is wrong there
                told = [_of_spoc(each, field) for each in sentences] if name.startswith("spoc_") else sentences
                field.errors = [*field.errors, *(each for each in told if each not in field.errors)]
            else:
                self.form_errors.extend(_of_platform(each, place, platforms) for each in sentences)

    def _field(self, place: str) -> str:
        """`platforms[0].domains[1]` -> `platform_0_domains`, or the row that was the first which is not empty.

        Of a row that the form does not have: no field's name.
        """
        if found := re.match(r"(clause|platform)s\[(\d+)\]\.(\w+)", place):
            kind, n, name = found.groups()
            rows = dict(enumerate(self.rows(kind)))
            return f"{kind}_{rows[int(n)]}_{name}" if int(n) in rows else ""
        name = place.partition("[")[0]
        return self.PLACES.get(name, name.replace(".", "_"))

    def rows(self, kind: str) -> list[int]:
        """The numbers of the rows that are not empty."""
        if kind == "clause":  # emptied to take it away
            return [n for n in numbers(self, kind) if text(self[f"{kind}_{n}_reference"])]
        return [n for n in numbers(self, kind) if any(text(self[f"{kind}_{n}_{each}"]) for each in FIRST_OF_PLATFORM)]


class CompanyForm(EntryForm):
    """A company's own fields; its clauses are added as rows."""

    name = StringField(sentence("Name"), [NAME])
    policy_url = StringField(
        sentence("Its policy on wildlife"),
        description=sentence("The address of the page. Notices that rely on the policy name it."),
    )


class PlatformForm(EntryForm):
    """A platform. Where its listings are known by stands one a line."""

    PLACES: ClassVar[Mapping[str, str]] = {
        "monitoring.agreed_by": "agreed_by",
        "monitoring.date": "agreed_on",
        "monitoring.removed": "removed",
    }
    name = StringField(sentence("Name"), [NAME])
    domains = TextAreaField(
        sentence("Domains"),
        description=sentence("One on each line, such as ebay.com: the whole site, with everything before the name."),
    )
    hosts = TextAreaField(
        sentence("Hosts"),
        description=sentence(
            "Only where a part of a domain is this platform: shop.example.com, or mercari.com/jp. Each name is exact: "
            "write www.mercari.com/jp as well."
        ),
    )
    listing = TextAreaField(
        sentence("Patterns of a listing’s number"),
        description=sentence(
            "Regular expressions (RE2), one on each line, matched against the path; (?P<id>…) is the number. Without them a listing is known by its address."
        ),
    )
    per_domain = BooleanField(
        sentence("A number is unique only within its domain: each country’s site has its own numbers")
    )
    search = StringField(
        sentence("Address of its search"),
        description=sentence("With {words} where the search words go. Volunteers search there."),
    )
    languages = StringField(sentence("Languages of its ads"), description=sentence("Codes, such as: en, fr"))
    country = StringField(
        sentence("The only country it serves"),
        description=sentence("Two letters, such as DE. If empty, its domains determine it."),
    )
    agreed_by = StringField(
        sentence("Who at the company agreed that our server may check its pages"),
        description=sentence("If empty, our server never does, and people check instead."),
    )
    agreed_on = DateField(sentence("Agreed on"), [Optional()])
    removed = TextAreaField(
        sentence("What its pages say of a listing that is gone"), description=sentence("One sentence on each line.")
    )


class SpocForm(EntryForm):
    """What a SPOC is called and for. Its address has a form of its own."""

    PLACES: ClassVar[Mapping[str, str]] = {"email": "channel", "form_url": "channel", "webhook_url": "channel"}
    name = StringField(sentence("Name, or what the team is called"), [NAME])
    channel = SelectField(
        sentence("How notices arrive"),
        description=sentence(
            "In the portal and by API, nothing is sent: notices wait for the company’s team. A form or webhook can be chosen once its address is in the directory."
        ),
    )
    platforms = SelectMultipleField(
        sentence("Only for these platforms"), description=sentence("If none is ticked: all of the company’s.")
    )
    regions = StringField(
        sentence("Only for these regions"),
        description=sentence("Two-letter country codes, EU or EEA, such as: DE, FR. If empty: everywhere."),
    )
    groups = SelectMultipleField(
        sentence("Only for these groups of species"), choices=GROUPS, description=sentence("If none is ticked: all.")
    )
    languages = StringField(
        sentence("Languages they read"),
        description=sentence("Codes, the preferred one first, such as: fr, en. If empty: English."),
    )
    time_zone = SelectField(
        sentence("Time zone"), description=sentence("Its country determines the working days. If not chosen: UTC.")
    )
    digest_hour = SelectField(
        sentence("Hour of digests and reminders"),
        choices=[
            SelectChoice("", sentence("8:00 (usual)")),
            *(SelectChoice(str(hour), f"{hour}:00") for hour in range(24)),
        ],
        description=sentence(
            "In the contact’s time zone. Reminders are sent within eight hours from then, on every channel."
        ),
    )


# --- Forms with rows -------------------------------------------------------------------------------------------------


def company_form(entry: Mapping[str, Any], *, sent: bool = True) -> CompanyForm:
    """The form of a company's own fields, with two empty rows for clauses. sent: what was sent goes before the entry."""
    clauses = list(entry.get("clauses", []))
    rows = _rows("clause", len(clauses) + 2)
    data: dict[str, Any] = dict(entry)
    for n, clause in enumerate(clauses):
        data |= {f"clause_{n}_{name}": clause.get(name) for name in ("reference", "url", "groups")}
    return _with(CompanyForm, _clause_rows(rows), data, sent)


def new_company_form() -> CompanyForm:
    """The form of a company that is added: its platforms, and the SPOC that is proposed with it."""
    more: dict[str, Any] = {
        "slug": StringField(
            sentence("Short name (slug)"),
            [DataRequired(sentence("Enter a short name."))],
            description=sentence("For addresses and files, such as trade-me. It never changes."),
        )
    }
    for n in range(_rows("platform", 3)):
        unbound = {"slug": _slug_field(), **{name: getattr(PlatformForm, name) for name in FIRST_OF_PLATFORM}}
        more |= {f"platform_{n}_{name}": _optional(field) for name, field in unbound.items()}
    more |= {
        "spoc_name": new_addresses.name(),
        "spoc_channel": new_addresses.channel(),
        "spoc_address": new_addresses.address(),
        "spoc_secret": new_addresses.secret(),
        "spoc_why": TextAreaField(
            sentence("How did you learn of it?"),
            [Length(max=addresses.LONGEST, message=addresses.SAY_HOW)],
            description=sentence("The second person reads it here. Companies never do."),
        ),
    }
    return _with(CompanyForm, more, {})


FIRST_OF_PLATFORM = ("name", "domains", "hosts", "languages", "country")


def platform_form(entry: Mapping[str, Any] | None = None, *, sent: bool = True) -> PlatformForm:
    """The form of a platform; of one that is added with its short name."""
    agreed = (entry or {}).get("monitoring", {})
    data = _texts(entry or {}) | {
        "agreed_by": agreed.get("agreed_by"), "removed": "\n".join(agreed.get("removed", [])),
        "agreed_on": date.fromisoformat(agreed["date"]) if agreed else None,
    }  # fmt: skip
    return _with(PlatformForm, {} if entry else {"slug": _slug_field()}, data, sent)


def spoc_form(
    entry: Mapping[str, Any], channels: Iterable[Channel], platforms: Iterable[tuple[str, str]], *, sent: bool = True
) -> SpocForm:
    """The form of a SPOC. channels: those it may have; platforms: slug and name of those of its company.

    A platform that it is for and its company does not have any more is a choice, too: else it would be for all of them. So is
    a time zone that has another name by now: else it would be lost. Saved so, it is refused in words.
    """
    hour = entry.get("digest_hour")
    data = _texts(entry) | {"digest_hour": "" if hour is None else str(hour), "time_zone": entry.get("time_zone", "")}
    form = _with(SpocForm, {}, data, sent)
    form.channel.choices = [
        SelectChoice(each.value, wording.CHANNEL[each]) for each in Channel if each in {*channels, entry["channel"]}
    ]
    named = dict(platforms)
    gone = [slug for slug in entry.get("platforms", []) if slug not in named]
    form.platforms.choices = [
        *(SelectChoice(*each) for each in named.items()),
        *(
            SelectChoice(slug, sentence("%(platform)s (no longer a platform of the company)", platform=slug))
            for slug in gone
        ),
    ]
    form.time_zone.choices = [
        SelectChoice("", sentence("Not chosen")),
        *(SelectChoice(*each) for each in time_zones.choices(languages.current())),
    ]
    if (zone := entry.get("time_zone")) and zone not in time_zones.names():
        form.time_zone.choices.append(SelectChoice(zone, sentence("%(zone)s (no longer a choice)", zone=zone)))
    return form


def _of_spoc(told: str, field: Any) -> str:
    """A sentence with the label of the field that it is about: the summary of errors may be far above it."""
    return sentence("“%(field)s”: %(problem)s", field=field.label.text, problem=told)


def _of_platform(told: str, place: str, platforms: Sequence[str]) -> str:
    """A sentence with the name of the platform that it is about."""
    found = re.match(r"platforms\[(\d+)\]", place)
    if found is None or int(found[1]) >= len(platforms):
        return told
    return sentence("%(platform)s: %(problem)s", platform=platforms[int(found[1])], problem=told)


def _slug_field() -> Any:
    return StringField(
        sentence("Short name of the platform (slug)"),
        description=sentence("The keys of its listings begin with it, such as trade-me. It never changes."),
    )


def _optional(field: Any) -> Any:
    """The field where the row may stay empty."""
    return type(field)(field.field_class, *field.args[:1], **(field.kwargs | {"validators": []}))


def _clause_rows(rows: int) -> dict[str, Any]:
    fields: dict[str, Any] = {}
    for n in range(rows):
        fields[f"clause_{n}_reference"] = StringField(
            sentence("Clause"),
            description=sentence("The company’s own name for it. Leave it empty to remove the clause."),
        )
        fields[f"clause_{n}_url"] = StringField(
            sentence("Its address"), description=sentence("If empty: the address of the policy.")
        )
        fields[f"clause_{n}_groups"] = SelectMultipleField(sentence("Only for these groups of species"), choices=GROUPS)
    return fields


def _rows(kind: str, least: int) -> int:
    """How many rows were sent, or are shown."""
    sent = [int(found[1]) + 1 for name in request.form if (found := re.match(rf"{kind}_(\d{{1,3}})_", name))]
    return max(least, min(max(sent, default=0), MOST_ROWS))


def numbers(form: EntryForm, kind: str) -> list[int]:
    """The numbers of all rows, empty or not."""
    found = (re.fullmatch(rf"{kind}_(\d+)_{FIRST_OF_ROW[kind]}", field.name) for field in form)
    return [int(each[1]) for each in found if each]


def _with(form: type[Made], fields: Mapping[str, Any], data: Mapping[str, Any], sent: bool = True) -> Made:
    made: Any = type(form.__name__, (form,), dict(fields))
    filled: Made = made(data=data) if sent else made(None, data=data)
    return filled


def _texts(entry: Mapping[str, Any]) -> dict[str, Any]:
    """An entry's values, its lists as one text where they are typed."""
    return dict(entry) | {name: joint.join(entry[name]) for name, joint in LISTS.items() if name in entry}


def text(field: Any) -> str:
    """What stands in a field, without spaces around it."""
    return str(field.data or "").strip()
