"""The companies file: what may stand in it, and reading it without trusting it. Contract: the companies file.

What a file does not say is None, or an empty list of entries or names: importing it leaves that as it is.
"""

import base64
import binascii
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar

import yaml
from marshmallow import (
    RAISE,
    Schema,
    ValidationError,
    fields,
    post_load,
    pre_load,
    validate,
    validates,
    validates_schema,
)

from server.core import clock, outbound, time_zones, urls
from server.core.phrases import GROUP
from server.core.sentences import counted, sentence
from server.core.words import Channel, Refused
from server.ledger.companies import plain_yaml, regions, signing_secret
from server.ledger.companies.places import WORDS, DomainField, HostField, PatternsField, SearchField, read_address

MAX_FILE = 1024 * 1024  # bytes
RESERVED_SLUGS = ("url",)  # begins the key of listings without a number


def read_file(data: bytes, demo: bool = False, with_secrets: Collection[str] = ()) -> dict[str, Any]:
    """The checked content of a companies file. `demo`: a webhook may be on this very machine, over http.

    with_secrets: the addresses of webhooks whose secrets are known, so that the file need not state them again.

    Raises Refused("invalid"): one sentence with lines, and in `errors` a sentence for each place that is wrong.
    """
    if len(data) > MAX_FILE:
        raise Refused("invalid", sentence("A companies file may have at most %(number)s bytes.", number=MAX_FILE))
    content, tree = plain_yaml.parse(data)
    return check(content, tree, demo=demo, with_secrets=with_secrets)


def check(
    content: Any, tree: yaml.Node | None = None, demo: bool = False, with_secrets: Collection[str] = ()
) -> dict[str, Any]:
    """The same for content already parsed, for example the demo's own. `tree`: the file's YAML, which knows the lines."""
    if not isinstance(content, dict):
        raise Refused("invalid", sentence("A companies file starts with `companies:`."))
    try:
        checked: dict[str, Any] = FileSchema().load(content)
        _refuse_open_webhooks(checked, demo, with_secrets)
        return checked
    except ValidationError as problem:
        errors = dict(plain_yaml.places(problem.messages))
        listed = "; ".join(
            f"{plain_yaml.located(place, tree)}: {' '.join(sentences)}" for place, sentences in errors.items()
        )
        raise Refused(
            "invalid",
            counted(
                "The companies file has %(number)s error: %(errors)s",
                "The companies file has %(number)s errors: %(errors)s",
                len(errors),
                errors=listed,
            ),
            errors=errors,
        ) from None


def claimed_twice(kind: str, name: str, first: str, second: str) -> str:
    """The sentence on a domain or host that two platforms claim."""
    return sentence(
        "Both %(one)s and %(other)s claim the %(kind)s %(name)s. Only one of them can have it.",
        kind=kind,
        name=name,
        one=first,
        other=second,
    )


def contact(spoc: Mapping[str, Any]) -> tuple[str, str]:
    """What a SPOC is known by from one file to the next: its channel and the address this uses, else its name.

    One who is written to is the same contact, however often that is.
    """
    channel = Channel(spoc["channel"] or Channel.MAIL)
    channel = Channel.MAIL if channel is Channel.DIGEST else channel
    return channel, (spoc.get(channel.address_field or "name") or "").casefold()


class _Strict(Schema):
    class Meta:
        unknown = RAISE

    ended_by_null: ClassVar[tuple[str, ...]] = ()  # a null elsewhere says nothing, as if it were not there

    @pre_load
    def _without_nulls(self, data: Any, **_: Any) -> Any:
        if not isinstance(data, dict):
            return data
        return {key: value for key, value in data.items() if value is not None or key in self.ended_by_null}


def _length(least: int, most: int) -> validate.Length:
    detail = sentence("Enter %(least)s to %(most)s characters.", least=least, most=most)
    return validate.Length(least, most, error=detail)


def _slug() -> fields.String:
    form = validate.Regexp(
        r"[a-z0-9]+(-[a-z0-9]+)*\Z", error=sentence("A slug consists of lower-case letters, digits and single hyphens.")
    )
    rules = [_length(1, 64), form, validate.NoneOf(RESERVED_SLUGS, error=sentence("This slug is reserved."))]
    return fields.String(required=True, validate=rules)


def _name() -> fields.String:
    return fields.String(required=True, validate=[_length(1, 200), _one_line()])


def _one_line() -> validate.Regexp:
    return validate.Regexp(r"(?=.*\S)[^\x00-\x1f\x7f-\x9f\u2028\u2029]+\Z", error=sentence("Enter one line of text."))


class _Address(fields.String):
    """An http or https address, as read."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        return read_address(super()._deserialize(value, attr, data, **kwargs)).href


class _Webhook(_Address):
    """One that we may send to: what cannot arrive is said when it is recorded, not with the first notice."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        href = super()._deserialize(value, attr, data, **kwargs)
        address = read_address(href)
        if (reason := outbound.never(address)) and not urls.is_loopback(address):
            raise ValidationError(reason)
        return href


class _Secret(fields.String):
    """A secret as standardwebhooks.com has it: `whsec_` and base64 of 24 to 64 random bytes."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            secret = base64.b64decode(text.removeprefix(signing_secret.PREFIX), validate=True)
        except (binascii.Error, ValueError):
            secret = b""
        if not text.startswith(signing_secret.PREFIX) or not signing_secret.LEAST <= len(secret) <= signing_secret.MOST:
            raise ValidationError(
                sentence(
                    "Write %(prefix)s and then %(least)s to %(most)s random bytes in base64.",
                    prefix=signing_secret.PREFIX,
                    least=signing_secret.LEAST,
                    most=signing_secret.MOST,
                )
            )
        return text


class _Region(fields.String):
    """A country or a region by its code, in capitals."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        text = super()._deserialize(value, attr, data, **kwargs)
        if (code := regions.region(text)) is None:
            raise ValidationError(
                sentence(
                    "There is no region “%(text)s”. Enter a two-letter country code, such as DE, or one of: %(regions)s.",
                    text=text,
                    regions=", ".join(regions.REGIONS),
                )
            )
        return code


class _Country(_Region):
    """A country by its code, in capitals."""

    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> str:
        code = super()._deserialize(value, attr, data, **kwargs)
        if code not in regions.COUNTRIES:
            raise ValidationError(sentence("Enter one two-letter country code, such as DE."))
        return code


def _has_come(day: date) -> None:
    """Nothing is recorded before it happened; the day may have begun where the file was written, 14 hours ahead of us."""
    if day > (clock.now() + timedelta(hours=14)).date():
        raise ValidationError(sentence("This day is in the future."))


class MonitoringSchema(_Strict):
    agreed_by = _name()
    date = fields.Date(required=True, validate=_has_come)
    removed = fields.List(fields.String(validate=[_length(8, 200), _one_line()]), load_default=list)


class _Monitoring(fields.Nested):
    """An agreement, {} where a file says that there is none any more, or None where it does not say anything."""

    def deserialize(self, value: Any, attr: str | None = None, data: Any = None, **kwargs: Any) -> Any:
        return {} if value is None else super().deserialize(value, attr, data, **kwargs)


def _languages(code: str) -> fields.List[str]:
    """Language codes: a name in their place would match no ad's language, in silence."""
    valid = validate.Regexp(code, error=sentence("Write language codes such as: en, fr."))
    return fields.List(fields.String(validate=valid), load_default=None)


class PlatformSchema(_Strict):
    ended_by_null = ("monitoring",)
    slug = _slug()
    name = _name()
    domains = fields.List(DomainField(), load_default=list)
    hosts = fields.List(HostField(), load_default=list)
    listing = PatternsField(load_default=None)
    per_domain = fields.Boolean(load_default=None)
    search = SearchField(load_default=None, validate=_length(1, 500))
    languages = _languages(r"[a-z]{2,3}\Z")
    country = _Country(load_default=None)
    monitoring = _Monitoring(MonitoringSchema, load_default=None)

    @validates_schema
    def _searched_where_it_is(self, data: dict[str, Any], **_: Any) -> None:
        """A slip in a file must not send every volunteer to a stranger's site."""
        if not data["search"]:
            return
        address = read_address(data["search"].replace(WORDS, "words"))
        if address.host not in data["hosts"] and address.registrable_domain not in data["domains"]:
            raise ValidationError(
                sentence("%(host)s is not one of this platform’s domains or hosts.", host=address.host), "search"
            )


def _zone(name: str) -> None:
    if name not in time_zones.names():
        raise ValidationError(sentence("This is not a time zone. Write one such as Europe/Paris."))


class SpocSchema(_Strict):
    name = _name()
    email = fields.Email(load_default=None, validate=validate.Length(max=254))
    regions = fields.List(_Region(), load_default=None)
    languages = _languages(r"[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8})*\Z")  # with a region where it has one: pt-BR
    groups = fields.List(fields.String(validate=validate.OneOf(sorted(GROUP))), load_default=None)
    platforms = fields.List(fields.String(validate=validate.Length(1, 64)), load_default=None)
    channel = fields.Enum(Channel, by_value=True, load_default=None)  # None: mail, or what the directory has
    time_zone = fields.String(load_default=None, validate=_zone)
    digest_hour = fields.Integer(load_default=None, validate=validate.Range(0, 23))
    form_url = _Address(load_default=None)
    webhook_url = _Webhook(load_default=None)
    webhook_secrets = fields.List(_Secret(), load_default=None, validate=validate.Length(max=2))
    verified = fields.Date(load_default=None, validate=_has_come)

    @pre_load
    def _one_secret(self, data: Any, **_: Any) -> Any:
        """`webhook_secret`, as files had it while there was one, is still read."""
        if isinstance(data, dict) and data.get("webhook_secret") is not None and not data.get("webhook_secrets"):
            rest = {name: value for name, value in data.items() if name != "webhook_secret"}
            return rest | {"webhook_secrets": [data["webhook_secret"]]}
        return data

    @validates("webhook_secrets")
    def _two_secrets(self, secrets: list[str] | None, **_: Any) -> None:
        if secrets and len(set(secrets)) < len(secrets):
            raise ValidationError(sentence("The two secrets are the same."))

    @validates_schema
    def _has_what_its_channel_needs(self, data: dict[str, Any], **_: Any) -> None:
        channel = data["channel"] or Channel.MAIL
        for field in channel.needs:
            if not data[field] and (field != "webhook_secrets" or data[field] == []):  # see `_refuse_open_webhooks`
                raise ValidationError(_required(channel), field)


class ClauseSchema(_Strict):
    reference = _name()
    url = _Address(load_default=None)
    groups = fields.List(fields.String(validate=validate.OneOf(sorted(GROUP))), load_default=list)


class CompanySchema(_Strict):
    slug = _slug()
    name = _name()
    policy_url = _Address(load_default=None)
    clauses = fields.List(fields.Nested(ClauseSchema), load_default=list)
    platforms = fields.List(fields.Nested(PlatformSchema), load_default=list)
    spocs = fields.List(fields.Nested(SpocSchema), load_default=list)


class FileSchema(_Strict):
    companies = fields.List(fields.Nested(CompanySchema), required=True)

    @post_load
    def _each_once(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        companies = data["companies"]
        platforms = [platform for company in companies for platform in company["platforms"]]
        for kind, items in (("companies", companies), ("platforms", platforms)):
            slugs = Counter(item["slug"] for item in items)
            if doubled := [slug for slug, count in slugs.items() if count > 1]:
                raise ValidationError(
                    {"companies": [sentence("Two %(kind)s have the slug %(slug)s.", kind=kind, slug=doubled[0])]}
                )
        for company in companies:
            if len({clause["reference"] for clause in company["clauses"]}) < len(company["clauses"]):
                raise ValidationError({"companies": [sentence("Two clauses of a company have the same reference.")]})
            if len({contact(spoc) for spoc in company["spocs"]}) < len(company["spocs"]):
                raise ValidationError(
                    {
                        "companies": [
                            sentence("Two SPOCs of %(company)s have the same address.", company=company["slug"])
                        ]
                    }
                )
        claimed: dict[tuple[str, str], str] = {}
        for platform in platforms:
            for kind in ("domain", "host"):
                for name in platform[f"{kind}s"]:
                    other = claimed.setdefault((kind, name), platform["slug"])
                    if other != platform["slug"]:
                        raise ValidationError({"companies": [claimed_twice(kind, name, other, platform["slug"])]})
        return data


def _required(channel: Channel) -> str:
    return sentence("The channel %(channel)s requires it.", channel=str(channel))


def _refuse_open_webhooks(data: dict[str, Any], demo: bool, with_secrets: Collection[str]) -> None:
    """Over http the answer link could be read on the way, so that somebody else answers: in the demo, on this very machine,
    it may. Unsigned nothing leaves: a webhook whose secrets are not known yet states them."""
    wrong: dict[str, Any] = {}
    for number, company in enumerate(data["companies"]):
        for place, spoc in enumerate(company["spocs"]):
            address = read_address(spoc["webhook_url"]) if spoc["webhook_url"] else None
            unsigned = not spoc["webhook_secrets"] and spoc["webhook_url"] not in with_secrets
            if spoc["channel"] == Channel.WEBHOOK and unsigned:
                wrong[f"companies[{number}].spocs[{place}].webhook_secrets"] = [_required(spoc["channel"])]
            if address is None or (demo and urls.is_loopback(address)):
                continue
            here = f"companies[{number}].spocs[{place}].webhook_url"
            if address.scheme != "https":
                wrong[here] = [sentence("A webhook’s address starts with https://.")]
            elif urls.is_loopback(address):
                wrong[here] = [sentence("%(host)s is this machine itself.", host=address.host)]
    if wrong:
        raise ValidationError(wrong)
