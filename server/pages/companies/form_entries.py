"""What the forms of the directory's entries say, as a companies file has it; and what of an entry somebody else wrote otherwise."""

import re
from collections.abc import Mapping
from typing import Any

from wtforms import SelectField, SelectMultipleField

from server.core import urls, wording
from server.core.sentences import sentence
from server.core.words import Refused
from server.ledger.companies import entries
from server.pages.companies.entry_forms import (
    FIRST_OF_PLATFORM,
    LISTS,
    CompanyForm,
    EntryForm,
    PlatformForm,
    SpocForm,
    text,
)


def of_company(form: CompanyForm) -> dict[str, Any]:
    """The company's own fields as an entry has them. Rows that are empty are left out."""
    clauses = [
        {
            "reference": text(form[f"clause_{n}_reference"]), "url": text(form[f"clause_{n}_url"]) or None,
            "groups": form[f"clause_{n}_groups"].data,
        }
        for n in form.rows("clause")
    ]  # fmt: skip
    return {"name": text(form.name), "policy_url": text(form.policy_url) or None, "clauses": clauses}


def of_new_company(form: CompanyForm) -> dict[str, Any]:
    """The same of one that is added, with its platforms."""
    slug = text(form["slug"])
    platforms = [
        {
            "slug": text(form[f"platform_{n}_slug"]) or slug,
            **{name: _value(form[f"platform_{n}_{name}"], name) for name in FIRST_OF_PLATFORM},
            "name": text(form[f"platform_{n}_name"]),
        }
        for n in form.rows("platform")
    ]
    return {
        "slug": slug,
        "name": text(form.name),
        "policy_url": text(form.policy_url) or None,
        "platforms": platforms,
    }


def of_platform(form: PlatformForm) -> dict[str, Any]:
    """A platform's fields as an entry has them."""
    names = ("slug",) if "slug" in form else ()
    values = {name: _value(form[name], name) for name in (*names, *entries.OF_PLATFORM) if name != "monitoring"}
    agreed = {"agreed_by": text(form.agreed_by), "removed": _value(form.removed, "removed")}
    if form.agreed_on.data:
        agreed["date"] = form.agreed_on.data.isoformat()
    return values | {"monitoring": agreed if any(agreed.values()) else None}


def of_spoc(form: SpocForm) -> dict[str, Any]:
    """A SPOC's fields as an entry has them."""
    values = {name: _value(form[name], name) for name in entries.OF_SPOC if name in form}
    hour = form.digest_hour.data
    return values | {"digest_hour": int(hour) if hour else None}


def marked(entry: Mapping[str, Any], names: tuple[str, ...], form: EntryForm) -> None:
    """The form is of an entry as it stands now."""
    form.seen.data = entries.mark(entry, names)


def now_otherwise(form: EntryForm, now: EntryForm) -> list[tuple[str, str]]:
    """What the directory has now where a writer wrote something else: label and text of each field."""
    fields = [field for field in now if field.name in form and field.name not in ("seen", "csrf_token")]
    return [
        (field.label.text, _shown(field)) for field in fields if (field.data or None) != (form[field.name].data or None)
    ]


def _shown(field: Any) -> str:
    """A field's value as people read it."""
    if isinstance(field, SelectMultipleField | SelectField):
        chosen = field.data if isinstance(field.data, list) else [field.data]
        return wording.listed([each.label for each in field.choices if each.value in chosen])
    if isinstance(field.data, bool):
        return sentence("Yes") if field.data else sentence("No")
    return wording.series(str(field.data or "").splitlines())


def website_name(typed: str) -> str:
    """The domain of a website whose address was pasted, without its “www.”. What is no such address stays, to be refused."""
    if not re.match(r"https?://", typed, re.IGNORECASE):
        return typed
    try:
        address = urls.read(typed)
    except Refused:
        return typed
    bare = address.host.removeprefix("www.")
    return bare if bare == address.registrable_domain else address.host


def _value(field: Any, name: str) -> Any:
    """What a field says, as an entry has it: an empty one says None, a list says it is empty."""
    if name in LISTS:
        lines = LISTS[name] == "\n"
        texts = [line for each in re.split(r"\r?\n" if lines else r"[\s,;]+", text(field)) if (line := each.strip())]
        return [website_name(each) for each in texts] if name == "domains" else texts
    return field.data if isinstance(field.data, list | bool) else text(field) or None
